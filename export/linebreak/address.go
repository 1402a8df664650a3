package linebreak

import (
	"unicode"
	"unicode/utf8"
)

// schemes are what an address begins with.
var schemes = [...]string{"https://", "http://", "ftp://", "mailto:", "www.", "doi:", "urn:"}

// Address finds the first address in text[from:] and returns its range,
// text[i:j]; i equals j when there is none. An address begins with a scheme
// that articles use, at the start of a word, and goes on to the next character
// that no address has or that is more likely to belong to the text around it:
// a space, a bracket that it did not open, a Han character, a full stop at
// the end.
func Address(text []rune, from int) (i, j int) {
	for i := from; i < len(text); i++ {
		switch text[i] | 0x20 {
		case 'h', 'f', 'm', 'w', 'd', 'u':
		default:
			continue
		}
		if i > 0 && (unicode.IsLetter(text[i-1]) || unicode.IsDigit(text[i-1])) && text[i-1] < 0x2E80 {
			continue
		}
		for _, s := range schemes {
			if !hasPrefixFold(text[i:], s) {
				continue
			}
			if end := addressEnd(text, i+len(s)); end > i+len(s) {
				return i, end
			}
		}
	}
	return len(text), len(text)
}

// hasPrefixFold reports whether text begins with prefix, which is ASCII in
// lower case, in any case.
func hasPrefixFold(text []rune, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for k := range len(prefix) {
		r := text[k]
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r != rune(prefix[k]) {
			return false
		}
	}
	return true
}

// addressEnd is the end of the address whose scheme ends at i.
func addressEnd(text []rune, i int) int {
	open := 0
	j := i
	for ; j < len(text); j++ {
		r := text[j]
		switch {
		case r == '(' || r == '[':
			open++
		case r == ')' || r == ']':
			open--
		}
		if open < 0 || !inAddress(r) {
			break
		}
	}
	for j > i && endsSentence(text[j-1]) {
		j--
	}
	return j
}

// inAddress reports whether r can stand in an address: what RFC 3986 has, and
// letters beyond ASCII unless they are written without spaces.
func inAddress(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r != '<' && r != '>' && r != '"' && r != '\\' && r != '^' && r != '`' &&
			r != '{' && r != '|' && r != '}' && r != 0x7F
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) &&
		!isEastAsian(r) && !isComplex(r)
}

// endsSentence reports whether r at the end of an address is more likely of
// the sentence around it.
func endsSentence(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', '\'', '(', '[':
		return true
	}
	return false
}

// AllowInAddress allows breaks within the address text[i:j], where breaks is
// what Opportunities gave for the text. Lines then end after a slash, and
// before a mark that divides an address; never after a hyphen or a full stop,
// which a reader could take for one of the text. It is for pages, which have
// an edge; a text file keeps addresses whole.
func AllowInAddress(breaks []Break, text []rune, i, j int) {
	for k := i + 1; k < j; k++ {
		switch before, after := text[k-1], text[k]; {
		case before == '/' && after != '/':
			breaks[k] = Allowed
		case before == '/' || k == i+1:
			// within "//"
		case after == '.' || after == '?' || after == '#' || after == '&' || after == '=' ||
			after == '%' || after == '_' || after == '~' || after == '+':
			breaks[k] = Allowed
		}
	}
}
