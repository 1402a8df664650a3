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

	"golang.org/x/image/font/gofont/goregular"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/source/diag"
)

// set is the layout of an article in a language with a setting.
func set(t testing.TB, lang, setting, text string) (*document.Edition, *Book) {
	t.Helper()
	e := compose(t, fstest.MapFS{
		"article.md": {Data: []byte("---\ntitle: A title\nlang: " + lang + "\nurl: https://example.org/\npdf: {" + setting + "}\n---\n\n" + text)},
		"go.ttf":     {Data: goregular.TTF},
		"bad.ttf":    {Data: []byte("OTTO and nothing else")},
	}, "")
	book := layout(t, e)
	check(t, e, book)
	return e, book
}

// leftEdge is the left edge of the text on a page.
func leftEdge(p *Page) Length {
	least := p.b.sheet.width
	for _, l := range p.Lines {
		if l.Part == Body {
			for _, q := range l.Pieces {
				least = min(least, q.X)
			}
		}
	}
	return least
}

// The margins of two-sided pages mirror each other, and so do their heads; in a
// language that is written from right to left the first page is bound at its
// right.
func TestTwoSided(t *testing.T) {
	const inner, outer = 40 * Pt, 90 * Pt
	text := map[string]string{"en": strings.Repeat("Some words. ", 3000), "ar": strings.Repeat("بعض الكلمات. ", 3000)}
	tests := []struct {
		lang, setting string
		left          [4]Length // of the first pages
		headLeft      [4]bool   // whether the head of the page stands at its left
	}{
		{"en", "two-sided: true", [4]Length{inner, outer, inner, outer}, [4]bool{1: true, 3: true}},
		{"ar", "two-sided: true", [4]Length{outer, inner, outer, inner}, [4]bool{2: true}},
		{"en", "two-sided: false", [4]Length{inner, inner, inner, inner}, [4]bool{1: true, 2: true, 3: true}},
		{"ar", "two-sided: false", [4]Length{outer, outer, outer, outer}, [4]bool{}},
	}
	for _, test := range tests {
		_, book := set(t, test.lang, "margin-inner: 40pt, margin-outer: 90pt, "+test.setting, text[test.lang])
		for n, p := range book.Pages[:4] {
			if got := leftEdge(p); got < test.left[n]-Pt || got > test.left[n]+Pt {
				t.Errorf("%s, %s: the text of page %d begins at %s, want %s", test.lang, test.setting, n+1, pt(got), pt(test.left[n]))
			}
			if n == 0 {
				continue // it has no head
			}
			head := p.Lines[0]
			if head.Part != Running || lineText(head) != "A title" {
				t.Fatalf("%s: page %d begins with %q", test.lang, n+1, lineText(head))
			}
			middle := test.left[n] + p.b.sheet.measure()/2
			if left := head.Pieces[0].X < middle; left != test.headLeft[n] {
				t.Errorf("%s, %s: the head of page %d stands at %s", test.lang, test.setting, n+1, pt(head.Pieces[0].X))
			}
		}
	}
}

// The head and the foot of a page have room in the smallest margins too.
func TestSmallMargins(t *testing.T) {
	for _, paper := range []string{"A4", "A5", "B5", "Letter", "Legal"} {
		_, book := set(t, "en", "paper: "+paper+", margin-top: 15mm, margin-bottom: 15mm, margin-inner: 5mm, margin-outer: 5mm", strings.Repeat("Some words. ", 2000))
		for n, p := range book.Pages {
			running := 0
			for _, l := range p.Lines {
				if l.Part == Running {
					running++
					if l.Baseline < 10*Pt || l.Baseline > book.Height-10*Pt {
						t.Errorf("%s, page %d: %q stands at %s", paper, n+1, lineText(l), pt(l.Baseline))
					}
				}
			}
			if want := min(n+1, 2); running != want {
				t.Errorf("%s: page %d has %d lines in its margins, want %d", paper, n+1, running, want)
			}
		}
	}
}

// The size of the body is that of the setting, and all others grow with it.
func TestSize(t *testing.T) {
	for _, test := range []struct {
		setting    string
		body, note Length
	}{{"align: justify", 1050, 900}, {"size: 14pt", 1400, 1200}, {"size: 8.5pt", 850, 730}} {
		_, book := set(t, "en", test.setting, "Words[^a]\n\n[^a]: Note")
		for _, l := range book.Pages[0].Lines {
			want := map[Part]Length{Body: test.body, Notes: test.note}[l.Part]
			if last := l.Pieces[len(l.Pieces)-1]; want != 0 && l.Part == Notes && last.Size != centipoints(want) || l.Part == Body && l.Pieces[0].Size != centipoints(want) {
				t.Errorf("%s: %v has %s", test.setting, l.Part, pt(l.Pieces[0].Size))
			}
		}
	}
}

