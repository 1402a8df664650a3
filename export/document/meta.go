package document

import (
	"qalam/locales"
	"qalam/source/diag"
)

// Meta is what catalogues know of one language version. What a format says of
// its file is a pure function of Meta and Work.
type Meta struct {
	// Identifier is "urn:uuid:" and the version 5 UUID of this language
	// version (RFC 9562, 5.5): the same article and language have the same
	// identifier for ever.
	Identifier  string
	Identifiers []Identifier // given by others, in the order doi, isbn, issn, ark, urn

	Lang             string
	Dir              locales.Direction
	Title, Subtitle  string
	Section          string
	Creators         []Person // authors
	Contributors     []Person // editors, then translators
	Publisher, Place string
	Description      string // the abstract, one paragraph
	Keywords         []string
	Subjects         []Subject
	License          License
	Rights           string
	Date, Modified   locales.Date
	URL              string
	Basis            Basis // of a translation
}

// Basis is the version of the original that a translation was made from. The
// zero Basis is not known.
type Basis struct {
	Date           locales.Date // when that version appeared; may not be known
	Changed, Total int          // how many blocks of the original have changed since, and how many it has
}

// Identifier is an identifier that somebody else gave.
type Identifier struct {
	Scheme string // "doi", "isbn", "issn", "ark" or "urn"
	Value  string
	URI    string // "https://doi.org/…", "urn:isbn:…"; empty when there is none
}

// Person is somebody who made the article.
type Person struct {
	Name, FileAs       string // FileAs is empty when the author did not say
	ORCID, Affiliation string
	Role               string // MARC relator: "aut", "edt", "trl"
}

// Subject is a heading of a catalogue.
type Subject struct{ Term, Authority, ID string }

// License says what may be done with the text.
type License struct {
	ID   string // SPDX identifier; empty when only an address is known
	Name string // in words: "Creative Commons Attribution 4.0 International"; falls back to the identifier or address
	URL  string // may be empty
}

// Work is every language version of one article, so that each file can name
// its original and its sisters. Versions[0] is the canonical one.
type Work struct{ Versions []Version }

// Version is one language version of a work.
type Version struct {
	Lang, Title     string
	Identifier, URL string
}

// Edition is what one file holds: one document, or several in a combined or
// bilingual one.
type Edition struct {
	Name string      // stem of the file name: "days-of-january.kk"
	Docs []*Document // in reading order; Docs[0] is the main one
	Work Work
}

// Written is what a format says of a file that it wrote.
type Written struct {
	Pages    int       // 0 where the format has no pages
	Conforms []string  // standards that the file claims: "EPUB 3.3"
	Warnings diag.List // about this file only: a table too wide for the page

	// Skipped means that the format cannot show this edition at all, and the
	// warnings say why. What was written is of no use.
	Skipped bool
}
