package document

import (
	"slices"
	"strings"

	"qalam/locales"
	"qalam/source"
)

// setMeta fills in what catalogues know.
func (c *composer) setMeta() {
	a, h := c.article, &c.article.Header
	id, weak := identifier(c.folder, a)
	original := canonical(c.folder)
	if weak && (a == original || original == nil) { // said once for all languages
		c.diags.Warnf(h.Pos("url"), "identifier-weak",
			"the identifier of the article is made of its slug %q alone, which another article can have too", slug(c.folder, a)).
			Hint = "give url, the address where the article stands, or identifiers: {doi: …}; then it never changes"
	}
	m := Meta{
		Identifier:  id,
		Identifiers: identifiers(h.Identifiers),
		Lang:        c.doc.Locale.Tag,
		Dir:         c.doc.Locale.Dir,
		Title:       c.record(h.Title),
		Subtitle:    c.record(h.Subtitle),
		Section:     c.record(h.Section),
		Creators:    c.people(h.Authors, "aut"),
		Publisher:   c.record(h.Publisher),
		Place:       c.record(h.Place),
		Description: c.record(h.Abstract),
		License:     license(h.License),
		Rights:      c.record(h.Rights),
		Date:        h.Date,
		Modified:    h.Modified,
		URL:         h.URL,
	}
	m.Contributors = append(c.people(h.Editors, "edt"), c.people(h.Translators, "trl")...)
	for _, k := range h.Keywords {
		m.Keywords = append(m.Keywords, c.record(k))
	}
	for _, s := range h.Subjects {
		m.Subjects = append(m.Subjects, Subject{s.Term, s.Authority, s.ID})
	}
	c.doc.Meta = m
}

// record sets a value for catalogues: the marks of the language, and between
// words the spaces that people search with.
func (c *composer) record(s string) string { return setText(s, c.style.forRecords()) }

func (c *composer) people(people []source.Person, role string) []Person {
	var out []Person
	for _, p := range people {
		out = append(out, Person{
			Name:        c.record(p.Name),
			FileAs:      c.record(p.FileAs),
			ORCID:       p.ORCID,
			Affiliation: c.record(p.Affiliation),
			Role:        role,
		})
	}
	return out
}

// setTitle fills in what stands above the text.
func (c *composer) setTitle() {
	d := c.doc
	m, labels, h := &d.Meta, &d.Locale.Labels, &c.article.Header
	t := TitleBlock{
		Section:  c.text(h.Section),
		Title:    c.text(h.Title),
		Subtitle: c.text(h.Subtitle),
		Abstract: c.text(h.Abstract),
	}
	for _, by := range []struct {
		label  string
		people []Person
	}{
		{labels.By, withRole(m.Creators, "aut")},
		{labels.EditedBy, withRole(m.Contributors, "edt")},
		{labels.TranslatedBy, withRole(m.Contributors, "trl")},
	} {
		if len(by.people) > 0 {
			t.Byline = append(t.Byline, d.fill(by.label, "names", d.list(by.people, d.name)))
		}
	}
	for _, on := range []struct {
		label string
		date  locales.Date
	}{
		{labels.Published, m.Date},
		{labels.Modified, m.Modified},
	} {
		if !on.date.IsZero() {
			t.Dateline = append(t.Dateline, d.fill(on.label, "date", d.date(on.date)))
		}
	}
	d.Title = t
}

// setColophon fills in what the edition says of itself.
func (c *composer) setColophon() {
	d := c.doc
	m, labels := &d.Meta, &d.Locale.Labels
	var out []Field
	add := func(name, label string, value Line) {
		if len(value) > 0 {
			out = append(out, Field{name, label, value})
		}
	}
	for _, f := range d.peopleFields() {
		if identified(f.people) { // the title block has their names
			add(f.name, f.label, d.people(f.people))
		}
	}
	add("source", labels.Source, c.original())
	add("address", labels.Address, d.address(m.URL))
	add("publisher", labels.Publisher, d.publisher())
	add("date", labels.Date, d.date(m.Date))
	add("modified", labelOf(labels.Modified), d.date(m.Modified))
	add("rights", labels.Rights, d.plain(m.Rights))
	add("license", labels.License, d.license())
	for _, id := range m.Identifiers {
		label := strings.ToUpper(id.Scheme)
		if id.Scheme == "urn" {
			label = labels.Identifier
		}
		add(id.Scheme, label, d.identifier(id))
	}
	add("identifier", labels.Identifier, d.ltr(&Text{m.Identifier}))
	d.Colophon = out
}

