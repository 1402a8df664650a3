package pack

import (
	"errors"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"

	"qalam/export/fonts/sfnt"
)

// Source is a face to be packed.
type Source struct {
	Name    string
	Style   uint8
	Scripts []string
	Langs   []string
	File    string // of TrueType

	// Keep, if not nil, says which characters are kept.
	Keep func(rune) bool

	// Rank orders the outlines: those of characters with rank 0 first, then
	// those with 1, 2 and so on, and last those without a character; equal
	// ones as they are in the file. Nil stands for 0, for all of them.
	// Ranks are less than 254.
	Rank func(rune) int
}

// What of a font goes into its layout. Left out are, besides outlines: names,
// instructions, vertical metrics (no text is set vertically), the old table of
// kerning where GPOS has it, and the signature of the file as it was.
var layoutTables = []string{"GDEF", "GPOS", "GSUB", "OS/2", "head", "hhea", "hmtx", "maxp"}

// blockLimit is how many bytes of outlines go into a block at most, unless it
// is a single one: few of those that are often needed, since all of a block is
// unpacked for one of them, and more of the others, since large blocks are
// compressed better.
func blockLimit(rank int) int { return 32 << 10 << min(rank, 3) }

// noChar is the rank of a glyph that only a substitution gives.
const noChar = noOutline - 1

// Write makes a pack.
func Write(sources []Source) ([]byte, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	defer enc.Close()
	w := writer{enc: enc}
	for _, s := range sources {
		if err := w.face(s); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
	}

	// Places in the index count from the end of it.
	size := header
	for _, f := range w.faces {
		size += len(f.index(0))
	}
	b := append([]byte(magic), byte(len(w.faces)>>8), byte(len(w.faces)), 0, 0)
	for _, f := range w.faces {
		b = append(b, f.index(size)...)
	}
	return append(b, w.data...), nil
}

// writer gathers the compressed parts of a pack.
type writer struct {
	enc   *zstd.Encoder
	data  []byte
	faces []*record
}

// record is a face and where its parts are.
type record struct {
	Source
	Measures
	chars  []rune
	glyphs int
	layout part
	blocks []packedBlock
}

// packedBlock is a block, and the number of the first outline in it.
type packedBlock struct {
	first int
	part
}

// index is what the index has of a face when the compressed parts begin at base.
func (f *record) index(base int) []byte {
	words := func(b []byte, s string) []byte { return append(append(b, byte(len(s))), s...) }
	b := words(nil, f.Name)
	b = append(b, f.Style)
	b = words(words(b, strings.Join(f.Scripts, " ")), strings.Join(f.Langs, " "))
	for _, n := range f.numbers() {
		b = sfnt.Append16(b, *n)
	}
	b = sfnt.Append16(sfnt.Append32(b, len(f.chars)), f.glyphs)
	var ranges []byte
	for i := 0; i < len(f.chars); {
		n := 1
		for i+n < len(f.chars) && f.chars[i+n] == f.chars[i]+rune(n) && n <= 0xFFFF {
			n++
		}
		ranges = sfnt.Append16(append(ranges, byte(f.chars[i]>>16), byte(f.chars[i]>>8), byte(f.chars[i])), n-1)
		i += n
	}
	b = append(sfnt.Append16(b, len(ranges)/rangeSize), ranges...)
	for _, v := range []int{base + f.layout.at, f.layout.packed, f.layout.size} {
		b = sfnt.Append32(b, v)
	}
	b = sfnt.Append16(b, len(f.blocks))
	for _, block := range f.blocks {
		b = sfnt.Append16(b, block.first)
		for _, v := range []int{base + block.at, block.packed, block.size} {
			b = sfnt.Append32(b, v)
		}
	}
	return b
}

// pack appends a compressed part.
func (w *writer) pack(data []byte) part {
	p := part{at: len(w.data), size: len(data)}
	w.data = w.enc.EncodeAll(data, w.data)
	p.packed = len(w.data) - p.at
	return p
}

func (w *writer) face(s Source) error {
	fonts, err := sfnt.Read(s.File)
	if err != nil {
		return err
	}
	if len(fonts) != 1 {
		return errors.New("a collection")
	}
	t := fonts[0]
	for _, tag := range []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"} {
		if t[tag] == "" {
			return fmt.Errorf("no table %q", tag)
		}
	}
	if t["fvar"] != "" {
		return errors.New("a variable font")
	}
	f := &record{Source: s, Measures: ReadMeasures(t), glyphs: sfnt.U16(t["maxp"], 4)}

	cmap, err := sfnt.ReadMap(t["cmap"])
	if err != nil {
		return err
	}
	order := glyphOrder{rank: make([]byte, f.glyphs), wanted: make([]bool, f.glyphs)}
	if s.Rank != nil {
		for g := range order.rank {
			order.rank[g] = noChar
		}
	}
	for c, g := range cmap.All() {
		if g >= f.glyphs {
			return fmt.Errorf("%U is glyph %d of %d", c, g, f.glyphs)
		}
		if s.Keep == nil || s.Keep(c) {
			f.chars = append(f.chars, c)
			order.want(g, c, s.Rank)
		}
	}
	layout := sfnt.Tables{}
	for _, tag := range layoutTables {
		if t[tag] != "" {
			layout[tag] = t[tag]
		}
	}
	if layout["GPOS"] == "" && t["kern"] != "" {
		layout["kern"] = t["kern"]
	}
	layout["post"] = "\x00\x03\x00\x00" + t["post"][4:32] // version 3: no names of glyphs
	if s.Keep == nil {
		if layout["cmap"], err = cmap.Table(t["cmap"]); err != nil {
			return err
		}
		for g := range order.wanted {
			order.wanted[g] = true // what substitutions give has no character
		}
	} else {
		// What is left is shaped by its characters alone.
		layout["cmap"] = sfnt.NewMap(f.chars, cmap.Glyph)
		delete(layout, "GSUB")
	}

	outlines, err := order.outlines(t)
	if err != nil {
		return err
	}
	layout[Ranks] = string(order.rank)
	if layout["hmtx"], err = order.advances(t); err != nil {
		return err
	}
	f.layout = w.pack(sfnt.Write(layout))
	var block [][]byte
	first, size := 0, 0
	for i, o := range outlines {
		block = append(block, o.record)
		size += len(o.record)
		if i+1 == len(outlines) || outlines[i+1].rank != o.rank || size+len(outlines[i+1].record) > blockLimit(int(o.rank)) {
			f.blocks = append(f.blocks, packedBlock{first, w.pack(writeBlock(block))})
			first, block, size = i+1, nil, 0
		}
	}
	w.faces = append(w.faces, f)
	return nil
}

