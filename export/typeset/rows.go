package typeset

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
)

// row is what stands between two places where a page may end: a line of text,
// the lines of a table that stand side by side, or a picture. All its places
// are from its own upper edge and the left edge of the text of the page.
type row struct {
	before   Length // space above, not at the top of a page
	height   Length
	lines    []Line
	pictures []Picture
	rules    []Rule
	links    []Link
	least    Length // of a picture: how high it may be shown where a page has no room for more; 0 if it is shown as it is

	dests    []int     // places in the book that are here
	bookmark *Bookmark // the heading that is here
	keep     bool      // the next row stands on the same page, if it can
	inner    bool      // the next row is of the same item
	grid     bool      // it stands on the grid of the body
	head     []*row    // the head of a table, repeated when a page begins here
}

// natural is how far the faces of most lines of the body reach above and below
// the baseline, in 1/1000 of the size of the type.
type natural struct{ ascent, descent Length }

// measureFaces finds what is natural, from lines that are set.
func measureFaces(texts []*text) natural {
	count := make(map[natural]int)
	for _, t := range texts {
		if t.part != Body || !t.style.text {
			continue
		}
		for i := range t.lines {
			l := &t.lines[i]
			if !slices.ContainsFunc(l.Pieces, func(p paragraph.Piece) bool { return p.Face == nil && t.about[p.Run].picture != nil }) {
				count[natural{l.Ascent * 1000 / t.style.size, l.Descent * 1000 / t.style.size}]++
			}
		}
	}
	best, most := natural{1069, 293}, 0 // Noto Serif
	for n, c := range count {
		// The order of a map must not matter.
		if c > most || c == most && cmp.Or(cmp.Compare(n.ascent, best.ascent), cmp.Compare(n.descent, best.descent)) < 0 {
			best, most = n, c
		}
	}
	return best
}

// lead is the leading of a style in the document, and where the baseline lies
// in it: what the faces leave of it goes above and below in equal parts.
func (b *builder) lead(st style) (leading, baseline Length) {
	ascent, descent := b.natural.ascent*st.size/1000, b.natural.descent*st.size/1000
	leading = max(st.leading, ascent+descent)
	leading += leading & 1 // so that its half is exact
	return leading, (leading + ascent - descent) / 2
}

// rows makes the rows of an item.
func (b *builder) rows(it *item) []*row {
	var rows []*row
	switch {
	case it.text != nil:
		rows = b.textRows(it.text)
		for i, r := range rows {
			// No first line alone at the foot of a page, no last one at the head.
			r.keep = it.whole && i < len(rows)-1 || i == 0 && len(rows) > 1 || i == len(rows)-2
		}
	case it.table != nil:
		rows = b.tableRows(it.table)
	case it.row != nil:
		rows = []*row{it.row}
	}
	if rows == nil && len(it.markers) > 0 {
		leading, _ := b.lead(it.markers[0].style)
		rows = []*row{{height: leading}}
	}
	if len(rows) == 0 {
		return nil
	}
	for _, r := range rows[:len(rows)-1] {
		r.inner = true
	}
	first, last := rows[0], rows[len(rows)-1]
	first.before, first.grid = it.before, it.grid
	first.dests = append(first.dests, it.dests...)
	first.bookmark = it.bookmark
	last.keep = last.keep || it.keep
	b.joinMarkers(first, it.markers)
	return rows
}

// joinMarkers puts markers before the first line of a row, on its baseline.
func (b *builder) joinMarkers(r *row, markers []*text) {
	var lines []Line
	for _, m := range markers {
		for _, mark := range b.textRows(m) {
			if len(r.lines) > 0 && len(mark.lines) > 0 {
				mark.shift(r.lines[0].Baseline - mark.lines[0].Baseline)
			}
			lines = append(lines, mark.lines...)
			r.links = append(r.links, mark.links...)
		}
	}
	if len(lines) == 0 {
		return
	}
	// One line with the text, so that its readers have the marker beside it.
	for i := 1; i < len(lines); i++ {
		lines[0].Pieces = append(lines[0].Pieces, lines[i].Pieces...)
	}
	if len(r.lines) == 0 {
		r.lines = lines[:1]
		return
	}
	r.lines[0].Pieces = append(lines[0].Pieces, r.lines[0].Pieces...)
}

