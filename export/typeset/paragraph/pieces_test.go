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

// A word that is broken is reported without what stands before it and is no text.
func TestBrokenWithoutObject(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	p := &Paragraph{Lang: "en", Dir: locales.LTR, Measure: 60 * Pt, Runs: []Run{
		{Object: &Object{Width: 10 * Pt}, Size: 10 * Pt}, {Text: "\u2060abcdefghij0123456789", Size: 10 * Pt},
	}}
	if _, broken := s.Lines(p); len(broken) != 1 || broken[0].Text != "abcdefghij0123456789" {
		t.Errorf("reported is %v", broken)
	}
}
