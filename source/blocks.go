package source

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"qalam/source/diag"
)

// body parses the Markdown after the front matter. goldmark finds the blocks;
// what stands in a line is read by inliner.
type body struct {
	text  *text
	start int    // of the Markdown in text.src
	src   []byte // text.src[start:], which goldmark's offsets are about
	diags *reports
	refs  map[string]*reference // link reference definitions
	notes []*Note

	tags                 map[string]bool // elements of HTML that have been reported
	definitions, doubled []definition    // in the order of the file

	nesting  int  // offset of the first thing that is nested too deep; -1 for none
	promoted bool // the file has a heading of level 1, so all go down by one
	warned   bool // which has been reported
}

// reference is the destination of [label]: destination "title".
type reference struct {
	url, title string
	off        int // in body.src
	used       bool
}

// definition is a reference under its label, folded as CommonMark has it.
type definition struct {
	label string
	ref   *reference
}

// parseBody reads the Markdown that starts at offset start.
func parseBody(t *text, start int, diags *reports) ([]Block, []*Note) {
	b := &body{text: t, start: start, src: t.src[start:], diags: diags, nesting: -1}
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(limited{parser.NewListParser(), b}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(limited{parser.NewBlockquoteParser(), b}, 800),
			util.Prioritized(remarkParser{}, 850),
			util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(limited{noteParser{}, b}, 950),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(referenceTransformer{b}, 100),
			util.Prioritized(tableTransformer{b}, 200),
		),
	)
	doc := p.Parse(gmtext.NewReader(b.src))
	b.promoted = hasTopHeading(doc)
	blocks := b.blocks(doc)
	b.checkDefinitions()
	if b.nesting >= 0 {
		b.tooDeep(b.pos(b.nesting))
	}
	return blocks, b.notes
}

func (b *body) pos(off int) diag.Pos { return b.text.pos(b.start + off) }

func (b *body) tooDeep(pos diag.Pos) {
	b.diags.Errorf(pos, "nesting", "this is nested more than %d levels deep", MaxNesting).
		Hint = "take quotations, lists or emphasis out of one another"
}

func hasTopHeading(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && h.Level == 1 {
			return true
		}
		if c.Type() == ast.TypeBlock && hasTopHeading(c) {
			return true
		}
	}
	return false
}

// blocks converts the children of n.
func (b *body) blocks(n ast.Node) []Block {
	var out []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if bl := b.block(c); bl != nil {
			out = append(out, bl)
		}
	}
	return out
}

// block converts one block; nil when nothing of it stays in the text.
func (b *body) block(n ast.Node) Block {
	at := node{b.pos(max(n.Pos(), 0))}
	switch n := n.(type) {
	case *ast.Heading:
		return b.heading(at, n)
	case *ast.Paragraph:
		return b.paragraph(at, n.Lines())
	case *ast.TextBlock:
		return b.paragraph(at, n.Lines())
	case *ast.Blockquote:
		return &Quote{node: at, Blocks: b.blocks(n)}
	case *ast.List:
		l := &List{node: at, Ordered: n.IsOrdered(), Tight: n.IsTight}
		if l.Ordered {
			l.Start = n.Start
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			item := &Item{node: node{b.pos(c.Pos())}}
			item.Blocks = b.blocks(c)
			l.Items = append(l.Items, item)
		}
		return l
	case *ast.CodeBlock:
		return &CodeBlock{node: at, Text: b.codeLines(n.Lines())}
	case *ast.FencedCodeBlock:
		code := &CodeBlock{node: at, Text: b.codeLines(n.Lines())}
		if n.Info != nil {
			f := flat{n.Info.Segment.Value(b.src), []piece{{0, n.Info.Segment.Start}}}
			f.checkReferences(b, 0, len(f.text))
			info := bytes.Fields(f.text)
			if len(info) > 0 {
				code.Language = unescape(info[0])
			}
			if len(info) > 1 {
				b.diags.Warnf(b.pos(n.Info.Segment.Start), "code-info", "only the first word after the fence is used: %q", code.Language).
					Hint = "the first word is the language of the code; delete the others"
			}
		}
		return code
	case *ast.ThematicBreak:
		return &Rule{at}
	case *ast.HTMLBlock:
		line := n.Lines().At(0)
		b.html(at.pos, bytes.TrimSpace(line.Value(b.src)))
		return nil
	case *remarkBlock:
		return b.remark(at, n)
	case *noteBlock:
		b.note(at, n)
		return nil
	case *tableBlock:
		return b.table(at, n)
	default:
		panic(fmt.Sprintf("source: unknown block %T", n))
	}
}

