package pasted

import (
	"strings"
	"unicode"
)

// scripts are those by which a language can be told, those of many languages
// last.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Grek", unicode.Greek}, {"Armn", unicode.Armenian}, {"Geor", unicode.Georgian}, {"Hebr", unicode.Hebrew}, {"Beng", unicode.Bengali},
	{"Guru", unicode.Gurmukhi}, {"Gujr", unicode.Gujarati}, {"Taml", unicode.Tamil}, {"Telu", unicode.Telugu}, {"Knda", unicode.Kannada},
	{"Mlym", unicode.Malayalam}, {"Sinh", unicode.Sinhala}, {"Laoo", unicode.Lao}, {"Mymr", unicode.Myanmar}, {"Tibt", unicode.Tibetan},
	{"Thai", unicode.Thai}, {"Khmr", unicode.Khmer}, {"Ethi", unicode.Ethiopic}, {"Kore", unicode.Hangul}, {"Jpan", unicode.Hiragana},
	{"Jpan", unicode.Katakana}, {"Hani", unicode.Han}, {"Deva", unicode.Devanagari}, {"Arab", unicode.Arabic}, {"Cyrl", unicode.Cyrillic},
	{"Latn", unicode.Latin},
}

const (
	guessBytes = 64 << 10 // how much of a text is looked at to guess its language
	worthSign  = 3        // a letter that few languages have, as against a common word
	minGuess   = 6        // less says nothing
	minLatin   = 12       // in Latin letters, where the language is English if nothing speaks against it
)

// guessLang is the tag of the language that a text seems to be in: by its
// script, and by its commonest words and rarest letters where several are
// written in that.
func (t *text) guessLang() string {
	// The notes are at the end, and often in another language.
	sample := t.src[:min(len(t.src), max(len(t.src)/2, 200), guessBytes)]
	letters := map[string]int{}
	last := 0
	for _, c := range string(sample) {
		if !unicode.IsLetter(c) {
			continue
		}
		if !unicode.Is(scripts[last].table, c) {
			for k := range scripts {
				if unicode.Is(scripts[k].table, c) {
					last = k
					break
				}
			}
		}
		if unicode.Is(scripts[last].table, c) {
			letters[scripts[last].name]++
		}
	}
	script, most := "Latn", 0
	for _, s := range scripts {
		// A note in Latin letters says little of a text in another script.
		n := letters[s.name] * 2
		switch s.name {
		case "Latn":
			n /= 2
		case "Jpan": // mixed with Han
			n *= 4
		case "Hani":
			n *= 2
		}
		if n > most {
			script, most = s.name, n
		}
	}
	words := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(string(sample)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.M, c) && c != 'ʻ' }) {
		words[w]++
	}
	signs := map[rune]int{}
	for _, c := range strings.ToLower(string(sample)) {
		if c >= 0x80 {
			signs[c]++
		}
	}
	best, score := "", minGuess-1
	for _, g := range grammars() {
		if g.script != script {
			continue
		}
		if len(g.common) == 0 || best == "" && script != "Latn" {
			best = g.tag
		}
		n := 0
		for _, w := range g.common {
			if len(w) == 1 {
				n += min(words[w], 3) // "a" is a word of many languages, and an initial
			} else {
				n += words[w] * 2
			}
		}
		kinds := 0
		for _, c := range g.signs {
			if signs[c] > 0 {
				kinds++
				n += min(signs[c], 10)
			}
		}
		n += kinds * worthSign
		if n > score && (script != "Latn" || g.tag == "en" || n >= minLatin) {
			best, score = g.tag, n
		}
	}
	if best == "" {
		return "en"
	}
	return best
}

// hasRomans reports whether lines start with [i] and [ii].
func (r *reader) hasRomans() bool {
	var seen [3]bool
	for _, l := range r.lines[r.head.end:] {
		c, size := r.after(l.from)
		if c != '[' && c != '(' || l.blank() {
			continue
		}
		if g, ok := r.roman(l.from+size, l.to); ok && g.value < len(seen) {
			seen[g.value] = true
		}
	}
	return seen[1] && seen[2]
}

// expectSigns looks for lines that start with signs or letters as notes do:
// only then can these be marks.
func (r *reader) expectSigns() {
	lettered := map[int]bool{}
	for _, e := range r.entries {
		switch r.shapes[e.shape].style {
		case styleSymbols:
			r.symbols = true
			if r.src[e.start] != '*' {
				r.daggers = true
			}
		case styleLetters:
			lettered[e.number] = true
		}
	}
	r.letters = lettered[1] && (lettered[2] || len(lettered) == 1)
	r.romans = r.hasRomans()
	if r.daggers || r.romans {
		r.entries = r.readEntries(r.head.end)
	}
}
