package pdf

import (
	"encoding/xml"
	"fmt"
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

// xmp is the metadata of the file. Source: ISO 16684-1, 7 (form), 8 (schemas).
func xmp(m *document.Meta) []byte {
	x := &xmpWriter{lang: m.Lang}
	if !plainTag(x.lang) {
		x.lang = ""
	}
	x.b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n" +
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\"" +
		" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" +
		" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"" +
		" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"" +
		" xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\">\n")

	x.text("dc:format", "application/pdf")
	x.text("dc:identifier", m.Identifier)
	x.alternatives("dc:title", m.Title)
	x.list("dc:creator", "Seq", personNames(m.Creators))
	x.list("dc:contributor", "Bag", personNames(m.Contributors))
	x.list("dc:publisher", "Bag", nonEmpty(m.Publisher))
	x.list("dc:date", "Seq", nonEmpty(m.Date.String()))
	x.list("dc:language", "Bag", nonEmpty(x.lang))
	x.list("dc:subject", "Bag", subjects(m))
	x.alternatives("dc:description", m.Description)
	x.alternatives("dc:rights", m.Rights)

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
	x.alternatives("xmpRights:UsageTerms", m.License.Name)
	x.text("xmpRights:WebStatement", m.License.URL)

	x.b.WriteString("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n")
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

// xmpWriter writes properties. Those without a value are not there.
type xmpWriter struct {
	b    strings.Builder
	lang string // of the texts
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

// alternatives writes a text by language: for any, and for the one it is in.
func (x *xmpWriter) alternatives(name, value string) {
	if value == "" {
		return
	}
	value = x.escape(value)
	fmt.Fprintf(&x.b, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li>", name, value)
	if x.lang != "" {
		fmt.Fprintf(&x.b, "<rdf:li xml:lang=\"%s\">%s</rdf:li>", x.lang, value)
	}
	fmt.Fprintf(&x.b, "</rdf:Alt></%s>\n", name)
}
