package paragraph

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"qalam/export/fonts"
	"qalam/locales"
	"qalam/source/sample"
)

// sampleParagraphs are the paragraphs of the sample article in a language, as
// they stand in its file.
func sampleParagraphs(b testing.TB, name string, lang string, dir locales.Direction) (paragraphs []*Paragraph, chars int) {
	b.Helper()
	data, err := fs.ReadFile(sample.FS(), name)
	if err != nil {
		b.Fatal(err)
	}
	for block := range strings.SplitSeq(string(data), "\n\n") {
		text := strings.ReplaceAll(strings.TrimSpace(block), "\n", " ")
		chars += utf8.RuneCountInString(text)
		paragraphs = append(paragraphs, &Paragraph{
			Runs: []Run{{Text: text, Size: 10 * Pt}}, Lang: lang, Dir: dir, Measure: 380 * Pt, Align: Justify, Hyphenate: true, Hang: true,
		})
	}
	return paragraphs, chars
}

// sampleLanguages are the languages of the sample article.
var sampleLanguages = []struct {
	name, lang string
	dir        locales.Direction
}{
	{"article.md", "en", locales.LTR},
	{"locales/ru.md", "ru", locales.LTR},
	{"locales/fr.md", "fr", locales.LTR},
	{"locales/kk.md", "kk", locales.LTR},
	{"locales/kk-Latn.md", "kk-Latn", locales.LTR},
	{"locales/kk-Arab.md", "kk-Arab", locales.RTL},
	{"locales/ar.md", "ar", locales.RTL},
	{"locales/hi.md", "hi", locales.LTR},
	{"locales/zh-Hans.md", "zh-Hans", locales.LTR},
}

// A book of 1.3 million characters, and a first page.
func BenchmarkLines(b *testing.B) {
	for _, l := range sampleLanguages {
		paragraphs, chars := sampleParagraphs(b, l.name, l.lang, l.dir)
		for _, total := range []int{chars, 1_300_000} {
			b.Run(fmt.Sprintf("%s/%d", l.lang, total), func(b *testing.B) {
				family := fonts.NewFamily(nil)
				for b.Loop() {
					s := NewSetter(family)
					for n := 0; n < total; n += chars {
						for _, p := range paragraphs {
							s.Lines(p)
						}
					}
				}
			})
		}
	}
}

// One paragraph of 5 million characters: the time is linear.
func BenchmarkLong(b *testing.B) {
	paragraphs, _ := sampleParagraphs(b, "article.md", "en", locales.LTR)
	var text strings.Builder
	for text.Len() < 5_000_000 {
		for _, p := range paragraphs {
			text.WriteString(p.Runs[0].Text)
			text.WriteByte(' ')
		}
	}
	p := *paragraphs[0]
	p.Runs = []Run{{Text: text.String(), Size: 10 * Pt}}
	for b.Loop() {
		NewSetter(fonts.NewFamily(nil)).Lines(&p)
	}
}
