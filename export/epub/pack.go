package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"

	"github.com/klauspost/compress/flate"
)

// The entries with which an archive begins, in this order (EPUB 3.3, OCF 4.2).
const (
	mimetypeName  = "mimetype"
	containerName = "META-INF/container.xml"
)

// pack writes an archive: the same bytes for the same files. The mimetype is
// first and stored, the others are sorted; every entry has the first date
// that ZIP knows, its sizes in its own header, and no extra field.
//
// What can shrink is deflated by a pinned module, so that the bytes do not
// change with a release of Go.
func pack(w io.Writer, files map[string][]byte) error {
	names := []string{mimetypeName, containerName}
	for _, n := range names {
		if files[n] == nil {
			return fmt.Errorf("no %s", n)
		}
	}
	for n := range files {
		if n != mimetypeName && n != containerName {
			names = append(names, n)
		}
	}
	slices.Sort(names[2:])
	var small bytes.Buffer
	deflate, err := flate.NewWriter(&small, flate.DefaultCompression)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, n := range names {
		data := files[n]
		if uint64(len(data)) >= 1<<32-1 {
			return errors.New(n + " is too large for an archive")
		}
		h := &zip.FileHeader{
			Name:   n,
			Method: zip.Store,
			//lint:ignore SA1019 CreateRaw writes this field; Modified would do nothing
			ModifiedDate:       1<<5 | 1, // 1980-01-01, month and day
			CRC32:              crc32.ChecksumIEEE(data),
			UncompressedSize64: uint64(len(data)),
		}
		if deflates(n) {
			small.Reset()
			deflate.Reset(&small)
			if _, err := deflate.Write(data); err != nil {
				return err
			}
			if err := deflate.Close(); err != nil {
				return err
			}
			if small.Len() < len(data) {
				h.Method, data = zip.Deflate, small.Bytes()
			}
		}
		h.CompressedSize64 = uint64(len(data))
		entry, err := archive.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := entry.Write(data); err != nil {
			return err
		}
	}
	return archive.Close()
}

// deflates reports whether the file may be compressed, and is not already.
func deflates(name string) bool {
	switch path.Ext(name) {
	case "", ".png", ".jpg", ".jpeg":
		return false
	}
	return true
}
