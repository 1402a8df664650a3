package object

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// Document is a file to be written. The zero Document has no objects.
type Document struct{ objects []any }

// Add adds an indirect object.
func (d *Document) Add(o any) Ref {
	d.objects = append(d.objects, o)
	return Ref(len(d.objects))
}

// Reserve gives the number of an object that Set will say more of.
func (d *Document) Reserve() Ref { return d.Add(nil) }

// Set says what the object r is.
func (d *Document) Set(r Ref, o any) { d.objects[r-1] = o }

// packSize is how many objects an object stream has: a byte counts them.
// Readers unpack a whole one for any of its objects.
const packSize = 250

// How the rows of cross-references are filtered: as PNG does it. Source:
// ISO 32000-1, 7.4.4.4.
const (
	predictor = 12
	upFilter  = 2
)

// level is how hard a stream is deflated. The most makes images smaller by a
// tenth; all else by 2 %, for a sixth more time of the whole of a long file.
func level(s *Stream) int {
	switch {
	case s.Dict["Subtype"] == Name("Image"):
		return zlib.BestCompression
	case s.Dict["Type"] == Name("ObjStm"):
		return 8
	}
	return 6
}

// Write writes the file as PDF 1.7, with streams of objects and of
// cross-references. Its identifier is made of its content, so that equal
// documents are equal files. The streams in it are encoded in place: a
// Document is written once. An object beyond the limits is an error.
func (d *Document) Write(w io.Writer, root, info Ref) error {
	// Where objects stand: a stream at an offset, all else as the n-th object
	// in an object stream.
	type place struct{ kind, at, index int }
	places := make([]place, 1, len(d.objects)+8)

	var streams []*Stream
	var numbers []Ref
	var packs []*Stream
	var head, body []byte
	inPack := 0
	pack := func() {
		if inPack == 0 {
			return
		}
		packs = append(packs, &Stream{
			Dict: Dict{"Type": Name("ObjStm"), "N": inPack, "First": len(head)},
			Data: append(head, body...),
		})
		head, body, inPack = nil, nil, 0
	}
	for i, o := range d.objects {
		if s, ok := o.(*Stream); ok {
			streams = append(streams, s)
			numbers = append(numbers, Ref(i+1))
			places = append(places, place{kind: 1})
			continue
		}
		places = append(places, place{2, len(d.objects) + 1 + len(packs), inPack})
		head = strconv.AppendInt(head, int64(i+1), 10)
		head = append(head, ' ')
		head = strconv.AppendInt(head, int64(len(body)), 10)
		head = append(head, ' ')
		var err error
		if body, err = appendObject(body, o); err != nil {
			return fmt.Errorf("object %d: %w", i+1, err)
		}
		body = append(body, '\n')
		if inPack++; inPack == packSize {
			pack()
		}
	}
	pack()
	for _, s := range packs {
		streams = append(streams, s)
		numbers = append(numbers, Ref(len(places)))
		places = append(places, place{kind: 1})
	}
	if err := deflateAll(streams); err != nil {
		return err
	}

	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") // four bytes that say: no text
	for i, s := range streams {
		places[numbers[i]].at = out.Len()
		if err := writeStream(&out, numbers[i], s); err != nil {
			return err
		}
	}
	start := out.Len()
	sum := sha256.Sum256(out.Bytes())
	id := String(sum[:16])
	places = append(places, place{kind: 1, at: start})
	width := 1 // of the second field, in bytes
	for most := max(start, len(places)); most>>(8*width) > 0; width++ {
	}
	// Each row is the difference to the one above, which is mostly the same.
	var table []byte
	above, row := make([]byte, 2+width), make([]byte, 0, 2+width)
	for _, p := range places {
		row = append(row[:0], byte(p.kind))
		for k := width - 1; k >= 0; k-- {
			row = append(row, byte(p.at>>(8*k)))
		}
		row = append(row, byte(p.index))
		table = append(table, upFilter)
		for i, v := range row {
			table = append(table, v-above[i])
		}
		above, row = row, above
	}
	xref := &Stream{Dict: Dict{
		"Type": Name("XRef"), "Size": len(places), "W": Array{1, width, 1},
		"Root": root, "Info": info, "ID": Array{id, id},
		"DecodeParms": Dict{"Predictor": predictor, "Columns": 2 + width},
	}, Data: table}
	if err := deflateAll([]*Stream{xref}); err != nil {
		return err
	}
	if err := writeStream(&out, Ref(len(places)-1), xref); err != nil {
		return err
	}
	fmt.Fprintf(&out, "startxref\n%d\n%%%%EOF\n", start)
	_, err := w.Write(out.Bytes())
	return err
}

func writeStream(out *bytes.Buffer, r Ref, s *Stream) error {
	dict := make(Dict, len(s.Dict)+1)
	for k, v := range s.Dict {
		dict[k] = v
	}
	dict["Length"] = len(s.Data)
	b, err := appendObject(nil, dict)
	if err != nil {
		return fmt.Errorf("object %d: %w", r, err)
	}
	fmt.Fprintf(out, "%d 0 obj\n%s\nstream\n", r, b)
	out.Write(s.Data)
	out.WriteString("\nendstream\nendobj\n")
	return nil
}

// deflateAll deflates those of the streams that have to be, on all processors.
func deflateAll(streams []*Stream) error {
	var todo []*Stream
	for _, s := range streams {
		if s.Dict["Filter"] == nil && !s.Plain {
			todo = append(todo, s)
		}
	}
	var (
		next  = make(chan *Stream)
		group sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	// A compressor is large: one for each few streams at most.
	for range min(runtime.GOMAXPROCS(0), 1+len(todo)/8) {
		group.Go(func() {
			var compressors [zlib.BestCompression + 1]*zlib.Writer
			for s := range next {
				if err := deflate(&compressors[level(s)], s); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
				}
			}
		})
	}
	for _, s := range todo {
		next <- s
	}
	close(next)
	group.Wait()
	return first
}

// deflate deflates one stream, with the compressor *z, which is made if there
// is none.
func deflate(z **zlib.Writer, s *Stream) error {
	var b bytes.Buffer
	if *z == nil {
		var err error
		if *z, err = zlib.NewWriterLevel(&b, level(s)); err != nil {
			return err
		}
	} else {
		(*z).Reset(&b)
	}
	if _, err := (*z).Write(s.Data); err != nil {
		return err
	}
	if err := (*z).Close(); err != nil {
		return err
	}
	if s.Dict == nil {
		s.Dict = Dict{}
	}
	s.Dict["Filter"] = Name("FlateDecode")
	s.Data = b.Bytes()
	return nil
}
