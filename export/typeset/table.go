package typeset

import (
	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/linebreak"
	"qalam/source"
)

// cell is one cell of a table before its column has a width.
type cell struct {
	t         *text
	min, full Length // the widest word, the widest line
}

// table sets a table: columns as wide as what is in them if that fits, and
// otherwise in proportion to it; rows whole on one page if they can be.
func (b *builder) table(t *document.Table, f frame) {
	columns := len(t.Align)
	if columns == 0 {
		return
	}
	f.style = smallStyle
	gaps := columnGap * Length(columns-1)
	room := max(f.measure-gaps, Length(columns)*Pt)

	bold := f.style
	bold.face |= fonts.Bold
	head := b.cells(t.Head, bold, room)
	body := make([][]cell, len(t.Rows))
	mins, fulls := make([]Length, columns), make([]Length, columns)
	widen(mins, fulls, head)
	for i, r := range t.Rows {
		body[i] = b.cells(r, f.style, room)
		widen(mins, fulls, body[i])
	}
	widths := columnWidths(mins, fulls, room)
	total := gaps
	for _, w := range widths {
		total += w
	}

	headRows := b.tableRow(head, widths, t.Align, bold, f)
	rule := func(r *row, y Length) { r.rules = append(r.rules, Rule{f.x, y, total, hairline}) }
	rule(headRows[0], 0)
	rule(headRows[len(headRows)-1], headRows[len(headRows)-1].height)
	b.add(keepAll(headRows)...)
	for i, cells := range body {
		rows := b.tableRow(cells, widths, t.Align, f.style, f)
		for _, r := range rows {
			r.head = headRows
		}
		if i == 0 {
			rows[0].head = nil // it follows the head itself
		}
		if last := rows[len(rows)-1]; i == len(body)-1 {
			rule(last, last.height)
		}
		b.add(rows...)
	}
}

// cells measures the cells of a row.
func (b *builder) cells(lines []document.Line, st style, room Length) []cell {
	cells := make([]cell, len(lines))
	for i, line := range lines {
		flow := b.flow(st, room/Length(len(lines)))
		flow.inlines(line)
		t := flow.finish()
		c := cell{t: t}
		word, from := 0, 0
		for k := 1; k <= len(t.drawn); k++ {
			if t.breaks[k] < linebreak.Allowed {
				continue
			}
			c.min = max(c.min, t.x[max(t.trim[k], word)]-t.x[word]+t.hyphenAt(k))
			word = k
			if t.breaks[k] == linebreak.Mandatory {
				c.full = max(c.full, t.x[max(t.trim[k], from)]-t.x[from])
				from = k
			}
		}
		c.full = max(c.full, c.min)
		cells[i] = c
	}
	return cells
}

func widen(mins, fulls []Length, cells []cell) {
	for i, c := range cells[:min(len(cells), len(mins))] {
		mins[i], fulls[i] = max(mins[i], c.min), max(fulls[i], c.full)
	}
}

// columnWidths gives each column its full width, if there is room; or its
// widest word and a share of the rest, by how much more it would have; or a
// share of what there is, when not even the words fit.
func columnWidths(mins, fulls []Length, room Length) []Length {
	var words, full Length
	for i := range mins {
		words += mins[i]
		full += fulls[i]
	}
	widths := make([]Length, len(mins))
	switch {
	case full <= room:
		copy(widths, fulls)
	case words <= room:
		for i := range widths {
			widths[i] = mins[i] + share(room-words, fulls[i]-mins[i], full-words)
		}
	default:
		// Narrow columns keep their words, the wide ones share the rest.
		even := room / Length(len(mins))
		left, wide := room, Length(0)
		for i := range widths {
			if mins[i] <= even {
				widths[i] = mins[i]
				left -= mins[i]
			} else {
				wide += mins[i]
			}
		}
		for i := range widths {
			if mins[i] > even {
				widths[i] = share(left, mins[i], wide)
			}
		}
	}
	return widths
}

// share is total*part/whole. The points are taken first where the product
// would not fit.
func share(total, part, whole Length) Length {
	if part > 1<<36 {
		part, whole = part>>16, whole>>16
	}
	return total * part / max(whole, 1)
}

// tableRow sets the cells of a row side by side, one row for each line of them,
// kept together.
func (b *builder) tableRow(cells []cell, widths []Length, align []source.Align, st style, f frame) []*row {
	const pad = 5 * Pt / 2
	var rows []*row
	x := f.x
	for i := range widths {
		if i < len(cells) {
			column := b.lineRows(cells[i].t, st, x, widths[i], f.part, columnAlign(align[i]))
			for k, r := range column {
				if k == len(rows) {
					rows = append(rows, &row{height: st.leading})
				}
				rows[k].join(r)
			}
		}
		x += widths[i] + columnGap
	}
	if len(rows) == 0 {
		rows = append(rows, &row{height: st.leading})
	}
	keepAll(rows)
	rows[0].shift(pad)
	rows[0].height += pad
	rows[len(rows)-1].height += pad
	rows[len(rows)-1].keep = false
	return rows
}

func columnAlign(a source.Align) align {
	switch a {
	case "center":
		return center
	case "end":
		return right
	}
	return left
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
