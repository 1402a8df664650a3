package fonts

import "qalam/export/fonts/sfnt"

// Contour is a closed line around a part of a glyph, as TrueType has it: two
// points on the line that follow each other are joined by a straight line, and
// one that is off it bends it, as the control point of a quadratic curve. Where
// two of those follow each other, a point on the line is half way between them.
type Contour []Point

// Point is a point of a contour. Y grows upwards from the baseline.
type Point struct {
	X, Y int
	On   bool // the line goes through it
}

// Outline is the outline of glyph gid, in units of the face: what is inside is
// that around which the contours wind. It is empty for a glyph without one, such
// as a space, and for a broken one.
func (f *Face) Outline(gid int) []Contour {
	outline, err := f.contours(gid, 0)
	if err != nil {
		return nil
	}
	return outline
}

func (f *Face) contours(gid, depth int) ([]Contour, error) {
	record, err := f.source.outline(gid)
	if err != nil || record == "" {
		return nil, err
	}
	if n := sfnt.I16(record, 0); n >= 0 {
		return simpleContours(record, n)
	}
	if depth > maxComponentDepth {
		return nil, sfnt.ErrOutline
	}
	var all []Contour
	err = eachComponent(record, func(c component) error {
		part, err := f.contours(c.glyph, depth+1)
		for _, contour := range part {
			placed := make(Contour, len(contour))
			for i, p := range contour {
				placed[i] = c.place(p)
			}
			all = append(all, placed)
		}
		return err
	})
	return all, err
}

// component is a glyph within another: scaled by xx … yy, in 1/16384, and
// moved.
type component struct {
	glyph          int
	xx, xy, yx, yy int
	dx, dy         int
}

// place is where a point of the component lies in the whole. Source: OpenType
// specification 1.9.1, "glyf", Composite Glyph Description.
func (c *component) place(p Point) Point {
	const half = 1 << 13
	return Point{
		X:  (c.xx*p.X+c.yx*p.Y+half)>>14 + c.dx,
		Y:  (c.xy*p.X+c.yy*p.Y+half)>>14 + c.dy,
		On: p.On,
	}
}

// eachComponent calls do for the components of a composite record. One that is
// placed by numbers of points, as no font of today has it, is not moved.
func eachComponent(d string, do func(component) error) error {
	const (
		scale    = 0x0008
		xyScale  = 0x0040
		twoByTwo = 0x0080
	)
	at := sfnt.GlyphHeader
	for more := true; more; {
		if at+4 > len(d) {
			return sfnt.ErrOutline
		}
		flags := sfnt.U16(d, at)
		more = flags&sfnt.MoreComponents != 0
		arguments, numbers := 2, 0
		if flags&sfnt.WordArguments != 0 {
			arguments = 4
		}
		switch {
		case flags&scale != 0:
			numbers = 1
		case flags&xyScale != 0:
			numbers = 2
		case flags&twoByTwo != 0:
			numbers = 4
		}
		end := at + 4 + arguments + 2*numbers
		if end > len(d) {
			return sfnt.ErrOutline
		}
		const one = 1 << 14
		c := component{glyph: sfnt.U16(d, at+2), xx: one, yy: one}
		if flags&sfnt.ArgumentsAreXY != 0 {
			if arguments == 4 {
				c.dx, c.dy = sfnt.I16(d, at+4), sfnt.I16(d, at+6)
			} else {
				c.dx, c.dy = int(int8(d[at+4])), int(int8(d[at+5]))
			}
		}
		number := func(i int) int { return sfnt.I16(d, at+4+arguments+2*i) }
		switch numbers {
		case 1:
			c.xx, c.yy = number(0), number(0)
		case 2:
			c.xx, c.yy = number(0), number(1)
		case 4:
			c.xx, c.xy, c.yx, c.yy = number(0), number(1), number(2), number(3)
		}
		if err := do(c); err != nil {
			return err
		}
		at = end
	}
	return nil
}

// simpleContours reads a record of n contours. Source: OpenType specification
// 1.9.1, "glyf", Simple Glyph Description.
func simpleContours(d string, n int) ([]Contour, error) {
	if n == 0 {
		return nil, nil
	}
	ends := sfnt.GlyphHeader + 2*n
	if len(d) < ends+2 {
		return nil, sfnt.ErrOutline
	}
	points := make([]Point, sfnt.U16(d, ends-2)+1)
	flags := make([]byte, 0, len(points))
	at := ends + 2 + sfnt.U16(d, ends)
	for len(flags) < len(points) {
		if at+2 > len(d) {
			return nil, sfnt.ErrOutline
		}
		f, times := d[at], 1
		at++
		if f&sfnt.Repeat != 0 {
			times += int(d[at])
			at++
		}
		for range min(times, len(points)-len(flags)) {
			flags = append(flags, f)
		}
	}
	read := func(short, same byte, set func(p *Point, v int)) bool {
		v := 0
		for i, f := range flags {
			switch {
			case f&short != 0:
				if at+1 > len(d) {
					return false
				}
				if step := int(d[at]); f&same != 0 {
					v += step
				} else {
					v -= step
				}
				at++
			case f&same == 0:
				if at+2 > len(d) {
					return false
				}
				v += sfnt.I16(d, at)
				at += 2
			}
			set(&points[i], v)
		}
		return true
	}
	if !read(sfnt.ShortX, sfnt.SameX, func(p *Point, v int) { p.X = v }) ||
		!read(sfnt.ShortY, sfnt.SameY, func(p *Point, v int) { p.Y = v }) {
		return nil, sfnt.ErrOutline
	}
	for i, f := range flags {
		points[i].On = f&sfnt.OnCurve != 0
	}
	contours := make([]Contour, 0, n)
	from := 0
	for i := range n {
		to := sfnt.U16(d, sfnt.GlyphHeader+2*i) + 1
		if to < from || to > len(points) {
			return nil, sfnt.ErrOutline
		}
		contours = append(contours, points[from:to])
		from = to
	}
	return contours, nil
}
