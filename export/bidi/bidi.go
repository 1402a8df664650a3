// Package bidi is the Unicode bidirectional algorithm, with embedding levels.
//
// Start at Levels, which looks at a paragraph once; Line then gives the runs of
// each of its lines in the order in which the eye meets them. The rule that
// holds everywhere: the answer is a function of the characters and of the base
// level alone, in time linear in the length of the text. Rules and definitions
// (P2, X5a, BD16 …) are those of Unicode Standard Annex #9; character classes
// are those of golang.org/x/text.
//
// What is not here: mirroring of brackets (L4), which a shaper does with the
// glyphs of the face in use, and combining marks (L3), likewise. Levels joins
// neighbours of one level only, never of one direction: in a left-to-right line
// with "עברית 45" at its end and Latin after it, the number has level 2 and the
// Latin level 0, and they stand at different places.
package bidi

import "fmt"

// Level is an embedding level (BD2): even ones are read from left to right,
// odd ones from right to left. Resolved levels are from 0 to 126.
type Level int8

const (
	// LTR is the base level of a left-to-right paragraph.
	LTR Level = 0

	// RTL is the base level of a right-to-left paragraph.
	RTL Level = 1

	// Auto is a base level that the first letter of the paragraph decides (P2,
	// P3): LTR when there is none. It is never an answer.
	Auto Level = -1
)

// maxDepth is the highest level that a control may ask for (BD2).
const maxDepth Level = 125

// IsRTL says whether text of this level is read from right to left.
func (l Level) IsRTL() bool { return l&1 != 0 }

// direction is the class of a letter that would stand at l without a level of
// its own: cL or cR.
func (l Level) direction() class {
	if l.IsRTL() {
		return cR
	}
	return cL
}

// Levels appends len(text) values to dst and returns it with the base level of
// the paragraph: value i is the level of text[i] by the rules P2 to I2. Base is
// LTR, RTL or Auto; anything else is a mistake of the caller, and panics.
//
// Controls that the algorithm removes (X9: embeddings, overrides, their ends,
// and boundary neutrals such as U+200D or U+00AD) get the level of the
// character before them, or the base level at the start: they divide no run.
//
// Text is one paragraph. A separator within it (class B: a forced line break,
// U+000A) ends all embeddings, and the base level stays as it is, which is what
// CSS Writing Modes 3, 2.4.2 says of forced breaks; under Auto the text before
// the first separator decides.
func Levels(dst []Level, text []rune, base Level) ([]Level, Level) {
	if base < Auto || base > RTL {
		panic(fmt.Sprintf("bidi: base level %d", base))
	}
	start := len(dst)
	dst = append(dst, make([]Level, len(text))...)
	if base != RTL && plain(text) {
		return dst, LTR
	}
	levels := dst[start:]
	var p paragraph
	for {
		n := p.read(text)
		if base == Auto {
			base = p.firstStrong(0, n, LTR)
		}
		p.explicit(base)
		p.resolve(levels[:n], base)
		if n == len(text) {
			return dst, base
		}
		text, levels = text[n:], levels[n:]
	}
}

// plain says whether no character of text can raise a level in a left-to-right
// paragraph, from the blocks alone: it may say false when true.
func plain(text []rune) bool {
	for _, c := range text {
		if c >= 0x0590 && mayRaise(c) {
			return false
		}
	}
	return true
}

// mayRaise says whether c is in one of the areas that have characters of the
// classes R, AL and AN (assigned or by default), or the controls that open
// something.
func mayRaise(c rune) bool {
	switch {
	case c < 0x0590:
		return false
	case c < 0x0900: // Hebrew to Arabic Extended-A
		return true
	case c < 0x200F:
		return false
	case c <= 0x2069: // U+200F, embeddings, overrides, isolates
		return c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066
	case c < 0xFB1D:
		return false
	case c < 0x10000: // presentation forms
		return c < 0xFE00 || c >= 0xFE70 && c < 0xFF00
	default: // the blocks of the supplementary plane that are kept for R
		return c >= 0x10800 && c < 0x11000 || c >= 0x1E800 && c < 0x1F000
	}
}
