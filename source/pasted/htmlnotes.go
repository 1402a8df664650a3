package pasted

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// htmlLink is a link within a page.
type htmlLink struct {
	node   *htmlNode
	target *htmlNode
	mark   string // what its words are as a mark of a note; "" when they are none
	back   bool   // leads from a note to where it is referred to
	note   *htmlNote
}

// htmlNote is a note of a page.
type htmlNote struct {
	number int
	mark   string      // as the page writes it
	nodes  []*htmlNode // what it is made of
	refs   []*htmlRef  // in the order of the text
	marked bool        // its text starts with the mark, which goes
	loose  bool        // found by its number, not by a link
}

// htmlRef is a reference.
type htmlRef struct {
	note    *htmlNote
	off     int
	mark    string // as the page writes it; empty means as the note
	context string
	doubt   bool // may as well be none
	reason  Reason
}

// Words in the names of links and of what they lead to. Those that lead back
// are looked for first: "fnref" has "fn" in it.
var (
	htmlBackNames  = []string{"fnref", "ftnref", "ednref", "ftnt_ref", "ftn_ref", "cite_ref", "cite-ref", "noteref", "note-ref", "anchor", "backlink", "backref", "return"}
	htmlNoteNames  = []string{"note", "fn", "ftn", "edn", "cite", "ref", "bib", "quelle", "fuss", "nota", "snoska", "src"}
	htmlBackWords  = []string{"footnote-back", "footnote-backref", "footnote-return", "reversefootnote", "backlink", "mw-cite-backlink", "footnote-backlink", "sdfootnotesym", "sdendnotesym", "data-footnote-backref"}
	htmlRefClasses = []string{"footnote-ref", "footnote-anchor", "noteref", "sdfootnoteanc", "sdendnoteanc"}
)

func hasAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// backName reports whether a name is that of a place that refers to a note.
func backName(name string) bool {
	name = strings.ToLower(name)
	return hasAny(name, htmlBackNames) || strings.HasSuffix(name, "anc") ||
		strings.HasSuffix(name, "-link") || strings.HasSuffix(name, "_back")
}

// markOf is the mark that the words of a link are: "1", "a", "*", without the
// brackets around it; "" when they are none.
func markOf(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("[](){}（）［］【】〔〕〈〉.,:", r)
	})
	lower := strings.ToLower(s)
	for _, w := range []string{"note ", "nb ", "n. ", "n ", "fn ", "注 ", "注", "註"} {
		if rest, ok := strings.CutPrefix(lower, w); ok {
			s = strings.TrimSpace(rest)
			break
		}
	}
	n := utf8.RuneCountInString(s)
	switch {
	case s == "" || n > 6:
		return ""
	case n <= 4 && allRunes(s, func(r rune) bool { return unicode.IsDigit(r) || superscriptDigit(r) >= 0 }):
		if v := digitsValue(s); v > 0 {
			return strconv.Itoa(v)
		}
		return ""
	case n <= 4 && allRunes(s, func(r rune) bool { return strings.ContainsRune("*†‡§¶‖#", r) }):
		return s
	case n <= 2 && allRunes(s, unicode.IsLetter) && lower != "up" && lower != "на":
		return s
	case strings.Trim(lower, "ivxlc") == "":
		return s
	}
	return ""
}

func allRunes(s string, f func(rune) bool) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !f(r) }) < 0
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// superscriptDigit is the value of a superscript digit, or -1.
func superscriptDigit(r rune) int {
	if r < 0xB2 {
		return -1
	}
	i := strings.IndexRune(superscripts, r)
	if i < 0 {
		return -1
	}
	return utf8.RuneCountInString(superscripts[:i])
}

// digitsValue is the value of a few decimal digits of one or another script, 0
// for anything else.
func digitsValue(s string) int {
	v := 0
	for _, r := range s {
		d := superscriptDigit(r)
		if d < 0 {
			if !unicode.IsDigit(r) {
				return 0
			}
			// The digits of a script stand side by side, and start where one has
			// no digit before it.
			d = 0
			for c := r - 1; unicode.IsDigit(c) && d < 10; c-- {
				d++
			}
			d %= 10
		}
		if v = v*10 + d; v > 99999 {
			return 0
		}
	}
	return v
}

