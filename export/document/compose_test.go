package document

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/locales"
	"qalam/source"
)

// text, ref and par make parts of a source tree.
func text(s string) source.Inline          { return &source.Text{Value: s} }
func ref(label string) source.Inline       { return &source.NoteRef{Label: label} }
func par(in ...source.Inline) source.Block { return &source.Paragraph{Text: in} }
func note(label string, in ...source.Inline) *source.Note {
	return &source.Note{Label: label, Blocks: []source.Block{par(in...)}}
}

// article is an article in English with an address, so that nothing is to be
// said of it.
func article(blocks []source.Block, notes ...*source.Note) *source.Article {
	return &source.Article{
		Path: "article.md", Lang: "en",
		Header: source.Header{Title: "Title", Slug: "days", URL: "https://example.org/days"},
		Blocks: blocks, Notes: notes,
	}
}

func folder(articles ...*source.Article) *source.Folder {
	return &source.Folder{Name: "days", Articles: articles}
}

// compose composes an article alone in its folder, and gives its codes.
func compose(a *source.Article) (*Document, []string) {
	d, diags := Compose(folder(a), a)
	var codes []string
	for _, diag := range diags {
		codes = append(codes, string(diag.Severity)+" "+diag.Code)
	}
	return d, codes
}

// expect holds what a paragraph became and what was said.
func expect(t *testing.T, d *Document, codes []string, want string, wantCodes ...string) {
	t.Helper()
	var got []string
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case *Paragraph:
			got = append(got, inlines(b.Text))
		case *Heading:
			got = append(got, strings.Repeat("#", b.Level)+" "+inlines(b.Text))
		default:
			t.Fatalf("unexpected block %T", b)
		}
	}
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if !slices.Equal(codes, wantCodes) {
		t.Errorf("said %q, want %q", codes, wantCodes)
	}
}

// References side by side are one group, whatever stands between them in the
// tree but is not seen; a space before a reference goes behind it.
func TestNoteGroups(t *testing.T) {
	emph := func(in ...source.Inline) source.Inline { return &source.Emph{Text: in} }
	link := func(in ...source.Inline) source.Inline {
		return &source.Link{URL: "https://example.org/", Text: in}
	}
	tests := []struct {
		name string
		in   []source.Inline
		want string
	}{
		{"two", []source.Inline{text("a."), ref("x"), ref("y"), text(" B")}, "a.[1#1, 2#1] B"},
		{"a space between", []source.Inline{text("a."), ref("x"), text(" "), ref("y"), text(" B")}, "a.[1#1, 2#1] B"},
		{"a line end between", []source.Inline{text("a."), ref("x"), &source.SoftBreak{}, ref("y"), &source.SoftBreak{}, text("B")}, "a.[1#1, 2#1] B"},
		{"a remark between", []source.Inline{text("a."), ref("x"), &source.InlineRemark{Text: " no "}, ref("y")}, "a.[1#1, 2#1]"},
		{"the end of emphasis between", []source.Inline{emph(text("a"), ref("x")), ref("y"), text(" B")}, "emph{a[1#1, 2#1]} B"},
		{"a word between", []source.Inline{text("a"), ref("x"), text(" b"), ref("y")}, "a[1#1] b[2#1]"},
		{"punctuation between", []source.Inline{text("a"), ref("x"), text(", "), ref("y")}, "a[1#1],[2#1]"},
		{"code between", []source.Inline{text("a"), ref("x"), &source.CodeSpan{Value: " "}, ref("y")}, "a[1#1]code{ }[2#1]"},
		{"a break between", []source.Inline{text("a"), ref("x"), &source.Break{}, ref("y")}, "a[1#1]⏎[2#1]"},
		{"a space before", []source.Inline{text("a "), ref("x"), text(" b")}, "a[1#1] b"},
		{"a space before only", []source.Inline{text("a "), ref("x"), text("b")}, "a[1#1] b"},
		{"a space before a full stop", []source.Inline{text("a "), ref("x"), text(".")}, "a[1#1]."},
		{"a space before at the end", []source.Inline{text("a "), ref("x"), text(" ")}, "a[1#1]"},
		{"a space before, in emphasis", []source.Inline{emph(text("a "), ref("x")), text(" b")}, "emph{a[1#1]} b"},
		{"a space before, then code", []source.Inline{text("a "), ref("x"), &source.CodeSpan{Value: "b"}}, "a[1#1] code{b}"},
		{"at the beginning", []source.Inline{ref("x"), text(" a")}, "[1#1] a"},
		{"alone", []source.Inline{ref("x")}, "[1#1]"},
		{"a quotation mark behind", []source.Inline{text(`"a.`), ref("x"), text(`" b`)}, "“a.[1#1]” b"},
		{"in a link", []source.Inline{link(text("a"), ref("x"), text(" b"))}, "link{https://example.org/}{a}[1#1]link{https://example.org/}{ b}"},
		{"deep in a link", []source.Inline{link(emph(text("a"), ref("x")), text(" b")), ref("y")},
			"link{https://example.org/}{emph{a}}[1#1]link{https://example.org/}{ b}[2#1]"},
		{"at the end of a link", []source.Inline{link(text("a"), ref("x")), ref("y")}, "link{https://example.org/}{a}[1#1, 2#1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, codes := compose(article([]source.Block{par(tt.in...)}, note("x", text("X.")), note("y", text("Y."))))
			expect(t, d, codes, tt.want)
		})
	}
}

