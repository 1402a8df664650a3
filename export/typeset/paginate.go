package typeset

// paginator puts rows on pages.
type paginator struct {
	b     *builder
	book  *Book
	first int // index of the first page of the document
	level int // of its first headings in the outline

	page  *Page
	y     Length // where the next row begins
	last  int    // level of the last bookmark
	begun bool   // whether there was one
}

// place puts rows on pages, each as full as it can be. Rows that are kept
// together stand on one page if a page has room for them.
func (p *paginator) place(rows []*row) {
	p.newPage()
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n-1].keep {
			n++
		}
		p.group(rows[:n])
		rows = rows[n:]
	}
}

// group places rows that are kept together.
func (p *paginator) group(rows []*row) {
	var height Length
	for i, r := range rows {
		if i > 0 {
			height += r.before
		}
		height += r.height
	}
	if whole := height + headHeight(rows[0]); whole <= p.b.paper.textHeight() {
		if p.y+p.above(rows[0])+height > p.end() {
			p.newPage()
			p.repeat(rows[0])
		}
		for _, r := range rows {
			p.put(r)
		}
		return
	}
	for _, r := range rows {
		if p.y+p.above(r)+r.height > p.end() && !p.atTop() {
			p.newPage()
			p.repeat(r)
		}
		p.put(r)
	}
}

// end is where the text of a page ends.
func (p *paginator) end() Length { return p.b.paper.height - p.b.paper.bottom }

func (p *paginator) atTop() bool { return p.y == p.b.paper.top }

// above is the space above a row.
func (p *paginator) above(r *row) Length {
	if p.atTop() {
		return 0
	}
	return r.before
}

func (p *paginator) newPage() {
	p.page = &Page{b: p.b}
	if len(p.book.Pages) > p.first {
		p.page.Lines = append(p.page.Lines, p.b.running...)
	}
	p.book.Pages = append(p.book.Pages, p.page)
	p.y = p.b.paper.top
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
	if headHeight(r) > p.b.paper.textHeight()/3 {
		return
	}
	for _, head := range r.head {
		p.draw(head, func(l *Line) { l.Part = Running })
	}
}

// put puts a row on the page.
func (p *paginator) put(r *row) {
	p.y += p.above(r)
	for _, d := range r.dests {
		p.book.Dests[d] = Dest{Page: len(p.book.Pages) - 1, Y: p.y}
	}
	for _, m := range r.bookmarks {
		p.bookmark(*m)
	}
	p.draw(r, nil)
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

// draw adds what is in the row to the page. The row itself stays as it is: the
// head of a table is drawn several times.
func (p *paginator) draw(r *row, change func(*Line)) {
	page := p.page
	for _, l := range r.lines {
		l.Baseline += p.y
		if change != nil {
			change(&l)
		}
		page.Lines = append(page.Lines, l)
	}
	for _, x := range r.pictures {
		x.Y += p.y
		page.Pictures = append(page.Pictures, x)
	}
	for _, x := range r.rules {
		x.Y += p.y
		page.Rules = append(page.Rules, x)
	}
	for _, x := range r.links {
		x.Y += p.y
		page.Links = append(page.Links, x)
	}
	p.y += r.height
}
