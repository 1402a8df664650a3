package pasted

import "math"

// A solution says of every item whether it refers to notes. Notes are 1 to n;
// an item has one number or, in a group such as 2,9, several.
//
// A note is in its turn when, of the notes that are, those with lower numbers
// are first referred to before it. Every other note is a break: it is first
// referred to out of turn, or never. The best solution has the fewest breaks,
// that is, none where first references run 1, 2, 3 … n. It takes every number,
// other than those that stand before the first reference to a note in its turn:
// these look forward, and are numbers of another kind. Among solutions with
// equally few breaks the best leaves out the least, by weight.
//
// So a solution is a chain of items, each of which is the first reference to a
// note (in a group, to several), with numbers that rise from item to item, and
// its cost is a sum over the links of the chain: the longest rising
// subsequence, with weights. A group is taken as a whole: it is a link only if
// its highest number is in its turn. Two passes, from both ends, with a
// Fenwick tree over the notes give the best chain in O(m log n), and tell which
// links are in a best chain, and which notes no best chain can do without.
//
// Weights: positive for a number where a mark is expected; zero for one that
// can be either; negative for one that is taken only to save a break.

// turn is worth more than the weights of all items together.
const turn = int64(1) << 40

// candidate is what an item is to the solver.
type candidate struct {
	notes  []int // 1 to n, in the order of the text
	weight int   // small: at most a few units
}

// verdict is what becomes of a candidate.
type verdict int8

const (
	refused   verdict = iota // in no best solution
	certain                  // in every one
	ambiguous                // in some
	forward                  // in none, and taken for its place, see noteList.forward
)

// solution is what all best solutions have in common, and one of them.
type solution struct {
	verdicts []verdict
	inTurn   []bool // by note, from 1; of one best solution
	breaks   int    // of every best solution
}

// link is a way in which an item can continue a chain: it is the first
// reference to the last of its records from one on.
type link struct {
	before int64 // worth of the best chain up to here
	gain   int64 // what this adds
	pred   int   // lowest last note of a best chain up to here
	prev   int   // the item which ends it, -1 for none
}

// solve finds the best solutions for n notes.
func solve(n int, items []candidate) solution {
	records := make([][]int, len(items)) // of each item: its numbers that are higher than all before
	links := make([][]link, len(items))  // one for each record
	{
		// One array for all records: few items have more than one.
		all := make([]int, 0, len(items))
		arena := make([]link, 0, len(items))
		for i, it := range items {
			start, high := len(all), 0
			for _, v := range it.notes {
				if v > high {
					all = append(all, v)
					arena = append(arena, link{})
					high = v
				}
			}
			records[i] = all[start:len(all):len(all)]
			links[i] = arena[start:len(arena):len(arena)]
		}
	}

	// Forwards: the best chain that ends with each item.
	var (
		ends  = newMaxTree(n+1, false) // by last note
		owner = make([]int, n+1)       // the item that ends the best chain with that last note
		lost  = make([]int64, n+1)     // weight of the numbers of a note so far
	)
	for v := range owner {
		owner[v] = -1
	}
	ends.raise(0, 0)
	for i, it := range items {
		rec := records[i]
		gain := int64(min(it.weight, 0))
		best := int64(math.MinInt64)
		for j := len(rec) - 1; j >= 0; j-- {
			gain += turn - lost[rec[j]]
			before, pred := ends.best(rec[j] - 1)
			links[i][j] = link{before, gain, pred, owner[pred]}
			best = max(best, before+gain)
		}
		if last := rec[len(rec)-1]; ends.raise(last, best) {
			owner[last] = i
		}
		for _, v := range it.notes {
			lost[v] += int64(max(it.weight, 0))
		}
	}
	best, last := ends.best(n)

	s := solution{verdicts: make([]verdict, len(items)), inTurn: make([]bool, n+1), breaks: n}
	for i := owner[last]; i >= 0; {
		j := bestLink(links[i])
		for _, v := range records[i][j:] {
			s.inTurn[v] = true
			s.breaks--
		}
		i = links[i][j].prev
	}

	// Backwards: the links that are in a best chain.
	var (
		starts = newMaxTree(n+2, true) // what a chain can gain from its next note on
		first  = make([]int, n+1)      // the first and the last item that is, in a best chain,
		final  = make([]int, n+1)      // the first reference to the note
		critic = make([]bool, len(items))
		skip   = make([]int, n+2) // differences: how many best links pass over a note
	)
	for v := range first {
		first[v], final[v] = len(items), -1
	}
	pass := func(low, high int) { // the notes between low and high, without them
		if low+1 < high {
			skip[low+1]++
			skip[high]--
		}
	}
	pass(last, n+1)
	for i := len(items) - 1; i >= 0; i-- {
		rec := records[i]
		rest, _ := starts.best(rec[len(rec)-1] + 1)
		rest = max(rest, 0)
		for j, l := range links[i] {
			if l.before+l.gain+rest == best {
				critic[i] = true
				pass(l.pred, rec[j])
				for k, v := range rec[j:] {
					first[v] = i
					final[v] = max(final[v], i)
					if k > 0 {
						pass(rec[j+k-1], v)
					}
				}
			}
			starts.raise(rec[j], l.gain+rest)
		}
	}
	for v := 1; v <= n; v++ {
		skip[v] += skip[v-1]
	}

	for i, it := range items {
		top := records[i][len(records[i])-1]
		takes := first[top] <= i // is or follows the first reference to its highest note
		if !takes {
			takes = true
			for _, v := range it.notes {
				takes = takes && (skip[v] > 0 || first[v] <= i)
			}
		}
		refuses := false
		for _, v := range it.notes {
			refuses = refuses || final[v] > i
		}
		if it.weight <= 0 {
			refuses = skip[top] > 0 || first[top] != i || final[top] != i
		}
		if it.weight < 0 {
			takes = critic[i]
		}
		switch {
		case takes && refuses:
			s.verdicts[i] = ambiguous
		case takes:
			s.verdicts[i] = certain
		}
	}
	return s
}

// bestLink is the index of the best way into an item.
func bestLink(links []link) int {
	best := 0
	for j, l := range links {
		if l.before+l.gain > links[best].before+links[best].gain {
			best = j
		}
	}
	return best
}

// maxTree is a Fenwick tree for the highest value up to an index or, when it is
// turned, from an index on; among equal values the lowest index wins.
type maxTree struct {
	value  []int64
	index  []int
	turned bool
}

func newMaxTree(n int, turned bool) *maxTree {
	t := &maxTree{make([]int64, n+1), make([]int, n+1), turned}
	for i := range t.value {
		t.value[i] = math.MinInt64 / 2
	}
	return t
}

func (t *maxTree) slot(i int) int {
	if t.turned {
		return len(t.value) - 1 - i
	}
	return i + 1
}

// raise sets the value at i if it is higher than what is there.
func (t *maxTree) raise(i int, value int64) bool {
	raised := false
	for s := t.slot(i); s < len(t.value); s += s & -s {
		if value > t.value[s] || value == t.value[s] && i < t.index[s] {
			t.value[s], t.index[s] = value, i
			raised = true
		}
	}
	return raised
}

// best is the highest value up to i (from i on), and where it is.
func (t *maxTree) best(i int) (int64, int) {
	value, index := int64(math.MinInt64/2), 0
	for s := t.slot(i); s > 0; s -= s & -s {
		if t.value[s] > value || t.value[s] == value && t.index[s] < index {
			value, index = t.value[s], t.index[s]
		}
	}
	return value, index
}
