package source

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// tableBlock is a table as it is found: its cells are still text.
type tableBlock struct {
	ast.BaseBlock
	align []Align
	rows  []gmtext.Segment // the first one is the head
}

var kindTable = ast.NewNodeKind("Table")

func (*tableBlock) Kind() ast.NodeKind              { return kindTable }
func (n *tableBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// tableTransformer makes a table of a paragraph whose second line, or a later
// one, is a delimiter row: | --- | :-: |. It stands in for goldmark's, which
// brings a renderer and its regular expressions with it.
type tableTransformer struct{ body *body }

func (t tableTransformer) Transform(n *ast.Paragraph, reader gmtext.Reader, pc parser.Context) {
	lines := n.Lines()
	for i := 1; i < lines.Len(); i++ {
		seg := lines.At(i)
		align := delimiterRow(seg.Value(t.body.src))
		if align == nil {
			continue
		}
		head := lines.At(i - 1)
		head = head.TrimLeftSpace(t.body.src)
		if len(cells(head.Value(t.body.src))) != len(align) {
			continue
		}
		table := &tableBlock{align: align, rows: []gmtext.Segment{head}}
		for j := i + 1; j < lines.Len(); j++ {
			row := lines.At(j)
			table.rows = append(table.rows, row.TrimLeftSpace(t.body.src))
		}
		table.SetPos(head.Start)
		n.Parent().InsertAfter(n.Parent(), n, table)
		if i == 1 {
			table.SetBlankPreviousLines(n.HasBlankPreviousLines())
			n.Parent().RemoveChild(n.Parent(), n)
			return
		}
		lines.SetSliced(0, i-1)
		last := lines.At(i - 2)
		lines.Set(i-2, last.TrimRightSpace(t.body.src))
		return
	}
}

// checkRows reports the rows in a paragraph that is no table.
func (b *body) checkRows(lines *gmtext.Segments) {
	rows := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := bytes.TrimSpace(seg.Value(b.src))
		if len(line) < 3 || line[0] != '|' || line[len(line)-1] != '|' {
			rows = 0
			continue
		}
		if rows++; rows == 2 {
			head := lines.At(i - 1)
			b.diags.Warnf(b.pos(head.Start), "table-head", "these lines start and end with |, but are no table").
				Hint = "below the first one, write a line with as many cells: " + strings.Repeat("| --- ", min(len(cells(line)), 8)) + "|"
		}
	}
}

// delimiterRow reads the line between the head of a table and its rows; nil
// when it is another line. A bar must stand in it: without one, the line may
// be the underline of a heading.
func delimiterRow(line []byte) []Align {
	if bytes.IndexByte(line, '|') < 0 || bytes.IndexByte(line, '-') < 0 {
		return nil
	}
	for _, c := range line {
		switch c {
		case ' ', '\t', '\n', '-', '|', ':':
		default:
			return nil
		}
	}
	var align []Align
	for _, span := range cells(line) {
		cell := line[span[0]:span[1]]
		dashes := bytes.Trim(cell, ":")
		if len(dashes) == 0 || len(bytes.Trim(dashes, "-")) != 0 {
			return nil
		}
		start, end := cell[0] == ':', cell[len(cell)-1] == ':'
		switch {
		case len(cell)-len(dashes) > 2:
			return nil
		case start && end:
			align = append(align, "center")
		case start:
			align = append(align, "start")
		case end:
			align = append(align, "end")
		default:
			align = append(align, "")
		}
	}
	return align
}

// cells are the places of the cells of a row, without the spaces around them.
func cells(line []byte) [][2]int {
	start, stop := 0, len(line)
	trim := func() {
		for start < stop && isSpace(line[start]) {
			start++
		}
		for stop > start && isSpace(line[stop-1]) {
			stop--
		}
	}
	trim()
	if start < stop && line[start] == '|' {
		start++
	}
	var out [][2]int
	for start <= stop {
		end := start
		for end < stop && (line[end] != '|' || end > 0 && line[end-1] == '\\') {
			end++
		}
		if end >= stop && len(bytes.TrimSpace(line[start:stop])) == 0 {
			break // after the last bar
		}
		a, z := start, end
		for a < z && isSpace(line[a]) {
			a++
		}
		for z > a && isSpace(line[z-1]) {
			z--
		}
		out = append(out, [2]int{a, z})
		start = end + 1
	}
	return out
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' }

func (b *body) table(at node, n *tableBlock) Block {
	t := &Table{node: at, Align: n.align}
	if len(n.align)*len(n.rows) > MaxTableCells {
		b.diags.Errorf(at.pos, "table-size", "this table has more than %d cells", MaxTableCells).
			Hint = "make several tables of it"
		n.rows = n.rows[:1]
	}
	for i, row := range n.rows {
		line := row.Value(b.src)
		spans := cells(line)
		if len(spans) > len(n.align) {
			extra := spans[len(n.align)]
			b.diags.Errorf(b.pos(row.Start+extra[0]), "table-row", "this row has %d cells, the head of the table has %d", len(spans), len(n.align)).
				Hint = "write a | that is not between cells as \\|"
		}
		out := make([]*Cell, len(n.align))
		for j := range out {
			span := [2]int{len(line), len(line)}
			if j < len(spans) {
				span = spans[j]
			}
			start := row.Start + span[0]
			out[j] = &Cell{node: node{b.pos(start)}}
			if span[1] > span[0] {
				f := b.flattenCell(start, row.Start+span[1])
				out[j].Text = b.inline(f, lineCell)
			}
		}
		if i == 0 {
			t.Head = out
		} else {
			t.Rows = append(t.Rows, out)
		}
	}
	return t
}
