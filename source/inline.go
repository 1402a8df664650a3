package source

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"qalam/locales"
	"qalam/source/diag"
)

// The inline part of CommonMark is parsed here and not by goldmark, whose time
// for emphasis, links and code spans grows with the square of the paragraph,
// and whose nodes have no place for what we add: notes, passages in another
// language, bare addresses in every script. The algorithm is the one in the
// appendix of the CommonMark specification: one pass, a stack of brackets, a
// stack of emphasis marks.

// lineKind says where inlines stand.
type lineKind int

const (
	lineText lineKind = iota
	lineHeading
	lineCell
)

// flat is the text of a block without what stands around its lines, and the
// way back to the file.
type flat struct {
	text   []byte
	pieces []piece // by flat offset
}

// piece says that the text from flat offset at stands at src in body.src.
type piece struct{ at, src int }

func (b *body) flatten(lines *gmtext.Segments, trim bool) flat {
	if lines.Len() == 1 && !trim {
		seg := lines.At(0)
		return flat{b.src[seg.Start:seg.Stop], []piece{{0, seg.Start}}}
	}
	size := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		size += seg.Stop - seg.Start
	}
	f := flat{make([]byte, 0, size), make([]piece, 0, lines.Len())}
	for i := range lines.Len() {
		seg := lines.At(i)
		if trim {
			seg = seg.TrimLeftSpace(b.src)
		}
		f.pieces = append(f.pieces, piece{len(f.text), seg.Start})
		f.text = append(f.text, b.src[seg.Start:seg.Stop]...)
	}
	return f
}

// flattenCell is the text of a table cell, in which \| is a bar.
func (b *body) flattenCell(start, stop int) flat {
	text := b.src[start:stop]
	f := flat{pieces: []piece{{0, start}}}
	for {
		i := bytes.Index(text, []byte(`\|`))
		if i < 0 {
			f.text = append(f.text, text...)
			return f
		}
		f.text = append(f.text, text[:i]...)
		start += i + 1
		f.pieces = append(f.pieces, piece{len(f.text), start})
		f.text = append(f.text, '|')
		start++
		text = text[i+2:]
	}
}

func (b *body) inlines(lines *gmtext.Segments, kind lineKind) []Inline {
	if lines.Len() == 0 {
		return nil
	}
	return b.inline(b.flatten(lines, false), kind)
}

func (b *body) inline(f flat, kind lineKind) []Inline {
	p := inliner{body: b, flat: f, kind: kind}
	return p.parse()
}

// item is a piece of a line that is being read: a finished node, a run of
// emphasis marks, or a bracket that may become a link.
type item struct {
	node  Inline
	depth int    // levels of nodes in node
	delim *delim // not nil for a run of emphasis marks; node is nil
}

// delim is a run of emphasis marks.
type delim struct {
	pos               diag.Pos
	char              byte
	n, orig           int // marks that are left, and that there were
	canOpen, canClose bool
}

// bracket is a [ or ![ that may start a link, an image or a passage.
type bracket struct {
	pos    diag.Pos
	item   int // its index in items
	text   int // flat offset after it
	image  bool
	closed bool // a link stands after it, and links have no links in them
}

// maxBrackets is how many brackets may wait for their end at one time.
const maxBrackets = 1000

type inliner struct {
	flat
	body     *body
	kind     lineKind
	piece    int // of the last place that was asked for
	items    []item
	brackets []bracket

	lit     []byte // plain text that is not yet an item
	litPos  diag.Pos
	litKeep int // how much of lit was escaped, so that its spaces stay

	nextClose int // offset of the first ] behind the last place where one was looked for

	ticks   map[int][]int // runs of backquotes by length, once one was met
	noEnd   [4]bool       // no end of a comment, <?, <! or CDATA stands ahead
	tooDeep bool
}

// source is where flat offset i stands in body.src.
func (f *flat) source(i int) int {
	n := sort.Search(len(f.pieces), func(j int) bool { return f.pieces[j].at > i })
	pc := f.pieces[n-1]
	return pc.src + i - pc.at
}

