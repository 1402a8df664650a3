package epub

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// book is an edition after rendering: what goes into the archive, and what is
// said about it.
type book struct {
	edition    *document.Edition
	main       *document.Document // edition.Docs[0]
	id         string             // "urn:uuid:…"
	title      string             // of main, never empty
	parts      []*part            // content documents in reading order
	images     []image            // in the order in which they are first shown
	described  bool               // an image has an alternative text
	coverImage string             // its name in the folder of images; empty means none
	words      speaker            // for main
	warnings   diag.List
}

// part is a content document.
type part struct {
	doc      *document.Document
	file     string // name in the folder of texts: "article.xhtml"
	title    words  // never empty
	body     []byte // what stands in the body element
	matter   string // epub:type of the body
	landmark string // epub:type of its landmark; empty means none
	guide    string // type of its reference in the guide
	level    int    // depth in the contents, from 0
	outline  []*entry
}

// entry is a section in the contents.
type entry struct {
	id, title string
	entries   []*entry
}

// image is an image in the archive.
type image struct {
	name string // in the folder of images
	*source.ImageFile
}

// The names of the parts; in a book of several documents they begin with the
// language.
const (
	articleFile = "article.xhtml"
	notesFile   = "notes.xhtml"
	aboutFile   = "about.xhtml"
)

