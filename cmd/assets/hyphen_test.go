package main

import (
	"slices"
	"strings"
	"testing"
)

// A file of patterns is two lists and what it says of itself; what only TeX
// could read is refused.
func TestReadTeX(t *testing.T) {
	const head = "% title: Patterns\n%  licence: MIT\n% =====\n% ways and means {\n"
	tests := []struct{ text, patterns, exceptions, err string }{
		{head + "\\patterns{ % start\n.ach4\n4ab. % here\n}\n", ".ach4 4ab.", "", ""},
		{head + "\\patterns\n{a1b}\\hyphenation{as-so-ciate\nproject}", "a1b", "as-so-ciate project", ""},
		{head, "", "", "it has no patterns"},
		{head + `\patterns{a1b`, "", "", `cannot read the list of \patterns`},
		{head + `\patterns{\macro{a}}`, "", "", `cannot read the list of \patterns`},
		{head + `\patterns{a1b}\hyphenation a`, "", "", `cannot read the list of \hyphenation`},
	}
	for _, test := range tests {
		s, err := readTeX(test.text)
		if test.err != "" {
			if err == nil || err.Error() != test.err {
				t.Errorf("%q: error %v, want %q", test.text, err, test.err)
			}
			continue
		}
		if err != nil || strings.Join(s.patterns, " ") != test.patterns || strings.Join(s.exceptions, " ") != test.exceptions {
			t.Errorf("%q: %q, %q, %v", test.text, s.patterns, s.exceptions, err)
		}
	}
	if got, want := texHead(head), " title: Patterns\n  licence: MIT\n"; got != want {
		t.Errorf("the head is %q, want %q", got, want)
	}
}

// A pattern and an exception have a level in each gap.
func TestLevels(t *testing.T) {
	tests := []struct {
		got     levelled
		letters string
		levels  []byte
	}{
		{pattern("hy3ph"), "hyph", []byte{0, 0, 3, 0, 0}},
		{pattern(".ach4"), ".ach", []byte{0, 0, 0, 0, 4}},
		{pattern("1é2"), "é", []byte{1, 2}},
		{pattern("1\u09dc1"), "\u09a1\u09bc", []byte{1, 0, 1}}, // NFC takes it apart
		{exception("Ab-c"), ".abc.", []byte{0, 10, 10, 11, 10, 0}},
	}
	for _, test := range tests {
		if string(test.got.letters) != test.letters || !slices.Equal(test.got.levels, test.levels) {
			t.Errorf("%q %v, want %q %v", string(test.got.letters), test.got.levels, test.letters, test.levels)
		}
	}
}

// What package hyphen could not read is an error, not a damaged set.
func TestPackRefuses(t *testing.T) {
	var syllables []string
	for r := 'ሀ'; len(syllables) < 126; r++ {
		syllables = append(syllables, "1"+string(r))
	}
	tests := []struct {
		set  patternSet
		want string
	}{
		{patternSet{patterns: syllables}, "alphabet has 126 letters"},
		{patternSet{patterns: []string{"e1\u0301"}}, "not composed"},
	}
	for _, test := range tests {
		if _, err := test.set.pack(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

// What is alike is written once: the ends of a word, and patterns that differ
// at their beginnings only.
func TestPackShares(t *testing.T) {
	one, err := (&patternSet{patterns: []string{"ab1cd"}}).pack()
	if err != nil {
		t.Fatal(err)
	}
	two, err := (&patternSet{patterns: []string{"ab1cd", "bb1cd"}}).pack()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(two) - len(one); n != 4 { // a symbol and an address in the first node
		t.Errorf("the second pattern takes %d bytes more, want 4", n)
	}
}
