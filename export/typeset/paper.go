package typeset

import (
	"strings"

	"qalam/export/document"
)

// paper is a size of paper and where the text stands on it. The measure is
// about 70 characters of text.
type paper struct {
	width, height Length
	side          Length // margin left and right
	top, bottom   Length // margins above and below the text
}

func (p *paper) measure() Length { return p.width - 2*p.side }

// papers by the name that the setting pdf.paper has.
var papers = map[string]*paper{
	"A4":     {width: 59528 * Pt / 100, height: 84189 * Pt / 100, side: 94 * Pt, top: 86 * Pt, bottom: 92 * Pt},
	"Letter": {width: 612 * Pt, height: 792 * Pt, side: 102 * Pt, top: 80 * Pt, bottom: 82 * Pt},
}

// letterRegions are the regions that use Letter, as one string of ISO 3166
// codes. Source: CLDR 48, supplemental/measurementData.json, paperSize "US-Letter".
const letterRegions = " BZ CA CL CO CR GT MX NI PA PH PR SV US VE "

// paperOf is the paper that a document asks for, or that its region uses.
func paperOf(doc *document.Document) *paper {
	if p, ok := papers[doc.Settings.PDF.Paper]; ok {
		return p
	}
	for i, subtag := range strings.Split(doc.Locale.Tag, "-") {
		if len(subtag) == 1 {
			break // an extension or private use
		}
		if i > 0 && len(subtag) == 2 && strings.Contains(letterRegions, " "+subtag+" ") {
			return papers["Letter"]
		}
	}
	return papers["A4"]
}