// render makes the content documents of an edition.
func render(e *document.Edition) (*book, error) {
	if len(e.Docs) == 0 {
		return nil, errors.New("no document")
	}
	b := &book{edition: e, main: e.Docs[0], id: identifier(e), words: speaker{locale: e.Docs[0].Locale}}
	if !strings.HasPrefix(b.id, "urn:uuid:") {
		return nil, fmt.Errorf("%q is no identifier for a book", b.id)
	}
	names, taken := map[*source.ImageFile]string{}, map[string]bool{}
	for _, d := range e.Docs {
		r := &renderer{book: b, doc: d, words: speaker{locale: d.Locale}, names: names, taken: taken, refs: map[*document.NoteRef]string{}}
		if len(e.Docs) > 1 {
			r.prefix = d.Locale.Tag + "-"
		}
		if d == b.main {
			if b.title = clean(d.Title.Title); !visible(b.title) {
				return nil, fmt.Errorf("the document in %s has no title", d.Locale.Tag)
			}
			r.cover()
		}
		if err := r.document(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// identifier is what the file is known by: the identifier of its document,
// or one made of the main one and the languages of all.
func identifier(e *document.Edition) string {
	main := e.Docs[0].Meta.Identifier
	if len(e.Docs) == 1 {
		return main
	}
	h := sha1.New()
	space, _ := hex.DecodeString(strings.ReplaceAll(strings.TrimPrefix(main, "urn:uuid:"), "-", ""))
	h.Write(space)
	for _, d := range e.Docs {
		fmt.Fprintf(h, "%s\n", d.Meta.Lang)
	}
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50 // version 5
	u[8] = u[8]&0x3f | 0x80 // variant of RFC 9562
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// renderer writes the parts of one document.
type renderer struct {
	markup
	book   *book
	doc    *document.Document
	words  speaker
	prefix string // of its file names, where a book has several documents

	file  string                       // the part being written
	names map[*source.ImageFile]string // of the images that were shown, in the whole book
	taken map[string]bool              // names of images in small letters
	refs  map[*document.NoteRef]string // the file of each reference that was written
	level int                          // of the last heading in the part
	pos   diag.Pos                     // of the last block that was begun
	err   error                        // the first broken promise
}

func (r *renderer) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// begin starts a part.
func (r *renderer) begin(file string) {
	r.file = r.prefix + file
	r.markup = markup{}
	r.level = 1
}

// keep gives a part what was written since begin.
func (r *renderer) keep(p *part) {
	p.doc, p.file, p.body = r.doc, r.file, bytes.TrimSuffix(r.out, []byte("\n"))
}

// document writes the parts of the document. The notes come last: by then it
// is known in which part each reference is.
func (r *renderer) document() error {
	d := r.doc
	title := clean(d.Title.Title)
	if title == "" {
		return fmt.Errorf("the document in %s has no title", d.Locale.Tag)
	}
	r.begin(articleFile)
	text := &part{title: words{text: title}, matter: "bodymatter", landmark: "bodymatter", guide: "text"}
	text.outline = r.article(title)
	r.keep(text)
	parts := []*part{text}
	if len(d.Colophon) > 0 {
		r.begin(aboutFile)
		about := &part{title: r.about(), matter: "backmatter", guide: "colophon", level: 1}
		r.keep(about)
		parts = append(parts, about)
	}
	if len(d.Notes) > 0 {
		r.begin(notesFile)
		notes := &part{title: r.notes(), matter: "backmatter", landmark: "endnotes", guide: "notes", level: 1}
		r.keep(notes)
		parts = slices.Insert(parts, 1, notes)
	}
	r.book.parts = append(r.book.parts, parts...)
	r.checkNotes()
	return r.err
}

// checkNotes holds that every reference leads to a note of this document, and
// that every way back leads to a reference.
func (r *renderer) checkNotes() {
	n := 0
	for _, note := range r.doc.Notes {
		for _, ref := range note.Refs {
			if r.refs[ref] == "" {
				r.fail("note %d has a reference that is nowhere in the text", note.Number)
			}
		}
		n += len(note.Refs)
	}
	if n != len(r.refs) {
		r.fail("%d references in the text, %d known to the notes", len(r.refs), n)
	}
}

// section opens the section that a part consists of.
func (r *renderer) section(id, class, kind string) {
	attrs := attr("id", id)
	if class != "" {
		attrs += attr("class", class)
	}
	r.start(block, "section", attrs+attr("epub:type", kind)+attr("role", "doc-"+kind)+
		attr("aria-labelledby", id+"-title")+r.language())
}

// language is the language and direction of the document, as attributes.
func (r *renderer) language() string {
	return langAttrs(r.doc.Locale.Tag, r.doc.Locale.Dir)
}

func langAttrs(tag string, dir locales.Direction) string {
	return attr("lang", tag) + attr("xml:lang", tag) + attr("dir", string(dir))
}

// article writes the title block and the text, and returns the sections.
func (r *renderer) article(title string) []*entry {
	t := &r.doc.Title
	r.section("article", "", "chapter")
	r.start(block, "header", "")
	r.element("p", ` class="kicker"`, t.Section)
	r.element("h1", ` id="article-title"`, title)
	r.element("p", ` class="subtitle" epub:type="subtitle" role="doc-subtitle"`, t.Subtitle)
	r.titleLines("byline", t.Byline)
	r.titleLines("dateline", t.Dateline)
	r.end()
	if t.Abstract != "" {
		r.start(block, "section", ` class="abstract" epub:type="abstract" role="doc-abstract" aria-labelledby="abstract-title"`)
		head := r.words.say(func(l *locales.Labels) string { return l.Abstract })
		r.label("p", ` id="abstract-title" class="label"`, head)
		r.element("p", "", t.Abstract)
		r.end()
	}
	outline := r.sections(r.doc.Blocks)
	r.end()
	return outline
}

// label writes a line of our own words. It has the direction of what it stands
// above, whatever language they are in.
func (r *renderer) label(name, attrs string, w words) {
	r.start(line, name, attrs)
	if w.lang == "" {
		r.text(w.text)
	} else {
		r.start(inline, "bdi", w.attrs())
		r.text(w.text)
		r.end()
	}
	r.end()
}

func (r *renderer) titleLines(class string, lines []document.Line) {
	for _, l := range lines {
		r.start(line, "p", attr("class", class))
		r.inlines(l)
		r.end()
	}
}

// sections writes blocks, and puts each heading and what belongs to it into
// a section of its own.
func (r *renderer) sections(blocks []document.Block) []*entry {
	root := &entry{}
	path := []*entry{root} // the open sections
	levels := []int{1}     // and the levels of their headings
	for _, b := range blocks {
		h, ok := b.(*document.Heading)
		if !ok || r.wordless(h) {
			r.block(b)
			continue
		}
		level := r.headingLevel(h)
		for levels[len(levels)-1] >= level {
			r.end()
			path, levels = path[:len(path)-1], levels[:len(levels)-1]
		}
		e := &entry{id: h.ID, title: clean(plain(h.Text))}
		parent := path[len(path)-1]
		parent.entries = append(parent.entries, e)
		path, levels = append(path, e), append(levels, level)
		r.start(block, "section", attr("id", h.ID))
		r.flush() // the contents lead here
		r.heading(h, level, "")
	}
	for range path[1:] {
		r.end()
	}
	return root.entries
}

// wordless reports whether a heading has no words, so that nobody could hear it
// and the contents had nothing to say of it. It is a paragraph then.
func (r *renderer) wordless(h *document.Heading) bool { return !visible(plain(h.Text)) }

// headingLevel is the level of a heading where none may be left out.
func (r *renderer) headingLevel(h *document.Heading) int {
	r.level = min(max(h.Level, 2), r.level+1, 6)
	return r.level
}

func (r *renderer) heading(h *document.Heading, level int, attrs string) {
	r.pos = h.Pos()
	r.start(line, fmt.Sprintf("h%d", level), attrs)
	r.inlines(h.Text)
	r.end()
}

// notes writes the endnotes, each with a way back to each of its references.
// It returns their heading.
func (r *renderer) notes() words {
	head := r.words.say(func(l *locales.Labels) string { return l.Notes })
	r.section("notes", "endnotes", "endnotes")
	r.label("h1", ` id="notes-title"`, head)
	r.start(block, "ol", listClass(counter(r.doc.Notes[0].Mark)))
	for i, n := range r.doc.Notes {
		if n.Number != i+1 {
			r.fail("note %d stands in place %d", n.Number, i+1)
		}
		r.note(n)
	}
	r.end()
	r.end()
	return head
}

// note writes one endnote. The older readers of Apple know a note by
// "footnote" and others by "endnote"; a role would break the list.
func (r *renderer) note(n *document.Note) {
	attrs := fmt.Sprintf(` id="note-%d"`, n.Number)
	value, err := number(n.Mark)
	if err != nil {
		r.fail("the mark of note %d: %w", n.Number, err)
	}
	if value != n.Number { // the author's own
		attrs += fmt.Sprintf(` value="%d"`, value)
	}
	r.start(block, "li", attrs+` epub:type="endnote footnote"`)
	r.flush() // the references lead here
	blocks, end := n.Blocks, []document.Inline(nil)
	if i := len(blocks) - 1; i >= 0 {
		if p, ok := blocks[i].(*document.Paragraph); ok {
			blocks, end = blocks[:i], p.Text
		}
	}
	r.blocks(blocks)
	r.start(line, "p", "")
	r.inlines(end)
	r.backlinks(n)
	r.end()
	r.end()
}

// backlinks writes the ways back from a note: an arrow for a single one, an
// arrow and a number for each of several. U+FE0E keeps phones from drawing
// the arrow as a picture.
func (r *renderer) backlinks(n *document.Note) {
	loc := r.doc.Locale
	arrow := "↩\ufe0e"
	if loc.Dir == locales.RTL {
		arrow = "↪\ufe0e"
	}
	for _, ref := range n.Refs {
		text, spoken := arrow, r.words.say(func(l *locales.Labels) string { return l.BackToText })
		if len(n.Refs) > 1 {
			i := loc.FormatNumber(ref.Index)
			text += i
			spoken = r.words.say(func(l *locales.Labels) string { return locales.Format(l.BackToRef, "ref", i, "note", n.Mark) })
		}
		href := fmt.Sprintf("#ref-%d-%d", n.Number, ref.Index)
		if file, ok := r.refs[ref]; ok && file != r.file {
			href = file + href
		} // else it is in a note, perhaps in one that comes later
		if r.written == len(r.open) { // something stands before it
			r.raw(" ")
		}
		r.raw(`<a` + attr("href", href) + ` class="backlink" epub:type="backlink" role="doc-backlink"` +
			attr("aria-label", spoken.text) + spoken.attrs() + `>` + text + `</a>`)
	}
}

// about writes the colophon, and returns its heading.
func (r *renderer) about() words {
	head := r.words.say(func(l *locales.Labels) string { return l.About })
	r.section("about", "", "colophon")
	r.label("h1", ` id="about-title"`, head)
	r.start(block, "dl", "")
	for _, f := range r.doc.Colophon {
		r.element("dt", "", f.Label)
		r.start(line, "dd", "")
		r.inlines(f.Value)
		r.end()
	}
	r.end()
	r.end()
	return head
}
