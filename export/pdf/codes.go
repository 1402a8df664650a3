package pdf

import (
	"encoding/binary"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
)

// coder gives the clusters of a face their codes, and remembers them.
//
// Readers of PDF disagree about what the text of a code may be, so it is chosen
// in such a way that all of them find every word:
//
//   - The glyphs of a cluster are one glyph of the subset, with the offsets that
//     shaping gave them. So the codes can follow the order of the text whatever
//     the order of the glyphs is.
//   - Where marks follow a letter they have a code of their own that draws
//     nothing and does not move the pen: pdf.js takes the width of a code with a
//     mark in its text for 0.
//   - Letters that follow such marks within the cluster have their part of its
//     width: poppler and MuPDF take what stands in one place for one another.
//   - In text that runs from right to left codes stand as they are seen, and each
//     letter has one: readers turn them round by their direction. It begins with
//     a letter or a mark of direction, whatever stands there.
//   - Words of scripts beyond the first plane that run from right to left are one
//     code each, in the order of the text: most readers know nothing of them.
//   - Arabic digits that stand from left to right are one code for each number,
//     with a mark of direction: MuPDF turns them round otherwise, and pdfium would
//     if there were a mark between them.
type coder struct {
	name   string // what fpdf calls the face
	subset *fonts.Subset
	single map[uint32]codes // one glyph for one character: by both
	other  map[string]codes // see appendKey
	key    []byte
	parts  []fonts.Part

	unclear rune // the first character that means nothing to others; 0 for none
}

// codes are what shows a cluster.
type codes struct {
	shown []shown // from left to right
	units int     // how far they move the pen together, in units of the face
}

// shown is a code, and how far it moves the reader's pen, in 1/1000 em.
type shown struct {
	code  uint16
	width int
	marks bool // it draws nothing and stands for marks
}

func newCoder(face *fonts.Face) *coder {
	return &coder{subset: face.NewSubset(), single: make(map[uint32]codes), other: make(map[string]codes)}
}

// cluster is the codes of glyphs that stand for text and move the layout's pen
// by so many units. What they draw is where the glyphs are, measured from the
// pen; that a glyph by itself is moved sideways is left to the caller.
func (c *coder) cluster(text string, glyphs []paragraph.Glyph, units int, rtl bool) (all codes, err error) {
	r, size := utf8.DecodeRuneInString(text)
	if len(glyphs) == 1 && size == len(text) && r <= 0xFFFF && glyphs[0].Y == 0 {
		key := uint32(r)<<16 | uint32(glyphs[0].ID)
		var ok bool
		if all, ok = c.single[key]; !ok {
			if all, err = c.add(text, glyphs, 0, rtl); err == nil {
				c.single[key] = all
			}
		}
	} else {
		all, err = c.lookUp(text, glyphs, 0, rtl)
	}
	if more := units - all.units; err == nil && more > c.subset.Face().UnitsPerEm()/12 {
		// A move as wide as this would be a space for readers.
		return c.lookUp(text, glyphs, more, rtl)
	}
	return all, err
}

func (c *coder) lookUp(text string, glyphs []paragraph.Glyph, more int, rtl bool) (all codes, err error) {
	c.key = appendKey(c.key[:0], text, glyphs, more, rtl)
	all, ok := c.other[string(c.key)]
	if !ok {
		if all, err = c.add(text, glyphs, more, rtl); err == nil {
			c.other[string(c.key)] = all
		}
	}
	return all, err
}

// appendKey appends what tells clusters apart. The advance of the last glyph is
// not in it: the pen is moved from where it is to where the layout wants it.
func appendKey(b []byte, text string, glyphs []paragraph.Glyph, more int, rtl bool) []byte {
	if rtl {
		b = append(b, 'R')
	}
	b = binary.AppendUvarint(b, uint64(more))
	b = binary.AppendUvarint(b, uint64(len(glyphs)))
	for i, g := range glyphs {
		b = append(b, byte(g.ID>>8), byte(g.ID), byte(g.Y>>8), byte(g.Y))
		if len(glyphs) > 1 {
			b = append(b, byte(g.X>>8), byte(g.X))
		}
		if i < len(glyphs)-1 {
			b = binary.AppendVarint(b, int64(g.Advance))
		}
	}
	return append(b, text...)
}

// add makes the codes of a cluster, which are more units wide than their glyphs.
func (c *coder) add(text string, glyphs []paragraph.Glyph, more int, rtl bool) (codes, error) {
	c.judge(text)
	face := c.subset.Face()
	pen, advance := 0, more
	c.parts = c.parts[:0]
	for _, g := range glyphs {
		part := fonts.Part{Glyph: int(g.ID), Y: int(g.Y)}
		if len(glyphs) > 1 {
			part.X = pen + int(g.X)
		}
		c.parts = append(c.parts, part)
		pen += int(g.Advance)
		if g.Advance != 0 || len(glyphs) == 1 {
			advance += face.GlyphAdvance(int(g.ID)) // without kerning, which is a move
		}
	}
	blank := fonts.Part{Glyph: face.Glyph(' ')}
	pieces := parted(text, rtl)
	if blank.Glyph == 0 {
		pieces = []part{{text: text}} // there is nothing that draws nothing
	}
	letters := 0
	for _, p := range pieces {
		if !p.marks {
			letters++
		}
	}
	all := codes{units: advance}
	drawn := false
	for _, p := range pieces {
		width, parts := 0, []fonts.Part{blank}
		if !p.marks {
			width = advance / letters
			advance -= width
			letters--
			if !drawn {
				parts, drawn = c.parts, true
			}
		}
		code, err := c.subset.Code(p.text, width, parts...)
		if err != nil {
			return codes{}, err
		}
		all.shown = append(all.shown, shown{code, thousandths(face, width), p.marks})
	}
	return all, nil
}

