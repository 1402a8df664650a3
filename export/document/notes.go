package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"qalam/source"
	"qalam/source/diag"
)

// numberNotes finds the notes that a reader meets and gives each its number.
// Notes can cite notes, so what is met is a list that grows while it is read:
// the text first, then the notes in the order in which they were met.
func (c *composer) numberNotes() {
	c.definitions = make(map[string]*source.Note, len(c.article.Notes))
	for _, n := range c.article.Notes {
		if _, ok := c.definitions[n.Label]; !ok { // of two, the first; source says that there are two
			c.definitions[n.Label] = n
		}
	}
	var met []*source.NoteRef // the first reference to each note
	seen := map[string]bool{}
	meet := func(ref *source.NoteRef) {
		if c.definitions[ref.Label] != nil && !seen[ref.Label] {
			seen[ref.Label] = true
			met = append(met, ref)
		}
	}
	references(c.article.Blocks, meet)
	for i := 0; i < len(met); i++ {
		references(c.definitions[met[i].Label].Blocks, meet)
	}

	own, numbered := map[string]int(nil), false
	if c.article.Header.NoteNumbers == source.NoteAuthor {
		own, numbered = c.authorNumbers(met)
	}
	if numbered {
		slices.SortFunc(met, func(a, b *source.NoteRef) int { return cmp.Compare(own[a.Label], own[b.Label]) })
	}
	for i, ref := range met {
		def := c.definitions[ref.Label]
		n := &Note{Number: i + 1, Label: ref.Label, Pos: def.Pos()}
		mark := n.Number
		if numbered {
			mark = own[ref.Label]
		}
		n.Mark = c.doc.Locale.FormatNumber(mark)
		c.notes[ref.Label] = n
		c.doc.Notes = append(c.doc.Notes, n)
	}
}

// authorNumbers reads the labels of notes as the numbers that the author gave
// them, and reports whether all of them are, each another.
func (c *composer) authorNumbers(met []*source.NoteRef) (own map[string]int, ok bool) {
	own, ok = make(map[string]int, len(met)), true
	labels := make(map[int]string, len(met))
	highest := 0
	for _, ref := range met {
		pos := c.definitions[ref.Label].Pos()
		number, isNumber := parseNumber(ref.Label)
		other, taken := labels[number]
		switch {
		case !isNumber:
			ok = false
			c.diags.Errorf(pos, "note-number", "the note is called %q, which is no number", ref.Label).
				Hint = "call it by its number, or leave note-numbers: author out of the front matter"
			continue
		case taken:
			ok = false
			c.diags.Errorf(pos, "note-number", "the notes %q and %q have the same number", other, ref.Label).
				Hint = "give one of them another number"
			continue
		case number < highest:
			c.diags.Warnf(ref.Pos(), "note-order", "note %d is met after note %d", number, highest).
				Hint = "the numbers are the author's and stay; leave note-numbers: author out of the front matter to have them in order"
		}
		highest = max(highest, number)
		own[ref.Label], labels[number] = number, ref.Label
	}
	return own, ok
}

// parseNumber reads a whole number from 1 to 999,999,999 in the digits of any
// script.
func parseNumber(s string) (n int, ok bool) {
	for _, r := range s {
		d, isDigit := digit(r)
		if !isDigit || n >= 1e8 {
			return 0, false
		}
		n = 10*n + d
	}
	return n, n > 0
}

// digit is the value of a decimal digit of any script. Unicode has them in
// rows of ten, in order, and each row of category Nd starts with its zero; a
// range of the table may hold several rows.
func digit(r rune) (value int, ok bool) {
	if '0' <= r && r <= '9' {
		return int(r - '0'), true
	}
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, true
		}
	}
	return 0, false
}

// references calls f for every reference in the blocks, in reading order.
func references(blocks []source.Block, f func(*source.NoteRef)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *source.Heading:
			inlineReferences(b.Text, f)
		case *source.Paragraph:
			inlineReferences(b.Text, f)
		case *source.Quote:
			references(b.Blocks, f)
		case *source.List:
			for _, item := range b.Items {
				references(item.Blocks, f)
			}
		case *source.Table:
			for _, cell := range b.Head {
				inlineReferences(cell.Text, f)
			}
			for _, row := range b.Rows {
				for _, cell := range row {
					inlineReferences(cell.Text, f)
				}
			}
		case *source.Figure, *source.CodeBlock, *source.Rule, *source.Remark:
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
}

func inlineReferences(text []source.Inline, f func(*source.NoteRef)) {
	for _, in := range text {
		switch in := in.(type) {
		case *source.NoteRef:
			f(in)
		case *source.Emph:
			inlineReferences(in.Text, f)
		case *source.Strong:
			inlineReferences(in.Text, f)
		case *source.Strike:
			inlineReferences(in.Text, f)
		case *source.Link:
			inlineReferences(in.Text, f)
		case *source.Span:
			inlineReferences(in.Text, f)
		case *source.Text, *source.CodeSpan, *source.Image, *source.SoftBreak, *source.Break, *source.InlineRemark:
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
}

// undefined says that a reference has no note, and gives what stands for it.
func (c *composer) undefined(ref *source.NoteRef) string {
	c.diags.Errorf(ref.Pos(), "note-undefined", "no note is called %q", ref.Label).
		Hint = fmt.Sprintf("add a line that starts with [^%s]:", ref.Label)
	return "[^" + ref.Label + "]"
}

// repeated says that one place cites a note twice.
func (c *composer) repeated(pos diag.Pos, label string) {
	c.diags.Warnf(pos, "note-repeated", "the note %q is cited twice in one place", label).
		Hint = "leave one out: [^" + strings.TrimSpace(label) + "]"
}
