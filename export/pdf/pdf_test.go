package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"qalam/export/document"
	"qalam/export/pdf/object"
	"qalam/export/typeset"
	"qalam/locales"
	"qalam/source"
	"qalam/source/sample"
)

// compose is the edition of an article with a front matter and a text.
func compose(t testing.TB, header, text string, images map[string][]byte) *document.Edition {
	t.Helper()
	fsys := fstest.MapFS{"article.md": {Data: []byte("---\n" + header + "\n---\n\n" + text)}}
	for name, data := range images {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	folder, diags := source.Load(fsys, "days")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	doc, diags := document.Compose(folder, folder.Articles[0])
	if diags.HasErrors() {
		t.Fatalf("document says: %v", diags)
	}
	return &document.Edition{Name: "days", Docs: []*document.Document{doc}}
}

// samples are the editions of the sample article.
func samples(t testing.TB) []*document.Edition {
	t.Helper()
	folder, diags := source.Load(sample.FS(), "sample")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	var editions []*document.Edition
	for _, a := range folder.Articles {
		doc, _ := document.Compose(folder, a)
		editions = append(editions, &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}})
	}
	return editions
}

// write gives the file of an edition that can be shown.
func write(t testing.TB, e *document.Edition) []byte {
	t.Helper()
	var b bytes.Buffer
	written, err := Format{}.Write(&b, e)
	if err != nil {
		t.Fatal(err)
	}
	if written.Skipped || written.Pages == 0 {
		t.Fatalf("%+v", written)
	}
	return b.Bytes()
}

const english = "title: A title\nlang: en\nurl: https://example.org/"

// The same edition gives the same bytes, also from several goroutines at once
// and with images of one width.
func TestSameBytes(t *testing.T) {
	images := map[string][]byte{}
	text := "Text[^a]\n\n[^a]: Note\n\n"
	for i := range 6 {
		name := fmt.Sprintf("i%d.png", i)
		images[name] = encodePNG(t, flat(image.NewNRGBA(image.Rect(0, 0, 20, 10)), color.NRGBA{uint8(40 * i), 0, 0, uint8(255 - i)}))
		text += "![" + name + "](" + name + ")\n\n"
	}
	editions := append(samples(t), compose(t, english, text, images))
	for _, e := range editions {
		var first []byte
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				var b bytes.Buffer
				if _, err := (Format{}).Write(&b, e); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if first == nil {
					first = b.Bytes()
				} else if !bytes.Equal(first, b.Bytes()) {
					t.Errorf("%s: two runs differ", e.Name)
				}
			})
		}
		wg.Wait()
	}
}

// An edition with a character that no face has is skipped, and the error of the
// layout comes out.
func TestGlyphMissing(t *testing.T) {
	var b bytes.Buffer
	written, err := Format{}.Write(&b, compose(t, english, "A \U0002A6D6", nil))
	if err != nil || !written.Skipped || len(written.Warnings) != 1 || written.Warnings[0].Code != "glyph-missing" {
		t.Errorf("%+v, %v", written, err)
	}
	if b.Len() != 0 {
		t.Errorf("%d bytes were written", b.Len())
	}
}

// Warnings of the layout come out.
func TestWordBroken(t *testing.T) {
	written, err := Format{}.Write(io.Discard, compose(t, english, strings.Repeat("x", 300), nil))
	if err != nil || len(written.Warnings) != 1 || written.Warnings[0].Code != "word-broken" {
		t.Errorf("%+v, %v", written, err)
	}
}

