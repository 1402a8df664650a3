package epub

import (
	"slices"
	"strings"

	"qalam/locales"
)

// page is a content document as lint knows it.
type page struct {
	*linter
	file   string
	nav    bool // it has the contents
	lang   string
	matter string // epub:type of the body
	ids    map[string]bool
	notes  map[string]bool // ids of its notes
	labels []string        // ids that name an element

	open    []frame
	heading int    // level of the last one, 0 before the first
	note    string // id of the open note
	ref     place  // the note that the open reference leads to
	list    string // epub:type of the open nav
}

// frame is an open element.
type frame struct {
	name, id string
	class    string
	text     bool // it has words, perhaps those of a picture
	shows    bool // it has words or a picture
	isNote   bool
	ways     int // how many ways back it has, in a note
}

// elements are those that a page may have, and what each must show.
var elements = map[string]struct{ text, shows bool }{
	"html": {}, "head": {}, "link": {}, "body": {}, "title": {text: true},
	"section": {shows: true}, "header": {text: true}, "nav": {text: true}, "div": {shows: true},
	"h1": {text: true}, "h2": {text: true}, "h3": {text: true}, "h4": {text: true}, "h5": {text: true}, "h6": {text: true},
	"p": {shows: true}, "blockquote": {shows: true}, "pre": {shows: true}, "hr": {},
	"ol": {}, "ul": {}, "li": {}, "dl": {shows: true}, "dt": {shows: true}, "dd": {shows: true},
	"figure": {shows: true}, "figcaption": {shows: true}, "img": {},
	"table": {}, "thead": {}, "tbody": {}, "tr": {}, "th": {}, "td": {},
	"a": {text: true}, "sup": {text: true}, "em": {shows: true}, "strong": {shows: true}, "s": {shows: true},
	"code": {}, "bdi": {shows: true}, "span": {shows: true}, "br": {},
}

// readPage scans a content document.
func (l *linter) readPage(i item) {
	p := &page{linter: l, file: i.file, nav: i.properties == "nav", ids: map[string]bool{}, notes: map[string]bool{}}
	l.pages[i.file] = p
	l.read(i.file, &scanner{start: p.start, end: p.end, text: p.text})
	for _, id := range p.labels {
		if !p.ids[id] {
			l.fault(p.file, "something is called what %s says, which is not there", id)
		}
	}
	if p.heading == 0 && p.matter != "cover" {
		l.fault(p.file, "it has no heading")
	}
}

func (p *page) start(t *tag) {
	if _, ok := elements[t.name]; !ok {
		p.fault(p.file, "an element %s", t.name)
	}
	f := frame{name: t.name, id: t.value("id"), class: t.value("class")}
	p.attributes(t)
	switch t.name {
	case "html":
		p.lang = t.value("lang")
		if !slices.Contains(p.pkg.languages, p.lang) {
			p.fault(p.file, "it is in %q, which is no language of the book", p.lang)
		}
	case "body":
		p.matter = t.value("epub:type")
	case "link":
		p.follow(p.file, t.value("href"))
	case "img":
		f.text, f.shows = p.image(t), true
	case "br":
		f.shows = true
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.header(int(t.name[1] - '0'))
	case "nav":
		p.list = t.value("epub:type")
		p.landmarked = p.landmarked || p.list == "landmarks"
	case "li":
		if f.isNote = t.has("epub:type", "footnote"); f.isNote {
			p.note = f.id
			p.notes[f.id] = true
		}
	case "a":
		f.text = t.value("aria-label") != ""
		p.anchor(t, f.id)
	}
	p.open = append(p.open, f)
}