func (b *body) lines(segs *gmtext.Segments) string {
	var s strings.Builder
	for i := range segs.Len() {
		seg := segs.At(i)
		s.Write(seg.Value(b.src))
	}
	return s.String()
}

// codeLines are the lines of a code block; those of spaces only are empty,
// since the containers around a block may take their spaces or not.
func (b *body) codeLines(segs *gmtext.Segments) string {
	var s strings.Builder
	for i := range segs.Len() {
		seg := segs.At(i)
		line := seg.Value(b.src)
		b.codeBidi(line, seg.Stop)
		if util.IsBlank(line) {
			s.WriteByte('\n')
		} else {
			s.Write(line)
		}
	}
	return s.String()
}

// codeBidi looks at a line of code, which ends at src[end], for bidirectional
// controls. There are no character references in code.
func (b *body) codeBidi(line []byte, end int) {
	for _, at := range loneBidi(line, false) {
		bidiControl(b.diags, b.pos(end-len(line)+at), string(line[at:]))
	}
}

func (b *body) heading(at node, n *ast.Heading) Block {
	h := &Heading{node: at, Level: n.Level}
	if b.promoted {
		h.Level++
	}
	if n.Level == 1 && !b.warned {
		b.warned = true
		b.diags.Warnf(at.pos, "heading-level", "the title of the article is the only heading of level 1; all headings of this file are moved down by one").
			Hint = "start sections with ##"
	}
	if h.Level > 6 {
		h.Level = 6
		b.diags.Warnf(at.pos, "heading-level", "this heading would be of level 7; it is set as level 6").
			Hint = "start sections with ##, and go down by one at a time"
	}
	h.Text = b.inlines(n.Lines(), lineHeading)
	if len(h.Text) == 0 {
		b.diags.Errorf(at.pos, "heading-empty", "this heading has no words").
			Hint = "write its words, or delete the line"
	}
	return h
}

func (b *body) paragraph(at node, lines *gmtext.Segments) Block {
	b.checkRows(lines)
	in := b.inlines(lines, lineText)
	if len(in) == 0 {
		return nil // only tags, which have been reported
	}
	if len(in) == 1 {
		if img, ok := in[0].(*Image); ok {
			return &Figure{node: at, Image: img, Caption: img.Title}
		}
	}
	return &Paragraph{node: at, Text: in}
}

// html reports HTML where only Markdown is read, and says what to write.
func (b *body) html(pos diag.Pos, tag []byte) {
	name := tagName(tag)
	if bytes.HasPrefix(tag, []byte("</")) && b.tags[name] {
		return // the start of the element has been reported
	}
	if b.tags == nil {
		b.tags = map[string]bool{}
	}
	b.tags[name] = true
	d := b.diags.Errorf(pos, "html", "%s is HTML, which an article cannot have", shorten(string(tag)))
	d.Hint = cmp.Or(htmlHints[name], "write it in Markdown; to show the sign < itself, write \\<")
}

