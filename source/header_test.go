package source

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"qalam/locales"
	"qalam/source/diag"
)

const wholeHeader = `---
# a comment
title: "A title: with a colon"
subtitle: A subtitle
lang: en
slug: the-slug
date: 2022-01-27
modified: 2022-02
section: World
authors:
  - {name: A. Author, file-as: "Author, A.", orcid: 0000-0002-1825-0097, affiliation: An Institute}
  - B. Author
editors: [C. Author]
publisher: A Publisher
place: Almaty
abstract: >
  One line
  and
  another.
  A second paragraph.
keywords: [protest, "a, b", 2022]
subjects:
  - {term: Protest movements, authority: lcsh, id: sh85107632}
  - Kazakhstan
license: CC-BY-4.0
rights: © 2022 A. Author
url: https://example.org/article
identifiers: {doi: 10.1000/182, isbn: 978-0-306-40615-7, issn: 2049-3630, ark: "ark:12345/x", urn: "urn:nbn:de:1"}
note-numbers: author
typography: off
digits: native
stale: refuse
labels: {notes: Endnotes, back-to-text: Back}
pdf: {paper: letter, margin-top: 25mm, margin-bottom: 1in, margin-inner: 2.5cm, margin-outer: 56.7pt, two-sided: true, size: 11pt, align: start, links: inline, missing: box, fonts: [fonts/a.ttf, "b, c.otf"]}
epub: {}
text: {width: 0, newline: crlf, bom: true}
---

Text.[^1]

[^1]: Note.
`

func wantHeader() Header {
	return Header{
		Title: "A title: with a colon", Subtitle: "A subtitle", Section: "World", Slug: "the-slug",
		Date: locales.Date{Year: 2022, Month: 1, Day: 27}, Modified: locales.Date{Year: 2022, Month: 2},
		Authors: []Person{
			{Name: "A. Author", FileAs: "Author, A.", ORCID: "0000-0002-1825-0097", Affiliation: "An Institute"},
			{Name: "B. Author"},
		},
		Editors:   []Person{{Name: "C. Author"}},
		Publisher: "A Publisher", Place: "Almaty",
		Abstract: "One line and another. A second paragraph.",
		Keywords: []string{"protest", "a, b", "2022"},
		Subjects: []Subject{{"Protest movements", "lcsh", "sh85107632"}, {Term: "Kazakhstan"}},
		License:  "CC-BY-4.0", Rights: "© 2022 A. Author", URL: "https://example.org/article",
		Identifiers: Identifiers{DOI: "10.1000/182", ISBN: "978-0-306-40615-7", ISSN: "2049-3630", ARK: "ark:12345/x", URN: "urn:nbn:de:1"},
		NoteNumbers: NoteAuthor, Stale: StaleRefuse, Typography: TypographyOff, Digits: DigitsNative,
		Labels:   map[string]string{"notes": "Endnotes", "back-to-text": "Back"},
		Settings: Settings{PDF: wantPDF(), Text: TextSettings{Width: 0, Newline: "crlf", BOM: true}},
	}
}

func wantPDF() PDFSettings {
	return PDFSettings{
		Paper: "Letter", MarginTop: 7087, MarginBottom: 7200, MarginInner: 7087, MarginOuter: 5670, TwoSided: true,
		Size: 1100, Align: "start", Links: "inline", Missing: "box",
		Fonts: []*FontFile{{Name: "fonts/a.ttf"}, {Name: "b, c.otf"}},
	}
}

// bare is a header without places.
func bare(h Header) Header {
	h.pos, h.file = nil, diag.Pos{}
	return h
}

