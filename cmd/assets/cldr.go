package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// withCLDR makes the extract of CLDR: the licence as it is, and three tables of
// lines "key TAB value" in the order of their bytes, which package locales
// searches without reading the rest.
//
//	locales.tsv  what print needs of each locale, as JSON (record)
//	names.tsv    names of languages and scripts in each language
//	subtags.tsv  what a tag can be made of, and which tags stand for others
func withCLDR(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	c := &cldr{pkgs: pkgs}
	for name, build := range map[string]func() (table, error){
		"locales.tsv": c.locales,
		"names.tsv":   c.names,
		"subtags.tsv": c.subtags,
	} {
		t, err := build()
		if err != nil {
			return nil, fmt.Errorf("making %s: %w", name, err)
		}
		made[name] = t.bytes()
	}
	return made, nil
}

// A table has the values of a file's lines by their keys.
type table map[string]string

func (t table) bytes() []byte {
	var b bytes.Buffer
	for _, key := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&b, "%s\t%s\n", key, t[key])
	}
	return b.Bytes()
}

// setJSON sets a value to JSON that is as people would read it.
func (t table) setJSON(key string, value any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	t[key] = strings.TrimSuffix(b.String(), "\n")
	return nil
}

// cldr reads CLDR's files. Those of a locale have every value that it
// inherits, from its parent or from the root, filled in by their makers.
type cldr struct{ pkgs packages }

