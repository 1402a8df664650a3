package epub

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"qalam/export/document"
)

// longArticle is an article of the size of one in a journal, so many times:
// 30 paragraphs of 80 words, 14 notes and 25 references each time.
func longArticle(times int) *document.Document {
	d := plainDocument("en")
	n := notes{d}
	for k := range times {
		d.Blocks = append(d.Blocks, &document.Heading{Level: 2, ID: fmt.Sprintf("section-%d", k+1),
			Text: []document.Inline{text(fmt.Sprintf("Heading %d", k+1))}})
		var own []*document.Note
		for i := range 14 {
			own = append(own, n.add(para(text(fmt.Sprintf("Author %d, “Title %d of a work,” ", k, i)),
				&document.Link{URL: fmt.Sprintf("https://example.org/%d/%d", k, i), Text: []document.Inline{text("example.org")}}, text("."))))
		}
		for i := range 30 {
			p := para()
			for j := range 4 {
				p.Text = append(p.Text, text(strings.TrimSpace(strings.Repeat(fmt.Sprintf("word%d some more%d ", i, k), 7))+"."))
				if i < 14 && j == 3 || i < 11 && j == 2 {
					p.Text = append(p.Text, refer(own[(i+j+1)%14]))
				}
			}
			d.Blocks = append(d.Blocks, p)
		}
	}
	// Each note needs a reference: those of the loop are shared out unevenly.
	for _, note := range d.Notes {
		if len(note.Refs) == 0 {
			d.Blocks = append(d.Blocks, para(text("See"), refer(note)))
		}
	}
	return d
}

func benchmarkWrite(b *testing.B, times int) {
	e := edition(longArticle(times))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Format{}).Write(io.Discard, e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B)    { benchmarkWrite(b, 1) }
func BenchmarkWrite100(b *testing.B) { benchmarkWrite(b, 100) }

func BenchmarkSteps(b *testing.B) {
	for _, times := range []int{1, 100} {
		e := edition(longArticle(times))
		book, err := render(e)
		if err != nil {
			b.Fatal(err)
		}
		raw, err := assemble(book)
		if err != nil {
			b.Fatal(err)
		}
		files, err := finish(raw, book)
		if err != nil {
			b.Fatal(err)
		}
		var archive bytes.Buffer
		if err := pack(&archive, files); err != nil {
			b.Fatal(err)
		}
		for name, step := range map[string]func(){
			"render":   func() { _, err = render(e) },
			"assemble": func() { _, err = assemble(book) },
			"finish":   func() { _, err = finish(raw, book) },
			"pack":     func() { err = pack(io.Discard, files) },
			"lint":     func() { err = lint(archive.Bytes()) },
		} {
			b.Run(fmt.Sprintf("%s-%d", name, times), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if step(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
