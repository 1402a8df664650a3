package source

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
)

// chunk is one chunk of a PNG file, with the right checksum.
func chunk(name string, body []byte) string {
	s := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	s = append(append(s, name...), body...)
	return string(binary.BigEndian.AppendUint32(s, crc32.ChecksumIEEE(s[4:])))
}

func deflated(lines []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(lines); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// A PNG or JPEG file whose checksums are right is damaged all the same when its
// pixels are not all there.
func TestImageUnreadable(t *testing.T) {
	const width, height = 5, 3
	header := func(depth, colour, interlace byte) string {
		return chunk("IHDR", []byte{0, 0, 0, width, 0, 0, 0, height, depth, colour, 0, 0, interlace})
	}
	pixels := func(lines ...byte) string { return chunk("IDAT", deflated(lines)) }
	var (
		grey       = header(8, 0, 0)
		whole      = make([]byte, height*(1+width))
		end        = chunk("IEND", nil)
		compressed = deflated(whole)
		filter     = bytes.Clone(whole)
		adler      = bytes.Clone(compressed)
		palette    = chunk("PLTE", make([]byte, 3))
		plain      = jpegOf(9, 9)
		scan       = strings.Index(plain, "\xff\xda")
		scanHeader = plain[scan : scan+2+int(plain[scan+2])<<8+int(plain[scan+3])]
	)
	filter[1+width] = 5
	adler[len(adler)-1]++
	// Adam7 on 5 × 3 pixels of one byte, columns × rows, each row with a filter byte:
	// pass 1: 1×1, 2: 1×1, 3: 2×0, 4: 1×1, 5: 3×1, 6: 2×2, 7: 5×1.
	interlaced := 2 + 2 + 0 + 2 + 4 + 2*3 + 6
	tests := []struct{ name, file, err string }{
		{"whole", grey + chunk("IDAT", compressed) + end, ""},
		{"in pieces", grey + chunk("IDAT", compressed[:3]) + chunk("IDAT", nil) + chunk("IDAT", compressed[3:]) + end, ""},
		{"one bit", header(1, 0, 0) + pixels(make([]byte, height*2)...) + end, ""},
		{"palette", header(8, 3, 0) + palette + pixels(whole...) + end, ""},
		{"interlaced", header(8, 0, 1) + pixels(make([]byte, interlaced)...) + end, ""},
		{"interlaced, short", header(8, 0, 1) + pixels(make([]byte, interlaced-1)...) + end, "missing"},
		{"no pixels", grey + end, "no pixels"},
		{"a line is missing", grey + pixels(whole[:2*(1+width)]...) + end, "missing"},
		{"a pixel is missing", grey + pixels(whole[1:]...) + end, "missing"},
		{"too many", grey + pixels(append(bytes.Clone(whole), 0)...) + end, "more pixels"},
		{"filter", grey + pixels(filter...) + end, "filter 5"},
		{"no deflate", grey + chunk("IDAT", []byte("no pixels at all")) + end, "cannot be read"},
		{"cut deflate", grey + chunk("IDAT", compressed[:len(compressed)-6]) + end, "missing"},
		{"checksum of the pixels", grey + chunk("IDAT", adler) + end, "cannot be read"},
		{"no palette", header(8, 3, 0) + pixels(whole...) + end, "no palette"},
		{"palette after pixels", header(8, 3, 0) + pixels(whole...) + palette + end, "order"},
		{"text between pixels", grey + chunk("IDAT", compressed[:3]) + chunk("tEXt", []byte("a\x00b")) + chunk("IDAT", compressed[3:]) + end, "order"},
		{"two headers", grey + grey + pixels(whole...) + end, "order"},
		{"header later", chunk("tEXt", []byte("a\x00b")) + grey + pixels(whole...) + end, "order"},
		{"no end", grey + pixels(whole...), "too early"},
	}
	for _, tt := range tests {
		err := wholePNG([]byte(pngSignature + tt.file))
		if got := ""; err != nil {
			if got = err.Error(); tt.err == "" || !strings.Contains(got, tt.err) {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.err)
			}
		} else if tt.err != "" {
			t.Errorf("%s: no error, want %q", tt.name, tt.err)
		}
	}
	for _, tt := range []struct{ name, file, err string }{
		{"whole", plain, ""},
		{"no scan", plain[:scan] + "\xff\xd9", "no pixels"},
		{"empty scan", plain[:scan] + scanHeader + "\xff\xd9", "no pixels"},
		{"scan before frame", "\xff\xd8" + scanHeader + "xx\xff\xd9", "order"},
		{"cut", plain[:len(plain)-2], "too early"},
	} {
		err := wholeJPEG([]byte(tt.file))
		if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("JPEG, %s: %v, want %q", tt.name, err, tt.err)
		}
	}
	for name, file := range map[string]string{
		"a.png": pngSignature + grey + pixels(whole[1:]...) + end,
		"a.jpg": plain[:scan] + scanHeader + "\xff\xd9",
	} {
		_, diags := Load(files("article.md", head+"x\n\n![a]("+name+")", name, file), "x")
		if len(diags) != 1 || diags[0].Code != "image-unreadable" || diags[0].Pos.String() != "article.md:7:1" {
			t.Errorf("%s: %v", name, diags)
		}
	}
}
