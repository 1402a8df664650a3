// Package hyphen knows where a word may be divided at the end of a line.
//
// Start at For, which gives the Hyphenator of a language, and at its method
// Positions. Most languages have patterns, which are searched as Franklin
// Liang and TeX do; patterns/manifest.json says where each set is from.
// Kazakh and Kyrgyz are divided by the rules of their orthographies.
//
// The rule that holds everywhere: where nothing is known, nothing is divided.
// A language without a set, a word with a digit, an abbreviation in capitals
// and an address stay whole. The author's own soft hyphens are not looked at;
// whoever breaks the lines knows them.
package hyphen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is how the words of a language are divided.
type Kind uint8

const (
	None     Kind = iota // they are not; all that is known is Repeats
	Patterns             // by Liang's patterns and a list of exceptions
	Rules                // by the rules of the orthography and a list of exceptions
)

// A Hyphenator divides the words of one language. It never changes, so that
// all goroutines may use the same one. A nil Hyphenator divides nothing.
type Hyphenator struct {
	language *language
	patterns *patterns // nil where there are none
}

// For gives what is known of a language, or nil. The tag is one of BCP 47 in
// canonical form; case does not matter. A script other than that of the
// language makes another language ("sr-Latn"), and a region matters only where
// it divides otherwise ("en-GB").
//
// It takes a microsecond or two. Callers keep what they get.
func For(tag string) *Hyphenator {
	l := find(tag)
	if l == nil {
		return nil
	}
	h := &Hyphenator{language: l}
	if l.set != "" {
		h.patterns = openPatterns(l.set)
	}
	return h
}

// Kind says how words are divided.
func (h *Hyphenator) Kind() Kind {
	switch {
	case h == nil:
		return None
	case h.patterns != nil:
		return Patterns
	case h.language.rules != nil:
		return Rules
	}
	return None
}

// known reports whether r, in lower case, is a letter of the language.
func (h *Hyphenator) known(r rune) bool {
	if h.patterns != nil {
		return h.patterns.known(r)
	}
	return h.language.rules.known(r)
}

// Repeats reports whether a word that is divided at a hyphen of its own has
// that hyphen once more at the start of the next line: Polish niebiesko- /
// -czarny.
func (h *Hyphenator) Repeats() bool { return h != nil && h.language.repeats }

// Positions appends to dst where word may be divided: ascending offsets of
// bytes, before which a hyphen and the end of a line may stand. None is within
// a character or before its marks, and all are as far from the ends of the
// word as the language wants it. The time is linear in the length of word.
//
// Word is text without spaces; points and quotation marks may stand about it.
// Letters on the two sides of a hyphen or another sign are words of their own,
// and so are those on the two sides of an apostrophe in a language whose
// patterns do not have it.
func (h *Hyphenator) Positions(dst []int, word string) []int {
	if h.Kind() == None || isAddress(word) {
		return dst
	}
	for start := 0; start < len(word); {
		end, whole := start, false
		for end < len(word) {
			r, size := utf8.DecodeRuneInString(word[end:])
			k := kindOf(r)
			if k == sign {
				break
			}
			whole = whole || k == digit
			end += size
		}
		if !whole {
			dst = h.run(dst, word, start, end)
		}
		_, size := utf8.DecodeRuneInString(word[end:])
		start = end + size
	}
	return dst
}

// isAddress reports whether word has the look of one that the web or mail
// knows. Nobody could tell a hyphen of ours from one of its own.
func isAddress(word string) bool {
	return strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || strings.Contains(word, "@")
}

// apostrophes are what stands for one. The last two do in Greek.
const apostrophes = "'’᾽᾿"

// What a rune is in a word.
type runeKind uint8

const (
	letter     runeKind = iota
	mark                // belongs to the letter before it
	ignored             // joins letters or keeps them from being joined
	apostrophe          // a letter in some languages
	digit               // or an underscore: no word, but a name of something
	sign                // ends a word
)

