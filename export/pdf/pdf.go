// Package pdf writes editions as PDF.
//
// Start at Format. The rule that holds everywhere: nothing is decided here.
// export/typeset has decided what stands where. This package draws it with
// fpdf (draw.go), and writes the file itself (finish.go): fpdf is told of
// fonts and images by name only, and the real ones, with all that a file says
// of itself, are put in their places afterwards. So fpdf's defects in these
// stay out, and every byte is ours to answer for.
//
// The codes in the file's text are our own: each stands for an exact piece of
// text and is a glyph of a font that is made for this file (fonts.Subset).
package pdf

import (
	"fmt"
	"io"

	"qalam/export/document"
	"qalam/export/typeset"
	"qalam/source/diag"
)

// Format writes PDF files. The zero Format is ready to use.
type Format struct{}

// Ext is "pdf".
func (Format) Ext() string { return "pdf" }

// Write writes e to w. An edition that the faces cannot show is skipped, with
// the warning pdf-script. The bytes are a function of the edition alone.
//
// Other warnings are those of the layout and image-cmyk, for an image whose
// colours are for print and had to be converted.
func (Format) Write(w io.Writer, e *document.Edition) (written document.Written, err error) {
	book, warnings := typeset.Layout(e)
	if book == nil {
		return document.Written{Skipped: true, Warnings: warnings}, nil
	}
	more, err := render(w, book, e.Docs[0])
	if err != nil {
		return document.Written{}, err
	}
	return document.Written{Pages: len(book.Pages), Warnings: append(warnings, more...)}, nil
}

// render draws the book and writes the file. Errors of w come out as they are.
func render(w io.Writer, book *typeset.Book, doc *document.Document) (diag.List, error) {
	p := newPen(book)
	drawn, err := p.draw()
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	f := &finisher{pen: p, doc: doc}
	root, info, err := f.finish(drawn)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return f.warnings, f.out.Write(w, root, info)
}