// textRows makes a row of each line of a text.
func (b *builder) textRows(t *text) []*row {
	rows := make([]*row, 0, len(t.lines))
	leading, baseline := b.lead(t.style)
	for i := range t.lines {
		r := b.lineRow(t, &t.lines[i], leading, baseline)
		if i > 0 && len(rows[i-1].lines) > 0 {
			rows[i-1].lines[0].aside = len(r.lines) > 0 && r.lines[0].Pieces[0].Kind == Address
		}
		rows = append(rows, r)
	}
	t.lines = nil // they live on in the rows
	return rows
}

// lineRow makes a row of one line.
func (b *builder) lineRow(t *text, l *paragraph.Line, leading, baseline Length) *row {
	r := &row{height: leading}
	b.book.lines++
	above := baseline // of the line as it is without anything that makes it higher
	line := Line{Part: t.part, Open: l.Open, order: b.book.lines}
	line.Pieces = make([]Piece, 0, len(l.Pieces))

	// A picture makes its line higher, and so do letters that reach much further
	// than those of the document. What faces say of themselves is more than most
	// words need.
	slack := t.style.size * 2 / 5
	higher, lower := l.Ascent-slack-baseline, l.Descent-slack-(leading-baseline)
	for _, p := range l.Pieces {
		if pic := t.about[p.Run].picture; pic != nil {
			higher = max(higher, t.par.Runs[p.Run].Object.Height-baseline)
		}
	}
	if higher > 0 {
		baseline += higher
		r.height += higher
	}
	if lower > 0 {
		r.height += lower
	}
	line.Baseline = baseline

	linked := 0 // the link of the piece before
	for _, p := range l.Pieces {
		run, is := &t.par.Runs[p.Run], &t.about[p.Run]
		p.X += t.x
		if is.dest >= 0 && !slices.Contains(r.dests, is.dest) {
			r.dests = append(r.dests, is.dest)
		}
		switch {
		case is.picture != nil:
			r.pictures = append(r.pictures, Picture{
				X: p.X, Y: baseline - run.Object.Height, Width: run.Object.Width, Height: run.Object.Height,
				Image: is.picture.Image, Turn: turnOf(is.picture.Image), Elem: is.elem,
			})
		case p.Face == nil: // the indent of a first line
		default:
			line.Pieces = append(line.Pieces, Piece{Piece: p, Size: run.Size, Rise: run.Rise, Kind: is.kind, Elem: is.elem})
			if is.stressed && b.looksPlain(&p, run) {
				r.rules = append(r.rules, b.stressDots(&p, run, baseline)...)
			}
			if is.strike {
				top, thick := p.Face.Strikeout()
				r.rules = append(r.rules, Rule{p.X, baseline - run.Rise - scale(p.Face.UnitsPerEm(), top, run.Size), p.Width, scale(p.Face.UnitsPerEm(), thick, run.Size)})
			}
		}
		if is.link != 0 && p.Width > 0 {
			area := b.links[is.link]
			area.X, area.Width = p.X, p.Width
			area.Y, area.Height = baseline-above, leading // as high as the line
			if run.Object != nil {
				area.Y, area.Height = baseline-run.Object.Height, run.Object.Height
			}
			r.area(area, linked == is.link)
		}
		linked = is.link
	}
	if len(line.Pieces) > 0 {
		r.lines = []Line{line}
	}
	return r
}

// looksPlain reports whether words that should be slanted or bold are not, since
// their script has no such face.
func (b *builder) looksPlain(p *paragraph.Piece, run *paragraph.Run) bool {
	if run.Style&fonts.BoldItalic == 0 {
		return false
	}
	plain, _ := b.family.Face(p.Text, b.glyphs.scriptOf(p.Text), run.Style&^fonts.BoldItalic, b.lang)
	return plain == p.Face
}

