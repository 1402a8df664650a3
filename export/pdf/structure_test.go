package pdf

import (
	"bytes"
	"image"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export/document"
	"qalam/export/pdf/object"
	"qalam/export/typeset"
	"qalam/locales"
	"qalam/source"
	"qalam/source/golden"
)

// Each case is an article folder, and for each of its languages the structure
// of its file as a screen reader would say it, as want.TAG: roles, languages,
// what stands for pictures, what is said of links. The image x.png is in every
// folder.
func TestStructure(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		c.Files["x.png"] = &fstest.MapFile{Data: encodePNG(t, image.NewGray(image.Rect(0, 0, 8, 4)))}
		folder, diags := source.Load(c.Files, "days")
		if diags.HasErrors() {
			t.Fatalf("source says: %v", diags)
		}
		got := map[string]string{}
		for _, a := range folder.Articles {
			doc, _ := document.Compose(folder, a)
			f := open(t, write(t, &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}, Work: document.NewWork(folder)}))
			if p := f.problems(); len(p) > 0 {
				t.Errorf("%s: %q", a.Lang, p)
			}
			got["want."+a.Lang] = f.dump()
		}
		return got
	})
}

// words are those of the structure, in its order, but for what is no word of
// the document: ways back from notes, and the numbers and addresses of links.
func (f opened) words() []string {
	f.t.Helper()
	var b strings.Builder
	var walk func(e *element, in string)
	walk = func(e *element, in string) {
		if e.role == "Link" && in != "Reference" && in != "Lbl" && f.leadsWithin(e) {
			return
		}
		apart := e.role != "Span" && e.role != "Link" && e.role != "Code"
		if apart {
			b.WriteByte(' ')
		}
		for _, k := range e.kids {
			switch k := k.(type) {
			case *element:
				walk(k, e.role)
			case sequence:
				b.WriteString(k.text)
			}
		}
		if apart {
			b.WriteByte(' ')
		}
	}
	walk(f.structure(), "")
	return document.SplitWords(b.String())
}

// leadsWithin reports whether a link leads to a place of the file.
func (f opened) leadsWithin(e *element) bool {
	for _, k := range e.kids {
		if r, ok := k.(object.Ref); ok {
			return f.dict(r)["Dest"] != nil
		}
	}
	return false
}

// Who follows the structure reads every word of the article in its order, in
// every language.
func TestReadingOrder(t *testing.T) {
	for _, e := range samples(t) {
		f := open(t, write(t, e))
		got := f.words()
		body, notes := e.Docs[0].Words()
		title := e.Docs[0].Title
		title.Abstract = "" // a label of ours stands before it
		for _, part := range []struct {
			name string
			want []string
		}{{"title", title.Words()}, {"abstract", document.SplitWords(e.Docs[0].Title.Abstract)}, {"body", body}, {"notes", notes}} {
			if len(part.want) == 0 || !contains(got, part.want) {
				t.Errorf("%s: the words of the %s are not in the file in their order%s", e.Name, part.name, differ(got, part.want))
			}
		}
	}
}

// differ says where wanted words are not what follows the longest beginning of
// them that is there.
func differ(got, want []string) string {
	best, where := 0, 0
	for at := range got {
		n := 0
		for n < len(want) && at+n < len(got) && got[at+n] == want[n] {
			n++
		}
		if n > best {
			best, where = n, at
		}
	}
	return ": " + strings.Join(want[max(0, best-3):min(best+5, len(want))], " ") +
		"; there is: " + strings.Join(got[where+max(0, best-3):min(where+best+5, len(got))], " ")
}

// What pdfinfo says of the structure has every word of the article too, in its
// order, where it is read from left to right.
func TestPoppler(t *testing.T) {
	pdfinfo, err := exec.LookPath("pdfinfo")
	if err != nil {
		t.Skip("there is no pdfinfo")
	}
	for _, e := range samples(t) {
		cmd := exec.Command(pdfinfo, "-struct-text", "-")
		cmd.Stdin = bytes.NewReader(write(t, e))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, line := range strings.Split(string(out), "\n") {
			line = strings.TrimSpace(line)
			if text, ok := strings.CutPrefix(line, `"`); ok {
				b.WriteString(strings.TrimSuffix(text, `"`))
			} else if !strings.HasPrefix(line, "Span") && !strings.HasPrefix(line, "Object") && !strings.HasPrefix(line, "Link") && !strings.HasPrefix(line, "Code") {
				b.WriteByte(' ')
			}
		}
		text := strings.ReplaceAll(b.String(), "\u00AD", "")
		got := document.SplitWords(text)
		if body, _ := e.Docs[0].Words(); e.Docs[0].Meta.Dir == locales.LTR && !contains(got, body) {
			t.Errorf("%s: pdfinfo has other words%s", e.Name, differ(got, body))
		}
	}
}

// contains reports whether part stands in all, side by side.
func contains(all, part []string) bool {
	for at := range all {
		if len(all)-at >= len(part) && slices.Equal(all[at:at+len(part)], part) {
			return true
		}
	}
	return false
}

// What an element shows itself stands where it is drawn among its kids, and
// kids that no page shows anything of keep their place.
func TestContents(t *testing.T) {
	root := &typeset.Elem{Role: "Document"}
	add := func(parent *typeset.Elem, role string) *typeset.Elem {
		e := &typeset.Elem{Role: role, Parent: parent}
		parent.Kids = append(parent.Kids, e)
		return e
	}
	p := add(root, "P")
	first := add(p, "Span")
	add(p, "Reference")
	last := add(p, "Link")
	tree := newTree(&typeset.Book{Root: root})
	draw := func(e *typeset.Elem) {
		t.Helper()
		if _, err := tree.content(e); err != nil {
			t.Fatal(err)
		}
	}
	tree.nextPage()
	draw(p)
	draw(first)
	draw(p)
	tree.nextPage()
	draw(p)
	draw(last)
	draw(p)
	f := &finisher{pen: &pen{tree: tree}, pages: []object.Ref{101, 102}, elems: 1}
	d := object.Dict{}
	f.contents(d, 1)
	mcr := func(id int) object.Dict {
		return object.Dict{"Type": object.Name("MCR"), "Pg": object.Ref(102), "MCID": id}
	}
	want := object.Array{0, object.Ref(3), 2, mcr(0), object.Ref(4), object.Ref(5), mcr(2)}
	got := d["K"].(object.Array)
	if d["Pg"] != object.Ref(101) || len(got) != len(want) {
		t.Fatalf("%v", d)
	}
	for i := range want {
		if w, ok := want[i].(object.Dict); ok {
			if g, ok := got[i].(object.Dict); !ok || g["MCID"] != w["MCID"] || g["Pg"] != w["Pg"] {
				t.Errorf("kid %d is %v, want %v", i, got[i], w)
			}
		} else if got[i] != want[i] {
			t.Errorf("kid %d is %v, want %v", i, got[i], want[i])
		}
	}
	if _, err := tree.content(&typeset.Elem{Role: "P"}); err == nil {
		t.Error("an element that is not in the structure has content")
	}
}
