// Package fonts has the faces that pages are set in, and what a layout needs
// to know of them: which characters they cover and how wide these are.
//
// Start at Serif. The rule that holds everywhere: measures are whole numbers
// of the face's own units, UnitsPerEm to the em, so that a layout comes out
// the same on every machine. A face is read when it is first asked for, and
// Faces are never changed afterwards: goroutines may share them.
//
// The files, their origin, licence and digests are in faces/manifest.json.
package fonts

import (
	_ "embed" // for the faces
	"fmt"
	"sync"
)

// Style is a face of a family: Regular, or Italic and Bold added.
type Style uint8

// The styles of a family.
const (
	Regular Style = 0
	Italic  Style = 1
	Bold    Style = 2

	BoldItalic = Bold | Italic
)

//go:embed faces/NotoSerif-Regular.ttf
var notoSerifRegular string

//go:embed faces/NotoSerif-Italic.ttf
var notoSerifItalic string

//go:embed faces/NotoSerif-Bold.ttf
var notoSerifBold string

//go:embed faces/NotoSerif-BoldItalic.ttf
var notoSerifBoldItalic string

// serif has the faces of Noto Serif by style.
var serif = [...]func() *Face{
	Regular:    embedded("NotoSerif-Regular", &notoSerifRegular),
	Italic:     embedded("NotoSerif-Italic", &notoSerifItalic),
	Bold:       embedded("NotoSerif-Bold", &notoSerifBold),
	BoldItalic: embedded("NotoSerif-BoldItalic", &notoSerifBoldItalic),
}

// embedded reads a face of ours once. That it can be read is held by a test.
func embedded(name string, data *string) func() *Face {
	return sync.OnceValue(func() *Face {
		f, err := read(name, *data)
		if err != nil {
			panic(fmt.Sprintf("fonts: %v", err))
		}
		return f
	})
}

// Serif is Noto Serif, which covers Latin, Greek and Cyrillic. The same style
// always gives the same Face.
func Serif(style Style) *Face {
	return serif[style]()
}
