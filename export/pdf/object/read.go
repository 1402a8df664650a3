package object

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zlib"
)

// File is a file that was read.
type File struct {
	Objects map[Ref]any
	Trailer Dict // or the dictionary of the cross-reference stream
}

// Get is the object itself, or the one that it refers to. A reference to
// nothing is an error.
func (f *File) Get(o any) (any, error) {
	r, ok := o.(Ref)
	if !ok {
		return o, nil
	}
	o, ok = f.Objects[r]
	if !ok {
		return nil, fmt.Errorf("object %d is not there", r)
	}
	return o, nil
}

// Read reads a whole file: one that fpdf wrote, with one table of
// cross-references, or one that Document wrote, with a stream of them. Anything
// else is an error. Streams keep their encoding, and their data are parts of
// the file and not copies.
func Read(file []byte) (*File, error) {
	if !bytes.HasPrefix(file, []byte("%PDF-1.")) {
		return nil, errors.New("the file does not begin as a PDF")
	}
	const end = "%%EOF\n"
	if !bytes.HasSuffix(file, []byte(end)) {
		return nil, errors.New("the file does not end as a PDF")
	}
	at := bytes.LastIndex(file, []byte("startxref\n"))
	if at < 0 {
		return nil, errors.New("no startxref")
	}
	text := string(file[at+len("startxref\n") : len(file)-len(end)])
	start, err := strconv.Atoi(strings.TrimSuffix(text, "\n"))
	if err != nil || start < 0 || start > at {
		return nil, fmt.Errorf("cross-references at %q", text)
	}
	f := &File{Objects: make(map[Ref]any)}
	if bytes.HasPrefix(file[start:], []byte("xref\n")) {
		err = f.readTable(file[:at], start)
	} else {
		err = f.readStream(file[:at], start)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// readTable reads a table of cross-references and the objects in it.
func (f *File) readTable(file []byte, start int) error {
	const entrySize = 20
	line, table, _ := bytes.Cut(file[start+len("xref\n"):], []byte("\n"))
	from, count, ok := strings.Cut(string(line), " ")
	n, err := strconv.Atoi(count)
	if !ok || from != "0" || err != nil || n < 1 || n > len(table)/entrySize {
		return fmt.Errorf("a section %q of cross-references", line)
	}
	for i := range n {
		entry := string(table[entrySize*i : entrySize*(i+1)])
		offset, err := strconv.Atoi(entry[:10])
		if i == 0 {
			if entry != "0000000000 65535 f \n" {
				return fmt.Errorf("the first cross-reference is %q", entry)
			}
			continue
		}
		if err != nil || entry[10:] != " 00000 n \n" || offset < 0 || offset >= start {
			return fmt.Errorf("cross-reference %d is %q", i, entry)
		}
		if f.Objects[Ref(i)], err = readIndirect(file[:start], offset, Ref(i)); err != nil {
			return err
		}
	}
	r := &reader{data: file, at: start + len("xref\n") + len(line) + 1 + n*entrySize}
	if err := r.keyword("trailer"); err != nil {
		return err
	}
	o, err := r.object(0)
	if err != nil {
		return fmt.Errorf("trailer: %w", err)
	}
	if f.Trailer, ok = o.(Dict); !ok {
		return errors.New("the trailer is no dictionary")
	}
	return r.end()
}

// readStream reads a stream of cross-references and the objects in it.
func (f *File) readStream(file []byte, start int) error {
	number, _, _ := bytes.Cut(file[start:], []byte(" "))
	n, err := strconv.Atoi(string(number))
	if err != nil {
		return fmt.Errorf("cross-references begin with %q", number)
	}
	o, err := readIndirect(file, start, Ref(n))
	if err != nil {
		return err
	}
	s, ok := o.(*Stream)
	if !ok || s.Dict["Type"] != Name("XRef") {
		return errors.New("no stream of cross-references")
	}
	f.Trailer = s.Dict
	w, ok := s.Dict["W"].(Array)
	size, sized := s.Dict["Size"].(int)
	if !ok || len(w) != 3 || !sized || size < 1 {
		return errors.New("cross-references of another form")
	}
	table, err := s.Decode()
	if err != nil {
		return err
	}
	entrySize := 0
	for _, x := range w {
		width, ok := x.(int)
		if !ok || width < 1 || width > 4 {
			return errors.New("cross-references of another form")
		}
		entrySize += width
	}
	if table, err = unfiltered(table, entrySize, s.Dict["DecodeParms"]); err != nil {
		return err
	}
	if len(table)%entrySize != 0 || len(table)/entrySize != size {
		return errors.New("cross-references of another size")
	}
	type place struct{ in, index int }
	inStream := make(map[Ref]place)
	for i := range size {
		var fields [3]int
		for k, x := range w {
			for range x.(int) {
				fields[k] = fields[k]<<8 | int(table[0])
				table = table[1:]
			}
		}
		switch fields[0] {
		case 0: // free
		case 1:
			if fields[1] >= len(file) {
				return fmt.Errorf("object %d stands beyond the end", i)
			}
			if f.Objects[Ref(i)], err = readIndirect(file, fields[1], Ref(i)); err != nil {
				return err
			}
		case 2:
			inStream[Ref(i)] = place{fields[1], fields[2]}
		default:
			return fmt.Errorf("cross-reference %d of kind %d", i, fields[0])
		}
	}
	packed := make(map[int][]any)
	for r, p := range inStream {
		objects, ok := packed[p.in]
		if !ok {
			if objects, err = f.unpack(Ref(p.in)); err != nil {
				return fmt.Errorf("object %d: %w", p.in, err)
			}
			packed[p.in] = objects
		}
		if p.index >= len(objects) {
			return fmt.Errorf("object %d is not in object %d", r, p.in)
		}
		f.Objects[r] = objects[p.index]
	}
	return nil
}

// unfiltered is a table without the filter of its rows, if it has one.
func unfiltered(table []byte, rowSize int, parms any) ([]byte, error) {
	if parms == nil {
		return table, nil
	}
	d, ok := parms.(Dict)
	if !ok || d["Predictor"] != predictor || d["Columns"] != rowSize || len(table)%(1+rowSize) != 0 {
		return nil, errors.New("cross-references with a filter that is not read here")
	}
	plain := make([]byte, 0, len(table))
	above := make([]byte, rowSize)
	for ; len(table) > 0; table = table[1+rowSize:] {
		if table[0] != upFilter {
			return nil, errors.New("cross-references with a filter that is not read here")
		}
		for i, v := range table[1 : 1+rowSize] {
			above[i] += v
		}
		plain = append(plain, above...)
	}
	return plain, nil
}

// unpack reads the objects in an object stream, which stands before them.
func (f *File) unpack(in Ref) ([]any, error) {
	s, ok := f.Objects[in].(*Stream)
	if !ok || s.Dict["Type"] != Name("ObjStm") {
		return nil, errors.New("no stream of objects")
	}
	n, ok := s.Dict["N"].(int)
	first, ok2 := s.Dict["First"].(int)
	data, err := s.Decode()
	if err != nil {
		return nil, err
	}
	if !ok || !ok2 || n < 0 || first < 0 || first > len(data) || n > first {
		return nil, errors.New("a stream of objects of another form")
	}
	r := &reader{data: data, at: first}
	objects := make([]any, n)
	for i := range objects {
		if objects[i], err = r.object(0); err != nil {
			return nil, err
		}
	}
	return objects, r.end()
}

// Decode is the data of a stream that is deflated or not encoded at all.
func (s *Stream) Decode() ([]byte, error) {
	switch s.Dict["Filter"] {
	case nil:
		return s.Data, nil
	case Name("FlateDecode"):
		z, err := zlib.NewReader(bytes.NewReader(s.Data))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(z)
	}
	return nil, errors.New("a filter that is not read here")
}

// readIndirect reads the indirect object r, which begins at a place of the file.
func readIndirect(file []byte, at int, r Ref) (any, error) {
	rd := &reader{data: file, at: at}
	o, err := rd.indirect(r)
	if err != nil {
		return nil, fmt.Errorf("object %d: %w", r, err)
	}
	return o, nil
}

func (r *reader) indirect(ref Ref) (any, error) {
	if err := r.keyword(strconv.Itoa(int(ref))); err != nil {
		return nil, err
	}
	if err := r.keyword("0"); err != nil {
		return nil, err
	}
	if err := r.keyword("obj"); err != nil {
		return nil, err
	}
	o, err := r.object(0)
	if err != nil {
		return nil, err
	}
	if dict, ok := o.(Dict); ok {
		r.space()
		if bytes.HasPrefix(r.data[r.at:], []byte("stream\n")) {
			r.at += len("stream\n")
			size, ok := dict["Length"].(int)
			if !ok || size < 0 || size > len(r.data)-r.at {
				return nil, fmt.Errorf("a stream of length %v", dict["Length"])
			}
			s := &Stream{Dict: dict, Data: r.data[r.at : r.at+size : r.at+size]}
			delete(dict, "Length")
			r.at += size
			if err := r.keyword("endstream"); err != nil {
				return nil, err
			}
			o = s
		}
	}
	return o, r.keyword("endobj")
}

// reader reads tokens and objects.
type reader struct {
	data []byte
	at   int
}

// space skips white space. Comments are not skipped: nothing that is read here
// has them within objects.
func (r *reader) space() {
	for r.at < len(r.data) && isSpace(r.data[r.at]) {
		r.at++
	}
}

// word is what comes next, up to white space or a delimiter.
func (r *reader) word() string {
	r.space()
	return r.regular()
}

// regular is what comes next without white space or delimiters in it; it may
// be empty.
func (r *reader) regular() string {
	start := r.at
	for r.at < len(r.data) && !isSpace(r.data[r.at]) && !isDelimiter(r.data[r.at]) {
		r.at++
	}
	return string(r.data[start:r.at])
}

func (r *reader) keyword(want string) error {
	if w := r.word(); w != want {
		return fmt.Errorf("offset %d: %q where %q belongs", r.at, w, want)
	}
	return nil
}

// end reports whether nothing but space is left.
func (r *reader) end() error {
	if r.space(); r.at < len(r.data) {
		return fmt.Errorf("offset %d: something that does not belong here", r.at)
	}
	return nil
}

// maxDepth is how deep objects may stand in each other; fpdf needs 4.
const maxDepth = 32

func (r *reader) object(depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("offset %d: objects nested too deep", r.at)
	}
	r.space()
	if r.at == len(r.data) {
		return nil, io.ErrUnexpectedEOF
	}
	switch c := r.data[r.at]; c {
	case '/':
		return r.name()
	case '(':
		return r.literal()
	case '[':
		r.at++
		a := Array{}
		for {
			if r.space(); r.at < len(r.data) && r.data[r.at] == ']' {
				r.at++
				return a, nil
			}
			o, err := r.object(depth + 1)
			if err != nil {
				return nil, err
			}
			a = append(a, o)
		}
	case '<':
		if !bytes.HasPrefix(r.data[r.at:], []byte("<<")) {
			return nil, fmt.Errorf("offset %d: a string in hexadecimal", r.at)
		}
		r.at += 2
		return r.dict(depth)
	}
	return r.simple()
}

func (r *reader) dict(depth int) (any, error) {
	d := Dict{}
	for {
		r.space()
		if bytes.HasPrefix(r.data[r.at:], []byte(">>")) {
			r.at += 2
			return d, nil
		}
		if r.at == len(r.data) || r.data[r.at] != '/' {
			return nil, fmt.Errorf("offset %d: no key of a dictionary", r.at)
		}
		key, err := r.name()
		if err != nil {
			return nil, err
		}
		if _, ok := d[key]; ok {
			return nil, fmt.Errorf("offset %d: a second %s", r.at, key)
		}
		if d[key], err = r.object(depth + 1); err != nil {
			return nil, err
		}
	}
}

// simple reads a number, a reference or a keyword.
func (r *reader) simple() (any, error) {
	w := r.word()
	switch w {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		whole, fraction, ok := strings.Cut(strings.TrimPrefix(w, "-"), ".")
		if !ok || whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
			return nil, fmt.Errorf("offset %d: %q is no object", r.at, w)
		}
		return Real(w), nil
	}
	// A reference, if "0 R" follows.
	after := reader{data: r.data, at: r.at}
	if n > 0 && after.word() == "0" && after.word() == "R" {
		r.at = after.at
		return Ref(n), nil
	}
	return n, nil
}