// pos is the place of flat offset i.
func (p *inliner) pos(i int) diag.Pos {
	for p.piece > 0 && p.pieces[p.piece].at > i {
		p.piece--
	}
	for p.piece+1 < len(p.pieces) && p.pieces[p.piece+1].at <= i {
		p.piece++
	}
	pc := p.pieces[p.piece]
	return p.body.pos(pc.src + i - pc.at)
}

// special are the bytes at which plain text may end.
var special = func() (t [256]bool) {
	for _, c := range "\n\\`&<*_~[]!hH" {
		t[c] = true
	}
	return t
}()

func (p *inliner) parse() []Inline {
	t := p.text
	for _, at := range loneBidi(t, true) {
		bidiControl(p.body.diags, p.body.pos(p.source(at)), string(t[at:min(len(t), at+33)]))
	}
	for i := 0; i < len(t); {
		start := i
		for i < len(t) && !special[t[i]] {
			i++
		}
		p.literal(start, t[start:i])
		if i == len(t) {
			break
		}
		i = p.at(i)
	}
	p.lit = p.trimmed()
	p.flush()
	return p.finish(p.emphasis(p.items))
}

// at reads what starts with the special byte at i, and returns where it ends.
func (p *inliner) at(i int) int {
	t := p.text
	switch c := t[i]; c {
	case '\n':
		return p.newline(i)
	case '\\':
		if i+1 < len(t) && t[i+1] == '\n' {
			p.lineBreak(i, &Break{node{p.pos(i)}})
			return skipSpaces(t, i+2)
		}
		if i+1 < len(t) && util.IsPunct(t[i+1]) {
			p.literal(i, t[i+1:i+2])
			p.litKeep = len(p.lit)
			return i + 2
		}
	case '`':
		return p.code(i)
	case '&':
		if s, n := entity(t[i:]); n > 0 {
			if p.checkReferences(p.body, i, i+n) {
				s = "\ufffd"
			}
			p.literal(i, []byte(s))
			p.litKeep = len(p.lit)
			return i + n
		}
	case '<':
		if end := p.angle(i); end > 0 {
			return end
		}
	case '*', '_', '~':
		return p.marks(i)
	case '!':
		if i+1 < len(t) && t[i+1] == '[' && noteLabel(t[i+1:]) == 0 && len(p.brackets) < maxBrackets {
			p.wrongLabel(i + 1)
			p.open(i, 2)
			return i + 2
		}
	case '[':
		if n := noteLabel(t[i:]); n > 0 {
			ref := &NoteRef{node{p.pos(i)}, labelOf(t[i+2 : i+n-1])}
			p.push(item{node: ref})
			return i + n
		}
		p.wrongLabel(i)
		p.inlineNote(i)
		if len(p.brackets) < maxBrackets {
			p.open(i, 1)
			return i + 1
		}
	case ']':
		if end := p.close(i); end > 0 {
			return end
		}
	case 'h', 'H':
		if n := bareAddress(t, i); n > 0 {
			at := p.pos(i)
			url := unescapeEntities(t[i : i+n])
			p.checkReferences(p.body, i, i+n)
			l := &Link{node: node{at}, URL: url, Text: []Inline{&Text{node{at}, url}}}
			p.push(item{node: l, depth: 1})
			return i + n
		}
	default:
		panic(fmt.Sprintf("source: %q is not special", c))
	}
	p.literal(i, t[i:i+1])
	return i + 1
}

// checkReferences reports the character references between two flat offsets
// that name characters which cannot be shown.
func (f *flat) checkReferences(b *body, from, to int) (found bool) {
	for i := from; i < to; i++ {
		n := bytes.IndexByte(f.text[i:to], '&')
		if n < 0 {
			break
		}
		i += n
		if r, size := number(f.text[i:to]); size > 0 && (r > unicode.MaxRune || utf16.IsSurrogate(rune(r)) || forbidden(rune(r)) != "" || r == '\n') {
			found = true
			b.diags.Errorf(b.pos(f.source(i)), "character", "%s is the character U+%04X, which cannot be shown", f.text[i:i+size], r).
				Hint = "delete it, or write the character that is meant"
		}
	}
	return found
}

