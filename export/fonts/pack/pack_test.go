package pack

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"qalam/export/fonts/sfnt"
)

// tables are those of a file of one font.
func tables(t *testing.T, file string) sfnt.Tables {
	t.Helper()
	fonts, err := sfnt.Read(file)
	if err != nil || len(fonts) != 1 {
		t.Fatalf("%d fonts, %v", len(fonts), err)
	}
	return fonts[0]
}

// bare is the record of a glyph of a font as a pack is to have it.
func bare(t *testing.T, font sfnt.Tables, g int) string {
	t.Helper()
	record, err := sfnt.Bare(sfnt.Outline(font["glyf"], font["loca"], sfnt.U16(font["head"], 50) == 1, g), func(part int) int { return part })
	if err != nil {
		t.Fatal(err)
	}
	return string(record)
}

// What is packed comes out: the index as it was given, the layout with all
// tables that shaping needs, and of every glyph the outline, whatever the order.
func TestPack(t *testing.T) {
	sources := []Source{
		{Name: "Plain", Scripts: []string{"Latn", "Cyrl"}, File: string(goregular.TTF)},
		{Name: "Ordered", Style: 1, Scripts: []string{"Latn"}, Langs: []string{"kk", "ru"}, File: string(gobold.TTF), Rank: func(c rune) int {
			if c > 0x7F {
				return 2
			}
			return 0
		}},
		{Name: "Some", Style: 2, Scripts: []string{"Grek"}, File: string(goregular.TTF), Keep: func(c rune) bool { return 'α' <= c && c <= 'ω' || c == 'é' }},
	}
	data, err := Write(sources)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := Write(sources); !bytes.Equal(data, again) {
		t.Error("two runs differ")
	}
	faces, err := Open(string(data))
	if err != nil || len(faces) != len(sources) {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	for i, f := range faces {
		s := sources[i]
		if f.Name != s.Name || f.Style != s.Style || !slices.Equal(f.Scripts, s.Scripts) || !slices.Equal(f.Langs, s.Langs) {
			t.Errorf("%v, want %s, %d, %v, %v", f, s.Name, s.Style, s.Scripts, s.Langs)
		}
		theirs := tables(t, s.File)
		if f.Measures != ReadMeasures(theirs) || f.Measures.Ascent <= 0 || f.UnitsPerEm != 2048 {
			t.Errorf("%s: measures %+v", f.Name, f.Measures)
		}
		layout, err := f.Layout()
		if err != nil {
			t.Fatal(err)
		}
		ours := tables(t, layout)
		for _, tag := range []string{"GDEF", "GPOS", "GSUB", "OS/2", "hhea", "maxp"} {
			if ours[tag] != theirs[tag] && s.Keep == nil {
				t.Errorf("%s: another table %q", f.Name, tag)
			}
		}
		for _, tag := range []string{"glyf", "loca", "name", "fpgm"} {
			if ours[tag] != "" {
				t.Errorf("%s: a table %q", f.Name, tag)
			}
		}

		theirMap, err := sfnt.ReadMap(theirs["cmap"])
		if err != nil {
			t.Fatal(err)
		}
		ourMap, err := sfnt.ReadMap(ours["cmap"])
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		wanted := map[int]bool{}
		for c, g := range theirMap.All() {
			keep := s.Keep == nil || s.Keep(c)
			if f.Has(c) != keep || keep != (ourMap.Glyph(c) == g) {
				t.Errorf("%s: %U: %v, glyph %d, want %v, %d", f.Name, c, f.Has(c), ourMap.Glyph(c), keep, g)
			}
			if keep {
				n++
				wanted[g] = true
			}
		}
		if n != f.Chars || n == 0 {
			t.Errorf("%s: %d characters, want %d", f.Name, f.Chars, n)
		}
		for first, last := range f.Ranges {
			n -= int(last-first) + 1
		}
		if n != 0 {
			t.Errorf("%s: %d characters are not in the ranges", f.Name, n)
		}

		order := Order(ours[Ranks])
		blocks := map[int]*Block{}
		outlines := 0
		for g := range f.Glyphs {
			want := bare(t, theirs, g)
			if order[g] < 0 {
				if want != "" && (s.Keep == nil || wanted[g]) {
					t.Errorf("%s: glyph %d has no outline", f.Name, g)
				}
				continue
			}
			outlines++
			i, record := f.BlockOf(int(order[g]))
			if blocks[i] == nil {
				if blocks[i], err = f.Block(i); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := blocks[i].Record(record); err != nil || got != want {
				t.Errorf("%s: glyph %d has another outline, %v", f.Name, g, err)
			}
			if got, want := sfnt.U16(ours["hmtx"], 4*g), sfnt.U16(theirs["hmtx"], 4*g); g < sfnt.U16(theirs["hhea"], 34) && got != want {
				t.Errorf("%s: glyph %d is %d wide, want %d", f.Name, g, got, want)
			}
		}
		if len(blocks) != f.Blocks() || s.Keep != nil && outlines > 40 {
			t.Errorf("%s: %d outlines in %d blocks of %d", f.Name, outlines, len(blocks), f.Blocks())
		}
		if s.Rank != nil && order[theirMap.Glyph('z')] > order[theirMap.Glyph('é')] {
			t.Errorf("%s: é comes before z", f.Name)
		}
	}
}

// Outlines that a pack would change, and files that it is not made for, are
// refused when it is written.
func TestWriteRefuses(t *testing.T) {
	with := func(tag, table string) string {
		all := tables(t, string(goregular.TTF))
		all[tag] = table
		return string(sfnt.Write(all))
	}
	moved := []byte(tables(t, string(goregular.TTF))["hmtx"])
	m, err := sfnt.ReadMap(tables(t, string(goregular.TTF))["cmap"])
	if err != nil {
		t.Fatal(err)
	}
	moved[4*m.Glyph('A')+3]++
	tests := []struct{ name, file, want string }{
		{"no font", "no font", "not a font file"},
		{"no outlines", with("glyf", ""), `no table "glyf"`},
		{"a variable font", with("fvar", "x"), "variable"},
		{"side bearings", with("hmtx", string(moved)), "side bearing"},
	}
	for _, test := range tests {
		if _, err := Write([]Source{{Name: "X", File: test.file}}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// A pack that is none, or ends early, is an error.
func TestOpenRefuses(t *testing.T) {
	data, err := Write([]Source{{Name: "Plain", File: string(goregular.TTF)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 3, header, 40, 200} {
		if _, err := Open(string(data[:n])); err == nil {
			t.Errorf("%d bytes are a pack", n)
		}
	}
	faces, err := Open(string(data[:len(data)-100]))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := faces[0].Block(faces[0].Blocks() - 1); err == nil {
		t.Error("a block that is cut off is read")
	}
}

// The outlines of a rank follow each other, in the order of their glyphs.
func TestOrder(t *testing.T) {
	got := Order("\x01\xFF\x00\x01\x00\xFE\x02")
	if want := []int32{2, -1, 0, 3, 1, 5, 4}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// A block gives back each record that it was made of, byte for byte.
func FuzzBlock(f *testing.F) {
	fonts, err := sfnt.Read(string(goregular.TTF))
	if err != nil {
		f.Fatal(err)
	}
	long := sfnt.U16(fonts[0]["head"], 50) == 1
	record := func(g int) []byte {
		return []byte(sfnt.Outline(fonts[0]["glyf"], fonts[0]["loca"], long, g))
	}
	f.Add(record(36), record(37))
	f.Add(record(100), []byte("\xFF\xFF\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x05\x00\x01\x00\x01"))
	f.Add([]byte("\x00\x01\x00\x00\x00\x00\x00\x05\x00\x05\x00\x01\x00\x00\x37\x33\x05\x05\x05\x05"), record(3))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var records [][]byte
		for _, r := range [][]byte{a, b, a} {
			if len(r) < sfnt.GlyphHeader || len(r) > 0xFFFF {
				continue
			}
			if bare, err := sfnt.Bare(string(r), func(g int) int { return g }); err == nil {
				records = append(records, bare)
			}
		}
		block, err := readBlock(string(writeBlock(records)))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range records {
			if got, err := block.Record(i); err != nil || got != string(want) {
				t.Errorf("record %d is %x, %v; want %x", i, got, err, want)
			}
		}
		if _, err := block.Record(len(records)); err == nil {
			t.Error("a record that is not there")
		}
	})
}
