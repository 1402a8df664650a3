package typeset

import (
	"fmt"
	"strings"
	"unicode"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
	"qalam/source/diag"
)

// builder collects what stands on the pages of one document.
type builder struct {
	doc    *document.Document
	sheet  *sheet
	book   *Book
	diags  *diag.List
	family *fonts.Family
	setter *paragraph.Setter // for what has to be known while collecting
	glyphs glyphs

	styles *styles
	lang   string
	dir    locales.Direction

	items []*item
	texts []*text // of the items, to be set
	links []Link  // by about.link; the first one is not used
	notes map[*document.Note]int
	refs  map[*document.NoteRef]int
	start int // Dest of the title
	sect  *Elem

	listing []*document.Link // the list of links, by number
	numbers map[string]int   // of links in it, by address

	space   Length   // to be left above the next item
	pos     diag.Pos // of the block that is collected, for what is said of it
	after   after    // what the last item was
	markers []*text  // to stand beside the next item
	head    *text    // the running head
	natural natural  // how far the faces reach
}

// after says what a paragraph follows.
type after uint8

const (
	anything after = iota
	aParagraph
	aHeading
)

// item is something that stands by itself between others: one of text, table
// and row.
type item struct {
	before Length // space above, not at the top of a page

	text    *text
	table   *table
	row     *row    // a rule, a picture
	markers []*text // beside the first line of the text

	whole    bool  // all lines stay together
	keep     bool  // the next item stays with this one
	grid     bool  // its first line stands on the grid of the body
	dests    []int // places in the book that are here
	bookmark *Bookmark
}

func newBuilder(doc *document.Document, sheet *sheet, family *fonts.Family, book *Book, diags *diag.List) *builder {
	b := &builder{
		doc: doc, sheet: sheet, book: book, diags: diags, family: family,
		setter:  paragraph.NewSetter(family),
		styles:  newStyles(doc),
		lang:    doc.Locale.Tag,
		dir:     doc.Locale.Dir,
		links:   make([]Link, 1),
		notes:   make(map[*document.Note]int),
		refs:    make(map[*document.NoteRef]int),
		start:   book.newDest(),
		numbers: make(map[string]int),
		sect:    book.Root.add("Sect"),
	}
	b.glyphs = glyphs{
		doc: doc, family: family, lang: b.lang, script: doc.Locale.Script,
		box: doc.Settings.PDF.Missing == "box", diags: diags,
	}
	b.sect.Lang, b.sect.Title = b.lang, doc.Title.Title
	for _, n := range doc.Notes {
		b.notes[n] = book.newDest()
		for _, ref := range n.Refs {
			b.refs[ref] = book.newDest()
		}
	}
	return b
}

func (b *Book) newDest() int {
	b.Dests = append(b.Dests, Dest{})
	return len(b.Dests) - 1
}

// link is the number of a link, for about.link.
func (b *builder) link(l Link) int {
	b.links = append(b.links, l)
	return len(b.links) - 1
}

// frame is where blocks are set.
type frame struct {
	x, measure Length // x from the left edge of the text of a page
	least      Length // no measure that is indented is narrower
	text       style  // of paragraphs
	part       Part
	elem       *Elem
}

// indented is the frame moved in at its start and its end, unless little of
// the line would be left.
func (b *builder) indented(f frame, start, end Length) frame {
	if f.measure-start-end >= f.least {
		if b.dir == locales.RTL {
			f.x += end
		} else {
			f.x += start
		}
		f.measure -= start + end
	}
	return f
}

// within is the frame in a kid of its element.
func (f frame) within(role string) frame {
	f.elem = f.elem.add(role)
	return f
}

// gap leaves space above the next item, if there is not more already.
func (b *builder) gap(l Length) { b.space = max(b.space, l) }

// add adds an item.
func (b *builder) add(it *item) {
	if it.text == nil || len(it.text.par.Runs) == 0 {
		b.flushMarkers()
	}
	if it.text != nil && len(it.text.par.Runs) == 0 {
		it.text.elem.drop()
		return
	}
	it.before = b.space
	it.markers = append(it.markers, b.markers...)
	b.space, b.markers, b.after = 0, nil, anything
	b.items = append(b.items, it)
}