// wrongLabel reports the [ at i when it starts what looks like a reference to a
// note, or like a note, but has no label. A link is neither.
func (p *inliner) wrongLabel(i int) {
	t := p.text
	if i+1 >= len(t) || t[i+1] != '^' {
		return
	}
	end := p.closeAfter(i)
	if end >= len(t) || end+1 < len(t) && (t[end+1] == '(' || t[end+1] == '{') {
		return
	}
	p.body.diags.Errorf(p.pos(i), "note-label", "%q cannot be the label of a note", shorten(string(t[i+2:end]))).
		Hint = "write a word or a number: no spaces, brackets, backslashes or backquotes, at most 200 bytes; for the signs themselves, write \\[^"
}

// inlineNote warns of the [ at i when it starts a note within the text, ^[note],
// as other dialects of Markdown have it. A link behind a ^ is none.
func (p *inliner) inlineNote(i int) {
	t := p.text
	if i == 0 || t[i-1] != '^' || i > 1 && t[i-2] == '\\' {
		return
	}
	end := p.closeAfter(i)
	isLink := end+1 < len(t) && t[end+1] == '(' && bytes.IndexByte(t[i+1:end], '[') < 0
	if end >= len(t) || isLink {
		return
	}
	p.body.diags.Warnf(p.pos(i-1), "note-inline", "^[ starts no note here, so it is shown as it is").
		Hint = "write [^label] and the note below: [^label]: …; for the signs themselves, write \\^["
}

// closeAfter is where the first ] behind i stands, or the end of the text.
func (p *inliner) closeAfter(i int) int {
	if p.nextClose <= i {
		n := bytes.IndexByte(p.text[i:], ']')
		if n < 0 {
			n = len(p.text)
		}
		p.nextClose = i + n
	}
	return p.nextClose
}

// literal adds s, which stands at flat offset i, to the plain text.
func (p *inliner) literal(i int, s []byte) {
	if len(s) == 0 {
		return
	}
	if len(p.lit) == 0 {
		p.litPos = p.pos(i)
	}
	p.lit = append(p.lit, s...)
}

// trimmed is the plain text without the spaces at its end that were not escaped.
func (p *inliner) trimmed() []byte {
	n := len(p.lit)
	for n > p.litKeep && (p.lit[n-1] == ' ' || p.lit[n-1] == '\t') {
		n--
	}
	return p.lit[:n]
}

// flush makes an item of the plain text.
func (p *inliner) flush() {
	if len(p.lit) > 0 {
		p.items = append(p.items, item{node: &Text{node{p.litPos}, string(p.lit)}})
		p.lit, p.litKeep = p.lit[:0], 0
	}
}

func (p *inliner) push(it item) {
	p.flush()
	p.items = append(p.items, it)
}

// newline reads the line feed at i.
func (p *inliner) newline(i int) int {
	if i == len(p.text)-1 {
		return i + 1
	}
	if spaces := len(p.lit) - len(p.trimmed()); spaces >= 2 && bytes.HasSuffix(p.lit, []byte("  ")) {
		p.lineBreak(i, &Break{node{p.pos(i)}})
	} else {
		p.lineBreak(i, &SoftBreak{node{p.pos(i)}})
	}
	return skipSpaces(p.text, i+1)
}

// remark adds a remark; before the line feed when it starts a line, since a
// remark alone on a line is a block. It reports whether it starts one.
func (p *inliner) remark(r *InlineRemark) (starts bool) {
	p.push(item{node: r})
	n := len(p.items)
	if n >= 2 && isBreak(p.items[n-2].node) {
		p.items[n-2], p.items[n-1] = p.items[n-1], p.items[n-2]
		return true
	}
	return n == 1
}

func isBreak(in Inline) bool {
	switch in.(type) {
	case *SoftBreak, *Break:
		return true
	}
	return false
}

// lineBreak adds the end of a line. Headings and cells have one line only.
func (p *inliner) lineBreak(i int, n Inline) {
	if p.kind != lineText {
		p.lit = p.trimmed()
		p.literal(i, []byte(" "))
		return
	}
	p.lit = p.trimmed()
	if _, soft := n.(*SoftBreak); soft && len(p.lit) == 0 && (len(p.items) == 0 || isBreak(p.items[len(p.items)-1].node)) {
		return // only a remark or a tag stood on the line
	}
	p.push(item{node: n})
}

