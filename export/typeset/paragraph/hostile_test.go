package paragraph

import (
	"strings"
	"testing"
	"time"

	"qalam/export/fonts"
	"qalam/locales"
)

// Text that nobody would write ends in time that is linear, and nothing of it is lost.
func TestHostile(t *testing.T) {
	const size = 1 << 15
	tests := []struct{ name, part string }{
		{"letters without a break", "a"},
		{"kerned letters without a break", "AVTo"},
		{"arabic letters without a break", "بي"},
		{"one base and its marks", "\u0301"},
		{"hebrew marks", "\u05b0"},
		{"indic marks", "\u093f"},
		{"viramas", "\u0915\u094d"},
		{"joiners", "\u200d"},
		{"nested isolates", "\u2067"},
		{"nested embeddings", "\u202b"},
		{"opening brackets", "("},
		{"soft hyphens", "\u00ad"},
		{"letters and soft hyphens", "f\u00ad"},
		{"zero width spaces", "\u200b"},
		{"spaces", " "},
		{"no-break spaces", "\u00a0"},
		{"line feeds", "\n"},
		{"thai", "กำ"},
		{"han", "漢"},
		{"marks of han", "」（"},
		{"jamo", "\u1100"},
		{"flags", "🇰"},
		{"family", "👨\u200d"},
		{"scripts", "aбאก漢"},
		{"directions", "aא"},
		{"an address", "https://example.org/a-b/"},
		{"hyphens", "-"},
		{"a word of a language", "antidisestablishmentarianism"},
		{"no character", "\ufffe"},
	}
	s := NewSetter(fonts.NewFamily(nil))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			text := strings.Repeat(test.part, size/len(test.part))
			p := &Paragraph{Runs: []Run{{Text: text, Size: 10 * Pt}}, Lang: "en", Dir: locales.LTR, Measure: 300 * Pt, Align: Justify, Hyphenate: true, Hang: true}
			lines, broken := s.Lines(p)
			check(t, p, lines, broken)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("it took %v", took)
			}
			t.Logf("%v, %d lines, %d broken", time.Since(start), len(lines), len(broken))
		})
	}
}
