package pasted

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// inline reads an element of a line.
func (r *htmlReader) inline(n *htmlNode, ctx htmlContext) {
	switch n.tag {
	case "br":
		r.addBreak()
	case "wbr":
	case "img":
		r.image(n, ctx)
	case "a":
		r.anchor(n, ctx)
	case "sup":
		r.sup(n, ctx)
	case "sub":
		s := n.words(r.tags, 0)
		if low, ok := lowered(s); ok && s != "" {
			r.addText(low, nil, ctx)
			return
		}
		r.flow(n, ctx)
	case "q":
		r.addText(`"`, nil, ctx)
		r.flow(n, ctx)
		r.addText(`"`, nil, ctx)
	default:
		if n.class("mw-cite-backlink") {
			return
		}
		r.flow(n, ctx)
	}
}

func lowered(s string) (string, bool) {
	return translate(s, "0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
}

func raisedText(s string) (string, bool) {
	return translate(s, "0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
}

func translate(s, from, to string) (string, bool) {
	f, t := []rune(from), []rune(to)
	var b strings.Builder
	for _, c := range s {
		i := slices.Index(f, c)
		if i < 0 {
			return s, false
		}
		b.WriteRune(t[i])
	}
	return b.String(), true
}

// image puts the words for an image in its place, since nothing outside the
// page is read.
func (r *htmlReader) image(n *htmlNode, ctx htmlContext) {
	alt := oneLine(cleanHTML(n.attr("alt")))
	if alt == "" {
		if n.attr("width") != "1" && n.attr("height") != "1" {
			r.images = append(r.images, n)
		}
		return
	}
	r.images = append(r.images, n)
	r.addText(alt, nil, ctx)
}

// anchor reads a link: a reference, the way back from a note, or a link.
func (r *htmlReader) anchor(n *htmlNode, ctx htmlContext) {
	if l := r.links[n]; l != nil {
		switch {
		case l.note != nil && !(r.note == l.note && r.atStart()):
			r.addRef(&htmlRef{note: l.note, mark: l.mark, off: r.markOffset(n)})
			return
		case r.note != nil && r.leadsBack(l):
			if r.atStart() {
				r.strip = stripPunct
			}
			return
		case l.mark != "" && l.note == nil && !l.back && l.target == nil && r.likeMark(n):
			r.refuse(n, n.words(r.tags, 40), ReasonNoNote, ctx)
			return
		case l.target != nil && l.target.holds(n) && strings.Trim(n.words(r.tags, 8), "#¶§🔗") == "" && l.target.tag != "body":
			r.flow(n, htmlContext{})
			return
		}
	}
	if url := r.address(n.attr("href"), n); url != "" {
		ctx.style.url = url
	}
	r.flow(n, ctx)
}

// likeMark reports whether a link looks like a mark of a note: raised, or
// named like one.
func (r *htmlReader) likeMark(n *htmlNode) bool {
	_, name, _ := strings.Cut(strings.ToLower(n.attr("href")), "#")
	return strings.HasPrefix(n.attr("href"), "#") && (inSup(n, nil) || r.hasSup(n)) && hasAny(name, htmlNoteNames)
}

func (r *htmlReader) hasSup(n *htmlNode) bool {
	return slices.ContainsFunc(n.kids, func(k *htmlNode) bool { return k.tag == "sup" })
}

// leadsBack reports whether a link in a note leads to where it is referred to.
func (r *htmlReader) leadsBack(l *htmlLink) bool {
	if l.back {
		return true
	}
	if l.target == nil || l.mark == "" {
		return false
	}
	other := r.linkOf(l.target)
	return other != nil && other.note == r.note
}

// atStart reports whether nothing of the line has been read.
func (r *htmlReader) atStart() bool { return len(r.runs) == 0 && r.started == 0 }

// sup reads a superscript: references, or text.
func (r *htmlReader) sup(n *htmlNode, ctx htmlContext) {
	linked, other := false, false // references, and anything besides
	n.each(func(m *htmlNode) bool {
		switch {
		case m != n && m.isHidden(r.tags):
			return false
		case r.links[m] != nil && (r.links[m].note != nil || r.note != nil && r.leadsBack(r.links[m])):
			linked = true
			return false
		case m.tag == "":
			other = other || strings.Trim(m.text, "[](),;–- \u00a0\t\n") != ""
		case m.tag == "img" || r.tags.fallback[m.tag]:
			other = true
		}
		return true
	})
	if linked && !other {
		n.each(func(m *htmlNode) bool {
			if r.links[m] != nil && !m.isHidden(r.tags) {
				r.anchor(m, ctx)
				return false
			}
			return m == n || !m.isHidden(r.tags)
		})
		return
	}
	words := n.words(r.tags, 0)
	if !linked && len(words) <= 40 && supNumbers(words) != nil {
		r.mark(n, words, supNumbers(words), ctx)
		return
	}
	if up, ok := raisedText(words); ok && !linked && words != "" {
		r.addText(up, nil, ctx)
		return
	}
	r.flow(n, ctx)
}

// mark takes numbers in superscript for references, or refuses them.
func (r *htmlReader) mark(n *htmlNode, words string, numbers []int, ctx htmlContext) {
	if r.note != nil && r.atStart() && r.strip == stripMark {
		r.strip = stripPunct
		return
	}
	reason := r.refusal(numbers)
	if reason != "" {
		r.refuse(n, words, reason, ctx)
		return
	}
	before := r.lastRune()
	doubt := unicode.IsDigit(before) || r.lastWordRunes() == 1 && before < utf8.RuneSelf
	off := r.markOffset(n)
	for i, v := range numbers {
		if i > 0 {
			off = r.nextNumber(off)
		}
		ref := &htmlRef{note: r.byNumber[v], off: off}
		if doubt {
			ref.doubt, ref.reason = true, ReasonPower
		}
		r.highest = max(r.highest, v)
		r.addRef(ref)
	}
}

// nextNumber is where the number after that at off stands, in the same text.
func (r *htmlReader) nextNumber(off int) int {
	isDigit := func(c rune) bool { return unicode.IsDigit(c) || superscriptDigit(c) >= 0 }
	rest := r.src[off:]
	const most = 80 // bytes
	rest = rest[:min(len(rest), most)]
	i := bytes.IndexFunc(rest, func(c rune) bool { return !isDigit(c) })
	if i < 0 {
		return off
	}
	j := bytes.IndexFunc(rest[i:], func(c rune) bool { return isDigit(c) || c == '<' })
	if j < 0 || rest[i+j] == '<' {
		return off
	}
	return off + i + j
}

// refusal is why numbers in superscript are no references; "" when they are.
func (r *htmlReader) refusal(numbers []int) Reason {
	if len(r.notes) == 0 {
		return ReasonNoList
	}
	for _, v := range numbers {
		if r.byNumber[v] == nil {
			if unicode.IsDigit(r.lastRune()) {
				return ReasonPower // 10 to the power of 6
			}
			return ReasonNoNote
		}
	}
	if !r.byNumber[numbers[0]].loose {
		return ReasonNumber // on this page, marks are links
	}
	switch {
	case r.afterUnit():
		return ReasonPower
	case unicode.IsDigit(r.lastRune()) && numbers[0] > r.highest+1:
		return ReasonOrder
	}
	return ""
}

// lastText is the end of the text before, at most so many bytes.
func (r *htmlReader) lastText() string {
	if len(r.runs) == 0 || r.pending {
		return ""
	}
	last := r.runs[len(r.runs)-1]
	if last.kind != runText {
		return ""
	}
	const most = 32
	return string(last.text[max(0, len(last.text)-most):])
}

func (r *htmlReader) lastRune() rune {
	c, _ := utf8.DecodeLastRuneInString(r.lastText())
	return c
}

// lastWordRunes is the length of the word before.
func (r *htmlReader) lastWordRunes() int {
	s := r.lastText()
	return utf8.RuneCountInString(s[strings.LastIndexFunc(s, func(c rune) bool { return !unicode.IsLetter(c) })+1:])
}

// htmlUnits are the units of length that have squares and cubes.
var htmlUnits = []string{"mm", "cm", "dm", "m", "km", "ft", "in", "yd", "mi", "км", "м", "см", "мм", "дм"}

// afterUnit reports whether the text before ends in a number and a unit of
// length: "5 km".
func (r *htmlReader) afterUnit() bool {
	s := r.lastText()
	rest := strings.TrimRightFunc(s, unicode.IsLetter)
	word := s[len(rest):]
	rest = strings.TrimRight(rest, " \u00a0\u202f\u2009/")
	c, _ := utf8.DecodeLastRuneInString(rest)
	return slices.Contains(htmlUnits, word) && (unicode.IsDigit(c) || unicode.IsLetter(c) && s[len(s)-len(word)-1] == '/')
}

// refuse keeps numbers in superscript as text.
func (r *htmlReader) refuse(n *htmlNode, words string, reason Reason, ctx htmlContext) {
	up, ok := raisedText(words)
	if !ok {
		up = words
	}
	r.space(ctx.style)
	x := &htmlRefused{text: words, off: r.markOffset(n), reason: reason}
	r.runs = append(r.runs, htmlRun{kind: runRefused, text: []byte(up), style: ctx.style, refused: x})
	r.strip = stripNothing
}

// markOffset is where the number in an element stands.
func (r *htmlReader) markOffset(n *htmlNode) int {
	t := r.firstText(n)
	if t == nil {
		return n.off
	}
	at := strings.IndexFunc(t.raw, func(c rune) bool { return !unicode.IsSpace(c) && !strings.ContainsRune("[(", c) })
	if at < 0 {
		if next := r.textWith(n, t); next != nil {
			return next.off + max(0, strings.IndexFunc(next.raw, func(c rune) bool { return !unicode.IsSpace(c) }))
		}
		at = 0
	}
	return t.off + at
}

// textWith is the text in n after t.
func (r *htmlReader) textWith(n, t *htmlNode) *htmlNode {
	var found *htmlNode
	n.each(func(m *htmlNode) bool {
		if m.tag == "" && m.index > t.index && found == nil && strings.TrimSpace(m.text) != "" {
			found = m
		}
		return found == nil && (m == n || !m.isHidden(r.tags))
	})
	return found
}

// What is to be taken off the start of a note.
const (
	stripNothing = iota
	stripMark    // the mark, with what is around it
	stripPunct   // what follows the mark
)

// stripped is the text of a note without its mark.
func (r *htmlReader) stripped(s string) string {
	if r.strip == stripNothing {
		return s
	}
	s = strings.TrimLeft(s, " \t\n\u00a0↑^")
	if s == "" {
		return ""
	}
	if r.strip == stripMark && r.note.marked {
		t := strings.TrimLeft(s, "[(")
		n := strings.IndexFunc(t, func(c rune) bool {
			return !unicode.IsDigit(c) && superscriptDigit(c) < 0 && !strings.ContainsRune("*†‡§", c)
		})
		if n < 0 {
			n = len(t)
		}
		if markOf(t[:n]) != r.note.mark {
			r.strip = stripNothing
			return s
		}
		s = t[n:]
		r.strip = stripPunct
		if s == "" {
			return ""
		}
	}
	if r.strip == stripPunct {
		s = strings.TrimLeft(s, ".)]: \t\n\u00a0")
		if s == "" {
			return ""
		}
	}
	r.strip = stripNothing
	return s
}

// addText adds text of a line. n is where it stands; nil for words that are
// not text of the page.
func (r *htmlReader) addText(s string, n *htmlNode, ctx htmlContext) {
	if r.note != nil && n != nil && len(r.runs) == 0 {
		if s = r.stripped(s); s == "" {
			return
		}
	}
	if ctx.lines {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				r.addBreak()
			}
			r.addWords(l, n, ctx)
		}
		return
	}
	r.addWords(s, n, ctx)
}

