package source

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"qalam/locales"
)

// Print writes an article as its author would: front matter with the fields
// that are set, Markdown, and the notes at the end.
//
// What it writes is the same article again: Parse(Print(a)) equals a but for
// places, for every a that Parse has returned without errors. A tree that was
// built in another way must be one that Markdown can say:
//
//   - no two neighbours in a line are both Text, both CodeSpan, both Emph, both
//     Strong or both Strike, and none of the last three is in one of its kind;
//     no Text is empty or has a line feed; no Link is in a Link,
//     and each has words that a reader can see
//   - lines neither start nor end with SoftBreak or Break, and two SoftBreaks
//     do not meet; headings and cells have neither
//   - a paragraph has text, and an image alone in one is a Figure; one that
//     starts with a Link or Span has no "]:" in a CodeSpan of that, which is
//     the definition of a reference to CommonMark
//   - a list is tight if it has a single item with a single block, and is not
//     if two blocks in an item need an empty line between them (two
//     paragraphs, for instance)
func Print(a *Article) []byte {
	p := printer{}
	p.header(a)
	p.body(a.Blocks, a.Notes)
	return p.out.Bytes()
}

// PrintBlocks writes the text of an article without its front matter.
func PrintBlocks(blocks []Block, notes []*Note) []byte {
	p := printer{}
	p.body(blocks, notes)
	return p.out.Bytes()
}

// printer writes lines, each after the marks of the containers it stands in.
type printer struct {
	out    bytes.Buffer
	prefix []prefix
}

// prefix is what a container puts before its first line and before the others.
type prefix struct {
	first, rest string
	used        bool
}

// line writes one line.
func (p *printer) line(s string) {
	start := p.out.Len()
	for i := range p.prefix {
		x := &p.prefix[i]
		if x.used {
			p.out.WriteString(x.rest)
		} else {
			p.out.WriteString(x.first)
			x.used = true
		}
	}
	if s == "" {
		p.out.Truncate(start + len(bytes.TrimRight(p.out.Bytes()[start:], " ")))
	}
	p.out.WriteString(s)
	p.out.WriteByte('\n')
}

func (p *printer) lines(s string) {
	for l := range strings.SplitSeq(s, "\n") {
		p.line(l)
	}
}

// in writes a container.
func (p *printer) in(first, rest string, write func()) {
	p.prefix = append(p.prefix, prefix{first: first, rest: rest})
	write()
	if !p.prefix[len(p.prefix)-1].used {
		p.line("") // an empty container is its mark
	}
	p.prefix = p.prefix[:len(p.prefix)-1]
}

func (p *printer) body(blocks []Block, notes []*Note) {
	p.blocks(blocks, false, "")
	for i, n := range notes {
		if len(blocks) > 0 || i > 0 {
			p.line("")
		}
		p.in("[^"+n.Label+"]: ", "    ", func() { p.note(n) })
	}
}

// note writes the blocks of a note. What is not a paragraph starts on a line
// of its own.
func (p *printer) note(n *Note) {
	if len(n.Blocks) > 0 {
		if _, ok := n.Blocks[0].(*Paragraph); !ok {
			p.line("")
		}
	}
	p.blocks(n.Blocks, false, "")
}

// blocks writes blocks one after the other. Those of a tight list have no
// empty lines between them where that is possible. outer is the mark of the
// list in whose item they stand.
func (p *printer) blocks(blocks []Block, tight bool, outer string) {
	mark := outer // of the last list
	for i, b := range blocks {
		if i > 0 && (!tight || apart(blocks[i-1], b)) && !endsEmpty(blocks[i-1]) {
			p.line("")
		}
		if l, ok := b.(*List); ok {
			mark = p.list(l, mark)
			continue
		}
		mark = ""
		p.block(b)
	}
}

// endsEmpty reports whether a block ends in an item without blocks. After one,
// goldmark takes an empty line for the end of all lists around it.
func endsEmpty(b Block) bool {
	l, ok := b.(*List)
	if !ok {
		return false
	}
	last := l.Items[len(l.Items)-1].Blocks
	return len(last) == 0 || endsEmpty(last[len(last)-1])
}

