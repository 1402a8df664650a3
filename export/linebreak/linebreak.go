// Package linebreak says where a line of text may end.
//
// Start at Opportunities. The rule that holds everywhere: the answer is a
// function of the characters alone, in linear time, without language, width
// or dictionary. The base is Unicode Standard Annex #14; what is added is said
// at Opportunities.
package linebreak

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/unicodedata"
)

// Break says what may happen between two characters. A greater value is a
// better place to end a line.
type Break uint8

const (
	// None: no line may end here.
	None Break = iota

	// Emergency: a line may end here only when the piece up to the next
	// better place fits no line. Such places stand between the clusters of
	// scripts that are written without spaces and need a dictionary (Thai, Lao,
	// Khmer, Burmese); many are within a word.
	Emergency

	// Allowed: a line may end here. Spaces before the place hang: they are
	// not shown, and do not count as width.
	Allowed

	// Mandatory: a line ends here, after a line feed or at the end of the text.
	Mandatory
)

// Opportunities appends len(text)+1 values to dst and returns it: value i is
// about the place before text[i], the last one about the end. The first value
// is None and the last one Mandatory; an empty text has one value, None.
//
// It follows UAX #14 of Unicode 14, with these rules of later versions that
// prose needs: LB15a and LB15b (`« Bonjour »` with plain spaces keeps its
// marks), LB19a (curly quotation marks between Han characters are no glue),
// LB20a (`-o` stays whole). Besides, no line ends
//
//   - within an address ("https://…", "mailto:…", "www.…"); see Address
//   - at the spaces of a number in groups of three: "19 000 000"
//   - before a dash that follows a word without a space, or after one that a
//     word begins with
//
// What the text around it makes of a passage is not known here: a caller that
// prints "[2, 9]" as a mark keeps it whole with Glue.
func Opportunities(dst []Break, text []rune) []Break {
	start := len(dst)
	dst = append(dst, make([]Break, len(text)+1)...)
	breaks := dst[start:]
	if len(text) == 0 {
		return dst
	}
	annex14(breaks, text)
	quotes(breaks, text)
	dashes(breaks, text)
	digitGroups(breaks, text)
	for from := 0; ; {
		i, j := Address(text, from)
		if i == j {
			break
		}
		Glue(breaks, i, j)
		from = j
	}
	return dst
}

// Glue forbids every break within text[i:j] but the mandatory ones, where
// breaks is what Opportunities gave for the text. What was said of the places
// before i and before j stays.
func Glue(breaks []Break, i, j int) {
	for k := i + 1; k < j; k++ {
		if breaks[k] != Mandatory {
			breaks[k] = None
		}
	}
}

// annex14 fills breaks by UAX #14. The segmenter looks every character up in
// some fifty tables one after the other, so only the pieces that need it go
// there: text is cut where no rule looks across, and pieces that have common
// classes only are done here.
func annex14(breaks []Break, text []rune) {
	var seg segmenter.Segmenter
	var classes []class
	for start := 0; start < len(text); {
		var common bool
		classes, common = piece(classes[:0], text[start:])
		end := start + len(classes)
		if common {
			pairs(breaks[start:end], classes)
		} else {
			segment(breaks[start:end], bracketQuotes(text, start, end), &seg)
		}
		breaks[end] = Allowed // as LB18 or LB31 has it, where piece cuts
		start = end
	}
	breaks[len(text)] = Mandatory
}

// segment fills breaks, which is as long as text, by what the segmenter says.
func segment(breaks []Break, text []rune, seg *segmenter.Segmenter) {
	seg.Init(text)
	for lines := seg.LineIterator(); lines.Next(); {
		line := lines.Line()
		at := line.Offset + len(line.Text)
		switch {
		case at == len(text):
			// the end is not ours
		case line.IsMandatoryBreak:
			breaks[at] = Mandatory
		case classOf(text[at-1]) == nu && closes(classOf(text[at])):
			// The segmenter forgets LB25 after the second number of "5)6)".
		default:
			breaks[at] = Allowed
		}
	}
	emergencies(breaks, seg, text)
}

// closes reports whether no line begins with class c after a number.
func closes(c class) bool { return c == cl || c == cp || c == is }

// bracketQuotes gives text[start:end] as bracketQuote has it.
func bracketQuotes(text []rune, start, end int) []rune {
	buf := make([]rune, 0, end-start)
	for i := start; i < end; i++ {
		buf = append(buf, bracketQuote(text, i, text[i]))
	}
	return buf
}

// bracketQuote gives r, which is text[i], or a corner bracket for a curly
// quotation mark between East Asian characters: that is what LB19a comes to,
// since such a mark cannot be mistaken for its opposite.
func bracketQuote(text []rune, i int, r rune) rune {
	if r < '‘' || r > '”' || i == 0 || i+1 == len(text) || !isEastAsian(text[i-1]) || !isEastAsian(text[i+1]) {
		return r
	}
	switch r {
	case '‘', '“':
		return '「'
	case '’', '”':
		return '」'
	}
	return r
}

func isEastAsian(r rune) bool {
	return r >= 0x1100 && unicode.Is(unicodedata.LargeEastAsian, r)
}
