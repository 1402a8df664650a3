package pasted

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/source"
	"qalam/source/diag"
	"qalam/source/golden"
)

// Each case of testdata is a pasted text, with the article, the concordance and
// the diagnostics that come of it. Options stand in the comment: "--title …".
func TestGolden(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		opts := Options{Path: "pasted.txt"}
		for l := range strings.Lines(c.Comment) {
			if title, ok := strings.CutPrefix(l, "--title "); ok {
				opts.Title = strings.TrimSpace(title)
			}
		}
		text := c.Files["pasted.txt"].Data
		res, diags := Read(text, opts)
		if res != nil {
			hold(t, text, res, diags)
		}
		return wanted(res, diags)
	})
}

// wanted is what comes out of a text or page, as golden files have it.
func wanted(res *Result, diags diag.List) map[string]string {
	var md, concordance, messages bytes.Buffer
	if res != nil {
		md.Write(source.Print(res.Article))
		res.Concordance.WriteText(&concordance)
	}
	for _, d := range diags {
		fmt.Fprintln(&messages, d)
	}
	return map[string]string{"want.md": md.String(), "want.concordance": concordance.String(), "want.diagnostics": messages.String()}
}

// The pasted article, whose text is not ours to keep here, has 14 notes and 25
// references, and nothing in it is in doubt.
func TestPastedArticle(t *testing.T) {
	file := os.Getenv("QALAM_PASTED")
	if file == "" {
		t.Skip("QALAM_PASTED does not name the pasted article")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	res, diags := Read(text, Options{Path: "pasted.txt", Title: "A title"})
	for _, d := range diags {
		t.Errorf("unexpected: %v", d)
	}
	if res == nil {
		t.Fatal("nothing was read")
	}
	hold(t, text, res, diags)
	want := map[int]int{1: 6, 2: 2, 3: 1, 4: 4, 5: 1, 6: 1, 7: 2, 8: 1, 9: 2, 10: 1, 11: 1, 12: 1, 13: 1, 14: 1}
	for _, n := range res.Concordance.Notes {
		if len(n.References) != want[n.Number] {
			t.Errorf("note %d has %d references, want %d", n.Number, len(n.References), want[n.Number])
		}
		delete(want, n.Number)
	}
	if len(want) > 0 {
		t.Errorf("notes are missing: %v", want)
	}
	doubles := 0
	walk(res.Article, func(text []source.Inline) {
		for i, in := range text {
			if _, ok := in.(*source.NoteRef); ok && i > 0 {
				if _, ok := text[i-1].(*source.NoteRef); ok {
					doubles++
				}
			}
		}
	})
	if doubles != 2 {
		t.Errorf("%d doubled references, want 2", doubles)
	}
	h := res.Article.Header
	if len(h.Authors) != 1 || h.Section != "News" || h.Date.String() != "2022-01-27" {
		t.Errorf("the head is %v, %q, %v", h.Authors, h.Section, h.Date)
	}
	if n := len(res.Article.Blocks); n != 9 {
		t.Errorf("%d paragraphs, want 9", n)
	}
	links := 0
	for _, n := range res.Article.Notes {
		inlines(n.Blocks, func(text []source.Inline) {
			for _, in := range text {
				if _, ok := in.(*source.Link); ok {
					links++
				}
			}
		})
	}
	if links != 14 {
		t.Errorf("%d addresses in the notes, want 14", links)
	}
}

// hold checks what holds for every text: nothing is lost, every number is
// named once, places are inside the file, references have notes, and what is
// printed is read as the same article.
func hold(t *testing.T, text []byte, res *Result, diags diag.List) {
	t.Helper()
	lines := fileLines(text)
	holdNumbers(t, lines, &res.Concordance)
	holdWords(t, text, res)
	for _, d := range diags {
		if d.Line < 0 || int(d.Line) > len(lines) || d.Line > 0 && int(d.Column) > len(lines[d.Line-1])+1 {
			t.Errorf("%v is outside the file", d.Pos)
		}
		if d.Hint == "" {
			t.Errorf("%v has no hint", d)
		}
	}
	notes := map[string]bool{}
	for _, n := range res.Article.Notes {
		notes[n.Label] = true
	}
	walk(res.Article, func(text []source.Inline) {
		for _, in := range text {
			if ref, ok := in.(*source.NoteRef); ok && !notes[ref.Label] {
				t.Errorf("a reference leads to note %s, which is not there", ref.Label)
			}
		}
	})
	holdPrint(t, res.Article)
	data, err := json.Marshal(&res.Concordance)
	if err != nil || bytes.Contains(bytes.Replace(data, []byte(`"list-heading":null`), nil, 1), []byte(`":null`)) {
		t.Errorf("JSON: %v: %s", err, data)
	}
}

// fileLines are the lines of a file as an editor shows them.
func fileLines(text []byte) [][]rune {
	s := strings.TrimPrefix(string(text), "\ufeff")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	var out [][]rune
	for l := range strings.SplitSeq(s, "\n") {
		out = append(out, []rune(l))
	}
	return out
}

// holdNumbers checks that each digit of the file is named once in the
// concordance, with the right place, and that a run of digits has one name,
// unless part of it is a reference: 58 for 5 and 8, 20194 for 2019 and 4.
func holdNumbers(t *testing.T, lines [][]rune, c *Concordance) {
	t.Helper()
	names := map[spot][]namedNumber{}
	name := func(line, column int, number string, kind numberKind) {
		if line < 1 || line > len(lines) || column < 1 || column > len(lines[line-1]) {
			t.Errorf("%d:%d is outside the file", line, column)
			return
		}
		runes := []rune(number)
		rest := lines[line-1][column-1:]
		rest = []rune(clean(rest[:min(len(rest), len(runes))]))
		if len(rest) < len(runes) || string(rest[:len(runes)]) != number {
			t.Errorf("%d:%d has %q, not %q", line, column, string(rest), number)
			return
		}
		for i, r := range runes {
			if isDigitRune(r) {
				p := spot{line, column + i}
				names[p] = append(names[p], namedNumber{spot{line, column}, kind})
			}
		}
	}
	for _, n := range c.Notes {
		name(n.Line, n.Column, n.Mark, ofNote)
		for _, ref := range n.References {
			name(ref.Line, ref.Column, ref.Mark, ofReference)
		}
	}
	for _, r := range c.Rejected {
		name(r.Line, r.Column, r.Number, ofNothing)
		if r.Why == "" || !strings.Contains(r.Context, r.Number) {
			t.Errorf("%d:%d: no reason, or not in its context: %+v", r.Line, r.Column, r)
		}
	}
	for i, l := range lines {
		for j, r := range l {
			if !isDigitRune(r) {
				continue
			}
			here := names[spot{i + 1, j + 1}]
			if len(here) != 1 {
				t.Errorf("the digit at %d:%d is named %d times", i+1, j+1, len(here))
				return
			}
			if j == 0 || !sameRun(l[j-1], r) {
				continue
			}
			before := names[spot{i + 1, j}]
			if len(before) == 1 && before[0] != here[0] && before[0].kind != ofReference && here[0].kind != ofReference {
				t.Errorf("the number around %d:%d is divided, and no part of it is a reference", i+1, j+1)
			}
		}
	}
}

// spot is a place in a file, from 1, 1.
type spot struct{ line, column int }

// namedNumber is a number of the concordance.
type namedNumber struct {
	at   spot
	kind numberKind
}

type numberKind int

const (
	ofNote numberKind = iota
	ofReference
	ofNothing
)

func isDigitRune(r rune) bool { _, n := digit(r); return n != noDigit }

// holdWords checks that the words of the file, without what was recognised,
// are those of the article, in their order: each note at the place where the
// concordance has it, then everything else. What was left out is marks and the
// numbers of notes, each named in the concordance, and headings named there.
func holdWords(t *testing.T, text []byte, res *Result) {
	t.Helper()
	var diags diag.List
	tx := newText("", text, &diags)
	c := &res.Concordance
	rows := fileLines(text)
	for i, l := range rows {
		rows[i] = []rune(clean(l))
	}
	const dropped = -2
	drop := func(what string, line int, text string) {
		row := rows[line-1]
		i := strings.Index(string(row), text)
		if i < 0 || text == "" {
			t.Errorf("the %s in line %d is %q, which is not in %q", what, line, text, string(row))
			return
		}
		from := utf8.RuneCountInString(string(row)[:i])
		for k := range []rune(text) {
			row[from+k] = dropped
		}
	}
	for _, h := range c.Head {
		drop("field", h.Line, h.Text)
	}
	for _, p := range c.Pages {
		drop("line of a page", p.Line, p.Text)
	}
	joined := map[int]bool{}
	for _, j := range c.Joined {
		joined[j.Line] = true
	}
	holdHead(t, res)
	headings := slices.Clone(c.MoreListHeadings)
	if c.ListHeading != nil {
		headings = append(headings, *c.ListHeading)
	}
	for _, h := range headings {
		drop("heading", h.Line, h.Text)
	}

	// What was cut: named letters and digits, words such as "note", and signs.
	named := map[spot]bool{}
	name := func(line, column int, mark string) {
		for i := range []rune(mark) {
			named[spot{line, column + i}] = true
		}
	}
	for _, n := range c.Notes {
		name(n.Line, n.Column, n.Mark)
		for _, ref := range n.References {
			name(ref.Line, ref.Column, ref.Mark)
		}
	}
	for _, x := range c.Rejected {
		if x.Reason == ReasonBacklink {
			name(x.Line, x.Column, x.Number)
		}
	}
	const gone = -1
	for _, s := range res.cut {
		backlinks := strings.ContainsAny(tx.str(s.from, s.to), "^↑")
		if s.from == s.to {
			continue
		}
		at := tx.pos(s.from)
		line, from := int(at.Line), int(at.Column)
		if rows[line-1][from-1] == dropped {
			continue
		}
		word := ""
		endWord := func() {
			single := backlinks && (len(word) == 1 || slices.Contains([]string{"Jump", "up", "to"}, word))
			if word != "" && !single && !slices.Contains(noteWords, strings.ToLower(word)) {
				t.Errorf("%q was cut in line %d", word, line)
			}
			word = ""
		}
		for k, r := range []rune(tx.str(s.from, s.to)) {
			row := rows[line-1]
			if r == '\n' {
				continue // within a line of the file
			}
			if row[from-1+k] != r {
				t.Fatalf("the cut at %v is not in the file", at)
			}
			switch {
			case named[spot{line, from + k}]:
				endWord()
			case unicode.IsLetter(r) || unicode.Is(unicode.M, r) && r != '\ufe0e' && r != '\ufe0f':
				word += string(r)
			case isDigitRune(r):
				t.Errorf("the digit %c at %d:%d was cut, and is no mark", r, line, from+k)
			default:
				endWord()
				if !unicode.IsSpace(r) && !strings.ContainsRune(cutSigns, r) {
					t.Errorf("%q at %d:%d was cut", r, line, from+k)
				}
			}
			row[from-1+k] = gone
		}
		endWord()
	}

	var words []wordAt
	for i, row := range rows {
		apart := true
		for k, r := range row {
			switch {
			case r == gone:
			case r == dropped || unicode.IsSpace(r):
				apart = true
			case apart:
				words = append(words, wordAt{string(r), spot{i + 1, k + 1}, joined[i+1]})
				apart = false
			default:
				words[len(words)-1].word += string(r)
			}
		}
	}
	if len(c.Notes) != len(res.Article.Notes) {
		t.Fatalf("%d notes of %d", len(c.Notes), len(res.Article.Notes))
	}
	// Notes from the last on, so that places before them stay.
	order := make([]int, len(c.Notes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(c.Notes[b].Line-c.Notes[a].Line, c.Notes[b].Column-c.Notes[a].Column)
	})
	end := len(words)
	var body [][]wordAt // from the end
	for _, i := range order {
		start, _ := slices.BinarySearchFunc(words, spot{c.Notes[i].Line, c.Notes[i].Column}, func(w wordAt, at spot) int { return cmp.Or(w.at.line-at.line, w.at.column-at.column) })
		var got []string
		inlines(res.Article.Notes[i].Blocks, func(text []source.Inline) { got = append(got, strings.Fields(plain(text))...) })
		used := sameWords(t, "note "+c.Notes[i].Label, words[start:max(start, end)], got)
		body = append(body, words[min(start+used, end):end])
		end = start
	}
	body = append(body, words[:end])
	slices.Reverse(body)
	rest := slices.Concat(body...)
	var got []string
	inlines(res.Article.Blocks, func(text []source.Inline) { got = append(got, strings.Fields(plain(text))...) })
	if used := sameWords(t, "text", rest, got); used < len(rest) {
		t.Errorf("the text is lost from %q in line %d on", rest[used].word, rest[used].at.line)
	}
}

// cutSigns can be around the number of a mark or of a note.
const cutSigns = "\u200e\u200f\u061c\u00ad¬/<>⁽⁾[](){}［］〔〕【】〈〉⟨⟩（）｛｝^#※*∗＊†‡§‖¶.:：．、,;،؛，；·।–—-‐‑−~～⁻˒ʼ↩↑⤴↵\ufe0e\ufe0f"

// wordAt is a word of the file with its line.
type wordAt struct {
	word   string
	at     spot
	joined bool // may be, with the next
}

// sameWords checks that want starts with the words of got, and returns how many
// of its words these are. A word that ends in a hyphen, in want, may be joined
// with the next, as are words of scripts without spaces at the ends of lines,
// and those that the concordance names.
func sameWords(t *testing.T, what string, want []wordAt, got []string) int {
	t.Helper()
	i := 0
	for _, w := range got {
		s := ""
		for i < len(want) {
			last := want[i]
			s += last.word
			i++
			if s != w && last.joined {
				continue
			}
			if s != w && i < len(want) && want[i].at.line > last.at.line {
				end, _ := utf8.DecodeLastRuneInString(last.word)
				if joinsUnspaced(end, firstRune(want[i].word)) {
					continue
				}
			}
			if s == w || !strings.HasSuffix(s, "-") && !strings.HasSuffix(s, "\u2010") && !strings.HasSuffix(s, "\u00ad") {
				break
			}
		}
		if s != w {
			t.Errorf("%s: %q became %q", what, s, w)
			return i
		}
	}
	return i
}

// noSpaces is a text without its spaces.
func noSpaces(s string) string { return strings.Join(strings.Fields(s), "") }

// sameRun reports whether two digits belong to one number.
func sameRun(a, b rune) bool {
	_, x := digit(a)
	_, y := digit(b)
	return x == y && x != encircled
}

// holdHead checks that the words of the head are in the front matter.
func holdHead(t *testing.T, res *Result) {
	t.Helper()
	h := &res.Article.Header
	for _, l := range res.Concordance.Head {
		words := strings.Join(strings.Fields(l.Text), " ")
		switch l.Field {
		case "title":
			if !strings.EqualFold(h.Title, words) && !titleMark(res, l.Line, h.Title, words) {
				t.Errorf("title %q of %q", h.Title, words)
			}
		case "subtitle":
			if h.Subtitle != words && !titleMark(res, l.Line, h.Subtitle, words) {
				t.Errorf("subtitle %q of %q", h.Subtitle, words)
			}
		case "section":
			if h.Section != words {
				t.Errorf("section %q of %q", h.Section, words)
			}
		case "date":
			if h.Date.IsZero() || !strings.Contains(words, fmt.Sprint(h.Date.Year)) {
				t.Errorf("date %v of %q", h.Date, words)
			}
		case "authors":
			words = strings.TrimLeft(words[len("by"):], ": ")
			for _, p := range h.Authors {
				i := strings.Index(words, p.Name)
				if p.Name == "" || i < 0 {
					t.Errorf("author %q is not in %q", p.Name, words)
					continue
				}
				words = words[:i] + words[i+len(p.Name):]
			}
			for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == ',' || r == ':' }) {
				if w := strings.ToLower(w); w != "and" && w != "&" {
					t.Errorf("%q is lost from the authors", w)
				}
			}
		default:
			t.Errorf("unknown field %q", l.Field)
		}
	}
}

