package typeset

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/linebreak"
	"qalam/locales"
)

// text is the text of a paragraph, ready to be broken into lines.
type text struct {
	drawn []rune // what is drawn; U+FFFC is a picture, a line feed ends a line

	// seen is what line breaking sees of it: a reference mark is a combining
	// mark on the word before it, so that nothing comes between them, and
	// what follows the mark follows the word.
	seen []rune

	runs   []run
	x      []Length // x[i] is where drawn[i] would begin on one endless line
	breaks []linebreak.Break
	trim   []int // trim[i] is where drawn[:i] ends without the spaces at its end

	addresses []extent // in order
}

// extent is a part of a text: drawn[start:end].
type extent struct{ start, end int }

// run is a part of a text in one face, up to end.
type run struct {
	end    int
	face   *fonts.Face
	size   Length
	rise   Length
	kind   Kind
	strike bool
	link   int // index into builder.links; 0 is none
	dest   int // index into Book.Dests of this place; -1 is none
	image  *document.Image
	width  Length // of the image
	height Length
}

// onWord is what line breaking sees of a reference mark: a combining mark.
const onWord = '\u0301'

// objectChar stands for a picture.
const objectChar = '\uFFFC'

// flow adds inlines to a text.
type flow struct {
	b       *builder
	t       *text
	run     run // what the next text is set in
	style   fonts.Style
	measure Length // of the line; pictures are not wider

	address string // of the last link, still to be shown
	link    int    // its number
}

func (b *builder) flow(s style, measure Length) *flow {
	return &flow{b: b, t: &text{}, run: run{size: s.size, dest: -1}, style: s.face, measure: measure}
}

func (f *flow) inlines(inlines []document.Inline) {
	f.nested(inlines)
	f.printAddress()
}

