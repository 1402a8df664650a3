package document

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"qalam/locales"
	"qalam/source"
)

// Whatever an author writes: notes are 1…n without gaps, every reference leads
// to a listed note and is counted there in reading order, none is lost, no
// word is lost, and the tree keeps what its types promise.
func FuzzCompose(f *testing.F) {
	f.Add("Text.[^a] \"More\"[^b][^a]\n\n[^a]: *A*[^b]\n[^b]: B\n", "en", false)
	f.Add("Il dit : \"oui [`x`[^1]](https://a.example) !\"[^2]\n\n[^2]: a\n[^1]: b[^2]\n", "fr", true)
	f.Add("# a\n\n### 'b'[^x]\n\n| a[^x] [^x] | 5'10\" |\n|--|--|\n| 你\n", "zh-Hans", false)
	f.Add("[في -5]{lang=ar} 2022-01-27 +7 727 250 00 00 \"a 'b \"c\" d' ' \" e\\\nf\n\n[^a]: x\n", "ar", false)
	f.Fuzz(func(t *testing.T, text, lang string, author bool) {
		numbers := ""
		if author {
			numbers = "note-numbers: author\n"
		}
		if strings.ContainsAny(lang, ":\n\r#'\"") {
			return
		}
		fsys := fstest.MapFS{
			"article.md":     {Data: []byte("---\ntitle: T\nlang: " + lang + "\nurl: https://example.org/\n" + numbers + "---\n\n" + text)},
			"images/dot.png": {Data: dot},
		}
		folder, _ := source.Load(fsys, "x")
		if folder == nil {
			return // the front matter cannot be read
		}
		for _, a := range folder.Articles {
			d, _ := Compose(folder, a)
			checkNotes(t, d)
			checkTree(t, d)
			checkWords(t, folder, a, d)
		}
	})
}

// checkNotes holds what is promised of notes and their references.
func checkNotes(t *testing.T, d *Document) {
	t.Helper()
	seen := map[*Note][]*NoteRef{}
	refs := func(in Inline) {
		if g, ok := in.(*NoteGroup); ok {
			inGroup := map[*Note]bool{}
			for _, ref := range g.Refs {
				seen[ref.Note] = append(seen[ref.Note], ref)
				if inGroup[ref.Note] {
					t.Errorf("note %d is twice in a group", ref.Note.Number)
				}
				inGroup[ref.Note] = true
			}
			if len(g.Refs) == 0 {
				t.Error("a group is empty")
			}
		}
	}
	eachInline(d.Blocks, refs)
	for _, n := range d.Notes {
		eachInline(n.Blocks, refs)
	}
	for i, n := range d.Notes {
		if n.Number != i+1 || n.Mark == "" {
			t.Errorf("note %d has the number %d and the mark %q", i+1, n.Number, n.Mark)
		}
		if len(n.Refs) == 0 || len(n.Refs) != len(seen[n]) {
			t.Errorf("note %d lists %d references, and has %d", n.Number, len(n.Refs), len(seen[n]))
			continue
		}
		for k, ref := range n.Refs {
			if ref != seen[n][k] || ref.Index != k+1 || ref.Note != n {
				t.Errorf("reference %d to note %d is another or not in its place", k+1, n.Number)
			}
		}
		delete(seen, n)
	}
	if len(seen) > 0 {
		t.Errorf("%d notes are referred to and not listed", len(seen))
	}
}

// checkTree holds what the types promise.
func checkTree(t *testing.T, d *Document) {
	t.Helper()
	level, ids := 1, map[string]bool{}
	for _, h := range d.Headings() {
		if h.Level < 2 || h.Level > 6 || h.Level > level+1 || ids[h.ID] {
			t.Errorf("heading %s of level %d after level %d", h.ID, h.Level, level)
		}
		level, ids[h.ID] = h.Level, true
	}
	eachLine := func(in []Inline) {
		for i, in2 := range in {
			if text, ok := in2.(*Text); ok {
				if text.Value == "" || strings.ContainsAny(text.Value, "\n\t\r") {
					t.Errorf("text %q", text.Value)
				}
				if i > 0 {
					if _, ok := in[i-1].(*Text); ok {
						t.Errorf("two texts side by side: %q", inlines(in))
					}
				}
			}
		}
	}
	check := func(in Inline) {
		switch in := in.(type) {
		case *Link:
			eachInline([]Block{&Paragraph{Text: in.Text}}, func(inner Inline) {
				switch inner.(type) {
				case *Link, *NoteGroup:
					t.Errorf("%T in a link", inner)
				}
			})
		case *Span:
			if in.Dir != locales.LTR && in.Dir != locales.RTL {
				t.Errorf("span with direction %q", in.Dir)
			}
		}
		eachLine(children(in))
	}
	eachInline(d.Blocks, check)
	for _, n := range d.Notes {
		eachInline(n.Blocks, check)
	}
}

