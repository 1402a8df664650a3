package text

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// Characters of the bidirectional algorithm.
const (
	leftToRightMark    = '\u200e'
	rightToLeftMark    = '\u200f'
	leftToRightIsolate = '\u2066'
	rightToLeftIsolate = '\u2067'
	firstStrongIsolate = '\u2068'
	popIsolate         = '\u2069'
)

// printer writes lines. What a block prints begins at column indent.
type printer struct {
	w        io.Writer
	err      error
	out      []byte // not written yet
	any      bool   // something was printed
	warnings diag.List

	width   int    // columns of a line; 0 means one paragraph a line
	newline string // what ends a line

	locale *locales.Locale // of the document
	rtl    bool            // lines read from right to left

	indent int
	marks  []mark // what the next line has before the text
	blanks int    // blank lines before the next line

	flow  flow   // for one paragraph at a time
	lines []span // of that paragraph
}

// mark is what stands before the first line of an item.
type mark struct {
	column int
	text   string // with a blank at its end
}

func newPrinter(w io.Writer, s source.TextSettings) *printer {
	p := &printer{w: w, width: s.Width, newline: "\n"}
	if s.Newline == "crlf" {
		p.newline = "\r\n"
	}
	if s.BOM {
		p.out = append(p.out, "\ufeff"...)
	}
	return p
}

// flush writes what was printed to the writer.
func (p *printer) flush() {
	if p.err == nil {
		_, p.err = p.w.Write(p.out)
	}
	p.out = p.out[:0]
}

// blank asks for n blank lines, or more if more were asked for, before the
// next line.
func (p *printer) blank(n int) { p.blanks = max(p.blanks, n) }

// indentBy moves the text in by n columns, unless little of the line would be
// left, and returns the column as it was.
func (p *printer) indentBy(n int) (was int) {
	was = p.indent
	if p.width == 0 || p.indent+n <= p.width/2 {
		p.indent += n
	}
	return was
}

// mark puts text before the next line, in a column of that width, and what is
// printed next behind it. With right, the text stands at the end of its
// column.
func (p *printer) mark(text string, width int, right bool) {
	if len(p.marks) > 0 && p.width > 0 && p.textColumn()+width > p.width/2 {
		p.markAlone()
	}
	column := p.indent
	if right {
		column += width - stringWidth(text)
	}
	p.marks = append(p.marks, mark{column, text})
	p.indentBy(width)
}

// textColumn is the column where the text of the next line begins.
func (p *printer) textColumn() int {
	column := 0
	for _, m := range p.marks {
		column = max(column, m.column) + stringWidth(m.text)
	}
	return max(column, p.indent)
}

// markAlone prints the marks on a line of their own if no text came for them.
func (p *printer) markAlone() {
	if len(p.marks) > 0 {
		p.endLine(p.startLine(), p.rtl)
	}
}

// startLine begins a line: the blank lines that were asked for, the indent and
// the marks. It returns where the line begins in p.out.
func (p *printer) startLine() int {
	if len(p.out) >= 1<<16 {
		p.flush()
	}
	if p.any {
		for ; p.blanks > 0; p.blanks-- {
			p.out = append(p.out, p.newline...)
		}
	}
	p.any, p.blanks = true, 0
	start := len(p.out)
	column := 0
	for _, m := range p.marks {
		p.pad(m.column - column)
		p.out = append(p.out, m.text...)
		column = max(column, m.column) + stringWidth(m.text)
	}
	p.marks = p.marks[:0]
	p.pad(p.indent - column)
	return start
}

// endLine ends the line that begins at start in p.out, and reads in the given
// direction.
func (p *printer) endLine(start int, rtl bool) {
	line := bytes.TrimRight(p.out[start:], " ")
	p.out = p.out[:start+len(line)]
	if len(line) > 0 {
		strong := firstStrong(line)
		switch {
		case rtl && strong != rightToLeftMark:
			p.out = slices.Insert(p.out, start, []byte(string(rightToLeftMark))...)
		case !rtl && strong == rightToLeftMark:
			p.out = slices.Insert(p.out, start, []byte(string(leftToRightMark))...)
		}
	}
	p.out = append(p.out, p.newline...)
}

