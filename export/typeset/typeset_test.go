package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
	"qalam/source/golden"
	"qalam/source/sample"
)

// dot is a PNG of 400 by 100 pixels.
func dot() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 100))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// compose is the edition of a folder in one language. The empty language is the
// canonical one.
func compose(t testing.TB, fsys fstest.MapFS, lang string) *document.Edition {
	t.Helper()
	fsys["images/dot.png"] = &fstest.MapFile{Data: dot()}
	folder, diags := source.Load(fsys, "days")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	for _, a := range folder.Articles {
		if lang == "" || a.Lang == lang {
			doc, diags := document.Compose(folder, a)
			if diags.HasErrors() {
				t.Fatalf("document says: %v", diags)
			}
			return &document.Edition{Name: "days." + a.Lang, Docs: []*document.Document{doc}}
		}
	}
	t.Fatalf("no article in %q", lang)
	return nil
}

// article is the edition of an article in English with the given text.
func article(t testing.TB, text string) *document.Edition {
	t.Helper()
	return compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: A title\nlang: en\nurl: https://example.org/\n---\n\n" + text)}}, "")
}

// layout sets an edition that can be set, without warnings.
func layout(t testing.TB, e *document.Edition) *Book {
	t.Helper()
	book, warnings := Layout(e)
	if book == nil || len(warnings) > 0 {
		t.Fatalf("warnings: %v", warnings)
	}
	return book
}

// Each file in testdata is an article folder, and the lines of its pages.
func TestLayout(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		e := compose(t, c.Files, "")
		book, warnings := Layout(e)
		if book == nil {
			t.Fatalf("no pages: %v", warnings)
		}
		check(t, e, book)
		var got strings.Builder
		for _, w := range warnings {
			got.WriteString(w.String() + "\n")
		}
		return map[string]string{"want.lines": got.String() + dump(book)}
	})
}

// check holds what every layout promises.
func check(t testing.TB, e *document.Edition, b *Book) {
	t.Helper()
	paper := paperOf(e.Docs[0])
	right := paper.side + paper.measure()
	const rounding = 8 // of a piece, in 1/65536 pt
	for n, p := range b.Pages {
		inside := func(what string, x, width, top, bottom Length) {
			if x < 0 || width < 0 || x+width > right+rounding || top < 0 || bottom > b.Height {
				t.Errorf("page %d: %s reaches over the edge: %s to %s, %s to %s", n+1, what, pt(x), pt(x+width), pt(top), pt(bottom))
			}
		}
		var last *Line
		for i := range p.Lines {
			l := &p.Lines[i]
			// Lines follow each other downwards. The cells of a table begin
			// at its top again, to the right.
			if last != nil && l.Part == last.Part && l.Part != Running && l.Baseline < last.Baseline &&
				l.Pieces[0].X <= last.Pieces[len(last.Pieces)-1].X {
				t.Errorf("page %d: line %q stands above the one before", n+1, l.Pieces[0].Text)
			}
			last = l
			for k, q := range l.Pieces {
				inside(fmt.Sprintf("%q", q.Text), q.X, q.Width, l.Baseline-q.Rise-q.Size, l.Baseline-q.Rise)
				if hundredths := (q.Size*100 + Pt/2) / Pt; centipoints(hundredths) != q.Size {
					t.Errorf("page %d: %q has a size of %d, no whole number of hundredths", n+1, q.Text, q.Size)
				}
				var w Length
				for _, r := range q.Text {
					units, ok := q.Face.Advance(r)
					if !ok {
						t.Errorf("page %d: %q has %U, which %s has not", n+1, q.Text, r, q.Face.Name())
					}
					w += scale(q.Face, units, q.Size)
				}
				if w != q.Width {
					t.Errorf("page %d: %q is %s wide, not %s", n+1, q.Text, pt(w), pt(q.Width))
				}
				marks := strings.ContainsFunc(q.Text, combining) || k > 0 && strings.ContainsFunc(l.Pieces[k-1].Text, combining)
				if before := k - 1; k > 0 && !marks && q.X < l.Pieces[before].X+l.Pieces[before].Width {
					t.Errorf("page %d: %q stands on %q", n+1, q.Text, l.Pieces[before].Text)
				}
			}
		}
		for _, q := range p.Pictures {
			inside("picture", q.X, q.Width, q.Y, q.Y+q.Height)
		}
		for _, r := range p.Rules {
			inside("rule", r.X, r.Width, r.Y, r.Y+r.Height)
		}
		for _, l := range p.Links {
			inside("link", l.X, l.Width, l.Y, l.Y+l.Height)
			if l.URL == "" {
				if d := b.Dests[l.Dest]; d.Page >= len(b.Pages) || d.Y < paper.top {
					t.Errorf("page %d: a link leads to page %d, %s", n+1, d.Page+1, pt(d.Y))
				}
			}
		}
	}
	depth := -1
	for _, m := range b.Bookmarks {
		if m.Level < 0 || m.Level > depth+1 {
			t.Errorf("bookmark %q has level %d after %d", m.Title, m.Level, depth)
		}
		depth = m.Level
	}

	var title, body, notes []string
	for _, d := range e.Docs {
		title = append(title, d.Title.Words()...)
		db, dn := d.Words()
		body, notes = append(body, db...), append(notes, dn...)
	}
	got := b.Words()
	for _, part := range []struct {
		name      string
		got, want []string
	}{{"title block", got.Title, title}, {"text", got.Body, body}, {"notes", got.Notes, notes}} {
		if i := firstDifference(part.got, part.want); i >= 0 {
			t.Errorf("the words of the %s differ at %d: %q, want %q", part.name, i, around(part.got, i), around(part.want, i))
		}
	}
}