// attributes checks what every element may have.
func (p *page) attributes(t *tag) {
	lang, hasLang := t.get("lang")
	xmlLang, _ := t.get("xml:lang")
	if hasLang || xmlLang != "" || t.name == "html" {
		// A span has no say in the order of characters, all else in another language has.
		if lang != xmlLang || !p.isTag(lang) || (t.value("dir") == "") != (t.name == "span") {
			p.fault(p.file, "%s has lang %q, xml:lang %q, dir %q", t.name, lang, xmlLang, t.value("dir"))
		}
	}
	for _, a := range t.attrs {
		switch a.name {
		case "id":
			if p.ids[a.value] || a.value == "" || a.value[0] >= '0' && a.value[0] <= '9' || strings.ContainsAny(a.value, " \n\t") {
				p.fault(p.file, "the id %q twice, or no id", a.value)
			}
			p.ids[a.value] = true
		case "aria-labelledby":
			p.labels = append(p.labels, a.value)
		case "aria-label":
			if strings.Trim(a.value, xmlSpace) == "" {
				p.fault(p.file, "%s has an empty label", t.name)
			}
		case "dir":
			if a.value != string(locales.LTR) && a.value != string(locales.RTL) {
				p.fault(p.file, "%s is written %q", t.name, a.value)
			}
		case "epub:type":
			words := strings.Fields(a.value)
			slices.Sort(words)
			if len(words) == 0 || len(slices.Compact(words)) != len(strings.Fields(a.value)) {
				p.fault(p.file, "%s has the types %q", t.name, a.value)
			}
		case "style":
			p.fault(p.file, "%s has a style of its own", t.name)
		}
	}
}

// isTag reports whether s is a language tag.
func (l *linter) isTag(s string) bool {
	ok, known := l.tags[s]
	if !known {
		_, err := locales.ParseTag(s)
		ok = err == nil
		l.tags[s] = ok
	}
	return ok
}

// image checks a picture and reports whether it has words.
func (p *page) image(t *tag) bool {
	p.follow(p.file, t.value("src"))
	alt, ok := t.get("alt")
	if !ok || alt != "" && strings.Trim(alt, xmlSpace) == "" {
		p.fault(p.file, "the picture %s has no alternative text", t.value("src"))
	}
	p.words = p.words || alt != ""
	return alt != ""
}

// header checks the level of a heading, and that the contents lead to it.
func (p *page) header(level int) {
	if level == 1 != (p.heading == 0) || level > p.heading+1 {
		p.fault(p.file, "a heading of level %d after one of level %d", level, p.heading)
	}
	p.heading = level
	if level == 1 || p.nav || len(p.open) == 0 {
		return
	}
	if parent := p.open[len(p.open)-1]; parent.name == "section" {
		p.headings = append(p.headings, place{p.file, parent.id})
	}
}

// anchor checks a link, and keeps what it is to the notes and the contents.
func (p *page) anchor(t *tag, id string) {
	href, ok := t.get("href")
	if !ok {
		p.fault(p.file, "a link without an address")
		return
	}
	if slices.ContainsFunc(p.open, func(f frame) bool { return f.name == "a" }) {
		p.fault(p.file, "a link in a link")
	}
	to, within := p.follow(p.file, href)
	switch {
	case t.value("role") == "doc-noteref":
		if id == "" || !within || !t.has("epub:type", "noteref") {
			p.fault(p.file, "the reference %s is none to every reader", id)
		}
		p.refs[to] = append(p.refs[to], place{p.file, id})
		p.ref = to
	case t.value("role") == "doc-backlink":
		if p.note == "" || !within || t.value("aria-label") == "" {
			p.fault(p.file, "a way back outside a note, or without a name")
		}
		note := place{p.file, p.note}
		p.ways[note] = append(p.ways[note], to)
		for i := range p.open {
			p.open[i].ways++
		}
	case p.list == "toc":
		p.contents = append(p.contents, to)
	case p.list == "landmarks":
		if len(strings.Fields(t.value("epub:type"))) != 1 {
			p.fault(p.file, "the landmark %s has not one type", href)
		}
	}
}

func (p *page) text(s string) {
	if strings.Trim(s, xmlSpace) != "" {
		f := &p.open[len(p.open)-1]
		f.text, f.shows = f.text || visible(s), true
	}
}

func (p *page) end() {
	n := len(p.open) - 1
	f := p.open[n]
	p.open = p.open[:n]
	must := elements[f.name]
	if must.text && !f.text || must.shows && !f.shows {
		p.fault(p.file, "an empty %s %s", f.name, f.class)
	}
	switch {
	case f.isNote:
		if f.ways == 0 {
			p.fault(p.file, "no way back from %s", f.id)
		}
		p.note = ""
	case f.name == "nav":
		p.list = ""
	case f.name == "a":
		p.ref = place{}
	case p.ref != place{}:
		p.fault(p.file, "a reference to %s that is no bare text", p.ref)
	}
	if n == 0 {
		return
	}
	parent := &p.open[n-1]
	if parent.isNote { // the ways back are in the last block
		parent.ways = f.ways
	}
	parent.text = parent.text || f.text
	parent.shows = parent.shows || f.shows
}
