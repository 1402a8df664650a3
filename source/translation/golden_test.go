package translation

import (
	"strings"
	"testing"

	"qalam/source"
	"qalam/source/golden"
)

// What Check says of an original and a translation; each code has a case that
// is named after it.
func TestGolden(t *testing.T) {
	seen := map[string]bool{}
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		var original, translation *source.Article
		for name, file := range c.Files {
			a, diags := source.Parse(name, file.Data)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if name == source.ArticleFile {
				original = a
			} else {
				translation = a
			}
		}
		var b strings.Builder
		for _, d := range Check(original, translation) {
			b.WriteString(d.String() + "\n")
			if strings.HasSuffix(t.Name(), "/"+d.Code) {
				seen[d.Code] = true
			}
		}
		return map[string]string{"want.diags": b.String()}
	})
	for _, code := range append(importance, codeMore) {
		if !seen[code] {
			t.Errorf("no case is named %s and has it", code)
		}
	}
}
