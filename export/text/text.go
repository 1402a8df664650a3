// Package text writes editions as plain text that reads well in a terminal, in
// an editor and on paper.
//
// Start at Format. A file is, for each document of the edition:
//
//	Title:    The days of January          what a catalogue asks, from document.Head
//	Authors:  A. Author
//	====================================== a rule as wide as the page
//
//	The days of January                    the title block and the text
//	===================
//
//	Text of the article.[1]
//
//	--------------------------------------
//	Notes                                  if there are any
//
//	[1] Text of the note.
//
//	--------------------------------------
//	About this edition                     of the colophon, what the head has not said
//
//	Rights:   …
//
// Words are kept clean: emphasis, strength and code look like the words around
// them. What would change the meaning is shown: ~~struck words~~, [Image: what
// a picture shows], and words <address> where a link does not show its address
// already. Soft hyphens are left out, and a line never ends with a hyphen of
// ours, so that words can be found.
//
// The rule that holds everywhere: a line is as wide as its terminal columns
// (UAX 11 by grapheme), has no blank at its end and no tab, and is wider than
// the page only where one piece is: an address, a word, a line of code.
//
// Text is in logical order. Each line is a paragraph of its own to the
// bidirectional algorithm (UAX 9), so a line that would be taken for one of
// the other direction begins with U+200E or U+200F, and a passage of the other
// direction stands in an isolate (U+2066 or U+2067, to U+2069) on each line.
package text

import (
	"io"

	"qalam/export/document"
	"qalam/locales"
)

// Format writes plain text in UTF-8. Its settings are those of the first
// document: Settings.Text.
type Format struct{}

// Ext is "txt".
func (Format) Ext() string { return "txt" }

// Write writes e to w. The warnings are:
//
//   - table-wide: a table is shown as a list of its rows, since its columns
//     do not fit the page
//   - code-wide: a line of code is wider than the page
func (Format) Write(w io.Writer, e *document.Edition) (document.Written, error) {
	p := newPrinter(w, e.Docs[0].Settings.Text)
	for i, d := range e.Docs {
		if i > 0 {
			p.blank(3)
			p.rule('=')
			p.blank(1)
		}
		p.document(d)
	}
	p.flush()
	return document.Written{Warnings: p.warnings}, p.err
}

// document prints one document.
func (p *printer) document(d *document.Document) {
	p.locale, p.rtl = d.Locale, d.Locale.Dir == locales.RTL
	head := d.Head()
	p.fields(head)
	p.rule('=')
	p.blank(1)

	p.title(&d.Title)
	p.blocks(d.Blocks, 1)
	p.notes(d.Notes)
	if rest := without(d.Colophon, head); len(rest) > 0 {
		p.part(d.Locale.Labels.About)
		p.fields(rest)
	}
}

// part begins a part after the text: a rule and the name of the part.
func (p *printer) part(name string) {
	p.blank(2)
	p.rule('-')
	p.paragraph(p.string(name), 0)
	p.blank(1)
}

// without is the fields that the head has not said.
func without(fields, head []document.Field) []document.Field {
	var rest []document.Field
next:
	for _, f := range fields {
		for _, h := range head {
			if f.Name == h.Name && document.Plain(f.Value) == document.Plain(h.Value) {
				continue next
			}
		}
		rest = append(rest, f)
	}
	return rest
}

// title prints the title block.
func (p *printer) title(t *document.TitleBlock) {
	if t.Section != "" {
		p.paragraph(p.string(t.Section), 0)
		p.blank(1)
	}
	p.heading(p.string(t.Title), '=')
	if t.Subtitle != "" {
		p.paragraph(p.string(t.Subtitle), 0)
		p.blank(1)
	}
	for _, lines := range [][]document.Line{t.Byline, t.Dateline} {
		for _, line := range lines {
			p.paragraph(p.inlines(line), 0)
		}
	}
	p.blank(1)
	if t.Abstract != "" {
		p.paragraph(p.string(p.locale.Labels.Abstract), 0)
		p.blank(1)
		indent := p.indentBy(4)
		p.paragraph(p.string(t.Abstract), 0)
		p.indent = indent
		p.blank(1)
	}
	p.blank(2)
}

// notes prints the endnotes. They follow each other without blank lines when
// each is one paragraph.
func (p *printer) notes(notes []*document.Note) {
	if len(notes) == 0 {
		return
	}
	p.part(p.locale.Labels.Notes)
	gap, widest := 0, 0
	for _, n := range notes {
		widest = max(widest, stringWidth(n.Mark))
		if len(n.Blocks) > 1 {
			gap = 1
		}
	}
	for _, n := range notes {
		p.blank(gap)
		p.item("["+n.Mark+"] ", widest+3, false, n.Blocks, 1)
	}
}

// maxLabel is the widest label, in columns, that its value stands beside in a
// column of values.
const maxLabel = 24

// fields prints labels and values in two columns.
func (p *printer) fields(fields []document.Field) {
	separator := p.separator()
	column := 0
	if p.width > 0 {
		for _, f := range fields {
			if w := stringWidth(f.Label + separator); w <= min(maxLabel, p.width/2) {
				column = max(column, w)
			}
		}
	}
	for _, f := range fields {
		if w := stringWidth(f.Label + separator); w > column {
			fl := p.newFlow()
			fl.addText(f.Label + separator)
			fl.addInlines(f.Value, p.rtl)
			p.paragraph(fl, 4)
			continue
		}
		indent := p.indent
		p.mark(f.Label+separator, column, false)
		p.paragraph(p.inlines(f.Value), 0)
		p.markAlone()
		p.indent = indent
	}
}
