package paragraph

import (
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"

	"qalam/locales/hyphen"
)

// shortestWord is how many letters a word must have to be divided, shortestEnd
// how many of the last word of a paragraph may stand alone on its last line.
const (
	shortestWord = 5
	shortestEnd  = 3
)

// wordBreak is a place within a word where a hyphen may be put.
type wordBreak struct {
	char    int32
	penalty int32
}

// hyphenator is what is known of the words of a language, or nil.
func (s *Setter) hyphenator(lang string) *hyphen.Hyphenator {
	h, ok := s.hyphenators[lang]
	if !ok {
		h = hyphen.For(lang)
		s.hyphenators[lang] = h
	}
	return h
}

// findHyphens finds where the words of chars[from:to] may be divided. A word
// in which the author has put a soft hyphen is divided there and nowhere else.
// The name of a month and the unit after a number are better not divided.
func (s *Setter) findHyphens(p *Paragraph, from, to int) {
	s.hyphens = s.hyphens[:0]
	chars := s.text.chars
	run := s.runAt(from)
	for i := from; i < to; {
		if !unicode.IsLetter(chars[i]) {
			i++
			continue
		}
		for s.text.runs[run+1] <= i {
			run++
		}
		lang := p.runLang(run)
		j, letters, whole := i, 0, false
		for last := run; j < to && s.inWord(j, to); j++ {
			for s.text.runs[last+1] <= j {
				last++
			}
			r := &p.Runs[last]
			if r.Glued || r.Object != nil {
				break
			}
			whole = whole || r.Verbatim || p.runLang(last) != lang || breaksWord(chars[j])
			if unicode.IsLetter(chars[j]) {
				letters++
			}
		}
		if j == i { // the first letter of a mark
			i++
			continue
		}
		whole = whole || i > 0 && breaksWord(chars[i-1]) || s.inAddress(i)
		if !whole && letters >= shortestWord {
			if h := s.hyphenator(lang); h != nil {
				penalty := int32(hyphenPenalty)
				if s.afterNumber(i) {
					penalty = lastPenalty
				}
				s.divideWord(h, i, j, penalty)
			}
		}
		i = j
	}
	// The last word of a paragraph is better not divided.
	end := to
	for end > from && !unicode.IsLetter(chars[end-1]) {
		end--
	}
	for end > from && !unicode.IsSpace(chars[end-1]) {
		end--
	}
	letters, at := 0, to // letters of chars[at:to]
	for k := len(s.hyphens) - 1; k >= 0 && int(s.hyphens[k].char) > end; k-- {
		s.hyphens[k].penalty = lastPenalty
		for at > int(s.hyphens[k].char) {
			at--
			if unicode.IsLetter(chars[at]) {
				letters++
			}
		}
		if letters < shortestEnd {
			s.hyphens = s.hyphens[:k]
		}
	}
}

// afterNumber reports whether chars[i] begins a word that follows a number and a
// space.
func (s *Setter) afterNumber(i int) bool {
	chars := s.text.chars
	return i >= 2 && (chars[i-1] == ' ' || chars[i-1] == '\u00A0' || chars[i-1] == '\u202F') && unicode.IsDigit(chars[i-2])
}

// inWord reports whether chars[j], which is after a letter, goes on with its
// word. The text ends at chars[to].
func (s *Setter) inWord(j, to int) bool {
	switch r := s.text.chars[j]; {
	case unicode.IsLetter(r), unicode.IsMark(r), breaksWord(r), r == zwj, r == zwnj:
		return true
	case r == '\'' || r == '’':
		return j+1 < to && unicode.IsLetter(s.text.chars[j+1])
	}
	return false
}

// breaksWord reports whether a word with r in it is not divided by a
// dictionary.
func breaksWord(r rune) bool {
	return r == softHyphen || r == '_' || unicode.IsDigit(r)
}

// divideWord adds the places where the word chars[i:j] may be divided.
func (s *Setter) divideWord(h *hyphen.Hyphenator, i, j int, penalty int32) {
	s.key = s.key[:0]
	for _, r := range s.text.chars[i:j] {
		s.key = utf8.AppendRune(s.key, r)
	}
	s.positions = h.Positions(s.positions[:0], string(s.key))
	at, char := 0, i
	for _, position := range s.positions {
		for at < position {
			_, size := utf8.DecodeRune(s.key[at:])
			at += size
			char++
		}
		s.hyphens = append(s.hyphens, wordBreak{char: int32(char), penalty: penalty})
	}
}

// repeats reports whether the hyphen chars[k-1], which a line ends with, begins
// the next line once more.
func (s *Setter) repeats(p *Paragraph, k int) bool {
	chars := s.text.chars
	if chars[k-1] != '-' && chars[k-1] != '\u2010' || k < 2 || k >= len(chars) || !unicode.IsLetter(chars[k-2]) || !unicode.IsLetter(chars[k]) {
		return false
	}
	run := s.runAt(k - 1)
	return p.Hyphenate && !p.Runs[run].Verbatim && !s.inAddress(k-1) && s.hyphenator(p.runLang(run)).Repeats()
}

// runLang is the language of run i.
func (p *Paragraph) runLang(i int) string {
	if lang := p.Runs[i].Lang; lang != "" {
		return lang
	}
	return p.Lang
}

// hanging is how much of the last character of a line, which ends before
// chars[end], stands beyond its edge, so that the edge looks straight: half of
// a hyphen or comma, and more of a full stop. Only in scripts that know it.
func (s *Setter) hanging(it *item, end int, hyphenated bool) Length {
	switch it.shaper.script {
	case language.Latin, language.Cyrillic, language.Greek:
	default:
		return 0
	}
	if it.level != 0 {
		return 0
	}
	r := s.text.chars[end-1]
	if hyphenated {
		r = it.shaper.hyphen()
	}
	units, _ := it.shaper.face.Advance(r)
	switch r {
	case '-', '\u2010', ',':
		units = units / 2
	case '.':
		units = units * 7 / 10
	default:
		return 0
	}
	return it.scale(int32(units))
}
