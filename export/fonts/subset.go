package fonts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Subset is the part of a face that one file shows: glyphs of our own making,
// each of them with a code and an exact piece of text that it stands for. A
// character is one glyph; a letter with marks that has no character of its own
// is one glyph too, put together of several. Code 0 stands for nothing and is
// never given.
//
// The same glyph for another text, as a hyphen and a soft hyphen, has another
// code. Codes are given in the order in which they are asked for.
type Subset struct {
	face   *Face
	glyphs []glyph // by code
	low    [lowRunes]uint16
	codes  map[string]uint16 // by text and parts, see key
}

// glyph is one glyph of a subset.
type glyph struct {
	text    string
	advance int
	parts   []Part // one at 0, 0 is the glyph of the face as it is
}

// Part is a glyph of the face within one of a subset, moved by X and Y.
type Part struct{ Glyph, X, Y int }

// NewSubset is a subset without glyphs.
func (f *Face) NewSubset() *Subset {
	return &Subset{face: f, glyphs: make([]glyph, 1), codes: make(map[string]uint16)}
}

// Face is the face that s is a part of.
func (s *Subset) Face() *Face { return s.face }

// Len is the number of codes: they are 1 to Len()-1, and 0.
func (s *Subset) Len() int { return len(s.glyphs) }

// Text is what a code stands for.
func (s *Subset) Text(code uint16) string { return s.glyphs[code].text }

// Advance is how far the pen moves for a code.
func (s *Subset) Advance(code uint16) int { return s.glyphs[code].advance }

// Glyph is the glyph of the face for a character, 0 for none.
func (f *Face) Glyph(r rune) int { return f.glyph(r) }

// Rune is the code of a character that stands for itself. That the face has
// it is up to the caller.
func (s *Subset) Rune(r rune) (uint16, error) {
	if 0 <= r && r < lowRunes && s.low[r] != 0 {
		return s.low[r], nil
	}
	g := s.face.glyph(r)
	code, err := s.Code(string(r), s.face.advance(g), Part{Glyph: g})
	if err == nil && 0 <= r && r < lowRunes {
		s.low[r] = code
	}
	return code, err
}

// maxGlyphs is how many glyphs a font can have.
const maxGlyphs = 0xFFFF

// Code is the code of a glyph that stands for a text, is advance units wide,
// and is made of parts. It is an error when there are too many, when a part is
// not in the face, or when one lies too far away.
func (s *Subset) Code(text string, advance int, parts ...Part) (uint16, error) {
	key := key(text, advance, parts)
	if code, ok := s.codes[key]; ok {
		return code, nil
	}
	if len(s.glyphs) == maxGlyphs {
		return 0, fmt.Errorf("%s: more than %d different characters", s.face.name, maxGlyphs)
	}
	if !utf8.ValidString(text) || text == "" || advance < 0 || advance > 0xFFFF || len(parts) == 0 {
		return 0, fmt.Errorf("%s: no glyph for %q can be made", s.face.name, text)
	}
	for _, p := range parts {
		if p.Glyph <= 0 || p.Glyph >= s.face.glyphs || p.X != int(int16(p.X)) || p.Y != int(int16(p.Y)) {
			return 0, fmt.Errorf("%s: no glyph for %q can be made", s.face.name, text)
		}
	}
	code := uint16(len(s.glyphs))
	s.glyphs = append(s.glyphs, glyph{text, advance, append([]Part(nil), parts...)})
	s.codes[key] = code
	return code, nil
}

// key tells glyphs apart.
func key(text string, advance int, parts []Part) string {
	b := make([]byte, 0, len(text)+2+6*len(parts))
	b = append16(b, advance)
	for _, p := range parts {
		b = append16(append16(append16(b, p.Glyph), p.X), p.Y)
	}
	return string(append(b, text...))
}

func append16(b []byte, v int) []byte { return append(b, byte(v>>8), byte(v)) }

