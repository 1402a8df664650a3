package locales

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParseTag(t *testing.T) {
	tests := []struct{ in, want string }{
		{"kk", "kk"},
		{"KK_kz", "kk-KZ"},
		{"kk-arab-cn", "kk-Arab-CN"},
		{"ZH-hANS", "zh-Hans"},
		{"es-419", "es-419"},
		{"sr_Latn_RS", "sr-Latn-RS"},
		// Real ones that look like countries' codes stay what they are.
		{"se", "se"}, // Northern Sami
		{"kr", "kr"}, // Kanuri
		{"am", "am"}, // Amharic
		{"si", "si"}, // Sinhala
		// Others have taken their place.
		{"iw", "he"},
		{"in", "id"},
		{"mo", "ro"},
		{"kaz", "kk"},
		{"eng-US", "en-US"},
		{"chi", "zh"},
		{"cmn", "zh"},
		{"sh", "sr-Latn"},
		{"sh-Cyrl", "sr-Cyrl"}, // the tag's own script stays
		{"cnr", "sr-ME"},
		{"en-UK", "en-GB"},
		{"ru-SU", "ru-SU"}, // several countries came of it
		// Languages that follow another.
		{"zh-yue", "yue"},
		{"zh-cmn-Hans-CN", "zh-Hans-CN"},
		{"ar-arz", "arz"},
		{"sgn-ase", "ase"},
		// Tags of old.
		{"i-klingon", "tlh"},
		{"zh-min-nan", "nan"},
		{"en-GB-oed", "en-GB-oxendict"},
		// The rest must look right.
		{"ca-ES-Valencia", "ca-ES-valencia"},
		{"de-CH-1996", "de-CH-1996"},
		{"th-u-ca-buddhist", "th-u-ca-buddhist"},
		{"kk-Latn-x-2021", "kk-Latn-x-2021"},
		{"kk-x-a-b", "kk-x-a-b"},
		{"qaa", "qaa"},
		{"en-XA", "en-XA"},
		{"und", "und"},
		{"mul", "mul"},
	}
	for _, test := range tests {
		if got, err := ParseTag(test.in); got != test.want || err != nil {
			t.Errorf("ParseTag(%q) = %q, %v; want %q", test.in, got, err, test.want)
		}
	}
}

// A wrong tag is refused with what is wrong, or with the tag that was meant.
func TestTagError(t *testing.T) {
	tests := []struct{ in, suggestion, text string }{
		{"kz", "kk", `"kz" is not the tag of a language; that of Kazakh is "kk"`},
		{"KZ", "kk", ""},
		{"kz-KZ", "kk-KZ", ""},
		{"kz_Latn", "kk-Latn", `"kz_Latn" is not the tag of a language; that of Kazakh (Latin) is "kk-Latn"`},
		{"cn", "zh", ""},
		{"jp", "ja", ""},
		{"ua", "uk", ""},
		{"gr", "el", ""},
		{"cz", "cs", ""},
		{"dk", "da", ""},
		{"by", "be", ""},
		{"us", "en-US", ""},
		{"Kazakh", "kk", ""},
		// Locales of POSIX.
		{"kk_KZ.UTF-8", "kk-KZ", ""},
		{"sr_RS@latin", "sr-Latn-RS", ""},
		{"de_DE.ISO8859-1@euro", "de-DE", ""},
		{"kz_KZ.UTF-8", "kk", ""},
		{"english", "en", ""},
		{"русский", "ru", ""},
		{"қазақ тілі", "kk", ""},
		{"qazaq tılı", "kk-Latn", ""},
		{"中文", "zh", ""},
		{"Deutsch", "de", ""},
		{"Simplified Chinese", "zh-Hans", `"Simplified Chinese" is not the tag of a language; that of Simplified Chinese is "zh-Hans"`},
		{"zz", "", `"zz" is not the tag of a language: there is no language zz`},
		{"", "", `"" is not the tag of a language: it is empty`},
		{"k", "", "a tag starts with a language"},
		{"x-mine", "", "a tag starts with a language"},
		{"419", "", "a tag starts with a language"},
		{"kk-", "", "its parts are"},
		{"-kk", "", "its parts are"},
		{"kk--KZ", "", "its parts are"},
		{"kk KZ", "", "its parts are"},
		{"kk.md", "", "its parts are"},
		{"\u212a\u212a", "", "its parts are"}, // Kelvin signs
		{"kk-Xxxx", "", "there is no script Xxxx"},
		{"kk-QB", "", "there is no region QB"},
		{"kk-KZ-Cyrl", "", "cyrl is neither"},
		{"kk-abc", "", "abc is neither"},
		{"de-1996-1996", "", "it has 1996 twice"},
		{"de-u-co-phonebk-u-ca", "", "it has the extension u twice"},
		{"de-u", "", "nothing follows the u"},
		{"de-x", "", "nothing follows the x"},
	}
	for _, test := range tests {
		tag, err := ParseTag(test.in)
		var wrong *TagError
		if tag != "" || !errors.As(err, &wrong) {
			t.Errorf("ParseTag(%q) = %q, %v", test.in, tag, err)
			continue
		}
		if wrong.Tag != test.in || wrong.Suggestion != test.suggestion {
			t.Errorf("ParseTag(%q): %q means %q, want %q", test.in, wrong.Tag, wrong.Suggestion, test.suggestion)
		}
		if !strings.Contains(err.Error(), test.text) {
			t.Errorf("ParseTag(%q): %v; want %s", test.in, err, test.text)
		}
	}
}