// stressDots are dots beside the letters of stressed words: below them as in
// Chinese, or above them as in Japanese and Korean. Sources: W3C, Requirements
// for Chinese Text Layout and Requirements for Japanese Text Layout, emphasis
// dots.
func (b *builder) stressDots(p *paragraph.Piece, run *paragraph.Run, baseline Length) []Rule {
	const size, below, above = 10, 18, 103 // in hundredths of the size of the type
	side := run.Size * size / 100
	y := baseline - run.Rise + run.Size*below/100
	if s := b.doc.Locale.Script; s == "Jpan" || s == "Kore" {
		y = baseline - run.Rise - run.Size*above/100
	}
	chars := []rune(p.Text)
	if p.RTL {
		slices.Reverse(chars) // as the glyphs are
	}
	var dots []Rule
	units, space := int64(0), Length(0)
	at := func() Length { return p.X + scale(p.Face.UnitsPerEm(), int(units), run.Size) + space }
	for i := 0; i < len(p.Glyphs); {
		left := at()
		n := min(int(p.Glyphs[i].Chars), len(chars))
		cluster := string(chars[:n])
		chars = chars[n:]
		for next := true; next; next = i < len(p.Glyphs) && p.Glyphs[i].Chars == 0 {
			units += int64(p.Glyphs[i].Advance)
			i++
		}
		if strings.ContainsFunc(cluster, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			dots = append(dots, Rule{(left + at() - side) / 2, y, side, side})
		}
		if strings.TrimSpace(cluster) == "" {
			space += p.WordSpace
		}
		space += p.LetterSpace
	}
	return dots
}

// area adds an area that leads somewhere: to the last one, if that leads there
// too and they touch.
func (r *row) area(a Link, goesOn bool) {
	const near = Pt / 16 // what rounding leaves
	if n := len(r.links); goesOn && n > 0 {
		if last := &r.links[n-1]; a.X <= last.X+last.Width+near && last.X <= a.X+a.Width+near {
			right := max(last.X+last.Width, a.X+a.Width)
			last.X = min(last.X, a.X)
			last.Width = right - last.X
			return
		}
	}
	r.links = append(r.links, a)
}

// scale is a measure of a face at a size of type.
func scale(em, units int, size Length) Length {
	return (Length(units)*size + Length(em)/2) / Length(em)
}

// join puts what is in other beside what is in r, on one baseline.
func (r *row) join(other *row) {
	if lift := other.height - r.height; lift > 0 { // other has a picture in it
		r.shift(lift)
		r.height = other.height
	} else {
		other.shift(-lift)
	}
	r.lines = append(r.lines, other.lines...)
	r.pictures = append(r.pictures, other.pictures...)
	r.rules = append(r.rules, other.rules...)
	r.links = append(r.links, other.links...)
	r.dests = append(r.dests, other.dests...)
}

// shrink shows the picture of the row less high, and as much narrower, in the
// middle of where it was.
func (r *row) shrink(height Length) {
	q := &r.pictures[0]
	width := max(q.Width*height/q.Height, 1)
	q.X += (q.Width - width) / 2
	q.Width, q.Height, r.height = width, height, height
}

// shift moves what is in the row down.
func (r *row) shift(y Length) {
	for i := range r.lines {
		r.lines[i].Baseline += y
	}
	for i := range r.pictures {
		r.pictures[i].Y += y
	}
	for i := range r.rules {
		r.rules[i].Y += y
	}
	for i := range r.links {
		r.links[i].Y += y
	}
}

// mirrored is where something stands that is x from the edge at which lines
// start, and so wide.
func (b *builder) mirrored(f frame, x, width Length) Length {
	if b.dir == locales.RTL {
		return f.x + f.measure - x - width
	}
	return f.x + x
}
