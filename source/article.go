// Package source reads an article as its author wrote it: the folder, the front
// matter and the Markdown become a tree in which every node knows its place.
// Print is the way back, from a tree to Markdown.
//
// Start at Load for a folder, at Parse for one file. The rule that holds
// everywhere: whatever is wrong with an article is a diagnostic with a place, a
// code and a hint, never an error of Go and never silence; one language that
// cannot be read does not stop the others.
package source

import (
	"io/fs"

	"qalam/locales"
	"qalam/source/diag"
)

// Folder is an article folder as it was read: the canonical article, its
// translations, and the images that they show.
type Folder struct {
	Name string // how messages call the folder; the slug of an article that gives none

	// Articles are the language versions that could be read, the canonical one
	// first, the others by tag. Versions with errors in them are here too, as
	// far as they could be read; the diagnostics say which (see Article.Path).
	Articles []*Article

	// Images are the images that the articles show, by Image.Src. An image
	// that could not be loaded is not here, and has an error.
	Images map[string]*ImageFile

	fsys fs.FS // where it was loaded from, for a setting that names a file
}

// Article is one language version as its author wrote it, with the fields
// that a translation inherits filled in.
type Article struct {
	Path   string // "article.md", "locales/kk.md"
	Lang   string // canonical BCP 47 tag
	Header Header
	Blocks []Block
	Notes  []*Note // in the order of the file

	// File is the file that it was read from; nil when it was not read from one.
	File *File
}

// Header is the front matter. Fields that were not given are empty.
type Header struct {
	Title, Subtitle, Section string
	Slug                     string // never empty after Load
	Date, Modified           locales.Date
	Authors                  []Person
	Editors                  []Person
	Translators              []Person
	Publisher, Place         string
	Abstract                 string
	Keywords                 []string
	Subjects                 []Subject
	License                  string // SPDX identifier or address
	Rights                   string
	URL                      string
	Identifiers              Identifiers
	NoteNumbers              NoteNumbers
	Typography               Typography
	Digits                   Digits
	Stale                    Stale
	Labels                   map[string]string // by the JSON names of locales.Labels
	Settings                 Settings

	// pos has the place of each field that stands in this file, by its name:
	// "title", "authors[0].orcid". Inherited fields have none.
	pos map[string]diag.Pos
	// file is the whole front matter, for fields that are not there.
	file diag.Pos
	// unread are the fields whose values are of another kind than they should
	// be; "" is the whole front matter. They have an error.
	unread map[string]bool
}

// Pos is where the field of that name stands, "title" or "authors[0].orcid";
// the start of the front matter when it is not in this file.
func (h *Header) Pos(field string) diag.Pos {
	if p, ok := h.pos[field]; ok {
		return p
	}
	return h.file
}

// cannotRead notes that a field, or with "" all of them, could not be read.
func (h *Header) cannotRead(field string) {
	if h.unread == nil {
		h.unread = map[string]bool{}
	}
	h.unread[field] = true
}

// Person is somebody who made the article.
type Person struct {
	Name        string
	FileAs      string // as a catalogue sorts it: "Author, A."
	ORCID       string // 0000-0002-1825-0097, its check digit verified
	Affiliation string
}

// Subject is a heading of a catalogue.
type Subject struct {
	Term      string
	Authority string // "lcsh"
	ID        string // of the term at the authority
}

// Identifiers are the identifiers that others gave to this language version.
type Identifiers struct {
	DOI, ISBN, ISSN, ARK, URN string
}

// Typography says whether quotation marks, dashes and spaces become those of
// the language. It is a matter of how a text was written, so a translation
// says it for itself, as it does Digits.
type Typography string

const (
	TypographyOn  Typography = ""    // written "on"
	TypographyOff Typography = "off" // all stays as it was written
)

// Digits says what numbers are written with that the program sets: marks of
// notes, pages, dates, items of lists.
type Digits string

const (
	DigitsOfLanguage Digits = ""       // as CLDR has it for the language
	DigitsLatin      Digits = "latn"   // 0 to 9
	DigitsNative     Digits = "native" // those of the script: in Hindi ० to ९
)

// NoteNumbers says how notes are numbered.
type NoteNumbers string

const (
	NoteOrder  NoteNumbers = ""       // 1 to n in the order in which they are met; written "order"
	NoteAuthor NoteNumbers = "author" // the labels, which must be numbers
)

// Stale says what becomes of a translation whose original has changed since it
// was accepted.
type Stale string

const (
	StaleStamp  Stale = ""       // the edition says so; written "stamp"
	StaleWarn   Stale = "warn"   // it says so, with a warning
	StaleRefuse Stale = "refuse" // it is not made
)

// Settings are the settings of the formats: whatever changes the bytes of a
// file, so that the folder alone says how to make it again.
type Settings struct {
	PDF  PDFSettings
	EPUB EPUBSettings
	Text TextSettings
}

// PDFSettings are the settings below "pdf" in the front matter.
//
// Measures are in hundredths of a point; 0 means that the article says nothing,
// and what is usual on the paper is taken.
type PDFSettings struct {
	Paper string // a name in Papers; empty means by the region of the language

	// The margins. The inner one is where pages are bound.
	MarginTop, MarginBottom, MarginInner, MarginOuter int

	TwoSided bool   // pages are printed on both sides, so that margins mirror each other
	Size     int    // of the type of the text; all other sizes follow it
	Align    string // of running text: "justify" or "start"; empty means "justify"

	// Links says how the address of a link is shown that its words do not
	// show: "list" (a list after the notes), "inline" (in brackets behind the
	// words) or "none"; empty means "list".
	Links string

	// Missing says what happens to a character that no font has: "error", or
	// "box" (a box is shown); empty means "error".
	Missing string

	Fonts []*FontFile // of the folder, looked through before our own
}

// FontFile is a font file of the article folder. What is in it is known to
// begin like a font, and no more.
type FontFile struct {
	Name string   // path relative to the article folder
	Pos  diag.Pos // where the article names it
	Data []byte   // nil when it could not be read
}

// Paper is a size of paper, in hundredths of a point.
type Paper struct{ Width, Height int }

// Papers are the sizes that a PDF can have, by name. Sources: ISO 216, ANSI/ASME
// Y14.1.
var Papers = map[string]Paper{
	"A4":     {59528, 84189},
	"A5":     {41953, 59528},
	"B5":     {49890, 70866},
	"Letter": {61200, 79200},
	"Legal":  {61200, 100800},
}

// TextSettings are the settings below "text" in the front matter.
type TextSettings struct {
	Width   int    // columns of a line, 20 or more; 0 means one paragraph a line. The default is 72
	Newline string // "lf" (default) or "crlf"
	BOM     bool   // a byte order mark at the start
}

// ImageFile is an image that was read and looked into.
type ImageFile struct {
	Src           string // path relative to the article folder
	MediaType     string // "image/png" or "image/jpeg"
	Width, Height int    // pixels
	Data          []byte
}
