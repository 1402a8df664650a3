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

// A quarter of an em is between an ideograph and a letter or digit of another
// script, whatever marks of direction and borders of runs are between them;
// there is none beside marks, signs and letters as wide as ideographs.
func TestEastGap(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	width := func(runs ...Run) Length {
		var sum Length
		for i := range runs {
			runs[i].Size = 10 * Pt
		}
		lines, _ := s.Lines(&Paragraph{Lang: "zh-Hans", Dir: locales.LTR, Measure: 900 * Pt, Runs: runs})
		for _, pc := range lines[0].Pieces {
			sum += pc.Width
		}
		return sum
	}
	const quarter = 10 * Pt / 4
	tests := []struct {
		name   string
		before Run
		after  Run
		want   Length
	}{
		{"letters", Run{Text: "中"}, Run{Text: "abc"}, quarter},
		{"digits before", Run{Text: "50"}, Run{Text: "中"}, quarter},
		{"kana", Run{Text: "か"}, Run{Text: "abc"}, quarter},
		{"number zero", Run{Text: "〇"}, Run{Text: "abc"}, quarter},
		{"an isolate begins", Run{Text: "中"}, Run{Text: "\u2066abc\u2069"}, quarter},
		{"an isolate before the letters", Run{Text: "中\u2066"}, Run{Text: "abc\u2069", Lang: "en"}, quarter},
		{"an isolate ends", Run{Text: "\u2066abc"}, Run{Text: "\u2069中"}, quarter},
		{"an isolate ended", Run{Text: "\u2066abc\u2069"}, Run{Text: "中"}, quarter},
		{"code", Run{Text: "中"}, Run{Text: "\u2066abc\u2069", Style: fonts.Mono, Verbatim: true}, quarter},
		{"an address", Run{Text: "中\u2066"}, Run{Text: "https://example.org/\u2069", Verbatim: true}, quarter},
		{"a wave dash", Run{Text: "～"}, Run{Text: "60"}, 0},
		{"a wide letter", Run{Text: "Ａ"}, Run{Text: "b"}, 0},
		{"a comma", Run{Text: "，"}, Run{Text: "b"}, 0},
		{"a percent sign", Run{Text: "中"}, Run{Text: "%"}, 0},
		{"letters of right-to-left text", Run{Text: "中"}, Run{Text: "ب"}, 0},
		{"a mark of a note", Run{Text: "中"}, Run{Text: "1", Glued: true}, 0},
	}
	for _, test := range tests {
		got := width(test.before, test.after) - width(test.before) - width(test.after)
		if test.before.Text == "，" {
			got -= 5 * Pt // its blank, which the end of a line takes away
		}
		if got < test.want-16 || got > test.want+16 {
			t.Errorf("%s: %s between, want %s", test.name, points(got), points(test.want))
		}
	}
}
