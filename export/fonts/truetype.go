package fonts

import (
	"errors"
	"fmt"
	"sort"
)

// What is read here is small and fixed: go-text's reader takes 3 ms a face for
// tables that only shaping needs, this one some microseconds.
//
// Source: OpenType specification 1.9.1, "Organization of an OpenType font" and
// "cmap".

func be16(s string, i int) int     { return int(s[i])<<8 | int(s[i+1]) }
func signed16(s string, i int) int { return int(int16(be16(s, i))) }
func be32(s string, i int) int     { return be16(s, i)<<16 | be16(s, i+2) }

// tables finds the tables of a TrueType file.
func tables(data string) (map[string]string, error) {
	if len(data) < 12 {
		return nil, errors.New("not a font file")
	}
	if version := data[:4]; version != "\x00\x01\x00\x00" && version != "true" {
		return nil, fmt.Errorf("not a TrueType file: it begins with %q", version)
	}
	n := be16(data, 4)
	if len(data) < 12+16*n {
		return nil, errors.New("the file ends within its list of tables")
	}
	m := make(map[string]string, n)
	for i := range n {
		record := data[12+16*i:]
		tag, offset, size := record[:4], be32(record, 8), be32(record, 12)
		if offset > len(data) || size > len(data)-offset {
			return nil, fmt.Errorf("table %q reaches beyond the end of the file", tag)
		}
		m[tag] = data[offset : offset+size]
	}
	return m, nil
}

// segments is a cmap subtable of format 4, which maps the characters of the
// Basic Multilingual Plane. Characters beyond it count as not covered.
type segments struct {
	table string
	n     int // of segments
}

// unicodeMap finds the subtable of format 4 for Unicode.
func unicodeMap(cmap string) (segments, error) {
	n := be16(cmap, 2)
	if len(cmap) < 4+8*n {
		return segments{}, errors.New(`table "cmap" is too short`)
	}
	for i := range n {
		record := cmap[4+8*i:]
		platform, encoding, offset := be16(record, 0), be16(record, 2), be32(record, 4)
		unicode := platform == 0 || platform == 3 && encoding == 1
		if !unicode || offset > len(cmap)-14 {
			continue
		}
		table := cmap[offset:]
		if be16(table, 0) != 4 {
			continue
		}
		size, segX2 := be16(table, 2), be16(table, 6)
		if size > len(table) || segX2%2 != 0 || size < 16+4*segX2 {
			return segments{}, errors.New(`table "cmap" is too short`)
		}
		return segments{table[:size], segX2 / 2}, nil
	}
	return segments{}, errors.New("no map of characters that we read")
}

// glyph is the glyph of r, 0 for none.
func (s segments) glyph(r rune) int {
	if r < 0 || r > 0xFFFF {
		return 0
	}
	c := int(r)
	var (
		ends    = 14
		starts  = ends + 2*s.n + 2
		deltas  = starts + 2*s.n
		offsets = deltas + 2*s.n
	)
	i := sort.Search(s.n, func(i int) bool { return be16(s.table, ends+2*i) >= c })
	if i == s.n {
		return 0
	}
	start := be16(s.table, starts+2*i)
	if c < start {
		return 0
	}
	delta, offset := be16(s.table, deltas+2*i), be16(s.table, offsets+2*i)
	if offset == 0 {
		return (c + delta) & 0xFFFF
	}
	// The offset counts from where it stands.
	at := offsets + 2*i + offset + 2*(c-start)
	if at+2 > len(s.table) {
		return 0
	}
	g := be16(s.table, at)
	if g == 0 {
		return 0
	}
	return (g + delta) & 0xFFFF
}
