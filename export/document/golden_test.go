package document

import (
	"strings"
	"testing"
	"testing/fstest"

	"qalam/source"
	"qalam/source/golden"
)

// Each case is an article folder, and for each of its languages the dump of
// the document and what is said, as want.TAG. The image images/dot.png is in
// every folder.
func TestCompose(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		c.Files["images/dot.png"] = &fstest.MapFile{Data: dot}
		f, diags := source.Load(c.Files, "days")
		for _, d := range diags {
			t.Errorf("source says: %v", d)
		}
		got := map[string]string{}
		for _, a := range f.Articles {
			doc, diags := Compose(f, a)
			var b strings.Builder
			for _, d := range diags {
				b.WriteString(d.String() + "\n")
			}
			got["want."+a.Lang] = b.String() + dump(doc)
		}
		return got
	})
}

// dot is a PNG of one grey pixel.
var dot = []byte("\x89PNG\r\n\x1a\n" +
	"\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\x0aIDATx\xdach\x00\x00\x00\x82\x00\x81\xdaE\x08;" +
	"\x00\x00\x00\x00IEND\xaeB`\x82")
