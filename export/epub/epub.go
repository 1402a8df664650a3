// Package epub writes an edition as an EPUB 3.3 book.
//
// Start at Format.Write, which names the four steps: render makes the content
// documents, assemble lets go-epub build a book of them, finish says in the
// package document, the contents and the pages what go-epub has no words for,
// and pack writes the archive.
//
// The rule that holds everywhere: no text of an article becomes markup, a
// file name or an identifier. It is escaped where it is written, and what is
// named after a language, a note or a picture is named by us.
package epub

import (
	"fmt"
	"io"

	"qalam/export/document"
)

// conforms is the standard that every book claims.
const conforms = "EPUB 3.3"

// Format writes EPUB books.
type Format struct{}

// Ext is the extension of an EPUB book.
func (Format) Ext() string { return "epub" }

// Write writes e to w as one book: its text, its notes and its colophon, each
// in a file of its own, once for each document. The same edition gives the
// same bytes. Several calls may run at once.
//
// An error means that w failed or that e breaks a promise of package
// document: a reference to a note that is not there, two images of one name.
func (Format) Write(w io.Writer, e *document.Edition) (document.Written, error) {
	b, err := render(e)
	if err != nil {
		return document.Written{}, fmt.Errorf("rendering %s: %w", e.Name, err)
	}
	raw, err := assemble(b)
	if err != nil {
		return document.Written{}, fmt.Errorf("assembling %s: %w", e.Name, err)
	}
	files, err := finish(raw, b)
	if err != nil {
		return document.Written{}, fmt.Errorf("finishing %s: %w", e.Name, err)
	}
	if err := pack(w, files); err != nil {
		return document.Written{}, fmt.Errorf("packing %s: %w", e.Name, err)
	}
	return document.Written{Conforms: []string{conforms}, Warnings: b.warnings}, nil
}
