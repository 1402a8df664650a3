// Package pdf writes editions as PDF.
//
// Start at Format. The rule that holds everywhere: nothing is decided here.
// export/typeset has decided what stands where; this package draws it with
// fpdf, knows the defects of that library, and lets none of them out.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset"
	"qalam/locales"
)

// Format writes PDF files. The zero Format is ready to use.
type Format struct{}

// Ext is "pdf".
func (Format) Ext() string { return "pdf" }

// Write writes e to w. An edition that the faces cannot show is skipped, with
// the warning pdf-script. The bytes are a function of the edition alone.
func (Format) Write(w io.Writer, e *document.Edition) (written document.Written, err error) {
	book, warnings := typeset.Layout(e)
	if book == nil {
		return document.Written{Skipped: true, Warnings: warnings}, nil
	}
	file, err := render(book, e.Docs[0])
	if err != nil {
		return document.Written{}, fmt.Errorf("pdf: %w", err)
	}
	if _, err := w.Write(file); err != nil {
		return document.Written{}, err
	}
	return document.Written{Pages: len(book.Pages), Warnings: warnings}, nil
}

// render draws the book. Errors of fpdf stick to it and are looked at after each
// page; where it panics instead, the panic becomes an error too.
func render(book *typeset.Book, doc *document.Document) (file []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("fpdf: %v", v)
		}
	}()
	p := newPen(book)
	p.information(&doc.Meta)
	for i, page := range book.Pages {
		p.page(i, page)
		if err := p.pdf.Error(); err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// pen draws pages with fpdf.
type pen struct {
	pdf   *fpdf.Fpdf
	book  *typeset.Book
	marks map[int][]typeset.Bookmark // bookmarks by page
	links map[int]int                // fpdf's number of a Dest
	known map[*fonts.Face]bool       // faces that fpdf has
	image map[string]bool            // images that fpdf has, by Src
	width map[int]int                // how many of them have this width
	face  *fonts.Face                // what fpdf's text is set in
	size  typeset.Length
}

func newPen(book *typeset.Book) *pen {
	pdf := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: "P",
		UnitStr:        "pt",
		Size:           fpdf.SizeType{Wd: book.Width.Points(), Ht: book.Height.Points()},
	})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true) // fpdf lists fonts and images in the order of a map otherwise
	p := &pen{
		pdf: pdf, book: book,
		marks: make(map[int][]typeset.Bookmark),
		links: make(map[int]int),
		known: make(map[*fonts.Face]bool),
		image: make(map[string]bool),
		width: make(map[int]int),
	}
	for _, m := range book.Bookmarks {
		page := book.Dests[m.Dest].Page
		p.marks[page] = append(p.marks[page], m)
	}
	return p
}

// information sets what the file says of itself.
func (p *pen) information(m *document.Meta) {
	p.pdf.SetTitle(textString(m.Title), false)
	var names []string
	for _, person := range m.Creators {
		names = append(names, person.Name)
	}
	p.pdf.SetAuthor(textString(strings.Join(names, ", ")), false)
	p.pdf.SetSubject(textString(m.Description), false)
	p.pdf.SetKeywords(textString(strings.Join(m.Keywords, ", ")), false)
	p.pdf.SetCreator("qalam", false)

	created := stamp(m.Date, time.Unix(0, 0).UTC())
	p.pdf.SetCreationDate(created)
	p.pdf.SetModificationDate(stamp(m.Modified, created))

	if plainTag(m.Lang) {
		p.pdf.SetLang(m.Lang)
	}
}

// stamp is noon of the first day of a date, or what is given where there is
// none. Noon is the day wherever a reader is; and it is never the zero time,
// the start of the year 1, for which fpdf takes the clock.
func stamp(d locales.Date, none time.Time) time.Time {
	if d.IsZero() {
		return none
	}
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 12, 0, 0, 0, time.UTC)
}

// plainTag reports whether tag has only what language tags are made of: fpdf
// writes it into the file without escaping it.
func plainTag(tag string) bool {
	return tag != "" && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// textString is a text string of PDF: ASCII as it is, all else in UTF-16.
// fpdf's own conversion knows nothing beyond the Basic Multilingual Plane.
func textString(s string) string {
	ascii := true
	for _, r := range s {
		ascii = ascii && ' ' <= r && r <= '~'
	}
	if ascii {
		return s
	}
	buf := []byte{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(s)) {
		buf = append(buf, byte(unit>>8), byte(unit))
	}
	return string(buf)
}

func (p *pen) page(i int, page *typeset.Page) {
	p.pdf.AddPage()
	p.face = nil // a page begins without one
	for _, pic := range page.Pictures {
		p.picture(pic)
	}
	for _, r := range page.Rules {
		p.pdf.Rect(r.X.Points(), r.Y.Points(), r.Width.Points(), r.Height.Points(), "F")
	}
	for _, line := range page.Lines {
		for _, piece := range line.Pieces {
			p.text(line.Baseline, piece)
		}
	}
	for _, m := range p.marks[i] {
		// After the text: only when a font of this kind is current does fpdf
		// write the title in UTF-16.
		p.pdf.Bookmark(m.Title, m.Level, p.book.Dests[m.Dest].Y.Points())
	}
	for _, l := range page.Links {
		// From the lower edge up: fpdf would write the corners of the area in
		// the wrong order.
		x, y, w, h := l.X.Points(), (l.Y + l.Height).Points(), l.Width.Points(), -l.Height.Points()
		if l.URL != "" {
			p.pdf.LinkString(x, y, w, h, uri(l.URL))
		} else {
			p.pdf.Link(x, y, w, h, p.dest(l.Dest))
		}
	}
}

// dest is fpdf's number of a place in the book.
func (p *pen) dest(d int) int {
	id, ok := p.links[d]
	if !ok {
		id = p.pdf.AddLink()
		p.pdf.SetLink(id, p.book.Dests[d].Y.Points(), p.book.Dests[d].Page+1)
		p.links[d] = id
	}
	return id
}

// linkColour is that of words which lead out of the file, a dark blue.
var linkColour = [3]int{0x1A, 0x3A, 0x7A}

func (p *pen) text(baseline typeset.Length, piece typeset.Piece) {
	if !p.known[piece.Face] {
		p.pdf.AddUTF8FontFromBytes(piece.Face.Name(), "", piece.Face.Data())
		p.known[piece.Face] = true
	}
	if piece.Face != p.face || piece.Size != p.size {
		p.pdf.SetFont(piece.Face.Name(), "", piece.Size.Points())
		p.face, p.size = piece.Face, piece.Size
	}
	if piece.Kind == typeset.LinkText {
		p.pdf.SetTextColor(linkColour[0], linkColour[1], linkColour[2])
		defer p.pdf.SetTextColor(0, 0, 0)
	}
	p.pdf.Text(piece.X.Points(), (baseline - piece.Rise).Points(), piece.Text)
}

// uri is an address as PDF has it, in ASCII: all else is percent-encoded.
func uri(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; ' ' < c && c < 0x7F {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
