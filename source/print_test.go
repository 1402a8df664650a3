package source

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"qalam/source/diag"
)

// printable reports whether Print promises anything for what was parsed: text
// that was left out has been reported.
func printable(diags diag.List) bool {
	for _, d := range diags {
		switch d.Code {
		case "html", "character", "utf8", "nesting", "table-row", "table-size", "link-address":
			return false
		}
	}
	return true
}

// samePrinted holds the property of Print for one article.
func samePrinted(t *testing.T, a *Article) {
	t.Helper()
	printed := Print(a)
	b, diags := Parse(a.Path, printed)
	if b == nil {
		t.Fatalf("printed:\n%s\ncannot be read: %v", printed, diags)
	}
	if got, want := dump(b, false), dump(a, false); got != want {
		g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
		i := 0
		for i < len(g)-1 && i < len(w)-1 && g[i] == w[i] {
			i++
		}
		t.Fatalf("printed:\n%s\nline %d of the tree is:\n%s\nwant:\n%s", printed, i+1,
			strings.Join(g[i:min(i+12, len(g))], "\n"), strings.Join(w[i:min(i+12, len(w))], "\n"))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range markdownSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		data := []byte("---\ntitle: T\nlang: en\n---\n" + s)
		a, diags := Parse("article.md", data)
		if a == nil {
			if !diags.HasErrors() {
				t.Fatal("no article and no error")
			}
			return
		}
		checkPlaces(t, a, data)
		for _, d := range diags {
			checkPlace(t, d.Pos, data)
		}
		switch {
		case !printable(diags):
		case normal(a):
			samePrinted(t, a)
		default: // other emphasis than it was, but no word is lost
			b, diags := Parse("article.md", Print(a))
			if b == nil {
				t.Fatal(diags)
			}
			if got, want := letters(b), letters(a); got != want {
				t.Fatalf("printed:\n%s\nhas the words %q, want %q", Print(a), got, want)
			}
		}
	})
}

// normal reports whether a is in the form that Print asks for: no emphasis is
// in emphasis of its kind.
func normal(a *Article) bool {
	ok := true
	var line func(in Inline, around []Inline)
	line = func(in Inline, around []Inline) {
		c := children(in)
		if c == nil {
			return
		}
		for _, other := range around {
			if isEmphasis(in) && reflect.TypeOf(in) == reflect.TypeOf(other) {
				ok = false
			}
		}
		for _, inner := range *c {
			line(inner, append(around[:len(around):len(around)], in))
		}
	}
	visit := func(in Inline) { line(in, nil) }
	walkInlines(a.Blocks, visit)
	for _, n := range a.Notes {
		walkInlines(n.Blocks, visit)
	}
	return ok
}

// letters are the letters and digits of an article, in their order.
func letters(a *Article) string {
	var b strings.Builder
	visit := func(in Inline) {
		switch n := in.(type) {
		case *Text:
			b.WriteString(n.Value)
		case *CodeSpan:
			b.WriteString(n.Value)
		case *NoteRef:
			b.WriteString(n.Label)
		case *Image:
			b.WriteString(n.Alt)
		}
	}
	walkInlines(a.Blocks, visit)
	for _, n := range a.Notes {
		walkInlines(n.Blocks, visit)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, b.String())
}

// checkPlaces holds that every node is in the file, and that references have labels.
func checkPlaces(t *testing.T, a *Article, data []byte) {
	t.Helper()
	visit := func(blocks []Block) {
		for _, b := range blocks {
			checkPlace(t, b.Pos(), data)
		}
		walkInlines(blocks, func(in Inline) {
			checkPlace(t, in.Pos(), data)
			if ref, ok := in.(*NoteRef); ok && ref.Label == "" {
				t.Fatal("a reference has no label")
			}
		})
	}
	visit(a.Blocks)
	for _, n := range a.Notes {
		checkPlace(t, n.Pos(), data)
		visit(n.Blocks)
	}
}

func checkPlace(t *testing.T, pos diag.Pos, data []byte) {
	t.Helper()
	if pos.Path != "article.md" {
		t.Fatalf("a place is in %q", pos.Path)
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\ufeff"))
	lines := strings.Split(text, "\n")
	if pos.Line < 0 || int(pos.Line) > len(lines) {
		t.Fatalf("line %d of %d", pos.Line, len(lines))
	}
	if pos.Line > 0 && (pos.Column < 0 || int(pos.Column) > len([]rune(lines[pos.Line-1]))+1) {
		t.Fatalf("%s: the line has %d characters", pos, len([]rune(lines[pos.Line-1])))
	}
}

var markdownSeeds = []string{
	"Text.[^a]\n\n[^a]: Note with [^b].\n\n    Second *paragraph*.\n\n    - one\n    - two\n\n[^b]: > quoted\n",
	"# One\n\n## Two\n\nSetext\n---\n\nMore\n===\n",
	"*a* **b** ***c*** _d_ __e__ *a**b**c* **a*b*c** *_a_* *a*_b_ ~~x~~ ~~ ~a~\n",
	"一*“重点”*二 **重点。**后面 a*\"b\"*c\n",
	"[words](https://example.org \"title\") [mot]{lang=fr} [x][y] [y] <https://example.org> <a@example.org>\n\n[y]: https://example.org/y 'T'\n",
	"See https://example.org/a_b(c), “https://example.org/d”. (https://example.org/e) *https://example.org/f*\n",
	"![map](images/map.png \"Caption\")\n\ntext ![x](a.png) [![y](b.png)](https://example.org)\n",
	"| a | b \\| c |\n| --- | :-: |\n| `x\\|y` | *z* |\n| only |\n",
	"- a\n- b\n\n  c\n+ d\n\n1. x\n2. y\n   - z\n1) q\n",
	"> quote\n> - list\n>\n> ```go\n> code\n> ```\nlazy\n",
	"    indented\n\n\tcode\n\n```\n~~~\n```\n\n~~~ `a`\n```\n~~~\n",
	"a\\\nb  \nc\nd\n***\n- - -\n___\n",
	"<!-- remark -->\n\ntext <!-- inline --> text\n<!-- qalam: x --> after\n\n<!--\nlong\n-->\n",
	"&amp; &copy; &#65; &nope; \\* \\[ 1\\. - \\- \\# <3 a < b & c\n",
	"wow![^1] [^1]: [^2]\n\n[^1]: x\n[^2]: y\n",
	"1986\\. A year.\n\n\\- no list\n\n\\+ x\n\n&#32;space\n",
	"`` ` `` `a`` ` b ` `  ` `\n`\n",
	"[a [b](https://b.example) c](https://c.example) [*x](https://d.example)* ![a [b](c) d](e.png)\n",
	"[^a]:\n\n    text\n[^b]:\n    ```\n    x\n\n    y\n    ```\n",
	"Term\n: x\n\na | b\n- | -\n1 | 2\n\nb\n",
	"*a `*` [*](https://x.example) b*\n**a\nb**\n",
}
