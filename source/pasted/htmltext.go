package pasted

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"qalam/source"
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
