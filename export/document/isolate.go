package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/locales"
)

// isolateNumbers sets apart, in inlines that read from right to left, what
// the bidirectional algorithm (UAX 9) would put in another order:
//
//   - a number with a sign before it: -5, +7 (727) 250 00 00;
//   - digits in groups of three with plain spaces: 10 000;
//   - three or more groups with hyphens, a date or an ISBN: 2022-01-27;
//   - a word in Latin letters that begins with a number and a hyphen, or ends
//     in a sign: 2-butanol, C++.
//
// It leaves what the algorithm keeps in order, as 3:16, 1,234.56, 27/01/2022
// and COVID-19, and what these languages write from right to left: a range of
// two numbers, 2010-2015, and a per cent sign.
func isolateNumbers(in []Inline) []Inline {
	var out []Inline
	for _, in := range in {
		t, ok := in.(*Text)
		if !ok {
			out = append(out, in)
			continue
		}
		s, done := t.Value, 0
		prev := ' '
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRuneInString(s[i:])
			if startsRun(prev, r, s[i+size:]) {
				n, apart := leftToRight(s[i:])
				if apart {
					if done < i {
						out = append(out, &Text{s[done:i]})
					}
					out = append(out, &Span{Dir: locales.LTR, Text: []Inline{&Text{s[i : i+n]}}})
					done = i + n
				}
				size = n
			}
			i += size
			prev, _ = utf8.DecodeLastRuneInString(s[:i])
		}
		if done < len(s) {
			out = append(out, &Text{s[done:]})
		}
	}
	return out
}

// startsRun reports whether a number or a Latin word starts at r: at a digit,
// a Latin letter, or a sign before a digit. A prefix of the language may be
// glued to it, but no digit or Latin letter.
func startsRun(prev, r rune, rest string) bool {
	if isLatin(prev) || isDigit(prev) {
		return false
	}
	if isSign(r) {
		next, _ := utf8.DecodeRuneInString(rest)
		return isDigit(next) && !isRTL(prev)
	}
	return isLatin(r) || isDigit(r)
}

// leftToRight measures the number or Latin word that s begins with, and
// reports whether it has to be set apart.
func leftToRight(s string) (size int, apart bool) {
	i, apart := number(s)
	rest := s[i:]
	hyphen := 0
	if i > 0 && strings.HasPrefix(rest, "-") {
		hyphen = 1
	}
	if r, _ := utf8.DecodeRuneInString(rest[hyphen:]); !isLatin(r) {
		return i, apart
	}
	apart = apart || hyphen > 0
	i += hyphen
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLatin(r) && !isDigit(r) {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if !strings.ContainsRune("-‑./_@&'’", r) || !isLatin(next) && !isDigit(next) {
				break
			}
		}
		i += n
	}
	for i < len(s) && (s[i] == '+' || s[i] == '#') {
		i++
		apart = true
	}
	return i, apart
}

// number measures the number that s begins with, and reports whether it has
// to be set apart.
func number(s string) (size int, apart bool) {
	if n := phone(s); n > 0 {
		return n, true
	}
	i := 0
	r, n := utf8.DecodeRuneInString(s)
	signed := isSign(r)
	if signed {
		i = n
	}
	first := digits(s[i:])
	if first.count == 0 {
		return 0, false
	}
	i += first.size
	thousands := first.count <= 3 // in groups of three with spaces, so far
	hyphens, spaces := 0, 0
	for {
		r, n := utf8.DecodeRuneInString(s[i:])
		next := digits(s[i+n:])
		if next.count == 0 || !strings.ContainsRune(" -‑–.,:/'’\u00A0\u202F٫٬", r) {
			break
		}
		thousands = thousands && r == ' ' && next.count == 3
		switch r {
		case ' ':
			if !thousands {
				return i, signed || spaces > 0 || hyphens > 1
			}
			spaces++
		case '-', '‑', '–':
			hyphens++
		}
		i += n + next.size
	}
	return i, signed || spaces > 0 || hyphens > 1
}

// phone measures the telephone number that s begins with: a plus sign and at
// least seven digits, with spaces, brackets, hyphens and dots between them.
// It is 0 when there is none.
func phone(s string) int {
	if !strings.HasPrefix(s, "+") {
		return 0
	}
	size, count := 0, 0
	for i := 1; i < len(s); {
		d := digits(s[i:])
		if d.count == 0 {
			break
		}
		i += d.size
		size, count = i, count+d.count
		i = len(s) - len(strings.TrimLeft(s[i:], " ()-‑."))
	}
	if count < 7 {
		return 0
	}
	return size
}

// run is how many characters, and bytes.
type run struct{ count, size int }

// digits measures the digits that s begins with.
func digits(s string) (d run) {
	for _, r := range s {
		if !isDigit(r) {
			break
		}
		d.count++
		d.size += utf8.RuneLen(r)
	}
	return d
}

func isDigit(r rune) bool { return unicode.Is(unicode.Nd, r) }

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

func isSign(r rune) bool { return strings.ContainsRune("+-−±", r) }
