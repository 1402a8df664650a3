package typeset

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export/document"
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
	sheet := newSheet(e.Docs[0])
	for n, p := range b.Pages {
		left := sheet.inner
		if !p.b.innerLeft(n + 1) {
			left = sheet.outer
		}
		right := left + sheet.measure()
		inside := func(what string, x, width, top, bottom Length) {
			t.Helper()
			const hang = 12 * Pt // points and hyphens at the ends of lines
			if x < left-hang || width < 0 || x+width > right+hang || top < 0 || bottom > b.Height {
				t.Errorf("page %d: %s reaches over the edge: %s to %s, %s to %s", n+1, what, pt(x), pt(x+width), pt(top), pt(bottom))
			}
		}
		for i := range p.Lines {
			l := &p.Lines[i]
			if len(l.Pieces) == 0 {
				t.Errorf("page %d: a line without pieces", n+1)
			}
			if l.Part != Running && (l.Baseline < sheet.top || l.Baseline > b.Height-sheet.bottom) {
				t.Errorf("page %d: %q stands in the margin, at %s", n+1, lineText(*l), pt(l.Baseline))
			}
			for _, q := range l.Pieces {
				inside(fmt.Sprintf("%q", q.Text), q.X, q.Width, l.Baseline-q.Rise-q.Size, l.Baseline-q.Rise)
				if hundredths := (q.Size*100 + Pt/2) / Pt; centipoints(hundredths) != q.Size {
					t.Errorf("page %d: %q has a size of %d, no whole number of hundredths", n+1, q.Text, q.Size)
				}
				if q.Face == nil {
					t.Errorf("page %d: %q has no face", n+1, q.Text)
				}
				for _, g := range q.Glyphs {
					if g.ID == 0 {
						t.Errorf("page %d: %q has a glyph that is none", n+1, q.Text)
						break
					}
				}
			}
		}
		overlaps(t, n, p)
		for _, q := range p.Pictures {
			inside("picture", q.X, q.Width, q.Y, q.Y+q.Height)
		}
		for _, r := range p.Rules {
			inside("rule", r.X, r.Width, r.Y, r.Y+r.Height)
		}
		for _, l := range p.Links {
			inside("link", l.X, l.Width, l.Y, l.Y+l.Height)
			if l.URL == "" {
				if d := b.Dests[l.Dest]; d.Page >= len(b.Pages) || d.Y < sheet.top {
					t.Errorf("page %d: a link leads to page %d, %s", n+1, d.Page+1, pt(d.Y))
				}
			}
			if l.Spoken == "" {
				t.Errorf("page %d: a link has no name", n+1)
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
	checkStructure(t, b)

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

// overlaps looks for text that stands on other text: small letters, which are
// half as high as the type.
func overlaps(t testing.TB, n int, p *Page) {
	t.Helper()
	type box struct {
		left, right, top, bottom Length
		line                     int
		text                     string
	}
	var boxes []box
	for i, l := range p.Lines {
		for _, q := range l.Pieces {
			const rounding = Pt / 8
			if strings.TrimSpace(q.Text) != "" && q.Width > 2*rounding {
				base := l.Baseline - q.Rise
				boxes = append(boxes, box{q.X + rounding, q.X + q.Width - rounding, base - q.Size/2, base, i, q.Text})
			}
		}
	}
	for i, q := range p.Pictures {
		boxes = append(boxes, box{q.X, q.X + q.Width, q.Y, q.Y + q.Height, -1 - i, "a picture"})
	}
	slices.SortFunc(boxes, func(a, b box) int { return cmp.Compare(a.top, b.top) })
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			if b.top >= a.bottom {
				break
			}
			if a.left < b.right && b.left < a.right {
				t.Errorf("page %d: %q stands on %q", n+1, a.text, b.text)
			}
		}
	}
}

// checkStructure holds that all that is drawn stands in the tree, or is no part
// of the text, and that the tree has the order of the text.
func checkStructure(t testing.TB, b *Book) {
	t.Helper()
	place := map[*Elem]int{}
	ids := map[string]bool{}
	var walk func(e *Elem)
	walk = func(e *Elem) {
		if _, twice := place[e]; twice {
			t.Errorf("a %s stands in the tree twice", e.Role)
			return
		}
		place[e] = len(place)
		if e.ID != "" || e.Role == "Note" {
			if ids[e.ID] || e.ID == "" {
				t.Errorf("the ID %q is not unique", e.ID)
			}
			ids[e.ID] = true
		}
		for _, kid := range e.Kids {
			if kid.Parent != e {
				t.Errorf("a %s in a %s has another parent", kid.Role, e.Role)
			}
			walk(kid)
		}
	}
	walk(b.Root)

	used := map[*Elem]bool{}
	known := func(e *Elem, what string) {
		t.Helper()
		if _, ok := place[e]; !ok {
			t.Errorf("%s stands in no element of the tree", what)
		}
		for ; e != nil; e = e.Parent {
			used[e] = true
		}
	}
	type placed struct {
		order int
		block *Elem
		text  string
	}
	var blocks []placed
	for _, p := range b.Pages {
		for _, l := range p.Lines {
			for _, q := range l.Pieces {
				if q.Elem == nil {
					if l.Part != Running && q.Kind != Again && q.Kind != Back && q.Kind != Address {
						t.Errorf("%q is no part of the text", q.Text)
					}
					continue
				}
				known(q.Elem, fmt.Sprintf("%q", q.Text))
				block := q.Elem
				for slices.Contains([]string{"Link", "Reference", "Span", "Code"}, block.Role) {
					block = block.Parent
				}
				order := l.order
				if q.Kind == Number {
					continue // it stands beside the text that follows
				}
				blocks = append(blocks, placed{order, block, q.Text})
			}
		}
		for _, q := range p.Pictures {
			if q.Elem != nil {
				known(q.Elem, "a picture")
				if q.Elem.Role != "Figure" || q.Elem.Alt == "" {
					t.Errorf("a picture is a %s that says %q", q.Elem.Role, q.Elem.Alt)
				}
			}
		}
		for _, l := range p.Links {
			known(l.Elem, "a link")
			if l.Elem != nil && l.Elem.Role != "Link" {
				t.Errorf("a link is a %s", l.Elem.Role)
			}
		}
	}
	slices.SortStableFunc(blocks, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	for i := 1; i < len(blocks); i++ {
		if place[blocks[i].block] < place[blocks[i-1].block] {
			t.Errorf("%q stands after %q, and before it in the tree", blocks[i].text, blocks[i-1].text)
		}
	}
	for e := range place {
		if !used[e] && len(e.Kids) == 0 && !slices.Contains([]string{"TD", "TH", "LBody"}, e.Role) {
			t.Errorf("a %s in a %s is empty", e.Role, e.Parent.Role)
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

// The sample article keeps what every layout promises in each language, and
// comes out the same on one processor and on several.
func TestSample(t *testing.T) {
	folder, diags := source.Load(sample.FS(), "sample")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	if len(folder.Articles) < 9 {
		t.Fatalf("%d languages", len(folder.Articles))
	}
	for _, a := range folder.Articles {
		t.Run(a.Lang, func(t *testing.T) {
			doc, _ := document.Compose(folder, a)
			e := &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}}
			book := layout(t, e)
			check(t, e, book)
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			if one := layout(t, e); dump(book) != dump(one) {
				t.Error("one processor sets other pages")
			}
		})
	}
}

// Articles that are hard to set, one in each script, keep it too.
func TestTorture(t *testing.T) {
	const dir = "../testdata/torture"
	folders, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	set := 0
	for _, d := range folders {
		if !d.IsDir() {
			continue
		}
		folder, diags := source.Load(os.DirFS(dir+"/"+d.Name()), d.Name())
		if folder == nil || diags.HasErrors() {
			t.Errorf("%s: %v", d.Name(), diags)
			continue
		}
		for _, a := range folder.Articles {
			set++
			t.Run(d.Name()+"/"+a.Lang, func(t *testing.T) {
				doc, _ := document.Compose(folder, a)
				e := &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}}
				book, diags := Layout(e)
				if book == nil {
					t.Fatal(diags)
				}
				check(t, e, book)
			})
		}
	}
	if set < 40 {
		t.Errorf("%d articles", set)
	}
}

// A character that no face has is an error with its place, number, name and
// script, once, wherever it stands; or a box and a warning.
func TestGlyphMissing(t *testing.T) {
	const letter = "\U00010570" // a script that no face of ours has
	tests := []struct {
		name, title, text string
		pos, message      string
	}{
		{"text", "Title", "One\n\nTwo " + letter + " and " + letter, "article.md:9:5", `no face has "` + letter + `" (U+10570 VITHKUQI CAPITAL LETTER A, script Vith)`},
		{"title", letter, "One", "article.md:2:9", `no face has "` + letter + `" (U+10570`},
		{"note", "Title", "One[^a]\n\n[^a]: " + letter, "article.md:9:7", `no face has "` + letter + `" (U+10570`},
		{"table", "Title", "|a|\n|-|\n|" + letter + "|", "article.md:9:2", `no face has "` + letter + `" (U+10570`},
		{"code", "Title", "`" + letter + "`", "article.md:7:2", `no face has "` + letter + `" (U+10570`},
		{"reference", "Title", "A\nb &#x10570;", "article.md:8:3", `no face has "` + letter + `" (U+10570`},
		{"mark", "Title", "a\U00011F00", "article.md:7:2", "no face has \"\u25CC\U00011F00\" (U+11F00 KAWI SIGN CANDRABINDU, script Kawi)"},
		{"not a letter", "Title", "a \U0001CF60", "article.md:7:3", "no face has \"\U0001CF60\" (U+1CF60 ZNAMENNY NEUME GOLUBCHIK MRACHNY)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := "---\ntitle: \"" + test.title + "\"\nlang: en\n---\n\n\n" + test.text + "\n"
			e := compose(t, fstest.MapFS{"article.md": {Data: []byte(text)}}, "")
			book, diags := Layout(e)
			if book != nil || len(diags) != 1 || diags[0].Code != "glyph-missing" || diags[0].Severity != diag.Error || diags[0].Hint == "" {
				t.Fatalf("book %v, diagnostics %v", book, diags)
			}
			if got := diags[0].Pos.String(); got != test.pos {
				t.Errorf("place %q, want %q", got, test.pos)
			}
			if got := diags[0].Message; !strings.HasPrefix(got, test.message) {
				t.Errorf("%s\nwant %s", got, test.message)
			}

			e.Docs[0].Settings.PDF.Missing = "box"
			book, diags = Layout(e)
			if book == nil || len(diags) != 1 || diags[0].Code != "glyph-missing" || diags[0].Severity != diag.Warning {
				t.Fatalf("book %v, diagnostics %v", book, diags)
			}
			boxes := 0
			for _, p := range book.Pages {
				for _, l := range p.Lines {
					if l.Part != Running {
						boxes += strings.Count(lineText(l), "\u25A1")
					}
				}
			}
			if want := strings.Count(test.title+test.text, letter); boxes != max(want, 1) {
				t.Errorf("%d boxes, want %d", boxes, want)
			}
		})
	}
}

