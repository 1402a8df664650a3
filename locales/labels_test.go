package locales

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// values are the labels by their JSON names.
func values(l Labels) map[string]string {
	m := make(map[string]string)
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		m[v.Type().Field(i).Tag.Get("json")] = v.Field(i).String()
	}
	return m
}

func placeholders(label string) []string {
	names := regexp.MustCompile(`\{[^}]*\}`).FindAllString(label, -1)
	slices.Sort(names)
	return names
}

// sameAsEnglish are the labels that a language shares with English, and why.
var sameAsEnglish = map[string]string{
	"fr notes":      "the French word",
	"fr date":       "the French word",
	"fr note":       "the French word",
	"fr figure":     "the French word",
	"kk field":      "a colon and a space",
	"kk-Latn field": "a colon and a space",
	"kk-Arab field": "a colon and a space",
	"ru field":      "a colon and a space",
	"ar field":      "a colon and a space",
	"hi field":      "a colon and a space",
}

// Every language has every label, with the places for values that English
// has, in words of its own.
func TestLabels(t *testing.T) {
	english := values(Get("en").Labels)
	unused := make(map[string]bool)
	for key := range sameAsEnglish {
		unused[key] = true
	}
	if !slices.Equal(Tags(), []string{"ar", "en", "fr", "hi", "kk", "kk-Arab", "kk-Latn", "ru", "zh-Hans"}) {
		t.Errorf("Tags() = %q", Tags())
	}
	for _, tag := range Tags() {
		l := Get(tag)
		if l.LabelsFrom != tag || l.DataFrom != tag {
			t.Errorf("%s has words from %s and data from %s", tag, l.LabelsFrom, l.DataFrom)
		}
		for name, label := range values(l.Labels) {
			key := tag + " " + name
			if label == "" || label != strings.TrimSpace(label) || strings.Contains(label, "  ") {
				t.Errorf("%s: %q", key, label)
			}
			if got, want := placeholders(label), placeholders(english[name]); !slices.Equal(got, want) {
				t.Errorf("%s: places for %q, want %q", key, got, want)
			}
			if tag != "en" && label == english[name] {
				if sameAsEnglish[key] == "" {
					t.Errorf("%s is English: %q", key, label)
				}
				delete(unused, key)
			}
		}
	}
	for key := range unused {
		t.Errorf("%s is not as in English any more", key)
	}
}

// Labels are written in the script of their language, and each is in Unicode's
// composed form as far as its letters go.
func TestLabelScript(t *testing.T) {
	scripts := map[string]*unicode.RangeTable{
		"Latn": unicode.Latin, "Cyrl": unicode.Cyrillic, "Arab": unicode.Arabic, "Deva": unicode.Devanagari, "Hans": unicode.Han,
	}
	for _, tag := range Tags() {
		l := Get(tag)
		for name, label := range values(l.Labels) {
			for _, p := range placeholders(label) {
				label = strings.ReplaceAll(label, p, "")
			}
			for _, r := range label {
				if unicode.IsLetter(r) && !unicode.Is(scripts[l.Script], r) && !unicode.Is(unicode.Inherited, r) {
					t.Errorf("%s %s: %q has %q", tag, name, label, r)
				}
			}
		}
	}
}

// Quotation marks in labels are those of the language.
func TestLabelQuotes(t *testing.T) {
	for _, tag := range Tags() {
		l := Get(tag)
		open, close := l.Quotes.Open, l.Quotes.Close
		switch tag {
		case "fr":
			open, close = open+"\u00a0", "\u00a0"+close // spaces that do not break
		case "zh-Hans":
			open, close = "《", "》" // what Chinese sets around titles
		}
		if want := open + "{title}" + close; !strings.Contains(l.Labels.TranslationOf, want) {
			t.Errorf("%s: %q has no %q", tag, l.Labels.TranslationOf, want)
		}
	}
}

// Words that others published are those of a label, with its places for
// values, of a language, from a source that is known.
func TestPublishedLabels(t *testing.T) {
	english := values(Get("en").Labels)
	complete := make(map[string]int) // labels by language
	for line := range strings.Lines(labelsTable) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		tag, name, _ := strings.Cut(key, "/")
		source, words, _ := strings.Cut(value, " ")
		if got, err := ParseTag(tag); got != tag || err != nil {
			t.Errorf("%s: %q, %v", key, got, err)
		}
		if !slices.Contains([]string{"docbook", "typst", "cldr"}, source) {
			t.Errorf("%s is from %q", key, source)
		}
		if words == "" || words != strings.TrimSpace(words) || strings.Contains(words, "  ") || !slices.Equal(placeholders(words), placeholders(english[name])) {
			t.Errorf("%s: %q, in English %q", key, words, english[name])
		}
		complete[tag]++
	}
	if len(complete) < 300 || complete["de"] < 15 {
		t.Errorf("words of %d languages, %d in German", len(complete), complete["de"])
	}
}

// Each label is taken from the nearest language that has it, and says so.
func TestLabelSources(t *testing.T) {
	tests := []struct {
		tag, label string
		want       LabelSource
		words      string
	}{
		{"de-AT", "contents", LabelSource{"contents", "de", "docbook"}, "Inhaltsverzeichnis"},
		{"de", "note", LabelSource{"note", "de", "typst"}, "Fußnote {note}"},
		{"uz", "language", LabelSource{"language", "uz", "cldr"}, "Til"},
		{"de", "cover", LabelSource{"cover", "en", "qalam"}, "Cover"},
		{"tr", "contents", LabelSource{"contents", "tr", "docbook"}, "İçindekiler"},
		{"sr-Latn", "notes", LabelSource{"notes", "sr-Latn", "docbook"}, "Primedbe"},
		{"ru", "notes", LabelSource{"notes", "ru", "qalam"}, "Примечания"}, // our own come first
		{"zh-TW", "notes", LabelSource{"notes", "zh-Hant", "docbook"}, "注"},
		{"kk-KZ", "notes", LabelSource{"notes", "kk", "qalam"}, "Ескертпелер"},
		{"nonsense tag", "notes", LabelSource{"notes", "en", "qalam"}, "Notes"},
	}
	for _, test := range tests {
		l := Get(test.tag)
		sources := l.LabelSources()
		i := slices.IndexFunc(sources, func(s LabelSource) bool { return s.Label == test.label })
		if i < 0 || sources[i] != test.want {
			t.Errorf("%s: %v has no %v", test.tag, sources, test.want)
		}
		if got := values(l.Labels)[test.label]; got != test.words {
			t.Errorf("%s: %s is %q, want %q", test.tag, test.label, got, test.words)
		}
		for _, s := range sources {
			if s.Label == "" || s.Tag == "" || s.Source == "" {
				t.Errorf("%s: a label is from nowhere: %v", test.tag, s)
			}
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		label string
		pairs []string
		want  string
	}{
		{"Page {page} of {pages}", []string{"page", "1", "pages", "2"}, "Page 1 of 2"},
		{"{pages} беттің {page}-беті", []string{"page", "1", "pages", "2"}, "2 беттің 1-беті"},
		{"{title} ({language})", []string{"title", "{language}", "language", "Kazakh"}, "{language} (Kazakh)"}, // values are not read
		{"{title}", nil, "{title}"},
		{"{a}{a}", []string{"a", "x"}, "xx"},
	}
	for _, test := range tests {
		if got := Format(test.label, test.pairs...); got != test.want {
			t.Errorf("Format(%q, %q) = %q, want %q", test.label, test.pairs, got, test.want)
		}
	}
}
