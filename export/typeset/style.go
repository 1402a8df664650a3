package typeset

import "qalam/export/fonts"

// style is a size of type and how its lines follow each other.
type style struct {
	size    Length
	leading Length // from baseline to baseline
	face    fonts.Style
}

// The styles of a document. Sizes are whole hundredths of a point.
var (
	sectionStyle  = style{centipoints(950), centipoints(1300), fonts.Bold}
	titleStyle    = style{centipoints(2150), centipoints(2650), fonts.Bold}
	subtitleStyle = style{centipoints(1350), centipoints(1850), fonts.Italic}
	bylineStyle   = style{centipoints(1050), centipoints(1500), fonts.Regular}
	datelineStyle = style{centipoints(900), centipoints(1300), fonts.Regular}
	abstractStyle = style{centipoints(950), centipoints(1400), fonts.Italic}
	bodyStyle     = style{centipoints(1050), centipoints(1550), fonts.Regular}
	smallStyle    = style{centipoints(900), centipoints(1275), fonts.Regular}
	runningStyle  = style{centipoints(850), centipoints(1200), fonts.Italic}
	footStyle     = style{centipoints(850), centipoints(1200), fonts.Regular}
)

// headingStyles by level, 2 to 6, and the space above.
var headingStyles = [...]struct {
	style
	above Length
}{
	2: {style{centipoints(1350), centipoints(1800), fonts.Bold}, 20 * Pt},
	3: {style{centipoints(1150), centipoints(1600), fonts.Bold}, 16 * Pt},
	4: {style{centipoints(1050), centipoints(1550), fonts.BoldItalic}, 13 * Pt},
	5: {style{centipoints(1050), centipoints(1550), fonts.Italic}, 13 * Pt},
	6: {style{centipoints(1050), centipoints(1550), fonts.Regular}, 13 * Pt},
}

// Distances.
const (
	belowHeading = 5 * Pt  // between a heading and its text
	blockSpace   = 10 * Pt // around quotes, lists, tables, code
	figureSpace  = 14 * Pt
	itemSpace    = 3 * Pt
	noteSpace    = 5 * Pt

	indent     = 20 * Pt // of quotes and code
	markerGap  = 6 * Pt  // between a marker and its item
	minHang    = 16 * Pt // of items
	columnGap  = 12 * Pt // between columns of a table
	minColumn  = 54 * Pt // words that need no more are whole in a column
	hairline   = Pt / 2
	pictureDPI = 96 // images are not shown coarser than this
)

// superscript is the size and the rise of marks beside type of the given size.
func superscript(size Length) (small, rise Length) {
	hundredths := (size*100 + Pt/2) / Pt
	return centipoints(hundredths * 66 / 100), size * 35 / 100
}

// addressSize is the size of an address in brackets behind type of the given
// size.
func addressSize(size Length) Length {
	hundredths := (size*100 + Pt/2) / Pt
	return centipoints(hundredths * 88 / 100)
}

// baselineIn is where the baseline lies in a line of the style: what is left of
// the leading goes above and below in equal parts.
func (s style) baselineIn() Length {
	f := fonts.Serif(s.face)
	ascent, descent := scale(f, f.Ascent(), s.size), scale(f, f.Descent(), s.size)
	return (s.leading + ascent - descent) / 2
}

// paragraphSpace is the distance between paragraphs of the style.
func (s style) paragraphSpace() Length { return s.leading * 2 / 5 }

// scale is a measure of a face at a size of type.
func scale(f *fonts.Face, units int, size Length) Length {
	em := Length(f.UnitsPerEm())
	return (Length(units)*size + em/2) / em
}
