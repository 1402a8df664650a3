package object

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// document is a small file with every kind of object, and what is in it.
func document() (d *Document, root, info Ref, objects []any) {
	d = &Document{}
	stream := &Stream{Dict: Dict{"Kind": Name("deflated")}, Data: bytes.Repeat([]byte("text "), 100)}
	plain := &Stream{Dict: Dict{}, Data: []byte("<xml/>"), Plain: true}
	encoded := &Stream{Dict: Dict{"Filter": Name("DCTDecode")}, Data: []byte("\xFF\xD8 not deflated")}
	root = d.Reserve()
	objects = append(objects, Dict{
		"Null": nil, "Yes": true, "No": false, "Int": -12, "Real": Real("-0.5"),
		"A name": Name("with # (and) /more\x00é"), "Text": Text("Қалам 😀"),
		"Array": Array{1, 2, Ref(2), Array{}, Dict{}, Name("N"), Name(""), true, nil},
	})
	info = d.Add(Dict{"Title": String("a (b) \\ \r\n \x00\xFF")})
	objects = append(objects, Dict{"Title": String("a (b) \\ \r\n \x00\xFF")})
	for _, s := range []*Stream{stream, plain, encoded} {
		d.Add(s)
		objects = append(objects, &Stream{Dict: s.Dict, Data: s.Data})
	}
	for i := range 2*packSize + 3 {
		d.Add(Array{i})
		objects = append(objects, Array{i})
	}
	d.Set(root, objects[0])
	return d, root, info, objects
}

func write(t testing.TB, d *Document, root, info Ref) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, root, info); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is written is read again as it was, and the bytes are the same each time.
func TestRoundTrip(t *testing.T) {
	d, root, info, want := document()
	file := write(t, d, root, info)
	f, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if f.Trailer["Root"] != root || f.Trailer["Info"] != info {
		t.Errorf("trailer %v", f.Trailer)
	}
	for i, w := range want {
		got := f.Objects[Ref(i+1)]
		ws, ok := w.(*Stream)
		if !ok {
			if !reflect.DeepEqual(got, w) {
				t.Errorf("object %d is %#v, want %#v", i+1, got, w)
			}
			continue
		}
		gs := got.(*Stream)
		if ws.Dict["Filter"] == Name("DCTDecode") {
			if !bytes.Equal(gs.Data, ws.Data) {
				t.Errorf("object %d: %q", i+1, gs.Data)
			}
			continue
		}
		data, err := gs.Decode()
		if err != nil || !bytes.Equal(data, ws.Data) {
			t.Errorf("object %d: %q, %v", i+1, data, err)
		}
	}
	if !bytes.Contains(file, []byte("\n<xml/>\n")) {
		t.Error("the plain stream is deflated")
	}
	for range 4 {
		d, root, info, _ := document()
		if !bytes.Equal(write(t, d, root, info), file) {
			t.Fatal("two runs differ")
		}
	}
}

// The identifier follows the content.
func TestIdentifier(t *testing.T) {
	id := func(title string) any {
		d := &Document{}
		root := d.Add(Dict{"Type": Name("Catalog")})
		f, err := Read(write(t, d, root, d.Add(Dict{"Title": String(title)})))
		if err != nil {
			t.Fatal(err)
		}
		ids := f.Trailer["ID"].(Array)
		if len(ids) != 2 || ids[0] != ids[1] || len(ids[0].(String)) != 16 {
			t.Fatalf("%q", ids)
		}
		return ids[0]
	}
	if id("a") != id("a") || id("a") == id("b") {
		t.Error("the identifier does not follow the content")
	}
}