func firstDifference(a, b []string) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

func around(words []string, i int) []string {
	return words[min(max(i-2, 0), len(words)):min(i+4, len(words))]
}

// The sample article keeps what every layout promises, in each language that
// the faces have.
func TestSample(t *testing.T) {
	folder, diags := source.Load(sample.FS(), "sample")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	set := 0
	for _, a := range folder.Articles {
		doc, _ := document.Compose(folder, a)
		e := &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}}
		book, warnings := Layout(e)
		if book == nil {
			if slices.Contains([]string{"Latn", "Grek", "Cyrl"}, doc.Locale.Script) {
				t.Errorf("%s: no pages: %v", a.Lang, warnings)
			}
			continue
		}
		set++
		check(t, e, book)
		again, _ := Layout(e)
		if dump(book) != dump(again) {
			t.Errorf("%s: two runs differ", a.Lang)
		}
	}
	if set == 0 {
		t.Error("nothing was set")
	}
}

// A document whose characters the faces lack, or which is written from right
// to left, is not set. The warning names the first such character.
func TestPDFScript(t *testing.T) {
	tests := []struct {
		name, lang, title, text string
		pos, message            string
	}{
		{"Arabic", "ar", "أيام", "كلمة", "article.md", `no PDF: its faces have no glyph for "أ" (U+0623, Arabic), which the text in "ar" has`},
		{"Hindi word", "en", "Title", "One\n\nTwo हिन्दी", "article.md:9:1", `no PDF: its faces have no glyph for "ह" (U+0939, Devanagari), which the text in "en" has`},
		{"in a note", "en", "Title", "One[^a]\n\n[^a]: 字", "article.md:9", `no PDF: its faces have no glyph for "字" (U+5B57, Han), which the text in "en" has`},
		{"beyond the plane", "en", "Title", "A 😀", "article.md:7:1", `no PDF: its faces have no glyph for "😀" (U+1F600), which the text in "en" has`},
		{"Hebrew without letters", "he", "2022", "1", "article.md", `no PDF: its faces have no glyph for "`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: \"" + test.title + "\"\nlang: " + test.lang + "\n---\n\n\n" + test.text + "\n")}}, "")
			book, warnings := Layout(e)
			if book != nil || len(warnings) != 1 || warnings[0].Code != "pdf-script" || warnings[0].Severity != diag.Warning || warnings[0].Hint == "" {
				t.Fatalf("book %v, warnings %v", book, warnings)
			}
			if got := warnings[0].Pos.String(); !strings.HasPrefix(got, test.pos) {
				t.Errorf("place %q, want %q", got, test.pos)
			}
			if got := warnings[0].Message; !strings.HasPrefix(got, test.message) && test.name != "Hebrew without letters" {
				t.Errorf("%s\nwant %s", got, test.message)
			}
		})
	}
}

