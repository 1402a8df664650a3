package pasted

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
