package typeset

import (
	"slices"

	"qalam/export/typeset/paragraph"
	"qalam/locales"
)

// paginator puts rows on pages.
type paginator struct {
	b     *builder
	book  *Book
	first int // index of the first page of the document
	level int // of its first headings in the outline
	grid  Length

	page  *Page
	y     Length // where the next row begins
	last  int    // level of the last bookmark
	begun bool   // whether there was one
}

// place puts items on pages, each as full as it can be. Rows that are kept
// together stand on one page if a page has room for them.
func (p *paginator) place(items []*item) {
	leading, _ := p.b.lead(p.b.styles.body)
	p.grid = leading / 2
	p.newPage()
	var rows []*row // kept together so far
	for i, it := range items {
		for _, r := range p.b.rows(it) {
			rows = append(rows, r)
			if !r.keep {
				p.group(rows)
				rows = rows[:0]
			}
		}
		items[i] = nil
	}
	if len(rows) > 0 {
		p.group(rows)
	}
}

// group places rows that are kept together. Where no page has room for all of
// them, the rows of each item still are.
func (p *paginator) group(rows []*row) {
	for !p.fits(rows) {
		n := 1 // rows of the first item
		for n < len(rows) && rows[n-1].inner {
			n++
		}
		if n == len(rows) {
			for _, r := range rows {
				if p.down(r, p.y)+r.height > p.end() && p.y > p.top() {
					p.newPage()
					p.repeat(r)
				}
				p.put(r)
			}
			return
		}
		p.group(rows[:n])
		rows = rows[n:]
	}
	y := p.y
	for _, r := range rows {
		y = p.down(r, y) + r.height
	}
	if y > p.end() && !shrinkPicture(rows, y-p.end()) {
		p.newPage()
		p.repeat(rows[0])
	}
	for _, r := range rows {
		p.put(r)
	}
}

// fits reports whether an empty page has room for rows.
func (p *paginator) fits(rows []*row) bool {
	y := p.top() + headHeight(rows[0])
	for i, r := range rows {
		if i > 0 {
			y = p.down(r, y)
		}
		if y += r.height; y > p.end() {
			return false
		}
	}
	return true
}

// shrinkPicture makes a picture of the rows less high by over, if it may be.
func shrinkPicture(rows []*row, over Length) bool {
	for _, r := range rows {
		if r.least > 0 && r.height-over >= r.least {
			r.shrink(r.height - over)
			return true
		}
	}
	return false
}

// top and end are where the text of a page begins and ends.
func (p *paginator) top() Length { return p.b.sheet.top }
func (p *paginator) end() Length { return p.b.sheet.height - p.b.sheet.bottom }

// down is where a row begins that follows what ends at y.
func (p *paginator) down(r *row, y Length) Length {
	if y > p.top() {
		y += r.before
	}
	if r.grid {
		y += (p.grid - (y-p.top())%p.grid) % p.grid
	}
	return y
}

func (p *paginator) newPage() {
	p.page = &Page{b: p.b}
	p.book.Pages = append(p.book.Pages, p.page)
	if n := len(p.book.Pages); n > p.first+1 {
		p.page.Lines = append(p.page.Lines, p.b.outer(p.b.head, n, p.b.sheet.top-min(26*Pt, p.b.sheet.top/2))...)
	}
	p.y = p.top()
}

func headHeight(r *row) Length {
	var h Length
	for _, head := range r.head {
		h += head.height
	}
	return h
}

// repeat repeats the head of the table that r belongs to, unless it would fill
// the page.
func (p *paginator) repeat(r *row) {
	if headHeight(r) > p.b.sheet.textHeight()/3 {
		return
	}
	for _, head := range r.head {
		p.draw(head.again())
	}
}

