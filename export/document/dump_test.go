package document

import (
	"fmt"
	"strings"
)

// dump is a document as text, for tests: a line for each field that is not
// empty, then the blocks, then the notes. Spaces that do not break are shown
// as ⍽ (U+00A0) and ⎵ (U+202F).
func dump(d *Document) string {
	w := &dumper{}
	m := &d.Meta
	w.field("identifier", m.Identifier)
	for _, id := range m.Identifiers {
		w.field(id.Scheme, strings.TrimSpace(id.Value+" "+id.URI))
	}
	w.field("lang", fmt.Sprintf("%s %s, words of %s", m.Lang, m.Dir, d.Locale.LabelsFrom))
	w.field("section", d.Title.Section)
	w.field("title", d.Title.Title)
	w.field("subtitle", d.Title.Subtitle)
	for _, l := range d.Title.Byline {
		w.field("byline", inlines(l))
	}
	for _, l := range d.Title.Dateline {
		w.field("dateline", inlines(l))
	}
	w.field("abstract", d.Title.Abstract)
	w.field("keywords", strings.Join(m.Keywords, "; "))
	for _, img := range d.Images {
		w.field("image", fmt.Sprintf("%s of %s", img.Name, img.Src))
	}
	for _, f := range d.Colophon {
		w.field("colophon", fmt.Sprintf("%s (%s) %s", f.Name, f.Label, inlines(f.Value)))
	}
	w.blocks("", d.Blocks)
	for _, n := range d.Notes {
		w.line("", "note %d marked %s, called %q, %d references", n.Number, n.Mark, n.Label, len(n.Refs))
		w.blocks("  ", n.Blocks)
	}
	return w.String()
}

type dumper struct{ strings.Builder }

func (w *dumper) field(name, value string) {
	if value != "" {
		w.line("", "%s: %s", name, value)
	}
}

func (w *dumper) line(indent, format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	s = strings.NewReplacer("\u00A0", "⍽", "\u202F", "⎵").Replace(s)
	w.WriteString(indent + s + "\n")
}

func (w *dumper) blocks(indent string, blocks []Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			w.line(indent, "heading %d %s: %s", b.Level, b.ID, inlines(b.Text))
		case *Paragraph:
			w.line(indent, "paragraph: %s", inlines(b.Text))
		case *Figure:
			w.line(indent, "figure %s %q: %s", b.Picture.Image.Name, b.Picture.Alt, inlines(b.Caption))
		case *Quote:
			w.line(indent, "quote")
			w.blocks(indent+"  ", b.Blocks)
		case *List:
			w.line(indent, "list ordered=%t tight=%t", b.Ordered, b.Tight)
			for _, item := range b.Items {
				w.line(indent+"  ", "item %s", item.Marker)
				w.blocks(indent+"    ", item.Blocks)
			}
		case *CodeBlock:
			w.line(indent, "code %s %q", b.Language, b.Text)
		case *Table:
			w.line(indent, "table %q", b.Align)
			for i, row := range append([][]Line{b.Head}, b.Rows...) {
				cells := make([]string, len(row))
				for i, cell := range row {
					cells[i] = inlines(cell)
				}
				kind := "row"
				if i == 0 {
					kind = "head"
				}
				w.line(indent+"  ", "%s: %s", kind, strings.Join(cells, " | "))
			}
		case *Rule:
			w.line(indent, "rule")
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
}

// inlines is inlines on one line: emph{…}, link{address}{…}, span{fr ltr}{…},
// and [2#1, 9#3] for the first reference to the note 2 and the third to 9.
func inlines(in []Inline) string {
	var b strings.Builder
	for _, in := range in {
		switch in := in.(type) {
		case *Text:
			b.WriteString(in.Value)
		case *Emph:
			b.WriteString("emph{" + inlines(in.Text) + "}")
		case *Strong:
			b.WriteString("strong{" + inlines(in.Text) + "}")
		case *Strike:
			b.WriteString("strike{" + inlines(in.Text) + "}")
		case *Code:
			b.WriteString("code{" + in.Value + "}")
		case *Link:
			b.WriteString("link{" + in.URL + "}{" + inlines(in.Text) + "}")
		case *Picture:
			fmt.Fprintf(&b, "picture{%s}{%s}", in.Image.Name, in.Alt)
		case *Span:
			fmt.Fprintf(&b, "span{%s}{%s}", strings.TrimSpace(in.Lang+" "+string(in.Dir)), inlines(in.Text))
		case *NoteGroup:
			refs := make([]string, len(in.Refs))
			for i, ref := range in.Refs {
				refs[i] = fmt.Sprintf("%s#%d", ref.Note.Mark, ref.Index)
			}
			b.WriteString("[" + strings.Join(refs, ", ") + "]")
		case *Break:
			b.WriteString("⏎")
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
	return b.String()
}
