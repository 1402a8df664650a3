package fonts

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"qalam/locales"
)

// Which face a cluster is set in: that of the script of its run, in the
// nearest style, and one of signs only where no face of letters has it.
func TestFace(t *testing.T) {
	tests := []struct {
		cluster, script string
		style           Style
		lang, want      string
	}{
		{"a", "Latn", Regular, "en", "NotoSerif-Regular"},
		{"ҳ", "Cyrl", Italic, "uz", "NotoSerif-Italic"},
		{"ώ", "Grek", BoldItalic, "el", "NotoSerif-BoldItalic"},
		{"i̇́", "Latn", Regular, "lt", "NotoSerif-Regular"}, // a letter and two marks
		{"ع", "Arab", Bold, "ar", "NotoNaskhArabic-Bold"},
		{"ع", "Arab", Italic, "ar", "NotoNaskhArabic-Regular"}, // Arabic does not lean
		{"ع", "Arab", BoldItalic, "ar", "NotoNaskhArabic-Bold"},
		{"ع", "Arab", Regular, "ur", "NotoNastaliqUrdu-Regular"},
		{"ع", "Arab", Regular, "ur-PK", "NotoNastaliqUrdu-Regular"},
		{"ع", "Aran", Regular, "fa", "NotoNaskhArabic-Regular"},
		{"(", "Arab", Regular, "ar", "NotoSerif-Regular"}, // not Nastaliq, which has it
		{"字", "Hani", Regular, "zh", "NotoSerifSC-Regular"},
		{"字", "Hans", Bold, "zh", "NotoSerifSC-Regular"},
		{"あ", "Jpan", Regular, "ja", "NotoSerifSC-Regular"},
		{"。", "Hani", Regular, "zh", "NotoSerifSC-Regular"},
		{"한", "Kore", Regular, "ko", "NotoSerifKR-Regular"},
		{"漢", "Hang", Regular, "ko", "NotoSerifSC-Regular"},
		{"क्ष", "Deva", Bold, "hi", "NotoSerifDevanagari-Bold"},
		{"।", "Beng", Regular, "bn", "NotoSerifBengali-Regular"},
		{"≈", "Latn", Regular, "en", "NotoSansMath-Regular"},
		{"☞", "Latn", Bold, "en", "NotoSansSymbols2-Regular"},
		{"✓", "Cyrl", Regular, "kk", "NotoSansSymbols2-Regular"},
		{"𝔸", "Latn", Regular, "en", "NotoSansMath-Regular"},
		{"字", "Latn", Regular, "en", "NotoSerifSC-Regular"}, // another script in the run
		{"😀", "Latn", Regular, "en", "NotoEmoji-Regular"},
		{"❤", "Latn", Regular, "en", "NotoSansSymbols2-Regular"},
		{"❤\uFE0F", "Latn", Regular, "en", "NotoEmoji-Regular"},
		{"1\uFE0F\u20E3", "Latn", Regular, "en", "NotoEmoji-Regular"},
		{"👨\u200D👩\u200D👧", "Latn", Bold, "en", "NotoEmoji-Regular"},
		{"x", "Latn", Mono, "en", "NotoSansMono-Regular"},
		{"x", "Latn", Mono | BoldItalic, "en", "NotoSansMono-Bold"},
		{"1", "Deva", Mono, "hi", "NotoSansMono-Regular"},
		{"क", "Deva", Mono | Bold, "hi", "NotoSerifDevanagari-Bold"},  // no such face for code
		{"a\u200D\u00AD", "Latn", Regular, "en", "NotoSerif-Regular"}, // what is not seen does not count
		{"", "Latn", Italic, "en", "NotoSerif-Italic"},
	}
	m := NewFamily(nil)
	for _, test := range tests {
		f, ok := m.Face(test.cluster, test.script, test.style, test.lang)
		if !ok || f.Name() != test.want {
			t.Errorf("%q in %s, %v, %s: %s, %v; want %s", test.cluster, test.script, test.style, test.lang, f.Name(), ok, test.want)
		}
	}
}

