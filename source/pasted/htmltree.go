package pasted

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// htmlNode is an element or a piece of text of a page. The tree is not quite
// that of a browser: it is made in one pass, each node knows its offset, and
// it is never deeper than maxHTMLDepth, below which elements stand side by
// side. Text is never lost or moved.
type htmlNode struct {
	tag    string // "" for text
	closer string // the end tag that closes it
	text   string // of text, with entities resolved
	raw    string // of text, as it stands in the file
	attrs  []html.Attribute
	off    int // offset in the file
	parent *htmlNode
	kids   []*htmlNode
	index  int // in the order of the file
	last   int // index of the last node in it
	place  int // among the kids of its parent
}

const (
	maxHTMLDepth = 400
	maxHTMLNodes = 1 << 20
)

// set makes a set of words.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// htmlTags is what the reader knows of elements. What is in no set is part of
// a line.
type htmlTags struct {
	void     map[string]bool // without content
	blocks   map[string]bool // on lines of their own
	groups   map[string]bool // where the search for an open item ends
	hidden   map[string]bool // never shown
	fallback map[string]bool // shown only where something else cannot be
	nothing  map[string]bool // tags that may be missing, and make no difference
}

func newHTMLTags() *htmlTags {
	return &htmlTags{
		void: set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"),
		blocks: set("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
			"h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre search section summary " +
			"table tbody td tfoot th thead tr ul xmp"),
		groups: set("ul ol menu dir dl table td th tr caption blockquote section article aside fieldset details figure main nav header footer form button"),
		hidden: set("script style template noscript iframe noembed noframes meta link base basefont bgsound param source track title datalist " +
			"annotation annotation-xml col colgroup area input keygen frame frameset"),
		fallback: set("video audio canvas object embed applet"),
		nothing:  set("html head body"),
	}
}

// treeBuilder makes a tree of tokens.
type treeBuilder struct {
	tags  *htmlTags
	stack []*htmlNode
	open  map[string]int // how many elements of a name are in stack
	count int
	page  *htmlPage
}

// htmlPage is a page that has been read.
type htmlPage struct {
	root  *htmlNode
	lang  string // of the html or body element
	title *htmlNode
	metas []*htmlNode // meta, link and base elements
}

// parseHTML makes a tree of a page; nil when it has too many nodes.
func parseHTML(src []byte, tags *htmlTags) *htmlPage {
	root := &htmlNode{tag: "body"}
	b := treeBuilder{tags: tags, stack: []*htmlNode{root}, open: map[string]int{}, page: &htmlPage{root: root}}
	z := html.NewTokenizer(bytes.NewReader(src))
	for off := 0; ; {
		kind := z.Next()
		start := off
		off += len(z.Raw())
		if kind == html.ErrorToken {
			break
		}
		if b.count > maxHTMLNodes {
			return nil
		}
		switch kind {
		case html.TextToken:
			raw := string(z.Raw())
			if text := cleanHTML(string(z.Text())); text != "" {
				b.add(&htmlNode{text: text, raw: raw, off: start})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			b.start(&htmlNode{tag: t.Data, attrs: t.Attr, off: start})
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name), start)
		}
	}
	n := 0
	root.number(&n)
	return b.page
}

// cleanHTML puts U+FFFD for characters that an article cannot have, which
// entities can name.
func cleanHTML(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\f', r == '\v', r == 0x85, r == 0x2028, r == 0x2029:
			return ' '
		case unshowable(r):
			return '\uFFFD'
		}
		return r
	}, s)
}

func (n *htmlNode) number(next *int) {
	n.index = *next
	*next++
	for i, k := range n.kids {
		k.place = i
		k.number(next)
	}
	n.last = *next - 1
}

func (b *treeBuilder) top() *htmlNode { return b.stack[len(b.stack)-1] }

func (b *treeBuilder) add(n *htmlNode) {
	n.parent = b.top()
	n.parent.kids = append(n.parent.kids, n)
	b.count++
}

// start opens an element, after those whose end it implies.
func (b *treeBuilder) start(n *htmlNode) {
	switch {
	case b.tags.nothing[n.tag]:
		if lang := cmp.Or(n.attr("lang"), n.attr("xml:lang")); lang != "" && b.page.lang == "" {
			b.page.lang = lang
		}
		return
	case n.tag == "title" && b.page.title == nil && b.open["svg"] == 0:
		b.page.title = n
	case n.tag == "meta" || n.tag == "link" || n.tag == "base":
		b.page.metas = append(b.page.metas, n)
	}
	if b.tags.blocks[n.tag] {
		b.close("p", func(tag string) bool {
			return tag == "td" || tag == "th" || tag == "table" || tag == "button" || tag == "caption"
		})
	}
	inTable := func(tag string) bool { return tag == "table" }
	switch n.tag {
	case "li":
		b.close("li", func(tag string) bool { return b.tags.groups[tag] })
	case "dd", "dt":
		stop := func(tag string) bool { return b.tags.groups[tag] || tag == "li" }
		b.close("dd", stop)
		b.close("dt", stop)
	case "td", "th":
		b.close("td", func(tag string) bool { return tag == "tr" || inTable(tag) })
		b.close("th", func(tag string) bool { return tag == "tr" || inTable(tag) })
	case "tr":
		b.close("tr", inTable)
	case "thead", "tbody", "tfoot":
		for _, group := range []string{"thead", "tbody", "tfoot", "caption"} {
			b.close(group, inTable)
		}
	case "option":
		b.close("option", func(tag string) bool { return tag == "select" })
	case "a":
		b.close("a", func(tag string) bool { return b.tags.blocks[tag] })
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if t := b.top().tag; len(t) == 2 && t[0] == 'h' && t[1] >= '1' && t[1] <= '6' {
			b.pop()
		}
	}
	n.closer = n.tag
	if n.tag == "span" && strings.Contains(strings.ReplaceAll(n.attr("style"), " ", ""), "vertical-align:super") {
		n.tag = "sup" // as Google Docs has it
	}
	b.add(n)
	if !b.tags.void[n.tag] && len(b.stack) < maxHTMLDepth {
		b.stack = append(b.stack, n)
		b.open[n.closer]++
	}
}

