package paragraph

import (
	"slices"

	"qalam/export/bidi"
	"qalam/export/fonts"
)

// line is a line that is being built.
type line struct {
	clusters []cluster
	segments []segment
	order    []int // of the segments, from left to right
	units    []unit
	inner    []unit
}

// segment is a part of a line that becomes a piece: clusters[first:last] of the line.
type segment struct {
	item        int
	first, last int
	end         int // of its text
	hyphen      bool
	units       int64
	spaces      int64  // how many
	spaceUnits  int64  // and how wide
	east        kind   // ideo or hangul, if there are such characters
	gaps        Length // how many places there are to set them apart
}

// build makes the line from places[start] to places[end].
func (s *Setter) build(p *Paragraph, start, end int32) Line {
	from, to := &s.places[start], &s.places[end]
	glyphs := len(s.glyphs)
	s.gather(from, to)
	s.trim(from)
	s.divide(int(to.end))
	l := s.pieces(p, from, to)
	s.glyphs = s.glyphs[:glyphs]
	return l
}

// trim takes the blanks from both ends of a line, and repeats the hyphen of the
// line before at its beginning.
func (s *Setter) trim(from *place) {
	ln := &s.line
	if len(ln.clusters) == 0 {
		return
	}
	if first := &ln.clusters[0]; first.head > 0 {
		s.own(first)
		s.glyphs[first.glyph].X -= first.head
		s.widen(first, -int32(first.head))
	}
	if last := &ln.clusters[len(ln.clusters)-1]; last.tail > 0 {
		s.own(last)
		s.widen(last, -int32(last.tail))
	}
	if !from.repeats {
		return
	}
	if it := &s.items[ln.clusters[0].item]; it.shaper != nil {
		hyphen := s.addHyphen(ln.clusters[0].item, it.shaper, from.next)
		ln.clusters = slices.Insert(ln.clusters, 0, hyphen)
	}
}

// own gives a cluster of the line glyphs of its own.
func (s *Setter) own(c *cluster) {
	at := int32(len(s.glyphs))
	s.glyphs = append(s.glyphs, s.glyphs[c.glyph:c.glyph+c.glyphs]...)
	c.glyph = at
}

// addHyphen is a cluster with a hyphen that stands alone.
func (s *Setter) addHyphen(item int32, sh *shaper, char int32) cluster {
	c := cluster{char: char, item: item, glyph: int32(len(s.glyphs)), glyphs: int32(len(sh.dash.glyphs)), units: sh.hyphenUnits, kind: added}
	s.glyphs = append(s.glyphs, sh.dash.glyphs...)
	return c
}

// gather copies the clusters of a line, and shapes again what the line cuts.
func (s *Setter) gather(from, to *place) {
	ln := &s.line
	ln.clusters = ln.clusters[:0]
	start, end := int(from.next), int(to.end)
	if start >= end {
		return
	}
	hyphen := to.how == hyphenated
	first, last := s.clusterAt(start), s.clusterAt(end)
	front, frontOK := s.frontTo(start, first)
	tail, tailOK := last, false
	if last > 0 {
		if it := &s.items[s.clusters[last-1].item]; it.shaper != nil && end <= it.end {
			tail, tailOK = s.tailFrom(it, last, end, hyphen)
		}
	}
	switch {
	case tailOK && (int(s.clusters[tail].char) < start || frontOK && tail < front):
		s.again(int(s.clusters[tail].item), start, end, hyphen) // the line is one piece of a word
		return
	case frontOK:
		i := int(s.clusters[front-1].item)
		s.again(i, start, s.charAfter(front-1, &s.items[i]), false)
		first = front
	}
	ln.clusters = append(ln.clusters, s.clusters[first:tail]...)
	if tailOK {
		s.again(int(s.clusters[tail].item), int(s.clusters[tail].char), end, hyphen)
	}
}