// apart reports whether an empty line must stand between two blocks.
func apart(a, b Block) bool {
	switch a.(type) {
	case *Heading, *Rule, *CodeBlock, *Remark:
		return false
	}
	switch b := b.(type) {
	case *Heading, *Rule, *CodeBlock, *Remark:
		return false
	case *Quote:
		_, quote := a.(*Quote)
		return quote
	case *List:
		switch a.(type) {
		case *List, *Quote:
			return false
		}
		// It interrupts a paragraph only when it starts with 1 and words.
		return b.Ordered && b.Start != 1 || len(b.Items) == 0 || len(b.Items[0].Blocks) == 0
	}
	return true
}

func (p *printer) block(b Block) {
	switch b := b.(type) {
	case *Heading:
		text := printLine(b.Text, lineHeading)
		p.line(strings.TrimRight(strings.Repeat("#", min(max(b.Level, 2), 6))+" "+text, " "))
	case *Paragraph:
		p.lines(printLine(b.Text, lineText))
	case *Figure:
		img := *b.Image
		img.Title = cmp.Or(b.Caption, img.Title)
		p.line(printLine([]Inline{&img}, lineText))
	case *Quote:
		p.in("> ", "> ", func() { p.blocks(b.Blocks, false, "") })
	case *List:
		p.list(b, "")
	case *CodeBlock:
		p.code(b)
	case *Table:
		p.table(b)
	case *Rule:
		p.line("***")
	case *Remark:
		p.lines("<!--" + b.Text + "-->")
	default:
		panic(fmt.Sprintf("source: unknown block %T", b))
	}
}

// list writes a list with another mark than the one that must not be used,
// since the lists would be one, or a line of three marks a rule.
func (p *printer) list(l *List, not string) (mark string) {
	marks := []string{"-", "+"}
	if l.Ordered {
		marks = []string{".", ")"}
	}
	mark = marks[0]
	if mark == not {
		mark = marks[1]
	}
	for i, item := range l.Items {
		if i > 0 && !l.Tight {
			p.line("")
		}
		first := mark + " "
		if l.Ordered {
			const most = 999_999_999 // CommonMark has nine digits
			first = strconv.Itoa(min(l.Start+i, most)) + mark + " "
		}
		p.in(first, strings.Repeat(" ", len(first)), func() { p.blocks(item.Blocks, l.Tight, mark) })
	}
	return mark
}

func (p *printer) code(b *CodeBlock) {
	longest := map[byte]int{}
	for l := range strings.SplitSeq(b.Text, "\n") {
		if l = strings.TrimLeft(l, " \t"); l != "" && (l[0] == '`' || l[0] == '~') {
			longest[l[0]] = max(longest[l[0]], run([]byte(l), 0))
		}
	}
	mark := byte('`')
	if strings.Contains(b.Language, "`") {
		mark = '~'
	}
	fence := strings.Repeat(string(rune(mark)), max(3, longest[mark]+1))
	p.line(fence + escapeWord(b.Language))
	if b.Text != "" {
		p.lines(strings.TrimSuffix(b.Text, "\n"))
	}
	p.line(fence)
}

func (p *printer) table(t *Table) {
	row := func(cells []*Cell) {
		var b strings.Builder
		b.WriteString("|")
		for _, c := range cells {
			text := ""
			if c != nil {
				text = printLine(c.Text, lineCell)
			}
			if text != "" {
				b.WriteString(" " + text)
			}
			b.WriteString(" |")
		}
		p.line(b.String())
	}
	row(t.Head)
	var b strings.Builder
	b.WriteString("|")
	for _, a := range t.Align {
		switch a {
		case "":
			b.WriteString(" --- |")
		case "start":
			b.WriteString(" :-- |")
		case "center":
			b.WriteString(" :-: |")
		case "end":
			b.WriteString(" --: |")
		default:
			panic(fmt.Sprintf("source: unknown alignment %q", a))
		}
	}
	p.line(b.String())
	for _, cells := range t.Rows {
		row(cells)
	}
}

