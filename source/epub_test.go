package source

import (
	"strings"
	"testing"
)

const claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

// The settings of the book are read, checked, and written so that they are
// read again.
func TestEPUBSettings(t *testing.T) {
	tests := []struct {
		epub string
		want EPUBSettings
		err  string // place, code and a part of the hint
	}{
		{"{}", EPUBSettings{}, ""},
		{"{cover: none}", EPUBSettings{Cover: "none"}, ""},
		{"{cover: drawn}", EPUBSettings{Cover: "drawn"}, ""},
		{"{cover: a b.png}", EPUBSettings{Cover: "a b.png"}, ""},
		{"{conforms-to: " + claim + ", certified-by: A. Author}", EPUBSettings{ConformsTo: claim, CertifiedBy: "A. Author"}, ""},
		{"{conforms-to: WCAG 2.2 AA}", EPUBSettings{}, "article.md:4:21 field-wrong " + claim},
		{"{conforms-to: EPUB Accessibility 1.1 - WCAG 3.0 Level AA}", EPUBSettings{}, "article.md:4:21 field-wrong " + claim},
		{"{covers: none}", EPUBSettings{}, "article.md:4:8 field-unknown cover"},
	}
	for _, test := range tests {
		a, diags := Parse("article.md", []byte(article("epub: "+test.epub+"\n", "x")))
		got := ""
		for _, d := range diags {
			got += d.Pos.String() + " " + d.Code + " " + d.Hint
		}
		place, hint, _ := strings.Cut(test.err, " field-")
		if (got == "") != (test.err == "") || !strings.HasPrefix(got, place) || !strings.Contains(got, hint[strings.Index(hint, " ")+1:]) {
			t.Errorf("%s: %s, want %s", test.epub, got, test.err)
		}
		if a.Header.Settings.EPUB != test.want {
			t.Errorf("%s: %+v", test.epub, a.Header.Settings.EPUB)
		}
		again, diags := Parse("article.md", Print(a))
		if len(diags) > 0 || again.Header.Settings.EPUB != test.want {
			t.Errorf("%s: printed and read again it is %+v, %v", test.epub, again.Header.Settings.EPUB, diags)
		}
	}
}

// The image that is the cover is loaded, for a translation too that names none
// itself. The claim of one language version is not that of another.
func TestEPUBCover(t *testing.T) {
	folder := files(
		"article.md", article("epub: {cover: images/a.png, conforms-to: "+claim+", certified-by: A. Author}\n", "x"),
		"locales/fr.md", "---\ntitle: T\n---\nx",
		"locales/kk.md", "---\ntitle: T\nepub: {cover: images/b.png}\n---\nx",
		"locales/ru.md", "---\ntitle: T\nepub: {cover: none}\n---\nx",
		"images/a.png", pngOf(1, 1), "images/b.png", pngOf(2, 2),
	)
	f, diags := Load(folder, "x")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	covers := func() string {
		var s []string
		for _, a := range f.Articles {
			e := a.Header.Settings.EPUB
			name := e.Cover
			if e.CoverImage != nil {
				name += " is " + e.CoverImage.Src
			}
			s = append(s, a.Lang+" "+name)
			if claims := e.ConformsTo != "" || e.CertifiedBy != ""; claims != (a.Lang == "en") {
				t.Errorf("%s: a claim %v", a.Lang, claims)
			}
		}
		return strings.Join(s, ", ")
	}
	if got, want := covers(), "en images/a.png is images/a.png, fr images/a.png is images/a.png, kk images/b.png is images/b.png, ru none"; got != want {
		t.Errorf("covers:\n%s\nwant:\n%s", got, want)
	}
	for _, test := range []struct{ value, want string }{
		{"images/b.png", "en images/b.png is images/b.png, fr images/b.png is images/b.png, kk images/b.png is images/b.png, ru images/b.png is images/b.png"},
		{"none", "en none, fr none, kk none, ru none"},
	} {
		if err := f.Set("epub.cover", test.value); err != nil {
			t.Fatal(err)
		}
		if got := covers(); got != test.want {
			t.Errorf("set to %s:\n%s\nwant:\n%s", test.value, got, test.want)
		}
	}
	if err := f.Set("epub.cover", "images/c.png"); err == nil || !strings.Contains(err.Error(), "there is no file images/c.png") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// A cover that cannot be loaded is an error where it is named, once.
func TestEPUBCoverMissing(t *testing.T) {
	for _, cover := range []string{"images/none.png", "../a.png", "https://example.org/a.png", "article.md"} {
		_, diags := Load(files("article.md", article("epub: {cover: \""+cover+"\"}\n", "x"), "locales/fr.md", "---\ntitle: T\n---\nx"), "x")
		if len(diags) != 1 || diags[0].Pos.String() != "article.md:4:15" || !strings.HasPrefix(diags[0].Code, "image-") || diags[0].Hint == "" {
			t.Errorf("%s: %v", cover, diags)
		}
	}
}
