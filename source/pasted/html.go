package pasted

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// Reader reads a file of one type. Read and ReadHTML are readers.
type Reader func(data []byte, opts Options) (*Result, diag.List)

// ReaderFor is the reader for a file, by the ending of its name or by how it
// begins.
func ReaderFor(name string, data []byte) Reader {
	if IsHTML(name, data) {
		return ReadHTML
	}
	return Read
}

// IsHTML reports whether a file is a page of HTML: its name says so, or it
// begins as pages do.
func IsHTML(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht":
		return true
	case ".txt", ".text", ".md":
		return false
	}
	const most = 1024
	s := bytes.ToLower(data[:min(len(data), most)])
	s = bytes.TrimLeft(bytes.TrimPrefix(s, []byte("\ufeff")), " \t\r\n")
	for _, start := range []string{"<!doctype html", "<html", "<meta charset", "<meta http-equiv", "<head", "<body"} {
		if bytes.HasPrefix(s, []byte(start)) {
			return true
		}
	}
	return bytes.HasPrefix(s, []byte("<?xml")) && bytes.Contains(s, []byte("<html"))
}

// ReadHTML recovers an article from a page of HTML, as browsers save it and put
// it on the clipboard and as word processors export it. References are links
// to notes, or numbers in superscript that a numbered list at the end answers.
// Everything that a browser shows is in the article, apart from what there is
// to find one's way on the site; nothing outside the file is read.
//
// The concordance has the references, and the numbers in superscript that are
// none. Places are those of the file.
func ReadHTML(data []byte, opts Options) (*Result, diag.List) {
	r, diags := readHTML(data, opts)
	if r == nil {
		return nil, diags
	}
	return r.result, diags
}

// htmlReader is a page that is being read.
type htmlReader struct {
	*text
	opts    Options
	guessed bool // the language
	diags   *diag.List
	tags    *htmlTags
	page    *htmlPage

	links    map[*htmlNode]*htmlLink
	notes    []*htmlNote // by place
	owner    map[*htmlNode]*htmlNote
	byNumber map[int]*htmlNote
	ordinals map[*htmlNode]int // numbers of items of lists

	titleNode *htmlNode
	titleRefs []htmlRun // references in the title
	header    source.Header
	head      []HeadLine
	base      *url.URL // what addresses are relative to; nil when it is not known

	// What is being written.
	blocks  []source.Block
	out     *[]source.Block
	note    *htmlNote // nil in the text
	runs    []htmlRun
	pending bool // a space is to follow
	level   int  // of a heading
	flat    int  // within what has no blocks
	depth   int
	started int // blocks so far in the note
	strip   int
	offset  int // where the last block began
	highest int // number of the last note that was referred to for the first time

	offsets map[source.Block]int
	markers map[source.Block]bool // where notes were
	lines   []htmlLine
	images  []*htmlNode
	left    []*htmlNode // what was left out
	local   []*htmlNode // links within the site
	refused []*htmlRefused

	checkpoints  []checkpoint
	listHeadings []TextLine
	headings     []TextLine
	result       *Result
}

// checkpoint is a place in the file: every so many bytes there is one.
type checkpoint struct{ line, column int32 }

const checkpointEvery = 512

