package source

import (
	"fmt"
	"strings"

	"qalam/source/diag"
)

// dumper writes a tree as text, one node a line.
type dumper struct {
	strings.Builder
	places bool // with line and column
}

func dump(a *Article, places bool) string {
	d := dumper{places: places}
	d.blocks(0, a.Blocks)
	for _, n := range a.Notes {
		d.line(0, n.pos, "note %q", n.Label)
		d.blocks(1, n.Blocks)
	}
	return d.String()
}

func (d *dumper) line(depth int, pos diag.Pos, format string, args ...any) {
	d.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(d, format, args...)
	if d.places {
		fmt.Fprintf(d, " @%d:%d", pos.Line, pos.Column)
	}
	d.WriteByte('\n')
}

func (d *dumper) blocks(depth int, blocks []Block) {
	for _, b := range blocks {
		d.block(depth, b)
	}
}

func (d *dumper) block(depth int, b Block) {
	pos := b.Pos()
	switch b := b.(type) {
	case *Heading:
		d.line(depth, pos, "heading %d", b.Level)
		d.inlines(depth+1, b.Text)
	case *Paragraph:
		d.line(depth, pos, "paragraph")
		d.inlines(depth+1, b.Text)
	case *Figure:
		d.line(depth, pos, "figure %q", b.Caption)
		d.inlines(depth+1, []Inline{b.Image})
	case *Quote:
		d.line(depth, pos, "quote")
		d.blocks(depth+1, b.Blocks)
	case *List:
		kind := "bullets"
		if b.Ordered {
			kind = fmt.Sprintf("numbers from %d", b.Start)
		}
		if b.Tight {
			kind += ", tight"
		}
		d.line(depth, pos, "%s", kind)
		for _, item := range b.Items {
			d.line(depth+1, item.pos, "item")
			d.blocks(depth+2, item.Blocks)
		}
	case *CodeBlock:
		d.line(depth, pos, "code %q %q", b.Language, b.Text)
	case *Table:
		d.line(depth, pos, "table %q", b.Align)
		for i, row := range append([][]*Cell{b.Head}, b.Rows...) {
			kind := "row"
			if i == 0 {
				kind = "head"
			}
			d.WriteString(strings.Repeat("  ", depth+1) + kind + "\n")
			for _, c := range row {
				d.line(depth+2, c.pos, "cell")
				d.inlines(depth+3, c.Text)
			}
		}
	case *Rule:
		d.line(depth, pos, "rule")
	case *Remark:
		d.line(depth, pos, "remark %q", b.Text)
	default:
		panic(fmt.Sprintf("source: unknown block %T", b))
	}
}

func (d *dumper) inlines(depth int, text []Inline) {
	for _, in := range text {
		pos := in.Pos()
		switch n := in.(type) {
		case *Text:
			d.line(depth, pos, "text %q", n.Value)
		case *Emph:
			d.line(depth, pos, "emph")
		case *Strong:
			d.line(depth, pos, "strong")
		case *Strike:
			d.line(depth, pos, "strike")
		case *CodeSpan:
			d.line(depth, pos, "code %q", n.Value)
		case *Link:
			d.line(depth, pos, "link %q %q", n.URL, n.Title)
		case *Image:
			d.line(depth, pos, "image %q %q %q", n.Src, n.Alt, n.Title)
		case *Span:
			d.line(depth, pos, "span %q", n.Lang)
		case *NoteRef:
			d.line(depth, pos, "ref %q", n.Label)
		case *SoftBreak:
			d.line(depth, pos, "soft break")
		case *Break:
			d.line(depth, pos, "break")
		case *InlineRemark:
			d.line(depth, pos, "remark %q", n.Text)
		default:
			panic(fmt.Sprintf("source: unknown inline %T", in))
		}
		if c := children(in); c != nil {
			d.inlines(depth+1, *c)
		}
	}
}