// Running text is justified where the setting and the script want it, and
// nothing else is.
func TestAlign(t *testing.T) {
	text := "## " + strings.Repeat("A long heading ", 12) + "\n\n" + strings.Repeat("Some words of common length follow. ", 20) + "[^a]\n\n[^a]: " + strings.Repeat("Words of a note. ", 20)
	for _, test := range []struct {
		lang, setting string
		justified     bool
	}{{"en", "align: justify", true}, {"en", "paper: A4", true}, {"en", "align: start", false}, {"th", "align: justify", false}} {
		e := compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: T\nlang: " + test.lang + "\npdf: {" + test.setting + "}\n---\n\n" + text)}}, "")
		book, _ := Layout(e)
		spaced := map[Part]bool{}
		heading := false
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				for _, q := range l.Pieces {
					stretched := q.WordSpace != 0 || q.LetterSpace != 0
					spaced[l.Part] = spaced[l.Part] || stretched
					heading = heading || stretched && q.Face.Weight() > 600
				}
			}
		}
		if spaced[Body] != test.justified || spaced[Notes] || heading {
			t.Errorf("%s, %s: justified are %v, and a heading: %t", test.lang, test.setting, spaced, heading)
		}
	}
}

// A font of the folder is taken before ours; one that is none is an error with
// its place.
func TestFonts(t *testing.T) {
	_, book := set(t, "en", "fonts: [go.ttf]", "Words")
	for _, l := range book.Pages[0].Lines {
		if l.Part == Body && l.Pieces[0].Face.Name() != "GoRegular" {
			t.Errorf("%q is set in %s", lineText(l), l.Pieces[0].Face.Name())
		}
	}
}

// A file that begins like a font and is none is an error that says why.
func TestFontUnusable(t *testing.T) {
	e := compose(t, fstest.MapFS{
		"article.md": {Data: []byte("---\ntitle: T\nlang: en\npdf: {fonts: [go.ttf, bad.ttf]}\n---\n\nText")},
		"go.ttf":     {Data: goregular.TTF},
		"bad.ttf":    {Data: []byte("OTTO and nothing else")},
	}, "")
	book, diags := Layout(e)
	if book != nil || len(diags) != 1 || diags[0].Code != "font-unusable" || diags[0].Severity != diag.Error || diags[0].Hint == "" ||
		diags[0].Pos.String() != "article.md:4:23" || !strings.HasPrefix(diags[0].Message, "the font bad.ttf cannot be used: ") {
		t.Errorf("book %v, diagnostics %v, at %v", book, diags, diags[0].Pos)
	}
}

// Stressed words are slanted where their script has such letters, bold where it
// has not, and upright among slanted ones.
func TestStress(t *testing.T) {
	for _, test := range []struct {
		lang, text string
		want       fonts.Style
	}{
		{"en", "a *word*", fonts.Italic},
		{"ru", "это *слово*", fonts.Italic},
		{"ar", "هذه *كلمة*", fonts.Bold},
		{"ar", "هذه *The Title*", fonts.Italic},
		{"en", "a *الكلمة*", fonts.Bold},
		{"en", "a **word**", fonts.Bold},
		{"en", "a ***word***", fonts.BoldItalic},
		{"en", "*a title with *a word*", fonts.Italic},
	} {
		_, book := set(t, test.lang, "paper: A4", test.text)
		var styles []string
		for _, l := range book.Pages[0].Lines {
			for _, q := range l.Pieces {
				if l.Part == Body && len(l.Pieces) > 1 && (q.Elem.Role == "P" || q.Elem.Role == "Span") {
					style := fonts.Regular
					if q.Face.Weight() > 600 {
						style |= fonts.Bold
					}
					if q.Face.ItalicAngle() != 0 {
						style |= fonts.Italic
					}
					styles = append(styles, fmt.Sprint(style))
				}
			}
		}
		if !slices.Contains(styles, fmt.Sprint(test.want)) {
			t.Errorf("%s: %v, want %v", test.text, styles, test.want)
		}
	}
}

// Leading grows with what the faces need, for all lines alike: letters of a
// line in Nastaliq do not reach the next one.
func TestLeading(t *testing.T) {
	leading := func(lang, text string) Length {
		e := compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: T\nlang: " + lang + "\n---\n\n" + strings.Repeat(text, 60))}}, "")
		book, _ := Layout(e)
		var last, all Length
		for _, l := range book.Pages[0].Lines {
			if l.Part != Body {
				continue
			}
			if step := l.Baseline - last; last != 0 && all != 0 && step != all {
				t.Errorf("%s: lines are %s and %s apart", lang, pt(all), pt(step))
			} else if last != 0 {
				all = step
			}
			last = l.Baseline
		}
		return all
	}
	latin := leading("en", "Some words of common length. ")
	if latin != centipoints(1550) {
		t.Errorf("the leading of Latin letters is %s", pt(latin))
	}
	if mixed := leading("en", "Some words, "+strings.Repeat("of common length ", 20)+"and कर्त्ता. "); mixed != latin {
		t.Errorf("a few words of another script make it %s", pt(mixed))
	}
	for lang, text := range map[string]string{"ar": "بعض الكلمات. ", "ur": "کچھ الفاظ۔ ", "hi": "कुछ शब्द। ", "my": "စကားလုံး ", "km": "ពាក្យ "} {
		if got := leading(lang, text); got <= latin {
			t.Errorf("%s: the leading is %s, that of Latin letters %s", lang, pt(got), pt(latin))
		}
	}
}

