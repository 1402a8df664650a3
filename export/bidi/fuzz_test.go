package bidi

import (
	"slices"
	"testing"
)

// Whatever the text: levels are in range, plain text is one run, nothing
// depends on what is in dst, and the runs of a line cover it once, blanks at
// its end at the base level.
func FuzzLevels(f *testing.F) {
	for _, s := range []string{"", "abc", "a אב 45, in", "\u2067(א\u202e[1]\u202c\u2069\n)", "\u202b\u202a\u2068a\u05b0\u2069%1,2\u200d"} {
		f.Add(s, int8(Auto), uint16(2))
	}
	for _, s := range hostile(200) {
		f.Add(s, int8(RTL), uint16(40))
	}
	f.Fuzz(func(t *testing.T, s string, b int8, width uint16) {
		base := Level(b)
		if base < Auto || base > RTL {
			t.Skip()
		}
		text := []rune(s)
		levels, got := Levels(nil, text, base)
		if len(levels) != len(text) {
			t.Fatalf("%d levels for %d characters", len(levels), len(text))
		}
		if got != LTR && got != RTL || base != Auto && got != base {
			t.Fatalf("base level %d became %d", base, got)
		}
		for i, l := range levels {
			if l < got || l > maxDepth+1 {
				t.Fatalf("level %d at %d", l, i)
			}
			if removed.has(classOf(text[i])) && i > 0 && l != levels[i-1] {
				t.Fatalf("level %d of the control at %d, %d before it", l, i, levels[i-1])
			}
		}
		again, _ := Levels([]Level{9, 9}, text, got)
		if !slices.Equal(again[2:], levels) {
			t.Fatalf("the levels are others with base level %d given", got)
		}

		size := int(width)%100 + 1
		for start := 0; start < len(text); start += size {
			end := min(start+size, len(text))
			line(t, text[start:end], levels[start:end], got)
		}
	})
}

// line holds what Line promises of a line.
func line(t *testing.T, text []rune, levels []Level, base Level) {
	runs := Line(nil, text, levels, base)
	slices.SortFunc(runs, func(a, b Run) int { return a.Start - b.Start })
	at := 0
	for i, r := range runs {
		if r.Start != at || r.End <= at || i > 0 && r.Level == runs[i-1].Level {
			t.Fatalf("runs %v of %q", runs, string(text))
		}
		for k := r.Start; k < r.End; k++ {
			if r.Level != levels[k] && r.Level != base {
				t.Fatalf("level %d became %d", levels[k], r.Level)
			}
		}
		at = r.End
	}
	if at != len(text) {
		t.Fatalf("runs %v of %d characters", runs, len(text))
	}
	if n := len(text); blank.has(classOf(text[n-1])) && runs[len(runs)-1].Level != base {
		t.Fatalf("%q does not end at base level %d", string(text), base)
	}
}
