package epub

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"qalam/export/document"
	"qalam/locales"
	"qalam/source/diag"
)

// finishPackage completes the package document. No prefix is declared: EPUB
// 3.3 reserves those that are used.
func finishPackage(b *book, pkg *etree.Element) {
	set(pkg, "xml:lang", b.main.Meta.Lang, "dir", string(b.main.Meta.Dir))
	md := &metadata{parent: pkg.SelectElement("metadata")}
	md.found = take(md.parent)
	b.describe(md)
	b.describeAccess(md)

	// go-epub writes the items in the order of a map.
	manifest := pkg.SelectElement("manifest")
	items := take(manifest)
	href := func(e *etree.Element) string { return e.SelectAttrValue("href", "") }
	slices.SortFunc(items, func(x, y *etree.Element) int { return strings.Compare(href(x), href(y)) })
	types := map[string]string{}
	for _, i := range b.images {
		types[imageDir+i.name] = i.MediaType
	}
	for _, item := range items {
		set(item, "media-type", types[href(item)])
		if b.coverImage != "" && href(item) == imageDir+b.coverImage {
			set(item, "properties", "cover-image")
			// As EPUB 2 names the cover; some readers know no other way.
			add(md.parent, "meta", "", "name", "cover", "content", item.SelectAttrValue("id", ""))
		}
		manifest.AddChild(item)
	}

	// The landmarks lead to the contents, so that they belong to the spine.
	add(pkg.SelectElement("spine"), "itemref", "", "idref", "nav", "linear", "no")

	// Kindles, and readers of EPUB 2, know the parts by the guide.
	guide := pkg.CreateElement("guide")
	add(guide, "reference", "", "type", "toc", "title", b.contents().text, "href", navFile)
	for _, p := range b.parts {
		if p.doc == b.main {
			add(guide, "reference", "", "type", p.guide, "title", p.title.text, "href", textDir+p.file)
		}
	}
}

// contents is the heading of the contents.
func (b *book) contents() words {
	return b.words.say(func(l *locales.Labels) string { return l.Contents })
}

// metadata puts the elements of a package's metadata in order. An element
// that go-epub wrote keeps its attributes and is used in its turn.
type metadata struct {
	parent *etree.Element
	found  []*etree.Element // by go-epub, not used yet
}

// put adds an element with a text and attributes, and reports whether it did:
// an element without a text is not there, unless it is a link.
func (md *metadata) put(tag, text string, pairs ...string) bool {
	if text = clean(text); text == "" && tag != "link" {
		return false
	}
	i := slices.IndexFunc(md.found, func(e *etree.Element) bool {
		if e.FullTag() != tag {
			return false
		}
		for j := 0; tag == "meta" && j < len(pairs); j += 2 {
			if (pairs[j] == "property" || pairs[j] == "refines") && e.SelectAttrValue(pairs[j], "") != pairs[j+1] {
				return false
			}
		}
		return true
	})
	var e *etree.Element
	if i >= 0 {
		e = md.found[i]
		md.found = slices.Delete(md.found, i, i+1)
	} else {
		e = etree.NewElement(tag)
	}
	set(e, pairs...)
	if text != "" {
		e.SetText(text)
	}
	md.parent.AddChild(e)
	return true
}

// refine says something of the element with the id.
func (md *metadata) refine(id, property, text string, pairs ...string) {
	md.put("meta", text, append([]string{"refines", "#" + id, "property", property}, pairs...)...)
}

// property says something of the book.
func (md *metadata) property(property, text string, pairs ...string) {
	md.put("meta", text, append([]string{"refines", "", "property", property}, pairs...)...)
}

// link leads to something outside the book, if href is an identifier of ours
// or an address that can be a link.
func (md *metadata) link(rel, href string, pairs ...string) {
	if !strings.HasPrefix(href, "urn:uuid:") {
		var err error
		if href, err = address(href); err != nil {
			return
		}
	}
	md.put("link", "", append([]string{"rel", rel, "href", href}, pairs...)...)
}

