package document

import (
	_ "embed"
	"strings"
)

// licenseTable has a line for each licence that we know: its SPDX identifier,
// its name in English, and its address, with a tab between them. Identifiers
// and names are those of the SPDX License List 3.27, which is in the public
// domain (CC0-1.0): https://spdx.org/licenses/.
//
//go:embed licenses.tsv
var licenseTable string

// license looks up what the front matter says: an SPDX identifier or an address.
func license(s string) License {
	if s == "" {
		return License{}
	}
	isURL := strings.Contains(s, "://")
	for line := range strings.Lines(licenseTable) {
		id, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		name, address, _ := strings.Cut(rest, "\t")
		if isURL && bareAddress(s) == bareAddress(address) {
			return License{id, name, s}
		}
		if !isURL && strings.EqualFold(id, s) {
			return License{id, name, address}
		}
	}
	if isURL {
		return License{Name: s, URL: s}
	}
	return License{ID: s, Name: s}
}

// bareAddress is what two ways to write the address of one page have in common.
func bareAddress(s string) string {
	_, s, _ = strings.Cut(s, "://")
	s = strings.TrimPrefix(s, "www.")
	s = strings.TrimSuffix(s, "deed.en")
	return strings.TrimSuffix(s, "/")
}