// Lines of the body stand on a grid of half their leading, whatever comes
// between them.
func TestGrid(t *testing.T) {
	text := strings.Repeat("Some words of common length follow each other here. ", 9)
	var all strings.Builder
	for i := range 12 {
		fmt.Fprintf(&all, "%s\n\n## Heading\n\n%s\n\n%s\n\n- %s\n\n  %s\n\n> %s\n\n### Lower\n\n%s\n\n|a|\n|-|\n|b|\n\n%s\n\n![x](images/dot.png)\n\n%s\n\n```\ncode\n```\n\n%s%s[^n%d]\n\n[^n%d]: Note\n\n",
			text, text, text, text, text, text, text, text, text, text, strings.Repeat("word ", i), i, i)
	}
	for _, lang := range []string{"en", "ar", "zh-Hans", "en\npdf: {size: 10.3pt}", "ru\npdf: {size: 9.7pt}"} {
		e := compose(t, fstest.MapFS{"article.md": {Data: []byte("---\ntitle: T\nlang: " + lang + "\n---\n\n" + all.String())}}, "")
		book := layout(t, e)
		sheet := newSheet(e.Docs[0])
		b := book.Pages[0].b
		leading, baseline := b.lead(b.styles.body)
		lines := 0
		for n, p := range book.Pages {
			for _, l := range p.Lines {
				if q := l.Pieces[len(l.Pieces)-1]; l.Part == Body && q.Size == b.styles.body.size && q.Face.Weight() < 600 {
					lines++
					if off := (l.Baseline - baseline - sheet.top) % (leading / 2); off != 0 {
						t.Errorf("%s, page %d: %q stands %s off the grid", lang, n+1, lineText(l), pt(off))
					}
				}
			}
		}
		if lines < 300 {
			t.Errorf("%s: %d lines", lang, lines)
		}
	}
}

// A caption stands on the page of its picture, which is whole and no larger than
// it is.
func TestFigure(t *testing.T) {
	for n := range 40 {
		_, book := set(t, "en", "paper: A5", strings.Repeat("A line.\n\n", n)+"![A dot](images/dot.png \"The caption\")\n\nAfter.")
		found := false
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				if strings.HasPrefix(lineText(l), "The caption") {
					found = true
					if len(p.Pictures) != 1 || p.Pictures[0].Y+p.Pictures[0].Height > l.Baseline {
						t.Errorf("%d: the caption stands without its picture", n)
					}
				}
			}
			for _, q := range p.Pictures {
				if q.Width > 300*Pt || q.Width*100 < q.Height*399 || q.Width*100 > q.Height*401 {
					t.Errorf("the picture is %s x %s", pt(q.Width), pt(q.Height))
				}
			}
		}
		if !found {
			t.Fatal("no caption")
		}
	}
}

// A tall picture is shown smaller where a page has room for half of it, if that
// is a third of the page; if not, the next page has it as large as it is.
func TestTallPicture(t *testing.T) {
	var tall bytes.Buffer
	if err := png.Encode(&tall, image.NewGray(image.Rect(0, 0, 300, 600))); err != nil { // 225 by 450 points
		t.Fatal(err)
	}
	smaller, whole := 0, 0
	for n := range 36 {
		e := compose(t, fstest.MapFS{
			"article.md":      {Data: []byte("---\ntitle: T\nlang: en\npdf: {paper: A4}\n---\n\n" + strings.Repeat("A line.\n\n", n) + "![A tower](images/tall.png \"The caption\")\n\nAfter.")},
			"images/tall.png": {Data: tall.Bytes()},
		}, "")
		book := layout(t, e)
		check(t, e, book)
		sheet := newSheet(e.Docs[0])
		q := book.Pages[len(book.Pages)-1].Pictures
		if len(book.Pages[0].Pictures) == 1 {
			q = book.Pages[0].Pictures
		} else {
			var last Length
			for _, l := range book.Pages[0].Lines {
				if l.Part == Body {
					last = max(last, l.Baseline)
				}
			}
			if left := sheet.height - sheet.bottom - last; left > sheet.textHeight()/3+60*Pt {
				t.Errorf("%d lines: %s of the page are empty", n, pt(left))
			}
		}
		if len(q) != 1 || q[0].Height < 225*Pt || q[0].Height > 450*Pt || q[0].Width*2-q[0].Height > 2 || q[0].Height-q[0].Width*2 > 2 {
			t.Fatalf("%d lines: pictures %v", n, q)
		}
		if middle := q[0].X + q[0].Width/2 - sheet.inner - sheet.measure()/2; middle < -2 || middle > 2 {
			t.Errorf("%d lines: the picture stands %s off the middle", n, pt(middle))
		}
		if q[0].Height == 450*Pt {
			whole++
		} else {
			smaller++
		}
	}
	if smaller < 5 || whole < 10 {
		t.Errorf("%d pictures are smaller, %d are not", smaller, whole)
	}
}

