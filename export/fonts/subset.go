package fonts

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"qalam/export/fonts/sfnt"
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

// Rune is the code of a character that stands for itself. That the face has
// it is up to the caller.
func (s *Subset) Rune(r rune) (uint16, error) {
	if 0 <= r && r < lowRunes && s.low[r] != 0 {
		return s.low[r], nil
	}
	g := s.face.Glyph(r)
	code, err := s.Code(string(r), s.face.GlyphAdvance(g), Part{Glyph: g})
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
	b = sfnt.Append16(b, advance)
	for _, p := range parts {
		b = sfnt.Append16(sfnt.Append16(sfnt.Append16(b, p.Glyph), p.X), p.Y)
	}
	return string(append(b, text...))
}

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
			bearing = s.face.source.bearing(g.parts[0].Glyph)
		default:
			record, err = o.compose(g.parts)
			bearing = bounds(string(record)).XMin
		}
		if err != nil {
			return nil, Bounds{}, fmt.Errorf("%s: the glyph for %q: %w", s.face.name, g.text, err)
		}
		o.records = append(o.records, record)
		hmtx = sfnt.Append16(sfnt.Append16(hmtx, g.advance), bearing)
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
		hmtx = sfnt.Append16(sfnt.Append16(hmtx, s.face.GlyphAdvance(g)), s.face.source.bearing(g))
		widest = max(widest, s.face.GlyphAdvance(g))
	}
	if len(o.records) > maxGlyphs {
		return nil, Bounds{}, fmt.Errorf("%s: more than %d glyphs", s.face.name, maxGlyphs)
	}

	box := o.bounds()
	glyf, loca, long := o.tables()
	head := []byte(s.face.unpacked().head)
	for i, v := range []int{box.XMin, box.YMin, box.XMax, box.YMax} {
		binary.BigEndian.PutUint16(head[36+2*i:], uint16(v))
	}
	binary.BigEndian.PutUint16(head[50:], long)
	hhea := []byte(s.face.unpacked().hhea)
	binary.BigEndian.PutUint16(hhea[10:], uint16(widest))
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(o.records)))
	maxp, err := o.maxima()
	if err != nil {
		return nil, Bounds{}, fmt.Errorf("%s: %w", s.face.name, err)
	}
	return sfnt.Write(sfnt.Tables{
		"glyf": string(glyf), "head": string(head), "hhea": string(hhea),
		"hmtx": string(hmtx), "loca": string(loca), "maxp": string(maxp),
	}), box, nil
}

// copy is the record of a glyph of the face without its instructions, its
// components numbered anew.
func (o *outlines) copy(g int) ([]byte, error) {
	if g >= o.face.glyphs {
		return nil, sfnt.ErrOutline
	}
	outline, err := o.face.source.outline(g)
	if err != nil {
		return nil, err
	}
	return sfnt.Bare(outline, o.component)
}

// compose is a record made of glyphs of the face; nil if none of them has an
// outline.
func (o *outlines) compose(parts []Part) ([]byte, error) {
	var box Bounds
	var b []byte
	last := -1
	for _, p := range parts {
		outline, err := o.face.source.outline(p.Glyph)
		if err != nil {
			return nil, err
		}
		if outline == "" {
			continue
		}
		box = box.union(bounds(outline).moved(p.X, p.Y), last < 0)
		last = len(b)
		b = sfnt.Append16(b, sfnt.WordArguments|sfnt.ArgumentsAreXY|sfnt.MoreComponents)
		b = sfnt.Append16(sfnt.Append16(sfnt.Append16(b, o.component(p.Glyph)), p.X), p.Y)
	}
	if last < 0 {
		return nil, nil
	}
	b[last+1] &^= sfnt.MoreComponents
	head := make([]byte, 0, sfnt.GlyphHeader+len(b))
	head = sfnt.Append16(head, -1)
	for _, v := range []int{box.XMin, box.YMin, box.XMax, box.YMax} {
		head = sfnt.Append16(head, v)
	}
	return append(head, b...), nil
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
			loca = sfnt.Append32(loca, p)
		}
		return glyf, loca, 1
	}
	for _, p := range places {
		loca = sfnt.Append16(loca, p/2)
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
	b := sfnt.Append32(nil, 0x00010000)
	for _, v := range []int{
		len(o.records),
		simple.points, simple.contours, composite.points, composite.contours,
		2,                // zones, as all fonts have
		0, 0, 0, 0, 0, 0, // of instructions
		composite.components, composite.depth,
	} {
		b = sfnt.Append16(b, min(v, 0xFFFF))
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
		return nil, sfnt.ErrOutline
	}
	z := &size{}
	d := string(o.records[i])
	if len(d) > 0 {
		z.contours = sfnt.I16(d, 0)
	}
	switch {
	case z.contours > 0:
		z.points = sfnt.U16(d, sfnt.GlyphHeader+2*z.contours-2) + 1
	case z.contours < 0:
		z.contours = 0
		err := sfnt.Components(d, func(glyph int) error {
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