// Parts of glyf records. Source: OpenType specification 1.9.1, "glyf".
const (
	glyphHeader = 10 // bytes: the number of contours, and a box

	// Flags of a point.
	shortX = 0x02
	shortY = 0x04
	repeat = 0x08
	sameX  = 0x10
	sameY  = 0x20

	// Flags of a component.
	wordArguments    = 0x0001
	argumentsAreXY   = 0x0002
	hasScale         = 0x0008
	moreComponents   = 0x0020
	hasXYScale       = 0x0040
	hasTwoByTwo      = 0x0080
	hasInstructions  = 0x0100
	withoutOwnMetric = 0x0200 // the metrics are those of the component
)

var errOutline = errors.New("an outline of another form")

// outlines is what TrueType gathers: the records of a table glyf.
type outlines struct {
	face    *Face
	records [][]byte
	number  map[int]int // of a glyph of the face that is a component of others
	todo    []int       // components that have a number and no record yet
	next    int
}

// component is the number of a glyph of the face that others are made of.
func (o *outlines) component(g int) int {
	n, ok := o.number[g]
	if !ok {
		n = o.next
		o.next++
		o.number[g] = n
		o.todo = append(o.todo, g)
	}
	return n
}

// TrueType is the subset as a font file, with what a CIDFont needs of it and
// nothing else: no names, no map of characters, no instructions. The number of
// a glyph is its code. Bounds is the box around all glyphs.
//
// Source: ISO 32000-1, 9.9; OpenType specification 1.9.1.
func (s *Subset) TrueType() ([]byte, Bounds, error) {
	o := &outlines{face: s.face, number: make(map[int]int), next: len(s.glyphs)}
	var hmtx []byte
	widest := 0
	for i, g := range s.glyphs {
		var record []byte
		var err error
		bearing := 0
		switch {
		case i == 0: // an empty one
		case len(g.parts) == 1 && g.parts[0].X == 0 && g.parts[0].Y == 0:
			record, err = o.copy(g.parts[0].Glyph)
			bearing = s.face.bearing(g.parts[0].Glyph)
		default:
			record = o.compose(g.parts)
			bearing = bounds(string(record)).XMin
		}
		if err != nil {
			return nil, Bounds{}, fmt.Errorf("%s: the glyph for %q: %w", s.face.name, g.text, err)
		}
		o.records = append(o.records, record)
		hmtx = append16(append16(hmtx, g.advance), bearing)
		widest = max(widest, g.advance)
	}
	for len(o.todo) > 0 {
		g := o.todo[0]
		o.todo = o.todo[1:]
		record, err := o.copy(g)
		if err != nil {
			return nil, Bounds{}, fmt.Errorf("%s: glyph %d: %w", s.face.name, g, err)
		}
		o.records = append(o.records, record)
		hmtx = append16(append16(hmtx, s.face.advance(g)), s.face.bearing(g))
		widest = max(widest, s.face.advance(g))
	}
	if len(o.records) > maxGlyphs {
		return nil, Bounds{}, fmt.Errorf("%s: more than %d glyphs", s.face.name, maxGlyphs)
	}

	box := o.bounds()
	glyf, loca, long := o.tables()
	head := []byte(s.face.head)
	binary.BigEndian.PutUint32(head[8:], 0) // the checksum of the file, see sfnt
	for i, v := range []int{box.XMin, box.YMin, box.XMax, box.YMax} {
		binary.BigEndian.PutUint16(head[36+2*i:], uint16(v))
	}
	binary.BigEndian.PutUint16(head[50:], long)
	hhea := []byte(s.face.hhea)
	binary.BigEndian.PutUint16(hhea[10:], uint16(widest))
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(o.records)))
	maxp, err := o.maxima()
	if err != nil {
		return nil, Bounds{}, fmt.Errorf("%s: %w", s.face.name, err)
	}
	return sfnt([]table{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}}), box, nil
}

