package typeset

import (
	"strings"

	"qalam/export/document"
	"qalam/source"
)

// sheet is a page and where the text stands on it.
type sheet struct {
	width, height Length
	inner, outer  Length // margins: where pages are bound, and the other one
	top, bottom   Length // above and below the text
	twoSided      bool   // whether the margins of the second page are those of the first in a mirror
}

func (s *sheet) measure() Length    { return s.width - s.inner - s.outer }
func (s *sheet) textHeight() Length { return s.height - s.top - s.bottom }

// letterRegions are the regions that use Letter, as one string of ISO 3166
// codes. Source: CLDR 48, supplemental/measurementData.json, paperSize "US-Letter".
const letterRegions = " BZ CA CL CO CR GT MX NI PA PH PR SV US VE "

// bindingShift is how far the text of a page with two sides is moved away from
// where it is bound: 2.5 mm, so that the inner margin is 5 mm wider than the outer
// one and the lines are as long as on other pages.
const bindingShift = 7 * Pt

// newSheet is the page that a document asks for: the paper of its region, and
// margins in proportion to the paper. On A4 a line of the body then has about 70
// Latin letters.
func newSheet(doc *document.Document) *sheet {
	set := &doc.Settings.PDF
	name := set.Paper
	if name == "" {
		name = regionPaper(doc.Locale.Tag)
	}
	paper := source.Papers[name]
	s := &sheet{width: centipoints(Length(paper.Width)), height: centipoints(Length(paper.Height)), twoSided: set.TwoSided}
	margin := func(set int, proportional Length) Length {
		if set > 0 {
			return centipoints(Length(set))
		}
		return proportional / Pt * Pt
	}
	side := s.width * 158 / 1000
	binding := Length(0)
	if set.TwoSided {
		binding = bindingShift
	}
	s.inner = margin(set.MarginInner, side+binding)
	s.outer = margin(set.MarginOuter, side-binding)
	s.top = margin(set.MarginTop, s.height*103/1000)
	s.bottom = margin(set.MarginBottom, s.height*110/1000)
	return s
}

// regionPaper is the paper that the region of a language uses.
func regionPaper(tag string) string {
	for i, subtag := range strings.Split(tag, "-") {
		if len(subtag) == 1 {
			break // an extension or private use
		}
		if i > 0 && len(subtag) == 2 && strings.Contains(letterRegions, " "+subtag+" ") {
			return "Letter"
		}
	}
	return "A4"
}
