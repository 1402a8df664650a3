package bidi

import ucd "golang.org/x/text/unicode/bidi"

// maxBrackets is how many open brackets BD16 keeps in mind.
const maxBrackets = 63

// brackets are the bracket pairs of a sequence.
type brackets struct {
	// pair has, for the opening bracket of a pair, the pair's index in found
	// plus one; zero elsewhere. A sequence without pairs leaves it empty.
	pair  []int32
	found []bracketPair
}

// A bracketPair is a pair of BD16: places in the sequence, and the directions
// of the letters and numbers between them.
type bracketPair struct {
	open, close int
	inside      set // of cL and cR
}

// pairs applies N0.
func (q *sequence) pairs(p *paragraph) {
	if !q.findPairs(p) {
		return
	}
	c, embedding := q.classes, q.level.direction()
	before := q.sos
	for i := range c {
		n := q.brackets.pair[i]
		if n == 0 {
			if !neutrals.has(c[i]) {
				before = side(c[i])
			}
			continue
		}
		pair := q.brackets.found[n-1]
		to := cON
		switch {
		case pair.inside.has(embedding): // N0 b
			to = embedding
		case pair.inside != 0: // N0 c: only the other direction is inside
			to = embedding
			if before != embedding {
				to = before
			}
		}
		if to == cON { // N0 d
			continue
		}
		before = to
		for _, k := range [2]int{pair.open, pair.close} {
			c[k] = to
			// Marks on the bracket go with it. W1 has made them neutral, as the
			// bracket was.
			for k++; k < len(c) && classOf(p.text[q.at[k]]) == cNSM && c[k] == cON; k++ {
				c[k] = to
			}
		}
	}
}

// findPairs finds the pairs of BD16 and says whether there are any.
func (q *sequence) findPairs(p *paragraph) bool {
	b := &q.brackets
	b.found = b.found[:0]
	type opening struct {
		at     int
		closer rune
		inside set
	}
	var stack [maxBrackets]opening
	depth := 0
	for i, k := range q.classes {
		if k != cON {
			if depth > 0 && !neutrals.has(k) {
				stack[depth-1].inside |= 1 << side(k)
			}
			continue
		}
		c := p.text[q.at[i]]
		prop, _ := ucd.LookupRune(c)
		if !prop.IsBracket() {
			continue
		}
		c = canonical(c)
		if prop.IsOpeningBracket() {
			if depth == maxBrackets {
				break
			}
			stack[depth] = opening{i, closer(c), 0}
			depth++
			continue
		}
		for d := depth - 1; d >= 0; d-- {
			if stack[d].closer != c {
				continue
			}
			// What is inside openings that nothing closes is inside this pair.
			inside := set(0)
			for _, o := range stack[d:depth] {
				inside |= o.inside
			}
			b.found = append(b.found, bracketPair{stack[d].at, i, inside})
			if depth = d; d > 0 {
				stack[d-1].inside |= inside
			}
			break
		}
	}
	if len(b.found) == 0 {
		return false
	}
	b.pair = append(b.pair[:0], make([]int32, len(q.classes))...)
	for n, pair := range b.found {
		b.pair[pair.open] = int32(n + 1)
	}
	return true
}

// canonical is the character that a bracket is canonically equivalent to: two
// of them are equivalent to others (BD14, BD15).
func canonical(c rune) rune {
	switch c {
	case 0x2329:
		return 0x3008
	case 0x232A:
		return 0x3009
	}
	return c
}

// closer is the Bidi_Paired_Bracket of an opening bracket. It is the next
// character, with these exceptions.
func closer(open rune) rune {
	switch open {
	case '[', '{', '［', '｛':
		return open + 2
	case 0x298D:
		return 0x2990
	case 0x298F:
		return 0x298E
	}
	return open + 1
}