// Notes are numbered as they are met: the text first, then the notes by
// number, and so are the references to one note. A note can cite itself.
func TestNumbers(t *testing.T) {
	a := article(
		[]source.Block{par(text("a"), ref("p"), text(" b"), ref("q"), text(" c"), ref("p"))},
		note("deep", text("D"), ref("deep"), ref("p")),
		note("never", text("N"), ref("q")),
		note("q", text("Q"), ref("p")),
		note("p", text("P"), ref("deep"), text(" and"), ref("q")),
	)
	d, codes := compose(a)
	expect(t, d, codes, "a[1#1] b[2#1] c[1#2]")
	var notes []string
	for _, n := range d.Notes {
		notes = append(notes, n.Label+": "+inlines(n.Blocks[0].(*Paragraph).Text))
	}
	want := []string{"p: P[3#1] and[2#2]", "q: Q[1#3]", "deep: D[3#2, 1#4]"}
	if !slices.Equal(notes, want) {
		t.Errorf("got  %q\nwant %q", notes, want)
	}
}

// The author's numbers stay, in the digits of the language, and the notes
// stand in their order.
func TestAuthorNumbers(t *testing.T) {
	a := article([]source.Block{par(text("a"), ref("3"), text(" b"), ref("٧"))}, note("٧", text("Seven"), ref("012")), note("3", text("Three")), note("012", text("Twelve")))
	a.Header.NoteNumbers = source.NoteAuthor
	d, codes := compose(a)
	expect(t, d, codes, "a[3#1] b[7#1]")
	for i, want := range []string{"3", "7", "12"} {
		if n := d.Notes[i]; n.Number != i+1 || n.Mark != want {
			t.Errorf("note %d has the number %d and the mark %s, want %s", i+1, n.Number, n.Mark, want)
		}
	}
}

// Labels that are no numbers of their own are an error, and the notes are
// numbered as if the author had not asked.
func TestNoteNumber(t *testing.T) {
	for _, label := range []string{"a", "0", "1a", "-1", "1234567890", "2"} {
		a := article([]source.Block{par(text("a"), ref("02"), ref(label))}, note("02", text("Two")), note(label, text("X")))
		a.Header.NoteNumbers = source.NoteAuthor
		d, codes := compose(a)
		expect(t, d, codes, "a[1#1, 2#1]", "error note-number")
	}
}

// Author's numbers out of order are worth a look.
func TestNoteOrder(t *testing.T) {
	a := article([]source.Block{par(text("a"), ref("2"), text(" b"), ref("1"), text(" c"), ref("2"), text(" d"), ref("3"))},
		note("1", text("One")), note("2", text("Two")), note("3", text("Three")))
	a.Header.NoteNumbers = source.NoteAuthor
	d, codes := compose(a)
	expect(t, d, codes, "a[2#1] b[1#1] c[2#2] d[3#1]", "warning note-order")
}

