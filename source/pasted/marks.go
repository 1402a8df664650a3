package pasted

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// takeForward takes the marks that stand before the turn of their note, where
// their place is clear: behind punctuation, or in brackets. They are few: many
// would be numbers of another kind.
func (r *reader) takeForward(l *noteList) {
	var found []int
	taken := 0
	for i, it := range l.items {
		switch {
		case l.verdicts[i] != refused:
			taken++
		case it.weight >= afterStop && l.marks.includes(it.style) && r.endsClause(it):
			found = append(found, i)
		}
	}
	if len(found) > 1+taken/4 {
		return
	}
	for _, i := range found {
		l.verdicts[i] = forward
	}
}

// endsClause reports whether a mark stands behind what ends a sentence or a part
// of one, and not behind an abbreviation.
func (r *reader) endsClause(it *item) bool {
	p, size := r.before(it.start())
	if p != '.' || it.style != styleGlued {
		return true
	}
	const short = 3 // letters of an abbreviation
	return len([]rune(r.wordBefore(it.start()-size))) > short && r.nextSentence(&cluster{to: it.end()})
}

// citedInNotes takes the marks in the notes of a list that refer to others of
// it. Plain digits say too little there.
func (r *reader) citedInNotes(l *noteList) {
	if l.marks > styleBrackets {
		return
	}
	for _, e := range l.entries {
		for _, it := range r.itemsIn(e.line, e.to) {
			p, _ := r.before(it.start())
			if it.style != l.marks || it.start() < e.text || unicode.IsSpace(p) || unicode.IsDigit(p) {
				continue
			}
			if !slices.ContainsFunc(it.refs(), func(g group) bool { return l.rank[g.value] == 0 || g.value == e.number }) {
				r.taken = append(r.taken, taken{it, certain, l})
				for _, g := range it.refs() {
					l.inNotes = append(l.inNotes, g.value)
				}
			}
		}
	}
}

// solveList solves the lines [from, to) of the text, without the list itself,
// against it.
func (r *reader) solveList(l *noteList, from, to int) {
	l.from, l.to = from, to
	var items []*item
	at := from
	for _, x := range l.ranges {
		items = append(items, r.itemsIn(at, min(x.from, to))...)
		at = max(at, x.to)
	}
	items = append(items, r.itemsIn(at, to)...)

	// The notes that each style could refer to are the most that it can explain.
	var bound [styles]int
	seen := make(map[[2]int]bool)
	for _, it := range items {
		for _, g := range it.refs() {
			key := [2]int{int(it.style), g.value}
			if it.weight >= either && l.rank[g.value] > 0 && !seen[key] {
				seen[key] = true
				bound[it.style]++
			}
		}
	}
	best, bestScore := style(-1), 0
	first := styleSuper
	last := styleSpaced
	switch l.style {
	case styleSymbols, styleLetters:
		first, last = l.style, l.style
	}
	if s := slices.Index(MarkStyles(), r.opts.Marks); s >= 0 && first != last {
		first, last = style(s), style(s)
	}
	for s := first; s <= last; s++ {
		most := 0
		for t := range styles {
			if s.includes(t) {
				most += bound[t]
			}
		}
		if bound[s] == 0 && first != last || best >= 0 && worthCited*most <= bestScore {
			continue
		}
		c := *l
		r.solveStyle(&c, items, s, false)
		if best < 0 || c.score() > bestScore {
			best, bestScore = s, c.score()
		}
	}
	if best < 0 {
		best = styleGlued
		if first == last {
			best = first
		}
	}
	r.solveStyle(l, items, best, true)
	closing := 0
	for i, it := range l.items {
		if l.verdicts[i] != refused && it.closing {
			closing++
		}
	}
	if len(l.items) > 1 && closing*3 >= len(l.items)*2 {
		for i, it := range l.items {
			if it.closing {
				c := *it
				c.to++
				l.items[i] = &c
			}
		}
	}
}

