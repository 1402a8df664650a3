package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// printLine writes inlines as Markdown; a line feed where a line ends.
func printLine(text []Inline, kind lineKind) string {
	w := lineWriter{kind: kind}
	w.inlines(text, 0)
	s := w.render()
	if kind == lineCell {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	return s
}

// lineWriter makes pieces of inlines first. Whether a mark of emphasis works
// depends on the characters on both sides of it, which may be in other nodes.
type lineWriter struct {
	kind     lineKind
	pieces   []linePiece
	brackets int // links and passages around the current node

	// An emphasis has * as its mark, one in it or next to it _, and so on. When
	// marks is not nil, it has the mark of each instead.
	marks   []byte
	count   int  // emphases of the tangle so far
	tangled bool // within a tangle
}

// tangle finds marks for emphasis that stands in or next to other emphasis, so
// that it is read as it is between its neighbours; nil for the usual ones.
// There is no rule that is always right, so this tries.
func (w *lineWriter) tangle(before Inline, nodes []Inline, after Inline) []byte {
	const most = 8 // emphases whose marks are tried
	var line []Inline
	if before != nil {
		line = append(line, edge(before, true)...)
	}
	line = append(line, nodes...)
	if after != nil {
		line = append(line, edge(after, false)...)
	}
	if w.brackets > 0 {
		line = []Inline{&Span{Lang: "en", Text: line}}
	}
	usual := lineWriter{tangled: true}
	usual.siblings(line, 0)
	if usual.count < 2 || usual.reads(line) {
		return nil
	}
	for mask := range 1 << min(usual.count, most) {
		marks := make([]byte, usual.count)
		for i := range marks {
			marks[i] = "*_"[mask>>(i%most)&1]
		}
		other := lineWriter{tangled: true, marks: marks}
		other.siblings(line, 0)
		if other.reads(line) {
			return marks
		}
	}
	return nil
}

// edge is what matters of a neighbour of emphasis: the character at its end.
func edge(in Inline, last bool) []Inline {
	bracket := &NoteRef{Label: "x"}
	t, ok := in.(*Text)
	if !ok || t.Value == "" {
		return []Inline{bracket}
	}
	if last {
		r, _ := utf8.DecodeLastRuneInString(t.Value)
		return []Inline{bracket, &Text{Value: string(r)}}
	}
	r, _ := utf8.DecodeRuneInString(t.Value)
	return []Inline{&Text{Value: string(r)}, bracket}
}

// reads reports whether what was written is read as text.
func (w *lineWriter) reads(text []Inline) bool {
	t := newText("", []byte(w.render()), &reports{})
	if t == nil {
		return false
	}
	b := &body{text: t, src: t.src, diags: &reports{}}
	return sameLine(b.inline(flat{t.src, []piece{{0, 0}}}, lineText), text)
}

// sameLine reports whether two lines are the same but for places.
func sameLine(a, b []Inline) bool {
	return slices.EqualFunc(a, b, func(x, y Inline) bool {
		switch x := x.(type) {
		case *Text:
			y, ok := y.(*Text)
			return ok && x.Value == y.Value
		case *Emph:
			y, ok := y.(*Emph)
			return ok && sameLine(x.Text, y.Text)
		case *Strong:
			y, ok := y.(*Strong)
			return ok && sameLine(x.Text, y.Text)
		case *Strike:
			y, ok := y.(*Strike)
			return ok && sameLine(x.Text, y.Text)
		case *CodeSpan:
			y, ok := y.(*CodeSpan)
			return ok && x.Value == y.Value
		case *Link:
			y, ok := y.(*Link)
			return ok && x.URL == y.URL && x.Title == y.Title && sameLine(x.Text, y.Text)
		case *Image:
			y, ok := y.(*Image)
			return ok && x.Src == y.Src && x.Alt == y.Alt && x.Title == y.Title
		case *Span:
			y, ok := y.(*Span)
			return ok && x.Lang == y.Lang && sameLine(x.Text, y.Text)
		case *NoteRef:
			y, ok := y.(*NoteRef)
			return ok && x.Label == y.Label
		case *SoftBreak:
			_, ok := y.(*SoftBreak)
			return ok
		case *Break:
			_, ok := y.(*Break)
			return ok
		case *InlineRemark:
			y, ok := y.(*InlineRemark)
			return ok && x.Text == y.Text
		default:
			panic(fmt.Sprintf("source: unknown inline %T", x))
		}
	})
}

// linePiece is plain text, a run of emphasis marks, or Markdown as it is.
type linePiece struct {
	kind       pieceKind
	s          string
	inBrackets bool // its own brackets must be escaped
	alt        bool // of an image, in which addresses are text
	first, end bool // write the first or last character as a reference: &#32;
}

type pieceKind int

const (
	pieceText pieceKind = iota
	pieceOpen
	pieceClose
	pieceRaw
	pieceNote
)

func (w *lineWriter) add(kind pieceKind, s string) {
	w.pieces = append(w.pieces, linePiece{kind: kind, s: s, inBrackets: w.brackets > 0})
}

// inlines adds the pieces of text. level is how many emphases are around it.
func (w *lineWriter) inlines(text []Inline, level int) {
	if w.tangled {
		w.siblings(text, level)
		return
	}
	for i := 0; i < len(text); {
		j := i + 1
		if isEmphasis(text[i]) {
			for j < len(text) && isEmphasis(text[j]) {
				j++
			}
			var before, after Inline
			if i > 0 {
				before = text[i-1]
			}
			if j < len(text) {
				after = text[j]
			}
			w.marks = w.tangle(before, text[i:j], after)
			w.count, w.tangled = 0, true
		}
		w.siblings(text[i:j], level)
		w.marks, w.tangled = nil, false
		i = j
	}
}

func isEmphasis(in Inline) bool {
	switch in.(type) {
	case *Emph, *Strong, *Strike:
		return true
	}
	return false
}

// siblings adds the pieces of nodes side by side.
func (w *lineWriter) siblings(text []Inline, level int) {
	last := -1 // level of the emphasis just before
	for _, in := range text {
		switch in.(type) {
		case *Emph, *Strong:
			here := level
			if last == level {
				here = level + 1
			}
			mark := "*_"[here%2 : here%2+1]
			if w.marks != nil {
				mark = string(w.marks[w.count : w.count+1])
			}
			w.count++
			if _, ok := in.(*Strong); ok {
				mark += mark
			}
			w.emphasis(mark, *children(in), here+1)
			last = here
		case *Strike:
			w.emphasis("~~", *children(in), level+1)
			last = -1
		default:
			w.inline(in, level)
			last = -1
		}
	}
}

func (w *lineWriter) emphasis(mark string, text []Inline, level int) {
	w.add(pieceOpen, mark)
	w.inlines(text, level)
	w.add(pieceClose, mark)
}

func (w *lineWriter) inline(in Inline, level int) {
	switch n := in.(type) {
	case *Text:
		if n.Value != "" {
			w.add(pieceText, n.Value)
		}
	case *CodeSpan:
		w.add(pieceRaw, codeSpan(n.Value))
	case *Link:
		if s := autolink(n); s != "" {
			w.add(pieceRaw, s)
			return
		}
		w.bracketed(n.Text, level, "]"+target(n.URL, n.Title))
	case *Span:
		w.bracketed(n.Text, level, "]{lang="+n.Lang+"}")
	case *Image:
		alt := escapeText(linePiece{s: n.Alt, inBrackets: true, alt: true}, false, false, lineCell, 0, false)
		w.add(pieceRaw, "!["+alt+"]"+target(n.Src, n.Title))
	case *NoteRef:
		w.add(pieceNote, "[^"+n.Label+"]")
	case *SoftBreak:
		w.newline("\n")
	case *Break:
		w.newline("\\\n")
	case *InlineRemark:
		w.add(pieceRaw, "<!--"+n.Text+"-->")
	default:
		panic(fmt.Sprintf("source: unknown inline %T", in))
	}
}

func (w *lineWriter) newline(s string) {
	if w.kind != lineText {
		s = " "
	}
	w.add(pieceRaw, s)
}

func (w *lineWriter) bracketed(text []Inline, level int, end string) {
	w.add(pieceRaw, "[")
	w.brackets++
	w.inlines(text, level)
	w.brackets--
	w.add(pieceRaw, end)
}

// render puts the pieces together.
func (w *lineWriter) render() string {
	ps := w.pieces
	for i := range ps {
		p := &ps[i]
		switch p.kind {
		case pieceText:
			// Spaces at the ends of a line would be lost.
			if w.lineStart(i) && isBlankByte(p.s[0]) {
				p.first = true
			}
			if w.lineEnd(i) && isBlankByte(p.s[len(p.s)-1]) {
				p.end = true
			}
		}
	}
	for range 8 { // what is done for one mark can undo what is right for another
		changed := false
		for i := range ps {
			if k := ps[i].kind; k == pieceOpen || k == pieceClose {
				changed = w.flank(i) || changed
			}
		}
		if !changed {
			break
		}
	}
	var b strings.Builder
	for i, p := range ps {
		if p.kind != pieceText {
			b.WriteString(p.s)
			continue
		}
		next := byte(0)
		if i+1 < len(ps) && ps[i+1].kind != pieceNote {
			next = ps[i+1].s[0]
		}
		afterNote := i > 0 && ps[i-1].kind == pieceNote
		b.WriteString(escapeText(p, w.lineStart(i), w.lineEnd(i), w.kind, next, afterNote))
	}
	return b.String()
}

func isBlankByte(c byte) bool { return c == ' ' || c == '\t' }

func (w *lineWriter) lineStart(i int) bool {
	return i == 0 || strings.HasSuffix(w.pieces[i-1].s, "\n")
}

func (w *lineWriter) lineEnd(i int) bool {
	return i == len(w.pieces)-1 || strings.HasPrefix(w.pieces[i+1].s, "\n") || w.pieces[i+1].s == "\\\n"
}

// flank sees to it that the marks at i open or close what they should: when
// the characters around them are such that they would not, one of these is
// written as a reference, which counts as punctuation.
func (w *lineWriter) flank(i int) (changed bool) {
	ps := w.pieces
	p := ps[i]
	open := p.kind == pieceOpen
	for range 2 {
		before, after := w.runeBefore(i), w.runeAfter(i)
		opens, closes := flanking(p.s[0], before, after)
		if open && opens || !open && closes {
			return changed
		}
		inside, outside := i+1, i-1
		space := unicode.IsSpace(after)
		if !open {
			inside, outside = i-1, i+1
			space = unicode.IsSpace(before)
		}
		at := outside
		if space {
			at = inside
		}
		if at < 0 || at >= len(ps) || ps[at].kind != pieceText {
			return changed
		}
		t := &ps[at]
		single := utf8.RuneCountInString(t.s) == 1
		changed = true
		t.end = t.end || at < i || single
		t.first = t.first || at > i || single
	}
	return changed
}

func (w *lineWriter) runeBefore(i int) rune {
	if i == 0 {
		return '\n'
	}
	p := w.pieces[i-1]
	if p.end {
		return ';'
	}
	r, _ := utf8.DecodeLastRuneInString(p.s)
	return r
}

func (w *lineWriter) runeAfter(i int) rune {
	if i == len(w.pieces)-1 {
		return '\n'
	}
	p := w.pieces[i+1]
	if p.first {
		return '&'
	}
	r, _ := utf8.DecodeRuneInString(p.s)
	return r
}

// escapeText writes plain text so that it is read as plain text. next is the
// byte after it, 0 when that cannot change how it is read.
func escapeText(p linePiece, lineStart, lineEnd bool, kind lineKind, next byte, afterNote bool) string {
	s := p.s
	var b strings.Builder
	last := len(s) // where the last character starts if it is a reference
	if p.end {
		_, size := utf8.DecodeLastRuneInString(s)
		last -= size
	}
	at := func(i int) byte {
		switch {
		case i >= len(s):
			return 0
		case i == last:
			return '&'
		}
		return s[i]
	}
	ordered := -1 // where the mark of a list item would end
	if lineStart && kind == lineText {
		n := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if n > 0 && n <= 9 && (at(n) == '.' || at(n) == ')') && (at(n+1) == 0 || isBlankByte(at(n+1))) {
			ordered = n
		}
	}
	for i, r := range s {
		size := utf8.RuneLen(r)
		if p.first && i == 0 || i == last {
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		}
		start := lineStart && i == 0 && kind == lineText
		after := at(i + size)
		escape := false
		switch r {
		case '\\':
			escape = i+1 == len(s) || util.IsPunct(after)
		case '`', '*':
			escape = true
		case '|':
			escape = kind != lineCell
		case '_':
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			behind, _ := utf8.DecodeRuneInString(s[i+1:])
			escape = !isWord(before) || !isWord(behind)
		case '~':
			escape = i == 0 || i+1 == len(s) || after == '~' || s[i-1] == '~'
		case '[':
			escape = p.inBrackets || i+1 == len(s) || after == '^'
		case ']':
			escape = p.inBrackets || i+1 == len(s) || after != 0 && strings.IndexByte("([{:", after) >= 0
		case '^':
			escape = p.inBrackets && i == 0
		case '!':
			escape = i+1 == len(s) && next == '['
		case '<':
			escape = after != ' '
		case '&':
			_, n := entity([]byte(s[i:min(len(s), i+40)]))
			escape = n > 0
		case ':':
			escape = i == 0 && afterNote || !p.alt && strings.HasPrefix(s[i:], "://") && isWebScheme(s[:i])
		case '#':
			n := run([]byte(s), i)
			escape = start && n <= 6 && (i+n == len(s) || isBlankByte(at(i+n))) || kind == lineHeading && lineEnd && i+1 == len(s)
		case '>':
			escape = start
		case '-', '+', '=':
			escape = start && (i+1 == len(s) || isBlankByte(after) || after == byte(r))
		case '.', ')':
			escape = i == ordered
		}
		if escape {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isWebScheme(s string) bool {
	s = strings.ToLower(s[max(0, len(s)-5):])
	return strings.HasSuffix(s, "http") || s == "https"
}

// codeSpan writes a code span with marks that are not in it.
func codeSpan(value string) string {
	runs := map[int]bool{}
	for i := 0; i < len(value); i++ {
		if value[i] == '`' {
			n := run([]byte(value), i)
			runs[n] = true
			i += n - 1
		}
	}
	n := 1
	for runs[n] {
		n++
	}
	ticks := strings.Repeat("`", n)
	blank := strings.Trim(value, " ") == ""
	if strings.HasPrefix(value, "`") || strings.HasSuffix(value, "`") || !blank && strings.HasPrefix(value, " ") && strings.HasSuffix(value, " ") {
		value = " " + value + " "
	}
	return ticks + value + ticks
}

// autolink writes a link whose words are its address; "" when it is another.
func autolink(l *Link) string {
	if len(l.Text) != 1 || l.Title != "" {
		return ""
	}
	t, ok := l.Text[0].(*Text)
	if !ok || t.Value != l.URL && "mailto:"+t.Value != l.URL {
		return ""
	}
	s := "<" + t.Value + ">"
	if n := scanAutolink([]byte(s)); n != len(s) || hasScheme(t.Value) != (t.Value == l.URL) {
		return ""
	}
	return s
}

// target writes (destination "title").
func target(url, title string) string {
	var b strings.Builder
	b.WriteByte('(')
	switch {
	case url == "":
		b.WriteString("<>")
	case strings.Contains(url, " "):
		b.WriteString("<" + escapeDestination(url, `\<>`) + ">")
	default:
		b.WriteString(escapeDestination(url, `\()<`))
	}
	if title != "" {
		b.WriteString(` "` + escapeDestination(title, `\"`) + `"`)
	}
	b.WriteByte(')')
	return b.String()
}

// escapeDestination puts a backslash before the bytes in special, and writes
// what cannot stand in a line as a reference.
func escapeDestination(s, special string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c < ' ' || c == 0x7F:
			fmt.Fprintf(&b, "&#%d;", c)
			continue
		case strings.IndexByte(special, c) >= 0:
			b.WriteByte('\\')
		case c == '&':
			if _, n := entity([]byte(s[i:min(len(s), i+40)])); n > 0 {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// escapeWord writes the language of a code block.
func escapeWord(s string) string { return escapeDestination(s, `\`) }
