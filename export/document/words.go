package document

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/locales"
)

// Plain is inlines as plain text: without references to notes, pictures as
// their alternative text, breaks as spaces.
func Plain(in []Inline) string {
	if len(in) == 1 {
		if t, ok := in[0].(*Text); ok {
			return t.Value
		}
	}
	var b strings.Builder
	plain(&b, in)
	return b.String()
}

func plain(b *strings.Builder, in []Inline) {
	for _, in := range in {
		switch in := in.(type) {
		case *Text:
			b.WriteString(in.Value)
		case *Code:
			b.WriteString(in.Value)
		case *Picture:
			b.WriteString(in.Alt)
		case *Break:
			b.WriteByte(' ')
		case *NoteGroup:
		case *Emph, *Strong, *Strike, *Link, *Span:
			plain(b, children(in))
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
}

// direction is the direction of the first letter that has one; empty when
// there is none.
func direction(s string) locales.Direction {
	for _, r := range s {
		switch {
		case isRTL(r):
			return locales.RTL
		case unicode.IsLetter(r):
			return locales.LTR
		}
	}
	return ""
}

// isRTL reports whether a character is a letter of a script that is written
// from right to left. Unicode keeps these blocks for such scripts.
func isRTL(r rune) bool {
	return r >= 0x590 && unicode.IsLetter(r) &&
		(r <= 0x8FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFC || 0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF)
}

// Words are the words that a reader meets, in reading order: those of the
// blocks and those of the notes, as SplitWords divides them. The title block
// has Words of its own, and the colophon is about the edition, so both are no
// part of it.
//
// Numbers before the items of ordered lists, captions and code are words.
// Every mark of a note is a word of its own, at each reference and before the
// note. Alternative text of pictures is not, nor is the address of a link
// that has other words.
func (d *Document) Words() (body, notes []string) {
	body = blockWords(nil, d.Blocks)
	for _, n := range d.Notes {
		notes = append(notes, SplitWords(n.Mark)...)
		notes = blockWords(notes, n.Blocks)
	}
	return body, notes
}

// Words are the words of the title block, in the order of its fields.
func (t *TitleBlock) Words() []string {
	words := SplitWords(t.Section + " " + t.Title + " " + t.Subtitle)
	for _, lines := range [][]Line{t.Byline, t.Dateline} {
		for _, line := range lines {
			words = inlineWords(words, line)
		}
	}
	return append(words, SplitWords(t.Abstract)...)
}

// SplitWords divides text into words: the letters, marks and digits between
// anything else. Characters that only control how text is shown are nothing at
// all, so that a word with a soft hyphen in it is one word. Where lines break
// between any two letters, as in Chinese and Thai, each letter is a word, so
// that text has the same words however its lines fall.
func SplitWords(s string) []string {
	var words []string
	var word []byte
	alone := false // the word is a letter that is a word by itself
	end := func() {
		if len(word) > 0 {
			words = append(words, string(word))
		}
		word = word[:0]
	}
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsMark(r):
		case unicode.IsLetter(r), unicode.IsNumber(r):
			now := breaksAnywhere(r)
			if alone || now {
				end()
			}
			alone = now
		default:
			end()
			continue
		}
		word = utf8.AppendRune(word, r)
	}
	end()
	return words
}

// breaksAnywhere reports whether lines break between letters of its script.
func breaksAnywhere(r rune) bool {
	return r >= 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}

func blockWords(words []string, blocks []Block) []string {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			words = inlineWords(words, b.Text)
		case *Paragraph:
			words = inlineWords(words, b.Text)
		case *Figure:
			words = inlineWords(words, b.Caption)
		case *Quote:
			words = blockWords(words, b.Blocks)
		case *List:
			for _, item := range b.Items {
				words = append(words, SplitWords(item.Marker)...)
				words = blockWords(words, item.Blocks)
			}
		case *CodeBlock:
			words = append(words, SplitWords(b.Text)...)
		case *Table:
			for _, cell := range b.Head {
				words = inlineWords(words, cell)
			}
			for _, row := range b.Rows {
				for _, cell := range row {
					words = inlineWords(words, cell)
				}
			}
		case *Rule:
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
	return words
}

// inlineWords adds the words of one line. A word can go on from one inline to
// the next; a reference ends it.
func inlineWords(words []string, in []Inline) []string {
	var b strings.Builder
	wordText(&b, in)
	return append(words, SplitWords(b.String())...)
}

func wordText(b *strings.Builder, in []Inline) {
	for _, in := range in {
		switch in := in.(type) {
		case *Text:
			b.WriteString(in.Value)
		case *Code:
			b.WriteString(in.Value)
		case *NoteGroup:
			for _, ref := range in.Refs {
				b.WriteString(" " + ref.Note.Mark + " ")
			}
		case *Break:
			b.WriteByte(' ')
		case *Picture:
		case *Emph, *Strong, *Strike, *Link, *Span:
			wordText(b, children(in))
		default:
			panic(fmt.Sprintf("document: unknown inline %T", in))
		}
	}
}

// Headings are the headings of the text, in reading order, also those in
// quotations and lists. Those in notes are not among them.
func (d *Document) Headings() []*Heading { return headings(nil, d.Blocks) }

func headings(out []*Heading, blocks []Block) []*Heading {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			out = append(out, b)
		case *Quote:
			out = headings(out, b.Blocks)
		case *List:
			for _, item := range b.Items {
				out = headings(out, item.Blocks)
			}
		case *Paragraph, *Figure, *CodeBlock, *Table, *Rule:
		default:
			panic(fmt.Sprintf("document: unknown block %T", b))
		}
	}
	return out
}
