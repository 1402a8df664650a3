package fonts

import (
	"errors"

	"github.com/go-text/typesetting/font/opentype"

	"qalam/export/fonts/sfnt"
)

// Outlines of CFF fonts have cubic curves, those of TrueType quadratic ones:
// here the former become the latter. All is computed in whole numbers, so that
// every processor gives the same bytes.

// sub is how many parts a unit has while curves are computed.
const sub = 64

// tolerance is how far a curve may be from what it stands for: a third of a
// unit. With the rounding to whole units it is less than a unit in all.
const tolerance = sub / 3

// place is a point in parts of a unit.
type place struct{ x, y int64 }

func (p place) plus(q place) place          { return place{p.x + q.x, p.y + q.y} }
func (p place) times(n int64) place         { return place{p.x * n, p.y * n} }
func (p place) over(n int64) place          { return place{divide(p.x, n), divide(p.y, n)} }
func (p place) minus(q place) place         { return place{p.x - q.x, p.y - q.y} }
func (p place) units() (x, y int)           { return int(divide(p.x, sub)), int(divide(p.y, sub)) }
func toPlace(p opentype.SegmentPoint) place { return place{toParts(p.X), toParts(p.Y)} }

// toParts gives parts of a unit. The product with a power of two is exact, and
// the same on every processor.
func toParts(v float32) int64 { return int64(v * sub) }

// divide divides and rounds to the nearest; halves go up.
func divide(a, b int64) int64 {
	q := (2*a + b) / (2 * b)
	if r := (2*a + b) % (2 * b); r < 0 {
		q--
	}
	return q
}

// knot is a point of an outline of TrueType, in units.
type knot struct {
	x, y int
	on   bool
}

// quadratic is the record of glyf for an outline; empty for an empty one.
func quadratic(segments []opentype.Segment) (string, error) {
	var contours [][]knot
	var pen place
	add := func(p place, on bool) {
		x, y := p.units()
		last := len(contours) - 1
		contours[last] = append(contours[last], knot{x, y, on})
	}
	for _, s := range segments {
		if s.Op != opentype.SegmentOpMoveTo && len(contours) == 0 {
			return "", sfnt.ErrOutline
		}
		for _, p := range s.ArgsSlice() {
			if !near(p.X) || !near(p.Y) {
				return "", errFar
			}
		}
		end := toPlace(s.Args[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			contours = append(contours, nil)
			add(end, true)
		case opentype.SegmentOpLineTo:
			add(end, true)
		case opentype.SegmentOpCubeTo:
			end = toPlace(s.Args[2])
			curve(pen, toPlace(s.Args[0]), toPlace(s.Args[1]), end, add)
		default: // CFF has no others
			return "", sfnt.ErrOutline
		}
		pen = end
	}
	return record(contours)
}

// curve adds quadratic curves for a cubic one from a to d. It is cut at equal
// steps of its parameter, into as few pieces as the tolerance allows: the
// middle quadratic of a cubic is at most √3/36 of its third difference away
// from it, and that of each of n pieces the n-th part of that to the third.
func curve(a, b, c, d place, add func(p place, on bool)) {
	third := d.minus(c.times(3)).plus(b.times(3)).minus(a)
	// √3/36 is less than 1/20.
	size := max(third.x, -third.x) + max(third.y, -third.y)
	n := int64(1)
	for 20*tolerance*n*n*n < size {
		n++
	}
	// at is the point at i/n, and slope how the curve goes on there, for a
	// step of 1/n: a third of what the derivative says.
	at := func(i int64) place {
		j := n - i
		return a.times(j * j * j).plus(b.times(3 * i * j * j)).plus(c.times(3 * i * i * j)).plus(d.times(i * i * i)).over(n * n * n)
	}
	slope := func(i int64) place {
		j := n - i
		return b.minus(a).times(j * j).plus(c.minus(b).times(2 * i * j)).plus(d.minus(c).times(i * i)).over(n * n * n)
	}
	from := a
	for i := int64(1); i <= n; i++ {
		to := at(i)
		c1, c2 := from.plus(slope(i-1)), to.minus(slope(i))
		add(c1.plus(c2).times(3).minus(from).minus(to).over(4), false)
		add(to, true)
		from = to
	}
}

// near reports whether v is a number that a font can have.
func near(v float32) bool { return -1<<15 <= v && v < 1<<15 }

var errFar = errors.New("an outline reaches too far")

// record is the record of glyf for contours. Source: OpenType specification
// 1.9.1, "glyf".
func record(contours [][]knot) (string, error) {
	var ends, flags, xs, ys []byte
	var box Bounds
	var at knot
	points := 0
	for _, c := range contours {
		if n := len(c) - 1; n > 0 && c[n] == c[0] {
			c = c[:n] // contours close by themselves
		}
		if len(c) < 2 {
			continue // a point has no area
		}
		for _, k := range c {
			if k.x != int(int16(k.x)) || k.y != int(int16(k.y)) {
				return "", errFar
			}
			box = box.union(Bounds{k.x, k.y, k.x, k.y}, points == 0)
			var flag byte
			if k.on {
				flag = sfnt.OnCurve
			}
			xs = coordinate(xs, k.x-at.x, sfnt.ShortX, sfnt.SameX, &flag)
			ys = coordinate(ys, k.y-at.y, sfnt.ShortY, sfnt.SameY, &flag)
			flags = append(flags, flag)
			at = k
			points++
		}
		ends = sfnt.Append16(ends, points-1)
	}
	if points == 0 {
		return "", nil
	}
	if points > 0xFFFF {
		return "", sfnt.ErrOutline
	}
	b := sfnt.Append16(nil, len(ends)/2)
	for _, v := range []int{box.XMin, box.YMin, box.XMax, box.YMax} {
		b = sfnt.Append16(b, v)
	}
	b = append(append(b, ends...), 0, 0) // no instructions
	for i := 0; i < len(flags); {
		n := 1
		for i+n < len(flags) && flags[i+n] == flags[i] && n < 256 {
			n++
		}
		if n > 2 {
			b = append(b, flags[i]|sfnt.Repeat, byte(n-1))
		} else {
			b = append(b, flags[i:i+n]...)
		}
		i += n
	}
	return string(append(append(b, xs...), ys...)), nil
}

// coordinate appends how far a point is from the one before it, and says in
// its flag in which form.
func coordinate(b []byte, v int, short, same byte, flag *byte) []byte {
	switch {
	case v == 0:
		*flag |= same
		return b
	case 0 < v && v <= 0xFF:
		*flag |= short | same
		return append(b, byte(v))
	case -0xFF <= v && v < 0:
		*flag |= short
		return append(b, byte(-v))
	}
	return sfnt.Append16(b, v)
}
