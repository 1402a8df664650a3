package text

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"qalam/export/document"
	"qalam/export/linebreak"
	"qalam/locales"
)

// flow is the text of a paragraph before it is in lines.
type flow struct {
	locale   *locales.Locale
	text     []rune // with a line feed for each Break, and no other control character
	breaks   []linebreak.Break
	glue     []span    // no line ends within
	isolates []isolate // by start, outer ones first

	// Where appendLine is: how many isolates were begun, and which are open.
	begun int
	open  []isolate

	address string // of the last link, still to be shown

	bytes []byte // for widths
}

// span is a part of the text of a flow.
type span struct {
	start, end int
	width      int // columns; only of lines
}

// isolate is a passage of the other direction.
type isolate struct {
	start, end int
	sign       rune // that begins it
}

// reset empties the flow.
func (f *flow) reset(l *locales.Locale) {
	f.locale = l
	f.text, f.breaks = f.text[:0], f.breaks[:0]
	f.glue, f.isolates = f.glue[:0], f.isolates[:0]
	f.begun, f.open = 0, f.open[:0]
}

// addText adds plain text. A run of white space is one blank, soft hyphens are
// left out, and control characters, which a terminal would obey, are shown as
// U+FFFD.
func (f *flow) addText(s string) {
	for _, r := range s {
		switch {
		case r > ' ' && r < 0x7F:
		case r == 0xAD:
			continue
		case r == ' ' || '\t' <= r && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			if n := len(f.text); n == 0 || f.text[n-1] == ' ' || f.text[n-1] == '\n' {
				continue
			}
			r = ' '
		case r < ' ' || 0x7F <= r && r < 0xA0:
			r = utf8.RuneError
		case r == 0xFEFF:
			r = 0x2060 // the same, without being taken for a byte order mark
		}
		f.text = append(f.text, r)
	}
}

// addInlines adds inlines to text that reads from right to left or not.
func (f *flow) addInlines(in []document.Inline, rtl bool) {
	f.add(in, rtl)
	f.addAddress(rtl)
}

// add is addInlines, but the address of a link at the end is still to come.
func (f *flow) add(in []document.Inline, rtl bool) {
	for _, in := range in {
		text, ok := in.(*document.Text)
		if ok && f.address != "" {
			n := document.ClosingMark(f.locale.Quotes, text.Value)
			f.addText(text.Value[:n])
			f.addAddress(rtl)
			f.addText(text.Value[n:])
			continue
		}
		f.addAddress(rtl)
		switch in := in.(type) {
		case *document.Text:
			f.addText(in.Value)
		case *document.Emph:
			f.add(in.Text, rtl)
		case *document.Strong:
			f.add(in.Text, rtl)
		case *document.Strike:
			start := len(f.text)
			f.addText("~~")
			f.add(in.Text, rtl)
			end := len(f.text)
			f.addText("~~")
			f.glue = append(f.glue, span{start: start, end: start + 3}, span{start: end - 1, end: end + 2})
		case *document.Code:
			f.isolate(rtl, leftToRightIsolate, func() { f.addText(in.Value) })
		case *document.Link:
			f.addLink(in, rtl)
		case *document.Picture:
			if in.Alt != "" {
				f.addText("[" + locales.Format(f.locale.Labels.Image, "alt", in.Alt) + "]")
			}
		case *document.Span:
			if in.Dir == "" {
				f.add(in.Text, rtl)
				break
			}
			inner := in.Dir == locales.RTL
			sign := leftToRightIsolate
			if inner {
				sign = rightToLeftIsolate
			}
			f.isolate(inner != rtl, sign, func() { f.add(in.Text, inner) })
		case *document.NoteGroup:
			start := len(f.text)
			f.addText("[")
			for i, ref := range in.Refs {
				if i > 0 {
					f.addText(", ")
				}
				f.addText(ref.Note.Mark)
			}
			f.addText("]")
			f.glue = append(f.glue, span{start: max(0, start-1), end: len(f.text)})
		case *document.Break:
			f.text = append(trimBlanks(f.text), '\n')
		default:
			panic(fmt.Sprintf("text: unknown inline %T", in))
		}
	}
}

// isolate calls add, and makes what it adds an isolate if apart is true.
func (f *flow) isolate(apart bool, sign rune, add func()) {
	if !apart {
		add()
		return
	}
	i := len(f.isolates)
	f.isolates = append(f.isolates, isolate{start: len(f.text), sign: sign})
	add()
	f.isolates[i].end = len(f.text)
}

// addLink adds the words of a link. Its address follows unless they are that.
func (f *flow) addLink(l *document.Link, rtl bool) {
	if l.ShowsAddress() {
		start := len(f.text)
		f.isolate(rtl, leftToRightIsolate, func() { f.add(l.Text, false) })
		f.glue = append(f.glue, span{start: start, end: len(f.text)})
		return
	}
	f.add(l.Text, rtl)
	f.address = l.Address()
}

// addAddress adds the address of the link before it, if it is still to come.
func (f *flow) addAddress(rtl bool) {
	if f.address == "" {
		return
	}
	address := f.address
	f.address = ""
	f.addText(" ")
	start := len(f.text)
	f.addText("<")
	f.isolate(rtl, leftToRightIsolate, func() { f.addText(address) })
	f.addText(">")
	f.glue = append(f.glue, span{start: start, end: len(f.text)})
}

