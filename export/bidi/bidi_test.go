package bidi

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/go-text/typesetting/unicodedata"
	ucd "golang.org/x/text/unicode/bidi"
)

// show gives levels as digits; above nine, "(12)".
func show(levels []Level) string {
	var b strings.Builder
	for _, l := range levels {
		if l < 10 {
			fmt.Fprint(&b, l)
		} else {
			fmt.Fprintf(&b, "(%d)", l)
		}
	}
	return b.String()
}

// The files of Unicode have no separator within a text and no level for what X9
// removes. Here are such cases, and what prose has.
func TestLevels(t *testing.T) {
	const (
		rle, lre, rlo, pdf = "\u202b", "\u202a", "\u202e", "\u202c"
		rli, lri, fsi, pdi = "\u2067", "\u2066", "\u2068", "\u2069"
	)
	tests := []struct {
		name, text string
		base       Level
		want       string
		wantBase   Level
	}{
		{"empty", "", Auto, "", LTR},
		{"empty, right to left", "", RTL, "", RTL},
		{"latin", "two 2.", Auto, "000000", LTR},
		{"latin, right to left", "two 2.", RTL, "222221", RTL},
		{"no letters", "12 (3)", Auto, "000000", LTR},
		{"number at the end of hebrew", "a אב 45, in", Auto, "00111220000", LTR},
		{"number after arabic letters", "اب 1-2", Auto, "111212", RTL},
		{"number after hebrew letters", "אב 1-2", Auto, "111222", RTL},
		{"digits of the script", "اب ١٢٫٣", Auto, "1112222", RTL},
		{"percent", "אב 10%", Auto, "111222", RTL},

		{"isolate keeps a date together", "a " + rli + "א 1" + pdi + " 2", LTR, "000112000", LTR},
		{"first letter within an isolate does not count", fsi + "א" + pdi + "a", Auto, "0100", LTR},
		{"isolate without end", "א" + lri + "a", Auto, "112", RTL},
		{"end without isolate", "a" + pdi + "א", Auto, "001", LTR},
		{"isolate decides by its own first letter", "a" + fsi + lri + "b" + pdi + "א" + pdi, Auto, "0012110", LTR},

		{"mark follows its letter", "א\u05b0a", LTR, "110", LTR},
		{"mark on a bracket", "א(a)\u0301ב", RTL, "112111", RTL},
		{"bracket with the direction of the text inside", "א (ב) c", LTR, "1111100", LTR},
		{"bracket after latin in hebrew", "א a(b) ג", RTL, "11222211", RTL},
		{"pairs that are canonically equivalent", "א a\u2329b\u3009 ג", RTL, "11222211", RTL},
		{"crossed brackets", "א(a]b) ג", RTL, "11222111", RTL},

		// X9: no run is divided by what is removed.
		{"joiner", "א\u200dב\u00adג", LTR, "11111", LTR},
		{"removed at the start", lre + "א" + pdf, RTL, "133", RTL},
		{"removed takes the level before it", "a" + rle + "b" + pdf + "c", LTR, "00220", LTR},
		{"override", "a" + rlo + "bc" + pdf + "d", LTR, "001110", LTR},
		{"override of marks and brackets", rlo + "(\u0301a)" + pdf + "d", LTR, "0111110", LTR},

		// A separator ends what is open (X8); the base level stays.
		{"separator", "א" + rle + "ב\nc", Auto, "11312", RTL},
		{"separator ends an isolate", "a" + rli + "b\nc", LTR, "00200", LTR},
		{"isolates do not match across a separator", "a" + rli + "\n" + pdi + "א", LTR, "00001", LTR},
		{"separator decides under auto", "1\nא", Auto, "001", LTR},
		{"line of its own after a separator", "a\nא\n1", LTR, "00100", LTR},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := []rune(test.text)
			got, base := Levels(nil, text, test.base)
			if show(got) != test.want || base != test.wantBase {
				t.Errorf("%+q, base %d\n got    %s, base %d\n wanted %s, base %d",
					text, test.base, show(got), base, test.want, test.wantBase)
			}
		})
	}
}

// Controls that ask for a level above 125 do nothing, and their ends end
// nothing (BD2, X1).
func TestDeepControls(t *testing.T) {
	const n = 200
	for _, test := range []struct {
		name, open, close string
		want              Level // of a letter a within
	}{
		{"embeddings", "\u202a", "\u202c", 124},
		{"right-to-left embeddings", "\u202b", "\u202c", 126}, // level 125, a is one more
		{"isolates", "\u2066", "\u2069", 124},
		{"isolates by their first letter", "\u2068", "\u2069", 124},
		{"isolates in embeddings", "\u202a\u2066", "\u2069\u202c", 124},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := []rune(strings.Repeat(test.open, n) + "a" + strings.Repeat(test.close, n) + "א")
			levels, _ := Levels(nil, text, LTR)
			if got := levels[slices.Index(text, 'a')]; got != test.want {
				t.Errorf("level %d within, wanted %d", got, test.want)
			}
			if got := levels[len(text)-1]; got != RTL {
				t.Errorf("level %d after all ends, wanted 1", got)
			}
		})
	}
}

