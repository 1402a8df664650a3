package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"qalam/locales"
)

// style is the typography of a language.
type style struct {
	open, close [2]string // quotation marks of the two levels, with the space that belongs inside them
	quotes      locales.Quotes
	rtl         bool

	// french: spaces before ; ! ? : and inside guillemets do not break. They
	// are where the author typed one, and inside marks that we set.
	french bool
	// dash: a space before an em dash does not break.
	dash bool
	// elisions are words that lose their beginning: an apostrophe stands
	// before them, and no quotation mark.
	elisions []string
}

// Spaces that do not break, as the Imprimerie nationale sets them: the narrow
// one before ; ! ?, that of a word before a colon and inside guillemets.
const (
	noBreak       = "\u00A0"
	narrowNoBreak = "\u202F"
)

// elisions by language, in lower case.
var elisions = map[string][]string{
	"en": {"em", "n", "til", "tis", "twas", "twere", "twill"},
	"nl": {"k", "m", "n", "r", "s", "t"},
	"af": {"k", "n", "s", "t"},
}

// dashLanguages set a dash so that it does not begin a line.
var dashLanguages = []string{"be", "kk", "ky", "ru", "tg", "tt", "uk"}

func newStyle(l *locales.Locale) *style {
	language, _, _ := strings.Cut(l.Tag, "-")
	s := &style{
		open:     [2]string{l.Quotes.Open, l.Quotes.InnerOpen},
		close:    [2]string{l.Quotes.Close, l.Quotes.InnerClose},
		quotes:   l.Quotes,
		rtl:      l.Dir == locales.RTL,
		french:   language == "fr",
		dash:     slices.Contains(dashLanguages, language),
		elisions: elisions[language],
	}
	if s.french {
		for level := range s.open {
			if s.open[level] == "«" {
				s.open[level] += noBreak
			}
			if s.close[level] == "»" {
				s.close[level] = noBreak + s.close[level]
			}
		}
	}
	return s
}

func (s *style) dir() locales.Direction {
	if s.rtl {
		return locales.RTL
	}
	return locales.LTR
}

// space is what is set for a run of spaces between two words.
func (s *style) space(l *line, start, end int, prev, next rune, before, after mark) string {
	if s.french {
		switch {
		case before.at == start-1 && strings.HasSuffix(before.text, noBreak),
			after.at == end && strings.HasPrefix(after.text, noBreak):
			return "" // the mark brings its own
		case prev == '«' || next == '»' || next == ':':
			return noBreak
		case next == ';' || next == '!' || next == '?':
			return narrowNoBreak
		}
	}
	if s.dash {
		rest := l.text[end:]
		switch {
		case next == '—':
			rest = rest[utf8.RuneLen(next):]
		case strings.HasPrefix(string(rest[:min(4, len(rest))]), "---"):
			rest = rest[3:]
		default:
			return " "
		}
		if len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\n') {
			return noBreak
		}
	}
	return " "
}