// A note that one place cites twice stands there once.
func TestNoteRepeated(t *testing.T) {
	d, codes := compose(article([]source.Block{par(text("a"), ref("x"), ref("y"), text(" "), ref("x"), text(" b"), ref("x"))},
		note("x", text("X")), note("y", text("Y"))))
	expect(t, d, codes, "a[1#1, 2#1] b[1#2]", "warning note-repeated")
}

// A reference to no note is an error, and stands as it was written.
func TestNoteUndefined(t *testing.T) {
	d, codes := compose(article([]source.Block{par(text("a"), ref("x"), text(" b"))}))
	expect(t, d, codes, "a[^x] b", "error note-undefined")
}

// An image that was not read is an error, and its words stand for it.
func TestImageMissing(t *testing.T) {
	img := &source.Image{Src: "a.png", Alt: "A map"}
	d, codes := compose(article([]source.Block{&source.Figure{Image: img, Caption: "Caption"}, par(text("a "), img)}))
	expect(t, d, codes, "A map⏎Caption\na A map", "error image-missing", "error image-missing")
}

// Levels of headings are closed up; each place where one was left out is told
// once.
func TestHeadingSkipped(t *testing.T) {
	var blocks []source.Block
	for _, level := range []int{3, 2, 4, 4, 6, 3, 2, 3} {
		blocks = append(blocks, &source.Heading{Level: level, Text: []source.Inline{text("h")}})
	}
	d, codes := compose(article(blocks))
	expect(t, d, codes, "## h\n## h\n### h\n### h\n#### h\n### h\n## h\n### h",
		"warning heading-skipped", "warning heading-skipped", "warning heading-skipped")
	for i, h := range d.Headings() {
		if want := "section-" + string(rune('1'+i)); h.ID != want {
			t.Errorf("heading %d has the id %s, want %s", i, h.ID, want)
		}
	}
}

// Remarks are not printed; one that speaks to the program has to be understood.
func TestRemarkUnknown(t *testing.T) {
	d, codes := compose(article([]source.Block{
		&source.Remark{Text: " for people: qalam "},
		&source.Remark{Text: " qalam: shout "},
		par(text("a "), &source.InlineRemark{Text: "qalam:"}, text(" b")),
		par(&source.InlineRemark{Text: "x"}),
	}))
	expect(t, d, codes, "a b", "warning remark-unknown", "warning remark-unknown")
}

// said composes the text of an article that has the image images/dot.png, and
// gives its blocks and what is said of it.
func said(t *testing.T, lang, text string) (blocks, diags string) {
	t.Helper()
	f, found := source.Load(fstest.MapFS{
		"article.md":     {Data: []byte("---\ntitle: T\nlang: " + lang + "\nurl: https://example.org/\n---\n" + text)},
		"images/dot.png": {Data: dot},
	}, "days")
	if len(found) > 0 {
		t.Fatalf("%s\nsource says: %v", text, found)
	}
	d, list := Compose(f, f.Articles[0])
	var codes []string
	for _, diag := range list {
		if diag.Hint == "" {
			t.Errorf("no hint: %v", diag)
		}
		codes = append(codes, string(diag.Severity)+" "+diag.Code+" "+strings.TrimPrefix(diag.Pos.String(), "article.md:"))
	}
	var b strings.Builder
	w := &dumper{}
	w.blocks("", d.Blocks)
	b.WriteString(w.String())
	return b.String(), strings.Join(codes, ", ")
}

// An image that nobody describes is decoration, with a warning; without one
// where a remark says so.
func TestImageAlt(t *testing.T) {
	const remark = "<!-- qalam: decoration -->"
	tests := []struct{ text, want string }{
		{"![words](images/dot.png)", ""},
		{"![](images/dot.png)", "warning image-alt 6:1"},
		{"One ![](images/dot.png) two ![](images/dot.png)", "warning image-alt 6:5, warning image-alt 6:29"},
		{"| h |\n|---|\n| ![ ](images/dot.png \"Caption\") |", "warning image-alt 8:3"},
		{remark + "\n\n![](images/dot.png)", ""},
		{"One " + remark + "![](images/dot.png) two", ""},
		{"One " + remark + "![](images/dot.png) two ![](images/dot.png)", "warning image-alt 6:55"},
		{remark + "\n\n![words](images/dot.png) ![](images/dot.png)", ""}, // that with words is none
		{"x[^1]\n\n[^1]: ![](images/dot.png)", "warning image-alt 8:7"},
	}
	for _, test := range tests {
		if _, got := said(t, "en", test.text); got != test.want {
			t.Errorf("%s\ngot %q, want %q", test.text, got, test.want)
		}
	}
}