// The chain never leaves the script.
func TestChain(t *testing.T) {
	for tag, want := range map[string][]string{
		"kk":                {"kk", "kk-Cyrl"},
		"kk-KZ":             {"kk-KZ", "kk-Cyrl-KZ", "kk-Cyrl", "kk"},
		"kk-Latn":           {"kk-Latn"},
		"kk-CN":             {"kk-CN", "kk-Arab-CN", "kk-Arab"},
		"zh-TW":             {"zh-TW", "zh-Hant-TW", "zh-Hant"},
		"ca-ES-valencia":    {"ca-ES-valencia", "ca-ES", "ca-Latn-ES", "ca-Latn", "ca"},
		"ur-Aran":           {"ur-Aran", "ur-Arab", "ur"},
		"de-Latf-DE":        {"de-Latf-DE", "de-Latn-DE", "de-DE", "de-Latn", "de"},
		"sr-Latn-RS-x-mine": {"sr-Latn-RS-x-mine", "sr-Latn-RS-x", "sr-Latn-RS", "sr-Latn"},
	} {
		tags, err := parse(tag)
		if err != nil {
			t.Fatal(err)
		}
		if got := tags.chain(); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// A canonical tag is its own canonical form, of any case, and has a locale.
func FuzzParseTag(f *testing.F) {
	for _, s := range []string{"KK_kz", "zh-cmn-Hans", "sh", "i-default", "de-1996-u-co-phonebk-x-a", "kz", "hy-arevmda", "sgn-BE-FR", "x-a"} {
		f.Add(s)
	}
	for line := range strings.Lines(subtagsTable) {
		if key, value, _ := strings.Cut(line, "\t"); strings.HasPrefix(value, kindAlias) {
			f.Add(key)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		tag, err := ParseTag(s)
		if err != nil {
			var wrong *TagError
			if tag != "" || !errors.As(err, &wrong) {
				t.Fatalf("ParseTag(%q) = %q, %v", s, tag, err)
			}
			if again, err := ParseTag(wrong.Suggestion); wrong.Suggestion != "" && (err != nil || again != wrong.Suggestion) {
				t.Errorf("ParseTag(%q) suggests %q, which is %q, %v", s, wrong.Suggestion, again, err)
			}
			return
		}
		if again, err := ParseTag(tag); again != tag || err != nil {
			t.Errorf("ParseTag(%q) = %q, and of that %q, %v", s, tag, again, err)
		}
		if upper, err := ParseTag(strings.ToUpper(tag)); upper != tag || err != nil {
			t.Errorf("ParseTag(%q) in capitals is %q, %v", tag, upper, err)
		}
		if l := Get(tag); l.Tag != tag || l.Script == "" || l.Name == "" || l.Quotes.Open == "" || l.Labels.Notes == "" {
			t.Errorf("Get(%q) is %q, %q, %q", tag, l.Tag, l.Script, l.Name)
		}
	})
}
