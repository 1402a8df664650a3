package typeset

import (
	"fmt"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source/diag"
)

// row is what stands between two places where a page may end: a line of text,
// the lines of a table that stand side by side, or a picture. All its places
// are from its own upper edge and the left edge of the page.
type row struct {
	before   Length // space above, not at the top of a page
	height   Length
	lines    []Line
	pictures []Picture
	rules    []Rule
	links    []Link

	dests     []int       // places in the book that are here
	bookmarks []*Bookmark // headings that are here
	keep      bool        // the next row stands on the same page, if it can
	head      []*row      // the head of a table, repeated when a page begins here
}

// builder makes rows of the blocks of one document.
type builder struct {
	doc      *document.Document
	paper    *paper
	book     *Book
	warnings *diag.List

	rows  []*row
	links []Link // by run.link; the first one is not used
	notes map[*document.Note]int
	refs  map[*document.NoteRef]int
	start int // Dest of the title

	space   Length   // to be left above the next row
	pos     diag.Pos // of the block that is being set, for warnings
	missing *missing // the first character that no face has
	running []Line   // the running head
}

func newBuilder(doc *document.Document, paper *paper, book *Book, warnings *diag.List) *builder {
	b := &builder{
		doc: doc, paper: paper, book: book, warnings: warnings,
		links: make([]Link, 1),
		notes: make(map[*document.Note]int),
		refs:  make(map[*document.NoteRef]int),
		start: book.newDest(),
	}
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

// link is the number of a link, for run.link.
func (b *builder) link(l Link) int {
	b.links = append(b.links, l)
	return len(b.links) - 1
}

func (b *builder) nextOrder() int {
	b.book.lines++
	return b.book.lines
}

// frame is where blocks are set.
type frame struct {
	x, measure Length
	least      Length // no measure that is indented is narrower
	style      style
	part       Part
}

// indented is the frame moved in at both sides, unless little of the line would
// be left.
func (f frame) indented(left, right Length) frame {
	if f.measure-left-right >= f.least {
		f.x += left
		f.measure -= left + right
	}
	return f
}

// gap leaves space above the next row, if there is not more already.
func (b *builder) gap(l Length) { b.space = max(b.space, l) }

// add adds rows.
func (b *builder) add(rows ...*row) {
	if len(rows) == 0 {
		return
	}
	rows[0].before = b.space
	b.space = 0
	b.rows = append(b.rows, rows...)
}

// document makes the rows of the whole document, until a character is missing.
func (b *builder) document() {
	f := frame{x: b.paper.side, measure: b.paper.measure(), least: b.paper.measure() / 2, style: bodyStyle}
	b.pos = firstPos(b.doc)
	f.part = Title
	b.titleBlock(&b.doc.Title, f)
	f.part = Body
	b.blocks(b.doc.Blocks, f, false)
	f.style = smallStyle
	f.part = Notes
	b.endnotes(f)
	b.pos = firstPos(b.doc)
	f.part = Colophon
	b.colophon(f)
	b.runningHead()
	b.foot(1234567890, 1234567890) // are there glyphs for each digit?
}

// plain sets lines of one string.
func (b *builder) plain(s string, st style, f frame) {
	if s == "" {
		return
	}
	flow := b.flow(st, f.measure)
	flow.add(s)
	b.add(keepAll(b.lineRows(flow.finish(), st, f.x, f.measure, f.part, left))...)
}

// inlineLines sets lines that are given one by one.
func (b *builder) inlineLines(lines []document.Line, st style, f frame) {
	for _, line := range lines {
		flow := b.flow(st, f.measure)
		flow.inlines(line)
		b.add(keepAll(b.lineRows(flow.finish(), st, f.x, f.measure, f.part, left))...)
	}
}

// keepAll keeps rows together, and with what follows.
func keepAll(rows []*row) []*row {
	for _, r := range rows {
		r.keep = true
	}
	return rows
}

func (b *builder) titleBlock(t *document.TitleBlock, f frame) {
	first := len(b.rows)
	b.plain(t.Section, sectionStyle, f)
	b.gap(4 * Pt)
	b.plain(t.Title, titleStyle, f)
	b.gap(4 * Pt)
	b.plain(t.Subtitle, subtitleStyle, f)
	b.gap(12 * Pt)
	b.inlineLines(t.Byline, bylineStyle, f)
	b.gap(2 * Pt)
	b.inlineLines(t.Dateline, datelineStyle, f)
	if t.Abstract != "" {
		b.gap(12 * Pt)
		flow := b.flow(abstractStyle, f.measure)
		flow.add(t.Abstract)
		inner := f.indented(indent, indent)
		b.add(b.lineRows(flow.finish(), abstractStyle, inner.x, inner.measure, f.part, left)...)
	}
	b.space = 0
	b.gap(14 * Pt)
	b.add(&row{height: hairline, rules: []Rule{{f.x, 0, f.measure, hairline}}, keep: true})
	b.gap(16 * Pt)
	b.rows[first].dests = append(b.rows[first].dests, b.start)
}

// runningHead is the title, shortened to one line.
func (b *builder) runningHead() {
	st, measure := runningStyle, b.paper.measure()
	flow := b.flow(st, measure)
	flow.add(b.doc.Title.Title)
	t := flow.finish()
	never := func(int, int) {}
	spans := t.spans(measure, never)
	short := len(spans) > 1
	if short {
		const dots = "…"
		flow.add(dots)
		t = flow.finish()
		end := len(t.drawn) - 1
		room := measure - (t.x[end+1] - t.x[end])
		spans = t.spans(room, never)
		cut := flow.b.flow(st, measure)
		cut.add(strings.TrimRight(string(t.drawn[:spans[0].end]), " ,;:.–—-") + dots)
		t = cut.finish()
		spans = t.spans(measure, never)
	}
	if len(spans) == 0 {
		return
	}
	r := b.lineRow(t, spans[0], st, b.paper.side, measure, Running, center)
	for i := range r.lines {
		r.lines[i].Baseline = b.paper.top - 26*Pt
	}
	b.running = r.lines
}

// foot is the line with the number of a page.
func (b *builder) foot(page, pages int) []Line {
	l := b.doc.Locale
	flow := b.flow(footStyle, b.paper.measure())
	flow.add(locales.Format(l.Labels.Page, "page", l.FormatNumber(page), "pages", l.FormatNumber(pages)))
	t := flow.finish()
	spans := t.spans(b.paper.measure(), func(int, int) {})
	if len(spans) == 0 {
		return nil
	}
	r := b.lineRow(t, spans[0], footStyle, b.paper.side, b.paper.measure(), Running, center)
	for i := range r.lines {
		r.lines[i].Baseline = b.paper.height - b.paper.bottom + 36*Pt
	}
	return r.lines
}

// blocks sets blocks one below the other. Paragraphs of a tight list have no
// space between them.
func (b *builder) blocks(blocks []document.Block, f frame, tight bool) {
	for _, block := range blocks {
		if b.missing != nil {
			return
		}
		b.pos = block.Pos()
		b.block(block, f, tight)
	}
}

func (b *builder) block(block document.Block, f frame, tight bool) {
	switch block := block.(type) {
	case *document.Heading:
		b.heading(block, f)
	case *document.Paragraph:
		b.betweenParagraphs(f, tight)
		b.add(b.paragraph(block.Text, f)...)
		b.betweenParagraphs(f, tight)
	case *document.Figure:
		b.figure(block, f)
	case *document.Quote:
		b.gap(blockSpace)
		b.blocks(block.Blocks, f.indented(indent, indent), false)
		b.gap(blockSpace)
	case *document.List:
		b.list(block, f, tight)
	case *document.CodeBlock:
		b.gap(blockSpace)
		b.code(block, f.indented(indent, 0))
		b.gap(blockSpace)
	case *document.Table:
		b.gap(blockSpace)
		b.table(block, f)
		b.gap(blockSpace)
	case *document.Rule:
		b.gap(blockSpace)
		const length = 72 * Pt
		b.add(&row{height: hairline, rules: []Rule{{f.x + max(0, f.measure-length)/2, 0, min(length, f.measure), hairline}}})
		b.gap(blockSpace)
	default:
		panic(fmt.Sprintf("typeset: unknown block %T", block))
	}
}

func (b *builder) betweenParagraphs(f frame, tight bool) {
	if !tight {
		b.gap(f.style.paragraphSpace())
	}
}

func (b *builder) paragraph(inlines []document.Inline, f frame) []*row {
	flow := b.flow(f.style, f.measure)
	flow.inlines(inlines)
	return b.lineRows(flow.finish(), f.style, f.x, f.measure, f.part, left)
}

func (b *builder) heading(h *document.Heading, f frame) {
	st := headingStyles[min(max(h.Level, 2), len(headingStyles)-1)]
	flow := b.flow(st.style, f.measure)
	flow.inlines(h.Text)
	b.titled(flow, st.style, st.above, f, h.Level-2)
}

// label sets a heading of our own.
func (b *builder) label(s string, f frame) {
	if s == "" {
		return
	}
	st := headingStyles[2]
	flow := b.flow(st.style, f.measure)
	flow.add(s)
	f.part = Label
	b.titled(flow, st.style, st.above+6*Pt, f, 0)
}

// titled sets a heading and its bookmark.
func (b *builder) titled(flow *flow, st style, above Length, f frame, level int) {
	t := flow.finish()
	b.gap(above)
	rows := keepAll(b.lineRows(t, st, f.x, f.measure, f.part, left))
	if title := t.words(); title != "" && len(rows) > 0 {
		dest := b.book.newDest()
		rows[0].dests = append(rows[0].dests, dest)
		rows[0].bookmarks = append(rows[0].bookmarks, &Bookmark{Title: title, Level: level, Dest: dest})
	}
	b.add(rows...)
	b.gap(belowHeading)
}

// words is the text without marks, addresses of links and pictures, on one line.
func (t *text) words() string {
	var s strings.Builder
	for i := range t.runs {
		if r := &t.runs[i]; r.kind != Mark && r.kind != Address && r.image == nil {
			for _, c := range t.drawn[t.start(i):r.end] {
				if !ignorable(c) {
					s.WriteRune(c)
				}
			}
		}
	}
	return strings.Join(strings.Fields(s.String()), " ")
}

func (b *builder) figure(fig *document.Figure, f frame) {
	const below = 5 * Pt // between picture and caption
	caption := b.flow(smallStyle, f.measure)
	caption.inlines(fig.Caption)
	rows := keepAll(b.lineRows(caption.finish(), smallStyle, f.x, f.measure, f.part, center))
	room := b.paper.textHeight() * 85 / 100
	for _, r := range rows {
		room -= r.height
	}
	w, h := fit(fig.Picture.Image, f.measure, max(room, b.paper.textHeight()/2))
	b.gap(figureSpace)
	picture := &row{height: h, keep: len(rows) > 0}
	picture.pictures = []Picture{{X: f.x + (f.measure-w)/2, Width: w, Height: h, Image: fig.Picture.Image, Turn: turnOf(fig.Picture.Image)}}
	b.add(picture)
	b.gap(below)
	if n := len(rows); n > 0 {
		rows[n-1].keep = false
		b.add(rows...)
	}
	b.gap(figureSpace)
}

func (p *paper) textHeight() Length { return p.height - p.top - p.bottom }

// code sets code in the face of the text, since there is no other; it keeps its
// lines and spaces.
func (b *builder) code(c *document.CodeBlock, f frame) {
	flow := b.flow(f.style, f.measure)
	flow.add(strings.ReplaceAll(strings.TrimSuffix(c.Text, "\n"), "\t", "    "))
	b.add(b.lineRows(flow.finish(), f.style, f.x, f.measure, f.part, left)...)
}

func (b *builder) list(l *document.List, f frame, tight bool) {
	space := itemSpace
	if l.Tight {
		space = 1 * Pt
	}
	if tight {
		b.gap(1 * Pt)
	} else {
		b.gap(f.style.paragraphSpace())
	}
	markers := make([]*text, len(l.Items))
	hang := minHang
	for i, item := range l.Items {
		markers[i] = b.marker(item.Marker, f.style, 0)
		hang = max(hang, markers[i].x[len(markers[i].drawn)]+markerGap)
	}
	inner := f.indented(min(hang, f.measure/2), 0)
	for i, item := range l.Items {
		if b.missing != nil {
			return
		}
		marker := b.markerRow(markers[i], inner)
		first := len(b.rows)
		b.blocks(item.Blocks, inner, l.Tight)
		b.mark(first, marker)
		b.space = 0
		b.gap(space)
	}
	b.space = 0
	b.gap(f.style.paragraphSpace())
	if tight {
		b.space = 1 * Pt
	}
}

// marker is the marker of an item or the number of a note.
func (b *builder) marker(s string, st style, link int) *text {
	flow := b.flow(st, b.paper.measure())
	flow.run.kind, flow.run.link = Number, link
	flow.add(s)
	return flow.finish()
}

// markerRow sets a marker to the left of a frame.
func (b *builder) markerRow(marker *text, f frame) *row {
	n := len(marker.drawn)
	width := marker.x[n]
	return b.lineRow(marker, span{end: n}, f.style, f.x-markerGap-width, width, f.part, left)
}

// mark puts the marker m before the first of the rows from first on, and
// returns that row. An item without rows gets one, and so does one that begins
// with an item which is not indented: its marker stands in the same place.
func (b *builder) mark(first int, m *row) *row {
	if first == len(b.rows) {
		b.add(m)
		return m
	}
	r := b.rows[first]
	if len(r.lines) > 0 && len(m.lines) > 0 && r.lines[0].Pieces[0].X < m.lines[0].end() {
		m.before, r.before = r.before, 0
		m.keep = true
		b.rows = slices.Insert(b.rows, first, m)
		return m
	}
	r.links = append(m.links, r.links...)
	if len(r.lines) > 0 && len(m.lines) > 0 {
		// On the baseline of the first line, which may be a heading.
		lift := r.lines[0].Baseline - m.lines[0].Baseline
		for i := range m.links {
			r.links[i].Y += lift
		}
		line := &r.lines[0]
		line.Pieces = append(m.lines[0].Pieces, line.Pieces...)
		return r
	}
	r.lines = append(m.lines, r.lines...)
	return r
}

func (b *builder) endnotes(f frame) {
	if len(b.doc.Notes) == 0 {
		return
	}
	b.pos = b.doc.Notes[0].Pos
	b.label(b.doc.Locale.Labels.Notes, f)
	numbers := make([]*text, len(b.doc.Notes))
	hang := minHang
	for i, n := range b.doc.Notes {
		link := 0
		if len(n.Refs) > 0 {
			link = b.wayBack(n, 0)
		}
		numbers[i] = b.marker(n.Mark+".", f.style, link)
		hang = max(hang, numbers[i].x[len(numbers[i].drawn)]+markerGap)
	}
	inner := f.indented(min(hang, f.measure/2), 0)
	for i, n := range b.doc.Notes {
		if b.missing != nil {
			return
		}
		b.pos = n.Pos
		number := b.markerRow(numbers[i], inner)
		first := len(b.rows)
		b.note(n, inner)
		r := b.mark(first, number)
		r.dests = append(r.dests, b.notes[n])
		b.space = 0
		b.gap(noteSpace)
	}
}

// note sets the blocks of a note, and after them a way back to each reference
// where there are several. To a single one, the number of the note leads.
func (b *builder) note(n *document.Note, f frame) {
	blocks := n.Blocks
	var last *document.Paragraph
	if len(blocks) > 0 {
		if p, ok := blocks[len(blocks)-1].(*document.Paragraph); ok {
			last, blocks = p, blocks[:len(blocks)-1]
		}
	}
	b.blocks(blocks, f, false)
	flow := b.flow(f.style, f.measure)
	if last != nil {
		b.pos = last.Pos()
		flow.inlines(last.Text)
	}
	if len(n.Refs) > 1 {
		for i := range n.Refs {
			if i > 0 {
				flow.mark(" ", Back, 0, -1)
			} else {
				flow.mark("\u00A0", Back, 0, -1)
			}
			flow.mark(letters(i), Back, b.wayBack(n, i), -1)
		}
	}
	t := flow.finish()
	if len(t.drawn) == 0 {
		return
	}
	if len(blocks) > 0 {
		b.gap(f.style.paragraphSpace())
	}
	b.add(b.lineRows(t, f.style, f.x, f.measure, f.part, left)...)
}

// wayBack is the number of a link to one of the references to a note.
func (b *builder) wayBack(n *document.Note, ref int) int {
	labels := &b.doc.Locale.Labels
	spoken := labels.BackToText
	if len(n.Refs) > 1 {
		spoken = locales.Format(labels.BackToRef, "ref", b.doc.Locale.FormatNumber(n.Refs[ref].Index), "note", n.Mark)
	}
	return b.link(Link{Dest: b.refs[n.Refs[ref]], Spoken: spoken})
}

// letters counts a, b … z, aa, ab …
func letters(i int) string {
	s := string(rune('a' + i%26))
	for i = i/26 - 1; i >= 0; i = i/26 - 1 {
		s = string(rune('a'+i%26)) + s
	}
	return s
}

func (b *builder) colophon(f frame) {
	if len(b.doc.Colophon) == 0 || b.missing != nil {
		return
	}
	labels := &b.doc.Locale.Labels
	b.label(labels.About, f)
	for _, field := range b.doc.Colophon {
		const value = "\x00" // stands where the value goes
		before, after, _ := strings.Cut(locales.Format(labels.Field, "label", field.Label, "value", value), value)
		flow := b.flow(f.style, f.measure)
		flow.add(before)
		flow.inlines(field.Value)
		flow.add(after)
		b.add(b.lineRows(flow.finish(), f.style, f.x, f.measure, f.part, left)...)
		b.gap(2 * Pt)
	}
}