// BD16 keeps 63 open brackets in mind; at the next one it stops, and the pairs
// found so far stay.
func TestDeepBrackets(t *testing.T) {
	for depth, want := range map[int]Level{63: RTL, 64: LTR} {
		// In a left-to-right paragraph the brackets have Hebrew before them and
		// inside. A pair takes its direction; brackets that are none stand between
		// Hebrew and Latin at the end, where they take that of the paragraph.
		text := []rune("א(א) א" + strings.Repeat("(", depth) + "א" + strings.Repeat(")", depth) + "a")
		levels, _ := Levels(nil, text, LTR)
		if got := levels[len(text)-2]; got != want {
			t.Errorf("%d brackets: level %d of the last one, wanted %d", depth, got, want)
		}
		if levels[3] != RTL {
			t.Errorf("%d brackets: the pair before them is lost", depth)
		}
	}
}

// Levels appends, and counts only what it appended.
func TestLevelsAppends(t *testing.T) {
	got, _ := Levels([]Level{5}, []rune("א1"), Auto)
	got, _ = Levels(got, []rune("ab"), LTR)
	if want := []Level{5, 1, 2, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, wanted %v", got, want)
	}
}

// A base level other than LTR, RTL and Auto is a mistake of the caller.
func TestLevelsBase(t *testing.T) {
	for _, base := range []Level{-2, 2} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("base level %d: no panic", base)
				}
			}()
			Levels(nil, nil, base)
		}()
	}
}

// Each line of a paragraph has its runs from left to right, with the blanks at
// its end at the side where the line ends.
func TestLine(t *testing.T) {
	tests := []struct {
		name, text string
		base       Level
		want       string // runs as they are seen: "text@level", "|" between
	}{
		{"empty", "", LTR, ""},
		{"latin", "one two ", LTR, "one two @0"},
		{"hebrew", "אב גד", RTL, "אב גד@1"},
		{"hebrew in latin", "a אב b", LTR, "a @0|אב@1| b@0"},
		{"latin in hebrew", "א ab ב", RTL, " ב@1|ab@2|א @1"},
		{"number at the end of hebrew", "copy, אב 45, in", LTR, "copy, @0|45@2|אב @1|, in@0"},
		{"number in hebrew", "א 1 ב", RTL, " ב@1|1@2|א @1"},
		{"blanks at the end have the base level", "a אב  ", LTR, "a @0|אב@1|  @0"},
		{"blanks at the end, right to left", "א a ", RTL, " @1|a@2|א @1"},
		{"blanks before a tab", "א \tב", LTR, "א@1| \t@0|ב@1"},
		{"blanks at the end within an embedding", "\u202bא ב \u202c", LTR, "\u202b@0|א ב@1| \u202c@0"},
		{"an isolate at the end", "א \u2066\u2069", LTR, "א@1| \u2066\u2069@0"},
		{"only blanks", " \u2067 \u2069", LTR, " \u2067 \u2069@0"},
		{"three levels", "א\u2066b\u2067ג\u2069d\u2069ה", RTL, "\u2069ה@1|b\u2067@2|ג@3|\u2069d@2|א\u2066@1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := []rune(test.text)
			levels, base := Levels(nil, text, test.base)
			before := slices.Clone(levels)
			var got []string
			for _, r := range Line(nil, text, levels, base) {
				got = append(got, fmt.Sprintf("%s@%d", string(text[r.Start:r.End]), r.Level))
			}
			if s := strings.Join(got, "|"); s != test.want {
				t.Errorf("got    %+q\nwanted %+q", s, test.want)
			}
			if !slices.Equal(levels, before) {
				t.Errorf("the levels were changed")
			}
		})
	}
}

// A paragraph is laid out line by line with the levels of the whole.
func TestLines(t *testing.T) {
	text := []rune("a אבג דה b")
	levels, base := Levels(nil, text, LTR)
	first := Line(nil, text[:6], levels[:6], base)
	if want := []Run{{0, 2, 0}, {2, 5, 1}, {5, 6, 0}}; !slices.Equal(first, want) {
		t.Errorf("first line: %v, wanted %v", first, want)
	}
	second := Line(first, text[6:], levels[6:], base)[len(first):]
	if want := []Run{{0, 2, 1}, {2, 4, 0}}; !slices.Equal(second, want) {
		t.Errorf("second line: %v, wanted %v", second, want)
	}
}

// No character outside of the areas of mayRaise can raise a level: every code
// point of Unicode is looked up.
func TestMayRaise(t *testing.T) {
	const quiet set = 1<<cL | 1<<cEN | 1<<cES | 1<<cET | 1<<cCS | 1<<cNSM | 1<<cBN |
		1<<cB | 1<<cS | 1<<cWS | 1<<cON | 1<<cPDF | 1<<cPDI
	for c := rune(0); c <= unicode.MaxRune; c++ {
		if k := classOf(c); !quiet.has(k) && !mayRaise(c) {
			t.Errorf("%U has class %d", c, k)
		}
	}
	for _, c := range "aéЖ—“”…’№•α漢한ไहქ🙂" {
		if mayRaise(c) {
			t.Errorf("%c is not on the fast way", c)
		}
	}
}

// Bracket pairs are those of Unicode: each opening bracket's partner is its
// mirror image (BD14), and a closing bracket.
func TestCloser(t *testing.T) {
	open, closing := 0, 0
	for c := rune(0); c <= unicode.MaxRune; c++ {
		p, _ := ucd.LookupRune(c)
		if !p.IsBracket() {
			continue
		}
		if !p.IsOpeningBracket() {
			closing++
			continue
		}
		open++
		mirror, _ := unicodedata.LookupMirrorChar(c)
		if got := closer(canonical(c)); got != canonical(mirror) {
			t.Errorf("%U closes with %U, wanted %U", c, got, mirror)
		}
	}
	if open != 64 || closing != 64 {
		t.Errorf("%d opening and %d closing brackets, wanted 64 of each", open, closing)
	}
}