// A word that fits no line is broken and reported once; an address is broken
// without a word; a soft hyphen shows where a line ends.
func TestWordBroken(t *testing.T) {
	long := strings.Repeat("abcdefghij", 30)
	tests := []struct {
		name, text string
		warnings   int
		hyphens    int
	}{
		{"word", "Before " + long + " after.", 1, 0},
		{"twice", long + "\n\n" + long, 2, 0},
		{"with soft hyphens", "Before " + strings.Repeat("abcdefghij\u00AD", 30) + "x after.", 0, 4},
		{"with zero width spaces", strings.Repeat("abcdefghij\u200B", 30), 0, 0},
		{"address", "See https://example.org/" + long + " there.", 0, 0},
		{"in a table", "| a | b |\n|---|---|\n| " + long + " | c |", 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := article(t, test.text)
			book, warnings := Layout(e)
			if len(warnings) != test.warnings {
				t.Errorf("%d warnings, want %d: %v", len(warnings), test.warnings, warnings)
			}
			for _, w := range warnings {
				if w.Code != "word-broken" || w.Line == 0 || w.Hint == "" {
					t.Errorf("%v", w)
				}
			}
			check(t, e, book)
			hyphens := 0
			for _, p := range book.Pages {
				for _, l := range p.Lines {
					for _, q := range l.Pieces {
						if q.Kind == Hyphen {
							hyphens++
						}
					}
				}
			}
			if hyphens != test.hyphens {
				t.Errorf("%d hyphens, want %d", hyphens, test.hyphens)
			}
		})
	}
}

// Clusters are never taken apart where a word is broken.
func TestBrokenBetweenCharacters(t *testing.T) {
	book, _ := Layout(article(t, strings.Repeat("q\u0307", 400)))
	for _, p := range book.Pages {
		for _, l := range p.Lines {
			if l.Part == Body && strings.HasPrefix(l.Pieces[0].Text, "\u0307") {
				t.Errorf("a line begins with a mark")
			}
		}
	}
}

// No page ends with the first line of a paragraph or begins with the last one,
// and none ends with a heading.
func TestPageBreaks(t *testing.T) {
	for words := 1; words < 60; words++ {
		var text strings.Builder
		for i := range 30 {
			if i%4 == 0 {
				fmt.Fprintf(&text, "## Heading %d\n\n", i)
			}
			fmt.Fprintf(&text, "First%d %s last%d.\n\n", i, strings.Repeat("word ", words+i), i)
		}
		book := layout(t, article(t, text.String()))
		for n, p := range book.Pages[:len(book.Pages)-1] {
			last := lastText(p)
			if strings.HasPrefix(last, "Heading") {
				t.Fatalf("%d: page %d ends with a heading", words, n+1)
			}
			if strings.HasPrefix(last, "First") && !strings.HasSuffix(last, ".") {
				t.Fatalf("%d: page %d ends with a first line: %q", words, n+1, last)
			}
			first := firstText(book.Pages[n+1])
			if strings.HasSuffix(first, ".") && !strings.HasPrefix(first, "First") {
				t.Fatalf("%d: page %d begins with a last line: %q", words, n+2, first)
			}
		}
	}
}

func lineText(l Line) string {
	var s string
	for _, q := range l.Pieces {
		s += q.Text
	}
	return s
}

func firstText(p *Page) string {
	for _, l := range p.Lines {
		if l.Part != Running {
			return lineText(l)
		}
	}
	return ""
}

func lastText(p *Page) string {
	for i := len(p.Lines) - 1; i >= 0; i-- {
		if p.Lines[i].Part == Body {
			return lineText(p.Lines[i])
		}
	}
	return ""
}

