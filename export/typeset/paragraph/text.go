package paragraph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/go-text/typesetting/language"
	xlanguage "golang.org/x/text/language"
	xbidi "golang.org/x/text/unicode/bidi"

	"qalam/export/bidi"
	"qalam/locales"
)

// objectChar stands for a picture in the text, onWord for a character of a run
// that is glued to the word before it: to line breaking it is a combining mark.
const (
	objectChar = '\uFFFC'
	onWord     = '\u0301'
	neutral    = '\u200B' // a boundary neutral: no rule of bidi sees it
)

// text is the characters of a paragraph and what Unicode says of them. All
// slices but runs are as long as chars.
type text struct {
	chars   []rune
	offsets []int32 // in the text of the run, in bytes
	runs    []int   // runs[i] is where the text of run i begins; one more at the end
	strings []string

	levels   []bidi.Level
	glued    []glued
	base     bidi.Level
	scripts  []language.Script
	common   []bool // the script of the character is that of its neighbours
	clusters []bool // a grapheme cluster begins here

	mainScripts map[string]language.Script // by language
}

// glued is glued runs that follow each other, chars[start:end]: marks on the word
// before them. In their line they are one thing of that word's level, whatever
// the levels within.
type glued struct {
	start, end int
	level      bidi.Level
}

// longestCluster is how many characters a grapheme cluster may have before it
// is taken for two: twice what the Stream-Safe Text Format (UAX #15) allows.
const longestCluster = 64

// read gathers the text of p.
func (t *text) read(p *Paragraph) {
	t.chars, t.offsets = t.chars[:0], t.offsets[:0]
	t.runs, t.strings = t.runs[:0], t.strings[:0]
	for i := range p.Runs {
		r := &p.Runs[i]
		t.runs = append(t.runs, len(t.chars))
		s := r.Text
		if r.Object != nil {
			s = string(objectChar)
		} else if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD")
		}
		if strings.ContainsRune(s, '\t') {
			s = strings.ReplaceAll(s, "\t", " ")
		}
		t.strings = append(t.strings, s)
		for at, c := range s {
			t.chars = append(t.chars, c)
			t.offsets = append(t.offsets, int32(at))
		}
	}
	t.runs = append(t.runs, len(t.chars))
}

// analyse finds the levels, scripts and grapheme clusters of the text.
func (t *text) analyse(p *Paragraph, seen []rune) {
	t.findLevels(p, seen)
	t.findScripts(p)
	t.findClusters()
}

// findLevels gives each character its embedding level. A glued run is seen by
// no rule: it stands at the level of what it is glued to, so that it
// follows it in reading order and moves nothing else.
func (t *text) findLevels(p *Paragraph, scratch []rune) {
	t.base = bidi.LTR
	if p.Dir == locales.RTL {
		t.base = bidi.RTL
	}
	scratch = append(scratch[:0], t.chars...)
	t.glued = t.glued[:0]
	for i := 0; i < len(p.Runs); i++ {
		j := i
		for j < len(p.Runs) && p.Runs[j].Glued {
			j++
		}
		if start, end := t.runs[i], t.runs[j]; start < end {
			for k := start; k < end; k++ {
				scratch[k] = neutral
			}
			t.glued = append(t.glued, glued{start: start, end: end})
			i = j
		}
	}
	t.levels, _ = bidi.Levels(t.levels[:0], scratch, t.base)
	for i := range t.glued {
		g := &t.glued[i]
		g.level = t.levelAfter(g.start)
		inner, _ := bidi.Levels(nil, t.chars[g.start:g.end], g.level&1)
		for k, l := range inner {
			t.levels[g.start+k] = g.level - g.level&1 + l
		}
	}
}