func readHTML(data []byte, opts Options) (*htmlReader, diag.List) {
	var diags diag.List
	decoded, ok := decodeHTML(data, opts.Path, &diags)
	if !ok {
		return nil, diags
	}
	t := newText(opts.Path, decoded, &diags)
	if t == nil {
		return nil, diags
	}
	r := &htmlReader{
		text: t, opts: opts, diags: &diags, tags: newHTMLTags(),
		owner: map[*htmlNode]*htmlNote{}, byNumber: map[int]*htmlNote{}, ordinals: map[*htmlNode]int{},
		offsets: map[source.Block]int{}, markers: map[source.Block]bool{}, headings: []TextLine{},
	}
	r.checkpoint()
	if r.page = parseHTML(t.src, r.tags); r.page == nil {
		diags.Errorf(diag.Pos{Path: opts.Path}, "html-size", "the page has more than %d elements", maxHTMLNodes).
			Hint = "copy the article alone, and paste it into a file"
		return nil, diags
	}
	r.findNotes()
	r.readMeta()
	r.out = &r.blocks
	r.flow(r.page.root, htmlContext{})
	r.flush()
	if r.titleRefs != nil {
		r.runs, r.titleRefs = r.titleRefs, nil
		r.flush()
	}
	notes := r.readNotes()
	r.afterBody()
	if len(r.blocks) == 0 {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text").
			Hint = "save the page again, or paste its text into a file"
		return nil, diags
	}
	a := &source.Article{Path: "article.md", Lang: r.opts.Lang, Header: r.header, Blocks: r.blocks, Notes: notes}
	r.result = &Result{Article: a, Concordance: r.concordance()}
	r.report()
	diags.Sort()
	return r, diags
}

// encodingOf is an encoding of one byte a character, by the names that pages
// use; nil for others.
func encodingOf(label string) *charmap.Charmap {
	return map[string]*charmap.Charmap{
		"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252,
		"windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254, "windows-1255": charmap.Windows1255,
		"windows-1256": charmap.Windows1256, "windows-1257": charmap.Windows1257, "windows-1258": charmap.Windows1258,
		"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "us-ascii": charmap.Windows1252,
		"iso-8859-2": charmap.ISO8859_2, "iso-8859-5": charmap.ISO8859_5, "iso-8859-6": charmap.ISO8859_6,
		"iso-8859-7": charmap.ISO8859_7, "iso-8859-8": charmap.ISO8859_8, "iso-8859-9": charmap.Windows1254,
		"iso-8859-15": charmap.ISO8859_15, "koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U, "macintosh": charmap.Macintosh,
		"cp1251": charmap.Windows1251, "cp1252": charmap.Windows1252,
	}[label]
}

// decodeHTML makes UTF-8 of a page. What is UTF-8 already stays, whatever the
// page says of itself: browsers save pages anew and leave their words as they
// were.
func decodeHTML(data []byte, name string, diags *diag.List) ([]byte, bool) {
	var dec *encoding.Decoder
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}), bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		dec = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case utf8.Valid(data):
		return data, true
	default:
		label := declaredEncoding(data)
		if label == "" || label == "utf-8" {
			return data, true // whoever reads it says where the first wrong byte is
		}
		m := encodingOf(label)
		if m == nil {
			diags.Errorf(diag.Pos{Path: name}, "html-encoding", "the page says that it is in %q, which is not known here", label).
				Hint = "open it in a browser, and save it, or copy the article, as UTF-8"
			return nil, false
		}
		dec = m.NewDecoder()
	}
	out, err := dec.Bytes(data)
	if err != nil {
		diags.Errorf(diag.Pos{Path: name}, "html-encoding", "the page cannot be read in the encoding that it names: %v", err).
			Hint = "open it in a browser, and save it, or copy the article, as UTF-8"
		return nil, false
	}
	return out, true
}

// declaredEncoding is the encoding that the start of a page names.
func declaredEncoding(data []byte) string {
	const most = 4096
	s := strings.ToLower(string(data[:min(len(data), most)]))
	for _, key := range []string{"charset", "encoding"} {
		for rest := s; ; {
			i := strings.Index(rest, key)
			if i < 0 {
				break
			}
			rest = strings.TrimLeft(rest[i+len(key):], " \t\r\n")
			if v, ok := strings.CutPrefix(rest, "="); ok {
				v = strings.TrimLeft(v, " \t\r\n\"'")
				if n := strings.IndexAny(v, "\"' ;>?\r\n\t"); n > 0 {
					return v[:n]
				}
			}
		}
	}
	return ""
}

// checkpoint makes the table of places.
func (r *htmlReader) checkpoint() {
	at := checkpoint{1, 1}
	for i, c := range r.src {
		if i%checkpointEvery == 0 {
			r.checkpoints = append(r.checkpoints, at)
		}
		switch {
		case c == '\n':
			at.line++
			at.column = 1
		case utf8.RuneStart(c):
			at.column++
		}
	}
	if len(r.src)%checkpointEvery == 0 {
		r.checkpoints = append(r.checkpoints, at)
	}
}

