package export_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/export/document"
	"qalam/export/epub"
	"qalam/export/epub/epubtest"
	"qalam/export/text"
	"qalam/export/typeset"
	"qalam/locales"
	"qalam/source"
	"qalam/source/pasted"
	"qalam/source/sample"
)

// The text file, the book and the placed lines have the words of the document,
// each as often and in the same order, body and notes.
func TestSameText(t *testing.T) {
	folders := map[string]fs.FS{"sample": sample.FS(), "blank": sample.Blank()}
	archives, err := fs.Glob(os.DirFS("testdata"), "*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no article in testdata: %v", err)
	}
	for _, name := range archives {
		folders[name] = archive(t, "testdata/"+name)
	}
	if file := os.Getenv("QALAM_PASTED"); file != "" {
		folders["pasted"] = fromPasted(t, file)
	}
	for name, folder := range folders {
		src, diags := source.Load(folder, name)
		if diags.HasErrors() {
			t.Fatalf("%s: %v", name, diags)
		}
		for _, a := range src.Articles {
			t.Run(name+"/"+a.Lang, func(t *testing.T) {
				a.Header.Settings.Text.Width = 0
				sameText(t, compose(t, src, a))
				a.Header.Settings.Text.Width = 40
				sameWords(t, compose(t, src, a))
			})
		}
	}
}

func archive(t *testing.T, name string) fs.FS {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

func fromPasted(t *testing.T, file string) fs.FS {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	res, diags := pasted.Read(data, pasted.Options{Path: file, Title: "A pasted article"})
	if res == nil {
		t.Fatal(diags)
	}
	return fstest.MapFS{"article.md": {Data: source.Print(res.Article)}}
}

func compose(t *testing.T, src *source.Folder, a *source.Article) *document.Edition {
	t.Helper()
	doc, diags := document.Compose(src, a)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return &document.Edition{Name: a.Header.Slug, Docs: []*document.Document{doc}, Work: document.NewWork(src)}
}

// sameText compares words in order, of a text file without wrapped lines.
func sameText(t *testing.T, e *document.Edition) {
	doc := e.Docs[0]
	body, notes := doc.Words()
	if len(body) == 0 {
		t.Fatal("the document has no words")
	}

	txt := textWords(t, e)
	want := slices.Clone(body)
	if len(notes) > 0 {
		want = slices.Concat(body, document.SplitWords(doc.Locale.Labels.Notes), notes)
	}
	if at := indexRun(txt, want); at < 0 {
		t.Errorf("text: the words of the document are not there in one piece: %s", firstMissing(txt, want))
	} else if head := txt[:at]; indexRun(head, doc.Title.Words()[:len(document.SplitWords(doc.Title.Section+" "+doc.Title.Title))]) < 0 {
		t.Errorf("text: the title is not above the words: %q", head)
	}

	if book, _ := typeset.Layout(e); book != nil {
		w := book.Words()
		equal(t, "placed lines, title", w.Title, doc.Title.Words())
		equal(t, "placed lines, body", w.Body, body)
		equal(t, "placed lines, notes", w.Notes, notes)
	} else if !slices.ContainsFunc(slices.Concat(body, notes), foreign) {
		t.Error("placed lines: none, and the faces have every letter")
	}

	// A book has the numbers of its lists from the reading system.
	dropMarkers(doc.Blocks)
	for _, n := range doc.Notes {
		dropMarkers(n.Blocks)
	}
	body, notes = doc.Words()
	var b bytes.Buffer
	if _, err := (epub.Format{}).Write(&b, e); err != nil {
		t.Fatalf("epub: %v", err)
	}
	book, err := epubtest.Read(b.Bytes())
	if err != nil {
		t.Fatalf("epub: %v", err)
	}
	bookBody, bookNotes, err := book.Words()
	if err != nil {
		t.Fatalf("epub: %v", err)
	}
	split := func(words []string) []string { return document.SplitWords(strings.Join(words, " ")) }
	equal(t, "epub, body", split(bookBody), body)
	var flat []string
	for i, words := range bookNotes {
		flat = append(flat, document.SplitWords(doc.Notes[i].Mark)...)
		flat = append(flat, split(words)...)
	}
	equal(t, "epub, notes", flat, notes)
}

// foreign reports whether a word has letters of a script that the faces lack.
func foreign(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
			return true
		}
	}
	return false
}

// sameWords compares how often each word stands in a text file with short
// lines, where the cells of a table share lines.
func sameWords(t *testing.T, e *document.Edition) {
	body, notes := e.Docs[0].Words()
	count := map[string]int{}
	for _, w := range textWords(t, e) {
		count[w]++
	}
	for _, w := range slices.Concat(body, notes) {
		if count[w]--; count[w] == -1 {
			t.Errorf("text of 40 columns: %q is there less often than in the document", w)
		}
	}
}

var (
	addressRE = regexp.MustCompile(`<(https?|mailto):[^>]*>`)
)

// textWords are the words of the text file, without what it shows in the place
// of pictures and the addresses behind the words of links.
func textWords(t *testing.T, e *document.Edition) []string {
	t.Helper()
	var b bytes.Buffer
	if _, err := (text.Format{}).Write(&b, e); err != nil {
		t.Fatalf("text: %v", err)
	}
	s := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, b.String())
	s = addressRE.ReplaceAllString(s, "")
	for _, img := range pictures(nil, e.Docs[0]) {
		shown := "[" + locales.Format(e.Docs[0].Locale.Labels.Image, "alt", img) + "]"
		words := regexp.QuoteMeta(shown)
		s = regexp.MustCompile(strings.ReplaceAll(words, " ", `\s+`)).ReplaceAllString(s, "")
	}
	return document.SplitWords(s)
}

// pictures are the alternative texts of the pictures of a document.
func pictures(alts []string, d *document.Document) []string {
	var blocks func([]document.Block)
	blocks = func(list []document.Block) {
		for _, b := range list {
			switch b := b.(type) {
			case *document.Figure:
				alts = append(alts, b.Picture.Alt)
			case *document.Quote:
				blocks(b.Blocks)
			case *document.List:
				for _, item := range b.Items {
					blocks(item.Blocks)
				}
			}
		}
	}
	blocks(d.Blocks)
	for _, n := range d.Notes {
		blocks(n.Blocks)
	}
	return alts
}

func dropMarkers(blocks []document.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *document.Quote:
			dropMarkers(b.Blocks)
		case *document.List:
			for _, item := range b.Items {
				item.Marker = ""
				dropMarkers(item.Blocks)
			}
		}
	}
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	t.Errorf("%s: %d words, want %d; they part at word %d: got %q, want %q", what, len(got), len(want), i, window(got, i), window(want, i))
}

// window is a few words around the one at i.
func window(words []string, i int) []string {
	return words[min(max(i-3, 0), len(words)):min(i+5, len(words))]
}

// indexRun is where run stands in words, in one piece; -1 if nowhere.
func indexRun(words, run []string) int {
	for i := 0; i+len(run) <= len(words); i++ {
		if slices.Equal(words[i:i+len(run)], run) {
			return i
		}
	}
	return -1
}

// firstMissing says where the longest beginning of run that stands in words
// ends.
func firstMissing(words, run []string) string {
	best, at := 0, 0
	for i := range words {
		n := 0
		for n < len(run) && i+n < len(words) && words[i+n] == run[n] {
			n++
		}
		if n > best {
			best, at = n, i+n
		}
	}
	return fmt.Sprintf("after %d of %d words got %q, want %q", best, len(run), window(words, at), window(run, best))
}