// Objects beyond the limits of implementations are not written.
func TestLimits(t *testing.T) {
	for name, o := range map[string]any{
		"string": Array{String(strings.Repeat("x", MaxString+1))},
		"name":   Name(strings.Repeat("x", MaxName+1)),
		"key":    Dict{Name(strings.Repeat("x", MaxName+1)): nil},
		"value":  Dict{"K": Array{Dict{"L": String(strings.Repeat("x", MaxString+1))}}},
		"stream": &Stream{Dict: Dict{"K": String(strings.Repeat("x", MaxString+1))}},
	} {
		d := &Document{}
		d.Add(o)
		if err := d.Write(&bytes.Buffer{}, 1, 1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	d := &Document{}
	d.Add(Array{String(strings.Repeat("x", MaxString)), Name(strings.Repeat("x", MaxName))})
	write(t, d, 1, 1)
}

// Text is ASCII or UTF-16, and never longer than a string can be.
func TestText(t *testing.T) {
	for in, want := range map[string]String{
		"":     "",
		"a(b)": "a(b)",
		"ä":    "\xFE\xFF\x00\xE4",
		"😀":    "\xFE\xFF\xD8\x3D\xDE\x00",
		"a\n":  "\xFE\xFF\x00a\x00\n",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, s := range []string{strings.Repeat("a", 40000), strings.Repeat("ä", 40000), strings.Repeat("😀", 40000), "a" + strings.Repeat("😀", 40000)} {
		got := string(Text(s))
		if len(got) > MaxString || len(got) < MaxString-5 || !strings.HasSuffix(got, "\x20\x26") {
			t.Errorf("%d bytes, ends with %q", len(got), got[len(got)-2:])
		}
		if last := got[len(got)-4]; 0xD8 <= last && last < 0xDC {
			t.Error("half a character")
		}
	}
}

// classic is a file as fpdf writes it, with one object of ours.
func classic(object string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.3\n")
	at := b.Len()
	b.WriteString("1 0 obj\n" + object + "\nendobj\n")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 2\n0000000000 65535 f \n%010d 00000 n \ntrailer\n<<\n/Size 2\n/Root 1 0 R\n>>\nstartxref\n%d\n%%%%EOF\n", at, start)
	return b.Bytes()
}

// A file of the old form is read too, with each kind of object.
func TestClassic(t *testing.T) {
	for in, want := range map[string]any{
		"<</A 1/B(x)/C[1 0 R 2]>>":                Dict{"A": 1, "B": String("x"), "C": Array{Ref(1), 2}},
		"[1 0 2 0 R 0.50 -3 .5 -1.]":              Array{1, 0, Ref(2), Real("0.50"), -3, Real(".5"), Real("-1.")},
		"(a\\(b\\)\\\\\\r(c))":                    String("a(b)\\\r(c)"),
		"/A#20b":                                  Name("A b"),
		"<< /Length 3 >>\nstream\nabc\nendstream": &Stream{Dict: Dict{}, Data: []byte("abc")},
		"null": nil,
	} {
		f, err := Read(classic(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		got, err := f.Get(Ref(1))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, %v, want %#v", in, got, err, want)
		}
	}
}

// What is not as it has to be is an error, with the place.
func TestFaults(t *testing.T) {
	for in, want := range map[string]string{
		"":             "no object",
		"<</A 1":       "no key",
		"<</A 1/A 2>>": "a second A",
		"<<1 2>>":      "no key",
		"[1 2":         "no object",
		"(a":           "does not end",
		"(a\\n)":       "the escape",
		"(a\r)":        "carriage return",
		"<AB>":         "hexadecimal",
		"1 2 R":        `"endobj"`,
		"12abc":        "no object",
		"1.2.3":        "no object",
		"--1.0":        "no object",
		"/A#2":         "the name",
		"/A#zz":        "the name",
		"}":            "no object",
		"1 % comment":  `"endobj"`,
		"<</Length 999>>\nstream\nabc\nendstream":           "length 999",
		"<</Length 2>>\nstream\nabc\nendstream":             `"endstream"`,
		"<</Length 1 0 R>>\nstream\nabc\nendstream":         "length",
		"<<>>\nstream\nabc\nendstream":                      "length",
		strings.Repeat("[", 100) + strings.Repeat("]", 100): "nested too deep",
	} {
		if _, err := Read(classic(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
	whole := string(classic("null"))
	for _, test := range []struct{ old, new, want string }{
		{"%PDF", "%FDP", "begin as a PDF"},
		{"%%EOF\n", "%%EOF\nmore", "end as a PDF"},
		{"startxref", "startxfer", "no startxref"},
		{"startxref\n", "startxref\n9", "cross-references at"},
		{"0 2\n", "0 3\n", `cross-reference 2 is "trailer`},
		{"0 2\n", "1 2\n", "a section"},
		{"65535 f", "65535 n", "the first cross-reference"},
		{" 00000 n", " 00001 n", "cross-reference 1"},
		{"1 0 obj", "2 0 obj", "object 1"},
		{"1 0 obj", "1 1 obj", "object 1"},
		{"trailer", "trialer", `"trailer"`},
		{"<<\n/Size", "[\n/Size", "trailer"},
		{">>\nstartxref", ">> 1\nstartxref", "does not belong"},
	} {
		broken := strings.Replace(whole, test.old, test.new, 1)
		if _, err := Read([]byte(broken)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q for %q: %v, want %q", test.new, test.old, err, test.want)
		}
	}
	f, err := Read([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get(Ref(7)); err == nil {
		t.Error("object 7 is there")
	}
}

// Rows of cross-references are read as they were before they were filtered, and
// a filter of another kind is an error.
func TestUnfiltered(t *testing.T) {
	filtered := []byte{upFilter, 1, 2, upFilter, 0, 250, upFilter, 255, 0}
	parms := Dict{"Predictor": predictor, "Columns": 2}
	got, err := unfiltered(filtered, 2, parms)
	if want := []byte{1, 2, 1, 252, 0, 252}; err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	if got, err := unfiltered(filtered, 2, nil); err != nil || !bytes.Equal(got, filtered) {
		t.Errorf("%v, %v", got, err)
	}
	for name, try := range map[string]func() ([]byte, error){
		"another predictor": func() ([]byte, error) { return unfiltered(filtered, 2, Dict{"Predictor": 15, "Columns": 2}) },
		"another width":     func() ([]byte, error) { return unfiltered(filtered, 2, Dict{"Predictor": predictor, "Columns": 3}) },
		"half a row":        func() ([]byte, error) { return unfiltered(filtered[1:], 2, parms) },
		"another filter":    func() ([]byte, error) { return unfiltered([]byte{1, 1, 2}, 2, parms) },
		"no dictionary":     func() ([]byte, error) { return unfiltered(filtered, 2, Array{}) },
	} {
		if _, err := try(); err == nil {
			t.Errorf("%s is no error", name)
		}
	}
}

// No file makes the reader panic; what it reads can be written, and is read
// again as it was.
func FuzzRead(f *testing.F) {
	d, root, info, _ := document()
	f.Add(write(f, d, root, info))
	f.Add(classic("<</A[1 0 R(x)/N 1.5 null true]>>"))
	f.Add(classic("<</Length 3>>\nstream\nabc\nendstream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(data)
		if err != nil {
			return
		}
		for _, o := range file.Objects {
			if s, ok := o.(*Stream); ok {
				o = s.Dict
			}
			b, err := appendObject(nil, o)
			if err != nil {
				continue // beyond the limits
			}
			r := &reader{data: b}
			again, err := r.object(0)
			if err != nil || !reflect.DeepEqual(o, again) || r.end() != nil {
				t.Errorf("%#v was written as %q and read as %#v, %v", o, b, again, err)
			}
		}
	})
}
