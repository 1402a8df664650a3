package sfnt

import (
	"errors"
	"iter"
	"sort"
)

// Map says which glyph a character has: a subtable of cmap for Unicode.
type Map struct {
	format int    // 4 or 12
	table  string // all of the subtable
	n      int    // of segments or groups
}

// Where the parts of a subtable of format 12 begin, and how large they are.
const (
	groups    = 16
	groupSize = 12
)

// ReadMap finds the subtable of cmap that has the most of Unicode: one of
// format 12, or else of format 4, which only has the Basic Multilingual Plane.
func ReadMap(cmap string) (Map, error) {
	best := Map{}
	err := subtables(cmap, func(platform, encoding int, table string) error {
		unicode := platform == 0 && encoding != 5 || platform == 3 && (encoding == 1 || encoding == 10)
		if !unicode {
			return nil
		}
		m, err := readSubtable(table)
		if err == nil && m.format > best.format {
			best = m
		}
		return err
	})
	if err == nil && best.format == 0 {
		err = errors.New("no map of characters that we read")
	}
	return best, err
}

var errMap = errors.New(`table "cmap" is too short`)

// subtables calls f with each subtable of cmap and what follows it.
func subtables(cmap string, f func(platform, encoding int, table string) error) error {
	if len(cmap) < 4 || len(cmap) < 4+8*U16(cmap, 2) {
		return errMap
	}
	for i := range U16(cmap, 2) {
		record := cmap[4+8*i:]
		offset := U32(record, 4)
		if offset > len(cmap)-groups {
			continue
		}
		if err := f(U16(record, 0), U16(record, 2), cmap[offset:]); err != nil {
			return err
		}
	}
	return nil
}

// readSubtable reads a subtable; the Map is empty if it has another format.
func readSubtable(table string) (Map, error) {
	switch U16(table, 0) {
	case 4:
		size, segX2 := U16(table, 2), U16(table, 6)
		if size > len(table) || segX2%2 != 0 || size < 16+4*segX2 {
			return Map{}, errMap
		}
		return Map{4, table[:size], segX2 / 2}, nil
	case 12:
		size, n := U32(table, 4), U32(table, 12)
		if size > len(table) || size < groups || n > (size-groups)/groupSize {
			return Map{}, errMap
		}
		return Map{12, table[:size], n}, nil
	}
	return Map{}, nil
}

// Table is a table cmap that has the map, and of cmap the subtable of
// variation sequences.
func (m Map) Table(cmap string) (string, error) {
	encoding := 3
	if m.format == 12 {
		encoding = 4
	}
	type record struct {
		encoding int
		table    string
	}
	records := []record{{encoding, m.table}}
	err := subtables(cmap, func(platform, encoding int, table string) error {
		if platform == 0 && encoding == 5 && U16(table, 0) == 14 {
			size := U32(table, 2)
			if size > len(table) {
				return errMap
			}
			records = append(records, record{5, table[:size]})
		}
		return nil
	})
	b := Append16(Append16(nil, 0), len(records))
	at := 4 + 8*len(records)
	for _, r := range records {
		b = Append32(Append16(Append16(b, 0), r.encoding), at)
		at += len(r.table)
	}
	for _, r := range records {
		b = append(b, r.table...)
	}
	return string(b), err
}

// Glyph is the glyph of r, 0 for none. It may be beyond the last glyph of the
// font, when its tables contradict each other.
func (m Map) Glyph(r rune) int {
	if r < 0 {
		return 0
	}
	i := sort.Search(m.n, func(i int) bool { return m.last(i) >= int(r) })
	if i == m.n {
		return 0
	}
	return m.glyph(i, int(r))
}

// All gives the characters that have a glyph, in order, with their glyphs.
func (m Map) All() iter.Seq2[rune, int] {
	return func(yield func(rune, int) bool) {
		next := 0 // segments that go back are read by nobody
		for i := range m.n {
			for c := max(next, m.first(i)); c <= min(m.last(i), 0x10FFFF); c++ {
				if g := m.glyph(i, c); g != 0 && !yield(rune(c), g) {
					return
				}
				next = c + 1
			}
		}
	}
}

// first and last are the characters of a segment.

func (m Map) first(i int) int {
	if m.format == 12 {
		return U32(m.table, groups+groupSize*i)
	}
	return U16(m.table, 16+2*m.n+2*i)
}

func (m Map) last(i int) int {
	if m.format == 12 {
		return U32(m.table, groups+groupSize*i+4)
	}
	return U16(m.table, 14+2*i)
}

// glyph is the glyph of a character not beyond the last of segment i.
func (m Map) glyph(i, c int) int {
	start := m.first(i)
	if c < start {
		return 0
	}
	if m.format == 12 {
		return U32(m.table, groups+groupSize*i+8) + c - start
	}
	deltas := 16 + 4*m.n
	offsets := deltas + 2*m.n
	delta, offset := U16(m.table, deltas+2*i), U16(m.table, offsets+2*i)
	if offset == 0 {
		return (c + delta) & 0xFFFF
	}
	// The offset counts from where it stands.
	at := offsets + 2*i + offset + 2*(c-start)
	if at+2 > len(m.table) {
		return 0
	}
	g := U16(m.table, at)
	if g == 0 {
		return 0
	}
	return (g + delta) & 0xFFFF
}

// NewMap is a table cmap, of format 12, for characters in their order.
func NewMap(chars []rune, glyph func(rune) int) string {
	var b []byte
	n := 0
	for i := 0; i < len(chars); n++ {
		first, g := chars[i], glyph(chars[i])
		size := 1
		for i+size < len(chars) && chars[i+size] == first+rune(size) && glyph(chars[i+size]) == g+size {
			size++
		}
		b = Append32(Append32(Append32(b, int(first)), int(first)+size-1), g)
		i += size
	}
	head := Append16(Append16(Append16(Append16(nil, 0), 1), 0), 4) // version, subtables; platform, encoding
	head = Append32(head, 12)                                       // where it begins
	head = Append16(Append16(head, 12), 0)                          // the format
	head = Append32(Append32(Append32(head, groups+len(b)), 0), n)
	return string(head) + string(b)
}
