package fonts

import (
	"errors"
	"fmt"
)

// Face is one face of a font: a TrueType file, and the tables of it that say
// what it covers and how wide it is. All measures are in units of the face.
type Face struct {
	name string
	data string // the whole file

	unitsPerEm      int
	ascent, descent int
	capHeight       int
	xHeight         int
	strikePos       int
	strikeSize      int
	glyphs          int    // how many there are
	advances        string // hmtx: numAdvances times advance and side bearing
	numAdvances     int    // the last one stands for the glyphs that follow
	segments        segments
	outlines        string           // glyf
	places          string           // loca: where the outline of each glyph begins and ends
	longPlaces      bool             // they have 4 bytes each, not 2 of half the value
	low             [lowRunes]uint16 // glyphs of the characters that most text is made of

	head, hhea  string // as they are, for subsets
	italicAngle int
	weight      int
}

// lowRunes is the number of characters whose glyphs are at hand: Latin, Greek
// and Cyrillic with their extensions.
const lowRunes = 0x530

// Name is the PostScript name of the face: "NotoSerif-Bold".
func (f *Face) Name() string { return f.name }

// UnitsPerEm is how many units the em has.
func (f *Face) UnitsPerEm() int { return f.unitsPerEm }

// Ascent is how far the face reaches above the baseline.
func (f *Face) Ascent() int { return f.ascent }

// Descent is how far the face reaches below the baseline; it is positive.
func (f *Face) Descent() int { return f.descent }

// CapHeight is the height of its capitals above the baseline.
func (f *Face) CapHeight() int { return f.capHeight }

// XHeight is the height of its small letters above the baseline.
func (f *Face) XHeight() int { return f.xHeight }

// ItalicAngle is the slope of the face in degrees, counter-clockwise from the
// vertical: 0 for an upright one, negative for one that leans to the right.
func (f *Face) ItalicAngle() int { return f.italicAngle }

// Weight is 400 for a regular face, 700 for a bold one, and so on.
func (f *Face) Weight() int { return f.weight }

// Strikeout is where a line through the text lies: the height of its upper
// edge above the baseline, and its thickness.
func (f *Face) Strikeout() (top, thickness int) { return f.strikePos, f.strikeSize }

// Has reports whether the face has a glyph for r.
func (f *Face) Has(r rune) bool { return f.glyph(r) != 0 }

// Advance is how far the pen moves for r, and whether the face has a glyph for
// it. Combining marks have an advance of 0.
func (f *Face) Advance(r rune) (units int, ok bool) {
	g := f.glyph(r)
	if g == 0 {
		return 0, false
	}
	return f.advance(g), true
}

// advance is how far the pen moves for glyph g.
func (f *Face) advance(g int) int {
	return be16(f.advances, 4*min(g, f.numAdvances-1))
}

// bearing is where the outline of glyph g begins, as hmtx has it.
func (f *Face) bearing(g int) int {
	at := 4*g + 2
	if g >= f.numAdvances {
		at = 4*f.numAdvances + 2*(g-f.numAdvances)
	}
	if at+2 > len(f.advances) {
		return 0
	}
	return signed16(f.advances, at)
}

// Bounds is the box around an outline. Y grows upwards from the baseline.
type Bounds struct{ XMin, YMin, XMax, YMax int }

// Bounds is the box around the glyph for r. It is empty when the face has none,
// or one without outline, such as a space.
func (f *Face) Bounds(r rune) Bounds {
	g := f.glyph(r)
	if g == 0 {
		return Bounds{}
	}
	return bounds(f.outline(g))
}

// bounds is the box of an outline; empty for an empty one.
func bounds(outline string) Bounds {
	if len(outline) < glyphHeader {
		return Bounds{}
	}
	return Bounds{XMin: signed16(outline, 2), YMin: signed16(outline, 4), XMax: signed16(outline, 6), YMax: signed16(outline, 8)}
}

