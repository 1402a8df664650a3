package pasted

import (
	"slices"
	"strconv"
	"strings"

	"qalam/locales"
	"qalam/source"
)

// htmlRun is a piece of a line that looks the same from end to end.
type htmlRun struct {
	kind    runKind
	text    []byte
	style   htmlStyle
	ref     *htmlRef
	refused *htmlRefused
}

type runKind int

const (
	runText runKind = iota
	runCode
	runBreak
	runRef
	runRefused // text as well
)

// htmlStyle is how a piece of a line looks, and where it leads.
type htmlStyle struct {
	emph, strong, strike bool
	url, lang            string
}

// htmlRefused is a number in superscript that is no reference.
type htmlRefused struct {
	text    string // as the page has it
	off     int
	reason  Reason
	context string
}

// context is what is around an element.
type htmlContext struct {
	style htmlStyle
	code  bool
	lines bool // line feeds are ends of lines
}

// htmlLine is a line of text as it was read, for whoever reviews it.
type htmlLine struct {
	heading bool
	note    *htmlNote // of which it is part
	off     int
	runs    []htmlRun
}

// flow reads what is in an element.
func (r *htmlReader) flow(n *htmlNode, ctx htmlContext) {
	for _, k := range n.kids {
		r.node(k, ctx)
	}
}

func (r *htmlReader) node(k *htmlNode, ctx htmlContext) {
	if k.tag == "" {
		r.addText(k.text, k, ctx)
		return
	}
	if k.isHidden(r.tags) {
		return
	}
	if note := r.owner[k]; note != nil {
		if r.tags.blocks[k.tag] {
			r.blockEnd()
			r.notesHere()
		}
		return
	}
	if k.isFurniture() || r.tags.fallback[k.tag] {
		r.leaveOut(k)
		return
	}
	ctx = r.styled(k, ctx)
	if r.tags.blocks[k.tag] {
		r.blockEnd()
		if r.flat == 0 {
			r.offset = k.off
		}
		r.block(k, ctx)
		r.blockEnd()
		return
	}
	r.inline(k, ctx)
}

// styled is the context within an element.
func (r *htmlReader) styled(n *htmlNode, ctx htmlContext) htmlContext {
	switch n.tag {
	case "em", "i", "cite", "dfn", "var":
		ctx.style.emph = true
	case "strong", "b":
		ctx.style.strong = true
	case "s", "strike", "del":
		ctx.style.strike = true
	case "code", "kbd", "samp", "tt":
		ctx.code = true
	}
	for _, a := range n.attrs {
		switch a.Key {
		case "lang", "xml:lang":
			if tag, err := locales.ParseTag(strings.TrimSpace(a.Val)); err == nil {
				ctx.style.lang = ""
				if base(tag) != base(r.opts.Lang) {
					ctx.style.lang = tag
				}
			}
		case "style":
			for d := range strings.SplitSeq(strings.ToLower(a.Val), ";") {
				name, value, _ := strings.Cut(d, ":")
				value = strings.TrimSpace(value)
				switch strings.TrimSpace(name) {
				case "font-weight":
					weight, err := strconv.Atoi(value)
					ctx.style.strong = value == "bold" || value == "bolder" || err == nil && weight >= 600
				case "font-style":
					ctx.style.emph = value == "italic" || value == "oblique"
				}
			}
		}
	}
	if len(n.tag) == 2 && n.tag[0] == 'h' && n.tag != "hr" || n.tag == "th" {
		ctx.style.strong = false
	}
	return ctx
}

// base is the language of a tag, without script and region.
func base(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// blockEnd ends the paragraph; where there can be none, a space is enough.
func (r *htmlReader) blockEnd() {
	if r.flat > 0 {
		r.pending = true
		return
	}
	r.flush()
}

// maxHTMLNesting is how deep lists and quotations stand in one another.
const maxHTMLNesting = 16

func (r *htmlReader) block(n *htmlNode, ctx htmlContext) {
	if r.flat > 0 {
		r.flow(n, ctx)
		return
	}
	switch n.tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.flat++
		if n == r.titleNode {
			r.flow(n, ctx)
			r.flat--
			r.takeTitle(n)
			return
		}
		r.flow(n, ctx)
		r.flat--
		r.level = max(2, int(n.tag[1]-'0'))
		r.flush()
		r.level = 0
	case "hr":
		r.emit(&source.Rule{}, n.off)
	case "pre", "listing", "xmp", "plaintext":
		r.pre(n, ctx)
	case "blockquote":
		if blocks := r.within(n, ctx); len(blocks) > 0 {
			r.emit(&source.Quote{Blocks: blocks}, n.off)
		}
	case "ul", "ol", "menu", "dir":
		r.list(n, ctx)
	case "table":
		r.table(n, ctx)
	default:
		r.flow(n, ctx)
	}
}

// within is the blocks in an element. Below too many others they join those
// around.
func (r *htmlReader) within(n *htmlNode, ctx htmlContext) []source.Block {
	if r.depth >= maxHTMLNesting {
		r.flow(n, ctx)
		r.flush()
		return nil
	}
	out := r.out
	var blocks []source.Block
	r.out = &blocks
	r.depth++
	if n.tag == "" || !r.tags.groups[n.tag] && !r.tags.blocks[n.tag] {
		r.node(n, ctx)
	} else {
		r.flow(n, ctx)
	}
	r.flush()
	r.depth--
	r.out = out
	return blocks
}