// findNotes finds the notes that links lead to, and where none does those that
// numbers in superscript refer to.
func (r *htmlReader) findNotes() {
	ids := map[string]*htmlNode{}
	var links []*htmlLink
	r.page.root.each(func(n *htmlNode) bool {
		if n.tag == "" || n != r.page.root && (n.isHidden(r.tags) || n.isFurniture()) {
			return false
		}
		for _, key := range []string{"id", "name"} {
			if id := n.attr(key); id != "" && (key == "id" || n.tag == "a") && ids[id] == nil {
				ids[id] = n
			}
		}
		if n.tag == "a" && strings.Contains(n.attr("href"), "#") {
			links = append(links, &htmlLink{node: n})
		}
		return true
	})
	r.links = map[*htmlNode]*htmlLink{}
	for _, l := range links {
		_, name, _ := strings.Cut(l.node.attr("href"), "#")
		if l.target = ids[name]; l.target == nil {
			if plain, err := url.PathUnescape(name); err == nil {
				l.target = ids[plain]
			}
		}
		l.mark = markOf(l.node.words(r.tags, 40))
		n := l.node
		l.back = n.attr("role") == "doc-backlink" || n.class(htmlBackWords...) || n.hasAttr("data-footnote-backref") || backName(name) ||
			strings.Trim(n.words(r.tags, 40), "↑↩^⤴\ufe0e\ufe0f ") == ""
		if n.attr("role") == "doc-noteref" || n.class(htmlRefClasses...) {
			l.back = false
			if l.mark == "" {
				l.mark = strings.Trim(n.words(r.tags, 20), "[]() ")
			}
		}
		r.links[n] = l
	}
	r.linkedNotes(links)
	if len(r.notes) == 0 {
		r.looseNotes()
	}
	r.numberNotes()
	r.widenNotes()
}

// linkedNotes finds what marks that are links lead to.
func (r *htmlReader) linkedNotes(links []*htmlLink) {
	byNode := map[*htmlNode]*htmlNote{}
	for _, l := range links {
		if l.back || l.mark == "" || l.target == nil {
			continue
		}
		other := r.linkOf(l.target)
		mutual := other != nil && other.target != nil && r.linkOf(other.target) == l
		if mutual && other.mark != "" && !other.back && other.node.index < l.node.index {
			l.back = true // the first of two links to one another is the reference
			continue
		}
		box := r.noteBox(l)
		if box == nil || !mutual && !r.likeNote(l, box) {
			continue
		}
		note := byNode[box]
		if note == nil {
			note = &htmlNote{nodes: []*htmlNode{box}, mark: l.mark}
			byNode[box] = note
			r.notes = append(r.notes, note)
		}
		l.note = note
	}
	// The other items of a list of notes are notes too.
	lists := map[*htmlNode]bool{}
	for _, n := range r.notes {
		if box := n.nodes[0]; box.tag == "li" && !lists[box.parent] {
			lists[box.parent] = true
			for _, item := range box.parent.kids {
				if item.tag == "li" && byNode[item] == nil && item.words(r.tags, 1) != "" {
					byNode[item] = &htmlNote{nodes: []*htmlNode{item}}
					r.notes = append(r.notes, byNode[item])
				}
			}
		}
	}
	// One note can be in another only by mistake.
	slices.SortFunc(r.notes, func(a, b *htmlNote) int { return a.nodes[0].index - b.nodes[0].index })
	end := -1
	kept := r.notes[:0]
	dropped := map[*htmlNote]bool{}
	for _, n := range r.notes {
		if box := n.nodes[0]; box.index > end {
			end = box.last
			kept = append(kept, n)
		} else {
			dropped[n] = true
		}
	}
	r.notes = kept
	for _, l := range links {
		if dropped[l.note] {
			l.note = nil
		}
	}
}

