package text

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"qalam/export/document"
	"qalam/export/linebreak"
	"qalam/locales"
	"qalam/source"
)

// controls are the characters that only the bidirectional algorithm sees.
var controls = strings.NewReplacer("\u200e", "", "\u200f", "", "\u2066", "", "\u2067", "", "\u2069", "")

var (
	ruleLine   = regexp.MustCompile(`^(={2,}|-{2,}|~{2,}|\.{2,})$`)
	noteMark   = regexp.MustCompile(`[\s\p{Zs}\x{200b}]*\[[\p{Nd}]+(, [\p{Nd}]+)*\]`)
	label      = regexp.MustCompile(`^[^ :：][^:：]{0,23}[:：] *`)
	leadMarker = regexp.MustCompile(`^ *((•|[\p{Nd}]+\.|\x{2060}\[[\p{Nd},]+\]) +)*`)
)

// checkLines holds what is true of every line of a file of that width.
func checkLines(t testing.TB, file string, width int) {
	t.Helper()
	if !utf8.ValidString(file) {
		t.Error("no UTF-8")
	}
	if !strings.HasSuffix(file, "\n") || strings.HasSuffix(file, "\n\n") {
		t.Errorf("the end of the file is %q", file[max(0, len(file)-10):])
	}
	crlf := strings.Contains(file, "\r")
	head := true
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\n"), "\n") {
		if crlf {
			var ok bool
			if line, ok = strings.CutSuffix(line, "\r"); !ok {
				t.Errorf("no CR at the end of %q", line)
			}
		}
		if strings.ContainsAny(line, "\t\r\u00ad\x1b") || strings.TrimRightFunc(line, unicode.IsSpace) != line {
			t.Errorf("a blank at the end, or a control character: %q", line)
		}
		depth := 0
		for _, r := range line {
			switch r {
			case leftToRightIsolate, rightToLeftIsolate:
				depth++
			case popIsolate:
				depth--
			}
			if depth < 0 {
				break
			}
		}
		if depth != 0 {
			t.Errorf("isolates do not end with the line: %q", line)
		}
		head = head && !strings.HasPrefix(line, "==")
		if head { // a value that is one piece stands behind its label
			line = label.ReplaceAllString(line, "")
		}
		if width > 0 && displaywidth.String(line) > width && divisible(line) {
			t.Errorf("wider than %d columns: %q", width, line)
		}
	}
}

// divisible reports whether a line could have been divided.
func divisible(line string) bool {
	line = noteMark.ReplaceAllStringFunc(controls.Replace(line), func(s string) string { return "\u2060" + strings.ReplaceAll(s[strings.Index(s, "["):], " ", "") })
	text := []rune(line[len(leadMarker.FindString(line)):])
	for i, b := range linebreak.Opportunities(nil, text) {
		if b != linebreak.None && i < len(text) {
			return true
		}
	}
	return false
}

// words is the text of a file without what depends on its width: line ends,
// rules, and characters that cannot be seen.
func words(file string) string {
	var b strings.Builder
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(controls.Replace(line))
		if ruleLine.MatchString(line) {
			continue
		}
		b.WriteString(strings.NewReplacer(" ", "", "\u00a0", "", "\u3000", "", "\u200b", "").Replace(line))
	}
	return b.String()
}

func text(s string) []document.Inline { return []document.Inline{&document.Text{Value: s}} }

func paragraph(in ...document.Inline) *document.Paragraph { return &document.Paragraph{Text: in} }

// english is a document with a title and these blocks.
func english(width int, blocks ...document.Block) *document.Document {
	return &document.Document{
		Locale:   locales.Get("en"),
		Settings: source.Settings{Text: source.TextSettings{Width: width}},
		Meta:     document.Meta{Title: "Title"},
		Title:    document.TitleBlock{Title: "Title"},
		Blocks:   blocks,
	}
}

