package locales

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The table is in order, each tag is one, each mark has its space, and words
// are in lower case, without spaces, each once.
func TestTypographies(t *testing.T) {
	last := ""
	for _, row := range typographies() {
		if tag, err := ParseTag(row.tag); tag != row.tag || err != nil || tag <= last {
			t.Errorf("%s after %s: %v", row.tag, last, err)
		}
		last = row.tag
		if n := utf8.RuneCountInString(row.Spaced); n != len(row.Before) {
			t.Errorf("%s: %d marks and %d spaces", row.tag, n, len(row.Before))
		}
		for _, list := range [][]string{row.Short, row.Enclitics, row.Units, row.Numbered, row.Elisions} {
			sorted := slices.Sorted(slices.Values(list))
			if len(slices.Compact(sorted)) != len(list) {
				t.Errorf("%s: a word stands twice in %q", row.tag, list)
			}
			for _, word := range list {
				if word == "" || strings.ContainsAny(word, " \u00A0") || word != strings.ToLower(word) {
					t.Errorf("%s: %q", row.tag, word)
				}
			}
		}
	}
}

// A language within another has its typography, and one of another script not.
func TestFindTypography(t *testing.T) {
	for tag, want := range map[string]string{
		"fr": NoBreakSpace, "fr-CA": NoBreakSpace, "fr-CH": NarrowNoBreakSpace, "fr-Latn-CH": NarrowNoBreakSpace, "en": "", "kk-Arab": "", "!": "",
	} {
		if got := Get(tag).Typography.SpaceBefore(':'); got != want {
			t.Errorf("%s: %q before a colon, want %q", tag, got, want)
		}
	}
	for tag, want := range map[string]bool{"kk": true, "kk-KZ": true, "kk-Latn": true, "kk-Arab": false, "kk-CN": false, "zh-TW": false, "xx": false} {
		if got := Get(tag).Typography.HoldDash; got != want {
			t.Errorf("%s: dash held is %v", tag, got)
		}
	}
	if zh := Get("zh-TW").Typography; zh.Dash != "——" {
		t.Errorf("zh-TW: dash %q", zh.Dash)
	}
}