// flushMarkers sets markers that stand beside no line of text on a line of
// their own.
func (b *builder) flushMarkers() {
	if len(b.markers) > 0 {
		b.items = append(b.items, &item{before: b.space, markers: b.markers, whole: true, keep: true})
		b.space, b.markers = 0, nil
	}
}

// collect collects the whole document.
func (b *builder) collect() {
	measure := b.sheet.measure()
	f := frame{measure: measure, least: measure / 2, text: b.styles.body, elem: b.sect}
	b.pos = firstPos(b.doc)
	f.part = Title
	b.titleBlock(&b.doc.Title, f)
	f.part = Body
	b.blocks(b.doc.Blocks, f, false)
	f.text = b.styles.note
	f.part = Notes
	b.endnotes(f)
	b.pos = firstPos(b.doc)
	b.linkList(f)
	f.part = Colophon
	b.colophon(f)
	b.head = b.runningHead()
	b.glyphs.check(b.footWords(1234567890, 1234567890), b.pos) // each digit
}

// firstPos is the file that a document was written in, as far as its text
// tells.
func firstPos(doc *document.Document) diag.Pos {
	for _, block := range doc.Blocks {
		if path := block.Pos().Path; path != "" {
			return diag.Pos{Path: path}
		}
	}
	for _, n := range doc.Notes {
		if n.Pos.Path != "" {
			return diag.Pos{Path: n.Pos.Path}
		}
	}
	return diag.Pos{}
}

// plain sets a string, as an element of the structure.
func (b *builder) plain(s string, st style, f frame, role string) {
	if s == "" {
		return
	}
	flow := b.flow(st, f, f.elem.add(role))
	flow.add(s)
	b.add(&item{text: flow.finish(), whole: true, keep: true})
}

// lines sets lines that are given one by one.
func (b *builder) lines(lines []document.Line, st style, f frame) {
	for _, line := range lines {
		flow := b.flow(st, f, f.elem.add("P"))
		flow.inlines(line)
		b.add(&item{text: flow.finish(), whole: true, keep: true})
	}
}

func (b *builder) titleBlock(t *document.TitleBlock, f frame) {
	half := b.styles.half()
	b.plain(t.Section, b.styles.section, f, "P")
	b.gap(half / 2)
	b.plain(t.Title, b.styles.title, f, "H1")
	b.gap(half / 2)
	b.plain(t.Subtitle, b.styles.subtitle, f, "P")
	b.gap(half * 3 / 2)
	b.lines(t.Byline, b.styles.byline, f)
	b.lines(t.Dateline, b.styles.dateline, f)
	if t.Abstract != "" {
		b.gap(2 * half)
		inner := b.indented(f, b.styles.em*2, b.styles.em*2)
		label := inner
		label.part = Label
		b.plain(b.doc.Locale.Labels.Abstract, b.styles.label, label, "P")
		flow := b.flow(b.styles.abstract, inner, f.elem.add("P"))
		flow.add(t.Abstract)
		b.add(&item{text: flow.finish()})
	}
	b.space = 0
	b.gap(half * 3 / 2)
	b.add(&item{row: &row{height: hairline, rules: []Rule{{f.x, 0, f.measure, hairline}}}, keep: true})
	b.gap(2 * half)
	b.items[0].dests = append(b.items[0].dests, b.start)
}

// blocks collects blocks one below the other. Paragraphs of a tight list have
// no space between them.
func (b *builder) blocks(blocks []document.Block, f frame, tight bool) {
	for _, block := range blocks {
		b.pos = block.Pos()
		b.block(block, f, tight)
	}
}

func (b *builder) block(block document.Block, f frame, tight bool) {
	space := b.styles.half()
	if f.part == Notes {
		space = space * 2 / 3
	}
	switch block := block.(type) {
	case *document.Heading:
		b.heading(block, f)
	case *document.Paragraph:
		b.paragraph(block.Text, f, tight)
	case *document.Figure:
		b.figure(block, f)
	case *document.Quote:
		b.gap(space)
		b.after = anything
		b.blocks(block.Blocks, b.indented(f.within("BlockQuote"), b.styles.em*2, b.styles.em*2), false)
		b.after = anything
		b.gap(space)
	case *document.List:
		b.list(block, f, tight)
	case *document.CodeBlock:
		b.gap(space)
		b.code(block, b.indented(f, b.styles.em*2, 0))
		b.gap(space)
	case *document.Table:
		b.gap(2 * space)
		b.table(block, f)
		b.gap(2 * space)
	case *document.Rule:
		b.gap(2 * space)
		length := min(72*Pt, f.measure)
		b.add(&item{row: &row{height: hairline, rules: []Rule{{f.x + (f.measure-length)/2, 0, length, hairline}}}})
		b.gap(2 * space)
	default:
		panic(fmt.Sprintf("typeset: unknown block %T", block))
	}
}

