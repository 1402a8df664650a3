package epub

import (
	"bytes"
	graphics "image"
	"image/png"
	"testing"

	"qalam/export/document"
	"qalam/export/epub/epubtest"
	"qalam/locales"
	"qalam/source"
)

// write gives the book of an edition.
func write(t testing.TB, e *document.Edition) []byte {
	t.Helper()
	var out bytes.Buffer
	written, err := Format{}.Write(&out, e)
	if err != nil {
		t.Fatal(err)
	}
	if len(written.Warnings) > 0 {
		t.Fatalf("warnings: %v", written.Warnings)
	}
	return out.Bytes()
}

// read gives the files of a book.
func read(t testing.TB, archive []byte) *epubtest.Book {
	t.Helper()
	b, err := epubtest.Read(archive)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func text(s string) *document.Text { return &document.Text{Value: s} }

func para(ins ...document.Inline) *document.Paragraph {
	return &document.Paragraph{Text: ins}
}

// notes numbers the notes of a document that is made by hand.
type notes struct{ doc *document.Document }

func (n notes) add(blocks ...document.Block) *document.Note {
	number := len(n.doc.Notes) + 1
	note := &document.Note{Number: number, Mark: n.doc.Locale.FormatNumber(number), Blocks: blocks}
	n.doc.Notes = append(n.doc.Notes, note)
	return note
}

// refer is a group of references to notes.
func refer(ns ...*document.Note) *document.NoteGroup {
	g := &document.NoteGroup{}
	for _, n := range ns {
		r := &document.NoteRef{Note: n, Index: len(n.Refs) + 1}
		n.Refs = append(n.Refs, r)
		g.Refs = append(g.Refs, r)
	}
	return g
}

// plainDocument is a document with a title and these blocks, and without a
// cover.
func plainDocument(tag string, blocks ...document.Block) *document.Document {
	l := *locales.Get(tag)
	return &document.Document{
		Locale: &l,
		Meta: document.Meta{
			Identifier: "urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8",
			Lang:       tag, Dir: l.Dir, Title: "A title",
		},
		Settings: source.Settings{EPUB: source.EPUBSettings{Cover: source.CoverNone}},
		Title:    document.TitleBlock{Title: "A title"},
		Blocks:   blocks,
	}
}

func edition(docs ...*document.Document) *document.Edition {
	e := &document.Edition{Name: "book", Docs: docs}
	for _, d := range docs {
		e.Work.Versions = append(e.Work.Versions, document.Version{
			Lang: d.Meta.Lang, Title: d.Meta.Title, Identifier: d.Meta.Identifier, URL: d.Meta.URL,
		})
	}
	return e
}

// dot is a PNG of one grey pixel.
var dot = func() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, graphics.NewGray(graphics.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return out.Bytes()
}()

// everything is a document with every kind of block and of inline, with notes
// in a heading, a caption, a table, a list, a quotation and a note, and with a
// cover.
func everything(tag string) *document.Document {
	d := plainDocument(tag)
	d.Settings.EPUB.Cover = source.CoverDrawn
	d.Meta = document.Meta{
		Identifier:   "urn:uuid:74738ff5-5367-5958-9aee-98fffdcd1876",
		Identifiers:  []document.Identifier{{Scheme: "doi", Value: "10.5555/12345678", URI: "https://doi.org/10.5555/12345678"}},
		Lang:         tag,
		Dir:          d.Locale.Dir,
		Title:        "Everything",
		Subtitle:     "One of each",
		Section:      "World",
		Creators:     []document.Person{{Name: "A. Author", FileAs: "Author, A.", ORCID: "0000-0002-1825-0097", Role: "aut"}, {Name: "B. Author", Role: "aut"}},
		Contributors: []document.Person{{Name: "C. Author", Role: "trl"}},
		Publisher:    "A Publisher",
		Description:  "What it is about.",
		Keywords:     []string{"one", "two"},
		Subjects:     []document.Subject{{Term: "Protest movements", Authority: "lcsh", ID: "sh85107632"}, {Term: "Alone"}},
		License:      document.License{ID: "CC-BY-4.0", Name: "Creative Commons Attribution 4.0 International", URL: "https://creativecommons.org/licenses/by/4.0/"},
		Rights:       "© 2022 A. Author",
		Date:         locales.Date{Year: 2022, Month: 1, Day: 27},
		Modified:     locales.Date{Year: 2022, Month: 2, Day: 3},
		URL:          "https://example.org/everything",
	}
	n := notes{d}
	one := n.add(para(text("The first note.")))
	two := n.add(para(text("A note in two paragraphs.")), para(text("This is the other one.")))
	three := n.add(para(text("A note that ends in a list:")), &document.List{Tight: true, Items: []*document.Item{
		{Marker: "•", Blocks: []document.Block{para(text("an item"))}},
	}})
	four := n.add(para(text("A note of a note.")))

	picture := &document.Picture{Alt: "A grey dot", Image: &document.Image{
		ImageFile: &source.ImageFile{Src: "images/dot.png", MediaType: "image/png", Width: 1, Height: 1, Data: dot},
		Name:      "image-1.png",
	}}
	d.Images = []*document.Image{picture.Image}
	d.Title = document.TitleBlock{
		Section: "World", Title: "Everything", Subtitle: "One of each",
		Byline:   []document.Line{{text("By A. Author and B. Author")}, {text("Translated by C. Author")}},
		Dateline: []document.Line{{text("Published "), &document.Span{Dir: locales.LTR, Text: []document.Inline{text("27 January 2022")}}}},
		Abstract: "What it is about.",
	}
	d.Colophon = []document.Field{
		{Name: "rights", Label: "Rights", Value: document.Line{text("© 2022 A. Author")}},
		{Name: "license", Label: "Licence", Value: document.Line{&document.Link{URL: d.Meta.License.URL, Text: []document.Inline{text("CC BY 4.0")}}}},
	}
	d.Blocks = []document.Block{
		para(text("Plain, "), &document.Emph{Text: []document.Inline{text("stressed, "), &document.Strong{Text: []document.Inline{text("both")}}}},
			text(", "), &document.Strike{Text: []document.Inline{text("gone")}}, text(", "), &document.Code{Value: "a < b"}, text(" and "),
			&document.Link{URL: "https://example.org/?a=1&b=2", Text: []document.Inline{text("linked")}}, text("."), refer(one, two)),
		para(text("A line"), &document.Break{}, text("and the next, with "),
			&document.Span{Lang: "fr", Dir: locales.LTR, Text: []document.Inline{text("un mot juste")}}, text(" and a picture "), picture, text(".")),
		&document.Heading{Level: 2, ID: "section-1", Text: []document.Inline{text("A heading"), refer(one)}},
		&document.Quote{Blocks: []document.Block{para(text("A quotation."), refer(three)), &document.Quote{Blocks: []document.Block{para(text("In another."))}}}},
		&document.List{Tight: true, Items: []*document.Item{
			{Marker: "•", Blocks: []document.Block{para(text("One"))}},
			{Marker: "•", Blocks: []document.Block{para(text("Two"), refer(one)), &document.List{Ordered: true, Start: 3, Tight: true, Items: []*document.Item{
				{Marker: d.Locale.FormatNumber(3) + ".", Blocks: []document.Block{para(text("Three"))}},
				{Marker: d.Locale.FormatNumber(4) + ".", Blocks: []document.Block{para(text("Four"))}},
			}}}},
		}},
		&document.Heading{Level: 3, ID: "section-2", Text: []document.Inline{text("Below it")}},
		&document.CodeBlock{Language: "go", Text: "if a < b {\n\treturn \"]]>\"\n}\n"},
		&document.Rule{},
		&document.Table{
			Align: []source.Align{"", "center", "end"},
			Head:  []document.Line{nil, {text("Year"), refer(two)}, {text("Sum")}},
			Rows: [][]document.Line{
				{{text("Almaty")}, {text("2021")}, {text("1.5")}},
				{{text("Astana")}, nil, {text("10.25"), refer(one)}},
			},
		},
		&document.Heading{Level: 2, ID: "section-3", Text: []document.Inline{text("Last")}},
		&document.Figure{Picture: picture, Caption: []document.Inline{text("A dot."), refer(one)}},
		&document.Figure{Picture: &document.Picture{Image: picture.Image}},
		para(text("The end.")),
	}
	three.Blocks = append([]document.Block{para(text("See another"), refer(four, one), text("."))}, three.Blocks...)
	return d
}
