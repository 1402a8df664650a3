package epub

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"qalam/export/document"
	"qalam/export/epub/epubtest"
	"qalam/locales"
	"qalam/source"
)

// editions are books of every kind of content: from left to right, from
// right to left, in a script without spaces, and of two documents.
func editions() map[string]*document.Edition {
	en, ar := everything("en"), everything("ar")
	ar.Meta.Identifier = "urn:uuid:d9b1b5b1-1d0b-5a3c-8b1e-0d5c3b3a2f10"
	return map[string]*document.Edition{
		"en":      edition(everything("en")),
		"ar":      edition(everything("ar")),
		"zh-Hans": edition(everything("zh-Hans")),
		"plain":   edition(plainDocument("kk", para(text("Only this.")))),
		"en+ar":   edition(en, ar),
	}
}

// The same edition gives the same bytes, alone and beside others.
func TestSameBytes(t *testing.T) {
	want := write(t, edition(everything("en")))
	results := make(chan []byte)
	for range 8 {
		go func() {
			var out bytes.Buffer
			if _, err := (Format{}).Write(&out, edition(everything("en"))); err != nil {
				t.Error(err)
			}
			results <- out.Bytes()
		}()
	}
	for range 8 {
		if !bytes.Equal(<-results, want) {
			t.Error("the bytes differ")
		}
	}
}

// The archive begins as readers test it, and nothing in it tells of when or
// where it was made.
func TestArchive(t *testing.T) {
	for name, e := range editions() {
		archive := write(t, e)
		if got := string(archive[30:58]); got != "mimetypeapplication/epub+zip" {
			t.Errorf("%s: begins with %q", name, got)
		}
		z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			if len(f.Extra) > 0 || f.Flags != 0 || f.ModifiedDate != 33 || f.ModifiedTime != 0 || f.Comment != "" {
				t.Errorf("%s: %s: extra field %x, flags %x, date %d %d", name, f.Name, f.Extra, f.Flags, f.ModifiedDate, f.ModifiedTime)
			}
			if stored := f.Method == zip.Store; stored != (f.Name == "mimetype" || path.Ext(f.Name) == ".png") {
				t.Errorf("%s: %s: method %d", name, f.Name, f.Method)
			}
		}
		if names[1] != "META-INF/container.xml" || !slices.IsSorted(names[2:]) {
			t.Errorf("%s: order %q", name, names)
		}
	}
}

// xmlFile is a parsed file of a book.
type xmlFile struct {
	name string
	root *etree.Element
}

// pages parses the package document, the contents and all texts. XML that is
// not well-formed fails the test.
func pages(t testing.TB, b *epubtest.Book) []xmlFile {
	t.Helper()
	var ps []xmlFile
	for _, name := range b.Names {
		switch path.Ext(name) {
		case ".xhtml", ".opf", ".ncx", ".xml":
			doc := etree.NewDocument()
			if err := doc.ReadFromBytes(b.Files[name]); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, b.Files[name])
			}
			ps = append(ps, xmlFile{name, doc.Root()})
		}
	}
	return ps
}

// Identifiers are unique, and every link within the book leads to something:
// a file, and an element in it.
func TestLinks(t *testing.T) {
	for name, e := range editions() {
		b := read(t, write(t, e))
		ids, links := map[string]bool{}, 0
		ps := pages(t, b)
		for _, p := range ps {
			ids[p.name] = true
			for _, el := range p.root.FindElements("//[@id]") {
				id := p.name + "#" + el.SelectAttrValue("id", "")
				if ids[id] {
					t.Errorf("%s: %s twice", name, id)
				}
				ids[id] = true
			}
		}
		for n := range b.Files {
			ids[n] = true
		}
		for _, p := range ps {
			for _, key := range []string{"href", "src"} {
				for _, el := range p.root.FindElements("//[@" + key + "]") {
					to := el.SelectAttrValue(key, "")
					if strings.Contains(to, ":") {
						continue
					}
					links++
					target := p.name + to
					if !strings.HasPrefix(to, "#") {
						target = path.Join(path.Dir(p.name), to)
					}
					if !ids[target] {
						t.Errorf("%s: %s: %s leads nowhere", name, p.name, to)
					}
				}
			}
			for _, el := range p.root.FindElements("//[@aria-labelledby]") {
				if id := el.SelectAttrValue("aria-labelledby", ""); !ids[p.name+"#"+id] {
					t.Errorf("%s: %s: no label %s", name, p.name, id)
				}
			}
		}
		if links < 5 {
			t.Errorf("%s: only %d links", name, links)
		}
	}
}

