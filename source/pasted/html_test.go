package pasted

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"qalam/source"
	"qalam/source/diag"
	"qalam/source/golden"
)

// Each case of testdata/html is a page, with the article, the concordance and
// the diagnostics that come of it; each of testdata/review is a file with the
// page for its editor.
func TestHTMLGolden(t *testing.T) {
	for _, dir := range []string{"html", "review"} {
		golden.RunIn(t, "testdata/"+dir, func(t *testing.T, c *golden.Case) map[string]string {
			if len(c.Files) != 1 {
				t.Fatalf("%d files", len(c.Files))
			}
			var name string
			for name = range c.Files {
			}
			data := c.Files[name].Data
			opts := Options{Path: name}
			res, diags := ReaderFor(name, data)(data, opts)
			if res == nil {
				t.Fatalf("nothing was read: %v", diags)
			}
			if dir == "html" {
				holdHTML(t, data, res, diags)
				return wanted(res, diags)
			}
			page := Review(data, opts, res, diags)
			holdReview(t, page)
			return map[string]string{"want.html": string(bytes.Replace(page, []byte(reviewStyle), []byte("…"), 1))}
		})
	}
}

// holdHTML checks what holds for every page: references have notes, places are
// in the file, what is printed can be read, and its words are those of the
// article.
func holdHTML(t *testing.T, data []byte, res *Result, diags diag.List) {
	t.Helper()
	var none diag.List
	decoded, _ := decodeHTML(data, "", &none)
	rows := strings.Split(string(newText("", decoded, &none).src), "\n")
	inFile := func(line, column int, what string) {
		if line < 1 || line > len(rows) || column < 1 || column > len([]rune(rows[line-1]))+1 {
			t.Errorf("%s at %d:%d is outside the file", what, line, column)
		}
	}
	notes, refs := map[string]bool{}, 0
	for _, n := range res.Article.Notes {
		if notes[n.Label] {
			t.Errorf("two notes are called %s", n.Label)
		}
		notes[n.Label] = true
	}
	for _, n := range res.Concordance.Notes {
		inFile(n.Line, n.Column, "a note")
		for _, ref := range n.References {
			inFile(ref.Line, ref.Column, "a reference")
			refs++
		}
	}
	for _, x := range res.Concordance.Rejected {
		inFile(x.Line, x.Column, "a number")
	}
	for _, d := range diags {
		if d.Hint == "" || d.Severity == diag.Error {
			t.Errorf("no hint, or an error: %v", d)
		}
		if d.Line > 0 && d.Column > 0 {
			inFile(int(d.Line), int(d.Column), "a diagnostic")
		}
	}
	printed := source.Print(res.Article)
	again, read := source.Parse("article.md", printed)
	for _, d := range read {
		switch d.Code {
		case "title-missing", "note-unused", "note-doubled", "note-empty", "article-empty", "field-markup":
		default:
			t.Errorf("the printed article: %v\n%s", d, printed)
		}
	}
	want, wantRefs := articleWords(res.Article)
	got, gotRefs := articleWords(again)
	if want != got || wantRefs != gotRefs {
		t.Errorf("the printed article has the words\n%q, %d references\nwant\n%q, %d\n%s", got, gotRefs, want, wantRefs, printed)
	}
	if wantRefs != refs {
		t.Errorf("%d references in the article, %d in the concordance", wantRefs, refs)
	}
}