// at is the place of the byte at off.
func (r *htmlReader) at(off int) diag.Pos {
	off = min(off, len(r.src))
	k := off / checkpointEvery
	at := r.checkpoints[min(k, len(r.checkpoints)-1)]
	for _, c := range r.src[k*checkpointEvery : off] {
		switch {
		case c == '\n':
			at.line++
			at.column = 1
		case utf8.RuneStart(c):
			at.column++
		}
	}
	return diag.Pos{Path: r.opts.Path, Line: at.line, Column: at.column}
}

// readMeta reads what the page says of itself.
func (r *htmlReader) readMeta() {
	if r.opts.Lang == "" {
		if tag, err := locales.ParseTag(r.page.lang); err == nil {
			r.opts.Lang = tag
		} else {
			words := newText(r.opts.Path, []byte(r.page.root.words(r.tags, 0)), &diag.List{})
			r.opts.Lang, r.guessed = words.guessLang(), true
		}
	}
	metas := map[string]*htmlNode{}
	for _, m := range r.page.metas {
		name := strings.ToLower(cmp.Or(m.attr("property"), m.attr("name"), m.attr("itemprop")))
		switch {
		case m.tag == "link" && m.attr("rel") == "canonical":
			name = "canonical"
			m.attrs = append(m.attrs, html.Attribute{Key: "content", Val: m.attr("href")})
		case m.tag == "base":
			if u, err := url.Parse(m.attr("href")); err == nil && u.IsAbs() && r.base == nil {
				r.base = u
			}
		}
		if metas[name] == nil && m.attr("content") != "" {
			metas[name] = m
		}
	}
	value := func(names ...string) (string, *htmlNode) {
		for _, name := range names {
			if m := metas[name]; m != nil {
				return oneLine(cleanHTML(m.attr("content"))), m
			}
		}
		return "", nil
	}
	add := func(field, text string, n *htmlNode) {
		r.head = append(r.head, HeadLine{Field: field, Line: int(r.at(n.off).Line), Text: text})
	}
	if s, _ := value("canonical", "og:url"); webAddress(s) {
		if u, err := url.Parse(s); err == nil && u.Host != "" { // not mailto
			r.header.URL = s
			if r.base == nil {
				r.base = u
			}
		}
	}
	r.findTitle(value)
	name, author := value("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author")
	if author == nil || strings.Contains(name, "://") {
		name, author = "", nil
		r.page.root.each(func(n *htmlNode) bool {
			if author != nil || n != r.page.root && (n.isHidden(r.tags) || n.isFurniture()) {
				return false
			}
			if n.attr("rel") == "author" || n.attr("itemprop") == "author" || n.class("byline", "author", "p-author", "entry-author", "article-author") {
				s := n.words(r.tags, 160)
				if s = withoutBy(s); s != "" && len(strings.Fields(s)) <= 10 && !strings.ContainsAny(s, "0123456789.!?:") {
					name, author = s, n
				}
			}
			return author == nil
		})
	}
	if author != nil {
		for _, p := range splitNames(name) {
			r.header.Authors = append(r.header.Authors, source.Person{Name: p})
		}
		add("authors", name, author)
	}
	date, when := value("citation_publication_date", "article:published_time", "citation_date", "datepublished", "dc.date", "dcterms.date", "date", "parsely-pub-date")
	d, ok := isoDate(date)
	if !ok {
		when = nil
		r.page.root.each(func(n *htmlNode) bool {
			if n != r.page.root && (n.isHidden(r.tags) || n.isFurniture()) {
				return false
			}
			if n.tag == "time" && when == nil {
				if v, ok := isoDate(cmp.Or(n.attr("datetime"), n.words(r.tags, 20))); ok {
					d, date, when = v, n.words(r.tags, 80), n
				}
			}
			return when == nil
		})
	}
	if when != nil {
		r.header.Date = d
		add("date", cmp.Or(date, d.String()), when)
	}
	if s, m := value("article:section"); s != "" {
		r.header.Section = s
		add("section", s, m)
	}
}

