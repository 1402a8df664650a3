package typeset

import (
	"cmp"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/linebreak"
	"qalam/locales"
	"qalam/source"
)

// cell is one cell of a table before its column has a width.
type cell struct {
	t         *text
	min, full Length // the widest word, the widest line
}

// table sets a table: columns as wide as what is in them if that fits, and
// otherwise in proportion to it; rows whole on one page if they can be. A table
// with more columns than have room becomes a list of its rows.
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
	least := gaps
	for _, w := range mins {
		least += min(w, minColumn)
	}
	if least > f.measure {
		b.warnings.Warnf(t.Pos(), "table-wide", "the columns of the table do not fit the page: its rows are shown one below the other").
			Hint = "use fewer columns or shorter words"
		b.records(t, f)
		return
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
// widest word and a share of the rest, by how much more it would have. When not
// even the words fit, narrow columns keep theirs, and the wide ones share the
// rest, so that only the longest words are broken.
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
		narrowest := make([]int, len(mins))
		for i := range narrowest {
			narrowest[i] = i
		}
		slices.SortStableFunc(narrowest, func(i, k int) int { return cmp.Compare(mins[i], mins[k]) })
		for n, i := range narrowest {
			widths[i] = min(mins[i], room/Length(len(mins)-n))
			room -= widths[i]
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

// records sets the rows of a table one below the other, each cell behind the
// head of its column. The first row has all heads, as words of the table; in the
// others they are said again, and an empty cell has none.
func (b *builder) records(t *document.Table, f frame) {
	const value = "\x00" // stands where the cell goes
	separator, after, _ := strings.Cut(locales.Format(b.doc.Locale.Labels.Field, "label", "", "value", value), value)
	rows := t.Rows
	if len(rows) == 0 {
		rows, separator, after = [][]document.Line{make([]document.Line, len(t.Head))}, "", ""
	}
	for n, cells := range rows {
		b.gap(f.style.paragraphSpace())
		var labels, values []*Line
		for i, head := range t.Head {
			part := f.part
			if n > 0 {
				if len(cells[i]) == 0 {
					continue
				}
				part = Running
				head = document.Line{&document.Text{Value: document.Plain(head)}}
			}
			flow := b.flow(f.style, f.measure)
			if document.Plain(head) != "" {
				flow.style |= fonts.Bold
				flow.inlines(head)
				flow.add(separator)
				flow.style = f.style.face
			}
			label := len(flow.t.drawn)
			flow.inlines(cells[i])
			if label > 0 {
				flow.add(after)
			}
			set, l, v := b.recordRows(flow.finish(), label, part, f)
			b.add(set...)
			labels, values = append(labels, l...), append(values, v...)
		}
		if n == 0 {
			for _, l := range slices.Concat(labels, values) {
				l.order = b.nextOrder()
			}
		}
	}
}

// recordRows makes a row of each line of a cell behind its label, drawn[:label],
// and says which of the lines are of which. Those of the label belong to part.
func (b *builder) recordRows(t *text, label int, part Part, f frame) (rows []*row, labels, values []*Line) {
	for _, s := range t.spans(f.measure, func(start, end int) { b.warnBroken(t, start, end) }) {
		r, split := &row{height: f.style.leading}, 0
		if s.start < label {
			before := s
			if s.end > label {
				before = span{start: s.start, end: label}
			}
			r = b.lineRow(t, before, f.style, f.x, f.measure, part, left)
			split = len(r.lines)
		}
		if s.end > label {
			behind := s
			behind.start = max(s.start, label)
			indent := t.x[behind.start] - t.x[s.start]
			r.join(b.lineRow(t, behind, f.style, f.x+indent, f.measure-indent, f.part, left))
		}
		for i := range r.lines {
			if i < split {
				labels = append(labels, &r.lines[i])
			} else {
				values = append(values, &r.lines[i])
			}
		}
		rows = append(rows, r)
	}
	for i, r := range rows {
		r.keep = i < len(rows)-1
	}
	return rows, labels, values
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
