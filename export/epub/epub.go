// Package epub writes an edition as an EPUB 3.3 book.
//
// Start at Format.Write, which names the five steps: render makes the content
// documents, assemble lets go-epub build a book of them, finish says in the
// package document, the contents and the pages what go-epub has no words for,
// pack writes the archive, and lint reads it again as a stranger would.
//
// A cover is set by package paragraph and drawn here, pixel by pixel.
//
// The rule that holds everywhere: no text of an article becomes markup, a
// file name or an identifier. It is escaped where it is written, and what is
// named after a language, a note or a picture is named by us.
package epub

import (
	"bytes"
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
// An error means that w failed, that e breaks a promise of package document (a
// reference to a note that is not there, two images of one name), or that the
// finished book has a fault, which is ours then.
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
	var archive bytes.Buffer
	if err := pack(&archive, files); err != nil {
		return document.Written{}, fmt.Errorf("packing %s: %w", e.Name, err)
	}
	if err := lint(archive.Bytes()); err != nil {
		return document.Written{}, fmt.Errorf("checking %s: %w", e.Name, err)
	}
	if _, err := w.Write(archive.Bytes()); err != nil {
		return document.Written{}, err
	}
	return document.Written{Conforms: []string{conforms}, Warnings: b.warnings}, nil
}
