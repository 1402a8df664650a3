// Package pdf writes editions as PDF that libraries keep and everybody can read:
// PDF/A-2a and PDF/UA-1.
//
// Start at Format. The rule that holds everywhere: nothing is decided here.
// export/typeset has decided what stands where, and what it is. This package
// draws it with fpdf (draw.go), and writes the file itself (finish.go): fpdf is
// told of fonts and images by name only, and the real ones, with the structure
// (tree.go, structure.go) and all that a file says of itself (metadata.go), are
// put in their places afterwards. So fpdf's defects in these stay out, and every
// byte is ours to answer for.
//
// The codes in the file's text are our own (codes.go): each stands for an exact
// piece of text and is a glyph of a font that is made for this file
// (fonts.Subset).
//
// A file claims a standard only if it conforms to it (claim.go).
package pdf

import (
	"fmt"
	"io"
	"slices"

	"qalam/export/document"
	"qalam/export/typeset"
)

// Format writes PDF files. The zero Format is ready to use.
type Format struct{}

// Ext is "pdf".
func (Format) Ext() string { return "pdf" }

// Write writes e to w. An edition that cannot be laid out is skipped, with the
// errors that say why. The bytes are a function of the edition alone.
//
// Other warnings are those of the layout; image-cmyk, for an image whose colours
// are for print and had to be converted; and pdf-claim, for what keeps the file
// from conforming to the standards, which it then does not claim.
func (Format) Write(w io.Writer, e *document.Edition) (written document.Written, err error) {
	book, warnings := typeset.Layout(e)
	if book == nil {
		return document.Written{Skipped: true, Warnings: warnings}, nil
	}
	written, err = render(w, book, e)
	written.Warnings = append(warnings, written.Warnings...)
	return written, err
}

// render draws the book and writes the file. Errors of w come out as they are.
func render(w io.Writer, book *typeset.Book, e *document.Edition) (document.Written, error) {
	p := newPen(book)
	drawn, err := p.draw()
	if err != nil {
		return document.Written{}, fmt.Errorf("pdf: %w", err)
	}
	f := &finisher{pen: p, edition: e, doc: e.Docs[0]}
	root, info, err := f.finish(drawn)
	if err != nil {
		return document.Written{}, fmt.Errorf("pdf: %w", err)
	}
	if err := f.out.Write(w, root, info); err != nil {
		return document.Written{}, err
	}
	written := document.Written{Pages: len(book.Pages), Warnings: f.warnings}
	if f.conforms {
		written.Conforms = slices.Clone(standards[:])
	}
	return written, nil
}