// linkOf is the link at a target: the target itself, the first thing in it, or
// what is around it.
func (r *htmlReader) linkOf(n *htmlNode) *htmlLink {
	if l := r.links[n]; l != nil {
		return l
	}
	if p := n.parent; p != nil && r.links[p] != nil {
		return r.links[p]
	}
	// In it, before any words.
	for m := n; len(m.kids) > 0; {
		var first *htmlNode
		for _, k := range m.kids {
			if k.tag != "" || strings.TrimSpace(k.text) != "" {
				first = k
				break
			}
		}
		if first == nil {
			return nil
		}
		if l := r.links[first]; l != nil {
			return l
		}
		m = first
	}
	return nil
}

// noteBox is the block that is the note that a link leads to; nil for none.
func (r *htmlReader) noteBox(l *htmlLink) *htmlNode {
	box := l.target
	for box.parent != nil && !r.tags.blocks[box.tag] {
		box = box.parent
	}
	if box.tag == "td" || box.tag == "th" {
		box = box.parent
	}
	if box.holds(l.node) {
		// A note in the line, as notes in the margin are.
		if t := l.target; t.tag != "a" && !t.holds(l.node) && t.class("sidenote", "marginnote", "footnote", "note", "footnote-content") {
			return t
		}
		return nil
	}
	switch box.tag {
	case "body", "main", "article", "section", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "dl", "table", "tbody", "nav":
		return nil
	}
	if box.words(r.tags, 1) == "" {
		return nil
	}
	return box
}

// likeNote reports whether the block at the target of a mark is a note, by its
// names, its number or how it begins.
func (r *htmlReader) likeNote(l *htmlLink, box *htmlNode) bool {
	if role := box.attr("role"); role == "doc-footnote" || role == "doc-endnote" {
		return true
	}
	for n, depth := box, 0; n != nil && depth < 3; n, depth = n.parent, depth+1 {
		if hasAny(strings.ToLower(n.attr("id")+" "+n.attr("class")), htmlNoteNames) {
			return true
		}
	}
	if hasAny(strings.ToLower(l.target.attr("id")+l.target.attr("name")), htmlNoteNames) {
		return true
	}
	if box.tag == "li" && box.parent.tag == "ol" && strconv.Itoa(r.ordinal(box)) == l.mark {
		return true
	}
	_, mark, _ := r.leadingMark(box)
	return mark == l.mark
}

// leadingMark is the mark that the words of a note begin with: "1", "1.",
// "[1]", also in superscript. rest is the words after it.
func (r *htmlReader) leadingMark(n *htmlNode) (raised bool, mark, rest string) {
	s := n.words(r.tags, 40)
	i := 0
	open := strings.HasPrefix(s, "[") || strings.HasPrefix(s, "(")
	if open {
		i++
	}
	start := i
	for i < len(s) {
		c, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsDigit(c) && superscriptDigit(c) < 0 && !(i == start && strings.ContainsRune("*†‡§", c)) {
			break
		}
		i += size
	}
	if i == start {
		return false, "", s
	}
	mark = markOf(s[start:i])
	closed := i < len(s) && strings.IndexByte(".)]:", s[i]) >= 0
	if closed {
		i++
	}
	rest = s[i:]
	first := r.firstText(n)
	raised = first != nil && (inSup(first, n) || superscriptDigit([]rune(strings.TrimSpace(first.text))[0]) >= 0)
	if !raised && !closed && rest != "" && !strings.HasPrefix(rest, " ") {
		return false, "", s
	}
	return raised, mark, rest
}

// firstText is the first text with words in n that is shown.
func (r *htmlReader) firstText(n *htmlNode) *htmlNode {
	var found *htmlNode
	n.each(func(m *htmlNode) bool {
		if found != nil || m != n && m.isHidden(r.tags) {
			return false
		}
		if m.tag == "" && strings.TrimSpace(m.text) != "" {
			found = m
		}
		return true
	})
	return found
}

// inSup reports whether n is in superscript within root.
func inSup(n, root *htmlNode) bool {
	for ; n != nil && n != root; n = n.parent {
		if n.tag == "sup" {
			return true
		}
	}
	return false
}