func (r *htmlReader) list(n *htmlNode, ctx htmlContext) {
	l := &source.List{Ordered: n.tag == "ol", Start: 1}
	for _, k := range n.kids {
		if k.tag == "" && strings.TrimSpace(k.text) == "" || k.isHidden(r.tags) {
			continue
		}
		if r.owner[k] != nil {
			r.notesHere()
			continue
		}
		at := 0
		if k.tag == "li" {
			at = r.ordinal(k)
		}
		if blocks := r.within(k, r.styled(k, ctx)); len(blocks) > 0 {
			if len(l.Items) == 0 && at > 0 {
				l.Start = at
			}
			l.Items = append(l.Items, &source.Item{Blocks: blocks})
		}
	}
	if len(l.Items) == 0 {
		return
	}
	l.Tight = true
	for _, item := range l.Items {
		for i, b := range item.Blocks[1:] {
			inner, ok := b.(*source.List)
			_, para := item.Blocks[i].(*source.Paragraph)
			l.Tight = l.Tight && ok && para && (!inner.Ordered || inner.Start == 1)
		}
	}
	r.emit(l, n.off)
}

// pre keeps lines and spaces, unless a note is referred to in them.
func (r *htmlReader) pre(n *htmlNode, ctx htmlContext) {
	var b strings.Builder
	plain := true
	n.each(func(m *htmlNode) bool {
		switch {
		case m != n && m.isHidden(r.tags):
			return false
		case r.owner[m] != nil || r.links[m] != nil && r.links[m].note != nil || m.tag == "sup" || m.tag == "img" || r.tags.fallback[m.tag]:
			plain = false
		case m.tag == "":
			b.WriteString(m.text)
		case m.tag == "br" || r.tags.blocks[m.tag] && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte('\n')
		}
		return plain
	})
	if text := strings.Trim(b.String(), "\n"); plain {
		if strings.TrimSpace(text) != "" {
			r.lines = append(r.lines, htmlLine{note: r.note, off: n.off, runs: []htmlRun{{kind: runCode, text: []byte(text)}}})
			r.emit(&source.CodeBlock{Text: text + "\n"}, n.off)
		}
		return
	}
	ctx.lines = true
	r.flow(n, ctx)
}

const (
	maxHTMLColumns = 64
	maxHTMLCells   = 100_000
)

// table reads a table. One that is there for its looks alone becomes the
// blocks that are in it.
func (r *htmlReader) table(n *htmlNode, ctx htmlContext) {
	var rows [][]*htmlNode
	head, columns, layout := false, 0, n.attr("role") == "presentation"
	var other []*htmlNode // captions, and what stands where only rows can
	var gather func(n *htmlNode, inHead bool)
	gather = func(n *htmlNode, inHead bool) {
		for _, k := range n.kids {
			switch {
			case k.tag == "thead" || k.tag == "tbody" || k.tag == "tfoot":
				if !k.isHidden(r.tags) {
					gather(k, k.tag == "thead")
				}
			case k.tag == "tr" && r.owner[k] == nil:
				if k.isHidden(r.tags) {
					continue
				}
				var cells []*htmlNode
				heads := 0
				for _, c := range k.kids {
					if c.tag != "td" && c.tag != "th" {
						layout = layout || c.words(r.tags, 1) != "" && !c.isHidden(r.tags)
						continue
					}
					if c.isHidden(r.tags) {
						continue
					}
					if c.tag == "th" {
						heads++
					}
					cells = append(cells, c)
					span, _ := strconv.Atoi(c.attr("colspan"))
					for ; span > 1 && span <= maxHTMLColumns; span-- {
						cells = append(cells, nil)
					}
					layout = layout || r.isLayout(c)
				}
				if len(cells) == 0 {
					continue
				}
				if len(rows) == 0 {
					head = inHead || heads > 0 && heads == len(slices.DeleteFunc(slices.Clone(cells), func(c *htmlNode) bool { return c == nil }))
				}
				columns = max(columns, len(cells))
				rows = append(rows, cells)
			default:
				other = append(other, k)
			}
		}
	}
	gather(n, false)
	if layout || columns < 2 || columns > maxHTMLColumns || columns*len(rows) > maxHTMLCells {
		r.flow(n, ctx)
		return
	}
	for _, k := range other {
		r.node(k, ctx)
	}
	r.blockEnd()
	t := &source.Table{Align: make([]source.Align, columns)}
	if !head {
		t.Head = make([]*source.Cell, columns)
		for i := range t.Head {
			t.Head[i] = &source.Cell{}
		}
	}
	words := false
	for _, row := range rows {
		cells := make([]*source.Cell, columns)
		for i := range cells {
			cells[i] = &source.Cell{}
			if i < len(row) && row[i] != nil {
				r.flat++
				r.flow(row[i], r.styled(row[i], ctx))
				r.flat--
				cells[i].Text = r.line(false)
				words = words || len(cells[i].Text) > 0
			}
		}
		if t.Head == nil {
			t.Head = cells
		} else {
			t.Rows = append(t.Rows, cells)
		}
	}
	if words {
		r.emit(t, n.off)
	}
}

// isLayout reports whether a cell has what no cell of an article can have.
func (r *htmlReader) isLayout(c *htmlNode) bool {
	blocks := 0
	c.each(func(m *htmlNode) bool {
		switch m.tag {
		case "table", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr":
			blocks += 2
		case "p":
			blocks++
		}
		if r.owner[m] != nil {
			blocks += 2
		}
		return blocks < 2
	})
	return blocks > 1
}
