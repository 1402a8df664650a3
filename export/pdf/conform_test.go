package pdf

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qalam/export/document"
	"qalam/export/pdf/object"
)

// problems are what is wrong with a file that claims the standards. The numbers
// are those of the clauses: of ISO 19005-2 with A, of ISO 14289-1 with UA, of
// ISO 32000-1 with none.
func (f opened) problems() []string {
	f.t.Helper()
	var list []string
	bad := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	root := f.dict(f.Trailer, "Root")
	if len(f.array(f.Trailer["ID"])) != 2 {
		bad("A 6.1.3: no ID")
	}
	if !validTag(text(root["Lang"])) {
		bad("UA 7.2: no language")
	}
	if marked, ok := root["MarkInfo"].(object.Dict); !ok || marked["Marked"] != true {
		bad("A 6.7.2.2: it is not marked")
	}
	if p, ok := root["ViewerPreferences"].(object.Dict); !ok || p["DisplayDocTitle"] != true {
		bad("UA 7.1: the title is not shown")
	}
	if root["Metadata"] == nil {
		bad("A 6.6.2: no metadata")
	} else {
		packet := string(f.data(root["Metadata"]))
		for _, want := range []string{
			"<dc:title>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>",
			"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<",
		} {
			if !strings.Contains(packet, want) {
				bad("A 6.6: no %s", want)
			}
		}
	}
	if intents := f.array(root["OutputIntents"]); len(intents) == 0 {
		bad("A 6.2.3: no OutputIntent")
	} else if d := f.dict(intents[0]); d["S"] != object.Name("GTS_PDFA1") || d["DestOutputProfile"] == nil {
		bad("A 6.2.3: an OutputIntent of another kind")
	}
	if root["StructTreeRoot"] == nil {
		bad("A 6.7.3: no structure")
		return list
	}
	f.fontProblems(bad)
	f.structureProblems(bad)
	return list
}

// fontProblems are those of fonts: each code has its text and its width.
func (f opened) fontProblems(bad func(format string, args ...any)) {
	for name, font := range f.fonts() {
		texts, widths := f.texts(font), f.widths(font)
		advances := f.advances(font)
		for code, width := range widths {
			switch {
			case texts[code] == "" || unclear(texts[code]) != 0:
				bad("A 6.2.11.7.2: %s: code %d stands for %q", name, code, texts[code])
			case code >= len(advances) || width != advances[code]:
				bad("A 6.2.11.5: %s: %q has another width in its file", name, texts[code])
			}
		}
		if !regexp.MustCompile(`^[A-Z]{6}\+`).MatchString(string(font["BaseFont"].(object.Name))) {
			bad("A 6.2.11.4: %s has no tag", name)
		}
	}
}