// articleWords are the letters and digits of an article, and how many
// references it has.
func articleWords(a *source.Article) (string, int) {
	var b strings.Builder
	refs := 0
	line := func(text []source.Inline) {
		writePlain(&b, text)
		var count func([]source.Inline)
		count = func(text []source.Inline) {
			for _, in := range text {
				switch in := in.(type) {
				case *source.NoteRef:
					refs++
				case *source.Emph:
					count(in.Text)
				case *source.Strong:
					count(in.Text)
				case *source.Strike:
					count(in.Text)
				case *source.Span:
					count(in.Text)
				}
			}
		}
		count(text)
	}
	var blocks func([]source.Block)
	blocks = func(bs []source.Block) {
		for _, bl := range bs {
			switch bl := bl.(type) {
			case *source.Heading:
				line(bl.Text)
			case *source.Paragraph:
				line(bl.Text)
			case *source.Quote:
				blocks(bl.Blocks)
			case *source.List:
				for _, item := range bl.Items {
					blocks(item.Blocks)
				}
			case *source.CodeBlock:
				b.WriteString(bl.Text)
			case *source.Table:
				for _, row := range append([][]*source.Cell{bl.Head}, bl.Rows...) {
					for _, c := range row {
						line(c.Text)
					}
				}
			case *source.Rule:
			default:
				panic(fmt.Sprintf("unexpected block %T", bl))
			}
		}
	}
	blocks(a.Blocks)
	for _, n := range a.Notes {
		blocks(n.Blocks)
	}
	return onlyLetters(b.String()), refs
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// Words in are words out: those that a browser shows are in the article, in
// the order of the page.
func TestHTMLWords(t *testing.T) {
	const page = `<title>Title</title><h1>Title</h1><nav>skip</nav><p>one <b>two<p>three</b> four<div hidden>skip</div>
<script>skip()</script><style>skip{}</style><table><tr><td>five<td>six<tr><td colspan=2>seven</table><ul><li>eight<li>nine<ol><li>ten</ol></ul>
<blockquote>eleven<pre>twelve  thirteen</pre></blockquote><dl><dt>fourteen<dd>fifteen</dl><details><summary>sixteen</summary>seventeen</details>
<span style="display: none">skip</span><i><i>eighteen</i></i> <del>nineteen</del> <a href="/x">twenty</a><svg><text>end</text></svg><template>skip</template>`
	res, diags := ReadHTML([]byte(page), Options{Path: "page.html"})
	if res == nil {
		t.Fatal(diags)
	}
	holdHTML(t, []byte(page), res, diags)
	got, _ := articleWords(res.Article)
	if want := "onetwothreefourfivesixseveneightnineteneleventwelvethirteenfourteenfifteensixteenseventeeneighteennineteentwentyend"; got != want {
		t.Errorf("the words are\n%s, want\n%s", got, want)
	}
}

// What a page is, and what of it is reported: each code has its case.
func TestHTMLCodes(t *testing.T) {
	tests := []struct {
		code, page, want string
		errs             bool
	}{
		{"html-encoding", "<meta charset=made-up-8>\x93\xfa", `"made-up-8", which is not known`, true},
		{"utf8", "<p>\x93\xfa", "not UTF-8", true},
		{"pasted-empty", "<script>x</script>", "no text", true},
		{"html-size", strings.Repeat("<b>", maxHTMLNodes+2), "elements", true},
		{"pasted-title", "<p>x", "no title", false},
		{"pasted-title-differs", "<title>A title</title><h1>Another</h1><p>x", "", false},
		{"pasted-title-note", "<h1>T<sup>1</sup></h1><p>x<ol><li>note</ol>", "the title refers to a note", false},
		{"pasted-no-notes", "<h1>T</h1><p>x<sup>1</sup>", "no notes were found", false},
		{"pasted-note-empty", "<h1>T</h1><p>x<sup>1</sup><sup>2</sup><ol><li><li>two</ol>", "note 1 has no text", false},
		{"pasted-note-uncited", "<h1>T</h1><p>x<sup>1</sup><ol><li>one<li>two</ol>", "nothing in the text refers to note 2", false},
		{"mark-ambiguous", "<h1>T</h1><p>in 2019<sup>1</sup><ol><li>one</ol>", "1 can refer to a note or be a power", false},
		{"mark-no-note", "<h1>T</h1><p>x<sup>1</sup> y<sup>7</sup><ol><li>one</ol>", "7 looks like a reference", false},
		{"pasted-image", "<h1>T</h1><p>x<img src=a.png alt=words>", "an image", false},
		{"pasted-link", "<h1>T</h1><p><a href=/a>x</a><a href=b>y</a>", "(and 1 more such links)", false},
		{"pasted-left-out", "<h1>T</h1><nav>x</nav><p>x", "to find one's way", false},
		{"pasted-character", "<h1>T</h1><p>x\x01", "U+0001", false},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			opts := Options{Path: "page.html"}
			if tt.code == "pasted-title-differs" {
				opts.Title = "A title"
			}
			res, diags := ReadHTML([]byte(tt.page), opts)
			i := slices.IndexFunc(diags, func(d *diag.Diagnostic) bool { return d.Code == tt.code })
			if i < 0 || !strings.Contains(diags[i].Message, tt.want) || diags[i].Hint == "" || (res == nil) != tt.errs || diags.HasErrors() != tt.errs {
				t.Errorf("result %v, diagnostics %v", res != nil, diags)
			}
		})
	}
}

// A page in an encoding of one byte a character, and what a page is.
func TestHTMLEncoding(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{"<meta charset=\"windows-1251\"><h1>T</h1><p>\xd0\xe5\xea\xe0", "Река"},
		{"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><h1>T</h1><p>caf\xe9", "café"},
		{"\xff\xfe<\x00p\x00>\x00\x40\x04", "р"},
		{"<meta charset=windows-1251><p>Река", "Река"}, // saved anew as UTF-8
	} {
		res, diags := ReadHTML([]byte(tt.page), Options{Path: "page.html"})
		if res == nil {
			t.Fatalf("%q: %v", tt.page, diags)
		}
		if got, _ := articleWords(res.Article); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.page, got, tt.want)
		}
	}
	for _, tt := range []struct {
		name, data string
		want       bool
	}{
		{"a.HTM", "x", true}, {"a.txt", "<html>", false}, {"-", " \n<!DOCTYPE HTML>", true}, {"-", "<?xml version='1.0'?><html>", true},
		{"-", "\ufeff<html lang=en>", true}, {"-", "<3 of them", false}, {"a", "text", false},
	} {
		if got := IsHTML(tt.name, []byte(tt.data)); got != tt.want {
			t.Errorf("IsHTML(%q, %q) is %v", tt.name, tt.data, got)
		}
	}
}