// again shapes chars[start:end] of an item, which a line begins or ends with,
// and appends it to the line.
func (s *Setter) again(i, start, end int, hyphen bool) {
	sh := s.items[i].shaper
	s.shapeFragment(sh, start, end, hyphen)
	var w shaped
	if hyphen {
		w = s.take(sh, s.padded, 0, len(s.padded))
		if n := len(w.clusters); n == 0 || int(w.clusters[n-1].offset) != end-start { // it has become a part of the letter before it
			s.again(i, start, end, false)
			s.line.clusters = append(s.line.clusters, s.addHyphen(int32(i), sh, int32(end)))
			return
		}
	} else {
		w = s.take(sh, s.text.chars, start, end)
	}
	g := int32(len(s.glyphs))
	s.glyphs = append(s.glyphs, w.glyphs...)
	for k, c := range w.clusters {
		again := cluster{char: int32(start) + c.offset, item: int32(i), glyph: g, glyphs: c.glyphs, units: c.units}
		next := end
		if k+1 < len(w.clusters) {
			next = min(end, start+int(w.clusters[k+1].offset))
		}
		if at := int(again.char); at >= end {
			again.kind = added
		} else {
			again.kind = sh.kindOf(s.base(at, next))
		}
		s.line.clusters = append(s.line.clusters, again)
		g += c.glyphs
	}
}

// divide finds the segments of the line, whose text ends before chars[end].
func (s *Setter) divide(end int) {
	ln := &s.line
	ln.segments = ln.segments[:0]
	for i := range ln.clusters {
		c := &ln.clusters[i]
		hyphen := c.kind == added
		n := len(ln.segments)
		if n == 0 || ln.segments[n-1].item != int(c.item) || ln.segments[n-1].hyphen != hyphen {
			if n > 0 {
				ln.segments[n-1].end = min(ln.segments[n-1].end, int(c.char))
			}
			ln.segments = append(ln.segments, segment{item: int(c.item), first: i, hyphen: hyphen, end: min(s.items[c.item].end, end)})
			n++
		}
		g := &ln.segments[n-1]
		g.last = i + 1
		g.units += int64(c.units)
		switch c.kind {
		case space:
			g.spaces++
			g.spaceUnits += int64(c.units)
		case ideo, hangul:
			g.east = max(g.east, c.kind)
		}
	}
	s.order()
}

// order finds the order of the segments from left to right (UAX #9, L2). What
// is glued to a word moves as one, and has an order of its own.
func (s *Setter) order() {
	ln := &s.line
	ln.order, ln.units = ln.order[:0], ln.units[:0]
	for i := range ln.segments {
		it := &s.items[ln.segments[i].item]
		if n := len(ln.units); n > 0 && it.glued > 0 && ln.units[n-1].glued == it.glued {
			ln.units[n-1].last = i + 1
			continue
		}
		u := unit{first: i, last: i + 1, level: it.level, glued: it.glued}
		if it.glued > 0 {
			u.level = s.text.glued[it.glued-1].level
		}
		ln.units = append(ln.units, u)
	}
	bidi.Reorder(ln.units, unit.at)
	for _, u := range ln.units {
		if u.glued == 0 {
			ln.order = append(ln.order, u.first)
			continue
		}
		ln.inner = ln.inner[:0]
		for i := u.first; i < u.last; i++ {
			ln.inner = append(ln.inner, unit{first: i, level: s.items[ln.segments[i].item].level})
		}
		bidi.Reorder(ln.inner, unit.at)
		for _, in := range ln.inner {
			ln.order = append(ln.order, in.first)
		}
	}
}

// unit is segments that move as one: segments[first:last].
type unit struct {
	first, last int
	level       bidi.Level
	glued       int
}

func (u unit) at() bidi.Level { return u.level }

