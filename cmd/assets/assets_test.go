package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Patterns keep only the fields that package locales knows; others are an error.
func TestDatePattern(t *testing.T) {
	tests := []struct{ in, want string }{
		{"d MMMM y", "d MMMM y"},
		{"d 'de' MMMM 'de' y", "d 'de' MMMM 'de' y"},
		{"d MMMM G y", "d MMMM 'CE' y"},
		{"d MMM y", "d MMMM y"},
		{"y('e')'ko' MMMM'ren' d('a')", "y('e')'ko' MMMM'ren' d('a')"},
		{"y年M月d日", "y年M月d日"},
		{"LLLL y 'г'.", "LLLL y 'г'."},
		{"EEEE d", ""},
		{"y 'г", ""},
		{"", ""},
	}
	for _, test := range tests {
		got, err := datePattern(test.in, "CE")
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("datePattern(%q) = %q, %v; want %q", test.in, got, err, test.want)
		}
	}
}

// Guillemets stand in the order of the text; other marks are not mirrored.
func TestMirrored(t *testing.T) {
	for in, want := range map[[4]string][4]string{
		{"»", "«", "›", "‹"}: {"«", "»", "‹", "›"},
		{"«", "»", "‹", "›"}: {"«", "»", "‹", "›"},
		{"”", "“", "’", "‘"}: {"”", "“", "’", "‘"},
	} {
		if got := mirrored(in); got != want {
			t.Errorf("mirrored(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSubtags(t *testing.T) {
	for in, want := range map[string]subtags{
		"kk":             {"kk", "", ""},
		"kk-Arab":        {"kk", "Arab", ""},
		"kk-Arab-CN":     {"kk", "Arab", "CN"},
		"ca-ES-valencia": {"ca", "", "ES-valencia"},
		"es-419":         {"es", "", "419"},
	} {
		if got := subtagsOf(in); got != want {
			t.Errorf("subtagsOf(%q) = %v, want %v", in, got, want)
		}
	}
}

// The files of an archive are found without the folder that they are in.
func TestUntar(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, h := range []tar.Header{
		{Name: "package/", Typeflag: tar.TypeDir},
		{Name: "package/main/kk/a.json", Typeflag: tar.TypeReg, Size: 2},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		w.Write(make([]byte, h.Size))
	}
	w.Close()
	z.Close()
	gz, err := gzip.NewReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	files, err := untar(gz)
	if err != nil || len(files) != 1 || len(files["main/kk/a.json"]) != 2 {
		t.Errorf("untar gives %q, %v", files, err)
	}
	if _, err := untar(strings.NewReader("no archive")); err == nil {
		t.Error("untar reads what is no archive")
	}
}

// What was written compares as equal; each kind of difference is reported.
func TestCompare(t *testing.T) {
	dir := t.TempDir()
	made := map[string][]byte{"a.txt": []byte("a\n")}
	pristine := func() *manifest {
		m := &manifest{Files: []file{{Name: "a.txt"}}}
		if err := write(dir, m, made); err != nil {
			t.Fatal(err)
		}
		m, err := readManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	if err := compare(dir, pristine(), made); err != nil {
		t.Errorf("as it was written: %v", err)
	}
	for _, test := range []struct {
		what, want string
		change     func(*manifest) error
	}{
		{"a changed file", "a.txt differs", func(*manifest) error { return os.WriteFile(filepath.Join(dir, "a.txt"), []byte("b"), 0o644) }},
		{"another sum", "SHA-256 is", func(m *manifest) error { m.Files[0].SHA256 = sum(nil); return nil }},
		{"no file", "a.txt", func(*manifest) error { return os.Remove(filepath.Join(dir, "a.txt")) }},
		{"one file more", "b.txt is not in the manifest", func(*manifest) error { return os.WriteFile(filepath.Join(dir, "b.txt"), nil, 0o644) }},
	} {
		m := pristine()
		if err := test.change(m); err != nil {
			t.Fatal(err)
		}
		if err := compare(dir, m, made); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.what, err, test.want)
		}
	}
}

// A field that the manifest cannot have is an error, not ignored.
func TestReadManifest(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, manifestName), []byte(`{"packages": [], "flies": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readManifest(dir); err == nil || !strings.Contains(err.Error(), "flies") {
		t.Errorf("a manifest with an unknown field: %v", err)
	}
}

// Han that most texts have comes before what is rare, in the order of the
// national standards.
func TestCommonHan(t *testing.T) {
	for r, want := range map[rune]int{
		'的': 0, // GB 2312, first level
		'あ': 0, // not Han
		'。': 0,
		'們': 1, // Big5, first level
		'込': 1, // JIS X 0208, first level
		'亍': 2, // GB 2312, second level
		'龘': 2, // Big5, second level
		'㐀': 3, // in none of them
	} {
		if got := commonHan(r); got != want {
			t.Errorf("%c is of rank %d, want %d", r, got, want)
		}
	}
}

// A face with a word that the manifest cannot have is an error that names both.
func TestFacesRefuse(t *testing.T) {
	good := face{Name: "X", Style: "regular", Package: "p", From: "x.ttf"}
	for want, change := range map[string]func(*face){
		`no style is called "heavy"`:        func(f *face) { f.Style = "heavy" },
		`no choice of characters is called`: func(f *face) { f.Keep = "Klingon" },
		`no order is called "random"`:       func(f *face) { f.Order = "random" },
		`package p has no y.ttf`:            func(f *face) { f.From = "y.ttf" },
		`X: not a font file`:                func(*face) {},
	} {
		f := good
		change(&f)
		_, err := withFaces(&manifest{Faces: []face{f}}, packages{"p": {"x.ttf": []byte("no font")}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