// addWords adds text, with its superscript numbers as what they are.
func (r *htmlReader) addWords(s string, n *htmlNode, ctx htmlContext) {
	if n != nil && !ctx.code && len(r.notes) > 0 {
		at, seen := 0, 0
		for from, to := range superscriptRuns(s) {
			numbers := supNumbers(s[from:to])
			if numbers == nil {
				continue
			}
			r.addPlain(s[at:from], ctx)
			// Where it stands in the file: by its place among those of the text.
			t := &htmlNode{off: n.off, text: n.text, raw: n.raw}
			count := 0
			for a := range superscriptRuns(n.raw) {
				if count == seen {
					t.off, t.raw = n.off+a, n.raw[a:]
					break
				}
				count++
			}
			seen++
			r.mark(t, s[from:to], numbers, ctx)
			at = to
		}
		s = s[at:]
	}
	r.addPlain(s, ctx)
}

// addPlain adds words, with one space where there are several.
func (r *htmlReader) addPlain(s string, ctx htmlContext) {
	kind := runText
	if ctx.code {
		kind = runCode
	}
	for s != "" {
		i := strings.IndexAny(s, " \t\n")
		if i == 0 {
			trimmed := strings.TrimLeft(s, " \t\n")
			r.pending = true
			s = trimmed
			continue
		}
		if i < 0 {
			i = len(s)
		}
		r.space(ctx.style)
		if len(r.runs) == 0 || r.runs[len(r.runs)-1].kind != kind || r.runs[len(r.runs)-1].style != ctx.style {
			r.runs = append(r.runs, htmlRun{kind: kind, style: ctx.style})
		}
		last := &r.runs[len(r.runs)-1]
		last.text = append(last.text, s[:i]...)
		r.strip = stripNothing
		s = s[i:]
	}
}

