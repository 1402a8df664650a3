package epub

import (
	"fmt"
	"strings"
	"unicode"

	"qalam/export/document"
)

// Widths of tables, in hundredths of an em of the text around them.
const (
	// A table up to this width fits on a phone whose type is set half as large
	// again as usual.
	narrowTable = 1500
	// A letter is about half an em wide, an ideograph a whole one, at the size
	// in which tables are set.
	letterWidth    = 50
	ideographWidth = 95
	cellPadding    = 90
)

// tableWidths are those from which on a wide table can be a table, in em. Each
// has a class and a rule in the style sheet.
var tableWidths = [...]int{20, 30, 40, 60}

// tableClass is the class of what is around a table that does not fit on every
// page; empty for one that does.
func tableClass(t *document.Table) string {
	need := 0
	for column := range t.Align {
		widest := wordWidth(t.Head[column])
		for _, row := range t.Rows {
			widest = max(widest, wordWidth(row[column]))
		}
		need += widest + cellPadding
	}
	if need <= narrowTable {
		return ""
	}
	class := "wide"
	for _, em := range tableWidths {
		if need <= 90*em { // the rest is room for words to stand side by side
			class += fmt.Sprintf(" from-%d", em)
			break
		}
	}
	for _, c := range t.Head {
		if !onlyWords(c) {
			return class + " headed"
		}
	}
	return class
}

// onlyWords reports whether a line can be said by its words alone: there is
// nothing to follow in it, and nothing to look at.
func onlyWords(ins []document.Inline) bool {
	for _, in := range ins {
		ok := true
		switch in := in.(type) {
		case *document.Emph:
			ok = onlyWords(in.Text)
		case *document.Strong:
			ok = onlyWords(in.Text)
		case *document.Strike:
			ok = onlyWords(in.Text)
		case *document.Span:
			ok = onlyWords(in.Text)
		case *document.Link, *document.Picture, *document.NoteGroup:
			ok = false
		case *document.Text, *document.Code, *document.Break:
		default:
			panic(fmt.Sprintf("epub: unknown inline %T", in))
		}
		if !ok {
			return false
		}
	}
	return true
}

// wordWidth is about as wide as the widest word of a line.
func wordWidth(l document.Line) int {
	widest, width := 0, 0
	for _, c := range plain(l) {
		switch {
		case unicode.IsSpace(c) && !strings.ContainsRune("\u00a0\u202f", c), c == '-':
			width = 0
		case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Yi):
			width = ideographWidth // a line can end after each of them
		case unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
		default:
			width += letterWidth
		}
		widest = max(widest, width)
	}
	return widest
}
