package paragraph

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"qalam/export/linebreak"
)

// place is where a line may end.
type place struct {
	end  int32 // the line goes up to chars[end], without the spaces at its end
	next int32 // and the next one begins at chars[next]
	how  ending

	// The hyphen that the line ends with is repeated where the next one begins.
	repeats bool

	// As of a cluster: what stands before the end of the line, and before the
	// beginning of the next. What the line end does to the text (a hyphen, a
	// blank that vanishes) is in it.
	endX, endSpaces, endGaps    Length
	nextX, nextSpaces, nextGaps Length
	plainX                      Length // endX as the text stands there: no line that ends later is shorter
	hang                        Length // how far the last character stands over the edge
	penalty                     int32
}

// ending is what ends a line.
type ending uint8

const (
	ordinary   ending = iota
	hyphenated        // the word goes on: a hyphen is put here
	cut               // the word goes on, and nothing shows it
	forced            // a line feed, or the end of the text
)

// Penalties for ending a line at a place that is not a space, as TeX has them:
// 50 is what plain TeX takes for a hyphen.
const (
	softPenalty      = 30  // a soft hyphen of the author
	hyphenPenalty    = 100 // twice what plain TeX takes: a narrow page is full of them otherwise
	explicitPenalty  = 50  // after a hyphen or slash of the text
	dashPenalty      = 50  // to begin a line with a dash
	numberPenalty    = 200 // after a number, before its unit or month
	addressPenalty   = 100
	emergencyPenalty = 500 // within a phrase that is written without spaces
	lastPenalty      = 500 // to divide the last word of a paragraph
	cutPenalty       = 2000
)

// findBreaks finds where lines may end.
func (s *Setter) findBreaks(p *Paragraph) {
	t := &s.text
	s.seen = append(s.seen[:0], t.chars...)
	for i := range p.Runs {
		if p.Runs[i].Glued {
			for k := t.runs[i]; k < t.runs[i+1]; k++ {
				s.seen[k] = onWord
			}
		}
	}
	s.breaks = linebreak.Opportunities(s.breaks[:0], s.seen)
	s.addresses = s.addresses[:0]
	for from := 0; ; {
		i, j := linebreak.Address(s.seen, from)
		if i == j {
			break
		}
		from = j
		// A mark after a full stop makes that look like a part of the address.
		for j > i && (s.seen[j-1] == onWord || s.seen[j-1] == '.') {
			j--
		}
		s.address(p, i, j)
	}
	for i := range p.Runs {
		if p.Runs[i].Glued && t.runs[i] > 0 && s.breaks[t.runs[i]] != linebreak.Mandatory {
			s.breaks[t.runs[i]] = linebreak.None
		}
	}
}

// extent is a part of the text: chars[start:end].
type extent struct{ start, end int }

// address allows lines to end within the address chars[i:j]: not within the
// name of its host, and before hyphens only where a part has no better place.
// After a hyphen no line ends, since a reader could take it for one of ours.
func (s *Setter) address(p *Paragraph, i, j int) {
	s.addresses = append(s.addresses, extent{i, j})
	if j < len(s.seen) && s.seen[j] == '>' {
		s.breaks[j] = linebreak.None // the bracket around it, which UAX #14 takes for a letter
	}
	wide := p.Measure / 2
	if p.Runs[s.runAt(i)].Verbatim && s.width(i, j) <= wide {
		linebreak.Glue(s.breaks, i, j) // it may as well begin the next line
		return
	}
	linebreak.AllowInAddress(s.breaks, s.seen, i, j)
	host := i
	for k := i + 1; k < j; k++ {
		if s.seen[k] == '/' && s.seen[k-1] == '/' {
			host = k + 1
			break
		}
	}
	path := host
	for path < j && s.seen[path] != '/' {
		path++
	}
	if host > i && s.width(i, path) <= wide {
		linebreak.Glue(s.breaks, i, path)
	}
	from := i
	for k := i + 1; k <= j; k++ {
		if k < j && s.breaks[k] < linebreak.Allowed {
			continue
		}
		if s.width(from, k) > wide {
			for h := from + 1; h < k; h++ {
				if s.seen[h] == '-' {
					s.breaks[h] = linebreak.Allowed
				}
			}
		}
		from = k
	}
}

// inAddress reports whether chars[i] stands in an address.
func (s *Setter) inAddress(i int) bool {
	a := sort.Search(len(s.addresses), func(k int) bool { return s.addresses[k].end > i })
	return a < len(s.addresses) && s.addresses[a].start <= i
}