// The head of a table stands on each of its pages, and once among the words. A
// row that no page has room for is divided.
func TestTableOverPages(t *testing.T) {
	var text strings.Builder
	text.WriteString("| Name | Text |\n|---|---|\n")
	for i := range 80 {
		fmt.Fprintf(&text, "| Row %d | A cell |\n", i)
	}
	fmt.Fprintf(&text, "| Tall | %s |\n| After | it |\n", strings.Repeat("much text in one cell ", 400))
	e := article(t, text.String())
	book := layout(t, e)
	check(t, e, book)
	if len(book.Pages) < 4 {
		t.Fatalf("%d pages", len(book.Pages))
	}
	for n, p := range book.Pages[1:] {
		heads := 0
		for _, l := range p.Lines {
			if l.Part == Running && lineText(l) == "Name" {
				heads++
			}
		}
		if body := lastText(p); body != "" && heads != 1 {
			t.Errorf("page %d has %d heads", n+2, heads)
		}
	}
}

// Several documents in one edition begin on pages of their own, below
// bookmarks of their own.
func TestSeveralDocuments(t *testing.T) {
	one, two := article(t, "## One\n\nText[^a]\n\n[^a]: Note"), article(t, "## Two\n\nText[^a]\n\n[^a]: Note")
	one.Docs = append(one.Docs, two.Docs...)
	book := layout(t, one)
	check(t, one, book)
	if len(book.Pages) != 2 {
		t.Errorf("%d pages", len(book.Pages))
	}
	var got []string
	for _, m := range book.Bookmarks {
		got = append(got, fmt.Sprintf("%d %s %d", m.Level, m.Title, book.Dests[m.Dest].Page))
	}
	for _, want := range []string{"0 A title 0", "1 One 0", "1 Notes 0", "0 A title 1", "1 Two 1", "1 Notes 1"} {
		if !slices.Contains(got, want) {
			t.Errorf("no bookmark %q in %q", want, got)
		}
	}
}

// The paper is what the article says, or what its region uses.
func TestPaper(t *testing.T) {
	tests := []struct{ setting, tag, want string }{
		{"", "en", "A4"},
		{"", "en-US", "Letter"},
		{"", "fr-CA", "Letter"},
		{"", "es-Latn-MX", "Letter"},
		{"", "kk-KZ", "A4"},
		{"", "en-x-us", "A4"}, // private use is no region
		{"Letter", "kk", "Letter"},
		{"A4", "en-US", "A4"},
	}
	for _, test := range tests {
		doc := &document.Document{Locale: &locales.Locale{Tag: test.tag}}
		doc.Settings.PDF.Paper = test.setting
		if got := paperOf(doc); got != papers[test.want] {
			t.Errorf("%q, %s: want %s", test.setting, test.tag, test.want)
		}
	}
}

// Columns get what they need when there is room, and share it when there is not.
func TestColumnWidths(t *testing.T) {
	tests := []struct {
		mins, fulls []Length
		room        Length
		want        []Length
	}{
		{[]Length{10, 10}, []Length{20, 30}, 100, []Length{20, 30}},
		{[]Length{10, 10}, []Length{20, 110}, 75, []Length{15, 60}},
		{[]Length{10, 200}, []Length{10, 200}, 100, []Length{10, 90}},
		{[]Length{200, 200}, []Length{200, 200}, 100, []Length{50, 50}},
		{[]Length{0, 0}, []Length{0, 0}, 100, []Length{0, 0}},
		{[]Length{40, 10, 300, 30}, []Length{80, 10, 300, 90}, 200, []Length{40, 10, 120, 30}}, // only the longest word is broken
		{[]Length{90, 10, 300}, []Length{90, 10, 300}, 100, []Length{45, 10, 45}},
		{[]Length{Pt, Pt}, []Length{1 << 40, 1 << 40}, 400 * Pt, []Length{200 * Pt, 200 * Pt}},
	}
	for _, test := range tests {
		if got := columnWidths(test.mins, test.fulls, test.room); !slices.Equal(got, test.want) {
			t.Errorf("%v %v in %d: %v, want %v", test.mins, test.fulls, test.room, got, test.want)
		}
	}
}

