package pdf

import (
	"encoding/binary"

	"qalam/export/pdf/object"
)

// intent says which colours the numbers of the pages are: those of screens.
// Source: ISO 32000-1, 14.11.5; ISO 19005-2, 6.2.3.
func (f *finisher) intent() object.Dict {
	return object.Dict{
		"Type":                      object.Name("OutputIntent"),
		"S":                         object.Name("GTS_PDFA1"),
		"OutputConditionIdentifier": object.String("sRGB"),
		"Info":                      object.String("sRGB IEC61966-2.1"),
		"DestOutputProfile":         f.out.Add(&object.Stream{Dict: object.Dict{"N": 3}, Data: profile()}),
	}
}

// curve is how much light the values from 0 to 1 are, in steps of 1/63 and
// parts of 65535. Between them it is straight, which nobody sees: it is off by
// 1/40 of a step of 8 bits at most. Source: IEC 61966-2-1, 5.2.
var curve = [64]uint16{
	0, 81, 161, 244, 345, 466, 609, 776, 965, 1180, 1420, 1687,
	1980, 2301, 2651, 3030, 3439, 3879, 4349, 4851, 5386, 5953, 6554, 7189,
	7858, 8562, 9302, 10078, 10890, 11739, 12626, 13551, 14513, 15515, 16556, 17636,
	18757, 19918, 21120, 22363, 23648, 24974, 26344, 27756, 29211, 30710, 32253, 33840,
	35471, 37148, 38870, 40638, 42452, 44312, 46219, 48173, 50174, 52223, 54320, 56465,
	58659, 60901, 63193, 65535,
}

// profile is a colour profile for sRGB with what a profile must have. Numbers
// with a fraction are in 1/65536; colours are those under the light D50.
// Source: ICC.1:2001-04, 6.1 (header), 6.3.1 (tags of a display), 6.5 (types).
func profile() []byte {
	xyz := func(x, y, z uint32) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range [3]uint32{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	const name = "sRGB\x00"
	description := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)))
	description = append(description, name...)
	description = append(description, make([]byte, 4+4+2+1+67)...) // none in other scripts
	light := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(len(curve)))
	for _, v := range curve {
		light = binary.BigEndian.AppendUint16(light, v)
	}
	white := xyz(0xF6D6, 0x10000, 0xD32D)
	tags := []struct {
		name string
		data []byte // nil for that of the tag before
	}{
		{"desc", description},
		{"cprt", []byte("text\x00\x00\x00\x00No rights reserved\x00")},
		{"wtpt", white},
		{"rXYZ", xyz(0x6FA2, 0x38F5, 0x0390)},
		{"gXYZ", xyz(0x6299, 0xB785, 0x18DA)},
		{"bXYZ", xyz(0x24A0, 0x0F84, 0xB6CF)},
		{"rTRC", light}, {"gTRC", nil}, {"bTRC", nil},
	}

	b := make([]byte, 128)
	copy(b[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(b[24:], "\x07\xCF\x00\x06\x00\x03") // a date is asked for: that of the standard
	copy(b[36:], "acsp")
	copy(b[68:], white[8:])
	b = binary.BigEndian.AppendUint32(b, uint32(len(tags)))
	at, size := len(b)+12*len(tags), 0
	for _, t := range tags {
		if t.data != nil {
			at, size = at+(size+3)&^3, len(t.data)
		}
		b = append(b, t.name...)
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(size))
	}
	for _, t := range tags {
		b = append(b, t.data...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b
}
