package locales

import (
	"strings"
	"testing"
)

// What a language takes from itself, from a wider one, and from English.
func TestGet(t *testing.T) {
	tests := []struct {
		tag            string
		want           string // Tag
		script         string
		dir            Direction
		name           string
		labels, data   string
		open, openLast string
	}{
		{"en", "en", "Latn", LTR, "English", "en", "en", "“", "‘"},
		{"en-GB", "en-GB", "Latn", LTR, "British English", "en", "en-GB", "“", "‘"},
		{"kk", "kk", "Cyrl", LTR, "қазақ тілі", "kk", "kk", "«", "“"},
		{"KK_kz", "kk-KZ", "Cyrl", LTR, "қазақ тілі", "kk", "kk", "«", "“"},
		{"kk-Cyrl", "kk-Cyrl", "Cyrl", LTR, "қазақ тілі", "kk", "kk", "«", "“"},
		{"kk-Latn", "kk-Latn", "Latn", LTR, "qazaq tılı", "kk-Latn", "kk-Latn", "«", "“"},
		{"kk-Arab", "kk-Arab", "Arab", RTL, "قازاق ءتىلى (توتە)", "kk-Arab", "kk-Arab", "«", "‹"},
		{"kk-CN", "kk-CN", "Arab", RTL, "قازاق ءتىلى (توتە)", "kk-Arab", "kk-Arab", "«", "‹"}, // the script that China writes
		{"kk-x-mine", "kk-x-mine", "Cyrl", LTR, "қазақ тілі", "kk", "kk", "«", "“"},
		{"ru", "ru", "Cyrl", LTR, "русский", "ru", "ru", "«", "„"},
		{"fr", "fr", "Latn", LTR, "français", "fr", "fr", "«", "«"},
		{"fr-CA", "fr-CA", "Latn", LTR, "français canadien", "fr", "fr-CA", "«", "”"},
		{"ar", "ar", "Arab", RTL, "العربية", "ar", "ar", "”", "’"},
		{"hi", "hi", "Deva", LTR, "हिन्दी", "hi", "hi", "“", "‘"},
		{"hi-Latn", "hi-Latn", "Latn", LTR, "Hindi (Latin)", "en", "hi-Latn", "“", "‘"},
		{"zh", "zh", "Hans", LTR, "中文", "zh-Hans", "zh", "“", "‘"},
		{"zh-CN", "zh-CN", "Hans", LTR, "简体中文", "zh-Hans", "zh-Hans", "“", "‘"},
		{"zh-TW", "zh-TW", "Hant", LTR, "繁體中文", "en", "zh-Hant", "「", "『"}, // not the words of zh-Hans
		{"sr", "sr", "Cyrl", LTR, "српски", "en", "sr", "„", "’"},
		{"sr-Latn-RS", "sr-Latn-RS", "Latn", LTR, "srpski", "en", "sr-Latn", "„", "’"},
		{"ru-Latn", "ru-Latn", "Latn", LTR, "ru-Latn", "en", "en", "“", "‘"}, // no Cyrillic words in Latin text
		{"uz-AF", "uz-AF", "Arab", RTL, "اوزبیک", "en", "uz-Arab", "“", "‘"},
		{"he", "he", "Hebr", RTL, "עברית", "en", "he", "”", "’"},
		{"ug", "ug", "Arab", RTL, "ئۇيغۇرچە", "en", "ug", "«", "‹"},
		{"dv", "dv", "Thaa", RTL, "dv", "en", "dv", "“", "‘"},
		{"nqo", "nqo", "Nkoo", RTL, "ߒߞߏ", "en", "nqo", "“", "‘"},
		{"syr", "syr", "Syrc", RTL, "ܣܘܪܝܝܐ", "en", "syr", "”", "’"},
		{"en-Arab", "en-Arab", "Arab", RTL, "en-Arab", "en", "en", "“", "‘"},
		{"tlh", "tlh", "Latn", LTR, "tlh", "en", "en", "“", "‘"}, // a language of which CLDR says nothing
		{"kz", "kz", "Latn", LTR, "kz", "en", "en", "“", "‘"},    // no language
		{"", "", "Latn", LTR, "", "en", "en", "“", "‘"},
	}
	for _, test := range tests {
		l := Get(test.tag)
		if l.Tag != test.want || l.Script != test.script || l.Dir != test.dir || l.Name != test.name {
			t.Errorf("Get(%q) is %q, %s, %s, %q", test.tag, l.Tag, l.Script, l.Dir, l.Name)
		}
		if l.LabelsFrom != test.labels || l.DataFrom != test.data {
			t.Errorf("Get(%q) has words from %q and data from %q, want %q and %q", test.tag, l.LabelsFrom, l.DataFrom, test.labels, test.data)
		}
		if l.Quotes.Open != test.open || l.Quotes.InnerOpen != test.openLast {
			t.Errorf("Get(%q): quotation marks %v", test.tag, l.Quotes)
		}
	}
}