// core reads a file that is about all locales.
func (c *cldr) core(path string, v any) error {
	data, ok := c.pkgs["cldr-core"][path]
	if !ok {
		return fmt.Errorf("cldr-core has no %s", path)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// main reads what a file of a package says of a locale, and reports whether
// there is such a file.
func (c *cldr) main(pkg, tag, name string, v any) (bool, error) {
	data, ok := c.pkgs[pkg]["main/"+tag+"/"+name+".json"]
	if !ok {
		return false, nil
	}
	var top struct{ Main map[string]json.RawMessage }
	err := json.Unmarshal(data, &top)
	if err == nil {
		err = json.Unmarshal(top.Main[tag], v)
	}
	if err != nil {
		return false, fmt.Errorf("reading %s of %s: %w", name, tag, err)
	}
	return true, nil
}

// tags are the locales that CLDR has, without the root.
func (c *cldr) tags() []string {
	var tags []string
	for path := range c.pkgs["cldr-misc-full"] {
		if tag, ok := strings.CutSuffix(path, "/delimiters.json"); ok {
			tags = append(tags, strings.TrimPrefix(tag, "main/"))
		}
	}
	tags = slices.DeleteFunc(tags, func(tag string) bool { return tag == "und" })
	slices.Sort(tags)
	return tags
}

// A record is a line of locales.tsv. Package locales has the other half of
// this struct, and documents it.
type record struct {
	Name   string    `json:"name,omitempty"`
	Quotes [4]string `json:"quotes"`
	Digits string    `json:"digits,omitempty"`
	Native string    `json:"native,omitempty"`
	List   [4]string `json:"list"`
	Day    string    `json:"day,omitempty"`
	Month  string    `json:"month,omitempty"`
	Year   string    `json:"year,omitempty"`
	Months *[]string `json:"months,omitempty"`
	Alone  *[]string `json:"months-alone,omitempty"`
}

// locales is a line for each locale that has something of its own. One that
// says nothing else than the locale that it is cut to at run time is left out.
func (c *cldr) locales() (table, error) {
	digits, err := c.numberingSystems()
	if err != nil {
		return nil, err
	}
	likely, err := c.likelyScripts()
	if err != nil {
		return nil, err
	}
	rtl, err := c.directions()
	if err != nil {
		return nil, err
	}
	t := make(table)
	records := make(map[string]*record)
	for _, tag := range c.tags() { // sorted: what a tag is cut to comes first
		r, err := c.record(tag, digits)
		if err != nil {
			return nil, err
		}
		dir, err := c.direction(tag)
		if err != nil {
			return nil, err
		}
		if want := rtl[likely.script(tag)]; dir != want {
			return nil, fmt.Errorf("%s is written %s, and its script %s", tag, dir, want)
		}
		if dir == "rtl" {
			r.Quotes = mirrored(r.Quotes)
		}
		records[tag] = r
		if i := strings.LastIndexByte(tag, '-'); i > 0 {
			base := tag[:i]
			if likely.script(base) == likely.script(tag) && reflect.DeepEqual(records[base], r) {
				continue
			}
		}
		if err := t.setJSON(tag, r); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// mirrored gives the quotation marks of a language that is written from right
// to left in the order of the text. CLDR has the guillemets of some in the
// order in which they are seen, and Unicode mirrors them: the one that opens is
// « there too, and looks like ».
func mirrored(q [4]string) [4]string {
	for i := 0; i < len(q); i += 2 {
		if q[i] == "»" || q[i] == "›" {
			q[i], q[i+1] = q[i+1], q[i]
		}
	}
	return q
}

func (c *cldr) record(tag string, digits map[string]string) (*record, error) {
	r := new(record)

	var delimiters struct {
		Delimiters struct{ QuotationStart, QuotationEnd, AlternateQuotationStart, AlternateQuotationEnd string }
	}
	if ok, err := c.main("cldr-misc-full", tag, "delimiters", &delimiters); !ok {
		return nil, cmp.Or(err, fmt.Errorf("%s has no quotation marks", tag))
	}
	d := delimiters.Delimiters
	r.Quotes = [4]string{d.QuotationStart, d.QuotationEnd, d.AlternateQuotationStart, d.AlternateQuotationEnd}

	var lists struct {
		ListPatterns struct {
			Standard struct {
				Start, Middle, End string
				Two                string `json:"2"`
			} `json:"listPattern-type-standard"`
		}
	}
	if ok, err := c.main("cldr-misc-full", tag, "listPatterns", &lists); !ok {
		return nil, cmp.Or(err, fmt.Errorf("%s has no list patterns", tag))
	}
	l := lists.ListPatterns.Standard
	r.List = [4]string{l.Start, l.Middle, l.End, l.Two}
	for _, p := range r.List {
		if a, b := strings.Index(p, "{0}"), strings.Index(p, "{1}"); a < 0 || b < a {
			return nil, fmt.Errorf("%s: list pattern %q", tag, p)
		}
	}

	var numbers struct {
		Numbers struct {
			DefaultNumberingSystem string
			OtherNumberingSystems  struct{ Native string }
		}
	}
	if _, err := c.main("cldr-numbers-full", tag, "numbers", &numbers); err != nil {
		return nil, err
	}
	if system := numbers.Numbers.DefaultNumberingSystem; system != "" && system != "latn" {
		if r.Digits = digits[system]; r.Digits == "" {
			return nil, fmt.Errorf("%s: numbering system %s has no digits", tag, system)
		}
	}

	// A native system without digits is an algorithm, which is not for dates,
	// and those of Chinese are words as well, which no reader counts with.
	if native := numbers.Numbers.OtherNumberingSystems.Native; native != "latn" && native != "hanidec" && digits[native] != r.Digits {
		r.Native = digits[native]
	}

	if err := c.dates(tag, r); err != nil {
		return nil, err
	}

	names, err := c.languageNames(tag)
	if err != nil {
		return nil, err
	}
	s := subtagsOf(tag)
	r.Name = cmp.Or(names[tag], names[join(s.language, s.script)], names[s.language])
	return r, nil
}

// dates fills in the formats of dates. A locale whose months have no names
// gets none, and its dates are written as ISO 8601 has them.
func (c *cldr) dates(tag string, r *record) error {
	type months struct{ Wide map[string]string }
	var file struct {
		Dates struct {
			Calendars struct {
				Gregorian struct {
					Months struct {
						Format     months
						StandAlone months `json:"stand-alone"`
					}
					Eras struct {
						EraAbbr map[string]string
					}
					DateFormats     struct{ Long json.RawMessage }
					DateTimeFormats struct {
						AvailableFormats struct {
							Year  string `json:"y"`
							Month string `json:"yMMMM"`
						}
					}
				}
			}
		}
	}
	if ok, err := c.main("cldr-dates-full", tag, "ca-gregorian", &file); !ok {
		return err
	}
	g := file.Dates.Calendars.Gregorian
	format, err := inOrder(g.Months.Format.Wide)
	if err != nil {
		return fmt.Errorf("%s: %w", tag, err)
	}
	alone, err := inOrder(g.Months.StandAlone.Wide)
	if err != nil {
		return fmt.Errorf("%s: %w", tag, err)
	}
	if format[0] == "M01" { // the root's
		return nil
	}
	r.Months = &format
	if !slices.Equal(alone, format) {
		r.Alone = &alone
	}
	var long string
	if json.Unmarshal(g.DateFormats.Long, &long) != nil {
		// Some have a pattern and the numbering system that goes with it.
		var with struct {
			Value string `json:"_value"`
		}
		if err := json.Unmarshal(g.DateFormats.Long, &with); err != nil {
			return fmt.Errorf("%s: long date format: %w", tag, err)
		}
		long = with.Value
	}
	for _, p := range []struct {
		to   *string
		from string
	}{
		{&r.Day, long},
		{&r.Month, g.DateTimeFormats.AvailableFormats.Month},
		{&r.Year, g.DateTimeFormats.AvailableFormats.Year},
	} {
		if *p.to, err = datePattern(p.from, g.Eras.EraAbbr["1"]); err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
	}
	return nil
}

// datePattern gives a pattern in which only the fields are left that package
// locales knows: y, M, d, dd, MMMM and LLLL. An era becomes a literal, since
// all dates are in the same one, and a short month a long one.
func datePattern(pattern, era string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(pattern); {
		if pattern[i] == '\'' {
			n := strings.IndexByte(pattern[i+1:], '\'')
			if n < 0 {
				return "", fmt.Errorf("date pattern %q: quotation without an end", pattern)
			}
			b.WriteString(pattern[i : i+n+2])
			i += n + 2
			continue
		}
		n := 1
		for i+n < len(pattern) && pattern[i+n] == pattern[i] {
			n++
		}
		switch field := pattern[i : i+n]; {
		case field == "G":
			b.WriteString("'" + era + "'")
		case field == "MMM":
			b.WriteString("MMMM")
		case isLetter(pattern[i]) && !slices.Contains([]string{"y", "M", "d", "dd", "MMMM", "LLLL"}, field):
			return "", fmt.Errorf("date pattern %q: field %s is not known", pattern, field)
		default:
			b.WriteString(field)
		}
		i += n
	}
	if b.Len() == 0 {
		return "", fmt.Errorf("a date pattern is missing")
	}
	return b.String(), nil
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func inOrder(months map[string]string) ([]string, error) {
	list := make([]string, 12)
	for i := range list {
		if list[i] = months[fmt.Sprint(i+1)]; list[i] == "" {
			return nil, fmt.Errorf("month %d has no name", i+1)
		}
	}
	return list, nil
}

func (c *cldr) direction(tag string) (string, error) {
	var file struct {
		Layout struct {
			Orientation struct{ CharacterOrder string }
		}
	}
	if ok, err := c.main("cldr-misc-full", tag, "layout", &file); !ok {
		return "", cmp.Or(err, fmt.Errorf("%s has no layout", tag))
	}
	if file.Layout.Orientation.CharacterOrder == "right-to-left" {
		return "rtl", nil
	}
	return "ltr", nil
}

// numberingSystems are the ten digits of each system that has them.
func (c *cldr) numberingSystems() (map[string]string, error) {
	var file struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
			}
		}
	}
	if err := c.core("supplemental/numberingSystems.json", &file); err != nil {
		return nil, err
	}
	digits := make(map[string]string)
	for name, s := range file.Supplemental.NumberingSystems {
		digits[name] = s.Digits
	}
	return digits, nil
}

// languageNames are the names of languages in the language of a locale,
// without forms for menus and other variants.
func (c *cldr) languageNames(tag string) (map[string]string, error) {
	var file struct {
		LocaleDisplayNames struct{ Languages map[string]string }
	}
	_, err := c.main("cldr-localenames-full", tag, "languages", &file)
	return plain(file.LocaleDisplayNames.Languages), err
}

func (c *cldr) scriptNames(tag string) (map[string]string, error) {
	var file struct {
		LocaleDisplayNames struct{ Scripts map[string]string }
	}
	_, err := c.main("cldr-localenames-full", tag, "scripts", &file)
	return plain(file.LocaleDisplayNames.Scripts), err
}

// plain leaves out variants of names, and names that are only the code.
func plain(names map[string]string) map[string]string {
	m := make(map[string]string)
	for key, name := range names {
		if !strings.Contains(key, "-alt-") && !strings.Contains(key, "-menu-") && name != key {
			m[key] = name
		}
	}
	return m
}

// names is a line for each name: "ru/kk" is what Russian calls Kazakh,
// "ru/Cyrl" the script, and "ru/pattern" is how the two are put together.
// Names differ by region too little to be kept, so they are of a language, or
// of a language in a script. The languages that have names are those that CLDR
// itself covers, and the scripts those that it has them in.
func (c *cldr) names() (table, error) {
	var coverage struct{ CoverageLevels map[string]string }
	if err := c.core("coverageLevels.json", &coverage); err != nil {
		return nil, err
	}
	likely, err := c.likelyScripts()
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool) // languages and scripts
	for tag := range coverage.CoverageLevels {
		known[subtagsOf(tag).language] = true
	}
	for _, tag := range c.tags() {
		if s := subtagsOf(tag).script; s != "" {
			known[s] = true
		}
	}
	t := make(table)
	for _, tag := range c.tags() {
		s := subtagsOf(tag)
		if s.rest != "" {
			continue
		}
		languages, err := c.languageNames(tag)
		if err != nil {
			return nil, err
		}
		if len(languages) == 0 {
			continue
		}
		scripts, err := c.scriptNames(tag)
		if err != nil {
			return nil, err
		}
		var file struct {
			LocaleDisplayNames struct {
				LocaleDisplayPattern struct{ LocalePattern string }
			}
		}
		if _, err := c.main("cldr-localenames-full", tag, "localeDisplayNames", &file); err != nil {
			return nil, err
		}
		line := map[string]string{"pattern": file.LocaleDisplayNames.LocaleDisplayPattern.LocalePattern}
		for _, names := range []map[string]string{languages, scripts} {
			for key, name := range names {
				if known[subtagsOf(key).language] {
					line[key] = name
				}
			}
		}
		for key, name := range line {
			if s.script == likely[s.language] && t[s.language+"/"+key] == name {
				continue // kk-Cyrl says what kk says
			}
			t[tag+"/"+key] = name
		}
	}
	return t, nil
}

// subtags is what a tag can be made of:
//
//	kk     language Cyrl   a language, and the script that it is written in
//	kk-CN  language Arab   where that is another one in a region
//	Arab   script rtl      a script, and its direction
//	KZ     region
//	iw     alias he        a subtag or whole tag, and what stands in its place
//
// Languages are those whose script or English name CLDR knows.
func (c *cldr) subtags() (table, error) {
	t := make(table)

	names, err := c.languageNames("en")
	if err != nil {
		return nil, err
	}
	for tag := range names {
		t[subtagsOf(tag).language] = "language "
	}
	likely, err := c.likelyScripts()
	if err != nil {
		return nil, err
	}
	for tag, script := range likely {
		if s := subtagsOf(tag); s.rest == "" || likely[s.language] != script {
			t[tag] = "language " + script
		}
	}

	directions, err := c.directions()
	if err != nil {
		return nil, err
	}
	for script, dir := range directions {
		t[script] = "script " + dir
	}

	var english struct {
		LocaleDisplayNames struct{ Territories map[string]string }
	}
	if _, err := c.main("cldr-localenames-full", "en", "territories", &english); err != nil {
		return nil, err
	}
	for region := range plain(english.LocaleDisplayNames.Territories) {
		t[region] = "region"
	}

	type aliases map[string]struct {
		Replacement string `json:"_replacement"`
	}
	var file struct {
		Supplemental struct {
			Metadata struct {
				Alias struct{ LanguageAlias, ScriptAlias, TerritoryAlias aliases }
			}
		}
	}
	if err := c.core("supplemental/aliases.json", &file); err != nil {
		return nil, err
	}
	a := file.Supplemental.Metadata.Alias
	for tag, to := range a.LanguageAlias {
		if strings.HasPrefix(tag, "und-") {
			continue // a variant in any language
		}
		t[strings.ToLower(tag)] = "alias " + to.Replacement
	}
	for script, to := range a.ScriptAlias {
		t[script] = "alias " + to.Replacement
	}
	for region, to := range a.TerritoryAlias {
		switch first, _, several := strings.Cut(to.Replacement, " "); {
		case len(region) > 3 || len(region) == 3 && isLetter(region[0]):
			// not a subtag
		case several:
			t[region] = "region" // several came of it, and nothing says which is meant
		default:
			t[region] = "alias " + first
		}
	}
	return t, nil
}

// likelyScripts are the scripts of languages ("kk") and of languages in a
// region ("kk-CN").
type likelyScripts map[string]string

func (c *cldr) likelyScripts() (likelyScripts, error) {
	var file struct {
		Supplemental struct{ LikelySubtags map[string]string }
	}
	if err := c.core("supplemental/likelySubtags.json", &file); err != nil {
		return nil, err
	}
	l := make(likelyScripts)
	for from, to := range file.Supplemental.LikelySubtags {
		if s := subtagsOf(from); s.script == "" && s.language != "und" {
			l[from] = subtagsOf(to).script
		}
	}
	return l, nil
}

// script is the script of a locale.
func (l likelyScripts) script(tag string) string {
	s := subtagsOf(tag)
	return cmp.Or(s.script, l[join(s.language, s.rest)], l[s.language])
}

// directions are "ltr" or "rtl" by script.
func (c *cldr) directions() (map[string]string, error) {
	var file struct {
		ScriptMetadata map[string]struct {
			RTL string `json:"rtl"`
		}
	}
	if err := c.core("scriptMetadata.json", &file); err != nil {
		return nil, err
	}
	names, err := c.scriptNames("en")
	if err != nil {
		return nil, err
	}
	dir := make(map[string]string)
	for script := range names {
		dir[script] = "ltr"
	}
	// Ways of writing a script, which the metadata leaves out.
	for _, script := range []string{"Aran", "Phlv", "Syre", "Syrj", "Syrn"} {
		dir[script] = "rtl"
	}
	for script, m := range file.ScriptMetadata {
		dir[script] = "ltr"
		if m.RTL == "YES" {
			dir[script] = "rtl"
		}
	}
	return dir, nil
}

// subtags are the parts of a locale of CLDR.
type subtags struct{ language, script, rest string }

func subtagsOf(tag string) subtags {
	var s subtags
	s.language, s.rest, _ = strings.Cut(tag, "-")
	if first, after, _ := strings.Cut(s.rest, "-"); len(first) == 4 && isLetter(first[0]) {
		s.script, s.rest = first, after
	}
	return s
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + "-" + b
}

// withExemplars makes the table of the characters that each language is
// written with, in CLDR's notation of sets: letters, numbers and punctuation.
// Tests ask for a face for all of them. Regions are left out.
func withExemplars(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	c := &cldr{pkgs: pkgs}
	t := make(table)
	for _, tag := range c.tags() {
		if subtagsOf(tag).rest != "" {
			continue
		}
		var file struct {
			Characters struct{ ExemplarCharacters, Numbers, Punctuation string }
		}
		if _, err := c.main("cldr-misc-full", tag, "characters", &file); err != nil {
			return nil, err
		}
		e := file.Characters
		t[tag] = strings.Join([]string{e.ExemplarCharacters, e.Numbers, e.Punctuation}, "\t")
	}
	made["exemplars.tsv"] = t.bytes()
	return made, nil
}
