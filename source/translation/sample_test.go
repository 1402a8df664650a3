package translation

import (
	"testing"

	"qalam/source"
	"qalam/source/sample"
)

// The sample has no difference in any language.
func TestSample(t *testing.T) {
	folder, diags := source.Load(sample.FS(), "sample")
	if folder == nil || diags.HasErrors() || len(folder.Articles) != 9 {
		t.Fatalf("the sample: %v", diags)
	}
	for _, a := range folder.Articles[1:] {
		for _, d := range Check(folder.Articles[0], a) {
			t.Error(d)
		}
	}
}
