package typeset

import (
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/export/fonts"
)

// Length is a length in 1/65536 pt.
type Length int64

// Pt is one point, 1/72 inch.
const Pt Length = 1 << 16

// Points is the length in points. It is for writers; layout does not use it.
func (l Length) Points() float64 { return float64(l) / float64(Pt) }

// centipoints is n hundredths of a point, the unit in which sizes of type are
// given: a writer can print them exactly.
func centipoints(n Length) Length { return (n*Pt + 50) / 100 }

// Book is a finished layout.
type Book struct {
	Width, Height Length // of every page
	Pages         []*Page
	Bookmarks     []Bookmark
	Dests         []Dest // where links within the book lead

	lines int // how many have been made
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
	Pieces   []Piece // from left to right

	// Open says that the word at the end of the line goes on in the next one.
	Open bool

	aside bool // the next line begins with an address that is no part of the text
	order int  // place in the reading order of the book
}

// end is where the last piece of the line ends.
func (l *Line) end() Length {
	last := &l.Pieces[len(l.Pieces)-1]
	return last.X + last.Width
}

// Part says what a line belongs to.
type Part uint8

// The parts of a page.
const (
	Title    Part = iota // the title block
	Body                 // the text
	Notes                // the endnotes
	Colophon             // about the edition
	Label                // a heading of ours: "Notes"
	Running              // a running head, a page number, the repeated head of a table
)

var partNames = [...]string{"title", "body", "notes", "colophon", "label", "running"}

func (p Part) String() string { return partNames[p] }

// Piece is text in one face and size.
type Piece struct {
	X, Width Length
	Face     *fonts.Face
	Size     Length // a whole number of hundredths of a point
	Rise     Length // above the baseline of the line
	Text     string
	Kind     Kind
}

// Kind says what the text of a piece is.
type Kind uint8

// The kinds of pieces.
const (
	Plain    Kind = iota // words of the document
	LinkText             // words of the document that lead to an address
	Mark                 // a reference to a note, or what stands between two
	Number               // the number of a note or the marker of an item
	Back                 // a way back from a note
	Hyphen               // at the end of a line within a word
	Address              // the address of a link whose words do not show it, in brackets
)

// Picture is an image on a page.
type Picture struct {
	X, Y, Width, Height Length // the upper left corner, and how large it is shown
	Image               *document.Image
	Turn                Turn // how its pixels are turned to be shown like this
}

// Rule is a filled box: a line of a table, a line through words.
type Rule struct{ X, Y, Width, Height Length }

// Link is an area that leads to an address or to a place in the book.
type Link struct {
	X, Y, Width, Height Length // the upper left corner
	URL                 string // empty for a place in the book
	Dest                int    // index into Book.Dests
	Spoken              string // what is said of it, in the language of the document: "Note 2", or the address
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
			switch piece.Kind {
			case Plain, LinkText:
				text.WriteString(piece.Text)
			case Mark, Number:
				text.WriteString(" " + piece.Text + " ") // a mark ends the word before it
			case Back, Hyphen, Address:
			}
		}
		if !line.Open && !line.aside {
			text.WriteByte('\n')
		}
	}
	words := func(p Part) []string { return document.SplitWords(texts[p].String()) }
	return Words{Title: words(Title), Body: words(Body), Notes: words(Notes), Colophon: words(Colophon)}
}