// titleMark reports whether a title is that of a line without the mark at its
// end, which the concordance names.
func titleMark(res *Result, line int, title, words string) bool {
	rest, ok := strings.CutPrefix(words, title)
	return ok && strings.Trim(rest, cutSigns+"0123456789⁰¹²³⁴⁵⁶⁷⁸⁹") == "" && slices.ContainsFunc(res.Concordance.Notes, func(n NoteEntry) bool {
		return slices.ContainsFunc(n.References, func(r Reference) bool { return r.Line == line })
	})
}

// clean is a line as an article can have it.
func clean(l []rune) string {
	out := make([]rune, len(l))
	for i, r := range l {
		switch {
		case r == '\f', r == '\v', r == 0x85, r == 0x2028, r == 0x2029:
			r = ' '
		case unshowable(r) && r != '\t':
			r = utf8.RuneError
		}
		out[i] = r
	}
	return string(out)
}

// holdPrint checks that what is printed is read as the same article, and that
// nothing is wrong with it but what was warned of.
func holdPrint(t *testing.T, a *source.Article) {
	t.Helper()
	printed := source.Print(a)
	again, diags := source.Parse("article.md", printed)
	for _, d := range diags {
		switch d.Code {
		case "title-missing", "note-unused", "note-doubled", "note-empty":
		case "bidi-control", "field-markup", "note-inline": // of the text itself, which nothing may change
		default:
			t.Errorf("the printed article: %v\n%s", d, printed)
		}
	}
	if again == nil {
		t.Fatalf("the printed article cannot be read:\n%s", printed)
	}
	if want, got := dump(a), dump(again); want != got {
		t.Errorf("the printed article is another one:\n%s\nwant:\n%s\nprinted:\n%s", got, want, printed)
	}
}

