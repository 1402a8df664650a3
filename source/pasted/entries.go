package pasted

import (
	"slices"
	"strings"
	"unicode"
)

// entry is a line that can start a note: a number or what stands for one, then
// text.
type entry struct {
	line       int
	shape      int // index in reader.shapes
	number     int
	start, end int // of the digits; equal where the note has no number
	from, text int // what stands before the text of the note
	fault      int // 0: looks like the start of a note; up to 3: may go on from the line before
	to         int // the line after the last one of the note, once it is in a list
}

// shape is how the numbers of a list of notes are written.
type shape struct {
	open, close string
	style       style // symbols, letters, superscript, circled; glued for plain digits
}

// readEntries finds the lines that can start a note.
func (r *reader) readEntries(from int) []entry {
	var out []entry
	previous := -1 // the last line that is not blank
	for i := from; i < len(r.lines); i++ {
		l := r.lines[i]
		if l.blank() {
			continue
		}
		if e, ok := r.entry(i); ok {
			if previous == i-1 && previous >= from && !r.finished(r.lines[previous]) && !r.isNotesHeading(previous) && !r.isDoubled(out, previous, e) && !r.standsAbove(previous) {
				e.fault++
			}
			e.fault = min(e.fault, 3)
			out = append(out, e)
		}
		previous = i
	}
	return out
}

// isDoubled reports whether the line above an entry is one too, with the same
// number: notes without a full stop at their ends, one of which is there twice.
func (r *reader) isDoubled(entries []entry, above int, e entry) bool {
	if len(entries) == 0 {
		return false
	}
	b := entries[len(entries)-1]
	return b.line == above && b.shape == e.shape && b.number == e.number
}

// standsAbove reports whether line i is a short one below an empty line, such as
// the name of the part of the text whose notes follow.
func (r *reader) standsAbove(i int) bool {
	c, _ := r.after(r.lines[i].from)
	return i > 0 && r.lines[i-1].blank() && r.lines[i].runes < maxHeading/2 && !unicode.IsLower(c) && !unicode.IsDigit(c)
}

// entryEnds can stand behind the number of a note that no bracket opens; those
// with more signs first.
var entryEnds = []string{".)", ".-", ".–", ".—", ".", ")", "）", "．", "、", "]", ":", "：", "।", "–", "—", "-"}

// entry reads line i as the start of a note.
func (r *reader) entry(i int) (entry, bool) {
	const most = 5 // digits
	l := r.lines[i]
	e := entry{line: i, from: l.from}
	sh := shape{style: styleGlued}
	j := l.from
	for c, size := r.after(j); unicode.Is(unicode.Bidi_Control, c) && j < l.to; c, size = r.after(j) {
		j += size
	}
	c, size := r.after(j)
	if 'A' <= c && c <= 'Z' && c != 'N' && c != 'F' && c != 'E' && c != 'A' {
		return entry{}, false // most lines
	}
	var closing rune
	for _, b := range brackets {
		if b.open == c {
			sh.open, closing = string(c), b.close
			j += size
			if q, size := r.after(j); q == c {
				sh.open += sh.open // ((1))
				j += size
			}
			j = r.spaces(j, l.to)
		}
	}
	word := r.noteWord(j, l.to)
	if word > j {
		sh.open += "n"
	}
	g, n := r.number(word, l.to)
	switch {
	case n == raised:
		sh.style = styleSuper
	case n == encircled:
		sh.style = styleCircled
	case n == noDigit:
		var ok bool
		if g, ok = r.roman(word, l.to); ok && r.romans && closing != 0 {
			break
		} else if g, ok = r.symbol(word, l.to); ok {
			sh.style = styleSymbols
		} else if g, _, ok = r.letter(word, l.to); ok && word == j {
			sh.style = styleLetters
		} else {
			return entry{}, false
		}
	}
	if g.digits > most || g.zero || g.value == 0 {
		return entry{}, false
	}
	e.number, e.start, e.end = g.value, g.start, g.end
	k := g.end
	switch {
	case closing != 0:
		k = r.spaces(k, l.to)
		if c, size = r.after(k); c != closing || k >= l.to {
			return entry{}, false
		}
		k += size
		sh.close = string(closing)
		if q, size := r.after(k); q == closing && len(sh.open) > len(sh.close) && k < l.to {
			sh.close += sh.close
			k += size
		}
	case k < l.to:
		for _, s := range entryEnds {
			if strings.HasPrefix(r.str(k, min(l.to, k+len(s))), s) {
				sh.close = s
				k += len(s)
				break
			}
		}
	}
	if sh.close == "-" || sh.close == "–" || sh.close == "—" {
		if q, _ := r.after(k); k < l.to && !unicode.IsSpace(q) {
			if !unicode.IsUpper(q) && !unicode.In(q, unicode.Pi) || g.digits > 3 {
				return entry{}, false
			}
			e.fault++ // 1-Text
		}
	}
	if k < l.to && closing != 0 {
		if q, size := r.after(k); q == '.' || q == ':' || q == '：' {
			k += size
		}
	}
	after := k
	e.text = r.backlinks(r.spaces(k, l.to), l.to)
	c, _ = r.after(e.text)
	switch {
	case e.text == l.to:
		e.fault++ // a number alone on its line
		if sh.style == styleLetters || sh.style == styleSymbols {
			return entry{}, false
		}
	case e.text > after:
		if sh.style == styleLetters && sh.close == "" {
			e.fault++
		}
	case sh.style == styleSuper, sh.style == styleCircled, closing != 0, sh.style == styleSymbols && c != '*' && c != '†':
	case sh.style == styleLetters:
		return entry{}, false
	default:
		// 1Text
		next, _ := r.after(e.text)
		w := []rune(r.wordAfter(e.text))
		opens := unicode.In(next, unicode.Pi, unicode.Ps) || next == '"'
		initial := len(w) == 1 && unicode.IsUpper(w[0]) && strings.HasPrefix(r.str(e.text+len(string(w)), l.to), ".")
		switch {
		case opens, initial:
		case len(w) < 2 || !unicode.IsUpper(w[0]) && !unicode.Is(unicode.Lo, w[0]):
			return entry{}, false
		case unspaced(w[0]) && sh.close == "" && prefixed(string(w), r.grammar.units):
			e.fault += 3 // 4年
		}
		if sh.close == "" || !unspaced(next) {
			e.fault++
		}
	}
	if w := r.wordAfter(e.text); w != "" && e.text < l.to {
		if unicode.IsLower([]rune(w)[0]) || r.grammar.month(w) > 0 || !unspaced([]rune(w)[0]) && has(r.grammar.units, w) {
			e.fault += 2
		}
	}
	if e.shape = slices.Index(r.shapes, sh); e.shape < 0 {
		e.shape = len(r.shapes)
		r.shapes = append(r.shapes, sh)
	}
	return e, true
}