// describe says what the book is, who made it and where it comes from.
func (b *book) describe(md *metadata) {
	m := &b.main.Meta
	docs := b.edition.Docs
	md.put("dc:identifier", b.id, "id", "pub-id")
	md.identifiers(m.Identifiers)

	in := []string{"xml:lang", m.Lang, "dir", string(m.Dir)}
	with := func(id string) []string { return append([]string{"id", id}, in...) }
	md.put("dc:title", b.title, with("title")...)
	md.refine("title", "title-type", "main")
	md.refine("title", "file-as", b.main.Locale.FileAs(b.title), "xml:lang", m.Lang)
	md.refine("title", "display-seq", "1")
	for _, d := range docs[1:] {
		md.refine("title", "alternate-script", d.Meta.Title, "xml:lang", d.Meta.Lang)
	}
	if clean(m.Subtitle) != "" {
		md.put("dc:title", m.Subtitle, with("subtitle")...)
		md.refine("subtitle", "title-type", "subtitle")
		md.refine("subtitle", "file-as", b.main.Locale.FileAs(clean(m.Subtitle)), "xml:lang", m.Lang)
		md.refine("subtitle", "display-seq", "2")
		for _, d := range docs[1:] {
			md.refine("subtitle", "alternate-script", d.Meta.Subtitle, "xml:lang", d.Meta.Lang)
		}
	}

	for i, p := range m.Creators {
		id := "creator" // as go-epub calls the first one
		if i > 0 {
			id += strconv.Itoa(i + 1)
		}
		if !md.person("dc:creator", id, p, in) {
			continue
		}
		for _, d := range docs[1:] {
			if other := d.Meta.Creators; i < len(other) && other[i].Name != p.Name {
				md.refine(id, "alternate-script", other[i].Name, "xml:lang", d.Meta.Lang)
			}
		}
	}
	type made struct{ name, role string }
	seen := map[made]bool{}
	for _, d := range docs {
		for _, p := range d.Meta.Contributors {
			if k := (made{p.Name, p.Role}); !seen[k] {
				seen[k] = true
				md.person("dc:contributor", "contributor"+strconv.Itoa(len(seen)), p,
					[]string{"xml:lang", d.Meta.Lang, "dir", string(d.Meta.Dir)})
			}
		}
	}

	for _, d := range docs {
		md.put("dc:language", d.Meta.Lang)
	}
	for _, d := range docs {
		md.put("dc:description", d.Meta.Description, "xml:lang", d.Meta.Lang, "dir", string(d.Meta.Dir))
	}
	b.describeWork(md)
	md.property("schema:articleSection", m.Section, "xml:lang", m.Lang)
	md.put("dc:publisher", m.Publisher)
	md.put("dc:date", timestamp(m.Date))
	md.property("dcterms:issued", timestamp(m.Date))
	md.property("dcterms:modified", b.modified())
	md.put("dc:rights", m.Rights, in...)
	name := ""
	if m.License.ID != "" {
		name = "en" // SPDX has names in English
	}
	md.put("dc:rights", m.License.Name, "xml:lang", name)
	md.link("dcterms:license", m.License.URL)

	for _, k := range m.Keywords {
		md.put("dc:subject", k, in...)
	}
	for i, s := range m.Subjects {
		id := "subject" + strconv.Itoa(i+1)
		if md.put("dc:subject", s.Term, "id", id) && s.Authority != "" && s.ID != "" { // one without the other is not allowed
			md.refine(id, "authority", authority(s.Authority))
			md.refine(id, "term", s.ID)
		}
	}
}

// identifiers gives the identifiers that others gave, with what kind they are
// in the words of ONIX (code list 5), where it has one.
func (md *metadata) identifiers(ids []document.Identifier) {
	for i, x := range ids {
		id := "identifier" + strconv.Itoa(i+1)
		if !md.put("dc:identifier", cmp.Or(x.URI, x.Value), "id", id) {
			continue
		}
		kind := ""
		switch x.Scheme {
		case "doi":
			kind = "06"
		case "isbn":
			kind = "15"
			if len(strings.ReplaceAll(x.Value, "-", "")) == 10 {
				kind = "02"
			}
		}
		md.refine(id, "identifier-type", kind, "scheme", "onix:codelist5")
	}
}

// person says who made the book, with the language of the name as attributes,
// and reports whether there is a name.
func (md *metadata) person(tag, id string, p document.Person, in []string) bool {
	if !md.put(tag, p.Name, append([]string{"id", id}, in...)...) {
		return false
	}
	md.refine(id, "role", p.Role, "scheme", "marc:relators")
	md.refine(id, "file-as", p.FileAs, in[:2]...)
	md.refine(id, "schema:affiliation", p.Affiliation, in[:2]...)
	if p.ORCID != "" {
		md.link("schema:sameAs", "https://orcid.org/"+p.ORCID, "refines", "#"+id)
	}
	return true
}

