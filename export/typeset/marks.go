package typeset

import (
	"strings"
	"unicode"

	"qalam/export/fonts"
)

// placeMarks adds a piece, with combining marks in it as pieces of their own in
// the middle above or below their letter, clear of it and of other marks. NFC
// has left only marks that make no character with their letter. Where the face
// has the mark about right, for small letters of common width, it stays in the
// text: some readers see a space beside what is placed apart.
func placeMarks(pieces []Piece, p Piece) []Piece {
	if !strings.ContainsFunc(p.Text, combining) {
		return append(pieces, p)
	}
	f, end := p.Face, p.X+p.Width
	near := f.UnitsPerEm() * 14 / 100 // what few see
	from, pen := 0, p.X               // of the plain text that is not in a piece yet
	x := p.X                          // of the pen
	var base fonts.Bounds
	var baseX Length // where the letter begins
	var top int      // of the letter and the marks above it
	var bottom int   // of the marks below it
	for i, r := range p.Text {
		units, _ := f.Advance(r)
		width := scale(f, units, p.Size)
		b := f.Bounds(r)
		if !combining(r) || base == (fonts.Bounds{}) {
			base, baseX, top, bottom = b, x, b.YMax, min(b.YMin, 0)
			x += width
			continue
		}
		rise := 0
		switch {
		case !unicode.Is(unicode.Mn, r): // an enclosing mark
		case b.YMin > f.XHeight()/2:
			// As far above the letter as it stands above small letters.
			rise = max(0, top-f.XHeight())
			if rise < near/5 {
				rise = 0 // round letters are a little higher
			}
			top = b.YMax + rise
		case b.YMax <= 0:
			rise = min(0, bottom)
			if rise > -near/5 {
				rise = 0
			}
			bottom = b.YMin + rise
		}
		markX := baseX + scale(f, (base.XMin+base.XMax-b.XMin-b.XMax)/2, p.Size)
		if off := markX - x; rise == 0 && max(off, -off) <= scale(f, near, p.Size) {
			x += width
			continue
		}
		if i > from {
			pieces = append(pieces, p.part(p.Text[from:i], pen, x))
		}
		from = i + len(string(r))
		mark := p.part(p.Text[i:from], markX, 0)
		mark.Width = width
		mark.Rise += scale(f, rise, p.Size)
		pieces = append(pieces, mark)
		x += width
		pen = x
	}
	if from < len(p.Text) {
		pieces = append(pieces, p.part(p.Text[from:], pen, end))
	}
	return pieces
}

// part is a part of the piece, from x to end.
func (p Piece) part(text string, x, end Length) Piece {
	p.Text, p.X, p.Width = text, x, end-x
	return p
}