// runAt is the run of chars[i].
func (s *Setter) runAt(i int) int {
	return sort.Search(len(s.text.runs)-1, func(r int) bool { return s.text.runs[r+1] > i })
}

// clusterAt is the first cluster that begins at chars[i] or later.
func (s *Setter) clusterAt(i int) int {
	return sort.Search(len(s.clusters), func(c int) bool { return int(s.clusters[c].char) >= i })
}

// width is how wide chars[i:j] is, as it stands in the text.
func (s *Setter) width(i, j int) Length {
	return s.clusters[s.clusterAt(j)].x - s.clusters[s.clusterAt(i)].x
}

// measureText finds where each cluster would stand on one endless line.
func (s *Setter) measureText(p *Paragraph) {
	var x, spaces, gaps Length
	for i := range s.items {
		it := &s.items[i]
		if it.shaper == nil {
			c := &s.clusters[it.first]
			c.x, c.spaces, c.gaps = x, spaces, gaps
			x += p.Runs[it.run].Object.Width
			continue
		}
		em := Length(it.shaper.face.UnitsPerEm())
		base, units := x, Length(0)
		for k := it.first; k < it.last; k++ {
			c := &s.clusters[k]
			c.x, c.spaces, c.gaps = x, spaces, gaps
			units += Length(c.units)
			now := base + units*it.size/em
			switch c.kind {
			case space:
				spaces += now - x
			case ideo:
				gaps += it.size / gapShare
			}
			x = now
		}
	}
	last := &s.clusters[len(s.clusters)-1]
	last.x, last.spaces, last.gaps = x, spaces, gaps
}

// gapShare is the part of an em by which a gap between East Asian characters
// may well grow.
const gapShare = 20

// findPlaces lists the places where the lines of chars[from:to] may end, after
// which comes a forced break. The first place of the list is the beginning.
func (s *Setter) findPlaces(p *Paragraph, from, to int, hyphenate bool) {
	chars := s.text.chars
	c := s.clusterAt(from) // the first cluster at k or later
	s.places = append(s.places[:0], place{how: forced, end: int32(from), next: int32(from)})
	s.startAt(&s.places[0], from, c)
	h := 0
	if hyphenate {
		s.findHyphens(p, from, to)
	}
	for k := from + 1; k <= to; k++ {
		for c < len(s.clusters)-1 && int(s.clusters[c].char) < k {
			c++
		}
		pl := place{end: int32(k), next: int32(k)}
		switch s.breaks[k] {
		case linebreak.Mandatory:
			pl.how = forced
		case linebreak.Allowed:
			switch r := chars[k-1]; {
			case r == softHyphen:
				pl.how, pl.penalty = hyphenated, softPenalty
			case r == '-' || r == '/' || r >= 0x2010 && r <= 0x2015:
				pl.penalty = explicitPenalty
				pl.repeats = s.repeats(p, k)
			}
			if k < to && unicode.IsLetter(chars[k]) && s.afterNumber(k) {
				pl.penalty = numberPenalty
			}
			if k < to && (chars[k] == '–' || chars[k] == '—') {
				pl.penalty = dashPenalty
			}
			if len(s.addresses) > 0 && s.inAddress(k) && s.inAddress(k-1) {
				pl.penalty = addressPenalty
			}
		default:
			if !hyphenate || h == len(s.hyphens) || int(s.hyphens[h].char) != k {
				continue
			}
			pl.how, pl.penalty = hyphenated, s.hyphens[h].penalty
		}
		for hyphenate && h < len(s.hyphens) && int(s.hyphens[h].char) <= k {
			h++
		}
		s.finishPlace(p, &pl, c)
		s.places = append(s.places, pl)
	}
}

// tooWide reports whether the text between two places is wider than a line.
func (s *Setter) tooWide(measure Length) bool {
	for i := 1; i < len(s.places); i++ {
		if s.places[i].endX-s.places[i-1].nextX > measure {
			return true
		}
	}
	return false
}