// paragraph collects a paragraph of running text. One that follows another is
// told from it by its indented first line; one whose lines end where the author
// has them end, as those of a poem, by a space, since all of them begin alike.
func (b *builder) paragraph(inlines []document.Inline, f frame, tight bool) {
	flow := b.flow(f.text, f, f.elem.add("P"))
	if f.part == Body && !tight && len(b.markers) == 0 {
		switch {
		case hasBreak(inlines):
			if b.after == aParagraph {
				b.gap(b.styles.half())
			}
		case b.after == aParagraph, scriptOf(b.doc).always && f.elem == b.sect:
			flow.indent(f.text.indent)
		}
	}
	flow.inlines(inlines)
	if b.after == aParagraph && f.part != Body {
		b.gap(b.styles.half() / 2)
	}
	b.add(&item{text: flow.finish(), grid: f.part == Body})
	b.after = aParagraph
}

// hasBreak reports whether an author ends lines in a text.
func hasBreak(inlines []document.Inline) bool {
	for _, in := range inlines {
		found := false
		switch in := in.(type) {
		case *document.Break:
			found = true
		case *document.Emph:
			found = hasBreak(in.Text)
		case *document.Strong:
			found = hasBreak(in.Text)
		case *document.Strike:
			found = hasBreak(in.Text)
		case *document.Link:
			found = hasBreak(in.Text)
		case *document.Span:
			found = hasBreak(in.Text)
		case *document.Text, *document.Code, *document.Picture, *document.NoteGroup:
		default:
			panic(fmt.Sprintf("typeset: unknown inline %T", in))
		}
		if found {
			return true
		}
	}
	return false
}

func (b *builder) heading(h *document.Heading, f frame) {
	level := min(max(h.Level, 2), len(b.styles.heading)-1)
	st := b.styles.heading[level]
	half := b.styles.half()
	above := 3 * half
	if level == 2 {
		above = 4 * half
	}
	if f.part != Body {
		above = 2 * half
	}
	if b.after == aHeading {
		above = half
	}
	flow := b.flow(st, f, f.elem.add(fmt.Sprintf("H%d", level)))
	flow.inlines(h.Text)
	b.titled(flow, document.Plain(h.Text), above, h.Level-2)
}

// label collects a heading of our own.
func (b *builder) label(s string, f frame) {
	if s == "" {
		return
	}
	f.part = Label
	flow := b.flow(b.styles.heading[2], f, f.elem.add("H2"))
	flow.add(s)
	b.titled(flow, s, 5*b.styles.half(), 0)
}

// titled collects a heading and its bookmark.
func (b *builder) titled(flow *flow, title string, above Length, level int) {
	it := &item{text: flow.finish(), whole: true, keep: true}
	if title := strings.Join(strings.Fields(withoutControls(title)), " "); title != "" && len(it.text.par.Runs) > 0 {
		dest := b.book.newDest()
		it.dests = append(it.dests, dest)
		it.bookmark = &Bookmark{Title: title, Level: level, Dest: dest}
	}
	b.gap(above)
	b.add(it)
	b.gap(b.styles.half() / 2)
	b.after = aHeading
}

// withoutControls is a string without characters that are never drawn.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if !drawn(r) && r != '\u00A0' && r != ' ' {
			return -1
		}
		return r
	}, s)
}