// header writes the front matter.
func (p *printer) header(a *Article) {
	h := &a.Header
	p.line("---")
	scalar := func(name, s string) {
		if s != "" {
			p.line(name + ": " + yamlScalar(s))
		}
	}
	scalar("title", h.Title)
	scalar("subtitle", h.Subtitle)
	scalar("lang", a.Lang)
	scalar("slug", h.Slug)
	for _, d := range []struct {
		name string
		date locales.Date
	}{{"date", h.Date}, {"modified", h.Modified}} {
		if !d.date.IsZero() {
			p.line(d.name + ": " + d.date.String())
		}
	}
	scalar("section", h.Section)
	p.persons("authors", h.Authors)
	p.persons("editors", h.Editors)
	p.persons("translators", h.Translators)
	scalar("publisher", h.Publisher)
	scalar("place", h.Place)
	scalar("abstract", h.Abstract)
	if len(h.Keywords) > 0 {
		words := make([]string, len(h.Keywords))
		for i, w := range h.Keywords {
			words[i] = yamlScalar(w)
		}
		p.line("keywords: [" + strings.Join(words, ", ") + "]")
	}
	if len(h.Subjects) > 0 {
		p.line("subjects:")
		for _, s := range h.Subjects {
			p.line("  - " + yamlMapping("term", s.Term, "authority", s.Authority, "id", s.ID))
		}
	}
	scalar("license", h.License)
	scalar("rights", h.Rights)
	scalar("url", h.URL)
	ids := h.Identifiers
	if ids != (Identifiers{}) {
		p.line("identifiers: " + yamlMapping("doi", ids.DOI, "isbn", ids.ISBN, "issn", ids.ISSN, "ark", ids.ARK, "urn", ids.URN))
	}
	scalar("note-numbers", string(h.NoteNumbers))
	scalar("typography", string(h.Typography))
	scalar("digits", string(h.Digits))
	scalar("stale", string(h.Stale))
	if len(h.Labels) > 0 {
		p.line("labels:")
		names := make([]string, 0, len(h.Labels))
		for name := range h.Labels {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			scalar("  "+name, h.Labels[name])
		}
	}
	if pdf := pdfFields(&h.Settings.PDF); len(pdf) > 0 {
		p.line("pdf: {" + strings.Join(pdf, ", ") + "}")
	}
	if e := h.Settings.EPUB; e != (EPUBSettings{}) {
		p.line("epub: " + yamlMapping("cover", e.Cover, "conforms-to", e.ConformsTo, "certified-by", e.CertifiedBy))
	}
	if t, d := h.Settings.Text, defaultSettings().Text; t != d && t != (TextSettings{}) {
		p.line("text: " + fmt.Sprintf("{width: %d, newline: %s, bom: %t}", t.Width, cmp.Or(t.Newline, d.Newline), t.BOM))
	}
	p.line("---")
	p.line("")
}

// pdfFields writes the settings that the article gives.
func pdfFields(s *PDFSettings) []string {
	var out []string
	add := func(name, value string) {
		if value != "" {
			out = append(out, name+": "+value)
		}
	}
	length := func(name string, hundredths int) {
		if hundredths > 0 {
			add(name, fmt.Sprintf("%d.%02dpt", hundredths/100, hundredths%100))
		}
	}
	add("paper", s.Paper)
	length("margin-top", s.MarginTop)
	length("margin-bottom", s.MarginBottom)
	length("margin-inner", s.MarginInner)
	length("margin-outer", s.MarginOuter)
	if s.TwoSided {
		add("two-sided", "true")
	}
	length("size", s.Size)
	add("align", s.Align)
	add("links", s.Links)
	add("missing", s.Missing)
	var names []string
	for _, f := range s.Fonts {
		names = append(names, yamlScalar(f.Name))
	}
	if len(names) > 0 {
		add("fonts", "["+strings.Join(names, ", ")+"]")
	}
	return out
}

func (p *printer) persons(name string, persons []Person) {
	if len(persons) == 0 {
		return
	}
	p.line(name + ":")
	for _, x := range persons {
		p.line("  - " + yamlMapping("name", x.Name, "file-as", x.FileAs, "orcid", x.ORCID, "affiliation", x.Affiliation))
	}
}

// yamlMapping writes the pairs whose value is not empty.
func yamlMapping(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+yamlScalar(pairs[i+1]))
		}
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// yamlScalar writes s plain when no YAML reader can mistake it, else in
// quotation marks.
func yamlScalar(s string) string {
	plain := s != "" && (isLetter(s[0]) || s[0] >= 0x80) && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, ":") &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.ContainsAny(s, ",[]{}\"\\\n\t'")
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		plain = false
	}
	for _, r := range s {
		if r == '\u0085' || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\u00a0' {
			plain = false
		}
	}
	if plain {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\u0085", `\N`, "\u2028", `\L`, "\u2029", `\P`, "\ufeff", `\uFEFF`, "\u00a0", `\_`).Replace(s) + `"`
}
