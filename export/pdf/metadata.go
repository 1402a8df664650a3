package pdf

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/export/pdf/object"
	"qalam/locales"
)

// Who made the file.
const (
	creator  = "qalam"
	producer = "qalam, with fpdf"
)

// information is the information dictionary: what xmp says, for readers that
// know no XMP. Dates are as exact as the article's and not more; without one
// there is none. Source: ISO 32000-1, 14.3.3.
func information(m *document.Meta) object.Dict {
	d := object.Dict{"Creator": object.String(creator), "Producer": object.String(producer)}
	put := func(key object.Name, value string) {
		if value != "" {
			d[key] = object.Text(value)
		}
	}
	put("Title", m.Title)
	put("Author", strings.Join(personNames(m.Creators), ", "))
	put("Subject", m.Description)
	put("Keywords", strings.Join(m.Keywords, ", "))
	created, modified := dates(m)
	put("CreationDate", date(created))
	put("ModDate", date(modified))
	return d
}

// dates are those of the article; what was never changed was changed when it
// was made.
func dates(m *document.Meta) (created, modified locales.Date) {
	created, modified = m.Date, m.Modified
	if modified.IsZero() {
		modified = created
	}
	return created, modified
}

// date is a date as PDF has it. Source: ISO 32000-1, 7.9.4.
func date(d locales.Date) string {
	if d.IsZero() {
		return ""
	}
	return "D:" + strings.ReplaceAll(d.String(), "-", "")
}

func personNames(people []document.Person) []string {
	var names []string
	for _, p := range people {
		names = append(names, p.Name)
	}
	return names
}