// structureProblems are those of the structure: what the pages and the tree say
// of each other.
func (f opened) structureProblems(bad func(format string, args ...any)) {
	top := f.dict(f.Trailer, "Root", "StructTreeRoot")
	nums := f.array(f.dict(top["ParentTree"])["Nums"])
	parents := map[int]any{}
	for i := 0; i < len(nums); i += 2 {
		parents[nums[i].(int)] = nums[i+1]
	}
	ids := map[string]any{}
	if top["IDTree"] != nil {
		names := f.array(f.dict(top["IDTree"])["Names"])
		for i := 0; i < len(names); i += 2 {
			ids[string(names[i].(object.String))] = names[i+1]
		}
	}

	// What the tree has of the pages.
	type place struct {
		page object.Ref
		mcid int
	}
	contents := map[place]object.Ref{}
	areas := map[object.Ref]object.Ref{}
	seen := map[object.Ref]bool{}
	var walk func(r object.Ref, parent any)
	walk = func(r object.Ref, parent any) {
		d := f.dict(r)
		role := d["S"].(object.Name)
		if seen[r] || d["P"] != parent {
			bad("14.7.2: the parent of a %s", role)
		}
		seen[r] = true
		switch role {
		case "Figure":
			if text(d["Alt"]) == "" {
				bad("UA 7.3: a Figure without Alt")
			}
			if a, ok := d["A"].(object.Dict); !ok || len(f.array(a["BBox"])) != 4 {
				bad("UA 7.3: a Figure without BBox")
			}
		case "Table":
			parts := map[object.Name]bool{}
			kids, _ := d["K"].(object.Array)
			if k, ok := d["K"].(object.Ref); ok {
				kids = object.Array{k}
			}
			for _, k := range kids {
				parts[f.dict(k)["S"].(object.Name)] = true
			}
			if parts["THead"] && !parts["TBody"] {
				bad("UA 7.2: a Table with a THead and no TBody")
			}
		case "TH":
			if a, ok := d["A"].(object.Dict); !ok || a["Scope"] == nil {
				bad("UA 7.5: a TH without Scope")
			}
		case "Note":
			if id := text(d["ID"]); id == "" || ids[id] != r {
				bad("UA 7.9: a Note without ID")
			}
		}
		kids, ok := d["K"].(object.Array)
		if !ok && d["K"] != nil {
			kids = object.Array{d["K"]}
		}
		for _, k := range kids {
			p := place{mcid: -1}
			switch k := k.(type) {
			case object.Ref:
				walk(k, r)
				continue
			case int:
				p.mcid = k
				p.page, _ = d["Pg"].(object.Ref)
			case object.Dict:
				if area, ok := k["Obj"].(object.Ref); ok {
					areas[area] = r
					if role != "Link" {
						bad("UA 7.18.5: an area in a %s", role)
					}
					continue
				}
				p.page, p.mcid = k["Pg"].(object.Ref), k["MCID"].(int)
			}
			if contents[p] != 0 {
				bad("14.7.4: content %d twice", p.mcid)
			}
			contents[p] = r
		}
	}
	walk(top["K"].(object.Ref), f.dict(f.Trailer, "Root")["StructTreeRoot"])

	// What the pages have of the tree.
	for n, r := range f.pageRefs() {
		page := f.dict(r)
		sequences, problems := f.scan(page)
		for _, p := range problems {
			bad("UA 7.1: page %d: %s", n+1, p)
		}
		key, _ := page["StructParents"].(int)
		owners, _ := parents[key].(object.Ref)
		row := object.Array{}
		if owners != 0 {
			row = f.array(owners)
		}
		next := 0
		for _, s := range sequences {
			if s.mcid < 0 {
				continue
			}
			owner := contents[place{r, s.mcid}]
			delete(contents, place{r, s.mcid})
			if s.mcid != next || s.mcid >= len(row) || row[s.mcid] != owner || owner == 0 {
				bad("14.7.4.4: page %d: content %d is not where its parent is", n+1, s.mcid)
			} else if d := f.dict(owner); d["S"] != object.Name(s.tag) {
				bad("14.6.1: page %d: content %d is %s, its parent %s", n+1, s.mcid, s.tag, d["S"])
			}
			next++
		}
		if len(row) != next {
			bad("14.7.4.4: page %d: %d parents for %d contents", n+1, len(row), next)
		}
		annots := f.array(page["Annots"])
		if len(annots) > 0 && page["Tabs"] != object.Name("S") {
			bad("UA 7.18.3: page %d has no order of links", n+1)
		}
		for _, a := range annots {
			d := f.dict(a)
			key, ok := d["StructParent"].(int)
			if owner := areas[a.(object.Ref)]; !ok || owner == 0 || parents[key] != owner {
				bad("UA 7.18.1: a link is not where its parent is")
			}
			if text(d["Contents"]) == "" {
				bad("UA 7.18.5: a link without Contents")
			}
			if flags, _ := d["F"].(int); flags&4 == 0 {
				bad("A 6.3.2: a link that is not printed")
			}
		}
	}
	for p := range contents {
		bad("14.7.4: content %d is not drawn", p.mcid)
	}
	if next, _ := top["ParentTreeNextKey"].(int); next != len(parents) {
		bad("14.7.2: the next key is %d of %d", next, len(parents))
	}
}

