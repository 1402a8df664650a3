package locales

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// The decimal separator of each language of our list, and of some that are not
// on it, is the one that golang.org/x/text writes, which has CLDR 32; where
// both differ, CLDR 48 has changed.
func TestDecimal(t *testing.T) {
	changed := map[string]bool{"no": true, "oc": true, "sc": true, "su": true} // CLDR 32 did not have them
	tags := append(decimalComma[:], "en", "zh", "ja", "ko", "hi", "he", "th", "en-GB", "en-ZA", "de-AT", "fr-CA", "es-AR", "pt-PT", "sw", "ms", "mn", "ur")
	for tag := range decimalOther {
		tags = append(tags, tag)
	}
	for _, tag := range tags {
		want := ""
		for _, r := range message.NewPrinter(language.Make(tag)).Sprintf("%.1f", 0.5) {
			if strings.ContainsRune(".,٫", r) {
				want = string(r)
			}
		}
		if got := string(Get(tag).Numbers().Decimal); got != want && want != "٫" && !changed[tag] {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// Each language that we have words for knows its thousand, and its months.
func TestNumberWords(t *testing.T) {
	for _, tag := range Tags() {
		n := Get(tag).Numbers()
		found := false
		for _, power := range n.Powers {
			found = found || power == 3
		}
		if !found || len(n.Months) < 12 {
			t.Errorf("%s: %d powers, %d names of months", tag, len(n.Powers), len(n.Months))
		}
	}
	// A language that we know nothing of does not take English words.
	if n := Get("tlh").Numbers(); len(n.Powers)+len(n.Cardinals)+len(n.Months) > 0 {
		t.Errorf("tlh has %+v", n)
	}
}
