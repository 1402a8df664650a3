package pdf

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"image"
	"image/draw"
	"image/png"

	"github.com/go-pdf/fpdf"

	"qalam/export/document"
	"qalam/export/typeset"
)

// picture draws an image, which fpdf gets to know when it is first met.
func (p *pen) picture(pic typeset.Picture) {
	if src := pic.Image.Src; !p.image[src] {
		if err := p.register(pic.Image); err != nil {
			p.pdf.SetError(fmt.Errorf("%s: %w", src, err))
			return
		}
		p.image[src] = true
	}
	p.pdf.ImageOptions(pic.Image.Src, pic.X.Points(), pic.Y.Points(), pic.Width.Points(), pic.Height.Points(),
		false, fpdf.ImageOptions{}, 0, "")
}

// register gives fpdf an image.
func (p *pen) register(img *document.Image) error {
	data, kind := img.Data, "jpg"
	if img.MediaType == "image/png" {
		kind = "png"
		if !plainPNG(data) {
			var err error
			if data, err = rewritePNG(data); err != nil {
				return err
			}
		}
	}
	info := p.pdf.RegisterImageOptionsReader(img.Src, fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
	if err := p.pdf.Error(); err != nil {
		return err
	}
	p.width[img.Width]++
	if n := p.width[img.Width]; n > 1 {
		return widen(info, n)
	}
	return nil
}

// widen makes an image wider by a fraction of a pixel, which nothing shows:
// fpdf writes images sorted by width, and those of one width in the order of a
// map. The width is private to fpdf, except in what it gives to package gob:
// 13 values, the width is the fourth.
func widen(info *fpdf.ImageInfoType, n int) error {
	var (
		data, smask, pal    []byte
		number, bits        int
		width, height       float64
		space, filter, parm string
		mask                []int
		scale, dpi          float64
	)
	fields := []any{&data, &smask, &number, &width, &height, &space, &pal, &bits, &filter, &parm, &mask, &scale, &dpi}
	encoded, err := info.GobEncode()
	if err != nil {
		return err
	}
	dec := gob.NewDecoder(bytes.NewReader(encoded))
	for _, f := range fields {
		if err := dec.Decode(f); err != nil {
			return err
		}
	}
	width += float64(n) / (1 << 20)
	var out bytes.Buffer
	enc := gob.NewEncoder(&out)
	for _, f := range fields {
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return info.GobDecode(out.Bytes())
}

// plainPNG reports whether fpdf shows this PNG as it is. It refuses interlaced
// files, takes the bits of 16-bit samples apart as if they had 8, and of
// transparent colours it knows one at most.
//
// Source: PNG (third edition), 11.2.1 IHDR, 11.3.1.1 tRNS.
func plainPNG(data []byte) bool {
	const header = 8 + 8 + 13 + 4
	if len(data) < header {
		return false
	}
	depth, interlace := data[24], data[28]
	if depth > 8 || interlace != 0 {
		return false
	}
	for chunk := data[8:]; len(chunk) >= 12; {
		size := binary.BigEndian.Uint32(chunk)
		switch string(chunk[4:8]) {
		case "tRNS":
			return false
		case "IDAT":
			return true
		}
		if uint64(size) > uint64(len(chunk)-12) {
			return false
		}
		chunk = chunk[12+size:]
	}
	return false
}

// rewritePNG writes a PNG anew in a form that fpdf can show: 8 bits, not
// interlaced, and with an alpha channel if anything is transparent.
func rewritePNG(data []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	dst := image.NewNRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(dst, dst.Bounds(), src, src.Bounds().Min, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, dst); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