// checkWords holds that the letters and digits of the tree are those of the
// document, block by block.
func checkWords(t *testing.T, f *source.Folder, a *source.Article, d *Document) {
	t.Helper()
	c := &composer{folder: f, article: a, notes: map[string]*Note{}}
	for _, n := range d.Notes {
		c.notes[n.Label] = n
	}
	compare := func(what string, in []source.Block, out []Block) {
		var want strings.Builder
		sourceLetters(&want, in, c)
		if got, want := letters(blockWords(nil, out)), letters([]string{want.String()}); got != want {
			t.Errorf("%s: letters differ\n got %q\nwant %q", what, got, want)
		}
	}
	compare("text", a.Blocks, unmarked(d.Blocks))
	defined := map[string]*source.Note{}
	for _, n := range a.Notes {
		if defined[n.Label] == nil {
			defined[n.Label] = n
		}
	}
	for _, n := range d.Notes {
		compare(fmt.Sprintf("note %d", n.Number), defined[n.Label].Blocks, unmarked(n.Blocks))
	}
}

// letters are the letters and digits of words. Geresh and gershayim are
// punctuation, primes too, so what typography sets is none of them.
func letters(words []string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, strings.Join(words, ""))
}

// unmarked is blocks without what Compose adds to the words of the author:
// marks of notes, and the numbers of list items.
func unmarked(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			out = append(out, &Heading{Text: ungrouped(b.Text)})
		case *Paragraph:
			out = append(out, &Paragraph{Text: ungrouped(b.Text)})
		case *Quote:
			out = append(out, unmarked(b.Blocks)...)
		case *List:
			for _, item := range b.Items {
				out = append(out, unmarked(item.Blocks)...)
			}
		case *Table:
			for _, row := range append([][]Line{b.Head}, b.Rows...) {
				for _, cell := range row {
					out = append(out, &Paragraph{Text: ungrouped(cell)})
				}
			}
		case *Figure, *CodeBlock, *Rule:
			out = append(out, b)
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
	return out
}

func ungrouped(in []Inline) []Inline {
	var out []Inline
	for _, part := range cut(in) {
		if _, ok := part[0].(*NoteGroup); !ok {
			out = append(out, part...)
		}
	}
	return out
}

// eachInline calls f for every inline, in reading order.
func eachInline(blocks []Block, f func(Inline)) {
	var lines func(in []Inline)
	lines = func(in []Inline) {
		for _, in := range in {
			f(in)
			lines(children(in))
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			lines(b.Text)
		case *Paragraph:
			lines(b.Text)
		case *Figure:
			lines(b.Caption)
		case *Quote:
			eachInline(b.Blocks, f)
		case *List:
			for _, item := range b.Items {
				eachInline(item.Blocks, f)
			}
		case *Table:
			for _, row := range append([][]Line{b.Head}, b.Rows...) {
				for _, cell := range row {
					lines(cell)
				}
			}
		case *CodeBlock, *Rule:
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
}

// sourceLetters writes the words of source blocks, as a reader of the document
// meets them.
func sourceLetters(w *strings.Builder, blocks []source.Block, c *composer) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *source.Heading:
			sourceInlines(w, b.Text, c)
		case *source.Paragraph:
			sourceInlines(w, b.Text, c)
		case *source.Figure:
			if c.folder.Images[b.Image.Src] == nil {
				if b.Image.Alt == "" {
					w.WriteString(b.Image.Src)
				}
				w.WriteString(b.Image.Alt)
			}
			w.WriteString(b.Caption)
		case *source.Quote:
			sourceLetters(w, b.Blocks, c)
		case *source.List:
			for _, item := range b.Items {
				sourceLetters(w, item.Blocks, c)
			}
		case *source.CodeBlock:
			w.WriteString(b.Text)
		case *source.Table:
			for _, row := range append([][]*source.Cell{b.Head}, b.Rows...) {
				for _, cell := range row {
					sourceInlines(w, cell.Text, c)
				}
			}
		case *source.Rule, *source.Remark:
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
}

func sourceInlines(w *strings.Builder, in []source.Inline, c *composer) {
	for _, in := range in {
		switch in := in.(type) {
		case *source.Text:
			w.WriteString(in.Value)
		case *source.Emph:
			sourceInlines(w, in.Text, c)
		case *source.Strong:
			sourceInlines(w, in.Text, c)
		case *source.Strike:
			sourceInlines(w, in.Text, c)
		case *source.CodeSpan:
			w.WriteString(in.Value)
		case *source.Link:
			sourceInlines(w, in.Text, c)
		case *source.Image:
			if c.folder.Images[in.Src] == nil {
				w.WriteString(in.Alt)
			}
		case *source.Span:
			sourceInlines(w, in.Text, c)
		case *source.NoteRef:
			if c.notes[in.Label] == nil {
				w.WriteString(in.Label)
			}
		case *source.SoftBreak, *source.Break, *source.InlineRemark:
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
}
