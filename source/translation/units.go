package translation

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// kind is what a unit is for its reader.
type kind string

const (
	heading   kind = "heading"
	paragraph kind = "paragraph"
	item      kind = "list item"
	quotation kind = "quotation"
	figure    kind = "image"
	code      kind = "code block"
	rule      kind = "line between sections"
	tableHead kind = "table"
	tableRow  kind = "table row"
)

// isProse reports whether the unit is running text, which a translator may
// have set as another kind of it.
func (k kind) isProse() bool {
	return k == heading || k == paragraph || k == item || k == quotation
}

// isPart reports whether the unit stands in a block with others.
func (u *unit) isPart() bool {
	return u.kind == item || u.kind == quotation || u.kind == tableHead || u.kind == tableRow
}

// unit is the smallest part of an article that a translation must have: a
// heading, a paragraph, a list item, a row of a table.
type unit struct {
	kind  kind
	level int // of a heading; columns of a table; depth of an item or quotation
	pos   diag.Pos
	text  string // as a reader sees it; boundary stands for what is no text
	size  int    // letters and digits
	refs  []string
	links []string // addresses and images, without what a language changes in them
	figs  figures

	top     int          // which of the blocks that were read it is, or is in
	list    *source.List // that the item is in
	accepts []*acceptance

	ids []int32 // what identifies it in every language, sorted; see index
}

// boundary stands in a unit's text for a reference, an image or an address.
const boundary = '\uFFFC'

// acceptance is a remark of the translator: <!-- qalam: differs: the reason -->.
type acceptance struct {
	pos    diag.Pos
	reason string
	used   bool
}

// reader makes units of blocks.
type reader struct {
	langs    []string // its language, and for a translation that of the original
	numerals *numerals
	units    []*unit
	top      int           // the block that is being read, of those that read was given
	remarks  []*acceptance // all of them
	pending  []*acceptance // those whose block has not come yet
	open     []*acceptance // those of the blocks around
}

func newReader(langs ...string) *reader {
	return &reader{langs: langs, numerals: newNumerals(locales.Get(langs[0]))}
}

// read gives the units of blocks.
func (r *reader) read(blocks []source.Block) []*unit {
	r.units = nil
	r.blocks(blocks, paragraph, 0, nil)
	r.pending = nil
	return r.units
}

// add starts a unit.
func (r *reader) add(k kind, level int, pos diag.Pos) *unit {
	u := &unit{kind: k, level: level, pos: pos, accepts: r.open, top: r.top}
	r.units = append(r.units, u)
	return u
}

// blocks reads blocks that stand in something: a paragraph in an item is one.
func (r *reader) blocks(blocks []source.Block, within kind, depth int, list *source.List) {
	for i, b := range blocks {
		if within == paragraph {
			r.top = i
		}
		if remark, ok := b.(*source.Remark); ok {
			r.remark(remark)
			continue
		}
		around := r.open
		if len(r.pending) > 0 {
			r.open = slices.Concat(around, r.pending)
			r.pending = nil
		}
		switch b := b.(type) {
		case *source.Heading:
			r.line(r.add(heading, b.Level, b.Pos()), b.Text)
		case *source.Paragraph:
			u := r.add(within, depth, b.Pos())
			u.list = list
			r.line(u, b.Text)
		case *source.Figure:
			u := r.add(figure, 0, b.Pos())
			var t strings.Builder
			r.image(u, b.Image, &t)
			t.WriteString(b.Image.Alt + string(boundary) + b.Caption)
			r.finish(u, t.String())
		case *source.Quote:
			r.blocks(b.Blocks, quotation, depth+1, nil)
		case *source.List:
			for _, it := range b.Items {
				if len(it.Blocks) == 0 {
					u := r.add(item, depth+1, it.Pos())
					u.list = b
				}
				r.blocks(it.Blocks, item, depth+1, b)
			}
		case *source.CodeBlock:
			u := r.add(code, 0, b.Pos())
			u.text = b.Text
			u.size = letters(b.Text)
		case *source.Table:
			r.row(tableHead, len(b.Align), b.Pos(), b.Head)
			for _, row := range b.Rows {
				pos := b.Pos()
				if len(row) > 0 {
					pos = row[0].Pos()
				}
				r.row(tableRow, len(b.Align), pos, row)
			}
		case *source.Rule:
			r.add(rule, 0, b.Pos())
		default:
			panic(fmt.Sprintf("translation: unknown block %T", b))
		}
		r.open = around
	}
}

// remark keeps a remark that accepts a difference.
func (r *reader) remark(b *source.Remark) {
	reason, ok := b.Accepts()
	if !ok {
		return
	}
	a := &acceptance{pos: b.Pos(), reason: reason}
	r.remarks = append(r.remarks, a)
	r.pending = append(r.pending, a)
}

