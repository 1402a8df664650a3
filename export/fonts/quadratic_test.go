package fonts

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/font/gofont/goregular"

	"qalam/export/fonts/sfnt"
)

func segment(op opentype.SegmentOp, xy ...float32) opentype.Segment {
	s := opentype.Segment{Op: op}
	for i := range len(xy) / 2 {
		s.Args[i] = opentype.SegmentPoint{X: xy[2*i], Y: xy[2*i+1]}
	}
	return s
}

// Every point of the quadratic curves lies within a unit of the cubic one, and
// the other way round, for curves that are straight, round, looped and pointed.
func TestQuadratic(t *testing.T) {
	tests := []struct {
		name   string
		xy     [8]float32
		points int // at most
	}{
		{"straight", [8]float32{0, 0, 100, 100, 200, 200, 300, 300}, 4},
		{"quarter of a circle", [8]float32{0, 0, 0, 276, 224, 500, 500, 500}, 12},
		{"quadratic already", [8]float32{0, 0, 200, 400, 400, 400, 600, 0}, 4},
		{"an S", [8]float32{0, 0, 900, 0, -300, 700, 600, 700}, 30},
		{"a loop", [8]float32{0, 0, 1500, 900, -900, 900, 600, 0}, 40},
		{"a cusp", [8]float32{0, 0, 600, 600, 0, 600, 600, 0}, 24},
		{"halves of a unit", [8]float32{0.5, 0.5, 20.5, 40.25, 60.75, 40.5, 81.5, 0.5}, 8},
	}
	for _, test := range tests {
		c := test.xy
		outline, err := quadratic([]opentype.Segment{
			segment(opentype.SegmentOpMoveTo, c[0], c[1]),
			segment(opentype.SegmentOpCubeTo, c[2:]...),
			segment(opentype.SegmentOpLineTo, c[0]+1, c[1]-5),
		})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		knots := points(t, func(int) string { return outline })(0)
		knots = knots[:len(knots)-1] // the line back
		if len(knots) > test.points {
			t.Errorf("%s: %d points", test.name, len(knots))
		}
		var ours, theirs [][2]float64
		for i := 0; i+2 < len(knots); i += 2 {
			a, b, c := knots[i], knots[i+1], knots[i+2]
			if !a.on || b.on || !c.on {
				t.Fatalf("%s: points %v", test.name, knots)
			}
			for k := range 41 {
				u := float64(k) / 40
				v := 1 - u
				ours = append(ours, [2]float64{
					v*v*float64(a.x) + 2*u*v*float64(b.x) + u*u*float64(c.x),
					v*v*float64(a.y) + 2*u*v*float64(b.y) + u*u*float64(c.y),
				})
			}
		}
		for k := range 401 {
			u := float64(k) / 400
			v := 1 - u
			var p [2]float64
			for i := range p {
				p[i] = v*v*v*float64(c[i]) + 3*u*v*v*float64(c[2+i]) + 3*u*u*v*float64(c[4+i]) + u*u*u*float64(c[6+i])
			}
			theirs = append(theirs, p)
		}
		if far := max(farthest(ours, theirs), farthest(theirs, ours)); far > 1 {
			t.Errorf("%s: %.2f units away", test.name, far)
		}
	}
}

// farthest is how far a point of a is from the line through those of b at most.
func farthest(a, b [][2]float64) float64 {
	far := 0.0
	for _, p := range a {
		near := math.Inf(1)
		for i, q := range b[1:] {
			o := b[i]
			dx, dy := q[0]-o[0], q[1]-o[1]
			u := 0.0
			if size := dx*dx + dy*dy; size > 0 {
				u = min(1, max(0, ((p[0]-o[0])*dx+(p[1]-o[1])*dy)/size))
			}
			near = min(near, math.Hypot(p[0]-o[0]-u*dx, p[1]-o[1]-u*dy))
		}
		far = max(far, near)
	}
	return far
}

