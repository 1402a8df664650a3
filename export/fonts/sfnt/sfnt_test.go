package sfnt

import (
	"maps"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
)

// What is written is read again; the sums and the order of the list are those
// that OpenType asks for.
func TestWrite(t *testing.T) {
	fonts, err := Read(string(goregular.TTF))
	if err != nil || len(fonts) != 1 {
		t.Fatalf("%d fonts, %v", len(fonts), err)
	}
	file := string(Write(fonts[0]))
	again, err := Read(file)
	if err != nil || len(again) != 1 {
		t.Fatalf("%d fonts, %v", len(again), err)
	}
	head := fonts[0]["head"]
	for _, t := range []Tables{fonts[0], again[0]} {
		t["head"] = t["head"][:8] + "\x00\x00\x00\x00" + t["head"][12:] // the sum of the file
	}
	if !maps.Equal(fonts[0], again[0]) {
		t.Error("other tables")
	}
	if Checksum(file) != 0xB1B0AFBA {
		t.Errorf("the sum of the file is %#x", Checksum(file))
	}
	last := ""
	for i := range U16(file, 4) {
		record := file[12+16*i:]
		if tag := record[:4]; tag <= last {
			t.Errorf("%q comes after %q", tag, last)
		} else if last = tag; U32(record, 4) != int(Checksum(again[0][tag])) {
			t.Errorf("the sum of %q is %#x", tag, U32(record, 4))
		}
	}
	if head == "" || U32(head, 12) != 0x5F0F3CF5 {
		t.Error("not the head of a font") // its magic number
	}
}

// segments4 is a cmap with a subtable of format 4: A to C, then a, of which the
// glyphs are listed.
const segments4 = "\x00\x00\x00\x01\x00\x03\x00\x01\x00\x00\x00\x0C" + // one subtable, of Windows for the BMP
	"\x00\x04\x00\x2A\x00\x00\x00\x06\x00\x04\x00\x01\x00\x02" +
	"\x00\x43\x00\x62\xFF\xFF\x00\x00" + // last characters
	"\x00\x41\x00\x61\xFF\xFF" + // first characters
	"\xFF\xC4\x00\x00\x00\x01" + // what is added
	"\x00\x00\x00\x04\x00\x00" + // where glyphs are listed
	"\x00\x07\x00\x00" // of a and b

// Characters have the glyphs that both forms of the map say, also beyond the
// Basic Multilingual Plane.
func TestMap(t *testing.T) {
	four, err := ReadMap(segments4)
	if err != nil {
		t.Fatal(err)
	}
	want := map[rune]int{'A': 5, 'B': 6, 'C': 7, 'a': 7}
	if got := maps.Collect(four.All()); !maps.Equal(got, want) {
		t.Errorf("format 4 has %v, want %v", got, want)
	}
	chars := []rune{'A', 'B', 'C', 'a', 0x1F600, 0x1F601}
	glyph := func(r rune) int {
		if g := four.Glyph(r); g != 0 {
			return g
		}
		return int(r - 0x1F600 + 40)
	}
	twelve, err := ReadMap(NewMap(chars, glyph))
	if err != nil {
		t.Fatal(err)
	}
	want[0x1F600], want[0x1F601] = 40, 41
	if got := maps.Collect(twelve.All()); !maps.Equal(got, want) {
		t.Errorf("format 12 has %v, want %v", got, want)
	}
	for _, m := range []Map{four, twelve} {
		for _, r := range []rune{-1, '@', 'D', 'b', 0xFFFF, 0x10FFFF} {
			if g := m.Glyph(r); g != 0 {
				t.Errorf("%U is glyph %d", r, g)
			}
		}
		for r := range m.All() {
			if m.Glyph(r) != want[r] {
				t.Errorf("%U is glyph %d, want %d", r, m.Glyph(r), want[r])
			}
		}
	}
}

// A table that has only the map and its variation sequences says the same.
func TestMapTable(t *testing.T) {
	sequences := "\x00\x0E\x00\x00\x00\x0A\x00\x00\x00\x00"
	cmap := string(Append16(Append16(nil, 0), 2)) +
		"\x00\x00\x00\x05" + string(Append32(nil, 20)) + // variation sequences
		"\x00\x03\x00\x01" + string(Append32(nil, 20+len(sequences))) +
		sequences + segments4[12:]
	m, err := ReadMap(cmap)
	if err != nil {
		t.Fatal(err)
	}
	table, err := m.Table(cmap)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(table, sequences) {
		t.Error("the variation sequences are lost")
	}
	again, err := ReadMap(table)
	if err != nil || !maps.Equal(maps.Collect(again.All()), maps.Collect(m.All())) {
		t.Errorf("another map, %v", err)
	}
}

// The name of a font is found in both ways of writing it, and is not taken when
// PostScript would not have it.
func TestPostScriptName(t *testing.T) {
	table := func(platform int, text string) string {
		b := Append16(Append16(Append16(nil, 0), 1), 18)
		for _, v := range []int{platform, 1, 0, 6, len(text), 0} {
			b = Append16(b, v)
		}
		return string(b) + text
	}
	tests := []struct{ name, table, want string }{
		{"Windows", table(3, "\x00A\x00-\x00B"), "A-B"},
		{"Macintosh", table(1, "A-B"), "A-B"},
		{"with a space", table(1, "A B"), ""},
		{"with a slash", table(1, "A/B"), ""},
		{"too long", table(1, strings.Repeat("A", 64)), ""},
		{"cut", table(1, "A-B")[:20], ""},
		{"none", "", ""},
	}
	for _, test := range tests {
		if got := PostScriptName(test.table); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// No bytes make the readers panic, and what they find lies within them.
func FuzzRead(f *testing.F) {
	f.Add(string(goregular.TTF[:2000]))
	f.Add(segments4)
	f.Add("ttcf\x00\x01\x00\x00\x00\x00\x00\x02\x00\x00\x00\x14\x00\x00\x00\x14\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	f.Fuzz(func(t *testing.T, data string) {
		fonts, err := Read(data)
		if err == nil {
			for _, font := range fonts {
				for tag, table := range font {
					if len(tag) != 4 || len(table) > len(data) {
						t.Errorf("table %q of %d bytes", tag, len(table))
					}
				}
				ReadMap(font["cmap"])
			}
		}
		PostScriptName(data)
		if m, err := ReadMap(data); err == nil {
			for r, g := range m.All() {
				if r < 0 || r > 0x10FFFF || g == 0 {
					t.Errorf("%U is glyph %d", r, g)
				}
			}
			m.Table(data)
		}
		if len(data) >= GlyphHeader {
			if bare, err := Bare(data, func(g int) int { return g }); err == nil && len(bare) > len(data) {
				t.Errorf("%d bytes without instructions, %d with them", len(bare), len(data))
			}
		}
	})
}