// The file says who made it and when, in any script, the same in both forms,
// and never asks the clock.
func TestInformation(t *testing.T) {
	header := "title: The (first) \\ title <&>\nlang: en-GB\ndate: 2022-01-27\nmodified: 2022-02\nurl: https://example.org/\n" +
		"authors: [{name: А. Автор}, {name: B. Author}]\neditors: [E. Editor]\npublisher: The Press\nabstract: Short.\n" +
		"keywords: [one, \"two 😀\"]\nsubjects: [{term: Floods}]\nlicense: CC-BY-4.0\nrights: © 2022 A. Author\nidentifiers: {isbn: 978-3-16-148410-0}"
	f := open(t, write(t, compose(t, header, "Text", nil)))
	info := f.dict(f.Trailer, "Info")
	for key, want := range map[object.Name]string{
		"Title":        `The (first) \ title <&>`,
		"Author":       "А. Автор, B. Author",
		"Subject":      "Short.",
		"Keywords":     "one, two 😀",
		"Creator":      "qalam",
		"CreationDate": "D:20220127",
		"ModDate":      "D:202202",
	} {
		if info[key] != object.Text(want) {
			t.Errorf("%s is %q, want %q", key, info[key], want)
		}
	}
	root := f.dict(f.Trailer, "Root")
	if root["Lang"] != object.String("en-GB") || f.dict(root, "ViewerPreferences")["DisplayDocTitle"] != true {
		t.Errorf("catalog %v", root)
	}
	packet := string(f.data(root["Metadata"]))
	for _, want := range []string{
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The (first) \ title &lt;&amp;&gt;</rdf:li><rdf:li xml:lang="en-GB">The (first) \ title &lt;&amp;&gt;</rdf:li></rdf:Alt></dc:title>`,
		`<dc:creator><rdf:Seq><rdf:li>А. Автор</rdf:li><rdf:li>B. Author</rdf:li></rdf:Seq></dc:creator>`,
		`<dc:contributor><rdf:Bag><rdf:li>E. Editor</rdf:li></rdf:Bag></dc:contributor>`,
		`<dc:publisher><rdf:Bag><rdf:li>The Press</rdf:li></rdf:Bag></dc:publisher>`,
		`<dc:date><rdf:Seq><rdf:li>2022-01-27</rdf:li></rdf:Seq></dc:date>`,
		`<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>`,
		`<dc:subject><rdf:Bag><rdf:li>Floods</rdf:li><rdf:li>one</rdf:li><rdf:li>two 😀</rdf:li></rdf:Bag></dc:subject>`,
		`<rdf:li xml:lang="x-default">Short.</rdf:li>`,
		`<rdf:li xml:lang="x-default">© 2022 A. Author</rdf:li>`,
		`<dc:identifier>urn:uuid:`,
		`<pdf:Keywords>one, two 😀</pdf:Keywords>`,
		`<xmp:CreateDate>2022-01-27</xmp:CreateDate>`,
		`<xmp:ModifyDate>2022-02</xmp:ModifyDate>`,
		`<xmp:Identifier><rdf:Bag><rdf:li>urn:isbn:978`,
		`<xmpRights:Marked>True</xmpRights:Marked>`,
		`<rdf:li xml:lang="x-default">Creative Commons Attribution 4.0 International</rdf:li>`,
		`<xmpRights:WebStatement>https://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>`,
	} {
		if !strings.Contains(packet, want) {
			t.Errorf("the metadata has no %s\n%s", want, packet)
		}
	}
	if err := xml.Unmarshal([]byte(packet), new(struct{})); err != nil {
		t.Errorf("the metadata: %v", err)
	}

	// Without a date there is none, and nothing is said that is not known.
	f = open(t, write(t, compose(t, english, "Text", nil)))
	for key := range f.dict(f.Trailer, "Info") {
		if key != "Title" && key != "Creator" && key != "Producer" {
			t.Errorf("the file without a date has %s", key)
		}
	}
	packet = string(f.data(f.dict(f.Trailer, "Root")["Metadata"]))
	for _, absent := range []string{"Date", "1970", "<rdf:Seq></rdf:Seq>", "xmpRights:M", "dc:creator>"} {
		if strings.Contains(packet, absent) {
			t.Errorf("the metadata without a date has %q\n%s", absent, packet)
		}
	}
}

