package pasted

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// missing finds references to the notes that have none yet, where they must be:
// between those to the notes before and after. There a number may have run
// together with a mark, "48,6" for 48 and 6, "710" for 7 and 10, or, in a text
// whose marks stand apart, be one. What is found only once is taken.
func (r *reader) missing(l *noteList) []*item {
	firsts := l.firsts()
	uncited := 0
	for k, f := range firsts {
		if f >= 0 && l.items[f].weight < lastResort {
			firsts[k] = -1 // a name that ends in a digit: rather anything else
		}
		if firsts[k] < 0 {
			uncited++
		}
	}
	if uncited == 0 || uncited*3 > len(firsts)*2 {
		return nil
	}
	end := len(r.src)
	if l.to < len(r.lines) {
		end = r.lines[l.to].start
	}
	// Where the first reference to the next note is, for each note.
	next := make([]int, len(firsts)+1)
	next[len(firsts)] = end
	for k := len(firsts) - 1; k >= 0; k-- {
		next[k] = next[k+1]
		if f := firsts[k]; f >= 0 && l.inTurn[k+1] {
			next[k] = l.items[f].start()
		}
	}
	from := r.lines[min(l.from, len(r.lines)-1)].start
	s := &search{r, l, r.untaken(l, from, end), firsts, map[int]bool{}, r.marksBefore(l)}
	for i, it := range l.items {
		if l.verdicts[i] != refused {
			s.ends[it.end()] = true
		}
	}
	var out []*item
	for k, f := range firsts {
		switch {
		case f >= 0 && l.inTurn[k+1]:
			from = l.items[f].end()
		case f < 0:
			if it := s.missing(k, from, next[k]); it != nil {
				out = append(out, it)
				from = it.end()
			}
		}
	}
	return out
}

// untaken are the numbers between two places that are no references, apart from
// those in the list itself, by place.
func (r *reader) untaken(l *noteList, from, to int) []number {
	var out []number
	inList := func(off int) bool {
		at := r.lineOf(off)
		return slices.ContainsFunc(l.ranges, func(x lineRange) bool { return x.from <= at && at < x.to })
	}
	i, _ := slices.BinarySearchFunc(r.marks.numbers, from, func(n number, off int) int { return cmp.Compare(n.start, off) })
	for ; i < len(r.marks.numbers) && r.marks.numbers[i].start < to; i++ {
		if n := r.marks.numbers[i]; !inList(n.start) {
			out = append(out, n)
		}
	}
	taken := map[int]bool{}
	for i, it := range l.items {
		if l.verdicts[i] != refused {
			taken[it.start()] = true
		}
	}
	for _, it := range r.itemsIn(l.from, l.to) {
		if (it.style == styleGlued || it.style == styleSpaced) && !taken[it.start()] && !inList(it.start()) {
			out = append(out, number{it.groups[0].start, it.groups[len(it.groups)-1].end, it.reason})
		}
	}
	slices.SortFunc(out, func(a, b number) int { return cmp.Compare(a.start, b.start) })
	return out
}

// marksBefore reports whether the marks of a list stand before punctuation, as in
// French, rather than after it.
func (r *reader) marksBefore(l *noteList) bool {
	before := 0
	for i, it := range l.items {
		if l.verdicts[i] == refused {
			continue
		}
		if p, _ := r.before(it.start()); unicode.IsLetter(p) {
			before++
		} else {
			before--
		}
	}
	return before > 0
}

// maxMissing is how many numbers are looked at for one missing reference.
const maxMissing = 200

// search looks for the references that a list lacks.
type search struct {
	*reader
	l       *noteList
	numbers []number     // that are no references
	firsts  []int        // the items that refer first to each note
	ends    map[int]bool // where references end
	early   bool         // marks stand before punctuation
}

// missing is the reference to the note with index k that hides in a number
// between two places; nil for none, and for several.
func (s *search) missing(k, from, to int) *item {
	numbers := s.numbers
	i, _ := slices.BinarySearchFunc(numbers, from, func(n number, off int) int { return cmp.Compare(n.start, off) })
	var best *item
	clear, several := -1, false
	for seen := 0; i < len(numbers) && numbers[i].start < to && seen < maxMissing; i++ {
		n := numbers[i]
		seen++
		it := s.hidden(n, s.l.numbers[k])
		if it == nil || it.end() > to {
			continue
		}
		switch c := s.clarity(it, n); {
		case c > clear:
			best, clear, several = it, c, false
		case c == clear:
			several = true
		}
	}
	if several {
		return nil
	}
	return best
}

// clarity says how clear it is that a mark hides in a number: 2 where a sign
// divides the two, 1 where the mark ends a sentence or a part of one, 0 elsewhere.
func (s *search) clarity(it *item, n number) int {
	q, _ := s.after(it.end())
	p, _ := s.before(it.from)
	switch {
	case it.from == n.start:
		return 0
	case p == '.' && s.nextSentence(&cluster{to: it.end()}), strings.ContainsRune(commas+":", p):
		return 2
	case q == '\n' || strings.ContainsRune(closers, q):
		return 1
	}
	return 0
}