// Text that is long enough to be set by several goroutines comes out as that
// which one has set.
func TestParallel(t *testing.T) {
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "Paragraph %d says something about the %s of it[^n%d].\n\n[^n%d]: Note %d.\n\n", i, strings.Repeat("circumstances and consequences ", i%30), i, i, i)
	}
	e := article(t, text.String())
	want := dump(layout(t, e))
	for range 3 {
		if dump(layout(t, e)) != want {
			t.Fatal("two runs differ")
		}
	}
}

// The text of two-sided pages keeps away from where they are bound: the inner
// margin is 5 mm wider, and the lines are as long as on other pages. A margin of
// the author is as it is given.
func TestTwoSidedMargins(t *testing.T) {
	margins := func(settings string) (inner, outer Length) {
		e, _ := set(t, "en", settings, "Words")
		s := newSheet(e.Docs[0])
		return s.inner, s.outer
	}
	for _, paper := range []string{"A4", "A5", "B5", "Letter", "Legal"} {
		left, right := margins("paper: " + paper)
		inner, outer := margins("two-sided: true, paper: " + paper)
		const least, most = 4 * 72 * Pt * 10 / 254, 6 * 72 * Pt * 10 / 254
		if left != right || inner+outer != left+right || inner-outer < least || inner-outer > most {
			t.Errorf("%s: %s and %s, and with two sides %s and %s", paper, pt(left), pt(right), pt(inner), pt(outer))
		}
	}
	if inner, outer := margins("two-sided: true, margin-inner: 30pt, margin-outer: 30pt"); inner != 30*Pt || outer != 30*Pt {
		t.Errorf("margins of 30 pt are %s and %s", pt(inner), pt(outer))
	}
}

// The lines of a poem begin alike, and a space tells it from the paragraph
// before it.
func TestVerse(t *testing.T) {
	for _, poem := range []string{"First line  \nsecond line", "*First line  \nsecond line*", "**First [line  \nsecond](https://example.org/) line**"} {
		_, book := set(t, "en", "links: none", "Before.\n\n"+poem+"\n\nAfter.")
		x, y := map[string]Length{}, map[string]Length{}
		for _, l := range book.Pages[0].Lines {
			if l.Part == Body {
				word, _, _ := strings.Cut(lineText(l), " ")
				x[word], y[word] = l.Pieces[0].X, l.Baseline
			}
		}
		if len(x) != 4 || x["First"] != x["second"] || x["First"] != x["Before."] || x["After."] == x["First"] {
			t.Errorf("%q: lines begin at %v", poem, x)
		}
		if above, within := y["First"]-y["Before."], y["second"]-y["First"]; above != within*3/2 {
			t.Errorf("%q: %s above it, %s within it", poem, pt(above), pt(within))
		}
	}
}

// Long words are divided in ragged text too, where a line would be short by more
// than a quarter; in cells, captions and headings where they are wider than their
// line. None is cut without a hyphen.
func TestRaggedHyphens(t *testing.T) {
	const word = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung"
	tests := []struct{ name, text string }{
		{"paragraph", strings.Repeat("Die lange "+word+" tagt. ", 8)},
		{"cell", strings.Repeat("| Wort ", 3) + "|\n" + strings.Repeat("|---", 3) + "|\n" + strings.Repeat("| "+word+" ", 3) + "|"},
		{"caption", "![Punkt](images/dot.png \"" + word + "\")"},
		{"heading", "## " + word},
	}
	for _, test := range tests {
		_, book := set(t, "de", "align: start, paper: A5, size: 14pt", test.text)
		hyphens := 0
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				last := l.Pieces[len(l.Pieces)-1]
				if l.Part == Body && l.Open && !last.Hyphen {
					t.Errorf("%s: %q is cut", test.name, lineText(l))
				}
				if l.Part == Body && last.Hyphen {
					hyphens++
				}
			}
		}
		if hyphens == 0 {
			t.Errorf("%s: no word is divided", test.name)
		}
	}
}