// findTitle finds the title: the heading that the page names in its head, or
// its only heading of level 1.
func (r *htmlReader) findTitle(value func(...string) (string, *htmlNode)) {
	named, at := value("citation_title", "og:title", "dc.title", "twitter:title")
	if at == nil && r.page.title != nil {
		var b strings.Builder
		for _, k := range r.page.title.kids {
			b.WriteString(k.text)
		}
		named, at = oneLine(b.String()), r.page.title
	}
	var tops []*htmlNode
	r.page.root.each(func(n *htmlNode) bool {
		if n != r.page.root && (n.isHidden(r.tags) || n.isFurniture() || r.owner[n] != nil) {
			return false
		}
		if n.tag == "h1" && n.words(r.tags, 1) != "" {
			tops = append(tops, n)
		}
		return n.tag != "h1" && n.tag != "table"
	})
	for _, n := range tops {
		s := n.words(r.tags, 1000)
		if len(tops) == 1 || len(s) > 3 && named != "" && (strings.Contains(named, s) || strings.Contains(s, named)) {
			r.titleNode = n
			break
		}
	}
	switch title := oneLine(r.opts.Title); {
	case title != "":
		r.header.Title = title
	case r.titleNode == nil && named != "":
		r.header.Title = named
		r.head = append(r.head, HeadLine{Field: "title", Line: int(r.at(at.off).Line), Text: named})
	}
}

// takeTitle makes the title of the line that was read.
func (r *htmlReader) takeTitle(n *htmlNode) {
	runs := r.runs
	r.runs, r.pending = nil, false
	var words []byte
	r.excerpts(runs)
	shown := runs[:0:0]
	for _, x := range runs {
		if x.kind == runRef {
			r.titleRefs = append(r.titleRefs, x)
			continue
		}
		shown = append(shown, x)
		words = append(words, x.text...)
	}
	s := oneLine(string(words))
	r.lines = append(r.lines, htmlLine{heading: true, off: n.off, runs: shown})
	field := "title"
	switch {
	case r.header.Title == "" || strings.EqualFold(r.header.Title, s):
		r.header.Title = cmp.Or(r.header.Title, s)
	default:
		field = "subtitle"
		r.header.Subtitle = s
		r.diags.Warnf(r.at(n.off), "pasted-title-differs", "the page has another title; it has become the subtitle").
			Hint = "delete it in article.md if it is not wanted"
	}
	r.head = append(r.head, HeadLine{Field: field, Line: int(r.at(n.off).Line), Text: s})
	if r.titleRefs != nil {
		r.diags.Warnf(r.at(n.off), "pasted-title-note", "the title refers to a note; the reference is at the end of the first paragraph").
			Hint = "titles have no notes: put it where it belongs in article.md"
	}
}

// withoutBy is a byline without the word before the names.
func withoutBy(s string) string {
	for _, by := range []string{"by ", "par ", "von ", "por ", "автор: "} {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) {
			return strings.TrimSpace(s[len(by):])
		}
	}
	return s
}

