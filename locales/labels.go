package locales

import (
	"reflect"
	"strings"
)

// Labels are the words for the parts of an article, in one language. A word
// in braces stands for a value that Format puts there. Each of our own files
// has every label, with the same braces, and a test holds that; other languages
// have those that somebody published, and borrow the rest.
//
// The JSON names are the names of the fields under "labels" in front matter.
type Labels struct {
	Notes    string `json:"notes"`    // heading of the endnotes
	Contents string `json:"contents"` // heading of the table of contents
	About    string `json:"about"`    // heading of the colophon: "About this edition"
	Abstract string `json:"abstract"` // heading of the abstract

	By           string `json:"by"`            // "By {names}"
	EditedBy     string `json:"edited-by"`     // "Edited by {names}"
	TranslatedBy string `json:"translated-by"` // "Translated by {names}"
	Published    string `json:"published"`     // "Published {date}"
	Modified     string `json:"modified"`      // "Last changed {date}"

	// Words before a value, without the colon; Field puts that.
	Title      string `json:"title"`
	Authors    string `json:"authors"`
	Editors    string `json:"editors"`
	Translator string `json:"translators"`
	Language   string `json:"language"`
	Date       string `json:"date"`
	Publisher  string `json:"publisher"`
	Source     string `json:"source"` // the original that a translation was made from, or where it stands
	Rights     string `json:"rights"`
	License    string `json:"license"`
	Identifier string `json:"identifier"`
	Keywords   string `json:"keywords"`
	Address    string `json:"address"` // where this version stands on the web
	Field      string `json:"field"`   // "{label}: {value}"

	TranslationOf string `json:"translation-of"` // "Translation of “{title}” ({language})"
	Basis         string `json:"basis"`          // before the date of the version of the original that was translated
	Since         string `json:"since"`          // before how much of the original has changed since then
	SinceOf       string `json:"since-of"`       // "{changed} of {total} paragraphs"
	Page          string `json:"page"`           // "Page {page} of {pages}"
	Note          string `json:"note"`           // spoken name of a reference: "Note {note}"
	BackToText    string `json:"back-to-text"`   // spoken name of a single way back: "Back to the text"
	BackToRef     string `json:"back-to-ref"`    // of one of several: "Back to reference {ref} of note {note}"
	Figure        string `json:"figure"`         // "Figure {number}"
	Table         string `json:"table"`          // "Table {number}"
	Image         string `json:"image"`          // stands for a picture in plain text: "Image: {alt}"
	Links         string `json:"links"`          // heading of the list of addresses that the text does not show
	Cover         string `json:"cover"`
	Landmarks     string `json:"landmarks"` // heading of the list of a book's parts

	// Sentences of an EPUB's accessibility summary.
	AccessText   string `json:"access-text"`   // text with headings, linked notes and contents
	AccessPlain  string `json:"access-plain"`  // instead of it, where there are no notes
	AccessImages string `json:"access-images"` // every image has a description
}

// A LabelSource says where one of the Labels is from.
type LabelSource struct {
	Label  string // its JSON name: "notes"
	Tag    string // the language of the words: that of the locale, a wider one, or "en"
	Source string // "qalam", or who published them: "docbook", "typst", "cldr"
}

// LabelSources says of every label where it is from, in the order of Labels.
func (l *Locale) LabelSources() []LabelSource {
	var labels Labels
	sources := make([]LabelSource, reflect.TypeFor[Labels]().NumField())
	t, err := parse(l.Tag)
	if err != nil {
		t = subtags{language: "en"}
	}
	for _, tag := range append(t.chain(), "en") {
		f, _ := readFile(tag)
		labels.fill(tag, f, func(i int, s LabelSource) { sources[i] = s })
	}
	return sources
}

// fill puts the words of a language in the places of labels that are still
// empty, first those of its file, which may be nil. It calls found, which may
// be nil too, for each with its number, and reports whether none is empty.
func (l *Labels) fill(tag string, f *file, found func(int, LabelSource)) (complete bool) {
	complete = true
	labels := reflect.ValueOf(l).Elem()
	for i := range labels.NumField() {
		if labels.Field(i).String() != "" {
			continue
		}
		name := labels.Type().Field(i).Tag.Get("json")
		words, source := "", "qalam"
		if f != nil {
			words = reflect.ValueOf(&f.Labels).Elem().Field(i).String()
		}
		if words == "" {
			line, _ := lookup(labelsTable, tag+"/"+name)
			source, words, _ = strings.Cut(line, " ")
		}
		if words == "" {
			complete = false
			continue
		}
		labels.Field(i).SetString(words)
		if found != nil {
			found(i, LabelSource{name, tag, source})
		}
	}
	return complete
}

// Format puts values in the place of {name} in a label:
// Format("Page {page} of {pages}", "page", "1", "pages", "2"). Braces in a
// value stay as they are, and so does a name that has no value.
func Format(label string, pairs ...string) string {
	if len(pairs)%2 != 0 {
		panic("locales: Format: a name without a value")
	}
	braced := make([]string, len(pairs))
	for i, s := range pairs {
		if i%2 == 0 {
			s = "{" + s + "}"
		}
		braced[i] = s
	}
	return strings.NewReplacer(braced...).Replace(label)
}
