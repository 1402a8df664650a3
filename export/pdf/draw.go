package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-pdf/fpdf"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/pdf/object"
	"qalam/export/typeset"
	"qalam/export/typeset/paragraph"
)

// pen draws pages with fpdf, and remembers what the finisher has to put in.
type pen struct {
	pdf   *fpdf.Fpdf
	book  *typeset.Book
	tree  *tree
	links map[int]int // fpdf's number of a Dest

	coders map[*fonts.Face]*coder
	images []*document.Image // image i is i+1 pixels wide for fpdf
	known  map[string]bool   // images that fpdf has, by Src
	annots [][]typeset.Link  // by page, in the order in which fpdf got them

	buf, run []byte
	pictures []typeset.Picture // of the page, that are still to be drawn

	// What is drawn in: the marked content that is open, and what text has.
	open     bool
	inside   *typeset.Elem // nil for an artifact
	artifact string        // how that begins
	face     *fonts.Face
	size     typeset.Length
	linked   bool
	first    typeset.Length // width of the last code of the first piece in the line, or behind a blank between directions; 0 before it
}

func newPen(book *typeset.Book) *pen {
	pdf := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: "P",
		UnitStr:        "pt",
		Size:           fpdf.SizeType{Wd: points(book.Width), Ht: points(book.Height)},
	})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(false)
	pdf.SetCatalogSort(true) // fpdf lists fonts and images in the order of a map otherwise
	never := time.Unix(0, 0).UTC()
	pdf.SetCreationDate(never) // fpdf asks the clock otherwise; the finisher leaves these out
	pdf.SetModificationDate(never)
	return &pen{
		pdf: pdf, book: book, tree: newTree(book),
		links:  make(map[int]int),
		coders: make(map[*fonts.Face]*coder),
		known:  make(map[string]bool),
	}
}

