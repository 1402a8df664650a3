package document

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"qalam/source"
)

// A paragraph costs time in proportion to its length, whatever is in it:
// each case is composed at one length and at eight times that.
func BenchmarkCompose(b *testing.B) {
	cases := map[string]string{
		"words":    "some words of running text, and more. ",
		"quotes":   `"a 'b' "c" it's `,
		"unclosed": `"a 'b `,
		"closed":   `a" b' 5" `,
		"spaces":   "a \n  b",
		"dashes":   "--- -- ... ",
	}
	for name, unit := range cases {
		for _, size := range []int{1 << 17, 1 << 20} {
			text := strings.Repeat(unit, size/len(unit))
			a := article([]source.Block{par(&source.Text{Value: text})})
			for _, lang := range []string{"en", "fr", "ar"} {
				a.Lang = lang
				b.Run(fmt.Sprintf("%s/%s/%d", name, lang, size), func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						Compose(folder(a), a)
					}
				})
			}
		}
	}
}

// Notes cost time in proportion to their number.
func BenchmarkNotes(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		var in []source.Inline
		var notes []*source.Note
		for i := range n {
			label := strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/182)
			in = append(in, text("word"), ref(label), ref(label))
			notes = append(notes, note(label, text("see"), ref(label)))
		}
		a := article([]source.Block{par(in...)}, notes...)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Compose(folder(a), a)
			}
		})
	}
}
