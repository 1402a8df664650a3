// Package translation holds a translation against its original: whether both
// have the same parts with the same notes, links and figures.
//
// Start at Check. The rule that holds everywhere: what is compared is what a
// reader gets. Line breaks, quotation marks, emphasis, markers of lists and the
// order of notes in the file are no differences, and each difference is said
// once, with its place in both texts.
package translation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"qalam/source"
	"qalam/source/diag"
)

// Codes of what Check says, the most important first.
const (
	codeMissing   = "translation-missing"   // a part of the original has no answer
	codeNote      = "translation-note"      // a note that one of the two does not have
	codeReference = "translation-reference" // a reference that is missing, added, or elsewhere
	codeAdded     = "translation-added"     // a part that the original does not have
	codeParts     = "translation-parts"     // a part that was split, joined, moved, or is of another kind
	codeLink      = "translation-link"      // an address or an image
	codeOrder     = "translation-order"     // references in another order
	codeFigures   = "translation-figures"   // a number or a month
	codeRemark    = "translation-remark"    // a remark that accepts nothing, or gives no reason
	codeMore      = "translation-more"      // how many differences were left out
)

var importance = []string{codeMissing, codeNote, codeReference, codeAdded, codeParts, codeLink, codeOrder, codeFigures, codeRemark}

// MaxDifferences is how many differences of one translation Check names. A
// translation that has more has drifted, and a list of all says less.
const MaxDifferences = 25

// Check compares a translation with its original and gives a warning for each
// difference. All places are in the translation; messages name that in the
// original.
//
// A remark <!-- qalam: differs: the reason --> before a block of either text
// accepts one difference of that block, and several remarks accept several,
// the least important first.
func Check(original, translation *source.Article) diag.List {
	c := &checker{
		original:    newReader(original.Lang),
		translation: newReader(translation.Lang, original.Lang),
		index:       index{},
		file:        diag.Pos{Path: translation.Path},
	}
	c.notes(original, translation)
	a, b := c.original.read(original.Blocks), c.translation.read(translation.Blocks)
	c.scale = newScale(a, b)
	c.compare(a, b)
	for _, pair := range c.pairs {
		c.compare(c.original.read(pair.a.Blocks), c.translation.read(pair.b.Blocks))
	}
	c.references()
	return c.report()
}

// checker collects the differences of one translation.
type checker struct {
	original, translation *reader
	index                 index
	scale                 scale
	file                  diag.Pos

	// odd are the labels of notes that one of the two articles does not have.
	odd   map[string]bool
	pairs []notePair

	found         []*difference
	missing, more []reference // not in the unit where they are in the other text
}

type notePair struct{ a, b *source.Note }

// difference is something to say. The blocks that it is about can accept it.
type difference struct {
	pos      diag.Pos
	code     string
	message  string
	hint     string
	about    []*unit // the units whose remarks can accept it
	accepted bool
}

// reference is a reference in one text that its partner in the other lacks.
type reference struct {
	label string
	a, b  *unit // where it stands or should stand, in both texts
}

// add keeps a difference between a and b, either of which can be nil.
func (c *checker) add(code string, a, b *unit, pos diag.Pos, hint, format string, args ...any) *difference {
	d := &difference{pos: pos, code: code, message: fmt.Sprintf(format, args...), hint: hint, about: []*unit{b, a}}
	c.found = append(c.found, d)
	return d
}

const acceptHint = "; if it is meant, write <!-- qalam: differs: the reason --> above"

// notes finds the notes that only one article has.
func (c *checker) notes(original, translation *source.Article) {
	byLabel := func(a *source.Article) map[string]*source.Note {
		notes := map[string]*source.Note{}
		for _, n := range a.Notes {
			if notes[n.Label] == nil {
				notes[n.Label] = n
			}
		}
		return notes
	}
	a, b := byLabel(original), byLabel(translation)
	c.odd = map[string]bool{}
	for _, n := range original.Notes {
		switch {
		case a[n.Label] != n: // doubled, which source says
		case b[n.Label] == nil:
			c.odd[n.Label] = true
			c.add(codeNote, nil, nil, diag.Pos{Path: c.file.Path}, fmt.Sprintf("translate it: [^%s]: …, and refer to it where the original does", n.Label),
				"the note %q (%s) is missing", n.Label, lineOf(n.Pos()))
		default:
			c.pairs = append(c.pairs, notePair{n, b[n.Label]})
		}
	}
	for _, n := range translation.Notes {
		if a[n.Label] == nil && b[n.Label] == n {
			c.odd[n.Label] = true
			c.add(codeNote, nil, nil, n.Pos(), "give it the label that it has in the original, or delete it",
				"the original has no note %q", n.Label)
		}
	}
}

