package fonts

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"

	"qalam/export/fonts/sfnt"
)

// changed is a font with other bytes in a table.
func changed(t *testing.T, file []byte, tag string, at int, bytes ...byte) []byte {
	t.Helper()
	b := slices.Clone(file)
	for i := range sfnt.U16(string(b), 4) {
		if record := string(b[12+16*i:][:16]); record[:4] == tag {
			copy(b[sfnt.U32(record, 8)+at:], bytes)
			return b
		}
	}
	t.Fatalf("no table %q", tag)
	return nil
}

// with is a font with another table, or without it when it is empty.
func with(t *testing.T, file []byte, tag, table string) []byte {
	t.Helper()
	tables := readOne(t, file)
	if table == "" {
		delete(tables, tag)
	} else {
		tables[tag] = table
	}
	return sfnt.Write(tables)
}

// collection is a file of several fonts. Source: OpenType specification 1.9.1,
// "Font collections".
func collection(files ...[]byte) []byte {
	b := []byte("ttcf\x00\x01\x00\x00")
	b = sfnt.Append32(b, len(files))
	at := len(b) + 4*len(files)
	for _, f := range files {
		b = sfnt.Append32(b, at)
		at += len(f)
	}
	for _, f := range files {
		base := len(b)
		b = append(b, f...)
		for i := range sfnt.U16(string(f), 4) { // places count from the start of the file
			record := base + 12 + 16*i + 8
			copy(b[record:], sfnt.Append32(nil, sfnt.U32(string(b), record)+base))
		}
	}
	return b
}

// Faces are read from each form of file, with the names and styles they have.
func TestOpen(t *testing.T) {
	cff := cffOf(t, goregular.TTF)
	tests := []struct {
		name  string
		data  []byte
		faces []string
		style Style // of the last one
		has   rune
	}{
		{"fonts/go.ttf", goregular.TTF, []string{"GoRegular"}, Regular, 'ж'},
		{"fonts/go.ttf", goitalic.TTF, []string{"Go-Italic"}, Italic, 'ж'},
		{"fonts/go.ttf", gomonobold.TTF, []string{"GoMono-Bold"}, Bold | Mono, 'ж'},
		{"fonts/go.ttc", collection(goregular.TTF, goitalic.TTF), []string{"GoRegular", "Go-Italic"}, Italic, 'ж'},
		{"fonts/cff.otf", cff, []string{"GoRegular"}, Regular, 'ж'},
		{"fonts/my font.ttf", with(t, goregular.TTF, "name", ""), []string{"myfont"}, Regular, 'ж'},
		{"fonts/字.ttc", collection(with(t, goregular.TTF, "name", ""), with(t, goregular.TTF, "name", "")), []string{"Face", "Face-2"}, Regular, 'ж'},
	}
	for _, test := range tests {
		faces, err := Open(test.name, test.data)
		if err != nil {
			t.Error(err)
			continue
		}
		var names []string
		for _, f := range faces {
			names = append(names, f.Name())
			units, ok := f.Advance(test.has)
			if !ok || units <= 0 || !f.Has(test.has) || f.Has('字') || f.Bounds(test.has) == (Bounds{}) {
				t.Errorf("%s: %c is %d wide, %v, in the box %v", f.Name(), test.has, units, ok, f.Bounds(test.has))
			}
			if g, ok := f.Font().NominalGlyph(test.has); !ok || int(g) != f.Glyph(test.has) {
				t.Errorf("%s: %c is glyph %d for go-text, %d for us", f.Name(), test.has, g, f.Glyph(test.has))
			}
			if f.XHeight() <= 0 && f.Has('x') || f.Ascent() <= 0 || f.UnitsPerEm() <= 0 {
				t.Errorf("%s: measures %+v", f.Name(), f.Measures)
			}
			if !slices.Contains(f.Scripts(), "Latn") {
				t.Errorf("%s: scripts %v", f.Name(), f.Scripts())
			}
		}
		if !slices.Equal(names, test.faces) || faces[len(faces)-1].Style() != test.style {
			t.Errorf("%s: faces %q, style %v; want %q, %v", test.name, names, faces[len(faces)-1].Style(), test.faces, test.style)
		}
	}
}