// A remark that speaks of an image stands before one.
func TestRemarkIdle(t *testing.T) {
	const remark = "<!-- qalam: decoration -->"
	tests := []struct{ text, want string }{
		{"One.\n\n" + remark, "warning remark-idle 8:1"},
		{remark + "\n\n![words](images/dot.png)", "warning remark-idle 6:1"},
		{remark + "\n\n" + remark + "\n\n![](images/dot.png)", "warning remark-idle 6:1"},
	}
	for _, test := range tests {
		if _, got := said(t, "en", test.text); got != test.want {
			t.Errorf("%s\ngot %q, want %q", test.text, got, test.want)
		}
	}
}

// A table whose head has no words is shown, with a warning.
func TestTableHeadless(t *testing.T) {
	tests := []struct{ text, want string }{
		{"| h | |\n|---|---|\n| a | b |", ""},
		{"| ![words](images/dot.png) |\n|---|\n| a |", ""},
		{"x\n\n| | |\n|---|---|\n| a | b |", "warning table-headless 8:1"},
		{"|&#32;|\n|---|\n| a |", "warning table-headless 6:1"},
	}
	for _, test := range tests {
		if _, got := said(t, "en", test.text); got != test.want {
			t.Errorf("%s\ngot %q, want %q", test.text, got, test.want)
		}
	}
}

