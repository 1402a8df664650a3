package typeset

import (
	"cmp"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
	"qalam/source"
)

// table is a table whose columns have widths.
type table struct {
	frame  frame
	widths []Length
	head   []*text
	rows   [][]*text // each as long as widths
}

// table collects a table: columns as wide as what is in them if that fits, and
// otherwise in proportion to it. A table with more columns than have room
// becomes a list of its rows.
func (b *builder) table(t *document.Table, f frame) {
	columns := len(t.Align)
	if columns == 0 {
		return
	}
	gaps := columnGap * Length(columns-1)
	room := max(f.measure-gaps, Length(columns)*Pt)
	elem := &Elem{Role: "Table", Parent: f.elem}
	cells := f
	cells.measure = room

	out := &table{frame: f}
	mins, fulls := make([]Length, columns), make([]Length, columns)
	links := len(b.links)
	set := func(lines []document.Line, st style, tr *Elem, role string) []*text {
		row := make([]*text, columns)
		for i := range row {
			cell := tr.add(role)
			st.align = columnAlign(t.Align[i])
			flow := b.flow(st, cells, cell)
			if i < len(lines) {
				flow.inlines(lines[i])
			}
			flow.end()
			row[i] = flow.t
			if len(flow.t.par.Runs) > 0 {
				least, most := b.setter.Widths(&flow.t.par)
				mins[i], fulls[i] = max(mins[i], least), max(fulls[i], most)
			}
		}
		return row
	}
	bold := b.styles.cell
	bold.face |= fonts.Bold
	if len(t.Rows) == 0 { // a head without a body is none (ISO 14289-1, 7.2)
		out.head = set(t.Head, bold, elem.add("TR"), "TH")
	} else {
		out.head = set(t.Head, bold, elem.add("THead").add("TR"), "TH")
		body := elem.add("TBody")
		for _, r := range t.Rows {
			out.rows = append(out.rows, set(r, b.styles.cell, body.add("TR"), "TD"))
		}
	}

	least := gaps
	for _, w := range mins {
		least += min(w, minColumn)
	}
	if least > f.measure {
		b.diags.Warnf(t.Pos(), "table-wide", "the columns of the table do not fit the page: its rows are shown one below the other").
			Hint = "use fewer columns or shorter words"
		b.links = b.links[:links]
		b.records(t, f)
		return
	}
	f.elem.Kids = append(f.elem.Kids, elem)
	out.widths = columnWidths(mins, fulls, room)
	x := Length(0)
	place := func(row []*text) {
		x = 0
		for i, cell := range row {
			cell.x = b.mirrored(f, x, out.widths[i])
			cell.par.Measure = out.widths[i]
			b.texts = append(b.texts, cell)
			x += out.widths[i] + columnGap
		}
	}
	place(out.head)
	for _, r := range out.rows {
		place(r)
	}
	b.add(&item{table: out})
}

