package paragraph

import "math"

// Demerits and penalties are those of plain TeX, badness is TeX's own function
// (TeX: The Program, §108; The TeXbook, chapter 14), so that what is known of
// them holds here.
const (
	linePenalty       = 10
	ladderDemerits    = 10000 // a hyphen after a hyphen
	adjacentDemerits  = 10000 // a loose line after a tight one
	finalHyphen       = 5000  // a hyphen before the last line
	maxLadder         = 2     // hyphens in a row
	maxRatio          = 20
	emergencyDemerits = 1 << 50 // what must not be
)

// Tolerances are the badness that a line may have: without hyphens, with them,
// and when nothing else is left.
const (
	pretolerance = 100
	tolerance    = 200

	// A line that is not stretched may be short by a quarter of the measure
	// before words are divided: its badness is then that of twice an eighth.
	raggedTolerance = 800

	anything = math.MaxInt64
)

// badness says how bad it is to stretch or shrink by t what can be stretched
// or shrunk by s: about 100 times the cube of the ratio. TeX stops at 10000;
// here a line that is far too short is still better than one that is shorter.
func badness(t, s Length) int64 {
	if t <= 0 {
		return 0
	}
	r := int64(297 * maxRatio) // TeX has 297³ ≈ 100·2¹⁸
	if s > 0 && t < maxRatio*s {
		r = int64(297 * t / s)
	}
	return (r*r*r + 1<<17) >> 18
}

// fitness classes tell loose lines from tight ones.
const (
	tight = iota
	decent
	loose
	veryLoose
	classes
)

// node is a way to have a line end at a place.
type node struct {
	place    int32
	prev     int32 // the node where the line begins
	class    uint8
	ladder   uint8 // how many lines up to here end with a hyphen
	demerits int64
}

// fitter finds the best places to end lines.
type fitter struct {
	nodes  []node
	active []int32
}

// manners of a pass over the places.
type pass struct {
	tolerance int64
	emergency Length // all lines can be stretched by so much more
	ragged    Length // not 0: lines are not stretched, and this is how short they may well be
	last      bool   // a line has to be found, whatever it is like
}

// fit finds the lines from the first place, where one begins, to the last one,
// where one has to end, and appends the indexes of the places where they end. It
// reports whether there are lines that the pass tolerates.
func (f *fitter) fit(dst []int32, places []place, measure Length, ps pass) ([]int32, bool) {
	last := int32(len(places) - 1)
	if places[last].endX-places[0].nextX <= measure {
		return append(dst, last), true
	}
	f.nodes = append(f.nodes[:0], node{prev: -1, class: decent})
	f.active = append(f.active[:0], 0)
	const ways = classes * (maxLadder + 1)
	for b := int32(1); b <= last; b++ {
		end := &places[b]
		var best [ways]node
		found := false
		keep := f.active[:0]
		dead := int32(-1) // the last node that was given up
		for _, a := range f.active {
			from := &f.nodes[a]
			start := &places[from.place]
			width := end.endX - start.nextX
			short := measure - width
			spaces := end.endSpaces - start.nextSpaces
			shrink := spaces / 3
			if ps.ragged != 0 {
				shrink = 0
			}
			if end.plainX-start.nextX-shrink <= measure || short+shrink >= 0 {
				keep = append(keep, a)
			} else {
				dead = a
			}
			if short+shrink < 0 {
				continue
			}
			bad, class := int64(0), uint8(decent)
			switch {
			case b == last && short >= 0:
			case ps.ragged != 0:
				bad = badness(short, ps.ragged)
			case short < 0:
				bad = badness(-short, shrink)
				if bad > 12 {
					class = tight
				}
			default:
				bad = badness(short, spaces/2+end.endGaps-start.nextGaps+ps.emergency)
				switch {
				case bad > 99:
					class = veryLoose
				case bad > 12:
					class = loose
				}
			}
			if bad > ps.tolerance {
				continue
			}
			d := (linePenalty+bad)*(linePenalty+bad) + int64(end.penalty)*int64(end.penalty)
			ladder := uint8(0)
			if end.how == hyphenated {
				ladder = from.ladder + 1
				switch {
				case ladder > maxLadder:
					if !ps.last {
						continue
					}
					ladder = maxLadder
					d += emergencyDemerits
				case ladder > 1:
					d += ladderDemerits
				}
			}
			if b == last && from.ladder > 0 {
				d += finalHyphen
			}
			if diff := int(class) - int(from.class); diff > 1 || diff < -1 {
				d += adjacentDemerits
			}
			d += from.demerits
			w := &best[int(class)*(maxLadder+1)+int(ladder)]
			if w.place == 0 || d < w.demerits {
				*w = node{place: b, prev: a, class: class, ladder: ladder, demerits: d}
				found = true
			}
		}
		f.active = keep
		if len(keep) == 0 && !found {
			if !ps.last {
				return dst, false
			}
			from := f.nodes[dead] // nothing fits: the line is squeezed
			best[0] = node{place: b, prev: dead, class: decent, demerits: from.demerits + emergencyDemerits}
			found = true
		}
		if found {
			for _, w := range best {
				if w.place != 0 {
					f.active = append(f.active, int32(len(f.nodes)))
					f.nodes = append(f.nodes, w)
				}
			}
		}
	}
	end := int32(-1)
	for _, a := range f.active {
		if f.nodes[a].place == last && (end < 0 || f.nodes[a].demerits < f.nodes[end].demerits) {
			end = a
		}
	}
	if end < 0 {
		return dst, false
	}
	from := len(dst)
	for n := end; f.nodes[n].prev >= 0; n = f.nodes[n].prev {
		dst = append(dst, f.nodes[n].place)
	}
	for i, j := from, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst, true
}