// plainTag reports whether tag has only what language tags are made of.
func plainTag(tag string) bool {
	return tag != "" && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

// xmp is the metadata of the file, which says that it conforms to standards or
// does not. Source: ISO 16684-1, 7 (form), 8 (schemas); ISO 19005-2, 6.6;
// ISO 14289-1, 5.
func xmp(e *document.Edition, conforms bool) []byte {
	m := &e.Docs[0].Meta
	x := &xmpWriter{}
	x.b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n" +
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\"" +
		" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" +
		" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"" +
		" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"" +
		" xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"" +
		" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"")
	for _, s := range schemas {
		fmt.Fprintf(&x.b, " xmlns:%s=\"%s\"", s.prefix, s.uri)
	}
	x.b.WriteString(">\n")

	x.text("dc:format", "application/pdf")
	x.text("dc:identifier", m.Identifier)
	x.alternatives("dc:title", inLanguages(e, func(m *document.Meta) string { return m.Title }))
	x.list("dc:creator", "Seq", personNames(m.Creators))
	x.list("dc:contributor", "Bag", personNames(m.Contributors))
	x.list("dc:publisher", "Bag", nonEmpty(m.Publisher))
	x.list("dc:date", "Seq", nonEmpty(m.Date.String()))
	x.list("dc:language", "Bag", languages(e))
	x.list("dc:subject", "Bag", subjects(m))
	x.alternatives("dc:description", inLanguages(e, func(m *document.Meta) string { return m.Description }))
	x.alternatives("dc:rights", []inLanguage{{m.Lang, m.Rights}})
	source, relation := versions(e)
	x.text("dc:source", source)
	x.list("dc:relation", "Bag", relation)

	x.text("pdf:Keywords", strings.Join(m.Keywords, ", "))
	x.text("pdf:Producer", producer)

	x.text("xmp:CreatorTool", creator)
	created, modified := dates(m)
	x.text("xmp:CreateDate", created.String())
	x.text("xmp:ModifyDate", modified.String())
	x.list("xmp:Identifier", "Bag", identifiers(m))

	if m.Rights != "" || m.License.Name != "" {
		x.text("xmpRights:Marked", "True")
	}
	x.alternatives("xmpRights:UsageTerms", []inLanguage{{m.Lang, m.License.Name}})
	x.text("xmpRights:WebStatement", m.License.URL)

	x.text("cc:license", m.License.URL)
	x.list("marcrel:edt", "Bag", withRole(m, "edt"))
	x.list("marcrel:trl", "Bag", withRole(m, "trl"))
	if conforms {
		x.text("pdfaid:part", "2")
		x.text("pdfaid:conformance", "A")
		x.text("pdfuaid:part", "1")
	}
	x.b.WriteString("</rdf:Description>\n")
	x.schemas()
	x.b.WriteString("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n")
	return []byte(x.b.String())
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// subjects are the headings of catalogues and the keywords, each once.
func subjects(m *document.Meta) []string {
	var list []string
	seen := make(map[string]bool)
	add := func(s string) {
		if !seen[s] && s != "" {
			seen[s] = true
			list = append(list, s)
		}
	}
	for _, s := range m.Subjects {
		add(s.Term)
	}
	for _, k := range m.Keywords {
		add(k)
	}
	return list
}

// identifiers are those that others gave: as an address, if they have one.
func identifiers(m *document.Meta) []string {
	var list []string
	for _, id := range m.Identifiers {
		if id.URI != "" {
			list = append(list, id.URI)
		} else {
			list = append(list, id.Scheme+":"+id.Value)
		}
	}
	return list
}

// inLanguage is a text in a language.
type inLanguage struct{ lang, text string }

// inLanguages is what each document of the edition says, in its language.
func inLanguages(e *document.Edition, text func(*document.Meta) string) []inLanguage {
	var list []inLanguage
	for _, d := range e.Docs {
		list = append(list, inLanguage{d.Meta.Lang, text(&d.Meta)})
	}
	return list
}

// languages are those of the documents, each once.
func languages(e *document.Edition) []string {
	var list []string
	for _, d := range e.Docs {
		if plainTag(d.Meta.Lang) && !slices.Contains(list, d.Meta.Lang) {
			list = append(list, d.Meta.Lang)
		}
	}
	return list
}

// versions are where the text of this file comes from, if it is a translation,
// and the other language versions: by their addresses, or their identifiers.
func versions(e *document.Edition) (source string, relation []string) {
	for i, v := range e.Work.Versions {
		if slices.ContainsFunc(e.Docs, func(d *document.Document) bool { return d.Meta.Lang == v.Lang }) {
			continue // it is in the file
		}
		name := v.URL
		if name == "" {
			name = v.Identifier
		}
		if i == 0 {
			source = name
		}
		relation = append(relation, name)
	}
	return source, relation
}

// withRole are the people who did something, by its code. Source: MARC
// relators, id.loc.gov/vocabulary/relators.
func withRole(m *document.Meta, code string) []string {
	var list []string
	for _, p := range m.Contributors {
		if p.Role == code {
			list = append(list, p.Name)
		}
	}
	return list
}

// schema is a set of properties that PDF/A does not know.
type schema struct {
	name, uri, prefix string
	properties        []property
}

type property struct{ name, kind, description string }

// schemas are those of the properties in xmp. Source: ISO 19005-2, 6.6.2.3.
var schemas = []schema{
	{"PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", []property{
		{"part", "Integer", "The part of ISO 14289 that the file conforms to"},
	}},
	{"Creative Commons", "http://creativecommons.org/ns#", "cc", []property{
		{"license", "URL", "The licence of the work"},
	}},
	{"MARC relators", "http://id.loc.gov/vocabulary/relators/", "marcrel", []property{
		{"edt", "bag Text", "The editors"},
		{"trl", "bag Text", "The translators"},
	}},
}

// xmpWriter writes properties. Those without a value are not there.
type xmpWriter struct{ b strings.Builder }

// schemas describes the schemas in words.
func (x *xmpWriter) schemas() {
	const description = `<rdf:Description rdf:about=""` +
		` xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"` +
		` xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">`
	const item = `<rdf:li rdf:parseType="Resource">`
	x.b.WriteString(description + "<pdfaExtension:schemas><rdf:Bag>\n")
	for _, s := range schemas {
		x.b.WriteString(item)
		x.text("pdfaSchema:schema", s.name)
		x.text("pdfaSchema:namespaceURI", s.uri)
		x.text("pdfaSchema:prefix", s.prefix)
		x.b.WriteString("<pdfaSchema:property><rdf:Seq>")
		for _, p := range s.properties {
			x.b.WriteString(item)
			x.text("pdfaProperty:name", p.name)
			x.text("pdfaProperty:valueType", p.kind)
			x.text("pdfaProperty:category", "external")
			x.text("pdfaProperty:description", p.description)
			x.b.WriteString("</rdf:li>\n")
		}
		x.b.WriteString("</rdf:Seq></pdfaSchema:property></rdf:li>\n")
	}
	x.b.WriteString("</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n")
}

func (x *xmpWriter) escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func (x *xmpWriter) text(name, value string) {
	if value != "" {
		fmt.Fprintf(&x.b, "<%s>%s</%s>\n", name, x.escape(value), name)
	}
}

// list writes an array of the kind "Seq", in order, or "Bag", in none.
func (x *xmpWriter) list(name, kind string, values []string) {
	if len(values) == 0 {
		return
	}
	fmt.Fprintf(&x.b, "<%s><rdf:%s>", name, kind)
	for _, v := range values {
		fmt.Fprintf(&x.b, "<rdf:li>%s</rdf:li>", x.escape(v))
	}
	fmt.Fprintf(&x.b, "</rdf:%s></%s>\n", kind, name)
}

// alternatives writes a text by language: for any, which is the first, and for
// each that there is one in.
func (x *xmpWriter) alternatives(name string, texts []inLanguage) {
	texts = slices.DeleteFunc(texts, func(t inLanguage) bool { return t.text == "" })
	if len(texts) == 0 {
		return
	}
	texts = append([]inLanguage{{"x-default", texts[0].text}}, texts...)
	fmt.Fprintf(&x.b, "<%s><rdf:Alt>", name)
	seen := make(map[string]bool)
	for _, t := range texts {
		if plainTag(t.lang) && !seen[t.lang] {
			seen[t.lang] = true
			fmt.Fprintf(&x.b, "<rdf:li xml:lang=\"%s\">%s</rdf:li>", t.lang, x.escape(t.text))
		}
	}
	fmt.Fprintf(&x.b, "</rdf:Alt></%s>\n", name)
}
