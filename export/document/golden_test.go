package document

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/source"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the golden files")

// Each file in testdata is an article folder, and for each of its languages
// the dump of the document and what is said, as want.TAG.
func TestCompose(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f, diags := source.Load(folderOf(archive), "days")
			for _, d := range diags {
				t.Errorf("source says: %v", d)
			}
			got := map[string]string{}
			for _, a := range f.Articles {
				doc, diags := Compose(f, a)
				var b strings.Builder
				for _, d := range diags {
					b.WriteString(d.String() + "\n")
				}
				got["want."+a.Lang] = b.String() + dump(doc)
			}
			compare(t, file, archive, got)
		})
	}
}

// folderOf is the files of an archive that an author would have, and the image
// images/dot.png.
func folderOf(archive *txtar.Archive) fstest.MapFS {
	fsys := fstest.MapFS{"images/dot.png": {Data: dot}}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys
}

// compare holds the wanted parts of an archive against what came out.
func compare(t *testing.T, file string, archive *txtar.Archive, got map[string]string) {
	var kept []txtar.File
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			kept = append(kept, f)
			continue
		}
		g, ok := got[f.Name]
		if !ok {
			t.Errorf("there is no %s", f.Name)
			continue
		}
		delete(got, f.Name)
		if g != string(f.Data) && !*update {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, g, f.Data)
		}
		kept = append(kept, txtar.File{Name: f.Name, Data: []byte(g)})
	}
	for name := range got {
		t.Errorf("%s is not in %s: add an empty part of that name and run with -update", name, file)
	}
	if !*update {
		return
	}
	if data := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: kept}); !bytes.Equal(data, txtar.Format(archive)) {
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// dot is a PNG of one grey pixel.
var dot = []byte("\x89PNG\r\n\x1a\n" +
	"\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\x0aIDATx\xdach\x00\x00\x00\x82\x00\x81\xdaE\x08;" +
	"\x00\x00\x00\x00IEND\xaeB`\x82")