// Every field is read, and written so that it is read again.
func TestHeader(t *testing.T) {
	a, diags := Parse("article.md", []byte(wholeHeader))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if got, want := bare(a.Header), wantHeader(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	printed := Print(a)
	b, diags := Parse("article.md", printed)
	if len(diags) > 0 || !reflect.DeepEqual(bare(a.Header), bare(b.Header)) {
		t.Errorf("printed:\n%s\nis read as %+v\n%v", printed, b.Header, diags)
	}
	for field, want := range map[string]string{
		"title": "article.md:3:8", "authors[0].orcid": "article.md:11:53", "authors[1]": "article.md:12:5",
		"identifiers.isbn": "article.md:28:39", "text.width": "article.md:36:15", "translators": "article.md:2",
	} {
		if got := a.Header.Pos(field).String(); got != want {
			t.Errorf("%s stands at %s, want %s", field, got, want)
		}
	}
}

// A translation inherits what is the same in every language, and nothing else.
func TestInherit(t *testing.T) {
	f, diags := Load(files(
		"article.md", wholeHeader,
		"fonts/a.ttf", "OTTO", "b, c.otf", "true",
		"locales/fr.md", "---\ntitle: Titre\n---\nTexte.[^1]\n\n[^1]: Note.\n",
		"locales/ru.md", strings.Join([]string{
			"---", "title: Заглавие", "slug: drugoy", "authors: [А. Автор, {name: Б. Автор, file-as: \"Автор, Б.\"}]", "editors: []",
			"translators: [Т. Переводчик]", "license: CC0-1.0", "publisher: Издатель", "note-numbers: order", "stale: stamp", "text: {width: 60}", "pdf: {size: 12pt, fonts: []}",
			"identifiers: {issn: 0378-5955}", "---", "Текст.",
		}, "\n"),
	), "x")
	var errs []string
	for _, d := range diags {
		errs = append(errs, d.Code+" "+d.Message)
	}
	// An empty list of editors is another number of editors.
	if len(errs) != 1 || !strings.HasPrefix(errs[0], "field-wrong editors has 0 names here and one name") {
		t.Fatalf("got %q", errs)
	}
	want := wantHeader()
	want.Title = "Titre"
	want.Subtitle, want.Section, want.Abstract, want.Rights, want.URL = "", "", "", "", ""
	want.Date, want.Modified = locales.Date{}, locales.Date{}
	want.Keywords, want.Labels = nil, nil
	want.Typography, want.Digits = "", ""
	want.Identifiers = Identifiers{ISSN: "2049-3630"}
	for i, file := range want.Settings.PDF.Fonts {
		file.Data = []byte([]string{"OTTO", "true"}[i])
		file.Pos = f.Articles[0].Header.Pos([]string{"pdf.fonts[0]", "pdf.fonts[1]"}[i])
	}
	if got := bare(f.Articles[1].Header); !reflect.DeepEqual(got, want) {
		t.Errorf("fr: got  %+v\nwant %+v", got, want)
	}
	want = Header{
		Title: "Заглавие", Slug: "drugoy",
		Authors:     []Person{{Name: "А. Автор", ORCID: "0000-0002-1825-0097", Affiliation: "An Institute"}, {Name: "Б. Автор", FileAs: "Автор, Б."}},
		Translators: []Person{{Name: "Т. Переводчик"}}, Publisher: "Издатель", Place: "Almaty",
		Subjects: wantHeader().Subjects, License: "CC0-1.0", Identifiers: Identifiers{ISSN: "0378-5955"},
		Settings: Settings{PDF: wantPDF(), Text: TextSettings{Width: 60, Newline: "crlf", BOM: true}},
	}
	want.Settings.PDF.Size, want.Settings.PDF.Fonts = 1200, nil
	if got := bare(f.Articles[2].Header); !reflect.DeepEqual(got, want) {
		t.Errorf("ru: got  %+v\nwant %+v", got, want)
	}
}

// Set has the checks of the front matter.
func TestSet(t *testing.T) {
	pdf := func(p PDFSettings) Settings { return Settings{PDF: p, Text: defaultSettings().Text} }
	tests := []struct {
		key, value, err string
		want            Settings
	}{
		{"pdf.paper", "Letter", "", pdf(PDFSettings{Paper: "Letter"})},
		{"pdf.paper", "a4", "", pdf(PDFSettings{Paper: "A4"})},
		{"pdf.margin-inner", "30mm", "", pdf(PDFSettings{MarginInner: 8504})},
		{"pdf.two-sided", "true", "", pdf(PDFSettings{TwoSided: true})},
		{"pdf.size", "9.5pt", "", pdf(PDFSettings{Size: 950})},
		{"pdf.align", "start", "", pdf(PDFSettings{Align: "start"})},
		{"pdf.links", "none", "", pdf(PDFSettings{Links: "none"})},
		{"pdf.missing", "box", "", pdf(PDFSettings{Missing: "box"})},
		{"pdf.fonts", "a.ttf, a.ttf", "", pdf(PDFSettings{Fonts: []*FontFile{{Name: "a.ttf", Data: []byte("OTTO")}, {Name: "a.ttf", Data: []byte("OTTO")}}})},
		{"text.width", "0", "", Settings{Text: TextSettings{0, "lf", false}}},
		{"text.bom", "true", "", Settings{Text: TextSettings{72, "lf", true}}},
		{"text.newline", "crlf", "", Settings{Text: TextSettings{72, "crlf", false}}},
		{"pdf.papr", "A4", `there is no setting "pdf.papr": did you mean "pdf.paper"?`, defaultSettings()},
		{"paper", "A4", `there is no setting "paper": known are pdf.paper, pdf.margin-top, pdf.margin-bottom, pdf.margin-inner, pdf.margin-outer, pdf.two-sided, pdf.size, pdf.align, pdf.links, pdf.missing, pdf.fonts, epub.cover, epub.conforms-to, epub.certified-by, text.width, text.newline, text.bom`, defaultSettings()},
		{"pdf.paper", "A9", `there is no paper "A9": write A4, A5, B5, Legal or Letter`, defaultSettings()},
		{"pdf.margin-top", "3", `"3" is no measure: write a number and mm, cm, in or pt: 25mm, 1.5in`, defaultSettings()},
		{"pdf.margin-inner", "0.5mm", `a margin cannot be 0.5mm: write a measure from 14pt (5mm) to 283pt (100mm)`, defaultSettings()},
		{"pdf.margin-top", "14mm", `a margin above cannot be 14mm: write a measure from 42pt (15mm) to 283pt (100mm)`, defaultSettings()},
		{"pdf.margin-bottom", "14mm", `a margin below cannot be 14mm: write a measure from 42pt (15mm) to 283pt (100mm)`, defaultSettings()},
		{"pdf.size", "5pt", `the type of the text cannot be 5pt: write a measure from 6pt (2mm) to 36pt (13mm)`, defaultSettings()},
		{"pdf.two-sided", "yes", `two-sided cannot be "yes": write true or false`, defaultSettings()},
		{"pdf.align", "left", `align cannot be "left": write justify or start`, defaultSettings()},
		{"pdf.links", "end", `links cannot be "end": write list, inline or none`, defaultSettings()},
		{"pdf.missing", "ignore", `missing cannot be "ignore": write error or box`, defaultSettings()},
		{"pdf.fonts", "b.ttf", `there is no file b.ttf in the folder: write its path from the folder of the article, or put the file there`, defaultSettings()},
		{"text.width", "", `text.width has no value: write text.width=…`, defaultSettings()},
		{"text.width", "wide", `a line cannot be wide columns wide: write a number from 20 on, or 0 for one paragraph a line`, defaultSettings()},
	}
	for _, tt := range tests {
		f, diags := Load(files("article.md", head+"x", "a.ttf", "OTTO", "locales/fr.md", "---\ntitle: T\n---\nx"), "x")
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		err := f.Set(tt.key, tt.value)
		if got := ""; err != nil {
			got = err.Error()
			if got != tt.err {
				t.Errorf("Set(%q, %q): %s", tt.key, tt.value, got)
			}
		} else if tt.err != "" {
			t.Errorf("Set(%q, %q) has no error", tt.key, tt.value)
		}
		for _, a := range f.Articles {
			if !reflect.DeepEqual(a.Header.Settings, tt.want) {
				t.Errorf("Set(%q, %q): %s has %+v", tt.key, tt.value, a.Lang, a.Header.Settings)
			}
		}
	}
}

// Measures are read in each unit, to a hundredth of a point.
func TestLengths(t *testing.T) {
	for value, want := range map[string]int{
		"25.4mm": 7200, "2.54cm": 7200, "1in": 7200, "72pt": 7200, "72.00 pt": 7200, "0.1969in": 1418, "100mm": 28346, "5mm": 1417, "10.0001mm": 2835,
		"": 0, "mm": 0, "1.mm": 0, ".5in": 0, "1e2mm": 0, "-1cm": 0, "1,5cm": 0, "1px": 0, "99999mm": 0, "1 2mm": 0, "١mm": 0, "4mm": 0, "101mm": 0,
	} {
		var got int
		if w := setLength(&got, "a margin", value, minMargin, maxMargin); got != want || (w == nil) != (want > 0) {
			t.Errorf("%q: %d, want %d; %v", value, got, want, w)
		}
	}
}

// Identifiers that are right are taken in every form that is in use.
func TestIdentifiers(t *testing.T) {
	for _, tt := range []struct {
		check func(string) *wrong
		good  []string
		bad   []string
	}{
		{checkORCID, []string{"0000-0002-1825-0097", "0000-0002-1694-233X", "https://orcid.org/0000-0002-1825-0097"}, []string{"0000-0002-1825-009X", "0000000218250097", "0000-0002-18-5-0097", ""}},
		{checkISBN, []string{"978-0-306-40615-7", "9780306406157", "0-306-40615-2", "0-8044-2957-X"}, []string{"978-0-306-40615-8", "123", "X234567890", "9990306406157"}},
		{checkISSN, []string{"0378-5955", "2434-561X"}, []string{"0378-5954", "03785955", "X378-5955"}},
		{checkDOI, []string{"10.1000/182", "10.1002/(SICI)1096-8644(199601)99:1"}, []string{"https://doi.org/10.1000/182", "10.1000", "10./x", "10.1000/a b"}},
		{checkARK, []string{"ark:12345/x", "ark:/12345/x"}, []string{"12345/x", "ark:1/x", "ark:12345"}},
		{checkURN, []string{"urn:nbn:de:1", "URN:ISBN:0451450523"}, []string{"urn:x", "nbn:de:1", "urn:nbn:"}},
		{checkLicense, []string{"CC-BY-4.0", "MIT", "GPL-2.0+", "https://example.org/license"}, []string{"CC BY 4.0", "all rights reserved", "http://"}},
		{checkURL, []string{"https://example.org", "http://example.org/ә"}, []string{"example.org", "mailto:a@example.org", "https://", "https://a b"}},
	} {
		for _, s := range tt.good {
			if w := tt.check(s); w != nil {
				t.Errorf("%q: %v", s, w)
			}
		}
		for _, s := range tt.bad {
			if w := tt.check(s); w == nil || w.hint == "" {
				t.Errorf("%q is taken", s)
			}
		}
	}
}

// Values that look like something else in YAML are written so that they stay what they are.
func TestPrintHeader(t *testing.T) {
	for _, s := range []string{
		"yes", "null", "12", "1.5", "a: b", "a #b", "- a", "* a", "& a", "[a", "{a", "a]", "a, b", `"a"`, "'a'", `a\b`, "@a", "`a", "%a", "!a", "a:", "?", "|", ">", "~", "---", "a\u2028b", "a\u0085b", "Қазақ", "“a”", "« a »", "0x1F", "1e3", "2022-01-27", ".inf", "a’s", "=", "<<",
	} {
		a := &Article{Path: "article.md", Lang: "en", Blocks: []Block{&Paragraph{Text: []Inline{&Text{Value: "x"}}}}}
		a.Header = Header{Title: s, Keywords: []string{s, s}, Authors: []Person{{Name: s, FileAs: s}}, Labels: map[string]string{"notes": s}, Settings: defaultSettings()}
		b, diags := Parse("article.md", Print(a))
		if len(diags) > 0 {
			t.Errorf("%q: %v\n%s", s, diags, Print(a))
			continue
		}
		want := strings.Join(strings.Fields(s), " ") // U+0085 and U+2028 end lines
		h := b.Header
		if h.Title != want || h.Keywords[1] != want || h.Authors[0].FileAs != want || !maps.Equal(h.Labels, map[string]string{"notes": want}) {
			t.Errorf("%q is read as %+v", s, h)
		}
	}
}

// Front matter of any bytes gives diagnostics with places in it, never a panic,
// and what was read without errors is read again from what Print writes.
func FuzzFrontMatter(f *testing.F) {
	f.Add(strings.TrimSuffix(strings.TrimPrefix(strings.SplitAfter(wholeHeader, "\n---\n")[0], "---\n"), "---\n"))
	for _, s := range []string{
		"title: T\nlang: kk\n", "title: |\n  a\n  b\nlang: en", "title: 'it''s'\nlang: \"\\u0041\"", "? a\n: b\n", "a: &x b\nc: *x", "<<: {a: b}", "title: !!str x",
		"- a\n- b", "title: [a", "title: {", "title: a\ntitle: b", "title:\n\tx", "title: >-\n\n  x\n", "%YAML 1.2", "\"a\": b", "1: 2", "[]: x", "{}: x", "title: a: b", "- - - a", "a:\n- b\n-\n", "date: 2022-01-27T00:00:00Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		data := []byte("---\n" + s + "\n---\ntext\n")
		a, diags := Parse("article.md", data)
		for _, d := range diags {
			checkPlace(t, d.Pos, data)
		}
		if a == nil || diags.HasErrors() {
			return
		}
		b, diags := Parse("article.md", Print(a))
		if diags.HasErrors() {
			t.Fatalf("printed:\n%s\n%v", Print(a), diags)
		}
		if !reflect.DeepEqual(bare(a.Header), bare(b.Header)) || a.Lang != b.Lang {
			t.Fatalf("printed:\n%s\nis read as %+v\nwant %+v", Print(a), b.Header, a.Header)
		}
	})
}
