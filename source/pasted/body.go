package pasted

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/source"
)

// block is a paragraph or a heading of the text: the lines [from, to).
type block struct {
	from, to int
	heading  bool
	more     []lineRange // of a paragraph that notes divide: how it goes on
}

// readBody finds the paragraphs around the notes.
func (r *reader) readBody() {
	from := r.head.end
	last := line{} // of the text so far
	for k := 0; k <= len(r.noteLines); k++ {
		to, next := len(r.lines), 0
		if k < len(r.noteLines) {
			to, next = r.noteLines[k].from, r.noteLines[k].to
		}
		blocks := r.paragraphs(from, to)
		if n := len(r.blocks) - 1; n >= 0 && len(blocks) > 0 && !r.blocks[n].heading && !blocks[0].heading && r.runsOn(last, r.lines[blocks[0].from]) {
			r.blocks[n].more = append(r.blocks[n].more, lineRange{blocks[0].from, blocks[0].to})
			last = r.lines[blocks[0].to-1]
			blocks = blocks[1:]
		}
		r.blocks = append(r.blocks, blocks...)
		if len(blocks) > 0 {
			last = r.lines[blocks[len(blocks)-1].to-1]
		}
		from = next
	}
}

// maxWrap is the longest line of a text whose lines were wrapped, in code
// points; longer ones are paragraphs.
const maxWrap = 120

// paragraphs divides lines. An empty line ends a paragraph; so does every end
// of a line, unless the text is wrapped: then only one that comes early, after
// the end of a sentence, or before an indented line.
func (r *reader) paragraphs(from, to int) []block {
	width := r.wrapWidth(from, to)
	if r.paged {
		width = r.width // one page says little
	}
	var out []block
	for i := r.nextText(from); i < to; i = r.nextText(i) {
		start := i
		for i++; i < to && !r.lines[i].blank() && (r.lines[i].goesOn || width > 0 && r.goesOn(i-1, i, width)); i++ {
		}
		out = append(out, block{from: start, to: i})
	}
	for k := range out {
		out[k].heading = r.isHeading(out, k, width)
	}
	return out
}

// wrapWidth is the length of the longest of the wrapped lines; 0 when lines
// are paragraphs. Lines are wrapped when many of those with another below end
// in the midst of a sentence, and nearly all are short.
func (r *reader) wrapWidth(from, to int) int {
	inner, open, long, width := 0, 0, 0, 0
	for i := from; i < to; i++ {
		l := r.lines[i]
		if l.blank() {
			continue
		}
		if l.runes > maxWrap {
			long++
		} else {
			width = max(width, l.runes)
		}
		if i+1 < to && !r.lines[i+1].blank() {
			inner++
			if !r.finished(l) {
				open++
			}
		}
	}
	if open*3 < inner || inner == 0 || long*10 > inner {
		return 0
	}
	return width
}

// goesOn reports whether line b continues the paragraph of line a above it, in
// a text that is wrapped at about width code points.
func (r *reader) goesOn(a, b, width int) bool {
	la, lb := r.lines[a], r.lines[b]
	if r.indented(lb) && !r.indented(la) || r.bullet(b) {
		return false
	}
	// The end of the line was forced if the next word had no place on it.
	word := 0
	for i := lb.from; i < lb.to && word <= width; word++ {
		c, size := r.after(i)
		if unicode.IsSpace(c) {
			break
		}
		i += size
	}
	fits := la.runes+1+word <= width*9/10
	return !fits || !r.finished(la) && !r.shortHead(a, width, lb)
}

// shortHead reports whether line a is too short to be wrapped text, and the
// line below starts anew.
func (r *reader) shortHead(a, width int, below line) bool {
	c, _ := r.after(below.from)
	return r.lines[a].runes*5 < width*3 && (unicode.IsUpper(c) || unicode.In(c, unicode.Pi))
}

// bullet reports whether a line is an item of a list: "- ", "• " or "3. ".
func (r *reader) bullet(i int) bool {
	c, size := r.after(r.lines[i].from)
	if strings.ContainsRune("-*•·–—", c) {
		c, _ = r.after(r.lines[i].from + size)
		return unicode.IsSpace(c)
	}
	e, ok := r.entry(i)
	const most = 999
	return ok && r.shapes[e.shape].close != "" && e.number <= most && e.fault == 0 && e.text < r.lines[i].to
}

// isHeading reports whether block k is a heading: one short line without
// punctuation at its end, that starts with a capital, between paragraphs.
func (r *reader) isHeading(blocks []block, k, width int) bool {
	b := blocks[k]
	const most, mostWords = 70, 10 // code points
	if b.to-b.from != 1 || k+1 == len(blocks) || r.lines[b.from].runes > most {
		return false
	}
	if width > 0 && !r.lines[b.from+1].blank() {
		return false
	}
	s := r.lineText(b.from)
	words := strings.Fields(s)
	if len(words) > mostWords || strings.Contains(s, "://") || !unicode.IsUpper(firstRune(strings.TrimLeft(s, "“‘\"'«"))) {
		return false
	}
	// A mark or a number may end it: "The cost1", "January 2022".
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "0123456789"))
	if !unicode.IsLetter(end) && end != '?' && end != ' ' {
		return false
	}
	if k > 0 && (blocks[k-1].heading || !r.finished(r.lines[blocks[k-1].to-1])) {
		return false
	}
	next := blocks[k+1]
	length := 0
	for _, l := range r.lines[next.from:next.to] {
		length += l.runes
	}
	return r.finished(r.lines[next.to-1]) && length >= 2*r.lines[b.from].runes
}

// span is a piece of a line.
type span struct{ from, to int }

