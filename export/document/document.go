// Package document is an article in one language as its reader will read it,
// and how it comes to be from what the author wrote and what is known of the
// language.
//
// Start at Compose, which makes a Document, and at Edition, which is what one
// file holds. The rule that holds everywhere: what a reader sees is decided
// here and once. Notes have their numbers, quotation marks and dates are set,
// labels are in words, images are loaded; a writer decides nothing but how
// its format says it, and changes nothing that it is given.
package document

import (
	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// Document is an article in one language as its reader will read it: notes
// numbered, quotation marks set, images loaded, dates and labels in words.
type Document struct {
	Locale   *locales.Locale
	Meta     Meta
	Settings source.Settings

	Title    TitleBlock
	Blocks   []Block
	Notes    []*Note // by number; empty when the article has none
	Colophon []Field // about the edition: rights, licence, identifiers, address, original

	Images []*Image // every image that the document shows, each once, in reading order

	style          *style       // what a name that is printed later is set in
	pos            diag.Pos     // of the front matter
	file, original *source.File // what it was read from, and the article whose fields that inherits; may be nil
}

// Pos is where the front matter of the document starts.
func (d *Document) Pos() diag.Pos { return d.pos }

// Find is where a part of the document is written that its reader sees as s: the
// first place at from or behind it. A from without a line means the front matter.
// It is from, or the front matter, when s is not written anywhere so.
func (d *Document) Find(from diag.Pos, s string) diag.Pos {
	if place, ok := d.file.Find(from, s); ok {
		return place
	}
	if from.Line == 0 && d.original != nil {
		if place, ok := d.original.Find(diag.Pos{Path: source.ArticleFile}, s); ok {
			return place
		}
	}
	return from
}

// TitleBlock is what stands above the text, each line as it is printed. Empty
// lines are not there.
type TitleBlock struct {
	Section  string
	Title    string
	Subtitle string
	Byline   []Line // authors, editors, translators: one line for each role
	Dateline []Line // published, changed
	Abstract string
}

// Line is a line of text.
type Line []Inline

// Field is a line of the colophon or the head of a text file: what it is, and
// the value.
type Field struct {
	Name  string // stable, in English: "rights", "license", "identifier"; see Document.Head
	Label string // in the language of the document, without a colon
	Value Line
}

// Note is an endnote.
type Note struct {
	Number int    // 1 to n: the place in Document.Notes, in the order in which notes are met or of the author's numbers
	Mark   string // what stands in the text and before the note: the number in the locale's digits, or the author's own
	Label  string // the author's label, for messages
	Pos    diag.Pos
	Blocks []Block
	Refs   []*NoteRef // every reference to it, in reading order; never empty
}

// Block is a part of the text that stands on lines of its own: *Heading,
// *Paragraph, *Figure, *Quote, *List, *CodeBlock, *Table or *Rule.
type Block interface {
	Pos() diag.Pos
	block()
}

// Inline is a piece of a line: *Text, *Emph, *Strong, *Strike, *Code, *Link,
// *Picture, *Span, *NoteGroup or *Break.
type Inline interface{ inline() }

// node is where a block was written.
type node struct{ pos diag.Pos }

// Pos is where the block stands in its source.
func (n node) Pos() diag.Pos { return n.pos }

// Heading is a heading of a section. Levels are 2 to 6, and go down by one at
// a time.
type Heading struct {
	node
	Level int
	ID    string // "section-1" …: unique in the document, in reading order
	Text  []Inline
}

// Paragraph is a paragraph of running text.
type Paragraph struct {
	node
	Text []Inline
}

// Figure is an image that stands alone.
type Figure struct {
	node
	Picture *Picture
	Caption []Inline // may be empty
}

// Quote is a block quotation.
type Quote struct {
	node
	Blocks []Block
}

// List is a list. Marker of an item is what stands before it: "1." in the
// locale's digits, or "•".
type List struct {
	node
	Ordered bool
	Start   int
	Tight   bool
	Items   []*Item
}

// Item is one item of a list.
type Item struct {
	Marker string
	Blocks []Block
}

// CodeBlock is text that keeps its lines and spaces. It reads from left to
// right in every language.
type CodeBlock struct {
	node
	Language string
	Text     string // each line ends in a line feed
}

// Table is a table with one row of column heads.
type Table struct {
	node
	Align []source.Align
	Head  []Line
	Rows  [][]Line // each as long as Align
}

// Rule is a thematic break.
type Rule struct{ node }

// Text is plain text with quotation marks and dashes set. It has no line
// feed, and no two Texts stand side by side.
type Text struct{ Value string }

// Emph is stress emphasis.
type Emph struct{ Text []Inline }

// Strong is strong importance.
type Strong struct{ Text []Inline }

// Strike is text that has been struck out.
type Strike struct{ Text []Inline }

// Code is a piece of computer code. It reads from left to right.
type Code struct{ Value string }

// Link is a link to an address outside the document: http, https or mailto.
// It has no Link and no NoteGroup within it.
type Link struct {
	URL  string
	Text []Inline
}

// Picture is one showing of an image.
type Picture struct {
	Image *Image
	Alt   string // empty means decoration
}

// Image is a loaded image.
type Image struct {
	*source.ImageFile
	Name string // file name for an archive: "image-1.png"; unique in the document
}

// Span is a passage that stands apart from the text around it, as HTML's bdi
// does: in another language, or a date, number or address whose parts must
// not be put in another order by the text around it. One without a Dir is in
// another language and has no say in the order, as HTML's span: nobody knows
// how far it reaches.
type Span struct {
	Lang string            // BCP 47; empty means the language around it
	Dir  locales.Direction // empty only where Lang is not
	Text []Inline
}

// NoteGroup is one or more references side by side: "2, 9". Nothing may come
// between it and the text before it.
type NoteGroup struct{ Refs []*NoteRef }

// NoteRef is one reference to a note.
type NoteRef struct {
	Note  *Note
	Index int // from 1: which of the note's references this is
	Pos   diag.Pos
}

// Break is a line break that the author asked for.
type Break struct{}

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*Figure) block()    {}
func (*Quote) block()     {}
func (*List) block()      {}
func (*CodeBlock) block() {}
func (*Table) block()     {}
func (*Rule) block()      {}

func (*Text) inline()      {}
func (*Emph) inline()      {}
func (*Strong) inline()    {}
func (*Strike) inline()    {}
func (*Code) inline()      {}
func (*Link) inline()      {}
func (*Picture) inline()   {}
func (*Span) inline()      {}
func (*NoteGroup) inline() {}
func (*Break) inline()     {}
