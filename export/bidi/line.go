package bidi

import "slices"

// A Run is a piece of a line, text[Start:End], with one level. When the level
// is odd its characters stand from right to left.
type Run struct {
	Start, End int
	Level      Level
}

// Line appends the runs of a line to dst, from left to right as they are seen
// (L2). Text and levels are those of the line alone, with levels as Levels gave
// them for its paragraph; they are not changed. Base is the paragraph's level.
//
// White space and controls at the end of the line, and before a tab or another
// separator, have the base level in the answer (L1). The runs cover the line:
// each character is in one of them, none is empty, and neighbours in reading
// order have different levels.
func Line(dst []Run, text []rune, levels []Level, base Level) []Run {
	start := len(dst)
	end, ends := len(text), true // ends: only blanks up to a separator or the end
	if !slices.ContainsFunc(levels, func(l Level) bool { return l != base }) {
		if end > 0 {
			dst = append(dst, Run{0, end, base})
		}
		return dst
	}

	// From the end, so that L1 is known at each character.
	level := base
	for i := len(text) - 1; i >= 0; i-- {
		l := levels[i]
		switch k := classOf(text[i]); {
		case k == cS || k == cB:
			l, ends = base, true
		case ends && blank.has(k):
			l = base
		default:
			ends = false
		}
		if l != level && i+1 < len(text) {
			dst = append(dst, Run{i + 1, end, level})
			end = i + 1
		}
		level = l
	}
	dst = append(dst, Run{0, end, level})
	runs := dst[start:]
	slices.Reverse(runs)
	Reorder(runs, func(r Run) Level { return r.Level })
	return dst
}

// Reorder puts parts of a line, which stand in reading order, in the order from
// left to right in which they are seen (L2). level is the level of a part.
func Reorder[E any](parts []E, level func(E) Level) {
	highest := LTR
	for _, p := range parts {
		highest = max(highest, level(p))
	}
	for l := highest; l > LTR; l-- {
		for i := 0; i < len(parts); i++ {
			j := i
			for j < len(parts) && level(parts[j]) >= l {
				j++
			}
			slices.Reverse(parts[i:j])
			i = j
		}
	}
}
