package paragraph

import (
	"strings"
	"testing"

	"qalam/export/fonts"
	"qalam/locales"
)

// divided shows where the words of a text may be divided, and where they
// should rather not be.
func divided(s *Setter, p *Paragraph) string {
	s.prepare(p)
	s.findHyphens(p, 0, len(s.text.chars))
	var out []rune
	next := 0
	for i, r := range s.text.chars {
		if next < len(s.hyphens) && int(s.hyphens[next].char) == i {
			mark := '-'
			if s.hyphens[next].penalty == lastPenalty {
				mark = '='
			}
			out = append(out, mark)
			next++
		}
		out = append(out, r)
	}
	return string(out)
}

// Words are divided by the language of their run: not short ones, not code and
// addresses, not those that an author has divided, and not gladly the last one.
func TestHyphens(t *testing.T) {
	tests := []struct {
		name string
		runs []Run
		want string
	}{
		{"words", []Run{{Text: "The children were responsible."}}, "The chil-dren were re=spon=si=ble."},
		{"short words", []Run{{Text: "After them only apes"}}, "Af-ter them only apes"},
		{"with marks", []Run{{Text: "(“children’s”) x"}}, "(“chil-dren’s”) x"},
		{"parts of a compound", []Run{{Text: "super-responsible x"}}, "su-per-re-spon-si-ble x"},
		{"numbers", []Run{{Text: "responsible4 4responsible responsi_ble x"}}, "responsible4 4responsible responsi_ble x"},
		{"soft hyphens", []Run{{Text: "respon\u00adsible x"}}, "respon\u00adsible x"},
		{"addresses", []Run{{Text: "https://responsible.example.org/responsible x"}}, "https://responsible.example.org/responsible x"},
		{"code", []Run{{Text: "responsible ", Verbatim: true}, {Text: "responsible x"}}, "responsible re-spon-si-ble x"},
		{"half of it code", []Run{{Text: "respon"}, {Text: "sible", Verbatim: true}, {Text: " x"}}, "responsible x"},
		{"over two runs", []Run{{Text: "respon"}, {Text: "sible", Style: fonts.Italic}, {Text: " x"}}, "re-spon-si-ble x"},
		{"another language", []Run{{Text: "responsible "}, {Text: "ответственность", Lang: "ru"}, {Text: " x"}}, "re-spon-si-ble от-вет-ствен-ность x"},
		{"two languages in a word", []Run{{Text: "respon"}, {Text: "sible", Lang: "fr"}, {Text: " x"}}, "responsible x"},
		{"no language of ours", []Run{{Text: "responsible x", Lang: "und"}}, "responsible x"},
		{"a month", []Run{{Text: "12 апреля, апреля x", Lang: "ru"}}, "12 ап=ре=ля, ап-ре-ля x"},
		{"a unit", []Run{{Text: "7\u00a0kilometre x"}}, "7\u00a0kilo=me=tre x"},
		{"an end of two letters", []Run{{Text: "народы; заводы; награды.", Lang: "ru"}}, "на-ро-ды; за-во-ды; на=грады."},
		{"with a mark of a note", []Run{{Text: "responsible"}, {Text: "ab", Glued: true}, {Text: " x"}}, "re-spon-si-bleab x"},
	}
	s := NewSetter(fonts.NewFamily(nil))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for i := range test.runs {
				test.runs[i].Size = 10 * Pt
			}
			p := &Paragraph{Runs: test.runs, Lang: "en-US", Dir: locales.LTR, Measure: 300 * Pt, Hyphenate: true}
			if got := divided(s, p); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// The hyphen that is repeated at the start of a line has its place there: where
// it does not fit, the line ends elsewhere.
func TestRepeatedHyphen(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	set := func(text string, measure Length) (*Paragraph, []Line) {
		p := &Paragraph{Runs: []Run{{Text: text, Size: 10 * Pt}}, Lang: "pl", Dir: locales.LTR, Measure: measure, Hyphenate: true}
		lines, broken := s.Lines(p)
		check(t, p, lines, broken)
		return p, lines
	}
	least, _ := s.Widths(&Paragraph{Runs: []Run{{Text: "mmmm", Size: 10 * Pt}}, Lang: "pl", Dir: locales.LTR})
	p, lines := set("biało-mmmm", least+Pt)
	for _, line := range lines {
		for _, pc := range line.Pieces {
			if pc.LetterSpace != 0 {
				t.Errorf("a line was squeezed:\n%s", dump(p, lines))
			}
		}
	}
	least, _ = s.Widths(&Paragraph{Runs: []Run{{Text: "biało-", Size: 10 * Pt}}, Lang: "pl", Dir: locales.LTR})
	p, lines = set("biało-tam", least)
	if len(lines) != 2 || !lines[1].Pieces[0].Hyphen || lines[1].Pieces[0].X != 0 {
		t.Errorf("the hyphen is not repeated:\n%s", dump(p, lines))
	}
}

// A number stays with the word after it where the lines are as good.
func TestNumberAndUnit(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	apart := func(text string) (n int) {
		for measure := Length(80); measure < 240; measure++ {
			lines, _ := s.Lines(&Paragraph{Lang: "en", Dir: locales.LTR, Measure: measure * Pt, Align: Justify, Hyphenate: true,
				Runs: []Run{{Text: text, Size: 10 * Pt}}})
			for _, l := range lines[:len(lines)-1] {
				if text := l.Pieces[len(l.Pieces)-1].Text; strings.HasSuffix(text, "00") {
					n++
				}
			}
		}
		return n
	}
	const words = "it is now said that all of them went on for some 100 km and then were in need of a rest of some 500 hours or so, "
	with := apart(strings.Repeat(words, 3))
	// The same glyphs, but with something after the number that nobody sees.
	if without := apart(strings.ReplaceAll(strings.Repeat(words, 3), "00 ", "00\u2060 ")); with*10 > without*9 {
		t.Errorf("%d numbers end a line, and without the rule %d", with, without)
	}
}

// A word that is wider than its line is divided in any paragraph, and others
// are not; one that no dictionary divides is broken and reported.
func TestWideWords(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	for _, align := range []Align{Start, End, Center, Justify} {
		p := &Paragraph{Lang: "de", Dir: locales.LTR, Measure: 80 * Pt, Align: align, Runs: []Run{
			{Text: "Eine verwegene Donaudampfschifffahrtsgesellschaft besonderer Bedeutung", Size: 10 * Pt},
		}}
		lines, broken := s.Lines(p)
		check(t, p, lines, broken)
		if len(broken) > 0 {
			t.Errorf("align %d: broken are %v", align, broken)
		}
		var divided []string
		for i, l := range lines {
			last := l.Pieces[len(l.Pieces)-1]
			if !l.Open {
				continue
			}
			if !last.Hyphen {
				t.Errorf("align %d: line %d ends without a hyphen", align, i)
				continue
			}
			divided = append(divided, l.Pieces[len(l.Pieces)-2].Text)
		}
		if len(divided) == 0 || !strings.HasPrefix(divided[0], "Donau") && !strings.HasSuffix(divided[0], " Donau") {
			t.Errorf("align %d: %q are divided\n%s", align, divided, dump(p, lines))
		}
		for _, d := range divided {
			if strings.HasPrefix(d, "be") || strings.HasPrefix(d, "Be") {
				t.Errorf("align %d: %q is divided, which fits its line", align, d)
			}
		}
	}
}