func splitNames(s string) []string {
	var out []string
	for _, part := range strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, " and ", ";"), " & ", ";"), ";") {
		if part = strings.Trim(part, ", "); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// isoDate reads the date at the start of "2022-01-27T10:00Z" or "2022/01/27".
func isoDate(s string) (locales.Date, bool) {
	if len(s) < 10 {
		return locales.Date{}, false
	}
	d, err := locales.ParseDate(strings.ReplaceAll(s[:10], "/", "-"))
	return d, err == nil && d.Day > 0
}

// webAddress reports whether an article can have a link to s.
func webAddress(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	u, err := url.Parse(s)
	if !ok || err != nil || strings.ContainsAny(s, " \t\n<>\"\\`") || !utf8.ValidString(s) {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return strings.Contains(rest, "@")
	}
	return false
}

// address is where a link leads, as an article can have it; "" for a place
// within the page or the site.
func (r *htmlReader) address(href string, n *htmlNode) string {
	href = strings.ReplaceAll(cleanHTML(href), "\n", "")
	switch {
	case href == "", strings.HasPrefix(href, "#"):
		return ""
	case webAddress(href):
		return href
	}
	escaped := strings.NewReplacer(" ", "%20", "\t", "%09", "<", "%3C", ">", "%3E", `"`, "%22", `\`, "%5C", "`", "%60").Replace(href)
	if webAddress(escaped) {
		return escaped
	}
	if u, err := url.Parse(escaped); err == nil && r.base != nil {
		if s := r.base.ResolveReference(u).String(); webAddress(s) {
			return s
		}
	}
	if !strings.HasPrefix(strings.ToLower(href), "javascript:") {
		r.local = append(r.local, n)
	}
	return ""
}

// leaveOut remembers what is not in the article.
func (r *htmlReader) leaveOut(n *htmlNode) {
	r.left = append(r.left, n)
	r.pending = true
}

// readNotes reads the notes.
func (r *htmlReader) readNotes() []*source.Note {
	var out []*source.Note
	for _, n := range r.notes {
		r.note = n
		var blocks []source.Block
		r.out, r.started = &blocks, 0
		r.strip = stripMark
		for _, m := range n.nodes {
			ctx := r.styled(m, htmlContext{})
			r.offset = m.off
			delete(r.owner, m)
			switch {
			case m.tag == "tr":
				r.cells(m, ctx)
			case !r.tags.blocks[m.tag]:
				r.node(m, ctx)
			case m.tag == "li" || m.tag == "dd" || m.tag == "dt":
				r.flow(m, ctx)
			default:
				r.block(m, ctx)
			}
			r.flush()
		}
		for len(blocks) > 0 {
			if _, ok := blocks[0].(*source.Rule); !ok {
				break
			}
			blocks = blocks[1:]
		}
		out = append(out, &source.Note{Label: strconv.Itoa(n.number), Blocks: blocks})
	}
	r.note = nil
	return out
}

// cells reads the row of a table that is a note.
func (r *htmlReader) cells(tr *htmlNode, ctx htmlContext) {
	for _, c := range tr.kids {
		if !c.isHidden(r.tags) {
			r.pending = true
			r.flow(c, ctx)
		}
	}
}

// afterBody takes out what is no part of the text: the marks of where notes
// were, the heading above them, and the byline and date that the front matter
// has.
func (r *htmlReader) afterBody() {
	var out []source.Block
	for i, b := range r.blocks {
		if r.markers[b] {
			continue
		}
		if h, ok := b.(*source.Heading); ok {
			line := TextLine{int(r.at(r.offsets[b]).Line), plainText(h.Text)}
			if !refersToNote(h.Text) && r.aboveNotes(i, h.Text) {
				r.listHeadings = append(r.listHeadings, line)
				continue
			}
			r.headings = append(r.headings, line)
		}
		if _, ok := b.(*source.Rule); ok && r.aboveNotes(i, nil) {
			continue
		}
		if p, ok := b.(*source.Paragraph); ok && isNotesHeading(plainText(p.Text)) && r.aboveNotes(i, p.Text) {
			r.listHeadings = append(r.listHeadings, TextLine{int(r.at(r.offsets[b]).Line), plainText(p.Text)})
			continue
		}
		if p, ok := b.(*source.Paragraph); ok && len(out) < 6 && r.inHeader(p) {
			continue
		}
		out = append(out, b)
	}
	r.blocks = out
}

// aboveNotes reports whether nothing but notes follows block i up to the next
// heading, or notes follow it and it is a heading that says so.
func (r *htmlReader) aboveNotes(i int, heading []source.Inline) bool {
	notes := false
	named := isNotesHeading(plainText(heading))
	for _, b := range r.blocks[i+1:] {
		if r.markers[b] {
			notes = true
			continue
		}
		if _, ok := b.(*source.Rule); ok && !notes {
			continue
		}
		_, next := b.(*source.Heading)
		return notes && (next || named)
	}
	return notes
}

// inHeader reports whether a paragraph says nothing but what the front matter
// says: the names of the authors, or the date.
func (r *htmlReader) inHeader(p *source.Paragraph) bool {
	s := plainText(p.Text)
	for _, h := range r.head {
		if h.Field == "authors" && strings.EqualFold(withoutBy(s), withoutBy(h.Text)) || h.Field == "date" && s == h.Text {
			return !refersToNote(p.Text)
		}
	}
	return false
}

// refersToNote reports whether a reference is in a line.
func refersToNote(text []source.Inline) bool {
	return slices.ContainsFunc(text, func(in source.Inline) bool { _, ok := in.(*source.NoteRef); return ok })
}

// plainText is the words of a line.
func plainText(text []source.Inline) string {
	var b strings.Builder
	writePlain(&b, text)
	return oneLine(b.String())
}

func writePlain(b *strings.Builder, text []source.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case *source.Text:
			b.WriteString(in.Value)
		case *source.CodeSpan:
			b.WriteString(in.Value)
		case *source.Emph:
			writePlain(b, in.Text)
		case *source.Strong:
			writePlain(b, in.Text)
		case *source.Strike:
			writePlain(b, in.Text)
		case *source.Link:
			writePlain(b, in.Text)
		case *source.Span:
			writePlain(b, in.Text)
		case *source.Break:
			b.WriteByte(' ')
		case *source.NoteRef:
		default:
			panic(fmt.Sprintf("pasted: unknown inline %T", in))
		}
	}
}

