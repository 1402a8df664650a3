package epub

import (
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