// solveStyle solves items of one style, and, if asked, of those that can fill
// its gaps, against the list.
func (r *reader) solveStyle(l *noteList, items []*item, s style, fill bool) {
	l.marks, l.items = s, nil
	var candidates []candidate
	var odd []*item // whose numbers no note has
	add := func(it *item, weight int) bool {
		refs := it.refs()
		c := candidate{notes: make([]int, 0, len(refs)), weight: weight}
		missing := 0
		for _, g := range refs {
			if v := l.rank[g.value]; v > 0 {
				c.notes = append(c.notes, v)
			} else if g.start == g.end {
				missing++ // inside a range
			}
		}
		if len(c.notes)+missing < len(refs) || len(c.notes) == 0 {
			return false
		}
		candidates = append(candidates, c)
		l.items = append(l.items, it)
		return true
	}
	for _, it := range items {
		weight := it.weight
		switch {
		case s.includes(it.style):
			if it.style == styleSpaced {
				weight = min(weight, afterWord)
			}
		case fill && s.rescues(it.style) && it.weight > 0:
			weight = lastResort
			if it.style == styleSpaced {
				weight-- // rather a number by itself
			}
		default:
			continue
		}
		it = r.trimmed(it, l.rank)
		if !add(it, min(weight, it.weight)) && (weight > 0 || it.reason == ReasonDecimal) && len(it.groups) == 1 {
			odd = append(odd, it)
		}
	}
	l.solution = solve(len(l.numbers), candidates)
	if (s == styleSpaced || s == styleParens) && r.demote(l, candidates) {
		l.solution = solve(len(l.numbers), candidates)
	}
	if !fill {
		return
	}
	again := func(more []*item) {
		if len(more) == 0 {
			return
		}
		all := slices.Concat(l.items, more)
		slices.SortStableFunc(all, func(a, b *item) int {
			return cmp.Or(cmp.Compare(a.start(), b.start()), cmp.Compare(len(b.groups), len(a.groups)))
		})
		all = slices.CompactFunc(all, func(a, b *item) bool { return a.start() == b.start() })
		l.items, candidates = nil, nil
		for _, it := range all {
			weight := it.weight
			if !s.includes(it.style) {
				weight = min(weight, lastResort)
			}
			add(it, weight)
		}
		l.solution = solve(len(l.numbers), candidates)
	}
	again(r.splits(l, odd))
	if s <= styleSpaced {
		again(r.missing(l))
	}
}

// demote makes a last resort of the numbers that stand apart behind a word, "aged
// 6, with", where nearly all first references stand behind punctuation, and of
// those in parentheses behind a space where nearly all have none. It says whether
// there are any.
func (r *reader) demote(l *noteList, candidates []candidate) bool {
	behind := func(it *item) bool { // a word
		p, size := r.before(it.start())
		if l.marks == styleParens {
			return size > 0 && unicode.IsSpace(p) && p != '\u00a0' && p != '\u202f'
		}
		if size > 0 && unicode.IsSpace(p) {
			p, _ = r.before(it.start() - size)
		}
		return !strings.ContainsRune(closers, p)
	}
	words, all := 0, 0
	for k, f := range l.firsts() {
		if f >= 0 && l.inTurn[k+1] {
			all++
			if behind(l.items[f]) {
				words++
			}
		}
	}
	if words*4 > all {
		return false
	}
	found := false
	for i, it := range l.items {
		if it.style == l.marks && behind(it) && candidates[i].weight > lastResort {
			candidates[i].weight = lastResort - 1
			c := *it
			c.weight = candidates[i].weight
			l.items[i], found = &c, true
		}
	}
	return found
}

