package text

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"qalam/export/document"
	"qalam/source"
	"qalam/source/golden"
)

// visible shows characters that cannot be seen.
var visible = strings.NewReplacer(
	"\u200b", "‹ZWSP›", "\u200e", "‹LRM›", "\u200f", "‹RLM›", "\u2066", "‹LRI›", "\u2067", "‹RLI›",
	"\u2069", "‹PDI›", "\u00a0", "‹NBSP›", "\u202f", "‹NNBSP›", "\u00ad", "‹SHY›", "\ufeff", "‹BOM›", "\r", "‹CR›")

// Each case is an article folder, and the text file and warnings that each
// language has. images/map.png is in every folder.
func TestGolden(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		c.Files["images/map.png"] = &fstest.MapFile{Data: picture.Bytes()}
		loaded, diags := source.Load(c.Files, "example")
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		got := map[string]string{}
		for _, a := range loaded.Articles {
			d, diags := document.Compose(loaded, a)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			file, warnings := write(t, d)
			got["want."+a.Lang+".txt"] = visible.Replace(file)
			got["want."+a.Lang+".warnings"] = warnings
			width := d.Settings.Text.Width
			if strings.Contains(warnings, "[code-wide]") {
				width = 0
			}
			checkLines(t, file, width)
		}
		return got
	})
}

// write writes one document, twice, and returns the file and the warnings.
func write(t testing.TB, docs ...*document.Document) (file, warnings string) {
	t.Helper()
	e := &document.Edition{Name: "example", Docs: docs}
	var first, second bytes.Buffer
	written, err := Format{}.Write(&first, e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Format{}).Write(&second, e); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two files of one edition differ")
	}
	for _, d := range written.Warnings {
		warnings += d.String() + "\n"
	}
	return first.String(), warnings
}