// A translation names its original and its sisters, and who translated it; the
// licence and what others did have schemas of their own.
func TestRelations(t *testing.T) {
	fsys := fstest.MapFS{
		"article.md":    {Data: []byte("---\ntitle: A title\nlang: en\nurl: https://example.org/a\nlicense: CC-BY-4.0\neditors: [E. Editor]\n---\n\nText")},
		"locales/kk.md": {Data: []byte("---\ntitle: Тақырып\nlang: kk\nurl: https://example.org/kk\ntranslators: [T. Translator]\n---\n\nМәтін")},
		"locales/ru.md": {Data: []byte("---\ntitle: Заглавие\nlang: ru\n---\n\nТекст")},
	}
	folder, diags := source.Load(fsys, "days")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	work := document.NewWork(folder)
	packets := map[string]string{}
	for _, a := range folder.Articles {
		doc, _ := document.Compose(folder, a)
		packets[a.Lang] = metadata(t, write(t, &document.Edition{Docs: []*document.Document{doc}, Work: work}))
	}
	russian := work.Versions[2].Identifier
	for lang, want := range map[string][]string{
		"en": {
			"<dc:relation><rdf:Bag><rdf:li>https://example.org/kk</rdf:li><rdf:li>" + russian + "</rdf:li></rdf:Bag></dc:relation>",
			"<marcrel:edt><rdf:Bag><rdf:li>E. Editor</rdf:li></rdf:Bag></marcrel:edt>",
			"<cc:license>https://creativecommons.org/licenses/by/4.0/</cc:license>",
		},
		"kk": {
			"<dc:source>https://example.org/a</dc:source>",
			"<dc:relation><rdf:Bag><rdf:li>https://example.org/a</rdf:li><rdf:li>" + russian + "</rdf:li></rdf:Bag></dc:relation>",
			"<marcrel:trl><rdf:Bag><rdf:li>T. Translator</rdf:li></rdf:Bag></marcrel:trl>",
			`<rdf:li xml:lang="x-default">Тақырып</rdf:li><rdf:li xml:lang="kk">Тақырып</rdf:li>`,
		},
	} {
		for _, w := range want {
			if !strings.Contains(packets[lang], w) {
				t.Errorf("%s: the metadata has no %s\n%s", lang, w, packets[lang])
			}
		}
	}
	if strings.Contains(packets["en"], "<dc:source>") {
		t.Error("the original has a source")
	}

	// A file with two documents has both titles.
	var docs []*document.Document
	for _, a := range folder.Articles[:2] {
		doc, _ := document.Compose(folder, a)
		docs = append(docs, doc)
	}
	file := write(t, &document.Edition{Docs: docs, Work: work})
	if p := open(t, file).problems(); len(p) > 0 {
		t.Errorf("%q", p)
	}
	for _, w := range []string{
		`<rdf:li xml:lang="x-default">A title</rdf:li><rdf:li xml:lang="en">A title</rdf:li><rdf:li xml:lang="kk">Тақырып</rdf:li>`,
		"<dc:language><rdf:Bag><rdf:li>en</rdf:li><rdf:li>kk</rdf:li></rdf:Bag></dc:language>",
		"<dc:relation><rdf:Bag><rdf:li>" + russian + "</rdf:li></rdf:Bag></dc:relation>",
	} {
		if packet := metadata(t, file); !strings.Contains(packet, w) {
			t.Errorf("the metadata has no %s\n%s", w, packet)
		}
	}
}

// Nothing says that text runs from right to left as a whole: pdfium would turn
// addresses round on account of it, word by word.
func TestDirection(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		f := open(t, write(t, compose(t, "title: T\nlang: "+lang+"\nurl: https://example.org/", "1", nil)))
		if got, ok := f.dict(f.root(), "ViewerPreferences")["Direction"]; ok {
			t.Errorf("%s: %v", lang, got)
		}
	}
}

// A tag that is none is not written.
func TestLanguageInjection(t *testing.T) {
	e := compose(t, english, "Text", nil)
	e.Docs[0].Meta.Lang = "en)/MarkInfo<<>>/X("
	f := open(t, write(t, e))
	root := f.dict(f.Trailer, "Root")
	if root["Lang"] != nil || len(f.dict(root["MarkInfo"])) != 1 || bytes.Contains(f.data(root["Metadata"]), []byte("MarkInfo")) {
		t.Error("the tag is in the file")
	}
}

// Links lead to addresses, from marks to notes and back, and say so in the
// language of the article; faces that are not used are not there.
func TestLinks(t *testing.T) {
	text := "One[^a] two[^a] three[^b] [words](https://example.org/ü?a=(b)).\n\n## Глава\n\n[^a]: Note\n[^b]: Note"
	f := open(t, write(t, compose(t, "title: Тақырып\nlang: kk\nurl: https://example.org/", text, nil)))
	for _, a := range f.annots() {
		if a["F"] != 4 || a["Subtype"] != object.Name("Link") {
			t.Errorf("annotation %v", a)
		}
		r := a["Rect"].(object.Array)
		if number(r[0]) >= number(r[2]) || number(r[1]) >= number(r[3]) {
			t.Errorf("the corners %v", r)
		}
		if a["A"] != nil {
			if uri := f.dict(a, "A")["URI"]; uri != object.String("https://example.org/%C3%BC?a=(b)") && uri != object.String("https://example.org/") {
				t.Errorf("an address %s", uri)
			}
		} else if dest := a["Dest"].(object.Array); f.dict(dest[0])["Type"] != object.Name("Page") {
			t.Errorf("a link to %v", dest)
		}
	}
	l := locales.Get("kk").Labels
	want := []string{
		locales.Format(l.Note, "note", "1"),
		locales.Format(l.Note, "note", "1"),
		locales.Format(l.Note, "note", "2"),
		"https://example.org/ü?a=(b)",
		locales.Format(l.BackToRef, "ref", "1", "note", "1"), // the number of the note
		locales.Format(l.BackToRef, "ref", "1", "note", "1"),
		locales.Format(l.BackToRef, "ref", "2", "note", "1"),
		l.BackToText,
		"https://example.org/ü?a=(b)", // in the list of links
		"https://example.org/",        // in the colophon
	}
	var spoken []string
	for _, m := range area.FindAllStringSubmatch(f.dump(), -1) {
		s, _ := strconv.Unquote(m[1])
		spoken = append(spoken, s)
	}
	if !slices.Equal(spoken, want) {
		t.Errorf("links say %q, want %q", spoken, want)
	}
	if page := f.pages()[0]; page["Tabs"] != object.Name("S") {
		t.Error("nothing says in which order links follow each other")
	}
	if got := f.fonts(); len(got) != 3 {
		t.Errorf("%d faces, want 3: regular, bold, and one with arrows", len(got))
	}
}

