package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/locales"
)

// style is the typography of a language.
type style struct {
	open, close [2]string // quotation marks of the two levels, with the space that belongs inside them
	quotes      locales.Quotes
	script      string // ISO 15924
	rtl         bool
	off         bool // all stays as it was written
	records     bool // for catalogues

	*locales.Typography
}

// newStyle gives the typography of a language; with off, of one whose author
// wants none.
func newStyle(l *locales.Locale, off bool) *style {
	s := &style{
		open:       [2]string{l.Quotes.Open, l.Quotes.InnerOpen},
		close:      [2]string{l.Quotes.Close, l.Quotes.InnerClose},
		quotes:     l.Quotes,
		script:     l.Script,
		rtl:        l.Dir == locales.RTL,
		off:        off,
		Typography: l.Typography,
	}
	for level := range s.open {
		if isGuillemet(firstRune(s.open[level])) {
			s.open[level] += s.Guillemets
		}
		if isGuillemet(firstRune(s.close[level])) {
			s.close[level] = s.Guillemets + s.close[level]
		}
	}
	return s
}

// forRecords is the style for catalogues, in which words are divided by plain
// spaces.
func (s *style) forRecords() *style {
	r := *s
	r.records = true
	return &r
}

func (s *style) dir() locales.Direction {
	if s.rtl {
		return locales.RTL
	}
	return locales.LTR
}

// space is what is set for a run of spaces between two words.
func (s *style) space(l *line, start, end int, prev, next rune, before, after mark) string {
	const plain = " "
	if s.off {
		return plain
	}
	if s.Guillemets != "" {
		switch {
		case before.at == start-1 && strings.HasSuffix(before.text, s.Guillemets),
			after.at == end && strings.HasPrefix(after.text, s.Guillemets):
			return "" // the mark brings its own
		case prev == '«' || prev == '‹' || next == '»' || next == '›':
			return s.Guillemets
		}
	}
	if space := s.SpaceBefore(next); space != "" {
		return space
	}
	if s.records {
		return plain
	}
	if s.HoldDash && (spacedDash(l.text[end:]) || l.dashBegins(start)) {
		return locales.NoBreakSpace
	}
	if isDigit(prev) && isDigit(next) && l.groups(start, end) {
		if s.Groups != "" {
			return s.Groups
		}
		return locales.NoBreakSpace
	}
	if s.holds(l, start, end, prev, next) {
		return locales.NoBreakSpace
	}
	return plain
}

// spaceClosing is the space that the language sets before a mark which ends
// something, whatever the author typed; empty for most.
func (s *style) spaceClosing(mark rune) string {
	switch {
	case s.off:
		return ""
	case mark == '»' || mark == '›':
		return s.Guillemets
	}
	return s.SpaceBefore(mark)
}

// holds reports whether the words before and behind the space stay together.
func (s *style) holds(l *line, start, end int, prev, next rune) bool {
	switch {
	case isDigit(prev):
		if s.IsUnit(wordAfter(l.text[end:])) {
			return true
		}
	case isRoman(prev) && len(s.Units) > 0:
		if w := wordAfter(l.text[end:]); strings.HasSuffix(w, ".") && s.IsUnit(w) && isNumeral(wordBefore(l.text[:start])) {
			return true
		}
	}
	if isDigit(next) || isRoman(next) {
		if isDigit(next) && unicode.Is(unicode.Sc, prev) {
			return true
		}
		if w := wordBefore(l.text[:start]); s.IsNumbered(w) && (isDigit(next) || isNumeral(wordAfter(l.text[end:]))) {
			return true
		}
	}
	if s.Initials && prev == '.' && unicode.IsUpper(next) && isInitial(wordBefore(l.text[:start])) {
		return true
	}
	if len(s.Short) > 0 && unicode.IsLetter(prev) && (isWord(next) || isOpening(next)) && s.IsShort(wordBefore(l.text[:start])) {
		return true
	}
	return len(s.Enclitics) > 0 && isWord(prev) && unicode.IsLetter(next) && s.IsEnclitic(wordAfter(l.text[end:]))
}

