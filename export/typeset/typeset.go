// Package typeset sets an edition in lines and pages: pieces of text with a
// face, a size and a place, and no PDF.
//
// Start at Layout, then Page. The rule that holds everywhere: every decision
// is made in whole numbers of 1/65536 pt, so that the same edition gives the
// same pages on every machine, and nothing is left for a writer to decide.
// The origin of a page is its upper left corner; y grows downwards.
//
// A document is set in three steps. Its blocks become items: paragraphs, tables,
// pictures (block.go, notes.go, table.go, and text.go for what is in a line).
// All paragraphs are set at once, on all processors, by package paragraph. Then
// items become rows (rows.go), and rows are put on pages (paginate.go).
//
// # How pages look, and why
//
// They are those of a quiet journal: one family of letters in few sizes, black,
// and nothing that is not needed to find one's way.
//
//   - The body is 10.5 pt on a leading of 15.5 pt, in lines of about 70 letters on
//     A4, which is as many as a reader finds the way back from. Notes, captions and
//     tables are 9 pt: six sevenths, smaller at a glance and still easy to read.
//     The title is twice the body, sections 9/7, lower headings less; the last
//     differ by the slope of their letters only (style.go).
//   - Leading grows with the script: where letters stand on each other, fill their
//     line or hang deep, and always to what the faces need that most lines are in,
//     for the whole document and not for single lines, which would dance.
//   - Lines stand on a grid of half the leading, and distances are multiples of
//     it, so that lines of both sides of a leaf meet. Heads of sections have two
//     lines above them and half a line below: they belong to what follows.
//   - A paragraph is told from the one before by an indented first line, not by
//     space, which tells parts of the text apart. The first one of a section has no
//     indent, where its script knows none there; Chinese and Japanese have.
//   - The body is justified, with divided words, points and hyphens a little over
//     the edge; not in scripts whose lines end between phrases only. Headings,
//     captions, cells and notes are not: they are short, or full of addresses,
//     which cannot be spaced out, and holes are worse than an uneven edge.
//   - Stressed words are slanted; bold in scripts that have no slanted letters;
//     with dots beside their letters where there is no bold face either. Marks of
//     notes are raised and small; they never leave their word.
//   - Tables have three rules and no others. Figures stand in the middle, no larger
//     than they are; captions below them, quotations and code moved in.
//   - Pages keep two lines of a paragraph together at least, headings with what
//     follows, rows of tables whole under a repeated head. The head of a page is
//     the title, at the outer edge; its foot the number and how many there are.
//     The first page has no head, since its title is there.
//   - Right-to-left languages have all this in a mirror.
//   - What a link leads to is lost on paper: its number in brackets stands behind
//     its words, apart from the numbers of notes, and the address behind that number
//     in a list after the notes, or, if it is short, in brackets at once. The number
//     is no word of the text.
package typeset

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/source/diag"
)

// Layout sets the edition. Each of its documents begins on a page of its own.
//
// There is no book when a character has no glyph in any face (glyph-missing),
// or when a font of the article cannot be used (font-unusable): the list then
// has errors. Warnings are glyph-missing too, where the article wants a box in
// such places; word-broken, for a word that fits no line and was broken between
// two characters; table-wide, for a table that is shown as a list of its rows,
// since its columns do not fit the page.
func Layout(e *document.Edition) (*Book, diag.List) {
	var diags diag.List
	sheet := newSheet(e.Docs[0])
	book := &Book{Width: sheet.width, Height: sheet.height, Root: &Elem{Role: "Document"}}
	var builders []*builder
	for _, doc := range e.Docs {
		b := newBuilder(doc, sheet, openFonts(doc, &diags), book, &diags)
		b.collect()
		builders = append(builders, b)
	}
	if diags.HasErrors() {
		return nil, diags
	}
	for _, b := range builders {
		b.setTexts()
		b.natural = measureFaces(b.texts)
		b.texts = nil
		p := &paginator{b: b, book: book, first: len(book.Pages)}
		if len(e.Docs) > 1 {
			book.Bookmarks = append(book.Bookmarks, Bookmark{Title: b.doc.Title.Title, Dest: b.start})
			p.level = 1
		}
		p.place(b.items)
		b.items = nil
	}
	for i, page := range book.Pages {
		page.Lines = append(page.Lines, page.b.foot(i+1, len(book.Pages))...)
	}
	return book, diags
}

// openFonts is the faces that a document is set in: those of its folder, and
// ours.
func openFonts(doc *document.Document, diags *diag.List) *fonts.Family {
	var own []*fonts.Face
	for _, file := range doc.Settings.PDF.Fonts {
		faces, err := fonts.Open(file.Name, file.Data)
		if err != nil {
			diags.Errorf(file.Pos, "font-unusable", "the font %s cannot be used: %v", file.Name, err).
				Hint = "take another font, in TrueType or OpenType format, that may be embedded"
			continue
		}
		own = append(own, faces...)
	}
	return fonts.NewFamily(own)
}

// setTexts sets all texts on all processors, as far as that pays.
func (b *builder) setTexts() {
	const worth = 20_000 // bytes of text that are worth a setter of their own
	size := 0
	for _, t := range b.texts {
		for i := range t.par.Runs {
			size += len(t.par.Runs[i].Text)
		}
	}
	var next atomic.Int64
	work := func(s *paragraph.Setter) {
		for i := next.Add(1) - 1; i < int64(len(b.texts)); i = next.Add(1) - 1 {
			b.texts[i].set(s)
		}
	}
	var done sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0)-1, size/worth) {
		done.Go(func() { work(paragraph.NewSetter(b.family)) })
	}
	work(b.setter)
	done.Wait()
	for _, t := range b.texts {
		for _, broken := range t.broken {
			b.warnBroken(t, broken)
		}
	}
}

// warnBroken reports a word that was broken.
func (b *builder) warnBroken(t *text, broken paragraph.Broken) {
	const shown = 24
	word, ellipsis := []rune(broken.Text), ""
	if len(word) > shown {
		word, ellipsis = word[:shown], "…"
	}
	b.diags.Warnf(t.pos, "word-broken", "%s is wider than its line on the page, and was broken", fmt.Sprintf("%q", string(word)+ellipsis)).
		Hint = "put a soft hyphen (U+00AD) or a zero width space (U+200B) where it may be divided"
}