// What everybody writes has glyphs, whatever the language: other scripts, signs,
// pictures, characters that nobody sees.
func TestGlyphsPresent(t *testing.T) {
	for _, lang := range []string{"en", "ar", "zh-Hans", "hi"} {
		text := "Қазақ ελληνικά עברית العربية हिन्दी 中文 日本語 한국어 ไทย ქართული አማርኛ ≈ ≠ ≤ → ★ ✓ ☞ €₸₹ ½ é́ a\u0301 \u200Da\u00ADb\u2003c\u3000d 😀 👩🏽‍🚀 🇰🇿 ❤️"
		e := compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: T\nlang: " + lang + "\n---\n\n" + text)}}, "")
		if book, diags := Layout(e); book == nil {
			t.Errorf("%s: %v", lang, diags)
		}
	}
}

// A word that fits no line is broken and reported once; an address is broken
// without a word; a soft hyphen shows where a line ends.
func TestWordBroken(t *testing.T) {
	long := strings.Repeat("abcdefghi1", 30) // a word with digits is not divided
	tests := []struct {
		name, text string
		warnings   int
		hyphens    int
	}{
		{"word", "Before " + long + " after.", 1, 0},
		{"twice", long + "\n\n" + long, 2, 0},
		{"with soft hyphens", "Before " + strings.Repeat("abcdefghij\u00AD", 30) + "x after.", 0, 4},
		{"with zero width spaces", strings.Repeat("abc45\u200B", 50), 0, 0},
		{"address", "See https://example.org/" + long + " there.", 0, 0},
		{"in a caption", "![a dot](images/dot.png \"" + long + "\")", 1, 0},
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
						if q.Hyphen {
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

// The paper is what the article says, or what its region uses; margins are in
// proportion to it, or what the article says.
func TestPaper(t *testing.T) {
	tests := []struct {
		setting, tag  string
		width, height Length
	}{
		{"", "en", 59528, 84189},
		{"", "en-US", 61200, 79200},
		{"", "fr-CA", 61200, 79200},
		{"", "es-Latn-MX", 61200, 79200},
		{"", "kk-KZ", 59528, 84189},
		{"", "en-x-us", 59528, 84189}, // private use is no region
		{"Letter", "kk", 61200, 79200},
		{"A4", "en-US", 59528, 84189},
		{"A5", "en", 41953, 59528},
	}
	for _, test := range tests {
		doc := &document.Document{Locale: &locales.Locale{Tag: test.tag}}
		doc.Settings.PDF.Paper = test.setting
		s := newSheet(doc)
		if s.width != centipoints(test.width) || s.height != centipoints(test.height) {
			t.Errorf("%q, %s: %s x %s", test.setting, test.tag, pt(s.width), pt(s.height))
		}
		if s.inner != s.outer || s.measure() < s.width*2/3 || s.measure() > s.width*7/10 || s.textHeight() < s.height*3/4 {
			t.Errorf("%q, %s: the text is %s x %s", test.setting, test.tag, pt(s.measure()), pt(s.textHeight()))
		}
	}
	doc := &document.Document{Locale: locales.Get("en")}
	doc.Settings.PDF = source.PDFSettings{MarginTop: 4500, MarginBottom: 4600, MarginInner: 5000, MarginOuter: 6000}
	if s := newSheet(doc); s.top != 45*Pt || s.bottom != 46*Pt || s.inner != 50*Pt || s.outer != 60*Pt {
		t.Errorf("%+v", s)
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
		{[]Length{10, 10}, []Length{20, 110}, 75, []Length{20, 55}},
		{[]Length{10, 10, 10}, []Length{20, 110, 210}, 120, []Length{20, 36, 63}}, // the wide ones share what is left
		{[]Length{10, 90}, []Length{45, 200}, 100, []Length{10, 90}},              // words stay whole
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
	cells := []string{"Country", "19,761.5", "19,761.6", "Republic", "2,724,900", strings.Repeat("abcde12", 9), "Notes"}
	e := article(t, "| a | b | c | d | e | f | g |\n|---|--:|--:|---|--:|---|---|\n| "+strings.Join(cells, " | ")+" |\n")
	book, warnings := Layout(e)
	if len(warnings) != 1 || warnings[0].Code != "word-broken" || !strings.Contains(warnings[0].Message, "abcde12") {
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
				var heads []Kind
				for _, p := range book.Pages {
					for _, l := range p.Lines {
						if q := l.Pieces[0]; strings.HasPrefix(lineText(l), "Head") && strings.Contains(lineText(l), " 7") {
							heads = append(heads, q.Kind)
						}
					}
				}
				if want := []Kind{Plain, Again, Again}; !slices.Equal(heads, want) {
					t.Errorf("the head of a column stands as %v, want %v", heads, want)
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
			if text := lineText(l); lines == 1 && !strings.Contains(text, "end here.\u00a0↑ ↑ ↑") {
				t.Errorf("the first line is %q", text)
			}
		}
	}
	if lines < 3 {
		t.Errorf("%d lines", lines)
	}
	// Wherever the line ends, no way back begins it.
	for n := range 60 {
		book := layout(t, article(t, "A[^a] b[^a]\n\n[^a]: "+strings.Repeat("ii ", 20+n)+"last"))
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				if l.Part == Notes && strings.HasPrefix(lineText(l), "\u00a0↑") {
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
			sheet := newSheet(e.Docs[0])
			for _, p := range book.Pages {
				for _, l := range p.Lines {
					if l.Part == Body && l.Pieces[0].X > sheet.inner+sheet.measure()/2 {
						t.Errorf("%q begins at %s", lineText(l), pt(l.Pieces[0].X))
					}
				}
			}
		})
	}
}

// Where the article wants it, or where it is short, a link has its address
// behind its words, or behind the mark that closes a quotation. It is no part
// of the words, and none where they show it.
func TestLinkAddress(t *testing.T) {
	tests := []struct{ text, want string }{
		{"See [a report](https://example.org/a).", "See a report{ <https://example.org/a>}."},
		{"See <https://example.org/a>.", "See https://example.org/a."},
		{"See [example.org](https://example.org/).", "See example.org."},
		{"See \"[a report](https://example.org/a)\", he said.", "See “a report”{ <https://example.org/a>}, he said."},
		{"*[a report](https://example.org/a)*[^a]\n\n[^a]: N", "a report{ <https://example.org/a>}1"},
		{"~~[a](https://example.org/a)~~ b", "a{ <https://example.org/a>} b"},
		{"[a](https://example.org/a)[b](https://example.org/b)", "a{ <https://example.org/a>}b{ <https://example.org/b>}"},
		{"[a](https://example.org/字)", "a{ <https://example.org/字>}"},
		{"[a](https://example.org/q\u0307)", "a{ <https://example.org/q%CC%87>}"},
		{"[a](https://example.org/سلام)", "a{ <https://example.org/%D8%B3%D9%84%D8%A7%D9%85>}"},
	}
	for _, test := range tests {
		e := article(t, test.text)
		for _, links := range []string{"inline", "none", "list"} {
			e.Docs[0].Settings.PDF.Links = links
			book := layout(t, e)
			check(t, e, book)
			want := test.want
			if links == "none" || links == "list" && strings.Contains(want, "%") {
				want = regexp.MustCompile(`\{.*?\}`).ReplaceAllString(want, map[string]string{"list": "{[1]}"}[links])
			}
			if got := bodyText(book); got != want {
				t.Errorf("%s, %s: %q, want %q", test.text, links, got, want)
			}
		}
	}
	// A word goes on behind an address, wherever lines end.
	for n := range 100 {
		e := article(t, strings.Repeat("i ", n)+" word[a](https://example.org/some/where)b [c](https://example.org/c), d")
		e.Docs[0].Settings.PDF.Links = "inline"
		check(t, e, layout(t, e))
	}
	book := layout(t, article(t, "## A [heading](https://example.org/)"))
	if got := book.Bookmarks[0].Title; got != "A heading" {
		t.Errorf("bookmark %q", got)
	}
}

// bodyText is the text of the first page, with addresses in braces.
func bodyText(book *Book) string {
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
	return strings.ReplaceAll(got, "}{", "")
}

// Links that do not show their address have a number, those to one address the
// same, and the list has each once, in the order of the text; it is no part of
// the words.
func TestLinkList(t *testing.T) {
	e := article(t, "A [report](https://example.org/the/first/report) and \"[another](https://example.org/the/second/report)\", "+
		"[again](https://example.org/the/first/report), [short](https://example.org/s).[^a]\n\n"+
		"| a |\n|-|\n| [cell](https://example.org/a/report/in/a/table) |\n\n[^a]: In [a note](https://example.org/a/report/in/a/note).\n")
	book := layout(t, e)
	check(t, e, book)
	if got, want := bodyText(book), "A report{[1]} and “another”{[2]}, again{[1]}, short{ <https://example.org/s>}.1acell{[3]}"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	var list []string
	for _, p := range book.Pages {
		for _, l := range p.Lines {
			if l.Part == Label && l.Pieces[0].Kind == Address {
				list = append(list, lineText(l))
			}
		}
	}
	want := []string{"[1]https://example.org/the/first/report", "[2]https://example.org/the/second/report", "[3]https://example.org/a/report/in/a/table", "[4]https://example.org/a/report/in/a/note"}
	if !slices.Equal(list, want) {
		t.Errorf("the list is %q", list)
	}
	// The marks lead where the words lead.
	areas := map[string]int{}
	for _, l := range book.Pages[0].Links {
		areas[l.URL]++
	}
	if areas["https://example.org/the/first/report"] != 3 {
		t.Errorf("areas: %v", areas)
	}
	if book := layout(t, article(t, "[a](https://example.org/)")); slices.ContainsFunc(book.Bookmarks, func(b Bookmark) bool { return b.Title == "Links" }) {
		t.Error("an empty list has a heading")
	}
}

// A table that becomes a list of its rows is listed once: its links have the
// numbers that follow those before it.
func TestLinksOfWideTable(t *testing.T) {
	const columns = 30
	cells := strings.Repeat("| cell ", columns-1) + "| [words](https://example.org/an/address/of/some/length) |\n"
	e := article(t, "[Before](https://example.org/before/the/table/begins).\n\n"+cells+strings.Repeat("|---", columns)+"|\n"+cells)
	book, _ := Layout(e)
	check(t, e, book)
	var list []string
	for _, p := range book.Pages {
		for _, l := range p.Lines {
			if l.Part == Label && l.Pieces[0].Kind == Address {
				list = append(list, lineText(l))
			}
		}
	}
	if want := []string{"[1]https://example.org/before/the/table/begins", "[2]https://example.org/an/address/of/some/length"}; !slices.Equal(list, want) {
		t.Errorf("the list is %q", list)
	}
}

// Wherever lines end, no line begins with a mark, and none with the number of a
// link.
func TestMarksStay(t *testing.T) {
	for n := range 60 {
		// In Chinese, a line may end between any two characters.
		book := layout(t, article(t, strings.Repeat("i", n)+strings.Repeat("字[^a]字字[字](https://example.org/an/address/of/some/length)", 60)+"\n\n[^a]: Note"))
		for _, l := range book.Pages[0].Lines {
			if first := l.Pieces[0]; l.Part == Body && (first.Kind == Mark || first.Kind == Address) {
				t.Errorf("%d: a line begins with %q", n, first.Text)
			}
		}
	}
}

// A passage in another language is set as one, and is one in the structure.
func TestForeign(t *testing.T) {
	e := article(t, "Some [mots justes]{lang=fr} and [кілт сөз]{lang=kk} here.")
	doc := e.Docs[0]
	var diags diag.List
	b := newBuilder(doc, newSheet(doc), openFonts(doc, &diags), &Book{Root: &Elem{Role: "Document"}}, &diags)
	b.collect()
	langs := map[string]string{}
	for _, text := range b.texts {
		for i, run := range text.par.Runs {
			if elem := text.about[i].elem; run.Lang != "" || elem.Role == "Span" {
				langs[run.Text] = run.Lang + " " + elem.Role + " " + elem.Lang + " in " + elem.Parent.Role
			}
		}
	}
	if want := map[string]string{"mots justes": "fr Span fr in P", "кілт сөз": "kk Span kk in P"}; !maps.Equal(langs, want) {
		t.Errorf("%q", langs)
	}
}

// Headings are never divided.
func TestHeadingWhole(t *testing.T) {
	for n := range 30 {
		book := layout(t, article(t, strings.Repeat("A line.\n\n", 25+n)+"## "+strings.Repeat("A heading of several lines ", 10)+"\n\nText."))
		pages := map[int]bool{}
		for i, p := range book.Pages {
			for _, l := range p.Lines {
				if l.Pieces[0].Elem != nil && l.Pieces[0].Elem.Role == "H2" && l.Part == Body {
					pages[i] = true
				}
			}
		}
		if len(pages) != 1 {
			t.Errorf("%d: the heading stands on %d pages", n, len(pages))
		}
	}
}

// A heading that stands below more than its page has room for begins another
// page, and is not divided.
func TestHeadingBelowTitle(t *testing.T) {
	for words := 1; words < 40; words += 3 {
		text := "---\ntitle: " + strings.Repeat("Title ", words) + "\nlang: en\npdf: {paper: A5, size: 36pt, margin-top: 40mm, margin-bottom: 40mm}\n---\n\n## The first one is long\n\nText that follows it."
		book := layout(t, compose(t, fstest.MapFS{"article.md": {Data: []byte(text)}}, ""))
		pages := map[int]bool{}
		for i, p := range book.Pages {
			for _, l := range p.Lines {
				if l.Part == Body && l.Pieces[0].Elem != nil && l.Pieces[0].Elem.Role == "H2" {
					pages[i] = true
				}
			}
		}
		if len(pages) != 1 {
			t.Errorf("a title of %d words: the heading stands on %d pages", words, len(pages))
		}
	}
}

// Code without a line leaves no element behind, nor does code of lines that
// nobody sees.
func TestEmptyCode(t *testing.T) {
	without := len(layout(t, article(t, "Text.\n\nMore.")).Root.Kids[0].Kids)
	for _, code := range []string{"", "\n", " \n\t\n", "\u200B\n"} {
		e := article(t, "Text.\n\n```\n"+code+"```\n\nMore.")
		book := layout(t, e)
		check(t, e, book)
		if got := len(book.Root.Kids[0].Kids); got != without {
			t.Errorf("%q: %d elements, %d without the code", code, got, without)
		}
	}
}

// A picture in a line makes room for itself.
func TestPictureInLine(t *testing.T) {
	e := article(t, strings.Repeat("Some words and ![a dot](images/dot.png) more words around it. ", 4))
	book := layout(t, e)
	check(t, e, book)
	if n := len(book.Pages[0].Pictures); n != 4 {
		t.Errorf("%d pictures", n)
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
			if !warnings.HasErrors() {
				t.Errorf("no pages, and: %v", warnings)
			}
			return
		}
		check(t, e, book)
	})
}

var benchmarkPages int

// A hundred pages of plain text.
func BenchmarkLayout(b *testing.B) {
	e := article(b, strings.Repeat(strings.Repeat("Some words of common length follow each other here. ", 20)+"\n\n", 250))
	for b.Loop() {
		book, _ := Layout(e)
		benchmarkPages = len(book.Pages)
	}
	b.ReportMetric(float64(benchmarkPages), "pages")
}