// concordance writes down what every superscript was taken for.
func (r *htmlReader) concordance() Concordance {
	c := Concordance{Lang: r.opts.Lang, Guessed: r.guessed, Confidence: Unknown, Head: r.head, Headings: r.headings, Notes: []NoteEntry{}, Rejected: []Candidate{}, Ambiguous: []Candidate{}}
	if c.Head == nil {
		c.Head = []HeadLine{}
	}
	if len(r.listHeadings) > 0 {
		c.ListHeading, c.MoreListHeadings = &r.listHeadings[0], r.listHeadings[1:]
	}
	slices.SortStableFunc(c.Head, func(a, b HeadLine) int { return a.Line - b.Line })
	beginnings := map[*htmlNote]string{}
	for _, l := range r.lines {
		if s := beginnings[l.note]; s != "" && l.note != nil {
			beginnings[l.note] = s + " "
		}
		for _, x := range l.runs {
			if x.ref != nil {
				x.ref.note.refs = append(x.ref.note.refs, x.ref)
				if x.ref.doubt {
					at := r.at(x.ref.off)
					c.Ambiguous = append(c.Ambiguous, Candidate{strconv.Itoa(x.ref.note.number), int(at.Line), int(at.Column), x.ref.context, x.ref.reason, x.ref.reason.words()})
				}
			}
			if x.refused != nil {
				r.refused = append(r.refused, x.refused)
			}
			if l.note != nil && x.kind != runRef && len(beginnings[l.note]) < 4*noteWidth {
				if x.kind == runBreak {
					beginnings[l.note] += " "
				}
				beginnings[l.note] += string(x.text[:min(len(x.text), 8*noteWidth)])
			}
		}
	}
	for _, n := range r.notes {
		at := r.at(r.markOffsetOf(n))
		words := []byte(strings.ToValidUTF8(beginnings[n], ""))
		t := lineOfText(words)
		e := NoteEntry{Number: n.number, Label: strconv.Itoa(n.number), Mark: n.mark, Line: int(at.Line), Column: int(at.Column), Text: t.beginning(t.rows[0].from, noteWidth), Confidence: Certain, References: []Reference{}}
		if len(n.refs) == 0 {
			e.Confidence = Unknown
		}
		slices.SortStableFunc(n.refs, func(a, b *htmlRef) int { return a.off - b.off })
		for _, ref := range n.refs {
			at := r.at(ref.off)
			if ref.doubt {
				e.Confidence = worse(e.Confidence, Likely)
			}
			e.References = append(e.References, Reference{Line: int(at.Line), Column: int(at.Column), Mark: cmp.Or(ref.mark, n.mark), Context: ref.context, Ambiguous: ref.doubt})
		}
		if len(c.Notes) == 0 {
			c.Confidence = Certain
		}
		c.Confidence = worse(c.Confidence, e.Confidence)
		c.Notes = append(c.Notes, e)
	}
	slices.SortStableFunc(r.refused, func(a, b *htmlRefused) int { return a.off - b.off })
	for _, x := range r.refused {
		at := r.at(x.off)
		c.Rejected = append(c.Rejected, Candidate{x.text, int(at.Line), int(at.Column), x.context, x.reason, x.reason.words()})
	}
	return c
}