// breakWords adds places to end a line of chars[from:to] in what is too wide for
// one: first where a word may be divided, then between the clusters of scripts
// that are written without spaces, then between any two characters. Words that
// the last happens to are reported.
func (s *Setter) breakWords(p *Paragraph, from, to int, measure Length) (broken []Broken) {
	if !s.tooWide(measure) {
		return nil
	}
	if !p.Hyphenate {
		s.findHyphens(p, from, to)
		h := 0
		s.addPlaces(p, measure, hyphenated, hyphenPenalty, func(k int) bool {
			for h < len(s.hyphens) && int(s.hyphens[h].char) < k {
				h++
			}
			return h < len(s.hyphens) && int(s.hyphens[h].char) == k
		})
		if !s.tooWide(measure) {
			return nil
		}
	}
	s.addPlaces(p, measure, cut, emergencyPenalty, func(k int) bool { return s.breaks[k] == linebreak.Emergency })
	if !s.tooWide(measure) {
		return nil
	}
	for i := 1; i < len(s.places); i++ {
		from, to := &s.places[i-1], &s.places[i]
		start := int(from.next)
		if to.endX-from.nextX > measure && !s.inAddress(start) && int(to.end) > start+1 {
			word := strings.ReplaceAll(visible(s.text.chars[start:to.end]), string(objectChar), "")
			broken = append(broken, Broken{Run: s.runAt(start), Text: word, at: start})
		}
	}
	s.addPlaces(p, measure, cut, cutPenalty, func(k int) bool { return s.text.clusters[k] })
	if s.tooWide(measure) { // a character wider than a line: its parts
		s.addPlaces(p, measure, cut, cutPenalty, func(int) bool { return true })
	}
	return broken
}

// addPlaces adds the places where allowed says that a line may end to what is
// too wide for one. It is asked in the order of the text.
func (s *Setter) addPlaces(p *Paragraph, measure Length, how ending, penalty int32, allowed func(k int) bool) {
	old := append([]place(nil), s.places...)
	s.places = append(s.places[:0], old[0])
	for i := 1; i < len(old); i++ {
		from, to := &old[i-1], &old[i]
		if to.endX-from.nextX > measure {
			c := s.clusterAt(int(from.next))
			for k := int(from.next) + 1; k < int(to.end); k++ {
				for int(s.clusters[c].char) < k {
					c++
				}
				if int(s.clusters[c].char) == k && allowed(k) {
					pl := place{end: int32(k), next: int32(k), how: how, penalty: penalty}
					s.finishPlace(p, &pl, c)
					s.places = append(s.places, pl)
				}
			}
		}
		s.places = append(s.places, *to)
	}
}

// visible is text without what is never drawn.
func visible(text []rune) string {
	if !slices.ContainsFunc(text, vanishes) {
		return string(text)
	}
	var b []rune
	for _, r := range text {
		if !vanishes(r) {
			b = append(b, r)
		}
	}
	return string(b)
}

// finishPlace measures what stands before and after a place, where c is the
// first cluster of the next line.
func (s *Setter) finishPlace(p *Paragraph, pl *place, c int) {
	chars := s.text.chars
	first := int32(0)
	if n := len(s.places); n > 0 {
		first = s.places[n-1].next
	}
	end, e := int(pl.end), c
	for end > int(first) && (hangs(chars[end-1]) || vanishes(chars[end-1])) {
		end--
	}
	for end < int(pl.end) && vanishes(chars[end]) && !hangs(chars[end]) {
		end++ // it belongs to the character before it
	}
	for e > 0 && int(s.clusters[e-1].char) >= end {
		e--
	}
	pl.end = int32(end)
	s.endAt(p, pl, end, e)
	s.startAt(pl, int(pl.next), c)
}

// endAt measures the text up to chars[end], where e is the first cluster that
// begins there or later.
func (s *Setter) endAt(p *Paragraph, pl *place, end, e int) {
	c := &s.clusters[e]
	pl.endX, pl.endSpaces, pl.endGaps = c.x, c.spaces, c.gaps
	pl.plainX = c.x
	if e == 0 || end == 0 {
		return
	}
	b := &s.clusters[e-1] // the last one of the line
	it := &s.items[b.item]
	if it.shaper == nil {
		return
	}
	if b.kind == ideo {
		pl.endGaps = b.gaps
	}
	pl.endX -= it.scale(int32(b.tail))
	if pl.how != cut {
		if from, units, ok := s.tail(it, e, end, pl.how == hyphenated); ok {
			pl.endX = s.clusters[from].x + it.scale(units)
		}
	}
	if p.Hang && p.Align == Justify && !s.text.base.IsRTL() {
		pl.hang = s.hanging(it, end, pl.how == hyphenated)
		pl.endX -= pl.hang
	}
}