// dump writes what an article of this package can have.
func dump(a *source.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %q %q %v %v\n", a.Lang, a.Header.Title, a.Header.Subtitle, a.Header.Section, a.Header.Date, a.Header.Authors)
	inline := func(text []source.Inline) {
		for _, in := range text {
			switch in := in.(type) {
			case *source.Text:
				fmt.Fprintf(&b, "  %q\n", in.Value)
			case *source.NoteRef:
				fmt.Fprintf(&b, "  note %s\n", in.Label)
			case *source.Link:
				fmt.Fprintf(&b, "  link %q %q %q\n", in.URL, in.Title, plain(in.Text))
			default:
				fmt.Fprintf(&b, "  %T\n", in)
			}
		}
	}
	blocks := func(bs []source.Block) {
		for _, bl := range bs {
			switch bl := bl.(type) {
			case *source.Heading:
				fmt.Fprintf(&b, "heading %d\n", bl.Level)
				inline(bl.Text)
			case *source.Paragraph:
				fmt.Fprintf(&b, "paragraph\n")
				inline(bl.Text)
			default:
				fmt.Fprintf(&b, "%T\n", bl)
			}
		}
	}
	blocks(a.Blocks)
	for _, n := range a.Notes {
		fmt.Fprintf(&b, "note %s:\n", n.Label)
		blocks(n.Blocks)
	}
	return b.String()
}