var area = regexp.MustCompile(`(?m)^ *area (.*)$`)

func number(o any) float64 {
	switch o := o.(type) {
	case int:
		return float64(o)
	case object.Real:
		f, _ := strconv.ParseFloat(string(o), 64)
		return f
	}
	return math.NaN()
}

// An address that no file can hold is no link, and the file is written.
func TestLongAddress(t *testing.T) {
	e := compose(t, english, "A [word](https://example.org/).", nil)
	book, _ := typeset.Layout(e)
	book.Pages[0].Links[0].URL = "https://example.org/" + strings.Repeat("ü", object.MaxString/3)
	var b bytes.Buffer
	if _, err := render(&b, book, e); err != nil {
		t.Fatal(err)
	}
	if got, want := len(open(t, b.Bytes()).annots()), len(book.Pages[0].Links)-1; got != want {
		t.Errorf("%d links, want %d", got, want)
	}
}

// The outline has the headings, at their levels, with the numbers of what is
// below them, and characters of all planes.
func TestOutline(t *testing.T) {
	text := "## One\n\nText\n\n### Глава\n\nText\n\n#### Deep\n\nText\n\n### Other\n\nText\n\n## Two\n\nText[^a]\n\n[^a]: Note"
	e := compose(t, english, text, nil)
	book, _ := typeset.Layout(e)
	for i := range book.Bookmarks {
		if book.Bookmarks[i].Title == "Deep" {
			book.Bookmarks[i].Title = "Deep 😀"
		}
	}
	var b bytes.Buffer
	if _, err := render(&b, book, e); err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	var list []string
	var walk func(parent object.Ref, level int) (entries int)
	walk = func(parent object.Ref, level int) (entries int) {
		d := f.dict(parent)
		var prev any
		next := d["First"]
		for next != nil {
			e := f.dict(next)
			title := string(e["Title"].(object.String))
			if rest, ok := strings.CutPrefix(title, "\xFE\xFF"); ok {
				var units []uint16
				for i := 0; i < len(rest); i += 2 {
					units = append(units, uint16(rest[i])<<8|uint16(rest[i+1]))
				}
				title = string(utf16.Decode(units))
			}
			list = append(list, fmt.Sprint(level, " ", title))
			if e["Parent"] != parent || e["Prev"] != prev || f.dict(e["Dest"].(object.Array)[0])["Type"] != object.Name("Page") {
				t.Errorf("entry %v", e)
			}
			prev = next
			entries += 1 + walk(next.(object.Ref), level+1)
			next = e["Next"]
		}
		if d["Last"] != prev || entries > 0 && d["Count"] != entries || entries == 0 && d["Count"] != nil {
			t.Errorf("%v has %d entries", d, entries)
		}
		return entries
	}
	walk(f.dict(f.Trailer, "Root")["Outlines"].(object.Ref), 0)
	labels := locales.Get("en").Labels
	want := []string{"0 One", "1 Глава", "2 Deep 😀", "1 Other", "0 Two", "0 " + labels.Notes, "0 " + labels.About}
	if !slices.Equal(list, want) {
		t.Errorf("outline %q, want %q", list, want)
	}
	checkPDF(t, b.Bytes())
}

// The widths in the file are those of the faces and of the fonts in it, each
// code has its text, and nothing of fpdf's stubs is left.
func TestFonts(t *testing.T) {
	for _, e := range samples(t) {
		file := write(t, e)
		f := open(t, file)
		seen := map[rune]bool{}
		for name, font := range f.fonts() {
			texts, widths, advances := f.texts(font), f.widths(font), f.advances(font)
			if len(texts) != len(widths) || len(texts) == 0 {
				t.Errorf("%s: %d texts, %d widths", name, len(texts), len(widths))
			}
			for code, text := range texts {
				for _, r := range text {
					seen[r] = true
				}
				if widths[code] != advances[code] {
					t.Errorf("%s: %q is %d wide, want %d", name, text, widths[code], advances[code])
				}
			}
			descriptor := f.dict(f.dict(font["DescendantFonts"].(object.Array)[0]), "FontDescriptor")
			if got, want := len(f.data(descriptor["FontFile2"])), f.dict(descriptor, "FontFile2")["Length1"]; got != want {
				t.Errorf("%s: the font has %d bytes, want %v", name, got, want)
			}
			for _, key := range []object.Name{"Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "XHeight", "StemV", "FontWeight"} {
				if descriptor[key] == nil {
					t.Errorf("%s: the descriptor has no %s", name, key)
				}
			}
		}
		body, _ := e.Docs[0].Words()
		for _, r := range strings.Join(body, "") {
			if !seen[r] {
				t.Errorf("%s: no code stands for %q", e.Name, string(r))
			}
		}
		for r, o := range f.Objects {
			d, ok := o.(object.Dict)
			if !ok {
				continue
			}
			if d["Subtype"] == object.Name("Type1") || d["CreationDate"] == object.String("D:19700101000000") {
				t.Errorf("%s: object %d is fpdf's: %v", e.Name, r, d)
			}
		}
	}
}

