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
