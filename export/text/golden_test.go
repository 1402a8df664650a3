package text

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/export/document"
	"qalam/source"
)

var update = flag.Bool("update", false, "rewrite what the golden files want")

// visible shows characters that cannot be seen.
var visible = strings.NewReplacer(
	"\u200b", "‹ZWSP›", "\u200e", "‹LRM›", "\u200f", "‹RLM›", "\u2066", "‹LRI›", "\u2067", "‹RLI›",
	"\u2069", "‹PDI›", "\u00a0", "‹NBSP›", "\u202f", "‹NNBSP›", "\u00ad", "‹SHY›", "\ufeff", "‹BOM›", "\r", "‹CR›")

// Each case is an article folder, and the text file and warnings that each
// language has. images/map.png is in every folder.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder := fstest.MapFS{"images/map.png": {Data: picture.Bytes()}}
			want := map[string]string{}
			kept := archive.Files[:0]
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "want.") {
					want[f.Name] = string(f.Data)
					continue
				}
				folder[f.Name] = &fstest.MapFile{Data: f.Data}
				kept = append(kept, f)
			}
			archive.Files = kept

			loaded, diags := source.Load(folder, "example")
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			for _, a := range loaded.Articles {
				d, diags := document.Compose(loaded, a)
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				got, warnings := write(t, d)
				for _, f := range []txtar.File{
					{Name: "want." + a.Lang + ".txt", Data: []byte(visible.Replace(got))},
					{Name: "want." + a.Lang + ".warnings", Data: []byte(warnings)},
				} {
					if len(f.Data) == 0 && want[f.Name] == "" {
						continue
					}
					archive.Files = append(archive.Files, f)
					if !*update && string(f.Data) != want[f.Name] {
						t.Errorf("%s: got\n%s\nwant\n%s", f.Name, f.Data, want[f.Name])
					}
				}
				width := d.Settings.Text.Width
				if strings.Contains(warnings, "[code-wide]") {
					width = 0
				}
				checkLines(t, got, width)
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// write writes one document, twice, and returns the file and the warnings.
func write(t testing.TB, docs ...*document.Document) (file, warnings string) {
	t.Helper()
	e := &document.Edition{Name: "example", Docs: docs}
	var first, second bytes.Buffer
	written, err := Format{}.Write(&first, e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Format{}).Write(&second, e); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two files of one edition differ")
	}
	for _, d := range written.Warnings {
		warnings += d.String() + "\n"
	}
	return first.String(), warnings
}
