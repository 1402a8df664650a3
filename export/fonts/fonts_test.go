package fonts

import "testing"

// Widths and boxes as HarfBuzz and go-text read them from the same files.
func TestMeasures(t *testing.T) {
	tests := []struct {
		style   Style
		r       rune
		advance int
		box     Bounds
	}{
		{Regular, 'g', 538, Bounds{23, -240, 526, 567}},
		{Regular, 'ң', 688, Bounds{23, -210, 665, 536}},
		{Regular, 'Ә', 690, Bounds{54, -10, 633, 725}},
		{Regular, '№', 1026, Bounds{28, 0, 981, 714}},
		{Regular, '́', 0, Bounds{-302, 606, -108, 766}},
		{Regular, 'W', 1047, Bounds{9, 0, 1038, 714}},
		{Italic, 'g', 556, Bounds{-35, -240, 598, 585}},
		{Italic, 'ң', 629, Bounds{44, -228, 608, 536}},
		{Italic, 'Ә', 668, Bounds{30, -10, 637, 725}},
		{Italic, '№', 1026, Bounds{-26, 0, 988, 714}},
		{Italic, '́', 0, Bounds{-237, 606, -20, 766}},
		{Italic, 'W', 1045, Bounds{89, 0, 1126, 714}},
		{Bold, 'g', 560, Bounds{2, -236, 557, 579}},
		{Bold, 'ң', 691, Bounds{17, -210, 674, 536}},
		{Bold, 'Ә', 727, Bounds{55, -10, 672, 725}},
		{Bold, '№', 1026, Bounds{28, 0, 1013, 714}},
		{Bold, '́', 0, Bounds{-326, 606, -72, 766}},
		{Bold, 'W', 1067, Bounds{0, 0, 1067, 714}},
		{BoldItalic, 'g', 580, Bounds{-58, -240, 627, 582}},
		{BoldItalic, 'ң', 683, Bounds{38, -228, 667, 536}},
		{BoldItalic, 'Ә', 702, Bounds{42, -10, 675, 725}},
		{BoldItalic, '№', 1081, Bounds{-23, 0, 1039, 714}},
		{BoldItalic, '́', 0, Bounds{-309, 606, -30, 766}},
		{BoldItalic, 'W', 1067, Bounds{86, 0, 1167, 714}},
	}
	for _, test := range tests {
		f := serif(test.style)
		got, ok := f.Advance(test.r)
		if box := f.Bounds(test.r); !ok || got != test.advance || box != test.box {
			t.Errorf("%s: %q is %d wide in %v, want %d in %v", f.Name(), string(test.r), got, box, test.advance, test.box)
		}
	}
	for _, style := range []Style{Regular, Italic, Bold, BoldItalic} {
		f := serif(style)
		if f.UnitsPerEm() != 1000 || f.Ascent() != 1069 || f.Descent() != 293 || f.CapHeight() != 714 || f.XHeight() != 536 {
			t.Errorf("%s: em %d, ascent %d, descent %d, capitals %d, x %d", f.Name(), f.UnitsPerEm(), f.Ascent(), f.Descent(), f.CapHeight(), f.XHeight())
		}
		if top, thick := f.Strikeout(); top != 322 || thick != 50 {
			t.Errorf("%s: strikeout at %d, %d thick", f.Name(), top, thick)
		}
	}
	if b := serif(Regular).Bounds(' '); b != (Bounds{}) {
		t.Errorf("a space is in the box %v", b)
	}
}

// What a layout relies on: the letters of Kazakh in all its Latin and Cyrillic
// alphabets, Russian, French, and the signs of its own.
func TestCoverage(t *testing.T) {
	const needed = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя" +
		"ÄäĞğİıÑñŊŋÖöŞşÜüŪūÇçÀàÂâÆæÈèÉéÊêËëÎîÏïÔôŒœÙùÛûŸÿΑαΩωάή" +
		"0123456789.,;:!?…-–—‐‑‘’“”„«»()[]/&@#%*+=<>\u00A0\u202F\u2009•№€£₸©"
	for _, style := range []Style{Regular, Italic, Bold, BoldItalic} {
		f := serif(style)
		for _, r := range needed {
			if !f.Has(r) {
				t.Errorf("%s has no %q (%U)", f.Name(), string(r), r)
			}
		}
	}
	for _, r := range []rune{-1, 0x1F600, 0x10FFFF, 'ع', 'अ', '字', 'ก'} {
		if serif(Regular).Has(r) {
			t.Errorf("%U is covered", r)
		}
	}
}

// The same style always gives the same face.
func TestSameFace(t *testing.T) {
	first := serif(Regular)
	if first != serif(Regular) {
		t.Error("the same style gives two faces")
	}
}

// What readers of the file are told of a face.
func TestDescription(t *testing.T) {
	for style, want := range map[Style][2]int{Regular: {0, 400}, Italic: {-12, 400}, Bold: {0, 700}, BoldItalic: {-12, 700}} {
		f := serif(style)
		if f.ItalicAngle() != want[0] || f.Weight() != want[1] {
			t.Errorf("%s: angle %d, weight %d, want %v", f.Name(), f.ItalicAngle(), f.Weight(), want)
		}
	}
}
