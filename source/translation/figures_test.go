package translation

import (
	"slices"
	"strings"
	"testing"

	"qalam/locales"
)

// Numbers are read with the digits, separators and words of each language.
func TestFigures(t *testing.T) {
	tests := []struct{ lang, text, numbers, months, loose string }{
		{"en", "1,300 and 1.5 and 1,234,567.80", "1300 1.5 1234567.8", "", ""},
		{"en", "2 January 2022, January 3, in May 2019", "2 2022 3 2019", "1 1 5", ""},
		{"en", "You may march on; 7 times", "7", "", ""}, // no months: no number beside them
		{"en", "4–5 and 6-7 and 10:30", "4 5 6 7 10 30", "", ""},
		{"en", "2022-01-27 and 27.01.2022 and 27/1/2022", "2022 27 2022 27 2022 27", "1 1 1", ""},
		{"en", "3/4/2022", "2022", "", "3 4"},
		{"en", "10 thousand, 1.5 million, 2 bn", "10000 1500000 2000000000", "", ""},
		{"en", "fifteen, twenty-one, nineteen million, one hundred and five", "", "", "15 21 19000000 105"},
		{"en", "1.2.3", "1 2 3", "", ""},
		{"en", "007 0.50 1,00", "7 0.5 1 0", "", ""},
		{"en", "3,00,000 in India", "300000", "", ""},
		{"en", "the XIX century and C, I", "", "", "19"},
		{"fr", "1 300, 1\u202f300,5 et 1.300", "1300 1300.5 1300", "", ""},
		{"fr", "1,5 et 3.5, en 2019 100 personnes", "1.5 3.5 2019 100", "", ""},
		{"fr", "le XIXe, le 1er mars 1997", "1 1997", "3", "19"},
		{"de-CH", "1’300.50", "1300.5", "", ""},
		{"ru", "2 января 2022 года, в январе 2022, 19 мая", "2 2022 2022 19", "1 1 5", ""},
		{"ru", "10 тысяч, 1,5 млн человек", "10000 1500000", "", ""},
		{"kk", "2022 жылғы 2 қаңтарда, 1300-ге, 10 мыңға", "2022 2 1300 10000", "1", ""},
		{"kk-Arab", "2022 جىلعى 6 قاڭتار", "2022 6", "1", ""},
		{"ar", "٢ يناير ٢٠٢٢، و٣٠٠٠ و١٠ آلاف", "2 2022 3000 10000", "1", ""},
		{"ar", "٣٬٩٥٠ و١٫٥", "3950 1.5", "", ""},
		{"hi", "1,300 और १२ और 3 लाख", "1300 12 300000", "", ""},
		{"zh-Hans", "2022年1月2日，约1300家，近1万人，第二十条", "2022 2 1300 10000", "1", "20"},
		{"zh-Hans", "一千九百万，二〇二二年十二月", "", "12", "19000000 2022"},
		{"zh-Hans", "1.5亿", "150000000", "", ""},
		{"de", "10 Tausend", "10", "", ""}, // no words of ours: see bare
	}
	for _, test := range tests {
		f := newNumerals(locales.Get(test.lang)).read(test.text)
		for _, part := range []struct {
			name string
			got  []string
			want string
		}{{"numbers", f.numbers, test.numbers}, {"months", f.months, test.months}, {"loose", f.loose, test.loose}} {
			if want := strings.Fields(part.want); !slices.Equal(part.got, want) {
				t.Errorf("%s: %q: %s %q, want %q", test.lang, test.text, part.name, part.got, want)
			}
		}
	}
}

// Reading figures ends, and gives plain numbers, whatever the text is.
func FuzzFigures(f *testing.F) {
	for _, s := range []string{"1,300.5", "٣٬٩٥٠", "二〇二二年", "1/2/3/4", "19.01.2022.", "十亿万万万", "one hundred thousand million"} {
		f.Add(s)
	}
	var languages []*numerals
	for _, tag := range locales.Tags() {
		languages = append(languages, newNumerals(locales.Get(tag)))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range languages {
			got := n.read(s)
			for _, v := range slices.Concat(got.numbers, got.months, got.loose, got.bare) {
				if v == "" || strings.Trim(v, "0123456789.") != "" || strings.Count(v, ".") > 1 {
					t.Errorf("%q has the number %q", s, v)
				}
			}
		}
	})
}