// A passage in another script is in the language that is most likely, and the
// author is told once of each.
func TestLangUnmarked(t *testing.T) {
	tests := []struct{ lang, text, want, diags string }{
		{"en", "The *Pravda*, or Правда, of 1917.", "paragraph: The emph{Pravda}, or span{ru}{Правда}, of 1917.", "warning lang-unmarked 6:18"},
		{"en", "«Война и мир», 1869 год", "paragraph: «span{ru}{Война и мир}», 1869 span{ru}{год}", "warning lang-unmarked 6:2"},
		{"en", "Words\nthen “Правда” and **Труд**\n\nИскра", "paragraph: Words then “span{ru}{Правда}” and strong{span{ru}{Труд}}\nparagraph: span{ru}{Искра}", "warning lang-unmarked 7:7"},
		{"en", "The angle α, αβ and Ω.", "paragraph: The angle span{el}{α, αβ} and Ω.", "warning lang-unmarked 6:11"},
		{"en", "α and β, γ or Δ", "paragraph: α and β, γ or Δ", ""},
		{"en", "The sign 山 and 東京タワー", "paragraph: The sign span{zh}{山} and span{ja}{東京タワー}", "warning lang-unmarked 6:10, warning lang-unmarked 6:16"},
		{"en", "In [Правда и Труд]{lang=ru} only", "paragraph: In span{ru ltr}{Правда и⍽Труд} only", ""},
		{"en", "In [The Правда]{lang=fr}", "paragraph: In span{fr ltr}{The span{ru}{Правда}}", "warning lang-unmarked 6:9"},
		{"en", "A [link Правда](https://example.org/x), `код`", "paragraph: A link{https://example.org/x}{link span{ru}{Правда}}, code{код}", "warning lang-unmarked 6:9"},
		{"en", "A word שלום, “שלום”.", "paragraph: A word span{he}{שלום}, “span{he}{שלום}”.", "warning lang-unmarked 6:8"},
		{"kk", "Газет The Guardian және BBC", "paragraph: Газет The Guardian және BBC", ""},
		{"ar", "قال BBC إن Правда", "paragraph: قال BBC إن span{ru}{Правда}", "warning lang-unmarked 6:12"},
		{"zh-Hans", "東京のタワーと漢字", "paragraph: 東京のタワーと漢字", ""},
		{"ko", "한국과 韓國", "paragraph: 한국과 韓國", "warning locale-fallback 3:7"},
		{"fr", "Novine Политика", "paragraph: Novine span{ru}{Политика}", "warning lang-unmarked 6:8"},
		{"hi", "यह शब्द है", "paragraph: यह शब्द है", ""},
		{"en", "In हिन्दी.", "paragraph: In span{hi}{हिन्दी}.", "warning lang-unmarked 6:4"},
		{"en", "![x](images/dot.png \"The Правда\")", "", "warning lang-unmarked 6:26"},
		{"en", "## On Правда", "heading 2 section-1: On span{ru}{Правда}", "warning lang-unmarked 6:7"},
		{"en", "Mongol ᠮᠣᠩᠭᠣᠯ", "paragraph: Mongol span{mn-Mong}{ᠮᠣᠩᠭᠣᠯ}", "warning lang-unmarked 6:8"},
	}
	for _, test := range tests {
		blocks, diags := said(t, test.lang, test.text)
		if diags != test.diags {
			t.Errorf("%s\nsaid %q, want %q", test.text, diags, test.diags)
		}
		if got := strings.TrimSuffix(blocks, "\n"); test.want != "" && got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}

// An article without an address or DOI has an identifier that another can have.
// It is said of the canonical article alone.
func TestIdentifierWeak(t *testing.T) {
	a := article([]source.Block{par(text("a"))})
	a.Header.URL = ""
	_, codes := compose(a)
	if want := []string{"warning identifier-weak"}; !slices.Equal(codes, want) {
		t.Errorf("said %q, want %q", codes, want)
	}
	b := article([]source.Block{par(text("a"))})
	b.Path, b.Lang, b.Header.URL = "locales/fr.md", "fr", ""
	if _, diags := Compose(folder(a, b), b); len(diags) > 0 {
		t.Errorf("said %v of the translation", diags)
	}
}

// A language that we have no words for is told, unless the author gives all.
func TestLocaleFallback(t *testing.T) {
	a := article([]source.Block{par(text("a"))})
	a.Lang = "tlh"
	a.Header.Labels = map[string]string{"notes": "QIn"}
	d, codes := compose(a)
	if !slices.Contains(codes, "warning locale-fallback") {
		t.Errorf("said %q", codes)
	}
	if got := d.Locale.Labels.Notes; got != "QIn" {
		t.Errorf("notes are called %q", got)
	}
	if got, want := d.Locale.Labels.By, locales.Get("en").Labels.By; got != want {
		t.Errorf("by is %q, want %q", got, want)
	}
	if got := locales.Get("tlh").Labels.Notes; got == "QIn" {
		t.Error("the words of one article became those of all")
	}

	// One that has some is told of the others, and borrows those only.
	b := article([]source.Block{par(text("a"))})
	b.Lang = "de"
	d, diags := Compose(folder(b), b)
	if len(diags) != 1 || !strings.HasPrefix(diags[0].Message, "some words") || !strings.Contains(diags[0].Hint, "about, modified, title and") || !strings.Contains(diags[0].Hint, "`qalam languages de --labels`") {
		t.Errorf("de: said %v", diags)
	}
	if got := d.Locale.Labels; got.Contents != "Inhaltsverzeichnis" || got.About != locales.Get("en").Labels.About {
		t.Errorf("de: %q and %q", got.Contents, got.About)
	}
	for _, tag := range []string{"zh-CN", "fr-CA", "en-GB", "kk-CN"} { // whole, from a wider language
		b.Lang = tag
		if _, codes := compose(b); len(codes) > 0 {
			t.Errorf("%s: said %q", tag, codes)
		}
	}

	var l locales.Labels
	all := map[string]string{}
	for _, name := range setLabels(&l, nil) {
		all[name] = "word"
	}
	a.Header.Labels = all
	if _, codes := compose(a); slices.Contains(codes, "warning locale-fallback") {
		t.Errorf("said %q although all words are given", codes)
	}
}

// A language that nothing is known of is told.
func TestLocaleData(t *testing.T) {
	a := article([]source.Block{par(text("a"))})
	a.Lang = "tlh"
	if _, codes := compose(a); !slices.Contains(codes, "warning locale-data") {
		t.Errorf("said %q", codes)
	}
}

// Text within a line is seen as one: a mark in one inline sees the word in the
// next, spaces are one, and there are no two Texts side by side.
func TestLine(t *testing.T) {
	emph := func(in ...source.Inline) source.Inline { return &source.Emph{Text: in} }
	soft := &source.SoftBreak{}
	tests := []struct {
		name, lang string
		in         []source.Inline
		want       string
	}{
		{"a quotation begins in emphasis", "en", []source.Inline{text("he "), emph(text(`"a`)), text(` b"`)}, "he emph{“a} b”"},
		{"a quotation is emphasis", "en", []source.Inline{text(`"`), emph(text("a")), text(`" "`), emph(text("b")), text(`"`)}, "“emph{a}” “emph{b}”"},
		{"an apostrophe follows emphasis", "en", []source.Inline{text("the "), emph(text("Times")), text(`'s "man"`)}, "the emph{Times}’s “man”"},
		{"an apostrophe follows code", "en", []source.Inline{&source.CodeSpan{Value: `"a"`}, text(`'s`)}, `code{"a"}’s`},
		{"a quotation in a link", "en", []source.Inline{text(`"`), &source.Link{URL: "https://a.example/", Text: []source.Inline{text(`a "b" c`)}}, text(`"`)}, "“link{https://a.example/}{a ‘b’ c}”"},
		{"an address stays", "en", []source.Inline{text(`"`), &source.Link{URL: "https://a.example/--'x'...", Text: []source.Inline{text("https://a.example/--'x'...")}}, text(`"`)},
			"“link{https://a.example/--'x'...}{https://a.example/--'x'...}”"},
		{"an address without its scheme stays", "en", []source.Inline{&source.Link{URL: "mailto:o'neill--x@a.example", Text: []source.Inline{text("o'neill--x@a.example")}}}, "link{mailto:o'neill--x@a.example}{o'neill--x@a.example}"},
		{"a foreign passage has its own marks", "en", []source.Inline{text(`"a `), &source.Span{Lang: "fr", Text: []source.Inline{text(`dit "oui" !`)}}, text(`"`)}, "“a span{fr ltr}{dit «\u00A0oui\u00A0»\u202F!}”"},
		{"texts and line ends", "en", []source.Inline{text("a "), soft, text(" b"), soft, text("c"), text("d ")}, "a b cd"},
		{"spaces around emphasis", "en", []source.Inline{text("a "), emph(text(" b ")), text(" c")}, "a emph{b }c"},
		{"spaces around a break", "en", []source.Inline{text("a "), &source.Break{}, soft, text(" b")}, "a⏎b"},
		{"nothing in emphasis", "en", []source.Inline{text("a"), emph(), text("b")}, "ab"},
		{"a link in a link", "en", []source.Inline{&source.Link{URL: "https://a.example/", Text: []source.Inline{text("x "), &source.Link{URL: "https://b.example/", Text: []source.Inline{text("y")}}}}}, "link{https://a.example/}{x y}"},
		{"French before punctuation in the next inline", "fr", []source.Inline{emph(text("Quoi")), text(" ?")}, "emph{Quoi}\u202F?"},
		{"lines of Chinese", "zh-Hans", []source.Inline{text("你好"), soft, text("世界，"), soft, text("再"), soft, text("Go"), soft, text("见 好")}, "你好世界，再 Go 见 好"},
		{"lines of Chinese at quotation marks", "zh-Hans", []source.Inline{text("他说：\"你"), soft, text("'好'\""), soft, text("吗 a"), soft, text("\"b\"")}, "他说：“你‘好’”吗 a “b”"},
		{"lines of Korean", "ko", []source.Inline{text("가"), soft, text("나")}, "가 나"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := article([]source.Block{par(tt.in...)})
			a.Lang = tt.lang
			d, _ := compose(a)
			expect(t, d, nil, tt.want)
		})
	}
}