// pieces makes the pieces of the line.
func (s *Setter) pieces(p *Paragraph, from, to *place) Line {
	ln := &s.line
	out := Line{Open: to.how != forced && to.end == to.next, Pieces: make([]Piece, 0, len(ln.segments))}
	for i := range ln.segments {
		g := &ln.segments[i]
		it := &s.items[g.item]
		run := &p.Runs[it.run]
		pc := Piece{Run: it.run, RTL: it.level.IsRTL(), Hyphen: g.hyphen}
		if it.shaper == nil {
			pc.Width = run.Object.Width
			pc.Text = string(objectChar)
			out.Ascent = max(out.Ascent, run.Object.Height+run.Rise)
		} else {
			pc.Face = it.shaper.face
			pc.Glyphs = s.cutGlyphs(ln.clusters[g.first:g.last], pc.RTL)
			pc.Text = s.pieceText(g, ln.clusters[g.first].char)
			pc.Width = it.scale(int32(g.units))
			out.reach(pc.Face, it.size, run.Rise)
		}
		out.Pieces = append(out.Pieces, pc)
	}
	if len(out.Pieces) == 0 { // a line without text is as high as one with it
		i := min(s.runAt(int(from.next)), len(p.Runs)-1)
		run := &p.Runs[i]
		face := s.choice(scriptOf(p.runLang(i)), run.Style, p.runLang(i)).face([]rune{' '})
		out.reach(face, run.Size, run.Rise)
	}
	s.justify(p, &out, to)
	s.arrange(p, &out)
	return out
}

// reach makes the line as high as a face is.
func (l *Line) reach(face *fonts.Face, size, rise Length) {
	em := Length(face.UnitsPerEm())
	l.Ascent = max(l.Ascent, Length(face.Ascent())*size/em+rise)
	l.Descent = max(l.Descent, Length(face.Descent())*size/em-rise)
}

// A space grows by widestSpace halves of the size at most, and the gap between two
// East Asian characters by size/widestGap. A line that would need more is left
// as it is: holes are worse than a ragged edge.
const (
	widestSpace = 3
	widestGap   = 3
	closest     = 8 // letters are never set closer than by size/closest
)

// justify widens or narrows the spaces of a line so that it fills the measure,
// or at least does not go beyond it.
func (s *Setter) justify(p *Paragraph, out *Line, to *place) {
	ln := &s.line
	short := p.Measure + to.hang
	spaces := int64(0)
	for i := range out.Pieces {
		short -= out.Pieces[i].Width
		spaces += ln.segments[i].spaces
	}
	switch {
	case short < 0:
		s.narrow(out, short)
	case p.Align == Justify && to.how != forced && short > 0:
		// Hangul gives way only where there is no space.
		which := ideo
		if spaces == 0 {
			which = hangul
		}
		s.stretch(out, short, which)
	}
}

// stretch makes a line longer, at its spaces and between the East Asian
// characters that are at least of the given kind.
func (s *Setter) stretch(out *Line, short Length, which kind) {
	ln := &s.line
	var sum Length // how much all of it gives way
	for i := range ln.segments {
		g := &ln.segments[i]
		it := &s.items[g.item]
		if it.shaper == nil {
			continue
		}
		sum += it.scale(int32(g.spaceUnits)) / 2
		if g.east >= which {
			g.gaps = Length(g.last - g.first)
			if i == ln.order[len(ln.order)-1] && !it.level.IsRTL() {
				g.gaps-- // none after the last character
			}
			sum += g.gaps * (it.size / gapShare)
		}
	}
	if sum <= 0 {
		return
	}
	for i := range ln.segments {
		g, pc := &ln.segments[i], &out.Pieces[i]
		it := &s.items[g.item]
		if g.spaces > 0 {
			each := it.scale(int32(g.spaceUnits)) / 2 / Length(g.spaces)
			pc.WordSpace = short * each / sum
		}
		if g.gaps > 0 {
			pc.LetterSpace = short * (it.size / gapShare) / sum
		}
		if pc.WordSpace > it.size*widestSpace/2 || pc.LetterSpace > it.size/widestGap {
			for k := range i + 1 {
				out.Pieces[k].WordSpace, out.Pieces[k].LetterSpace = 0, 0
			}
			return
		}
	}
	for i := range ln.segments {
		g, pc := &ln.segments[i], &out.Pieces[i]
		pc.Width += pc.WordSpace*Length(g.spaces) + pc.LetterSpace*g.gaps
	}
}

