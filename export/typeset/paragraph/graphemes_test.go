package paragraph

import (
	"testing"

	"qalam/export/bidi/ucd"
)

// Grapheme clusters are those of UAX #29. The test file is of Unicode 15.0; the
// one case that differs has U+2701, which is no pictograph in later versions.
func TestGraphemes(t *testing.T) {
	ucd.Breaks(t, "testdata/ucd/GraphemeBreakTest.txt.zst", 602, 1, func(chars []rune) []bool {
		tx := text{chars: chars}
		tx.findClusters()
		return tx.clusters[:len(chars)]
	})
}
