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
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"
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
	if !norm.NFC.IsNormal(data) {
		t.Errorf("%s: is not in Unicode's composed form", name)
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

// words counts the words that a reader sees in a block. Chinese does not show
// where its words end; two characters of it are one, as most of its words have
// two.
func words(s string) int {
	s = regexp.MustCompile(`\[\^[^\]]+\]|\{lang=[^}]*\}|\(images/\S+`).ReplaceAllString(s, "")
	n, han := 0, 0
	for f := range strings.FieldsSeq(s) {
		before := han
		for _, r := range f {
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
		if han == before && strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n + han/2
}

// languages are those of the translations, as their files sort.
var languages = []string{"ar", "fr", "hi", "kk-Arab", "kk-Latn", "kk", "ru", "zh-Hans"}

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
	for _, tag := range append([]string{"en"}, languages...) {
		name := "article.md"
		if tag != "en" {
			name = translation(tag)
		}
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

// foreign is what keeps the letters and marks of another language: labels of
// notes, passages that say their language, addresses, and remarks.
var foreign = regexp.MustCompile(`<!--.*-->|\[\^[^\]]+\]|\[[^\[\]]*\]\{lang=[^}]*\}|\(images/\S+|https?://\S+`)

// own is the body and the notes without what is foreign.
func (a text) own() []string {
	parts := []string{foreign.ReplaceAllString(a.body, "")}
	for _, label := range slices.Sorted(maps.Keys(a.notes)) {
		parts = append(parts, foreign.ReplaceAllString(a.notes[label], ""))
	}
	return parts
}

// A language is written with its own letters, marks and digits.
func TestLettersAndMarks(t *testing.T) {
	tests := []struct {
		tag     string
		letters *unicode.RangeTable
		not     string // marks and digits that it does not use
	}{
		{"ar", unicode.Arabic, ",;?0123456789۰۱۲۳۴۵۶۷۸۹"},
		{"fr", unicode.Latin, "«»“”’"}, // qalam sets them
		{"hi", unicode.Devanagari, ".०१२३४५६७८९"},
		{"kk-Arab", unicode.Arabic, ",;?٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"},
		{"kk-Latn", unicode.Latin, "cwxCWXŋŊǧǦ"}, // letters of other alphabets for Kazakh
		{"zh-Hans", unicode.Han, ",.;:?"},
	}
	for _, test := range tests {
		for _, s := range read(t, FS(), translation(test.tag)).own() {
			for line := range strings.SplitSeq(s, "\n") {
				if i := strings.IndexAny(line, test.not); i >= 0 {
					t.Errorf("%s: %.4q in %q", test.tag, line[i:], line)
				}
				if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(test.letters, r) }) {
					t.Errorf("%s: letters of another script in %q", test.tag, line)
				}
			}
		}
	}
}

// A reference stands where each language has it: before the mark that ends the
// sentence or its part in French and Russian, after it in the others.
func TestPlaceOfReferences(t *testing.T) {
	before := regexp.MustCompile(`\[\^[^\]]+\] ?[.,;:!?،؛؟。，；：！？।]`)
	after := regexp.MustCompile(`[.,;:!?،؛؟。，；：！？।] ?\[\^`)
	names := []string{"article.md"}
	for _, tag := range languages {
		names = append(names, translation(tag))
	}
	for _, name := range names {
		right, wrong := after, before
		if name == translation("fr") || name == translation("ru") {
			right, wrong = before, after
		}
		body := read(t, FS(), name).body
		if m := wrong.FindString(body); m != "" {
			t.Errorf("%s: %s", name, m)
		}
		if n := len(right.FindAllString(body, -1)); n < 20 {
			t.Errorf("%s: %d references beside a mark, want 20 or more", name, n)
		}
	}
}

// French has a space before each mark of two parts, and a narrow one in
// numbers from a thousand on; no line begins with such a mark.
func TestFrenchSpaces(t *testing.T) {
	wrong := regexp.MustCompile(`[^ |][;:?]|[^ ]![^\[]|^ *(?:[;:?]|![^\[])|\d{5}|\d \d{3}\b`)
	for _, s := range read(t, FS(), translation("fr")).own() {
		for line := range strings.SplitSeq(s, "\n") {
			if m := wrong.FindString(line); m != "" {
				t.Errorf("%q in %q", m, line)
			}
		}
	}
}

// In Chinese nothing stands where two lines of a paragraph meet, so both sides
// are Chinese: beside a digit the end of the line would become a space.
func TestChineseLines(t *testing.T) {
	chinese := func(r rune) bool {
		return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。；：、《》（）", r)
	}
	body := regexp.MustCompile(`\[\^[^\]]+\]`).ReplaceAllString(read(t, FS(), translation("zh-Hans")).body, "")
	joints := 0
	for part := range strings.SplitSeq(body, "\n\n") {
		part = strings.Trim(part, "\n")
		if strings.HasPrefix(part, "|") || strings.HasPrefix(part, ">") {
			continue
		}
		lines := strings.Split(part, "\n")
		for i, line := range lines[1:] {
			if strings.HasPrefix(line, "- ") {
				continue
			}
			last, _ := utf8.DecodeLastRuneInString(lines[i])
			first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, " "))
			if !chinese(last) || !chinese(first) || strings.ContainsRune("，。；：、》）", first) {
				t.Errorf("%q meets %q", lines[i], line)
			}
			joints++
		}
	}
	if joints == 0 {
		t.Error("no paragraph has two lines")
	}
}

