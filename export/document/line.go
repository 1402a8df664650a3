package document

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/locales"
	"qalam/source"
)

// line is a run of inlines while it is composed: a paragraph, a heading, a
// cell. What stands next to a quotation mark or a space can be in another
// inline, so the text of all of them is put in a row, looked at as one, and
// given back to its pieces.
type line struct {
	c      *composer
	text   []byte // all text, with object and lineBreak for what is no text
	pieces []piece
	gaps   []gap

	group *NoteGroup // the last one, while nothing but spaces has come since
}

// piece is the text of one Text.
type piece struct {
	text       *Text
	start, end int // in line.text
	style      *style
	edits      []edit // in order, inside the piece, not overlapping
}

// edit puts other text in the place of a part of a piece.
type edit struct {
	start, end int // in line.text
	text       string
}

// gap is a place where a group of references stands between the bytes of the
// text. Host is the piece behind the group, where a space can go.
type gap struct{ at, host int }

const (
	object    = "\uFFFC" // stands for code, a picture, an address: something that is a word
	lineBreak = "\u2028" // stands for a Break
)

// line composes a run of inlines.
func (c *composer) line(in []source.Inline) []Inline {
	l := &line{c: c}
	out := l.inlines(in, c.style, false)
	l.set()
	out = tidy(out, c.style.rtl)
	if len(out) == 0 {
		return nil
	}
	return c.markForeign(out, c.style, in[0].Pos())
}

// string composes plain text into inlines.
func (c *composer) string(s string) []Inline {
	return tidy([]Inline{&Text{s}}, c.style.rtl)
}

// text sets plain text in the language of the article: the typography of a
// line, in one string.
func (c *composer) text(s string) string { return setText(s, c.style) }

// setText sets plain text in the typography of a language.
func setText(s string, st *style) string {
	if s == "" {
		return ""
	}
	l := &line{}
	t := &Text{}
	l.add(t, s, st)
	l.set()
	return t.Value
}

// style is the typography of a language by its tag.
func (c *composer) styleOf(tag string) *style {
	st := c.styles[tag]
	if st == nil {
		st = newStyle(locales.Get(tag), c.style.off)
		c.styles[tag] = st
	}
	return st
}

