package pasted

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// style is a way to write a mark.
type style int8

// The styles, in the order in which they are preferred where several explain
// a text equally well.
const (
	styleSuper    style = iota // country.¹
	styleCircled               // country.①
	styleBrackets              // country.[1]
	styleParens                // country.(1)
	styleBraces                // country.{1}
	styleGlued                 // country.1
	styleSpaced                // country. 1
	styleSymbols               // country.*
	styleLetters               // country.a
	styles                     // how many there are
)

// styleNames are the names of the styles on the command line.
var styleNames = [styles]string{"superscript", "circled", "brackets", "parentheses", "braces", "glued", "spaced", "symbols", "letters"}

// includes reports whether a text whose marks are of style s has marks of
// style t as a matter of course.
func (s style) includes(t style) bool {
	return s == t || t == styleSuper && (s == styleGlued || s == styleSpaced) || s == styleSpaced && t == styleGlued
}

// rescues reports whether a mark of style t may fill a gap among marks of
// style s: a sign that was lost, or kept, on the way.
func (s style) rescues(t style) bool {
	switch t {
	case styleGlued, styleBrackets, styleCircled, styleSuper:
		return s < styleSymbols
	case styleSpaced:
		return s == styleGlued || s == styleSuper
	}
	return false
}

// MarkStyles are the names of the ways in which a text writes its marks, for
// Options.Marks.
func MarkStyles() []string { return styleNames[:] }

// Names of the places of notes, for Options.Notes.
const (
	NotesEnd        = "end"        // a list at the end of the text
	NotesSections   = "sections"   // lists after parts of the text: sections, chapters, pages
	NotesUnnumbered = "unnumbered" // under a heading, without numbers
	NotesNone       = "none"       // the text has no notes
)

// NoteStyles are the names of the ways in which a text lists its notes, for
// Options.Notes.
func NoteStyles() []string { return []string{NotesEnd, NotesSections, NotesUnnumbered, NotesNone} }

// notation is a kind of signs that numbers are written in.
type notation int8

const (
	noDigit   notation = iota
	decimal            // 12, ۱۲, १२
	raised             // ¹²
	encircled          // ⑫, one sign for a number
)

// encircledRuns are the numbers that are one sign each, by the sign of the
// first.
var encircledRuns = []struct {
	first         rune
	number, count int
}{
	{0x2460, 1, 20}, {0x2474, 1, 20}, {0x2488, 1, 20}, {0x24EB, 11, 10}, {0x2776, 1, 10}, {0x2780, 1, 10},
	{0x278A, 1, 10}, {0x3251, 21, 15}, {0x32B1, 36, 15},
}

// digit is what a character is worth as a digit, or as a whole number where it
// is encircled.
func digit(c rune) (value int, n notation) {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0'), decimal
	case c < 0xB2:
	case c == 0xB9:
		return 1, raised
	case c == 0xB2, c == 0xB3:
		return int(c-0xB2) + 2, raised
	case c < 0x660, c >= 0x3400 && c < 0xA620, c >= 0xAC00 && c < 0xD7A4:
	case c == 0x2070, c >= 0x2074 && c <= 0x2079:
		return int(c - 0x2070), raised
	case c >= 0x2460 && c < 0x3300:
		for _, run := range encircledRuns {
			if i := int(c - run.first); i >= 0 && i < run.count {
				return run.number + i, encircled
			}
		}
	case c <= 0xFFFF:
		if i := sort.Search(len(unicode.Nd.R16), func(i int) bool { return rune(unicode.Nd.R16[i].Hi) >= c }); i < len(unicode.Nd.R16) && rune(unicode.Nd.R16[i].Lo) <= c {
			return int(c-rune(unicode.Nd.R16[i].Lo)) % 10, decimal
		}
	default:
		if i := sort.Search(len(unicode.Nd.R32), func(i int) bool { return rune(unicode.Nd.R32[i].Hi) >= c }); i < len(unicode.Nd.R32) && rune(unicode.Nd.R32[i].Lo) <= c {
			return int(c-rune(unicode.Nd.R32[i].Lo)) % 10, decimal
		}
	}
	return 0, noDigit
}

