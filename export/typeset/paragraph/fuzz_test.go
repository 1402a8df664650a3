package paragraph

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"qalam/export/fonts"
	"qalam/locales"
)

// words are the words of a text, without what is never drawn.
func words(s string) []string {
	return strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case vanishes(r), r == zwj, r == zwnj:
			return -1
		}
		return r
	}, s))
}

// check holds what is true of the lines of any paragraph.
func check(t *testing.T, p *Paragraph, lines []Line, broken []Broken) {
	t.Helper()
	var want, got strings.Builder
	for _, r := range p.Runs {
		if r.Object != nil {
			want.WriteRune(objectChar)
		} else {
			want.WriteString(strings.ToValidUTF8(r.Text, "\uFFFD"))
		}
	}
	for n, line := range lines {
		var width, hang Length
		clusters := 0
		for i := range line.Pieces {
			pc := &line.Pieces[i]
			if pc.Hyphen {
				if pc.Text != "-" && pc.Text != "\u2010" {
					t.Errorf("line %d: a hyphen %q", n, pc.Text)
				}
			} else {
				got.WriteString(pc.Text)
			}
			clusters += checkPiece(t, p, pc)
			width += pc.Width
			if pc.Face != nil && p.Hang && p.Align == Justify {
				hang = p.Runs[pc.Run].Size / 2
			}
		}
		if width > p.Measure+hang && clusters > 1 {
			t.Errorf("line %d is %d wider than the measure: %q", n, width-p.Measure, lineText(line))
		}
		checkOrder(t, p, line)
		if !line.Open {
			got.WriteByte(' ')
		}
	}
	if got, want := words(got.String()), words(want.String()); !slices.Equal(got, want) {
		t.Errorf("the lines have\n%q\nwant\n%q", got, want)
	}
	for _, b := range broken {
		if b.Run < 0 || b.Run >= len(p.Runs) || b.Text == "" {
			t.Errorf("broken: %+v", b)
		}
	}
}

// checkPiece holds what is true of any piece, and counts its clusters.
func checkPiece(t *testing.T, p *Paragraph, pc *Piece) (clusters int) {
	t.Helper()
	run := &p.Runs[pc.Run]
	if pc.Face == nil {
		if run.Object == nil || pc.Width != run.Object.Width || len(pc.Glyphs) > 0 {
			t.Errorf("a piece without face: %+v", pc)
		}
		return 0
	}
	chars, spaces := 0, 0
	var units Length
	for _, g := range pc.Glyphs {
		chars += int(g.Chars)
		units += Length(g.Advance)
		if g.Chars > 0 {
			clusters++
		}
	}
	spaces = strings.Count(pc.Text, " ") + strings.Count(pc.Text, "\u00A0")
	if chars != utf8.RuneCountInString(pc.Text) {
		t.Errorf("%q: its glyphs stand for %d characters", pc.Text, chars)
	}
	natural := units * run.Size / Length(pc.Face.UnitsPerEm())
	switch least := natural + pc.WordSpace*Length(spaces) + pc.LetterSpace*Length(clusters); {
	case run.Verbatim && pc.WordSpace != 0:
		t.Errorf("%q: spaces of code are stretched", pc.Text)
	case pc.Width != least && pc.Width != least-pc.LetterSpace:
		t.Errorf("%q: width %d, want %d", pc.Text, pc.Width, least)
	}
	return clusters
}

// checkOrder holds that pieces stand side by side.
func checkOrder(t *testing.T, p *Paragraph, line Line) {
	t.Helper()
	pieces := slices.Clone(line.Pieces)
	slices.SortStableFunc(pieces, func(a, b Piece) int {
		if a.X != b.X {
			return int(a.X - b.X)
		}
		return int(a.Width - b.Width)
	})
	for i := 1; i < len(pieces); i++ {
		if pieces[i].X != pieces[i-1].X+pieces[i-1].Width {
			t.Errorf("pieces do not touch: %q", lineText(line))
			return
		}
	}
}