// longestWord is how many bytes are looked at for a word that is in a list:
// none of the lists has a longer one.
const longestWord = 32

// wordBefore is the word that the text ends in, with its points and signs,
// without a bracket or quotation mark before it. It is empty when it is longer
// than any that matters.
func wordBefore(text []byte) string {
	at := len(text)
	for at > 0 {
		r, size := utf8.DecodeLastRune(text[:at])
		if isSpace(r) || isOpening(r) {
			break
		}
		if at -= size; len(text)-at > longestWord {
			return ""
		}
	}
	return string(text[at:])
}

// wordAfter is the word that the text begins with, with a point behind it,
// without other punctuation. It is empty when it is longer than any that
// matters.
func wordAfter(text []byte) string {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if isSpace(r) || closesBefore(r) && r != '.' && r != '/' {
			break
		}
		if at += size; at > longestWord {
			return ""
		}
	}
	return string(text[:at])
}

// isInitial reports whether a word is the first letter of a name: "А.", and
// the last of "А.-Б." and "A.B.".
func isInitial(word string) bool {
	word, ok := strings.CutSuffix(word, ".")
	r, size := utf8.DecodeLastRuneInString(word)
	if !ok || !unicode.IsUpper(r) {
		return false
	}
	rest := word[:len(word)-size]
	return rest == "" || strings.HasSuffix(rest, ".") || strings.HasSuffix(rest, "-")
}

// isRoman reports whether a character is one of those that Roman numbers are
// written with.
func isRoman(r rune) bool { return strings.ContainsRune("IVXLCDM", r) }

// isNumeral reports whether a word is a Roman number, or looks like one.
func isNumeral(word string) bool {
	return word != "" && strings.Trim(strings.TrimRight(word, "."), "IVXLCDM–-") == ""
}

// spacedDash reports whether the text begins with a dash, as it is printed or
// as two or three hyphens, and a space.
func spacedDash(text []byte) bool {
	n := 0
	switch r, size := utf8.DecodeRune(text); r {
	case '—', '–':
		n = size
	case '-':
		for n < len(text) && text[n] == '-' {
			n++
		}
		if n != 2 && n != 3 {
			return false
		}
	default:
		return false
	}
	return n < len(text) && (text[n] == ' ' || text[n] == '\n')
}

// dashBegins reports whether all that stands between the beginning of the line
// and the space at start is a dash, as before what somebody says.
func (l *line) dashBegins(start int) bool {
	if start > len("———") {
		return false
	}
	switch string(l.text[:start]) {
	case "—", "–", "---", "--":
		return true
	}
	return false
}

// groups reports whether the space from start to end stands in a number that
// is written in groups of three: 10 000, and not 2022 300 or 5 1990.
func (l *line) groups(start, end int) bool {
	before := 0
	for at := start; at > 0 && before <= 4; before++ {
		r, size := utf8.DecodeLastRune(l.text[:at])
		if !isDigit(r) {
			if strings.ContainsRune(".,/-–:", r) {
				return false
			}
			break
		}
		at -= size
	}
	after, at := 0, end
	for ; at < len(l.text) && after <= 4; after++ {
		r, size := utf8.DecodeRune(l.text[at:])
		if !isDigit(r) {
			if r == '-' || r == '–' || r == '/' || r == ':' || unicode.IsLetter(r) {
				return false
			}
			break
		}
		at += size
	}
	return before <= 3 && after == 3
}

// firstRune is the first character, or the error sign of an empty string.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isGuillemet(r rune) bool { return r == '«' || r == '»' || r == '‹' || r == '›' }

// isOpening reports whether a character can stand before the first letter of a
// word: a bracket or a quotation mark.
func isOpening(r rune) bool {
	return r == '"' || r == '\'' || unicode.In(r, unicode.Ps, unicode.Pi)
}
