package epub

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"qalam/export/fonts"
)

// drawn shows a canvas as text, a digit for each pixel, "." for paper.
func drawn(c *canvas) string {
	var b strings.Builder
	for y := range c.height {
		for x := range c.width {
			b.WriteByte(".123"[at(c, x, y)])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func at(c *canvas, x, y int) byte { return c.rows[y*c.stride+x/4] >> (6 - x%4*2) & 3 }

func on(x, y int) fonts.Point  { return fonts.Point{X: x, Y: y, On: true} }
func off(x, y int) fonts.Point { return fonts.Point{X: x, Y: y} }

// A pixel is as dark as the part of it that an outline covers, however the
// outline winds, and where outlines lie over each other they are not darker.
func TestOutlineCoverage(t *testing.T) {
	square := fonts.Contour{on(1, 1), on(1, 3), on(3, 3), on(3, 1)}
	reversed := fonts.Contour{on(3, 1), on(3, 3), on(1, 3), on(1, 1)}
	tests := []struct {
		name     string
		contours []fonts.Contour
		origin   point
		want     string
	}{
		{"whole pixels", []fonts.Contour{square}, point{0, 4 * pixel}, ".....\n.33..\n.33..\n.....\n.....\n"},
		{"the other way round", []fonts.Contour{reversed}, point{0, 4 * pixel}, ".....\n.33..\n.33..\n.....\n.....\n"},
		{"twice", []fonts.Contour{square, square}, point{0, 4 * pixel}, ".....\n.33..\n.33..\n.....\n.....\n"},
		{"a hole", []fonts.Contour{{on(0, 0), on(0, 4), on(4, 4), on(4, 0)}, reversed}, point{0, 4 * pixel}, "3333.\n3..3.\n3..3.\n3333.\n.....\n"},
		{"half a pixel to the right", []fonts.Contour{square}, point{pixel / 2, 4 * pixel}, ".....\n.131.\n.131.\n.....\n.....\n"},
		{"a quarter down", []fonts.Contour{square}, point{0, 4*pixel + pixel/4}, ".....\n.22..\n.33..\n.11..\n.....\n"},
		{"a triangle", []fonts.Contour{{on(0, 0), on(0, 4), on(4, 0)}}, point{0, 4 * pixel}, "1....\n31...\n331..\n3331.\n.....\n"},
		{"off the page", []fonts.Contour{square}, point{3 * pixel, 4 * pixel}, ".....\n.....\n.....\n.....\n.....\n"},
		{"nothing", nil, point{0, 4 * pixel}, ".....\n.....\n.....\n.....\n.....\n"},
		{"a point", []fonts.Contour{{on(1, 1)}}, point{0, 4 * pixel}, ".....\n.....\n.....\n.....\n.....\n"},
	}
	for _, test := range tests {
		c := newCanvas(5, 5)
		c.outline(test.contours, test.origin, pixel, 1)
		if got := drawn(c); got != test.want {
			t.Errorf("%s:\n%swant\n%s", test.name, got, test.want)
		}
	}
}

// The ink of a circle is its area, wherever it lies between pixels.
func TestCurveArea(t *testing.T) {
	// A circle of radius 100 by eight quadratic curves, as TrueType fonts have
	// them: no point is on the line.
	circle := fonts.Contour{off(41, 100), off(100, 41), off(100, -41), off(41, -100), off(-41, -100), off(-100, -41), off(-100, 41), off(-41, 100)}
	for _, middle := range []point{{60 * pixel, 60 * pixel}, {60*pixel + 37, 60*pixel + 211}, {60*pixel + 255, 60*pixel + 1}} {
		c := newCanvas(120, 120)
		c.outline([]fonts.Contour{circle}, middle, pixel, 2)
		ink := 0
		for i := range c.width * c.height {
			ink += int(at(c, i%c.width, i/c.width))
		}
		const want = 7854 * 3 // 50² π
		if ink < want-want/100 || ink > want+want/100 {
			t.Errorf("at %v: %d of ink, want %d", middle, ink, want)
		}
	}
}

// A canvas is read by others as the picture that it is, with an odd width too.
func TestPNG(t *testing.T) {
	for _, width := range []int{1, 4, 7} {
		c := newCanvas(width, 3)
		for i := range width * 3 {
			c.rows[i/width*c.stride+i%width/4] |= byte(i*5%4) << (6 - i%width%4*2)
		}
		data, err := c.png()
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if img.Bounds().Dx() != width || img.Bounds().Dy() != 3 {
			t.Fatalf("size %v", img.Bounds())
		}
		for i := range width * 3 {
			p := byte(i * 5 % 4)
			if grey, _, _, _ := img.At(i%width, i/width).RGBA(); grey != uint32(palette[p])*0x101 {
				t.Errorf("width %d: pixel %d is %x, want %x", width, i, grey, palette[p])
			}
		}
	}
}