// compare aligns units and says what differs.
func (c *checker) compare(a, b []*unit) {
	c.index.mark(a)
	c.index.mark(b)
	steps := align(a, b, c.scale)
	moved := findMoved(a, b, steps)
	for i := 0; i < len(steps); {
		s := steps[i]
		switch {
		case s.nb == 0:
			if j, ok := moved[a[s.a]]; ok {
				c.add(codeParts, a[s.a], j, j.pos, "put it there"+acceptHint,
					"%s stands elsewhere in the original (%s)", j.name(), a[s.a].place())
				c.pair(a[s.a], j)
				i++
				continue
			}
			n := 1
			for i+n < len(steps) && steps[i+n].nb == 0 && moved[a[steps[i+n].a]] == nil {
				n++
			}
			c.missingUnits(a[s.a:s.a+n], b, s.b)
			i += n
		case s.na == 0:
			u := b[s.b]
			i++
			if isMoved(moved, u) {
				continue
			}
			n := 1
			for i < len(steps) && steps[i].na == 0 && !isMoved(moved, b[steps[i].b]) {
				n++
				i++
			}
			c.addedUnits(a, s.a, b[s.b:s.b+n])
		case s.nb == 2:
			u, v := b[s.b], b[s.b+1]
			c.add(codeParts, a[s.a], u, u.pos, "make one of the two"+acceptHint,
				"%s and the next are one in the original (%s)", u.name(), a[s.a].place())
			c.pair(a[s.a], joined(u, v))
			i++
		case s.na == 2:
			u := b[s.b]
			c.add(codeParts, a[s.a], u, u.pos, "divide it as the original does"+acceptHint,
				"%s is two in the original (%s and %s)", u.name(), a[s.a].place(), a[s.a+1].place())
			c.pair(joined(a[s.a], a[s.a+1]), u)
			i++
		default:
			c.pair(a[s.a], b[s.b])
			i++
		}
	}
}

// findMoved finds the units that are missing in one place and added in
// another: what answers each missing one.
func findMoved(a, b []*unit, steps []step) map[*unit]*unit {
	added := map[string]*unit{}
	for _, s := range steps {
		if f := ""; s.na == 0 {
			if f = b[s.b].fingerprint(); f != "" {
				added[f] = b[s.b]
			}
		}
	}
	moved := map[*unit]*unit{}
	for _, s := range steps {
		if s.nb > 0 {
			continue
		}
		f := a[s.a].fingerprint()
		if u := added[f]; u != nil {
			moved[a[s.a]] = u
			delete(added, f)
		}
	}
	return moved
}

func isMoved(moved map[*unit]*unit, u *unit) bool {
	for _, m := range moved {
		if m == u {
			return true
		}
	}
	return false
}

// joined is two units as one.
func joined(u, v *unit) *unit {
	j := *u
	j.text = u.text + " " + v.text
	j.size = u.size + v.size
	j.refs = slices.Concat(u.refs, v.refs)
	j.links = slices.Concat(u.links, v.links)
	j.figs = figures{
		numbers: slices.Concat(u.figs.numbers, v.figs.numbers),
		months:  slices.Concat(u.figs.months, v.figs.months),
		loose:   slices.Concat(u.figs.loose, v.figs.loose),
		bare:    slices.Concat(u.figs.bare, v.figs.bare),
	}
	return &j
}

// missingUnits says that units are missing, before b[at].
func (c *checker) missingUnits(units []*unit, b []*unit, at int) {
	first := units[0]
	var before, after *unit
	if at > 0 {
		before = b[at-1]
	}
	if at < len(b) {
		after = b[at]
	}
	pos, where := c.file, "here"
	about := []*unit{after, first}
	switch {
	case before != nil && (after == nil || first.isPart() && before.isPart() && !after.isPart()):
		// The end of the text, or of a table or list, whose remark it is.
		pos, where = before.pos, "after this "+string(before.kind)
		about = []*unit{after, before, first}
	case after != nil:
		pos, where = after.pos, "before this "+string(after.kind)
	}
	for _, u := range units {
		for _, r := range u.refs {
			c.lacks(r, u, nil)
		}
	}
	if len(units) == 1 {
		c.add(codeMissing, nil, nil, pos, "translate it"+acceptHint,
			"%s of the original (%s) is missing %s", first.name(), first.place(), where).about = about
		return
	}
	c.add(codeMissing, nil, nil, pos, "translate them"+acceptHint,
		"%d parts of the original, from %s (%s) to line %d, are missing %s", len(units), first.name(), first.place(), units[len(units)-1].pos.Line, where).about = about
}

