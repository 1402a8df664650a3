package epub

import (
	"strconv"

	"github.com/beevik/etree"

	"qalam/locales"
)

// finishNav nests the contents, which go-epub writes as one entry for each
// file with an English heading, and adds the landmarks.
func finishNav(b *book, html *etree.Element) {
	m := b.main.Meta
	set(html, "lang", m.Lang, "xml:lang", m.Lang, "dir", string(m.Dir))
	head := html.SelectElement("head")
	head.SelectElement("title").SetText(b.contents().text)
	add(head, "link", "", "rel", "stylesheet", "type", "text/css", "href", cssDir+styleName)

	body := set(html.SelectElement("body"), "epub:type", "frontmatter")
	nav := set(body.SelectElement("nav"), "id", "toc", "role", "doc-toc", "aria-labelledby", "toc-title")
	b.contents().in(set(nav.SelectElement("h1"), "id", "toc-title"))
	list := nav.SelectElement("ol")
	take(list)
	b.nest(list, func(parent *etree.Element, p *part, title words, href string) *etree.Element {
		if parent.Tag == "li" {
			if sub := parent.SelectElement("ol"); sub != nil {
				parent = sub
			} else {
				parent = parent.CreateElement("ol")
			}
		}
		li := parent.CreateElement("li")
		a := set(li.CreateElement("a"), "href", href)
		if p.doc != b.main {
			m := p.doc.Meta
			set(a, "hreflang", m.Lang, "lang", m.Lang, "xml:lang", m.Lang, "dir", string(m.Dir))
		}
		title.in(a)
		return li
	})

	marks := set(body.CreateElement("nav"), "id", "landmarks", "epub:type", "landmarks",
		"aria-labelledby", "landmarks-title", "hidden", "hidden")
	b.words.say(func(l *locales.Labels) string { return l.Landmarks }).
		in(set(marks.CreateElement("h2"), "id", "landmarks-title"))
	list = marks.CreateElement("ol")
	// One type each: Apple's readers skip a landmark that has two.
	b.contents().in(add(list.CreateElement("li"), "a", "", "href", navFile+"#toc", "epub:type", "toc"))
	for _, p := range b.parts {
		if p.doc == b.main && p.landmark != "" {
			p.title.in(add(list.CreateElement("li"), "a", "", "href", textDir+p.file, "epub:type", p.landmark))
		}
	}
}

// nest walks the contents in reading order. It calls visit with what that
// returned for the entry above, or with top.
func (b *book) nest(top *etree.Element, visit func(parent *etree.Element, p *part, title words, href string) *etree.Element) {
	path := []*etree.Element{top}
	for _, p := range b.parts {
		if p.matter == coverMatter {
			continue
		}
		level := p.level
		if len(b.edition.Docs) == 1 {
			level = 0 // notes and colophon beside the text, not below it
		}
		path = path[:level+1]
		own := visit(path[level], p, p.title, textDir+p.file)
		path = append(path, own)
		var walk func(parent *etree.Element, entries []*entry)
		walk = func(parent *etree.Element, entries []*entry) {
			for _, e := range entries {
				walk(visit(parent, p, words{text: e.title}, textDir+p.file+"#"+e.id), e.entries)
			}
		}
		walk(own, p.outline)
	}
}

// finishNCX completes the contents as EPUB 2 has them. go-epub writes the
// identifier where the depth should be, no author, and one level.
func finishNCX(b *book, ncx *etree.Element) {
	set(ncx, "xml:lang", b.main.Meta.Lang)
	author, points := ncx.SelectElement("docAuthor"), ncx.SelectElement("navMap")
	for _, p := range b.main.Meta.Creators {
		if name := clean(p.Name); visible(name) {
			one := author.Copy()
			one.SelectElement("text").SetText(name)
			ncx.InsertChildAt(points.Index(), one)
		}
	}
	ncx.RemoveChild(author)
	take(points)
	n, depth := 0, 1
	depths := map[*etree.Element]int{points: 0}
	b.nest(points, func(parent *etree.Element, p *part, title words, href string) *etree.Element {
		n++
		point := set(parent.CreateElement("navPoint"), "id", "point-"+strconv.Itoa(n), "playOrder", strconv.Itoa(n))
		name := point.CreateElement("navLabel")
		if p.doc != b.main {
			set(name, "xml:lang", p.doc.Meta.Lang, "dir", string(p.doc.Meta.Dir))
		}
		add(name, "text", title.text)
		add(point, "content", "", "src", href)
		depths[point] = depths[parent] + 1
		depth = max(depth, depths[point])
		return point
	})
	head := ncx.SelectElement("head")
	take(head)
	for _, m := range [][2]string{
		{"dtb:uid", b.id},
		{"dtb:depth", strconv.Itoa(depth)},
		{"dtb:totalPageCount", "0"},
		{"dtb:maxPageNumber", "0"},
	} {
		add(head, "meta", "", "name", m[0], "content", m[1])
	}
}
