// Package epubtest reads EPUB books in tests, as somebody does who knows
// nothing of how they are made. It is no part of the product.
//
// Start at Read. The rule that holds everywhere: what a book should not have
// is an error, and nothing is repaired.
package epubtest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Book is an archive.
type Book struct {
	Names []string // in the order of the archive
	Files map[string][]byte
}

// Read unpacks an archive.
func Read(archive []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	b := &Book{Files: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if _, ok := b.Files[f.Name]; ok {
			return nil, fmt.Errorf("%s is there twice", f.Name)
		}
		b.Names = append(b.Names, f.Name)
		b.Files[f.Name] = data
	}
	return b, nil
}

// Words are the words of a book of one document, as a reader sees them: those
// of the text after its title block, and those of each note. A reference is
// the bare mark of its note, as a word of its own. Alternative texts and the
// ways back from the notes are not there. A book without notes has no notes.
func (b *Book) Words() (text []string, notes [][]string, err error) {
	article, ok := b.Files["EPUB/xhtml/article.xhtml"]
	if !ok {
		return nil, nil, errors.New("no article")
	}
	skip := func(e xml.StartElement) bool {
		return e.Name.Local == "header" || has(e, "class", "abstract") || has(e, "class", "backlink")
	}
	texts, err := pieces(article, skip, func(e xml.StartElement) bool { return e.Name.Local == "body" })
	if err != nil {
		return nil, nil, fmt.Errorf("article: %w", err)
	}
	if len(texts) != 1 {
		return nil, nil, fmt.Errorf("article: %d bodies", len(texts))
	}
	if file, ok := b.Files["EPUB/xhtml/notes.xhtml"]; ok {
		notes, err = pieces(file, skip, func(e xml.StartElement) bool { return has(e, "type", "footnote") })
		if err != nil {
			return nil, nil, fmt.Errorf("notes: %w", err)
		}
	}
	return texts[0], notes, nil
}

// has reports whether an attribute of that name, in any namespace, has the
// word in its list.
func has(e xml.StartElement, name, word string) bool {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			for w := range strings.FieldsSeq(a.Value) {
				if w == word {
					return true
				}
			}
		}
	}
	return false
}

// inline are the elements that do not end a word.
var inline = map[string]bool{"em": true, "strong": true, "s": true, "code": true, "a": true, "bdi": true, "span": true, "img": true}

// pieces gives the words in each outermost element that is a piece, without
// those in elements to skip.
func pieces(file []byte, skip, piece func(xml.StartElement) bool) ([][]string, error) {
	var out [][]string
	var words strings.Builder
	within, skipped, marks := 0, 0, 0 // how deep
	d := xml.NewDecoder(bytes.NewReader(file))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if within > 0 || piece(t) {
				within++
			}
			if skipped > 0 || skip(t) {
				skipped++
			}
			if marks > 0 || t.Name.Local == "sup" {
				marks++
				words.WriteByte(' ')
			} else if !inline[t.Name.Local] {
				words.WriteByte(' ')
			}
		case xml.EndElement:
			if !inline[t.Name.Local] || marks > 0 {
				words.WriteByte(' ')
			}
			if marks > 0 {
				marks--
			}
			if skipped > 0 {
				skipped--
			}
			if within > 0 {
				if within--; within == 0 {
					out = append(out, strings.Fields(words.String()))
					words.Reset()
				}
			}
		case xml.CharData:
			// Within sup only the links are marks; what stands between them is not.
			if within > 0 && skipped == 0 && (marks == 0 || marks == 2) {
				words.WriteString(strings.ReplaceAll(string(t), "\u2060", ""))
			}
		}
	}
}
