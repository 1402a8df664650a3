package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"qalam/export/document"
	"qalam/export/pdf/object"
	"qalam/source/diag"
)

// image adds an image to the file.
func (f *finisher) image(img *document.Image) (object.Ref, error) {
	s, mask, err := f.imageStream(img)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", img.Src, err)
	}
	if mask != nil {
		s.Dict["SMask"] = f.out.Add(mask)
	}
	return f.out.Add(s), nil
}

// imageStream is an image as PDF has it: a JPEG as it is, if its colours are
// for screens, and all else as pixels of 8 bits a colour. The mask says how
// opaque each pixel is; it is nil when all are.
func (f *finisher) imageStream(img *document.Image) (s, mask *object.Stream, err error) {
	if img.MediaType != "image/jpeg" {
		pixels, err := png.Decode(bytes.NewReader(img.Data))
		if err != nil {
			return nil, nil, err
		}
		s, mask := pixelStreams(pixels)
		return s, mask, nil
	}
	frame, err := jpegFrameOf(img.Data)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !frame.common:
	case frame.components == 1:
		return jpegStream(img.Data, frame, "DeviceGray"), nil, nil
	case frame.components == 3:
		return jpegStream(img.Data, frame, "DeviceRGB"), nil, nil
	}
	pixels, err := jpeg.Decode(bytes.NewReader(img.Data))
	if err != nil {
		return nil, nil, err
	}
	if frame.components == 4 {
		f.warnings.Warnf(diag.Pos{Path: img.Src}, "image-cmyk", "the colours of this image are for print (CMYK), and were converted for the PDF; they may look different").
			Hint = "save it with the colours of screens (sRGB)"
	}
	s, mask = pixelStreams(pixels)
	return s, mask, nil
}

// jpegFrame is what the frame header of a JPEG says.
type jpegFrame struct {
	common        bool // a kind that all readers of PDF know
	width, height int
	components    int // 1 is grey, 3 is for screens, 4 is CMYK
}

// jpegFrameOf finds the frame header. Source: ITU-T T.81, B.1 and B.2.2; which
// kinds PDF has, ISO 32000-1, 7.4.8.
func jpegFrameOf(data []byte) (jpegFrame, error) {
	for at := 2; at+4 <= len(data); {
		if data[at] != 0xFF {
			break
		}
		marker := data[at+1]
		if marker == 0xFF { // fills up
			at++
			continue
		}
		size := int(data[at+2])<<8 | int(data[at+3])
		header := 0xC0 <= marker && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
		if !header {
			at += 2 + size
			continue
		}
		if at+10 > len(data) {
			break
		}
		return jpegFrame{
			common:     marker <= 0xC2 && data[at+4] == 8,
			height:     int(data[at+5])<<8 | int(data[at+6]),
			width:      int(data[at+7])<<8 | int(data[at+8]),
			components: int(data[at+9]),
		}, nil
	}
	return jpegFrame{}, errors.New("a JPEG without a frame")
}

func jpegStream(data []byte, frame jpegFrame, space object.Name) *object.Stream {
	s := imageObject(frame.width, frame.height, space, data)
	s.Dict["Filter"] = object.Name("DCTDecode")
	return s
}

// imageObject is an image of 8 bits a colour. Source: ISO 32000-1, 8.9.5.
func imageObject(width, height int, space any, data []byte) *object.Stream {
	return &object.Stream{Data: data, Dict: object.Dict{
		"Type":             object.Name("XObject"),
		"Subtype":          object.Name("Image"),
		"Width":            width,
		"Height":           height,
		"ColorSpace":       space,
		"BitsPerComponent": 8,
	}}
}