// digitAt is the digit that starts at off.
func (t *text) digitAt(off int) (value, size int, n notation) {
	if off >= len(t.src) {
		return 0, 0, noDigit
	}
	c, size := t.after(off)
	value, n = digit(c)
	return value, size, n
}

// number reads a run of digits of one notation.
func (t *text) number(off, end int) (g group, n notation) {
	g = group{start: off, end: off}
	for g.end < end {
		v, size, k := t.digitAt(g.end)
		if k == noDigit || n != noDigit && k != n {
			break
		}
		n = k
		if g.end == off {
			g.zero = v == 0
		}
		g.value = min(g.value*10+v, maxValue)
		g.end += size
		g.digits++
		if k == encircled {
			break
		}
	}
	return g, n
}

// brackets are what can stand around the number of a mark or of a note.
var brackets = []struct {
	open, close rune
	style       style
}{
	{'[', ']', styleBrackets}, {'［', '］', styleBrackets}, {'〔', '〕', styleBrackets}, {'【', '】', styleBrackets},
	{'〈', '〉', styleBrackets}, {'⟨', '⟩', styleBrackets}, {'(', ')', styleParens}, {'（', '）', styleParens}, {'{', '}', styleBraces},
	{'｛', '｝', styleBraces}, {'/', '/', styleBraces}, {'<', '>', styleBraces}, {'⁽', '⁾', styleSuper},
}

// noteWords can stand before the number of a mark or of a note.
var noteWords = []string{
	"note", "notes", "footnote", "endnote", "fn", "n", "nota", "notas", "nt", "anm", "anmerkung", "fußnote", "noot", "przypis", "przyp",
	"прим", "примечание", "сноска", "сн", "виноска", "ескертпе", "not", "dipnot", "σημ", "υποσημείωση", "ծան", "შენ", "هامش", "حاشية", "پانویس", "یادداشت",
	"حاشیہ", "הערה", "注", "註", "注释", "註釋", "脚注", "註解", "尾注", "注記", "각주", "주", "टिप्पणी", "पाद", "টীকা", "cước chú", "chú thích", "footnotes", "re", "ref",
}

// symbolOrder is the usual order of signs, each of which counts as a number.
// Where a text has stars alone, their number counts.
var symbolOrder = []string{"*", "†", "‡", "§", "‖", "¶", "**", "††", "‡‡", "§§", "‖‖", "¶¶", "***", "†††", "‡‡‡"}

// symbol reads a run of one sign, such as **.
func (t *text) symbol(off, end int) (g group, ok bool) {
	const most = 4
	first, size := t.after(off)
	if off >= end || !strings.ContainsRune("*∗＊†‡§‖¶", first) {
		return group{}, false
	}
	g = group{start: off, end: off}
	for c := first; c == first && g.end < end; c, size = t.after(g.end) {
		g.end += size
		g.digits++
	}
	if g.digits > most {
		return group{}, false
	}
	if first == '∗' || first == '＊' {
		first = '*'
	}
	if first == '*' && !t.daggers {
		g.value = g.digits
		return g, true
	}
	g.value = slices.Index(symbolOrder, strings.Repeat(string(first), g.digits)) + 1
	return g, g.value > 0
}

// raisedLetters are the letters a, b, c … as superscripts.
const raisedLetters = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ\x00ʳˢᵗᵘᵛʷˣʸᶻ"

// letter reads one small letter of the Latin alphabet, plain or raised.
func (t *text) letter(off, end int) (g group, high, ok bool) {
	c, size := t.after(off)
	if off >= end {
		return group{}, false, false
	}
	v := 0
	if 'a' <= c && c <= 'z' {
		v = int(c-'a') + 1
	} else if i := strings.IndexRune(raisedLetters, c); i >= 0 && c > 0 {
		v, high = len([]rune(raisedLetters[:i]))+1, true
	}
	next, _ := t.after(off + size)
	if v == 0 || off+size < end && (unicode.IsLetter(next) || unicode.Is(unicode.M, next)) {
		return group{}, false, false
	}
	return group{start: off, end: off + size, value: v, digits: 1}, high, true
}

