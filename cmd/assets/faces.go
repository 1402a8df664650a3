package main

import (
	"fmt"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"qalam/export/fonts/pack"
)

// A face is a face of the program. Their order in the manifest is that in
// which the faces of a script are looked through.
type face struct {
	Name    string   `json:"name"`            // as PostScript has it
	Style   string   `json:"style"`           // a word of styles
	Scripts []string `json:"scripts"`         // ISO 15924; Zmth, Zsym and Zsye for signs
	Langs   []string `json:"langs,omitempty"` // BCP 47 languages that want it before others of their script
	Package string   `json:"package"`
	From    string   `json:"from"`            // its path in the package
	Keep    string   `json:"keep,omitempty"`  // a word of kept: the characters that are taken; empty means all
	Order   string   `json:"order,omitempty"` // a word of orders: which outlines come first
}

// styles are the values of fonts.Style, which cannot be imported here: it has
// the file that is made.
var styles = map[string]uint8{
	"regular": 0, "italic": 1, "bold": 2, "bold italic": 3, "mono": 4, "bold mono": 6,
}

// kept says which characters of a face are taken.
var kept = map[string]func(rune) bool{
	"": nil,

	// Syllables and letters; signs and Han come from the face for Han.
	"Hangul": func(c rune) bool { return unicode.Is(unicode.Hangul, c) },
}

// orders gives characters a rank; outlines of a small one come first.
var orders = map[string]func(rune) int{
	"":                     nil,
	"common letters first": commonLetters,
	"common Han first":     commonHan,
}

// commonLetters is 0 for what most of text in Latin and Cyrillic is made of.
func commonLetters(c rune) int {
	switch {
	case c < 0x180, 0x400 <= c && c < 0x530, 0x2010 <= c && c < 0x2060:
		return 0
	}
	return 1
}

// commonHan is 0 for the characters that most of Chinese text is made of, 1 for
// others that are common in Taiwan or Japan, 2 for rarer ones and 3 for those in
// none of the national standards: these put the common characters before the others (GB 2312 in rows
// 16 to 55, Big5 from A4 to C6, JIS X 0208 in rows 16 to 47).
func commonHan(c rune) int {
	lead := func(e encoding.Encoding) int {
		b, err := e.NewEncoder().Bytes([]byte(string(c)))
		if err != nil || len(b) != 2 {
			return 0
		}
		return int(b[0])
	}
	in := func(lead, from, to int) bool { return from <= lead && lead <= to }
	gbk, big5, jis := lead(simplifiedchinese.GBK), lead(traditionalchinese.Big5), lead(japanese.EUCJP)
	switch {
	case !unicode.In(c, unicode.Han):
		return 0 // signs, kana and letters
	case in(gbk, 0xB0, 0xD7) && isGB2312(c):
		return 0
	case in(big5, 0xA4, 0xC6), in(jis, 0xB0, 0xCF):
		return 1
	case isGB2312(c), big5 != 0, jis != 0:
		return 2
	}
	return 3
}

// isGB2312 reports whether both bytes of a character in GBK are those that
// GB 2312 has.
func isGB2312(c rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(c)))
	return err == nil && len(b) == 2 && b[0] >= 0xA1 && b[0] <= 0xF7 && b[1] >= 0xA1
}

// withFaces makes the pack of faces, and copies their licences.
func withFaces(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	var sources []pack.Source
	for _, f := range m.Faces {
		style, ok := styles[f.Style]
		if !ok {
			return nil, fmt.Errorf("%s: no style is called %q", f.Name, f.Style)
		}
		keep, ok := kept[f.Keep]
		if !ok {
			return nil, fmt.Errorf("%s: no choice of characters is called %q", f.Name, f.Keep)
		}
		rank, ok := orders[f.Order]
		if !ok {
			return nil, fmt.Errorf("%s: no order is called %q", f.Name, f.Order)
		}
		data, ok := pkgs[f.Package][f.From]
		if !ok {
			return nil, fmt.Errorf("%s: package %s has no %s", f.Name, f.Package, f.From)
		}
		sources = append(sources, pack.Source{
			Name: f.Name, Style: style, Scripts: f.Scripts, Langs: f.Langs,
			File: string(data), Keep: keep, Rank: rank,
		})
	}
	made["faces.pack"], err = pack.Write(sources)
	return made, err
}