// again is a row that is shown once more, and is no part of the text then.
func (r *row) again() *row {
	again := &row{height: r.height, rules: r.rules, pictures: slices.Clone(r.pictures)}
	for i := range again.pictures {
		again.pictures[i].Elem = nil
	}
	for _, l := range r.lines {
		l.Part = Running
		l.Pieces = slices.Clone(l.Pieces)
		for i := range l.Pieces {
			l.Pieces[i].Elem = nil
		}
		again.lines = append(again.lines, l)
	}
	return again
}

// put puts a row on the page.
func (p *paginator) put(r *row) {
	p.y = p.down(r, p.y)
	for _, d := range r.dests {
		p.book.Dests[d] = Dest{Page: len(p.book.Pages) - 1, Y: p.y}
	}
	if r.bookmark != nil {
		p.bookmark(*r.bookmark)
	}
	p.draw(r)
}

// bookmark adds an entry to the outline, not more than one level below the one
// before.
func (p *paginator) bookmark(m Bookmark) {
	m.Level = max(m.Level, 0) + p.level
	deepest := p.level
	if p.begun {
		deepest = p.last + 1
	}
	m.Level = min(m.Level, deepest)
	p.last, p.begun = m.Level, true
	p.book.Bookmarks = append(p.book.Bookmarks, m)
}

// draw adds what is in the row to the page. It is not used again after that.
func (p *paginator) draw(r *row) {
	page, x := p.page, p.b.left(len(p.book.Pages))
	for _, l := range r.lines {
		l.Baseline += p.y
		for i := range l.Pieces {
			l.Pieces[i].X += x
		}
		page.Lines = append(page.Lines, l)
	}
	for _, q := range r.pictures {
		q.X += x
		q.Y += p.y
		page.Pictures = append(page.Pictures, q)
	}
	for _, q := range r.rules {
		q.X += x
		q.Y += p.y
		page.Rules = append(page.Rules, q)
	}
	for _, q := range r.links {
		q.X += x
		q.Y += p.y
		page.Links = append(page.Links, q)
	}
	p.y += r.height
}

// left is the left edge of the text of a page. The inner margin is where pages
// are bound: at the left of the first one, or at the right where its language
// is written from there; the two sides of a leaf mirror each other.
func (b *builder) left(page int) Length {
	if b.innerLeft(page) {
		return b.sheet.inner
	}
	return b.sheet.outer
}

// innerLeft reports whether the inner margin of a page is at its left.
func (b *builder) innerLeft(page int) bool {
	ltr := b.dir != locales.RTL
	if b.sheet.twoSided && page%2 == 0 {
		return !ltr
	}
	return ltr
}

// outer sets a line that stands on every page, away from where the pages are
// bound; on leaves with one side, where lines start.
func (b *builder) outer(t *text, page int, baseline Length) []Line {
	if t == nil || len(t.lines) == 0 {
		return nil
	}
	left, right := t.extent()
	x := b.left(page) - left
	if b.innerLeft(page) == b.sheet.twoSided {
		x = b.left(page) + b.sheet.measure() - right
	}
	return b.fixed(t, x, baseline)
}

// fixed sets the first line of a text apart from the rows.
func (b *builder) fixed(t *text, x, baseline Length) []Line {
	l := t.lines[0]
	l.Pieces = slices.Clone(l.Pieces)
	r := b.lineRow(t, &l, 0, 0)
	for i := range r.lines {
		r.lines[i].Baseline = baseline
		for k := range r.lines[i].Pieces {
			r.lines[i].Pieces[k].X += x
		}
	}
	return r.lines
}

// foot is the line with the number of a page.
func (b *builder) foot(page, pages int) []Line {
	st := b.styles.foot
	st.align = paragraph.Center
	flow := b.flow(st, frame{measure: b.sheet.measure(), part: Running}, nil)
	flow.add(b.footWords(page, pages))
	t := flow.now()
	if len(t.lines) == 0 {
		return nil
	}
	return b.fixed(t, b.left(page), b.sheet.height-b.sheet.bottom+min(36*Pt, b.sheet.bottom*2/3))
}
