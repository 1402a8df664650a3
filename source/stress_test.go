package source

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Long and hostile input must be read in linear time: each of these takes
// minutes where the time grows with the square. The times are logged, not held.
func TestStress(t *testing.T) {
	if testing.Short() {
		t.Skip("long input")
	}
	const (
		mib   = 1 << 20
		large = mib / 8
	)
	word := func(s string, size int) string { return strings.Repeat(s, size/len(s)+1)[:size] }
	var notes strings.Builder
	for i := range MaxNotes {
		fmt.Fprintf(&notes, "word[^n%d] ", i)
	}
	notes.WriteString("\n\n")
	for i := range MaxNotes {
		fmt.Fprintf(&notes, "[^n%d]: The text of a note, https://example.org/%d.\n", i, i)
	}
	tests := []struct{ name, text string }{
		{"words", word("some words with *emphasis*, a [link](https://example.org) and a note[^a]. ", 5*mib) + "\n\n[^a]: Text.\n"},
		{"lines", word("some words with *emphasis*, a [link](https://example.org)\nand `code`\n", 5*mib)},
		{"notes", notes.String()},
		{"quotes", strings.Repeat(">", 100_000) + " x"},
		{"quote lines", strings.Repeat(strings.Repeat("> ", 90)+"x\n", 1000)},
		{"lists", strings.Repeat("- ", 100_000) + " x"},
		{"list lines", word("- x\n", large)},
		{"nested list", func() string {
			var b strings.Builder
			for i := range 1000 {
				b.WriteString(strings.Repeat(" ", 2*i) + "- x\n")
			}
			return b.String()
		}()},
		{"brackets", word("[", large)},
		{"bracket pairs", strings.Repeat("[", large/2) + strings.Repeat("]", large/2)},
		{"stars", word("*", large)},
		{"openers", word("*a ", large)},
		{"closers", word("a* ", large)},
		{"mixed marks", word("*a _b a* **c ", large)},
		{"both", word("a**b_c* ", large)},
		{"nested emphasis", strings.Repeat("*a **a ", 50_000) + strings.Repeat("a** a*", 50_000)},
		{"ticks", func() string {
			var b strings.Builder
			for i := 1; b.Len() < large; i++ {
				b.WriteString(strings.Repeat("`", i) + "a")
			}
			return b.String()
		}()},
		{"targets", word("[a](b", large)},
		{"titles", word("[a](b \"", large)},
		{"angles", word("[a](<b", large)},
		{"comments", word("a <!-- ", large)},
		{"instructions", word("a <? ", large)},
		{"declarations", word("a <!A ", large)},
		{"tags", word("<a b='", large)},
		{"open tags", "a <a" + word(" x", large)},
		{"autolinks", word("<a:", large)},
		{"schemes", word("http://*a*", large)},
		{"semicolons", "https://a" + word(";", large)},
		{"entities", word("&", large)},
		{"definitions", word("[a]: b\n", large)},
		{"long definitions", word("[a]: b\n\"\n", large)},
		{"references", "[a]: https://example.org\n\n" + word("[a] [b] [c][a] ", large)},
		{"bars", word("|", large)},
		{"table", "| a | b |\n| --- | --- |\n" + word("| x | y |\n", large)},
		{"wide table", strings.Repeat("|a", 2000) + "\n" + strings.Repeat("|-", 2000) + "\n" + word("x\n", large)},
		{"delimiter rows", word("|-|\n", large)},
		{"setext", word("a\n-\n", large)},
		{"addresses", word("https://example.org/( ", large)},
		{"one address", "https://" + word("a)", large)},
		{"note labels", word("[^", large)},
		{"images", word("![", large)},
		{"spans", word("[a]{lang=fr", large)},
		{"breaks", word("a\\\n", large)},
		{"spaces", "a" + word(" ", large) + "b"},
		{"space lines", word("a  \n", large)},
		{"html blocks", word("<div>\n\n", large)},
		{"fences", word("```\n", large)},
		{"han", word("中文，", large)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte("---\ntitle: T\nlang: en\n---\n" + strings.ToValidUTF8(tt.text, ""))
			start := time.Now()
			a, diags := Parse("article.md", data)
			parsed := time.Since(start)
			if a == nil {
				t.Fatal(diags)
			}
			start = time.Now()
			Print(a)
			t.Logf("%d KiB read in %v, written in %v; %d diagnostics", len(data)>>10, parsed.Round(time.Millisecond), time.Since(start).Round(time.Millisecond), len(diags))
		})
	}
}