// Stamp says in the metadata and the colophon which version of the original a
// translation was made from, and how much of that has changed since.
func (d *Document) Stamp(b Basis) {
	d.Meta.Basis = b
	labels := &d.Locale.Labels
	var fields []Field
	if !b.Date.IsZero() {
		fields = append(fields, Field{"basis", labels.Basis, d.date(b.Date)})
	}
	if b.Changed > 0 {
		fields = append(fields, Field{"since", labels.Since, d.plain(locales.Format(labels.SinceOf,
			"changed", d.Locale.FormatNumber(b.Changed), "total", d.Locale.FormatNumber(b.Total)))})
	}
	at := 1 + slices.IndexFunc(d.Colophon, func(f Field) bool { return f.Name == "source" })
	d.Colophon = slices.Insert(d.Colophon, at, fields...)
}

// original names the text that this one translates; nil when it is the
// original itself.
func (c *composer) original() Line {
	o := canonical(c.folder)
	if o == nil || o == c.article || o.Header.Title == "" {
		return nil
	}
	d := c.doc
	st := c.styleOf(o.Lang)
	title := Line{&Text{setText(o.Header.Title, st)}}
	if o.Header.URL != "" {
		title = Line{&Link{o.Header.URL, title}}
	}
	return d.fill(d.Locale.Labels.TranslationOf,
		"title", Line{&Span{o.Lang, st.dir(), title}},
		"language", d.plain(d.Locale.LanguageName(o.Lang)))
}

// Head is what stands at the head of a text file, in this order: title,
// authors, editors, translators, language, date, modified, publisher, source
// (the text that a translation was made from), address, license, rights,
// identifiers. What is not known is not there. The names of the fields are
// these words, and of identifiers "doi", "isbn", "issn", "ark", "urn" and
// "identifier", which is our own and always the last.
func (d *Document) Head() []Field {
	m, labels := &d.Meta, &d.Locale.Labels
	var out []Field
	add := func(name, label string, value Line) {
		if len(value) > 0 {
			out = append(out, Field{name, label, value})
		}
	}
	title := d.plain(m.Title)
	if m.Subtitle != "" {
		title = d.fill(labels.Field, "label", title, "value", d.plain(m.Subtitle))
	}
	add("title", labels.Title, title)
	for _, f := range d.peopleFields() {
		add(f.name, f.label, d.people(f.people))
	}
	add("language", labels.Language, d.plain(d.Locale.Name))
	add("date", labels.Date, d.date(m.Date))
	add("modified", labelOf(labels.Modified), d.date(m.Modified))
	add("publisher", labels.Publisher, d.publisher())
	fields := d.Colophon
	take := func(names ...string) {
		for _, f := range fields {
			for _, name := range names {
				if f.Name == name {
					out = append(out, f)
				}
			}
		}
	}
	take("source")
	take("address")
	take("license")
	take("rights")
	take("doi", "isbn", "issn", "ark", "urn", "identifier")
	return out
}

// peopleField is what a field says of people: all of one role.
type peopleField struct {
	name, label string
	people      []Person
}

// peopleFields are the fields about people, also those that are empty.
func (d *Document) peopleFields() []peopleField {
	m, labels := &d.Meta, &d.Locale.Labels
	return []peopleField{
		{"authors", labels.Authors, withRole(m.Creators, "aut")},
		{"editors", labels.Editors, withRole(m.Contributors, "edt")},
		{"translators", labels.Translator, withRole(m.Contributors, "trl")},
	}
}

// withRole are the people who have the role.
func withRole(people []Person, role string) []Person {
	var out []Person
	for _, p := range people {
		if p.Role == role {
			out = append(out, p)
		}
	}
	return out
}

// identified reports whether more is known of one of the people than the name.
func identified(people []Person) bool {
	return slices.ContainsFunc(people, func(p Person) bool { return p.ORCID != "" || p.Affiliation != "" })
}

// plain is a string as a line.
func (d *Document) plain(s string) Line {
	if s == "" {
		return nil
	}
	return Line{&Text{s}}
}

// ltr is a line that reads from left to right in every language.
func (d *Document) ltr(in Inline) Line {
	return isolate(d.Locale.Dir == locales.RTL, in)
}

// date is a date in words. Where the language reads from right to left it
// stands apart, so that the numbers next to it do not get between its own.
func (d *Document) date(date locales.Date) Line {
	if date.IsZero() {
		return nil
	}
	text := d.plain(d.Locale.FormatDate(date))
	if d.Locale.Dir == locales.RTL && len(text) > 0 {
		return Line{&Span{Dir: locales.RTL, Text: text}}
	}
	return text
}

