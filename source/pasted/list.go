package pasted

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"qalam/source/diag"
)

// entry is a line that can start a note: a number in one of the shapes of the
// grammar, then text.
type entry struct {
	line       int
	shape      int // index in grammar.shapes
	number     int
	start, end int // of the digits
	text       int // where the text of the note starts
	fault      int // 0: looks like the start of a note; up to 3: may go on from the line before
}

// noteList is the list of notes at the end of the text.
type noteList struct {
	heading int // the line above the list that says so, or -1
	entries []entry
	end     int // the line after the last one of the last note
	skipped int // lines in the list that look like a note and are none

	numbers []int // the numbers of the notes, rising, each once
	solution
	items []*item // what the solution is about
}

// What speaks for and against a list of notes, see readEntries.
const (
	worthEntry = 4 // less the faults of its line
	costGap    = 3 // and one for each number that is missing
	costDouble = 4 // the same number again
	costSkip   = 2 // a line without fault that looks like a note and is none
	maxGap     = 20

	worthCited = 10 // a note that is referred to in its turn
	costBreak  = 5
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
			if previous == i-1 && previous >= from && !r.finished(r.lines[previous]) {
				e.fault++
			}
			e.fault = min(e.fault, 3)
			out = append(out, e)
		}
		previous = i
	}
	return out
}

// entry reads line i as the start of a note.
func (r *reader) entry(i int) (entry, bool) {
	l := r.lines[i]
	if c := r.src[l.from]; c < '(' || c > '[' {
		return entry{}, false // most lines
	}
	for k, sh := range r.grammar.shapes {
		e := entry{line: i, shape: k, start: l.from + len(sh.open)}
		if !strings.HasPrefix(r.str(l.from, min(l.to, e.start)), sh.open) {
			continue
		}
		const most = 6 // digits
		e.end = e.start
		for e.end < l.to && isDigit(r.src[e.end]) && e.end-e.start <= most {
			e.number = e.number*10 + int(r.src[e.end]-'0')
			e.end++
		}
		if n := e.end - e.start; n == 0 || n > most || r.src[e.start] == '0' {
			continue
		}
		e.text = e.end + len(sh.close)
		if e.text > l.to || r.str(e.end, e.text) != sh.close {
			continue
		}
		if e.text == l.to {
			e.fault++ // a number alone on its line
			return e, true
		}
		c, _ := r.after(e.text)
		if !unicode.IsSpace(c) {
			continue
		}
		for unicode.IsSpace(c) {
			_, size := r.after(e.text)
			e.text += size
			c, _ = r.after(e.text)
		}
		if word := r.wordAfter(e.text); word != "" {
			if unicode.IsLower([]rune(word)[0]) || r.grammar.month(word) > 0 || has(r.grammar.units, word) {
				e.fault += 2
			}
		}
		return e, true
	}
	return entry{}, false
}

