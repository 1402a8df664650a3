package linebreak

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/unicodedata"
)

// quotes applies LB15a and LB15b of Unicode 15.1, in place of the older LB15:
// a quotation mark that opens keeps what follows its spaces, one that closes
// keeps what stands before its spaces, and a bracket after any other quotation
// mark and spaces may begin a line.
func quotes(breaks []Break, text []rune) {
	for i, r := range text {
		if r < 0xAB && r != '"' && r != '\'' || r > 0xBB && r < 0x2018 || !unicode.Is(unicodedata.BreakQU, r) {
			continue
		}
		after := i + 1 // the first character after the mark and its spaces
		for after < len(text) && text[after] == ' ' {
			after++
		}
		spaced := after > i+1 && after < len(text)
		opens := unicode.Is(unicode.Pi, r) && (i == 0 || beforeOpening(text[i-1]))
		switch {
		case spaced && opens:
			breaks[after] = None
		case spaced && breaks[after] == None && unicode.Is(unicodedata.BreakOP, text[after]):
			breaks[after] = Allowed
		}
		closes := unicode.Is(unicode.Pf, r) && (i+1 == len(text) || afterClosing(text[i+1]))
		if closes && i > 0 && breaks[i] == Allowed {
			breaks[i] = None
		}
	}
}

// beforeOpening reports whether a quotation mark after r can open, as LB15a
// has it.
func beforeOpening(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || unicode.Is(unicode.Ps, r) ||
		unicode.Is(unicodedata.BreakGL, r) || unicode.Is(unicodedata.BreakQU, r)
}

// afterClosing reports whether a quotation mark before r can close, as LB15b
// has it.
func afterClosing(r rune) bool {
	if unicode.IsSpace(r) || r == 0x200B {
		return true
	}
	for _, class := range []*unicode.RangeTable{
		unicodedata.BreakGL, unicodedata.BreakWJ, unicodedata.BreakCL, unicodedata.BreakQU,
		unicodedata.BreakCP, unicodedata.BreakEX, unicodedata.BreakIS, unicodedata.BreakSY,
	} {
		if unicode.Is(class, r) {
			return true
		}
	}
	return false
}

// dashes applies LB20a, and its like for dashes and for more than one hyphen:
// those at the start of a word stay with it, as in "-o", "--help" or "—dijo".
// A dash that follows a word without a space stays with that.
func dashes(breaks []Break, text []rune) {
	initial := true // only hyphens and dashes since the last space
	for i, r := range text {
		switch r {
		case '-', '‐', '—':
			if initial && i+1 < len(text) && breaks[i+1] == Allowed && text[i+1] != ' ' && !isEastAsian(text[i+1]) {
				breaks[i+1] = None
			}
			if r == '—' && breaks[i] == Allowed && text[i-1] != ' ' && text[i-1] != 0x200B && !isEastAsian(text[i-1]) {
				breaks[i] = None
			}
		case ' ', '\n', 0xA0, 0x202F, 0x200B:
			initial = true
		default:
			initial = false
		}
	}
}

// digitGroups forbids breaks at the spaces of a number in groups of three:
// one to three digits, then groups of exactly three.
func digitGroups(breaks []Break, text []rune) {
	for i := 0; i < len(text); {
		if !unicode.IsDigit(text[i]) {
			i++
			continue
		}
		run := digits(text, i)
		end := i + run
		for run <= 3 && end < len(text) && text[end] == ' ' && digits(text, end+1) == 3 {
			breaks[end+1] = None
			end += 4
		}
		i = end
	}
}

// digits is the number of digits from i on.
func digits(text []rune, i int) int {
	n := 0
	for i+n < len(text) && unicode.IsDigit(text[i+n]) {
		n++
	}
	return n
}

// emergencies marks the places between the clusters of scripts of class SA.
// seg has been given text, or as many characters.
func emergencies(breaks []Break, seg *segmenter.Segmenter, text []rune) {
	found := false
	for _, r := range text {
		if isComplex(r) {
			found = true
			break
		}
	}
	if !found {
		return
	}
	for clusters := seg.GraphemeIterator(); clusters.Next(); {
		c := clusters.Grapheme()
		i := c.Offset
		if i == 0 || breaks[i] != None || !isComplex(text[i]) || !isComplex(text[i-1]) {
			continue
		}
		if !unicode.IsMark(text[i]) && !joinsBefore(text[i]) && !joinsAfter(text[i-1]) && (i+1 == len(text) || text[i+1] != 0x103A) {
			breaks[i] = Emergency
		}
	}
}

// isComplex reports whether r is of class SA.
func isComplex(r rune) bool {
	return r >= 0xE01 && unicode.Is(unicodedata.BreakSA, r)
}

// joinsBefore reports whether r belongs to the cluster before it although UAX
// #29 says that it begins one: vowels and repetition marks of Thai and Lao
// that are written after their consonant.
func joinsBefore(r rune) bool {
	switch r {
	case 0xE2F, 0xE30, 0xE32, 0xE33, 0xE45, 0xE46, 0xEAF, 0xEB0, 0xEB2, 0xEB3, 0xEBD, 0xEC6:
		return true
	}
	return false
}

// joinsAfter reports whether what follows r belongs to it: Thai and Lao vowels
// that are written before their consonant, and the signs of Khmer and Burmese
// that put the next consonant below.
func joinsAfter(r rune) bool {
	return 0xE40 <= r && r <= 0xE44 || 0xEC0 <= r && r <= 0xEC4 || r == 0x17D2 || r == 0x1039
}
