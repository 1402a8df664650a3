package fonts

import (
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"

	"qalam/export/fonts/pack"
	"qalam/export/fonts/sfnt"
)

// Face is one face of a font. All measures are in units of the face.
type Face struct {
	name    string
	style   Style
	scripts []string
	langs   []string // languages that want it before others of its script
	pack.Measures
	glyphs int // how many there are
	source source

	layoutOnce sync.Once
	layout     layout

	fontOnce sync.Once
	font     *font.Font
}

// source is where the parts of a face lie: in the program, or in a file of the
// article's folder. Its methods may be called by several goroutines.
type source interface {
	// has reports whether the face has a glyph for r, without unpacking it.
	has(r rune) bool

	// tables are those that shaping needs, read for the first time.
	tables() sfnt.Tables

	// shaper reads them with go-text.
	shaper() (*font.Font, error)

	// outline is the record of a glyph as the table glyf has it; empty when
	// it has none.
	outline(g int) (string, error)

	// bearing is where the outline of a glyph is to begin. An outline of
	// TrueType that begins elsewhere is moved by those who draw it.
	bearing(g int) int
}

// layout is what measuring text needs of a face.
type layout struct {
	head, hhea  string // as they are, for subsets
	advances    string // hmtx: numAdvances times advance and side bearing, then side bearings
	numAdvances int    // the last one stands for the glyphs that follow
	cmap        sfnt.Map
	low         [lowRunes]uint16 // glyphs of the characters that most text is made of
}

// lowRunes is the number of characters whose glyphs are at hand: Latin, Greek
// and Cyrillic with their extensions.
const lowRunes = 0x530

// unpacked is the layout of the face, read when it is first asked for.
func (f *Face) unpacked() *layout {
	f.layoutOnce.Do(func() {
		t := f.source.tables()
		l := &f.layout
		l.head, l.hhea = t["head"][:54], t["hhea"][:36]
		l.advances, l.numAdvances = t["hmtx"], sfnt.U16(t["hhea"], 34)
		var err error
		if l.cmap, err = sfnt.ReadMap(t["cmap"]); err != nil {
			panic(fmt.Sprintf("fonts: %s: %v", f.name, err)) // it could be read before
		}
		for r, g := range l.cmap.All() {
			if r >= lowRunes {
				break
			}
			if g < f.glyphs {
				l.low[r] = uint16(g)
			}
		}
	})
	return &f.layout
}

// Font is go-text's reading of the face, for shaping. It is made when it is
// first asked for; all who ask get the same, and nobody changes it. That of a
// face of the program has no outlines.
func (f *Face) Font() *font.Font {
	f.fontOnce.Do(func() {
		var err error
		if f.font, err = f.source.shaper(); err != nil {
			panic(fmt.Sprintf("fonts: %s: %v", f.name, err)) // it could be read before
		}
	})
	return f.font
}

// Name is the PostScript name of the face: "NotoSerif-Bold".
func (f *Face) Name() string { return f.name }

// Style is whether the face is bold, italic, or as wide everywhere.
func (f *Face) Style() Style { return f.style }

// Scripts are the ISO 15924 codes of the scripts that the face is meant for.
func (f *Face) Scripts() []string { return f.scripts }

// UnitsPerEm is how many units the em has.
func (f *Face) UnitsPerEm() int { return f.Measures.UnitsPerEm }

// Ascent is how far the face reaches above the baseline.
func (f *Face) Ascent() int { return f.Measures.Ascent }

// Descent is how far the face reaches below the baseline; it is positive.
func (f *Face) Descent() int { return f.Measures.Descent }

// CapHeight is the height of its capitals above the baseline.
func (f *Face) CapHeight() int { return f.Measures.CapHeight }

// XHeight is the height of its small letters above the baseline.
func (f *Face) XHeight() int { return f.Measures.XHeight }

// ItalicAngle is the slope of the face in degrees, counter-clockwise from the
// vertical: 0 for an upright one, negative for one that leans to the right.
func (f *Face) ItalicAngle() int { return f.Measures.ItalicAngle }

// Weight is 400 for a regular face, 700 for a bold one, and so on.
func (f *Face) Weight() int { return f.Measures.Weight }

// Strikeout is where a line through the text lies: the height of its upper
// edge above the baseline, and its thickness.
func (f *Face) Strikeout() (top, thickness int) { return f.StrikeTop, f.StrikeSize }

// Has reports whether the face has a glyph for r. A face of the program is not
// unpacked for it.
func (f *Face) Has(r rune) bool { return f.source.has(r) }

// Advance is how far the pen moves for r, and whether the face has a glyph for
// it. Combining marks have an advance of 0.
func (f *Face) Advance(r rune) (units int, ok bool) {
	g := f.Glyph(r)
	if g == 0 {
		return 0, false
	}
	return f.GlyphAdvance(g), true
}

// Glyph is the glyph of the face for a character, 0 for none.
func (f *Face) Glyph(r rune) int {
	l := f.unpacked()
	if 0 <= r && r < lowRunes {
		return int(l.low[r])
	}
	g := l.cmap.Glyph(r)
	if g >= f.glyphs {
		return 0 // tables that contradict each other
	}
	return g
}

// GlyphAdvance is how far the pen moves for a glyph of the face.
func (f *Face) GlyphAdvance(g int) int {
	l := f.unpacked()
	return sfnt.U16(l.advances, 4*min(g, l.numAdvances-1))
}

// Bounds is the box around an outline. Y grows upwards from the baseline.
type Bounds struct{ XMin, YMin, XMax, YMax int }

// Bounds is the box around the glyph for r. It is empty when the face has none,
// or one without outline, such as a space, or a broken one.
func (f *Face) Bounds(r rune) Bounds {
	g := f.Glyph(r)
	if g == 0 {
		return Bounds{}
	}
	outline, err := f.source.outline(g)
	if err != nil {
		return Bounds{}
	}
	return bounds(outline)
}

// bounds is the box of an outline; empty for an empty one.
func bounds(outline string) Bounds {
	if len(outline) < sfnt.GlyphHeader {
		return Bounds{}
	}
	return Bounds{
		XMin: sfnt.I16(outline, 2), YMin: sfnt.I16(outline, 4),
		XMax: sfnt.I16(outline, 6), YMax: sfnt.I16(outline, 8),
	}
}
