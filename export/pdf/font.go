package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"

	"qalam/export/fonts"
	"qalam/export/pdf/object"
)

// Flags of a font descriptor. Source: ISO 32000-1, table 123.
// The first two are for readers that put another face in the place of this one,
// and are told by its name.
const (
	flagFixedPitch = 1 << 0
	flagSerif      = 1 << 1
	flagSymbolic   = 1 << 2 // its characters are none of a standard set
	flagItalic     = 1 << 6
)

// embed adds a subset to the file: one way for every face, with a code for
// each glyph. Source: ISO 32000-1, 9.7, 9.8.
func embed(out *object.Document, s *fonts.Subset) (object.Ref, error) {
	face := s.Face()
	file, box, err := s.TrueType()
	if err != nil {
		return 0, err
	}
	name := object.Name(subsetTag(file) + "+" + face.Name())
	measure := func(units int) int { return thousandths(face, units) }

	flags := flagSymbolic
	if strings.Contains(face.Name(), "Serif") {
		flags |= flagSerif
	}
	if strings.Contains(face.Name(), "Mono") {
		flags |= flagFixedPitch
	}
	if face.ItalicAngle() != 0 {
		flags |= flagItalic
	}
	weight := face.Weight()
	descriptor := out.Add(object.Dict{
		"Type":        object.Name("FontDescriptor"),
		"FontName":    name,
		"FontWeight":  min(max((weight+50)/100*100, 100), 900),
		"Flags":       flags,
		"FontBBox":    object.Array{measure(box.XMin), measure(box.YMin), measure(box.XMax), measure(box.YMax)},
		"ItalicAngle": face.ItalicAngle(),
		"Ascent":      measure(face.Ascent()),
		"Descent":     -measure(face.Descent()),
		"CapHeight":   measure(face.CapHeight()),
		"XHeight":     measure(face.XHeight()),
		// TrueType files do not say it, and it is only for readers that put
		// another face in the place of this one: the usual guess.
		"StemV":     50 + weight*weight/(65*65),
		"FontFile2": out.Add(&object.Stream{Dict: object.Dict{"Length1": len(file)}, Data: file}),
	})
	widths := make(object.Array, 0, s.Len()-1)
	for code := 1; code < s.Len(); code++ {
		widths = append(widths, measure(s.Advance(uint16(code))))
	}
	font := out.Add(object.Dict{
		"Type":           object.Name("Font"),
		"Subtype":        object.Name("CIDFontType2"),
		"BaseFont":       name,
		"CIDSystemInfo":  object.Dict{"Registry": object.String("Adobe"), "Ordering": object.String("Identity"), "Supplement": 0},
		"FontDescriptor": descriptor,
		"CIDToGIDMap":    object.Name("Identity"),
		"DW":             0,
		"W":              object.Array{1, widths},
	})
	return out.Add(object.Dict{
		"Type":            object.Name("Font"),
		"Subtype":         object.Name("Type0"),
		"BaseFont":        name,
		"Encoding":        object.Name("Identity-H"),
		"DescendantFonts": object.Array{font},
		"ToUnicode":       out.Add(&object.Stream{Data: toUnicode(s)}),
	}), nil
}

// subsetTag is six letters that no other subset has. Source: ISO 32000-1, 9.6.4.
func subsetTag(file []byte) string {
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicode is the map of codes to text. Source: ISO 32000-1, 9.10.3; Adobe
// Technical Note 5014, which allows 100 lines in a section.
func toUnicode(s *fonts.Subset) []byte {
	const section = 100
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for code := 1; code < s.Len(); {
		n := min(section, s.Len()-code)
		b = fmt.Appendf(b, "%d beginbfchar\n", n)
		for range n {
			b = fmt.Appendf(b, "<%04X> <", code)
			for _, unit := range utf16.Encode([]rune(s.Text(uint16(code)))) {
				b = fmt.Appendf(b, "%04X", unit)
			}
			b = append(b, ">\n"...)
			code++
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
