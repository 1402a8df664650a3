package pdf

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/bidi"

	"qalam/export/pdf/object"
)

// opened is a file that was read, for tests to ask.
type opened struct {
	*object.File
	t testing.TB
}

func open(t testing.TB, file []byte) opened {
	t.Helper()
	f, err := object.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return opened{f, t}
}

// dict is the dictionary at the end of a path of keys.
func (f opened) dict(o any, path ...object.Name) object.Dict {
	f.t.Helper()
	o, err := f.Get(o)
	if err != nil {
		f.t.Fatal(err)
	}
	d, ok := o.(object.Dict)
	if s, is := o.(*object.Stream); is {
		d, ok = s.Dict, true
	}
	if !ok {
		f.t.Fatalf("%v: %T where a dictionary belongs", path, o)
	}
	if len(path) == 0 {
		return d
	}
	return f.dict(d[path[0]], path[1:]...)
}

// data is what is in a stream.
func (f opened) data(o any) []byte {
	f.t.Helper()
	o, err := f.Get(o)
	if err != nil {
		f.t.Fatal(err)
	}
	data, err := o.(*object.Stream).Decode()
	if err != nil {
		f.t.Fatal(err)
	}
	return data
}

// array is an array, an empty one for nothing.
func (f opened) array(o any) object.Array {
	f.t.Helper()
	o, err := f.Get(o)
	if err != nil {
		f.t.Fatal(err)
	}
	if o == nil {
		return nil
	}
	return o.(object.Array)
}

func (f opened) pageRefs() []object.Ref {
	f.t.Helper()
	var refs []object.Ref
	for _, kid := range f.dict(f.Trailer, "Root", "Pages")["Kids"].(object.Array) {
		refs = append(refs, kid.(object.Ref))
	}
	return refs
}

func (f opened) pages() []object.Dict {
	f.t.Helper()
	var pages []object.Dict
	for _, r := range f.pageRefs() {
		pages = append(pages, f.dict(r))
	}
	return pages
}

func (f opened) annots() []object.Dict {
	f.t.Helper()
	var annots []object.Dict
	for _, p := range f.pages() {
		for _, a := range f.array(p["Annots"]) {
			annots = append(annots, f.dict(a))
		}
	}
	return annots
}

// fonts are those of the pages, by the name of the face.
func (f opened) fonts() map[string]object.Dict {
	f.t.Helper()
	fonts := map[string]object.Dict{}
	for _, r := range f.dict(f.pages()[0], "Resources", "Font") {
		d := f.dict(r)
		_, name, ok := strings.Cut(string(d["BaseFont"].(object.Name)), "+")
		if !ok || fonts[name] != nil {
			f.t.Errorf("a font called %s", d["BaseFont"])
		}
		fonts[name] = d
	}
	return fonts
}

var bfchar = regexp.MustCompile(`<(....)> <([0-9A-F]+)>\n`)

// texts is what the codes of a font stand for.
func (f opened) texts(font object.Dict) map[int]string {
	f.t.Helper()
	texts := map[int]string{}
	if font["ToUnicode"] == nil {
		return texts
	}
	for _, m := range bfchar.FindAllStringSubmatch(string(f.data(font["ToUnicode"])), -1) {
		code, _ := strconv.ParseInt(m[1], 16, 0)
		if code == 0 {
			continue // the range of all codes
		}
		var units []uint16
		for i := 0; i < len(m[2]); i += 4 {
			u, _ := strconv.ParseUint(m[2][i:i+4], 16, 16)
			units = append(units, uint16(u))
		}
		texts[int(code)] = string(utf16.Decode(units))
	}
	return texts
}

// widths are those that the file says a font has.
func (f opened) widths(font object.Dict) map[int]int {
	f.t.Helper()
	w := f.dict(font["DescendantFonts"].(object.Array)[0])["W"].(object.Array)
	widths := map[int]int{}
	for i, v := range w[1].(object.Array) {
		widths[w[0].(int)+i] = v.(int)
	}
	return widths
}