// pixelStreams is an image as pixels, in as few colours as it has: of its
// palette, grey, or all; and its mask.
func pixelStreams(src image.Image) (s, mask *object.Stream) {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	row := make([]byte, 4*w)
	grey, opaque := true, true
	for y := range h {
		readRow(row, src, y)
		for p := row; len(p) > 0; p = p[4:] {
			grey = grey && p[0] == p[1] && p[1] == p[2]
			opaque = opaque && p[3] == 0xFF
		}
	}
	palette, indexed := src.(*image.Paletted)
	var colours, alpha []byte
	for y := range h {
		readRow(row, src, y)
		if indexed && !grey {
			colours = append(colours, palette.Pix[y*palette.Stride:][:w]...)
		}
		for p := row; len(p) > 0; p = p[4:] {
			switch {
			case grey:
				colours = append(colours, p[0])
			case !indexed:
				colours = append(colours, p[:3]...)
			}
			if !opaque {
				alpha = append(alpha, p[3])
			}
		}
	}
	switch {
	case grey:
		s = predicted(w, h, "DeviceGray", colours, 1)
	case indexed:
		var table []byte
		for _, c := range palette.Palette {
			r, g, b, _ := opaqueRGBA(c.RGBA())
			table = append(table, r, g, b)
		}
		last := len(palette.Palette) - 1
		s = imageObject(w, h, object.Array{object.Name("Indexed"), object.Name("DeviceRGB"), last, object.String(table)}, colours)
	default:
		s = predicted(w, h, "DeviceRGB", colours, 3)
	}
	if !opaque {
		mask = predicted(w, h, "DeviceGray", alpha, 1)
	}
	return s, mask
}

// opaqueRGBA gives the colour that was made transparent, and how much, of one
// as package color has it.
func opaqueRGBA(r, g, b, a uint32) (r8, g8, b8, a8 byte) {
	if a == 0 {
		return 0, 0, 0, 0
	}
	return byte(r * 0xFFFF / a >> 8), byte(g * 0xFFFF / a >> 8), byte(b * 0xFFFF / a >> 8), byte(a >> 8)
}

// readRow reads a row of an image: red, green, blue and alpha of each pixel,
// which do not depend on each other.
func readRow(row []byte, src image.Image, y int) {
	w := len(row) / 4
	switch src := src.(type) {
	case *image.NRGBA:
		copy(row, src.Pix[y*src.Stride:])
	case *image.Gray:
		for x, v := range src.Pix[y*src.Stride:][:w] {
			copy(row[4*x:], []byte{v, v, v, 0xFF})
		}
	case *image.NRGBA64: // two bytes each, the first is the greater
		for i := range row {
			row[i] = src.Pix[y*src.Stride+2*i]
		}
	default:
		origin := src.Bounds().Min
		for x := range w {
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = opaqueRGBA(src.At(origin.X+x, origin.Y+y).RGBA())
		}
	}
}

// predicted is an image whose rows are filtered, which makes them easier to
// deflate: each with the filter after which the sum of what is left is least.
// Source: PNG (third edition), 9 and 12.7; ISO 32000-1, 7.4.4.4.
func predicted(w, h int, space object.Name, data []byte, channels int) *object.Stream {
	size := w * channels
	out := make([]byte, 0, h*(size+1))
	above := make([]byte, size)
	var tried [5][]byte
	for i := range tried {
		tried[i] = make([]byte, size)
	}
	for ; len(data) > 0; data = data[size:] {
		row := data[:size]
		best, least := 0, -1
		for filter, t := range tried {
			sum := 0
			for i, v := range row {
				var left, corner byte
				if i >= channels {
					left, corner = row[i-channels], above[i-channels]
				}
				v -= predict(filter, left, above[i], corner)
				t[i] = v
				sum += int(min(v, -v))
			}
			if least < 0 || sum < least {
				best, least = filter, sum
			}
		}
		out = append(append(out, byte(best)), tried[best]...)
		above = row
	}
	s := imageObject(w, h, space, out)
	s.Dict["DecodeParms"] = object.Dict{"Predictor": 15, "Colors": channels, "BitsPerComponent": 8, "Columns": w}
	return s
}

// predict is what a filter of PNG expects of a byte.
func predict(filter int, left, above, corner byte) byte {
	switch filter {
	case 1:
		return left
	case 2:
		return above
	case 3:
		return byte((int(left) + int(above)) / 2)
	case 4:
		p := int(left) + int(above) - int(corner)
		dl, da, dc := distance(p, left), distance(p, above), distance(p, corner)
		switch {
		case dl <= da && dl <= dc:
			return left
		case da <= dc:
			return above
		}
		return corner
	}
	return 0
}

func distance(p int, v byte) int {
	d := p - int(v)
	return max(d, -d)
}