// The marks of the languages that we have words for.
func TestQuotes(t *testing.T) {
	for tag, want := range map[string]Quotes{
		"ar":      {"”", "“", "’", "‘"},
		"en":      {"“", "”", "‘", "’"},
		"fr":      {"«", "»", "«", "»"},
		"hi":      {"“", "”", "‘", "’"},
		"kk":      {"«", "»", "“", "”"},
		"kk-Arab": {"«", "»", "‹", "›"}, // in the order of the text; CLDR has them as they are seen
		"kk-Latn": {"«", "»", "“", "”"},
		"ru":      {"«", "»", "„", "“"},
		"zh-Hans": {"“", "”", "‘", "’"},
	} {
		if got := Get(tag).Quotes; got != want {
			t.Errorf("%s: %v, want %v", tag, got, want)
		}
	}
}

func TestLanguageName(t *testing.T) {
	tests := []struct{ in, of, want string }{
		{"en", "kk", "Kazakh"},
		{"en", "kk-KZ", "Kazakh"},
		{"en", "kk-Latn", "Kazakh (Latin)"},
		{"en", "kk-Arab", "Kazakh (Arabic)"},
		{"en", "kk-CN", "Kazakh (Arabic)"},
		{"en", "zh-TW", "Traditional Chinese"},
		{"en", "en-GB", "British English"},
		{"kk", "en", "ағылшын тілі"},
		{"kk", "kk-Latn", "қазақ тілі (латын жазуы)"},
		{"kk-Latn", "en", "ağylşyn tılı"},
		{"kk-Latn", "kk-Arab", "qazaq tılı (arab jazuy)"},
		{"kk-Latn", "yo", "Èdè Yorùbá"}, // not one of the names that we have: its own
		{"kk-Arab", "en", "اعىلشىن ءتىلى"},
		{"ru", "kk", "казахский"},
		{"ru-KZ", "kk", "казахский"},
		{"fr", "kk", "kazakh"},
		{"ar", "kk", "الكازاخستانية"},
		{"hi", "kk", "कज़ाख़"},
		{"zh-Hans", "kk-Latn", "哈萨克语（拉丁文）"},
		{"zh-CN", "en", "英语"},
		{"sr-Latn", "kk", "kazaški"},
		{"en", "tlh", "tlh"},
		{"en", "kz", "kz"},
		{"kz", "kk", "Kazakh"},
	}
	for _, test := range tests {
		if got := Get(test.in).LanguageName(test.of); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.of, test.in, got, test.want)
		}
	}
}

func TestFormatList(t *testing.T) {
	for tag, want := range map[string]string{
		"en":      "|A|A and B|A, B, and C|A, B, C, and D",
		"en-GB":   "|A|A and B|A, B and C|A, B, C and D",
		"kk":      "|A|A және B|A, B, C|A, B, C, D",
		"kk-Latn": "|A|A jäne B|A, B, C|A, B, C, D",
		"kk-Arab": "|A|A جانە B|A، B جانە C|A، B، C جانە D",
		"ru":      "|A|A и B|A, B и C|A, B, C и D",
		"fr":      "|A|A et B|A, B et C|A, B, C et D",
		"ar":      "|A|A وB|A وB وC|A وB وC وD",
		"hi":      "|A|A और B|A, B, और C|A, B, C, और D",
		"zh-Hans": "|A|A和B|A、B和C|A、B、C和D",
		"ti":      "|A|Aን Bን|A፣ Bን Cን|A፣ B፣ Cን Dን", // words on both sides of each item
	} {
		var got []string
		for n := range 5 {
			got = append(got, Get(tag).FormatList([]string{"A", "B", "C", "D"}[:n]))
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	// Items are not read for places of other items.
	if got := Get("en").FormatList([]string{"{1}", "{0}"}); got != "{1} and {0}" {
		t.Errorf("items with braces: %q", got)
	}
}

// What each language version of an article costs before it is composed.
func BenchmarkGet(b *testing.B) {
	for _, tag := range []string{"en", "kk-KZ", "ar", "zh-TW"} {
		b.Run(tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Get(tag)
			}
		})
	}
}

// A title is sorted without the article of its own language, and of no other.
func TestFileAs(t *testing.T) {
	tests := []struct{ tag, title, want string }{
		{"en", "The days of January", "days of January, The"},
		{"en-GB", "A day", "day, A"},
		{"en", "Then", "Then"},
		{"en", "A", "A"},
		{"en", "The ", "The "},
		{"en", "Le Monde", "Le Monde"},
		{"fr", "L’été", "été, L’"},
		{"fr", "Les journées", "journées, Les"},
		{"fr", "Lé", "Lé"},
		{"de", "The Guardian", "The Guardian"}, // has English words, and not English articles
		{"ru", "Дни", "Дни"},
	}
	for _, test := range tests {
		if got := Get(test.tag).FileAs(test.title); got != test.want {
			t.Errorf("%s: %q is sorted as %q, want %q", test.tag, test.title, got, test.want)
		}
	}
}
