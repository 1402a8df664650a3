// Package pack is the form in which the faces lie in the program: nothing of it
// needs parsing before it is used, and of a large face only what a document
// shows is ever unpacked.
//
// Start at Open; Write makes what it reads. A pack has three kinds of parts:
//
//   - an index, not compressed: the name, style, scripts, measures and
//     characters of each face, so that a face is chosen without unpacking one;
//   - for each face its layout, compressed as a whole: a font file of the tables
//     that shaping needs, without outlines;
//   - for each face its outlines, in compressed blocks, each of them read when
//     a file needs one of its glyphs. The outlines that most texts need come
//     first, so that a page of Chinese needs few blocks of many.
//
// The rule that holds everywhere: the same faces give the same bytes, and what
// is read is a part of them, not a copy.
package pack

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"qalam/export/fonts/sfnt"
)

// Face is a face of a pack. Measures are in units of the face.
type Face struct {
	Name    string
	Style   uint8
	Scripts []string // ISO 15924
	Langs   []string // BCP 47 languages that want this face before others of their script; mostly none
	Measures

	Chars  int // how many characters have a glyph
	Glyphs int // how many glyphs there are

	data   string // of the pack
	ranges string // of characters: rangeSize bytes each
	layout part
	blocks string // blockSize bytes each
}

// Measures are what a layout knows of a face before it is unpacked.
type Measures struct {
	UnitsPerEm  int
	Ascent      int
	Descent     int // positive, below the baseline
	CapHeight   int
	XHeight     int
	StrikeTop   int
	StrikeSize  int
	ItalicAngle int // degrees, negative when it leans to the right
	Weight      int
}

// numbers are the measures in the order of the index.
func (m *Measures) numbers() []*int {
	return []*int{&m.UnitsPerEm, &m.Ascent, &m.Descent, &m.CapHeight, &m.XHeight, &m.StrikeTop, &m.StrikeSize, &m.ItalicAngle, &m.Weight}
}

// part is a compressed part of a pack.
type part struct{ at, packed, size int }

const (
	magic     = "QFP1"
	header    = len(magic) + 4 // and the number of faces, the size of the index
	rangeSize = 5              // the first character, and how many follow it
	blockSize = 14             // the number of its first outline, and where it is in the pack
)

// Ranks is the table of a layout that says in which order the outlines of the
// face are: a byte for each glyph, the smaller ones first, equal ones by glyph;
// noOutline for a glyph that has none.
const Ranks = "rank"

const noOutline = 0xFF

// Order are the numbers of the outlines of glyphs as the table Ranks has them;
// -1 for those that have none.
func Order(ranks string) []int32 {
	var next [noOutline]int32 // the number of outlines of each rank, then the next of it
	for i := range len(ranks) {
		if r := ranks[i]; r != noOutline {
			next[r]++
		}
	}
	sum := int32(0)
	for r, n := range next {
		next[r] = sum
		sum += n
	}
	order := make([]int32, len(ranks))
	for g := range order {
		if r := ranks[g]; r != noOutline {
			order[g] = next[r]
			next[r]++
		} else {
			order[g] = -1
		}
	}
	return order
}

var errBroken = errors.New("the pack is broken")

// Open reads the index of a pack.
func Open(data string) (faces []*Face, err error) {
	defer func() {
		// Reading goes beyond the end nowhere else than in a broken pack.
		if recover() != nil {
			err = fmt.Errorf("fonts: %w", errBroken)
		}
	}()
	if !strings.HasPrefix(data, magic) {
		return nil, errors.New("fonts: not a pack of faces")
	}
	r := reader{s: data, at: header}
	list := make([]Face, sfnt.U16(data, len(magic)))
	faces = make([]*Face, len(list))
	for i := range list {
		faces[i] = &list[i]
		r.face(faces[i])
	}
	return faces, nil
}

// reader reads an index.
type reader struct {
	s  string
	at int
}

func (r *reader) bytes(n int) string {
	r.at += n
	return r.s[r.at-n : r.at]
}

func (r *reader) u8() int  { return int(r.bytes(1)[0]) }
func (r *reader) u16() int { return sfnt.U16(r.bytes(2), 0) }
func (r *reader) u32() int { return sfnt.U32(r.bytes(4), 0) }

// words reads words with spaces between them.
func (r *reader) words() []string { return strings.Fields(r.bytes(r.u8())) }

func (r *reader) face(f *Face) {
	f.data = r.s
	f.Name = r.bytes(r.u8())
	f.Style = uint8(r.u8())
	f.Scripts = r.words()
	f.Langs = r.words()
	for _, n := range f.numbers() {
		*n = int(int16(r.u16()))
	}
	f.Chars = r.u32()
	f.Glyphs = r.u16()
	f.ranges = r.bytes(rangeSize * r.u16())
	f.layout = part{r.u32(), r.u32(), r.u32()}
	f.blocks = r.bytes(blockSize * r.u16())
}

// Has reports whether the face has a glyph for c. It unpacks nothing.
func (f *Face) Has(c rune) bool {
	n := len(f.ranges) / rangeSize
	i := sort.Search(n, func(i int) bool { return f.first(i) > int(c) }) - 1
	return i >= 0 && int(c)-f.first(i) <= sfnt.U16(f.ranges, rangeSize*i+3)
}

func (f *Face) first(i int) int {
	return int(f.ranges[rangeSize*i])<<16 | sfnt.U16(f.ranges, rangeSize*i+1)
}

// Ranges calls yield with the first and the last character of each range that
// the face has, in order.
func (f *Face) Ranges(yield func(first, last rune) bool) {
	for i := range len(f.ranges) / rangeSize {
		first := f.first(i)
		if !yield(rune(first), rune(first+sfnt.U16(f.ranges, rangeSize*i+3))) {
			return
		}
	}
}

// Layout unpacks the tables that shaping needs, as a font file.
func (f *Face) Layout() (string, error) {
	b, err := f.unpack(f.layout)
	if err != nil {
		return "", fmt.Errorf("fonts: the layout of %s: %w", f.Name, err)
	}
	return string(b), nil
}

// Blocks is how many blocks of outlines there are.
func (f *Face) Blocks() int { return len(f.blocks) / blockSize }

// BlockOf is the block that has an outline, and its number there.
func (f *Face) BlockOf(outline int) (block, record int) {
	block = sort.Search(f.Blocks(), func(i int) bool { return f.firstOutline(i) > outline }) - 1
	return block, outline - f.firstOutline(block)
}

// firstOutline is the number of the first outline of a block.
func (f *Face) firstOutline(block int) int { return sfnt.U16(f.blocks, blockSize*block) }

// Block unpacks a block of outlines.
func (f *Face) Block(i int) (*Block, error) {
	at := f.blocks[blockSize*i:]
	data, err := f.unpack(part{sfnt.U32(at, 2), sfnt.U32(at, 6), sfnt.U32(at, 10)})
	var block *Block
	if err == nil {
		block, err = readBlock(string(data))
	}
	if err != nil {
		return nil, fmt.Errorf("fonts: outlines of %s: %w", f.Name, err)
	}
	return block, nil
}

var decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
})

func (f *Face) unpack(p part) ([]byte, error) {
	if p.at > len(f.data) || p.packed < 0 || p.packed > len(f.data)-p.at || p.size < 0 {
		return nil, errBroken
	}
	d, err := decoder()
	if err != nil {
		return nil, err
	}
	b, err := d.DecodeAll([]byte(f.data[p.at:p.at+p.packed]), make([]byte, 0, p.size))
	if err == nil && len(b) != p.size {
		err = errBroken
	}
	return b, err
}