// levelAfter is the level of something that follows text[:i] without a will of
// its own: that of the character before it, but for a number in right-to-left
// text, after which the text goes on to the left.
func (t *text) levelAfter(i int) bidi.Level {
	if i == 0 {
		return t.base
	}
	level := t.levels[i-1]
	if level == 0 || level.IsRTL() {
		return level
	}
	for k := i - 1; k >= 0 && t.levels[k] >= level; k-- {
		properties, _ := xbidi.LookupRune(t.chars[k])
		switch properties.Class() {
		case xbidi.L, xbidi.LRE, xbidi.LRO, xbidi.LRI, xbidi.FSI, xbidi.PDI, xbidi.PDF:
			return level
		}
	}
	return level - 1
}

// scriptRange is a range of characters of one script, the last that was met.
type scriptRange struct {
	start, end rune
	script     language.Script
}

func (l *scriptRange) of(r rune) language.Script {
	if l.start <= r && r <= l.end {
		return l.script
	}
	low, high := 0, len(language.ScriptRanges)
	for low < high {
		middle := (low + high) / 2
		if language.ScriptRanges[middle].End < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == len(language.ScriptRanges) || r < language.ScriptRanges[low].Start {
		return language.Common
	}
	found := language.ScriptRanges[low]
	l.start, l.end, l.script = found.Start, found.End, found.Script
	return found.Script
}

// findScripts gives each character a script, as UAX #24, 5.1 and 5.2 has it:
// marks have that of their base, what scripts have in common that of the text
// before it, and a closing bracket that of the opening one.
//
// Kana stand with the Han characters: they are set in the same faces, and share
// all features there. ASCII among Han characters is Latin: no East Asian face
// has digits that were made to be read in a line of text.
func (t *text) findScripts(p *Paragraph) {
	n := len(t.chars)
	t.scripts = resize(t.scripts, n)
	t.common = resize(t.common, n)
	const deepest = 32
	var open [deepest]struct {
		closing rune
		script  language.Script
	}
	depth := 0
	current := language.Common
	known := 0 // up to here scripts are known
	var letters, others scriptRange
	for i, r := range t.chars {
		var script language.Script
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			script = language.Latin
		case r < 0x80:
			script = language.Common
		default:
			which := &letters
			if r >= 0x2000 && r < 0x2E80 {
				which = &others
			}
			script = which.of(r)
		}
		switch script {
		case language.Hiragana, language.Katakana, language.Bopomofo, language.Katakana_Or_Hiragana:
			script = language.Han
		case language.Unknown:
			script = language.Common
		}
		t.common[i] = script == language.Common || script == language.Inherited
		if !t.common[i] {
			current = script
			t.scripts[i] = script
			if known < i && t.scripts[known] == language.Common {
				for k := known; k < i; k++ {
					if t.scripts[k] == language.Common {
						t.scripts[k] = east(t.chars[k], script)
					}
				}
			}
			known = i + 1
			continue
		}
		script = current
		if script == language.Inherited && i > 0 {
			script = t.scripts[i-1]
		}
		if c := closingOf(r, current); c != 0 {
			if depth < deepest {
				open[depth].closing, open[depth].script = c, current
				depth++
			}
		} else if depth > 0 && isClosing(r) {
			for d := depth - 1; d >= 0; d-- {
				if open[d].closing == r {
					depth = d
					if open[d].script != language.Common {
						script = open[d].script
						current = script
					}
					break
				}
			}
		}
		t.scripts[i] = east(r, script)
		if script != language.Common {
			known = i + 1
		}
	}
	if current == language.Common { // nothing but digits and marks
		t.setScript(0, n, p.Lang)
	}
	for _, g := range t.glued { // all marks of notes look alike
		if !slices.Contains(t.common[g.start:g.end], false) {
			t.setScript(g.start, g.end, p.Lang)
		}
	}
}