// advances are the widths in the embedded file of a font, in 1/1000 em.
func (f opened) advances(font object.Dict) []int {
	f.t.Helper()
	data := f.data(f.dict(f.dict(font["DescendantFonts"].(object.Array)[0]), "FontDescriptor")["FontFile2"])
	u16 := func(b []byte) int { return int(binary.BigEndian.Uint16(b)) }
	tables := map[string][]byte{}
	for i := range u16(data[4:]) {
		entry := data[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		tables[string(entry[:4])] = data[at : at+size]
	}
	em := u16(tables["head"][18:])
	var widths []int
	for i := range u16(tables["hhea"][34:]) {
		widths = append(widths, (u16(tables["hmtx"][4*i:])*1000+em/2)/em)
	}
	return widths
}

// operator is an operator of a page, with its operands: strings, names and
// numbers as they stand there.
type operator struct {
	name     string
	operands []any
}

// operators reads a stream of a page.
func operators(data string) []operator {
	var list []operator
	var operands []any
	for at := 0; at < len(data); {
		switch c := data[at]; {
		case strings.ContainsRune(" \n[]<>", rune(c)):
			at++
		case c == '(':
			var b strings.Builder
			for at++; data[at] != ')'; at++ {
				c := data[at]
				if c == '\\' {
					at++
					if c = data[at]; c == 'r' {
						c = '\r'
					}
				}
				b.WriteByte(c)
			}
			operands = append(operands, object.String(b.String()))
			at++
		default:
			word := data[at:]
			if n := strings.IndexAny(word[1:], " \n[]<>(/"); n >= 0 {
				word = word[:n+1]
			}
			at += len(word)
			if strings.Trim(word, "+-.0123456789") == "" || word[0] == '/' {
				operands = append(operands, word)
			} else {
				list = append(list, operator{word, operands})
				operands = nil
			}
		}
	}
	return list
}

// sequence is marked content of a page.
type sequence struct {
	tag  string
	mcid int // -1 for an artifact
	text string
}

// scan reads a page: what it shows in which marked content, and what is wrong
// with that.
func (f opened) scan(page object.Dict) (sequences []sequence, problems []string) {
	f.t.Helper()
	fonts := map[string]map[int]string{}
	for name, font := range f.dict(page, "Resources", "Font") {
		fonts["/"+string(name)] = f.texts(f.dict(font))
	}
	var current map[int]string
	depth := 0
	for _, op := range operators(string(f.data(page["Contents"]))) {
		switch op.name {
		case "BDC", "BMC":
			s := sequence{tag: op.operands[0].(string)[1:], mcid: -1}
			for i, o := range op.operands {
				if o == "/MCID" {
					s.mcid, _ = strconv.Atoi(op.operands[i+1].(string))
				}
			}
			if (s.mcid < 0) != (s.tag == "Artifact") {
				problems = append(problems, s.tag+" without a number")
			}
			sequences = append(sequences, s)
			if depth++; depth > 1 {
				problems = append(problems, "marked content within other")
			}
		case "EMC":
			depth--
		case "Tf":
			current = fonts[op.operands[0].(string)]
		case "TJ":
			var text strings.Builder
			for _, o := range op.operands {
				codes, ok := o.(object.String)
				if !ok {
					continue
				}
				for ; len(codes) > 1; codes = codes[2:] {
					code := int(codes[0])<<8 | int(codes[1])
					s, ok := current[code]
					if !ok || code == 0 {
						problems = append(problems, fmt.Sprintf("code %d stands for nothing", code))
					}
					text.WriteString(s)
				}
			}
			if depth > 0 {
				sequences[len(sequences)-1].text += logical(text.String())
			}
			fallthrough
		case "f", "Do":
			if depth != 1 {
				problems = append(problems, op.name+" draws outside of marked content")
			}
		}
	}
	if depth != 0 {
		problems = append(problems, "marked content does not end")
	}
	return sequences, problems
}

// logical is the text of one operator as it is read: where it runs from right
// to left it stands as it is seen, unless it says that it does not.
func logical(s string) string {
	if strings.HasPrefix(s, leftToRightMark) {
		return s
	}
	for _, r := range s {
		if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
			return reversed(s)
		}
	}
	return s
}

