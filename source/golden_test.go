package source

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the golden files")

// The trees of testdata, with places and diagnostics, and the property of Print for each.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil || len(archive.Files) != 2 {
				t.Fatalf("%d parts: %v", len(archive.Files), err)
			}
			a, diags := Parse("article.md", archive.Files[0].Data)
			got := ""
			if a != nil {
				got = dump(a, true)
			}
			for _, d := range diags {
				got += d.String() + "\n"
			}
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if a != nil && printable(diags) {
				samePrinted(t, a)
			}
		})
	}
}
