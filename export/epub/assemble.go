package epub

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	goepub "github.com/bmaupin/go-epub"

	_ "embed"
)

//go:embed style.css
var styleSheet []byte

const styleName = "article.css"

// assembly guards the folder in memory that go-epub v1.1.0 keeps in a package
// variable, a map without a lock of its own.
var assembly sync.Mutex

// assemble lets go-epub make an archive of the parts, the style sheet and the
// beginnings of the images, with manifest, spine and contents. It reads no
// file and asks no network.
func assemble(b *book) (archive []byte, err error) {
	assembly.Lock()
	defer assembly.Unlock()
	defer func() {
		// go-epub panics where it does not expect an error.
		if p := recover(); p != nil {
			err = fmt.Errorf("go-epub: %v", p)
		}
	}()
	goepub.Use(goepub.MemoryFS) // an empty one, whatever happened before
	m := b.main.Meta
	e := goepub.NewEpub(b.title)
	e.Client = &http.Client{Transport: noNetwork{}}
	e.SetIdentifier(b.id)
	e.SetLang(m.Lang)
	if len(m.Creators) > 0 {
		e.SetAuthor(clean(m.Creators[0].Name))
	}
	e.SetDescription(clean(m.Description))
	e.SetPpd(string(m.Dir))
	css, err := e.AddCSS(dataURL(styleSheet), styleName)
	if err != nil {
		return nil, err
	}
	for _, i := range b.images {
		// The beginning says what kind of image it is. The rest is put there
		// when the book is finished: go-epub would hold it five times.
		if _, err := e.AddImage(dataURL(i.Data[:min(len(i.Data), 512)]), i.name); err != nil {
			return nil, err
		}
	}
	for _, p := range b.parts {
		if _, err := e.AddSection(string(p.body), p.title.text, p.file, css); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if _, err := e.WriteTo(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// dataURL is data as go-epub takes it. go-epub tries everything as the path of
// a file first, then as an address: the parameter, which means nothing, is
// longer than any file system lets a name be.
func dataURL(data []byte) string {
	return "data:;x=" + strings.Repeat("x", 300) + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// noNetwork refuses every request.
type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("a book is made without the network")
}
