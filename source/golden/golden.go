// Package golden runs golden tests. A case is a txtar archive: its files
// called "want.…" hold what must come out of the others. It is for tests only.
//
// `go test -update` writes the wanted files anew; the difference is read before
// it is committed.
package golden

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// Update is set by -update: what is wanted is what comes out.
var Update = flag.Bool("update", false, "write the wanted parts of golden files anew")

// Case is an archive.
type Case struct {
	Comment string
	Files   fstest.MapFS // those that are not wanted
	Wanted  []string     // the names of the others, in the order of the archive
}

// Run runs a test for each archive of the folder testdata, and fails when
// there is none. make returns what came out of a case, by name, "want.…". All
// of what came out must be wanted, but for what is empty, and all of what is
// wanted must have come out.
func Run(t *testing.T, make func(t *testing.T, c *Case) map[string]string) {
	t.Helper()
	RunIn(t, "testdata", make)
}

// RunIn is Run for the archives of another folder.
func RunIn(t *testing.T, dir string, make func(t *testing.T, c *Case) map[string]string) {
	t.Helper()
	archives, err := filepath.Glob(dir + "/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := &Case{Comment: string(archive.Comment), Files: fstest.MapFS{}}
			want := map[string]string{}
			result := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "want.") {
					want[f.Name] = string(f.Data)
					c.Wanted = append(c.Wanted, f.Name)
				} else {
					c.Files[f.Name] = &fstest.MapFile{Data: f.Data}
					result.Files = append(result.Files, f)
				}
			}
			got := make(t, c)
			for name, w := range want {
				if _, ok := got[name]; !ok && !*Update {
					t.Errorf("%s: nothing came out, want\n%s", name, w)
				}
			}
			for _, name := range slices.Sorted(maps.Keys(got)) {
				g := got[name]
				if g == "" && want[name] == "" {
					continue
				}
				result.Files = append(result.Files, txtar.File{Name: name, Data: []byte(g)})
				if g != want[name] && !*Update {
					t.Errorf("%s: got\n%s\nwant\n%s", name, g, want[name])
				}
			}
			if !*Update || t.Failed() {
				return
			}
			slices.SortStableFunc(result.Files, func(a, b txtar.File) int { return order(archive, a) - order(archive, b) })
			if data := txtar.Format(result); !bytes.Equal(data, txtar.Format(archive)) {
				if err := os.WriteFile(file, data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// order is the place of a file in the archive as it was; new ones go to the
// end.
func order(archive *txtar.Archive, f txtar.File) int {
	i := slices.IndexFunc(archive.Files, func(g txtar.File) bool { return g.Name == f.Name })
	if i < 0 {
		return len(archive.Files)
	}
	return i
}