// outline is the record of glyph g in the table glyf; empty when it has none.
func (f *Face) outline(g int) string {
	var from, to int
	if f.longPlaces {
		from, to = be32(f.places, 4*g), be32(f.places, 4*g+4)
	} else {
		from, to = 2*be16(f.places, 2*g), 2*be16(f.places, 2*g+2)
	}
	if to-from < glyphHeader || to > len(f.outlines) {
		return ""
	}
	return f.outlines[from:to]
}

// glyph is the glyph of r, 0 for none.
func (f *Face) glyph(r rune) int {
	if 0 <= r && r < lowRunes {
		return int(f.low[r])
	}
	return f.lookUp(r)
}

func (f *Face) lookUp(r rune) int {
	g := f.segments.glyph(r)
	if g >= f.glyphs {
		return 0 // a broken table
	}
	return g
}

// embeddable says whether the maker of a face lets us put subsets of it into
// files. Source: OpenType specification 1.9.1, "OS/2", fsType.
func embeddable(fsType int) error {
	const (
		restricted    = 0x0002
		previewOrEdit = 0x0004 | 0x0008
		noSubsetting  = 0x0100
		onlyBitmaps   = 0x0200
	)
	switch {
	case fsType&restricted != 0 && fsType&previewOrEdit == 0: // the mildest holds
		return errors.New("its licence forbids to embed it")
	case fsType&(noSubsetting|onlyBitmaps) != 0:
		return errors.New("its licence forbids to embed a part of its outlines")
	}
	return nil
}

// read reads a TrueType file.
func read(name, data string) (*Face, error) {
	tables, err := tables(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	f := &Face{name: name, data: data}

	// Each table is as long as the part of it that is read here.
	for _, t := range []struct {
		tag  string
		size int
	}{{"head", 54}, {"hhea", 36}, {"maxp", 6}, {"OS/2", 90}, {"post", 32}, {"hmtx", 4}, {"cmap", 4}, {"glyf", 0}, {"loca", 0}} {
		table, ok := tables[t.tag]
		if !ok {
			return nil, fmt.Errorf("%s: it has no table %q", name, t.tag)
		}
		if len(table) < t.size {
			return nil, fmt.Errorf("%s: table %q is too short", name, t.tag)
		}
	}

	f.unitsPerEm = be16(tables["head"], 18)
	if f.unitsPerEm < 16 || f.unitsPerEm > 16384 { // OpenType, "head"
		return nil, fmt.Errorf("%s: an em of %d units", name, f.unitsPerEm)
	}
	f.ascent = signed16(tables["hhea"], 4)
	f.descent = -signed16(tables["hhea"], 6)
	f.head, f.hhea = tables["head"][:54], tables["hhea"][:36]
	f.weight = be16(tables["OS/2"], 4)
	if err := embeddable(be16(tables["OS/2"], 8)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	f.italicAngle = signed16(tables["post"], 4)
	f.strikeSize = signed16(tables["OS/2"], 26)
	f.strikePos = signed16(tables["OS/2"], 28)
	f.xHeight = signed16(tables["OS/2"], 86)
	f.capHeight = signed16(tables["OS/2"], 88)
	f.glyphs = be16(tables["maxp"], 4)
	f.advances = tables["hmtx"]
	f.numAdvances = be16(tables["hhea"], 34)
	if f.numAdvances == 0 || len(f.advances) < 4*f.numAdvances {
		return nil, fmt.Errorf("%s: table %q is too short", name, "hmtx")
	}
	f.outlines, f.places = tables["glyf"], tables["loca"]
	f.longPlaces = be16(tables["head"], 50) == 1
	size := 2
	if f.longPlaces {
		size = 4
	}
	if len(f.places) < size*(f.glyphs+1) {
		return nil, fmt.Errorf("%s: table %q is too short", name, "loca")
	}
	f.segments, err = unicodeMap(tables["cmap"])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for r := range f.low {
		f.low[r] = uint16(f.lookUp(rune(r)))
	}
	return f, nil
}