// code reads a code span, or the backquotes at i as they are.
func (p *inliner) code(i int) int {
	t := p.text
	n := run(t, i)
	if p.ticks == nil {
		p.ticks = map[int][]int{}
		for j := i; j < len(t); {
			k := bytes.IndexByte(t[j:], '`')
			if k < 0 {
				break
			}
			j += k
			m := run(t, j)
			p.ticks[m] = append(p.ticks[m], j)
			j += m
		}
	}
	starts := p.ticks[n]
	for len(starts) > 0 && starts[0] < i+n {
		starts = starts[1:]
	}
	p.ticks[n] = starts
	if len(starts) == 0 {
		p.literal(i, t[i:i+n])
		return i + n
	}
	end := starts[0]
	value := strings.ReplaceAll(string(t[i+n:end]), "\n", " ")
	if len(value) > 2 && value[0] == ' ' && value[len(value)-1] == ' ' && strings.Trim(value, " ") != "" {
		value = value[1 : len(value)-1]
	}
	p.push(item{node: &CodeSpan{node{p.pos(i)}, value}})
	return end + n
}

// run is how many times the byte at i stands there.
func run(t []byte, i int) int {
	n := 1
	for i+n < len(t) && t[i+n] == t[i] {
		n++
	}
	return n
}

// marks reads a run of emphasis marks.
func (p *inliner) marks(i int) int {
	t := p.text
	n := run(t, i)
	before, after := ' ', ' '
	if i > 0 {
		before, _ = utf8.DecodeLastRune(t[:i])
	}
	if i+n < len(t) {
		after, _ = utf8.DecodeRune(t[i+n:])
	}
	opens, closes := flanking(t[i], before, after)
	if t[i] == '~' && n != 2 || !opens && !closes {
		p.literal(i, t[i:i+n])
		return i + n
	}
	p.push(item{delim: &delim{pos: p.pos(i), char: t[i], n: n, orig: n, canOpen: opens, canClose: closes}})
	return i + n
}

