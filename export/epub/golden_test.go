package epub

import (
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export/document"
	"qalam/source"
	"qalam/source/golden"
)

// Each case is an article folder, and files that the books of its languages
// have: "want.en/xhtml/notes.xhtml". The image images/dot.png is in every
// folder.
func TestGolden(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		c.Files["images/dot.png"] = &fstest.MapFile{Data: dot}
		books := booksOf(t, c.Files)
		got := map[string]string{}
		for _, name := range c.Wanted {
			lang, file, _ := strings.Cut(strings.TrimPrefix(name, "want."), "/")
			if data, ok := books[lang+"/EPUB/"+file]; ok {
				got[name] = string(data)
			}
		}
		if len(got) == 0 {
			t.Error("nothing is wanted")
		}
		return got
	})
}

// booksOf gives the files in the books of a folder, by language and name.
func booksOf(t *testing.T, folder fstest.MapFS) map[string][]byte {
	t.Helper()
	f, diags := source.Load(folder, "example")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var docs []*document.Document
	for _, a := range f.Articles {
		d, diags := document.Compose(f, a)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		docs = append(docs, d)
	}
	work := edition(docs...).Work
	got := map[string][]byte{}
	for _, d := range docs {
		for name, data := range read(t, write(t, &document.Edition{Name: d.Meta.Lang, Docs: []*document.Document{d}, Work: work})).Files {
			got[d.Meta.Lang+"/"+name] = data
		}
	}
	return got
}

// FuzzBook holds that every article that has no error becomes a book in which
// lint finds no fault, in scripts of both directions and in a language whose
// words are borrowed.
func FuzzBook(f *testing.F) {
	for _, s := range []string{
		"Text.[^a]\n\n[^a]: Note.[^a]",
		"## *&nbsp;*\n\n[![](images/dot.png)](https://example.org/) **&#32;**[^1][^2]\n\n[^1]: ![](images/dot.png)\n\n[^2]: > 1. - x[^1]",
		"## ![](images/dot.png)\n\n- \n- x\n\n1. # h\n\n> ## q\n\n| a |\n|---|\n| ![x](images/dot.png)[^a] |\n\n[^a]:\n    ```\n    \n    ```",
		"#### Deep\n\n`` ` ``\n\n    \n\n[x](javascript:1) [y](https://a:99999/) <https://é/>\n\n---\n\n[ب]{lang=ar}![a](images/dot.png \"c\")",
		"## On Правда\n\nWords, «Правда» 1917, שלום 12 *Ἀθῆναι*[^a] [日本の本](https://example.org/)\n\n[^a]: العربية",
	} {
		for i := range uint8(4) {
			f.Add(s, i)
		}
	}
	langs := []string{"en", "kk-Arab", "zh-Hans", "nqo"}
	f.Fuzz(func(t *testing.T, text string, lang uint8) {
		folder := fstest.MapFS{
			"article.md":     {Data: []byte("---\ntitle: A title\nlang: " + langs[int(lang)%len(langs)] + "\n---\n\n" + text)},
			"images/dot.png": {Data: dot},
		}
		src, diags := source.Load(folder, "example")
		if src == nil || diags.HasErrors() {
			return
		}
		d, diags := document.Compose(src, src.Articles[0])
		if diags.HasErrors() {
			return
		}
		if _, err := (Format{}).Write(io.Discard, edition(d)); err != nil {
			t.Fatal(err)
		}
	})
}