// The text of the codes is that of the article: of letters with marks, ligatures
// and words that are divided at the end of a line, and each line ends in a space.
func TestCodes(t *testing.T) {
	text := "q\u0307uo i\u0302\u0323 x\u0301 office " + strings.Repeat("syl\u00ADla\u00ADble ", 60) + "\n\nEnd"
	f := open(t, write(t, compose(t, english, text, nil)))
	got := strings.ReplaceAll(f.shown(), "\u00AD", "")
	if !strings.Contains(got, "q\u0307uo i\u0302\u0323 x\u0301 office syllable") || strings.Count(got, "syllable ") != 60 {
		t.Errorf("the words are not whole: %+q", got)
	}
	for _, text := range f.texts(f.fonts()["NotoSerif-Regular"]) {
		if r, _ := utf8.DecodeRuneInString(text); len(parted(text, false)) > 1 && !unicode.Is(unicode.M, r) {
			t.Errorf("a code stands for letters and marks: %q", text)
		}
	}
}

// shown is the text of each passage of marked content, on lines of their own.
func (f opened) shown() string {
	f.t.Helper()
	var out strings.Builder
	for _, p := range f.pages() {
		sequences, problems := f.scan(p)
		if len(problems) > 0 {
			f.t.Error(problems)
		}
		for _, s := range sequences {
			out.WriteString(s.text + "\n")
		}
	}
	return out.String()
}

// Running heads, page numbers, rules and decoration are no part of the text, and
// nothing is drawn outside of marked content.
func TestArtifacts(t *testing.T) {
	text := strings.Repeat("Text\n\n", 60) + "---\n\n~~Struck~~\n\n![](dot.png)"
	images := map[string][]byte{"dot.png": encodePNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))}
	f := open(t, write(t, compose(t, english, text, images)))
	pages := f.pages()
	if len(pages) < 2 {
		t.Fatal("one page is not enough")
	}
	running := 0
	for i, p := range pages {
		sequences, problems := f.scan(p)
		if len(problems) > 0 {
			t.Errorf("page %d: %q", i+1, problems)
		}
		for _, s := range sequences {
			if s.tag == "Artifact" && strings.TrimSpace(s.text) != "" {
				running++
			} else if s.tag == "Figure" {
				t.Error("decoration is a figure")
			}
		}
	}
	if running < 2*len(pages)-1 {
		t.Errorf("%d running heads and page numbers on %d pages", running, len(pages))
	}
}

// divide rounds to the nearest.
func TestDivide(t *testing.T) {
	for _, test := range [][3]typeset.Length{{7, 2, 4}, {-7, 2, -3}, {5, 3, 2}, {-5, 3, -2}, {-4, 3, -1}, {0, 9, 0}, {-9, 3, -3}, {1, 1000, 0}, {-1, 1000, 0}} {
		if got := divide(test[0], test[1]); got != test[2] {
			t.Errorf("%d/%d is %d, want %d", test[0], test[1], got, test[2])
		}
	}
	for l, want := range map[typeset.Length]string{0: "0", typeset.Pt: "1", -typeset.Pt / 2: "-0.5", 3*typeset.Pt + typeset.Pt/20: "3.05", typeset.Pt / 1000: "0", 99999 * typeset.Pt / 100: "999.99"} {
		if got := string(appendPoints(nil, l)); got != want {
			t.Errorf("%d: %s, want %s", l, got, want)
		}
	}
}