// flanking says whether a run of marks between these characters can open and
// close emphasis (CommonMark 0.31, 6.2).
func flanking(char byte, before, after rune) (opens, closes bool) {
	spaceBefore, punctBefore := unicode.IsSpace(before), isPunct(before)
	spaceAfter, punctAfter := unicode.IsSpace(after), isPunct(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	if char == '_' {
		return left && (!right || punctBefore), right && (!left || punctAfter)
	}
	return left, right
}

func isPunct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// emphasis pairs the marks in items. What is left of them is text.
func (p *inliner) emphasis(items []item) []item {
	plain := true
	for _, it := range items {
		if it.delim != nil {
			plain = false
			break
		}
	}
	if plain {
		return items
	}
	var (
		out    = make([]item, 0, len(items))
		open   []int          // runs in out that can open, by index
		bottom [3 * 2 * 3]int // below it in open nothing matches: by mark, canOpen, length modulo 3
	)
	for _, it := range items {
		d := it.delim
		if d == nil {
			out = append(out, it)
			continue
		}
		key := strings.IndexByte("*_~", d.char)*6 + d.orig%3
		if d.canOpen {
			key += 3
		}
		for d.canClose && d.n > 0 {
			i := len(open) - 1
			for i >= bottom[key] && !matches(out[open[i]].delim, d) {
				i--
			}
			if i < bottom[key] {
				bottom[key] = len(open)
				break
			}
			at := open[i]
			o := out[at].delim
			use := 1
			if o.n >= 2 && d.n >= 2 {
				use = 2
			}
			depth := 0
			for _, c := range out[at+1:] {
				depth = max(depth, c.depth)
			}
			if depth+1 > MaxNesting {
				p.deep(o.pos)
				bottom[key] = len(open)
				break
			}
			text := p.finish(out[at+1:])
			o.n -= use
			d.n -= use
			here := node{o.pos}
			here.pos.Column += int32(o.n)
			d.pos.Column += int32(use)
			out = out[:at+1]
			open = open[:i+1]
			if o.n == 0 {
				out = out[:at]
				open = open[:i]
			}
			for k := range bottom {
				bottom[k] = min(bottom[k], len(open))
			}
			var n Inline
			switch {
			case d.char == '~':
				n = &Strike{here, text}
			case use == 2:
				n = &Strong{here, text}
			default:
				n = &Emph{here, text}
			}
			out = append(out, item{node: n, depth: depth + 1})
		}
		if d.n > 0 {
			if d.canOpen {
				open = append(open, len(out))
			}
			out = append(out, it)
		}
	}
	return out
}

// matches reports whether the marks of o can open what those of c close.
func matches(o, c *delim) bool {
	if o.char != c.char {
		return false
	}
	if (o.canClose || c.canOpen) && (o.orig+c.orig)%3 == 0 && (o.orig%3 != 0 || c.orig%3 != 0) {
		return false
	}
	return true
}

func (p *inliner) deep(pos diag.Pos) {
	if !p.tooDeep {
		p.tooDeep = true
		p.body.tooDeep(pos)
	}
}

// finish makes nodes of items: marks that are left are text, and neighbours of
// one kind are one.
func (p *inliner) finish(items []item) []Inline {
	nodes := make([]Inline, 0, len(items))
	for _, it := range items {
		if d := it.delim; d != nil {
			nodes = append(nodes, &Text{node{d.pos}, strings.Repeat(string(rune(d.char)), d.n)})
		} else {
			nodes = append(nodes, it.node)
		}
	}
	return joined(nodes)
}

// joined puts neighbours of one kind together: text and text, emphasis and
// emphasis. It uses the memory of nodes.
func joined(nodes []Inline) []Inline {
	out := nodes[:0]
	for i := 0; i < len(nodes); {
		j := i + 1
		switch n := nodes[i].(type) {
		case *Text:
			if j = sameKind(nodes, i); j > i+1 {
				n = &Text{n.node, values(nodes[i:j])}
			}
			if n.Value != "" {
				out = append(out, n)
			}
		case *CodeSpan: // they meet where emphasis between them was joined
			if j = sameKind(nodes, i); j > i+1 {
				n = &CodeSpan{n.node, values(nodes[i:j])}
			}
			out = append(out, n)
		case *Emph, *Strong, *Strike:
			if j = sameKind(nodes, i); j > i+1 {
				var text []Inline
				for _, same := range nodes[i:j] {
					text = append(text, *children(same)...)
				}
				*children(n) = joined(text)
			}
			out = append(out, n)
		default:
			out = append(out, n)
		}
		i = j
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// sameKind is the end of the run of nodes of one type that starts at i.
func sameKind(nodes []Inline, i int) int {
	j := i + 1
	for j < len(nodes) && reflect.TypeOf(nodes[j]) == reflect.TypeOf(nodes[i]) {
		j++
	}
	return j
}

// values are the values of Texts or CodeSpans, one after the other.
func values(nodes []Inline) string {
	var s strings.Builder
	for _, n := range nodes {
		switch n := n.(type) {
		case *Text:
			s.WriteString(n.Value)
		case *CodeSpan:
			s.WriteString(n.Value)
		default:
			panic(fmt.Sprintf("source: no value in %T", n))
		}
	}
	return s.String()
}

// children is the text in a node that has some; nil for the others.
func children(in Inline) *[]Inline {
	switch n := in.(type) {
	case *Emph:
		return &n.Text
	case *Strong:
		return &n.Text
	case *Strike:
		return &n.Text
	case *Link:
		return &n.Text
	case *Span:
		return &n.Text
	case *Text, *CodeSpan, *Image, *NoteRef, *SoftBreak, *Break, *InlineRemark:
		return nil
	default:
		panic(fmt.Sprintf("source: unknown inline %T", in))
	}
}

// open notes a bracket at i.
func (p *inliner) open(i, n int) {
	p.flush()
	at := p.pos(i)
	p.brackets = append(p.brackets, bracket{pos: at, item: len(p.items), text: i + n, image: n == 2})
	p.items = append(p.items, item{node: &Text{node{at}, string(p.text[i : i+n])}})
}

// close reads the ] at i with what follows it. It returns 0 when that is no
// link, image or passage.
func (p *inliner) close(i int) int {
	if len(p.brackets) == 0 {
		return 0
	}
	b := p.brackets[len(p.brackets)-1]
	p.brackets = p.brackets[:len(p.brackets)-1]
	t := p.text
	next := byte(0)
	if i+1 < len(t) {
		next = t[i+1]
	}
	if next == '{' && !b.image {
		if lang, at, end := scanLang(t, i+1); end > 0 {
			return p.span(b, lang, at, end)
		}
	}
	if b.closed {
		return 0
	}
	var ref reference
	end := 0
	switch next {
	case '(':
		if ref, end = scanTarget(t, i+1); end == 0 {
			p.spacedTarget(b, i+1)
		}
	case '[':
		if j := scanLabel(t, i+1); j > 0 {
			label := t[i+2 : j-1]
			if len(bytes.TrimSpace(label)) == 0 {
				label = t[b.text:i]
			}
			var ok bool
			if ref, ok = p.reference(label); !ok {
				return 0
			}
			end = j
		}
	}
	if end == 0 {
		var ok bool
		if ref, ok = p.reference(t[b.text:i]); !ok {
			return 0
		}
		end = i + 1
	}
	text, depth := p.inside(b)
	if depth+1 > MaxNesting {
		p.deep(b.pos)
		return 0
	}
	p.checkReferences(p.body, i, end)
	p.items = p.items[:b.item]
	if b.image {
		alt := oneLine(plain(text))
		p.items = append(p.items, item{node: &Image{node{b.pos}, ref.url, alt, ref.title}})
		return end
	}
	for j := len(p.brackets) - 1; j >= 0 && !p.brackets[j].closed; j-- {
		p.brackets[j].closed = !p.brackets[j].image
	}
	text = p.unlink(text)
	if !hasWords(text) {
		text = []Inline{&Text{node{b.pos}, ref.url}}
		p.body.diags.Warnf(b.pos, "link-empty", "this link has no words, so its address is shown").
			Hint = "write them between the brackets: [words](https://…); or write the address alone"
	}
	if ref.title != "" {
		p.body.diags.Warnf(b.pos, "link-title", "the title of this link, %q, is not shown", shorten(ref.title)).
			Hint = "write it into the text, or delete it"
	}
	p.body.checkAddress(b.pos, ref.url)
	p.items = append(p.items, item{node: &Link{node{b.pos}, ref.url, ref.title, text}, depth: depth + 1})
	return end
}

// spacedTarget reports the ( at i when an address or a path with spaces stands
// behind it, which is no target.
func (p *inliner) spacedTarget(b bracket, i int) {
	const limit = 1000
	target := p.text[i+1 : min(len(p.text), i+1+limit)]
	end := bytes.IndexAny(target, ")\n")
	if end < 0 || target[end] != ')' {
		return
	}
	target = target[:end]
	lower := bytes.ToLower(target)
	web := bytes.HasPrefix(lower, []byte("https://")) || bytes.HasPrefix(lower, []byte("http://"))
	if !web && !b.image || bytes.IndexByte(target, ' ') < 0 {
		return
	}
	d := p.body.diags.Warnf(p.pos(i+1), "target-space", "%q has a space, so this is no link", shorten(string(target)))
	d.Hint = "write %20 for the space, and put a title in \"…\""
	if b.image {
		d.Message = fmt.Sprintf("%q has a space, so this is no image", shorten(string(target)))
	}
}

// inside are the nodes after bracket b.
func (p *inliner) inside(b bracket) (text []Inline, depth int) {
	p.flush()
	items := p.emphasis(p.items[b.item+1:])
	for _, it := range items {
		depth = max(depth, it.depth)
	}
	return p.finish(items), depth
}

// reference looks up a label.
func (p *inliner) reference(label []byte) (reference, bool) {
	if len(p.body.refs) == 0 || len(label) > 999 || hasBracket(label) {
		return reference{}, false
	}
	ref, ok := p.body.refs[util.ToLinkReference(label)]
	if !ok {
		return reference{}, false
	}
	ref.used = true
	return *ref, true
}

func hasBracket(s []byte) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[', ']':
			return true
		}
	}
	return false
}