// chains finds, for every entry, the best list that starts with it: rising
// numbers of one shape, as many as possible, with few gaps, few doubled numbers
// and few lines left out. next is the index of the next entry of that list, -1
// for none. Linear in the entries.
func chains(entries []entry, shapes int) (worth []int, next []int) {
	high := 0
	for _, e := range entries {
		high = max(high, e.number)
	}
	// The numbers that matter are few: years and worse can only end a list.
	best := make([][]int32, shapes) // by shape and number: index in entries + 1
	for _, e := range entries {
		if best[e.shape] == nil {
			best[e.shape] = make([]int32, high+maxGap+2)
		}
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

// findNotes finds the list of notes and solves the text against it. Where more
// than one list is possible, the references in the text decide.
func (r *reader) findNotes() {
	entries := r.readEntries(r.head.end)
	worth, next := chains(entries, len(r.grammar.shapes))
	var starts []int
	for i, e := range entries {
		if e.number == 1 {
			starts = append(starts, i)
		}
	}
	slices.SortStableFunc(starts, func(a, b int) int {
		return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(b, a))
	})
	starts = starts[:min(len(starts), maxTries)]
	most, bestStart := 0, -1
	for _, start := range starts {
		l := r.list(entries, start, next)
		total := worth[start] + worthCited*(len(l.numbers)-l.breaks) - costBreak*l.breaks
		cited := l.cited()
		if cited == 0 || cited*3 < len(l.numbers) && l.heading < 0 {
			continue
		}
		if r.notes == nil || total > most || total == most && start > bestStart {
			most, bestStart, r.notes = total, start, l
		}
	}
	if r.notes == nil {
		if len(starts) > 0 && next[starts[0]] >= 0 {
			r.uncited = &entries[starts[0]]
		}
		return
	}
	for i, it := range r.notes.items {
		if v := r.notes.verdicts[i]; v != refused {
			r.taken = append(r.taken, taken{it, v})
		}
	}
}

// list is the list that starts with an entry, solved.
func (r *reader) list(entries []entry, start int, next []int) *noteList {
	l := &noteList{heading: -1}
	for i := start; i >= 0; i = next[i] {
		e := entries[i]
		l.entries = append(l.entries, e)
		if n := len(l.numbers); n == 0 || l.numbers[n-1] != e.number {
			l.numbers = append(l.numbers, e.number)
		}
	}
	r.endList(l)
	for _, e := range entries[start:] {
		if e.line < l.end && e.fault == 0 {
			l.skipped++
		}
	}
	for _, e := range l.entries {
		if e.fault == 0 {
			l.skipped--
		}
	}
	if above := r.previousText(entries[start].line); above >= r.head.end && r.isNotesHeading(above) {
		l.heading = above
	}
	r.solveList(l)
	return l
}

// previousText is the last line before i that is not blank, or -1.
func (r *reader) previousText(i int) int {
	for i--; i >= 0 && r.lines[i].blank(); i-- {
	}
	return i
}

func (r *reader) isNotesHeading(i int) bool {
	const most = 40 // bytes
	if l := r.lines[i]; l.to-l.from > most {
		return false
	}
	return has(r.grammar.notes, strings.TrimSuffix(r.lineText(i), ":"))
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

// start is the first line of the list, with its heading.
func (l *noteList) start() int {
	if l.heading >= 0 {
		return l.heading
	}
	return l.entries[0].line
}

// lineAfter is the line after the last one of entry k.
func (l *noteList) lineAfter(k int) int {
	if k+1 < len(l.entries) {
		return l.entries[k+1].line
	}
	return l.end
}

// contains reports whether a line belongs to the list.
func (l *noteList) contains(line int) bool { return l.start() <= line && line < l.end }

// solveList solves the text around the list against it.
func (r *reader) solveList(l *noteList) {
	rank := make(map[int]int, len(l.numbers))
	for i, n := range l.numbers {
		rank[n] = i + 1
	}
	from, to := r.lines[l.start()].start, len(r.src)
	if l.end < len(r.lines) {
		to = r.lines[l.end].start
	}
	var candidates []candidate
	for _, it := range r.marks.items {
		if from <= it.start() && it.start() < to {
			continue
		}
		it := r.withoutYear(it, rank)
		c := candidate{notes: make([]int, 0, len(it.groups)), weight: it.weight}
		for _, g := range it.groups {
			if v := rank[g.value]; v > 0 {
				c.notes = append(c.notes, v)
			}
		}
		if len(c.notes) < len(it.groups) {
			continue // no note has that number
		}
		candidates = append(candidates, c)
		l.items = append(l.items, it)
	}
	l.solution = solve(len(l.numbers), candidates)
}

// withoutYear is the item without a year at its end that is no note:
// "in April.4,2019" has the mark 4.
func (r *reader) withoutYear(it *item, rank map[int]int) *item {
	n := len(it.groups)
	if n < 2 || !isYear(it.groups[n-1]) || rank[it.groups[n-1].value] > 0 {
		return it
	}
	return &item{groups: it.groups[:n-1], weight: min(it.weight, either), reason: it.reason}
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
		for _, g := range it.groups {
			if k, ok := slices.BinarySearch(l.numbers, g.value); ok && out[k] < 0 {
				out[k] = i
			}
		}
	}
	return out
}

// reportNoNotes says that there is no list of notes.
func (r *reader) reportNoNotes() {
	d := r.diags.Warnf(diag.Pos{Path: r.opts.Path}, "pasted-no-notes", "no list of notes was found at the end of the text; the article has no notes")
	d.Hint = "end the text with a list of the notes, each on a new line that starts with its number"
	strong := 0
	for _, it := range r.marks.items {
		if it.weight > 0 {
			if strong++; strong == 1 {
				d.Pos = r.pos(it.start())
			}
		}
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
}

// reportList says what is wrong with the list.
func (r *reader) reportList() {
	l := r.notes
	for k, e := range l.entries {
		if e.text == r.lines[e.line].to && r.nextText(e.line+1) >= l.lineAfter(k) {
			r.diags.Warnf(r.pos(e.start), "pasted-note-empty", "note %d has no text", e.number).
				Hint = "write it in article.md"
		}
		if k == 0 {
			continue
		}
		switch before := l.entries[k-1].number; {
		case e.number == before:
			r.diags.Warnf(r.pos(e.start), "pasted-note-doubled", "the list has two notes with the number %d, the first on line %d", e.number, l.entries[k-1].line+1).
				Hint = "both are in the article; give one of them another number there, and to its references too"
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
	if l.skipped > 0 {
		r.reportSkipped()
	}
	if next := r.nextText(l.end); next < len(r.lines) {
		r.diags.Warnf(r.pos(r.lines[next].from), "pasted-after-notes", "text follows the list of notes; it is at the end of the article").
			Hint = "if it belongs to the last note, move it there"
	}
}

// reportReferences says which notes have no reference, and which none in its
// turn.
func (r *reader) reportReferences() {
	l := r.notes
	firsts := l.firsts()
	turns := turnsOf(firsts)
	for i, e := range l.entries {
		if i > 0 && l.entries[i-1].number == e.number {
			continue // doubled
		}
		k, _ := slices.BinarySearch(l.numbers, e.number)
		first := firsts[k]
		switch {
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

// seemsToRefer is a number in the text that would be a reference to one of the
// notes from low to high, if the list had them; nil for none.
func (r *reader) seemsToRefer(low, high int) *item {
	for _, it := range r.marks.items {
		if v := it.groups[0].value; it.weight > 0 && low <= v && v <= high && !r.notes.contains(r.lineOf(it.start())) {
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
// and is none, such as the start of a second list.
func (r *reader) reportSkipped() {
	l := r.notes
	k := 0
	for i := l.entries[0].line; i < l.end; i++ {
		if k < len(l.entries) && l.entries[k].line == i {
			k++
			continue
		}
		if r.lines[i].blank() {
			continue
		}
		e, ok := r.entry(i)
		if !ok || e.fault > 0 {
			continue
		}
		if p := r.previousText(i); p == i-1 && !r.finished(r.lines[p]) {
			continue
		}
		d := r.diags.Warnf(r.pos(e.start), "pasted-list-broken", "this line starts with %d, but is not in turn in the list; it is taken for part of the note before it", e.number)
		d.Hint = "if a second list starts here, import the two parts of the text one by one"
		if l.skipped > 1 {
			d.Message += " (and " + count(l.skipped-1, "more line") + ")"
		}
		return
	}
}