// part is a part of the text of a cluster that has a code of its own.
type part struct {
	text  string
	marks bool // and characters that are not seen
}

// parted divides the text of a cluster into what has a code of its own, in the
// order from left to right. There is something that is no marks.
func parted(text string, rtl bool) []part {
	var parts []part
	for i, r := range text {
		marks := i > 0 && unicode.In(r, unicode.Mn, unicode.Cf)
		n := len(parts)
		if n > 0 && parts[n-1].marks == marks && (marks || !rtl) {
			parts[n-1].text += string(r)
		} else {
			parts = append(parts, part{string(r), marks})
		}
	}
	if rtl {
		slices.Reverse(parts)
		for i := range parts {
			parts[i].text = reversed(parts[i].text)
		}
	}
	return parts
}

// arabicDigit reports whether a text is a digit, or a sign within a number, of
// Bidi_Class AN. Source: Unicode Standard Annex #9, table 4.
func arabicDigit(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if r < 0x600 || size < len(s) {
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.AN
}

// crowded reports that so many codes are given that no more should be than
// there have to be.
func (c *coder) crowded() bool { return c.subset.Len() > 0x4000 }

// These are letters for all that order text, and show nothing.
const (
	leftToRightMark = "\u200E"
	rightToLeftMark = "\u200F"
)

// space is a space; it has no codes if the face has none. To the left of marks
// it is direct, with a mark of direction before it: pdf.js would put another
// space behind the marks otherwise, and MuPDF leave those at the end of a line
// without their letter.
func (c *coder) space(text string, direct bool) (codes, error) {
	face := c.subset.Face()
	g := face.Glyph(' ')
	if g == 0 {
		return codes{}, nil
	}
	if direct {
		text = rightToLeftMark + text
	}
	units := face.GlyphAdvance(g)
	code, err := c.subset.Code(text, units, fonts.Part{Glyph: g})
	return codes{[]shown{{code: code, width: thousandths(face, units)}}, units}, err
}

// mark is a mark of direction, which draws nothing and does not move the pen.
func (c *coder) mark() ([]shown, error) {
	g := c.subset.Face().Glyph(' ')
	if g == 0 {
		return nil, nil
	}
	code, err := c.subset.Code(rightToLeftMark, 0, fonts.Part{Glyph: g})
	return []shown{{code: code, marks: true}}, err
}

// blank is the code of a space so many em wide. Its glyph is not empty, and not
// to be seen: text is shown invisibly with it.
func (c *coder) blank(ems int) ([]byte, error) {
	face := c.subset.Face()
	g := face.Glyph('.')
	if g == 0 {
		return nil, nil
	}
	code, err := c.subset.Code(" ", ems*face.UnitsPerEm(), fonts.Part{Glyph: g})
	return []byte{byte(code >> 8), byte(code)}, err
}

// rightToLeft reports whether a character is a letter that runs from right to
// left: of Bidi_Class R or AL.
func rightToLeft(r rune) bool {
	if r < 0x590 {
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// rareRightToLeft reports whether a character belongs to a script that runs from
// right to left and came into Unicode late: N'Ko, Samaritan, Mandaic, and those
// beyond the first plane.
func rareRightToLeft(r rune) bool {
	return 0x7C0 <= r && r <= 0x85F && rightToLeft(r) || astralRightToLeft(r)
}

func astralRightToLeft(r rune) bool { return r > 0xFFFF && rightToLeft(r) }

// judge remembers the first character of all texts that means nothing to others.
func (c *coder) judge(text string) {
	if c.unclear == 0 {
		c.unclear = unclear(text)
	}
}

// word is the one code of a whole word, which is as wide as its glyphs move the
// layout's pen.
func (c *coder) word(text string, glyphs []paragraph.Glyph) (codes, error) {
	c.judge(text)
	face := c.subset.Face()
	pen := 0
	c.parts = c.parts[:0]
	for _, g := range glyphs {
		c.parts = append(c.parts, fonts.Part{Glyph: int(g.ID), X: pen + int(g.X), Y: int(g.Y)})
		pen += int(g.Advance)
	}
	code, err := c.subset.Code(text, pen, c.parts...)
	return codes{[]shown{{code: code, width: thousandths(face, pen)}}, pen}, err
}

// reversed is a text with its last character first.
func reversed(s string) string {
	runes := []rune(s)
	if len(runes) < 2 {
		return s
	}
	slices.Reverse(runes)
	return string(runes)
}
