package document

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"qalam/locales"
	"qalam/source"
)

// The UUID of RFC 9562, appendix A.4, and those of articles, as Python's uuid
// module makes them.
func TestUUID5(t *testing.T) {
	namespaceDNS := namespaceURL
	namespaceDNS[3] = 0x10
	if got, want := uuid5(namespaceDNS, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}

	a := &source.Article{Path: "article.md", Lang: "en", Header: source.Header{Slug: "days-of-january"}}
	b := &source.Article{Path: "locales/kk.md", Lang: "kk", Header: source.Header{URL: "https://example.org/kk/days"}}
	f := folder(a, b)
	if got, weak := identifier(f, a); got != "urn:uuid:a53f465c-3c0a-5dd7-935b-976340fa5c77" || !weak {
		t.Errorf("by slug: %s %t", got, weak)
	}
	a.Header.Identifiers.DOI = "10.5555/12345678"
	if got, weak := identifier(f, a); got != "urn:uuid:242f1509-0849-55c1-855b-f9f563545d35" || weak {
		t.Errorf("by DOI: %s %t", got, weak)
	}
	a.Header.URL = "https://example.org/days"
	if got, weak := identifier(f, b); got != "urn:uuid:9a5cdfbd-5715-5f04-a4b5-1d3e9b3343bb" || weak {
		t.Errorf("by address: %s %t", got, weak)
	}
}

// Identifiers have the addresses that their makers give them.
func TestIdentifiers(t *testing.T) {
	got := identifiers(source.Identifiers{
		URN: "urn:nbn:de:1", ARK: "ark:/12148/x", ISSN: "0317-8471", ISBN: "978-3-16-148410-0", DOI: "10.5555/a<b>#c?d",
	})
	want := []Identifier{
		{"doi", "10.5555/a<b>#c?d", "https://doi.org/10.5555/a%3Cb%3E%23c%3Fd"},
		{"isbn", "978-3-16-148410-0", "urn:isbn:9783161484100"},
		{"issn", "0317-8471", "urn:issn:0317-8471"},
		{"ark", "ark:/12148/x", "https://n2t.net/ark:/12148/x"},
		{"urn", "urn:nbn:de:1", "urn:nbn:de:1"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := identifiers(source.Identifiers{}); got != nil {
		t.Errorf("got %q of nothing", got)
	}
}

// A licence is known by its identifier, in any case, and by its address, with
// or without what people leave out; another stays as it was given.
func TestLicense(t *testing.T) {
	const by = "Creative Commons Attribution 4.0 International"
	tests := []struct {
		in   string
		want License
	}{
		{"", License{}},
		{"CC-BY-4.0", License{"CC-BY-4.0", by, "https://creativecommons.org/licenses/by/4.0/"}},
		{"cc-by-4.0", License{"CC-BY-4.0", by, "https://creativecommons.org/licenses/by/4.0/"}},
		{"http://www.creativecommons.org/licenses/by/4.0/deed.en", License{"CC-BY-4.0", by, "http://www.creativecommons.org/licenses/by/4.0/deed.en"}},
		{"CC0-1.0", License{"CC0-1.0", "Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"}},
		{"https://example.org/terms", License{"", "https://example.org/terms", "https://example.org/terms"}},
		{"Beerware", License{"Beerware", "Beerware", ""}},
	}
	for _, tt := range tests {
		if got := license(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Every line of the table has an identifier of its own, a name and an address.
func TestLicenseTable(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(licenseTable) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 || seen[fields[0]] || fields[1] == "" || !strings.HasPrefix(fields[2], "https://") {
			t.Errorf("%q", line)
		}
		seen[fields[0]] = true
	}
	if len(seen) < 30 {
		t.Errorf("%d licences", len(seen))
	}
}

// The words of a link are its address, or they are words.
func TestIsAddress(t *testing.T) {
	tests := []struct {
		words, address string
		want           bool
	}{
		{"https://example.org/a", "https://example.org/a", true},
		{"www.example.org", "http://www.example.org", true},
		{"example.org/a", "https://example.org/a", true},
		{"a@example.org", "mailto:a@example.org", true},
		{"https://example.org/old", "https://example.org/new", true}, // an address all the same
		{"example.org", "https://other.example/", false},
		{"see https://example.org/a", "https://example.org/a", false},
		{"", "https://example.org/a", false},
	}
	for _, tt := range tests {
		if got := isAddress(tt.words, tt.address); got != tt.want {
			t.Errorf("%q for %q: %t", tt.words, tt.address, got)
		}
	}
}

// A reader knows the address of a link from its words, or has to be told.
func TestShowsAddress(t *testing.T) {
	tests := []struct {
		words, address string
		want           bool
	}{
		{"https://example.org/a", "https://example.org/a", true},
		{"example.org", "https://example.org/", true},
		{"Example.org", "https://example.org", true},
		{"a@example.org", "mailto:a@example.org", true},
		{"https://example.org/ә", "https://example.org/%D3%99", true},
		{"https://example.org/old", "https://example.org/new", false},
		{"https://example.org/A%20b", "https://example.org/a%20b", false},
		{"the example", "https://example.org/a", false},
		{"", "https://example.org/a", false},
	}
	for _, tt := range tests {
		if got := (&Link{tt.address, []Inline{&Text{tt.words}}}).ShowsAddress(); got != tt.want {
			t.Errorf("%q for %q: %t", tt.words, tt.address, got)
		}
	}
}

// Digits of every script have their value: Unicode keeps the ten in order.
func TestDigit(t *testing.T) {
	rows := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		value, ok := digit(r)
		if ok != unicode.Is(unicode.Nd, r) {
			t.Fatalf("%U: %t", r, ok)
		}
		if ok && value == 0 {
			rows++
			for i := range rune(10) {
				if v, ok := digit(r + i); !ok || v != int(i) {
					t.Errorf("%U is %d, want %d", r+i, v, i)
				}
			}
		}
	}
	if rows < 60 {
		t.Errorf("%d rows of digits", rows)
	}
	for _, l := range []string{"ar", "hi", "en"} {
		for i, s := range locales.Get(l).Digits {
			if n, ok := parseNumber("1" + s); !ok || n != 10+i {
				t.Errorf("%s: 1%s is %d", l, s, n)
			}
		}
	}
}

// What closes a quotation or the title of a work stays with it, and nothing
// else does.
func TestClosingMark(t *testing.T) {
	tests := []struct {
		tag, s string
		want   int
	}{
		{"en", "” and", len("”")},
		{"en", "’ and", len("’")},
		{"en", ") and", 0},
		{"en", "", 0},
		{"fr", "\u00a0» et", len("\u00a0»")},
		{"zh-Hans", "》（英语）", len("》")},
	}
	for _, tt := range tests {
		if got := ClosingMark(locales.Get(tt.tag).Quotes, tt.s); got != tt.want {
			t.Errorf("%s, %q: %d, want %d", tt.tag, tt.s, got, tt.want)
		}
	}
}
