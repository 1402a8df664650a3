package document

import (
	"slices"
	"strings"
	"testing"

	"qalam/source"
)

// Words are what stands between punctuation, so that line ends, hyphens that
// divide words and signs for links do not count.
func TestSplitWords(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"“Don’t,” she said — 3.5 <https://a.b>", []string{"Don", "t", "she", "said", "3", "5", "https", "a", "b"}},
		{"syl\u00ADla\u200Dble \u2068x\u2069", []string{"syllable", "x"}},
		{"हिन्दी शब्द", []string{"हिन्दी", "शब्द"}},
		{"你好Go，世", []string{"你", "好", "Go", "世"}},
		{"[1, ٢]", []string{"1", "٢"}},
		{"ที่นี่", []string{"ที่", "นี่"}}, // vowels and tones stay with their letter
	}
	for _, tt := range tests {
		if got := SplitWords(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Marks of notes and numbers of items are words; addresses behind words and
// alternative text are not.
func TestWords(t *testing.T) {
	a := article([]source.Block{
		&source.Heading{Level: 2, Text: []source.Inline{text("Head"), ref("x")}},
		par(text("un"), &source.Emph{Text: []source.Inline{text("believ")}}, text("able"), ref("x"), ref("y"), &source.Break{}, &source.Link{URL: "https://a.example/", Text: []source.Inline{text("words")}}),
		&source.List{Ordered: true, Start: 9, Items: []*source.Item{{Blocks: []source.Block{par(text("nine"))}}, {Blocks: []source.Block{par(text("ten"))}}}},
		&source.List{Items: []*source.Item{{Blocks: []source.Block{par(text("item"))}}}},
		&source.CodeBlock{Text: "x := y\n"},
		&source.Table{Align: []source.Align{""}, Head: []*source.Cell{{Text: []source.Inline{text("h")}}}, Rows: [][]*source.Cell{{{Text: []source.Inline{text("c")}}}}},
	}, note("x", text("X"), ref("y")), note("y", text("Y")))
	d, _ := compose(a)
	body, notes := d.Words()
	if got, want := strings.Join(body, " "), "Head 1 unbelievable 1 2 words 9 nine 10 ten item x y h c"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := strings.Join(notes, " "), "1 X 2 2 Y"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := Plain(d.Blocks[1].(*Paragraph).Text), "unbelievable words"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
