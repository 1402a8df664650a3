package fonts

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"qalam/export/fonts/sfnt"
)

// letters are simple glyphs, composite ones, and one without an outline.
const letters = "Aaéңắ№ ῷЇ—"

// point is a point of an outline: where it is, whether it is on the curve, and
// whether a contour ends with it.
type point struct {
	x, y    int
	on, end bool
}

// readOne reads a file of one font.
func readOne(t *testing.T, file []byte) sfnt.Tables {
	t.Helper()
	fonts, err := sfnt.Read(string(file))
	if err != nil || len(fonts) != 1 {
		t.Fatalf("%d fonts, %v", len(fonts), err)
	}
	return fonts[0]
}

// recordsOf gives the records of the glyphs of a face.
func recordsOf(t *testing.T, f *Face) func(g int) string {
	return func(g int) string {
		record, err := f.source.outline(g)
		if err != nil {
			t.Fatal(err)
		}
		return record
	}
}

// parse reads the outlines of a font file: the points of a glyph, those of its
// components in their places.
func parse(t *testing.T, file []byte) (outline func(g int) []point) {
	t.Helper()
	tables := readOne(t, file)
	glyf, loca, long := tables["glyf"], tables["loca"], sfnt.U16(tables["head"], 50) == 1
	return points(t, func(g int) string { return sfnt.Outline(glyf, loca, long, g) })
}

// points reads the outlines of records of glyf.
func points(t *testing.T, record func(g int) string) (outline func(g int) []point) {
	t.Helper()
	outline = func(g int) []point {
		d := record(g)
		if d == "" {
			return nil
		}
		contours := sfnt.I16(d, 0)
		var all []point
		if contours < 0 {
			for more, d := true, d[10:]; more; {
				flags, x, y := sfnt.U16(d, 0), 0, 0
				more = flags&0x20 != 0
				if flags&^(1|2|4|0x10|0x20|0x200|0x400|0x100) != 0 || flags&2 == 0 {
					t.Fatalf("glyph %d: a component with flags %#x, which this test does not know", g, flags)
				}
				part := outline(sfnt.U16(d, 2))
				if flags&1 != 0 {
					x, y, d = sfnt.I16(d, 4), sfnt.I16(d, 6), d[8:]
				} else {
					x, y, d = int(int8(d[4])), int(int8(d[5])), d[6:]
				}
				for _, p := range part {
					p.x, p.y = p.x+x, p.y+y
					all = append(all, p)
				}
			}
			return all
		}
		ends := map[int]bool{}
		n := 0
		for i := range contours {
			n = sfnt.U16(d, 10+2*i) + 1
			ends[n-1] = true
		}
		d = d[10+2*contours:]
		d = d[2+sfnt.U16(d, 0):]
		var flags []byte
		for len(flags) < n {
			times := 1
			f := d[0]
			d = d[1:]
			if f&8 != 0 {
				times += int(d[0])
				d = d[1:]
			}
			flags = append(flags, bytes.Repeat([]byte{f}, times)...)
		}
		read := func(short, same byte, set func(p *point, v int)) {
			v := 0
			for i, f := range flags {
				switch {
				case f&short != 0 && f&same != 0:
					v, d = v+int(d[0]), d[1:]
				case f&short != 0:
					v, d = v-int(d[0]), d[1:]
				case f&same == 0:
					v, d = v+sfnt.I16(d, 0), d[2:]
				}
				set(&all[i], v)
			}
		}
		all = make([]point, n)
		for i, f := range flags {
			all[i].on, all[i].end = f&1 != 0, ends[i]
		}
		read(2, 16, func(p *point, v int) { p.x = v })
		read(4, 32, func(p *point, v int) { p.y = v })
		return all
	}
	return outline
}

// A glyph of the subset has the outline and the width of the face's, a letter
// with marks has those of its parts.
func TestSubset(t *testing.T) {
	for _, style := range []Style{Regular, Italic, Bold, BoldItalic} {
		f := serif(style)
		s := f.NewSubset()
		codes := map[rune]uint16{}
		for _, r := range letters {
			code, err := s.Rune(r)
			if err != nil {
				t.Fatal(err)
			}
			codes[r] = code
		}
		q, dot := f.Glyph('q'), f.Glyph('\u0307')
		marked, err := s.Code("q\u0307", 600, Part{Glyph: q}, Part{Glyph: dot, X: 580, Y: -20})
		if err != nil {
			t.Fatal(err)
		}
		file, box, err := s.TrueType()
		if err != nil {
			t.Fatal(err)
		}
		theirs, ours := points(t, recordsOf(t, f)), parse(t, file)
		hmtx := readOne(t, file)
		for r, code := range codes {
			if want, got := theirs(f.Glyph(r)), ours(int(code)); !reflect.DeepEqual(want, got) {
				t.Errorf("%s: the outline of %q is another one", f.Name(), string(r))
			}
			want, _ := f.Advance(r)
			if got := sfnt.U16(hmtx["hmtx"], 4*int(code)); got != want || s.Advance(code) != want {
				t.Errorf("%s: %q is %d wide, want %d", f.Name(), string(r), got, want)
			}
			if got, want := sfnt.I16(hmtx["hmtx"], 4*int(code)+2), f.Bounds(r).XMin; got != want {
				t.Errorf("%s: %q begins at %d, want %d", f.Name(), string(r), got, want)
			}
			if s.Text(code) != string(r) {
				t.Errorf("%s: %q stands for %q", f.Name(), string(r), s.Text(code))
			}
		}
		want := theirs(q)
		for _, p := range theirs(dot) {
			p.x, p.y = p.x+580, p.y-20
			want = append(want, p)
		}
		if got := ours(int(marked)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the letter with a mark has another outline", f.Name())
		}
		if got := sfnt.U16(hmtx["hmtx"], 4*int(marked)); got != 600 || s.Text(marked) != "q\u0307" {
			t.Errorf("%s: the letter with a mark is %d wide and stands for %q", f.Name(), got, s.Text(marked))
		}
		if ours(0) != nil {
			t.Errorf("%s: glyph 0 has an outline", f.Name())
		}
		if b := f.Bounds('№'); box.XMax < b.XMax || box.YMax < b.YMax || box.XMin > 0 || box.YMin >= 0 {
			t.Errorf("%s: all is in the box %v", f.Name(), box)
		}
		if len(file) > 12000 {
			t.Errorf("%s: %d bytes", f.Name(), len(file))
		}
	}
}