// narrow makes a line shorter by -short: at its spaces as far as they go, and
// by setting its letters closer when that is not enough, which it nearly always
// is.
func (s *Setter) narrow(out *Line, short Length) {
	ln := &s.line
	var spaces, clusters Length
	for i := range ln.segments {
		g := &ln.segments[i]
		if it := &s.items[g.item]; it.shaper != nil {
			spaces += it.scale(int32(g.spaceUnits))
			clusters += Length(g.last - g.first)
		}
	}
	for i := range ln.segments {
		g, pc := &ln.segments[i], &out.Pieces[i]
		if g.spaces > 0 && spaces > 0 {
			width := s.items[g.item].scale(int32(g.spaceUnits))
			each := floorDiv(max(short, -spaces/2)*width, spaces*Length(g.spaces))
			pc.WordSpace = each
			pc.Width += each * Length(g.spaces)
		}
	}
	if short >= -spaces/2 || clusters == 0 {
		return
	}
	each := floorDiv(short+spaces/2, clusters)
	for i := range ln.segments {
		g, pc := &ln.segments[i], &out.Pieces[i]
		if it := &s.items[g.item]; it.shaper != nil {
			pc.LetterSpace = max(each, -it.size/closest)
			pc.Width += pc.LetterSpace * Length(g.last-g.first)
		}
	}
}

// floorDiv is a/b, rounded down; b is positive.
func floorDiv(a, b Length) Length {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// cutGlyphs copies the glyphs of clusters, in the order in which they stand
// from left to right.
func (s *Setter) cutGlyphs(clusters []cluster, rtl bool) []Glyph {
	n := 0
	for i := range clusters {
		n += int(clusters[i].glyphs)
	}
	out := s.newGlyphs(n)
	for i := range clusters {
		c := &clusters[i]
		if rtl {
			c = &clusters[len(clusters)-1-i]
		}
		out = append(out, s.glyphs[c.glyph:c.glyph+c.glyphs]...)
	}
	return out
}

// chunk is how many glyphs are allocated at a time.
const chunk = 4096

// newGlyphs is an empty slice with room for n glyphs.
func (s *Setter) newGlyphs(n int) []Glyph {
	if n > chunk/4 {
		return make([]Glyph, 0, n)
	}
	if cap(s.arena)-len(s.arena) < n {
		s.arena = make([]Glyph, 0, chunk)
	}
	at := len(s.arena)
	s.arena = s.arena[:at+n]
	return s.arena[at : at : at+n]
}

// pieceText is the text of a segment whose first character is chars[start].
func (s *Setter) pieceText(g *segment, start int32) string {
	if g.hyphen {
		return string(s.items[g.item].shaper.hyphen())
	}
	t := &s.text
	run := s.items[g.item].run
	text := t.strings[run]
	end := len(text)
	if g.end < t.runs[run+1] {
		end = int(t.offsets[g.end])
	}
	if slices.ContainsFunc(t.chars[start:g.end], vanishes) {
		return visible(t.chars[start:g.end])
	}
	return text[t.offsets[start]:end]
}

// arrange puts the pieces of a line side by side, and the line in its place in
// the measure.
func (s *Setter) arrange(p *Paragraph, out *Line) {
	var width Length
	for i := range out.Pieces {
		width += out.Pieces[i].Width
	}
	x := Length(0)
	switch rtl := s.text.base.IsRTL(); {
	case p.Align == Center:
		x = (p.Measure - width) / 2
	case (p.Align == End) != rtl:
		x = p.Measure - width
	}
	for _, i := range s.line.order {
		out.Pieces[i].X = x
		x += out.Pieces[i].Width
	}
}
