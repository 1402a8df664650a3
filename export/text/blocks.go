package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/export/document"
	"qalam/locales"
)

// underlines are below headings, by level from 2 on.
var underlines = [...]rune{'-', '~', '.', '.', '.'}

// blocks prints blocks with gap blank lines between them.
func (p *printer) blocks(blocks []document.Block, gap int) {
	for i, b := range blocks {
		if i > 0 {
			p.blank(gap)
		}
		p.block(b)
	}
}

func (p *printer) block(b document.Block) {
	switch b := b.(type) {
	case *document.Heading:
		if b.Level == 2 {
			p.blank(2)
		}
		p.heading(p.inlines(b.Text), underlines[b.Level-2])
	case *document.Paragraph:
		p.paragraph(p.inlines(b.Text), 0)
	case *document.Figure:
		p.figure(b)
	case *document.Quote:
		indent := p.indentBy(4)
		p.blocks(b.Blocks, 1)
		p.indent = indent
	case *document.List:
		p.list(b)
	case *document.CodeBlock:
		p.code(b)
	case *document.Table:
		p.table(b)
	case *document.Rule:
		const stars = "* * *"
		start := p.startLine()
		if p.width > 0 {
			p.pad((p.width - p.indent - len(stars)) / 2)
		}
		p.out = append(p.out, stars...)
		p.endLine(start, p.rtl)
	default:
		panic(fmt.Sprintf("text: unknown block %T", b))
	}
}

// figure prints what an image shows, and its caption.
func (p *printer) figure(b *document.Figure) {
	indent := p.indentBy(4)
	if b.Picture.Alt != "" {
		p.paragraph(p.string("["+locales.Format(p.locale.Labels.Image, "alt", b.Picture.Alt)+"]"), 0)
	}
	p.paragraph(p.inlines(b.Caption), 0)
	p.indent = indent
}

func (p *printer) list(b *document.List) {
	gap, widest := 1, 0
	if b.Tight {
		gap = 0
	}
	for _, item := range b.Items {
		widest = max(widest, stringWidth(item.Marker))
	}
	indent := p.indentBy(2)
	for i, item := range b.Items {
		if i > 0 {
			p.blank(gap)
		}
		p.item(item.Marker+" ", widest+1, b.Ordered, item.Blocks, gap)
	}
	p.indent = indent
}

// item prints blocks behind a marker, which ends in a blank, in a column of
// that width; right says that it stands at the end of the column.
func (p *printer) item(marker string, width int, right bool, blocks []document.Block, gap int) {
	indent := p.indent
	p.mark(marker, width, right)
	p.blocks(blocks, gap)
	p.markAlone()
	p.indent = indent
}

// tabStop is how many columns apart tabs are, as CommonMark has it.
const tabStop = 4

// code prints lines as they are, with tabs as blanks. It reads from left to
// right.
func (p *printer) code(b *document.CodeBlock) {
	indent := p.indentBy(4)
	widest := 0
	for line := range strings.Lines(b.Text) {
		line = codeLine(line)
		widest = max(widest, stringWidth(line))
		if line == "" && len(p.marks) == 0 {
			p.blanks++
			continue
		}
		start := p.startLine()
		p.out = append(p.out, line...)
		p.endLine(start, false)
	}
	if p.width > 0 && p.indent+widest > p.width {
		p.warnings.Warnf(b.Pos(), "code-wide", "a line of code takes %d columns, and a line of the text file has %d", p.indent+widest, p.width).
			Hint = "divide the line, or set text: {width: 0}"
	}
	p.indent = indent
}

// codeLine is a line of code without its end, blanks before that, tabs, and
// control characters.
func codeLine(line string) string {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	if strings.IndexFunc(line, isControl) < 0 {
		return line
	}
	var b strings.Builder
	column := 0
	for i, part := range strings.Split(line, "\t") {
		if i > 0 {
			blanks := tabStop - column%tabStop
			b.WriteString(strings.Repeat(" ", blanks))
			column += blanks
		}
		part = strings.Map(func(r rune) rune {
			if isControl(r) {
				return utf8.RuneError
			}
			return r
		}, part)
		b.WriteString(part)
		column += stringWidth(part)
	}
	return b.String()
}

func isControl(r rune) bool { return r < ' ' || 0x7F <= r && r < 0xA0 }