// What fpdf's file has and we do not know is an error, and so is what it lacks.
func TestFaults(t *testing.T) {
	e := compose(t, english, "Text[^a] ![A picture](x.png)\n\n[^a]: Note", map[string][]byte{"x.png": encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 4)))})
	book, _ := typeset.Layout(e)
	p := newPen(book)
	drawn, err := p.draw()
	if err != nil {
		t.Fatal(err)
	}
	finish := func(drawn []byte) error {
		f := &finisher{pen: p, edition: e, doc: e.Docs[0]}
		_, _, err := f.finish(drawn)
		return err
	}
	if err := finish(drawn); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ old, new, want string }{
		{"/Root ", "/Rotten ", "an unknown key"},
		{"/Names <<", "/Lames <<", "an unknown key Lames"},
		{"/Type /Page\n/Parent", "/Typo /Page\n/Parent", "an unknown key Typo"},
		{"/Border", "/Bolder", "an unknown key Bolder"},
		{"/Subtype /Link", "/SubtypA /Link", "an unknown key SubtypA"},
		{"/XYZ", "/FYZ", "a place of another form"},
		{"/Dest [3 0 R", "/Dest [2 0 R", "a place on no page"},
		{"/BaseFont /face-0", "/BaseFont /face-9", "none of ours"},
		{"/Width 1\n", "/Width 7\n", "none of ours"},
		{"/Count 1\n", "/Count 2\n", "pages"},
		{"/ColorSpace <<\n>>", "/ColorSpacX <<\n>>", "an unknown key ColorSpacX"},
		{"endobj", "endobk", "endob"},
		{"startxref", "startxfer", "startxref"},
	} {
		broken := bytes.Replace(drawn, []byte(test.old), []byte(test.new), 1)
		if bytes.Equal(broken, drawn) {
			t.Errorf("fpdf's file has no %q", test.old)
			continue
		}
		if err := finish(broken); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q for %q: %v, want %q", test.new, test.old, err, test.want)
		}
	}
	p.annots[0] = p.annots[0][1:]
	if err := finish(drawn); err == nil || !strings.Contains(err.Error(), "links") {
		t.Errorf("one link too few: %v", err)
	}
}

// Images of every kind that articles have come through, those that fpdf cannot
// read in a form that it can.
func TestImages(t *testing.T) {
	box := image.Rect(0, 0, 8, 4)
	palette := image.NewPaletted(box, color.Palette{color.NRGBA{255, 0, 0, 128}, color.NRGBA{0, 0, 255, 255}})
	opaque := image.NewPaletted(box, color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}})
	var jpg, grayJPG bytes.Buffer
	if err := errors.Join(jpeg.Encode(&jpg, flat(image.NewNRGBA(box), color.NRGBA{9, 99, 199, 255}), nil), jpeg.Encode(&grayJPG, image.NewGray(box), nil)); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		data []byte
		mask bool // it has one for transparency
	}{
		{"gray.png", encodePNG(t, image.NewGray(box)), false},
		{"gray16.png", encodePNG(t, image.NewGray16(box)), false},
		{"rgb.png", encodePNG(t, flat(image.NewNRGBA(box), color.NRGBA{1, 2, 3, 255})), false},
		{"alpha.png", encodePNG(t, flat(image.NewNRGBA(box), color.NRGBA{1, 2, 3, 100})), true},
		{"rgb16.png", encodePNG(t, flat(image.NewNRGBA64(box), color.NRGBA{1, 2, 3, 255})), false},
		{"alpha16.png", encodePNG(t, flat(image.NewNRGBA64(box), color.NRGBA{1, 2, 3, 100})), true},
		{"palette.png", encodePNG(t, opaque), false},
		{"palette-alpha.png", encodePNG(t, palette), true},
		{"interlaced.png", interlacedPNG(), false},
		{"colour.jpg", jpg.Bytes(), false},
		{"gray.jpg", grayJPG.Bytes(), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, compose(t, english, "![A picture]("+test.name+")", map[string][]byte{test.name: test.data}))
			f := open(t, file)
			images := f.dict(f.pages()[0], "Resources", "XObject")
			if len(images) != 1 {
				t.Fatalf("%d images", len(images))
			}
			for name, r := range images {
				d := f.dict(r)
				if (d["SMask"] != nil) != test.mask || d["BitsPerComponent"] != 8 {
					t.Errorf("image %v", d)
				}
				if data := f.data(f.pages()[0]["Contents"]); strings.Count(string(data), "/"+string(name)+" Do Q") != 1 {
					t.Error("it is not drawn")
				}
				want, _, err := image.Decode(bytes.NewReader(test.data))
				if err != nil {
					t.Fatal(err)
				}
				if strings.HasSuffix(test.name, ".jpg") {
					if o, _ := f.Get(r); !bytes.Equal(o.(*object.Stream).Data, test.data) {
						t.Error("the data are others")
					}
					return
				}
				got := f.pixels(r)
				for y := range want.Bounds().Dy() {
					for x := range want.Bounds().Dx() {
						w := color.NRGBAModel.Convert(want.At(x, y)).(color.NRGBA)
						if c := got.NRGBAAt(x, y); !near(c.R, w.R) || !near(c.G, w.G) || !near(c.B, w.B) || c.A != w.A {
							t.Fatalf("the pixel at %d, %d is %v, want %v", x, y, c, w)
						}
					}
				}
			}
			checkPDF(t, file)
		})
	}
}