func kindOf(r rune) runeKind {
	switch {
	case 'a' <= r && r <= 'z':
		return letter
	case strings.ContainsRune(apostrophes, r):
		return apostrophe
	case r == '\u200c' || r == '\u200d':
		return ignored
	case unicode.IsLetter(r):
		return letter
	case unicode.IsMark(r):
		return mark
	case r == '_' || unicode.IsNumber(r):
		return digit
	}
	return sign
}

// A composed word is one as patterns and rules know it: in lower case, and
// composed.
type composed struct {
	letters  []rune
	offsets  []int // where they start in the text; -1: no line may start with this letter
	capitals int   // after the last apostrophe, or before where there are several
}

// run finds the positions in word[start:end], which has no signs.
func (h *Hyphenator) run(dst []int, word string, start, end int) []int {
	var letters [48]rune // enough for nearly all words, and not on the heap
	var offsets [48]int
	c := composed{letters: letters[:0], offsets: offsets[:0]}

	add := func(r rune, at int) {
		k := kindOf(r)
		if unicode.IsUpper(r) || unicode.IsTitle(r) {
			c.capitals++
		}
		r = h.lower(r)
		switch k {
		case apostrophe:
			if c.capitals == 1 {
				c.capitals = 0 // L’Assemblée
			}
			if !h.known(r) {
				r = '\'' // as most patterns have it
			}
			if !h.known(r) {
				dst = h.divide(dst, &c)
				c.letters, c.offsets, c.capitals = c.letters[:0], c.offsets[:0], 0
				return
			}
		case mark, ignored:
			// A stress mark, or a vowel sign of a script that has such: where
			// patterns do not know it, they know the word without it.
			if !h.known(r) {
				return
			}
			at = -1
		}
		c.letters, c.offsets = append(c.letters, r), append(c.offsets, at)
	}

	// At the ends they are quotation marks, more likely.
	start = end - len(strings.TrimLeft(word[start:end], apostrophes))
	end = start + len(strings.TrimRight(word[start:end], apostrophes))
	if norm.NFC.IsNormalString(word[start:end]) {
		for i, r := range word[start:end] {
			add(r, start+i)
		}
		return h.divide(dst, &c)
	}
	for at := start; at < end; {
		size := norm.NFC.NextBoundaryInString(word[at:end], true)
		for i, r := range norm.NFC.String(word[at : at+size]) {
			if i == 0 {
				add(r, at)
			} else {
				add(r, -1)
			}
		}
		at += size
	}
	return h.divide(dst, &c)
}

// lower gives a letter in lower case, as the language has it.
func (h *Hyphenator) lower(r rune) rune {
	if h.language.dotted {
		return unicode.TurkishCase.ToLower(r)
	}
	return unicode.ToLower(r)
}

// divide appends where c may be divided.
func (h *Hyphenator) divide(dst []int, c *composed) []int {
	l := h.language
	n := len(c.letters)
	if n < l.left+l.right || c.capitals > 1 {
		return dst
	}
	var array [49]byte
	levels := array[:]
	if n+1 > len(levels) {
		levels = make([]byte, n+1)
	}
	levels = levels[:n+1]
	if h.patterns != nil {
		h.patterns.divide(levels, c.letters)
	} else {
		l.rules.divide(levels, c.letters)
	}

	first := len(dst)
	part := 0 // where the last part starts
	for i := l.left; i <= n-l.right; i++ {
		if levels[i]%2 == 0 || c.offsets[i] < 0 {
			continue
		}
		// A part without a vowel joins the one before it; the first, the next.
		if l.vowels != "" && !hasVowel(c.letters[part:i], l.vowels) {
			if len(dst) > first {
				dst[len(dst)-1] = c.offsets[i]
				part = i
			}
			continue
		}
		dst = append(dst, c.offsets[i])
		part = i
	}
	if l.vowels != "" && len(dst) > first && !hasVowel(c.letters[part:], l.vowels) {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func hasVowel(part []rune, vowels string) bool {
	for _, r := range part {
		if strings.ContainsRune(vowels, r) {
			return true
		}
	}
	return false
}