// describeWork leads to the original and to the other languages.
func (b *book) describeWork(md *metadata) {
	versions := b.edition.Work.Versions
	if len(versions) == 0 {
		md.put("dc:source", b.main.Meta.URL)
		return
	}
	original := versions[0]
	md.put("dc:source", cmp.Or(original.URL, b.main.Meta.URL))
	if url := b.main.Meta.URL; url != original.URL {
		md.link("schema:url", url, "hreflang", b.main.Meta.Lang)
	}
	within := func(v document.Version) bool {
		return slices.ContainsFunc(b.edition.Docs, func(d *document.Document) bool { return d.Meta.Identifier == v.Identifier })
	}
	for i, v := range versions {
		rel := "schema:workTranslation"
		switch {
		case within(v):
			continue
		case i == 0:
			rel = "schema:translationOfWork"
		case !within(original):
			rel = "dcterms:relation" // a sister
		}
		md.link(rel, v.Identifier, "hreflang", v.Lang)
	}
}

// describeAccess says who can read the book. All of it is true of this one.
func (b *book) describeAccess(md *metadata) {
	md.property("schema:accessMode", "textual")
	if len(b.images) > 0 {
		md.property("schema:accessMode", "visual")
	}
	md.property("schema:accessModeSufficient", "textual")
	if b.described {
		md.property("schema:accessibilityFeature", "alternativeText")
	}
	for _, f := range []string{"displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked"} {
		md.property("schema:accessibilityFeature", f)
	}
	md.property("schema:accessibilityHazard", "none")
	b.claim(md)
	l := b.main.Locale
	summary := l.Labels.AccessText
	if !b.hasNotes() {
		summary = l.Labels.AccessPlain
	}
	if b.described {
		summary += " " + l.Labels.AccessImages
	}
	md.property("schema:accessibilitySummary", summary, "xml:lang", cmp.Or(l.LabelsFrom, l.Tag))
}

func (b *book) hasNotes() bool {
	return slices.ContainsFunc(b.edition.Docs, func(d *document.Document) bool { return len(d.Notes) > 0 })
}

// claim says that the book is accessible, where somebody says so. A claim is of
// one language version, so a book of several makes none.
func (b *book) claim(md *metadata) {
	s := b.main.Settings.EPUB
	switch {
	case len(b.edition.Docs) > 1 || s.ConformsTo == "" && s.CertifiedBy == "":
	case s.ConformsTo == "" || clean(s.CertifiedBy) == "":
		b.warnings.Warnf(b.path(), "epub-claim", "conforms-to and certified-by are one claim; without both nothing is said").
			Hint = "write both in the front matter, below epub: what the book conforms to, and who says so"
	default:
		md.put("meta", s.ConformsTo, "property", "dcterms:conformsTo", "id", "conformance")
		md.refine("conformance", "a11y:certifiedBy", s.CertifiedBy)
	}
}

// path is the file that the main document comes from, as far as it is known.
func (b *book) path() diag.Pos {
	if len(b.main.Blocks) == 0 {
		return diag.Pos{}
	}
	return diag.Pos{Path: b.main.Blocks[0].Pos().Path}
}

// modified is when the newest document in the book was last changed, as EPUB
// wants it: a day of the year 1970 where nobody said.
func (b *book) modified() string {
	last := "1970-01-01T00:00:00Z"
	for _, d := range b.edition.Docs {
		date := d.Meta.Modified
		if date == (locales.Date{}) {
			date = d.Meta.Date
		}
		if date != (locales.Date{}) {
			last = max(last, timestamp(locales.Date{Year: date.Year, Month: max(date.Month, 1), Day: max(date.Day, 1)}))
		}
	}
	return last
}

// timestamp is a date as W3CDTF: a day with the time, since some readers
// take a bare day for the end of it and show the next one.
func timestamp(d locales.Date) string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02dT00:00:00Z", d.Year, d.Month, d.Day)
}

// authority is the name of a list of subjects as EPUB 3.3 (D.3.1) reserves it.
func authority(name string) string {
	for _, reserved := range []string{"AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS"} {
		if strings.EqualFold(name, reserved) {
			return reserved
		}
	}
	return name
}
