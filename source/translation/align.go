package translation

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// step is one part of an alignment: units a[a:a+na] of the original answer
// units b[b:b+nb] of the translation. na and nb are 1 and 1 for a pair, 1 and
// 0 for a unit that is missing, 0 and 1 for one that was added, 1 and 2 for
// one that was split, 2 and 1 for two that were joined.
type step struct {
	a, na int
	b, nb int
}

// index gives numbers to what identifies units in every language: references,
// links, and numbers in digits.
type index map[string]int32

// mark sets the ids of units.
func (x index) mark(units []*unit) {
	id := func(key string) int32 {
		n, ok := x[key]
		if !ok {
			n = int32(len(x))
			x[key] = n
		}
		return n
	}
	for _, u := range units {
		for _, r := range u.refs {
			u.ids = append(u.ids, id("^"+r))
		}
		for _, l := range u.links {
			u.ids = append(u.ids, id("<"+l))
		}
		for _, n := range u.figs.numbers {
			u.ids = append(u.ids, id(n))
		}
		slices.Sort(u.ids)
	}
}

// fingerprint is equal for units that have the same kind and the same ids;
// empty for a unit with too little in it to be known by.
func (u *unit) fingerprint() string {
	if len(u.ids) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString(string(u.kind))
	for _, id := range u.ids {
		b.WriteByte(' ')
		b.WriteString(decimal(int(id)))
	}
	return b.String()
}

// aligner aligns the units of an original and a translation.
type aligner struct {
	unitsA, unitsB []*unit
	scale
	versions bool // of one text, whose ids are words
	steps    []step
}

// scale is how long the two texts are: a thousand times the letters of a unit
// on the average. Chinese says in 300 characters what takes 1,000 in English.
type scale struct{ a, b int }

func newScale(a, b []*unit) scale {
	mean := func(units []*unit) int {
		sum := 1
		for _, u := range units {
			sum += u.size
		}
		return 1000*sum/max(1, len(units)) + 1
	}
	return scale{mean(a), mean(b)}
}

// align finds which units of b answer which of a. Units that nothing but them
// can answer are found first; what is between them is aligned by the best sum
// of likenesses, which allows for units that are missing, added, split and
// joined. Time and memory are linear in the number of units, for each gap
// between known pairs with a factor of some hundred.
func align(a, b []*unit, s scale) []step {
	return (&aligner{unitsA: a, unitsB: b, scale: s}).align()
}

// alignVersions aligns two versions of one text.
func alignVersions(a, b []*unit) []step {
	return (&aligner{unitsA: a, unitsB: b, scale: scale{1, 1}, versions: true}).align()
}

func (x *aligner) align() []step {
	i, j := 0, 0
	for _, p := range x.anchors() {
		x.gap(i, p.a, j, p.b)
		x.steps = append(x.steps, p)
		i, j = p.a+1, p.b+1
	}
	x.gap(i, len(x.unitsA), j, len(x.unitsB))
	return x.steps
}

// anchors are pairs of units that are alike and unlike all others, in order:
// the longest row of them that rises in both texts.
func (x *aligner) anchors() []step {
	type seen struct{ a, b, at int }
	once := map[string]*seen{}
	for i, u := range x.unitsA {
		if f := u.fingerprint(); f != "" {
			if s := once[f]; s != nil {
				s.a++
			} else {
				once[f] = &seen{a: 1, at: i}
			}
		}
	}
	for _, u := range x.unitsB {
		if s := once[u.fingerprint()]; s != nil {
			s.b++
		}
	}
	var pairs []step
	for j, u := range x.unitsB {
		s := once[u.fingerprint()]
		if s != nil && s.a == 1 && s.b == 1 && (x.versions || x.unlike(x.unitsA[s.at].size, u.size) <= 16) {
			pairs = append(pairs, step{s.at, 1, j, 1})
		}
	}
	// Longest increasing subsequence of pairs[].a by patience sorting.
	var piles []int // index into pairs of the top card
	before := make([]int, len(pairs))
	for k, p := range pairs {
		n := sort.Search(len(piles), func(i int) bool { return pairs[piles[i]].a >= p.a })
		before[k] = -1
		if n > 0 {
			before[k] = piles[n-1]
		}
		if n == len(piles) {
			piles = append(piles, k)
		} else {
			piles[n] = k
		}
	}
	if len(piles) == 0 {
		return nil
	}
	var row []step
	for k := piles[len(piles)-1]; k >= 0; k = before[k] {
		row = append(row, pairs[k])
	}
	slices.Reverse(row)
	return row
}

// Scores of an alignment, in tenths.
const (
	scoreKind    = 40  // units of one kind
	scoreCommon  = 40  // for each reference, link or number that both have
	scoreAlone   = -25 // for each that only one has; one that became another is one
	scoreMissing = -20 // for a unit that nothing answers
	scoreSplit   = -30 // for a pair that is not one to one
	never        = math.MinInt32 / 2
)

// unlike says how far apart two sizes are once the texts as a whole are
// brought to one size: 0 to 120, with little weight for short units.
func (s scale) unlike(a, b int) int {
	p, q := a*s.b/s.a, b
	if s.a > s.b {
		p, q = a, b*s.a/s.b
	}
	return 120 * max(p-q, q-p) / (p + q + 8)
}