// markOffsetOf is where a note begins.
func (r *htmlReader) markOffsetOf(n *htmlNote) int {
	if t := r.firstText(n.nodes[0]); t != nil {
		return t.off + max(0, len(t.raw)-len(strings.TrimLeft(t.raw, " \t\n")))
	}
	return n.nodes[0].off
}

// report says what an author should look at.
func (r *htmlReader) report() {
	if r.header.Title == "" {
		r.diags.Warnf(diag.Pos{Path: r.opts.Path, Line: 1}, "pasted-title", "the page has no title").
			Hint = "give it with --title, or write it after title: in article.md"
	}
	if len(r.notes) == 0 {
		d := r.diags.Warnf(diag.Pos{Path: r.opts.Path}, "pasted-no-notes", "no notes were found: no link leads to one, and no numbered list answers numbers in superscript; the article has no notes")
		d.Hint = "if the numbers of notes are plain digits here, save the page as plain text and import that"
		if len(r.refused) > 0 {
			d.Pos = r.at(r.refused[0].off)
		}
	}
	for i, n := range r.result.Article.Notes {
		at := r.at(r.markOffsetOf(r.notes[i]))
		if len(n.Blocks) == 0 {
			r.diags.Warnf(at, "pasted-note-empty", "note %s has no text", n.Label).
				Hint = "write it in article.md"
		}
		if len(r.notes[i].refs) == 0 {
			r.diags.Warnf(at, "pasted-note-uncited", "nothing in the text refers to note %s", n.Label).
				Hint = "its text is in the article; put [^" + n.Label + "] where it belongs, or delete it"
		}
		for _, ref := range r.notes[i].refs {
			if ref.doubt {
				r.diags.Warnf(r.at(ref.off), "mark-ambiguous", "%s can refer to a note or be %s; it is taken for a reference", n.Label, ref.reason.words()).
					Hint = "if it is none, write the number in place of [^" + n.Label + "]"
			}
		}
	}
	if len(r.notes) > 0 {
		for _, x := range r.refused {
			if x.reason == ReasonNoNote {
				r.diags.Warnf(r.at(x.off), "mark-no-note", "%s looks like a reference, and no note has this number; it is text", x.text).
					Hint = "add the note to article.md, with its reference"
			}
		}
	}
	r.reportMany(r.images, "pasted-image", "an image is not in the article, only the words that the page has for it", "images", "save it into the folder, and write ![what it shows](images/file.png)")
	r.reportMany(r.local, "pasted-link", "a link leads to a place within its site, whose address is not known; only its words are in the article", "such links", "write the whole address in article.md")
	r.reportMany(r.left, "pasted-left-out", "what is here to find one's way, or to be played, is not in the article", "such parts", "copy what belongs to the article into article.md")
}

// reportMany reports the first of several things of a kind.
func (r *htmlReader) reportMany(nodes []*htmlNode, code, message, more, hint string) {
	if len(nodes) == 0 {
		return
	}
	if n := len(nodes) - 1; n > 0 {
		message += fmt.Sprintf(" (and %d more %s)", n, more)
	}
	r.diags.Warnf(r.at(nodes[0].off), code, "%s", message).Hint = hint
}