// ReadMeasures are the measures that tables have, each of them as long as in
// the first version of OpenType at least. Those that only later ones have are 0
// where they are missing.
func ReadMeasures(t sfnt.Tables) Measures {
	m := Measures{
		UnitsPerEm:  sfnt.U16(t["head"], 18),
		Ascent:      sfnt.I16(t["hhea"], 4),
		Descent:     -sfnt.I16(t["hhea"], 6),
		StrikeTop:   sfnt.I16(t["OS/2"], 28),
		StrikeSize:  sfnt.I16(t["OS/2"], 26),
		ItalicAngle: sfnt.I16(t["post"], 4),
		Weight:      sfnt.U16(t["OS/2"], 4),
	}
	if os2 := t["OS/2"]; len(os2) >= 90 { // since version 2
		m.XHeight, m.CapHeight = sfnt.I16(os2, 86), sfnt.I16(os2, 88)
	}
	return m
}

// glyphOrder says which glyphs are wanted and in which order their outlines go.
type glyphOrder struct {
	rank   []byte // as in the table Ranks
	wanted []bool
}

func (o *glyphOrder) want(g int, c rune, rank func(rune) int) {
	o.wanted[g] = true
	if rank != nil {
		o.rank[g] = min(o.rank[g], byte(rank(c)))
	}
}

// outline is the record of a glyph, and how early it comes.
type outline struct {
	record []byte
	rank   byte
}

// outlines are the records of the glyphs that have one, in their order. The
// ranks of others become noOutline.
func (o *glyphOrder) outlines(t sfnt.Tables) ([]outline, error) {
	long := sfnt.U16(t["head"], 50) == 1
	record := func(g int) string { return sfnt.Outline(t["glyf"], t["loca"], long, g) }

	// What others are made of is wanted as well, and as early.
	for again := true; again; {
		again = false
		for g := range o.wanted {
			d := record(g)
			if !o.wanted[g] || d == "" || sfnt.I16(d, 0) >= 0 {
				continue
			}
			if err := sfnt.Components(d, func(part int) error {
				if part >= len(o.wanted) {
					return sfnt.ErrOutline
				}
				if !o.wanted[part] || o.rank[part] > o.rank[g] {
					o.rank[part], o.wanted[part], again = min(o.rank[part], o.rank[g]), true, true
				}
				return nil
			}); err != nil {
				return nil, fmt.Errorf("glyph %d: %w", g, err)
			}
		}
	}

	records := make([][]byte, len(o.wanted))
	for g := range records {
		var err error
		if o.wanted[g] {
			records[g], err = sfnt.Bare(record(g), func(glyph int) int { return glyph })
		}
		switch {
		case err != nil:
			return nil, fmt.Errorf("glyph %d: %w", g, err)
		case len(records[g]) > 0xFFFF:
			return nil, fmt.Errorf("glyph %d has %d bytes", g, len(records[g]))
		case len(records[g]) == 0:
			o.rank[g] = noOutline
		}
	}
	outlines := make([]outline, len(records))
	last := -1
	for g, n := range Order(string(o.rank)) {
		if n >= 0 {
			outlines[n] = outline{records[g], o.rank[g]}
			last = max(last, int(n))
		}
	}
	return outlines[:last+1], nil
}

// advances is the table hmtx without side bearings: those of a face that is
// packed are where its outlines begin, which a reader of a pack can rely on.
func (o *glyphOrder) advances(t sfnt.Tables) (string, error) {
	long := sfnt.U16(t["head"], 50) == 1
	b := []byte(t["hmtx"])
	n := sfnt.U16(t["hhea"], 34)
	for g, rank := range o.rank {
		at := 4*g + 2
		if g >= n {
			at = 4*n + 2*(g-n)
		}
		if at+2 > len(b) {
			break
		}
		if rank != noOutline && sfnt.I16(t["hmtx"], at) != sfnt.I16(sfnt.Outline(t["glyf"], t["loca"], long, g), 2) {
			return "", fmt.Errorf("the side bearing of glyph %d is not where its outline begins", g)
		}
		b[at], b[at+1] = 0, 0
	}
	return string(b), nil
}