// Each reference leads to its note, and the note has one way back to each of
// its references, in order, at its end.
func TestNotes(t *testing.T) {
	for name, e := range editions() {
		notes, refs, back := map[string][]string{}, map[string][]string{}, 0
		for _, p := range pages(t, read(t, write(t, e))) {
			local := func(el *etree.Element) string {
				href := el.SelectAttrValue("href", "")
				if strings.HasPrefix(href, "#") {
					return path.Base(p.name) + href
				}
				return href
			}
			for _, a := range p.root.FindElements("//a[@class='noteref']") {
				id := path.Base(p.name) + "#" + a.SelectAttrValue("id", "")
				refs[local(a)] = append(refs[local(a)], id)
				if len(a.ChildElements()) > 0 || a.Text() == "" {
					t.Errorf("%s: %s is no bare text", name, id)
				}
				if a.Parent().Tag != "sup" {
					t.Errorf("%s: %s stands in %s", name, id, a.Parent().Tag)
				}
			}
			for _, li := range p.root.FindElements("//section[@class='endnotes']/ol/li") {
				id := path.Base(p.name) + "#" + li.SelectAttrValue("id", "")
				blocks := li.ChildElements()
				ways := blocks[len(blocks)-1].SelectElements("a")
				for _, a := range ways {
					if a.SelectAttrValue("class", "") != "backlink" {
						continue
					}
					back++
					notes[id] = append(notes[id], local(a))
					if a.SelectAttrValue("aria-label", "") == "" {
						t.Errorf("%s: %s: a way back without a spoken name", name, id)
					}
				}
			}
		}
		count := 0
		for id, want := range refs {
			count += len(want)
			got := slices.Clone(notes[id])
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s leads back to %q, referred to from %q", name, id, got, want)
			}
		}
		want := 0
		for _, d := range e.Docs {
			for _, n := range d.Notes {
				want += len(n.Refs)
			}
		}
		if count != want || back != want {
			t.Errorf("%s: %d references and %d ways back, want %d", name, count, back, want)
		}
	}
}

// Every file says its language and direction, and pages turn as the language
// of the book is read.
func TestLanguage(t *testing.T) {
	for name, e := range editions() {
		main := e.Docs[0].Meta
		for _, p := range pages(t, read(t, write(t, e))) {
			switch path.Ext(p.name) {
			case ".xhtml":
				m := main
				for _, d := range e.Docs {
					if strings.HasPrefix(path.Base(p.name), d.Locale.Tag+"-") {
						m = d.Meta
					}
				}
				if got := attributes(p.root, "lang", "xml:lang", "dir"); got != m.Lang+" "+m.Lang+" "+string(m.Dir) {
					t.Errorf("%s: %s is in %s", name, p.name, got)
				}
			case ".opf":
				if got := attributes(p.root, "xml:lang", "dir"); got != main.Lang+" "+string(main.Dir) {
					t.Errorf("%s: package in %s", name, got)
				}
				if got := attributes(p.root.SelectElement("spine"), "page-progression-direction"); got != string(main.Dir) {
					t.Errorf("%s: pages turn %s", name, got)
				}
				var got, want []string
				for _, l := range p.root.FindElements("metadata/dc:language") {
					got = append(got, l.Text())
				}
				for _, d := range e.Docs {
					want = append(want, d.Meta.Lang)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: languages %q, want %q", name, got, want)
				}
			}
		}
	}
}

func attributes(e *etree.Element, names ...string) string {
	var values []string
	for _, n := range names {
		values = append(values, e.SelectAttrValue(n, "?"))
	}
	return strings.Join(values, " ")
}

