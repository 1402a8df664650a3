package pasted

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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

// entry reads line i as the start of a note: its label, links back to the text,
// and the first word.
func (r *reader) entry(i int) (entry, bool) {
	l := r.lines[i]
	e, sh, off, ok := r.entryLabel(i)
	if !ok {
		return entry{}, false
	}
	e.text = r.backlinks(r.spaces(off, l.to), l.to)
	fault, ok := r.entryFault(sh, e, off, l.to)
	if !ok {
		return entry{}, false
	}
	e.fault += fault
	if e.shape = slices.Index(r.shapes, sh); e.shape < 0 {
		e.shape = len(r.shapes)
		r.shapes = append(r.shapes, sh)
	}
	return e, true
}

// entryLabel reads the number at the start of line i with what stands around it,
// "1.", "[1]", "note 1:", and says where that ends.
func (r *reader) entryLabel(i int) (e entry, sh shape, end int, ok bool) {
	const most = 5 // digits
	l := r.lines[i]
	e = entry{line: i, from: l.from}
	sh.style = styleGlued
	off := l.from
	c, size := r.after(off)
	for ; unicode.Is(unicode.Bidi_Control, c) && off < l.to; c, size = r.after(off) {
		off += size
	}
	if 'A' <= c && c <= 'Z' && c != 'N' && c != 'F' && c != 'E' && c != 'A' {
		return e, sh, 0, false // most lines
	}
	var closing rune
	for _, b := range brackets {
		if b.open == c {
			sh.open, closing = string(c), b.close
			off += size
			if q, size := r.after(off); q == c {
				sh.open += sh.open // ((1))
				off += size
			}
			off = r.spaces(off, l.to)
		}
	}
	word := r.noteWord(off, l.to)
	if word > off {
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
		} else if g, _, ok = r.letter(word, l.to); ok && word == off {
			sh.style = styleLetters
		} else {
			return e, sh, 0, false
		}
	}
	if g.digits > most || g.zero || g.value == 0 {
		return e, sh, 0, false
	}
	e.number, e.start, e.end = g.value, g.start, g.end
	off = g.end
	if closing == 0 {
		k := slices.IndexFunc(entryEnds, func(s string) bool { return bytes.HasPrefix(r.src[off:l.to], []byte(s)) })
		if k < 0 {
			return e, sh, off, true
		}
		sh.close = entryEnds[k]
		off += len(sh.close)
		if q, _ := r.after(off); strings.Contains("–—-", sh.close) && off < l.to && !unicode.IsSpace(q) {
			e.fault++ // 1-Text
			return e, sh, off, (unicode.IsUpper(q) || unicode.In(q, unicode.Pi)) && g.digits <= 3
		}
		return e, sh, off, true
	}
	off = r.spaces(off, l.to)
	for range strings.Count(sh.open, string(c)) {
		if q, _ := r.after(off); q != closing || off >= l.to {
			return e, sh, 0, false
		}
		sh.close += string(closing)
		off += utf8.RuneLen(closing)
	}
	if q, size := r.after(off); off < l.to && strings.ContainsRune(".:：", q) {
		off += size
	}
	return e, sh, off, true
}

// entryFault says how much speaks against the start of a note whose label ends at
// off, on a line that ends at to. ok is false where there can be none.
func (r *reader) entryFault(sh shape, e entry, off, to int) (fault int, ok bool) {
	next, _ := r.after(e.text)
	first := r.wordAfter(e.text)
	w := []rune(first)
	switch {
	case e.text == to: // a number alone on its line
		return 1, sh.style != styleLetters && sh.style != styleSymbols
	case e.text > off:
		if sh.style == styleLetters && sh.close == "" {
			fault++
		}
	case sh.style == styleLetters && sh.open == "":
		return 0, false
	case sh.style == styleSuper, sh.style == styleCircled, sh.open != "" && sh.open != "n", sh.style == styleSymbols && next != '*' && next != '†':
	default:
		// 1Text, 1“Text”, 1A. Author
		switch {
		case unicode.In(next, unicode.Pi, unicode.Ps), next == '"':
		case len(w) == 1 && unicode.IsUpper(w[0]) && r.src[e.text+len(first)] == '.':
		case len(w) < 2 || !unicode.IsUpper(w[0]) && !unicode.Is(unicode.Lo, w[0]):
			return 0, false
		case unspaced(w[0]) && sh.close == "" && prefixed(first, r.grammar.units):
			fault += 3 // 4年
		}
		if sh.close == "" || !unspaced(next) {
			fault++
		}
	}
	if len(w) > 0 && (unicode.IsLower(w[0]) || r.grammar.month(first) > 0 || !unspaced(w[0]) && has(r.grammar.units, first)) {
		fault += 2
	}
	return fault, true
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