// address is an address as a link.
func (d *Document) address(url string) Line {
	if url == "" {
		return nil
	}
	return d.ltr(&Link{url, []Inline{&Text{url}}})
}

// publisher is the publisher with the place before it, as catalogues have it.
func (d *Document) publisher() Line {
	m := &d.Meta
	if m.Place == "" || m.Publisher == "" {
		return d.plain(m.Place + m.Publisher)
	}
	return d.fill(d.Locale.Labels.Field, "label", d.plain(m.Place), "value", d.plain(m.Publisher))
}

// license is the name of the licence, which is English, and leads to it.
func (d *Document) license() Line {
	l := d.Meta.License
	switch {
	case l.Name == "":
		return nil
	case l.Name == l.URL:
		return d.address(l.URL)
	}
	value := Line{&Text{l.Name}}
	if l.URL != "" {
		value = Line{&Link{l.URL, value}}
	}
	if within(d.Locale.Tag, "en") {
		return value
	}
	return Line{&Span{"en", locales.LTR, value}}
}

// identifier is an identifier that somebody else gave; it leads to what it
// identifies where there is an address for that.
func (d *Document) identifier(id Identifier) Line {
	if strings.HasPrefix(id.URI, "https://") {
		return d.ltr(&Link{id.URI, []Inline{&Text{id.Value}}})
	}
	return d.ltr(&Text{id.Value})
}

// people puts people in a row, each with what identifies them: the name leads
// to the page that ORCID has of the person, and where they work follows it in
// brackets.
func (d *Document) people(people []Person) Line {
	return d.list(people, func(p Person) Line {
		value := d.name(p)
		if p.ORCID != "" {
			value = Line{&Link{"https://orcid.org/" + p.ORCID, value}}
		}
		if p.Affiliation != "" {
			value = put(placeholder(0)+" ("+placeholder(1)+")", []Line{value, d.apart(p.Affiliation)})
		}
		return value
	})
}

// list puts people in a row, as the language does.
func (d *Document) list(people []Person, value func(Person) Line) Line {
	places, values := make([]string, len(people)), make([]Line, len(people))
	for i, p := range people {
		places[i] = placeholder(i)
		values[i] = value(p)
	}
	return put(d.Locale.FormatList(places), values)
}

// name is the name of a person.
func (d *Document) name(p Person) Line { return d.apart(setText(p.Name, d.style)) }

// apart is a name, which stands apart where its direction differs from that of
// the document.
func (d *Document) apart(name string) Line {
	text := &Text{name}
	if dir := direction(name); dir != "" && dir != d.Locale.Dir {
		return Line{&Span{Dir: dir, Text: []Inline{text}}}
	}
	return Line{text}
}

// fill puts values into a label: pairs of a name and a Line.
func (d *Document) fill(label string, pairs ...any) Line {
	var words []string
	var values []Line
	for i := 0; i < len(pairs); i += 2 {
		words = append(words, pairs[i].(string), placeholder(len(values)))
		values = append(values, pairs[i+1].(Line))
	}
	return put(locales.Format(label, words...), values)
}

// placeholder stands for the value with that index in a string. It is of a
// private area (Unicode plane 15), so that no label has it.
func placeholder(i int) string { return string(rune(0xF0000 + i)) }

// put puts values in the places of their placeholders.
func put(s string, values []Line) Line {
	var out Line
	var words strings.Builder
	flush := func() {
		if words.Len() > 0 {
			out = join(out, &Text{words.String()})
			words.Reset()
		}
	}
	for _, r := range s {
		if i := int(r - 0xF0000); 0 <= i && i < len(values) {
			flush()
			for _, in := range values[i] {
				out = join(out, in)
			}
			continue
		}
		words.WriteRune(r)
	}
	flush()
	return out
}

// join appends an inline, and makes one Text of two. It changes neither.
func join(out Line, in Inline) Line {
	if t, ok := in.(*Text); ok && len(out) > 0 {
		if last, ok := out[len(out)-1].(*Text); ok {
			out[len(out)-1] = &Text{last.Value + t.Value}
			return out
		}
	}
	return append(out, in)
}

// labelOf makes a label of a sentence with a date: "Last changed {date}" is
// "Last changed".
func labelOf(sentence string) string {
	return strings.Trim(strings.Join(strings.Fields(locales.Format(sentence, "date", "")), " "), " :：،,")
}