// Faces that cannot be used are refused, in words that say why.
func TestOpenRefuses(t *testing.T) {
	whole := goregular.TTF
	glyf := len(readOne(t, whole)["glyf"])
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "not a font file"},
		{"text", []byte("Once upon a time there was a font."), "not a font file"},
		{"web font", append([]byte("wOF2"), whole[4:]...), "for the web"},
		{"list cut", whole[:40], "ends within its list of tables"},
		{"table cut", whole[:len(whole)/2], "reaches beyond the end"},
		{"collection cut", collection(whole)[:14], "ends within its list of fonts"},
		{"no widths", with(t, whole, "hmtx", ""), `no table "hmtx"`},
		{"no outlines", with(t, whole, "glyf", ""), "no outlines"},
		{"outlines cut", with(t, whole, "loca", "\x00\x00"), `"loca" is too short`},
		{"outlines broken", with(t, whole, "glyf", strings.Repeat("\x7F", glyf)), "another form"},
		{"outlines in a circle", changed(t, whole, "glyf", 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "another form"},
		{"CFF broken", with(t, with(t, whole, "glyf", ""), "CFF ", "\x01\x00\x04\x01"), "outlines are broken"},
		{"variable CFF", with(t, with(t, whole, "glyf", ""), "CFF2", "\x02\x00\x04\x01"), "CFF2"},
		{"no map", changed(t, whole, "cmap", 0, 0, 0, 0, 0), "no map of characters"},
		{"no contours", with(t, whole, "glyf", string(make([]byte, len(readOne(t, whole)["glyf"])))), "nothing to show for"},
		{"blank", with(t, whole, "loca", string(make([]byte, len(readOne(t, whole)["loca"])))), "nothing to show for"},
		{"no embedding", changed(t, whole, "OS/2", 8, 0, 0x02), "forbids to embed it"},
		{"no subsets", changed(t, whole, "OS/2", 8, 0x01, 0), "forbids to embed a part"},
		{"only bitmaps", changed(t, whole, "OS/2", 8, 0x02, 0), "forbids to embed a part"},
		{"no em", changed(t, whole, "head", 18, 0, 1), "an em of 1 units"},
	}
	for _, test := range tests {
		faces, err := Open("fonts/x.ttf", test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) || faces != nil {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	for _, fsType := range []byte{0, 4, 8, 0x0A} { // installable, preview, editable, the mildest of two
		if _, err := Open("x.ttf", changed(t, whole, "OS/2", 8, 0, fsType)); err != nil {
			t.Errorf("fsType %d: %v", fsType, err)
		}
	}
}

// A single glyph that is empty by mistake counts as not covered.
func TestOpenBlank(t *testing.T) {
	whole := readOne(t, goregular.TTF)
	faces, err := Open("go.ttf", goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	g := faces[0].Glyph('ж')
	loca := []byte(whole["loca"])
	size := 2 << sfnt.U16(whole["head"], 50)
	copy(loca[size*g:size*(g+1)], loca[size*(g+1):]) // its outline begins where it ends
	faces, err = Open("go.ttf", with(t, goregular.TTF, "loca", string(loca)))
	if err != nil {
		t.Fatal(err)
	}
	if faces[0].Has('ж') || !faces[0].Has('з') {
		t.Errorf("ж: %v, з: %v", faces[0].Has('ж'), faces[0].Has('з'))
	}
}

// A glyph begins where the file says, which need not be where its outline
// begins: this face has such a glyph.
func TestOpenBearing(t *testing.T) {
	faces, err := Open("go.ttf", goitalic.TTF)
	if err != nil {
		t.Fatal(err)
	}
	f := faces[0]
	tables, other := readOne(t, goitalic.TTF), 0
	for g := 1; g < sfnt.U16(tables["hhea"], 34); g++ {
		s := f.NewSubset()
		code, err := s.Code("x", 500, Part{Glyph: g})
		if err != nil {
			t.Fatal(err)
		}
		file, _, err := s.TrueType()
		if err != nil {
			t.Fatal(err)
		}
		want := sfnt.I16(tables["hmtx"], 4*g+2)
		if got := sfnt.I16(readOne(t, file)["hmtx"], 4*int(code)+2); got != want {
			t.Errorf("glyph %d begins at %d, want %d", g, got, want)
		}
		if bounds(recordsOf(t, f)(g)).XMin != want {
			other++
		}
	}
	if other == 0 {
		t.Error("all outlines begin where the glyphs do: this tests nothing")
	}
}

// No file makes Open panic, and what it accepts can be asked everything, and
// be put into a file.
func FuzzOpen(f *testing.F) {
	f.Add(goregular.TTF[:400], 18, byte(0), false)
	f.Add(goregular.TTF[:2000], 3000, byte(0xFF), false)
	f.Add(goregular.TTF[:0], 20000, byte(0xFF), true)
	var cff []byte
	f.Fuzz(func(t *testing.T, start []byte, at int, value byte, isCFF bool) {
		data := bytes.Clone(goregular.TTF)
		if isCFF {
			if cff == nil {
				cff = cffOf(t, goregular.TTF)
			}
			data = bytes.Clone(cff)
		}
		copy(data, start)
		if at >= 0 && at < len(data) {
			data[at] = value
		}
		faces, err := Open("fuzz", data)
		if err != nil {
			return
		}
		for _, face := range faces {
			subset := face.NewSubset()
			for r := rune(0); r < 0x3000; r += 7 {
				if face.Has(r) {
					if _, err := subset.Rune(r); err != nil {
						t.Error(err)
					}
				}
				if units, ok := face.Advance(r); units < 0 || face.Has(r) && !ok {
					t.Errorf("%U: %d, %v", r, units, ok)
				}
				face.Bounds(r)
			}
			if file, _, err := subset.TrueType(); err == nil {
				readOne(t, file)
			}
		}
	})
}
