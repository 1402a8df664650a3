package bidi

import "slices"

// sequence is an isolating run sequence (BD13): the characters between which
// the rules W, N and I look. Its slices have one value for each character.
type sequence struct {
	at      []int32 // its place in the paragraph
	classes []class // its class so far
	level   Level
	sos     class // cL or cR: what is before the first character (X10)
	eos     class // and after the last one

	brackets brackets
}

// resolve writes the resolved levels of the paragraph into dst (X10).
func (p *paragraph) resolve(dst []Level, base Level) {
	before := base // of the last character that is not removed
	for i := range p.text {
		if !p.done[i] {
			p.gather(i, before, base)
			p.seq.resolve(p, dst)
		}
		if !removed.has(p.classes[i]) {
			before = p.levels[i]
		}
	}
	last := base
	for i, k := range p.classes {
		if removed.has(k) {
			dst[i] = last
		}
		last = dst[i]
	}
}

// gather makes the sequence that begins at i. The level before i is that of
// the last character there that is not removed.
//
// Sequences are met in the order of their first characters, so that a PDI with
// an initiator in an earlier run is done when its own run is reached.
func (p *paragraph) gather(i int, before, base Level) {
	q := &p.seq
	n := len(p.classes)
	q.at = slices.Grow(q.at[:0], n-i)
	q.classes = slices.Grow(q.classes[:0], n-i)
	q.level = p.levels[i]
	q.sos = max(before, q.level).direction()
	after := base
	for i < n {
		p.done[i] = true
		q.at = append(q.at, int32(i))
		q.classes = append(q.classes, p.classes[i])
		next := p.after(i)
		if next < n && p.levels[next] == q.level {
			i = next
			continue
		}
		// The end of a level run. The sequence goes on at the PDI of an
		// initiator that stands here; without one, X10 counts the base level.
		if p.opens(i) {
			i = int(p.match[i])
			continue
		}
		if next < n {
			after = p.levels[next]
		}
		break
	}
	q.eos = max(after, q.level).direction()
}

// after is the place of the next character that is not removed.
func (p *paragraph) after(i int) int {
	for i++; i < len(p.classes) && removed.has(p.classes[i]); i++ {
	}
	return i
}

// opens says whether the character at i is an isolate initiator. Its class
// does not tell: an override may have changed it.
func (p *paragraph) opens(i int) bool { return int(p.match[i]) > i }

// resolve applies the rules W, N and I, and writes the levels into dst.
func (q *sequence) resolve(p *paragraph, dst []Level) {
	q.weak()
	q.pairs(p)
	q.neutral()
	for i, at := range q.at {
		l := q.level
		switch k := q.classes[i]; { // I1, I2
		case l.IsRTL():
			if k != cR {
				l++
			}
		case k == cR:
			l++
		case k == cAN || k == cEN:
			l += 2
		}
		dst[at] = l
	}
}

// weak applies W1 to W7.
func (q *sequence) weak() {
	c := q.classes
	before, strong := q.sos, q.sos
	for i, k := range c { // W1, W2, W3
		if k == cNSM {
			k = before
		}
		before = k
		switch {
		case isolates.has(k):
			before = cON
		case k == cL || k == cR:
			strong = k
		case k == cAL:
			strong, k = cAL, cR
		case k == cEN && strong == cAL:
			k = cAN
		}
		c[i] = k
	}
	for i := 1; i < len(c)-1; i++ { // W4
		k := c[i-1]
		if k == c[i+1] && (k == cEN && (c[i] == cES || c[i] == cCS) || k == cAN && c[i] == cCS) {
			c[i] = k
		}
	}
	for i := 0; i < len(c); i++ { // W5
		if c[i] != cET {
			continue
		}
		j := i + 1
		for j < len(c) && c[j] == cET {
			j++
		}
		if i > 0 && c[i-1] == cEN || j < len(c) && c[j] == cEN {
			fill(c[i:j], cEN)
		}
		i = j
	}
	strong = q.sos
	for i, k := range c { // W6, W7
		switch k {
		case cL, cR:
			strong = k
		case cES, cET, cCS:
			c[i] = cON
		case cEN:
			if strong == cL {
				c[i] = cL
			}
		}
	}
}

// neutral applies N1 and N2.
func (q *sequence) neutral() {
	c := q.classes
	before := q.sos
	for i := 0; i < len(c); i++ {
		if !neutrals.has(c[i]) {
			before = side(c[i])
			continue
		}
		j := i + 1
		for j < len(c) && neutrals.has(c[j]) {
			j++
		}
		after := q.eos
		if j < len(c) {
			after = side(c[j])
		}
		if before == after {
			fill(c[i:j], before)
		} else {
			fill(c[i:j], q.level.direction())
		}
		i = j - 1
	}
}

// side is the direction that a letter or a number has for what stands beside
// it: numbers count as cR (N0, N1).
func side(k class) class {
	if k == cL {
		return cL
	}
	return cR
}

func fill(c []class, k class) {
	for i := range c {
		c[i] = k
	}
}