// copy is the record of a glyph of the face without its instructions, its
// components numbered anew.
func (o *outlines) copy(g int) ([]byte, error) {
	if g >= o.face.glyphs {
		return nil, errOutline
	}
	d := o.face.outline(g)
	if d == "" {
		return nil, nil
	}
	if contours := signed16(d, 0); contours >= 0 {
		return copySimple(d, contours)
	}
	b := []byte(d)
	end, err := components(d, func(at, flags, glyph int) error {
		binary.BigEndian.PutUint16(b[at:], uint16(flags&^(hasInstructions|withoutOwnMetric)))
		binary.BigEndian.PutUint16(b[at+2:], uint16(o.component(glyph)))
		return nil
	})
	return b[:end], err
}

// copySimple is a record of contours without instructions and without what
// fills it up at the end.
func copySimple(d string, contours int) ([]byte, error) {
	ends := glyphHeader + 2*contours
	if len(d) < ends+2 {
		return nil, errOutline
	}
	points := 0
	if contours > 0 {
		points = be16(d, ends-2) + 1
	}
	flags := ends + 2 + be16(d, ends)
	at, coordinates := flags, 0
	for n := 0; n < points; {
		if at >= len(d) {
			return nil, errOutline
		}
		f, times := d[at], 1
		at++
		if f&repeat != 0 {
			if at >= len(d) {
				return nil, errOutline
			}
			times += int(d[at])
			at++
		}
		coordinates += times * (width(f, shortX, sameX) + width(f, shortY, sameY))
		n += times
	}
	if at+coordinates > len(d) {
		return nil, errOutline
	}
	b := make([]byte, 0, ends+2+at+coordinates-flags)
	b = append(append(b, d[:ends]...), 0, 0)
	return append(b, d[flags:at+coordinates]...), nil
}

// width is how many bytes a coordinate has.
func width(flags, short, same byte) int {
	switch {
	case flags&short != 0:
		return 1
	case flags&same != 0:
		return 0
	}
	return 2
}

// components calls f with the place, the flags and the glyph of each component
// of a record, and gives the place where the last one ends.
func components(d string, f func(at, flags, glyph int) error) (end int, err error) {
	for at := glyphHeader; ; {
		if at+4 > len(d) {
			return 0, errOutline
		}
		flags := be16(d, at)
		size := 4 + 2
		if flags&wordArguments != 0 {
			size = 4 + 4
		}
		switch {
		case flags&hasScale != 0:
			size += 2
		case flags&hasXYScale != 0:
			size += 4
		case flags&hasTwoByTwo != 0:
			size += 8
		}
		if at+size > len(d) {
			return 0, errOutline
		}
		if err := f(at, flags, be16(d, at+2)); err != nil {
			return 0, err
		}
		at += size
		if flags&moreComponents == 0 {
			return at, nil
		}
	}
}

// compose is a record made of glyphs of the face; nil if none of them has an
// outline.
func (o *outlines) compose(parts []Part) []byte {
	var box Bounds
	var b []byte
	last := -1
	for _, p := range parts {
		outline := o.face.outline(p.Glyph)
		if outline == "" {
			continue
		}
		box = box.union(bounds(outline).moved(p.X, p.Y), last < 0)
		last = len(b)
		b = append16(b, wordArguments|argumentsAreXY|moreComponents)
		b = append16(append16(append16(b, o.component(p.Glyph)), p.X), p.Y)
	}
	if last < 0 {
		return nil
	}
	b[last+1] &^= moreComponents
	head := make([]byte, 0, glyphHeader+len(b))
	head = append16(head, -1)
	for _, v := range []int{box.XMin, box.YMin, box.XMax, box.YMax} {
		head = append16(head, v)
	}
	return append(head, b...)
}

func (b Bounds) moved(x, y int) Bounds {
	return Bounds{b.XMin + x, b.YMin + y, b.XMax + x, b.YMax + y}
}

// union is the box around b and other, which is other for the first one.
func (b Bounds) union(other Bounds, first bool) Bounds {
	if first {
		return other
	}
	return Bounds{min(b.XMin, other.XMin), min(b.YMin, other.YMin), max(b.XMax, other.XMax), max(b.YMax, other.YMax)}
}