// span makes a passage in another language.
func (p *inliner) span(b bracket, lang string, at, end int) int {
	text, depth := p.inside(b)
	if depth+1 > MaxNesting {
		p.deep(b.pos)
		return 0
	}
	tag, err := locales.ParseTag(lang)
	if err != nil {
		langWrong(p.body.diags, p.pos(at), lang, err)
		tag = lang
	}
	p.items = append(p.items[:b.item], item{node: &Span{node{b.pos}, tag, text}, depth: depth + 1})
	return end
}

// langWrong reports a tag that is no language.
func langWrong(diags *reports, pos diag.Pos, tag string, err error) {
	d := diags.Errorf(pos, "lang-wrong", "%s", err)
	d.Hint = "write a BCP 47 tag such as kk, fr-CA or zh-Hans"
	var known *locales.TagError
	if errors.As(err, &known) && known.Suggestion != "" {
		d.Hint = fmt.Sprintf("write %s", known.Suggestion)
	}
}

// unlink takes the links out of the words of a link: an address in them is
// text. A reference to a note there is an error, since it is a link too.
func (p *inliner) unlink(text []Inline) []Inline {
	out := text[:0:0]
	for _, in := range text {
		switch n := in.(type) {
		case *Link:
			out = append(out, p.unlink(n.Text)...)
			continue
		case *NoteRef:
			p.body.diags.Errorf(n.pos, "note-in-link", "a reference to a note stands in the words of a link").
				Hint = "put it after the link"
		default:
			if c := children(in); c != nil {
				*c = p.unlink(*c)
			}
		}
		out = append(out, in)
	}
	return joined(out)
}

