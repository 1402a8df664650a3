package source

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/locales"
	"qalam/source/diag"
)

// headerFields are the fields of the front matter, in the order in which Print
// writes them.
var headerFields = []string{
	"title", "subtitle", "lang", "slug", "date", "modified", "section", "authors", "editors", "translators",
	"publisher", "place", "abstract", "keywords", "subjects", "license", "rights", "url", "identifiers",
	"note-numbers", "stale", "typography", "digits", "labels", "pdf", "epub", "text",
}

var (
	personFields     = []string{"name", "file-as", "orcid", "affiliation"}
	subjectFields    = []string{"term", "authority", "id"}
	identifierFields = []string{"doi", "isbn", "issn", "ark", "urn"}
)

// settingFields are the settings of each format.
var settingFields = map[string][]string{
	"pdf": {
		"paper", "margin-top", "margin-bottom", "margin-inner", "margin-outer", "two-sided",
		"size", "align", "links", "missing", "fonts",
	},
	"epub": {"cover", "conforms-to", "certified-by"},
	"text": {"width", "newline", "bom"},
}

// defaultSettings are the settings of an article that says nothing.
func defaultSettings() Settings {
	return Settings{Text: TextSettings{Width: 72, Newline: "lf"}}
}

// label is one of locales.Labels: its JSON name, and the English words.
type label struct{ name, english string }

// englishLabels are all labels, in the order of locales.Labels.
func englishLabels() []label {
	words := reflect.ValueOf(locales.Get("en").Labels)
	var labels []label
	for i := range words.NumField() {
		if name, _, _ := strings.Cut(words.Type().Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			labels = append(labels, label{name, words.Field(i).String()})
		}
	}
	return labels
}