// Where text reads from right to left, what would come out in another order
// is set apart, and nothing else.
func TestIsolates(t *testing.T) {
	tests := []struct{ in, want string }{
		{"في 2022-01-27 و", "في span{ltr}{2022-01-27} و"},
		{"2022-01-27", "span{ltr}{2022-01-27}"},
		{"في ٢٠٢٢-٠١-٢٧.", "في span{ltr}{٢٠٢٢-٠١-٢٧}."},
		{"ISBN 978-3-16-148410-0.", "ISBN span{ltr}{978-3-16-148410-0}."},
		{"ب10 000 و1 234 567", "ب10\u00A0000 و1\u00A0234\u00A0567"},
		{"في 2022 100 و 10 0000", "في 2022 100 و 10 0000"},
		{"+7 (727) 250-00-00 و", "span{ltr}{+7 (727) 250-00-00} و"},
		{"-5 و +3 و −2.5", "span{ltr}{-5} و span{ltr}{+3} و span{ltr}{−2.5}"},
		{"و C++ و C# و 2-butanol", "و span{ltr}{C++} و span{ltr}{C#} و span{ltr}{2-butanol}"},

		// The algorithm keeps these in order.
		{"3:16 و 1,234.56 و 27/01/2022 و 10\u00A0000 و 16.5 و COVID-19 و F-16 و 3M", "3:16 و 1,234.56 و 27/01/2022 و 10\u00A0000 و 16.5 و COVID-19 و F-16 و 3M"},
		// These are written from right to left.
		{"2010-2015 و 2010–2015 و 50% و $5", "2010-2015 و 2010–2015 و 50% و $5"},
		{"RFE/RL و Reuters 2022", "RFE/RL و Reuters 2022"},
	}
	for _, tt := range tests {
		a := article([]source.Block{par(text(tt.in))})
		a.Lang = "ar"
		d, codes := compose(a)
		expect(t, d, codes, tt.want)
	}

	a := article([]source.Block{par(
		text("ا "), &source.Link{URL: "https://a.example/b", Text: []source.Inline{text("https://a.example/b")}},
		text(" "), &source.Span{Lang: "en", Text: []source.Inline{text("-5")}},
	)})
	a.Lang = "ar"
	d, codes := compose(a)
	expect(t, d, codes, "ا span{ltr}{link{https://a.example/b}{https://a.example/b}} span{en ltr}{-5}")

	a = article([]source.Block{par(text("-5 "), &source.Span{Lang: "ar", Text: []source.Inline{text("في -5")}})})
	d, codes = compose(a)
	expect(t, d, codes, "-5 span{ar rtl}{في span{ltr}{-5}}")
}

