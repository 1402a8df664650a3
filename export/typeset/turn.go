package typeset

import (
	"encoding/binary"

	"qalam/export/document"
)

// Turn says how the pixels of an image are turned and mirrored to be shown,
// with the numbers that cameras write into their files: 1, or 0, is as they
// are; 2 mirrored left to right; 3 upside down; 4 mirrored top to bottom;
// 6 turned clockwise by a quarter, 8 the other way; 5 and 7 are 6 and 8,
// mirrored left to right after that. Source: Exif 2.32, 4.6.4, Orientation.
type Turn uint8

// sideways reports whether width and height change places.
func (t Turn) sideways() bool { return t >= 5 }

// turnOf is what a JPEG says of itself; 1 if it says nothing that we
// understand.
func turnOf(img *document.Image) Turn {
	if img.MediaType != "image/jpeg" {
		return 1
	}
	// The segments before the scan. Source: ITU-T T.81, B.1.
	const app1, scan = 0xE1, 0xDA
	data := img.Data
	for at := 2; at+4 <= len(data) && data[at] == 0xFF && data[at+1] != scan; {
		size := 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if at+size > len(data) {
			break
		}
		const exif = "Exif\x00\x00"
		if s := data[at+4 : at+size]; data[at+1] == app1 && len(s) > len(exif) && string(s[:len(exif)]) == exif {
			return turnIn(s[len(exif):])
		}
		at += size
	}
	return 1
}

// turnIn finds the orientation in the first list of fields of a TIFF header.
// Source: TIFF 6.0, section 2.
func turnIn(tiff []byte) Turn {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at > len(tiff)-2 {
		return 1
	}
	const orientation, short, fieldSize = 0x0112, 3, 12
	fields := tiff[at+2:]
	for n := order.Uint16(tiff[at:]); n > 0 && len(fields) >= fieldSize; n-- {
		if order.Uint16(fields) == orientation {
			if v := order.Uint16(fields[8:]); order.Uint16(fields[2:]) == short && 1 <= v && v <= 8 {
				return Turn(v)
			}
			return 1
		}
		fields = fields[fieldSize:]
	}
	return 1
}
