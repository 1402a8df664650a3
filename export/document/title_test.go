package document

import (
	"slices"
	"strings"
	"testing"

	"qalam/locales"
	"qalam/source"
)

// bilingual is an article with everything that its head can say, and its
// translation.
func bilingual() (f *source.Folder, original, translation *source.Article) {
	original = article([]source.Block{par(text("a"))})
	original.Header = source.Header{
		Title: `The "days"`, Subtitle: "A year", Slug: "days", URL: "https://example.org/days",
		Date: locales.Date{Year: 2022, Month: 1, Day: 27}, Modified: locales.Date{Year: 2022, Month: 2},
		Authors: []source.Person{{Name: "A. Author"}, {Name: "B. O'Author"}}, Editors: []source.Person{{Name: "C. Editor"}},
		Publisher: "Example Press", Place: "Boston", License: "CC-BY-4.0", Rights: "© 2022 A. Author",
		Identifiers: source.Identifiers{DOI: "10.5555/12345678", ISSN: "0317-8471"},
	}
	translation = article([]source.Block{par(text("a"))})
	translation.Path, translation.Lang = "locales/fr.md", "fr"
	translation.Header = source.Header{Title: "Les jours", Slug: "days", Translators: []source.Person{{Name: "D. Translator"}}}
	return folder(original, translation), original, translation
}

// The head of a text file has its fields in their order, and nothing of what
// is not known.
func TestHead(t *testing.T) {
	f, original, translation := bilingual()
	head := func(a *source.Article) []string {
		d, _ := Compose(f, a)
		var lines []string
		for _, field := range d.Head() {
			if field.Label == "" || strings.HasSuffix(field.Label, ":") {
				t.Errorf("%s has the label %q", field.Name, field.Label)
			}
			lines = append(lines, field.Name+" "+inlines(field.Value))
		}
		return lines
	}
	want := []string{
		"title The “days”: A year",
		"authors A. Author and B. O’Author",
		"editors C. Editor",
		"language English",
		"date January 27, 2022",
		"modified February 2022",
		"publisher Boston: Example Press",
		"address link{https://example.org/days}{https://example.org/days}",
		"license link{https://creativecommons.org/licenses/by/4.0/}{Creative Commons Attribution 4.0 International}",
		"rights © 2022 A. Author",
		"doi link{https://doi.org/10.5555/12345678}{10.5555/12345678}",
		"issn 0317-8471",
		"identifier urn:uuid:4e13d815-4b89-5f8c-ab28-e292bd25ebb9",
	}
	if got := head(original); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	want = []string{
		"title Les jours",
		"translators D.\u00a0Translator",
		"language français",
		"source Traduction de «\u00A0span{en ltr}{link{https://example.org/days}{The “days”}}\u00A0» (anglais)",
		"identifier urn:uuid:189b345b-ed43-51ab-9364-e9dc3c2a6574",
	}
	if got := head(translation); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// The words of the title block are those that a reader sees, in order.
func TestTitleWords(t *testing.T) {
	f, original, _ := bilingual()
	original.Header.Section, original.Header.Abstract = "World", "In short."
	d, _ := Compose(f, original)
	got := strings.Join(d.Title.Words(), " ")
	want := "World The days A year By A Author and B O Author Edited by C Editor Published January 27 2022 Last changed February 2022 In short"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// People have their roles in the metadata, editors before translators.
func TestMetaPeople(t *testing.T) {
	f, original, _ := bilingual()
	original.Header.Translators = []source.Person{{Name: "D. Translator", FileAs: "Translator, D.", ORCID: "0000-0002-1825-0097"}}
	d, _ := Compose(f, original)
	var got []string
	for _, p := range append(d.Meta.Creators, d.Meta.Contributors...) {
		got = append(got, p.Role+" "+p.Name)
	}
	if want := []string{"aut A. Author", "aut B. O’Author", "edt C. Editor", "trl D. Translator"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if p := d.Meta.Contributors[1]; p.FileAs != "Translator, D." || p.ORCID != "0000-0002-1825-0097" {
		t.Errorf("got %+v", p)
	}
}

// A work has every version that has a title, the canonical one first, each
// with the identifier that its own document has.
func TestNewWork(t *testing.T) {
	f, original, translation := bilingual()
	f.Articles = append(f.Articles, &source.Article{Path: "locales/ru.md", Lang: "ru"})
	w := NewWork(f)
	if len(w.Versions) != 2 {
		t.Fatalf("%d versions", len(w.Versions))
	}
	for i, a := range []*source.Article{original, translation} {
		d, _ := Compose(f, a)
		want := Version{a.Lang, d.Title.Title, d.Meta.Identifier, a.Header.URL}
		if w.Versions[i] != want {
			t.Errorf("got %q, want %q", w.Versions[i], want)
		}
	}
}

// Where people work, and their page at ORCID, stand in the colophon and the
// head of a text file, and not above the text. Without either the colophon has
// no people.
func TestAffiliation(t *testing.T) {
	f, original, _ := bilingual()
	field := func(fields []Field, name string) string {
		for _, f := range fields {
			if f.Name == name {
				return inlines(f.Value)
			}
		}
		return ""
	}
	d, _ := Compose(f, original)
	for _, name := range []string{"authors", "editors", "translators"} {
		if got := field(d.Colophon, name); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
	original.Header.Authors[0].Affiliation = "University of Somewhere"
	original.Header.Authors[1].ORCID = "0000-0002-1825-0097"
	original.Header.Authors[1].Affiliation = "جامعة"
	d, _ = Compose(f, original)
	want := "A. Author (University of Somewhere) and link{https://orcid.org/0000-0002-1825-0097}{B. O’Author} (span{rtl}{جامعة})"
	if got := field(d.Colophon, "authors"); got != want {
		t.Errorf("colophon: %s\nwant      %s", got, want)
	}
	if got := field(d.Head(), "authors"); got != want {
		t.Errorf("head: %s\nwant  %s", got, want)
	}
	if got := field(d.Colophon, "editors"); got != "" {
		t.Errorf("editors: %s", got)
	}
	if got := inlines(d.Title.Byline[0]); strings.Contains(got, "Univ") || strings.Contains(got, "orcid") {
		t.Errorf("byline: %s", got)
	}
}