// A word that no column has room for leaves numbers and the words beside it
// whole.
func TestLongWordInTable(t *testing.T) {
	cells := []string{"Country", "19,761.5", "19,761.6", "Republic", "2,724,900", strings.Repeat("abcdefg", 9), "Notes"}
	e := article(t, "| a | b | c | d | e | f | g |\n|---|--:|--:|---|--:|---|---|\n| "+strings.Join(cells, " | ")+" |\n")
	book, warnings := Layout(e)
	if len(warnings) != 1 || warnings[0].Code != "word-broken" || !strings.Contains(warnings[0].Message, "abcdefg") {
		t.Errorf("%v", warnings)
	}
	check(t, e, book)
	var lines []string
	for _, l := range book.Pages[0].Lines {
		lines = append(lines, lineText(l))
	}
	for i, cell := range cells {
		if i != 5 && !slices.Contains(lines, cell) {
			t.Errorf("%q is not whole", cell)
		}
	}
}

// A table whose columns have no room is a list of its rows: the heads are words
// once, and marks in them are there once.
func TestTableWide(t *testing.T) {
	const columns = 38
	row := func(cell string) string {
		var s strings.Builder
		for i := range columns {
			fmt.Fprintf(&s, "| %s%d ", cell, i)
		}
		return s.String() + "|\n"
	}
	tests := map[string]string{
		"rows":    row("Head[^a] ") + strings.Repeat("|---", columns) + "|\n" + row("first") + row("a [link](https://example.org/) "),
		"gaps":    row("") + strings.Repeat("|---", columns) + "|\n||b||\n|||c|\n|||||||||\n",
		"no rows": row("Head") + strings.Repeat("|---", columns) + "|\n",
		"no head": strings.Repeat("|", columns+1) + "\n" + strings.Repeat("|---", columns) + "|\n" + row("cell"),
		"long":    row("Head") + strings.Repeat("|---", columns) + "|\n" + row(strings.Repeat("word ", 30)) + row("[words](https://example.org/"+strings.Repeat("part/", 30)+")"),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(text, "[^a]") {
				text += "\n[^a]: Note\n"
			}
			e := article(t, text)
			book, warnings := Layout(e)
			if len(warnings) != 1 || warnings[0].Code != "table-wide" || warnings[0].Line == 0 || warnings[0].Hint == "" {
				t.Errorf("%v", warnings)
			}
			check(t, e, book)
			if name == "rows" {
				var heads []Part
				for _, p := range book.Pages {
					for _, l := range p.Lines {
						if strings.HasPrefix(lineText(l), "Head") && strings.HasSuffix(lineText(l), " 7: ") {
							heads = append(heads, l.Part)
						}
					}
				}
				if want := []Part{Body, Running}; !slices.Equal(heads, want) {
					t.Errorf("the head of a column stands in %v, want %v", heads, want)
				}
			}
		})
	}
}

// Ways back from a note go on in the next line; the first stays with the word
// before it.
func TestManyReferences(t *testing.T) {
	e := article(t, strings.Repeat("Word[^a] ", 200)+"\n\n[^a]: A note of some words that end here.\n")
	book := layout(t, e) // without word-broken
	check(t, e, book)
	lines := 0
	for _, p := range book.Pages {
		for _, l := range p.Lines {
			if l.Part != Notes {
				continue
			}
			lines++
			if text := lineText(l); lines == 1 && !strings.Contains(text, "end here.\u00a0a b c") {
				t.Errorf("the first line is %q", text)
			}
		}
	}
	if lines < 3 {
		t.Errorf("%d lines", lines)
	}
	// Wherever the line ends, a letter does not begin it.
	for n := range 60 {
		book := layout(t, article(t, "A[^a] b[^a]\n\n[^a]: "+strings.Repeat("ii ", 20+n)+"last"))
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				if l.Part == Notes && strings.HasPrefix(lineText(l), "\u00a0a") {
					t.Errorf("%d: a line begins with the first way back", n)
				}
			}
		}
	}
}

