package source

import (
	"testing"
	"testing/fstest"
)

// A base is an article by itself: its language is that of the original, not of
// its file. None is no error; one that cannot be read is, and says where.
func TestLoadBase(t *testing.T) {
	const good = "---\ntitle: T\nlang: en\n---\nText.\n"
	fsys := fstest.MapFS{
		"locales/base/kk.md": {Data: []byte(good)},
		"locales/base/ru.md": {Data: []byte("Text.\n")},
		"locales/base/fr.md": {Data: []byte("---\ntitle: T\nlang: en\n---\nText.[^a]\n")},
	}
	a, diags := LoadBase(fsys, "kk")
	if a == nil || len(diags) > 0 || a.Lang != "en" || a.Path != "locales/base/kk.md" || len(a.Blocks) != 1 {
		t.Errorf("kk: %+v, %v", a, diags)
	}
	if a, diags := LoadBase(fsys, "ar"); a != nil || len(diags) > 0 {
		t.Errorf("ar: %+v, %v", a, diags)
	}
	if a, diags := LoadBase(fsys, "ru"); a != nil || !diags.HasErrors() || diags[0].Path != "locales/base/ru.md" {
		t.Errorf("ru: %+v, %v", a, diags)
	}
	// Notes of a text that was current once are not looked at again.
	if a, diags := LoadBase(fsys, "fr"); a == nil || len(diags) > 0 {
		t.Errorf("fr: %+v, %v", a, diags)
	}
}