// everyBlock is an article with every kind of block, and links of all kinds.
func everyBlock(t testing.TB) *document.Edition {
	text := "One[^a] *two*[^b] **three**[^a] [words](https://example.org/a-b) `code` ~~not~~ [[қала]{lang=kk}]{lang=en}.\n\n" +
		"## A heading[^c]\n\n- An item\n\n  - One in it[^b]\n\n- Another\n\n3. Three\n4. Four\n\n" +
		"> A quotation.\n>\n> - With a list\n\n### Below it\n\n```go\nfunc main() {}\n```\n\n" +
		"| A | B[^d] |\n|:--|--:|\n| 1 | 2 |\n| 3[^a] | 4 |\n\n| Head | only |\n|---|---|\n\n" +
		"![A picture](x.png)\n\n![Another, with a caption](x.png \"A caption.\")\n\nIn a line ![a sign](x.png) of text.\n\n---\n\n![](x.png)\n\n" +
		strings.Repeat("A paragraph that is long enough for more than one line of the page, and that goes on to the next. ", 40) + "\n\n" +
		"[^a]: Note a, which has a [link](https://example.org/).\n[^b]: Note b.\n\n    With two paragraphs[^f].\n[^c]: Note c.\n[^d]: Note d.\n[^f]: Note f.\n"
	header := "title: A title\nsubtitle: And more\nlang: en\nurl: https://example.org/\nauthors: [A. Author]\neditors: [E. Editor]\n" +
		"abstract: Short.\ndate: 2022-01-27\nlicense: CC-BY-4.0\nkeywords: [one]"
	return compose(t, header, text, map[string][]byte{"x.png": encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 4)))})
}

// What a file claims is true: for every sample, and every kind of block.
func TestConforms(t *testing.T) {
	files := map[string][]byte{}
	for i, e := range append(samples(t), everyBlock(t)) {
		var b bytes.Buffer
		written, err := Format{}.Write(&b, e)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(written.Conforms, []string{"PDF/A-2a", "PDF/UA-1"}) {
			t.Errorf("%s conforms to %q", e.Name, written.Conforms)
		}
		if p := open(t, b.Bytes()).problems(); len(p) > 0 {
			t.Errorf("%s: %d problems, %q", e.Name, len(p), p[:min(len(p), 10)])
		}
		files[fmt.Sprintf("%d-%s", i, e.Name)] = b.Bytes()
	}
	for name, says := range veraPDF(t, files) {
		if !says.passes() {
			t.Errorf("%s: veraPDF says %q", name, says)
		}
	}
}