// htmlHints say what to write instead of an HTML element.
var htmlHints = map[string]string{
	"a":          "write a link: [words](https://…)",
	"b":          "write **words**",
	"blockquote": "start the lines with >",
	"br":         "end the line with \\ (a backslash)",
	"center":     "delete it: the format decides where text stands",
	"code":       "write `code`",
	"del":        "write ~~words~~",
	"div":        "delete it, or write what it means in Markdown",
	"em":         "write *words*",
	"figure":     "write the image alone in a paragraph: ![what it shows](image.png \"Caption\")",
	"font":       "delete it: the format decides how text looks",
	"h1":         "start the line with ##",
	"h2":         "start the line with ##",
	"h3":         "start the line with ###",
	"hr":         "write *** on a line of its own",
	"i":          "write *words*",
	"img":        "write ![what it shows](images/map.png)",
	"li":         "start the line with - or 1.",
	"ol":         "start the lines with 1.",
	"p":          "leave a line empty between paragraphs",
	"pre":        "put ``` on a line before and after",
	"s":          "write ~~words~~",
	"span":       "for words in another language, write [words]{lang=fr}; else delete it",
	"strike":     "write ~~words~~",
	"strong":     "write **words**",
	"sub":        "write the character itself, such as ₂, if Unicode has it",
	"sup":        "write the character itself, such as ², if Unicode has it; for a note write [^label]",
	"table":      "write a table with | between the cells",
	"tr":         "write a table with | between the cells",
	"td":         "write a table with | between the cells",
	"u":          "write *words*",
	"ul":         "start the lines with -",
}

func tagName(tag []byte) string {
	tag = bytes.TrimLeft(tag, "</")
	n := 0
	for n < len(tag) && util.IsAlphaNumeric(tag[n]) {
		n++
	}
	return strings.ToLower(string(tag[:n]))
}

