package source

import "qalam/source/diag"

// Block is a part of the text that stands on lines of its own:
// *Heading, *Paragraph, *Figure, *Quote, *List, *CodeBlock, *Table, *Rule or *Remark.
type Block interface {
	Pos() diag.Pos
	block()
}

// Inline is a piece of a line: *Text, *Emph, *Strong, *Strike, *CodeSpan,
// *Link, *Image, *Span, *NoteRef, *SoftBreak, *Break or *InlineRemark.
type Inline interface {
	Pos() diag.Pos
	inline()
}

// node is where a part of the tree was written.
type node struct{ pos diag.Pos }

// Pos is where the node starts in its file.
func (n node) Pos() diag.Pos { return n.pos }

// Heading is a heading of a section. Level is 2 to 6; the title is level 1.
type Heading struct {
	node
	Level int
	Text  []Inline
}

// Paragraph is a paragraph of running text.
type Paragraph struct {
	node
	Text []Inline
}

// Figure is an image alone in its paragraph.
type Figure struct {
	node
	Image   *Image
	Caption string // plain text; empty means none
}

// Quote is a block quotation.
type Quote struct {
	node
	Blocks []Block
}

// List is a list of items.
type List struct {
	node
	Ordered bool
	Start   int  // number of the first item of an ordered list
	Tight   bool // no blank lines between the items: their paragraphs are set without space
	Items   []*Item
}

// Item is one item of a list.
type Item struct {
	node
	Blocks []Block
}

// CodeBlock is text that keeps its lines and spaces.
type CodeBlock struct {
	node
	Language string // the first word of the info string; may be empty
	Text     string // each line ends in a line feed
}

// Table is a table with one row of column heads.
type Table struct {
	node
	Align []Align // one for each column
	Head  []*Cell
	Rows  [][]*Cell // each as long as Align
}

// Align is how a column of a table is set, as CSS text-align has it:
// "", "start", "center" or "end". Empty means that the author did not say.
type Align string

// Cell is one cell of a table.
type Cell struct {
	node
	Text []Inline
}

// Rule is a thematic break.
type Rule struct{ node }

// Remark is a comment of the author on lines of its own. It is never exported.
type Remark struct {
	node
	Text string // between <!-- and -->, as written
}

// Text is plain text with entities and escapes resolved, quotation marks and
// hyphens as typed, and no line feed.
type Text struct {
	node
	Value string
}

// Emph is stress emphasis.
type Emph struct {
	node
	Text []Inline
}

// Strong is strong importance.
type Strong struct {
	node
	Text []Inline
}

// Strike is text that has been struck out.
type Strike struct {
	node
	Text []Inline
}

// CodeSpan is a piece of computer code.
type CodeSpan struct {
	node
	Value string
}

// Link is a link to an address. An address written bare or in angle brackets
// is a Link whose Text is the address.
type Link struct {
	node
	URL   string
	Title string
	Text  []Inline
}

// Image is an image within a line. Src is a slash-separated path relative to
// the article folder, as the author wrote it with escapes resolved.
type Image struct {
	node
	Src   string
	Alt   string // plain text; empty means that the image is decoration
	Title string // the caption, when the image is alone in its paragraph
}

// Span is a passage in another language: [words]{lang=fr}.
type Span struct {
	node
	Lang string // canonical BCP 47 tag; as written if it is not one, which Load reports
	Text []Inline
}

// NoteRef is a reference to a note by the label the author chose. It stays in
// the tree when no note has that label, so that a later floor can say where.
type NoteRef struct {
	node
	Label string
}

// SoftBreak is the end of a line within a paragraph, which readers see as a
// space, or as nothing between two Han characters.
type SoftBreak struct{ node }

// Break is a line break that the author asked for.
type Break struct{ node }

// InlineRemark is a comment of the author within a line. It is never exported.
type InlineRemark struct {
	node
	Text string // between <!-- and -->, as written
}

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*Figure) block()    {}
func (*Quote) block()     {}
func (*List) block()      {}
func (*CodeBlock) block() {}
func (*Table) block()     {}
func (*Rule) block()      {}
func (*Remark) block()    {}

func (*Text) inline()         {}
func (*Emph) inline()         {}
func (*Strong) inline()       {}
func (*Strike) inline()       {}
func (*CodeSpan) inline()     {}
func (*Link) inline()         {}
func (*Image) inline()        {}
func (*Span) inline()         {}
func (*NoteRef) inline()      {}
func (*SoftBreak) inline()    {}
func (*Break) inline()        {}
func (*InlineRemark) inline() {}

// Note is the definition of a note: [^label]: text. Labels are in NFC, there
// and in references.
type Note struct {
	node
	Label  string
	Blocks []Block
}
