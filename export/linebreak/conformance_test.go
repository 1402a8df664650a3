package linebreak

import (
	"testing"

	"qalam/export/bidi/ucd"
)

// Breaks are those of UAX #14, Unicode 15.0, as its test file has them: 98.8 %
// of the cases. All others are rules that Opportunities adds: 74 have a dash,
// 15 a hyphen at the start of a word (LB20a), 6 quotation marks (LB15a, LB15b).
func TestConformance(t *testing.T) {
	ucd.Breaks(t, "testdata/LineBreakTest.txt.zst", 7654, 95, func(text []rune) []bool {
		var breaks []bool
		for _, b := range Opportunities(nil, text) {
			breaks = append(breaks, b >= Allowed)
		}
		return breaks
	})
}
