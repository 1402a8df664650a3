package pasted

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

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

// What speaks for and against a list of notes, see chains and noteList.score.
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
		end := r.entryEnd(e)
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
			e, end = n, r.entryEnd(n)
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
// line or a new page, or where a line ends that finishes a sentence.
func (r *reader) entryEnd(e entry) int {
	if r.ends == nil {
		r.ends = make([]int, len(r.lines)+1)
		r.ends[len(r.lines)] = len(r.lines)
		for i := len(r.lines) - 1; i >= 0; i-- {
			r.ends[i] = r.ends[i+1]
			l := r.lines[i]
			c, _ := r.after(l.from)
			if l.blank() || l.page || r.width == 0 && i > 0 && !unicode.IsLower(c) && r.finished(r.lines[i-1]) {
				r.ends[i] = i
			}
		}
	}
	return r.ends[e.line+1]
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
