package hyphen

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A tag finds its own language, in its own script, or a wider one.
func TestFor(t *testing.T) {
	tests := []struct{ tag, want string }{ // a set, "rules", "none" or "" for nil
		{"en", "en-us"},
		{"EN-us", "en-us"},
		{"en-CA", "en-us"},
		{"en-GB", "en-gb"},
		{"en-GB-oxendict", "en-gb"},
		{"en-Latn-IE", "en-gb"},
		{"en-IN", "en-gb"},
		{"en-001", "en-gb"},
		{"en-Shaw", ""},
		{"fr-CA", "fr"},
		{"fr-x-mine", "fr"},
		{"de-CH", "de-1996"},
		{"de-1996", "de-1996"},
		{"de-1901", "none"},
		{"de-CH-1901", "none"},
		{"de-x-1901", "de-1996"}, // means something to one person only
		{"el-polyton", "none"},
		{"el", "el-monoton"},
		{"ru", "ru"},
		{"ru-Latn", ""},
		{"kk", "rules"},
		{"kk-KZ", "rules"},
		{"kk-Cyrl-CN", "rules"},
		{"kk-Latn", "rules"},
		{"kk-Arab", ""},
		{"kk-CN", ""}, // in Arabic script
		{"ky", "rules"},
		{"ky-CN", ""},
		{"sr", "sh-cyrl"},
		{"sr-Latn", "sh-latn"},
		{"sr-Latn-RS", "sh-latn"},
		{"sr-ME", "sh-latn"},
		{"sr-Cyrl-ME", "sh-cyrl"},
		{"ku", "kmr"},
		{"ku-IQ", ""},
		{"nb", "no"},
		{"nn-NO", "no"},
		{"mn", "mn"},
		{"mn-Mong", ""},
		{"cs", "none"},
		{"pa-Arab", ""},
		{"hi-Latn", ""},
		{"zh-Hans", ""},
		{"xx", ""},
		{"e", ""},
		{"", ""},
		{"-", ""},
		{"en-", "en-us"},
	}
	for _, test := range tests {
		got := ""
		switch h := For(test.tag); {
		case h == nil:
		case h.Kind() == Rules:
			got = "rules"
		case h.Kind() == None:
			got = "none"
		default:
			got = h.language.set
		}
		if got != test.want {
			t.Errorf("For(%q) is %q, want %q", test.tag, got, test.want)
		}
	}
}

// Each language divides as its readers expect; ab-cd stands for a position.
func TestPositions(t *testing.T) {
	tests := []struct{ tag, want string }{
		// Published: Liang's thesis and the exception log of TUGboat 10:3.
		{"en", "hy-phen-ation"},
		{"en", "as-so-ciate"},
		{"en", "project"}, // a verb, pro-ject, or a noun, proj-ect
		{"en", "dec-li-na-tion"},
		{"en-GB", "hy-phen-a-tion"},
		{"en-GB", "re-spons-ib-il-ity"},
		{"de", "Do-nau-dampf-schiff-fahrts-ge-sell-schaft"},
		{"de", "Stra-ßen-bahn"},
		{"fr", "bi-blio-gra-phique"},
		{"fr", "l’an-ti-cons-ti-tu-tion-nel-le-ment"},
		{"es", "cons-ti-tu-ción"},
		{"it", "co-sti-tu-zio-ne"},
		{"pt", "cons-ti-tui-ção"},
		{"ru", "пе-ре-но-сы"},
		{"ru", "го-су-дар-ствен-ный"},
		{"tr", "de-ğer-len-dir-me"},
		{"pl", "prze-nie-sie-nie"},
		{"uk", "об’-єд-нан-ня"},

		// Parts that patterns leave without a vowel join the one before.
		{"uk", "сьо-го-дні"},
		{"be", "дзяр-жаў-ны"},
		{"be", "на-ро-джан-няў"},
		{"be", "бе-ла-рус-кая"},

		// Case, as the language has it.
		{"en", "Hy-phen-ation"},
		{"tr", "İs-tan-bul"},
		{"tr", "Is-par-ta"},
		{"el", "Σύ-νταγ-μα"},

		// Capitals: abbreviations and names of things.
		{"en", "UNESCO"},
		{"ru", "ЮНЕСКО"},
		{"kk", "АҚШ"},
		{"kk", "ЮНЕСКО"},
		{"en", "PostScript"},
		{"fr", "L’As-sem-blée"}, // of these, each part has one
		{"fr", "L’ASSEMBLÉE"},
		{"it", "DELL’Avvenimento"},

		// Decomposed letters are not taken apart, and stress marks stay.
		{"fr", norm.NFD.String("dé-pê-cher")},
		{"fr", norm.NFD.String("élé-gam-ment")},
		{"ru", "пе-ре-но\u0301-сы"},
		{"ru", norm.NFD.String("ва-ви-лон-ский")},
		{"kk", norm.NFD.String("да-йын-дау")},

		// Signs about a word and in it.
		{"en", "(hy-phen-ation),"},
		{"en", "“hy-phen-ation”"},
		{"en", "‘hy-phen-ation’s’"},
		{"fr", "’bi-blio-gra-phique’"},
		{"en", "mul-ti-lin-gual/hy-phen-ation"},
		{"en", "every-thing’s"},
		{"en", "every-thing's"},
		{"it", "del-l’av-ve-ni-men-to"},

		// What is no word.
		{"en", "hyphenation2"},
		{"en", "hyphen_ation"},
		{"en", "https://example.org/hyphenation"},
		{"en", "www.hyphenation.example"},
		{"en", "hyphenation@example.org"},
		{"en", "переносы"}, // in letters of another language
		{"en", "漢字漢字漢字"},
		{"en", ""},
		{"en", "…"},

		// Nothing is known of the place.
		{"cs", "rozdělování"},
		{"zh", "hyphenation"},
	}
	for _, test := range tests {
		want := test.want
		word := strings.ReplaceAll(want, "-", "")
		if got := hyphenated(For(test.tag), word); got != want {
			t.Errorf("%s: %s, want %s", test.tag, got, want)
		}
	}
}

