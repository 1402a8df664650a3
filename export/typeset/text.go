package typeset

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/language"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
	"qalam/source/diag"
)

// text is a paragraph: what the setter gets, what its runs are, and the lines
// that come back.
type text struct {
	style style
	part  Part
	pos   diag.Pos
	elem  *Elem  // what it is in the structure
	x     Length // of the left edge of its measure, from that of the text of a page
	par   paragraph.Paragraph
	about []about // by index of par.Runs

	lines  []paragraph.Line
	broken []paragraph.Broken
}

// about says what a run is.
type about struct {
	kind     Kind
	elem     *Elem
	link     int // index into builder.links; 0 is none
	dest     int // index into Book.Dests of this place; -1 is none
	strike   bool
	stressed bool // set off from the words around it
	picture  *document.Picture
}

// set makes the lines, if they are not there yet.
func (t *text) set(s *paragraph.Setter) {
	if t.lines == nil && len(t.par.Runs) > 0 {
		t.lines, t.broken = s.Lines(&t.par)
	}
}

// extent is where its lines begin and end, from the left edge of the measure.
func (t *text) extent() (left, right Length) {
	first := true
	for i := range t.lines {
		for _, p := range t.lines[i].Pieces {
			if first || p.X < left {
				left = p.X
			}
			if first || p.X+p.Width > right {
				right = p.X + p.Width
			}
			first = false
		}
	}
	return left, right
}

// Controls of the bidirectional algorithm. Source: UAX 9, 2.4.
const (
	leftToRightIsolate = "\u2066"
	rightToLeftIsolate = "\u2067"
	popIsolate         = "\u2069"
	wordJoiner         = "\u2060"
)

// flow puts inlines into a text.
type flow struct {
	b *builder
	t *text

	run   paragraph.Run // what the next text is set in
	about about

	// The text that is not in a run yet, and what it is set in.
	first string // until there is more than one
	more  []byte
	set   paragraph.Run
	is    about

	address *document.Link // the last link, while its address is still to be printed
	linked  about          // what its words are
}

// flow starts a text in a style, as an element of the structure; nil if it is
// no part of it.
func (b *builder) flow(st style, f frame, elem *Elem) *flow {
	t := &text{style: st, part: f.part, pos: b.pos, elem: elem, x: f.x, par: paragraph.Paragraph{
		Lang: b.lang, Dir: b.dir, Measure: f.measure, Align: st.align,
		Hyphenate: st.text || st.align == paragraph.Justify, Hang: st.align == paragraph.Justify,
	}}
	return &flow{b: b, t: t,
		run:   paragraph.Run{Style: st.face, Size: st.size},
		about: about{elem: elem, dest: -1},
	}
}

// finish is the text, to be set with all others.
func (f *flow) finish() *text {
	f.end()
	f.b.texts = append(f.b.texts, f.t)
	return f.t
}

// now is the text, set at once: a marker, or what stands in the margin.
func (f *flow) now() *text {
	f.end()
	f.t.set(f.b.setter)
	return f.t
}

// end puts what is left of the text into a run.
func (f *flow) end() {
	if f.first == "" {
		return
	}
	f.set.Text = f.first
	if len(f.more) > 0 {
		f.set.Text = string(f.more)
	}
	f.t.par.Runs = append(f.t.par.Runs, f.set)
	f.t.about = append(f.t.about, f.is)
	f.first, f.more = "", f.more[:0]
}

// add adds text. Characters that no face has are reported, or replaced.
func (f *flow) add(s string) { f.put(f.b.glyphs.check(s, f.b.pos)) }

// put adds text that is known to have glyphs.
func (f *flow) put(s string) {
	switch {
	case s == "":
	case f.first == "":
		f.first, f.set, f.is = s, f.run, f.about
	case f.set == f.run && f.is == f.about:
		if len(f.more) == 0 {
			f.more = append(f.more, f.first...)
		}
		f.more = append(f.more, s...)
	default:
		f.end()
		f.first, f.set, f.is = s, f.run, f.about
	}
}

// indent leaves a space before the first line.
func (f *flow) indent(width Length) {
	if width <= 0 || width > f.t.par.Measure/4 {
		return
	}
	f.object(width, 0)
	f.put(wordJoiner) // the space is never alone on its line
}

