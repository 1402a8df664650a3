package epub

import (
	"fmt"
	"strings"

	"qalam/export/document"
	"qalam/locales"
)

func (r *renderer) blocks(bs []document.Block) {
	for _, b := range bs {
		r.block(b)
	}
}

func (r *renderer) block(b document.Block) {
	r.pos = b.Pos()
	switch b := b.(type) {
	case *document.Heading: // within a quotation, an item or a note: no section of the text
		if r.wordless(b) {
			r.book.warnings.Warnf(b.Pos(), "epub-heading", "a heading without words is no heading in a book").
				Hint = "write what the section is called, or delete the #"
			r.block(&document.Paragraph{Text: b.Text})
			return
		}
		r.heading(b, r.headingLevel(b), attr("id", b.ID))
	case *document.Paragraph:
		r.start(line, "p", "")
		r.inlines(b.Text)
		r.end()
	case *document.Figure:
		r.start(block, "figure", "")
		r.picture(b.Picture)
		r.raw("\n")
		r.start(line, "figcaption", "")
		r.inlines(b.Caption)
		r.end()
		r.end()
	case *document.Quote:
		r.start(block, "blockquote", "")
		r.blocks(b.Blocks)
		r.end()
	case *document.List:
		r.list(b)
	case *document.CodeBlock:
		r.start(line, "pre", ` dir="ltr"`)
		r.start(inline, "code", "")
		r.text(strings.TrimSuffix(b.Text, "\n"))
		r.end()
		r.end()
	case *document.Table:
		r.table(b)
	case *document.Rule:
		r.raw("<hr/>\n")
	default:
		panic(fmt.Sprintf("epub: unknown block %T", b))
	}
}

func (r *renderer) list(l *document.List) {
	if len(l.Items) == 0 {
		return
	}
	name, attrs, tight := "ul", "", ""
	if l.Tight {
		tight = "tight"
	}
	if l.Ordered {
		name, attrs = "ol", listClass(counter(l.Items[0].Marker), tight)
		if l.Start != 1 {
			attrs += fmt.Sprintf(` start="%d"`, l.Start)
		}
	} else {
		attrs = listClass(tight)
	}
	r.start(block, name, attrs)
	for _, item := range l.Items {
		r.start(block, "li", "")
		r.flush() // an empty item counts too
		r.blocks(item.Blocks)
		r.end()
	}
	r.end()
}

// listClass is the class attribute of those classes that are not empty.
func listClass(classes ...string) string {
	s := strings.TrimSpace(strings.Join(classes, " "))
	if s == "" {
		return ""
	}
	return attr("class", s)
}

// table writes a table. A head without a word in it stands for no head; a
// head that is empty above the first column makes that column the heads of
// the rows.
func (r *renderer) table(t *document.Table) {
	headed, rowHeads := false, false
	for i, c := range t.Head {
		if blank(c) {
			rowHeads = rowHeads || i == 0
		} else {
			headed = true
		}
	}
	rowHeads = rowHeads && headed
	// A table that is too wide for the page would cover the next one. It is a
	// list of its cells there, each after the head of its column.
	class := tableClass(t)
	var names []string
	if class != "" {
		r.start(block, "div", attr("class", class))
		if names = make([]string, len(t.Head)); headed {
			for i, c := range t.Head {
				if head := clean(plain(c)); head != "" {
					names[i] = r.words.say(func(l *locales.Labels) string {
						return locales.Format(l.Field, "label", head, "value", "")
					}).text + " "
				}
			}
		}
	}
	r.start(block, "table", "")
	if headed {
		r.start(block, "thead", "")
		r.row(t, t.Head, nil, func(i int) string {
			if blank(t.Head[i]) {
				return ""
			}
			return "col"
		})
		r.end()
	}
	r.start(block, "tbody", "")
	for _, row := range t.Rows {
		r.row(t, row, names, func(i int) string {
			if i == 0 && rowHeads && !blank(row[i]) {
				return "row"
			}
			return ""
		})
	}
	r.end()
	r.end()
	if class != "" {
		r.end()
	}
}

// row writes a row of a table. names are those of the columns where the cells
// have to say them; scope says what the cell in a column is the head of:
// "col", "row" or nothing.
func (r *renderer) row(t *document.Table, cells []document.Line, names []string, scope func(column int) string) {
	r.start(block, "tr", "")
	for i, c := range cells {
		name, attrs := "td", ""
		if s := scope(i); s != "" {
			name, attrs = "th", attr("scope", s)
		}
		if i < len(names) && names[i] != "" && !blank(c) {
			attrs += attr("data-column", names[i])
		}
		if i < len(t.Align) && t.Align[i] != "" {
			attrs += attr("class", "align-"+string(t.Align[i]))
		}
		r.start(line, name, attrs)
		r.flush() // an empty cell keeps its place
		r.inlines(c)
		r.end()
	}
	r.end()
}

// blank reports whether a line shows nothing.
func blank(l document.Line) bool {
	for _, in := range l {
		switch in := in.(type) {
		case *document.Text:
			if strings.TrimSpace(in.Value) != "" {
				return false
			}
		case *document.Break:
		default:
			return false
		}
	}
	return true
}

// picture writes an image. Its size in pixels is what a reader makes room
// for; the style sheet keeps it within the page.
func (r *renderer) picture(p *document.Picture) {
	name, alt := r.imageName(p.Image), clean(p.Alt)
	if alt != "" {
		r.book.described = true
	}
	r.raw(`<img` + attr("src", "../"+imageDir+name) + attr("alt", alt) +
		fmt.Sprintf(` width="%d" height="%d"/>`, p.Image.Width, p.Image.Height))
}

// imageName puts an image into the book, once, and gives its name there.
func (r *renderer) imageName(i *document.Image) string {
	if name, ok := r.names[i.ImageFile]; ok {
		return name
	}
	name := r.prefix + i.Name
	folded := strings.ToLower(name) // as some file systems see it
	if !safeName(name) {
		r.fail("%q is no name for an image", name)
	}
	if r.taken[folded] {
		r.fail("two images are called %s", name)
	}
	r.names[i.ImageFile], r.taken[folded] = name, true
	r.book.images = append(r.book.images, image{name, i.ImageFile})
	return name
}

// safeName reports whether a name is one file in a folder, of letters that
// need no escape in an archive, an address or an identifier of XML.
func safeName(s string) bool {
	for i, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return s != ""
}