// space adds the space that was met, with the looks that both sides have.
func (r *htmlReader) space(style htmlStyle) {
	if !r.pending {
		return
	}
	r.pending = false
	if len(r.runs) == 0 {
		return
	}
	last := &r.runs[len(r.runs)-1]
	switch {
	case last.kind == runBreak:
	case (last.kind == runText || last.kind == runCode) && last.style == style:
		last.text = append(last.text, ' ')
	default:
		both := htmlStyle{
			emph: style.emph && last.style.emph, strong: style.strong && last.style.strong, strike: style.strike && last.style.strike,
		}
		if last.style.url == style.url {
			both.url = style.url
		}
		if last.style.lang == style.lang {
			both.lang = style.lang
		}
		r.runs = append(r.runs, htmlRun{kind: runText, style: both, text: []byte{' '}})
	}
}

func (r *htmlReader) addBreak() {
	if r.flat > 0 {
		r.pending = true
		return
	}
	r.pending = false
	if len(r.runs) > 0 {
		if r.runs[len(r.runs)-1].kind == runBreak {
			r.flush() // an empty line ends a paragraph
			return
		}
		r.runs = append(r.runs, htmlRun{kind: runBreak})
	}
}

// addRef adds a reference. A space before it goes behind it.
func (r *htmlReader) addRef(ref *htmlRef) {
	r.runs = append(r.runs, htmlRun{kind: runRef, ref: ref})
	r.strip = stripNothing
}

