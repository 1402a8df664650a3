package pasted

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/source/diag"
)

// text is a pasted file as it is read: without a byte order mark, lines ended
// by line feeds, and no character that an article cannot have. Each code point
// of the file, ends of lines apart, is one code point here, so that lines and
// columns are those of the file.
type text struct {
	path  string
	src   []byte
	rows  []line // of the file; form feeds and the like divide some into several lines
	lines []line // those of the rows that belong to the text, see readPages

	quotes []span // the signs before lines that e-mail quotes
	// Lines start with *, with †, with the letters a and b, with [i] and [ii].
	symbols, daggers, letters, romans bool

	// The last place that was asked for. Places are asked for in about the
	// order of the file, so the way from the last one is short.
	at     int // index in rows
	off    int
	column int32
}

// line is a line without the spaces around it.
type line struct {
	start, end int  // offsets of what is between the ends of the line
	from, to   int  // offsets without the spaces around; equal when it is blank
	runes      int  // code points between from and to
	row        int  // in the file, from 0
	page       bool // a page starts here
	goesOn     bool // in the midst of the sentence that the page before ends with
}

func (l line) blank() bool { return l.from == l.to }

// indented reports whether a line starts with a tab or two spaces.
func (t *text) indented(l line) bool {
	return l.from-l.start >= 2 || l.from > l.start && t.src[l.start] == '\t'
}

// maxCharacters is how many characters are reported one by one.
const maxCharacters = 20

// newText checks the bytes of a file. A nil text means that it cannot be read.
func newText(path string, data []byte, diags *diag.List) *text {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	t := &text{path: path, src: make([]byte, 0, len(data))}
	row, start, begin := 1, 0, 0 // the line, its start in data and in src
	found := 0
	fed := false // a form feed starts the page of the next text
	piece := func(from int) line {
		l := trimmed(t.src, from, len(t.src))
		l.row = len(t.rows)
		l.page = fed && !l.blank()
		fed = fed && l.blank()
		return l
	}
	var pieces []line // the lines, once a row has several
	within := 0       // where the current one starts in src
	endPiece := func() {
		if pieces == nil {
			pieces = append([]line{}, t.rows...)
		}
		if l := piece(within); !l.blank() {
			pieces = append(pieces, l)
		}
		t.src = append(t.src, '\n')
		within = len(t.src)
	}
	endLine := func() {
		l := piece(within)
		if pieces != nil {
			pieces = append(pieces, l)
			l = trimmed(t.src, begin, len(t.src))
			l.row = len(t.rows)
		}
		t.rows = append(t.rows, l)
		t.src = append(t.src, '\n')
		begin, within = len(t.src), len(t.src)
		row++
	}
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c == '\n', c == '\r':
			if c == '\r' && i+1 < len(data) && data[i+1] == '\n' {
				i++
			}
			i++
			endLine()
			start = i
			continue
		case c >= ' ' && c < 0x7F, c == '\t':
			t.src = append(t.src, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		place := func() diag.Pos {
			return diag.Pos{Path: path, Line: int32(row), Column: int32(1 + utf8.RuneCount(data[start:i]))}
		}
		switch {
		case r == utf8.RuneError && n == 1:
			diags.Errorf(place(), "utf8", "byte 0x%02X is not UTF-8 text", c).
				Hint = "save the file as UTF-8; most editors have it as an encoding in “Save as”"
			return nil
		case r == '\f', r == '\v', r == 0x85, r == 0x2028, r == 0x2029:
			endPiece() // ends of pages and lines within a line of the file
			fed = fed || r == '\f'
		case unshowable(r):
			if found++; found <= maxCharacters {
				diags.Warnf(place(), "pasted-character", "the character U+%04X cannot be shown; U+FFFD stands in its place", r).
					Hint = "look at the original, and write the character that is meant"
			}
			t.src = append(t.src, "\ufffd"...)
		default:
			t.src = append(t.src, data[i:i+n]...)
		}
		i += n
	}
	if begin < len(t.src) {
		endLine()
	}
	t.lines = t.rows
	if pieces != nil {
		t.lines = pieces
	}
	if found > maxCharacters {
		diags.Warnf(diag.Pos{Path: path}, "pasted-character", "%d more characters cannot be shown; U+FFFD stands in their place", found-maxCharacters).
			Hint = "paste the text again from where it came, as plain text"
	}
	return t
}

// unquote leaves out the signs that e-mail puts before the lines of what it
// quotes, where they stand before nearly all lines.
func (t *text) unquote(diags *diag.List) {
	const least = 3 // lines
	quoted, all := 0, 0
	first := -1
	for i, l := range t.lines {
		if l.blank() {
			continue
		}
		all++
		if t.src[l.from] == '>' {
			if quoted++; first < 0 {
				first = i
			}
		}
	}
	if quoted < least || quoted*10 < all*9 {
		return
	}
	t.lines = append([]line{}, t.lines...)
	for i := range t.lines {
		l := &t.lines[i]
		from := l.from
		for l.from < l.to && (t.src[l.from] == '>' || t.src[l.from] == ' ') {
			l.from++
		}
		l.start = l.from
		l.runes -= l.from - from
		if from < l.from {
			t.quotes = append(t.quotes, span{from, l.from})
		}
	}
	diags.Warnf(t.pos(t.quotes[0].from), "pasted-quoted", "%s start with >, as e-mail quotes them; the signs are not in the article", count(quoted, "line")).
		Hint = "put them back in article.md if they belong to the article"
}

// lineOfText is a text of one line.
func lineOfText(words []byte) *text {
	t := &text{src: words, rows: []line{trimmed(words, 0, len(words))}}
	t.lines = t.rows
	return t
}