// addedUnits says that the original has nothing like units, before a[at].
func (c *checker) addedUnits(a []*unit, at int, units []*unit) {
	first := units[0]
	where := "at its end"
	var next *unit
	if at < len(a) {
		next = a[at]
		where = fmt.Sprintf("before %s", next.place())
	}
	for _, u := range units {
		for _, r := range u.refs {
			c.has(r, nil, u)
		}
	}
	if len(units) == 1 {
		c.add(codeAdded, nil, first, first.pos, "delete it, or write it in the original too"+acceptHint,
			"%s is not in the original (%s)", first.name(), where)
		return
	}
	c.add(codeAdded, nil, first, first.pos, "delete them, or write them in the original too"+acceptHint,
		"%d parts, from %s to line %d, are not in the original (%s)", len(units), first.name(), units[len(units)-1].pos.Line, where)
}

// pair compares two units that answer each other.
func (c *checker) pair(a, b *unit) {
	c.kinds(a, b)
	missing, more := without(a.refs, b.refs), without(b.refs, a.refs)
	for _, r := range missing {
		c.lacks(r, a, b)
	}
	for _, r := range more {
		c.has(r, a, b)
	}
	if len(missing)+len(more) == 0 && !slices.Equal(a.refs, b.refs) {
		c.add(codeOrder, a, b, b.pos, "see that each stands behind what it is about"+acceptHint,
			"the references come in another order than in the original (%s): %s, and there %s", a.place(), references(b.refs), references(a.refs))
	}
	c.links(a, b)
	c.figures(a, b)
}

// kinds compares what two units are.
func (c *checker) kinds(a, b *unit) {
	switch {
	case a.kind != b.kind:
		c.add(codeParts, a, b, b.pos, "write it as the original does"+acceptHint,
			"%s is a %s in the original (%s)", b.name(), a.kind, a.place())
	case a.kind == heading && a.level != b.level:
		c.add(codeParts, a, b, b.pos, "write "+strings.Repeat("#", a.level)+acceptHint,
			"%s is of level %d, and in the original (%s) of level %d", b.name(), b.level, a.place(), a.level)
	case a.kind == tableHead && a.level != b.level:
		c.add(codeParts, a, b, b.pos, "give it the same columns"+acceptHint,
			"the table has %d columns, and in the original (%s) %d", b.level, a.place(), a.level)
	case (a.kind == item || a.kind == quotation) && a.level != b.level:
		c.add(codeParts, a, b, b.pos, "indent it as the original does"+acceptHint,
			"%s stands %d deep, and in the original (%s) %d", b.name(), b.level, a.place(), a.level)
	case a.list != nil && b.list != nil && a.list.Ordered != b.list.Ordered && firstOf(a) && firstOf(b):
		words := map[bool]string{true: "numbers", false: "bullets"}
		c.add(codeParts, a, b, b.pos, "write the same kind of list"+acceptHint,
			"the list has %s, and in the original (%s) %s", words[b.list.Ordered], a.place(), words[a.list.Ordered])
	}
}

// firstOf reports whether the unit begins its list.
func firstOf(u *unit) bool {
	blocks := u.list.Items[0].Blocks
	return len(blocks) == 0 || blocks[0].Pos() == u.pos
}

// links compares addresses and images.
func (c *checker) links(a, b *unit) {
	missing, more := without(a.links, b.links), without(b.links, a.links)
	n := min(len(missing), len(more))
	for i := range n {
		what, hint := "the link leads to %s, and in the original (%s) to %s", "write the same address"
		if isImage(missing[i]) && isImage(more[i]) {
			what, hint = "the image is %s, and in the original (%s) %s", "show the same image"
		}
		c.add(codeLink, a, b, b.pos, hint+acceptHint, what, more[i], a.place(), missing[i])
	}
	for _, l := range missing[n:] {
		c.add(codeLink, a, b, b.pos, "write it as the original does"+acceptHint,
			"%s lacks %s, which the original has (%s)", b.name(), l, a.place())
	}
	for _, l := range more[n:] {
		c.add(codeLink, a, b, b.pos, "delete it, or write it in the original too"+acceptHint,
			"%s has %s, which the original has not (%s)", b.name(), l, a.place())
	}
}

