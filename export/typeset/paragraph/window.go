package paragraph

import (
	"slices"
	"strings"
	"unicode/utf8"

	xbidi "golang.org/x/text/unicode/bidi"

	"qalam/locales"
)

// A paragraph of more than longText bytes is set in windows of about windowSize,
// since what is found out about a character takes a hundred bytes and more. The
// last lines of a window are not kept, since they know nothing of what follows:
// the next window begins with them.
const (
	longText   = 1 << 18
	windowSize = 1 << 16
	overlap    = 12 // lines
)

// long reports whether p is set in windows. Text in both directions is not: what
// has been read decides there on the order of what follows.
func long(p *Paragraph) bool {
	size := 0
	for i := range p.Runs {
		size += len(p.Runs[i].Text)
	}
	if size <= longText || p.Dir == locales.RTL {
		return false
	}
	for i := range p.Runs {
		for _, r := range p.Runs[i].Text {
			if r < 0x590 {
				continue
			}
			properties, _ := xbidi.LookupRune(r)
			switch properties.Class() {
			case xbidi.R, xbidi.AL, xbidi.AN, xbidi.LRE, xbidi.RLE, xbidi.LRO, xbidi.RLO, xbidi.PDF,
				xbidi.LRI, xbidi.RLI, xbidi.FSI, xbidi.PDI:
				return false
			}
		}
	}
	return true
}

// setInWindows is set for a long paragraph.
func (s *Setter) setInWindows(p *Paragraph) (lines []Line, broken []Broken) {
	runs := slices.Clone(p.Runs) // what is left of them
	for i := range runs {
		runs[i].Text = strings.ToValidUTF8(runs[i].Text, "\uFFFD")
	}
	first := 0 // the run where the window begins
	size := windowSize
	for {
		part := *p
		var more bool
		part.Runs, more = cutRuns(runs[first:], size)
		got, gotBroken := s.set(&part)
		keep := len(got)
		if more {
			keep -= overlap
			for keep > 0 && !s.ended[keep-1].whole {
				keep--
			}
			if keep <= 0 { // a word without end
				size *= 2
				continue
			}
		}
		end := len(s.text.chars)
		if keep > 0 {
			end = s.ended[keep-1].next
		}
		for i := range got[:keep] {
			for k := range got[i].Pieces {
				got[i].Pieces[k].Run += first
			}
		}
		lines = append(lines, got[:keep]...)
		for _, b := range gotBroken {
			if b.at < end {
				b.Run += first
				broken = append(broken, b)
			}
		}
		if !more {
			return lines, broken
		}
		run := s.runAt(end)
		first += run
		if runs[first].Object == nil {
			runs[first].Text = runs[first].Text[s.text.offsets[end]:]
		}
		size = windowSize
	}
}

// cutRuns are the first runs, of about size bytes, and whether there is more.
func cutRuns(runs []Run, size int) (part []Run, more bool) {
	for i := range runs {
		text := runs[i].Text
		if len(text) <= size {
			size -= len(text)
			continue
		}
		for size > 0 && !utf8.RuneStart(text[size]) {
			size--
		}
		part = slices.Clone(runs[:i+1])
		part[i].Text = text[:size]
		return part, true
	}
	return runs, false
}
