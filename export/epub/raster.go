package epub

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"

	"github.com/klauspost/compress/zlib"

	"qalam/export/fonts"
)

// A canvas is a page of paper, ink, and two greys between them. Everything on
// it is computed in whole numbers, so that it has the same pixels on every
// machine.
type canvas struct {
	width, height int
	rows          []byte // of stride bytes: 2 bits for each pixel, from the highest, which say how much ink it has
	stride        int
	cells         []cell // for the outline at hand
}

// ink is a pixel that is all ink.
const ink = 3

func newCanvas(width, height int) *canvas {
	stride := (width + 3) / 4
	return &canvas{width: width, height: height, stride: stride, rows: make([]byte, stride*height)}
}

// rect fills a rectangle of whole pixels on the canvas.
func (c *canvas) rect(x0, y0, x1, y1 int) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			c.rows[y*c.stride+x/4] |= ink << (6 - x%4*2)
		}
	}
}

// pixel is a pixel in the units in which outlines are drawn.
const pixel = 256

// cell is what the lines of an outline do to one pixel: how much of its height
// they cross, downwards or upwards, and twice the area that lies to the left
// of them.
type cell struct{ cover, area int32 }

// point is a place on the canvas, in 1/256 pixel from the upper left corner.
type point struct{ x, y int }

// outline fills what the contours wind around. The points of the contours are
// multiplied by scale and divided by unit, and moved to the origin, from
// which Y grows upwards. What does not lie on the canvas is not drawn.
func (c *canvas) outline(contours []fonts.Contour, origin point, scale, unit int64) {
	place := func(p fonts.Point) point {
		return point{origin.x + roundDiv(int64(p.X)*scale, unit), origin.y - roundDiv(int64(p.Y)*scale, unit)}
	}
	// The box: no curve leaves that of its points.
	first := true
	var low, high point
	for _, contour := range contours {
		for _, p := range contour {
			q := place(p)
			if first {
				low, high, first = q, q, false
			}
			low = point{min(low.x, q.x), min(low.y, q.y)}
			high = point{max(high.x, q.x), max(high.y, q.y)}
		}
	}
	if first || low.x < 0 || low.y < 0 || high.x >= c.width*pixel || high.y >= c.height*pixel {
		return
	}
	f := filler{left: low.x / pixel, top: low.y / pixel}
	f.width = high.x/pixel - f.left + 1
	height := high.y/pixel - f.top + 1
	if n := f.width * height; n > len(c.cells) {
		c.cells = make([]cell, n)
	}
	f.cells = c.cells[:f.width*height]
	for _, contour := range contours {
		f.contour(contour, place)
	}
	for y := range height {
		cells := f.cells[y*f.width:][:f.width]
		row := c.rows[(f.top+y)*c.stride:][:c.stride]
		cover := int32(0)
		for x := range cells {
			cover += cells[x].cover
			const whole = 2 * pixel * pixel
			if part := min(abs(cover*2*pixel-cells[x].area), whole); part > 0 {
				b, shift := &row[(f.left+x)/4], 6-(f.left+x)%4*2
				paper := ink - int32(*b>>shift&ink) // what no outline has covered
				paper = (paper*(whole-part) + whole/2) / whole
				*b = *b&^(ink<<shift) | byte(ink-paper)<<shift
			}
			cells[x] = cell{}
		}
	}
}

// filler turns lines into cells.
type filler struct {
	left, top, width int // of the cells, in pixels
	cells            []cell
}

// contour follows a closed line.
func (f *filler) contour(c fonts.Contour, place func(fonts.Point) point) {
	n := len(c)
	if n < 2 {
		return
	}
	between := func(a, b fonts.Point) point {
		p, q := place(a), place(b)
		return point{(p.x + q.x) >> 1, (p.y + q.y) >> 1}
	}
	// Where the line begins: at a point on it.
	start := place(c[0])
	if !c[0].On {
		start = place(c[n-1])
		if !c[n-1].On {
			start = between(c[n-1], c[0])
		}
	}
	from := start
	for i, p := range c {
		next := c[(i+1)%n]
		switch {
		case p.On:
			to := place(p)
			f.line(from, to)
			from = to
		case next.On:
			to := place(next)
			f.curve(from, place(p), to)
			from = to
		default:
			to := between(p, next)
			f.curve(from, place(p), to)
			from = to
		}
	}
	f.line(from, start)
}