func isImage(target string) bool {
	return !strings.Contains(target, ":") && !strings.HasPrefix(target, "*.")
}

// figures compares numbers and months.
func (c *checker) figures(a, b *unit) {
	if a.kind == tableRow && a.level != b.level {
		return // a column is missing, which has been said
	}
	missing := without(a.figs.numbers, b.figs.numbers)
	more := without(b.figs.numbers, a.figs.numbers)
	missing = without(missing, b.figs.loose)
	more = without(more, a.figs.loose)
	missing, more = multiples(missing, b.figs.bare, more)
	more, missing = multiples(more, a.figs.bare, missing)
	if len(missing) == 0 || len(more) == 0 {
		// A number may be said twice where the original says it once.
		missing = absent(missing, b.figs.numbers)
		more = absent(more, a.figs.numbers)
	}
	// Names of months have more forms than we know, so that only another
	// month is a difference, and not one that was not found.
	months, others := absent(a.figs.months, b.figs.months), absent(b.figs.months, a.figs.months)
	var message string
	switch {
	case len(missing) > 0 && len(more) > 0:
		message = fmt.Sprintf("%s has %s where the original has %s (%s)", b.name(), list(more), list(missing), a.place())
	case len(missing) > 0:
		message = fmt.Sprintf("%s lacks %s, which the original has (%s)", b.name(), list(missing), a.place())
	case len(more) > 0:
		message = fmt.Sprintf("%s has %s, which the original has not (%s)", b.name(), list(more), a.place())
	case len(months) > 0 && len(others) > 0:
		message = fmt.Sprintf("%s has month %s where the original has month %s (%s)", b.name(), list(others), list(months), a.place())
	default:
		return
	}
	c.add(codeFigures, a, b, b.pos, "correct the figures, or write them in digits in both texts"+acceptHint, "%s", message)
}

// multiples takes numbers out of missing that a bare number of the other text
// can stand for, with a word for thousand or million that we do not know, and
// that number out of more.
func multiples(missing, bare, more []string) (left, rest []string) {
	rest = more
	for _, m := range missing {
		i := slices.IndexFunc(bare, func(n string) bool {
			return slices.ContainsFunc([]int{3, 4, 5, 6, 7, 8, 9, 12}, func(power int) bool { return shift(n, power) == m })
		})
		if i < 0 {
			left = append(left, m)
			continue
		}
		rest = without(rest, bare[i:i+1])
	}
	return left, rest
}

// without is what list has more often than other.
func without(list, other []string) []string {
	if len(list) == 0 || slices.Equal(list, other) {
		return nil
	}
	count := map[string]int{}
	for _, s := range other {
		count[s]++
	}
	var left []string
	for _, s := range list {
		if count[s]--; count[s] < 0 {
			left = append(left, s)
		}
	}
	return left
}

// absent is what list has and other has not at all, each once.
func absent(list, other []string) []string {
	var left []string
	for _, s := range list {
		if !slices.Contains(other, s) && !slices.Contains(left, s) {
			left = append(left, s)
		}
	}
	return left
}

// list names a few of many.
func list(words []string) string {
	const most = 4
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}

// references names references as an author writes them.
func references(labels []string) string {
	written := make([]string, len(labels))
	for i, l := range labels {
		written[i] = "[^" + l + "]"
	}
	return list(written)
}

// lineOf is a place without its column.
func lineOf(p diag.Pos) string { return diag.Pos{Path: p.Path, Line: p.Line}.String() }

// lacks keeps a reference that b, the answer to a, does not have.
func (c *checker) lacks(label string, a, b *unit) {
	if !c.odd[label] {
		c.missing = append(c.missing, reference{label, a, b})
	}
}

// has keeps a reference of b that a, which it answers, does not have.
func (c *checker) has(label string, a, b *unit) {
	if !c.odd[label] {
		c.more = append(c.more, reference{label, a, b})
	}
}