// The Kazakh texts in Latin and in Arabic letters are the one in Cyrillic,
// letter by letter: in the Latin alphabet of 2021, with ц as s and ия as ia;
// and in töte jazu, where a hamza before a word says that its vowels are front
// ones, unless one of ە ك گ says so, or ق ع says that the word is mixed. A name
// keeps its hamza before an ending with ع.
func TestKazakhScripts(t *testing.T) {
	latin := strings.NewReplacer("ия", "ia", "а", "a", "ә", "ä", "б", "b", "в", "v", "г", "g", "ғ", "ğ", "д", "d",
		"е", "e", "ж", "j", "з", "z", "и", "i", "й", "i", "к", "k", "қ", "q", "л", "l", "м", "m", "н", "n", "ң", "ñ",
		"о", "o", "ө", "ö", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ұ", "ū", "ү", "ü", "ф", "f", "х", "h",
		"ц", "s", "ш", "ş", "ы", "y", "і", "ı", "ь", "", "э", "e", "я", "ia")
	arabic := strings.NewReplacer("ия", "يا", "а", "ا", "ә", "ا", "б", "ب", "в", "ۆ", "г", "گ", "ғ", "ع", "д", "د",
		"е", "ە", "ж", "ج", "з", "ز", "и", "ي", "й", "ي", "к", "ك", "қ", "ق", "л", "ل", "м", "م", "н", "ن", "ң", "ڭ",
		"о", "و", "ө", "و", "п", "پ", "р", "ر", "с", "س", "т", "ت", "у", "ۋ", "ұ", "ۇ", "ү", "ۇ", "ф", "ف", "х", "ح",
		"ц", "تس", "ш", "ش", "ы", "ى", "і", "ى", "ь", "", "э", "ە", "я", "يا")
	tests := []struct {
		tag   string
		write func(string) string
	}{
		{"kk-Latn", latin.Replace},
		{"kk-Arab", func(word string) string {
			hamza := ""
			name := word == "әлияға"
			if strings.ContainsAny(word, "әөүі") && (name || !strings.ContainsAny(word, "еэкгқғ")) {
				hamza = "ء"
			}
			return hamza + arabic.Replace(word)
		}},
	}
	list := func(tag string) []string {
		a := read(t, FS(), translation(tag))
		parts := a.own()
		for _, f := range []string{"title", "subtitle", "section", "abstract", "rights"} {
			parts = append(parts, a.head[f].(string))
		}
		for _, k := range a.head["keywords"].([]any) {
			parts = append(parts, k.(string))
		}
		all := strings.ToLowerSpecial(unicode.TurkishCase, strings.Join(parts, " "))
		all = regexp.MustCompile(`\b(kpmg|qalam)\b`).ReplaceAllString(all, "") // Latin in all
		return strings.FieldsFunc(all, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) })
	}
	cyrillic := list("kk")
	for _, test := range tests {
		got := list(test.tag)
		if len(got) != len(cyrillic) {
			t.Fatalf("%s: %d words, want %d", test.tag, len(got), len(cyrillic))
		}
		for i, word := range cyrillic {
			if want := test.write(word); got[i] != want {
				t.Errorf("%s: %s is %s, want %s", test.tag, word, got[i], want)
			}
		}
	}
}

// The image that every language shows is there, grey, and small; no other
// file is.
func TestImages(t *testing.T) {
	var want []string
	names := []string{"article.md"}
	for _, tag := range languages {
		names = append(names, translation(tag))
	}
	for _, name := range names {
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
		"abstract", "authors", "date", "digits", "editors", "epub", "identifiers", "keywords", "labels", "lang",
		"license", "modified", "note-numbers", "pdf", "place", "publisher", "rights", "section", "slug",
		"subjects", "subtitle", "text", "title", "translators", "typography", "url",
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