// like says how well b, or b and c together, answer a.
func (x *aligner) like(a, b, c *unit) int {
	score := 0
	switch {
	case a.kind == b.kind && a.level == b.level:
		score = scoreKind
	case a.kind == b.kind, a.kind.isProse() && b.kind.isProse():
		score = scoreKind / 2
	default:
		return never
	}
	var more []int32
	size := b.size
	if c != nil {
		more = c.ids
		size += c.size
	}
	common, onlyA, onlyB := compare(a.ids, b.ids, more)
	if x.versions {
		// Two versions have half of their words in common, or more.
		if c != nil {
			return never
		}
		return score - 160 + 480*common/max(1, 2*common+onlyA+onlyB)
	}
	return score + min(common, 20)*scoreCommon + min(max(onlyA, onlyB), 6)*scoreAlone
}

// compare counts what sorted a has in common with sorted b and c together,
// and what only a, or only b and c have.
func compare(a, b, c []int32) (common, onlyA, onlyB int) {
	sizeA, sizeB := len(a), len(b)+len(c)
	for _, id := range a {
		for len(b) > 0 && b[0] < id {
			b = b[1:]
		}
		for len(c) > 0 && c[0] < id {
			c = c[1:]
		}
		switch {
		case len(b) > 0 && b[0] == id:
			b = b[1:]
			common++
		case len(c) > 0 && c[0] == id:
			c = c[1:]
			common++
		}
	}
	return common, sizeA - common, sizeB - common
}

// gap aligns a[i0:i1] with b[j0:j1].
func (x *aligner) gap(i0, i1, j0, j1 int) {
	n, m := i1-i0, j1-j0
	if n == 0 || m == 0 {
		for i := range n {
			x.steps = append(x.steps, step{i0 + i, 1, j0, 0})
		}
		for j := range m {
			x.steps = append(x.steps, step{i1, 0, j0 + j, 1})
		}
		return
	}
	// Only a band along the diagonal is looked at, wide enough for all units
	// that one side can lack, as long as that is not too much work.
	half := 100 + min(max(n-m, m-n), 2_000_000/n)
	width := 2*half + 1
	low := func(i int) int { return i*m/n - half }
	if width > m {
		width = m + 1
		low = func(int) int { return 0 }
	}
	scores := make([]int32, (n+1)*width)
	from := make([]uint8, (n+1)*width) // index into moves
	at := func(i, j int) int32 {
		if k := j - low(i); i >= 0 && j >= 0 && k >= 0 && k < width {
			return scores[i*width+k]
		}
		return never
	}
	for i := 0; i <= n; i++ {
		for k := range width {
			j := low(i) + k
			best, move := int32(never), uint8(0)
			if i == 0 && j == 0 {
				best = 0
			}
			if j >= 0 && j <= m {
				for t, mv := range moves {
					if i < mv.a || j < mv.b {
						continue
					}
					before := at(i-mv.a, j-mv.b)
					if before == never {
						continue
					}
					s := x.score(i0+i-mv.a, j0+j-mv.b, mv)
					if s > never/2 && before+int32(s) > best {
						best, move = before+int32(s), uint8(t)
					}
				}
			}
			scores[i*width+k], from[i*width+k] = best, move
		}
	}
	start := len(x.steps)
	for i, j := n, m; i > 0 || j > 0; {
		mv := moves[from[i*width+j-low(i)]]
		i, j = i-mv.a, j-mv.b
		x.steps = append(x.steps, step{i0 + i, mv.a, j0 + j, mv.b})
	}
	slices.Reverse(x.steps[start:])
}

// move is how far a step goes in both texts.
type move struct{ a, b int }

// moves are all that there are; of equal ones the first is taken.
var moves = [...]move{{1, 1}, {1, 0}, {0, 1}, {1, 2}, {2, 1}}

// score is what a step from a[i], b[j] is worth.
func (x *aligner) score(i, j int, mv move) int {
	switch mv {
	case move{1, 1}:
		a, b := x.unitsA[i], x.unitsB[j]
		if x.versions {
			return x.like(a, b, nil)
		}
		return x.like(a, b, nil) - x.unlike(a.size, b.size)
	case move{1, 2}:
		return x.part(x.unitsA[i], x.unitsB[j], x.unitsB[j+1])
	case move{2, 1}:
		// Likeness is symmetric, but sizes are not.
		a, b, c := x.unitsB[j], x.unitsA[i], x.unitsA[i+1]
		if b.kind != c.kind || !b.kind.isProse() || b.kind == heading {
			return never
		}
		return x.like(a, b, c) - x.unlike(b.size+c.size, a.size) + scoreSplit
	default:
		return scoreMissing
	}
}

// part is what it is worth that b and c together answer a.
func (x *aligner) part(a, b, c *unit) int {
	if b.kind != c.kind || !b.kind.isProse() || b.kind == heading {
		return never
	}
	return x.like(a, b, c) - x.unlike(a.size, b.size+c.size) + scoreSplit
}