// What is no outline that a font can have is an error; points and nothing at
// all have no area.
func TestQuadraticRefuses(t *testing.T) {
	nan := float32(math.NaN())
	for name, segments := range map[string][]opentype.Segment{
		"no beginning": {segment(opentype.SegmentOpLineTo, 1, 1)},
		"too far":      {segment(opentype.SegmentOpMoveTo, 40000, 0)},
		"no number":    {segment(opentype.SegmentOpMoveTo, nan, 0)},
		"of TrueType":  {segment(opentype.SegmentOpMoveTo, 0, 0), segment(opentype.SegmentOpQuadTo, 1, 1, 2, 0)},
	} {
		if record, err := quadratic(segments); err == nil {
			t.Errorf("%s: %q", name, record)
		}
	}
	for name, segments := range map[string][]opentype.Segment{
		"nothing": nil,
		"a point": {segment(opentype.SegmentOpMoveTo, 5, 5), segment(opentype.SegmentOpLineTo, 5, 5)},
	} {
		if record, err := quadratic(segments); err != nil || record != "" {
			t.Errorf("%s: %q, %v", name, record, err)
		}
	}
}

// cffOf is a font whose outlines are cubic curves, the same as the quadratic
// ones of another. Source: Adobe Technical Notes 5176 and 5177.
func cffOf(t *testing.T, file []byte) []byte {
	t.Helper()
	tables := readOne(t, file)
	outline := parse(t, file)
	var charstrings []string
	for g := range sfnt.U16(tables["maxp"], 4) {
		charstrings = append(charstrings, charstring(outline(g)))
	}
	index := func(items ...string) string {
		if len(items) == 0 {
			return "\x00\x00"
		}
		b := append(sfnt.Append16(nil, len(items)), 4) // places of four bytes
		at := 1
		for _, s := range items {
			b = sfnt.Append32(b, at)
			at += len(s)
		}
		return string(sfnt.Append32(b, at)) + strings.Join(items, "")
	}
	number := func(v int) string { return string(sfnt.Append32([]byte{29}, v)) }
	head := "\x01\x00\x04\x04" + index("Test")
	// The dictionary of the font: its charstrings, and its private dictionary,
	// which is empty. All of its numbers have the same size.
	size := len(index(number(0)+"\x11"+number(0)+number(0)+"\x12")) + len(head) + len(index()) + len(index())
	all := index(charstrings...)
	dict := index(number(size) + "\x11" + number(0) + number(size+len(all)) + "\x12")
	return with(t, with(t, with(t, file, "glyf", ""), "loca", ""), "CFF ", head+dict+index()+index()+all)
}

// charstring is the outline as a program of type 2.
func charstring(knots []point) string {
	var b []byte
	pen := [2]int{} // in 65536ths of a unit
	to := func(op byte, places ...[2]int) {
		for _, p := range places {
			for i := range p {
				b = sfnt.Append32(append(b, 255), p[i]-pen[i])
			}
			pen = p
		}
		b = append(b, op)
	}
	at := func(p point) [2]int { return [2]int{p.x << 16, p.y << 16} }
	between := func(p, q [2]int, n, of int) [2]int {
		return [2]int{p[0] + (q[0]-p[0])*n/of, p[1] + (q[1]-p[1])*n/of}
	}
	for len(knots) > 0 {
		n := slices.IndexFunc(knots, func(p point) bool { return p.end }) + 1
		c := knots[:n]
		knots = knots[n:]
		start := slices.IndexFunc(c, func(p point) bool { return p.on })
		if start < 0 {
			panic("a contour without a point on the curve")
		}
		to(21, at(c[start])) // rmoveto
		for i := 1; i <= n; i++ {
			p, next := c[(start+i)%n], c[(start+i+1)%n]
			if p.on {
				to(5, at(p)) // rlineto
				continue
			}
			end := at(next)
			if next.on {
				i++
			} else {
				end = between(at(p), at(next), 1, 2)
			}
			to(8, between(pen, at(p), 2, 3), between(end, at(p), 2, 3), end) // rrcurveto
		}
	}
	return string(append(b, 14)) // endchar
}