func (o *outlines) bounds() Bounds {
	var box Bounds
	first := true
	for _, r := range o.records {
		if len(r) > 0 {
			box = box.union(bounds(string(r)), first)
			first = false
		}
	}
	return box
}

// tables are the tables glyf and loca, and what head says of the latter.
func (o *outlines) tables() (glyf, loca []byte, long uint16) {
	places := make([]int, 0, len(o.records)+1)
	for _, r := range o.records {
		places = append(places, len(glyf))
		glyf = append(glyf, r...)
		if len(glyf)%2 != 0 {
			glyf = append(glyf, 0)
		}
	}
	places = append(places, len(glyf))
	if len(glyf) > 2*0xFFFF {
		for _, p := range places {
			loca = binary.BigEndian.AppendUint32(loca, uint32(p))
		}
		return glyf, loca, 1
	}
	for _, p := range places {
		loca = append16(loca, p/2)
	}
	return glyf, loca, 0
}

// size is what a reader has to have room for to draw a glyph.
type size struct{ points, contours, components, depth int }

// maxima is the table maxp. Source: OpenType specification 1.9.1, "maxp".
func (o *outlines) maxima() ([]byte, error) {
	sizes := make([]*size, len(o.records))
	var simple, composite size
	for i := range o.records {
		z, err := o.size(i, sizes, 0)
		if err != nil {
			return nil, err
		}
		most := &simple
		if z.depth > 0 {
			most = &composite
		}
		most.points, most.contours = max(most.points, z.points), max(most.contours, z.contours)
		most.components, most.depth = max(most.components, z.components), max(most.depth, z.depth)
	}
	b := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{
		len(o.records),
		simple.points, simple.contours, composite.points, composite.contours,
		2,                // zones, as all fonts have
		0, 0, 0, 0, 0, 0, // of instructions
		composite.components, composite.depth,
	} {
		b = append16(b, min(v, 0xFFFF))
	}
	return b, nil
}

// maxComponentDepth is how deep components stand in each other at most, ours
// included. Deeper ones would be a circle.
const maxComponentDepth = 8

func (o *outlines) size(i int, sizes []*size, depth int) (*size, error) {
	if sizes[i] != nil {
		return sizes[i], nil
	}
	if depth > maxComponentDepth {
		return nil, errOutline
	}
	z := &size{}
	d := string(o.records[i])
	if len(d) > 0 {
		z.contours = signed16(d, 0)
	}
	switch {
	case z.contours > 0:
		z.points = be16(d, glyphHeader+2*z.contours-2) + 1
	case z.contours < 0:
		z.contours = 0
		_, err := components(d, func(_, _, glyph int) error {
			part, err := o.size(glyph, sizes, depth+1)
			if err != nil {
				return err
			}
			z.points += part.points
			z.contours += part.contours
			z.components++
			z.depth = max(z.depth, part.depth+1)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	sizes[i] = z
	return z, nil
}

// table is a table of a font file.
type table struct {
	tag  string
	data []byte
}

// sfnt is a font file of tables, which are sorted by tag. Source: OpenType
// specification 1.9.1, "Organization of an OpenType font".
func sfnt(tables []table) []byte {
	n := len(tables)
	power := 0 // of two, the largest in n
	for 2<<power <= n {
		power++
	}
	b := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, 16 << power, power, 16*n - 16<<power} {
		b = append16(b, v)
	}
	at, head := 12+16*n, 0
	for _, t := range tables {
		if t.tag == "head" {
			head = at
		}
		b = append(b, t.tag...)
		for _, v := range []uint32{checksum(t.data), uint32(at), uint32(len(t.data))} {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		b = append(b, t.data...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-checksum(b))
	return b
}

// checksum is the sum of the words of a table.
func checksum(b []byte) uint32 {
	var sum uint32
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}