// body is what a file has between the title and the notes.
func body(t *testing.T, file string) string {
	t.Helper()
	_, rest, ok := strings.Cut(file, "Title\n=====\n")
	if !ok {
		t.Fatalf("no title in %q", file)
	}
	rest, _, _ = strings.Cut(rest, "\n"+strings.Repeat("-", 72)+"\n")
	return strings.Trim(rest, "\n")
}

func TestInlines(t *testing.T) {
	one, two := &document.Note{Mark: "2"}, &document.Note{Mark: "9"}
	link := func(url, words string) document.Inline { return &document.Link{URL: url, Text: text(words)} }
	tests := []struct {
		name string
		in   []document.Inline
		want string
	}{
		{"emphasis, strength and code are plain", []document.Inline{
			&document.Emph{Text: text("a")}, &document.Text{Value: " "}, &document.Strong{Text: text("b")},
			&document.Text{Value: " "}, &document.Code{Value: "c"},
		}, "a b c"},
		{"struck words", []document.Inline{&document.Strike{Text: text("gone")}}, "~~gone~~"},
		{"a picture", []document.Inline{&document.Text{Value: "see "}, &document.Picture{Alt: "a map"}}, "see [Image: a map]"},
		{"decoration", []document.Inline{&document.Text{Value: "see "}, &document.Picture{}}, "see"},
		{"a group of notes", []document.Inline{
			&document.Text{Value: "word."}, &document.NoteGroup{Refs: []*document.NoteRef{{Note: one}, {Note: two}}},
		}, "word.[2, 9]"},
		{"a line break", []document.Inline{&document.Text{Value: "one "}, &document.Break{}, &document.Text{Value: " two"}}, "one\ntwo"},
		{"line breaks at the end", []document.Inline{&document.Text{Value: "one"}, &document.Break{}, &document.Break{}}, "one"},
		{"white space", text(" one\t two \u2028 three\u00ad "), "one two three"},
		{"control characters", text("a\x1b[31mb\u009bc\ufeffd"), "a\ufffd[31mb\ufffdc\u2060d"},

		{"words that are not the address", []document.Inline{link("https://example.org/a", "the report")}, "the report <https://example.org/a>"},
		{"words that are the address", []document.Inline{link("https://example.org/a", "https://example.org/a")}, "https://example.org/a"},
		{"words that are the address without its scheme", []document.Inline{link("https://example.org/", "example.org")}, "example.org"},
		{"a mail address", []document.Inline{link("mailto:a@example.org", "a@example.org")}, "a@example.org"},
		{"words that are the address decoded", []document.Inline{link("https://example.org/%D0%B0", "https://example.org/а")}, "https://example.org/а"},
		{"an address with characters that it cannot have", []document.Inline{link("https://example.org/a b>", "c")}, "c <https://example.org/a%20b%3E>"},
		{"a picture that is a link", []document.Inline{&document.Link{URL: "https://example.org", Text: []document.Inline{&document.Picture{Alt: "a map"}}}},
			"[Image: a map] <https://example.org>"},

		{"right to left in left to right", []document.Inline{
			&document.Text{Value: "called "}, &document.Span{Lang: "ar", Dir: locales.RTL, Text: text("يناير")}, &document.Text{Value: "."},
		}, "called ‹RLI›يناير‹PDI›."},
		{"left to right in left to right", []document.Inline{&document.Span{Lang: "fr", Dir: locales.LTR, Text: text("mot")}}, "mot"},
		{"a line that begins in the other direction", text("يناير is a month"), "‹LRM›يناير is a month"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, _ := write(t, english(72, paragraph(test.in...)))
			if got := visible.Replace(body(t, file)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Notes, struck words and addresses stay in one piece at every width.
func TestGlue(t *testing.T) {
	group := &document.NoteGroup{Refs: []*document.NoteRef{{Note: &document.Note{Mark: "12"}}, {Note: &document.Note{Mark: "13"}}}}
	p := paragraph(&document.Text{Value: "One two 走"}, group, &document.Text{Value: " three "},
		&document.Strike{Text: text("好走")}, &document.Text{Value: " "},
		&document.Link{URL: "https://example.org/a-very/long-address/that-fits?no=line", Text: text("four")})
	for width := 20; width < 80; width++ {
		file, _ := write(t, english(width, p))
		for _, piece := range []string{"走[12, 13]", "~~好", "走~~", "<https://example.org/a-very/long-address/that-fits?no=line>"} {
			if !strings.Contains(file, piece) {
				t.Errorf("width %d: %q is divided:\n%s", width, piece, file)
			}
		}
		checkLines(t, file, width)
	}
}

// An isolate that goes over a line end closes there and opens again.
func TestIsolateOverLines(t *testing.T) {
	d := english(20, paragraph(&document.Text{Value: "Before "},
		&document.Span{Lang: "ar", Dir: locales.RTL, Text: []document.Inline{
			&document.Text{Value: "أيام يناير في "},
			&document.Span{Lang: "en", Dir: locales.LTR, Text: text("Almaty and Aktau")},
			&document.Text{Value: " كازاخستان"},
		}}, &document.Text{Value: " after."}))
	file, _ := write(t, d)
	want := "Before ‹RLI›أيام يناير في‹PDI›\n‹RLI›‹LRI›Almaty and Aktau‹PDI›‹PDI›\n‹RLI›كازاخستان‹PDI› after."
	if got := visible.Replace(body(t, file)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	checkLines(t, file, 20)
}

// The parts of a file can be told apart: rules across the page stand nowhere
// else, and a combined edition has a head for each document.
func TestCombined(t *testing.T) {
	one, two := english(30, paragraph(text("First text.")...)), english(72, paragraph(text("Second text.")...))
	one.Notes = []*document.Note{{Number: 1, Mark: "1", Blocks: []document.Block{paragraph(text("First note.")...)}}}
	two.Locale = locales.Get("ru")
	file, _ := write(t, one, two)
	var parts []string
	for part := range strings.SplitSeq(file, strings.Repeat("=", 30)+"\n") {
		parts = append(parts, strings.Split(part, strings.Repeat("-", 30)+"\n")...)
	}
	want := []string{"Title:    Title\n", "First text.", "First note.", "Title\n", "Second text."}
	if len(parts) != len(want) {
		t.Fatalf("%d parts, want %d:\n%s", len(parts), len(want), file)
	}
	for i, w := range want {
		if !strings.Contains(parts[i], w) {
			t.Errorf("part %d is %q, want %q in it", i, parts[i], w)
		}
	}
}

// What the head has said is not said again at the end.
func TestWithout(t *testing.T) {
	head := []document.Field{{Name: "rights", Label: "Rights", Value: text("© A. Author")}}
	got := without([]document.Field{
		{Name: "rights", Label: "Rights", Value: text("© A. Author")},
		{Name: "rights", Label: "Rights", Value: text("© B. Author")},
		{Name: "issn", Label: "ISSN", Value: text("1234-5679")},
	}, head)
	if len(got) != 2 || document.Plain(got[0].Value) != "© B. Author" || got[1].Name != "issn" {
		t.Errorf("got %v", got)
	}
}

func TestTableWide(t *testing.T) {
	table := &document.Table{Head: make([]document.Line, 9)}
	row := make([]document.Line, 9)
	for i := range row {
		table.Head[i] = text("Column")
		row[i] = text("incomparable")
	}
	table.Rows = [][]document.Line{row}
	_, warnings := write(t, english(72, table))
	if !strings.Contains(warnings, "[table-wide]") {
		t.Errorf("no table-wide in %q", warnings)
	}
	if file, warnings := write(t, english(0, table)); warnings != "" || !strings.Contains(file, "Column        Column") {
		t.Errorf("warnings %q of\n%s", warnings, file)
	}
}

func TestCodeWide(t *testing.T) {
	code := &document.CodeBlock{Text: "short\n" + strings.Repeat("x", 69) + "\n"}
	_, warnings := write(t, english(72, code))
	if !strings.Contains(warnings, "[code-wide]") || !strings.Contains(warnings, "73 columns") {
		t.Errorf("no code-wide in %q", warnings)
	}
	code.Text = code.Text[:len(code.Text)-2]
	if _, warnings := write(t, english(72, code)); warnings != "" {
		t.Errorf("warnings %q", warnings)
	}
}

// failing is a writer that takes so many bytes.
type failing int

var errFull = errors.New("full")

func (f *failing) Write(b []byte) (int, error) {
	if *f -= failing(len(b)); *f < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWriteError(t *testing.T) {
	long := english(72, paragraph(text(strings.Repeat("word ", 100000))...))
	for _, room := range []failing{0, 100000} {
		if _, err := (Format{}).Write(&room, &document.Edition{Docs: []*document.Document{long}}); !errors.Is(err, errFull) {
			t.Errorf("error %v", err)
		}
	}
}

// tree makes blocks from bytes, so that a fuzzer can look for trees.
type tree struct {
	data []byte
}

func (d *tree) next(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := int(d.data[0])
	d.data = d.data[1:]
	return b % n
}

var vocabulary = []string{
	"word", "a", "incomprehensibilities", "Қанды", "қаңтар", "«да»", "(see)", "“x”", "— ", "-o", "2022–2023",
	"哈萨克斯坦共和国", "的，", "नमस्ते", "क्षेत्र", "كازاخستان", "يناير", "שלום", "ประเทศไทยมีประชากรมาก", "한국어",
	"👨‍👩‍👧", "❤️", "e\u0301", "\u00a0", "\u200b", "\u3000", "\u00ad", "https://example.org/a/b?c=d", "19 000 000", ",", ".",
}

func (d *tree) inlines(depth int) []document.Inline {
	var out []document.Inline
	for range 1 + d.next(12) {
		switch kind := d.next(16); {
		case kind < 9 || depth > 3:
			out = append(out, &document.Text{Value: vocabulary[d.next(len(vocabulary))] + " "})
		case kind == 9:
			out = append(out, &document.Emph{Text: d.inlines(depth + 1)})
		case kind == 10:
			out = append(out, &document.Code{Value: "code -x"})
		case kind == 11:
			out = append(out, &document.Link{URL: "https://example.org/long-address", Text: text("words")}, &document.Text{Value: " "})
		case kind == 12:
			out = append(out, &document.Span{Dir: locales.RTL, Text: d.inlines(depth + 1)})
		case kind == 13:
			out = append(out, &document.Span{Dir: locales.LTR, Text: d.inlines(depth + 1)})
		case kind == 14:
			out = append(out, &document.NoteGroup{Refs: []*document.NoteRef{{Note: &document.Note{Mark: "2"}}, {Note: &document.Note{Mark: "19"}}}})
		default:
			out = append(out, &document.Break{})
		}
	}
	return out
}

func (d *tree) blocks(depth int) []document.Block {
	var out []document.Block
	for range 1 + d.next(3) {
		switch kind := d.next(8); {
		case kind < 3 || depth > 5:
			out = append(out, paragraph(d.inlines(0)...))
		case kind == 3:
			out = append(out, &document.Heading{Level: 2 + d.next(5), Text: d.inlines(0)})
		case kind == 4:
			out = append(out, &document.Quote{Blocks: d.blocks(depth + 1)})
		case kind == 5:
			list := &document.List{Ordered: d.next(2) == 0, Tight: d.next(2) == 0}
			for i := range 1 + d.next(12) {
				marker := "•"
				if list.Ordered {
					marker = fmt.Sprint(i+1, ".")
				}
				list.Items = append(list.Items, &document.Item{Marker: strings.ReplaceAll(marker, " ", ""), Blocks: d.blocks(depth + 1)})
			}
			out = append(out, list)
		case kind == 6:
			out = append(out, &document.Figure{Picture: &document.Picture{Alt: "alt"}, Caption: d.inlines(0)})
		default:
			out = append(out, &document.Rule{})
		}
	}
	return out
}

// The width of a file changes where lines end, and nothing else.
func FuzzWrite(f *testing.F) {
	f.Add([]byte("one seed"), uint8(30), false)
	f.Add([]byte("\x01\x05\x01\x00\x0b\x02\x05\x00\x07abcdefghijklmnopqrstuvwxyz0123456789\x0c\x0d\x0e\x0f"), uint8(0), true)
	f.Fuzz(func(t *testing.T, data []byte, width uint8, rightToLeft bool) {
		if len(data) > 400 {
			return
		}
		tr := &tree{data: data}
		d := english(0, tr.blocks(0)...)
		d.Notes = []*document.Note{{Number: 1, Mark: "1", Blocks: tr.blocks(3)}, {Number: 2, Mark: "10", Blocks: tr.blocks(3)}}
		if rightToLeft {
			l := *d.Locale
			l.Dir = locales.RTL
			d.Locale = &l
		}
		one, _ := write(t, d)
		checkLines(t, one, 0)
		d.Settings.Text.Width = 20 + int(width)%100
		wrapped, _ := write(t, d)
		checkLines(t, wrapped, d.Settings.Text.Width)
		if words(one) != words(wrapped) {
			t.Errorf("words differ:\n%s\n%s\n%s\n%s", words(one), words(wrapped), one, wrapped)
		}
		if rightToLeft {
			for line := range strings.Lines(wrapped) {
				if s := strings.TrimSpace(line); s != "" && !ruleLine.MatchString(s) && firstStrong([]byte(line)) != rightToLeftMark {
					t.Errorf("a line that is not taken for right to left: %q", line)
				}
			}
		}
	})
}

// article is a document of n times the length of a newspaper article.
func article(n int) *document.Document {
	sentence := "The protests, “caused by prices” (and much else), spread to 162 places; officials—some of them—said so. "
	var blocks []document.Block
	var notes []*document.Note
	for i := range 9 * n {
		var in []document.Inline
		for j := range 3 {
			note := &document.Note{Number: len(notes) + 1, Mark: fmt.Sprint(len(notes) + 1), Blocks: []document.Block{paragraph(
				&document.Text{Value: "A. Author, “The title of a report,” in a newspaper, January 27, 2022, "},
				&document.Link{URL: "https://example.org/2022/01/27/the-title", Text: text("https://example.org/2022/01/27/the-title")})}}
			if (i+j)%2 == 0 {
				notes = append(notes, note)
			}
			in = append(in, &document.Text{Value: strings.Repeat(sentence, 4)}, &document.NoteGroup{Refs: []*document.NoteRef{{Note: note}}})
		}
		blocks = append(blocks, paragraph(in...))
	}
	d := english(72, blocks...)
	d.Notes = notes
	return d
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e := &document.Edition{Docs: []*document.Document{article(n)}}
			b.ReportAllocs()
			for b.Loop() {
				var w strings.Builder
				if _, err := (Format{}).Write(&w, e); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(w.Len()))
			}
		})
	}
}

// One paragraph of five megabytes takes as long as many short ones.
func BenchmarkLongParagraph(b *testing.B) {
	e := &document.Edition{Docs: []*document.Document{english(72, paragraph(text(strings.Repeat("слово, word; ", 5<<20/18))...))}}
	for b.Loop() {
		var w strings.Builder
		if _, err := (Format{}).Write(&w, e); err != nil {
			b.Fatal(err)
		}
	}
}

// Tabs in code go to the next stop, also after wide characters, in linear time.
func TestCodeLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a\tb\t\tc  \n", "a   b       c"},
		{"字\tb", "字  b"},
		{"\tabcd\te", "    abcd    e"},
		{"e\u0301\tx\x01", "e\u0301   x\uFFFD"},
		{"plain", "plain"},
	}
	for _, test := range tests {
		if got := codeLine(test.in); got != test.want {
			t.Errorf("%q: %q, want %q", test.in, got, test.want)
		}
	}
	const n = 200_000
	if got := codeLine(strings.Repeat("\t", n) + "x"); len(got) != tabStop*n+1 {
		t.Errorf("%d columns", len(got))
	}
}
