package fonts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-text/typesetting/font"

	"qalam/export/fonts/pack"
	"qalam/export/fonts/sfnt"
)

// The pack is the one that the manifest names, and has its faces in its order.
func TestManifest(t *testing.T) {
	data, err := os.ReadFile("faces/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct{ Name, SHA256 string }
		Faces []struct {
			Name, Style string
			Scripts     []string
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(facesPack))
	for _, f := range manifest.Files {
		if f.Name == "faces.pack" && f.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("the pack has the digest %x, the manifest %s", sum, f.SHA256)
		}
	}
	list := Embedded()
	if len(list) == 0 || len(list) != len(manifest.Faces) {
		t.Fatalf("%d faces, the manifest has %d", len(list), len(manifest.Faces))
	}
	for i, f := range manifest.Faces {
		if got := list[i]; got.Name != f.Name || got.Style.String() != f.Style || !slices.Equal(got.Scripts, f.Scripts) {
			t.Errorf("face %d is %v, the manifest has %v", i, got, f)
		}
	}
	for style := range BoldItalic + 1 {
		if f := list[style]; f.Style != style || !strings.HasPrefix(f.Name, "NotoSerif-") {
			t.Errorf("face %d is %s, want the text face in %v", style, f.Name, style)
		}
	}
}

// What the index says of a face is what its tables say; each of its glyphs has
// an outline that can be read, and each character that is seen one that is not
// empty; go-text reads it and finds the same widths.
func TestIndex(t *testing.T) {
	for _, f := range embedded() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			p := f.source.(*packed)
			tables := p.tables()
			if got := pack.ReadMeasures(tables); got != f.Measures {
				t.Errorf("the tables say %+v, the index %+v", got, f.Measures)
			}
			if got := sfnt.U16(tables["maxp"], 4); got != f.glyphs {
				t.Errorf("the tables have %d glyphs, the index %d", got, f.glyphs)
			}
			if f.UnitsPerEm() <= 0 || f.Ascent() <= 0 || f.Descent() <= 0 || f.Weight() != 400 && f.Weight() != 700 {
				t.Errorf("measures %+v", f.Measures)
			}
			if tables["glyf"] != "" || tables["loca"] != "" {
				t.Error("the layout has outlines")
			}

			shaped := font.NewFace(f.Font())
			var chars int
			var blank []rune
			for r, g := range f.unpacked().cmap.All() {
				chars++
				if !f.Has(r) || f.Glyph(r) != g {
					t.Errorf("%U: Has %v, glyph %d, want %d", r, f.Has(r), f.Glyph(r), g)
				}
				if id, ok := shaped.NominalGlyph(r); !ok || int(id) != g {
					t.Errorf("%U is glyph %d for go-text, %d for us", r, id, g)
				}
				if record := recordsOf(t, f)(g); record == "" && inked(r) {
					blank = append(blank, r)
				}
			}
			if chars != p.face.Chars {
				t.Errorf("%d characters, the index has %d", chars, p.face.Chars)
			}
			for first, last := range p.face.Ranges {
				chars -= int(last-first) + 1
			}
			if chars != 0 || f.Has(0x10FFFF) || f.Has(-1) {
				t.Error("the index has other characters")
			}
			if len(blank) > 0 {
				t.Errorf("nothing to see for %d characters: %U", len(blank), blank)
			}
			for g := range f.glyphs {
				if got, want := shaped.HorizontalAdvance(font.GID(g)), f.GlyphAdvance(g); int(got) != want {
					t.Errorf("glyph %d is %v wide for go-text, %d for us", g, got, want)
				}
				if _, err := sfnt.Bare(recordsOf(t, f)(g), func(part int) int {
					if part >= f.glyphs {
						t.Errorf("glyph %d has a part %d of %d", g, part, f.glyphs)
					}
					return part
				}); err != nil {
					t.Errorf("glyph %d: %v", g, err)
				}
			}
		})
	}
}

// The characters that most of a language is made of lie together, so that a
// page does not unpack what it does not show.
func TestFewBlocks(t *testing.T) {
	tests := []struct {
		name, text string
		share      int // in percent of all outlines
	}{
		{"NotoSerif-Regular", "The quick brown fox jumps — “over” the lazy dog. Съешь ещё этих мягких французских булок, да выпей чаю.", 25},
		{"NotoSerifSC-Regular", "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后", 14},
	}
	for _, test := range tests {
		f := named(t, test.name)
		p := f.source.(*packed)
		p.tables()
		used := map[int]bool{}
		for _, r := range test.text {
			if r != ' ' {
				block, _ := p.face.BlockOf(int(p.order[f.Glyph(r)]))
				used[block] = true
			}
		}
		unpacked, all := 0, 0
		for _, outline := range p.order {
			if outline < 0 {
				continue
			}
			all++
			if block, _ := p.face.BlockOf(int(outline)); used[block] {
				unpacked++
			}
		}
		if unpacked == 0 || 100*unpacked > test.share*all {
			t.Errorf("%s: %d of %d outlines are unpacked, more than %d percent", test.name, unpacked, all, test.share)
		}
	}
}

// named is a face of the program, as nobody has used it yet.
func named(t *testing.T, name string) *Face {
	t.Helper()
	list, err := pack.Open(facesPack)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Name == name {
			return &Face{
				name: p.Name, style: Style(p.Style), scripts: p.Scripts, langs: p.Langs,
				Measures: p.Measures, glyphs: p.Glyphs, source: &packed{face: p},
			}
		}
	}
	t.Fatalf("no face is called %s", name)
	return nil
}

// Goroutines may share a face while it is unpacked.
func TestShared(t *testing.T) {
	f := named(t, "NotoNaskhArabic-Regular")
	m := NewFamily([]*Face{f})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, ok := m.Face("ع", "Arab", Regular, "ar"); got != f || !ok {
				t.Errorf("another face, %v", ok)
			}
			if units, ok := f.Advance('ع'); units == 0 || !ok {
				t.Errorf("%d wide, %v", units, ok)
			}
			if f.Font() == nil || f.Bounds('ع') == (Bounds{}) {
				t.Error("no font, or no outline")
			}
		})
	}
	all.Wait()
}