// walk calls f with the text of every block and note.
func walk(a *source.Article, f func([]source.Inline)) {
	inlines(a.Blocks, f)
	for _, n := range a.Notes {
		inlines(n.Blocks, f)
	}
}

func inlines(blocks []source.Block, f func([]source.Inline)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *source.Heading:
			f(b.Text)
		case *source.Paragraph:
			f(b.Text)
		default:
			panic(fmt.Sprintf("unexpected block %T", b))
		}
	}
}

// plain is text without its references.
func plain(text []source.Inline) string {
	s := ""
	for _, in := range text {
		switch in := in.(type) {
		case *source.Text:
			s += in.Value
		case *source.Link:
			s += plain(in.Text)
		case *source.NoteRef:
		default:
			panic(fmt.Sprintf("unexpected inline %T", in))
		}
	}
	return s
}

// Any text is read without panic, and what hold checks is true of it.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte("BY ,\n0"))
	f.Add([]byte("1\n2"))
	f.Add([]byte("\vp\v\v\x7f\v11\v111"))
	f.Add([]byte("Opinion of the Paper on the Matter\nBY A0 ,\n0"))
	f.Fuzz(func(t *testing.T, text []byte) {
		res, diags := Read(text, Options{Path: "pasted.txt"})
		if res == nil {
			if !diags.HasErrors() {
				t.Error("no result, and no error that says why")
			}
			return
		}
		if diags.HasErrors() {
			t.Errorf("a result in spite of errors: %v", diags)
		}
		hold(t, text, res, diags)
	})
}

