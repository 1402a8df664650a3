package export_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export"
	"qalam/export/document"
	"qalam/source/diag"
)

// fake is a format that does what its function does.
type fake struct {
	ext   string
	write func(w io.Writer, e *document.Edition) (document.Written, error)
}

func (f fake) Ext() string { return f.ext }

func (f fake) Write(w io.Writer, e *document.Edition) (document.Written, error) { return f.write(w, e) }

// title writes the title of the edition.
func title(w io.Writer, e *document.Edition) (document.Written, error) {
	_, err := io.WriteString(w, e.Docs[0].Title.Title)
	return document.Written{Pages: 1}, err
}

func river(more ...string) fstest.MapFS {
	fsys := fstest.MapFS{
		"article.md":    {Data: []byte("---\ntitle: The river\nlang: en\nslug: river\nurl: https://example.org/river\n---\nText.\n")},
		"locales/fr.md": {Data: []byte("---\ntitle: La rivière\n---\nTexte.\n")},
	}
	for i := 0; i < len(more); i += 2 {
		fsys[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return fsys
}

func options(t *testing.T, formats ...export.Format) export.Options {
	return export.Options{Folders: []export.Folder{{FS: river(), Dir: "dir", Name: "dir"}}, Out: t.TempDir(), Formats: formats}
}

func run(t *testing.T, opts export.Options) *export.Report {
	t.Helper()
	r, err := export.Run(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func codes(r *export.Report) []string {
	var list []string
	for _, d := range r.Diags {
		list = append(list, d.Pos.String()+" "+d.Code)
	}
	return list
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Every language is written in every format, in the order of both, and the
// report has what a library would write down of each file.
func TestRun(t *testing.T) {
	opts := options(t, fake{"a", title}, fake{"b", title})
	var steps []int
	opts.Progress = func(s export.Step) { steps = append(steps, s.Done, s.Total) }
	r := run(t, opts)
	if got, want := files(t, opts.Out), []string{"river.en.a", "river.en.b", "river.fr.a", "river.fr.b"}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if len(r.Diags) > 0 {
		t.Errorf("diagnostics: %v", r.Diags)
	}
	if want := []int{0, 4, 1, 4, 2, 4, 3, 4}; !slices.Equal(steps, want) {
		t.Errorf("steps %v, want %v", steps, want)
	}
	first := r.Outputs[0]
	if first.Path != filepath.ToSlash(filepath.Join(opts.Out, "river.en.a")) || first.Lang != "en" || first.Format != "a" || first.Bytes != 9 || first.Pages != 1 ||
		first.SHA256 != "3ed4a34127484da5cefbd7bbf0201dee23d38028acc86e3f5463e4bc2d5d031d" {
		t.Errorf("output %+v", first)
	}
}

// A format that fails, or has a fault, leaves the older file as it is and
// stops no other output.
func TestOutput(t *testing.T) {
	fails := fake{"fails", func(w io.Writer, e *document.Edition) (document.Written, error) {
		io.WriteString(w, "half")
		return document.Written{}, errors.New("no ink")
	}}
	panics := fake{"panics", func(io.Writer, *document.Edition) (document.Written, error) { panic("ink everywhere") }}
	opts := options(t, fails, panics, fake{"good", title})
	opts.Langs = []string{"en"}
	old := filepath.Join(opts.Out, "river.en.fails")
	if err := os.WriteFile(old, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := run(t, opts)
	if got, want := files(t, opts.Out), []string{"river.en.fails", "river.en.good"}; !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	if data, err := os.ReadFile(old); err != nil || string(data) != "old" {
		t.Errorf("the older file is %q, %v", data, err)
	}
	if len(r.Diags) != 2 || r.Diags[0].Code != "output" || r.Diags[1].Code != "output" ||
		!strings.Contains(r.Diags[0].Message, "no ink") || !strings.Contains(r.Diags[1].Message, "ink everywhere") {
		t.Errorf("diagnostics: %v", r.Diags)
	}
}

// What a format warns of is an error with Strict, and the file is not written.
func TestStrict(t *testing.T) {
	warns := fake{"warns", func(w io.Writer, e *document.Edition) (document.Written, error) {
		var l diag.List
		l.Warnf(diag.Pos{Path: "article.md", Line: 6}, "wide", "too wide")
		return document.Written{Warnings: l}, nil
	}}
	for _, strict := range []bool{false, true} {
		opts := options(t, warns, fake{"good", title})
		opts.Langs, opts.Strict = []string{"en"}, strict
		r := run(t, opts)
		want := []string{"river.en.good", "river.en.warns"}
		if strict {
			want = want[:1]
		}
		if got := files(t, opts.Out); !slices.Equal(got, want) {
			t.Errorf("strict %t: files %q, want %q", strict, got, want)
		}
		if got := codes(r); !slices.Equal(got, []string{"dir/article.md:6 wide"}) || r.Diags.HasErrors() != strict {
			t.Errorf("strict %t: diagnostics %v", strict, r.Diags)
		}
	}
}

// Check makes everything and writes nothing; a skipped edition is not written.
func TestCheck(t *testing.T) {
	made := 0
	counts := fake{"counts", func(w io.Writer, e *document.Edition) (document.Written, error) {
		made++
		return title(w, e)
	}}
	opts := options(t, counts)
	opts.Check, opts.Langs = true, []string{"en"}
	if r := run(t, opts); made != 1 || len(r.Outputs) > 0 || len(files(t, opts.Out)) > 0 {
		t.Errorf("made %d, outputs %v, files %v", made, r.Outputs, files(t, opts.Out))
	}
	opts = options(t, fake{"skips", func(w io.Writer, e *document.Edition) (document.Written, error) {
		io.WriteString(w, "half")
		return document.Written{Skipped: true}, nil
	}})
	if r := run(t, opts); len(r.Outputs) > 0 || len(files(t, opts.Out)) > 0 {
		t.Errorf("skipped, and yet outputs %v, files %v", r.Outputs, files(t, opts.Out))
	}
}

// Two files of one name are refused before anything is written, also where
// only upper and lower case differ.
func TestOutputDoubled(t *testing.T) {
	opts := options(t, fake{"a", title})
	other := fstest.MapFS{"article.md": {Data: []byte("---\ntitle: Other\nlang: en\nslug: River\n---\nText.\n")}}
	opts.Folders = append(opts.Folders, export.Folder{FS: other, Dir: "other", Name: "other"})
	r := run(t, opts)
	if got := files(t, opts.Out); len(got) > 0 {
		t.Errorf("files %q", got)
	}
	if !slices.Contains(codes(r), "other output-doubled") {
		t.Errorf("diagnostics: %v", r.Diags)
	}
}

// A language that the article does not have is said.
func TestLangAbsent(t *testing.T) {
	opts := options(t, fake{"a", title})
	opts.Langs = []string{"fr", "ru"}
	r := run(t, opts)
	if got := codes(r); !slices.Equal(got, []string{"dir lang-absent"}) {
		t.Errorf("diagnostics: %v", r.Diags)
	}
	if got := files(t, opts.Out); !slices.Equal(got, []string{"river.fr.a"}) {
		t.Errorf("files %q", got)
	}
}

// An error stops its language alone; one in the front matter of the original
// stops all, since translations inherit from it.
func TestErrorsStop(t *testing.T) {
	tests := []struct {
		name string
		fsys fstest.MapFS
		want []string
	}{
		{"translation", river("locales/fr.md", "---\ntitle: La rivière\n---\nTexte.[^a]\n"), []string{"river.en.a"}},
		{"text of the original", river("article.md", "---\ntitle: The river\nlang: en\nslug: river\n---\nText.[^a]\n"), []string{"river.fr.a"}},
		{"front matter of the original", river("article.md", "---\ntitle: The river\nlang: en\nslug: river\nautors: [A. Author]\n---\nText.\n"), nil},
		{"no original", fstest.MapFS{"locales/fr.md": river()["locales/fr.md"]}, nil},
	}
	for _, tt := range tests {
		opts := options(t, fake{"a", title})
		opts.Folders[0].FS = tt.fsys
		r := run(t, opts)
		if got := files(t, opts.Out); !slices.Equal(got, tt.want) {
			t.Errorf("%s: files %q, want %q", tt.name, got, tt.want)
		}
		if !r.Diags.HasErrors() {
			t.Errorf("%s: no error", tt.name)
		}
	}
}

// Standard output gets the one file, or nothing at all.
func TestStdout(t *testing.T) {
	var b bytes.Buffer
	opts := options(t, fake{"a", title})
	opts.Stdout, opts.Langs = &b, []string{"fr"}
	if r := run(t, opts); b.String() != "La rivière" || r.Outputs[0].Path != "-" || len(files(t, opts.Out)) > 0 {
		t.Errorf("%q, %+v", b.String(), r.Outputs)
	}
	b.Reset()
	opts.Langs = nil
	var count *export.CountError
	if _, err := export.Run(t.Context(), opts); !errors.As(err, &count) || count.Outputs != 2 || b.Len() > 0 {
		t.Errorf("error %v, wrote %q", err, b.String())
	}
}

// A setting that does not exist stops the call.
func TestSettingError(t *testing.T) {
	opts := options(t, fake{"a", title})
	opts.Settings = []export.Setting{{Key: "text.width", Value: "wide"}}
	var setting *export.SettingError
	if _, err := export.Run(t.Context(), opts); !errors.As(err, &setting) || setting.Key != "text.width" {
		t.Errorf("error %v", err)
	}
}

// When the context ends, Run returns at once and leaves no file of which the
// making was not finished.
func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	opts := options(t, fake{"a", func(w io.Writer, e *document.Edition) (document.Written, error) {
		io.WriteString(w, "half")
		cancel()
		<-t.Context().Done() // goes on for ever
		return document.Written{}, nil
	}})
	r, err := export.Run(ctx, opts)
	if !errors.Is(err, context.Canceled) || len(r.Outputs) > 0 || len(files(t, opts.Out)) > 0 {
		t.Errorf("error %v, outputs %v, files %v", err, r.Outputs, files(t, opts.Out))
	}
}

// WriteFile replaces a file whole, or leaves it and nothing else behind.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "new", "file.txt")
	for _, text := range []string{"one", "two"} {
		if err := export.WriteFile(t.Context(), name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(name); err != nil || string(data) != text {
			t.Errorf("%q, %v; want %q", data, err, text)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := export.WriteFile(ended, name, []byte("three")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if err := export.WriteFile(t.Context(), filepath.Join(dir, "new"), []byte("three")); err == nil {
		t.Error("a folder was replaced")
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "two" {
		t.Errorf("%q, %v; want the older text", data, err)
	}
	if got := files(t, filepath.Dir(name)); !slices.Equal(got, []string{"file.txt"}) {
		t.Errorf("files %q", got)
	}
}