func (r *reader) row(k kind, columns int, pos diag.Pos, cells []*source.Cell) {
	u := r.add(k, columns, pos)
	var t strings.Builder
	for _, c := range cells {
		r.inlines(u, c.Text, &t)
		t.WriteString(" " + string(boundary) + " ")
	}
	r.finish(u, t.String())
}

func (r *reader) line(u *unit, text []source.Inline) {
	var t strings.Builder
	r.inlines(u, text, &t)
	r.finish(u, t.String())
}

// finish takes the text of a unit.
func (r *reader) finish(u *unit, text string) {
	u.text = text
	u.size = letters(text)
	u.figs = r.numerals.read(text)
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// inlines collects the text, the references and the links of a line. The
// order of references that stand side by side is no difference, so they are
// sorted.
func (r *reader) inlines(u *unit, text []source.Inline, t *strings.Builder) {
	group := -1 // where the references side by side start
	for _, in := range text {
		if ref, ok := in.(*source.NoteRef); ok {
			if group < 0 {
				group = len(u.refs)
			}
			u.refs = append(u.refs, ref.Label)
			slices.Sort(u.refs[group:])
			t.WriteRune(boundary)
			continue
		}
		group = -1
		switch in := in.(type) {
		case *source.Text:
			t.WriteString(in.Value)
		case *source.Emph:
			r.inlines(u, in.Text, t)
		case *source.Strong:
			r.inlines(u, in.Text, t)
		case *source.Strike:
			r.inlines(u, in.Text, t)
		case *source.Span:
			r.inlines(u, in.Text, t)
		case *source.CodeSpan:
			t.WriteRune(boundary)
		case *source.Link:
			u.links = append(u.links, r.target(in.URL))
			if isAddress(in) {
				t.WriteRune(boundary)
			} else {
				r.inlines(u, in.Text, t)
			}
		case *source.Image:
			r.image(u, in, t)
		case *source.SoftBreak, *source.Break:
			t.WriteByte(' ')
		case *source.InlineRemark:
		default:
			panic(fmt.Sprintf("translation: unknown inline %T", in))
		}
	}
}

// isAddress reports whether a link shows nothing but its address.
func isAddress(l *source.Link) bool {
	if len(l.Text) != 1 {
		return false
	}
	t, ok := l.Text[0].(*source.Text)
	return ok && strings.TrimPrefix(l.URL, "mailto:") == t.Value
}

// image adds an image. One that has the language in its name is the same
// image: images/map.kk.png for images/map.png.
func (r *reader) image(u *unit, in *source.Image, t *strings.Builder) {
	u.links = append(u.links, strings.Replace(in.Src, "."+r.langs[0]+".", ".", 1))
	t.WriteRune(boundary)
}

// target is an address without the language in it, so that one site in two
// languages is one target: https://ru.example.org/x is https://*.example.org/x,
// and https://example.org/ru/x is https://example.org/*/x.
func (r *reader) target(address string) string {
	isLang := func(s string) bool {
		return slices.ContainsFunc(r.langs, func(lang string) bool {
			base, _, _ := strings.Cut(lang, "-")
			return strings.EqualFold(s, lang) || strings.EqualFold(s, base)
		})
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	changed := false
	if first, rest, ok := strings.Cut(u.Host, "."); ok && isLang(first) {
		u.Host = "*." + rest
		changed = true
		if strings.HasSuffix(rest, "wikipedia.org") {
			return "https://*.wikipedia.org" // its articles are called otherwise in each language
		}
	}
	parts := strings.Split(u.Path, "/")
	for i, p := range parts {
		if isLang(p) {
			parts[i] = "*"
			changed = true
		}
	}
	if !changed {
		return address
	}
	return u.Host + strings.Join(parts, "/") + "?" + u.RawQuery + "#" + u.Fragment
}

// extract is the start of a unit as messages quote it.
func (u *unit) extract() string {
	const most = 40 // characters
	text := strings.Join(strings.Fields(strings.ReplaceAll(u.text, string(boundary), " ")), " ")
	n := 0
	space := 0
	for i, r := range text {
		if n++; n > most {
			if space > len(text[:i])/2 {
				i = space
			}
			return text[:i] + "…"
		}
		if r == ' ' {
			space = i
		}
	}
	return text
}

// place is where the unit stands, as messages about another file say it.
func (u *unit) place() string {
	return diag.Pos{Path: u.pos.Path, Line: u.pos.Line}.String()
}

// name is what messages call the unit: the paragraph "On 2 January…".
func (u *unit) name() string {
	if text := u.extract(); text != "" {
		return fmt.Sprintf("the %s “%s”", u.kind, text)
	}
	return "the " + string(u.kind)
}

func decimal(n int) string { return strconv.Itoa(n) }
