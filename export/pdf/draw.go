package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-pdf/fpdf"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/pdf/object"
	"qalam/export/typeset"
)

// pen draws pages with fpdf, and remembers what the finisher has to put in.
type pen struct {
	pdf   *fpdf.Fpdf
	book  *typeset.Book
	links map[int]int // fpdf's number of a Dest

	subsets  map[*fonts.Face]*fonts.Subset
	images   []*document.Image // image i is i+1 pixels wide for fpdf
	known    map[string]bool   // images that fpdf has, by Src
	annots   [][]typeset.Link  // by page, in the order in which fpdf got them
	clusters []cluster         // of the line that is being drawn
	buf, run []byte

	// What the text that follows is drawn in.
	face   *fonts.Face
	size   typeset.Length
	linked bool
}

func newPen(book *typeset.Book) *pen {
	pdf := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: "P",
		UnitStr:        "pt",
		Size:           fpdf.SizeType{Wd: book.Width.Points(), Ht: book.Height.Points()},
	})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(false)
	pdf.SetCatalogSort(true) // fpdf lists fonts and images in the order of a map otherwise
	never := time.Unix(0, 0).UTC()
	pdf.SetCreationDate(never) // fpdf asks the clock otherwise; the finisher leaves these out
	pdf.SetModificationDate(never)
	return &pen{
		pdf: pdf, book: book,
		links:   make(map[int]int),
		subsets: make(map[*fonts.Face]*fonts.Subset),
		known:   make(map[string]bool),
	}
}