// Time grows with the text, not with its square: a long article, a long line,
// and texts made of what is looked for.
func TestLarge(t *testing.T) {
	var article strings.Builder
	const n = 5000
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&article, "The town was quiet in the year %d, and people went to work as they had before, until the news came.%d And then some.%d,%d\n\n", 1900+i%100, i, (i+1)/2, i)
	}
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&article, "%d A. Author, “Title,” 2022, https://example.org/%d.\n", i, i)
	}
	tests := map[string]string{
		"article":  article.String(),
		"line":     strings.ReplaceAll(article.String()[:article.Len()*2/3], "\n\n", " "),
		"digits":   strings.Repeat("1", 1<<20),
		"marks":    strings.Repeat("a.1,2 ", 1<<14) + "\n1 A\n2 B",
		"letters":  strings.Repeat("a1", 1<<16) + "\n1 A",
		"points":   strings.Repeat("1.", 1<<16),
		"quotes":   strings.Repeat("”", 1<<15) + "1",
		"list":     strings.Repeat("1 a.\n", 1<<14),
		"lists":    strings.Repeat("1 A.\n2 B.\n3 C.\n", 1<<12),
		"rising":   rising(1 << 13),
		"hostile":  strings.Repeat("word.1 word.2 word.3 word.12 word.7,9 ", 10000) + "\n\n" + rising(100),
		"address":  strings.Repeat("http://a1", 1<<14),
		"spaces":   strings.Repeat(" 1", 1<<16) + strings.Repeat(" ", 1<<16) + "1",
		"lines":    strings.Repeat("\n", 1<<17) + "a",
		"at":       strings.Repeat("a@1/", 1<<15),
		"controls": strings.Repeat("\x01", 1<<15),
		"pages":    strings.Repeat("the boat was old and the\n12\nTHE BOAT\n", 1<<13),
		"feeds":    strings.Repeat("the boat-\n\f", 1<<14),
		"numbers":  strings.Repeat("12,3 4.5 67 ", 1<<13) + "word.1\n\n" + rising(5000),
		"uncited":  numbered(5000) + "\n\n" + rising(10000),
		"hyphens":  strings.Repeat("a-\n", 1<<15) + "b.1\n\n1 A",
		"quoted":   strings.Repeat("> a.1\n", 1<<13) + "> 1 A",
	}
	for name, text := range tests {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		res, diags := Read([]byte(text), Options{})
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s: %v", name, d)
		}
		runtime.ReadMemStats(&after)
		if res == nil && !diags.HasErrors() {
			t.Errorf("%s: no result, and no error that says why", name)
		}
		const most = 100 << 20 // all that is allocated, freed or not
		allocated := after.TotalAlloc - before.TotalAlloc
		if name == "article" && allocated > most {
			t.Errorf("%s: %d MiB were allocated", name, allocated>>20)
		}
		if name == "article" {
			refs := 0
			for _, n := range res.Concordance.Notes {
				refs += len(n.References)
			}
			if len(res.Concordance.Notes) != n || refs != 3*n {
				t.Errorf("%d notes, %d references", len(res.Concordance.Notes), refs)
			}
		}
		t.Logf("%s: %d KiB of text, %v, %d MiB allocated", name, len(text)>>10, time.Since(start).Round(time.Millisecond), allocated>>20)
	}
}

