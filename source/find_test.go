package source

import (
	"testing"

	"qalam/source/diag"
)

// What is seen in the finished text is found where it is written, from a place
// on, in the front matter alone, and by a reference.
func TestFind(t *testing.T) {
	const path = "article.md"
	text := "---\r\ntitle: \"T\u10570\"\r\nlang: en\r\n---\r\n" +
		"One ж x\r\n" +
		"two &#x10570; жx &zwj; ж\r\n\r\n" +
		"&amp; last"
	a, diags := Parse(path, []byte(text))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	at := func(line, column int32) diag.Pos { return diag.Pos{Path: path, Line: line, Column: column} }
	tests := []struct {
		from diag.Pos
		s    string
		want diag.Pos // none: it is not found
	}{
		{at(5, 1), "ж", at(5, 5)},
		{at(5, 5), "ж", at(5, 5)}, // at the place itself
		{at(5, 6), "ж", at(6, 15)},
		{at(6, 0), "ж", at(6, 15)}, // the line as a whole
		{at(6, 1), "жx", at(6, 15)},
		{at(6, 16), "ж", at(6, 24)},
		{at(6, 25), "ж", diag.Pos{}},
		{at(5, 99), "w", at(6, 2)}, // beyond the end of the line
		{at(99, 1), "w", diag.Pos{}},
		{diag.Pos{Path: path}, "ж", diag.Pos{}}, // not in the front matter
		{diag.Pos{Path: path}, "T", at(2, 9)},
		{at(5, 1), "\U00010570", at(6, 5)},
		{at(5, 1), "\u200D", at(6, 18)},
		{at(7, 1), "&", at(8, 1)}, // a character and its reference begin alike
		{at(5, 1), "", diag.Pos{}},
		{diag.Pos{Path: "locales/fr.md", Line: 1, Column: 1}, "ж", diag.Pos{}},
		{diag.Pos{}, "ж", diag.Pos{}},
	}
	for _, test := range tests {
		if got, ok := a.File.Find(test.from, test.s); got != test.want || ok != (test.want != diag.Pos{}) {
			t.Errorf("%q from %v is at %v, %t, not at %v", test.s, test.from, got, ok, test.want)
		}
	}
}