// supNumbers are the numbers that a superscript is: "1", "1,2", "[3]", "4–6".
func supNumbers(s string) []int {
	s = strings.Trim(s, "[]() ")
	var out []int
	ranged := false
	for s != "" {
		i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && superscriptDigit(r) < 0 })
		if i < 0 {
			i = len(s)
		}
		v := 0
		if i <= 16 {
			v = digitsValue(s[:i])
		}
		if v <= 0 || v > 9999 {
			return nil
		}
		if ranged {
			const most = 20
			low := out[len(out)-1]
			if v <= low || v-low > most {
				return nil
			}
			for k := low + 1; k < v; k++ {
				out = append(out, k)
			}
		}
		out = append(out, v)
		s = s[i:]
		if s == "" {
			break
		}
		c, size := utf8.DecodeRuneInString(s)
		ranged = strings.ContainsRune("-–‒⁻", c)
		if !ranged && !strings.ContainsRune(",;، ", c) {
			return nil
		}
		s = strings.TrimLeft(s[size:], " []")
		if s == "" {
			return nil
		}
	}
	return out
}

// looseEntry is a block that can be a note by its number.
type looseEntry struct {
	node   *htmlNode
	number int
	marked bool
}

// looseNotes finds the list of notes that numbers in superscript refer to when
// no links say so: a run of blocks that are numbered one after the other, of
// which at least half are referred to from before.
func (r *htmlReader) looseNotes() {
	var entries []looseEntry
	type raised struct{ at, value int }
	var marks []raised
	r.page.root.each(func(n *htmlNode) bool {
		if n != r.page.root && (n.isHidden(r.tags) || n.isFurniture()) {
			return false
		}
		switch {
		case n.tag == "sup":
			for _, v := range supNumbers(n.words(r.tags, 40)) {
				marks = append(marks, raised{n.index, v})
			}
		case n.tag == "":
			for from, to := range superscriptRuns(n.text) {
				for _, v := range supNumbers(n.text[from:to]) {
					marks = append(marks, raised{n.index, v})
				}
			}
		case n.tag == "li" && n.parent.tag == "ol":
			_, mark, _ := r.leadingMark(n)
			entries = append(entries, looseEntry{n, r.ordinal(n), mark == strconv.Itoa(r.ordinal(n))})
		case r.tags.blocks[n.tag] && r.isLeaf(n):
			if _, mark, rest := r.leadingMark(n); mark != "" && rest != "" {
				if v := digitsValue(mark); v > 0 {
					entries = append(entries, looseEntry{n, v, true})
				}
			}
		}
		return true
	})
	best, bestCited := []looseEntry(nil), 0
	for i := 0; i < len(entries); {
		j := i + 1
		for j < len(entries) && entries[j].number == entries[j-1].number+1 && entries[j].node.index > entries[j-1].node.last {
			j++
		}
		run := entries[i:j]
		cited := map[int]bool{}
		for _, m := range marks {
			if m.at >= run[0].node.index {
				break
			}
			if low := run[0].number; m.value >= low && m.value < low+len(run) {
				cited[m.value] = true
			}
		}
		if n := len(cited); n > 0 && n*2 >= len(run) && n >= bestCited {
			best, bestCited = run, n
		}
		i = j
	}
	for _, e := range best {
		r.notes = append(r.notes, &htmlNote{nodes: []*htmlNode{e.node}, mark: strconv.Itoa(e.number), marked: e.marked, loose: true})
	}
}

// ordinal is the number of an item of a list.
func (r *htmlReader) ordinal(item *htmlNode) int {
	if v, ok := r.ordinals[item]; ok {
		return v
	}
	n := 0
	number := func(s string) (int, bool) {
		v, err := strconv.Atoi(s)
		return v, err == nil && v >= 0 && v < 1e6
	}
	if v, ok := number(item.parent.attr("start")); ok {
		n = v - 1
	}
	for _, k := range item.parent.kids {
		if k.tag == "li" {
			n++
			if v, ok := number(k.attr("value")); ok {
				n = v
			}
			r.ordinals[k] = n
		}
	}
	return r.ordinals[item]
}

// isLeaf reports whether a block has no blocks in it.
func (r *htmlReader) isLeaf(n *htmlNode) bool {
	for _, k := range n.kids {
		if k.tag != "" && (r.tags.blocks[k.tag] || !r.isLeaf(k)) {
			return false
		}
	}
	return true
}

