package sample

import (
	"bytes"
	"image"
	"image/color"
	_ "image/png"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
)

// The package source stands on a higher floor, so these tests read the little
// Markdown that the articles are written in by themselves.

// block is what can be compared of a paragraph, heading, item, row or figure
// in two languages.
type block struct {
	kind string
	refs string // labels of the notes it refers to, in order
}

// text is one language version of the sample.
type text struct {
	head   map[string]any
	blocks []block
	words  int               // in the blocks
	body   string            // without front matter and notes
	notes  map[string]string // by label
}

// matches is every match of the first group of pattern in s.
func matches(pattern, s string) []string {
	var found []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(s, -1) {
		found = append(found, m[1])
	}
	return found
}

// refs is the labels that s refers to, in order.
func refs(s string) []string { return matches(`\[\^([^\]]+)\]`, s) }

func read(t *testing.T, fsys fs.FS, name string) text {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(data, "\r\t\ufeff") {
		t.Errorf("%s: has a carriage return, a tab or a byte order mark", name)
	}
	head, body, ok := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
	if !ok {
		t.Fatalf("%s: no front matter", name)
	}
	a := text{notes: map[string]string{}}
	if err := yaml.Unmarshal([]byte(head), &a.head); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	body, notes, _ := strings.Cut(body, "\n[^")
	a.body = body
	for _, n := range strings.Split("\n[^"+notes, "\n[^")[1:] {
		label, value, ok := strings.Cut(n, "]: ")
		if !ok {
			t.Fatalf("%s: not a note: %q", name, n)
		}
		if _, twice := a.notes[label]; twice {
			t.Errorf("%s: two notes are called %q", name, label)
		}
		a.notes[label] = value
	}
	for part := range strings.SplitSeq(body, "\n\n") {
		part = strings.TrimSpace(part)
		pieces, kind := []string{part}, "paragraph"
		switch {
		case part == "" || strings.HasPrefix(part, "<!--"):
			continue
		case strings.HasPrefix(part, "## "):
			kind = "heading"
		case strings.HasPrefix(part, "!["):
			kind = "figure"
		case strings.HasPrefix(part, ">"):
			pieces, kind = strings.Split(part, "\n>\n"), "quotation"
		case strings.HasPrefix(part, "|"):
			pieces, kind = strings.Split(part, "\n"), "row"
		case strings.HasPrefix(part, "- "):
			pieces, kind = strings.Split(part, "\n- "), "item"
		}
		for _, p := range pieces {
			a.blocks = append(a.blocks, block{kind, strings.Join(refs(p), " ")})
			a.words += words(p)
		}
	}
	return a
}

// words counts the words that a reader sees in a block.
func words(s string) int {
	s = regexp.MustCompile(`\[\^[^\]]+\]|\{lang=[^}]*\}|\(images/\S+`).ReplaceAllString(s, "")
	n := 0
	for f := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

var languages = []string{"ar", "kk", "ru"}

func translation(tag string) string { return "locales/" + tag + ".md" }

func (a text) count(kind string) int {
	n := 0
	for _, b := range a.blocks {
		if b.kind == kind {
			n++
		}
	}
	return n
}

// The sample shows what qalam does with notes: one note with many references,
// references side by side, none undefined, none unused.
func TestNotes(t *testing.T) {
	a := read(t, FS(), "article.md")
	if len(a.notes) != 14 {
		t.Errorf("%d notes, want 14", len(a.notes))
	}
	count := map[string]int{}
	for _, label := range refs(a.body) {
		count[label]++
		if _, ok := a.notes[label]; !ok {
			t.Errorf("no note is called %q", label)
		}
	}
	total, repeated := 0, 0
	for label := range a.notes {
		total += count[label]
		switch n := count[label]; {
		case n == 0:
			t.Errorf("nothing refers to the note %q", label)
		case n > 1:
			repeated++
		}
	}
	if total < 20 || repeated < 2 {
		t.Errorf("%d references, %d notes with several; want 20 and 2 or more", total, repeated)
	}
	if !strings.Contains(a.body, "][^") {
		t.Error("no two references stand side by side")
	}
}

// The sample has one of each thing that an article can be made of.
func TestParts(t *testing.T) {
	a := read(t, FS(), "article.md")
	if a.words < 800 || a.words > 1200 {
		t.Errorf("%d words, want 800 to 1,200", a.words)
	}
	for kind, want := range map[string]int{"heading": 2, "figure": 1, "quotation": 2, "item": 3, "row": 7} {
		if n := a.count(kind); n != want {
			t.Errorf("%d × %s, want %d", n, kind, want)
		}
	}
	if !strings.Contains(a.body, "]{lang=") {
		t.Error("no passage is in another language")
	}
}

// Every translation has the blocks of the original with the same references,
// and for each note the same work at the same address.
func TestTranslations(t *testing.T) {
	entries, err := fs.ReadDir(FS(), "locales")
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for _, e := range entries {
		tags = append(tags, strings.TrimSuffix(e.Name(), path.Ext(e.Name())))
	}
	if !slices.Equal(tags, languages) {
		t.Fatalf("translations into %v, want %v", tags, languages)
	}
	original := read(t, FS(), "article.md")
	for _, tag := range languages {
		t.Run(tag, func(t *testing.T) {
			a := read(t, FS(), translation(tag))
			if len(a.blocks) != len(original.blocks) {
				t.Fatalf("%d blocks, want %d", len(a.blocks), len(original.blocks))
			}
			for i, b := range a.blocks {
				if b != original.blocks[i] {
					t.Errorf("block %d is %+v, want %+v", i+1, b, original.blocks[i])
				}
			}
			if a.words*3 < original.words*2 || a.words > original.words*2 {
				t.Errorf("%d words, the original has %d", a.words, original.words)
			}
			labels, want := slices.Sorted(maps.Keys(a.notes)), slices.Sorted(maps.Keys(original.notes))
			if !slices.Equal(labels, want) {
				t.Fatalf("notes %v, want %v", labels, want)
			}
			for _, l := range labels {
				for _, pattern := range []string{`(https?://\S+)`, `"(.*)"`, `\*([^*]+)\*`} {
					got, want := matches(pattern, a.notes[l]), matches(pattern, original.notes[l])
					if len(want) != 1 || !slices.Equal(got, want) {
						t.Errorf("note %q has %q, want %q", l, got, want)
					}
				}
			}
		})
	}
}

// Every language has metadata of its own: what a translation does not inherit
// is there, and the address is its own.
func TestFrontMatter(t *testing.T) {
	urls := map[any]bool{}
	for tag, name := range map[string]string{
		"en": "article.md", "ar": translation("ar"), "kk": translation("kk"), "ru": translation("ru"),
	} {
		a := read(t, FS(), name)
		fields := []string{"title", "subtitle", "date", "section", "authors", "abstract", "keywords", "rights", "url"}
		if tag == "en" {
			fields = append(fields, "slug", "publisher", "subjects", "license")
		} else {
			fields = append(fields, "translators")
		}
		for _, f := range fields {
			if a.head[f] == nil {
				t.Errorf("%s: no %s", name, f)
			}
		}
		if a.head["lang"] != tag {
			t.Errorf("%s: lang is %v", name, a.head["lang"])
		}
		if urls[a.head["url"]] {
			t.Errorf("%s: another language has the url %v", name, a.head["url"])
		}
		urls[a.head["url"]] = true
	}
}

// Arabic is written with Arabic marks and digits. What is not Arabic, an
// address or a passage that says its language, keeps its own.
func TestArabicPunctuation(t *testing.T) {
	a := read(t, FS(), translation("ar"))
	foreign := regexp.MustCompile(`\[\^[^\]]+\]|\[[^\[\]]*\]\{lang=[^}]*\}|\(images/\S+|https?://\S+`)
	parts := []string{a.body}
	for _, n := range a.notes {
		parts = append(parts, n)
	}
	for _, s := range parts {
		for line := range strings.SplitSeq(foreign.ReplaceAllString(s, ""), "\n") {
			if i := strings.IndexAny(line, ",;?0123456789"); i >= 0 {
				t.Errorf("%q in %q", line[i], line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Cyrillic) }) {
				t.Errorf("letters of another script in %q", line)
			}
		}
	}
}