// object adds an object in the line.
func (f *flow) object(width, height Length) {
	f.end()
	run := f.run
	run.Object = &paragraph.Object{Width: width, Height: height}
	f.t.par.Runs = append(f.t.par.Runs, run)
	f.t.about = append(f.t.about, f.about)
}

func (f *flow) inlines(inlines []document.Inline) {
	f.nested(inlines)
	f.printAddress()
}

// nested is inlines, but the address of a link at the end is still to come: it
// stands behind the mark that closes a quotation.
func (f *flow) nested(inlines []document.Inline) {
	for _, in := range inlines {
		if text, ok := in.(*document.Text); ok && f.address != nil {
			n := document.ClosingMark(f.b.doc.Locale.Quotes, text.Value)
			f.add(text.Value[:n])
			f.printAddress()
			f.add(text.Value[n:])
			continue
		}
		f.printAddress()
		f.inline(in)
	}
}

func (f *flow) inline(in document.Inline) {
	run, is := f.run, f.about
	switch in := in.(type) {
	case *document.Text:
		f.add(in.Value)
	case *document.Emph:
		f.about.stressed = true
		f.run.Style ^= f.b.stress(in.Text)
		f.nested(in.Text)
	case *document.Strong:
		f.about.stressed = true
		f.run.Style |= fonts.Bold
		f.nested(in.Text)
	case *document.Strike:
		f.about.strike = true
		f.nested(in.Text)
	case *document.Code:
		f.enter("Code")
		f.run.Style |= fonts.Mono
		f.run.Size = percent(run.Size, codeSize)
		f.run.Verbatim = true
		f.put(leftToRightIsolate)
		f.add(in.Value)
		f.put(popIsolate)
	case *document.Link:
		f.link(in)
	case *document.Picture:
		f.picture(in)
	case *document.Span:
		f.span(in)
	case *document.NoteGroup:
		f.noteGroup(in)
	case *document.Break:
		f.put("\n")
	default:
		panic(fmt.Sprintf("typeset: unknown inline %T", in))
	}
	f.run, f.about = run, is
}

// stress is what sets stressed words off: slanted letters, or bold ones in
// scripts that have no slanted ones.
func (b *builder) stress(words []document.Inline) fonts.Style {
	for _, r := range document.Plain(words) {
		switch language.LookupScript(r) {
		case language.Common, language.Inherited, language.Unknown:
		case language.Latin, language.Cyrillic, language.Greek:
			return fonts.Italic
		default:
			return fonts.Bold
		}
	}
	if scriptOf(b.doc).italic {
		return fonts.Italic
	}
	return fonts.Bold
}

// enter makes what follows a kid of the element that it stands in.
func (f *flow) enter(role string) {
	if f.about.elem != nil {
		f.about.elem = f.about.elem.add(role)
	}
}

// span sets a passage apart from the text around it.
func (f *flow) span(s *document.Span) {
	switch s.Dir {
	case locales.LTR:
		f.put(leftToRightIsolate)
	case locales.RTL:
		f.put(rightToLeftIsolate)
	}
	is, lang := f.about, f.run.Lang
	if s.Lang != "" {
		f.run.Lang = s.Lang
		if f.enter("Span"); f.about.elem != nil {
			f.about.elem.Lang = s.Lang
		}
	}
	f.nested(s.Text)
	f.about, f.run.Lang = is, lang
	if s.Dir != "" {
		f.put(popIsolate)
	}
}

// link adds the words of a link, and remembers the address that they do not
// show.
func (f *flow) link(l *document.Link) {
	f.enter("Link")
	f.about.kind = LinkText
	f.about.link = f.b.link(Link{URL: l.URL, Spoken: l.URL, Elem: f.about.elem})
	shown := l.ShowsAddress()
	if shown {
		f.run.Verbatim = true
	}
	f.nested(l.Text)
	if !shown && f.b.doc.Settings.PDF.Links != "none" {
		f.address, f.linked = l, f.about
	}
}

// shortAddress is how long an address is, at most, that stands in brackets
// though there is a list of links: a reader has it sooner than its number.
const shortAddress = 24