// figure collects an image and its caption, which stay together.
func (b *builder) figure(fig *document.Figure, f frame) {
	half := b.styles.half()
	pic := fig.Picture
	var elem *Elem
	if pic.Alt != "" {
		elem = f.elem.add("Figure")
		elem.Alt = pic.Alt
	}
	var caption *text
	if len(fig.Caption) > 0 {
		role := "Caption"
		if elem == nil {
			role = "P"
		}
		st := b.styles.caption
		st.align = paragraph.Center
		flow := b.flow(st, b.indented(f, b.styles.em, b.styles.em), f.elem.add(role))
		flow.inlines(fig.Caption)
		caption = flow.finish()
		caption.set(b.setter)
	}
	room := b.sheet.textHeight() * 85 / 100
	if caption != nil {
		room -= b.styles.caption.leading*Length(len(caption.lines)) + half
	}
	w, h := fit(pic.Image, f.measure, max(room, b.sheet.textHeight()/2))
	b.gap(2 * half)
	r := &row{height: h}
	r.pictures = []Picture{{X: f.x + (f.measure-w)/2, Width: w, Height: h, Image: pic.Image, Turn: turnOf(pic.Image), Elem: elem}}
	// Rather smaller than a page that is half empty.
	if least := max(h/2, b.sheet.textHeight()/3); least < h {
		r.least = least
	}
	b.add(&item{row: r, keep: caption != nil})
	if caption != nil {
		b.gap(half * 2 / 3)
		b.add(&item{text: caption, whole: true})
	}
	b.gap(2 * half)
}

// code collects code, which keeps its lines and spaces.
func (b *builder) code(c *document.CodeBlock, f frame) {
	st := b.styles.code
	if f.part == Notes {
		st.size = percent(b.styles.note.size, codeSize)
		st.leading = b.styles.note.leading
	}
	code := strings.ReplaceAll(strings.TrimSuffix(c.Text, "\n"), "\t", "    ")
	if strings.TrimSpace(withoutControls(code)) == "" {
		return
	}
	flow := b.flow(st, f, f.elem.add("P").add("Code"))
	flow.t.par.Dir = locales.LTR
	flow.run.Verbatim = true
	flow.add(code)
	b.add(&item{text: flow.finish()})
}

func (b *builder) list(l *document.List, f frame, tight bool) {
	half := b.styles.half()
	around, between := half, half/2
	if tight {
		around = 0
	}
	if l.Tight {
		between = 0
	}
	b.gap(around)
	f = f.within("L")
	f.elem.Ordered = l.Ordered
	markers := make([]*text, len(l.Items))
	bodies := make([]*Elem, len(l.Items))
	for i, item := range l.Items {
		li := f.elem.add("LI")
		markers[i] = b.marker(item.Marker, f, li.add("Lbl"), 0)
		bodies[i] = li.add("LBody")
	}
	inner := b.hanging(markers, f)
	for i, item := range l.Items {
		b.setMarker(markers[i], inner)
		inner.elem = bodies[i]
		b.after = anything
		b.blocks(item.Blocks, inner, l.Tight)
		b.flushMarkers()
		b.space = 0
		b.gap(between)
	}
	b.space = 0
	b.gap(around)
	b.after = anything
}

// marker is the marker of an item or the number of a note, as an element of
// the structure.
func (b *builder) marker(s string, f frame, elem *Elem, link int) *text {
	flow := b.flow(f.text, f, elem)
	flow.t.par.Align, flow.t.par.Measure = paragraph.Start, b.sheet.measure()
	flow.t.par.Hyphenate, flow.t.par.Hang = false, false
	flow.about.kind, flow.about.link = Number, link
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		flow.t.par.Lang = "und-Latn" // the bullet of Han faces is a faint dot
	}
	flow.add(s)
	return flow.now()
}

// hanging is the frame beside markers: as far from the edge of f as the widest
// needs.
func (b *builder) hanging(markers []*text, f frame) frame {
	hang := f.text.size * 3 / 2
	for _, m := range markers {
		left, right := m.extent()
		hang = max(hang, right-left+f.text.size*markerGap/100)
	}
	return b.indented(f, min(hang, f.measure/2), 0)
}

// markerGap is the space between a marker and its item, in hundredths of the
// size.
const markerGap = 55

// setMarker puts a marker beside the next item, before a frame.
func (b *builder) setMarker(m *text, f frame) {
	gap := f.text.size * markerGap / 100
	left, right := m.extent()
	if b.dir == locales.RTL {
		m.x = f.x + f.measure + gap - left
	} else {
		m.x = f.x - gap - right
	}
	for _, other := range b.markers {
		// One that would stand on another has a line of its own.
		if l, r := other.extent(); m.x+left < other.x+r && other.x+l < m.x+right {
			b.flushMarkers()
			break
		}
	}
	b.markers = append(b.markers, m)
}
