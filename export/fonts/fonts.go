// Package fonts has the faces that pages are set in, and what a layout needs
// to know of them: which characters they cover and how wide these are.
//
// Start at Family, which chooses a face for a piece of text; Open reads faces
// that an author brings, and Subset is the part of a face that a file shows.
// The rule that holds everywhere: measures are whole numbers of the face's own
// units, UnitsPerEm to the em, so that a layout comes out the same on every
// machine. A face is unpacked when it is first asked for, and Faces are never
// changed afterwards: goroutines may share them.
//
// Which faces there are, for which scripts and in which order, is said in
// faces/manifest.json, with origin, licence and digests.
package fonts

// Style is a face of a family: Regular, or Italic and Bold added.
type Style uint8

// The styles of a family.
const (
	Regular Style = 0
	Italic  Style = 1
	Bold    Style = 2

	BoldItalic = Bold | Italic

	// Mono is a face whose characters are all as wide, for code.
	Mono Style = 4
)

// styleNames are the names of the styles as people say them.
var styleNames = [...]string{
	Regular: "regular", Italic: "italic", Bold: "bold", BoldItalic: "bold italic",
	Mono: "mono", Mono | Italic: "mono italic", Mono | Bold: "bold mono", Mono | BoldItalic: "bold mono italic",
}

// String is the name of the style: "bold italic".
func (s Style) String() string { return styleNames[s] }
