package epub

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source"
)

// body is the inside of the section of the article.
func body(t *testing.T, blocks ...document.Block) string {
	t.Helper()
	return article(t, plainDocument("en", blocks...))
}

func article(t *testing.T, d *document.Document) string {
	t.Helper()
	file := string(read(t, write(t, edition(d))).Files["EPUB/xhtml/article.xhtml"])
	_, s, ok := strings.Cut(file, "</header>\n")
	if !ok {
		t.Fatalf("no header in\n%s", file)
	}
	s, ok = strings.CutSuffix(s, "</section>\n</body>\n</html>\n")
	if !ok {
		t.Fatalf("another end of\n%s", file)
	}
	return s
}

// What shows nothing leaves nothing; what counts or keeps a place stays.
func TestEmpty(t *testing.T) {
	tests := []struct {
		name  string
		block document.Block
		want  string
	}{
		{"paragraph", para(), ""},
		{"emphasis", para(&document.Emph{}), ""},
		{"emphasis in text", para(text("a"), &document.Emph{Text: []document.Inline{&document.Strong{}}}, text("b")), "<p>ab</p>\n"},
		{"quotation", &document.Quote{Blocks: []document.Block{para()}}, ""},
		{"list", &document.List{}, ""},
		{"item", &document.List{Items: []*document.Item{{}, {Blocks: []document.Block{para(text("x"))}}}}, "<ul>\n<li>\n</li>\n<li>\n<p>x</p>\n</li>\n</ul>\n"},
		{"code", &document.CodeBlock{}, ""},
		{"table head", &document.Table{Align: make([]source.Align, 1), Head: []document.Line{{text(" ")}}, Rows: [][]document.Line{{{text("x")}}}},
			"<table>\n<tbody>\n<tr>\n<td>x</td>\n</tr>\n</tbody>\n</table>\n"},
		{"table rows", &document.Table{Align: make([]source.Align, 1), Head: []document.Line{{text("x")}}},
			"<table>\n<thead>\n<tr>\n<th scope=\"col\">x</th>\n</tr>\n</thead>\n</table>\n"},
	}
	for _, test := range tests {
		if got := body(t, test.block); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// A reference within a link stands outside it, since no link holds another,
// and the rest of the link goes on after it.
func TestReferenceInLink(t *testing.T) {
	d := plainDocument("en")
	n := notes{d}.add(para(text("Note.")))
	d.Blocks = []document.Block{para(text("See "), &document.Link{URL: "https://example.org/", Text: []document.Inline{
		text("one"), &document.Emph{Text: []document.Inline{text(" two"), refer(n), text(" three")}}, refer(n),
	}}, text("."))}
	got := regexp.MustCompile(` (id|class|epub:type|role|aria-label)="[^"]*"`).ReplaceAllString(article(t, d), "")
	want := `<p>See <a href="https://example.org/">one<em> two</em></a><sup><a href="notes.xhtml#note-1">1</a></sup>` +
		`<a href="https://example.org/"><em> three</em></a><sup><a href="notes.xhtml#note-1">1</a></sup>.</p>` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Headings open sections, one within another; none leaves out a level, and
// one within a quotation opens none.
func TestSections(t *testing.T) {
	h := func(level int, id string) *document.Heading {
		return &document.Heading{Level: level, ID: id, Text: []document.Inline{text("H " + id)}}
	}
	got := body(t, h(2, "a"), h(4, "b"), &document.Quote{Blocks: []document.Block{h(4, "q")}}, h(3, "c"), h(2, "d"))
	want := `<section id="a">
<h2>H a</h2>
<section id="b">
<h3>H b</h3>
<blockquote>
<h4 id="q">H q</h4>
</blockquote>
</section>
<section id="c">
<h3>H c</h3>
</section>
</section>
<section id="d">
<h2>H d</h2>
</section>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A line may not end before a reference, not even where a digit may start one.
func TestReferenceKeepsPlace(t *testing.T) {
	tests := []struct {
		last string
		want bool // a word joiner is needed
	}{
		{"word", false}, {"слово", false}, {"word.", false}, {"word.”", false}, {"(word)", false}, {"1990", false}, {"دولة", false},
		{"word!", true}, {"word…", true}, {"word—", true}, {"汉字", true}, {"汉字。", true}, {"」", true},
	}
	for _, test := range tests {
		d := plainDocument("en")
		n := notes{d}.add(para(text("Note.")))
		d.Blocks = []document.Block{para(text(test.last), refer(n))}
		if got := strings.Contains(article(t, d), wordJoiner); got != test.want {
			t.Errorf("%s: word joiner %v", test.last, got)
		}
	}
}

// Notes are counted with the digits of the language, or as the author has it.
func TestMarks(t *testing.T) {
	tests := []struct {
		mark       string
		list, item string
	}{
		{"1", `<ol>`, `<li id="note-1" epub`},
		{"١", `<ol class="arabic-indic">`, `<li id="note-1" epub`},
		{"۱", `<ol class="persian">`, `<li id="note-1" epub`},
		{"17", `<ol>`, `<li id="note-1" value="17" epub`},
		{"१७", `<ol class="devanagari">`, `<li id="note-1" value="17" epub`},
	}
	for _, test := range tests {
		d := plainDocument("en")
		n := notes{d}.add(para(text("Note.")))
		n.Mark = test.mark
		d.Blocks = []document.Block{para(text("x"), refer(n))}
		got := string(read(t, write(t, edition(d))).Files["EPUB/xhtml/notes.xhtml"])
		if !strings.Contains(got, test.list) || !strings.Contains(got, test.item) {
			t.Errorf("%s: no %s and %s in\n%s", test.mark, test.list, test.item, got)
		}
	}
}

// Words of ours that stand in for a language without its own say which
// language they are in; words that the author gave are the document's own.
func TestBorrowedWords(t *testing.T) {
	d := plainDocument("en", para(text("Text.")))
	d.Locale.Tag, d.Meta.Lang, d.Locale.LabelsFrom = "tok", "tok", "en"
	d.Locale.Labels = locales.Get("en").Labels
	d.Locale.Labels.Contents = "lipu insa"
	n := notes{d}.add(para(text("Note.")))
	d.Blocks = []document.Block{para(text("x"), refer(n))}
	b := read(t, write(t, edition(d)))
	if got, want := string(b.Files["EPUB/xhtml/notes.xhtml"]), `<h1 id="notes-title"><bdi lang="en" xml:lang="en" dir="ltr">Notes</bdi></h1>`; !strings.Contains(got, want) {
		t.Errorf("no %s in\n%s", want, got)
	}
	if got, want := string(b.Files["EPUB/nav.xhtml"]), `<h1 id="toc-title">lipu insa</h1>`; !strings.Contains(got, want) {
		t.Errorf("no %s in\n%s", want, got)
	}
}

// A line in borrowed words keeps the direction of the page: in a language from
// right to left they stand at the right.
func TestBorrowedWordsKeepSide(t *testing.T) {
	d := plainDocument("ur", para(text("متن")))
	d.Title.Abstract = "خلاصہ"
	d.Locale.LabelsFrom = "en"
	d.Locale.Labels = locales.Get("en").Labels
	d.Colophon = []document.Field{{Label: "x", Value: document.Line{text("y")}}}
	b := read(t, write(t, edition(d)))
	for file, want := range map[string]string{
		"article": `<p id="abstract-title" class="label"><bdi lang="en" xml:lang="en" dir="ltr">Abstract</bdi></p>`,
		"about":   `<h1 id="about-title"><bdi lang="en" xml:lang="en" dir="ltr">`,
	} {
		if got := string(b.Files["EPUB/xhtml/"+file+".xhtml"]); !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// Words of a wider tag in the same script are those of the language.
func TestWiderWords(t *testing.T) {
	for _, tag := range []string{"zh-CN", "zh-Hans-SG", "en-GB", "kk-CN"} {
		d := plainDocument(tag)
		d.Blocks = []document.Block{para(text("x"), refer(notes{d}.add(para(text("Note.")))))}
		got := string(read(t, write(t, edition(d))).Files["EPUB/xhtml/notes.xhtml"])
		if want := `<h1 id="notes-title">` + d.Locale.Labels.Notes + `</h1>`; !strings.Contains(got, want) {
			t.Errorf("%s: no %s in\n%s", tag, want, got)
		}
	}
}

// A document that breaks its promises is an error, not a broken book.
func TestBrokenPromises(t *testing.T) {
	withNotes := func(change func(d *document.Document, n *document.Note)) *document.Document {
		d := plainDocument("en")
		n := notes{d}.add(para(text("Note.")))
		d.Blocks = []document.Block{para(text("x"), refer(n))}
		change(d, n)
		return d
	}
	picture := func(names ...string) *document.Document {
		d := plainDocument("en")
		for _, n := range names {
			d.Blocks = append(d.Blocks, &document.Figure{Picture: &document.Picture{Image: &document.Image{
				ImageFile: &source.ImageFile{MediaType: "image/png", Width: 1, Height: 1, Data: dot}, Name: n}}})
		}
		return d
	}
	tests := []struct {
		name string
		doc  *document.Document
		want string
	}{
		{"no title", withNotes(func(d *document.Document, _ *document.Note) { d.Title.Title = " \n" }), "has no title"},
		{"no identifier", withNotes(func(d *document.Document, _ *document.Note) { d.Meta.Identifier = "" }), "no identifier"},
		{"reference lost", withNotes(func(d *document.Document, n *document.Note) { d.Blocks = nil }), "nowhere in the text"},
		{"reference twice", withNotes(func(d *document.Document, n *document.Note) { d.Blocks = append(d.Blocks, d.Blocks[0]) }), "in the text twice"},
		{"unknown note", withNotes(func(d *document.Document, n *document.Note) {
			d.Blocks = append(d.Blocks, para(refer(&document.Note{Number: 2, Mark: "2"})))
		}), "2 references in the text, 1 known"},
		{"numbers", withNotes(func(d *document.Document, n *document.Note) { n.Number = 3 }), "stands in place 1"},
		{"mark", withNotes(func(d *document.Document, n *document.Note) { n.Mark = "a" }), "no number"},
		{"large mark", withNotes(func(d *document.Document, n *document.Note) { n.Mark = "99999999999999999999" }), "too large"},
		{"name with a path", picture("../../x.png"), "no name"},
		{"hidden name", picture(".png"), "no name"},
		{"same name", picture("x.png", "X.png"), "two images"},
	}
	for _, test := range tests {
		_, err := Format{}.Write(io.Discard, edition(test.doc))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	if _, err := (Format{}).Write(io.Discard, &document.Edition{}); err == nil {
		t.Error("an edition without documents is a book")
	}
}

func TestAddress(t *testing.T) {
	tests := []struct{ in, want string }{
		{"https://example.org", "https://example.org"},
		{"https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"},
		{"https://қаз.example/бет?сұрақ", "https://қаз.example/бет?сұрақ"},
		{"https://example.org/a b\"<c>", "https://example.org/a%20b%22%3Cc%3E"},
		{"https://example.org/\xff\u202e", "https://example.org/%EF%BF%BD%E2%80%AE"},
		{"https://example.org/%41%zz", "https://example.org/%41%25zz"},
		{"https://example.org/[1]#a#b", "https://example.org/%5B1%5D#a%23b"},
		{"https://[::1]/x", "https://[::1]/x"},
		{"mailto:a.author@example.org", "mailto:a.author@example.org"},
		{"https://", ""},
		{"https:///x", ""},
		{"http://example.org:port/", ""},
		{"javascript:alert(1)", ""},
		{"file:///etc/passwd", ""},
		{"article.xhtml", ""},
		{"", ""},
	}
	for _, test := range tests {
		got, err := address(test.in)
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%q: %q, %v, want %q", test.in, got, err, test.want)
		}
	}
}

// The diagnostic epub-link: an address that no reader can open is no link,
// and its words stay.
func TestEpubLink(t *testing.T) {
	d := plainDocument("en", para(&document.Link{URL: "ftp://example.org", Text: []document.Inline{text("words")}}))
	var out bytes.Buffer
	written, err := Format{}.Write(&out, edition(d))
	if err != nil {
		t.Fatal(err)
	}
	if len(written.Warnings) != 1 || written.Warnings[0].Code != "epub-link" || written.Warnings[0].Hint == "" {
		t.Errorf("warnings %v", written.Warnings)
	}
	if got := string(read(t, out.Bytes()).Files["EPUB/xhtml/article.xhtml"]); !strings.Contains(got, "<p>words</p>") {
		t.Errorf("no words in\n%s", got)
	}
}

// Hosts and ports that readers refuse are refused here.
func TestAddressHost(t *testing.T) {
	tests := []struct{ in, err string }{
		{"https://x.org:99999999/", "port"},
		{"https://x.org:65536/", "port"},
		{"https://x.org:0/", "port"},
		{"https://x.org:65535/", ""},
		{"https://x.org:/", ""},
		{"https://.", "host"},
		{"https://x..org/", "host"},
		{"https://.x.org/", "host"},
		{"https://xn--/", "host"},
		{"https://XN--.org/", "host"},
		{"https://" + strings.Repeat("a", 64) + ".org/", "host"},
		{"https://" + strings.Repeat("a", 63) + ".org/", ""},
		{"https://x.org./", ""},
		{"https://xn--90a.org/", ""},
		{"https://[::1]:80/", ""},
		{"https://127.0.0.1/", ""},
		{"https:///x", "host"},
	}
	for _, test := range tests {
		got, err := address(test.in)
		if test.err == "" && (err != nil || got != test.in) || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
			t.Errorf("%q: %q, %v", test.in, got, err)
		}
	}
}

// hostile is a document that has the text wherever a text can be.
func hostile(s string) *document.Document {
	d := everything("en")
	d.Meta.Title, d.Meta.Subtitle, d.Meta.Section, d.Meta.Publisher, d.Meta.Description = s, s, s, s, s
	d.Meta.Rights, d.Meta.URL, d.Meta.Keywords = s, s, []string{s}
	d.Meta.Creators = []document.Person{{Name: s, FileAs: s, ORCID: s, Role: "aut"}}
	d.Meta.Subjects = []document.Subject{{Term: s, Authority: s, ID: s}}
	d.Meta.License = document.License{Name: s, URL: s}
	d.Meta.Identifiers = []document.Identifier{{Scheme: "doi", Value: s, URI: s}}
	d.Title.Section, d.Title.Title, d.Title.Subtitle, d.Title.Abstract = s, "T"+s, s, s
	d.Title.Byline, d.Title.Dateline = []document.Line{{text(s)}}, []document.Line{{text(s)}}
	d.Colophon = append(d.Colophon, document.Field{Name: s, Label: s, Value: document.Line{text(s)}})
	d.Notes[0].Label = s
	d.Notes[0].Blocks = append(d.Notes[0].Blocks, para(text(s)))
	d.Locale.Labels.Notes, d.Locale.Labels.Contents, d.Locale.Labels.BackToText = s, s, s
	d.Blocks = append(d.Blocks,
		para(&document.Strong{Text: []document.Inline{text(s)}}),
		&document.Heading{Level: 2, ID: "hostile", Text: []document.Inline{text(s)}},
		&document.CodeBlock{Text: s},
		para(&document.Code{Value: s}, &document.Link{URL: "https://example.org/" + s, Text: []document.Inline{text(s)}}),
		para(&document.Link{URL: s, Text: []document.Inline{text(s)}}),
		&document.Table{Align: make([]source.Align, 1), Head: []document.Line{{text(s)}}, Rows: [][]document.Line{{{text(s)}}}},
		&document.Figure{Picture: &document.Picture{Alt: s, Image: d.Images[0]}, Caption: []document.Inline{text(s)}},
	)
	return d
}

// FuzzText holds that a book of any text is well-formed, and that the text
// comes out of it as it went in.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"plain", "", "<b>&amp;</b>", "]]>", `"'`, "a\x00b\x1b\vc", "\xff\xfe", "\ufffe\uffff", "\U0010ffff", "../x", "<!--", "<?xml?>",
		"&#0;", "\r\n\t", "{ref}", "javascript:alert(1)", "<body>", "\u202e\u2066", "<body/></html>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		if _, err := (Format{}).Write(&out, edition(hostile(s))); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		b := read(t, out.Bytes())
		for _, name := range b.Names {
			switch path.Ext(name) {
			case ".xhtml", ".opf", ".ncx", ".xml":
				d := xml.NewDecoder(bytes.NewReader(b.Files[name]))
				for {
					if _, err := d.Token(); err == io.EOF {
						break
					} else if err != nil {
						t.Fatalf("%q: %s: %v", s, name, err)
					}
				}
			}
		}
		opf := etree.NewDocument()
		if err := opf.ReadFromBytes(b.Files["EPUB/package.opf"]); err != nil {
			t.Fatal(err)
		}
		for _, e := range opf.FindElements("//[@refines]") {
			if id := strings.TrimPrefix(e.SelectAttrValue("refines", ""), "#"); opf.FindElement("//[@id='"+id+"']") == nil {
				t.Fatalf("%q: refines %s, which is not there", s, id)
			}
		}
		var page struct {
			Title string `xml:"head>title"`
			H1    string `xml:"body>section>header>h1"`
		}
		if err := xml.Unmarshal(b.Files["EPUB/xhtml/article.xhtml"], &page); err != nil {
			t.Fatal(err)
		}
		if want := clean("T" + s); page.Title != want || page.H1 != want {
			t.Fatalf("title %q and %q, want %q", page.Title, page.H1, want)
		}
	})
}

// A list can be counted with the digits of every language, its usual ones and
// those of its script: the tags have one of each kind.
func TestDigits(t *testing.T) {
	for _, tag := range []string{"en", "ar-EG", "fa", "mr", "bn", "dz", "my", "ccp", "ff-Adlm", "hnj", "mni-Mtei", "nqo", "sat", "jv", "vai"} {
		d := plainDocument(tag)
		if tag != "en" {
			d.Locale.Digits = d.Locale.Native
		}
		n := notes{d}
		var refs []document.Inline
		for range 12 {
			refs = append(refs, text("x"), refer(n.add(para(text("Note.")))))
		}
		d.Blocks = []document.Block{para(refs...)}
		got := string(read(t, write(t, edition(d))).Files["EPUB/xhtml/notes.xhtml"])
		style := counter(d.Locale.FormatNumber(10))
		if tag != "en" && (style == "" || !strings.Contains(got, `<ol class="`+style+`">`)) || strings.Contains(got, " value=") {
			t.Errorf("%s: notes are counted in style %q:\n%s", tag, style, got)
		}
	}
}

// The digits of every language that we know have a style to count with, and
// those of any script have their values.
func TestCounters(t *testing.T) {
	for _, tag := range locales.All() {
		l := locales.Get(tag)
		for _, digits := range [][10]string{l.Digits, l.Native} {
			if digits[0] != "0" && counter(digits[1]) == "" {
				t.Errorf("%s: no style for %s", tag, digits[1])
			}
		}
	}
	for _, test := range []struct {
		mark string
		want int
	}{{"12", 12}, {"꧑꧒", 12}, {"꘡꘢", 12}, {"᭑᭐", 10}, {"𝟗𝟘", 90}, {"߉", 9}} {
		if got, err := number(test.mark); got != test.want || err != nil {
			t.Errorf("%s is %d, %v; want %d", test.mark, got, err, test.want)
		}
	}
	for _, mark := range []string{"", "a", "१a", "Ⅷ", "²", "一", "99999999999"} {
		if got, err := number(mark); err == nil {
			t.Errorf("%q is %d", mark, got)
		}
	}
}

// A table that does not fit on every page says around it from which width on
// it does, and its cells say their columns; another has nothing of that.
func TestWideTable(t *testing.T) {
	line := func(s string) document.Line { return document.Line{text(s)} }
	table := func(words ...string) *document.Table {
		tb := &document.Table{Align: make([]source.Align, len(words))}
		var row []document.Line
		for _, w := range words {
			tb.Head = append(tb.Head, line("H"))
			row = append(row, line(w))
		}
		tb.Rows = [][]document.Line{row}
		return tb
	}
	tests := []struct {
		table *document.Table
		want  string
	}{
		{table("2021", "1.5"), ""},
		{table("January", "a sentence of many short words that can go on the next line"), ""},
		{table("一个很长的句子没有空格可以在每个字后面换行", "二"), ""},
		{table("Organization", "Organization"), ""},
		{table("Organization", "Organization", "1"), "wide from-20"},
		{table(strings.Split("123456789", "")...), ""},
		{table(strings.Split("1234567890123", "")...), "wide from-30"},
		{table("Donaudampfschifffahrtsgesellschaft", "Organization"), "wide from-30"},
		{table(strings.Repeat("x", 60), "y"), "wide from-40"},
		{table(strings.Repeat("x", 80), "y"), "wide from-60"},
		{table(strings.Repeat("x", 200), "y"), "wide"},
	}
	for _, test := range tests {
		if got := tableClass(test.table); got != test.want {
			t.Errorf("%s: class %q, want %q", plain(test.table.Rows[0][0]), got, test.want)
		}
	}

	wide := table("Organization", "Organization", "", "x")
	d := plainDocument("en", wide)
	wide.Head = []document.Line{line("Who & what"), nil, line("C"), {text("D"), refer(notes{d}.add(para(text("Note."))))}}
	got := regexp.MustCompile(`<sup>.*?</sup>`).ReplaceAllString(article(t, d), "")
	want := `<div class="wide from-20 headed">
<table>
<thead>
<tr>
<th scope="col">Who &amp; what</th>
<td></td>
<th scope="col">C</th>
<th scope="col">D</th>
</tr>
</thead>
<tbody>
<tr>
<td data-column="Who &amp; what: ">Organization</td>
<td>Organization</td>
<td></td>
<td data-column="D: ">x</td>
</tr>
</tbody>
</table>
</div>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Very long articles are books too, made in a time that grows with their
// length: ten thousand notes, and a paragraph of five megabytes.
func TestLong(t *testing.T) {
	many := plainDocument("ar")
	n := notes{many}
	for range 10_000 {
		many.Blocks = append(many.Blocks, para(text("x"), refer(n.add(para(text("Note."))))))
	}
	for i, note := range many.Notes { // each is cited once more, far away
		many.Blocks = append(many.Blocks, para(text("y"), refer(note, many.Notes[len(many.Notes)-1-i])))
	}
	long := plainDocument("kk", para(text(strings.Repeat("Бір ұзын сөйлем & <тағы>. ", 5<<20/40))))
	deep := plainDocument("en")
	var block document.Block = para(text("x"))
	for range 200 {
		block = &document.Quote{Blocks: []document.Block{block}}
	}
	deep.Blocks = []document.Block{block}
	for name, d := range map[string]*document.Document{"many notes": many, "a long paragraph": long, "a deep quotation": deep} {
		if b := read(t, write(t, edition(d))); len(b.Files["EPUB/xhtml/article.xhtml"]) == 0 {
			t.Errorf("%s: no article", name)
		}
	}
}

// The diagnostic epub-heading: a heading without words, of which readers could
// say nothing, is a paragraph and stands in no contents.
func TestEpubHeading(t *testing.T) {
	picture := &document.Picture{Image: everything("en").Images[0]}
	for _, blank := range []document.Inline{text("\u00a0"), text("\u200b\u2060"), text(" "), picture, &document.Break{}} {
		h := &document.Heading{Level: 2, ID: "section-1", Text: []document.Inline{blank}}
		within := &document.Heading{Level: 3, ID: "section-2", Text: []document.Inline{blank}}
		d := plainDocument("en", para(text("x")), h, para(text("y")), &document.Quote{Blocks: []document.Block{within, para(text("z"))}})
		var out bytes.Buffer
		written, err := Format{}.Write(&out, edition(d))
		if err != nil {
			t.Errorf("%v: %v", blank, err)
			continue
		}
		if w := written.Warnings; len(w) != 2 || w[0].Code != "epub-heading" || w[0].Hint == "" {
			t.Errorf("%v: warnings %v", blank, w)
		}
		b := read(t, out.Bytes())
		if page := string(b.Files["EPUB/xhtml/article.xhtml"]); strings.Contains(page, "section-") || strings.Contains(page, "<h2") {
			t.Errorf("%v: a heading in\n%s", blank, page)
		}
		if nav := string(b.Files["EPUB/nav.xhtml"]); strings.Contains(nav, "section-") {
			t.Errorf("%v: an entry in\n%s", blank, nav)
		}
	}
}
