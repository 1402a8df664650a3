package epub

import (
	"errors"
	"unicode"
	"unicode/utf8"
)

// counters are the ways in which a list is counted, by the digit zero, as CSS
// names them (CSS Counter Styles 3, 6.1, and Ready-made Counter Styles, which
// has most of those that the style sheet defines itself). They cover the digits
// of every language that package locales knows. Each has a class of its name in
// the style sheet, but the first, which is how lists are counted that have none.
var counters = [...]struct {
	zero  rune
	style string
}{
	{'0', ""},
	{'٠', "arabic-indic"},
	{'۰', "persian"},
	{'०', "devanagari"},
	{'০', "bengali"},
	{'੦', "gurmukhi"},
	{'૦', "gujarati"},
	{'୦', "oriya"},
	{'௦', "tamil"},
	{'౦', "telugu"},
	{'೦', "kannada"},
	{'൦', "malayalam"},
	{'๐', "thai"},
	{'໐', "lao"},
	{'༠', "tibetan"},
	{'၀', "myanmar"},
	{'០', "khmer"},
	{'᠐', "mongolian"},
	{'߀', "nko"},
	{'᱐', "ol-chiki"},
	{'꯰', "meetei"},
	{'𑄶', "chakma"},
	{'꧐', "javanese"},
	{'꘠', "vai"},
	{'𞅀', "hmong"},
	{'𞥐', "adlam"},
}

// digit is the value of a decimal digit of any script. Those of a script are in
// a row from zero to nine (Unicode, 4.6 "Numeric Value"), and several rows can
// stand side by side.
func digit(r rune) (value int, ok bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return int(r-zero) % 10, true
}

// counter is the style of a list whose first item has the mark: empty, for 0 to
// 9, where its digits have none.
func counter(mark string) string {
	r, _ := utf8.DecodeRuneInString(mark)
	for _, c := range counters {
		if r >= c.zero && r <= c.zero+9 {
			return c.style
		}
	}
	return ""
}

// maxNumber is the largest number that a reader can be asked to count to.
const maxNumber = 1<<31 - 1

// number is the value of digits of one script or several.
func number(mark string) (int, error) {
	if mark == "" {
		return 0, errors.New("it is empty")
	}
	n := 0
	for _, r := range mark {
		d, ok := digit(r)
		if !ok {
			return 0, errors.New("it is no number")
		}
		if n = n*10 + d; n > maxNumber {
			return 0, errors.New("it is too large")
		}
	}
	return n, nil
}