// draw gives the file as fpdf writes it. Errors of fpdf stick to it and are
// looked at after each page; where it panics instead, the panic becomes an
// error too.
func (p *pen) draw() (file []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("fpdf: %v", v)
		}
	}()
	for i, page := range p.book.Pages {
		p.page(page)
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

func (p *pen) page(page *typeset.Page) {
	p.pdf.AddPage()
	p.face = nil // a page begins without one
	for _, pic := range page.Pictures {
		p.picture(pic)
	}
	if len(page.Rules) > 0 {
		p.artifact(func() {
			for _, r := range page.Rules {
				p.pdf.Rect(r.X.Points(), r.Y.Points(), r.Width.Points(), r.Height.Points(), "F")
			}
		})
	}
	for i := range page.Lines {
		line := &page.Lines[i]
		if line.Part == typeset.Running {
			p.artifact(func() { p.line(line) })
		} else {
			p.line(line)
		}
	}
	p.linkColour(false)
	var annots []typeset.Link
	for _, l := range page.Links {
		// From the lower edge up: fpdf would write the corners of the area in
		// the wrong order.
		x, y, w, h := l.X.Points(), (l.Y + l.Height).Points(), l.Width.Points(), -l.Height.Points()
		if l.URL == "" {
			p.pdf.Link(x, y, w, h, p.dest(l.Dest))
		} else {
			address := uri(l.URL)
			if len(address) > object.MaxString {
				continue // no file can have it
			}
			p.pdf.LinkString(x, y, w, h, address)
		}
		annots = append(annots, l)
	}
	p.annots = append(p.annots, annots)
}

// artifact draws what is not part of the text. Source: ISO 32000-1, 14.8.2.2.
func (p *pen) artifact(draw func()) {
	p.pdf.RawWriteStr("/Artifact BMC")
	draw()
	p.pdf.RawWriteStr("EMC")
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

// picture draws an image. What fpdf gets to know of it is a number.
func (p *pen) picture(pic typeset.Picture) {
	src := pic.Image.Src
	if !p.known[src] {
		p.known[src] = true
		p.images = append(p.images, pic.Image)
		stub := imageStub(len(p.images))
		p.pdf.RegisterImageOptionsReader(src, fpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(stub))
	}
	m, turned := turns[pic.Turn]
	if !turned {
		p.pdf.ImageOptions(src, pic.X.Points(), pic.Y.Points(), pic.Width.Points(), pic.Height.Points(),
			false, fpdf.ImageOptions{}, 0, "")
		return
	}
	w, h := pic.Width, pic.Height
	b := append(p.buf[:0], "q"...)
	for _, l := range [6]typeset.Length{
		m[0] * w, m[1] * h, m[2] * w, m[3] * h,
		m[4]*w + pic.X, m[5]*h + p.book.Height - pic.Y - h,
	} {
		b = appendPoints(append(b, ' '), l)
	}
	p.pdf.RawWriteStr(string(append(b, " cm"...)))
	p.buf = b
	// As large as one unit, in the lower left corner of what is now the page.
	p.pdf.ImageOptions(src, 0, p.book.Height.Points()-1, 1, 1, false, fpdf.ImageOptions{}, 0, "")
	p.pdf.RawWriteStr("Q")
}

// turns maps the unit square, which images are drawn in, onto itself: where
// its corners go when the pixels are turned. Source: ISO 32000-1, 8.3.3.
var turns = map[typeset.Turn][6]typeset.Length{
	2: {-1, 0, 0, 1, 1, 0},
	3: {-1, 0, 0, -1, 1, 1},
	4: {1, 0, 0, -1, 0, 1},
	5: {0, -1, -1, 0, 1, 1},
	6: {0, -1, 1, 0, 0, 1},
	7: {0, 1, 1, 0, 0, 0},
	8: {0, 1, -1, 0, 1, 0},
}

// imageStub is a grey PNG, so many pixels wide, one high, and without any data.
// The width tells one stub from another in fpdf's file.
func imageStub(width int) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(b, uint32(width))
	b = append(b, 0, 0, 0, 1, 8, 0, 0, 0, 0)
	b = append(b, 0, 0, 0, 0) // a checksum, which fpdf does not read
	return append(b, "\x00\x00\x00\x00IEND\x00\x00\x00\x00"...)
}

// fontStub describes a font without a file in the form of fpdf's own
// descriptions. A TrueType file, however small, would cost fpdf a digest of
// 65,536 widths.
func fontStub(face *fonts.Face) []byte {
	return []byte(`{"Tp":"Core","Name":"` + face.Name() + `"}`)
}

// subset is the subset of a face, which fpdf gets to know when it is first met.
func (p *pen) subset(face *fonts.Face) *fonts.Subset {
	s, ok := p.subsets[face]
	if !ok {
		s = face.NewSubset()
		p.subsets[face] = s
		p.pdf.AddFontFromBytes(face.Name(), "", fontStub(face), nil)
	}
	return s
}

// cluster is what one code shows: a character, or a letter with its marks.
type cluster struct {
	subset *fonts.Subset
	size   typeset.Length
	rise   typeset.Length
	linked bool
	x      typeset.Length

	char rune // a character by itself; 0 for all else

	text  string
	parts []fonts.Part
	units int // the advance
}

// line draws a line of text.
func (p *pen) line(line *typeset.Line) {
	p.clusters = p.clusters[:0]
	for i := range line.Pieces {
		p.piece(&line.Pieces[i])
	}
	if n := len(p.clusters); n > 0 && !line.Open {
		// Without a space at the end, some readers join the word to the next.
		last := p.clusters[n-1]
		if face := last.subset.Face(); last.char != ' ' && face.Has(' ') {
			last.x += typeset.Length(last.advance()) * last.size / typeset.Length(face.UnitsPerEm())
			last.char, last.text, last.parts = ' ', "", nil
			p.clusters = append(p.clusters, last)
		}
	}
	for from := 0; from < len(p.clusters); {
		to := from + 1
		for to < len(p.clusters) && p.clusters[to].alike(&p.clusters[from]) {
			to++
		}
		p.show(line.Baseline, p.clusters[from:to])
		from = to
	}
}

// alike reports whether c and d are shown by one operator.
func (c *cluster) alike(d *cluster) bool {
	return c.subset == d.subset && c.size == d.size && c.rise == d.rise && c.linked == d.linked
}

func (c *cluster) advance() int {
	if c.char == 0 {
		return c.units
	}
	units, _ := c.subset.Face().Advance(c.char)
	return units
}

// piece adds the clusters of a piece of the line.
func (p *pen) piece(piece *typeset.Piece) {
	face := piece.Face
	subset := p.subset(face)
	em := typeset.Length(face.UnitsPerEm())
	pen := 0 // units from piece.X
	for _, r := range piece.Text {
		units, _ := face.Advance(r)
		c := cluster{
			subset: subset, size: piece.Size, rise: piece.Rise, linked: piece.Kind == typeset.LinkText,
			x: piece.X + typeset.Length(pen)*piece.Size/em, char: r,
		}
		pen += units
		if n := len(p.clusters); n > 0 && combining(r) && p.clusters[n-1].takes(&c, units) {
			continue
		}
		if piece.Kind == typeset.Hyphen {
			c.whole()
			c.text = "\u00AD" // so that a reader puts the word together
		}
		p.clusters = append(p.clusters, c)
	}
}

// combining reports whether r is a mark on the character before it.
func combining(r rune) bool {
	return r >= 0x300 && unicode.Is(unicode.M, r)
}

// whole makes a cluster of parts of one of a character.
func (c *cluster) whole() {
	c.units = c.advance()
	c.text = string(c.char)
	c.parts = []fonts.Part{{Glyph: c.subset.Face().Glyph(c.char)}}
	c.char = 0
}

// takes adds a mark, which is so many units wide, to the cluster, if it belongs
// to it. The layout may have placed it apart: higher or to the side.
func (c *cluster) takes(mark *cluster, units int) bool {
	if c.subset != mark.subset || c.size != mark.size || c.linked != mark.linked || unicode.IsSpace(c.char) {
		return false
	}
	if c.char != 0 {
		c.whole()
	}
	em := typeset.Length(c.subset.Face().UnitsPerEm())
	c.text += string(mark.char)
	c.parts = append(c.parts, fonts.Part{
		Glyph: c.subset.Face().Glyph(mark.char),
		X:     int(divide((mark.x-c.x)*em, c.size)),
		Y:     int(divide((mark.rise-c.rise)*em, c.size)),
	})
	c.units += units
	return true
}

// divide is a/b, rounded to the nearest whole number. b is positive.
func divide(a, b typeset.Length) typeset.Length {
	n := 2*a + b
	q := n / (2 * b)
	if n < 0 && n%(2*b) != 0 {
		q--
	}
	return q
}

// linkInk is the colour of words which lead out of the file, a dark blue.
var linkInk = [3]int{0x1A, 0x3A, 0x7A}

func (p *pen) linkColour(on bool) {
	switch {
	case on && !p.linked:
		p.pdf.SetFillColor(linkInk[0], linkInk[1], linkInk[2])
	case !on && p.linked:
		p.pdf.SetFillColor(0, 0, 0)
	}
	p.linked = on
}

// show shows clusters of one font and size. The pen of the reader moves by the
// widths in the file; where that is not where the layout wants the next
// cluster, it is moved by the difference.
func (p *pen) show(baseline typeset.Length, clusters []cluster) {
	first := &clusters[0]
	face, size := first.subset.Face(), first.size
	if face != p.face || size != p.size {
		p.pdf.SetFont(face.Name(), "", size.Points())
		p.face, p.size = face, size
	}
	p.linkColour(first.linked)

	b := append(p.buf[:0], "BT "...)
	b = append(appendPoints(b, first.x), ' ')
	b = appendPoints(b, p.book.Height-baseline+first.rise)
	b = append(b, " Td ["...)
	run := p.run[:0]
	pen := 0 // in 1/1000 em from the first one
	for i := range clusters {
		c := &clusters[i]
		code, err := c.code()
		if err != nil {
			p.pdf.SetError(err)
			return
		}
		if at := int(divide((c.x-first.x)*1000, size)); at != pen {
			b = object.AppendString(b, run)
			run = run[:0]
			b = strconv.AppendInt(b, int64(pen-at), 10)
			pen = at
		}
		run = append(run, byte(code>>8), byte(code))
		pen += thousandths(face, c.subset.Advance(code))
	}
	b = object.AppendString(b, run)
	b = append(b, "] TJ ET"...)
	p.pdf.RawWriteStr(string(b))
	p.buf, p.run = b, run
}

func (c *cluster) code() (uint16, error) {
	if c.char != 0 {
		return c.subset.Rune(c.char)
	}
	return c.subset.Code(c.text, c.units, c.parts...)
}

// thousandths is a measure of a face in 1/1000 em, as files have widths.
func thousandths(face *fonts.Face, units int) int {
	em := face.UnitsPerEm()
	return int(divide(typeset.Length(units*1000), typeset.Length(em)))
}

// appendPoints appends a length in points, with two digits of fraction.
func appendPoints(b []byte, l typeset.Length) []byte {
	n := divide(l*100, typeset.Pt)
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, int64(n/100), 10)
	if f := n % 100; f != 0 {
		b = append(b, '.', byte('0'+f/10))
		if f%10 != 0 {
			b = append(b, byte('0'+f%10))
		}
	}
	return b
}