// superscriptRuns are the runs of superscript digits in s, with commas and
// dashes between them: from and to.
func superscriptRuns(s string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for i := 0; i < len(s); {
			c, size := utf8.DecodeRuneInString(s[i:])
			if superscriptDigit(c) < 0 {
				i += size
				continue
			}
			to := i
			for j := i; j < len(s); {
				c, size := utf8.DecodeRuneInString(s[j:])
				if superscriptDigit(c) >= 0 {
					to = j + size
				} else if !strings.ContainsRune(",⁻–˒", c) || j > to {
					break
				}
				j += size
			}
			if !yield(i, to) {
				return
			}
			i = to
		}
	}
}

// numberNotes gives each note its number: what the page calls it if that is a
// number that no other note has, else the next that is free.
func (r *htmlReader) numberNotes() {
	used := map[int]bool{}
	for _, n := range r.notes {
		if n.mark == "" {
			if box := n.nodes[0]; box.tag == "li" {
				n.mark = strconv.Itoa(r.ordinal(box))
			} else if _, mark, _ := r.leadingMark(box); mark != "" {
				n.mark = mark
			}
		}
		if v := digitsValue(n.mark); v > 0 && !used[v] {
			n.number = v
			used[v] = true
		}
	}
	free := 1
	for _, n := range r.notes {
		for ; n.number == 0; free++ {
			if !used[free] {
				n.number = free
				used[free] = true
			}
		}
	}
	for _, n := range r.notes {
		if !n.marked && !n.loose {
			_, mark, _ := r.leadingMark(n.nodes[0])
			n.marked = mark != "" && mark == n.mark && r.linkOf(n.nodes[0]) == nil
		}
		r.byNumber[n.number] = n
	}
}

// widenNotes finds where notes end: the box around the paragraph that was
// found, if it has only this note, and the paragraphs that follow it before
// the next note.
func (r *htmlReader) widenNotes() {
	inside := map[*htmlNode]int{} // how many notes are in an element
	for _, n := range r.notes {
		for p := n.nodes[0].parent; p != nil; p = p.parent {
			inside[p]++
		}
	}
	busy := map[*htmlNode]bool{} // what has references of the text in it
	for _, l := range r.links {
		if l.note == nil {
			continue
		}
		for p := l.node.parent; p != nil && !busy[p]; p = p.parent {
			busy[p] = true
		}
	}
	for _, n := range r.notes {
		box := n.nodes[0]
		for p := box.parent; p != nil && inside[p] == 1 && !n.loose && (p.tag == "div" || p.tag == "p" || p.tag == "aside" || p.tag == "span") && !busy[p]; p = p.parent {
			if box.tag == "li" || box.tag == "dd" || box.tag == "dt" || box.tag == "tr" || r.page.root == p.parent && p.attr("id") == "" && p.attr("class") == "" && len(p.kids) > 8 {
				break
			}
			first := true
			for _, k := range p.kids {
				if k == box {
					break
				}
				first = first && k.words(r.tags, 1) == ""
			}
			if !first {
				break
			}
			box = p
		}
		n.nodes[0] = box
	}
	for i, n := range r.notes {
		box := n.nodes[0]
		if box.tag == "li" || box.tag == "tr" || box.parent == nil {
			continue
		}
		at := box.place + 1
		var more []*htmlNode
		for _, k := range box.parent.kids[at:] {
			if i+1 < len(r.notes) && k.holds(r.notes[i+1].nodes[0]) {
				if k == r.notes[i+1].nodes[0] {
					n.nodes = append(n.nodes, more...)
				}
				more = nil
				break
			}
			if k.tag == "dd" && box.tag == "dt" {
				n.nodes = append(n.nodes, more...)
				n.nodes = append(n.nodes, k)
				more = nil
				continue
			}
			if k.tag == "dt" || len(k.tag) == 2 && k.tag[0] == 'h' || busy[k] && !r.tags.blocks[k.tag] {
				break
			}
			more = append(more, k)
		}
	}
	for _, n := range r.notes {
		for _, m := range n.nodes {
			r.owner[m] = n
		}
	}
}