// unshowable reports whether an article cannot have the character: it is a
// control character, no character of Unicode, or another one with every font.
func unshowable(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0:
		return true
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return true
	}
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// trimmed is the line between start and end.
func trimmed(src []byte, start, end int) line {
	s := src[start:end]
	from := end - len(bytes.TrimLeftFunc(s, unicode.IsSpace))
	to := from + len(bytes.TrimRightFunc(src[from:end], unicode.IsSpace))
	return line{start: start, end: end, from: from, to: to, runes: utf8.RuneCount(src[from:to])}
}

func (t *text) str(from, to int) string { return string(t.src[from:to]) }

// lineText is the text of line i without the spaces around it.
func (t *text) lineText(i int) string { return t.str(t.lines[i].from, t.lines[i].to) }

// nextText is the first line from i on that is not blank, or the number of lines.
func (t *text) nextText(i int) int {
	for i < len(t.lines) && t.lines[i].blank() {
		i++
	}
	return i
}

// lineOf is the line in which the byte at off stands.
func (t *text) lineOf(off int) int { return lineAt(t.lines, off) }

// rowOf is the row of the file in which the byte at off stands.
func (t *text) rowOf(off int) int { return lineAt(t.rows, off) }

func lineAt(lines []line, off int) int {
	return sort.Search(len(lines), func(i int) bool { return lines[i].start > off }) - 1
}

// lineNumber is the number of line i in the file, from 1.
func (t *text) lineNumber(i int) int { return t.lines[i].row + 1 }

// textLine is line i by its number.
func (t *text) textLine(i int) TextLine { return TextLine{t.lineNumber(i), t.lineText(i)} }

// pos is the place of the byte at off.
func (t *text) pos(off int) diag.Pos {
	if l := t.rows[t.at]; off < l.start || off > l.end {
		t.at = t.rowOf(off)
		t.off, t.column = t.rows[t.at].start, 1
	} else if t.column == 0 || off < t.off {
		t.off, t.column = l.start, 1
	}
	t.column += int32(utf8.RuneCount(t.src[t.off:off]))
	t.off = off
	return diag.Pos{Path: t.path, Line: int32(t.at + 1), Column: t.column}
}

// before is the character that ends at off within its line, and its size; a
// line feed at the start of a line.
func (t *text) before(off int) (rune, int) {
	if off == 0 || t.src[off-1] == '\n' {
		return '\n', 0
	}
	return utf8.DecodeLastRune(t.src[:off])
}

// after is the character that starts at off.
func (t *text) after(off int) (rune, int) {
	if off >= len(t.src) {
		return '\n', 0
	}
	return utf8.DecodeRune(t.src[off:])
}

// excerpt is about so many code points of the line around [from, to), cut
// between words where that is possible, with … where something was left out.
func (t *text) excerpt(from, to, width int) string {
	l := t.rows[t.rowOf(from)]
	a, b := from, min(to, l.to)
	for n := 0; n < width && a > l.from; n++ {
		_, size := t.before(a)
		a -= size
	}
	for n := 0; n < width && b < l.to; n++ {
		_, size := t.after(b)
		b += size
	}
	pre, post := "", ""
	if a > l.from {
		if i := bytes.IndexAny(t.src[a:from], " \n"); i >= 0 {
			a += i + 1
		}
		pre = "…"
	}
	if b < l.to {
		if i := bytes.LastIndexAny(t.src[to:b], " \n"); i >= 0 {
			b = to + i
		}
		post = "…"
	}
	return pre + strings.NewReplacer("\t", " ", "\n", " ").Replace(t.str(a, b)) + post
}

// beginning is at most so many code points from an offset to the end of its
// line, cut between words where that is possible, with … if it was cut.
func (t *text) beginning(from, width int) string {
	l := t.rows[t.rowOf(from)]
	b := from
	for n := 0; n < width && b < l.to; n++ {
		_, size := t.after(b)
		b += size
	}
	if b == l.to {
		return t.str(from, b)
	}
	if i := bytes.LastIndexByte(t.src[from:b], ' '); i > 0 {
		b = from + i
	}
	return t.str(from, b) + "…"
}

// address is the end of the address on the web that starts at off, or 0. It
// starts with http:// or https://, and ends before a space, a bracket, a
// quotation mark or what ends the sentence around it: just as in an article.
func (t *text) address(off, end int) int {
	n := 0
	for _, scheme := range []string{"https://", "http://"} {
		if end-off > len(scheme) && bytes.EqualFold(t.src[off:off+len(scheme)], []byte(scheme)) {
			n = len(scheme)
			break
		}
	}
	if n == 0 {
		return 0
	}
	if r, _ := t.before(off); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 0
	}
	to, opened := off+n, 0
	for to < end {
		r, size := t.after(to)
		if endsAddress(r) {
			break
		}
		switch r {
		case '(':
			opened++
		case ')':
			opened--
		}
		to += size
	}
	for to > off+n {
		r, size := t.before(to)
		if r == ')' {
			if opened >= 0 {
				break
			}
			opened++
		} else if r == '(' {
			opened--
		} else if !strings.ContainsRune("?!.,:;*_~'", r) && (r < utf8.RuneSelf || !unicode.IsPunct(r)) {
			break
		}
		to -= size
	}
	if r, _ := t.after(off + n); to == off+n || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return 0
	}
	return to
}

// endsAddress reports whether an address cannot go on with r.
func endsAddress(r rune) bool {
	switch {
	case r <= ' ', r == 0x7F:
		return true
	case r < utf8.RuneSelf:
		return strings.ContainsRune("<>\"`[]{}|\\^", r)
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF65:
		return true
	}
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe, unicode.Cf)
}
