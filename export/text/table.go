package text

import (
	"strings"
	"unicode"

	"qalam/export/document"
	"qalam/source"
)

// columnGap is how many blanks stand between columns.
const columnGap = 2

// cell is a cell of a table that is being laid out.
type cell struct {
	flow  flow
	lines []span
}

// table prints a table in columns, or as a list of its rows where the columns
// do not fit.
func (p *printer) table(t *document.Table) {
	columns := len(t.Head)
	if columns == 0 {
		return
	}
	rows := make([][]cell, 0, len(t.Rows)+1)
	for _, row := range append([][]document.Line{t.Head}, t.Rows...) {
		cells := make([]cell, columns)
		for i := range min(columns, len(row)) {
			f := &cells[i].flow
			f.reset(p.locale)
			f.addInlines(row[i], p.rtl)
			f.finish()
		}
		rows = append(rows, cells)
	}

	indent := p.indentBy(2)
	room := 0
	if p.width > 0 {
		room = p.width - p.textColumn() - columnGap*(columns-1)
	}
	widths, ok := columnWidths(rows, room)
	if ok {
		p.columns(t, rows, widths)
	} else {
		p.warnings.Warnf(t.Pos(), "table-wide", "the columns of the table do not fit lines of %d columns: its rows are shown one below the other", p.width).
			Hint = "use fewer columns or shorter words, or set text: {width: 0}"
		p.records(rows)
	}
	p.indent = indent
}

// columnWidths gives each column its columns of the page: what its cells need
// on one line, or where there is no room for that, as much as the other wide
// ones and at least what its longest word needs. It is not ok when there is no
// room for the longest words.
func columnWidths(rows [][]cell, room int) (widths []int, ok bool) {
	most, least := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			c.lines = c.flow.wrap(c.lines[:0], 0, 0)
			for _, l := range c.lines {
				most[i] = max(most[i], l.width)
			}
			least[i] = max(least[i], c.flow.longest())
		}
	}
	if room == 0 || sum(most) <= room {
		return most, true
	}
	if sum(least) > room {
		return nil, false
	}
	widths = least
	for level := 1; ; level++ {
		next := make([]int, len(least))
		for i := range next {
			next[i] = min(max(least[i], level), most[i])
		}
		if sum(next) > room {
			return widths, true
		}
		widths = next
	}
}

func sum(numbers []int) int {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total
}

// columns prints the rows of a table, the first of which is its head. Rows
// stand apart when one of them has several lines.
func (p *printer) columns(t *document.Table, rows [][]cell, widths []int) {
	gap := 0
	bare := true // the head is empty
	for n, row := range rows {
		for i := range row {
			c := &row[i]
			if p.width > 0 {
				c.lines = c.flow.wrap(c.lines[:0], widths[i], widths[i])
			}
			if len(c.lines) > 1 && n > 0 {
				gap = 1
			}
			bare = bare && (n > 0 || len(c.lines) == 0)
		}
	}
	mark := p.columnMark(rows)
	for n, row := range rows {
		if n == 0 && bare {
			continue
		}
		if n > 1 {
			p.blank(gap)
		}
		p.row(t.Align, row, widths, mark)
		if n == 0 {
			start := p.startLine()
			for i, w := range widths {
				if i > 0 {
					p.pad(columnGap)
				}
				p.out = append(p.out, strings.Repeat("-", w)...)
			}
			p.endLine(start, p.rtl)
		}
	}
}

// columnMark is the direction mark that has to stand between columns, so that
// the cells of a line stay in order: without it, two neighbours that read
// against the direction of the table would come out as one passage. It is
// empty when no cell does.
func (p *printer) columnMark(rows [][]cell) string {
	if p.rtl {
		return string(rightToLeftMark) // numbers are enough to need it
	}
	for _, row := range rows {
		for i := range row {
			for _, r := range row[i].flow.text {
				if isRTL(r) || 0x660 <= r && r <= 0x6F9 && unicode.IsDigit(r) {
					return string(leftToRightMark)
				}
			}
		}
	}
	return ""
}

// row prints the lines of a row.
func (p *printer) row(align []source.Align, row []cell, widths []int, mark string) {
	height := 1
	for i := range row {
		height = max(height, len(row[i].lines))
	}
	for n := range height {
		start := p.startLine()
		blanks := 0 // that are owed
		for i := range row {
			c := &row[i]
			if i > 0 {
				blanks += columnGap
			}
			if n >= len(c.lines) {
				blanks += widths[i]
				continue
			}
			l := c.lines[n]
			before := 0
			if i < len(align) {
				switch align[i] {
				case "end":
					before = widths[i] - l.width
				case "center":
					before = (widths[i] - l.width) / 2
				}
			}
			p.pad(blanks + before)
			if i > 0 {
				p.out = append(p.out, mark...)
			}
			p.out = c.flow.appendLine(p.out, l)
			blanks = widths[i] - l.width - before
		}
		p.endLine(start, p.rtl)
	}
}

// records prints the rows of a table one below the other, each cell on lines
// of its own behind the head of its column.
func (p *printer) records(rows [][]cell) {
	head := rows[0]
	separator := p.separator()
	if len(rows) == 1 {
		for i := range head {
			p.paragraph(p.cells(&head[i]), 4)
		}
	}
	for n, row := range rows[1:] {
		if n > 0 {
			p.blank(1)
		}
		for i := range row {
			if len(row[i].flow.text) == 0 {
				continue
			}
			f := p.cells(&head[i])
			if len(f.text) > 0 {
				f.addText(separator)
			}
			f.addFlow(&row[i].flow)
			p.paragraph(f, 4)
		}
	}
}

// cells is a flow with the text of a cell, to which more can be added.
func (p *printer) cells(c *cell) *flow {
	f := p.newFlow()
	f.addFlow(&c.flow)
	return f
}