// emit adds a block.
func (r *htmlReader) emit(b source.Block, off int) {
	*r.out = append(*r.out, b)
	r.offsets[b] = off
	r.started++
}

// notesHere remembers that notes were here.
func (r *htmlReader) notesHere() {
	if r.out != &r.blocks {
		return
	}
	b := &source.Remark{}
	if n := len(r.blocks); n > 0 && r.markers[r.blocks[n-1]] {
		return
	}
	r.markers[b] = true
	r.blocks = append(r.blocks, b)
}

// flush makes a paragraph or a heading of what was read.
func (r *htmlReader) flush() {
	off := r.lineOff()
	level := r.level
	text := r.line(level == 0)
	if len(text) == 0 {
		return
	}
	if level > 0 {
		r.emit(&source.Heading{Level: level, Text: text}, off)
		return
	}
	r.emit(&source.Paragraph{Text: text}, off)
}

// line makes the text of a line of what was read.
func (r *htmlReader) line(breaks bool) []source.Inline {
	runs := r.runs
	r.runs, r.pending = nil, false
	if r.titleRefs != nil && r.level == 0 && len(runs) > 0 {
		runs = append(runs, r.titleRefs...)
		r.titleRefs = nil
	}
	for len(runs) > 0 && runs[len(runs)-1].kind == runBreak {
		runs = runs[:len(runs)-1]
	}
	if r.note != nil && len(runs) > 0 {
		last := &runs[len(runs)-1]
		last.text = bytes.TrimRight(last.text, " \u00a0")
		if len(last.text) == 0 && last.kind == runText {
			runs = runs[:len(runs)-1]
		}
	}
	if len(runs) == 0 {
		return nil
	}
	if !slices.ContainsFunc(runs, func(x htmlRun) bool {
		return x.ref != nil || x.refused != nil || len(bytes.Trim(x.text, " \u00a0")) > 0
	}) {
		return nil // an empty line, as word processors make them
	}
	r.bare(runs)
	r.excerpts(runs)
	r.lines = append(r.lines, htmlLine{heading: r.level > 0, note: r.note, off: r.lineOff(), runs: runs})
	return fold(runs, breaks)
}