// A word with a hyphen of its own is as many words as it has parts, each with
// its margins.
func TestOwnHyphen(t *testing.T) {
	for word, want := range map[string]string{
		"well-responsibility": "well-re|spon|si|bil|ity",
		"hyphenation-free":    "hy|phen|ation-free",
		"hyphenation–2026":    "hy|phen|ation–2026",
		"1990-responsibility": "1990-re|spon|si|bil|ity",
	} {
		var b strings.Builder
		at := 0
		for _, p := range For("en").Positions(nil, word) {
			b.WriteString(word[at:p] + "|")
			at = p
		}
		if got := b.String() + word[at:]; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Positions come after what is in dst.
func TestPositionsAppends(t *testing.T) {
	if got, want := For("en").Positions([]int{7}, "hyphenation"), []int{7, 2, 6}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Languages that repeat a hyphen at the start of the next line do so whether
// we have their patterns or not.
func TestRepeats(t *testing.T) {
	for tag, want := range map[string]bool{
		"pl": true, "pt-BR": true, "cs": true, "sk": true, "hr": true, "dsb": true,
		"en": false, "de": false, "es": false, "kk": false, "zh": false,
	} {
		if got := For(tag).Repeats(); got != want {
			t.Errorf("Repeats of %s is %v", tag, got)
		}
	}
}

// A long word takes time in proportion to its length, and its places do not
// depend on what is far away.
func TestLong(t *testing.T) {
	const n = 200_000
	for tag, part := range map[string]string{"en": "multilingual", "kk": "атыстыру", "uk": "державний"} {
		// between are the places in one of the parts, from its start.
		got := For(tag).Positions(nil, strings.Repeat(part, n))
		between := func(i int) []int {
			var places []int
			for _, p := range got {
				if p >= i*len(part) && p < (i+1)*len(part) {
					places = append(places, p-i*len(part))
				}
			}
			return places
		}
		first, last := between(2), between(n-3)
		if len(first) == 0 || !slices.Equal(first, last) {
			t.Errorf("%s: %v near the start, %v near the end", tag, first, last)
		}
	}
}

func FuzzPositions(f *testing.F) {
	for _, tag := range []string{"en", "fr", "kk", "ky", "kk-Latn", "uk", "hi", "af", "cop"} {
		f.Add(tag, "l’anticonstitutionnellement")
		f.Add(tag, "да-йындық, объект")
		f.Add(tag, "अंतर्राष्ट्रीय e\u0301\u0301tat")
		f.Add(tag, "''a'b’’")
		f.Add(tag, "\xff İstanbul\u00ad")
	}
	f.Fuzz(func(t *testing.T, tag, word string) {
		h := For(tag)
		last := 0
		for _, p := range h.Positions(nil, word) {
			if p <= last || p >= len(word) {
				t.Fatalf("%q: %d after %d", word, p, last)
			}
			if !utf8.RuneStart(word[p]) {
				t.Fatalf("%q: %d is within a character", word, p)
			}
			before, _ := utf8.DecodeLastRuneInString(word[:p])
			after, _ := utf8.DecodeRuneInString(word[p:])
			if unicode.IsMark(after) || !unicode.IsLetter(after) && kindOf(after) != apostrophe {
				t.Fatalf("%q: %d is before %q", word, p, after)
			}
			if kindOf(before) == sign || kindOf(before) == digit {
				t.Fatalf("%q: %d is after %q", word, p, before)
			}
			// So many characters stand on both sides.
			if n := letters(word[last:p]); last == 0 && n < h.language.left {
				t.Fatalf("%q: %d leaves %d letters", word, p, n)
			}
			last = p
		}
		if last > 0 && letters(word[last:]) < h.language.right {
			t.Fatalf("%q: %d carries %q", word, last, word[last:])
		}
	})
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if k := kindOf(r); k != sign && k != digit {
			n++
		}
	}
	return n
}

// What a process pays for the first word of a language, but for its pages of
// the program.
func BenchmarkFor(b *testing.B) {
	for b.Loop() {
		For("ru")
	}
}

func BenchmarkPositions(b *testing.B) {
	for _, bench := range []struct{ tag, word string }{
		{"en", "responsibility"}, {"ru", "электрификация"}, {"kk", "орналастыру"},
	} {
		b.Run(bench.tag, func(b *testing.B) {
			h := For(bench.tag)
			var dst []int
			for b.Loop() {
				dst = h.Positions(dst[:0], bench.word)
			}
		})
	}
}
