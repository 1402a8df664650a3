package epub

import (
	"net/http"
	"strings"
	"testing"
)

// go-epub takes a source for the path of a file, then for an address, before
// it takes it for data. No file can have the path, and no request is made.
func TestDataOnly(t *testing.T) {
	url := dataURL([]byte{0xff, 0xff, 0xff}) // "////"
	if first, _, _ := strings.Cut(url, "/"); len(first) <= 255 {
		t.Errorf("a file could be called %s", first)
	}
	client := http.Client{Transport: noNetwork{}}
	if _, err := client.Get("http://localhost/"); err == nil {
		t.Error("a request was made")
	}
}

// Where go-epub panics, there is an error, and the next book is made.
func TestPanic(t *testing.T) {
	good, err := render(edition(everything("en")))
	if err != nil {
		t.Fatal(err)
	}
	bad, err := render(edition(everything("en")))
	if err != nil {
		t.Fatal(err)
	}
	bad.parts[0].file = "../../../../x"
	if _, err := assemble(bad); err == nil || !strings.Contains(err.Error(), "go-epub") {
		t.Errorf("no error of go-epub: %v", err)
	}
	if _, err := assemble(good); err != nil {
		t.Error(err)
	}
}