// A reference stands where each language has it: before the full stop in
// Russian, after it in the others.
func TestPlaceOfReferences(t *testing.T) {
	before := regexp.MustCompile(`\[\^[^\]]+\][.,;:،؛]`)
	after := regexp.MustCompile(`[.,;:،؛]\[\^`)
	for _, name := range []string{"article.md", translation("ar"), translation("kk")} {
		if m := before.FindString(read(t, FS(), name).body); m != "" {
			t.Errorf("%s: %s", name, m)
		}
	}
	if m := after.FindString(read(t, FS(), translation("ru")).body); m != "" {
		t.Errorf("%s: %s", translation("ru"), m)
	}
}

// The image that every language shows is there, grey, and small; no other
// file is.
func TestImages(t *testing.T) {
	var want []string
	for _, name := range []string{"article.md", translation("ar"), translation("kk"), translation("ru")} {
		shown := matches(`\]\((\S+) ".+"\)`, read(t, FS(), name).body)
		if len(shown) != 1 || want != nil && !slices.Equal(shown, want) {
			t.Errorf("%s shows %q", name, shown)
		}
		want = shown
	}
	files, err := fs.Glob(FS(), "images/*")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(files, want) {
		t.Fatalf("images %q, want %q", files, want)
	}
	data, err := fs.ReadFile(FS(), files[0])
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 40<<10 {
		t.Errorf("%s has %d bytes", files[0], len(data))
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if img.ColorModel() != color.GrayModel {
		t.Errorf("%s is not grey", files[0])
	}
}

// The folder to start from has one file. As it stands it says title and lang;
// with the remarks before its fields taken away it says every field there is.
func TestBlank(t *testing.T) {
	err := fs.WalkDir(Blank(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != "article.md" {
			t.Errorf("unexpected file %s", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a := read(t, Blank(), "article.md")
	if fields := slices.Sorted(maps.Keys(a.head)); !slices.Equal(fields, []string{"lang", "title"}) {
		t.Errorf("fields are %v", fields)
	}
	count := map[string]int{}
	for _, label := range refs(a.body) {
		count[label]++
	}
	for label := range a.notes {
		if count[label] == 0 {
			t.Errorf("nothing refers to the note %q", label)
		}
		delete(count, label)
	}
	if len(count) > 0 {
		t.Errorf("references without a note: %v", count)
	}

	data, err := fs.ReadFile(Blank(), "article.md")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
	var all map[string]any
	uncommented := regexp.MustCompile(`(?m)^# ([a-z-]+:|  )`).ReplaceAllString(head, "$1")
	if err := yaml.Unmarshal([]byte(uncommented), &all); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"abstract", "authors", "date", "editors", "epub", "identifiers", "keywords", "labels", "lang",
		"license", "modified", "note-numbers", "pdf", "place", "publisher", "rights", "section", "slug",
		"subjects", "subtitle", "text", "title", "translators", "url",
	}
	if fields := slices.Sorted(maps.Keys(all)); !slices.Equal(fields, want) {
		t.Errorf("fields in remarks are\n%v, want\n%v", fields, want)
	}
	for _, f := range want {
		if all[f] == nil {
			t.Errorf("the field %s has no example", f)
		}
	}
}