// references says which references are missing, added or elsewhere. One that
// is missing in one place and added in another has moved.
func (c *checker) references() {
	added := map[string][]reference{}
	for _, r := range c.more {
		added[r.label] = append(added[r.label], r)
	}
	changed := map[*unit][]reference{} // references of a unit that became others
	take := func(r reference) {
		rest := added[r.label]
		i := slices.IndexFunc(rest, func(s reference) bool { return s == r })
		added[r.label] = slices.Delete(rest, i, i+1)
	}
	var missing []reference
	for _, r := range c.missing {
		if others := added[r.label]; len(others) > 0 {
			m := others[0]
			take(m)
			place := "between its blocks"
			if r.a != nil {
				place = r.a.place()
			}
			c.add(codeReference, r.a, m.b, m.b.pos, "move it to where the original has it"+acceptHint,
				"the reference [^%s] stands in %s, and in the original elsewhere (%s)", r.label, m.b.name(), place)
			continue
		}
		missing = append(missing, r)
	}
	for _, label := range slices.Sorted(maps.Keys(added)) {
		for _, r := range added[label] {
			changed[r.b] = append(changed[r.b], r)
		}
	}
	for _, r := range missing {
		switch others := changed[r.b]; {
		case r.b == nil: // its unit is missing, which has been said
		case len(others) > 0:
			changed[r.b] = others[1:]
			c.add(codeReference, r.a, r.b, r.b.pos, "refer to the note that the original refers to"+acceptHint,
				"%s refers to [^%s] where the original refers to [^%s] (%s)", r.b.name(), others[0].label, r.label, r.a.place())
		default:
			c.add(codeReference, r.a, r.b, r.b.pos, fmt.Sprintf("write [^%s] where it belongs", r.label)+acceptHint,
				"%s lacks the reference [^%s] of the original (%s)", r.b.name(), r.label, r.a.place())
		}
	}
	for _, m := range c.more {
		rest := changed[m.b]
		i := slices.IndexFunc(rest, func(r reference) bool { return r == m })
		if i < 0 || m.a == nil { // moved or changed, or its unit is added as a whole
			continue
		}
		changed[m.b] = slices.Delete(slices.Clone(rest), i, i+1)
		c.add(codeReference, m.a, m.b, m.b.pos, "delete it, or write it in the original too"+acceptHint,
			"%s has a reference [^%s] that the original has not (%s)", m.b.name(), m.label, m.a.place())
	}
}

// report leaves out what is accepted, and names the most important of the
// rest.
func (c *checker) report() diag.List {
	rank := func(d *difference) int { return slices.Index(importance, d.code) }
	most := func(a, b *difference) int { return rank(a) - rank(b) }
	slices.SortStableFunc(c.found, most)
	for _, d := range slices.Backward(c.found) { // the least important first
		d.accepted = accepted(d)
	}
	left := slices.DeleteFunc(c.found, func(d *difference) bool { return d.accepted })
	for _, a := range c.translation.remarks {
		switch {
		case a.reason == "":
			left = append(left, &difference{pos: a.pos, code: codeRemark,
				message: "this remark accepts a difference and gives no reason",
				hint:    "write <!-- qalam: differs: the reason -->"})
		case !a.used:
			left = append(left, &difference{pos: a.pos, code: codeRemark,
				message: "this remark accepts a difference, and there is none",
				hint:    "delete the remark"})
		}
	}
	var diags diag.List
	if more := len(left) - MaxDifferences; more > 0 {
		diags.Warnf(c.file, codeMore, "the translation differs from the original in %d places (%s); the %d that matter most are listed", len(left), tally(left), MaxDifferences).
			Hint = "correct these, and look again"
		left = left[:MaxDifferences]
	}
	for _, d := range left {
		diags.Warnf(d.pos, d.code, "%s", d.message).Hint = d.hint
	}
	diags.Sort()
	return diags
}

// tally says how many differences there are of each kind, the most important
// first.
func tally(list []*difference) string {
	count := map[string]int{}
	for _, d := range list {
		count[d.code]++
	}
	var words []string
	for _, code := range importance {
		if n := count[code]; n > 0 {
			words = append(words, fmt.Sprintf("%s %d", strings.TrimPrefix(code, "translation-"), n))
		}
	}
	return strings.Join(words, ", ")
}

// accepted uses up a remark for the difference, if there is one.
func accepted(d *difference) bool {
	for _, u := range d.about {
		if u == nil {
			continue
		}
		for _, a := range u.accepts {
			if !a.used && a.reason != "" {
				a.used = true
				return true
			}
		}
	}
	return false
}