// finish ends the flow: no more is added, and lines can be made of it.
func (f *flow) finish() {
	n := f.shownEnd(0, len(f.text))
	f.text = f.text[:n]
	f.breaks = linebreak.Opportunities(f.breaks[:0], f.text)
	for _, g := range f.glue {
		linebreak.Glue(f.breaks, g.start, min(g.end, n))
	}
}

// trimBlanks takes blanks from the end of text.
func trimBlanks(text []rune) []rune {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// shownEnd is the end of what is shown of text[start:end] when a line ends
// there: spaces, with or without width, are not.
func (f *flow) shownEnd(start, end int) int {
	for end > start && (unicode.IsSpace(f.text[end-1]) || f.text[end-1] == 0x200B) {
		end--
	}
	return end
}

// wrap appends the lines of the flow to lines: the first has that many
// columns, the others rest. No columns means no limit.
func (f *flow) wrap(lines []span, first, rest int) []span {
	line := span{} // the line that is being filled; width counts blanks at its end
	end := 0       // of the line, without these blanks
	shown := 0     // its columns
	limit := first
	next := func(start int) {
		lines = append(lines, span{line.start, end, shown})
		line, end, shown, limit = span{start: start}, start, 0, rest
	}
	wrap := func(start int) {
		if end > line.start {
			next(start)
		} else { // only blanks
			line = span{start: start}
		}
	}
	for i := 0; i < len(f.text); {
		// A piece is what goes up to the next place where a line may end.
		j, divisible := i+1, false
		for f.breaks[j] < linebreak.Allowed {
			divisible = divisible || f.breaks[j] == linebreak.Emergency
			j++
		}
		e := f.shownEnd(i, j)
		w := f.measure(i, e)
		fits := limit == 0 || line.width+w <= limit
		if !fits && divisible && w > rest {
			for k := i; k < e; {
				m := k + 1
				for m < e && f.breaks[m] == linebreak.None {
					m++
				}
				w := f.measure(k, m)
				if line.width > 0 && line.width+w > limit {
					wrap(k)
				}
				line.width += w
				end, shown = m, line.width
				k = m
			}
		} else {
			if !fits && line.width > 0 {
				wrap(i)
			}
			line.width += w
			if e > i {
				end, shown = e, line.width
			}
		}
		line.width += f.measure(e, j)
		if f.breaks[j] == linebreak.Mandatory {
			next(j)
		}
		i = j
	}
	return lines
}

// longest is the columns of the widest piece that no line can divide.
func (f *flow) longest() int {
	widest := 0
	for i := 0; i < len(f.text); {
		j := i + 1
		for f.breaks[j] == linebreak.None {
			j++
		}
		e := f.shownEnd(i, j)
		widest = max(widest, f.measure(i, e))
		i = j
	}
	return widest
}

// measure is the columns of a part of the text.
func (f *flow) measure(start, end int) int {
	width := 0
	for _, r := range f.text[start:end] {
		switch {
		case ' ' <= r && r < 0x300, 0x400 <= r && r < 0x483, 0x48A <= r && r < 0x530:
			width++
		case 0x4E00 <= r && r < 0xA000:
			width += 2
		case r == '\n':
		default:
			f.bytes = f.bytes[:0]
			for _, r := range f.text[start:end] {
				f.bytes = utf8.AppendRune(f.bytes, r)
			}
			return displaywidth.Bytes(f.bytes)
		}
	}
	return width
}

// stringWidth is the columns of a string.
func stringWidth(s string) int { return displaywidth.String(s) }

// appendLine appends a line of the flow to out. Isolates end with the line,
// since the next is a paragraph of its own to the bidirectional algorithm, and
// begin again there. It is called for one line after the other.
func (f *flow) appendLine(out []byte, l span) []byte {
	if len(f.isolates) == 0 {
		for _, r := range f.text[l.start:l.end] {
			out = utf8.AppendRune(out, r)
		}
		return out
	}
	for n := len(f.open); n > 0 && f.open[n-1].end <= l.start; n-- {
		f.open = f.open[:n-1]
	}
	for _, o := range f.open {
		out = utf8.AppendRune(out, o.sign)
	}
	for i := l.start; ; i++ {
		for n := len(f.open); n > 0 && f.open[n-1].end <= i; n-- {
			f.open = f.open[:n-1]
			out = utf8.AppendRune(out, popIsolate)
		}
		if i >= l.end {
			break
		}
		for ; f.begun < len(f.isolates) && f.isolates[f.begun].start <= i; f.begun++ {
			if o := f.isolates[f.begun]; o.end > i {
				f.open = append(f.open, o)
				out = utf8.AppendRune(out, o.sign)
			}
		}
		out = utf8.AppendRune(out, f.text[i])
	}
	for range f.open {
		out = utf8.AppendRune(out, popIsolate)
	}
	return out
}

// addFlow adds the text of another flow.
func (f *flow) addFlow(g *flow) {
	at := len(f.text)
	f.text = append(f.text, g.text...)
	for _, s := range g.glue {
		f.glue = append(f.glue, span{start: at + s.start, end: at + s.end})
	}
	for _, i := range g.isolates {
		f.isolates = append(f.isolates, isolate{at + i.start, at + i.end, i.sign})
	}
}
