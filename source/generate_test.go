package source

import (
	"strings"
	"testing"
)

// generator builds trees from the bytes of a fuzzer, in the form for which
// Print promises that they are read again as they are.
type generator struct {
	data   []byte
	labels []string
}

// pick is a number below n.
func (g *generator) pick(n int) int {
	if len(g.data) == 0 {
		return 0
	}
	c := g.data[0]
	g.data = g.data[1:]
	return int(c) % n
}

// words are pieces of text that look like Markdown, or stand where marks fail.
var words = []string{
	"a", "word", " ", "  ", "1.", "12)", "-", "+", "#", "##", ">", "|", "*", "_", "**", "__", "~", "~~", "`", "``", "[", "]", "(", ")", "[^a]", "[^", "]:", "](", "{lang=fr}",
	"<", "<b>", "</b>", "<!--", "&amp;", "&", "\\", "!", "![", "https://example.org", "http://", "“", "”", "中", "。", "é", "\u00a0", ":", "=", "===", "---", "\t", "'", "\"", "x@example.org", "^", "1986. ",
}

func (g *generator) text() string {
	var b strings.Builder
	for range 1 + g.pick(4) {
		b.WriteString(words[g.pick(len(words))])
	}
	return b.String()
}

// line makes inlines; in is the kind of node around them.
func (g *generator) line(depth int, in string) []Inline {
	var out []Inline
	for i := range 1 + g.pick(4) {
		kind := g.pick(14)
		if depth > 3 {
			kind = 0
		}
		var n Inline
		switch kind {
		case 1, 2:
			if strings.Contains(in, "emph") {
				n = &Text{Value: "e"}
			} else {
				n = &Emph{Text: g.line(depth+1, in+" emph")}
			}
		case 3:
			if strings.Contains(in, "strong") {
				n = &Text{Value: "s"}
			} else {
				n = &Strong{Text: g.line(depth+1, in+" strong")}
			}
		case 4:
			if strings.Contains(in, "strike") {
				n = &Text{Value: "s"}
			} else {
				n = &Strike{Text: g.line(depth+1, in+" strike")}
			}
		case 5:
			n = &CodeSpan{Value: strings.TrimSpace(strings.NewReplacer("\t", " ", "\u00a0", "", "]:", "").Replace(g.text())) + "c"}
		case 6:
			if strings.Contains(in, "link") {
				n = &Text{Value: "l"}
			} else {
				l := &Link{URL: "https://example.org/" + []string{"", "a(b", "?a&amp;b", "é", "a b\\"}[g.pick(4)], Title: strings.TrimSpace(oneLine(g.text())), Text: g.line(depth+1, in+" link")}
				if !hasWords(l.Text) {
					l.Text = []Inline{&Text{Value: "w"}}
				}
				n = l
			}
		case 7:
			n = &Image{Src: []string{"a.png", "images/a b.png", "a(1).png", "<a>.png"}[g.pick(4)], Alt: oneLine(g.text()), Title: oneLine(g.text())}
		case 8:
			n = &Span{Lang: "fr", Text: g.line(depth+1, in)}
		case 9, 10:
			if strings.Contains(in, "link") {
				n = &Text{Value: "r"}
			} else {
				n = &NoteRef{Label: g.labels[g.pick(len(g.labels))]}
			}
		case 11:
			if i == 0 || in != "" {
				n = &Text{Value: "b"}
			} else {
				out = append(out, []Inline{&SoftBreak{}, &Break{}}[g.pick(2)])
				n = &Text{Value: g.text()}
			}
		case 12:
			n = &Link{URL: "https://example.org/x", Text: []Inline{&Text{Value: "https://example.org/x"}}}
			if strings.Contains(in, "link") {
				n = &Text{Value: "l"}
			}
		default:
			n = &Text{Value: g.text()}
		}
		out = append(out, n)
	}
	return joined(out)
}

func (g *generator) blocks(depth int) []Block {
	var out []Block
	for range 1 + g.pick(3) {
		kind := g.pick(12)
		if depth > 3 {
			kind = 0
		}
		var b Block
		switch kind {
		case 1:
			b = &Heading{Level: 2 + g.pick(5), Text: g.line(0, "heading")}
		case 2:
			b = &Figure{Image: &Image{Src: "a.png", Alt: "a", Title: "T"}, Caption: "T"}
		case 3:
			b = &Quote{Blocks: g.blocks(depth + 1)}
		case 4, 5, 6:
			l := &List{Ordered: kind == 5, Tight: g.pick(2) == 1}
			if l.Ordered {
				l.Start = g.pick(12)
			}
			for range 1 + g.pick(3) {
				l.Items = append(l.Items, &Item{Blocks: g.blocks(depth + 1)})
			}
			if len(l.Items) == 1 && len(l.Items[0].Blocks) == 1 {
				l.Tight = true
			}
			for _, item := range l.Items {
				for i := 1; i < len(item.Blocks); i++ {
					l.Tight = l.Tight && !apart(item.Blocks[i-1], item.Blocks[i])
				}
			}
			b = l
		case 7:
			code := ""
			for range g.pick(4) {
				code += []string{"x", "\tx", "```", "", "  ~~~~", "> y"}[g.pick(6)] + "\n"
			}
			b = &CodeBlock{Language: []string{"", "go", "c\\"}[g.pick(3)], Text: code}
		case 8:
			t := &Table{Align: []Align{"", "start", "center", "end"}[:1+g.pick(4)]}
			row := func() (cells []*Cell) {
				for range t.Align {
					c := &Cell{}
					if g.pick(3) > 0 {
						c.Text = g.line(1, "cell")
					}
					cells = append(cells, c)
				}
				return cells
			}
			t.Head = row()
			for range g.pick(3) {
				t.Rows = append(t.Rows, row())
			}
			b = t
		case 9:
			b = &Rule{}
		case 10:
			b = &Remark{Text: " remark\nof two lines "}
		default:
			text := g.line(0, "")
			if img, ok := text[0].(*Image); ok && len(text) == 1 {
				b = &Figure{Image: img, Caption: img.Title}
			} else {
				b = &Paragraph{Text: text}
			}
		}
		out = append(out, b)
	}
	return out
}

func (g *generator) article() *Article {
	a := &Article{Path: "article.md", Lang: "en"}
	a.Header.Title = "T"
	g.labels = []string{"a", "1", "Ә", "x*y*"}
	a.Blocks = g.blocks(0)
	for _, label := range g.labels[:g.pick(5)] {
		a.Notes = append(a.Notes, &Note{Label: label, Blocks: g.blocks(1)})
	}
	return a
}

// Parse(Print(t)) equals t for trees of every shape.
func FuzzPrint(f *testing.F) {
	f.Add([]byte("a tree of some bytes"))
	f.Add([]byte{3, 5, 1, 7, 0, 4, 4, 8, 2, 9, 9, 9, 1, 250, 13, 40, 33, 22})
	for i := range 200 { // a fixed sequence of numbers (L'Ecuyer's generator) for plain test runs
		data := make([]byte, 200)
		x := uint64(i + 1)
		for j := range data {
			x = x * 3935559000370003845
			x += 2691343689449507681
			data[j] = byte(x >> 40)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g := generator{data: data}
		samePrinted(t, g.article())
	})
}
