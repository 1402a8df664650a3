package pasted

import (
	"slices"
	"strings"
	"unicode"
)

// JoinedWord is a word that the end of a line divided, and that is whole and
// without its hyphen in the article.
type JoinedWord struct {
	Line int    `json:"line"` // where it starts
	From string `json:"from"` // as it stood there: "har-bour"
	Text string `json:"text"` // as it is in the article: "harbour"
}

// Signs with which a line can end in the midst of a word. Those of hiddenHyphens
// belong to no word.
const (
	hyphens       = "-\u2010\u2011"
	hiddenHyphens = "\u00ad¬"
)

// compounds are words that have a hyphen behind them wherever they stand.
var compounds = words("well self ex non half quasi vice twenty thirty forty fifty sixty seventy eighty ninety")

// join says whether line b goes on with the word, or without a space, where
// line a ends, and how many bytes of a hyphen are left out there: those of a
// word that is divided here and nowhere else. A hyphen within a word stays, and
// "pre- and post-war" is two words.
func (r *reader) join(a, b span) (joined bool, hyphen int) {
	p, size := r.before(a.to)
	c, _ := r.after(b.from)
	if joinsUnspaced(p, c) {
		return true, 0
	}
	hidden := strings.ContainsRune(hiddenHyphens, p)
	if a.to == a.from || !hidden && !strings.ContainsRune(hyphens, p) {
		return false, 0
	}
	before, _ := r.before(a.to - size)
	first, second := r.wordBefore(a.to-size), r.wordAfter(b.from)
	switch {
	case unicode.IsDigit(before) && unicode.IsDigit(c) && !hidden:
		return true, 0 // 1914-18
	case !unicode.IsLetter(before) && !unicode.Is(unicode.M, before) || !unicode.IsLetter(c) || has(r.grammar.suspended, second):
		return p == '\u00ad', 0
	case !hidden && (unicode.IsUpper(c) || !r.divides(first, second)):
		return true, 0
	}
	r.joined = append(r.joined, JoinedWord{int(r.pos(a.from).Line), first + string(p) + second, first + second})
	r.hyphens = append(r.hyphens, span{a.to - size, a.to})
	return true, size
}

// joinsUnspaced reports whether no space is between two lines of which one ends
// and the next one starts with these characters.
func joinsUnspaced(a, b rune) bool {
	wide := func(c rune) bool { return c >= 0x3000 && c <= 0x303F || c >= 0xFF00 && c <= 0xFF65 }
	return (unspaced(a) || wide(a)) && (unspaced(b) || wide(b))
}

// divides reports whether the hyphen between the parts of a word is there only
// because a line ends. The text itself says so where it has the word without a
// hyphen, or with one. Otherwise the hyphen goes if the text divides words at
// all, unless both parts are words.
func (r *reader) divides(first, second string) bool {
	if r.vocabulary == nil {
		r.readVocabulary()
	}
	first, second = strings.ToLower(first), strings.ToLower(second)
	whole, hyphened := r.vocabulary[first+second], r.vocabulary[first+"-"+second]
	switch {
	case whole != hyphened:
		return whole > hyphened
	case slices.Contains(compounds, first), !r.hyphenated && !r.paged:
		return false
	}
	return r.vocabulary[first] == 0 || r.vocabulary[second] == 0
}

// readVocabulary counts the words within the lines of the text, and says
// whether it divides words at the ends of lines: some of which are whole in
// another place, or more than only compounds would be.
func (r *reader) readVocabulary() {
	const (
		least = 3  // divided words
		often = 20 // lines with text between two of them
	)
	r.vocabulary = map[string]int{}
	inWord := func(c rune) bool {
		return unicode.IsLetter(c) || unicode.Is(unicode.M, c) || c == '-' || c == '\u2010' || c == '\u2011'
	}
	var ends [][2]string
	text := 0
	for i, l := range r.lines {
		if l.blank() {
			continue
		}
		text++
		fields := strings.FieldsFunc(strings.ToLower(r.lineText(i)), func(c rune) bool { return !inWord(c) })
		for _, w := range fields {
			w = strings.NewReplacer("\u2010", "-", "\u2011", "-").Replace(w)
			if w = strings.Trim(w, "-"); w != "" {
				r.vocabulary[w]++
			}
		}
		next := r.nextText(i + 1)
		if p, size := r.before(l.to); next < len(r.lines) && strings.ContainsRune(hyphens, p) {
			first, second := strings.ToLower(r.str(r.wordStart(l.to-size), l.to-size)), ""
			if c, _ := r.after(r.lines[next].from); unicode.IsLower(c) {
				second = strings.ToLower(r.wordAfter(r.lines[next].from))
			}
			if first != "" {
				ends = append(ends, [2]string{first, second})
			}
		}
	}
	r.hyphenated = len(ends) >= least && len(ends)*often >= text
	for _, e := range ends {
		// The parts at the ends of lines are no words.
		r.vocabulary[e[0]]--
		r.vocabulary[e[1]]--
	}
	for _, e := range ends {
		r.hyphenated = r.hyphenated || e[1] != "" && r.vocabulary[e[0]+e[1]] > 0 && r.vocabulary[e[0]+"-"+e[1]] == 0
	}
}

// reportJoined says that hyphens are not in the article.
func (r *reader) reportJoined() {
	if len(r.joined) == 0 {
		return
	}
	at := r.pos(r.hyphens[0].from)
	for _, h := range r.hyphens {
		if p := r.pos(h.from); p.Line < at.Line {
			at = p
		}
	}
	r.diags.Warnf(at, "pasted-hyphen", "the hyphens of %s divided at the ends of lines are not in the article; %q is %q there", count(len(r.joined), "word"), r.joined[0].From, r.joined[0].Text).
		Hint = "compare them with the list under Joined words in the concordance"
}
