package epub

import (
	"bytes"
	"fmt"
	graphics "image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source"
)

// titled is a document with that title and cover.
func titled(tag, title, cover string) *document.Document {
	d := plainDocument(tag, para(text("Text.")))
	d.Meta.Title, d.Title.Title, d.Settings.EPUB.Cover = title, title, cover
	return d
}

// inked are the rows of a cover that have ink on them, as the box around it,
// and how much of it there is.
func inked(t *testing.T, data []byte, below int) (box graphics.Rectangle, pixels int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != coverWidth || b.Dy() != coverHeight {
		t.Fatalf("a cover of %v", b)
	}
	p := img.(*graphics.Paletted)
	for y := below; y < coverHeight; y++ {
		for x := range coverWidth {
			if p.ColorIndexAt(x, y) > 0 {
				pixels++
				box = box.Union(graphics.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box, pixels
}

// A cover is drawn for a title in any script, keeps its margins, and starts at
// the side where the language starts. It is small, and the same every time.
func TestDrawCover(t *testing.T) {
	tests := []struct{ tag, title string }{
		{"en", "The days of January"},
		{"kk", "Қаңтар күндері"},
		{"kk-Arab", "قاڭتار كۇندەرى"},
		{"ar", "أيام يناير"},
		{"hi", "जनवरी के दिन"},
		{"zh-Hans", "一月的日子"},
		{"en", "A"},
		{"en", strings.Repeat("Donaudampfschifffahrtsgesellschaft", 6)},
		{"en", strings.Repeat("A long title, with many words in it, ", 12)},
		{"zh-Hans", strings.Repeat("一月的日子", 80)},
		{"en", "<b>&amp;]]>\u202e\x00 ../x"},
	}
	for _, test := range tests {
		d := titled(test.tag, test.title, source.CoverDrawn)
		data, _, err := drawCover(d)
		if err != nil {
			t.Errorf("%s: %v", test.title, err)
			continue
		}
		if again, _, err := drawCover(d); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: another cover the second time, %v", test.title, err)
		}
		if len(data) > 40<<10 {
			t.Errorf("%s: %d bytes", test.title, len(data))
		}
		box, pixels := inked(t, data, 40)
		const slack = 12 // letters lean over the edge
		if box.Min.X < coverMargin-slack || box.Max.X > coverWidth-coverMargin+slack || box.Max.Y > coverHeight-coverMargin || pixels < 1500 {
			t.Errorf("%s: %d pixels in %v", test.title, pixels, box)
		}
		if rtl := d.Locale.Dir == locales.RTL; rtl != (box.Max.X > coverWidth-coverMargin-slack && box.Min.X > coverMargin+slack) {
			t.Errorf("%s: lies in %v", test.title, box)
		}
	}
}

// All that stands above the text is on the cover: each part adds ink.
func TestDrawCoverParts(t *testing.T) {
	d := titled("en", "A title", source.CoverDrawn)
	before := 0
	for _, part := range []struct {
		name string
		add  func()
	}{
		{"title", func() {}},
		{"section", func() { d.Title.Section = "World" }},
		{"subtitle", func() { d.Title.Subtitle = "A subtitle" }},
		{"byline", func() { d.Title.Byline = []document.Line{{text("By A. Author")}, {text("Translated by B. Author")}} }},
		{"publisher", func() { d.Meta.Publisher = "A Publisher" }},
	} {
		part.add()
		data, _, err := drawCover(d)
		if err != nil {
			t.Fatal(err)
		}
		box, pixels := inked(t, data, 40)
		if pixels < before+500 || box.Max.Y > coverHeight-coverMargin {
			t.Errorf("%s: %d pixels, %d before, in %v", part.name, pixels, before, box)
		}
		before = pixels
	}
	// What no face can show is left out, and a part that is too long is cut off.
	d.Title.Subtitle = "\U0010fffd"
	d.Title.Byline = nil
	for i := range 40 {
		d.Title.Byline = append(d.Title.Byline, document.Line{text(fmt.Sprintf("Author %d", i))})
	}
	data, _, err := drawCover(d)
	if err != nil {
		t.Fatal(err)
	}
	if box, _ := inked(t, data, 40); box.Max.Y > coverHeight-coverMargin {
		t.Errorf("the names reach down to %v", box)
	}
}

// The diagnostic epub-cover: a title for which there is no face has no cover,
// rather than boxes on it.
func TestEpubCover(t *testing.T) {
	var out bytes.Buffer
	written, err := Format{}.Write(&out, edition(titled("en", "A \U0010fffd title", "")))
	if err != nil {
		t.Fatal(err)
	}
	if len(written.Warnings) != 1 || written.Warnings[0].Code != "epub-cover" || written.Warnings[0].Hint == "" {
		t.Errorf("warnings %v", written.Warnings)
	}
	if b := read(t, out.Bytes()); b.Files["EPUB/xhtml/cover.xhtml"] != nil || strings.Contains(string(b.Files["EPUB/package.opf"]), "cover") {
		t.Errorf("files %q", b.Names)
	}
}

// What is left out of a cover is said, once for each part.
func TestEpubCoverParts(t *testing.T) {
	d := titled("en", "A title", "")
	d.Title.Byline = []document.Line{{text("By \U0010fffd")}}
	d.Meta.Publisher = "A \U0010fffd"
	var out bytes.Buffer
	written, err := Format{}.Write(&out, edition(d))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range written.Warnings {
		got = append(got, w.Code+" "+w.Message)
	}
	want := []string{
		`epub-cover a line is not on the cover: no font has all the characters of "By \U0010fffd"`,
		`epub-cover a line is not on the cover: no font has all the characters of "A \U0010fffd"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if read(t, out.Bytes()).Files["EPUB/xhtml/cover.xhtml"] == nil {
		t.Error("no cover")
	}
}

// The rule stands below the title, however far its letters reach down.
func TestCoverRule(t *testing.T) {
	for _, title := range []string{"A title", "ہجری", "یے ہے چچچ"} {
		d := titled("ur", title, "")
		data, _, err := drawCover(d)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		p := img.(*graphics.Paletted)
		ink := func(y, from, to int) (n int) {
			for x := from; x < to; x++ {
				if p.ColorIndexAt(x, y) > 0 {
					n++
				}
			}
			return n
		}
		const left, right = coverWidth - coverMargin - 180, coverWidth - coverMargin
		rule := 300
		for ; rule < coverHeight && ink(rule, left, right) < 180; rule++ {
		}
		if rule == coverHeight {
			t.Fatalf("%s: no rule", title)
		}
		for y := rule - 40; y < rule+coverRule; y++ {
			from := coverMargin
			if n := ink(y, from, left); n > 0 || y < rule && ink(y, left, right) > 0 {
				t.Errorf("%s: the letters reach row %d, the rule stands on %d", title, y, rule)
				break
			}
		}
	}
}

// A book has the cover that the article asks for, and is told of it in every
// way that readers know.
func TestCover(t *testing.T) {
	own := &source.ImageFile{Src: "images/dot.png", MediaType: "image/png", Width: 1, Height: 1, Data: dot}
	photo := &source.ImageFile{Src: "images/dot.jpg", MediaType: "image/jpeg", Width: 1, Height: 1, Data: []byte("\xff\xd8\xff\xd9")}
	tests := []struct {
		cover string
		image *source.ImageFile
		file  string
	}{
		{"", nil, "cover.png"},
		{source.CoverDrawn, nil, "cover.png"},
		{source.CoverNone, nil, ""},
		{"images/dot.png", own, "cover.png"},
		{"images/dot.jpg", photo, "cover.jpg"},
		{"images/dot.png", nil, ""}, // it has an error
	}
	for _, test := range tests {
		d := titled("en", "A & title", test.cover)
		d.Settings.EPUB.CoverImage = test.image
		b := read(t, write(t, edition(d)))
		opf, nav := string(b.Files["EPUB/package.opf"]), string(b.Files["EPUB/nav.xhtml"])
		if test.file == "" {
			if strings.Contains(opf, "cover") || strings.Contains(nav, "cover") {
				t.Errorf("%+v: a cover in\n%s", test, opf)
			}
			continue
		}
		if test.image != nil && !bytes.Equal(b.Files["EPUB/images/"+test.file], test.image.Data) {
			t.Errorf("%+v: another image", test)
		}
		for _, want := range []string{
			`<meta name="cover" content="` + test.file + `"/>`,
			`href="images/` + test.file + `"`,
			`properties="cover-image"`,
			`<spine toc="ncx" page-progression-direction="ltr">` + "\n" + `    <itemref idref="cover.xhtml"/>`,
			`<reference type="cover" title="Cover" href="xhtml/cover.xhtml"/>`,
			`>visual<`,
		} {
			if !strings.Contains(opf, want) {
				t.Errorf("%+v: no %s in\n%s", test, want, opf)
			}
		}
		if want := `<a href="xhtml/cover.xhtml" epub:type="cover">Cover</a>`; strings.Count(nav, "cover.xhtml") != 1 || !strings.Contains(nav, want) {
			t.Errorf("%+v: no %s in\n%s", test, want, nav)
		}
		page := string(b.Files["EPUB/xhtml/cover.xhtml"])
		if want := `<img role="doc-cover" src="../images/` + test.file + `" alt="Cover: A &amp; title" width=`; !strings.Contains(page, want) {
			t.Errorf("%+v: no %s in\n%s", test, want, page)
		}
	}
}

func BenchmarkCover(b *testing.B) {
	d := everything("en")
	for b.Loop() {
		if _, _, err := drawCover(d); err != nil {
			b.Fatal(err)
		}
	}
}