// columnWidths gives each column its full width, if there is room. If not,
// columns that need no more than an equal share keep theirs, and the others get
// their widest word and a part of the rest, by how much more they would have.
// When not even the words fit, narrow columns keep theirs, and the wide ones
// share the rest, so that only the longest words are broken.
func columnWidths(mins, fulls []Length, room Length) []Length {
	var least, full Length // of the columns that have no width yet
	narrowest := make([]int, len(mins))
	for i := range mins {
		narrowest[i] = i
		least += mins[i]
		full += fulls[i]
	}
	fits, needs := least <= room, fulls
	if !fits {
		needs = mins
	}
	slices.SortStableFunc(narrowest, func(i, k int) int { return cmp.Compare(needs[i], needs[k]) })
	widths := make([]Length, len(mins))
	for len(narrowest) > 0 {
		i := narrowest[0]
		if needs[i] > room/Length(len(narrowest)) || fits && room-needs[i] < least-mins[i] {
			break
		}
		widths[i] = needs[i]
		narrowest = narrowest[1:]
		room -= needs[i]
		least -= mins[i]
		full -= fulls[i]
	}
	for n, i := range narrowest {
		if fits {
			widths[i] = mins[i] + share(room-least, fulls[i]-mins[i], full-least)
		} else {
			widths[i] = room / Length(len(narrowest)-n)
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

// tableRows makes the rows of a table: those of one of its own rows stay
// together. Rules stand above it, below its head and at its end.
func (b *builder) tableRows(t *table) []*row {
	total := columnGap * Length(len(t.widths)-1)
	for _, w := range t.widths {
		total += w
	}
	left := b.mirrored(t.frame, 0, total)
	rule := func(r *row, y, thick Length) { r.rules = append(r.rules, Rule{left, y, total, thick}) }

	head := b.tableRow(t.head)
	rule(head[0], 0, thickRule)
	rule(head[len(head)-1], head[len(head)-1].height, hairline)
	for _, r := range head {
		r.keep = true
	}
	var spare []*row // of the head, to be shown again
	for _, r := range head {
		spare = append(spare, r.again())
	}
	out := slices.Clone(head)
	for i, cells := range t.rows {
		rows := b.tableRow(cells)
		if i > 0 { // the first row follows the head itself
			for _, r := range rows {
				r.head = spare
			}
		}
		out = append(out, rows...)
	}
	last := out[len(out)-1]
	last.keep = false
	rule(last, last.height, thickRule)
	if n := len(t.rows); n > 1 && len(out) > len(head)+1 {
		// Neither the first row nor the last one stands alone.
		out[len(head)].keep = true
		out[len(out)-2].keep = true
	}
	return out
}

// tableRow sets the cells of a row side by side, one row for each line of them,
// kept together.
func (b *builder) tableRow(cells []*text) []*row {
	var rows []*row
	leading, _ := b.lead(cells[0].style)
	for _, cell := range cells {
		for k, r := range b.textRows(cell) {
			if k == len(rows) {
				rows = append(rows, &row{height: leading})
			}
			rows[k].join(r)
		}
	}
	if len(rows) == 0 {
		rows = append(rows, &row{height: leading})
	}
	for _, r := range rows {
		r.keep = true
	}
	rows[0].shift(cellSpace)
	rows[0].height += cellSpace
	rows[len(rows)-1].height += cellSpace
	rows[len(rows)-1].keep = false
	return rows
}

func columnAlign(a source.Align) paragraph.Align {
	switch a {
	case "center":
		return paragraph.Center
	case "end":
		return paragraph.End
	}
	return paragraph.Start
}

// records collects the rows of a table one below the other, each cell behind
// the head of its column. The heads stand above the first row, as words of the
// table; in the rows they are said again, as no part of the text, and an empty
// cell has none.
func (b *builder) records(t *document.Table, f frame) {
	const value = "\x00" // stands where the cell goes
	separator, after, _ := strings.Cut(locales.Format(b.doc.Locale.Labels.Field, "label", "", "value", value), value)
	f = f.within("L")
	st := b.styles.cell
	var li *Elem // where the row stands, once it has a cell
	row := func() *Elem {
		if li == nil {
			li = f.elem.add("LI").add("LBody")
		}
		return li.add("P")
	}
	bold := st
	bold.face |= fonts.Bold
	for _, head := range t.Head {
		if len(head) > 0 {
			flow := b.flow(bold, f, row())
			flow.inlines(head)
			b.add(&item{text: flow.finish(), keep: true})
		}
	}
	for _, cells := range t.Rows {
		b.gap(b.styles.half())
		li = nil
		for i, head := range t.Head {
			if len(cells[i]) == 0 {
				continue
			}
			flow := b.flow(st, f, row())
			label := document.Plain(head)
			if label != "" {
				is := flow.about
				flow.about.kind, flow.about.elem = Again, nil
				flow.run.Style |= fonts.Bold
				flow.add(label + separator)
				flow.run.Style = st.face
				flow.about = is
			}
			flow.inlines(cells[i])
			if label != "" {
				flow.about.kind, flow.about.elem = Again, nil
				flow.add(after)
			}
			b.add(&item{text: flow.finish()})
		}
	}
}