// splits reads numbers that no note has, or that stand before the turn of their
// note, as two that have run together: 58 for 5 and 8. The notes of both must
// have had their turn, or have it there.
func (r *reader) splits(l *noteList, odd []*item) []*item {
	high := 0
	var out []*item
	cited := make([]bool, len(l.numbers)+1)
	for i, it := range l.items {
		if l.verdicts[i] != refused {
			for _, g := range it.refs() {
				cited[l.rank[g.value]] = true
			}
		}
	}
	try := func(it *item, missing bool) {
		g := it.groups[0]
		if g.digits < 2 || g.digits > 6 || it.style >= styleBrackets && it.style <= styleBraces {
			return // what stands in brackets is one number
		}
		var found *item
		value, off := 0, g.start
		for d := 1; d < g.digits; d++ {
			v, size, n := r.digitAt(off)
			value, off = value*10+v, off+size
			if z, _, _ := r.digitAt(off); z == 0 || n == encircled {
				continue
			}
			rest, _ := r.number(off, g.end)
			a, b := l.rank[value], l.rank[rest.value]
			if a == 0 || b <= a || a > high+1 || b > max(high, a)+1 {
				continue
			}
			if (missing || it.weight <= 0) && cited[a] && cited[b] {
				continue
			}
			rest.tail = true
			c := *it
			c.groups = []group{{start: g.start, end: off, value: value, digits: d}, rest}
			c.weight, c.reason = either, ReasonNoNote
			if end, why := r.followed(&cluster{groups: it.groups, from: it.from, to: it.to}); it.weight <= 0 && end <= lastResort && why != "" {
				continue // 8.15 Uhr
			}
			if found == nil || b == high+1 || a == high+1 {
				found = &c
			}
		}
		if found != nil {
			out = append(out, found)
			high = max(high, l.rank[found.groups[1].value])
		}
	}
	k := 0
	for i, it := range l.items {
		for ; k < len(odd) && odd[k].start() < it.start(); k++ {
			try(odd[k], false)
		}
		if l.verdicts[i] == refused {
			if it.weight > 0 && len(it.groups) == 1 {
				try(it, true)
			}
			continue
		}
		for _, g := range it.refs() {
			if v := l.rank[g.value]; l.inTurn[v] {
				high = max(high, v)
			}
		}
	}
	for ; k < len(odd); k++ {
		try(odd[k], false)
	}
	return out
}

// refs are the numbers that a mark refers to, those inside a range too: these
// stand where the range has its sign, and have no digits.
func (it *item) refs() []group {
	if !slices.ContainsFunc(it.groups, func(g group) bool { return g.through }) {
		return it.groups
	}
	var out []group
	for i, g := range it.groups {
		if g.through {
			before := it.groups[i-1]
			for v := before.value + 1; v < g.value; v++ {
				out = append(out, group{start: before.end, end: before.end, value: v})
			}
		}
		out = append(out, g)
	}
	return out
}

// trimmed is the item without what follows the marks at its end and is no note:
// a year, as in "in April.4,2019", or a number after a space, "pays4, 20 ans".
func (r *reader) trimmed(it *item, rank map[int]int) *item {
	n := len(it.groups)
	for n > 1 && it.style == styleGlued && rank[it.groups[n-1].value] == 0 && (it.groups[n-1].loose || isYear(it.groups[n-1])) {
		n--
	}
	if n == len(it.groups) {
		return it
	}
	c := *it
	c.groups, c.to, c.weight = it.groups[:n], it.groups[n-1].end, min(it.weight, either)
	if it.groups[n].loose {
		c.weight = it.weight
	}
	return &c
}

// sure is how many notes are referred to by numbers that are more than a last
// resort.
func (l *noteList) sure() int {
	n := 0
	for _, f := range l.firsts() {
		if f >= 0 && l.items[f].weight > lastResort {
			n++
		}
	}
	return n
}

// cited is how many notes are referred to.
func (l *noteList) cited() int {
	n := 0
	for _, c := range l.firsts() {
		if c >= 0 {
			n++
		}
	}
	return n
}

// firsts are the items that refer first to each note, by its index in numbers;
// -1 where none does.
func (l *noteList) firsts() []int {
	out := make([]int, len(l.numbers))
	for i := range out {
		out[i] = -1
	}
	for i, it := range l.items {
		if l.verdicts[i] == refused {
			continue
		}
		for _, g := range it.refs() {
			if k := l.rank[g.value] - 1; k >= 0 && out[k] < 0 {
				out[k] = i
			}
		}
	}
	return out
}
