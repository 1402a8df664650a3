// Package sfnt reads and writes the form in which OpenType fonts lie in files:
// a list of tables, and within them numbers with the most significant byte
// first.
//
// Start at Read. It reads what qalam needs to choose faces, to measure them and
// to put parts of them into files; shaping has a reader of its own. The rule
// that holds everywhere: no file makes it panic, and nothing is copied, so that
// reading costs microseconds whatever the size.
//
// Source: OpenType specification 1.9.1.
package sfnt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// U16 is the unsigned number of two bytes at i.
func U16(s string, i int) int { return int(s[i])<<8 | int(s[i+1]) }

// I16 is the signed number of two bytes at i.
func I16(s string, i int) int { return int(int16(U16(s, i))) }

// U32 is the unsigned number of four bytes at i.
func U32(s string, i int) int { return U16(s, i)<<16 | U16(s, i+2) }

// Append16 appends the lower two bytes of v.
func Append16(b []byte, v int) []byte { return append(b, byte(v>>8), byte(v)) }

// Append32 appends the lower four bytes of v.
func Append32(b []byte, v int) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }

// Tables are the tables of one font, by tag.
type Tables map[string]string

// Read finds the tables of each font in a file: one, or those of a collection.
func Read(data string) ([]Tables, error) {
	if len(data) < 12 {
		return nil, errors.New("not a font file")
	}
	if data[:4] != "ttcf" {
		t, err := read(data, 0)
		if err != nil {
			return nil, err
		}
		return []Tables{t}, nil
	}
	n := U32(data, 8)
	if n > (len(data)-12)/4 {
		return nil, errors.New("the file ends within its list of fonts")
	}
	fonts := make([]Tables, n)
	for i := range fonts {
		var err error
		if fonts[i], err = read(data, U32(data, 12+4*i)); err != nil {
			return nil, fmt.Errorf("font %d of the collection: %w", i+1, err)
		}
	}
	return fonts, nil
}

// read finds the tables of the font whose list begins at a place.
func read(data string, at int) (Tables, error) {
	if at > len(data)-12 {
		return nil, errors.New("the file ends before its list of tables")
	}
	switch version := data[at : at+4]; version {
	case "\x00\x01\x00\x00", "true", "OTTO":
	case "wOFF", "wOF2":
		return nil, errors.New("a compressed font for the web; the same font as .ttf or .otf is needed")
	default:
		return nil, errors.New("not a font file")
	}
	n := U16(data, at+4)
	if len(data)-at < 12+16*n {
		return nil, errors.New("the file ends within its list of tables")
	}
	t := make(Tables, n)
	for i := range n {
		record := data[at+12+16*i:]
		tag, offset, size := record[:4], U32(record, 8), U32(record, 12)
		if offset > len(data) || size > len(data)-offset {
			return nil, fmt.Errorf("table %q reaches beyond the end of the file", tag)
		}
		t[tag] = data[offset : offset+size]
	}
	return t, nil
}

// Write is a file of one font, its tables in the order of their tags.
func Write(t Tables) []byte {
	n := len(t)
	power := 0 // of two, the largest in n
	for 2<<power <= n {
		power++
	}
	tags := slices.Sorted(maps.Keys(t))
	b := Append32(nil, 0x00010000)
	for _, v := range []int{n, 16 << power, power, 16*n - 16<<power} {
		b = Append16(b, v)
	}
	at, head := 12+16*n, -1
	for _, tag := range tags {
		data := t[tag]
		if tag == "head" {
			data, head = data[:8]+"\x00\x00\x00\x00"+data[12:], at
		}
		b = append(b, tag...)
		for _, v := range []int{int(Checksum(data)), at, len(data)} {
			b = Append32(b, v)
		}
		at += (len(data) + 3) &^ 3
	}
	for _, tag := range tags {
		b = append(b, t[tag]...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	if head >= 0 {
		binary.BigEndian.PutUint32(b[head+8:], 0)
		binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-Checksum(string(b)))
	}
	return b
}

// Checksum is the sum of the words of a table.
func Checksum(s string) uint32 {
	var sum uint32
	for ; len(s) >= 4; s = s[4:] {
		sum += uint32(U32(s, 0))
	}
	var last [4]byte
	copy(last[:], s)
	return sum + binary.BigEndian.Uint32(last[:])
}
