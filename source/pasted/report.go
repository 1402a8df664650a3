package pasted

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"qalam/source/diag"
)

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
				Hint = "both are in the article, this one as [^" + r.noteLabel(l, k) + "]; put that where it belongs"
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