// startAt measures the text before chars[start], where c is the first cluster
// that begins there or later.
func (s *Setter) startAt(pl *place, start, c int) {
	d := &s.clusters[c]
	pl.nextX, pl.nextSpaces, pl.nextGaps = d.x, d.spaces, d.gaps
	if c == len(s.clusters)-1 {
		return
	}
	it := &s.items[d.item]
	if c > 0 && int(d.char) != start && int(s.items[s.clusters[c-1].item].end) > start {
		it = &s.items[s.clusters[c-1].item] // within a cluster
	}
	if it.shaper == nil {
		return
	}
	pl.nextX += it.scale(int32(d.head))
	if pl.repeats {
		pl.nextX -= it.scale(it.shaper.hyphenUnits)
	}
	if pl.how == cut {
		return
	}
	if to, units, ok := s.front(start, c); ok {
		pl.nextX = s.clusters[to].x - it.scale(units)
	}
}

// scale is a length in units of the face of the item.
func (it *item) scale(units int32) Length {
	return Length(units) * it.size / Length(it.shaper.face.UnitsPerEm())
}

// reach is how many clusters around a cut are shaped again at most. What goes
// further are words without end.
const reach = 64

// tail shapes the end of a line again where it has to be: the text from cluster
// from to chars[end], and a hyphen. The line has the clusters before e, which
// is of the item or the first after it.
func (s *Setter) tail(it *item, e, end int, hyphen bool) (from int, units int32, ok bool) {
	from, ok = s.tailFrom(it, e, end, hyphen)
	if ok {
		units = s.fragment(it, int(s.clusters[from].char), end, hyphen)
	}
	return from, units, ok
}

// tailFrom is the first cluster that tail shapes again.
func (s *Setter) tailFrom(it *item, e, end int, hyphen bool) (from int, ok bool) {
	within := e < it.last // the cut is in the item, on the border of a cluster
	inside := s.charAfter(e-1, it) != end
	if !hyphen && !inside && !(within && s.clusters[e].unsafe) {
		return e, false
	}
	from = e - 1
	for from > it.first && s.clusters[from].unsafe && e-from < reach {
		from--
	}
	return from, true
}

// charAfter is the first character after cluster k of an item.
func (s *Setter) charAfter(k int, it *item) int {
	if k+1 < it.last {
		return int(s.clusters[k+1].char)
	}
	return it.end
}

// front shapes the beginning of a line again where it has to be: the text from
// chars[start] to cluster to. C is the first cluster that begins there or later.
func (s *Setter) front(start, c int) (to int, units int32, ok bool) {
	to, ok = s.frontTo(start, c)
	if ok {
		it := &s.items[s.clusters[to-1].item]
		units = s.fragment(it, start, s.charAfter(to-1, it), false)
	}
	return to, units, ok
}

// frontTo is the cluster after the last one that front shapes again.
func (s *Setter) frontTo(start, c int) (to int, ok bool) {
	k := c // the cluster that start is in
	if int(s.clusters[c].char) != start {
		k--
	}
	if k < 0 || k == len(s.clusters)-1 {
		return 0, false
	}
	it := &s.items[s.clusters[k].item]
	if it.shaper == nil || k == c && (c == it.first || !s.clusters[c].unsafe) || start >= it.end {
		return 0, false
	}
	to = k + 1
	for to < it.last && s.clusters[to].unsafe && to-k < reach {
		to++
	}
	return to, true
}

// fragment is how wide chars[start:end] of an item is when it stands alone, with
// a hyphen after it.
func (s *Setter) fragment(it *item, start, end int, hyphen bool) int32 {
	sh := it.shaper
	if sh.joins { // its neighbours count
		s.shapeFragment(sh, start, end, hyphen)
		return s.bufferUnits()
	}
	s.key = s.key[:0]
	for _, r := range s.text.chars[start:end] {
		s.key = append(s.key, string(r)...)
	}
	if hyphen {
		s.key = append(s.key, '-')
	}
	if units, ok := sh.fragments[string(s.key)]; ok {
		return units
	}
	s.shapeFragment(sh, start, end, hyphen)
	units := s.bufferUnits()
	if len(sh.fragments) >= maxWords {
		clear(sh.fragments)
	}
	sh.fragments[string(s.key)] = units
	return units
}

// bufferUnits is how wide the text in the buffer is.
func (s *Setter) bufferUnits() int32 {
	units := int32(0)
	for _, pos := range s.buffer.Pos {
		units += pos.XAdvance
	}
	return units
}

// shapeFragment shapes chars[start:end] where a line begins or ends there.
func (s *Setter) shapeFragment(sh *shaper, start, end int, hyphen bool) {
	if !hyphen {
		s.shapeRunes(sh, s.text.chars, start, end)
		return
	}
	s.padded = append(append(s.padded[:0], s.text.chars[start:end]...), sh.hyphen())
	s.shapeRunes(sh, s.padded, 0, len(s.padded))
}