// near allows for the rounding of package color, which takes colours for
// transparent ones and back.
func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 1 }

// pixels decodes an image as a reader would: package png does it, in a file
// that is made of the image's data.
func (f opened) pixels(r any) *image.NRGBA {
	f.t.Helper()
	d := f.dict(r)
	w, h := d["Width"].(int), d["Height"].(int)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	data := f.data(r)
	if space, ok := d["ColorSpace"].(object.Array); ok {
		table := space[3].(object.String)
		for i, v := range data {
			copy(out.Pix[4*i:], []byte{table[3*int(v)], table[3*int(v)+1], table[3*int(v)+2], 0xFF})
		}
	} else {
		kind := byte(0)
		if d["ColorSpace"] == object.Name("DeviceRGB") {
			kind = 2
		}
		img, err := png.Decode(bytes.NewReader(pngFile(w, h, kind, data)))
		if err != nil {
			f.t.Fatal(err)
		}
		draw.Draw(out, out.Bounds(), img, image.Point{}, draw.Src)
	}
	if mask, ok := d["SMask"]; ok {
		alpha := f.pixels(mask)
		for i := range w * h {
			out.Pix[4*i+3] = alpha.Pix[4*i]
			if alpha.Pix[4*i] == 0 {
				copy(out.Pix[4*i:], []byte{0, 0, 0})
			}
		}
	}
	return out
}

// A JPEG in the colours of printing is converted, and the author hears of it.
func TestImageCMYK(t *testing.T) {
	e := compose(t, english, "![A picture](x.jpg)", map[string][]byte{"x.jpg": cmykJPEG(t)})
	var b bytes.Buffer
	written, err := Format{}.Write(&b, e)
	if err != nil {
		t.Fatal(err)
	}
	if len(written.Warnings) != 1 || written.Warnings[0].Code != "image-cmyk" || written.Warnings[0].Path != "x.jpg" {
		t.Errorf("warnings %v", written.Warnings)
	}
	f := open(t, b.Bytes())
	for _, r := range f.dict(f.pages()[0], "Resources", "XObject") {
		if d := f.dict(r); d["ColorSpace"] == object.Name("DeviceCMYK") || d["Filter"] != object.Name("FlateDecode") {
			t.Errorf("image %v", d)
		}
	}
}

// cmykJPEG is 8 by 8 pixels in four colours. Package jpeg writes none, so the
// header of a grey one is given three more components, all alike.
func cmykJPEG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	frame := bytes.Index(data, []byte{0xFF, 0xC0})
	scan := bytes.Index(data, []byte{0xFF, 0xDA})
	out := append(bytes.Clone(data[:2]), "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"...)
	out = append(out, data[2:frame]...)
	out = append(out, 0xFF, 0xC0, 0, 8+12, 8, 0, 8, 0, 8, 4)
	for c := byte(1); c <= 4; c++ {
		out = append(out, c, 0x11, 0)
	}
	out = append(out, data[frame+13:scan]...)
	out = append(out, 0xFF, 0xDA, 0, 6+8, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	out = append(out, make([]byte, 96)...) // four blocks: zeros are codes too, of 191 bits a block
	out = append(out, 0xFF, 0xD9)
	if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
		t.Fatal(err)
	}
	return out
}

// Turned pixels go where the camera says: the first row and column, and the
// last ones, to the sides that Exif names for each number.
func TestTurns(t *testing.T) {
	sides := map[typeset.Turn][2]string{ // where the first row is, and the first column
		2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
	}
	at := func(m [6]typeset.Length, u, v typeset.Length) [2]typeset.Length {
		return [2]typeset.Length{m[0]*u + m[2]*v + m[4], m[1]*u + m[3]*v + m[5]}
	}
	side := func(a, b [2]typeset.Length) string {
		switch {
		case a[0] == b[0]:
			return [...]string{"left", "right"}[a[0]]
		case a[1] == b[1]:
			return [...]string{"bottom", "top"}[a[1]]
		}
		return "none"
	}
	for turn, want := range sides {
		m := turns[turn]
		row, column := side(at(m, 0, 1), at(m, 1, 1)), side(at(m, 0, 0), at(m, 0, 1))
		if got := [2]string{row, column}; got != want {
			t.Errorf("%d: %v, want %v", turn, got, want)
		}
	}
	if len(turns) != len(sides) {
		t.Errorf("%d turns", len(turns))
	}

	// On the page: as high as the photograph is wide.
	e := compose(t, english, "![A picture](x.png)", map[string][]byte{"x.png": encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 4)))})
	book, _ := typeset.Layout(e)
	pic := &book.Pages[0].Pictures[0]
	pic.X, pic.Y, pic.Width, pic.Height, pic.Turn = 100*typeset.Pt, 200*typeset.Pt, 10*typeset.Pt, 20*typeset.Pt, 6
	var b bytes.Buffer
	if _, err := render(&b, book, e); err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	if data := string(f.data(f.pages()[0]["Contents"])); !strings.Contains(data, "q 0 -20 10 0 100 641.89 cm\nq 1.00000 0 0 1.00000 0.00000 0.00000 cm /I") {
		t.Errorf("the page has\n%s", data)
	}
}

