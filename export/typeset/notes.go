package typeset

import (
	"fmt"
	"strings"

	"qalam/export/document"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
)

func (b *builder) endnotes(f frame) {
	if len(b.doc.Notes) == 0 {
		return
	}
	b.pos = b.doc.Notes[0].Pos
	b.label(b.doc.Locale.Labels.Notes, f)
	numbers := make([]*text, len(b.doc.Notes))
	elems := make([]*Elem, len(b.doc.Notes))
	for i, n := range b.doc.Notes {
		b.pos = n.Pos
		elems[i] = f.elem.add("Note")
		b.book.notes++
		elems[i].ID = fmt.Sprintf("note-%d", b.book.notes)
		label, link := elems[i].add("Lbl"), 0
		if len(n.Refs) > 0 {
			label = label.add("Link")
			link = b.wayBack(n, 0, label)
		}
		numbers[i] = b.marker(n.Mark+".", f, label, link)
	}
	inner := b.hanging(numbers, f)
	for i, n := range b.doc.Notes {
		b.pos = n.Pos
		b.setMarker(numbers[i], inner)
		inner.elem = elems[i]
		first := len(b.items)
		b.note(n, inner)
		b.flushMarkers()
		b.items[first].dests = append(b.items[first].dests, b.notes[n])
		b.space = 0
		b.gap(b.styles.half() / 3)
	}
}

// note collects the blocks of a note, and after them a way back to each
// reference where there are several. To a single one, the number of the note
// leads.
func (b *builder) note(n *document.Note, f frame) {
	blocks := n.Blocks
	var last *document.Paragraph
	if len(blocks) > 0 {
		if p, ok := blocks[len(blocks)-1].(*document.Paragraph); ok {
			last, blocks = p, blocks[:len(blocks)-1]
		}
	}
	b.after = anything
	b.blocks(blocks, f, false)
	if last == nil && len(n.Refs) < 2 {
		return
	}
	flow := b.flow(f.text, f, f.elem.add("P"))
	if last != nil {
		b.pos = last.Pos()
		flow.inlines(last.Text)
	}
	if len(n.Refs) > 1 {
		for i := range n.Refs {
			space := " "
			if i == 0 {
				space = "\u00A0"
			}
			flow.back(space, about{kind: Back, dest: -1})
			link := flow.about.elem.add("Link")
			flow.back(backArrow, about{kind: Back, link: b.wayBack(n, i, link), dest: -1})
		}
	}
	if b.after == aParagraph {
		b.gap(b.styles.half() / 2)
	}
	b.add(&item{text: flow.finish()})
}

// back adds a part of the ways back, which stand raised behind the note. They
// are there to be seen: a screen reader says what the links are for.
func (f *flow) back(s string, is about) {
	run, was := f.run, f.about
	f.run.Size, f.run.Rise = superscript(run)
	f.about = is
	f.add(s)
	f.run, f.about = run, was
}

// backArrow leads back from a note to one of its references, if it has several.
const backArrow = "↑"

// wayBack is the number of a link to one of the references to a note.
func (b *builder) wayBack(n *document.Note, ref int, elem *Elem) int {
	labels := &b.doc.Locale.Labels
	spoken := labels.BackToText
	if len(n.Refs) > 1 {
		spoken = locales.Format(labels.BackToRef, "ref", b.doc.Locale.FormatNumber(n.Refs[ref].Index), "note", n.Mark)
	}
	return b.link(Link{Dest: b.refs[n.Refs[ref]], Spoken: spoken, Elem: elem})
}

// listed is the number of a link in the list of links. Links to one address
// have one number.
func (b *builder) listed(l *document.Link) int {
	n, ok := b.numbers[l.URL]
	if !ok {
		b.listing = append(b.listing, l)
		n = len(b.listing)
		b.numbers[l.URL] = n
	}
	return n
}

// linkList collects the list of the addresses that the text does not show.
func (b *builder) linkList(f frame) {
	if len(b.listing) == 0 {
		return
	}
	f.part = Label
	b.label(b.doc.Locale.Labels.Links, f)
	f = f.within("L")
	f.elem.Ordered = true
	numbers := make([]*text, len(b.listing))
	bodies := make([]*Elem, len(b.listing))
	for i := range b.listing {
		li := f.elem.add("LI")
		flow := b.flow(f.text, f, li.add("Lbl"))
		flow.t.par.Align, flow.t.par.Measure = paragraph.Start, b.sheet.measure()
		flow.about.kind = Address
		flow.add("[" + b.doc.Locale.FormatNumber(i+1) + "]")
		numbers[i] = flow.now()
		bodies[i] = li.add("LBody")
	}
	inner := b.hanging(numbers, f)
	for i, l := range b.listing {
		b.setMarker(numbers[i], inner)
		link := bodies[i].add("Link")
		flow := b.flow(f.text, inner, link)
		flow.about.kind = Address
		flow.about.link = b.link(Link{URL: l.URL, Spoken: l.URL, Elem: link})
		flow.run.Verbatim = true
		flow.put(leftToRightIsolate + b.printable(l.Address()) + popIsolate)
		flow.t.par.Align = paragraph.Start
		b.add(&item{text: flow.finish()})
	}
}

func (b *builder) colophon(f frame) {
	if len(b.doc.Colophon) == 0 {
		return
	}
	labels := &b.doc.Locale.Labels
	b.label(labels.About, f)
	for i, field := range b.doc.Colophon {
		const value = "\x00" // stands where the value goes
		before, after, _ := strings.Cut(locales.Format(labels.Field, "label", field.Label, "value", value), value)
		flow := b.flow(f.text, f, f.elem.add("P"))
		flow.t.par.Align = paragraph.Start
		flow.add(before)
		flow.inlines(field.Value)
		flow.add(after)
		b.add(&item{text: flow.finish(), whole: true, keep: i < len(b.doc.Colophon)-1})
	}
}

// runningHead is the title, shortened to one line.
func (b *builder) runningHead() *text {
	f := frame{measure: b.sheet.measure(), part: Running}
	set := func(s string) *text {
		flow := b.flow(b.styles.head, f, nil)
		flow.add(s)
		return flow.now()
	}
	title := b.doc.Title.Title
	t := set(title)
	if len(t.lines) < 2 {
		return t
	}
	short := title[:min(len(words(&t.lines[0])), len(title))]
	for {
		short = strings.TrimRight(strings.ToValidUTF8(short, ""), " ,;:.–—-")
		if t = set(short + "…"); len(t.lines) < 2 {
			return t
		}
		// A word less, or a few letters.
		cut := strings.LastIndexByte(short, ' ')
		if cut < 0 {
			cut = len(short) * 7 / 8
		}
		short = short[:cut]
	}
}

// words is the text of a line.
func words(l *paragraph.Line) string {
	var s strings.Builder
	for _, p := range l.Pieces {
		s.WriteString(p.Text)
	}
	return s.String()
}

// footWords are the words below a page.
func (b *builder) footWords(page, pages int) string {
	l := b.doc.Locale
	return locales.Format(l.Labels.Page, "page", l.FormatNumber(page), "pages", l.FormatNumber(pages))
}
