// Package paragraph sets text in lines: it chooses faces, shapes, orders both
// directions, divides words, and fills a measure as evenly as it can.
//
// Start at Setter. The rule that holds everywhere: every decision is made in
// whole numbers, so that the same text gives the same lines on every machine.
// It knows nothing of pages, notes or documents.
//
// The way of a paragraph: its characters get levels, scripts and grapheme
// clusters (text.go); what is alike in all of these is an item, and is shaped by
// HarfBuzz (items.go, shape.go); East Asian marks and foreign words are set
// closer or apart (east.go); the places where a line may end are found and
// measured, with what each of them does to the text (breaks.go, hyphens.go); the
// best of them are chosen as TeX does (fit.go); and each line is built, shaped
// again only where it cuts what must not be cut (line.go).
//
// Decisions that are the same for all:
//
//   - No line is wider than its measure, but for a character that is wider
//     itself. A word that fits no line is divided; where it cannot be, it is broken
//     between characters, and reported.
//   - Words are divided only where the lines are bad without it, and in a ragged
//     paragraph only where one would be short by a quarter.
//   - A line that could only be filled with holes stays short.
//   - A mark that is glued to a word stands after it in reading order, and moves
//     nothing else, whatever the directions of the text around it.
//   - All notes' marks of a paragraph are set in one face: that of its language.
package paragraph

import (
	"qalam/export/fonts"
	"qalam/locales"
)

// Length is a length in 1/65536 pt.
type Length int64

// Pt is one point, 1/72 inch.
const Pt Length = 1 << 16

// Paragraph is text and how it is to be set.
type Paragraph struct {
	Runs    []Run
	Lang    string            // BCP 47
	Dir     locales.Direction // of the paragraph; never empty
	Measure Length            // how long a line may be
	Align   Align

	// Hyphenate lets words be divided where the language of their run is known.
	// Without it only those are that are wider than a line.
	Hyphenate bool

	// Hang lets hyphens, commas and full stops at the right ends of justified
	// lines reach over the edge, by about half of their width (Latin, Greek, Cyrillic).
	Hang bool
}

// Align is how lines stand in their measure, as CSS's text-align has it. Start
// and End follow the direction of the paragraph. Justify sets the last line
// and lines before a forced break as Start does.
type Align uint8

const (
	Start Align = iota
	End
	Center
	Justify
)

// Run is a part of a paragraph that is alike throughout. Its text may be of
// many scripts and both directions. A line feed ends the line. Characters that
// control direction (U+2066 to U+2069, U+200E, U+200F, U+202A to U+202E, U+061C) do their
// work across runs and are not drawn.
type Run struct {
	Text  string
	Style fonts.Style
	Size  Length // whole hundredths of a point
	Rise  Length // above the baseline
	Lang  string // BCP 47; empty means that of the paragraph

	// Glued: no line ends before it, nor within it, and its spaces keep their
	// width: the mark of a note.
	Glued bool

	// Verbatim is code or an address: never hyphenated, its spaces keep their
	// width, no ligatures; lines end in an address where
	// linebreak.AllowInAddress has it.
	Verbatim bool

	Object *Object // a picture in the line; Text is then ignored
}

// Object is something in a line that is no text. It stands on the baseline.
type Object struct{ Width, Height Length }

// Line is a finished line. Pieces are in the order of the text; X is from the
// left edge of the measure (negative, or beyond the measure, where something hangs).
type Line struct {
	Pieces []Piece

	// Ascent and Descent are how far the faces and objects of the line reach
	// above and below the baseline (the faces' own ascent and descent at their size).
	Ascent, Descent Length

	// Open says that the next line goes on where this one ends: there is no
	// space between them.
	Open bool
}

// Piece is text of one run, face and direction, side by side on one line.
type Piece struct {
	Run      int         // index into Paragraph.Runs
	X, Width Length      // the left edge, and all that it takes, spaces stretched; but not the LetterSpace after the last character of a line
	Face     *fonts.Face // nil for an Object
	Text     string      // in logical order, without what is never drawn; U+FFFC for an Object. ZWNJ and ZWJ stay, in the cluster before them
	Glyphs   []Glyph     // from left to right, also where RTL
	RTL      bool
	Hyphen   bool // a hyphen that the line end put there; Text is "-" or U+2010

	// WordSpace is added to the advance of each space (U+0020, U+00A0) and
	// LetterSpace to that of the last glyph of every cluster, where a line is justified.
	WordSpace, LetterSpace Length
}

// Glyph is a glyph of a face. Measures are in units of the face.
type Glyph struct {
	ID      uint16
	Chars   uint16 // how many characters of Piece.Text its cluster stands for, on the first glyph of a cluster from the left; 0 on the others
	Advance int32
	X, Y    int16 // moved from the pen: to the right, and up
}

// Broken is a word that fits no line and was broken between two characters. An
// Object that stands with it is no part of its text.
type Broken struct {
	Run  int
	Text string

	at int // where it begins in the text of the paragraph, or of its window
}