// However deep quotes and lists stand in each other, half of the measure is
// left for their text, and no marker stands on another.
func TestNested(t *testing.T) {
	var list, numbers strings.Builder
	for i := range 24 {
		fmt.Fprintf(&list, "%s- Item number %d has some words.\n", strings.Repeat("  ", i), i)
		fmt.Fprintf(&numbers, "%s1. Item number %d has some words.\n", strings.Repeat("   ", i), i)
	}
	tests := map[string]string{
		"quotes":         strings.Repeat("> ", 20) + "Some words of a quotation that stand deep.",
		"list":           list.String(),
		"numbers":        numbers.String(),
		"first in first": strings.Repeat("- ", 24) + "Some words of an item.\n",
		"mixed":          strings.Repeat("- > 1. ", 10) + "Some words that stand deep.",
		"code":           strings.Repeat("> ", 20) + "    some code\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			e := article(t, text)
			book := layout(t, e)
			check(t, e, book)
			paper := paperOf(e.Docs[0])
			for _, p := range book.Pages {
				for _, l := range p.Lines {
					if l.Part == Body && l.Pieces[0].X > paper.side+paper.measure()/2 {
						t.Errorf("%q begins at %s", lineText(l), pt(l.Pieces[0].X))
					}
				}
			}
		})
	}
}

