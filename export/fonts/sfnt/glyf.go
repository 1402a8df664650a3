package sfnt

import "errors"

// GlyphHeader is how many bytes a record of glyf begins with: the number of
// contours, and a box.
const GlyphHeader = 10

// Flags of a point.
const (
	OnCurve = 0x01
	ShortX  = 0x02
	ShortY  = 0x04
	Repeat  = 0x08
	SameX   = 0x10 // with ShortX: to the right
	SameY   = 0x20 // with ShortY: up
)

// Flags of a component.
const (
	WordArguments    = 0x0001
	ArgumentsAreXY   = 0x0002
	hasScale         = 0x0008
	MoreComponents   = 0x0020
	hasXYScale       = 0x0040
	hasTwoByTwo      = 0x0080
	hasInstructions  = 0x0100
	withoutOwnMetric = 0x0200 // the metrics are those of the component
)

// ErrOutline is a record of glyf that ends early.
var ErrOutline = errors.New("an outline of another form")

// Outline is the record of glyph g; empty when it has none, or a broken one.
func Outline(glyf, loca string, long bool, g int) string {
	var from, to int
	if long {
		if 4*g+8 > len(loca) {
			return ""
		}
		from, to = U32(loca, 4*g), U32(loca, 4*g+4)
	} else {
		if 2*g+4 > len(loca) {
			return ""
		}
		from, to = 2*U16(loca, 2*g), 2*U16(loca, 2*g+2)
	}
	if to-from < GlyphHeader || to > len(glyf) {
		return ""
	}
	return glyf[from:to]
}

// Bare is a record without its instructions and without what fills it up at
// the end. Each of its components gets the number that component gives for its
// glyph. An empty record stays empty.
func Bare(record string, component func(glyph int) int) ([]byte, error) {
	if record == "" {
		return nil, nil
	}
	if contours := I16(record, 0); contours >= 0 {
		return bareSimple(record, contours)
	}
	b := []byte(record)
	end, err := components(record, func(at, flags, glyph int) error {
		put16(b, at, flags&^(hasInstructions|withoutOwnMetric))
		put16(b, at+2, component(glyph))
		return nil
	})
	return b[:end], err
}

func put16(b []byte, at, v int) { b[at], b[at+1] = byte(v>>8), byte(v) }

func bareSimple(d string, contours int) ([]byte, error) {
	ends := GlyphHeader + 2*contours
	if len(d) < ends+2 {
		return nil, ErrOutline
	}
	points := 0
	if contours > 0 {
		points = U16(d, ends-2) + 1
	}
	flags := ends + 2 + U16(d, ends)
	at, coordinates := flags, 0
	for n := 0; n < points; {
		if at >= len(d) {
			return nil, ErrOutline
		}
		f, times := d[at], 1
		at++
		if f&Repeat != 0 {
			if at >= len(d) {
				return nil, ErrOutline
			}
			times += int(d[at])
			at++
		}
		x, y := Width(f)
		coordinates += times * (x + y)
		n += times
	}
	if at+coordinates > len(d) {
		return nil, ErrOutline
	}
	b := make([]byte, 0, ends+2+at+coordinates-flags)
	b = append(append(b, d[:ends]...), 0, 0)
	return append(b, d[flags:at+coordinates]...), nil
}

// Width is how many bytes the coordinates of a point have that has these flags.
func Width(flags byte) (x, y int) {
	return width(flags, ShortX, SameX), width(flags, ShortY, SameY)
}

// width is how many bytes a coordinate has.
func width(flags, short, same byte) int {
	switch {
	case flags&short != 0:
		return 1
	case flags&same != 0:
		return 0
	}
	return 2
}

// Components calls f with the glyph of each component of a composite record.
func Components(record string, f func(glyph int) error) error {
	_, err := components(record, func(_, _, glyph int) error { return f(glyph) })
	return err
}

// components calls f with the place, the flags and the glyph of each component
// of a record, and gives the place where the last one ends.
func components(d string, f func(at, flags, glyph int) error) (end int, err error) {
	for at := GlyphHeader; ; {
		if at+4 > len(d) {
			return 0, ErrOutline
		}
		flags := U16(d, at)
		size := 4 + 2
		if flags&WordArguments != 0 {
			size = 4 + 4
		}
		switch {
		case flags&hasScale != 0:
			size += 2
		case flags&hasXYScale != 0:
			size += 4
		case flags&hasTwoByTwo != 0:
			size += 8
		}
		if at+size > len(d) {
			return 0, ErrOutline
		}
		if err := f(at, flags, U16(d, at+2)); err != nil {
			return 0, err
		}
		at += size
		if flags&MoreComponents == 0 {
			return at, nil
		}
	}
}
