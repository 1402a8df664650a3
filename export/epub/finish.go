package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/beevik/etree"
)

// Where go-epub puts things.
const (
	root        = "EPUB/"
	packageName = root + "package.opf"
	navFile     = "nav.xhtml"
	ncxFile     = "toc.ncx"
	textDir     = "xhtml/"
	imageDir    = "images/"
	cssDir      = "css/"
)

// finish says what go-epub cannot say in the files of its archive, and puts
// the images there.
func finish(archive []byte, b *book) (map[string][]byte, error) {
	files, err := unpack(archive)
	if err != nil {
		return nil, err
	}
	for _, f := range []struct {
		name string
		edit func(*book, *etree.Element)
	}{
		{packageName, finishPackage},
		{root + navFile, finishNav},
		{root + ncxFile, finishNCX},
	} {
		if files[f.name], err = edit(files[f.name], func(e *etree.Element) {
			f.edit(b, e)
			e.IndentWithSettings(&etree.IndentSettings{Spaces: 2, PreserveLeafWhitespace: true})
		}); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	for _, p := range b.parts {
		name := root + textDir + p.file
		if files[name], err = finishPart(files[name], p); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, i := range b.images {
		name := root + imageDir + i.name
		if _, ok := files[name]; !ok {
			return nil, fmt.Errorf("no %s", name)
		}
		files[name] = i.Data
	}
	return files, nil
}

// edit changes an XML file through its root element.
func edit(src []byte, change func(root *etree.Element)) ([]byte, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(src); err != nil {
		return nil, err
	}
	if doc.Root() == nil {
		return nil, errors.New("nothing in it")
	}
	change(doc.Root())
	return doc.WriteToBytes()
}

// finishPart gives a content document its language and kind. Only what stands
// before the body is read as XML: the body is ours, and long.
func finishPart(src []byte, p *part) ([]byte, error) {
	const body, end = "<body>", "<body/></html>"
	i := bytes.Index(src, []byte(body))
	if i < 0 {
		return nil, errors.New("no body")
	}
	head, err := edit(append(src[:i:i], end...), func(html *etree.Element) {
		m := p.doc.Meta
		set(html, "lang", m.Lang, "xml:lang", m.Lang, "dir", string(m.Dir))
		set(html.SelectElement("body"), "epub:type", p.matter)
	})
	if err != nil {
		return nil, err
	}
	head, ok := bytes.CutSuffix(head, []byte("/></html>"))
	if !ok {
		return nil, errors.New("a body where none was expected")
	}
	return append(append(head, '>'), src[i+len(body):]...), nil
}

// set gives an element attributes, from pairs of name and value. Empty values
// are left out.
func set(e *etree.Element, pairs ...string) *etree.Element {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			e.CreateAttr(pairs[i], pairs[i+1])
		}
	}
	return e
}

// add appends an element with a text, which may be empty, and attributes.
func add(parent *etree.Element, tag, text string, pairs ...string) *etree.Element {
	e := set(parent.CreateElement(tag), pairs...)
	if text = clean(text); text != "" {
		e.SetText(text)
	}
	return e
}

// take removes everything from an element and returns the elements among it.
// (Setting Child to nil would leave etree's elements with wrong parents.)
func take(e *etree.Element) []*etree.Element {
	elements := e.ChildElements()
	for i := len(e.Child) - 1; i >= 0; i-- {
		e.RemoveChildAt(i)
	}
	return elements
}

// unpack reads the archive that go-epub made.
func unpack(archive []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(z.File))
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		data := make([]byte, f.UncompressedSize64)
		if _, err := io.ReadFull(r, data); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
		if files[f.Name] != nil {
			return nil, fmt.Errorf("%s is there twice", f.Name)
		}
		files[f.Name] = data
	}
	return files, nil
}
