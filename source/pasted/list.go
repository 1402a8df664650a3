package pasted

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"qalam/source/diag"
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

// noteList is a list of notes.
type noteList struct {
	index   int   // of its kind in the text, from 1, when there are several
	heading int   // the line above the list that says so, or -1
	more    []int // other such lines, above it and between its parts
	style   style // of the numbers in the list
	entries []entry
	end     int         // the line after the last one of the last note
	ranges  []lineRange // the lines of the list, with its heading

	from, to int   // the lines of the text that refers to it
	numbers  []int // the numbers of the notes, in their order, each once
	rank     map[int]int
	marks    style // how the text writes the marks
	solution
	items   []*item // what the solution is about
	inNotes []int   // the notes that others refer to
}

// lineRange is the lines [from, to).
type lineRange struct{ from, to int }

// What speaks for and against a list of notes, see readEntries.
const (
	worthEntry = 4 // less the faults of its line
	costGap    = 3 // and one for each number that is missing
	costDouble = 4 // the same number again
	costSkip   = 2 // a line without fault that looks like a note and is none
	costLate   = 8 // the first number is not 1
	maxGap     = 20

	worthCited = 10 // a note that is referred to in its turn
	costBreak  = 5
	costList   = 12 // another list
	maxTries   = 16 // places where the list can start, the best ones
)

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

// findNotes finds the lists of notes and solves the text against them. Where
// more than one reading is possible, the references in the text decide.
func (r *reader) findNotes() {
	if r.opts.Notes == NotesNone {
		return
	}
	var worth int
	if r.opts.Notes == "" || r.opts.Notes == NotesEnd {
		r.lists, worth = r.endLists()
	}
	if r.opts.Notes == "" || r.opts.Notes == NotesSections {
		runs := r.runs()
		for _, read := range []func([]*noteList) []*noteList{r.continued, r.restarted, r.perSection} {
			lists := read(runs)
			total := -costList * (len(lists) - 1)
			if len(lists) == 1 {
				total = -costList
			}
			for _, l := range lists {
				total += worthEntry*len(l.entries) + l.score()
			}
			if len(lists) > 0 && (len(r.lists) == 0 || total > worth) {
				r.lists, worth = lists, total
			}
		}
		r.addSymbols(runs)
	}
	if len(r.lists) == 0 && (r.opts.Notes == "" || r.opts.Notes == NotesUnnumbered) {
		r.lists = r.unnumbered()
	}
	slices.SortStableFunc(r.lists, func(a, b *noteList) int { return cmp.Compare(a.start(), b.start()) })
	counts := map[int]int{}
	for _, l := range r.lists {
		kind := 0
		if l.style == styleSymbols || l.style == styleLetters {
			kind = int(l.style)
		}
		counts[kind]++
		l.index = counts[kind]
		r.noteLines = append(r.noteLines, l.ranges...)
		r.takeForward(l)
		for i, it := range l.items {
			if v := l.verdicts[i]; v != refused {
				r.taken = append(r.taken, taken{it, v, l})
			}
		}
	}
	for _, l := range r.lists {
		r.citedInNotes(l)
	}
	slices.SortFunc(r.noteLines, func(a, b lineRange) int { return cmp.Compare(a.from, b.from) })
	slices.SortStableFunc(r.taken, func(a, b taken) int { return cmp.Compare(a.item.start(), b.item.start()) })
	// Two lists never share a mark: the first in order wins.
	r.taken = slices.CompactFunc(r.taken, func(b, a taken) bool { return b.item.start() < a.item.end() })
}

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