// element is an element of the structure as a reader has it.
type element struct {
	role, lang, alt, id string
	dict                object.Dict
	kids                []any // *element, sequence or object.Ref, of an area
}

// structure reads the structure of the file.
func (f opened) structure() *element {
	f.t.Helper()
	shown := map[object.Ref][]sequence{}
	for _, r := range f.pageRefs() {
		sequences, _ := f.scan(f.dict(r))
		shown[r] = slices.DeleteFunc(sequences, func(s sequence) bool { return s.mcid < 0 })
	}
	var read func(o any) *element
	read = func(o any) *element {
		d := f.dict(o)
		e := &element{role: string(d["S"].(object.Name)), dict: d}
		e.lang, e.alt, e.id = text(d["Lang"]), text(d["Alt"]), text(d["ID"])
		kids, ok := d["K"].(object.Array)
		if !ok && d["K"] != nil {
			kids = object.Array{d["K"]}
		}
		for _, k := range kids {
			page, mcid := d["Pg"], -1
			switch k := k.(type) {
			case int:
				mcid = k
			case object.Ref:
				e.kids = append(e.kids, read(k))
				continue
			case object.Dict:
				if k["Type"] == object.Name("OBJR") {
					e.kids = append(e.kids, k["Obj"])
					continue
				}
				page, mcid = k["Pg"], k["MCID"].(int)
			}
			r, _ := page.(object.Ref)
			if mcid < 0 || mcid >= len(shown[r]) {
				f.t.Fatalf("%s has content %d that is not drawn", e.role, mcid)
			}
			e.kids = append(e.kids, shown[r][mcid])
		}
		return e
	}
	return read(f.dict(f.Trailer, "Root", "StructTreeRoot")["K"])
}

// text is a text string.
func text(o any) string {
	s, _ := o.(object.String)
	rest, ok := strings.CutPrefix(string(s), "\xFE\xFF")
	if !ok {
		return string(s)
	}
	var units []uint16
	for i := 0; i < len(rest); i += 2 {
		units = append(units, uint16(rest[i])<<8|uint16(rest[i+1]))
	}
	return string(utf16.Decode(units))
}

// dump is the structure as a screen reader would say it, a line for each
// element and each passage in it.
func (f opened) dump() string {
	f.t.Helper()
	var b strings.Builder
	var write func(e *element, depth int)
	write = func(e *element, depth int) {
		indent := strings.Repeat("  ", depth)
		b.WriteString(indent + e.role)
		for _, a := range []struct{ name, value string }{{"lang", e.lang}, {"alt", e.alt}, {"id", e.id}, {"title", text(e.dict["T"])}} {
			if a.value != "" {
				fmt.Fprintf(&b, " %s=%q", a.name, a.value)
			}
		}
		if a, ok := e.dict["A"].(object.Dict); ok {
			for _, name := range []object.Name{"Scope", "ListNumbering"} {
				if a[name] != nil {
					fmt.Fprintf(&b, " %s=%s", name, a[name])
				}
			}
			if a["BBox"] != nil {
				b.WriteString(" BBox")
			}
		}
		b.WriteString("\n")
		for _, k := range e.kids {
			switch k := k.(type) {
			case *element:
				write(k, depth+1)
			case sequence:
				fmt.Fprintf(&b, "%s  %q\n", indent, k.text)
			case object.Ref:
				fmt.Fprintf(&b, "%s  area %q\n", indent, text(f.dict(k)["Contents"]))
			default:
				panic(fmt.Sprintf("unknown kid %T", k))
			}
		}
	}
	write(f.structure(), 0)
	return b.String()
}