// points is a length in points, for fpdf.
func points(l typeset.Length) float64 { return float64(l) / float64(typeset.Pt) }

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
	p.tree.nextPage()
	if len(page.Rules) > 0 {
		p.enter(nil, plainArtifact)
		for _, r := range page.Rules {
			p.pdf.Rect(points(r.X), points(r.Y), points(r.Width), points(r.Height), "F")
		}
	}
	// What is no part of the text comes first: pdfium joins the first half of a
	// word at the end of the page to what follows it.
	p.pictures = nil
	for i := range page.Lines {
		if line := &page.Lines[i]; line.Part == typeset.Running {
			p.line(line)
			p.leave() // one artifact for each line
		}
	}
	p.pictures = page.Pictures
	for i := range page.Lines {
		if line := &page.Lines[i]; line.Part != typeset.Running {
			p.picturesBefore(line)
			p.line(line)
		}
	}
	for _, pic := range p.pictures {
		p.picture(pic)
	}
	p.leave()
	p.linkColour(false)
	var annots []typeset.Link
	for _, l := range page.Links {
		if l.Elem == nil {
			continue // on an artifact, and an area has to be in the structure
		}
		// From the lower edge up: fpdf would write the corners of the area in
		// the wrong order.
		x, y, w, h := points(l.X), points(l.Y+l.Height), points(l.Width), -points(l.Height)
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

// How artifacts begin: what is no part of the text. Source: ISO 32000-1,
// 14.8.2.2.
const (
	plainArtifact = "/Artifact BMC"
	running       = "/Artifact <</Type /Pagination>> BDC"
)

// enter opens marked content that is e, or an artifact: nothing is drawn outside
// of it, and none is inside another. What is open for e stays open. Source:
// ISO 32000-1, 14.6; poppler loses what follows nested content.
func (p *pen) enter(e *typeset.Elem, artifact string) {
	if p.open && p.inside == e && (e != nil || p.artifact == artifact) {
		return
	}
	p.leave()
	p.open, p.inside, p.artifact = true, e, artifact
	if e == nil {
		p.pdf.RawWriteStr(artifact)
		return
	}
	id, err := p.tree.content(e)
	if err != nil {
		p.pdf.SetError(err)
		return
	}
	b := append(append(append(p.buf[:0], '/'), e.Role...), " <</MCID "...)
	b = append(strconv.AppendInt(b, int64(id), 10), ">> BDC"...)
	p.pdf.RawWriteStr(string(b))
	p.buf = b
}

func (p *pen) leave() {
	if p.open {
		p.pdf.RawWriteStr("EMC")
		p.open = false
	}
}

// dest is fpdf's number of a place in the book.
func (p *pen) dest(d int) int {
	id, ok := p.links[d]
	if !ok {
		id = p.pdf.AddLink()
		p.pdf.SetLink(id, points(p.book.Dests[d].Y), p.book.Dests[d].Page+1)
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
	p.enter(pic.Elem, plainArtifact)
	p.tree.shows(pic)
	m, turned := turns[pic.Turn]
	if !turned {
		p.pdf.ImageOptions(src, points(pic.X), points(pic.Y), points(pic.Width), points(pic.Height),
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
	p.pdf.ImageOptions(src, 0, points(p.book.Height)-1, 1, 1, false, fpdf.ImageOptions{}, 0, "")
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
func fontStub(name string) []byte {
	return []byte(`{"Tp":"Core","Name":"` + name + `"}`)
}

// coder gives the codes of a face, which fpdf gets to know when it is first met.
func (p *pen) coder(face *fonts.Face) *coder {
	c, ok := p.coders[face]
	if !ok {
		c = newCoder(face)
		c.name = fmt.Sprint("face-", len(p.coders)) // two faces can have one name
		p.coders[face] = c
		p.pdf.AddFontFromBytes(c.name, "", fontStub(c.name), nil)
	}
	return c
}

// inLine is the piece of a line before which a picture stands, or the number of
// pieces; it is -1 for a picture that is not in the line.
func inLine(pic *typeset.Picture, line *typeset.Line) int {
	if pic.Y+pic.Height != line.Baseline {
		return -1
	}
	touch := func(a, b typeset.Length) bool { return max(a-b, b-a) < typeset.Pt }
	for i := range line.Pieces {
		q := &line.Pieces[i]
		left, right := touch(pic.X+pic.Width, q.X), touch(pic.X, q.X+q.Width) // of the piece
		switch {
		case left && !q.RTL, right && q.RTL:
			return i
		case left, right:
			return i + 1
		}
	}
	return -1
}

// picturesBefore draws the pictures that are read before a line.
func (p *pen) picturesBefore(line *typeset.Line) {
	for len(p.pictures) > 0 && inLine(&p.pictures[0], line) < 0 && p.tree.before(p.pictures[0].Elem, line.Pieces[0].Elem) {
		p.nextPicture()
	}
}

func (p *pen) nextPicture() {
	p.picture(p.pictures[0])
	p.pictures = p.pictures[1:]
}

// line draws a line. Its pieces follow each other as they are read, and pictures
// stand between them.
func (p *pen) line(line *typeset.Line) {
	p.first = 0
	parts := false // the text from left to right that the piece belongs to is in parts
	for i := 0; ; i++ {
		for len(p.pictures) > 0 && inLine(&p.pictures[0], line) == i {
			p.nextPicture()
		}
		if i == len(line.Pieces) {
			return
		}
		piece := &line.Pieces[i]
		switch {
		case line.Part == typeset.Running:
			p.enter(nil, running)
		case i > 0 && p.open && p.inside != nil && p.inside.Role != "Figure" && strings.TrimSpace(piece.Text) == "":
			// A space between two elements goes with the first.
		default:
			p.enter(piece.Elem, plainArtifact)
		}
		next := more
		switch {
		case i+1 < len(line.Pieces):
			if follows := &line.Pieces[i+1]; follows.Kind == typeset.Mark || !startsInWord(follows.Text) {
				next = wordEnd
			}
		case !line.Open:
			next = lineEnd
		}
		if i == 0 || piece.RTL != line.Pieces[i-1].RTL {
			was := parts
			parts = !piece.RTL && inParts(line.Pieces[i:])
			if i > 0 && (was || parts) {
				if err := p.divide(line.Baseline, piece); err != nil {
					p.pdf.SetError(err)
					return
				}
			}
		}
		if err := p.piece(line.Baseline, piece, next); err != nil {
			p.pdf.SetError(err)
			return
		}
	}
}

// inParts reports whether the text from left to right that pieces begin with is
// more than one word or number.
func inParts(pieces []typeset.Piece) bool {
	var kind, last, seen int
	for i := range pieces {
		if pieces[i].RTL {
			break
		}
		for _, r := range pieces[i].Text {
			switch {
			case unicode.IsDigit(r):
				kind = 1
			case unicode.IsLetter(r), unicode.IsMark(r):
				kind = 2
			default:
				kind = 0
			}
			if kind != last && kind != 0 {
				seen++
			}
			last = kind
		}
		if seen > 1 {
			return true
		}
	}
	return false
}

// divide shows a blank before a piece that makes pdfium take what is to the left
// of it and what is to the right for two lines. In a line with text that runs
// from right to left it turns addresses round otherwise, word by word.
//
// It begins a line where a text is higher or lower by more than half of the
// width of its first code, and of the last one of what was the rightmost before;
// but not at once where it is lowered by less than 3/4 of them. Of what shows
// nothing at all it takes no notice.
func (p *pen) divide(baseline typeset.Length, piece *typeset.Piece) error {
	coder := p.coder(piece.Face)
	ems := typeset.Length(1)
	for ; p.first > ems*piece.Size*11/10; ems *= 2 {
	}
	p.first = 0
	blank, err := coder.blank(int(ems))
	if err != nil || blank == nil {
		return err
	}
	p.font(coder, piece)
	x := piece.X - ems*piece.Size
	if piece.RTL {
		x = piece.X + piece.Width
	}
	b := append(p.buf[:0], "BT "...)
	b = append(appendPoints(b, x), ' ')
	b = appendPoints(b, p.book.Height-baseline-ems*piece.Size*3/5)
	b = append(b, " Td 3 Tr ["...)
	b = object.AppendString(b, blank)
	p.pdf.RawWriteStr(string(append(b, "] TJ 0 Tr ET"...)))
	p.buf = b
	return nil
}

// font chooses the face and size of a piece.
func (p *pen) font(coder *coder, piece *typeset.Piece) {
	if piece.Face != p.face || piece.Size != p.size {
		p.pdf.SetFont(coder.name, "", points(piece.Size))
		p.face, p.size = piece.Face, piece.Size
	}
}

// piece shows the glyphs of a piece by one operator. Behind the last one of a
// line stands a space, without which some readers join the word to the next.
func (p *pen) piece(baseline typeset.Length, piece *typeset.Piece, next behind) error {
	coder := p.coder(piece.Face)
	p.font(coder, piece)
	p.linkColour(piece.Kind == typeset.LinkText)

	b := append(p.buf[:0], "BT "...)
	b = append(appendPoints(b, piece.X), ' ')
	b = appendPoints(b, p.book.Height-baseline+piece.Rise)
	b = append(b, " Td ["...)
	s := showing{
		coder: coder, piece: piece, array: b, run: p.run[:0],
		em: typeset.Length(piece.Face.UnitsPerEm()),
	}
	if err := s.clusters(next); err != nil {
		return err
	}
	s.flush()
	if p.first == 0 {
		p.first = max(1, typeset.Length(s.last)*piece.Size/1000)
	}
	p.pdf.RawWriteStr(string(append(s.array, "] TJ ET"...)))
	p.buf, p.run = s.array, s.run
	return nil
}

// showing makes the array of one operator. The pen of the reader moves by the
// widths in the file; where that is not where the layout wants the next
// cluster, it is moved by the difference, so that what is rounded never adds up.
type showing struct {
	coder *coder
	piece *typeset.Piece
	em    typeset.Length // in units of the face
	array []byte
	run   []byte // codes that follow each other without a move
	pen   int    // of the reader, in 1/1000 em from piece.X
	last  int    // how far the last code moved it

	// The layout's pen, from piece.X: units of the face, and spaces between.
	units, extra typeset.Length

	// A space in text from right to left, which waits for what is to the right
	// of it.
	space    string
	spaceEnd int  // in 1/1000 em
	direct   bool // it has a mark of direction with it in any case

	// Nothing is shown yet of text from right to left. MuPDF takes what is no
	// letter for text from left to right before the first letter.
	turn bool

	// There are letters of which poppler and pdfium do not know that they run from
	// right to left. Marks of direction tell them.
	rare bool
}

// What stands behind a piece.
type behind uint8

const (
	more    behind = iota // of the same word, or another
	wordEnd               // the mark of a note, or a sign
	lineEnd
)

// startsInWord reports whether a text can go on with a word.
func startsInWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Cf)
}

// clusters shows all clusters, and a space behind them at the end of a line.
func (s *showing) clusters(next behind) error {
	piece := s.piece
	s.turn = piece.RTL
	s.rare = piece.RTL && strings.ContainsFunc(piece.Text, rareRightToLeft)
	if last, _ := utf8.DecodeLastRuneInString(piece.Text); piece.RTL && (next == lineEnd || next == wordEnd && unicode.Is(unicode.Mn, last)) {
		s.space, s.direct = " ", true
	}
	if piece.RTL && piece.LetterSpace == 0 && strings.ContainsFunc(piece.Text, astralRightToLeft) && !s.coder.crowded() {
		return s.words(next)
	}
	text := piece.Text
	for glyphs := piece.Glyphs; len(glyphs) > 0; {
		n := clusterLen(glyphs)
		var chars string
		if piece.RTL {
			chars, text = cutLast(text, int(glyphs[0].Chars))
		} else {
			chars, text = cutFirst(text, int(glyphs[0].Chars))
		}
		if chars == "" {
			return errOtherText(piece)
		}
		if s.number(chars) {
			for n < len(glyphs) && utf8.RuneCountInString(chars) < longestNumber {
				digit, rest := cutFirst(text, int(glyphs[n].Chars))
				if !arabicDigit(digit) {
					break
				}
				chars, text = chars+digit, rest
				n += clusterLen(glyphs[n:])
			}
			chars = leftToRightMark + chars
		}
		if err := s.cluster(chars, glyphs[:n], n == len(glyphs)); err != nil {
			return err
		}
		glyphs = glyphs[n:]
	}
	if text != "" {
		return errOtherText(piece)
	}
	if err := s.spaces(nil); err != nil {
		return err
	}
	if next == lineEnd && !piece.RTL && !strings.HasSuffix(piece.Text, " ") {
		space, err := s.coder.space(" ", false)
		if err != nil {
			return err
		}
		s.move(s.thousandths(s.units, s.extra))
		s.show(space.shown)
	}
	return nil
}

// widestWord is how many units of the face are one code, and a little more.
const widestWord = 0x6000

// words shows each word by one code, in the order of the text, from right to
// left: of scripts beyond the first plane only MuPDF knows how they run, and
// pdfium would turn round the halves of their letters. All but a search for what
// is less than a word, or more, finds what it should.
func (s *showing) words(next behind) error {
	piece := s.piece
	for i := range piece.Glyphs {
		s.units += typeset.Length(piece.Glyphs[i].Advance)
	}
	s.extra = typeset.Length(strings.Count(piece.Text, " ")+strings.Count(piece.Text, "\u00A0")) * piece.WordSpace
	text, word, width := piece.Text, "", 0
	end := len(piece.Glyphs) // of the word
	flush := func(from int) error {
		if word == "" {
			return nil
		}
		all, err := s.coder.word(leftToRightMark+word, piece.Glyphs[from:end])
		if err != nil {
			return err
		}
		s.move(s.thousandths(s.units, s.extra))
		s.show(all.shown)
		word, width = "", 0
		return nil
	}
	for from := end; from > 0; {
		to := from // of the cluster
		for from--; from > 0 && piece.Glyphs[from].Chars == 0; from-- {
		}
		var chars string
		if chars, text = cutFirst(text, int(piece.Glyphs[from].Chars)); chars == "" {
			return errOtherText(piece)
		}
		space := chars == " " || chars == "\u00A0"
		if space || width > widestWord {
			if err := flush(to); err != nil {
				return err
			}
			end = to
		}
		for _, g := range piece.Glyphs[from:to] {
			s.units -= typeset.Length(g.Advance)
			width += int(g.Advance)
		}
		if !space {
			word += chars
			continue
		}
		s.extra -= piece.WordSpace
		all, err := s.coder.space(leftToRightMark+chars, false)
		if err != nil {
			return err
		}
		s.move(s.thousandths(s.units, s.extra))
		s.show(all.shown)
		end, width = from, 0
	}
	if err := flush(0); err != nil {
		return err
	}
	if text != "" {
		return errOtherText(piece)
	}
	if next != lineEnd {
		return nil
	}
	all, err := s.coder.space(" ", false)
	if err == nil && len(all.shown) > 0 {
		s.move(-all.shown[0].width)
		s.show(all.shown)
	}
	return err
}

// clusterLen is how many glyphs the first cluster has.
func clusterLen(glyphs []paragraph.Glyph) int {
	n := 1
	for n < len(glyphs) && glyphs[n].Chars == 0 {
		n++
	}
	return n
}

// longestNumber is how many digits have one code.
const longestNumber = 12

// number reports whether a number begins with a cluster that is shown as one, by
// a code that begins with a mark of direction: MuPDF takes these digits for
// letters otherwise, and turns them round.
func (s *showing) number(cluster string) bool {
	return !s.piece.RTL && s.piece.LetterSpace == 0 && arabicDigit(cluster) && !s.coder.crowded()
}

func errOtherText(p *typeset.Piece) error {
	return fmt.Errorf("the glyphs of %q stand for another text", p.Text)
}

// cluster shows a cluster, which may be the last one of the piece.
func (s *showing) cluster(chars string, glyphs []paragraph.Glyph, last bool) error {
	piece := s.piece
	at, before, units := s.units, s.extra, 0
	for i := range glyphs {
		units += int(glyphs[i].Advance)
	}
	if len(glyphs) == 1 {
		at += typeset.Length(glyphs[0].X)
	}
	s.units += typeset.Length(units)
	s.extra += piece.LetterSpace
	if chars == " " || chars == "\u00A0" {
		s.extra += piece.WordSpace
		if piece.RTL {
			err := s.spaces(nil)
			s.space, s.spaceEnd = chars, s.thousandths(s.units, s.extra)
			return err
		}
	}
	if piece.Hyphen {
		chars = "\u00AD" // so that a reader puts the word together
	}
	all, err := s.coder.cluster(chars, glyphs, units, piece.RTL)
	if err != nil {
		return err
	}
	if err := s.spaces(all.shown); err != nil {
		return err
	}
	if s.turn {
		s.turn = false
		if r, _ := utf8.DecodeRuneInString(s.coder.subset.Text(all.shown[0].code)); s.rare || !rightToLeft(r) {
			mark, err := s.coder.mark()
			if err != nil {
				return err
			}
			s.move(s.thousandths(at, before))
			s.show(mark)
		}
	}
	s.move(s.thousandths(at, before))
	end := len(all.shown)
	for !piece.RTL && all.shown[end-1].marks {
		end--
	}
	s.show(all.shown[:end])
	if end < len(all.shown) {
		// Marks are where the next letter is, which may be a little nearer, and
		// before what another piece begins with: poppler puts all that it finds
		// on a line in order.
		to := s.thousandths(s.units, s.extra)
		if last {
			to -= min(50, all.shown[end-1].width/4)
		}
		s.move(to)
		s.show(all.shown[end:])
	}
	return nil
}

// spaces shows the space that waits for next. It is as wide as in the face; what
// it is wider in the layout is on both sides, and never so much between it and
// next that readers take that for another space.
func (s *showing) spaces(next []shown) error {
	if s.space == "" {
		return nil
	}
	direct := s.direct || s.turn || s.rare || len(next) > 0 && next[0].marks
	s.turn = false
	all, err := s.coder.space(s.space, direct)
	s.space, s.direct = "", false
	if err != nil || len(all.shown) == 0 {
		return err
	}
	const gap = 80
	wider := max(0, s.thousandths(0, s.piece.WordSpace))
	s.move(s.spaceEnd - min(wider/2, gap) - all.shown[0].width)
	s.show(all.shown)
	return nil
}

// thousandths is a distance in 1/1000 em: of units of the face, and a length.
func (s *showing) thousandths(units, extra typeset.Length) int {
	if extra == 0 {
		return int(divide(units*1000, s.em))
	}
	return int(divide(1000*(units*s.piece.Size+extra*s.em), s.em*s.piece.Size))
}

func (s *showing) move(to int) {
	if to != s.pen {
		s.flush()
		s.array = strconv.AppendInt(s.array, int64(s.pen-to), 10)
		s.pen = to
	}
}

func (s *showing) show(list []shown) {
	for _, c := range list {
		s.run = append(s.run, byte(c.code>>8), byte(c.code))
		s.pen += c.width
		s.last = c.width
	}
}

func (s *showing) flush() {
	if len(s.run) > 0 {
		s.array = object.AppendString(s.array, s.run)
		s.run = s.run[:0]
	}
}

// cutFirst divides a text behind its first n characters; it gives none if there
// are fewer.
func cutFirst(s string, n int) (first, rest string) {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if n > 0 {
		return "", s
	}
	return s[:at], s[at:]
}

// cutLast divides a text before its last n characters.
func cutLast(s string, n int) (last, rest string) {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	if n > 0 {
		return "", s
	}
	return s[at:], s[:at]
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