// endLists finds the one list at the end of the text.
func (r *reader) endLists() ([]*noteList, int) {
	entries := r.entries
	worth, next := chains(entries, len(r.shapes))
	follows := make([]bool, len(entries))
	for _, n := range next {
		if n >= 0 {
			follows[n] = true
		}
	}
	var starts []int
	late := func(i int) int {
		if entries[i].number == 1 {
			return 0
		}
		return costLate
	}
	for i, e := range entries {
		above := r.previousText(e.line)
		headed := above >= r.head.end && r.isNotesHeading(above)
		if e.number == 1 || headed || !follows[i] && next[i] >= 0 && e.number < 1000 {
			starts = append(starts, i)
		}
	}
	slices.SortStableFunc(starts, func(a, b int) int {
		return cmp.Or(cmp.Compare(worth[b]-late(b), worth[a]-late(a)), cmp.Compare(b, a))
	})
	starts = starts[:min(len(starts), maxTries)]
	most, bestStart := 0, -1
	var best *noteList
	for _, start := range starts {
		l := r.list(entries, start, next)
		r.solveList(l, r.first, len(r.lines))
		total := worth[start] - late(start) + l.score()
		cited := l.sure()
		if cited == 0 || cited*3 < len(l.numbers) && l.heading < 0 {
			continue
		}
		if best == nil || total > most || total == most && start > bestStart {
			most, bestStart, best = total, start, l
		}
	}
	if best != nil {
		// The first number can be there twice: the line above has it too.
		start := bestStart
		for start > 0 && next[start-1] == start && entries[start-1].number == entries[start].number && r.previousText(entries[start].line) == entries[start-1].line {
			start--
		}
		if start < bestStart {
			best = r.list(entries, start, next)
			r.solveList(best, r.first, len(r.lines))
		}
	}
	if best == nil {
		if len(starts) > 0 && next[starts[0]] >= 0 {
			r.uncited = &entries[starts[0]]
		}
		return nil, 0
	}
	return []*noteList{best}, most
}

// score is how well the references in the text fit the list.
func (l *noteList) score() int {
	return worthCited*(len(l.numbers)-l.breaks) - costBreak*l.breaks
}

// add puts an entry at the end of the list.
func (l *noteList) add(e entry) {
	l.entries = append(l.entries, e)
	if _, ok := l.rank[e.number]; !ok {
		l.numbers = append(l.numbers, e.number)
		l.rank[e.number] = len(l.numbers)
	}
}

func (r *reader) newList(e entry) *noteList {
	l := &noteList{heading: -1, rank: map[int]int{}, style: r.shapes[e.shape].style}
	if above := r.previousText(e.line); above >= r.head.end && r.isNotesHeading(above) {
		l.heading = above
	}
	return l
}

// list is the list that starts with an entry.
func (r *reader) list(entries []entry, start int, next []int) *noteList {
	l := r.newList(entries[start])
	for i := start; i >= 0; i = next[i] {
		l.add(entries[i])
	}
	r.endList(l)
	for k := range l.entries {
		l.entries[k].to = l.end
		if k+1 < len(l.entries) {
			l.entries[k].to = l.entries[k+1].line
		}
	}
	l.ranges = []lineRange{{l.start(), l.end}}
	return l
}

// runs are the lists of one note or more between which other text stands.
func (r *reader) runs() []*noteList {
	var out []*noteList
	next := 1 // the number that the next run goes on with, if it does not start anew
	for i := 0; i < len(r.entries); {
		e := r.entries[i]
		if e.fault > 1 || e.fault > 0 && r.previousText(e.line) == e.line-1 && e.line > r.head.end && !r.paged {
			i++ // notes at the foot of a page stand below a line that goes on
			continue
		}
		l := r.newList(e)
		end := r.entryEnd(e, len(r.lines))
		e.to = end
		l.add(e)
		i++
		for i < len(r.entries) {
			n := r.entries[i]
			if n.line < end {
				if len(l.entries) == 1 && e.number != 1 && e.number != next && (n.number == 1 || n.number == next) && n.fault < 2 {
					l = nil // a line of the text that looks like a note stood above
					break
				}
				if n.shape != e.shape || n.number != e.number+1 {
					i++ // a line of the note that looks like another
					continue
				}
				end = n.line
				l.entries[len(l.entries)-1].to = end
			}
			step := n.number - e.number
			if n.shape != e.shape || r.nextText(end) != n.line || step < 1 || step > 3 {
				break
			}
			e, end = n, r.entryEnd(n, len(r.lines))
			e.to = end
			l.add(e)
			i++
		}
		if l == nil {
			continue
		}
		l.end = end
		l.ranges = []lineRange{{l.start(), l.end}}
		out = append(out, l)
		next = l.entries[len(l.entries)-1].number + 1
	}
	return out
}

