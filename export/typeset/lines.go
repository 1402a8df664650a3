package typeset

import (
	"sort"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"qalam/export/linebreak"
)

// align is how lines stand in their measure.
type align uint8

const (
	left align = iota
	center
	right
)

// span is one line of a text: drawn[start:end] without the spaces at its end.
type span struct {
	start, end int
	open       bool // the word at the end goes on
	hyphen     bool // a soft hyphen ends the line
}

// width is how wide the line is, without a hyphen.
func (t *text) width(s span) Length { return t.x[s.end] - t.x[s.start] }

// spans breaks the text into lines, each as full as it can be. Words that fit
// no line are broken between characters, and reported to broken, once each;
// addresses are not reported, since nothing can be done about them.
func (t *text) spans(measure Length, broken func(start, end int)) []span {
	var spans []span
	add := func(start, end, next int) {
		s := span{start: start, end: end, open: end == next && next < len(t.drawn)}
		if s.open && t.drawn[end-1] == '\u00AD' {
			s.hyphen = true
		}
		spans = append(spans, s)
	}
	start, last := 0, 0 // last is the best place to end the line so far
	for k := 1; k <= len(t.drawn); k++ {
		if t.breaks[k] < linebreak.Allowed {
			continue
		}
		reported := false
		for {
			end := max(t.trim[k], start)
			if t.x[end]-t.x[start]+t.hyphenAt(k) <= measure {
				break
			}
			if last > start {
				add(start, max(t.trim[last], start), last)
				start = last
				continue
			}
			cut := t.cut(start, end, measure-t.hyphenAt(k))
			if cut >= end {
				break // a single character wider than the line
			}
			if !reported && !t.inAddress(start) {
				broken(start, end)
				reported = true
			}
			add(start, cut, cut)
			start, last = cut, cut
		}
		last = k
		if t.breaks[k] == linebreak.Mandatory {
			add(start, max(t.trim[k], start), k)
			start = k
		}
	}
	if n := len(spans); n > 0 {
		spans[n-1].open = false
	}
	return spans
}

// hyphenAt is the width of the hyphen that a line gets which ends before k.
func (t *text) hyphenAt(k int) Length {
	if t.drawn[k-1] != '\u00AD' {
		return 0
	}
	r := t.runAt(k - 1)
	units, _ := r.face.Advance('-')
	return scale(r.face, units, r.size)
}

// cut is where the word drawn[start:end], which fits no line, is broken: after
// as many whole characters as fit, and after one at least.
func (t *text) cut(start, end int, measure Length) int {
	// The place after the last code point that fits.
	fits := start + sort.Search(end-start, func(i int) bool { return t.x[start+i+1]-t.x[start] > measure })
	// No character is longer than this, except where somebody plays with marks.
	const longest = 32
	cut := start
	g := graphemes.FromString(string(t.seen[start:min(fits+longest, end)]))
	for g.Next() {
		next := cut + len([]rune(g.Value()))
		if next > fits && cut > start {
			break
		}
		cut = next
		if cut >= fits {
			break
		}
	}
	return cut
}

// runAt is the run of drawn[i].
func (t *text) runAt(i int) *run {
	return &t.runs[sort.Search(len(t.runs), func(r int) bool { return t.runs[r].end > i })]
}

// lineRows makes a row of each line of the text, in a style, with its left edge at x.
func (b *builder) lineRows(t *text, s style, x, measure Length, part Part, how align) []*row {
	spans := t.spans(measure, func(start, end int) { b.warnBroken(t, start, end) })
	rows := make([]*row, 0, len(spans))
	for _, span := range spans {
		rows = append(rows, b.lineRow(t, span, s, x, measure, part, how))
	}
	for i, r := range rows {
		// No first line alone at the foot of a page, no last one at the head.
		r.keep = i == 0 && len(rows) > 1 || i == len(rows)-2
	}
	return rows
}