// plain is the text of inlines without what it looks like.
func plain(text []Inline) string {
	var b strings.Builder
	writePlain(&b, text)
	return b.String()
}

func writePlain(b *strings.Builder, text []Inline) {
	for _, in := range text {
		switch n := in.(type) {
		case *Text:
			b.WriteString(n.Value)
		case *Emph:
			writePlain(b, n.Text)
		case *Strong:
			writePlain(b, n.Text)
		case *Strike:
			writePlain(b, n.Text)
		case *CodeSpan:
			b.WriteString(n.Value)
		case *Link:
			writePlain(b, n.Text)
		case *Image:
			b.WriteString(n.Alt)
		case *Span:
			writePlain(b, n.Text)
		case *NoteRef:
			b.WriteString("[^" + n.Label + "]")
		case *SoftBreak, *Break:
			b.WriteByte(' ')
		case *InlineRemark:
		default:
			panic(fmt.Sprintf("source: unknown inline %T", in))
		}
	}
}

// angle reads what starts with the < at i: an address, a remark or HTML. It
// returns 0 when it is only the sign.
func (p *inliner) angle(i int) int {
	t := p.text[i:]
	if n := scanAutolink(t); n > 0 {
		address := string(t[1 : n-1])
		url := address
		if !hasScheme(address) {
			url = "mailto:" + address
		}
		at := p.pos(i)
		p.body.checkAddress(at, url)
		here := at
		here.Column++
		p.push(item{node: &Link{node: node{at}, URL: url, Text: []Inline{&Text{node{here}, address}}}, depth: 1})
		return i + n
	}
	if bytes.HasPrefix(t, commentOpen) {
		if p.noEnd[0] {
			return 0
		}
		n := commentEnd(t)
		if n < 0 {
			p.noEnd[0] = true
			return 0
		}
		r := &InlineRemark{node{p.pos(i)}, strings.ReplaceAll(commentText(t[:n]), "\n", " ")}
		if p.remark(r) {
			return skipSpaces(p.text, i+n)
		}
		return i + n
	}
	n := p.scanHTML(t)
	if n == 0 {
		return 0
	}
	p.body.html(p.pos(i), t[:n])
	return i + n
}

// checkAddress reports a link that leads nowhere outside the article.
func (b *body) checkAddress(pos diag.Pos, url string) {
	scheme, rest, ok := strings.Cut(url, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		if ok && strings.HasPrefix(rest, "//") && len(strings.Trim(rest, "/")) > 0 && !strings.ContainsAny(rest, " \t\n<>\"") {
			return
		}
	case "mailto":
		if ok && strings.Contains(rest, "@") && !strings.ContainsAny(rest, " \t\n<>\"") {
			return
		}
	}
	b.diags.Errorf(pos, "link-address", "%q is not an address on the web", shorten(url)).
		Hint = "links start with https://, http:// or mailto:"
}