// shorten cuts what a message quotes.
func shorten(s string) string {
	const limit = 40
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

// limited keeps containers from being nested without end: goldmark's time
// grows with the square of the depth, and its walks are recursive.
type limited struct {
	parser.BlockParser
	body *body
}

func (l limited) Open(parent ast.Node, reader gmtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	if _, ok := parent.(*ast.List); !ok { // goldmark's list parser must see its own lines
		depth := 0
		for p := parent; p != nil; p = p.Parent() {
			if _, ok := p.(*ast.ListItem); !ok { // a list and its item are one level
				depth++
			}
		}
		if depth > MaxNesting {
			_, seg := reader.Position()
			if n, _ := l.BlockParser.Open(parent, reader, pc); n != nil && l.body.nesting < 0 {
				l.body.nesting = seg.Start
			}
			return nil, parser.NoChildren
		}
	}
	return l.BlockParser.Open(parent, reader, pc)
}

// htmlParser finds HTML blocks, which are reported. Comments are remarks.
type htmlParser struct{ parser.BlockParser }

func (h htmlParser) Open(parent ast.Node, reader gmtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if off := pc.BlockOffset(); off >= 0 && bytes.HasPrefix(line[off:], commentOpen) {
		return nil, parser.NoChildren
	}
	return h.BlockParser.Open(parent, reader, pc)
}

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

// remarkBlock is a comment on lines of its own.
type remarkBlock struct {
	ast.BaseBlock
	done bool // the end has been read
}

var kindRemark = ast.NewNodeKind("Remark")

func (*remarkBlock) Kind() ast.NodeKind              { return kindRemark }
func (*remarkBlock) IsRaw() bool                     { return true }
func (n *remarkBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// remarkParser finds comments on lines of their own. A comment with text after
// it on its first line is part of a paragraph.
type remarkParser struct{}

func (remarkParser) Trigger() []byte { return []byte{'<'} }

func (remarkParser) Open(parent ast.Node, reader gmtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	off := pc.BlockOffset()
	if off < 0 || !bytes.HasPrefix(line[off:], commentOpen) {
		return nil, parser.NoChildren
	}
	n := &remarkBlock{}
	if end := commentEnd(line[off:]); end >= 0 {
		if !util.IsBlank(line[off+end:]) {
			return nil, parser.NoChildren
		}
		n.done = true
	}
	seg = gmtext.NewSegment(seg.Start+off-seg.Padding, seg.Stop)
	n.Lines().Append(seg)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (remarkParser) Continue(n ast.Node, reader gmtext.Reader, pc parser.Context) parser.State {
	r := n.(*remarkBlock)
	if r.done {
		return parser.Close
	}
	line, seg := reader.PeekLine()
	r.Lines().Append(seg)
	r.done = bytes.Contains(line, commentClose)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (remarkParser) Close(ast.Node, gmtext.Reader, parser.Context) {}
func (remarkParser) CanInterruptParagraph() bool                   { return true }
func (remarkParser) CanAcceptIndentedLine() bool                   { return false }

// commentEnd is where the comment at the start of s ends, or -1.
func commentEnd(s []byte) int {
	for _, short := range []string{"<!-->", "<!--->"} {
		if bytes.HasPrefix(s, []byte(short)) {
			return len(short)
		}
	}
	if end := bytes.Index(s[len(commentOpen):], commentClose); end >= 0 {
		return len(commentOpen) + end + len(commentClose)
	}
	return -1
}

// commentText is what stands in a whole comment.
func commentText(s []byte) string {
	if len(s) < len(commentOpen)+len(commentClose) {
		return "" // <!--> or <!--->
	}
	return string(s[len(commentOpen) : len(s)-len(commentClose)])
}

func (b *body) remark(at node, n *remarkBlock) Block {
	text := []byte(b.lines(n.Lines()))
	end := commentEnd(text)
	if end < 0 {
		b.diags.Errorf(at.pos, "html", "this remark has no end").
			Hint = "close it with -->"
		return nil
	}
	if rest := bytes.TrimSpace(text[end:]); len(rest) > 0 {
		last := n.Lines().At(n.Lines().Len() - 1)
		b.diags.Errorf(b.pos(last.Start), "html", "text stands on the line on which a remark ends: %s", shorten(string(rest))).
			Hint = "start a new line after -->"
	}
	return &Remark{node: at, Text: commentText(text[:end])}
}

// noteBlock is a note where it stands.
type noteBlock struct {
	ast.BaseBlock
	label string
}

var kindNote = ast.NewNodeKind("Note")

func (*noteBlock) Kind() ast.NodeKind              { return kindNote }
func (n *noteBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noteParser finds notes: [^label]: text, continued by lines that are indented
// by four columns.
type noteParser struct{}

func (noteParser) Trigger() []byte { return []byte{'['} }

func (noteParser) Open(parent ast.Node, reader gmtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	off := pc.BlockOffset()
	if off < 0 {
		return nil, parser.NoChildren
	}
	n := noteLabel(line[off:])
	if n == 0 || off+n >= len(line) || line[off+n] != ':' {
		return nil, parser.NoChildren
	}
	label := labelOf(line[off+2 : off+n-1])
	end := off + n + 1
	for end < len(line) && (line[end] == ' ' || line[end] == '\t') {
		end++
	}
	note := &noteBlock{label: label}
	if util.IsBlank(line[end:]) {
		reader.AdvanceToEOL()
		return note, parser.NoChildren
	}
	reader.Advance(end)
	return note, parser.HasChildren
}

func (noteParser) Continue(n ast.Node, reader gmtext.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (noteParser) Close(ast.Node, gmtext.Reader, parser.Context) {}
func (noteParser) CanInterruptParagraph() bool                   { return true }
func (noteParser) CanAcceptIndentedLine() bool                   { return false }

// labelOf is the label that is written as s: one label, in whichever of
// Unicode's forms it is typed.
func labelOf(s []byte) string { return string(norm.NFC.Bytes(s)) }

// maxLabel is the length of the longest [^label].
const maxLabel = 200

// noteLabel is the length of the [^label] at the start of s, or 0. A label has
// no spaces, brackets, backslashes or backquotes, and neither has its NFC, in
// which U+1FEF is a backquote.
func noteLabel(s []byte) int {
	if len(s) < 4 || s[0] != '[' || s[1] != '^' {
		return 0
	}
	for i := 2; i < len(s) && i < maxLabel; i++ {
		switch c := s[i]; {
		case c == ']':
			if i == 2 || bytes.Contains(s[:i], []byte("\u1fef")) {
				return 0
			}
			return i + 1
		case c <= ' ' || c == '[' || c == '\\' || c == '`' || c == 0x7F:
			return 0
		}
	}
	return 0
}

func (b *body) note(at node, n *noteBlock) {
	note := &Note{node: at, Label: n.label}
	b.notes = append(b.notes, note) // before the notes that stand in it
	note.Blocks = b.blocks(n)
}
