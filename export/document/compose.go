package document

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// Compose makes the document that readers of one language version see. It is
// a pure function of the folder and the article: it reads no clock, no file
// and no environment, and the same article gives the same document.
//
// It is meant for an article that was read without errors. In one with errors
// it says again what it cannot show, as an error, and goes on: a reference to
// no note stays as it was written, an image that was not read becomes its
// alternative text. Nothing is dropped but remarks.
func Compose(f *source.Folder, a *source.Article) (*Document, diag.List) {
	c := &composer{
		folder:  f,
		article: a,
		doc:     &Document{Settings: a.Header.Settings, pos: a.Header.Pos(""), file: a.File},
		notes:   map[string]*Note{},
		cited:   map[*Note]*NoteGroup{},
		images:  map[string]*Image{},
		styles:  map[string]*style{},
	}
	if original := canonical(f); original != nil {
		c.doc.original = original.File
	}
	c.setLocale()
	c.setMeta()
	c.numberNotes()

	c.doc.Blocks = c.blocks(a.Blocks)
	for _, n := range c.doc.Notes {
		c.headings = nil
		n.Blocks = c.blocks(c.definitions[n.Label].Blocks)
	}
	c.setDecoration(diag.Pos{})
	c.setTitle()
	c.setColophon()
	return c.doc, c.diags
}

// composer is one run of Compose.
type composer struct {
	folder  *source.Folder
	article *source.Article
	doc     *Document
	diags   diag.List

	style  *style            // of the language of the article
	styles map[string]*style // by language tag, as they are needed

	definitions map[string]*source.Note // by label
	notes       map[string]*Note        // by label; those that are referred to
	cited       map[*Note]*NoteGroup    // where a note was last referred to
	images      map[string]*Image       // by the path of the file

	decoration diag.Pos // where a remark says that the next image is decoration; the zero Pos when none does

	foreign []string // languages of passages that are not marked, which were reported

	headings []int // levels, as written, of the headings that the next block is under
	sections int   // headings so far
}

// setLocale takes the language of the article, with the words that the front
// matter gives in the place of ours.
func (c *composer) setLocale() {
	a := c.article
	shared := locales.Get(a.Lang)
	l := *shared
	missing := setLabels(&l.Labels, a.Header.Labels)
	switch a.Header.Digits {
	case source.DigitsLatin:
		copy(l.Digits[:], strings.Split(locales.Latin, ""))
	case source.DigitsNative:
		l.Digits = l.Native
	}
	c.doc.Locale = &l
	c.style = newStyle(&l, a.Header.Typography == source.TypographyOff)
	c.styles[a.Lang] = c.style
	c.doc.style = c.style

	c.remarkLabels(shared, missing)
	if !sameLanguage(l.Tag, l.DataFrom) {
		c.diags.Warnf(a.Header.Pos("lang"), "locale-data",
			"nothing is known of dates, numbers and quotation marks in %q, so those of %q are used", l.Tag, l.DataFrom).
			Hint = "write dates and quotation marks in the text as readers expect them: marks that are not straight are left as they are"
	}
}

// remarkLabels warns of words that are borrowed from another language: those
// that the author does not give, whose names are missing, and that nobody has
// in the language of the article.
func (c *composer) remarkLabels(l *locales.Locale, missing []string) {
	if sameLanguage(l.Tag, l.LabelsFrom) {
		return // all are known
	}
	sources := l.LabelSources()
	own := func(s locales.LabelSource) bool { return sameLanguage(l.Tag, s.Tag) }
	missing = slices.DeleteFunc(missing, func(name string) bool {
		return slices.ContainsFunc(sources, func(s locales.LabelSource) bool { return s.Label == name && own(s) })
	})
	if len(missing) > 0 {
		message := "there are no words for the parts of an article in %q, so those of %q are used"
		if slices.ContainsFunc(sources, own) {
			message = "some words for the parts of an article are not known in %q, so those of %q are used"
		}
		d := c.diags.Warnf(c.article.Header.Pos("lang"), "locale-fallback", message, l.Tag, l.LabelsFrom)
		const few = 3
		if more := len(missing) - few; more > 0 {
			d.Hint = fmt.Sprintf("give them under labels in the front matter: %s and %d more", strings.Join(missing[:few], ", "), more)
		} else {
			d.Hint = "give them under labels in the front matter: " + strings.Join(missing, ", ")
		}
		d.Hint += fmt.Sprintf("; `qalam languages %s --labels` prints all to start from", l.Tag)
	}
}

// within reports whether the language tag is part of the other, as "fr-CA" is
// part of "fr".
func within(tag, of string) bool {
	return tag == of || strings.HasPrefix(tag, of+"-")
}

// sameLanguage reports whether two tags are of one language: "zh-CN" and
// "zh-Hans".
func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a == b
}

// setLabels puts words by the JSON names of the labels, and returns the names
// that were not given, in the order of the fields.
func setLabels(l *locales.Labels, words map[string]string) (missing []string) {
	v := reflect.ValueOf(l).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("json")
		if word, ok := words[name]; ok {
			v.Field(i).SetString(word)
		} else {
			missing = append(missing, name)
		}
	}
	return missing
}