// setScript gives chars[i:j], which all scripts have in common, the script that
// a language is mostly written in.
func (t *text) setScript(i, j int, lang string) {
	script, ok := t.mainScripts[lang]
	if !ok {
		script = scriptOf(lang)
		if t.mainScripts == nil {
			t.mainScripts = make(map[string]language.Script)
		}
		t.mainScripts[lang] = script
	}
	for ; i < j; i++ {
		t.scripts[i] = east(t.chars[i], script)
	}
}

// east is the script of the common character r in text of a script.
func east(r rune, script language.Script) language.Script {
	if r < 0x80 && r != ' ' && script == language.Han {
		return language.Latin
	}
	return script
}

// scriptOf is the script that a language is mostly written in.
func scriptOf(lang string) language.Script {
	script, _ := xlanguage.Make(lang).Script()
	switch s := script.String(); s {
	case "Hans", "Hant", "Jpan":
		return language.Han
	case "Kore":
		return language.Hangul
	case "Zzzz":
		return language.Latin
	default:
		known, err := language.ParseScript(s)
		if err != nil {
			return language.Latin
		}
		return known
	}
}

// closingOf is the bracket that closes what r opens in text of a script, or 0
// when it opens none. East Asian brackets are not here: they are set in the
// faces of Han wherever they stand. Curly quotation marks open for certain in
// Chinese only.
func closingOf(r rune, script language.Script) rune {
	switch r {
	case '(', '⁅':
		return r + 1
	case '[', '{':
		return r + 2
	case '«':
		return '»'
	case '‹':
		return '›'
	case '‘', '“':
		if script == language.Han {
			return r + 1
		}
	}
	return 0
}

// isClosing reports whether r closes what an opening bracket opened.
func isClosing(r rune) bool {
	switch r {
	case ')', ']', '}', '⁆', '›', '»', '’', '”':
		return true
	}
	return false
}

// findClusters finds the grapheme clusters (UAX #29).
func (t *text) findClusters() {
	n := len(t.chars)
	t.clusters = resize(t.clusters, n)
	var buf []byte
	for i := 0; i < n; {
		t.clusters[i] = true
		j := i + 1
		if alone(t.chars[i]) {
			if j == n || alone(t.chars[j]) {
				i = j
				continue
			}
		}
		// A stretch where clusters may have several characters.
		buf = utf8.AppendRune(buf[:0], t.chars[i])
		for j < n && !(alone(t.chars[j]) && alone(t.chars[j-1])) {
			buf = utf8.AppendRune(buf, t.chars[j])
			j++
		}
		// What stands alone still belongs to the stretch: the next begins after it.
		k := i
		for g := graphemes.FromBytes(buf); g.Next(); {
			count := utf8.RuneCount(g.Value())
			for c := range count {
				t.clusters[k+c] = c%longestCluster == 0
			}
			k += count
		}
		i = j
	}
}

// alone reports whether r is never part of a larger grapheme cluster when its
// neighbours are of these as well.
func alone(r rune) bool {
	switch {
	case r < 0x300:
		return r >= ' ' && r < 0x7F || r > 0x9F && r != 0xA9 && r != 0xAD && r != 0xAE
	case r < 0x590:
		return r >= 0x370 && (r < 0x483 || r > 0x489)
	case r < 0x2000:
		return r >= 0x5D0 && r <= 0x5EA || r >= 0x620 && r <= 0x64A || r >= 0x1E00
	case r < 0x3000:
		return r >= 0x2010 && r <= 0x2027
	}
	return r <= 0x3029 || r >= 0x3041 && r <= 0x3096 || r >= 0x309B && r <= 0x30FF || r >= 0x4E00 && r <= 0x9FFF ||
		r >= 0xAC00 && r <= 0xD7A3 || r >= 0xFF01 && r <= 0xFF9D
}

// hangs reports whether r has no width at the end of a line: all spaces that a
// line may end at.
func hangs(r rune) bool {
	switch r {
	case '\u00A0', '\u2007', '\u202F':
		return false
	}
	return unicode.IsSpace(r)
}

// resize gives a slice of n values, in the memory of s where that is enough.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}