// spans are the lines [from, to) without what stands before offset start in
// the first.
func (r *reader) spans(start, from, to int) []span {
	var out []span
	for i := from; i < to; i++ {
		l := r.lines[i]
		if s := max(l.from, start); s < l.to {
			out = append(out, span{s, l.to})
		}
	}
	return out
}

// inlines makes the text of a block: lines are joined, marks are references,
// addresses are links.
func (r *reader) inlines(spans []span) []source.Inline {
	w := inlineWriter{}
	if len(spans) == 0 {
		return nil
	}
	joined := make([]bool, len(spans)) // with the one before
	for k := 1; k < len(spans); k++ {
		hyphen := 0
		joined[k], hyphen = r.join(spans[k-1], spans[k])
		spans[k-1].to -= hyphen
	}
	next, _ := slices.BinarySearchFunc(r.taken, spans[0].from, func(t taken, off int) int { return t.item.start() - off })
	for k, s := range spans {
		if k > 0 && !joined[k] {
			w.text.WriteByte(' ')
		}
		for i := s.from; i < s.to; {
			if next < len(r.taken) && r.taken[next].item.start() == i {
				w.flush()
				w.out = append(w.out, r.references(r.taken[next])...)
				i = r.taken[next].item.end()
				next++
				continue
			}
			c := r.src[i]
			if c|0x20 == 'h' {
				if end := r.address(i, s.to); end > 0 {
					w.flush()
					url := r.str(i, end)
					w.out = append(w.out, &source.Link{URL: url, Text: []source.Inline{&source.Text{Value: url}}})
					i = end
					continue
				}
			}
			if c == ' ' || c == '\t' {
				if i == s.from || r.src[i-1] != ' ' && r.src[i-1] != '\t' {
					w.text.WriteByte(' ')
				}
			} else {
				w.text.WriteByte(c)
			}
			i++
		}
	}
	w.flush()
	return w.out
}

// references are those of a mark.
func (r *reader) references(t taken) []source.Inline {
	var out []source.Inline
	for _, g := range t.item.refs() {
		if t.list.rank[g.value] > 0 {
			out = append(out, &source.NoteRef{Label: r.label(t.list, g.value)})
		}
	}
	return out
}

// inlineWriter collects plain text between other inlines.
type inlineWriter struct {
	text strings.Builder
	out  []source.Inline
}

func (w *inlineWriter) flush() {
	if w.text.Len() > 0 {
		w.out = append(w.out, &source.Text{Value: w.text.String()})
		w.text.Reset()
	}
}

// label is the name of a note in the article: its number or letter, with the
// number of its list before it from the second on.
func (r *reader) label(l *noteList, number int) string {
	s := strconv.Itoa(number)
	switch l.style {
	case styleLetters:
		s = string(rune('a' + number - 1))
	case styleSymbols:
		s = "s" + s
	}
	if l.index > 1 {
		s = strconv.Itoa(l.index) + "-" + s
	}
	return s
}

// noteLabel is the name of the note of an entry: that of its number, and a
// letter where the one before has the same: 5b.
func (r *reader) noteLabel(l *noteList, k int) string {
	s := r.label(l, l.entries[k].number)
	same := 0
	for k > same && l.entries[k-same-1].number == l.entries[k].number {
		same++
	}
	if same > 0 {
		s += string(rune('a' + min(same, 25)))
	}
	return s
}

// visible reports whether a reader sees anything of the paragraphs: a
// character that is neither a space nor one that only joins or divides others,
// or a reference.
func visible(blocks []source.Block) bool {
	seen := func(in source.Inline) bool {
		t, ok := in.(*source.Text)
		return !ok || strings.ContainsFunc(t.Value, func(c rune) bool { return !unicode.IsSpace(c) && !unicode.Is(unicode.Cf, c) })
	}
	return slices.ContainsFunc(blocks, func(b source.Block) bool {
		switch b := b.(type) {
		case *source.Heading:
			return slices.ContainsFunc(b.Text, seen)
		case *source.Paragraph:
			return slices.ContainsFunc(b.Text, seen)
		default:
			panic(fmt.Sprintf("pasted: unexpected block %T", b))
		}
	})
}

// result is the article with its concordance.
func (r *reader) result() *Result {
	a := &source.Article{Path: "article.md", Lang: r.opts.Lang, Header: r.head.header}
	title := r.titleRefs
	for _, b := range r.blocks {
		spans := r.spans(0, b.from, b.to)
		for _, x := range b.more {
			spans = append(spans, r.spans(0, x.from, x.to)...)
		}
		text := r.inlines(spans)
		if b.heading {
			a.Blocks = append(a.Blocks, &source.Heading{Level: 2, Text: text})
		} else {
			for _, t := range title {
				text = append(text, r.references(t)...)
			}
			title = nil
			a.Blocks = append(a.Blocks, &source.Paragraph{Text: text})
		}
	}
	for _, l := range r.lists {
		for k, e := range l.entries {
			n := &source.Note{Label: r.noteLabel(l, k)}
			for i := e.line; i < e.to; {
				start := i
				for i++; i < e.to && !r.lines[i].blank(); i++ {
				}
				if text := r.inlines(r.spans(e.text, start, i)); text != nil {
					n.Blocks = append(n.Blocks, &source.Paragraph{Text: text})
				}
			}
			a.Notes = append(a.Notes, n)
		}
	}
	res := &Result{Article: a, Concordance: r.concordance()}
	res.cut = append(append(res.cut, r.hyphens...), r.quotes...)
	for _, t := range r.taken {
		res.cut = append(res.cut, span{t.item.start(), t.item.end()})
	}
	for _, l := range r.lists {
		for _, e := range l.entries {
			res.cut = append(res.cut, span{e.from, e.text})
		}
		for _, x := range l.headings() {
			res.cut = append(res.cut, span{r.lines[x].from, r.lines[x].to})
		}
	}
	return res
}