// Compose changes nothing that it is given, and does the same again.
func TestComposeAgain(t *testing.T) {
	a := article([]source.Block{par(text(`"a"  b`), ref("x"))}, note("x", text("X")))
	f := folder(a)
	first, _ := Compose(f, a)
	second, _ := Compose(f, a)
	if dump(first) != dump(second) {
		t.Errorf("first\n%s\nsecond\n%s", dump(first), dump(second))
	}
}

// A translation says what it was made from behind the name of its original,
// and what has changed since, in its own words and digits; what is not known
// is not there.
func TestStamp(t *testing.T) {
	original := article([]source.Block{par(text("Text."))})
	tests := []struct {
		lang  string
		basis Basis
		want  string
	}{
		{"fr", Basis{}, ""},
		{"fr", Basis{Total: 9}, ""},
		{"fr", Basis{Date: locales.Date{Year: 2022, Month: 1, Day: 27}, Total: 9}, "basis|Version traduite|27 janvier 2022"},
		{"fr", Basis{Changed: 2, Total: 9}, "since|Modifié depuis|2 sur 9 paragraphes"},
		{"ar", Basis{Date: locales.Date{Year: 2022}, Changed: 2, Total: 10}, "basis|النسخة المترجمة|٢٠٢٢ since|ما تغيّر منذ ذلك|الفقرات: ٢ من ١٠"},
	}
	for _, test := range tests {
		a := article([]source.Block{par(text("Texte."))})
		a.Lang, a.Path = test.lang, "locales/"+test.lang+".md"
		d, _ := Compose(folder(original, a), a)
		before := len(d.Colophon)
		d.Stamp(test.basis)
		var got []string
		for i, f := range d.Colophon[:len(d.Colophon)-before+1] {
			if i == 0 && f.Name != "source" {
				t.Errorf("%s: %q is before the stamp", test.lang, f.Name)
			}
			if i > 0 {
				got = append(got, f.Name+"|"+f.Label+"|"+strings.NewReplacer("\u00a0", " ").Replace(Plain(f.Value)))
			}
		}
		if got := strings.Join(got, " "); got != test.want || d.Meta.Basis != test.basis {
			t.Errorf("%s %+v: %q, want %q", test.lang, test.basis, got, test.want)
		}
	}
}
