package pack

import (
	"errors"
	"fmt"
	"math"

	"qalam/export/fonts/sfnt"
)

// A block is compressed better when what is alike in its records lies together:
// a block has, for all of its records, first the kinds, then how many points
// each contour has, then the flags of the points, then their coordinates, x
// apart from y. The box of a record is left out, since its points say it.
//
// Records of another form, such as those made of components, lie as they are
// in a part of their own, each after its size.

// verbatim is the kind of a record that lies in the block as it is; others have
// the number of their contours.
const verbatim = 0xFF

// streams are the parts of a block. In the block the size of each comes first.
type streams struct{ kinds, contours, flags, xs, ys, others string }

// writeBlock makes a block of bare records, none of them empty.
func writeBlock(records [][]byte) []byte {
	var kinds, contours, flags, xs, ys, others []byte
	for _, r := range records {
		p, err := split(string(r))
		if err != nil {
			kinds = append(kinds, verbatim)
			others = append(sfnt.Append16(others, len(r)), r...)
			continue
		}
		kinds = append(kinds, byte(len(p.contours)))
		contours = append(contours, p.contours...)
		flags = append(flags, p.flags...)
		xs = append(xs, p.xs...)
		ys = append(ys, p.ys...)
	}
	var b []byte
	for _, s := range [][]byte{kinds, contours, flags, xs, ys, others} {
		b = sfnt.Append32(b, len(s))
	}
	for _, s := range [][]byte{kinds, contours, flags, xs, ys, others} {
		b = append(b, s...)
	}
	return b
}

var errOther = errors.New("a record of another form")

// split takes a bare record apart, or reports that it cannot be put together
// again from its parts.
func split(r string) (streams, error) {
	n := sfnt.I16(r, 0)
	if n <= 0 || n >= verbatim {
		return streams{}, errOther
	}
	var contours []byte
	last := -1
	for i := range n {
		end := sfnt.U16(r, sfnt.GlyphHeader+2*i)
		if end <= last || end-last > 0xFF {
			return streams{}, errOther
		}
		contours = append(contours, byte(end-last))
		last = end
	}
	rest := r[sfnt.GlyphHeader+2*n+2:]
	flags, xs, ys := sizes(rest, last+1)
	if flags+xs+ys != len(rest) {
		return streams{}, errOther
	}
	p := streams{contours: string(contours), flags: rest[:flags], xs: rest[flags:][:xs], ys: rest[flags+xs:]}
	if p.join() != r {
		return streams{}, errOther
	}
	return p, nil
}

// sizes are how many bytes the flags of so many points have, and how many
// their coordinates.
func sizes(flags string, points int) (size, xs, ys int) {
	for points > 0 && size < len(flags) {
		f, times := flags[size], 1
		size++
		if f&sfnt.Repeat != 0 && size < len(flags) {
			times += int(flags[size])
			size++
		}
		x, y := sfnt.Width(f)
		xs += times * x
		ys += times * y
		points -= times
	}
	return size, xs, ys
}

// join makes a record of its parts.
func (p *streams) join() string {
	n := len(p.contours)
	b := make([]byte, 0, sfnt.GlyphHeader+2*n+2+len(p.flags)+len(p.xs)+len(p.ys))
	b = sfnt.Append16(b, n)
	xMin, xMax, yMin, yMax := p.box()
	for _, v := range []int{xMin, yMin, xMax, yMax} {
		b = sfnt.Append16(b, v)
	}
	end := -1
	for i := range n {
		end += int(p.contours[i])
		b = sfnt.Append16(b, end)
	}
	b = append(b, 0, 0) // no instructions
	return string(append(append(append(b, p.flags...), p.xs...), p.ys...))
}

// box is the box around the points.
func (p *streams) box() (xMin, xMax, yMin, yMax int) {
	x, y, xs, ys := 0, 0, p.xs, p.ys
	xMin, yMin, xMax, yMax = math.MaxInt, math.MaxInt, math.MinInt, math.MinInt
	for i := 0; i < len(p.flags); i++ {
		f, times := p.flags[i], 1
		if f&sfnt.Repeat != 0 {
			i++
			times += int(p.flags[i])
		}
		for range times {
			var d int
			d, xs = coordinate(xs, f&sfnt.ShortX != 0, f&sfnt.SameX != 0)
			x += d
			d, ys = coordinate(ys, f&sfnt.ShortY != 0, f&sfnt.SameY != 0)
			y += d
			xMin, xMax, yMin, yMax = min(xMin, x), max(xMax, x), min(yMin, y), max(yMax, y)
		}
	}
	return xMin, xMax, yMin, yMax
}

// coordinate reads how far a point is from the one before it.
func coordinate(s string, short, same bool) (int, string) {
	switch {
	case short && same:
		return int(s[0]), s[1:]
	case short:
		return -int(s[0]), s[1:]
	case same:
		return 0, s
	}
	return sfnt.I16(s, 0), s[2:]
}

// Block is an unpacked block of outlines. It is not changed, and goroutines may
// share it.
type Block struct {
	streams
	starts []start // of each record
}

// start is where the parts of a record begin; of one in others only that.
type start struct{ contours, flags, xs, ys, others int32 }

// readBlock finds the records of a block.
func readBlock(data string) (*Block, error) {
	const numbers = 6
	if len(data) < 4*numbers {
		return nil, errBroken
	}
	b := &Block{}
	rest := data[4*numbers:]
	for i, s := range []*string{&b.kinds, &b.contours, &b.flags, &b.xs, &b.ys, &b.others} {
		n := sfnt.U32(data, 4*i)
		if n > len(rest) {
			return nil, errBroken
		}
		*s, rest = rest[:n], rest[n:]
	}
	b.starts = make([]start, len(b.kinds)+1)
	var at start
	for i := range len(b.kinds) {
		b.starts[i] = at
		if kind := int(b.kinds[i]); kind == verbatim {
			at.others += 2 + int32(sfnt.U16(b.others, int(at.others)))
		} else {
			points := 0
			for range kind {
				points += int(b.contours[at.contours])
				at.contours++
			}
			flags, xs, ys := sizes(b.flags[at.flags:], points)
			at.flags, at.xs, at.ys = at.flags+int32(flags), at.xs+int32(xs), at.ys+int32(ys)
		}
	}
	b.starts[len(b.kinds)] = at
	return b, nil
}

// Record is the i-th record of the block, as the table glyf has it.
func (b *Block) Record(i int) (string, error) {
	if i < 0 || i >= len(b.kinds) {
		return "", fmt.Errorf("fonts: no record %d in a block of %d", i, len(b.kinds))
	}
	from, to := b.starts[i], b.starts[i+1]
	if b.kinds[i] == verbatim {
		return b.others[from.others+2 : to.others], nil
	}
	p := streams{
		contours: b.contours[from.contours:to.contours],
		flags:    b.flags[from.flags:to.flags],
		xs:       b.xs[from.xs:to.xs],
		ys:       b.ys[from.ys:to.ys],
	}
	return p.join(), nil
}
