package bidi

import (
	"strings"
	"testing"
	"time"
)

var prose = map[string]string{
	"latin":  "The editors of the weekly, “founded in 1913”, wrote that 45% (of 2,000) had left. ",
	"hebrew": "כותב העת ״נוסד ב־1913״ כתב כי 45% (מתוך 2,000) עזבו את Almaty בחורף. ",
	"arabic": "كتبت الصحيفة (تأسست سنة ١٩١٣) أن 45% من الناس غادروا Almaty في الشتاء. ",
}

func BenchmarkLevels(b *testing.B) {
	for _, name := range []string{"latin", "hebrew", "arabic"} {
		b.Run(name, func(b *testing.B) {
			text := []rune(strings.Repeat(prose[name], 20))
			b.ReportMetric(float64(len(text)), "runes")
			b.ReportAllocs()
			var dst []Level
			for b.Loop() {
				dst, _ = Levels(dst[:0], text, Auto)
			}
		})
	}
}

func BenchmarkLine(b *testing.B) {
	text := []rune(prose["hebrew"])
	levels, base := Levels(nil, text, Auto)
	b.ReportAllocs()
	var dst []Run
	for b.Loop() {
		dst = Line(dst[:0], text, levels, base)
	}
}

// hostile has texts of about n characters that are slow where something is
// looked for again and again.
func hostile(n int) map[string]string {
	rep := func(s string) string { return strings.Repeat(s, n/len([]rune(s))) }
	half := func(open, close string) string {
		return strings.Repeat(open, n/2) + "א" + strings.Repeat(close, n/2)
	}
	return map[string]string{
		"brackets":            half("(", ")"),
		"brackets in turn":    rep("א[(])a"),
		"brackets unclosed":   rep("א(["),
		"62 open, then pairs": strings.Repeat("(", 62) + rep("א[]a{}"),
		"isolates":            half("\u2067", "\u2069"),
		"isolates to ask":     half("\u2068", "\u2069"),
		"isolates in turn":    rep("\u2067\u2068א\u2069a\u2069"),
		"isolates unclosed":   rep("\u2068 "),
		"isolates and blanks": rep("\u2067 \u2069 "),
		"embeddings":          half("\u202b", "\u202c"),
		"embeddings in turn":  rep("\u202bא\u202c\u202aa\u202c"),
		"removed":             rep("א\u200d\u200d\u200da"),
		"neutrals":            rep("א,,,,,,"),
		"terminators":         rep("%%%%%%א"),
		"marks":               rep("א\u0301\u0301\u0301\u0301"),
		"separators":          rep("א\n"),
		"levels in turn":      rep("\u2067א1\u2066a\u2069\u2069b"),
	}
}

// A million characters of anything take about sixteen times as long as a
// sixteenth of them. The bound is wide, since machines are busy: something
// quadratic takes 256 times as long.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 1 << 20
	best := func(text []rune, times int) time.Duration {
		least := time.Hour
		for range times {
			begin := time.Now()
			levels, base := Levels(nil, text, LTR)
			Line(nil, text, levels, base)
			least = min(least, time.Since(begin))
		}
		return least
	}
	short := hostile(n / 16)
	for name, long := range hostile(n) {
		a, z := best([]rune(short[name]), 3), best([]rune(long), 1)
		if z > 100*a && z > time.Second {
			t.Errorf("%s: %v for %d characters, %v for %d", name, a, n/16, z, n)
		}
		t.Logf("%-20s %v", name, z)
	}
}