// The file has the tables that a CIDFont may have, sums that are right, and
// is the same each time.
func TestSubsetFile(t *testing.T) {
	file := func() []byte {
		s := serif(Regular).NewSubset()
		for _, r := range letters {
			if _, err := s.Rune(r); err != nil {
				t.Fatal(err)
			}
		}
		b, _, err := s.TrueType()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := file()
	if !bytes.Equal(b, file()) {
		t.Error("two runs differ")
	}
	found := readOne(t, b)
	if len(found) != 6 {
		t.Errorf("%d tables", len(found))
	}
	if sum := sfnt.Checksum(string(b)); sum != 0xB1B0AFBA {
		t.Errorf("the sum of the file is %#x", sum)
	}
	for i := range 6 {
		record := string(b[12+16*i:])
		data := found[record[:4]]
		head := []byte(data)
		if record[:4] == "head" {
			copy(head[8:], make([]byte, 4))
		}
		if got, want := sfnt.U32(record, 4), int(sfnt.Checksum(string(head))); got != want {
			t.Errorf("the sum of %s is %#x, want %#x", record[:4], got, want)
		}
	}
	n := sfnt.U16(found["maxp"], 4)
	if sfnt.U16(found["hhea"], 34) != n || len(found["hmtx"]) != 4*n || sfnt.U16(found["head"], 50) != 0 || len(found["loca"]) != 2*(n+1) {
		t.Errorf("%d glyphs, other tables have others", n)
	}
	// ắ is a letter with two marks: three parts, or two of which one has parts.
	if components, depth := sfnt.U16(found["maxp"], 28), sfnt.U16(found["maxp"], 30); components < 2 || depth < 1 {
		t.Errorf("%d components, %d deep", components, depth)
	}
}

// Large subsets have places of 4 bytes.
func TestSubsetLarge(t *testing.T) {
	f := serif(Regular)
	s := f.NewSubset()
	for g := 1; g < f.glyphs; g++ {
		if _, err := s.Code("x", 500, Part{Glyph: g}); err != nil {
			t.Fatal(err)
		}
	}
	file, _, err := s.TrueType()
	if err != nil {
		t.Fatal(err)
	}
	found := readOne(t, file)
	if sfnt.U16(found["head"], 50) != 1 {
		t.Fatalf("%d bytes of outlines and short places", len(found["glyf"]))
	}
	theirs, ours := points(t, recordsOf(t, f)), parse(t, file)
	for g := 1; g < f.glyphs; g += 17 {
		if !reflect.DeepEqual(theirs(g), ours(g)) {
			t.Errorf("glyph %d has another outline", g)
		}
	}
}

// The same glyph for the same text is one code; for another text, or in
// another place, it is another.
func TestCodes(t *testing.T) {
	f := serif(Regular)
	s := f.NewSubset()
	hyphen := f.Glyph('-')
	code := func(text string, parts ...Part) uint16 {
		c, err := s.Code(text, 300, parts...)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	a, b := code("-", Part{Glyph: hyphen}), code("\u00AD", Part{Glyph: hyphen})
	if a != 1 || b != 2 || code("-", Part{Glyph: hyphen}) != a || code("-", Part{Glyph: hyphen, X: 1}) == a || s.Len() != 4 {
		t.Errorf("codes %d, %d of %d", a, b, s.Len())
	}
	for name, parts := range map[string][]Part{
		"no parts":      nil,
		"not there":     {{Glyph: 0}},
		"beyond":        {{Glyph: f.glyphs}},
		"too far":       {{Glyph: hyphen, X: 40000}},
		"too far below": {{Glyph: hyphen, Y: -40000}},
	} {
		if _, err := s.Code("x", 300, parts...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, text := range []string{"", "\xFF"} {
		if _, err := s.Code(text, 300, Part{Glyph: hyphen}); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	if _, err := s.Rune('字'); err == nil {
		t.Error("a character that the face has not: no error")
	}
}

// A font has room for so many glyphs, and what is beyond is an error.
func TestSubsetFull(t *testing.T) {
	s := serif(Regular).NewSubset()
	var err error
	for n := 0; err == nil; n++ {
		if n > maxGlyphs {
			t.Fatal("no error")
		}
		_, err = s.Code("x", n%0x10000, Part{Glyph: 1 + n>>16})
	}
	if !strings.Contains(err.Error(), "65535") {
		t.Error(err)
	}
}