// blocks composes blocks. Those that would show nothing are left out.
func (c *composer) blocks(blocks []source.Block) []Block {
	var out []Block
	for _, b := range blocks {
		at := node{b.Pos()}
		switch b := b.(type) {
		case *source.Heading:
			if text := c.line(b.Text); len(text) > 0 {
				c.sections++
				out = append(out, &Heading{at, c.level(b), "section-" + strconv.Itoa(c.sections), text})
			}
		case *source.Paragraph:
			if text := c.line(b.Text); len(text) > 0 {
				out = append(out, &Paragraph{at, text})
			}
		case *source.Figure:
			out = append(out, c.figure(b))
		case *source.Quote:
			if inner := c.blocks(b.Blocks); len(inner) > 0 {
				out = append(out, &Quote{at, inner})
			}
		case *source.List:
			list := &List{node: at, Ordered: b.Ordered, Start: b.Start, Tight: b.Tight}
			for i, item := range b.Items {
				marker := "•"
				if b.Ordered {
					marker = c.doc.Locale.FormatNumber(b.Start+i) + "."
				}
				list.Items = append(list.Items, &Item{marker, c.blocks(item.Blocks)})
			}
			out = append(out, list)
		case *source.CodeBlock:
			out = append(out, &CodeBlock{at, b.Language, b.Text})
		case *source.Table:
			table := &Table{node: at, Align: b.Align, Head: c.row(b.Head)}
			for _, row := range b.Rows {
				table.Rows = append(table.Rows, c.row(row))
			}
			if !slices.ContainsFunc(table.Head, func(cell Line) bool { return len(cell) > 0 }) {
				c.diags.Warnf(b.Pos(), "table-headless", "the head of this table is empty, so nobody knows what its columns are").
					Hint = "write in its first row what each column has"
			}
			out = append(out, table)
		case *source.Rule:
			out = append(out, &Rule{at})
		case *source.Remark:
			if _, ok := b.Accepts(); !ok { // that is for the comparison with the original
				c.remark(b.Pos(), b.Text)
			}
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
	return out
}

// row composes the cells of a row.
func (c *composer) row(cells []*source.Cell) []Line {
	out := make([]Line, len(cells))
	for i, cell := range cells {
		out[i] = c.line(cell.Text)
	}
	return out
}

// level is the level of a heading once levels that nobody used are closed up.
func (c *composer) level(h *source.Heading) int {
	above := 1
	if len(c.headings) > 0 {
		above = c.headings[len(c.headings)-1]
	}
	if h.Level > above+1 {
		c.diags.Warnf(h.Pos(), "heading-skipped", "a heading of level %d follows one of level %d", h.Level, above).
			Hint = "write " + strings.Repeat("#", above+1) + " instead of " + strings.Repeat("#", h.Level)
	}
	for len(c.headings) > 0 && c.headings[len(c.headings)-1] >= h.Level {
		c.headings = c.headings[:len(c.headings)-1]
	}
	c.headings = append(c.headings, h.Level)
	return len(c.headings) + 1
}

// figure composes an image that stands alone.
func (c *composer) figure(b *source.Figure) Block {
	at := node{b.Pos()}
	caption := c.text(b.Caption)
	p := c.picture(b.Image)
	if p == nil {
		lines := []Inline{&Text{c.text(cmp.Or(b.Image.Alt, b.Image.Src))}}
		if caption != "" {
			lines = append(lines, &Break{}, &Text{caption})
		}
		return &Paragraph{at, lines}
	}
	fig := &Figure{node: at, Picture: p}
	if caption != "" {
		fig.Caption = c.markForeign(c.string(caption), c.style, b.Pos())
	}
	return fig
}

// picture composes one showing of an image; nil when the image was not read.
func (c *composer) picture(in *source.Image) *Picture {
	file := c.folder.Images[in.Src]
	if file == nil {
		c.diags.Errorf(in.Pos(), "image-missing", "the image %q could not be read", in.Src)
		return nil
	}
	img := c.images[file.Src]
	if img == nil {
		img = &Image{file, fmt.Sprintf("image-%d%s", len(c.images)+1, extensions[file.MediaType])}
		c.images[file.Src] = img
		c.doc.Images = append(c.doc.Images, img)
	}
	alt := c.text(in.Alt)
	if alt == "" && c.decoration == (diag.Pos{}) {
		c.diags.Warnf(in.Pos(), "image-alt", "nothing says what this image shows, so it is taken for decoration").
			Hint = "say it between the brackets, ![what it shows](" + in.Src + "), or write <!-- qalam: decoration --> before an image that shows nothing"
	}
	if alt == "" {
		c.decoration = diag.Pos{}
	}
	return &Picture{img, alt}
}

// extensions are the ends of file names by media type.
var extensions = map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}

// remark looks at a comment of the author for words to the tool: "qalam:
// decoration" before an image without alternative text. Those that accept a
// difference stand on lines of their own; see source.Remark.
func (c *composer) remark(pos diag.Pos, text string) {
	words, ok := strings.CutPrefix(strings.TrimSpace(text), "qalam:")
	if !ok {
		return
	}
	words = strings.TrimSpace(words)
	if words == "decoration" {
		c.setDecoration(pos)
		return
	}
	c.diags.Warnf(pos, "remark-unknown", "nothing is known of %q", words).
		Hint = "a remark that begins with qalam: speaks to this program; leave that out of a remark for people"
}

// setDecoration remembers that the next image is decoration. What was said of it
// before, but found no image, is reported.
func (c *composer) setDecoration(pos diag.Pos) {
	if c.decoration != (diag.Pos{}) {
		c.diags.Warnf(c.decoration, "remark-idle", "no image without words follows this remark").
			Hint = "delete it, or write it right before the image that is decoration: ![](images/…)"
	}
	c.decoration = pos
}