// hidden is the mark of a note at the end of a number, or the number itself;
// nil when there can be none.
func (s *search) hidden(n number, value int) *item {
	r, l := s.reader, s.l
	switch n.reason {
	case ReasonAddress, ReasonPercent, ReasonPhone, ReasonPage, ReasonFraction:
		return nil
	}
	c := r.cluster(n.start, n.end)
	last := len(c.groups) - 1
	g := c.groups[last]
	if c.notation != decimal || c.end() != n.end {
		return nil
	}
	if n.reason == ReasonMoney && (last == 0 || c.seps[last-1] != '.' || !r.nextSentence(c)) {
		return nil // other than £7.5 The
	}
	if n.reason == ReasonTime && last > 0 && c.seps[last-1] == ':' && g.digits < 3 {
		// Heft 2:4 „Brunnen
		q, size := r.after(c.to)
		if next, _ := r.after(c.to + size); last > 1 || !unicode.IsSpace(q) || !unicode.In(next, unicode.Pi, unicode.Ps) && next != '"' || g.value != value {
			return nil
		}
		return &item{groups: c.groups[last:], from: g.start, to: g.end, style: styleGlued, weight: lastResort, reason: n.reason}
	}
	digits := len(strconv.Itoa(value))
	mark := func(groups ...group) *item {
		tail := &cluster{groups: groups, from: groups[0].start, to: g.end, style: styleGlued}
		if weight, why := r.followed(tail); weight <= lastResort && why != "" {
			return nil // 48,6 tons
		}
		return &item{groups: groups, from: groups[0].start, to: g.end, style: styleGlued, weight: lastResort, reason: n.reason}
	}
	switch {
	case g.value == value && g.digits == digits && last == 0:
		// 39 a method
		if !s.behindMark(n.start) && (l.marks != styleSpaced || !r.apart(c)) {
			return nil
		}
		it := mark(g)
		if it != nil {
			it.style = styleSpaced
		}
		return it
	case g.value == value && g.digits == digits && strings.ContainsRune(commas+".", c.seps[last-1]):
		if c.seps[last-1] == '.' && last > 2 {
			return nil
		}
		if k := slices.Index(c.seps, '.') + 1; k > 0 && k < last {
			// 17:00.10,18 for 17:00 and 10,18
			if ascending(l, c.groups[k:]) {
				return mark(c.groups[k:]...)
			}
			return nil
		}
		for k := 1; k < last; k++ {
			if ascending(l, c.groups[k:]) {
				return mark(c.groups[k:]...) // 48,2,6 for 48 and 2,6
			}
		}
		// 142,4 for 14 and 2,4; 18312,11 for 1831 and 2,11
		head := &cluster{groups: c.groups[:last], seps: c.seps[:last-1], from: c.from, to: c.groups[last-1].end, notation: c.notation}
		if h := c.groups[last-1]; c.seps[last-1] != '.' && h.digits > 1 {
			for d := 1; d < h.digits && d <= 3; d++ {
				rest, tail := r.divide(head, h.digits-d)
				if tail == nil || tail.groups[0].zero || l.rank[tail.groups[0].value] == 0 || tail.groups[0].value >= value {
					continue
				}
				if first := s.firsts[l.rank[tail.groups[0].value]-1]; first >= 0 && l.items[first].start() < n.start && !isYear(rest.groups[len(rest.groups)-1]) && !s.early {
					continue // it has been referred to, and what is left says nothing
				}
				return mark(tail.groups[0], g)
			}
		}
		return mark(g)
	case g.digits > digits && g.digits <= 6 && g.value < maxValue:
		_, tail := r.divide(c, g.digits-digits)
		if tail == nil || tail.groups[0].value != value || tail.groups[0].zero {
			return nil
		}
		if isYear(g) && last == 0 && n.reason != ReasonLabel && (g.value < maxYear || r.grammar.era) {
			return nil // 1907 is no 190 and 7
		}
		if last > 0 && c.seps[last-1] == '.' {
			// 200.26 for 200 and 2,6
			head, _ := r.number(g.start, tail.groups[0].start)
			if head.digits == 3 && r.grammar.comma {
				return mark(tail.groups[0]) // 3.0006 for 3.000 and 6
			}
			if !head.zero && head.value < value && l.rank[head.value] > 0 {
				tail.groups[0].tail = true
				return mark(head, tail.groups[0])
			}
			return nil
		}
		return mark(tail.groups[0])
	}
	return nil
}

// behindMark reports whether a reference, a comma and a space are before off:
// "railway,2, 7 as".
func (s *search) behindMark(off int) bool {
	return off > 1 && s.src[off-1] == ' ' && (s.src[off-2] == ',' || s.src[off-2] == ';') && s.ends[off-2]
}

// maxYear is after the last year of the common era that texts speak of.
const maxYear = 2100

// ascending reports whether the groups are numbers of notes that rise.
func ascending(l *noteList, groups []group) bool {
	for i, g := range groups {
		if g.zero || l.rank[g.value] == 0 || i > 0 && g.value <= groups[i-1].value {
			return false
		}
	}
	return true
}

// apart reports whether a number that stands apart has punctuation on one of
// its sides, as marks have: "side, 39 a method", "voisins 2 », et".
func (r *reader) apart(c *cluster) bool {
	p, size := r.before(c.from)
	if size == 0 || !unicode.IsSpace(p) {
		return false
	}
	p, size = r.before(c.from - size)
	q, qsize := r.after(c.to)
	if unicode.IsSpace(q) && q != '\n' {
		if next, _ := r.after(c.to + qsize); strings.ContainsRune(spacedClosers, next) {
			q = next
		}
	}
	return size > 0 && (strings.ContainsRune(closers, p) || strings.ContainsRune(closers, q))
}