// A book has the files that it needs and no others.
func TestFiles(t *testing.T) {
	tests := map[string][]string{
		"plain": {"mimetype", "META-INF/container.xml", "EPUB/css/article.css", "EPUB/nav.xhtml", "EPUB/package.opf", "EPUB/toc.ncx",
			"EPUB/xhtml/article.xhtml"},
		"en": {"mimetype", "META-INF/container.xml", "EPUB/css/article.css", "EPUB/images/cover.png", "EPUB/images/image-1.png", "EPUB/nav.xhtml", "EPUB/package.opf", "EPUB/toc.ncx",
			"EPUB/xhtml/about.xhtml", "EPUB/xhtml/article.xhtml", "EPUB/xhtml/cover.xhtml", "EPUB/xhtml/notes.xhtml"},
	}
	all := editions()
	for name, want := range tests {
		if got := read(t, write(t, all[name])).Names; !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Two documents in one book have files, images and languages of their own.
func TestCombined(t *testing.T) {
	e := editions()["en+ar"]
	b := read(t, write(t, e))
	for _, name := range []string{"en-article", "en-notes", "en-about", "ar-article", "ar-notes", "ar-about"} {
		if b.Files["EPUB/xhtml/"+name+".xhtml"] == nil {
			t.Errorf("no %s", name)
		}
	}
	nav := string(b.Files["EPUB/nav.xhtml"])
	if want := `<a href="xhtml/ar-article.xhtml" hreflang="ar" lang="ar" xml:lang="ar" dir="rtl">`; !strings.Contains(nav, want) {
		t.Errorf("no %s in\n%s", want, nav)
	}
	id := identifier(e)
	if id == e.Docs[0].Meta.Identifier || id != identifier(editions()["en+ar"]) {
		t.Errorf("identifier %s", id)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) {
		t.Errorf("identifier %s is no UUID of version 5", id)
	}
	e.Docs[0], e.Docs[1] = e.Docs[1], e.Docs[0]
	if identifier(e) == id {
		t.Error("another order has the same identifier")
	}
}

// An image is in the archive once, unchanged, and shown with its size.
func TestImages(t *testing.T) {
	e := edition(everything("en"))
	b := read(t, write(t, e))
	if !bytes.Equal(b.Files["EPUB/images/image-1.png"], dot) {
		t.Error("the image is another one")
	}
	if n := strings.Count(string(b.Files["EPUB/xhtml/article.xhtml"]), `<img src="../images/image-1.png"`); n != 3 {
		t.Errorf("shown %d times", n)
	}

	// A file that two documents show is one file; two files do not meet.
	en, ru := everything("en"), everything("ru")
	shared := en.Images[0].ImageFile
	*ru.Images[0] = document.Image{ImageFile: shared, Name: "image-1.png"}
	if b := read(t, write(t, edition(en, ru))); b.Files["EPUB/images/en-image-1.png"] == nil || b.Files["EPUB/images/ru-image-1.png"] != nil {
		t.Errorf("files %q", b.Names)
	}
	if b := read(t, write(t, edition(everything("en"), everything("ru")))); b.Files["EPUB/images/en-image-1.png"] == nil || b.Files["EPUB/images/ru-image-1.png"] == nil {
		t.Errorf("files %q", b.Names)
	}
}

// What is said of who can read the book is true of it.
func TestAccess(t *testing.T) {
	dotImage := everything("en").Images[0]
	tests := []struct {
		name                   string
		doc                    *document.Document
		visual, textInPictures bool
	}{
		{"text", plainDocument("en", para(text("Text."))), false, false},
		{"decoration", plainDocument("en", &document.Figure{Picture: &document.Picture{Image: dotImage}}), true, false},
		{"picture", plainDocument("en", &document.Figure{Picture: &document.Picture{Image: dotImage, Alt: "A dot"}}), true, true},
		{"cover", titled("en", "A title", source.CoverDrawn), true, true},
	}
	for _, test := range tests {
		opf := string(read(t, write(t, edition(test.doc))).Files["EPUB/package.opf"])
		if got := strings.Contains(opf, `"schema:accessMode">visual<`); got != test.visual {
			t.Errorf("%s: visual %v", test.name, got)
		}
		if got := strings.Contains(opf, `>alternativeText<`); got != test.textInPictures {
			t.Errorf("%s: alternativeText %v", test.name, got)
		}
		if want := ">This edition is text with headings and a table of contents with links."; !strings.Contains(opf, want) {
			t.Errorf("%s: no %s in\n%s", test.name, want, opf)
		}
		if strings.Contains(opf, "conformsTo") {
			t.Errorf("%s: claims what nobody certified", test.name)
		}
	}
}

// The diagnostic epub-claim: a claim of accessibility is made when it says what
// and who, and only then.
func TestEpubClaim(t *testing.T) {
	const conforms = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
	tests := []struct {
		conformsTo, certifiedBy string
		claim, warning          bool
	}{
		{conforms, "A. Author", true, false},
		{conforms, "", false, true},
		{"", "A. Author", false, true},
		{"", "", false, false},
	}
	for _, test := range tests {
		d := plainDocument("en", para(text("Text.")))
		d.Settings.EPUB.ConformsTo, d.Settings.EPUB.CertifiedBy = test.conformsTo, test.certifiedBy
		var out bytes.Buffer
		written, err := Format{}.Write(&out, edition(d))
		if err != nil {
			t.Fatal(err)
		}
		opf := string(read(t, out.Bytes()).Files["EPUB/package.opf"])
		claim := `<meta property="dcterms:conformsTo" id="conformance">` + conforms + "</meta>\n" +
			`    <meta refines="#conformance" property="a11y:certifiedBy">A. Author</meta>`
		if strings.Contains(opf, claim) != test.claim || strings.Contains(opf, "conform") != test.claim {
			t.Errorf("%+v: the package has\n%s", test, opf)
		}
		warned := len(written.Warnings) == 1 && written.Warnings[0].Code == "epub-claim" && written.Warnings[0].Hint != ""
		if warned != test.warning || len(written.Warnings) > 1 {
			t.Errorf("%+v: warnings %v", test, written.Warnings)
		}
	}
}

// The date that EPUB demands is the newest that the article has, and never
// that of the clock.
func TestModified(t *testing.T) {
	date := func(y, m, d int) locales.Date { return locales.Date{Year: y, Month: m, Day: d} }
	tests := []struct {
		date, modified locales.Date
		want, issued   string
	}{
		{locales.Date{}, locales.Date{}, "1970-01-01T00:00:00Z", ""},
		{date(2022, 1, 27), locales.Date{}, "2022-01-27T00:00:00Z", "2022-01-27T00:00:00Z"},
		{date(2022, 1, 27), date(2022, 2, 3), "2022-02-03T00:00:00Z", "2022-01-27T00:00:00Z"},
		{date(2022, 5, 0), locales.Date{}, "2022-05-01T00:00:00Z", "2022-05"},
		{date(812, 0, 0), locales.Date{}, "1970-01-01T00:00:00Z", "0812"}, // the stamp is of a file
	}
	for _, test := range tests {
		d := plainDocument("en", para(text("Text.")))
		d.Meta.Date, d.Meta.Modified = test.date, test.modified
		opf := string(read(t, write(t, edition(d))).Files["EPUB/package.opf"])
		if want := `<meta property="dcterms:modified">` + test.want + `</meta>`; strings.Count(opf, "dcterms:modified") != 1 || !strings.Contains(opf, want) {
			t.Errorf("no %s in\n%s", want, opf)
		}
		if test.issued == "" && strings.Contains(opf, "dc:date") {
			t.Errorf("a date in\n%s", opf)
		}
		if want := `<dc:date>` + test.issued + `</dc:date>`; test.issued != "" && !strings.Contains(opf, want) {
			t.Errorf("no %s in\n%s", want, opf)
		}
	}
}

// A translation leads to its original and to its sisters, the original to its
// translations; none leads to itself.
func TestVersions(t *testing.T) {
	versions := []document.Version{
		{Lang: "en", Identifier: "urn:uuid:1", URL: "https://example.org/en"},
		{Lang: "kk", Identifier: "urn:uuid:2", URL: "https://example.org/kk"},
		{Lang: "ru", Identifier: "urn:uuid:3"},
	}
	tests := []struct {
		of   int
		want []string
	}{
		{0, []string{"schema:workTranslation urn:uuid:2 kk", "schema:workTranslation urn:uuid:3 ru"}},
		{1, []string{"schema:url https://example.org/kk kk", "schema:translationOfWork urn:uuid:1 en", "dcterms:relation urn:uuid:3 ru"}},
	}
	for _, test := range tests {
		d := plainDocument(versions[test.of].Lang, para(text("Text.")))
		d.Meta.Identifier, d.Meta.URL = versions[test.of].Identifier, versions[test.of].URL
		e := edition(d)
		e.Work.Versions = versions
		var got []string
		for _, p := range pages(t, read(t, write(t, e))) {
			if path.Ext(p.name) != ".opf" {
				continue
			}
			for _, l := range p.root.FindElements("metadata/link") {
				got = append(got, attributes(l, "rel", "href", "hreflang"))
			}
			if got := p.root.FindElement("metadata/dc:source").Text(); got != versions[0].URL {
				t.Errorf("source %s", got)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", d.Meta.Lang, got, test.want)
		}
	}
}

// Themes belong to the reader, and some readers drop a style sheet for one
// selector that they do not know.
func TestStyleSheet(t *testing.T) {
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(styleSheet), "")
	for _, bad := range []string{`color`, `background`, `\d(px|pt|rem)\b`, `\|`, `@import`, `url\(`, `!important`} {
		if m := regexp.MustCompile(`(?i).*` + bad + `.*`).FindString(css); m != "" {
			t.Errorf("%s: %s", bad, m)
		}
	}
	if open, end := strings.Count(css, "{"), strings.Count(css, "}"); open != end || open < 30 {
		t.Errorf("%d and %d brackets", open, end)
	}
	// Each class of the markup has a rule, and each class of a rule is used.
	ruled := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([a-z][a-z0-9-]*)`).FindAllStringSubmatch(css, -1) {
		ruled[m[1]] = true
	}
	used := map[string]bool{"wide": true, "headed": true}
	for _, c := range counters {
		used[c.style] = true
	}
	for _, em := range tableWidths {
		used[fmt.Sprintf("from-%d", em)] = true
	}
	for _, e := range editions() {
		for _, p := range pages(t, read(t, write(t, e))) {
			for _, el := range p.root.FindElements("//[@class]") {
				for _, c := range strings.Fields(el.SelectAttrValue("class", "")) {
					used[c] = true
				}
			}
		}
	}
	delete(used, "")
	for c := range used {
		if !ruled[c] {
			t.Errorf("class %s has no rule", c)
		}
	}
	for c := range ruled {
		if !used[c] && c != "align-start" {
			t.Errorf("nothing has class %s", c)
		}
	}
}

// The words of a book are those of its document.
func TestWords(t *testing.T) {
	words, notes, err := read(t, write(t, edition(everything("en")))).Words()
	if err != nil {
		t.Fatal(err)
	}
	want := "Plain, stressed, both, gone, a < b and linked. 1 2 A line and the next, with un mot juste and a picture . " +
		"A heading 1 A quotation. 3 In another. One Two 1 Three Four Below it if a < b { return \"]]>\" } " +
		"Year 2 Sum Almaty 2021 1.5 Astana 10.25 1 Last A dot. 1 The end."
	if got := strings.Join(words, " "); got != want {
		t.Errorf("text:\n%s\nwant:\n%s", got, want)
	}
	wantNotes := []string{"The first note.", "A note in two paragraphs. This is the other one.",
		"See another 4 1 . A note that ends in a list: an item", "A note of a note."}
	if len(notes) != len(wantNotes) {
		t.Fatalf("%d notes", len(notes))
	}
	for i, n := range notes {
		if got := strings.Join(n, " "); got != wantNotes[i] {
			t.Errorf("note %d: %s", i+1, got)
		}
	}
}