// entryEnd is the line after the last one of a note that ends before an empty
// line, or where a line ends that finishes a sentence.
func (r *reader) entryEnd(e entry, to int) int {
	wrapped := r.width > 0
	for i := e.line + 1; i < to; i++ {
		if r.lines[i].blank() || r.lines[i].page {
			return i
		}
		if c, _ := r.after(r.lines[i].from); !wrapped && r.finished(r.lines[i-1]) && !unicode.IsLower(c) {
			return i
		}
	}
	return to
}

// continued reads runs whose numbers go on from one to the next as one list
// whose parts stand after the pages or sections of the text.
func (r *reader) continued(runs []*noteList) []*noteList {
	var all *noteList
	parts, last := 0, 0
	for _, run := range runs {
		first := run.entries[0].number
		if all != nil && (run.style != all.style || first <= last || first > last+2) || all == nil && first != 1 {
			continue
		}
		if all == nil {
			all = &noteList{heading: -1, rank: map[int]int{}, style: run.style}
		}
		parts++
		for _, e := range run.entries {
			all.add(e)
		}
		all.ranges = append(all.ranges, run.ranges...)
		if run.heading >= 0 {
			all.more = append(all.more, run.heading)
		}
		all.end, last = run.end, all.numbers[len(all.numbers)-1]
	}
	if parts < 2 {
		return nil
	}
	r.solveList(all, r.first, len(r.lines))
	if all.cited()*3 < len(all.numbers)*2 {
		return nil
	}
	return []*noteList{all}
}

// maxWork is how many numbers may be looked at, for each in the text, to find
// which runs are lists of notes.
const maxWork = 16