// end closes the nearest open element of that name. Elements of a line do not
// close what stands on lines of its own, and nothing within a cell closes what
// is around the table.
func (b *treeBuilder) end(name string, off int) {
	if name == "br" {
		b.add(&htmlNode{tag: "br", off: off})
		return
	}
	block := b.tags.blocks[name]
	b.close(name, func(tag string) bool {
		switch {
		case !block:
			return b.tags.blocks[tag]
		case name == "table":
			return false
		case name == "tr" || name == "tbody" || name == "thead" || name == "tfoot" || name == "td" || name == "th":
			return tag == "table"
		}
		return tag == "td" || tag == "th" || tag == "table" || tag == "caption" || tag == "button"
	})
}

// close closes the nearest open element of that name, if none at which the
// search stops is nearer.
func (b *treeBuilder) close(name string, stop func(tag string) bool) {
	if b.open[name] == 0 {
		return
	}
	for i := len(b.stack) - 1; i > 0; i-- {
		switch tag := b.stack[i].closer; {
		case tag == name:
			for len(b.stack) > i {
				b.pop()
			}
			return
		case stop(tag):
			return
		}
	}
}

func (b *treeBuilder) pop() {
	b.open[b.top().closer]--
	b.stack = b.stack[:len(b.stack)-1]
}

// attr is the value of an attribute without the spaces around it.
func (n *htmlNode) attr(key string) string {
	for _, a := range n.attrs {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func (n *htmlNode) hasAttr(key string) bool {
	return slices.ContainsFunc(n.attrs, func(a html.Attribute) bool { return a.Key == key })
}

// class reports whether one of the words is a class of the element.
func (n *htmlNode) class(words ...string) bool {
	for _, c := range strings.Fields(n.attr("class")) {
		if slices.Contains(words, strings.ToLower(c)) {
			return true
		}
	}
	return false
}

// holds reports whether m is n or in n.
func (n *htmlNode) holds(m *htmlNode) bool { return n.index <= m.index && m.index <= n.last }

// each calls f with n and what is in it, by place, until f says no for an
// element: what is in that one is passed over.
func (n *htmlNode) each(f func(*htmlNode) bool) {
	if !f(n) {
		return
	}
	for _, k := range n.kids {
		k.each(f)
	}
}

// words is the text of n that is shown, with single spaces, up to about limit
// bytes; 0 is no limit.
func (n *htmlNode) words(tags *htmlTags, limit int) string {
	var b strings.Builder
	n.each(func(m *htmlNode) bool {
		switch {
		case limit > 0 && b.Len() >= limit:
			return false
		case m.tag == "":
			if b.Len() > 0 || strings.TrimSpace(m.text) != "" {
				b.WriteString(m.text)
			}
		case b.Len() > 0 && (m.tag == "br" || tags.blocks[m.tag]):
			b.WriteByte(' ')
		}
		return m == n || !m.isHidden(tags)
	})
	return oneLine(b.String())
}

// isHidden reports whether a browser shows nothing of an element.
func (n *htmlNode) isHidden(tags *htmlTags) bool {
	if n.tag == "" {
		return false
	}
	if tags.hidden[n.tag] || n.tag == "dialog" && !n.hasAttr("open") {
		return true
	}
	for _, a := range n.attrs {
		switch a.Key {
		case "hidden":
			return !strings.EqualFold(a.Val, "until-found")
		case "style":
			s := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			for d := range strings.SplitSeq(s, ";") {
				d = strings.TrimSuffix(d, "!important")
				if d == "display:none" || d == "visibility:hidden" || d == "mso-hide:all" {
					return true
				}
			}
		}
	}
	return false
}

// isFurniture reports whether an element is there to find one's way on a site
// and not part of what is read.
func (n *htmlNode) isFurniture() bool {
	if n.tag == "" {
		return false
	}
	return n.tag == "nav" || n.attr("role") == "navigation" || n.class("mw-editsection", "noprint", "mw-jump-link", "navbox")
}