// A printed link has its address: behind the words, or behind the mark that
// closes a quotation. It is no part of the words, and none where they show it.
func TestLinkAddress(t *testing.T) {
	tests := []struct{ text, want string }{
		{"See [a report](https://example.org/a).", "See a report{ <https://example.org/a>}."},
		{"See <https://example.org/a>.", "See https://example.org/a."},
		{"See [example.org](https://example.org/).", "See example.org."},
		{"See \"[a report](https://example.org/a)\", he said.", "See “a report”{ <https://example.org/a>}, he said."},
		{"*[a report](https://example.org/a)*[^a]\n\n[^a]: N", "a report{ <https://example.org/a>}1"},
		{"~~[a](https://example.org/a)~~ b", "a{ <https://example.org/a>} b"},
		{"[a](https://example.org/a)[b](https://example.org/b)", "a{ <https://example.org/a>}b{ <https://example.org/b>}"},
		{"[a](https://example.org/字)", "a{ <https://example.org/%E5%AD%97>}"},
		{"[a](https://example.org/q\u0307)", "a{ <https://example.org/q%CC%87>}"},
	}
	for _, test := range tests {
		e := article(t, test.text)
		book := layout(t, e)
		check(t, e, book)
		var got string
		for _, l := range book.Pages[0].Lines {
			if l.Part != Body {
				continue
			}
			for _, q := range l.Pieces {
				if q.Kind == Address {
					got += "{" + q.Text + "}"
				} else {
					got += q.Text
				}
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
	// A word goes on behind an address, wherever lines end.
	for n := range 100 {
		e := article(t, strings.Repeat("i ", n)+" word[a](https://example.org/some/where)b [c](https://example.org/c), d")
		check(t, e, layout(t, e))
	}
	book := layout(t, article(t, "## A [heading](https://example.org/)"))
	if got := book.Bookmarks[0].Title; got != "A heading" {
		t.Errorf("bookmark %q", got)
	}
}

// Ways back are counted a to z, then aa.
func TestLetters(t *testing.T) {
	for i, want := range map[int]string{0: "a", 25: "z", 26: "aa", 27: "ab", 51: "az", 52: "ba", 701: "zz", 702: "aaa"} {
		if got := letters(i); got != want {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
}

// A mark that makes no character with its letter stands clear of it, and in
// the middle.
func TestMarks(t *testing.T) {
	tests := []struct {
		text   string
		pieces int
	}{
		{"e\u0301", 1},        // é has a code point
		{"\u0430\u0301", 1},   // in the text: the face has it right
		{"\u0410\u0301", 2},   // raised above a capital
		{"x\u0304y", 3},       // moved to the middle
		{"\u0451\u0300a", 3},  // raised above the dots
		{"q\u0307\u0323b", 4}, // above and below
	}
	for _, test := range tests {
		e := article(t, test.text)
		book := layout(t, e)
		for _, l := range book.Pages[0].Lines {
			if l.Part != Body {
				continue
			}
			if len(l.Pieces) != test.pieces {
				t.Errorf("%+q: %d pieces, want %d", test.text, len(l.Pieces), test.pieces)
			}
			for i, q := range l.Pieces {
				r := []rune(q.Text)[0]
				if i == 0 || !combining(r) {
					continue
				}
				letter := []rune(l.Pieces[0].Text)[0]
				base, mark := q.Face.Bounds(letter), q.Face.Bounds(r)
				left := q.X + scale(q.Face, mark.XMin, q.Size) - l.Pieces[0].X
				gapLeft := left - scale(q.Face, base.XMin, q.Size)
				gapRight := scale(q.Face, base.XMax-mark.XMax+mark.XMin, q.Size) - left
				if d := gapLeft - gapRight; d > Pt/10 || d < -Pt/10 {
					t.Errorf("%+q: the mark is %s from the left and %s from the right", test.text, pt(gapLeft), pt(gapRight))
				}
				bottom := q.Rise + scale(q.Face, mark.YMin, q.Size)
				if top := scale(q.Face, base.YMax, q.Size); mark.YMin > 0 && bottom <= top {
					t.Errorf("%+q: the mark begins at %s, the letter ends at %s", test.text, pt(bottom), pt(top))
				}
			}
		}
	}
}

// A very long paragraph, word, table or run of headings takes time in
// proportion to its length.
func TestLong(t *testing.T) {
	const n = 20000
	tests := map[string]string{
		"paragraph": strings.Repeat("word ", 5*n),
		"word":      strings.Repeat("x", 5*n),
		"marks":     "x" + strings.Repeat("\u0323", n),
		"headings":  strings.Repeat("## h\n\n", n/4),
		"rows":      "|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", n/4),
		"address":   "https://example.org/" + strings.Repeat("a/", n),
		"addresses": strings.Repeat("http://", n),
		"links":     strings.Repeat("[a](https://example.org/)", n/4),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if book, _ := Layout(article(t, text)); book == nil || len(book.Pages) == 0 {
				t.Error("no pages")
			}
		})
	}
}

// What holds for every layout holds for any text that can be set.
func FuzzLayout(f *testing.F) {
	f.Add("Text[^a] and *more*[^a].\n\n- a\n- b\n\n  1. c\n\n> q\n\n[^a]: Note https://example.org/a/b")
	f.Add("| a | b |\n|:-:|--:|\n| cell | 1 |\n\n![x](images/dot.png \"Caption\")\n\n```\ncode\n  more\n```\n")
	f.Add("A ![](images/dot.png) in the line, e\u0301 x\u0304 \u00AD\u200B ~~struck~~ **bold *both***\\\nbreak")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{
			"images/dot.png": {Data: dot()},
			"article.md":     {Data: []byte("---\ntitle: A title\nlang: en\n---\n\n" + text)},
		}
		folder, diags := source.Load(fsys, "days")
		if diags.HasErrors() || len(folder.Articles) == 0 {
			return
		}
		doc, diags := document.Compose(folder, folder.Articles[0])
		if diags.HasErrors() {
			return
		}
		e := &document.Edition{Docs: []*document.Document{doc}}
		book, warnings := Layout(e)
		if book == nil {
			if len(warnings) != 1 || warnings[0].Code != "pdf-script" {
				t.Errorf("no pages, and: %v", warnings)
			}
			return
		}
		if !strings.ContainsFunc(text, combining) { // NFC changes words
			check(t, e, book)
		}
	})
}

var benchmarkPages int

// A hundred pages of plain text.
func BenchmarkLayout(b *testing.B) {
	e := article(b, strings.Repeat(strings.Repeat("Some words of common length follow each other here. ", 20)+"\n\n", 250))
	fonts.Serif(fonts.Regular)
	for b.Loop() {
		book, _ := Layout(e)
		benchmarkPages = len(book.Pages)
	}
	b.ReportMetric(float64(benchmarkPages), "pages")
}
