package source

import (
	"testing"

	"qalam/source/golden"
)

// The trees of testdata, with places and diagnostics, and the property of Print for each.
func TestGolden(t *testing.T) {
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		a, diags := Parse("article.md", c.Files["article.md"].Data)
		got := ""
		if a != nil {
			got = dump(a, true)
		}
		for _, d := range diags {
			got += d.String() + "\n"
		}
		if a != nil && printable(diags) {
			samePrinted(t, a)
		}
		return map[string]string{"want.tree": got}
	})
}