// A subset of a CFF face has the widths of its glyphs, and outlines that lie
// where theirs lie; a glyph put together of two has both.
func TestSubsetCFF(t *testing.T) {
	faces, err := Open("cff.otf", cffOf(t, goregular.TTF))
	if err != nil {
		t.Fatal(err)
	}
	f := faces[0]
	if f.source.(*opened).cff == nil {
		t.Fatal("not a CFF face")
	}
	s := f.NewSubset()
	codes := map[rune]uint16{}
	for r := range f.unpacked().cmap.All() {
		if codes[r], err = s.Rune(r); err != nil {
			t.Fatal(err)
		}
		if want, _ := f.Advance(r); s.Advance(codes[r]) != want {
			t.Errorf("%U is %d wide, want %d", r, s.Advance(codes[r]), want)
		}
	}
	if len(codes) < 600 {
		t.Fatalf("%d characters", len(codes))
	}
	a := f.Glyph('A')
	both, err := s.Code("AA", 2000, Part{Glyph: a}, Part{Glyph: a, X: 700, Y: -30})
	if err != nil {
		t.Fatal(err)
	}
	file, box, err := s.TrueType()
	if err != nil {
		t.Fatal(err)
	}
	tables := readOne(t, file)
	if tables["CFF "] != "" || sfnt.U16(tables["maxp"], 4) != s.Len()+1 { // and the part of two
		t.Errorf("%d glyphs for %d codes", sfnt.U16(tables["maxp"], 4), s.Len())
	}
	theirs, ours := parse(t, goregular.TTF), parse(t, file)
	for r, code := range codes {
		want, got := theirs(f.Glyph(r)), ours(int(code))
		if w, g := area(want), area(got); len(want) > 0 && (g < w-w/50-2000 || g > w+w/50+2000) {
			t.Errorf("%U has an area of %d, want %d", r, g/2, w/2)
		}
		w, g := around(want), around(got)
		for i := range w {
			if d := w[i] - g[i]; d < -2 || d > 2 {
				t.Errorf("%U lies in %v, want %v", r, g, w)
			}
		}
		if len(got) > 3*len(want) {
			t.Errorf("%U has %d points, want about %d", r, len(got), len(want))
		}
	}
	if box == (Bounds{}) || box.YMax <= f.CapHeight() {
		t.Errorf("all is in the box %v", box)
	}
	one, two := ours(int(codes['A'])), ours(int(both))
	if len(one) == 0 || len(two) != 2*len(one) {
		t.Fatalf("%d points in one, %d in two", len(one), len(two))
	}
	for i, p := range one {
		q := two[len(one)+i]
		if two[i] != p || q.x != p.x+700 || q.y != p.y-30 {
			t.Errorf("point %d is at %v and %v, want %v", i, two[i], q, p)
		}
	}
}

// around is the box of the points of an outline that are on the curve.
func around(knots []point) [4]int {
	var b [4]int
	first := true
	for _, p := range knots {
		if p.on && first {
			b, first = [4]int{p.x, p.y, p.x, p.y}, false
		} else if p.on {
			b = [4]int{min(b[0], p.x), min(b[1], p.y), max(b[2], p.x), max(b[3], p.y)}
		}
	}
	return b
}

// area is twice the area within an outline, where curves are counted as they
// are: a third of the triangle with their control point is outside.
func area(knots []point) int {
	sum := 0 // six times the area
	for len(knots) > 0 {
		n := slices.IndexFunc(knots, func(p point) bool { return p.end }) + 1
		var c []point // with the points that are between two off the curve
		for i := range n {
			p, next := knots[i], knots[(i+1)%n]
			c = append(c, p)
			if !p.on && !next.on {
				c = append(c, point{x: (p.x + next.x) / 2, y: (p.y + next.y) / 2, on: true})
			}
		}
		cross := func(p, q point) int { return p.x*q.y - q.x*p.y }
		for i, p := range c {
			q := c[(i+1)%len(c)]
			switch {
			case p.on && q.on:
				sum += 3 * cross(p, q)
			case p.on: // a curve from p by q to r
				r := c[(i+2)%len(c)]
				sum += 2*cross(p, q) + 2*cross(q, r) + cross(p, r)
			}
		}
		knots = knots[n:]
	}
	return max(sum, -sum) / 3
}