// lineOff is about where the line stands: where the last block element began.
func (r *htmlReader) lineOff() int { return r.offset }

// bare takes the brackets off around references: "[" 1 "]".
func (r *htmlReader) bare(runs []htmlRun) {
	for i := 1; i+1 < len(runs); i++ {
		j := i
		for j < len(runs) && runs[j].kind == runRef {
			j++
		}
		if j == i || j == len(runs) {
			continue
		}
		a, b := &runs[i-1], &runs[j]
		if a.kind == runText && b.kind == runText && bytes.HasSuffix(a.text, []byte("[")) && bytes.HasPrefix(b.text, []byte("]")) {
			a.text = bytes.TrimSuffix(a.text, []byte("["))
			if t := bytes.TrimRight(a.text, " "); len(t) < len(a.text) && len(b.text) > 1 && b.text[1] != ' ' {
				a.text = append(t, ' ')
			} else {
				a.text = t
			}
			b.text = b.text[1:]
		}
		i = j
	}
}

// excerpts gives each number the text around it.
func (r *htmlReader) excerpts(runs []htmlRun) {
	if !slices.ContainsFunc(runs, func(x htmlRun) bool { return x.ref != nil || x.refused != nil }) {
		return
	}
	var words []byte
	ends := make([][2]int, len(runs))
	for i, x := range runs {
		from := len(words)
		switch x.kind {
		case runRef:
			words = append(words, "["+strconv.Itoa(x.ref.note.number)+"]"...)
		case runBreak:
			words = append(words, ' ')
		case runRefused:
			words = append(words, x.refused.text...)
		default:
			words = append(words, x.text...)
		}
		ends[i] = [2]int{from, len(words)}
	}
	t := lineOfText(words)
	for i, x := range runs {
		switch {
		case x.ref != nil:
			x.ref.context = t.excerpt(ends[i][0], ends[i][1], contextWidth)
		case x.refused != nil:
			x.refused.context = t.excerpt(ends[i][0], ends[i][1], contextWidth)
		}
	}
}

// fold makes a tree of runs: whatever looks the same for longest is outermost.
func fold(runs []htmlRun, breaks bool) []source.Inline {
	var w foldWriter
	w.breaks = breaks
	w.fold(runs)
	return w.tidy(w.out)
}

type foldWriter struct {
	out    []source.Inline
	breaks bool
	inLink bool
}

func (w *foldWriter) fold(runs []htmlRun) {
	for i := 0; i < len(runs); {
		s := runs[i].style
		best, length := "", 0
		for _, kind := range []string{"link", "lang", "strong", "emph", "strike"} {
			if !s.has(kind) {
				continue
			}
			j := i
			for j < len(runs) && runs[j].style.same(s, kind) {
				j++
			}
			if j-i > length {
				best, length = kind, j-i
			}
		}
		if best == "" {
			w.leaf(runs[i])
			i++
			continue
		}
		inner := foldWriter{breaks: w.breaks, inLink: w.inLink || best == "link"}
		part := slices.Clone(runs[i : i+length])
		for k := range part {
			part[k].style.clear(best)
		}
		inner.fold(part)
		i += length
		text := w.tidy(inner.out)
		if len(text) == 0 {
			continue
		}
		switch best {
		case "link":
			if blankLine(text) { // nobody sees it
				w.out = append(w.out, text...)
				continue
			}
			w.out = append(w.out, &source.Link{URL: s.url, Text: text})
		case "lang":
			w.out = append(w.out, &source.Span{Lang: s.lang, Text: text})
		case "strong":
			w.out = append(w.out, &source.Strong{Text: text})
		case "emph":
			w.out = append(w.out, &source.Emph{Text: text})
		case "strike":
			w.out = append(w.out, &source.Strike{Text: text})
		}
	}
}