// Time grows with the page, not with its square.
func TestHTMLLarge(t *testing.T) {
	const n = 5000
	var many, deep strings.Builder
	many.WriteString("<h1>T</h1>")
	for i := range n {
		fmt.Fprintf(&many, "<p>words<sup><a href='#fn%d' id='r%d'>%d</a></sup> and more", i+1, i+1, i+1)
	}
	many.WriteString("<ol>")
	for i := range n {
		fmt.Fprintf(&many, "<li id='fn%d'>note <a href='#r%d'>↩</a>", i+1, i+1)
	}
	deep.WriteString(strings.Repeat("<div><b>", 50_000) + "x" + strings.Repeat("</i></b></p>", 50_000))
	pages := []string{many.String(), deep.String(), strings.Repeat("<p>a<sup>1</sup>", 30_000) + "<ol><li>x</ol>", strings.Repeat("<ol><li>1. x", 3000),
		strings.Repeat("<table><tr><td>x", 3000), "<p>" + strings.Repeat("h<i>ttp://a ¹</i>", 30_000), strings.Repeat("<a href='#a' id=a>1</a>", 30_000)}
	for i, page := range pages {
		start := time.Now()
		res, diags := ReadHTML([]byte(page), Options{Path: "page.html"})
		if res == nil {
			t.Fatalf("page %d: %v", i, diags)
		}
		if i == 0 && (len(res.Article.Notes) != n || len(res.Concordance.Rejected) != 0) {
			t.Errorf("%d notes", len(res.Article.Notes))
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("page %d of %d bytes took %v", i, len(page), d)
		}
	}
}

// holdReview checks that a page for an editor is whole and safe: every link in
// it leads somewhere, and nothing of the file is markup.
func holdReview(t *testing.T, page []byte) {
	t.Helper()
	if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("<img")) || !bytes.HasSuffix(page, []byte("</html>\n")) {
		t.Error("the page has what it must not have, or does not end")
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllSubmatch(page, -1) {
		if ids[string(m[1])] {
			t.Errorf("two elements are called %s", m[1])
		}
		ids[string(m[1])] = true
	}
	for _, m := range regexp.MustCompile(` href="([^"]*)"`).FindAllSubmatch(page, -1) {
		if name, ok := strings.CutPrefix(string(m[1]), "#"); !ok || !ids[name] {
			t.Errorf("a link leads to %s", m[1])
		}
	}
}

// Any page is read without panic, and what holdHTML and holdReview check is
// true of it.
func FuzzReadHTML(f *testing.F) {
	files, err := filepath.Glob("testdata/html/*.txtar")
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
	f.Fuzz(func(t *testing.T, page []byte) {
		opts := Options{Path: "page.html"}
		res, diags := ReadHTML(page, opts)
		if res == nil {
			if !diags.HasErrors() {
				t.Error("no result, and no error that says why")
			}
			return
		}
		holdHTML(t, page, res, diags)
		holdReview(t, Review(page, opts, res, diags))
	})
}

// Pages put together at random from what pages are made of hold what all do.
func TestHTMLRandom(t *testing.T) {
	pieces := strings.Split("<p>|</p>|<div>|</div>|<b>|</b>|<i>|</i>|<s>|<sup>1</sup>|<sup>2</sup>|<sup>|</sup>|<a href='#fn1' id=r1>1</a>|<a href='#fn2'>[2]</a>|<a href='#r1'>↩</a>|"+
		"<ol>|</ol>|<ul>|</ul>|<li>|<li id=fn1>|<li id=fn2>|<p id=fn1>1. |<div id=fn2>|<table>|</table>|<tr>|<td>|<th>|<blockquote>|</blockquote>|<pre>|</pre>|<code>|</code>|"+
		"<h1>|</h1>|<h2>|</h2>|<hr>|<br>| |word|a word |*|_|1|¹|.|,|(|[|]|<a href='https://example.org/a'>|</a>|https://example.org/b|<span lang=fr>|</span>|<dl>|<dt>|<dd>|\n|&nbsp;|`|<q>|#|&lt;|-|<img alt=x>", "|")
	rnd := rand.New(rand.NewPCG(4, 4))
	for range 2000 {
		var b strings.Builder
		for range 1 + rnd.IntN(40) {
			b.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		page := []byte(b.String())
		opts := Options{Path: "page.html"}
		start := time.Now()
		res, diags := ReadHTML(page, opts)
		if res != nil {
			holdHTML(t, page, res, diags)
			holdReview(t, Review(page, opts, res, diags))
		}
		if t.Failed() || time.Since(start) > 5*time.Second {
			t.Fatalf("%v: %q", time.Since(start), page)
		}
	}
}
