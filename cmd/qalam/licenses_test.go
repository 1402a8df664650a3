package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qalam/source/golden"
)

// `qalam version --licenses` has the licence of each module that is linked
// into the program, in the version that is linked, and of nothing else; and
// those of Go itself, the faces and the data.
func TestLicenses(t *testing.T) {
	want := map[string][]byte{
		"qalam.txt":        read(t, "../../LICENSE"),
		"qalam-NOTICE.txt": read(t, "../../NOTICE"),
		"go.txt":           read(t, filepath.Join(goroot(t), "LICENSE")),
		"noto.txt":         read(t, "../../export/fonts/faces/Noto-LICENSE.txt"),
		"noto-emoji.txt":   read(t, "../../export/fonts/faces/NotoEmoji-LICENSE.txt"),
		"noto-serif.txt":   read(t, "../../export/fonts/faces/NotoSerif-LICENSE.txt"),
		"noto-cjk.txt":     read(t, "../../export/fonts/faces/NotoSerifCJK-LICENSE.txt"),
		"hyph-utf8.txt":    read(t, "../../locales/hyphen/patterns/LICENSES.txt"),
		"docbook.txt":      read(t, "../../locales/labels/LICENSE-docbook.txt"),
		"unicode-cldr.txt": read(t, "../../locales/cldr/LICENSE.txt"),
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}@{{.Version}} {{.Dir}}{{end}}{{end}}", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		module, dir, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		name := strings.ReplaceAll(module, "/", "_") + ".txt"
		if want[name] == nil {
			want[name] = moduleLicense(t, dir)
		}
	}
	if *golden.Update {
		if err := os.RemoveAll("licenses"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir("licenses", 0o777); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			if err := os.WriteFile(filepath.Join("licenses", name), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	for name, text := range want {
		got, err := fs.ReadFile(licenses, "licenses/"+name)
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("licenses/%s is missing or not what its module has; go test ./cmd/qalam -run Licenses -update", name)
		}
	}
	files, err := fs.ReadDir(licenses, "licenses")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if want[f.Name()] == nil {
			t.Errorf("licenses/%s is of nothing that is linked", f.Name())
		}
	}
}

// goroot is the folder of Go itself.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// moduleLicense is the text of the licence files of a module.
func moduleLicense(t *testing.T, dir string) []byte {
	t.Helper()
	var text []byte
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := strings.ToUpper(f.Name())
		if f.Type().IsRegular() && (strings.HasPrefix(name, "LICENSE") || strings.HasPrefix(name, "LICENCE") ||
			strings.HasPrefix(name, "COPYING") || strings.HasPrefix(name, "NOTICE") || strings.HasPrefix(name, "UNLICENSE")) {
			text = append(text, read(t, filepath.Join(dir, f.Name()))...)
		}
	}
	if len(text) == 0 {
		t.Errorf("%s has no licence", dir)
	}
	return text
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