// perSection reads each run as the list of the text above it, up to the run
// before.
func (r *reader) perSection(runs []*noteList) []*noteList {
	numbered := slices.ContainsFunc(runs, func(l *noteList) bool { return l.style != styleSymbols })
	var out []*noteList
	from := r.first
	work := 0
	for _, run := range runs {
		if run.style == styleSymbols && numbered {
			continue // see addSymbols
		}
		l := *run
		work += len(r.itemsIn(from, l.start())) + 1
		if work > maxWork*(len(r.marks.items)+len(runs)) {
			return nil
		}
		r.solveList(&l, from, l.start())
		if inTurn := len(l.numbers) - l.breaks; inTurn == 0 || inTurn*3 < len(l.numbers)*2 {
			continue
		}
		out = append(out, &l)
		from = l.end
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// restarted reads the last runs, between which nothing but headings stands, as
// the lists of the parts of the text before them.
func (r *reader) restarted(runs []*noteList) []*noteList {
	k := len(runs) - 1
	for k > 0 {
		lines := 0
		for i := r.nextText(runs[k-1].end); i < runs[k].entries[0].line; i = r.nextText(i + 1) {
			lines++
		}
		if lines > 2 || runs[k].entries[0].number != 1 {
			break
		}
		if len(runs[k-1].entries) == 1 && runs[k].start() == runs[k-1].end {
			break // the number 1 twice
		}
		k--
	}
	if k < 0 || len(runs)-k < 2 {
		return nil
	}
	group := runs[k:]
	end := group[0].start()
	items := r.itemsIn(r.first, end)
	parts := r.namedParts(group)
	var out []*noteList
	from, at := r.first, 0
	for j, run := range group {
		l := *run
		to := end
		if j+1 < len(group) && parts != nil {
			to = parts[j+1]
		} else if j+1 < len(group) {
			// The part ends where, after its last note, 1 comes again.
			high := 0
			for ; at < len(items); at++ {
				it := items[at]
				if it.weight <= 0 {
					continue
				}
				if v := it.groups[0].value; high >= len(l.numbers) && v == 1 {
					to = r.partStart(r.lineOf(it.start()), from)
					break
				}
				for _, g := range it.groups {
					if g.value == high+1 {
						high++
					}
				}
			}
		} else if j > 0 {
			l.ranges = []lineRange{{l.start(), l.end}}
		}
		if j > 0 && l.heading < 0 {
			// The line above a list that names the part belongs to the list.
			if above := r.previousText(l.entries[0].line); above >= group[j-1].end {
				l.heading = above
			}
		}
		l.ranges = []lineRange{{l.start(), l.end}}
		r.solveList(&l, from, to)
		if l.cited()*2 < len(l.numbers) {
			return nil
		}
		out = append(out, &l)
		from = to
	}
	if above := r.previousText(out[0].start()); out[0].heading < 0 && above >= r.head.end && r.lines[above].runes < maxHeading && out[1].heading >= 0 {
		out[0].heading = above
		out[0].ranges[0].from = above
		if notes := r.previousText(above); notes >= from && r.isNotesHeading(notes) {
			out[0].ranges[0].from = notes
			out[0].more = append(out[0].more, notes)
		}
	}
	return out
}

// namedParts finds where the parts of the text start, for each list of those
// that follow each other, when the line above each list is there in the text too;
// nil otherwise.
func (r *reader) namedParts(group []*noteList) []int {
	var out []int
	at := 0 // the first name can be the title
	for j, l := range group {
		above := r.previousText(l.start())
		if above < at || j > 0 && above < group[j-1].end {
			return nil
		}
		name := strings.TrimRight(strings.ToLower(r.lineText(above)), ":. ")
		for at = r.nextText(at); at < group[0].start() && at < above && strings.TrimRight(strings.ToLower(r.lineText(at)), ":. ") != name; at = r.nextText(at + 1) {
		}
		if at >= group[0].start() || at >= above {
			return nil
		}
		out = append(out, at)
		at++
	}
	return out
}

// partStart is the first line of the part of the text that line i is in: the
// line itself, or the heading above it.
func (r *reader) partStart(i, from int) int {
	if above := r.previousText(i); above > from && above < i-1 && r.lines[above].runes < maxHeading && !r.finished(r.lines[above]) {
		return above
	}
	return i
}

// maxHeading is the length of the longest heading, in code points.
const maxHeading = 70

// addSymbols adds lists of signs, such as a note on the author, to those of
// numbers.
func (r *reader) addSymbols(runs []*noteList) {
	inside := func(line int) bool {
		return slices.ContainsFunc(r.lists, func(l *noteList) bool {
			return slices.ContainsFunc(l.ranges, func(x lineRange) bool { return x.from <= line && line < x.to })
		})
	}
	from, work := r.first, 0
	for _, run := range runs {
		if run.style != styleSymbols || inside(run.start()) && len(r.lists) > 0 {
			continue
		}
		if work += len(r.itemsIn(from, run.start())) + 1; work > maxWork*(len(r.marks.items)+len(runs)) {
			return
		}
		r.solveList(run, from, run.start())
		if run.breaks == 0 {
			r.lists = append(r.lists, run)
			from = run.end
		}
	}
}

// unnumbered reads the paragraphs under a heading such as "Notes" as notes 1,
// 2, 3 … when the text refers to all of these.
func (r *reader) unnumbered() []*noteList {
	heading := -1
	for i := len(r.lines) - 1; i > r.head.end; i-- {
		if r.isNotesHeading(i) {
			heading = i
			break
		}
	}
	if heading < 0 {
		return nil
	}
	var best *noteList
	for _, byLine := range []bool{false, true} {
		l := &noteList{heading: heading, rank: map[int]int{}, style: styleGlued, end: len(r.lines)}
		for i := r.nextText(heading + 1); i < len(r.lines); i = r.nextText(i) {
			e := entry{line: i, number: len(l.numbers) + 1, start: r.lines[i].from}
			e.end, e.from, e.text = e.start, e.start, r.backlinks(e.start, r.lines[i].to)
			for i++; i < len(r.lines) && !r.lines[i].blank() && !byLine; i++ {
			}
			e.to = i
			l.add(e)
		}
		if len(l.entries) == 0 {
			return nil
		}
		l.ranges = []lineRange{{heading, l.end}}
		r.solveList(l, r.first, heading)
		if l.breaks == 0 && (best == nil || len(l.entries) > len(best.entries)) {
			best = l
		}
	}
	if best == nil {
		return nil
	}
	return []*noteList{best}
}

// previousText is the last line before i that is not blank, or -1.
func (r *reader) previousText(i int) int {
	for i--; i >= 0 && r.lines[i].blank(); i-- {
	}
	return i
}

func (r *reader) isNotesHeading(i int) bool {
	const most = 120 // bytes
	if l := r.lines[i]; l.to-l.from > most {
		return false
	}
	return isNotesHeading(r.lineText(i))
}

// isNotesHeading reports whether a line says in some language that notes follow.
func isNotesHeading(s string) bool {
	if i := strings.LastIndexByte(s, '['); i > 0 && strings.HasSuffix(s, "]") {
		s = s[:i] // References[edit]
	}
	s = strings.ToLower(strings.Trim(s, " :：.*#—-–=[]【】〔〕"))
	if number, rest, ok := strings.Cut(s, " "); ok && (pageNumber(strings.TrimRight(number, ".)")) > 0 || romanNumber(strings.TrimRight(number, ".)")) > 0) {
		s = strings.TrimLeft(rest, " ") // 4. Notes
	}
	return notesHeadings()[s]
}

// endList finds the end of the last note. It goes to the end of the text, but
// where no other note has an empty line in it, this one has none either.
func (r *reader) endList(l *noteList) {
	l.end = len(r.lines)
	if len(l.entries) < 2 {
		return
	}
	for k, e := range l.entries[1:] {
		blank := false
		for i := l.entries[k].line + 1; i < e.line; i++ {
			if r.lines[i].blank() {
				blank = true
			} else if blank {
				return
			}
		}
	}
	for i := l.entries[len(l.entries)-1].line; i < len(r.lines); i++ {
		if r.lines[i].blank() {
			l.end = i
			return
		}
	}
}

// headings are the lines above the list and its parts that are not in the
// article.
func (l *noteList) headings() []int {
	if l.heading < 0 {
		return l.more
	}
	return append(slices.Clone(l.more), l.heading)
}

// start is the first line of the list, with its heading.
func (l *noteList) start() int {
	if l.heading >= 0 {
		return l.heading
	}
	return l.entries[0].line
}

// inNotes reports whether a line belongs to a list.
func (r *reader) inNotes(line int) bool {
	i, found := slices.BinarySearchFunc(r.noteLines, line, func(x lineRange, line int) int { return cmp.Compare(x.from, line) })
	return found || i > 0 && line < r.noteLines[i-1].to
}

// itemsIn are the items in the lines [from, to).
func (r *reader) itemsIn(from, to int) []*item {
	offset := func(line int) int {
		if line >= len(r.lines) {
			return len(r.src)
		}
		return r.lines[line].start
	}
	find := func(off int) int {
		i, _ := slices.BinarySearchFunc(r.marks.items, off, func(it *item, off int) int { return cmp.Compare(it.start(), off) })
		return i
	}
	if from >= to {
		return nil
	}
	return r.marks.items[find(offset(from)):find(offset(to))]
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

// reportNoNotes says that there is no list of notes. That is an error, and false
// is returned, when the text certainly has marks: glued to its words, 1, 2 and
// so on each in its turn, and hardly anything else.
func (r *reader) reportNoNotes() bool {
	strong, high := 0, 0
	var first *item
	for _, it := range r.marks.items {
		if it.weight <= 0 || it.style > styleBrackets && it.style != styleGlued {
			continue
		}
		if strong++; strong == 1 {
			first = it
		}
		for _, g := range it.groups {
			if g.value == high+1 && it.weight >= afterWord {
				high++
			}
		}
	}
	const sure = 3
	if high >= sure && high*2 > strong && first.groups[0].value == 1 && r.opts.Notes != NotesNone {
		r.diags.Errorf(r.pos(first.start()), "pasted-no-list", "the text has marks from 1 to %d, this one first, but no list of notes was found", high).
			Hint = "end the text with a list of the notes, each on a new line that starts with its number; --notes none says that it has none"
		return false
	}
	d := r.diags.Warnf(diag.Pos{Path: r.opts.Path}, "pasted-no-notes", "no list of notes was found at the end of the text; the article has no notes")
	d.Hint = "end the text with a list of the notes, each on a new line that starts with its number"
	if first != nil {
		d.Pos = r.pos(first.start())
	}
	switch {
	case strong == 1:
		d.Message += ", but this number looks like a reference to one"
	case strong > 1:
		d.Message += ", but " + strconv.Itoa(strong) + " numbers look like references, this one first"
	case r.uncited != nil:
		d.Pos = r.pos(r.uncited.start)
		d.Message = "this list has numbers, but nothing in the text refers to them; the article has no notes"
		d.Hint = "if these are notes, put the number of each behind the words that it belongs to"
	}
	return true
}

// reportList says what is wrong with a list.
func (r *reader) reportList(l *noteList) {
	for k, e := range l.entries {
		if e.text == r.lines[e.line].to && r.nextText(e.line+1) >= e.to {
			r.diags.Warnf(r.pos(e.start), "pasted-note-empty", "note %d has no text", e.number).
				Hint = "write it in article.md"
		}
		if k == 0 {
			continue
		}
		switch before := l.entries[k-1].number; {
		case e.number == before:
			r.diags.Warnf(r.pos(e.start), "pasted-note-doubled", "the list has two notes with the number %d, the first on line %d", e.number, r.lineNumber(l.entries[k-1].line)).
				Hint = "both are in the article, this one as [^" + r.entryLabel(l, k) + "]; put that where it belongs"
		case e.number > before+1:
			what := "note " + strconv.Itoa(before+1) + " is"
			if e.number > before+2 {
				what = "notes " + strconv.Itoa(before+1) + " to " + strconv.Itoa(e.number-1) + " are"
			}
			d := r.diags.Warnf(r.pos(e.start), "pasted-note-missing", "%s missing in the list before note %d", what, e.number)
			d.Hint = "look for it in the original, and add it to the article with its references"
			if it := r.seemsToRefer(before+1, e.number-1); it != nil {
				d.Hint = "look for it in the original, and add it to the article; line " + strconv.Itoa(int(r.pos(it.start()).Line)) + " seems to refer to it"
			}
		}
	}
	r.reportBeyond(l)
	if len(l.ranges) == 1 {
		if !r.reportSkipped(l) {
			r.reportTail(l)
		}
	}
	if next := r.nextText(l.end); len(r.lists) == 1 && len(l.ranges) == 1 && next < len(r.lines) {
		r.diags.Warnf(r.pos(r.lines[next].from), "pasted-after-notes", "text follows the list of notes; it is at the end of the article").
			Hint = "if it belongs to the last note, move it there"
	}
}

// reportReferences says which notes have no reference, and which none in its
// turn.
func (r *reader) reportReferences(l *noteList) {
	firsts := l.firsts()
	turns := turnsOf(firsts)
	for i, e := range l.entries {
		if i > 0 && l.entries[i-1].number == e.number {
			continue // doubled
		}
		k := l.rank[e.number] - 1
		first := firsts[k]
		switch {
		case first < 0 && slices.Contains(l.inNotes, e.number):
		case first < 0:
			d := r.diags.Warnf(r.pos(e.start), "pasted-note-uncited", "nothing in the text refers to note %d", e.number)
			d.Hint = "its text is in the article; put [^" + strconv.Itoa(e.number) + "] where it belongs, or delete it"
		case !l.inTurn[k+1]:
			at := r.pos(l.items[first].start())
			r.diags.Warnf(at, "pasted-note-order", "the first reference to note %d is out of turn: %s", e.number, l.turn(k, turns)).
				Hint = "compare the number with the original"
		}
	}
}

// reportBeyond says that the text seems to refer to notes before the first or
// after the last one of the list.
func (r *reader) reportBeyond(l *noteList) {
	if l.style == styleSymbols || l.style == styleLetters {
		return
	}
	low, high := slices.Min(l.numbers), slices.Max(l.numbers)
	next := high + 1
	var before, after []*item
	for _, it := range r.itemsIn(l.from, l.to) {
		if it.weight <= 0 || !l.marks.includes(it.style) || r.inNotes(r.lineOf(it.start())) || r.isTaken(it) {
			continue
		}
		for _, g := range it.groups {
			switch {
			case g.value > high && (g.value == next || it.weight >= afterStop && g.value <= high+maxGap):
				after = append(after, it)
				next = max(next, g.value+1)
			case g.value < low && it.weight >= afterStop && g.value+maxGap >= low:
				before = append(before, it)
			default:
				continue
			}
			break
		}
	}
	report := func(items []*item, end string) {
		if len(items) == 0 {
			return
		}
		more := ""
		if len(items) > 1 {
			more = " (as do " + strconv.Itoa(len(items)-1) + " more)"
		}
		if len(items) == 2 {
			more = " (as does one more)"
		}
		r.diags.Warnf(r.pos(items[0].start()), "pasted-note-missing", "%s looks like a reference%s, but the list %s", r.str(items[0].start(), items[0].end()), more, end).
			Hint = "look for the note in the original, and add it to the article with its references"
	}
	report(before, "starts with note "+strconv.Itoa(low))
	report(after, "ends with note "+strconv.Itoa(high))
}

// isTaken reports whether an item, or part of it, is a reference.
func (r *reader) isTaken(it *item) bool {
	i, found := slices.BinarySearchFunc(r.taken, it.start(), func(t taken, off int) int { return cmp.Compare(t.item.start(), off) })
	return found || i > 0 && it.start() < r.taken[i-1].item.end()
}

// seemsToRefer is a number in the text that would be a reference to one of the
// notes from low to high, if the list had them; nil for none.
func (r *reader) seemsToRefer(low, high int) *item {
	for _, it := range r.marks.items {
		if v := it.groups[0].value; it.weight > 0 && low <= v && v <= high && !r.inNotes(r.lineOf(it.start())) {
			return it
		}
	}
	return nil
}

// turns is the order in which notes are first referred to.
type turns struct {
	order []int // indices in numbers
	at    []int // the place of each note in order, -1 for those that are not cited
}

func turnsOf(firsts []int) turns {
	t := turns{at: make([]int, len(firsts))}
	for k, f := range firsts {
		t.at[k] = -1
		if f >= 0 {
			t.order = append(t.order, k)
		}
	}
	slices.SortStableFunc(t.order, func(a, b int) int { return cmp.Compare(firsts[a], firsts[b]) })
	for i, k := range t.order {
		t.at[k] = i
	}
	return t
}

// turn says between which others the first reference to note k stands.
func (l *noteList) turn(k int, t turns) string {
	i := t.at[k]
	num := func(i int) string { return strconv.Itoa(l.numbers[t.order[i]]) }
	switch {
	case i > 0 && i+1 < len(t.order):
		return "it stands between those to notes " + num(i-1) + " and " + num(i+1)
	case i > 0:
		return "it stands after that to note " + num(i-1)
	case len(t.order) > 1:
		return "it stands before that to note " + num(1)
	}
	return "no other note is referred to"
}

// reportSkipped points at the first line in the list that looks like a note
// and is none, such as the start of a second list. Below a line that does not
// end a sentence it goes on from there, unless notes of this list end like
// that. It says whether there is one.
func (r *reader) reportSkipped(l *noteList) bool {
	goesOn := func(i int) bool {
		p := r.previousText(i)
		return p == i-1 && p >= 0 && !r.finished(r.lines[p])
	}
	loose := slices.ContainsFunc(l.entries[1:], func(e entry) bool { return goesOn(e.line) })
	var first entry
	found, k := 0, 0
	for i := l.entries[0].line; i < l.end; i++ {
		if k < len(l.entries) && l.entries[k].line == i {
			k++
			continue
		}
		if r.lines[i].blank() {
			continue
		}
		e, ok := r.entry(i)
		if !ok || e.fault > 0 || goesOn(i) && (!loose || e.shape != l.entries[0].shape) {
			continue
		}
		if found++; found == 1 {
			first = e
		}
	}
	if found == 0 {
		return false
	}
	d := r.diags.Warnf(r.pos(first.start), "pasted-list-broken", "this line starts with %d, but is not in turn in the list; it is taken for part of the note before it", first.number)
	d.Hint = "if a second list starts here, import the two parts of the text one by one"
	if found > 1 {
		d.Message += " (and " + count(found-1, "more line") + ")"
	}
	return true
}

// reportTail points at a line below the last note that is taken for part of it,
// when every other note is one line.
func (r *reader) reportTail(l *noteList) {
	if len(l.entries) < 3 {
		return
	}
	for k, e := range l.entries[1:] {
		if r.nextText(l.entries[k].line+1) < e.line {
			return
		}
	}
	last := l.entries[len(l.entries)-1]
	next := r.nextText(last.line + 1)
	if next >= last.to || !r.finished(r.lines[last.line]) || last.text == r.lines[last.line].to || r.isPageLine(next) {
		return
	}
	r.diags.Warnf(r.pos(r.lines[next].from), "pasted-after-notes", "a line follows the last note, and every other note is one line; it is taken for part of note %d", last.number).
		Hint = "if it does not belong to the note, move or delete it in article.md"
}

// isPageLine reports whether a line looks like part of the page that an article
// was copied from rather than of the article.
func (r *reader) isPageLine(i int) bool {
	const most = 200 // bytes
	l := r.lines[i]
	if l.to-l.from > most {
		return false
	}
	c, _ := r.after(l.from)
	if c != '©' && !unicode.IsLetter(c) && c != '(' {
		return false
	}
	s := strings.ToLower(strings.Trim(r.lineText(i), " :.!-–—|·»›>"))
	return slices.Contains(common().pageLines, s) || prefixed(s, common().copyrights)
}

// maxPageLines is how many lines of the page are reported.
const maxPageLines = 20

// reportPageLines points at lines that look like part of the page around the
// article. Nothing is lost: they are in the article.
func (r *reader) reportPageLines() {
	found := 0
	for i := r.head.end; i < len(r.lines); i++ {
		if r.lines[i].blank() || !r.isPageLine(i) {
			continue
		}
		if found++; found > maxPageLines {
			return
		}
		where := "the article"
		if r.inNotes(i) {
			where = "the note above it"
		}
		r.diags.Warnf(r.pos(r.lines[i].from), "pasted-page-line", "%q looks like part of the page, not of the article; it is in %s", r.excerpt(r.lines[i].from, r.lines[i].from, 2*contextWidth), where).
			Hint = "delete it in article.md if it is not wanted"
	}
}
