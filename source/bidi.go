package source

import (
	"bytes"
	"unicode/utf8"

	"qalam/source/diag"
)

// The controls of the Unicode bidirectional algorithm (UAX 9, 2) that open
// something and what ends it. One that is not ended turns around the text
// after it, up to the end of the paragraph, where no reader can see why.
const (
	leftEmbedding, rightEmbedding = '\u202A', '\u202B'
	popFormatting                 = '\u202C'
	leftOverride, rightOverride   = '\u202D', '\u202E'
	leftIsolate, rightIsolate     = '\u2066', '\u2067'
	firstIsolate, popIsolate      = '\u2068', '\u2069'
)

// loneBidi are the offsets of the bidirectional controls in a paragraph that
// have no partner. Those that are written as character references count where
// there are such.
func loneBidi(text []byte, references bool) []int {
	if !bytes.Contains(text, []byte("\u202A"[:2])) && !bytes.Contains(text, []byte("\u2066"[:2])) && (!references || bytes.IndexByte(text, '&') < 0) {
		return nil
	}
	type control struct {
		at      int
		isolate bool
	}
	var open []control
	var lone []int
	isolates := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if references && r == '&' {
			if s, n := entity(text[i:]); n > 0 {
				r, _ = utf8.DecodeRuneInString(s)
				size = n
			}
		}
		switch r {
		case leftEmbedding, rightEmbedding, leftOverride, rightOverride:
			open = append(open, control{i, false})
		case leftIsolate, rightIsolate, firstIsolate:
			open = append(open, control{i, true})
			isolates++
		case popFormatting:
			if n := len(open) - 1; n >= 0 && !open[n].isolate {
				open = open[:n]
			} else {
				lone = append(lone, i)
			}
		case popIsolate: // ends what was opened in the isolate too
			if isolates == 0 {
				lone = append(lone, i)
				break
			}
			n := len(open) - 1
			for !open[n].isolate {
				n--
			}
			open = open[:n]
			isolates--
		}
		i += size
	}
	for _, c := range open {
		lone = append(lone, c.at)
	}
	return lone
}

// bidiControl reports the control without a partner at the start of s.
func bidiControl(diags *reports, pos diag.Pos, s string) {
	r, _ := utf8.DecodeRuneInString(s)
	if r == '&' {
		name, _ := entity([]byte(s))
		r, _ = utf8.DecodeRuneInString(name)
	}
	message, hint := "U+%04X turns the direction of text, and nothing ends it", ""
	switch r {
	case popFormatting, popIsolate:
		message, hint = "U+%04X ends a change of direction, and nothing starts one", "delete it; it cannot be seen in most editors"
	case leftIsolate, rightIsolate, firstIsolate:
		hint = "delete it (it cannot be seen in most editors), or write U+2069 where it ends"
	default:
		hint = "delete it (it cannot be seen in most editors), or write U+202C where it ends"
	}
	diags.Warnf(pos, "bidi-control", message, r).Hint = hint
}