// warnBroken reports a word that was broken.
func (b *builder) warnBroken(t *text, start, end int) {
	const shown = 24
	word := t.drawn[start:end]
	ellipsis := ""
	if len(word) > shown {
		word, ellipsis = word[:shown], "…"
	}
	b.warnings.Warnf(b.pos, "word-broken", "%q is wider than its line on the page, and was broken", string(word)+ellipsis).
		Hint = "put a soft hyphen (U+00AD) or a zero width space (U+200B) where it may be divided"
}

// lineRow makes a row of one line.
func (b *builder) lineRow(t *text, s span, st style, x, measure Length, part Part, how align) *row {
	width := t.width(s)
	if s.hyphen {
		width += t.hyphenAt(s.end)
	}
	switch how {
	case left:
	case center:
		x += max(0, measure-width) / 2
	case right:
		x += max(0, measure-width)
	}

	r := &row{height: st.leading}
	baseline := st.baselineIn()
	line := Line{Part: part, Open: s.open, order: b.nextOrder()}
	line.aside = s.end < len(t.drawn) && t.runAt(s.end).kind == Address

	first := sort.Search(len(t.runs), func(i int) bool { return t.runs[i].end > s.start })
	// A picture makes its line higher.
	for i := first; i < len(t.runs) && t.start(i) < s.end; i++ {
		if higher := t.runs[i].height + st.size/4 - baseline; higher > 0 {
			baseline += higher
			r.height += higher
		}
	}
	line.Baseline = baseline

	linked := 0 // the link of the piece before
	for i := first; i < len(t.runs) && t.start(i) < s.end; i++ {
		u := &t.runs[i]
		from, to := max(t.start(i), s.start), min(u.end, s.end)
		px, w := x+t.x[from]-t.x[s.start], t.x[to]-t.x[from]
		if u.dest >= 0 && from == t.start(i) {
			r.dests = append(r.dests, u.dest)
		}
		if u.image != nil {
			r.pictures = append(r.pictures, Picture{X: px, Y: baseline - u.height, Width: u.width, Height: u.height, Image: u.image, Turn: turnOf(u.image)})
			continue
		}
		if words := visible(t.drawn[from:to]); words != "" {
			piece := Piece{X: px, Width: w, Face: u.face, Size: u.size, Rise: u.rise, Text: words, Kind: u.kind}
			line.Pieces = placeMarks(line.Pieces, piece)
		}
		if u.strike && w > 0 {
			top, thick := u.face.Strikeout()
			r.rules = append(r.rules, Rule{px, baseline - u.rise - scale(u.face, top, u.size), w, scale(u.face, thick, u.size)})
		}
		if u.link != 0 && w > 0 {
			if n := len(r.links); linked == u.link && n > 0 {
				r.links[n-1].Width = px + w - r.links[n-1].X
			} else {
				area := b.links[u.link]
				area.X, area.Width = px, w
				area.Y = baseline - u.rise - u.size*9/10
				area.Height = u.size * 12 / 10
				r.links = append(r.links, area)
			}
		}
		linked = u.link
	}
	if s.hyphen {
		u := t.runAt(s.end - 1)
		line.Pieces = append(line.Pieces, Piece{X: x + t.width(s), Width: t.hyphenAt(s.end), Face: u.face, Size: u.size, Rise: u.rise, Text: "-", Kind: Hyphen})
	}
	if len(line.Pieces) > 0 {
		r.lines = []Line{line}
	}
	return r
}

// start is where run i begins.
func (t *text) start(i int) int {
	if i == 0 {
		return 0
	}
	return t.runs[i-1].end
}

// visible is the text without what is never drawn.
func visible(drawn []rune) string {
	buf := make([]rune, 0, len(drawn))
	for _, r := range drawn {
		if r != '\n' && !ignorable(r) {
			buf = append(buf, r)
		}
	}
	return string(buf)
}
