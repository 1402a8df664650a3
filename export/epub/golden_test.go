package epub

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/export/document"
	"qalam/source"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the golden files")

// Each case is an article folder, and files that the books of its languages
// have: "want.en/xhtml/notes.xhtml". The image images/dot.png is in every
// folder.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder := fstest.MapFS{"images/dot.png": {Data: dot}}
			for _, f := range archive.Files {
				if !strings.HasPrefix(f.Name, "want.") {
					folder[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			got := booksOf(t, folder)
			wanted := 0
			for i, f := range archive.Files {
				if !strings.HasPrefix(f.Name, "want.") {
					continue
				}
				wanted++
				lang, name, _ := strings.Cut(strings.TrimPrefix(f.Name, "want."), "/")
				data, ok := got[lang+"/EPUB/"+name]
				if !ok {
					t.Errorf("no %s", f.Name)
				}
				if string(data) != string(f.Data) && !*update {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, data, f.Data)
				}
				archive.Files[i].Data = data
			}
			if wanted == 0 {
				t.Error("nothing is wanted")
			}
			if *update && !t.Failed() {
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
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
