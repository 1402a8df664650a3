package typeset

import (
	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
)

// style is how text of one kind is set.
type style struct {
	size    Length // a whole number of hundredths of a point
	leading Length // from baseline to baseline, at least
	face    fonts.Style
	align   paragraph.Align
	indent  Length // of the first line of a paragraph that follows another one
	text    bool   // of paragraphs of the body, whose lines decide on the leading
}

// styles are the styles of a document. All sizes follow from that of the body.
type styles struct {
	section, title, subtitle, byline, dateline, abstract style
	body, note, caption, cell, code, label               style
	head, foot                                           style
	heading                                              [7]style // by level, 2 to 6

	leading Length // of the body: what distances are multiples and halves of
	em      Length // the size of the body
}

// bodySize is the size of the body, in hundredths of a point, where the article
// does not give one.
const bodySize = 1050

// newStyles makes the styles of a document.
//
// Sizes are few, and each is told from its neighbours at a glance: notes,
// captions and tables are 6/7 of the body, headings 9/7 and 8/7 of it, the title
// twice it. The two lowest levels of headings differ by the slope of their
// letters only.
func newStyles(doc *document.Document) *styles {
	hundredths := Length(bodySize)
	if s := doc.Settings.PDF.Size; s > 0 {
		hundredths = Length(s)
	}
	sc := scriptOf(doc)
	size := func(thousandths Length) Length { // to a tenth of a point
		return centipoints((hundredths*thousandths + 5000) / 10_000 * 10)
	}
	leading := func(thousandths Length) Length { return size(max(thousandths, thousandths*sc.leading/latinLeading)) }
	italic := fonts.Italic
	if !sc.italic {
		italic = fonts.Regular
	}
	align := paragraph.Justify
	if doc.Settings.PDF.Align == "start" || !sc.justified {
		align = paragraph.Start
	}
	s := &styles{em: size(1000), leading: leading(latinLeading)}
	ragged := func(sz, lead Length, face fonts.Style) style {
		return style{size: size(sz), leading: leading(lead), face: face}
	}
	s.section = ragged(905, 1238, fonts.Bold)
	s.title = ragged(2050, 2476, fonts.Bold)
	s.subtitle = ragged(1285, 1714, italic)
	s.byline = ragged(1000, 1429, fonts.Regular)
	s.dateline = ragged(857, 1238, fonts.Regular)
	s.label = ragged(857, 1238, fonts.Bold)
	s.caption = ragged(857, 1190, fonts.Regular)
	s.cell = ragged(857, 1190, fonts.Regular)
	s.code = ragged(810, 1190, fonts.Mono)
	s.head = ragged(810, 1143, italic)
	s.foot = ragged(810, 1143, fonts.Regular)
	s.heading[2] = ragged(1285, 1714, fonts.Bold)
	s.heading[3] = ragged(1143, 1476, fonts.Bold)
	s.heading[4] = ragged(1000, 1476, fonts.Bold|italic)
	s.heading[5] = ragged(1000, 1476, italic)
	s.heading[6] = ragged(1000, 1476, fonts.Regular)

	s.abstract = ragged(905, 1333, fonts.Regular)
	s.abstract.align = align
	s.note = ragged(857, 1214, fonts.Regular)
	s.body = style{size: s.em, leading: s.leading, align: align, indent: size(sc.indent), text: true}
	return s
}

// latinLeading is the leading of the body where its script needs no more, in
// 1/1000 of its size.
const latinLeading = 1476

// script is what the look of a page has to know of a script.
type script struct {
	leading   Length // of the body, in 1/1000 of its size; its faces may need more
	indent    Length // of first lines, in 1/1000 of the size
	italic    bool   // whether words are stressed by slanted letters; bold ones do it otherwise
	justified bool   // whether lines are made equally long
	always    bool   // whether the first paragraph of a section is indented too
}

// scripts are those that differ from others: by leading, since their letters
// fill the line or stand on each other; by indents, as wide as one or two of
// their characters; by being divided at the ends of phrases only, where making
// lines equally long would tear holes in them.
var scripts = map[string]script{
	"Latn": {latinLeading, 1300, true, true, false},
	"Cyrl": {latinLeading, 1300, true, true, false},
	"Grek": {latinLeading, 1300, true, true, false},
	"Hans": {1714, 2000, false, true, true},
	"Hant": {1714, 2000, false, true, true},
	"Jpan": {1714, 1000, false, true, true},
	"Kore": {1667, 1000, false, true, true},
	"Arab": {1714, 1300, false, true, false},
	"Aran": {2286, 1300, false, true, false},
	"Thai": {1619, 2000, false, false, true},
	"Laoo": {1619, 2000, false, false, true},
	"Khmr": {1714, 2000, false, false, true},
	"Mymr": {1714, 2000, false, false, true},
	"Tibt": {1714, 1300, false, false, false},
	"Java": {1714, 1300, false, false, false},
	"Bali": {1714, 1300, false, false, false},
}

func scriptOf(doc *document.Document) script {
	if s, ok := scripts[doc.Locale.Script]; ok {
		return s
	}
	return script{leading: 1571, indent: 1300, justified: true}
}

// half is half of the leading of the body: distances are multiples of it.
func (s *styles) half() Length { return s.leading / 2 }

// centipoints is n hundredths of a point, the unit in which sizes of type are
// given: a writer can print them exactly.
func centipoints(n Length) Length { return (n*Pt + 50) / 100 }

// percent is a part of a size of type, in whole hundredths of a point.
func percent(size, of Length) Length {
	hundredths := (size*100 + Pt/2) / Pt
	return centipoints(hundredths * of / 100)
}

// Parts of the size of the type around them.
const (
	markSize    = 66 // superscripts
	markRise    = 35 // how far they stand above the baseline
	addressSize = 88 // addresses in brackets
	codeSize    = 90 // code in a line: letters of equal width look larger
)

// Distances that do not grow with the type.
const (
	columnGap  = 12 * Pt // between columns of a table
	cellSpace  = 5 * Pt / 2
	minColumn  = 54 * Pt // words that need no more are whole in a column
	hairline   = Pt / 2
	thickRule  = 4 * Pt / 5
	pictureDPI = 96 // images are not shown coarser than this
)