// A character that no face has is set in the text face, and said to be missing.
func TestFaceMissing(t *testing.T) {
	for _, cluster := range []string{"\uE000", "a\U000E0FFF\U000F0000", "\U0010FFFD"} {
		if f, ok := NewFamily(nil).Face(cluster, "Latn", Mono|Bold, "en"); ok || f != serif(Bold) {
			t.Errorf("%q is set in %s, %v", cluster, f.Name(), ok)
		}
	}
}

// Faces of the article's folder come before all others, each in its own style.
func TestFaceOwn(t *testing.T) {
	bold, sans := named(t, "NotoSerifKhmer-Bold"), named(t, "NotoSansMath-Regular")
	m := NewFamily([]*Face{bold, sans})
	tests := []struct {
		cluster, script string
		style           Style
		want            *Face
	}{
		{"ក", "Khmr", Bold, bold},
		{"ក", "Khmr", Regular, bold}, // it is the author's, whatever its style
		{"A", "Latn", Regular, sans},
		{"A", "Latn", Mono, nil}, // no face for code
		{"ж", "Cyrl", Regular, serif(Regular)},
	}
	for _, test := range tests {
		f, ok := m.Face(test.cluster, test.script, test.style, "km")
		if !ok || f != test.want && test.want != nil || test.want == nil && f.Style()&Mono == 0 {
			t.Errorf("%q in %v is set in %s, %v", test.cluster, test.style, f.Name(), ok)
		}
	}
}

// withoutFace are the languages of CLDR that no face of ours has all characters
// of, and which these are. The test fails when one of them gets a face.
var withoutFace = map[string]string{
	"kxv-Telu": "the nukta of Unicode 14",
	"suz-Sunu": "a script of Unicode 16",
}

// Every letter, digit and point that CLDR has for a language has a face in
// every style.
func TestExemplars(t *testing.T) {
	data, err := os.ReadFile("testdata/cldr/exemplars.tsv")
	if err != nil {
		t.Fatal(err)
	}
	m := NewFamily(nil)
	languages, known := 0, locales.Tags()
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		tag := fields[0]
		languages++
		script := locales.Get(tag).Script
		missing := map[string]bool{}
		for _, set := range fields[1:] {
			for _, cluster := range unicodeSet(t, set) {
				for _, style := range []Style{Regular, Italic, Bold, BoldItalic, Mono} {
					if _, ok := m.Face(cluster, script, style, tag); !ok {
						missing[cluster] = true
					}
				}
			}
		}
		if _, ok := withoutFace[tag]; ok != (len(missing) > 0) {
			t.Errorf("%s in %s: no face for %q", tag, script, slices.Sorted(maps.Keys(missing)))
		}
	}
	if languages < 300 || len(known) == 0 {
		t.Errorf("only %d languages", languages)
	}
}

// unicodeSet gives the elements of a set as CLDR writes it. Source: UTS 35,
// part 1, "Unicode Sets"; CLDR's exemplars have characters, ranges and strings.
func unicodeSet(t *testing.T, set string) (elements []string) {
	t.Helper()
	inner, ok := strings.CutPrefix(set, "[")
	inner, ok2 := strings.CutSuffix(inner, "]")
	if set == "" {
		return nil
	}
	if !ok || !ok2 {
		t.Fatalf("not a set: %q", set)
	}
	var last rune
	isRange := false
	for len(inner) > 0 {
		r, n := utf8.DecodeRuneInString(inner)
		inner = inner[n:]
		switch r {
		case ' ':
			continue
		case '-':
			isRange = true
			continue
		case '{':
			var s string
			if s, inner, ok = strings.Cut(inner, "}"); !ok {
				t.Fatalf("not a set: %q", set)
			}
			elements = append(elements, strings.ReplaceAll(s, `\`, ""))
			continue
		case '\\':
			r, n = utf8.DecodeRuneInString(inner)
			inner = inner[n:]
		}
		if isRange {
			for c := last + 1; c < r; c++ {
				elements = append(elements, string(c))
			}
			isRange = false
		}
		elements, last = append(elements, string(r)), r
	}
	return elements
}