// curve follows a quadratic curve in lines that leave it by less than a
// sixteenth of a pixel.
func (f *filler) curve(from, control, to point) {
	bend := max(abs(from.x-2*control.x+to.x), abs(from.y-2*control.y+to.y))
	n := 1
	for bend > 4*pixel/16 && n < 64 { // n lines leave it by bend/4n²
		bend /= 4
		n *= 2
	}
	last := from
	for i := 1; i <= n; i++ {
		at := func(a, b, c int) int {
			return roundDiv(int64(a)*int64((n-i)*(n-i))+int64(b)*int64(2*i*(n-i))+int64(c)*int64(i*i), int64(n*n))
		}
		p := point{at(from.x, control.x, to.x), at(from.y, control.y, to.y)}
		f.line(last, p)
		last = p
	}
}

// line follows a straight line: through each row of pixels that it crosses,
// and there through each pixel.
func (f *filler) line(from, to point) {
	if from.y == to.y {
		return
	}
	step, x, y := 1, from.x, from.y
	if to.y < from.y {
		step = -1
	}
	for y != to.y {
		// The row that the line is in next, and where it leaves it.
		row := y / pixel
		if step < 0 {
			row = (y - 1) / pixel
		}
		edge := row * pixel
		if step > 0 {
			edge += pixel
		}
		nextX, nextY := to.x, to.y
		if (to.y-edge)*step > 0 {
			nextY = edge
			nextX = from.x + roundDiv(int64(to.x-from.x)*int64(edge-from.y), int64(to.y-from.y))
		}
		f.span(row, x, nextX, nextY-y)
		x, y = nextX, nextY
	}
}

// span follows a line within a row, of which it crosses dy.
func (f *filler) span(row, from, to, dy int) {
	cells := f.cells[(row-f.top)*f.width:][:f.width]
	x, done := from, 0
	for {
		column := x / pixel
		edge, last := (column+1)*pixel, to
		if to < x {
			column = (x - 1) / pixel
			edge = column * pixel
		}
		if x == to {
			column = x / pixel
		}
		upTo := dy
		if to > x && edge < to || to < x && edge > to {
			last = edge
			upTo = roundDiv(int64(dy)*int64(edge-from), int64(to-from))
		}
		part := upTo - done
		k := &cells[column-f.left]
		k.cover += int32(part)
		k.area += int32(part * (x + last - 2*column*pixel))
		if x, done = last, upTo; x == to {
			return
		}
	}
}

func abs[T int | int32](v T) T {
	if v < 0 {
		return -v
	}
	return v
}

// roundDiv is a/b, rounded to the nearest, halves up. b is not 0.
func roundDiv(a, b int64) int {
	if b < 0 {
		a, b = -a, -b
	}
	q := (2*a + b) / (2 * b)
	if (2*a+b)%(2*b) < 0 {
		q--
	}
	return int(q)
}

// palette has the colours of pixels with no ink, and with more of it. The
// paper is not white, so that a cover has edges on a white page.
var palette = [4]byte{0xee, 0xa4, 0x5a, 0x10}

// png is the canvas as a PNG file of 2 bits for each pixel (ISO/IEC 15948). It
// is deflated by a pinned module, so that the bytes do not change with a
// release of Go.
func (c *canvas) png() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		b = append(append(b, name...), data...)
		out.Write(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
	}
	header := binary.BigEndian.AppendUint32(nil, uint32(c.width))
	header = binary.BigEndian.AppendUint32(header, uint32(c.height))
	chunk("IHDR", append(header, 2, 3, 0, 0, 0)) // 2 bits, of a palette, not interlaced
	var colours []byte
	for _, grey := range palette {
		colours = append(colours, grey, grey, grey)
	}
	chunk("PLTE", colours)

	var data bytes.Buffer
	deflate, err := zlib.NewWriterLevel(&data, 6)
	if err != nil {
		return nil, err
	}
	line := make([]byte, 1+c.stride) // a byte for the filter, which is none
	for y := range c.height {
		copy(line[1:], c.rows[y*c.stride:])
		if _, err := deflate.Write(line); err != nil {
			return nil, err
		}
	}
	if err := deflate.Close(); err != nil {
		return nil, err
	}
	chunk("IDAT", data.Bytes())
	chunk("IEND", nil)
	return out.Bytes(), nil
}