func lineText(l Line) string {
	var b strings.Builder
	for _, pc := range l.Pieces {
		b.WriteString(pc.Text)
	}
	return b.String()
}

// Whatever the text, its lines have all of it, none is too wide, the glyphs
// stand for the characters, and neither a Setter's memory of words nor its
// history changes anything.
func FuzzLines(f *testing.F) {
	f.Add("Of these — the “second” (in part) isn’t well-known. https://example.org/a-b/c", uint16(120), uint8(3), uint8(3))
	f.Add("עברית 45, AB (ג) \u2067x\u2069 مرحبا 12-3", uint16(60), uint8(7), uint8(9))
	f.Add("中文，「字」ABC。かな\u00ad\u200b한국 ประเทศไทย क्षेत्र", uint16(40), uint8(11), uint8(20))
	f.Add("office\nfluffy \t\r\n e\u0301\u0301 \u200d\u200c", uint16(30), uint8(0), uint8(2))
	// What was found: characters that are not drawn between spaces, and before
	// a character that no face has.
	f.Add("0000c00 00 \u2069  ا 0000", uint16(60), uint8(7), uint8(9))
	f.Add("\n e\u0301\u0301 \u200d\xe2", uint16(30), uint8(0), uint8(2))
	f.Add("\n e\u0301\u0301 \u200d\x7f", uint16(30), uint8(0), uint8(2))
	f.Add("\u200dabc \u200d\u200d def", uint16(60), uint8(0), uint8(0))
	family := fonts.NewFamily(nil)
	s, forgetful := NewSetter(family), NewSetter(family)
	forgetful.forgets = true
	f.Fuzz(func(t *testing.T, text string, measure uint16, flags, cut uint8) {
		if len(text) > 2000 {
			return
		}
		p := fuzzed(text, measure, flags, cut)
		lines, broken := s.Lines(p)
		check(t, p, lines, broken)

		again, _ := forgetful.Lines(p)
		if !reflect.DeepEqual(lines, again) {
			t.Errorf("other lines without memory:\n%v\n%v", dump(p, lines), dump(p, again))
		}
		least, most := s.Widths(p)
		if least > most {
			t.Errorf("widths %d and %d", least, most)
		}
		p.Measure, p.Align = most, Start
		feeds := 0
		for _, r := range text {
			if ends(r) {
				feeds++
			}
		}
		if lines, _ := s.Lines(p); len(lines) > 1+feeds {
			t.Errorf("%d lines in a measure that is wide enough: %q", len(lines), text)
		}
	})
}

// ends reports whether r ends a line wherever it stands (UAX #14: BK, CR, LF, NL).
func ends(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) }

// fuzzed makes a paragraph of several runs.
func fuzzed(text string, measure uint16, flags, cut uint8) *Paragraph {
	p := &Paragraph{Lang: "en", Dir: locales.LTR, Measure: Length(measure%500+20) * Pt, Align: Align(flags & 3)}
	if flags&4 != 0 {
		p.Dir = locales.RTL
	}
	p.Hyphenate, p.Hang = flags&8 != 0, flags&16 != 0
	at := int(cut)
	if at > len(text) {
		at = len(text)
	}
	p.Runs = []Run{{Text: text[:at], Size: 10 * Pt}, {Text: text[at:], Size: 1050 * Pt / 100, Style: fonts.Italic}}
	switch flags >> 5 {
	case 1:
		p.Runs = append(p.Runs, Run{Text: "2", Size: 7 * Pt, Rise: 3 * Pt, Glued: true}, Run{Text: ", ", Size: 7 * Pt, Rise: 3 * Pt, Glued: true})
	case 2:
		p.Runs[1].Object = &Object{Width: 15 * Pt, Height: 12 * Pt}
	case 3:
		p.Runs[1].Verbatim = true
	case 4:
		p.Runs[1].Glued = true
		p.Runs[1].Rise = 3 * Pt
	case 5:
		p.Runs[0].Lang = "ru"
	}
	return p
}
