package fonts

import (
	"testing"
)

// The points of an outline reach as far as the box that the face says, in
// simple and composite glyphs, in curves of TrueType and of CFF, and their
// curves bend inside it.
func TestOutline(t *testing.T) {
	family := NewFamily(nil)
	tests := []struct{ text, script string }{
		{"A", "Latn"}, {"é", "Latn"}, {"ǻ", "Latn"}, {"Қ", "Cyrl"}, {"ب", "Arab"}, {"क", "Deva"}, {"一", "Hani"}, {"ㄱ", "Kore"},
	}
	for _, test := range tests {
		face, ok := family.Face(test.text, test.script, Regular, "")
		if !ok {
			t.Errorf("no face for %s", test.text)
			continue
		}
		r := []rune(test.text)[0]
		outline := face.Outline(face.Glyph(r))
		if len(outline) == 0 {
			t.Errorf("%s has no outline", test.text)
			continue
		}
		first := outline[0][0]
		b := Bounds{first.X, first.Y, first.X, first.Y}
		for _, c := range outline {
			for _, p := range c {
				b = Bounds{min(b.XMin, p.X), min(b.YMin, p.Y), max(b.XMax, p.X), max(b.YMax, p.Y)}
			}
		}
		// A component that is scaled is rounded, and a box may be that of the curve.
		const slack = 2
		want := face.Bounds(r)
		if b.XMin < want.XMin-slack || b.YMin < want.YMin-slack || b.XMax > want.XMax+slack || b.YMax > want.YMax+slack ||
			b.XMax-b.XMin < (want.XMax-want.XMin)*9/10 || b.YMax-b.YMin < (want.YMax-want.YMin)*9/10 {
			t.Errorf("%s reaches %v, and its box is %v", test.text, b, want)
		}
	}
	face, _ := family.Face("A", "Latn", Regular, "en")
	if got := face.Outline(face.Glyph(' ')); len(got) > 0 {
		t.Errorf("a space has the outline %v", got)
	}
}

// A record that is cut off anywhere is no outline, and no panic.
func TestOutlineBroken(t *testing.T) {
	face, _ := NewFamily(nil).Face("A", "Latn", Regular, "en")
	for _, r := range "Aéǻ" {
		record, err := face.source.outline(face.Glyph(r))
		if err != nil || record == "" {
			t.Fatal(err)
		}
		for n := range len(record) {
			if record[0]&0x80 != 0 {
				if eachComponent(record[:n], func(component) error { return nil }) == nil && n < len(record)-2 {
					t.Errorf("%c: components of %d of %d bytes", r, n, len(record))
				}
			} else if c, err := simpleContours(record[:max(n, 2)], int(record[1])); err == nil && n < len(record)-3 {
				t.Errorf("%c: %d contours in %d of %d bytes", r, len(c), n, len(record))
			}
		}
	}
}