// An image that cannot be read is an error that names it.
func TestImageBroken(t *testing.T) {
	e := compose(t, english, "![A picture](x.png)", map[string][]byte{"x.png": encodePNG(t, image.NewGray16(image.Rect(0, 0, 8, 4)))})
	e.Docs[0].Images[0].Data = e.Docs[0].Images[0].Data[:40]
	_, err := Format{}.Write(io.Discard, e)
	if err == nil || !strings.Contains(err.Error(), "x.png") || !strings.HasPrefix(err.Error(), "pdf: ") {
		t.Errorf("%v", err)
	}
}

// flat fills an image with one colour.
func flat[T interface {
	image.Image
	Set(x, y int, c color.Color)
}](img T, c color.Color) T {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			img.Set(x, y, c)
		}
	}
	return img
}

func encodePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// interlacedPNG is an interlaced image of one pixel, which has one pass.
func interlacedPNG() []byte {
	b := pngFile(1, 1, 2, []byte{0, 100, 150, 200})
	b[28] = 1
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// pngFile is a PNG of 8 bits a colour, of rows with their filters.
func pngFile(width, height int, kind byte, rows []byte) []byte {
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	z.Write(rows)
	z.Close()
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		b = append(append(b, kind...), data...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[len(b)-len(data)-4:]))
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = binary.BigEndian.AppendUint32(head, uint32(height))
	chunk("IHDR", append(head, 8, kind, 0, 0, 0))
	chunk("IDAT", data.Bytes())
	chunk("IEND", nil)
	return b
}

// checkPDF asks qpdf, if it is there.
func checkPDF(t *testing.T, file []byte) {
	t.Helper()
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		return
	}
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, file, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--check", name).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// fpdf prints some of its complaints instead of returning them.
func TestSilence(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	_, failed := Format{}.Write(io.Discard, compose(t, english, "Text **bold** *italic* ***both***", nil))
	os.Stdout = stdout
	w.Close()
	printed, err := io.ReadAll(r)
	if err != nil || failed != nil || len(printed) > 0 {
		t.Errorf("%v, %v, printed %q", err, failed, printed)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

// An error of the file comes out.
func TestWriteError(t *testing.T) {
	if _, err := (Format{}).Write(full{}, compose(t, english, "Text", nil)); err == nil || err.Error() != "no space" {
		t.Errorf("%v", err)
	}
}

// A panic of fpdf is an error, not the end of the program.
func TestPanic(t *testing.T) {
	book, _ := typeset.Layout(compose(t, english, "Text", nil))
	p := newPen(book)
	p.pdf.Bookmark("x", 3, 0) // fpdf reads beyond the end
	p.book.Pages[0].Links = append(p.book.Pages[0].Links, typeset.Link{Dest: 0, Elem: p.book.Root})
	p.links[0] = 99
	if _, err := p.draw(); err == nil || !strings.Contains(err.Error(), "fpdf") {
		t.Errorf("%v", err)
	}
}

// A character that the face has not is an error, never a box.
func TestMissingGlyph(t *testing.T) {
	e := compose(t, english, "Text", nil)
	book, _ := typeset.Layout(e)
	book.Pages[0].Lines[0].Pieces[0].Glyphs[0].ID = 0
	if _, err := render(io.Discard, book, e); err == nil || !strings.HasPrefix(err.Error(), "pdf: page 1: ") {
		t.Errorf("%v", err)
	}
}

// Dates are as exact as the article's.
func TestDate(t *testing.T) {
	for d, want := range map[locales.Date]string{
		{}:                             "",
		{Year: 2022}:                   "D:2022",
		{Year: 2022, Month: 3}:         "D:202203",
		{Year: 2022, Month: 3, Day: 4}: "D:20220304",
		{Year: 1, Month: 12, Day: 31}:  "D:00011231",
	} {
		if got := date(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