// firstStrong is the mark of the direction that the bidirectional algorithm
// takes a line for: that of the first letter outside isolates. It is 0 when
// there is none.
func firstStrong(line []byte) rune {
	depth := 0
	for i := 0; i < len(line); {
		r, size := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(line[i:])
		}
		i += size
		switch {
		case r == leftToRightIsolate || r == rightToLeftIsolate || r == firstStrongIsolate:
			depth++
		case r == popIsolate:
			depth = max(0, depth-1)
		case depth > 0:
		case 'a' <= r|0x20 && r|0x20 <= 'z' || r == leftToRightMark:
			return leftToRightMark
		case r < utf8.RuneSelf:
		case r == rightToLeftMark || isRTL(r):
			return rightToLeftMark
		case unicode.IsLetter(r):
			return leftToRightMark
		}
	}
	return 0
}

// isRTL reports whether r is a letter of a script that is written from right
// to left: of bidirectional class R or AL.
func isRTL(r rune) bool {
	return (0x590 <= r && r <= 0x8FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFE ||
		0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF) && unicode.IsLetter(r)
}

// pad prints n blanks.
func (p *printer) pad(n int) {
	for ; n > 0; n-- {
		p.out = append(p.out, ' ')
	}
}

// pageWidth is the width of a rule across the page.
func (p *printer) pageWidth() int {
	if p.width == 0 {
		return 72
	}
	return p.width
}

// rule prints a rule across the page.
func (p *printer) rule(r rune) {
	start := p.startLine()
	p.out = append(p.out, strings.Repeat(string(r), p.pageWidth())...)
	p.endLine(start, false)
}

// newFlow is an empty flow, for one paragraph at a time.
func (p *printer) newFlow() *flow {
	p.flow.reset(p.locale)
	return &p.flow
}

// string is a flow of plain text.
func (p *printer) string(s string) *flow {
	f := p.newFlow()
	f.addText(s)
	return f
}

// inlines is a flow of inlines.
func (p *printer) inlines(in []document.Inline) *flow {
	f := p.newFlow()
	f.addInlines(in, p.rtl)
	return f
}

// paragraph prints a flow, with lines after the first moved in by hang
// columns, and returns the columns of its widest line. A flow without text
// prints nothing.
func (p *printer) paragraph(f *flow, hang int) (widest int) {
	f.finish()
	if len(f.text) == 0 {
		return 0
	}
	first, rest := 0, 0
	if p.width > 0 {
		first = max(1, p.width-p.textColumn())
		rest = max(1, p.width-p.indent-hang)
	}
	p.lines = f.wrap(p.lines[:0], first, rest)
	indent := p.indent
	for i, l := range p.lines {
		if i == 1 {
			p.indent += hang
		}
		start := p.startLine()
		p.out = f.appendLine(p.out, l)
		p.endLine(start, p.rtl)
		widest = max(widest, l.width)
	}
	p.indent = indent
	return widest
}

// heading prints a flow with a line of r below it.
func (p *printer) heading(f *flow, r rune) {
	widest := p.paragraph(f, 0)
	if widest == 0 {
		return
	}
	start := p.startLine()
	p.out = append(p.out, strings.Repeat(string(r), widest)...)
	p.endLine(start, p.rtl)
	p.blank(1)
}

// separator is what stands between a label and its value in the language of
// the document: ": ".
func (p *printer) separator() string {
	_, rest, ok := strings.Cut(p.locale.Labels.Field, "{label}")
	separator, _, ok2 := strings.Cut(rest, "{value}")
	if !ok || !ok2 {
		return ": "
	}
	return separator
}
