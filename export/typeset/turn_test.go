package typeset

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"testing"

	"qalam/export/document"
	"qalam/source"
)

// turnedJPEG is a JPEG of 40 by 20 pixels whose camera was held in some way.
func turnedJPEG(t *testing.T, order binary.ByteOrder, turn uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20)), nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00")
	if order == binary.BigEndian {
		tiff = []byte("MM\x00*")
	}
	put16 := func(v uint16) { tiff = append(tiff, 0, 0); order.PutUint16(tiff[len(tiff)-2:], v) }
	put32 := func(v uint32) { tiff = append(tiff, 0, 0, 0, 0); order.PutUint32(tiff[len(tiff)-4:], v) }
	put32(8)
	put16(2)
	put16(0x010F) // the maker, somewhere else
	put16(2)
	put32(10)
	put32(999)
	put16(0x0112)
	put16(3)
	put32(1)
	put16(turn)
	put16(0)
	put32(0)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(2 + len(exif))}, exif...)
	return append(out, b.Bytes()[2:]...)
}

// A photograph stands as the camera says, and one that lies on its side is
// higher than wide.
func TestTurn(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		for turn := range uint16(10) {
			data := turnedJPEG(t, order, turn)
			img := &document.Image{ImageFile: &source.ImageFile{MediaType: "image/jpeg", Width: 40, Height: 20, Data: data}}
			want := Turn(turn)
			if turn < 1 || turn > 8 {
				want = 1
			}
			if got := turnOf(img); got != want {
				t.Errorf("%v: %d is read as %d", order, turn, got)
			}
			w, h := fit(img, 1000*Pt, 1000*Pt)
			if (h > w) != (want >= 5) {
				t.Errorf("%d: %v by %v", turn, pt(w), pt(h))
			}
			// Half a file, at any place, is no reason to fail.
			for n := range 80 {
				img.ImageFile.Data = data[:n]
				turnOf(img)
			}
		}
	}
	if got := turnOf(&document.Image{ImageFile: &source.ImageFile{MediaType: "image/png"}}); got != 1 {
		t.Errorf("a PNG is turned by %d", got)
	}
}