func (r *reader) name() (Name, error) {
	r.at++
	w := r.regular() // a name can be empty
	if !strings.Contains(w, "#") {
		return Name(w), nil
	}
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			b.WriteByte(w[i])
			continue
		}
		if i+2 >= len(w) {
			return "", fmt.Errorf("offset %d: the name %q", r.at, w)
		}
		c, err := strconv.ParseUint(w[i+1:i+3], 16, 8)
		if err != nil {
			return "", fmt.Errorf("offset %d: the name %q", r.at, w)
		}
		b.WriteByte(byte(c))
		i += 2
	}
	return Name(b.String()), nil
}

// literal reads a string in parentheses, with the escapes that fpdf and
// AppendString write.
func (r *reader) literal() (any, error) {
	start := r.at
	depth := 0
	var b strings.Builder
	for r.at < len(r.data) {
		c := r.data[r.at]
		r.at++
		switch c {
		case '\\':
			if r.at == len(r.data) {
				return nil, io.ErrUnexpectedEOF
			}
			c = r.data[r.at]
			r.at++
			switch c {
			case '(', ')', '\\':
			case 'r':
				c = '\r'
			default:
				return nil, fmt.Errorf("offset %d: the escape \\%c", r.at, c)
			}
		case '\r':
			return nil, fmt.Errorf("offset %d: a carriage return in a string", r.at)
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return String(b.String()), nil
			}
		}
		b.WriteByte(c)
	}
	return nil, fmt.Errorf("offset %d: a string that does not end", start)
}