// printAddress adds the address of the link before it, if it is still to come,
// since it is all that paper has of the link: in brackets, or by its number in
// the list of links.
func (f *flow) printAddress() {
	l := f.address
	if l == nil {
		return
	}
	f.address = nil
	run, is := f.run, f.about
	f.about = f.linked
	f.about.kind, f.about.strike, f.about.stressed = Address, false, false
	f.run.Style &^= fonts.BoldItalic
	inline := f.b.doc.Settings.PDF.Links == "inline" || f.t.part == Colophon // which stands behind the list
	if address := f.b.printable(l.Address()); inline || len(address) <= shortAddress {
		f.run.Size = percent(run.Size, addressSize)
		f.run.Verbatim = true
		f.put(" ")
		f.put(leftToRightIsolate + "<" + address + ">" + popIsolate)
	} else {
		f.run.Size, f.run.Rise = superscript(run)
		f.run.Glued = true
		f.about.elem = nil // for eyes on paper: the words lead there by themselves
		f.put("[" + f.b.doc.Locale.FormatNumber(f.b.listed(l)) + "]")
	}
	f.run, f.about = run, is
}

// printable is an address as lines have it. One with characters that no line
// shows by themselves, or that read from right to left, has percent signs in
// place of all that is not ASCII.
func (b *builder) printable(address string) string {
	odd := func(r rune) bool {
		return r >= 0x7F && (!unicode.IsLetter(r) && !unicode.IsDigit(r) || rightToLeft(r) || !b.glyphs.has(string(r)))
	}
	if !strings.ContainsFunc(address, odd) {
		return address
	}
	var s strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7F {
			fmt.Fprintf(&s, "%%%02X", c)
		} else {
			s.WriteByte(c)
		}
	}
	return s.String()
}

// rightToLeft reports whether r is in one of the blocks that Unicode keeps for
// scripts that are written from right to left. Source: UAX 44, 4.2.10,
// Bidi_Class defaults.
func rightToLeft(r rune) bool {
	return 0x590 <= r && r <= 0x8FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFF ||
		0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF
}

// noteGroup adds reference marks: "2, 9", each of them a link.
func (f *flow) noteGroup(g *document.NoteGroup) {
	for i, ref := range g.Refs {
		if i > 0 {
			f.mark(", ", about{kind: Mark, elem: f.about.elem, dest: -1})
		}
		is := about{kind: Mark, dest: f.b.refs[ref]}
		if f.about.elem != nil {
			is.elem = f.about.elem.add("Reference").add("Link")
		}
		is.link = f.b.link(Link{
			Dest:   f.b.notes[ref.Note],
			Spoken: locales.Format(f.b.doc.Locale.Labels.Note, "note", ref.Note.Mark),
			Elem:   is.elem,
		})
		f.mark(ref.Note.Mark, is)
	}
}

// mark adds a superscript that stays with the word before it.
func (f *flow) mark(s string, is about) {
	run, was := f.run, f.about
	f.run.Size, f.run.Rise = superscript(run)
	f.run.Glued = true
	f.run.Style &^= fonts.BoldItalic
	f.about = is
	f.add(s)
	f.run, f.about = run, was
}

// superscript is the size and the rise of a superscript beside a run.
func superscript(beside paragraph.Run) (size, rise Length) {
	return percent(beside.Size, markSize), beside.Rise + beside.Size*markRise/100
}

// picture adds an image in the line, not larger than a few lines of text.
func (f *flow) picture(p *document.Picture) {
	is := f.about
	f.about.picture = p
	if p.Alt == "" {
		f.about.elem = nil
	} else if f.enter("Figure"); f.about.elem != nil {
		f.about.elem.Alt = p.Alt
	}
	f.object(fit(p.Image, f.t.par.Measure, 12*f.run.Size))
	f.about = is
}

// fit is the size in which an image is shown: its own at 96 dots an inch, or
// less where it would be wider or higher than there is room.
func fit(img *document.Image, width, height Length) (w, h Length) {
	iw, ih := Length(max(img.Width, 1)), Length(max(img.Height, 1))
	if turnOf(img).sideways() {
		iw, ih = ih, iw
	}
	w, h = iw*72*Pt/pictureDPI, ih*72*Pt/pictureDPI
	if w > width {
		w, h = width, max(width*ih/iw, 1)
	}
	if h > height {
		w, h = max(height*iw/ih, 1), height
	}
	return w, h
}