// noteWord is the end of a word such as "note" at off, with the full stop and
// the spaces after it; off when there is none.
func (t *text) noteWord(off, end int) int {
	i := off
	for i < end {
		c, size := t.after(i)
		if !unicode.IsLetter(c) && !unicode.Is(unicode.M, c) || i-off > 40 {
			break
		}
		i += size
	}
	if i == off || !has(noteWords, t.str(off, i)) {
		if c, size := t.after(off); off < end && strings.ContainsRune(markSigns+"#", c) {
			if _, _, n := t.digitAt(off + size); c != '*' && c != '＊' || n != noDigit && off+size < end {
				return off + size
			}
		}
		return off
	}
	for range 2 {
		if c, size := t.after(i); i < end && (c == '.' || unicode.IsSpace(c)) {
			i += size
		}
	}
	return i
}

// wrapped reads a mark in brackets that starts at off: [1], (2, 9), （注3）, [a].
func (t *text) wrapped(off, end int) (c *cluster, ok bool) {
	open, size := t.after(off)
	k := slices.IndexFunc(brackets, func(b struct {
		open, close rune
		style       style
	}) bool {
		return b.open == open
	})
	if k < 0 {
		return nil, false
	}
	const most = 120 // bytes
	end = min(end, off+most)
	i := off + size
	double := false // ((1))
	if q, size := t.after(i); q == open {
		double = true
		i += size
	}
	i = t.noteWord(t.spaces(i, end), end)
	c = &cluster{from: off, style: brackets[k].style}
	for {
		i = t.spaces(i, end)
		if len(c.groups) > 0 {
			i = t.noteWord(i, end)
		}
		g, n := t.number(i, end)
		if n == noDigit && brackets[k].style != styleBraces {
			var ok bool
			if g, ok = t.roman(i, end); ok && t.romans {
				c.style = brackets[k].style
			} else if g, ok = t.symbol(i, end); ok && t.symbols {
				c.style = styleSymbols
			} else if g, _, ok = t.letter(i, end); ok && t.letters {
				c.style = styleLetters
			} else {
				return nil, false
			}
		} else if n == noDigit {
			return nil, false
		}
		c.groups = append(c.groups, g)
		i = t.spaces(g.end, end)
		sep, size := t.after(i)
		if i >= end {
			return nil, false
		}
		if sep == brackets[k].close {
			if c.to = i + size; double {
				sep, size = t.after(c.to)
				c.to += size
			}
			return c, sep == brackets[k].close
		}
		if len(c.groups) == 1 && c.style == styleBrackets && n == decimal && strings.ContainsRune(",:;", sep) && t.isPlace(i+size, end, brackets[k].close) {
			c.from, c.to = g.start, g.end // [1, p. 15]: the brackets stay
			return c, true
		}
		if !strings.ContainsRune(markSeps, sep) && sep != '.' {
			return nil, false
		}
		c.seps = append(c.seps, sep)
		i += size
	}
}

// isPlace reports whether a place within what a note names stands at off, up to
// a closing bracket: "p. 15", "с. 7–9".
func (t *text) isPlace(off, end int, closing rune) bool {
	off = t.spaces(off, end)
	c, _ := t.after(off)
	if off >= end || !unicode.IsLetter(c) {
		return false
	}
	digits := false
	for off < end {
		c, size := t.after(off)
		if c == closing {
			return digits
		}
		_, n := digit(c)
		digits = digits || n == decimal
		if strings.ContainsRune("[]()［］（）", c) {
			return false
		}
		off += size
	}
	return false
}

// roman reads a small Roman numeral, such as that of the endnotes of Word.
func (t *text) roman(off, end int) (g group, ok bool) {
	const most = 8
	i := off
	for i < end && i-off < most && strings.IndexByte("ivxl", t.src[i]) >= 0 {
		i++
	}
	v := romanNumber(t.str(off, i))
	return group{start: off, end: i, value: v, digits: i - off}, v > 0
}

// spaces is the end of the spaces at off.
func (t *text) spaces(off, end int) int {
	for off < end {
		c, size := t.after(off)
		if !unicode.IsSpace(c) {
			break
		}
		off += size
	}
	return off
}

// isThin reports whether a space is one that a mark can have before it without
// standing apart.
func isThin(c rune) bool { return c >= 0x2004 && c <= 0x200A || c == 0x202F }