// A file that does not conform is written, and claims nothing. A warning says
// why, and where.
func TestPdfClaim(t *testing.T) {
	e := compose(t, "title: T\nlang: en\nurl: https://example.org/", "Some text.\n\nA lost \uFFFD character.", nil)
	written, err := Format{}.Write(io.Discard, e)
	if err != nil {
		t.Fatal(err)
	}
	const want = "article.md:9:8: warning: the PDF claims neither PDF/A-2a nor PDF/UA-1: the character U+FFFD means nothing to others [pdf-claim]"
	if got := fmt.Sprint(written.Warnings); !strings.Contains(got, want) || len(written.Conforms) > 0 {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A file that does not conform is written, and claims nothing.
func TestClaims(t *testing.T) {
	for name, spoil := range map[string]func(e *document.Edition){
		"no title":       func(e *document.Edition) { e.Docs[0].Meta.Title = "" },
		"no language":    func(e *document.Edition) { e.Docs[0].Meta.Lang = "en_US" },
		"an unknown one": func(e *document.Edition) { e.Docs[0].Meta.Lang = "abcdefghij" },
	} {
		e := everyBlock(t)
		spoil(e)
		var b bytes.Buffer
		written, err := Format{}.Write(&b, e)
		if err != nil {
			t.Fatal(err)
		}
		if packet := metadata(t, b.Bytes()); len(written.Conforms) > 0 || strings.Contains(packet, "<pdfaid:") || strings.Contains(packet, "<pdfuaid:") {
			t.Errorf("%s: it claims %q\n%s", name, written.Conforms, packet)
		}
	}
}

// A table whose head has no words has no head: the file claims nothing.
func TestClaimsHead(t *testing.T) {
	for text, want := range map[string]int{
		"| a | |\n|---|---|\n| b | c |":            len(standards),
		"| | |\n|---|---|\n| b | c |":              0,
		"| a |\n|---|\n| b |\n\n| |\n|---|\n| b |": 0,
	} {
		e := compose(t, "title: T\nlang: en\nurl: https://example.org/", text, nil)
		written, err := Format{}.Write(io.Discard, e)
		if err != nil {
			t.Fatal(err)
		}
		if len(written.Conforms) != want {
			t.Errorf("%s\nclaims %q", text, written.Conforms)
		}
	}
}

// metadata is the metadata of a file.
func metadata(t *testing.T, file []byte) string {
	f := open(t, file)
	return string(f.data(f.dict(f.Trailer, "Root")["Metadata"]))
}

// fault is a way to break a file.
type fault struct {
	name   string
	spoil  func(f opened)
	want   string // what problems says of it
	unseen bool   // by veraPDF
}

// find is the first object that is as asked.
func (f opened) find(is func(d object.Dict) bool) object.Dict {
	f.t.Helper()
	for _, r := range slices.Sorted(maps.Keys(f.Objects)) {
		if d, ok := f.Objects[r].(object.Dict); ok && is(d) {
			return d
		}
	}
	f.t.Fatal("there is no such object")
	return nil
}

func (f opened) role(role object.Name) object.Dict {
	return f.find(func(d object.Dict) bool { return d["S"] == role && d["P"] != nil })
}

func (f opened) link() object.Dict {
	return f.find(func(d object.Dict) bool { return d["Subtype"] == object.Name("Link") })
}

func (f opened) root() object.Dict { return f.dict(f.Trailer, "Root") }

// replaceIn changes the data of a stream.
func (f opened) replaceIn(o any, old, new string) {
	f.t.Helper()
	s, _ := f.Get(o)
	stream := s.(*object.Stream)
	data := f.data(o)
	if !bytes.Contains(data, []byte(old)) {
		f.t.Fatalf("there is no %q", old)
	}
	stream.Data = bytes.Replace(data, []byte(old), []byte(new), 1)
	delete(stream.Dict, "Filter")
}

var faults = []fault{
	{"no Alt", func(f opened) { delete(f.role("Figure"), "Alt") }, "UA 7.3: a Figure without Alt", false},
	{"no BBox", func(f opened) { delete(f.role("Figure"), "A") }, "UA 7.3: a Figure without BBox", true},
	{"no Scope", func(f opened) { delete(f.role("TH"), "A") }, "UA 7.5", false},
	{"no ID", func(f opened) { delete(f.role("Note"), "ID") }, "UA 7.9", false},
	{"no Lang", func(f opened) { delete(f.root(), "Lang") }, "UA 7.2", false},
	{"no MarkInfo", func(f opened) { delete(f.root(), "MarkInfo") }, "A 6.7.2.2", false},
	{"no DisplayDocTitle", func(f opened) { delete(f.root(), "ViewerPreferences") }, "UA 7.1: the title", false},
	{"no OutputIntent", func(f opened) { delete(f.root(), "OutputIntents") }, "A 6.2.3", false},
	{"no structure", func(f opened) { delete(f.root(), "StructTreeRoot") }, "A 6.7.3", false},
	{"no metadata", func(f opened) { delete(f.root(), "Metadata") }, "A 6.6.2", false},
	{"no schema", func(f opened) {
		f.replaceIn(f.root()["Metadata"], "URI>http://www.aiim.org/pdfua", "URI>http://example.org/pdfua")
	}, "A 6.6: no", false},
	{"no title", func(f opened) { f.replaceIn(f.root()["Metadata"], "dc:title", "dc:titel") }, "A 6.6: no", false},
	{"no ToUnicode", func(f opened) { delete(f.fonts()["NotoSerif-Regular"], "ToUnicode") }, "A 6.2.11.7.2", false},
	{"a code without text", func(f opened) {
		f.replaceIn(f.fonts()["NotoSerif-Regular"]["ToUnicode"], "<0001> <", "<FFF1> <")
	}, "A 6.2.11.7.2", false},
	{"a wrong width", func(f opened) {
		font := f.dict(f.fonts()["NotoSerif-Regular"]["DescendantFonts"].(object.Array)[0])
		font["W"].(object.Array)[1].(object.Array)[0] = 999
	}, "A 6.2.11.5", false},
	{"no tag of a subset", func(f opened) { f.fonts()["NotoSerif-Regular"]["BaseFont"] = object.Name("Noto+NotoSerif-Regular") }, "A 6.2.11.4", true},
	{"no Contents", func(f opened) { delete(f.link(), "Contents") }, "UA 7.18.5", false},
	{"not printed", func(f opened) { delete(f.link(), "F") }, "A 6.3.2", false},
	{"a link of nobody", func(f opened) { delete(f.link(), "StructParent") }, "UA 7.18.1", false},
	{"a link of another", func(f opened) { f.link()["StructParent"] = 0 }, "UA 7.18.1", false},
	{"no Tabs", func(f opened) { delete(f.pages()[0], "Tabs") }, "UA 7.18.3", false},
	{"a wrong parent", func(f opened) {
		row := f.array(f.array(f.dict(f.dict(f.root()["StructTreeRoot"])["ParentTree"])["Nums"])[1])
		row[0], row[1] = row[1], row[0]
	}, "14.7.4.4", true},
	{"a lost parent", func(f opened) {
		f.role("H1")["P"] = f.root()["StructTreeRoot"]
	}, "14.7.2", true},
	{"a number twice", func(f opened) { f.replaceIn(f.pages()[0]["Contents"], "/MCID 1>>", "/MCID 0>>") }, "14.7.4.4", true},
	{"nothing marked", func(f opened) { f.replaceIn(f.pages()[0]["Contents"], "/H1 <</MCID", "/Artifact <</MCID") }, "Artifact without", false},
	{"outside of marks", func(f opened) { f.replaceIn(f.pages()[0]["Contents"], "EMC\n/H1", "EMC\n0 0 1 1 re f\n/H1") }, "outside of marked", false},
	{"another role", func(f opened) { f.role("H1")["S"] = object.Name("H2") }, "14.6.1", false},
}

// Each fault is seen here, and by veraPDF where it looks for it: a check that
// never fails proves nothing.
func TestFaultsAreSeen(t *testing.T) {
	file := write(t, everyBlock(t))
	if p := open(t, file).problems(); len(p) > 0 {
		t.Fatal(p)
	}
	files := map[string][]byte{}
	for _, fault := range faults {
		f := open(t, file)
		fault.spoil(f)
		got := f.problems()
		if !slices.ContainsFunc(got, func(p string) bool { return strings.Contains(p, fault.want) }) {
			t.Errorf("%s: problems are %q, want %q", fault.name, got[:min(len(got), 10)], fault.want)
		}
		files[fault.name] = f.again()
	}
	says := veraPDF(t, files)
	for _, fault := range faults {
		if says != nil && says[fault.name].passes() != fault.unseen {
			t.Errorf("%s: veraPDF says %q", fault.name, says[fault.name])
		}
	}
}

// again is the file with what was changed in it.
func (f opened) again() []byte {
	f.t.Helper()
	var d object.Document
	for _, r := range slices.Sorted(maps.Keys(f.Objects)) {
		for d.Reserve() < r {
		}
		d.Set(r, f.Objects[r])
	}
	var b bytes.Buffer
	if err := d.Write(&b, f.Trailer["Root"].(object.Ref), f.Trailer["Info"].(object.Ref)); err != nil {
		f.t.Fatal(err)
	}
	return b.Bytes()
}

// verdict is what veraPDF says of a file: "PASS 2a", "FAIL ua1".
type verdict []string

func (v verdict) passes() bool { return slices.Equal(v, verdict{"PASS 2a", "PASS ua1"}) }

// veraPDF asks veraPDF, if it is there, whether files are what they claim to be.
func veraPDF(t *testing.T, files map[string][]byte) map[string]verdict {
	t.Helper()
	command, err := exec.LookPath("verapdf")
	if err != nil || testing.Short() {
		return nil
	}
	dir := t.TempDir()
	args := []string{"--format", "text"}
	for name, file := range files {
		name = filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(name, file, 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	out, _ := exec.Command(command, args...).CombinedOutput() // it fails when a file does
	says := map[string]verdict{}
	for _, m := range regexp.MustCompile(`(?m)^(PASS|FAIL) .*/(.*)\.pdf (\w+)$`).FindAllStringSubmatch(string(out), -1) {
		says[m[2]] = append(says[m[2]], m[1]+" "+m[3])
	}
	if len(says) != len(files) {
		t.Errorf("veraPDF spoke of %d of %d files:\n%s", len(says), len(files), out)
	}
	return says
}

// The script that continuous integration runs fails on a file that is not what
// it claims to be, and on one that claims nothing.
func TestValidate(t *testing.T) {
	if _, err := exec.LookPath("verapdf"); err != nil || testing.Short() {
		t.Skip("there is no veraPDF")
	}
	file := write(t, compose(t, english, "Text", nil))
	broken, silent := open(t, file), open(t, file)
	delete(broken.root(), "OutputIntents")
	delete(silent.root(), "Metadata")
	for _, test := range []struct {
		name string
		file []byte
		want bool
	}{{"good", file, true}, {"broken", broken.again(), false}, {"silent", silent.again(), false}} {
		name := filepath.Join(t.TempDir(), test.name+".pdf")
		if err := os.WriteFile(name, test.file, 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("../../.ci/validate", name).CombinedOutput()
		if (err == nil) != test.want {
			t.Errorf("%s: %v\n%s", test.name, err, out)
		}
	}
}