// nested is inlines, but the address of a link at the end is still to come: it
// stands behind the mark that closes a quotation.
func (f *flow) nested(inlines []document.Inline) {
	for _, in := range inlines {
		if text, ok := in.(*document.Text); ok && f.address != "" {
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

// printAddress adds the address of the link before it, if it is still to come:
// it is all that paper has of the link. Characters that lines of an address do
// not show are written with percent signs.
func (f *flow) printAddress() {
	if f.address == "" {
		return
	}
	saved, style := f.run, f.style
	f.run.kind, f.run.link, f.run.strike = Address, f.link, false
	f.run.size, f.style = addressSize(saved.size), fonts.Regular
	var s strings.Builder
	for _, r := range f.address {
		if fonts.Serif(f.style).Has(r) && !combining(r) && !ignorable(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Co, r) {
			s.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			fmt.Fprintf(&s, "%%%02X", c)
		}
	}
	f.address = ""
	f.add(" <" + s.String() + ">")
	f.run, f.style = saved, style
}

func (f *flow) inline(in document.Inline) {
	saved, style := f.run, f.style
	switch in := in.(type) {
	case *document.Text:
		f.add(in.Value)
	case *document.Emph:
		f.style ^= fonts.Italic
		f.nested(in.Text)
	case *document.Strong:
		f.style |= fonts.Bold
		f.nested(in.Text)
	case *document.Strike:
		f.run.strike = true
		f.nested(in.Text)
	case *document.Code:
		f.add(in.Value)
	case *document.Link:
		f.run.kind = LinkText
		f.run.link = f.b.link(Link{URL: in.URL, Spoken: in.URL})
		f.nested(in.Text)
		if !in.ShowsAddress() {
			f.address, f.link = in.Address(), f.run.link
		}
	case *document.Picture:
		f.picture(in.Image)
	case *document.Span:
		f.nested(in.Text)
	case *document.NoteGroup:
		f.noteGroup(in)
	case *document.Break:
		f.add("\n")
	default:
		panic(fmt.Sprintf("typeset: unknown inline %T", in))
	}
	f.run, f.style = saved, style
}

// noteGroup adds reference marks: "2, 9", each of them a link.
func (f *flow) noteGroup(g *document.NoteGroup) {
	for i, ref := range g.Refs {
		if i > 0 {
			f.mark(", ", Mark, 0, -1)
		}
		spoken := locales.Format(f.b.doc.Locale.Labels.Note, "note", ref.Note.Mark)
		f.mark(ref.Note.Mark, Mark, f.b.link(Link{Dest: f.b.notes[ref.Note], Spoken: spoken}), f.b.refs[ref])
	}
}

// mark adds a superscript.
func (f *flow) mark(s string, kind Kind, link, dest int) {
	saved := f.run
	f.run.kind, f.run.link, f.run.dest = kind, link, dest
	f.run.size, f.run.rise = superscript(saved.size)
	f.add(s)
	f.run = saved
}

// picture adds an image in the line, not larger than a few lines of text.
func (f *flow) picture(img *document.Image) {
	saved := f.run
	f.run.image = img
	f.run.width, f.run.height = fit(img, f.measure, 12*f.run.size)
	f.run.face = fonts.Serif(f.style)
	f.put(objectChar, objectChar, f.run.width)
	f.run = saved
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

// add adds plain text.
func (f *flow) add(s string) {
	if strings.ContainsFunc(s, combining) {
		s = norm.NFC.String(s)
	}
	face := fonts.Serif(f.style)
	for _, r := range s {
		seen := r
		if f.run.kind == Mark {
			seen = onWord
		}
		if r == '\n' || ignorable(r) {
			f.run.face = face
			f.put(r, seen, 0)
			continue
		}
		drawn, in := f.b.choose(r, face)
		units, _ := in.Advance(drawn)
		f.run.face = in
		f.put(drawn, seen, scale(in, units, f.run.size))
	}
}

// put adds one character.
func (f *flow) put(drawn, seen rune, width Length) {
	t := f.t
	if len(t.x) == 0 {
		t.x = append(t.x, 0)
	}
	t.drawn = append(t.drawn, drawn)
	t.seen = append(t.seen, seen)
	t.x = append(t.x, t.x[len(t.x)-1]+width)
	if n := len(t.runs); n > 0 {
		last := t.runs[n-1]
		end := last.end
		last.end = 0
		if last == f.run && f.run.image == nil {
			t.runs[n-1].end = end + 1
			return
		}
	}
	f.run.end = len(t.drawn)
	t.runs = append(t.runs, f.run)
	f.run.end = 0
}

// choose is what a character is drawn as, and in which face: the one asked for,
// or the upright one where only that has it.
func (b *builder) choose(r rune, face *fonts.Face) (rune, *fonts.Face) {
	if face.Has(r) && !unicode.Is(unicode.Co, r) {
		return r, face
	}
	if unicode.IsSpace(r) {
		return ' ', face // a space of a width that the face has not
	}
	if regular := fonts.Serif(fonts.Regular); regular.Has(r) && !unicode.Is(unicode.Co, r) {
		return r, regular
	}
	if b.missing == nil {
		b.missing = &missing{pos: b.pos, char: r}
	}
	return '?', face
}

// combining reports whether r may be part of a character that has a code point
// of its own.
func combining(r rune) bool {
	return r >= 0x300 && unicode.Is(unicode.M, r)
}

// ignorable reports whether r is never drawn: soft hyphens, joiners, marks of
// direction, variation selectors. Source: Unicode 15.0,
// DerivedCoreProperties.txt, Default_Ignorable_Code_Point, as far as text has
// use for them.
func ignorable(r rune) bool {
	switch {
	case r < 0x200B:
		return r == 0xAD || r == 0x34F || r == 0x61C
	case r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F:
		return true
	}
	return 0xFE00 <= r && r <= 0xFE0F || r == 0xFEFF
}

// finish finds where the lines of the text may end.
func (f *flow) finish() *text {
	t := f.t
	if len(t.x) == 0 {
		t.x = append(t.x, 0)
	}
	t.breaks = linebreak.Opportunities(nil, t.seen)
	for from := 0; ; {
		i, j := linebreak.Address(t.seen, from)
		if i == j {
			break
		}
		from = j
		// A mark after a full stop makes that look like a part of the address.
		for j > i && (t.seen[j-1] == onWord || t.seen[j-1] == '.') {
			j--
		}
		t.address(i, j, f.measure/2)
		if t.runAt(i).kind == Address && t.x[j]-t.x[i] <= f.measure/2 {
			linebreak.Glue(t.breaks, i, j) // it may as well begin the next line
		}
	}
	t.trim = make([]int, len(t.drawn)+1)
	for i, r := range t.seen {
		t.trim[i+1] = i + 1
		if hangs(r) {
			t.trim[i+1] = t.trim[i]
		}
	}
	return t
}

// address allows lines to end within the address drawn[i:j]: not within the
// name of its host, and before hyphens in parts that are wider than wide.
// After a hyphen no line ends, since a reader could take it for one of ours.
func (t *text) address(i, j int, wide Length) {
	t.addresses = append(t.addresses, extent{i, j})
	linebreak.AllowInAddress(t.breaks, t.seen, i, j)

	host := i
	for k := i + 1; k < j; k++ {
		if t.seen[k] == '/' && t.seen[k-1] == '/' {
			host = k + 1
			break
		}
	}
	path := host
	for path < j && t.seen[path] != '/' {
		path++
	}
	if host > i && t.x[path]-t.x[i] <= wide {
		linebreak.Glue(t.breaks, i, path)
	}

	from := i
	for k := i + 1; k <= j; k++ {
		if k < j && t.breaks[k] < linebreak.Allowed {
			continue
		}
		if t.x[k]-t.x[from] > wide {
			for h := from + 1; h < k; h++ {
				if t.seen[h] == '-' {
					t.breaks[h] = linebreak.Allowed
				}
			}
		}
		from = k
	}
}

// inAddress reports whether drawn[i] stands in an address.
func (t *text) inAddress(i int) bool {
	a := sort.Search(len(t.addresses), func(k int) bool { return t.addresses[k].end > i })
	return a < len(t.addresses) && t.addresses[a].start <= i
}

// hangs reports whether r has no width at the end of a line.
func hangs(r rune) bool {
	switch r {
	case '\u00A0', '\u2007', '\u202F': // spaces that no line ends at
		return false
	}
	return unicode.IsSpace(r)
}