// braced are the words in braces in a label, sorted, each once.
func braced(label string) []string {
	var names []string
	for {
		_, rest, ok := strings.Cut(label, "{")
		if !ok {
			break
		}
		if end := strings.IndexAny(rest, "{}"); end >= 0 && rest[end] == '}' {
			names = append(names, "{"+rest[:end+1])
		}
		label = rest
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// checkLabel compares the places for values in an author's label with ours.
func checkLabel(word string, l label) *wrong {
	want := braced(l.english)
	if slices.Equal(braced(word), want) {
		return nil
	}
	if len(want) == 0 {
		return &wrong{fmt.Sprintf("nothing can be put in the place of %s in %s", strings.Join(braced(word), " and "), l.name), "write words without braces"}
	}
	return &wrong{fmt.Sprintf("%s must have %s, where the values stand, and no other braces", l.name, strings.Join(want, " and ")), fmt.Sprintf("write it like %q", l.english)}
}

// wrong is why a value is not right, and what to write instead.
type wrong struct{ message, hint string }

func (w *wrong) Error() string {
	if w.hint == "" {
		return w.message
	}
	return w.message + ": " + w.hint
}

// headerReader fills a Header from the fields of the front matter.
type headerReader struct {
	h           *Header
	lang        string // as written
	translation bool
	diags       *reports
}

// read takes all fields.
func (r *headerReader) read(fields []field) {
	h := r.h
	for _, f := range fields {
		r.mark(f.name, f)
		switch f.name {
		case "title":
			h.Title = r.words(f)
		case "subtitle":
			h.Subtitle = r.words(f)
		case "lang":
			r.lang = r.line(f)
		case "slug":
			h.Slug = r.line(f)
			if h.Slug != "" && slugOf(h.Slug) != h.Slug {
				r.wrong(f, &wrong{fmt.Sprintf("%q cannot be the name of a file everywhere", h.Slug), fmt.Sprintf("use letters, digits, hyphens and dots: %s", cmp.Or(slugOf(h.Slug), "the-river"))})
				h.Slug = ""
			}
		case "date":
			h.Date = r.date(f)
		case "modified":
			h.Modified = r.date(f)
		case "section":
			h.Section = r.words(f)
		case "authors":
			h.Authors = r.persons(f)
		case "editors":
			h.Editors = r.persons(f)
		case "translators":
			h.Translators = r.persons(f)
			if !r.translation {
				r.wrong(f, &wrong{"only a translation has translators", "write them in locales/TAG.md, or write authors"})
			}
		case "publisher":
			h.Publisher = r.words(f)
		case "place":
			h.Place = r.words(f)
		case "abstract":
			h.Abstract = r.words(f)
		case "keywords":
			h.Keywords = r.keywords(f)
		case "subjects":
			h.Subjects = r.subjects(f)
		case "license":
			h.License = r.checked(f, checkLicense)
		case "rights":
			h.Rights = r.words(f)
		case "url":
			h.URL = r.checked(f, checkURL)
		case "identifiers":
			r.identifiers(f)
		case "note-numbers":
			h.NoteNumbers = keyword(r, f, "order", "write order (1 to n as they are met) or author (the labels)", NoteAuthor)
		case "typography":
			h.Typography = keyword(r, f, "on", "write off (quotation marks, dashes and spaces stay as they are written) or on", TypographyOff)
		case "digits":
			h.Digits = keyword(r, f, "", "write latn (0 to 9) or native (those of the script of the language), or delete the line", DigitsLatin, DigitsNative)
		case "stale":
			h.Stale = keyword(r, f, "stamp", "write stamp (the edition says what has changed), warn, or refuse (it is not made)", StaleWarn, StaleRefuse)
		case "labels":
			r.labels(f)
		case "pdf", "epub", "text":
			r.settings(f)
		default:
			r.unknown(f, headerFields)
		}
	}
}

// keyword is the value of a field that is one of a few words. The usual one is
// the zero value; so is a wrong one, whose hint is how.
func keyword[T ~string](r *headerReader, f field, usual, how string, others ...T) T {
	s := r.line(f)
	switch {
	case s == "" || s == usual:
		return ""
	case slices.Contains(others, T(s)):
		return T(s)
	}
	r.wrong(f, &wrong{fmt.Sprintf("%s cannot be %q", f.name, s), how})
	return ""
}

// mark remembers where a field stands.
func (r *headerReader) mark(name string, f field) { r.h.pos[name] = f.value.pos }

func (r *headerReader) wrong(f field, w *wrong) {
	r.diags.Errorf(f.value.pos, "field-wrong", "%s", w.message).Hint = w.hint
}

func (r *headerReader) unknown(f field, known []string) {
	r.diags.Errorf(f.pos, "field-unknown", "there is no field %q here", f.name).Hint = didYouMean(f.name, known)
}

// kind reports a value of another kind than the field has.
func (r *headerReader) kind(f field, want valueKind, hint string) bool {
	switch f.value.kind {
	case want:
		return true
	case refused:
	case nothing:
		r.wrong(f, &wrong{fmt.Sprintf("%s has no value", f.name), "give it one, or delete the line"})
	default:
		r.wrong(f, &wrong{fmt.Sprintf("%s is %s here; it should be %s", f.name, f.value.kind, want), hint})
	}
	r.h.cannotRead(f.name)
	return false
}

// line is a scalar on one line.
func (r *headerReader) line(f field) string {
	if !r.kind(f, scalar, fmt.Sprintf("write %s: …", f.name)) {
		return ""
	}
	s := strings.Join(strings.Fields(f.value.text), " ")
	if isBlank(s) {
		r.wrong(f, &wrong{fmt.Sprintf("%s is empty", f.name), "give it a value, or delete the line"})
	}
	return s
}

// words is a scalar for readers. What YAML takes for a comment may be a part of it.
func (r *headerReader) words(f field) string {
	s := r.line(f)
	if at := f.value.comment; at != (diag.Pos{}) {
		r.diags.Warnf(at, "field-comment", "%s ends before the #, since a comment starts there", f.name).
			Hint = "put the value in \"…\" if the # belongs to it; before a comment, write two spaces or more"
	}
	if f.value.paragraphs {
		r.diags.Warnf(f.value.pos, "field-paragraphs", "%s has several paragraphs, which become one", f.name).
			Hint = "delete the empty lines; a field is one paragraph"
	}
	if label := findLabel(s); label != "" {
		r.diags.Warnf(f.value.pos, "field-markup", "%s has no notes, so %s is shown as it is", f.name, label).
			Hint = "write the reference in the text instead"
	}
	for _, at := range loneBidi([]byte(s), false) {
		bidiControl(r.diags, f.value.pos, s[at:])
	}
	return s
}

// findLabel is the first [^label] in s, or "".
func findLabel(s string) string {
	for i := range len(s) {
		if s[i] != '[' {
			continue
		}
		if n := noteLabel([]byte(s[i:min(len(s), i+maxLabel)])); n > 0 {
			return s[i : i+n]
		}
	}
	return ""
}

// checked is a scalar that check accepts, else "".
func (r *headerReader) checked(f field, check func(string) *wrong) string {
	s := r.line(f)
	if s == "" {
		return ""
	}
	if w := check(s); w != nil {
		r.wrong(f, w)
		return ""
	}
	return s
}

func (r *headerReader) date(f field) locales.Date {
	s := r.line(f)
	if s == "" {
		return locales.Date{}
	}
	d, err := locales.ParseDate(s)
	if err != nil {
		r.wrong(f, &wrong{fmt.Sprintf("%s: %s", f.name, err), "write 2022, 2022-01 or 2022-01-27"})
	}
	return d
}

// items is the list in f, each item as a field of its own.
func (r *headerReader) items(f field, hint string) []field {
	if !r.kind(f, list, hint) {
		return nil
	}
	items := make([]field, len(f.value.items))
	for i, v := range f.value.items {
		items[i] = field{name: fmt.Sprintf("%s[%d]", f.name, i), pos: v.pos, value: v}
		if v.pos == (diag.Pos{}) {
			items[i].pos, items[i].value.pos = f.pos, f.pos
		}
		r.mark(items[i].name, items[i])
	}
	return items
}

// sub is a field of f under its full name: "authors[0].orcid".
func (r *headerReader) sub(f, of field) field {
	f.name = of.name + "." + f.name
	r.mark(f.name, f)
	return f
}

func (r *headerReader) persons(f field) []Person {
	var persons []Person
	for _, item := range r.items(f, fmt.Sprintf("write %s: [A. Author], or {name: A. Author, file-as: \"Author, A.\"} in the brackets", f.name)) {
		var p Person
		if item.value.kind == mapping {
			for _, g := range item.value.fields {
				full := r.sub(g, item)
				switch g.name {
				case "name":
					p.Name = r.words(full)
				case "file-as":
					p.FileAs = r.words(full)
				case "orcid":
					p.ORCID = r.checked(full, checkORCID)
					p.ORCID = strings.TrimPrefix(p.ORCID, "https://orcid.org/")
				case "affiliation":
					p.Affiliation = r.words(full)
				default:
					r.unknown(g, personFields)
				}
			}
			if _, ok := r.h.pos[item.name+".name"]; !ok {
				r.wrong(item, &wrong{"this person has no name", "write {name: A. Author}"})
			}
		} else {
			p.Name = r.words(item)
		}
		persons = append(persons, p)
	}
	return persons
}

func (r *headerReader) keywords(f field) []string {
	var words []string
	for _, item := range r.items(f, "write keywords: [one, another]") {
		if w := r.words(item); w != "" {
			words = append(words, w)
		}
	}
	return words
}

func (r *headerReader) subjects(f field) []Subject {
	var subjects []Subject
	for _, item := range r.items(f, "write subjects: [{term: …, authority: lcsh, id: …}]") {
		var s Subject
		if item.value.kind == mapping {
			for _, g := range item.value.fields {
				full := r.sub(g, item)
				switch g.name {
				case "term":
					s.Term = r.words(full)
				case "authority":
					s.Authority = r.line(full)
				case "id":
					s.ID = r.line(full)
				default:
					r.unknown(g, subjectFields)
				}
			}
			if _, ok := r.h.pos[item.name+".term"]; !ok {
				r.wrong(item, &wrong{"this subject has no term", "write {term: …}"})
			}
		} else {
			s.Term = r.words(item)
		}
		subjects = append(subjects, s)
	}
	return subjects
}

func (r *headerReader) identifiers(f field) {
	if !r.kind(f, mapping, "write identifiers: {doi: 10.…}") {
		return
	}
	ids := &r.h.Identifiers
	for _, g := range f.value.fields {
		full := r.sub(g, f)
		switch g.name {
		case "doi":
			ids.DOI = r.checked(full, checkDOI)
		case "isbn":
			ids.ISBN = r.checked(full, checkISBN)
		case "issn":
			ids.ISSN = r.checked(full, checkISSN)
		case "ark":
			ids.ARK = r.checked(full, checkARK)
		case "urn":
			ids.URN = r.checked(full, checkURN)
		default:
			r.unknown(g, identifierFields)
		}
	}
}

func (r *headerReader) labels(f field) {
	if !r.kind(f, mapping, "write labels: {notes: …}") {
		return
	}
	english := englishLabels()
	for _, g := range f.value.fields {
		i := slices.IndexFunc(english, func(l label) bool { return l.name == g.name })
		if i < 0 {
			var known []string
			for _, l := range english {
				known = append(known, l.name)
			}
			r.unknown(g, known)
			continue
		}
		full := r.sub(g, f)
		word := r.words(full)
		if w := checkLabel(word, english[i]); word != "" && w != nil {
			r.wrong(full, w)
			continue
		}
		if word != "" {
			if r.h.Labels == nil {
				r.h.Labels = map[string]string{}
			}
			r.h.Labels[g.name] = word
		}
	}
}

func (r *headerReader) settings(f field) {
	if f.value.kind == nothing {
		return // "epub:" alone says nothing
	}
	if !r.kind(f, mapping, fmt.Sprintf("write %s: {…}", f.name)) {
		return
	}
	for _, g := range f.value.fields {
		if !slices.Contains(settingFields[f.name], g.name) {
			r.unknown(g, settingFields[f.name])
			continue
		}
		full := r.sub(g, f)
		if full.name == "pdf.fonts" {
			r.fonts(full)
			continue
		}
		s := r.line(full)
		if s == "" {
			continue
		}
		if w := setSetting(&r.h.Settings, full.name, s); w != nil {
			r.wrong(full, w)
		}
	}
}

// fonts are the font files of pdf.fonts; one may stand there without brackets.
func (r *headerReader) fonts(f field) {
	items := []field{f}
	if f.value.kind != scalar {
		items = r.items(f, "write fonts: [fonts/NAME.ttf]")
	}
	r.h.Settings.PDF.Fonts = nil
	for _, item := range items {
		if s := r.line(item); s != "" {
			r.h.Settings.PDF.Fonts = append(r.h.Settings.PDF.Fonts, &FontFile{Name: s})
		}
	}
}

// setSetting sets one setting by its full name, which is known: "text.width".
func setSetting(s *Settings, name, value string) *wrong {
	switch name {
	case "pdf.paper":
		for paper := range Papers {
			if strings.EqualFold(value, paper) {
				s.PDF.Paper = paper
				return nil
			}
		}
		return &wrong{fmt.Sprintf("there is no paper %q", value), "write " + orList(slices.Sorted(maps.Keys(Papers)))}
	case "pdf.margin-top":
		return setLength(&s.PDF.MarginTop, "a margin above", value, minAbove, maxMargin)
	case "pdf.margin-bottom":
		return setLength(&s.PDF.MarginBottom, "a margin below", value, minAbove, maxMargin)
	case "pdf.margin-inner":
		return setLength(&s.PDF.MarginInner, "a margin", value, minMargin, maxMargin)
	case "pdf.margin-outer":
		return setLength(&s.PDF.MarginOuter, "a margin", value, minMargin, maxMargin)
	case "pdf.size":
		return setLength(&s.PDF.Size, "the type of the text", value, minSize, maxSize)
	case "pdf.two-sided":
		return setBool(&s.PDF.TwoSided, "two-sided", value)
	case "pdf.align":
		return setWord(&s.PDF.Align, "align", value, "justify", "start")
	case "pdf.links":
		return setWord(&s.PDF.Links, "links", value, "list", "inline", "none")
	case "pdf.missing":
		return setWord(&s.PDF.Missing, "missing", value, "error", "box")
	case "epub.cover", "epub.conforms-to", "epub.certified-by":
		return s.EPUB.set(name, value)
	case "text.width":
		n, err := strconv.Atoi(value)
		if err != nil || n != 0 && n < 20 || n > 10_000 {
			return &wrong{fmt.Sprintf("a line cannot be %s columns wide", value), "write a number from 20 on, or 0 for one paragraph a line"}
		}
		s.Text.Width = n
	case "text.newline":
		return setWord(&s.Text.Newline, "newline", value, "lf", "crlf")
	case "text.bom":
		return setBool(&s.Text.BOM, "bom", value)
	default:
		panic(fmt.Sprintf("source: unknown setting %q", name))
	}
	return nil
}

// setWord sets a setting that is one of a few words.
func setWord(to *string, name, value string, words ...string) *wrong {
	if !slices.Contains(words, value) {
		return &wrong{fmt.Sprintf("%s cannot be %q", name, value), "write " + orList(words)}
	}
	*to = value
	return nil
}

func setBool(to *bool, name, value string) *wrong {
	if value != "true" && value != "false" {
		return &wrong{fmt.Sprintf("%s cannot be %q", name, value), "write true or false"}
	}
	*to = value == "true"
	return nil
}

// orList puts words in a row: "a, b or c".
func orList(words []string) string {
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// Limits of measures, in hundredths of a point.
const (
	minMargin, maxMargin = 1417, 28346 // 5 and 100 mm
	minAbove             = 4252        // 15 mm above and below, where the head and the foot of a page stand
	minSize, maxSize     = 600, 3600
	minMeasure           = 17008 // 60 mm, of the text on a page
)

// units are the units of measures, in millionths of a hundredth of a point.
var units = []struct {
	name string
	size int64
}{
	{"mm", 283_464_567}, {"cm", 2_834_645_669}, {"in", 7_200_000_000}, {"pt", 100_000_000},
}

// setLength sets a measure that is written with its unit, as CSS has it: "2.5cm".
func setLength(to *int, what, value string, least, most int) *wrong {
	bad := &wrong{fmt.Sprintf("%q is no measure", shorten(value)), "write a number and mm, cm, in or pt: 25mm, 1.5in"}
	for _, unit := range units {
		number, ok := strings.CutSuffix(value, unit.name)
		if !ok {
			continue
		}
		whole, fraction, point := strings.Cut(strings.TrimSpace(number), ".")
		digits := func(s string) bool { return len(s) > 0 && len(s) <= 4 && strings.Trim(s, "0123456789") == "" }
		if !digits(whole) || point && !digits(fraction) {
			return bad
		}
		n, _ := strconv.ParseInt((whole + fraction + "0000")[:len(whole)+4], 10, 64) // in 1/10,000
		length := int((n*unit.size + 5e9) / 1e10)
		if length < least || length > most {
			return &wrong{fmt.Sprintf("%s cannot be %s", what, value),
				fmt.Sprintf("write a measure from %s to %s", points(least), points(most))}
		}
		*to = length
		return nil
	}
	return bad
}

// points writes a measure, with millimetres beside it.
func points(hundredths int) string {
	return fmt.Sprintf("%dpt (%dmm)", hundredths/100, (hundredths*254+36_000)/72_000)
}

// room says when the margins leave no room for text. Where the article names no
// paper, its languages can have A4 or Letter.
func (s *PDFSettings) room() *wrong {
	paper, ok := Papers[s.Paper]
	if !ok {
		paper = Paper{min(Papers["A4"].Width, Papers["Letter"].Width), min(Papers["A4"].Height, Papers["Letter"].Height)}
	}
	// A margin that is not given is less than a fifth of the paper.
	width := paper.Width - cmp.Or(s.MarginInner, paper.Width/5) - cmp.Or(s.MarginOuter, paper.Width/5)
	height := paper.Height - cmp.Or(s.MarginTop, paper.Height/5) - cmp.Or(s.MarginBottom, paper.Height/5)
	if width >= minMeasure && height >= minMeasure {
		return nil
	}
	return &wrong{"the margins leave no room for the text", "make them smaller, so that lines are 60 mm long or longer"}
}

// Set tries one setting for all language versions, as if each front matter had
// it: Set("pdf.paper", "Letter"). The error says what is wrong with the key or
// the value, and what to write.
func (f *Folder) Set(key, value string) error {
	format, name, _ := strings.Cut(key, ".")
	var known []string
	for _, format := range headerFields {
		for _, name := range settingFields[format] {
			known = append(known, format+"."+name)
		}
	}
	if !slices.Contains(settingFields[format], name) {
		return &wrong{fmt.Sprintf("there is no setting %q", key), didYouMean(key, known)}
	}
	value = strings.TrimSpace(value)
	if value == "" {
		return &wrong{fmt.Sprintf("%s has no value", key), fmt.Sprintf("write %s=…", key)}
	}
	if key == "pdf.fonts" {
		return f.setFonts(strings.Split(value, ","))
	}
	for _, a := range f.Articles {
		if w := setSetting(&a.Header.Settings, key, value); w != nil {
			return w
		}
		if w := a.Header.Settings.PDF.room(); w != nil {
			return w
		}
	}
	if key == "epub.cover" {
		if w := f.setCover(); w != nil {
			return w
		}
	}
	return nil
}

func checkURL(s string) *wrong {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, " <>\"") {
		return &wrong{fmt.Sprintf("%q is not an address on the web", shorten(s)), "write the whole address: https://example.org/article"}
	}
	return nil
}

func checkLicense(s string) *wrong {
	if strings.Contains(s, "://") {
		return checkURL(s)
	}
	ok := func(r rune) bool {
		return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' || r == '+')
	}
	if strings.TrimLeftFunc(s, ok) == "" {
		return nil
	}
	hint := "write an identifier from spdx.org/licenses such as CC-BY-4.0, or the address of the licence; words go into rights"
	if t := strings.ReplaceAll(s, " ", "-"); strings.TrimLeftFunc(t, ok) == "" {
		hint = fmt.Sprintf("did you mean %s? Identifiers are at spdx.org/licenses; words go into rights", t)
	}
	return &wrong{fmt.Sprintf("%q is not the identifier of a licence", shorten(s)), hint}
}

func checkORCID(s string) *wrong {
	id := strings.TrimPrefix(s, "https://orcid.org/")
	bad := &wrong{fmt.Sprintf("%q is not an ORCID iD", shorten(s)), "write 16 digits in groups of four: 0000-0002-1825-0097"}
	if len(id) != 19 || id[4] != '-' || id[9] != '-' || id[14] != '-' {
		return bad
	}
	// ISO 7064 MOD 11-2, as orcid.org describes it.
	digits := strings.ReplaceAll(id, "-", "")
	if len(digits) != 16 {
		return bad
	}
	total := 0
	for _, c := range digits[:15] {
		if c < '0' || c > '9' {
			return bad
		}
		total = (total + int(c-'0')) * 2
	}
	if check := "0123456789X"[(12-total%11)%11]; digits[15] != check {
		return &wrong{fmt.Sprintf("%s is not an ORCID iD: its last digit does not fit the others", id), "compare it with the person's page at orcid.org"}
	}
	return nil
}

func checkDOI(s string) *wrong {
	prefix, suffix, _ := strings.Cut(s, "/")
	if !strings.HasPrefix(prefix, "10.") || strings.TrimLeft(prefix, "0123456789.") != "" || len(prefix) < 5 || suffix == "" || strings.ContainsAny(s, " <>\"") {
		return &wrong{fmt.Sprintf("%q is not a DOI", shorten(s)), "write it without an address before it: 10.1000/182"}
	}
	return nil
}

func checkISBN(s string) *wrong {
	digits := strings.NewReplacer("-", "", " ", "").Replace(s)
	sum := 0
	switch len(digits) {
	case 13:
		for i, c := range digits {
			if c < '0' || c > '9' {
				return badISBN(s)
			}
			sum += int(c-'0') * (1 + 2*(i%2))
		}
		if sum%10 != 0 || digits[:3] != "978" && digits[:3] != "979" {
			return badISBN(s)
		}
	case 10:
		for i, c := range digits {
			n := int(c - '0')
			if i == 9 && (c == 'X' || c == 'x') {
				n = 10
			} else if c < '0' || c > '9' {
				return badISBN(s)
			}
			sum += n * (10 - i)
		}
		if sum%11 != 0 {
			return badISBN(s)
		}
	default:
		return badISBN(s)
	}
	return nil
}

func badISBN(s string) *wrong {
	return &wrong{fmt.Sprintf("%q is not an ISBN: its number of digits or its last digit does not fit", shorten(s)), "write the 13 digits that stand above the bar code"}
}

func checkISSN(s string) *wrong {
	bad := &wrong{fmt.Sprintf("%q is not an ISSN", shorten(s)), "write two groups of four with a hyphen: 0378-5955"}
	if len(s) != 9 || s[4] != '-' {
		return bad
	}
	sum := 0
	for i, c := range s[:4] + s[5:] {
		n := int(c - '0')
		if i == 7 && c == 'X' {
			n = 10
		} else if c < '0' || c > '9' {
			return bad
		}
		sum += n * (8 - i)
	}
	if sum%11 != 0 {
		return &wrong{fmt.Sprintf("%s is not an ISSN: its last digit does not fit the others", s), "compare it with portal.issn.org"}
	}
	return nil
}

func checkARK(s string) *wrong {
	rest, ok := strings.CutPrefix(s, "ark:")
	naan, name, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
	if !ok || len(naan) < 5 || name == "" || strings.ContainsAny(s, " <>\"") {
		return &wrong{fmt.Sprintf("%q is not an ARK", shorten(s)), "write it as ark:12345/name"}
	}
	return nil
}

func checkURN(s string) *wrong {
	parts := strings.SplitN(s, ":", 3)
	if len(parts) != 3 || !strings.EqualFold(parts[0], "urn") || len(parts[1]) < 2 || parts[2] == "" || strings.ContainsAny(s, " <>\"") {
		return &wrong{fmt.Sprintf("%q is not a URN", shorten(s)), "write it as urn:nbn:… with its name space"}
	}
	return nil
}

// slugOf makes the stem of a file name of s: letters, digits, hyphens, dots
// and underscores, and no name that Windows keeps for a device.
func slugOf(s string) string {
	const limit = 100
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= limit {
			break
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || r == '.':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-.")
	if isDevice(slug) {
		return "the-" + slug
	}
	return slug
}

// isDevice reports whether Windows takes a file of that name for a device,
// whatever its extension ("Naming Files, Paths, and Namespaces" at
// learn.microsoft.com).
func isDevice(name string) bool {
	name, _, _ = strings.Cut(strings.ToUpper(name), ".")
	switch name {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	number, ok := strings.CutPrefix(name, "COM")
	if !ok {
		number, ok = strings.CutPrefix(name, "LPT")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}