// blankLine reports whether inlines show nothing but white space.
func blankLine(in []source.Inline) bool {
	return !slices.ContainsFunc(in, func(in source.Inline) bool {
		switch in := in.(type) {
		case *source.Text:
			return strings.TrimSpace(in.Value) != ""
		case *source.Emph:
			return !blankLine(in.Text)
		case *source.Strong:
			return !blankLine(in.Text)
		case *source.Strike:
			return !blankLine(in.Text)
		case *source.Span:
			return !blankLine(in.Text)
		case *source.Break, *source.SoftBreak:
			return false
		}
		return true
	})
}

func (s htmlStyle) has(kind string) bool { return !s.same(htmlStyle{}, kind) }

// same reports whether two styles agree in one thing.
func (s htmlStyle) same(t htmlStyle, kind string) bool {
	switch kind {
	case "link":
		return s.url == t.url
	case "lang":
		return s.lang == t.lang
	case "strong":
		return s.strong == t.strong
	case "emph":
		return s.emph == t.emph
	case "strike":
		return s.strike == t.strike
	default:
		panic("pasted: unknown style " + kind)
	}
}

func (s *htmlStyle) clear(kind string) {
	switch kind {
	case "link":
		s.url = ""
	case "lang":
		s.lang = ""
	case "strong":
		s.strong = false
	case "emph":
		s.emph = false
	case "strike":
		s.strike = false
	}
}

// leaf adds a run that has no style left.
func (w *foldWriter) leaf(x htmlRun) {
	switch x.kind {
	case runRef:
		w.out = append(w.out, &source.NoteRef{Label: strconv.Itoa(x.ref.note.number)})
	case runBreak:
		if w.breaks {
			w.out = append(w.out, &source.Break{})
		} else {
			w.text(" ")
		}
	case runCode:
		if code, ok := last[*source.CodeSpan](w.out); ok {
			code.Value += string(x.text)
		} else if strings.TrimSpace(string(x.text)) != "" {
			w.out = append(w.out, &source.CodeSpan{Value: string(x.text)})
		} else {
			w.text(string(x.text))
		}
	default:
		w.addresses(string(x.text))
	}
}

func last[T source.Inline](out []source.Inline) (T, bool) {
	var none T
	if len(out) == 0 {
		return none, false
	}
	t, ok := out[len(out)-1].(T)
	return t, ok
}

// addresses adds text, whose addresses are links.
func (w *foldWriter) addresses(s string) {
	if w.inLink || !strings.Contains(s, "://") {
		w.text(s)
		return
	}
	t := &text{src: []byte(s)}
	at := 0
	for i := 0; i < len(s); i++ {
		if s[i]|0x20 != 'h' {
			continue
		}
		if end := t.address(i, len(s)); end > 0 {
			w.text(s[at:i])
			w.out = append(w.out, &source.Link{URL: s[i:end], Text: []source.Inline{&source.Text{Value: s[i:end]}}})
			at, i = end, end-1
		}
	}
	w.text(s[at:])
}

func (w *foldWriter) text(s string) {
	if s == "" {
		return
	}
	if t, ok := last[*source.Text](w.out); ok {
		t.Value += s
		return
	}
	w.out = append(w.out, &source.Text{Value: s})
}

// tidy takes away what no line of an article has at its ends.
func (w *foldWriter) tidy(out []source.Inline) []source.Inline {
	isBreak := func(in source.Inline) bool { _, ok := in.(*source.Break); return ok }
	for len(out) > 0 && isBreak(out[0]) {
		out = out[1:]
	}
	for len(out) > 0 && isBreak(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out
}
