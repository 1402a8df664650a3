package paragraph

import (
	"strings"
	"testing"

	"qalam/export/fonts"
	"qalam/locales"
)

// A paragraph that is set in windows has all of its text, in nearly the lines
// that it has when it is set at once, and all but the last are as good.
func TestWindows(t *testing.T) {
	const sentence = "Some words of a paragraph that goes on, and on, until it is far longer than any that a person has written. "
	much := strings.Repeat(sentence, longText/len(sentence)+400)
	word := strings.Repeat("xz", 120) // no language divides it
	run := func(text string) Run { return Run{Text: text, Size: 10 * Pt} }
	bold := func(text string) Run { return Run{Text: text, Size: 10 * Pt, Style: fonts.Bold} }
	mixed := []Run{{Size: 10 * Pt, Object: &Object{Width: 20 * Pt}}}
	for range longText / 200 {
		mixed = append(mixed, run(sentence), bold("bold words "), Run{Text: "12", Size: 7 * Pt, Glued: true}, run(" \t"+sentence))
	}
	mixed = append(mixed, Run{Size: 10 * Pt, Object: &Object{Width: 20 * Pt, Height: 20 * Pt}}, run("End\nof it."))
	tests := []struct {
		name string
		runs []Run
	}{
		{"one run", []Run{run(much)}},
		{"many runs", mixed},
		{"chinese", []Run{{Text: strings.Repeat("因此，漢字的段落也可以很長。", longText/40+2000), Size: 10 * Pt, Lang: "zh"}}},
		{"words that fit no line", []Run{run(much + word), run(" " + much + word + " " + much)}},
		{"many words that fit no line", []Run{run(strings.Repeat(sentence+word+" ", longText/200))}},
		{"no place to break", []Run{run(strings.Repeat("x", longText+1))}},
		{"no UTF-8", []Run{run("a\xff\xfe b " + much)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := &Paragraph{Runs: test.runs, Lang: "en", Dir: locales.LTR, Measure: 200 * Pt, Align: Justify, Hyphenate: true}
			if !long(p) {
				t.Fatal("it is set at once")
			}
			s := NewSetter(fonts.NewFamily(nil))
			lines, broken := s.Lines(p)
			check(t, p, lines, broken)
			once, brokenOnce := s.set(p)
			if got, want := len(lines), len(once); got < want*99/100 || got > want*101/100 {
				t.Errorf("%d lines, %d when it is set at once", got, want)
			}
			if got, want := len(broken), len(brokenOnce); got != want {
				t.Errorf("%d words are broken, %d when it is set at once", got, want)
			}
			if strings.Contains(test.name, "fit") && len(broken) == 0 {
				t.Error("no word is broken")
			}
			for i := range min(len(broken), len(brokenOnce)) {
				if broken[i].Run != brokenOnce[i].Run || broken[i].Text != brokenOnce[i].Text {
					t.Errorf("broken is %d of run %d, not of run %d", i, broken[i].Run, brokenOnce[i].Run)
				}
			}
			short := func(lines []Line) (n int) {
				for _, l := range lines {
					if p := l.Pieces[len(l.Pieces)-1]; p.X+p.Width < 180*Pt {
						n++
					}
				}
				return n
			}
			if got, want := short(lines), short(once); got > want+1 {
				t.Errorf("%d lines are short, %d when it is set at once", got, want)
			}
		})
	}
}

// Text in both directions is set at once, however long it is.
func TestLong(t *testing.T) {
	text := strings.Repeat("words ", longText)
	for _, test := range []struct {
		text string
		dir  locales.Direction
		want bool
	}{
		{text, locales.LTR, true},
		{text[:longText], locales.LTR, false},
		{text, locales.RTL, false},
		{text + "א", locales.LTR, false},
		{text + "\u2067", locales.LTR, false},
		{text + "漢", locales.LTR, true},
	} {
		p := &Paragraph{Runs: []Run{{Text: test.text}}, Dir: test.dir}
		if got := long(p); got != test.want {
			t.Errorf("%q %s: %t", test.text[len(test.text)-4:], test.dir, got)
		}
	}
}
