package typeset

import (
	"fmt"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/export/typeset/paragraph"
)

// Length is a length in 1/65536 pt.
type Length = paragraph.Length

// Pt is one point, 1/72 inch.
const Pt = paragraph.Pt

// Book is a finished layout.
type Book struct {
	Width, Height Length // of every page
	Pages         []*Page
	Bookmarks     []Bookmark
	Dests         []Dest // where links within the book lead
	Root          *Elem  // the structure: a "Document", with a "Sect" for each document in it

	lines, notes int // how many have been made
}

// Dest is a place in a book.
type Dest struct {
	Page int // index of the page
	Y    Length
}

// Bookmark is an entry of the outline. Levels start at 0 and go down by one at
// a time.
type Bookmark struct {
	Title string
	Level int
	Dest  int // index into Book.Dests
}

// Page is what stands on one page.
type Page struct {
	Lines    []Line
	Pictures []Picture
	Rules    []Rule
	Links    []Link

	b *builder // of the document that the page belongs to
}

// Line is a row of text on one baseline: a line of a paragraph, or of one cell
// of a table.
type Line struct {
	Baseline Length
	Part     Part
	Pieces   []Piece // in the order of the text

	// Open says that the word at the end of the line goes on in the next one.
	Open bool

	aside bool // the next line begins with an address that is no part of the text
	order int  // place in the reading order of the book
}

// Part says what a line belongs to.
type Part uint8

// The parts of a page.
const (
	Title    Part = iota // the title block
	Body                 // the text
	Notes                // the endnotes
	Colophon             // about the edition
	Label                // what is ours: the heading "Notes", the list of links
	Running              // a running head, a page number, the repeated head of a table
)

var partNames = [...]string{"title", "body", "notes", "colophon", "label", "running"}

func (p Part) String() string { return partNames[p] }

// Piece is text in one face, size and direction. X is from the left edge of the
// page. Its Run is of no use to a writer.
type Piece struct {
	paragraph.Piece
	Size Length // a whole number of hundredths of a point
	Rise Length // above the baseline of the line
	Kind Kind
	Elem *Elem // what it is in the structure; nil for what is no part of it: a running head, a page number, the repeated head of a table
}

// Elem is an element of the logical structure of a book. Source: ISO 32000-1,
// 14.7 and 14.8.4.
type Elem struct {
	// Role is a standard structure type: "Document", "Sect", "H1" to "H6",
	// "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH",
	// "TD", "Figure", "Caption", "BlockQuote", "Code", "Note", "Reference",
	// "Link" or "Span".
	Role string

	Lang  string // BCP 47, where it differs from the parent's, and of each Sect
	Alt   string // what a Figure shows
	ID    string // of a Note; unique in the book
	Title string // of a Sect

	Ordered bool // of an L whose items are numbered

	Parent *Elem   // nil for the Document
	Kids   []*Elem // in reading order
}

// add adds a kid.
func (e *Elem) add(role string) *Elem {
	kid := &Elem{Role: role, Parent: e}
	e.Kids = append(e.Kids, kid)
	return kid
}

// drop takes an element without kids, the last one of its parent, out of the
// tree.
func (e *Elem) drop() {
	if e != nil && len(e.Kids) == 0 {
		e.Parent.Kids = e.Parent.Kids[:len(e.Parent.Kids)-1]
	}
}

// Kind says what the text of a piece is.
type Kind uint8

// The kinds of pieces.
const (
	Plain    Kind = iota // words of the document
	LinkText             // words of the document that lead to an address
	Mark                 // a reference to a note, or what stands between two
	Number               // the number of a note or the marker of an item
	Back                 // a way back from a note, for the eye: its Elem is nil, that of its Link is not
	Address              // the address of a link whose words do not show it, or its number in the list of links
	Again                // the head of a column, said again before a cell
)

// Picture is an image on a page.
type Picture struct {
	X, Y, Width, Height Length // the upper left corner, and how large it is shown
	Image               *document.Image
	Turn                Turn  // how its pixels are turned to be shown like this
	Elem                *Elem // the "Figure"; nil for decoration
}

// Rule is a filled box: a line of a table, a line through words, a dot beside a
// letter.
type Rule struct{ X, Y, Width, Height Length }

// Link is an area that leads to an address or to a place in the book.
type Link struct {
	X, Y, Width, Height Length // the upper left corner
	URL                 string // empty for a place in the book
	Dest                int    // index into Book.Dests
	Spoken              string // what is said of it, in the language of the document: "Note 2", or the address
	Elem                *Elem  // the "Link" that it belongs to
}

// Words are the words of a book by part, in reading order, as
// document.SplitWords divides them. They are those of document.Document.Words
// and document.TitleBlock.Words; for the colophon, labels and values.
type Words struct{ Title, Body, Notes, Colophon []string }

// Words collects the words that stand on the pages. A word that goes on in the
// next line is put together. Ways back from notes, addresses of links, hyphens
// at the ends of lines, headings of ours, and running heads and feet are no
// words of the text.
func (b *Book) Words() Words {
	var lines []*Line
	for _, page := range b.Pages {
		for i := range page.Lines {
			lines = append(lines, &page.Lines[i])
		}
	}
	// The lines of a table stand side by side, its cells follow each other.
	slices.SortStableFunc(lines, func(x, y *Line) int { return x.order - y.order })

	var texts [Running + 1]strings.Builder
	for _, line := range lines {
		text := &texts[line.Part]
		for _, piece := range line.Pieces {
			if piece.Hyphen {
				continue
			}
			switch piece.Kind {
			case Plain, LinkText:
				text.WriteString(piece.Text)
			case Mark, Number:
				text.WriteString(" " + piece.Text + " ") // a mark ends the word before it
			case Back, Address, Again:
			default:
				panic(fmt.Sprintf("typeset: unknown kind %d", piece.Kind))
			}
		}
		if !line.Open && !line.aside {
			text.WriteByte('\n')
		}
	}
	words := func(p Part) []string { return document.SplitWords(texts[p].String()) }
	return Words{Title: words(Title), Body: words(Body), Notes: words(Notes), Colophon: words(Colophon)}
}