func rising(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d A\n", i+1)
	}
	return b.String()
}

// numbered is sentences with every other mark of n, among other numbers.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "It was so.%d But 12,%d of it 3.5 are 4%d here. ", 2*i+1, 2*i+2, 2*i+2)
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	archive, err := txtar.ParseFile("testdata/article.txtar")
	if err != nil {
		b.Fatal(err)
	}
	text := archive.Files[0].Data
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if res, _ := Read(text, Options{}); res == nil {
			b.Fatal("nothing was read")
		}
	}
}

// What hold checks is true of texts put together from all that matters to the
// reader, to a printer and to a parser of Markdown.
func TestGenerated(t *testing.T) {
	pieces := strings.Split("the| The|town|.|,|;|:|!|?|…|”|“|’|'|\"|(|)|[|]|1|2|3|4|12|2,3|1,2,3|0|01|2019|2019.|3,337|1.2|5%|$5|-|–|—| - | * |*|_|`|#|## |> |+ |~~|<|>|&|&amp;|\\|"+
		"|\u00a0|\t|\f|\x02|\u200b|\u00ad|\ue000|é|word|word.1|word.2|word,1,2|NATO3|in 2019.2 Then|\n|\n|\n\n|\r\n|\n    |\n  |\n1 |\n2 |\n3 |\n1. |\n2. |\n[1] |\n[2] |\n1\n|\nNotes\n|\nby A. Author\n|\nJanuary 27, 2022\n|\nNews\n"+
		"|https://example.org/a_(b)_1|http://x.y*z|https://|www.a.b/1|a@b.c|{lang=fr}|[^1]|[^1]: |![a](b)|[a](b)|---\n|***\n|| | | | | A sentence that ends here.| vol.|pp.\n| pre-\n|post-\n|\n\n1 A, “B,” 2022.\n2 C, “D,” 2021,\nhttps://example.org/1.\n3 E\n", "|")
	rng := rand.New(rand.NewPCG(3, 4))
	cited := 0
	for range 4000 {
		var b strings.Builder
		for range 1 + rng.IntN(40) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		if rng.IntN(2) == 0 {
			b.WriteString("\n\n1 A, “B,” 2022.\n2 C, “D,” 2021,\nhttps://example.org/1.\n3 E")
		}
		text := b.String()
		res, diags := Read([]byte(text), Options{Path: "pasted.txt"})
		if res == nil {
			if !diags.HasErrors() {
				t.Errorf("%q: no result, and no error that says why", text)
			}
			continue
		}
		if len(res.Concordance.Notes) > 0 {
			cited++
		}
		hold(t, []byte(text), res, diags)
		if t.Failed() {
			t.Fatalf("the text is %q", text)
		}
	}
	if cited < 500 {
		t.Errorf("only %d of the texts have notes: the cases say little", cited)
	}
}