// inlines puts inlines into the line and returns them, with their text still
// to be set.
func (l *line) inlines(in []source.Inline, st *style, inLink bool) []Inline {
	var out []Inline
	for _, in := range in {
		switch in := in.(type) {
		case *source.Text:
			out = l.addText(out, in.Value, st)
		case *source.SoftBreak:
			out = l.addText(out, "\n", st)
		case *source.Emph:
			out = append(out, &Emph{l.inlines(in.Text, st, inLink)})
		case *source.Strong:
			out = append(out, &Strong{l.inlines(in.Text, st, inLink)})
		case *source.Strike:
			out = append(out, &Strike{l.inlines(in.Text, st, inLink)})
		case *source.CodeSpan:
			l.addObject(object)
			out = append(out, &Code{in.Value})
		case *source.Link:
			out = append(out, l.link(in, st, inLink)...)
		case *source.Image:
			if p := l.c.picture(in); p != nil {
				l.addObject(object)
				out = append(out, p)
			} else {
				out = l.addText(out, in.Alt, st)
			}
		case *source.Span:
			inner := l.c.styleOf(in.Lang)
			out = append(out, &Span{in.Lang, inner.dir(), l.inlines(in.Text, inner, inLink)})
		case *source.NoteRef:
			out = l.reference(out, in, st)
		case *source.Break:
			l.addObject(lineBreak)
			out = append(out, &Break{})
		case *source.InlineRemark:
			l.c.remark(in.Pos(), in.Text)
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
	return out
}

// addText puts text into the line. It goes on with the Text that out ends in.
func (l *line) addText(out []Inline, s string, st *style) []Inline {
	if s == "" {
		return out
	}
	if len(out) > 0 {
		if t, ok := out[len(out)-1].(*Text); ok {
			l.add(t, s, st)
			return out
		}
	}
	t := &Text{}
	l.add(t, s, st)
	return append(out, t)
}

// add puts text into the line as a piece of its own, or as more of the last.
func (l *line) add(t *Text, s string, st *style) {
	start := len(l.text)
	if strings.ContainsAny(s, otherSpaces) {
		s = strings.Map(func(r rune) rune {
			if strings.ContainsRune(otherSpaces, r) {
				return ' '
			}
			return r
		}, s)
	}
	l.text = append(l.text, s...)
	if strings.Trim(s, spaces) != "" {
		l.group = nil
	}
	if last := len(l.pieces) - 1; last >= 0 && l.pieces[last].text == t {
		l.pieces[last].end = len(l.text)
		return
	}
	l.pieces = append(l.pieces, piece{text: t, start: start, end: len(l.text), style: st})
}

const (
	spaces      = " \n"                        // the spaces of a line: as typed, and the end of a line
	otherSpaces = "\t\r\v\f\u0085\u2028\u2029" // control characters that are read as a space
)

// addObject puts something that is no text into the line.
func (l *line) addObject(sign string) {
	l.text = append(l.text, sign...)
	l.group = nil
}

// link composes a link. Its words are no typography when they are the
// address. A link holds no link and no reference to a note, since one word
// cannot lead to two places: a reference in it divides it.
func (l *line) link(in *source.Link, st *style, inLink bool) []Inline {
	if inLink {
		return l.inlines(in.Text, st, true)
	}
	if len(in.Text) == 1 {
		if t, ok := in.Text[0].(*source.Text); ok && isAddress(t.Value, in.URL) {
			l.addObject(object)
			return isolate(st.rtl, &Link{in.URL, []Inline{&Text{t.Value}}})
		}
	}
	var out []Inline
	for _, part := range cut(l.inlines(in.Text, st, true)) {
		if g, ok := part[0].(*NoteGroup); ok {
			out = append(out, g)
		} else {
			out = append(out, &Link{in.URL, part})
		}
	}
	return out
}

// isolate sets something that reads from left to right apart, where the text
// around it does not.
func isolate(rtl bool, in Inline) []Inline {
	if rtl {
		return []Inline{&Span{Dir: locales.LTR, Text: []Inline{in}}}
	}
	return []Inline{in}
}

// cut divides inlines at their groups of references, however deep they are in
// others, into parts that are one group or have none.
func cut(in []Inline) [][]Inline {
	var out [][]Inline
	var part []Inline
	for _, in := range in {
		if g, ok := in.(*NoteGroup); ok {
			if len(part) > 0 {
				out = append(out, part)
			}
			out, part = append(out, []Inline{g}), nil
			continue
		}
		inner := children(in)
		if inner == nil {
			part = append(part, in)
			continue
		}
		for _, p := range cut(inner) {
			if g, ok := p[0].(*NoteGroup); ok {
				if len(part) > 0 {
					out = append(out, part)
				}
				out, part = append(out, []Inline{g}), nil
			} else {
				part = append(part, with(in, p))
			}
		}
	}
	if len(part) > 0 {
		out = append(out, part)
	}
	return out
}

// children are the inlines within an inline; nil when it cannot have any.
func children(in Inline) []Inline {
	switch in := in.(type) {
	case *Emph:
		return in.Text
	case *Strong:
		return in.Text
	case *Strike:
		return in.Text
	case *Link:
		return in.Text
	case *Span:
		return in.Text
	case *Text, *Code, *Picture, *NoteGroup, *Break:
		return nil
	default:
		panic(fmt.Sprintf("document: unknown inline %T", in))
	}
}

// with is the inline with other inlines within it.
func with(in Inline, text []Inline) Inline {
	switch in := in.(type) {
	case *Emph:
		return &Emph{text}
	case *Strong:
		return &Strong{text}
	case *Strike:
		return &Strike{text}
	case *Link:
		return &Link{in.URL, text}
	case *Span:
		return &Span{in.Lang, in.Dir, text}
	default:
		panic(fmt.Sprintf("document: %T has no inlines", in))
	}
}

// reference composes a reference to a note. One that follows another, with
// nothing or only spaces between them, goes into the same group.
func (l *line) reference(out []Inline, in *source.NoteRef, st *style) []Inline {
	n := l.c.notes[in.Label]
	if n == nil {
		return l.addText(out, l.c.undefined(in), st)
	}
	if l.group != nil && l.c.cited[n] == l.group {
		l.c.repeated(in.Pos(), in.Label)
		return out
	}
	ref := &NoteRef{Note: n, Index: len(n.Refs) + 1, Pos: in.Pos()}
	n.Refs = append(n.Refs, ref)
	if l.group != nil {
		l.group.Refs = append(l.group.Refs, ref)
		l.c.cited[n] = l.group
		return out
	}
	host := &Text{}
	group := &NoteGroup{Refs: []*NoteRef{ref}}
	l.c.cited[n] = group
	l.gaps = append(l.gaps, gap{len(l.text), len(l.pieces)})
	l.pieces = append(l.pieces, piece{text: host, start: len(l.text), end: len(l.text), style: st})
	l.group = group
	return append(out, group, host)
}

// set sets the text of the line and gives it to its pieces.
func (l *line) set() {
	l.findEdits()
	var b []byte
	for _, p := range l.pieces {
		if len(p.edits) == 0 {
			p.text.Value = string(l.text[p.start:p.end])
			continue
		}
		b = b[:0]
		at := p.start
		for _, e := range p.edits {
			b = append(b, l.text[at:e.start]...)
			b = append(b, e.text...)
			at = e.end
		}
		b = append(b, l.text[at:p.end]...)
		p.text.Value = string(b)
	}
}

// findEdits finds what typography changes in the text.
func (l *line) findEdits() {
	marks := l.quotes()
	var (
		before mark // the last mark that was passed
		gaps   = l.gaps
		done   int // the end of the last run of spaces
	)
	for pi := range l.pieces {
		p := &l.pieces[pi]
		for i := p.start; i < p.end; {
			switch l.text[i] {
			case ' ', '\n':
				if i < done { // a run that began in an earlier piece
					i = min(done, p.end)
					continue
				}
				end := i
				for end < len(l.text) && (l.text[end] == ' ' || l.text[end] == '\n') {
					end++
				}
				for len(gaps) > 0 && gaps[0].at < i {
					gaps = gaps[1:]
				}
				inRun := gaps
				for k, g := range gaps {
					if g.at > end {
						inRun = gaps[:k]
						break
					}
				}
				var after mark
				if len(marks) > 0 {
					after = marks[0]
				}
				l.space(pi, i, end, inRun, before, after)
				done = end
				i = min(end, p.end)
			case '"', '\'':
				if len(marks) > 0 && marks[0].at == i {
					before, marks = marks[0], marks[1:]
					p.edits = append(p.edits, edit{i, i + 1, before.text})
				}
				i++
			case '-', '.':
				end := i
				for end < p.end && l.text[end] == l.text[i] {
					end++
				}
				if set := l.run(p.style, i, end); set != "" {
					p.edits = append(p.edits, edit{i, end, set})
				}
				i = end
			case ';', '!', '?', ':':
				end := i + 1
				for end < p.end && strings.IndexByte(";!?:", l.text[end]) >= 0 {
					end++
				}
				if set := p.style.SpaceBefore(rune(l.text[i])); set != "" && !p.style.off && l.spaceIsMissing(i, end) {
					p.edits = append(p.edits, edit{i, i, set})
				}
				i = end
			case guillemet[0], singleGuillemet[0]:
				r, size := utf8.DecodeRune(l.text[i:])
				if isGuillemet(r) && p.style.Guillemets != "" && !p.style.off {
					if at := l.insideOf(r, i, size); at >= 0 {
						p.edits = append(p.edits, edit{at, at, p.style.Guillemets})
					}
				}
				i += size
			default:
				i++
			}
		}
	}
}

// The first bytes of guillemets, and those of some other characters.
const (
	guillemet       = "«"
	singleGuillemet = "‹"
)

// run is what is set for hyphens or points from start to end; empty means that
// they stay. They are signs that people type as several; longer runs are
// something else.
func (l *line) run(st *style, start, end int) string {
	if st.off {
		return ""
	}
	wide := func(set, own string) string {
		if own == "" {
			return set
		}
		prev, _ := utf8.DecodeLastRune(l.text[:start])
		next, _ := utf8.DecodeRune(l.text[end:])
		if isHan(prev) || isHan(next) {
			return own
		}
		return set
	}
	switch string(l.text[start:min(end, start+4)]) {
	case "--":
		return wide("–", st.Dash)
	case "---":
		return wide("—", st.Dash)
	case "...":
		return wide("…", st.Ellipsis)
	}
	return ""
}

// spaceIsMissing reports whether the marks from start to end stand right
// behind a word and end something: not in an address, a time or a (?).
func (l *line) spaceIsMissing(start, end int) bool {
	prev, _ := utf8.DecodeLastRune(l.text[:start])
	next, _ := utf8.DecodeRune(l.text[end:])
	return start > 0 && (isWord(prev) || strings.ContainsRune(")]»›\"'’”%…", prev)) &&
		(end == len(l.text) || isSpace(next) || strings.ContainsRune(")]»›\"'’”", next))
}

// insideOf gives the place of the space that is missing inside the guillemet
// at i; -1 when none is.
func (l *line) insideOf(r rune, i, size int) int {
	if r == '«' || r == '‹' {
		if next, _ := utf8.DecodeRune(l.text[i+size:]); i+size == len(l.text) || isSpace(next) {
			return -1
		}
		return i + size
	}
	if prev, _ := utf8.DecodeLastRune(l.text[:i]); i == 0 || isSpace(prev) {
		return -1
	}
	return i
}

// space sets the run of spaces from start to end, which begins in the piece
// pi. A run is one space at most; it goes behind the references within it, and
// its kind is a matter of the language. A space that only stands before a
// reference is not printed, unless it is all that divides two words.
func (l *line) space(pi, start, end int, gaps []gap, before, after mark) {
	host, st := pi, l.pieces[pi].style
	prev, _ := utf8.DecodeLastRune(l.text[:start])
	next, _ := utf8.DecodeRune(l.text[end:])
	set := " "
	switch {
	case end == len(l.text) || next == '\u2028':
		set = "" // at the end of a line
	case len(gaps) == 0 && (start == 0 || prev == '\u2028'):
		set = "" // at the beginning of a line
	case len(gaps) > 0 && gaps[len(gaps)-1].at == end && end > start && !isWord(next):
		set = st.spaceClosing(next)
	case bytes.IndexByte(l.text[start:end], ' ') < 0 && l.joinsHan(start, end):
		set = "" // lines of Chinese and Japanese join without a space
	default:
		set = st.space(l, start, end, prev, next, before, after)
	}
	if set == " " && end-start == 1 && l.text[start] == ' ' && len(gaps) == 0 {
		return // as it was typed
	}
	if len(gaps) > 0 {
		last := gaps[len(gaps)-1]
		host = max(host, last.host)
		for last.at < end && l.pieces[host].end == last.at { // nothing of the run is in it
			host++
		}
	}
	for ; pi < len(l.pieces) && (pi <= host || l.pieces[pi].start < end); pi++ {
		p := &l.pieces[pi]
		from, to := max(start, p.start), min(end, p.end)
		if to < from {
			to = from
		}
		switch {
		case pi == host:
			p.edits = append(p.edits, edit{from, to, set})
		case from < to:
			p.edits = append(p.edits, edit{from, to, ""})
		}
	}
}

// joinsHan reports whether the characters before and behind the space, but for
// quotation marks, are of a script without spaces.
func (l *line) joinsHan(start, end int) bool {
	const most = 4 // quotation marks at one place
	prev, next := ' ', ' '
	for range most {
		var size int
		prev, size = utf8.DecodeLastRune(l.text[:start])
		if start -= size; !strings.ContainsRune(quotationMarks, prev) {
			break
		}
	}
	for range most {
		var size int
		next, size = utf8.DecodeRune(l.text[end:])
		if end += size; !strings.ContainsRune(quotationMarks, next) {
			break
		}
	}
	return isHan(prev) && isHan(next)
}

// quotationMarks are those that Chinese and Japanese share with others.
const quotationMarks = "\"'“”‘’"

// tidy takes out inlines that show nothing and joins Texts that stand side by
// side. In text that reads from right to left it sets apart what would come
// out in another order.
func tidy(in []Inline, rtl bool) []Inline {
	var out []Inline
	var texts []string // values of the Texts since the last other inline
	flush := func() {
		if s := strings.Join(texts, ""); s != "" {
			out = append(out, &Text{s})
		}
		texts = texts[:0]
	}
	add := func(in Inline) {
		flush()
		out = append(out, in)
	}
	for _, in := range in {
		switch in := in.(type) {
		case *Text:
			texts = append(texts, in.Value)
		case *Emph, *Strong, *Strike, *Link:
			if inner := tidy(children(in), rtl); len(inner) > 0 {
				add(with(in, inner))
			}
		case *Span:
			if inner := tidy(in.Text, in.Dir == locales.RTL); len(inner) > 0 {
				add(with(in, inner))
			}
		case *Code, *Picture, *NoteGroup, *Break:
			add(in)
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
	flush()
	if !rtl {
		return out
	}
	return isolateNumbers(out)
}

// isHan reports whether a character is of a script that is written without
// spaces between words and sentences, as Chinese and Japanese are.
func isHan(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFF65)
}

// isWord reports whether a character is part of a word: a letter, a mark, a
// digit, or what stands for an object.
func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\uFFFC'
}
