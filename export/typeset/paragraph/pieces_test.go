package paragraph

import (
	"strings"
	"testing"

	"qalam/export/fonts"
	"qalam/locales"
)

// The space and the words after a picture are set in the face of the text: that
// of the pictures has spaces as wide as they are, and digits for keys.
func TestAfterPicture(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	for _, text := range []string{"a 😀 b", "a 😀, b", "a 😀 5 b", "a ❤\uFE0F b", "a 1\uFE0F\u20E3 2"} {
		lines, _ := s.Lines(&Paragraph{Lang: "en", Dir: locales.LTR, Measure: 300 * Pt, Runs: []Run{{Text: text, Size: 10 * Pt}}})
		for _, pc := range lines[0].Pieces {
			if strings.Contains(pc.Face.Name(), "Emoji") && strings.ContainsAny(pc.Text, " ,25") {
				t.Errorf("%q: %q is set in %s", text, pc.Text, pc.Face.Name())
			}
		}
	}
}
