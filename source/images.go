package source

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	_ "image/jpeg" // DecodeConfig
	_ "image/png"  // DecodeConfig
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/klauspost/compress/zlib"
)

// images loads the images that a shows, each once for the whole folder.
func (l *loader) images(f *Folder, a *Article) {
	look := func(in Inline) {
		img, ok := in.(*Image)
		if !ok {
			return
		}
		if _, ok := f.Images[img.Src]; ok {
			return
		}
		if file := l.image(img); file != nil {
			f.Images[img.Src] = file
		}
	}
	walkInlines(a.Blocks, look)
	for _, n := range a.Notes {
		walkInlines(n.Blocks, look)
	}
}

// image loads one image; nil when it is reported.
func (l *loader) image(img *Image) *ImageFile {
	name, ok := l.imagePath(img)
	if !ok {
		return nil
	}
	info, err := fs.Stat(l.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		// An address may have been pasted with its spaces escaped.
		if plain, e := url.PathUnescape(name); e == nil && plain != name && fs.ValidPath(plain) {
			if i, e := fs.Stat(l.fsys, plain); e == nil {
				name, info, err = plain, i, nil
			}
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && l.isLink(name):
		l.diags.Errorf(img.pos, "image-missing", "%s is a link to a file that is not there", name).
			Hint = "put the image itself in the place of the link"
		return nil
	case errors.Is(err, fs.ErrNotExist):
		l.diags.Errorf(img.pos, "image-missing", "there is no file %s in the folder", name).
			Hint = l.otherSpelling(name)
		return nil
	case err != nil && leavesFolder(err):
		l.diags.Errorf(img.pos, "image-outside", "%s is a link that leads out of the folder", name).
			Hint = "copy the image into the folder"
		return nil
	case err == nil && !info.Mode().IsRegular():
		l.diags.Errorf(img.pos, "file-kind", "%s is %s, not a file", name, kindOf(info.Mode())).
			Hint = "name a PNG or JPEG file"
		return nil
	}
	data, ok := l.file(img.pos, name, MaxImageSize)
	if !ok {
		return nil
	}
	file := &ImageFile{Src: img.Src, Data: data}
	var whole func([]byte) error
	switch {
	case bytes.HasPrefix(data, []byte(pngSignature)):
		file.MediaType, whole = "image/png", wholePNG
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		file.MediaType, whole = "image/jpeg", wholeJPEG
	default:
		l.diags.Errorf(img.pos, "image-kind", "%s is %s, not a PNG or JPEG image", name, sniff(data)).
			Hint = "save it as PNG (drawings, maps) or JPEG (photographs)"
		return nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && (config.Width <= 0 || config.Height <= 0) {
		err = errors.New("it has no pixels")
	}
	if err == nil && int64(config.Width)*int64(config.Height) > MaxImagePixels {
		l.diags.Errorf(img.pos, "image-pixels", "%s has %d × %d pixels, more than %d million", name, config.Width, config.Height, int64(MaxImagePixels)/1e6).
			Hint = "save it with fewer pixels"
		return nil
	}
	if err == nil {
		err = whole(data)
	}
	if err != nil {
		l.diags.Errorf(img.pos, "image-unreadable", "%s is damaged: %s", name, err).
			Hint = "save the image again"
		return nil
	}
	file.Width, file.Height = config.Width, config.Height
	return file
}

// imagePath is the path of the image in the folder.
func (l *loader) imagePath(img *Image) (string, bool) {
	src := img.Src
	clean := path.Clean(src)
	outside := func(why, hint string) (string, bool) {
		l.diags.Errorf(img.pos, "image-outside", "the image %q %s", shorten(src), why).Hint = hint
		return "", false
	}
	switch {
	case src == "":
		l.diags.Errorf(img.pos, "image-missing", "this image names no file").
			Hint = "write its path: ![what it shows](images/map.png)"
		return "", false
	case strings.Contains(src, "\\"):
		return outside("is written with backslashes", "write the path with /: "+shorten(strings.ReplaceAll(src, "\\", "/")))
	case strings.Contains(src, "://"), strings.HasPrefix(src, "//"), strings.HasPrefix(strings.ToLower(src), "data:"):
		return outside("is not in the folder", "save it in the folder, and name its path: images/map.png")
	case hasScheme(src) || len(src) > 1 && isLetter(src[0]) && src[1] == ':', path.IsAbs(src):
		return outside("is not named by a path in the folder", "copy it into the folder, and name its path from there: images/map.png")
	case clean == ".." || strings.HasPrefix(clean, "../"):
		return outside("is outside the folder", "copy it into the folder, and name its path from there: images/map.png")
	case !fs.ValidPath(clean) || clean == ".":
		return outside("is no path", "write a path in the folder: images/map.png")
	}
	return clean, true
}

// otherSpelling is a hint that names a file whose name differs only in case or
// ending, which other systems would have found.
func (l *loader) otherSpelling(name string) string {
	dir, base := path.Split(name)
	entries, err := fs.ReadDir(l.fsys, path.Clean(dir))
	if err == nil {
		stem := strings.TrimSuffix(base, path.Ext(base))
		var similar []string
		for _, e := range entries {
			if strings.EqualFold(e.Name(), base) {
				return fmt.Sprintf("there is %s; write it the same way", path.Join(dir, e.Name()))
			}
			if strings.EqualFold(strings.TrimSuffix(e.Name(), path.Ext(e.Name())), stem) {
				similar = append(similar, e.Name())
			}
		}
		if len(similar) > 0 {
			return fmt.Sprintf("there is %s; write it the same way", path.Join(dir, similar[0]))
		}
	}
	return "write its path from the folder of the article, or put the file there"
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// wholePNG reads a PNG file as far as one can without making a picture of it:
// the order and the checksums of its chunks, and whether they inflate to its
// scanlines and nothing else (ISO/IEC 15948).
func wholePNG(data []byte) error {
	const order = "its parts stand in the wrong order"
	var header, palette bool
	var pixels []io.Reader // the bodies of the IDAT chunks
	ended := false         // another chunk stands after them
	rest := data[len(pngSignature):]
	for len(rest) >= 12 {
		size := int64(binary.BigEndian.Uint32(rest))
		if size+12 > int64(len(rest)) {
			break
		}
		body, sum := rest[4:8+size], binary.BigEndian.Uint32(rest[8+size:])
		if crc32.ChecksumIEEE(body) != sum {
			return fmt.Errorf("the checksum of its %.4q part is wrong", body)
		}
		name := string(body[:4])
		if !header && (name != "IHDR" || size != 13) || header && name == "IHDR" {
			return errors.New(order)
		}
		header = true
		switch name {
		case "PLTE":
			if palette || len(pixels) > 0 {
				return errors.New(order)
			}
			palette = true
		case "IDAT":
			if ended {
				return errors.New(order)
			}
			pixels = append(pixels, bytes.NewReader(body[4:]))
		case "IEND":
			return wholeScanlines(data[len(pngSignature)+8:][:13], palette, pixels)
		default:
			ended = len(pixels) > 0
		}
		rest = rest[12+size:]
	}
	return errors.New("it ends too early")
}

// wholeScanlines inflates the pixels of a PNG file with that IHDR, line by line.
func wholeScanlines(header []byte, palette bool, pixels []io.Reader) error {
	if len(pixels) == 0 {
		return errors.New("it has no pixels")
	}
	width, height := int(binary.BigEndian.Uint32(header)), int(binary.BigEndian.Uint32(header[4:]))
	depth, colour, interlaced := int(header[8]), header[9], header[12] != 0
	samples, ok := map[byte]int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
	switch {
	case !ok:
		return errors.New("it has no kind of colours that there is")
	case colour == 3 && !palette:
		return errors.New("it has no palette")
	}
	type pass struct{ x, y, dx, dy int } // the first pixel, and the way to the next ones
	passes := []pass{{0, 0, 1, 1}}
	if interlaced { // Adam7
		passes = []pass{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}
	}
	damaged := func(err error) error {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("a part of its pixels is missing")
		}
		return fmt.Errorf("its pixels cannot be read: %w", err)
	}
	z, err := zlib.NewReader(io.MultiReader(pixels...))
	if err != nil {
		return damaged(err)
	}
	defer z.Close()
	line := make([]byte, 1+(width*samples*depth+7)/8)
	for _, p := range passes {
		columns, rows := (width-p.x+p.dx-1)/p.dx, (height-p.y+p.dy-1)/p.dy
		if columns <= 0 {
			continue
		}
		line := line[:1+(columns*samples*depth+7)/8]
		for range rows {
			switch _, err := io.ReadFull(z, line); {
			case err != nil:
				return damaged(err)
			case line[0] > 4:
				return fmt.Errorf("a line of its pixels has the filter %d, which there is not", line[0])
			}
		}
	}
	switch n, err := io.ReadFull(z, line[:1]); {
	case n > 0:
		return errors.New("it has more pixels than it says")
	case !errors.Is(err, io.EOF):
		return damaged(err)
	}
	return nil
}

// wholeJPEG walks the segments to the end-of-image marker.
func wholeJPEG(data []byte) error {
	early := errors.New("it ends too early")
	frame := false // a start of frame has been seen
	scan := false  // a start of scan has been seen
	pixels := 0    // bytes in scans
	for i := 2; i+1 < len(data); {
		if data[i] != 0xFF {
			if !scan {
				return errors.New("a part of it starts in the wrong place")
			}
			n := bytes.IndexByte(data[i:], 0xFF) // the pixels of a scan
			if n < 0 {
				return early
			}
			pixels += n
			i += n
			continue
		}
		switch m := data[i+1]; {
		case m == 0xFF:
			i++ // a fill byte
		case m == 0xD9:
			if pixels == 0 {
				return errors.New("it has no pixels")
			}
			return nil
		case m == 0 || m == 1 || m >= 0xD0 && m <= 0xD7:
			if m == 0 && scan {
				pixels++ // a byte 0xFF among the pixels
			}
			i += 2
		default:
			if i+4 > len(data) {
				return early
			}
			size := int(binary.BigEndian.Uint16(data[i+2:]))
			if size < 2 {
				return errors.New("a part of it has no length")
			}
			if m == 0xDA && !frame {
				return errors.New("its parts stand in the wrong order")
			}
			frame = frame || m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC
			scan = scan || m == 0xDA
			i += 2 + size
		}
	}
	return early
}

// sniff says what kind of file data is.
func sniff(data []byte) string {
	switch {
	case len(data) == 0:
		return "an empty file"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "a GIF image"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "a WebP image"
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return "a TIFF image"
	case len(data) > 12 && string(data[4:8]) == "ftyp":
		return "an AVIF or HEIC image"
	case bytes.HasPrefix(data, []byte("BM")):
		return "a BMP image"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "a PDF"
	case bytes.Contains(data[:min(len(data), 1000)], []byte("<svg")):
		return "an SVG drawing"
	case bytes.Contains(bytes.ToLower(data[:min(len(data), 1000)]), []byte("<html")):
		return "a web page"
	}
	return "a file of another kind"
}
