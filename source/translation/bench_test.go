package translation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"qalam/source"
)

// long is an article of n paragraphs; without is the number of one that it
// lacks, and plain leaves out what a paragraph can be known by.
func long(path, lang string, n, without int, plain bool) *source.Article {
	var b strings.Builder
	b.WriteString("---\ntitle: T\nlang: " + lang + "\n---\n")
	for i := range n {
		if i == without {
			continue
		}
		words := strings.Repeat("some words of it ", 3+i*7%11)
		if plain {
			fmt.Fprintf(&b, "Paragraph with %s.\n\n", words)
		} else {
			fmt.Fprintf(&b, "Paragraph %d with %sand %d and a note.[^%d]\n\n", i, words, i%7, i%(n/10+1))
		}
	}
	for i := range n/10 + 1 {
		fmt.Fprintf(&b, "[^%d]: The note %d, https://example.org/%d.\n", i, i, i)
	}
	a, _ := source.Parse(path, []byte(b.String()))
	return a
}

// Check finds the one paragraph of many that is missing, in about linear time,
// also where paragraphs have nothing to be known by.
func TestLong(t *testing.T) {
	for _, plain := range []bool{false, true} {
		const n = 5000
		original := long("article.md", "en", n, -1, plain)
		translation := long("locales/fr.md", "fr", n, 4000, plain)
		start := time.Now()
		diags := Check(original, translation)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("plain %v: %v", plain, d)
		}
		missing := 0
		for _, d := range diags {
			if d.Code == codeMissing {
				missing++
			}
		}
		if missing != 1 || !plain && len(diags) > 1 {
			t.Errorf("plain %v: %d remarks: %v", plain, len(diags), diags[0])
		}
	}
}

// A single paragraph of a megabyte takes its time, and no more than that,
// whatever it is made of.
func TestLongParagraph(t *testing.T) {
	const size = 1 << 20
	for _, words := range []string{
		"some words, 1,300 of 12 million in January ", "约1300家第二十条一月二日", "abc", "1,300", "1-2/3,4 ", "1.2.",
		"1 million million ", "one hundred and ", "XIX", "九千亿",
	} {
		body := strings.Repeat(words, size/len(words))
		original, _ := source.Parse("article.md", []byte("---\ntitle: T\nlang: en\n---\n"+body+"\n"))
		for _, lang := range []string{"fr", "zh-Hans"} {
			translation, _ := source.Parse("locales/"+lang+".md", []byte("---\ntitle: T\n---\n"+body+"\n"))
			start := time.Now()
			Check(original, translation)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("%s, %q: %v", lang, words, d)
			}
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, plain := range []bool{false, true} {
		b.Run(fmt.Sprintf("plain=%v", plain), func(b *testing.B) {
			original := long("article.md", "en", 1000, -1, plain)
			translation := long("locales/fr.md", "fr", 1000, 500, plain)
			for b.Loop() {
				Check(original, translation)
			}
		})
	}
}
