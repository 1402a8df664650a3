// Package typeset sets an edition in lines and pages: pieces of text with a
// face, a size and a place, and no PDF.
//
// Start at Layout, then Page. The rule that holds everywhere: every decision
// is made in whole numbers of 1/65536 pt, so that the same edition gives the
// same pages on every machine, and nothing is left for a writer to decide.
// The origin of a page is its upper left corner; y grows downwards.
//
// A document is set in three steps: its blocks become rows (block.go,
// table.go), text becomes lines on the way (inline.go, lines.go), and rows are
// put on pages (paginate.go).
package typeset

import (
	"fmt"
	"unicode"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source/diag"
)

// Layout sets the edition. Each of its documents begins on a page of its own.
//
// When a character has no glyph in the faces, or a document is written from
// right to left, nothing can be set right: Layout then returns no book, and the
// warning pdf-script that names the first such character. Other warnings are:
// word-broken, for a word that fits no line and was broken where it came;
// table-wide, for a table that is shown as a list of its rows, since its columns
// do not fit the page.
func Layout(e *document.Edition) (*Book, diag.List) {
	var warnings diag.List
	paper := paperOf(e.Docs[0])
	book := &Book{Width: paper.width, Height: paper.height}
	for _, doc := range e.Docs {
		b := newBuilder(doc, paper, book, &warnings)
		b.document()
		if b.missing != nil || doc.Locale.Dir == locales.RTL {
			return nil, diag.List{unsupported(doc, b.missing)}
		}
		p := &paginator{b: b, book: book, first: len(book.Pages)}
		if len(e.Docs) > 1 {
			book.Bookmarks = append(book.Bookmarks, Bookmark{Title: doc.Title.Title, Dest: b.start})
			p.level = 1
		}
		p.place(b.rows)
		b.rows = nil
	}
	for i, page := range book.Pages {
		page.Lines = append(page.Lines, page.b.foot(i+1, len(book.Pages))...)
	}
	return book, warnings
}

// missing is a character that cannot be shown.
type missing struct {
	pos  diag.Pos
	char rune
}

// unsupported says why an edition cannot be set.
func unsupported(doc *document.Document, m *missing) *diag.Diagnostic {
	var list diag.List
	var d *diag.Diagnostic
	lang := doc.Locale.Tag
	if m == nil {
		d = list.Warnf(firstPos(doc), "pdf-script", "no PDF: %q is written from right to left, which pages cannot show yet", lang)
	} else {
		d = list.Warnf(m.pos, "pdf-script", "no PDF: its faces have no glyph for %s, which the text in %q has", describe(m.char), lang)
	}
	d.Hint = "take the EPUB or the text of this language: -f epub,txt; the faces of the PDF have Latin, Greek and Cyrillic letters"
	return d
}

// describe names a character: `"ع" (U+0639, Arabic)`.
func describe(r rune) string {
	for name, table := range unicode.Scripts { // a character is in one script at most
		if unicode.Is(table, r) && name != "Common" && name != "Inherited" {
			return fmt.Sprintf("%q (U+%04X, %s)", string(r), r, name)
		}
	}
	return fmt.Sprintf("%q (U+%04X)", string(r), r)
}

// firstPos is the file that a document was written in, as far as its text
// tells.
func firstPos(doc *document.Document) diag.Pos {
	for _, block := range doc.Blocks {
		if path := block.Pos().Path; path != "" {
			return diag.Pos{Path: path}
		}
	}
	for _, n := range doc.Notes {
		if n.Pos.Path != "" {
			return diag.Pos{Path: n.Pos.Path}
		}
	}
	return diag.Pos{}
}
