package pasted

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// reading is one way to read a text, for exhaustive search: which items are
// links of the chain, from which of their records on.
type reading struct {
	value int64
	first map[int]int // notes in their turn: the item that refers to them first
}

// readings tries every chain.
func readings(items []candidate) (best []reading) {
	var most int64 = -1 << 60
	var walk func(i, last int, value int64, first map[int]int)
	walk = func(i, last int, value int64, first map[int]int) {
		if i == len(items) {
			if value > most {
				most, best = value, nil
			}
			if value == most {
				c := map[int]int{}
				for v, at := range first {
					c[v] = at
				}
				best = append(best, reading{value, c})
			}
			return
		}
		walk(i+1, last, value, first)
		var records []int
		for _, v := range items[i].notes {
			if len(records) == 0 || v > records[len(records)-1] {
				records = append(records, v)
			}
		}
		for j, low := range records {
			if low <= last {
				continue
			}
			v := value + int64(min(items[i].weight, 0))
			for _, note := range records[j:] {
				first[note] = i
				v += turn
				for _, it := range items[:i] {
					for _, n := range it.notes {
						if n == note {
							v -= int64(max(it.weight, 0))
						}
					}
				}
			}
			walk(i+1, records[len(records)-1], v, first)
			for _, note := range records[j:] {
				delete(first, note)
			}
		}
	}
	walk(0, 0, 0, map[int]int{})
	return best
}

// judge says what becomes of each item in all of the readings.
func judge(items []candidate, best []reading) []verdict {
	out := make([]verdict, len(items))
	for i, it := range items {
		taken, left := false, false
		for _, r := range best {
			early, link := false, false
			for _, v := range it.notes {
				at, ok := r.first[v]
				early = early || ok && at > i
				link = link || ok && at == i
			}
			switch {
			case it.weight > 0:
				taken, left = taken || !early, left || early
			case it.weight == 0:
				taken, left = taken || !early, left || !link
			default:
				taken, left = taken || link, left || !link
			}
		}
		switch {
		case taken && left:
			out[i] = ambiguous
		case taken:
			out[i] = certain
		}
	}
	return out
}

// The solver finds what exhaustive search finds: the number of breaks, and what
// all best solutions have in common.
func TestSolveExhaustive(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	kinds := map[verdict]int{}
	for range 30_000 {
		n := 1 + rng.IntN(6)
		items := make([]candidate, rng.IntN(9))
		groups := false
		for i := range items {
			items[i].notes = []int{1 + rng.IntN(n)}
			items[i].weight = []int{afterStop, afterStop, afterWord, either, lastResort}[rng.IntN(5)]
			if rng.IntN(6) == 0 {
				groups = true
				items[i].notes = append(items[i].notes, 1+rng.IntN(n))
			}
		}
		s := solve(n, items)
		best := readings(items)
		if want := n - len(best[0].first); s.breaks != want {
			t.Fatalf("%v: %d breaks, want %d", items, s.breaks, want)
		}
		turns := map[int]bool{}
		for v, in := range s.inTurn {
			if in {
				turns[v] = true
			}
		}
		if !slices.ContainsFunc(best, func(r reading) bool {
			for v := range r.first {
				if !turns[v] {
					return false
				}
			}
			return len(r.first) == len(turns)
		}) {
			t.Fatalf("%v: notes in turn %v are those of no best reading", items, turns)
		}
		for i, want := range judge(items, best) {
			if s.verdicts[i] != want {
				// In a group one note may need a reading that another note of
				// the group forbids; then the group is called ambiguous where
				// it is refused.
				if groups && s.verdicts[i] == ambiguous && len(items[i].notes) > 1 {
					continue
				}
				t.Fatalf("%v: item %d is %d, want %d", items, i, s.verdicts[i], want)
			}
			kinds[want]++
		}
	}
	for _, v := range []verdict{refused, certain, ambiguous} {
		if kinds[v] < 1000 {
			t.Errorf("only %d items with the verdict %d: the cases say little", kinds[v], v)
		}
	}
}

// What the solver says of short texts. Signs after a number: ? may be
// something else, ! is the last resort.
func TestSolve(t *testing.T) {
	tests := []struct {
		n      int
		text   string
		want   string // + certain, ? ambiguous, - refused
		breaks int
	}{
		{3, "1 2 3", "+++", 0},
		{3, "1 1 2 1 3 2", "++++++", 0},
		{3, "3 1 2 3", "-+++", 0}, // looks forward
		{9, "1 2 3 4 5 6 7 8 2,9", "+++++++++", 0},
		{4, "1 2,4 2 3 4", "+-+++", 0}, // the number 2,4
		{3, "1 3,2 3", "+++", 1},       // 2 has no turn of its own
		{3, "1 3 2", "+++", 1},         // both stay: 3 is out of turn, or 2 is
		{4, "1 2 4", "+++", 1},         // note 3 is never cited
		{2, "1 1? 2", "+?+", 0},
		{2, "1? 2", "++", 0}, // needed
		{2, "1! 1 2", "-++", 0},
		{2, "1! 2", "++", 0},
		{2, "1! 1! 2", "??+", 0}, // one of the two
		{0, "", "", 0},
	}
	for _, test := range tests {
		var items []candidate
		for _, w := range strings.Fields(test.text) {
			c := candidate{weight: afterStop}
			if s := strings.TrimRight(w, "?!"); s != w {
				c.weight = either
				if w[len(w)-1] == '!' {
					c.weight = lastResort
				}
				w = s
			}
			for _, s := range strings.Split(w, ",") {
				c.notes = append(c.notes, atoi(s))
			}
			items = append(items, c)
		}
		s := solve(test.n, items)
		got := ""
		for _, v := range s.verdicts {
			got += string("-+?"[v])
		}
		if got != test.want || s.breaks != test.breaks {
			t.Errorf("%q: %s with %d breaks, want %s with %d", test.text, got, s.breaks, test.want, test.breaks)
		}
	}
}

// A hundred thousand candidates take well under a second.
func TestSolveLarge(t *testing.T) {
	const n, m = 50_000, 100_000
	shapes := map[string]func(i int) int{
		"rising":  func(i int) int { return 1 + i/2 },
		"falling": func(i int) int { return 1 + (m-i)/2%n },
		"mixed":   func(i int) int { return 1 + int(uint32(i)*2654435761%n) },
		"one":     func(int) int { return 1 },
	}
	for _, name := range []string{"rising", "falling", "mixed", "one"} {
		items := make([]candidate, m)
		for i := range items {
			items[i] = candidate{notes: []int{shapes[name](i)}, weight: afterStop}
		}
		start := time.Now()
		s := solve(n, items)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: %v", name, d)
		}
		if name == "rising" && s.breaks != 0 || name == "one" && s.breaks != n-1 {
			t.Errorf("%s: %d breaks", name, s.breaks)
		}
	}
}