// backlinks is the end of the links from a note back to the text: "↩", "^ a b",
// "^ Jump up to: a b", "↑ 1 2". The letters, or numbers, are at least two and
// stand in their order.
func (r *reader) backlinks(off, end int) int {
	start := off
	for off < end {
		c, size := r.after(off)
		if !unicode.IsSpace(c) && !strings.ContainsRune("↩↑⤴↵^\ufe0e\ufe0f", c) {
			break
		}
		off += size
	}
	if !strings.ContainsAny(r.str(start, off), "^↑") {
		return off
	}
	if rest := r.str(off, end); strings.HasPrefix(rest, "Jump up to:") {
		off = r.spaces(off+len("Jump up to:"), end)
	} else if strings.HasPrefix(rest, "Jump up ") {
		return off + len("Jump up ")
	}
	for _, first := range "a1" {
		i, n := off, 0
		for i+1 < end && rune(r.src[i]) == first+rune(n) && r.src[i+1] == ' ' && n < 9 {
			i = r.spaces(i+1, end)
			n++
		}
		if n > 1 {
			return i
		}
	}
	return off
}

// chains finds, for every entry, the best list that starts with it: rising
// numbers of one shape, as many as possible, with few gaps, few doubled numbers
// and few lines left out. next is the index of the next entry of that list, -1
// for none. Linear in the entries.
func chains(entries []entry, shapes int) (worth []int, next []int) {
	high := make([]int, shapes)
	for _, e := range entries {
		high[e.shape] = max(high[e.shape], e.number)
	}
	best := make([][]int32, shapes) // by shape and number: index in entries + 1
	for s := range best {
		best[s] = make([]int32, high[s]+maxGap+2)
	}
	skips := make([]int, len(entries)+1) // what leaving out all entries before would cost
	for i, e := range entries {
		skips[i+1] = skips[i]
		if e.fault == 0 {
			skips[i+1] += costSkip
		}
	}
	worth, next = make([]int, len(entries)), make([]int, len(entries))
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		most, at := -skips[len(entries)], -1
		for gap := -1; gap <= maxGap; gap++ {
			j := int(best[e.shape][e.number+1+gap]) - 1
			if j < 0 {
				continue
			}
			w := worth[j] - skips[j]
			switch {
			case gap < 0:
				w -= costDouble
			case gap > 0:
				w -= costGap + gap
			}
			if w > most {
				most, at = w, j
			}
		}
		worth[i] = worthEntry - e.fault + skips[i+1] + most
		next[i] = at
		b := &best[e.shape][e.number]
		if j := int(*b) - 1; j < 0 || worth[i]-skips[i] >= worth[j]-skips[j] {
			*b = int32(i + 1)
		}
	}
	return worth, next
}
