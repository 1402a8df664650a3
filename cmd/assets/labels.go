package main

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withLabels makes the words for the parts of an article that others have
// published: labels.tsv has a line "TAG/LABEL TAB SOURCE WORDS" for each, and
// package locales puts them where it has none of its own. A word comes from
// the first source that has it:
//
//	docbook  the stylesheets of DocBook, common/*.xml
//	typst    the crate typst-library, translations/*.txt
//	cldr     CLDR, the names of fields in the display of locales
//
// Words that a source marks as English, or that are not in the script of their
// language, are not taken.
func withLabels(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	c := &cldr{pkgs: pkgs}
	l := &labels{table: make(table), between: make(map[string]string)}
	if l.likely, err = c.likelyScripts(); err != nil {
		return nil, err
	}
	if err := l.cldr(c); err != nil {
		return nil, err
	}
	if err := l.docbook(pkgs["docbook-xsl"]); err != nil {
		return nil, err
	}
	if err := l.typst(pkgs["typst-library"]); err != nil {
		return nil, err
	}
	made["labels.tsv"] = l.table.bytes()
	return made, nil
}

// labels is the table while it is filled.
type labels struct {
	table   table
	likely  likelyScripts
	between map[string]string // what CLDR sets between a label and its value, by tag
}

// add takes the words of a source for a label, unless there are some.
func (l *labels) add(source, tag, label, words string) {
	key := tag + "/" + label
	words = strings.Trim(strings.Join(strings.Fields(words), " "), " :：")
	if _, ok := l.table[key]; ok || wrongWords[key] != "" || !inScript(words, l.likely.script(tag)) {
		return
	}
	l.table[key] = source + " " + titled(words, tag)
}

// addWith takes words that stand before a value.
func (l *labels) addWith(source, tag, label, words, between, value string) {
	before := len(l.table)
	l.add(source, tag, label, words)
	if len(l.table) > before {
		l.table[tag+"/"+label] += between + "{" + value + "}"
	}
}

// wrongWords are words that are not what they are published as, and why.
var wrongWords = map[string]string{
	"hu/authors":        "the last letter of szerző is missing",
	"hu/by":             "the last letter of szerző is missing",
	"zh-Hant/editors":   "in simplified characters",
	"zh-Hant/edited-by": "in simplified characters",
	"la/figure":         "the number is not divided from the word",
	"la/table":          "the number is not divided from the word",
}

// titled gives words with a capital at the beginning, as a heading has one.
func titled(words, tag string) string {
	r, size := utf8.DecodeRuneInString(words)
	title := unicode.ToTitle
	if tag == "tr" || tag == "az" {
		title = unicode.TurkishCase.ToTitle
	}
	return string(title(r)) + words[size:]
}

// scriptTables are the Unicode scripts of the scripts of ISO 15924 that have
// another name or are several.
var scriptTables = map[string][]string{
	"Arab": {"Arabic"}, "Armn": {"Armenian"}, "Beng": {"Bengali"}, "Cyrl": {"Cyrillic"}, "Deva": {"Devanagari"}, "Ethi": {"Ethiopic"},
	"Geor": {"Georgian"}, "Grek": {"Greek"}, "Gujr": {"Gujarati"}, "Guru": {"Gurmukhi"}, "Hans": {"Han"}, "Hant": {"Han"}, "Hebr": {"Hebrew"},
	"Jpan": {"Han", "Hiragana", "Katakana"}, "Khmr": {"Khmer"}, "Knda": {"Kannada"}, "Kore": {"Hangul", "Han"}, "Laoo": {"Lao"},
	"Latn": {"Latin"}, "Mlym": {"Malayalam"}, "Orya": {"Oriya"}, "Sinh": {"Sinhala"}, "Taml": {"Tamil"}, "Telu": {"Telugu"},
	"Thai": {"Thai"}, "Tibt": {"Tibetan"},
}

// inScript reports whether words have letters, and all of them in a script. A
// script that is not in the table has none.
func inScript(words, script string) bool {
	words = strings.ReplaceAll(words, "{number}", "")
	letters := 0
	for _, r := range words {
		if !unicode.IsLetter(r) || r == 'ー' {
			continue
		}
		letters++
		if !slices.ContainsFunc(scriptTables[script], func(name string) bool { return unicode.Is(unicode.Scripts[name], r) }) {
			return false
		}
	}
	return letters > 0
}

// docbookTags are DocBook's names of languages that are not BCP 47, or are
// narrower or wider than the tag that has the words here.
var docbookTags = map[string][]string{
	"bn_in":   {"bn-IN"},
	"nb":      {"nb", "no"}, // CLDR's parent of nb is no
	"pt":      {"pt-PT"},    // pt is that of Brazil in CLDR
	"pt_br":   {"pt"},
	"sr_latn": {"sr-Latn"},
	"tl":      {"fil"},
	"zh":      {}, // simplified, as zh_cn
	"zh_cn":   {"zh-Hans"},
	"zh_tw":   {"zh-Hant"},
}

// after are the scripts of languages that put "edited by" behind the name, so
// that DocBook's words before it read wrong; the editor's title is taken there.
var after = []string{"Beng", "Deva", "Gujr", "Guru", "Hans", "Hant", "Jpan", "Knda", "Kore", "Mlym", "Orya", "Taml", "Telu"}

// docbook takes the words of DocBook's stylesheets.
func (l *labels) docbook(files map[string][]byte) error {
	const folder = "usr/share/xml/docbook/stylesheet/docbook-xsl/common/"
	type text struct {
		Key  string `xml:"key,attr"`
		Name string `xml:"name,attr"`
		Text string `xml:"text,attr"`
		Lang string `xml:"lang,attr"` // where it is not in the language of the file
	}
	found := 0
	for path, data := range files {
		name, ok := strings.CutPrefix(path, folder)
		if !ok || !strings.HasSuffix(name, ".xml") || strings.Contains(name, "/") {
			continue
		}
		var file struct {
			XMLName  xml.Name
			Language string `xml:"language,attr"`
			Texts    []text `xml:"gentext"`
			Contexts []struct {
				Name      string `xml:"name,attr"`
				Templates []text `xml:"template"`
			} `xml:"context"`
		}
		if err := xml.Unmarshal(data, &file); err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if file.XMLName.Local != "l10n" || file.Language == "" || len(file.Texts) == 0 {
			continue // a list of the others
		}
		found++
		words := make(map[string]string)
		for _, t := range file.Texts {
			if t.Lang == "" {
				words[t.Key] = t.Text
			}
		}
		for _, c := range file.Contexts {
			for _, t := range c.Templates {
				if c.Name == "xref-number" && t.Lang == "" {
					words["number of "+t.Name] = strings.Replace(t.Text, "%n", "{number}", 1)
				}
			}
		}
		tags, ok := docbookTags[file.Language]
		if !ok {
			tags = []string{file.Language}
		}
		for _, tag := range tags {
			l.docbookWords(tag, words)
		}
	}
	if found < 60 {
		return fmt.Errorf("docbook-xsl has only %d languages in %s", found, folder)
	}
	return nil
}

// docbookWords takes DocBook's words by their keys.
func (l *labels) docbookWords(tag string, words map[string]string) {
	const source = "docbook"
	for _, w := range []struct{ label, key string }{
		{"notes", "Notes"}, {"contents", "TableofContents"}, {"abstract", "Abstract"},
		{"authors", "Author"}, {"editors", "Editor"}, {"translators", "translator"},
		{"publisher", "Publisher"}, {"date", "PubDate"}, {"rights", "Copyright"},
		{"figure", "number of figure"}, {"table", "number of table"},
	} {
		l.add(source, tag, w.label, words[w.key])
	}
	colon := l.between[tag]
	if colon == "" {
		colon = ": "
	}
	l.addWith(source, tag, "by", words["Author"], colon, "names")
	l.addWith(source, tag, "translated-by", words["translator"], colon, "names")
	l.addWith(source, tag, "published", words["Published"], colon, "date")
	if slices.Contains(after, l.likely.script(tag)) {
		l.addWith(source, tag, "edited-by", words["Editor"], colon, "names")
		return
	}
	if by := strings.TrimSpace(words["Editedby"]); strings.HasSuffix(by, ":") {
		l.addWith(source, tag, "edited-by", by, colon, "names")
	} else {
		l.addWith(source, tag, "edited-by", by, " ", "names")
	}
}

// typst takes the words of Typst: lines "key = words".
func (l *labels) typst(files map[string][]byte) error {
	const source, folder = "typst", "translations/"
	found := 0
	for path, data := range files {
		name, ok := strings.CutPrefix(path, folder)
		tag, isText := strings.CutSuffix(name, ".txt")
		if !ok || !isText {
			continue
		}
		found++
		switch tag {
		case "zh":
			tag = "zh-Hans"
		case "zh-TW":
			tag = "zh-Hant"
		case "tl":
			continue // an older fil
		}
		for line := range strings.Lines(string(data)) {
			key, words, _ := strings.Cut(line, "=")
			switch strings.TrimSpace(key) {
			case "outline":
				l.add(source, tag, "contents", words)
			case "figure":
				l.addWith(source, tag, "figure", words, " ", "number")
			case "table":
				l.addWith(source, tag, "table", words, " ", "number")
			case "footnote":
				l.addWith(source, tag, "note", words, " ", "note")
			}
		}
	}
	if found < 60 {
		return fmt.Errorf("typst-library has only %d languages in %s", found, folder)
	}
	return nil
}

// cldr takes the word for a language, and what stands between a label and its
// value.
func (l *labels) cldr(c *cldr) error {
	const source = "cldr"
	for _, tag := range c.tags() {
		if subtagsOf(tag).rest != "" {
			continue
		}
		var file struct {
			LocaleDisplayNames struct {
				Languages            map[string]string
				LocaleDisplayPattern struct{ LocaleKeyTypePattern string }
				CodePatterns         struct{ Language string }
			}
		}
		names, err := c.languageNames(tag)
		if err != nil {
			return err
		}
		ok, err := c.main("cldr-localenames-full", tag, "localeDisplayNames", &file)
		if err != nil {
			return err
		}
		if !ok || len(names) == 0 {
			continue
		}
		pattern := file.LocaleDisplayNames.LocaleDisplayPattern.LocaleKeyTypePattern
		between, ok := strings.CutPrefix(pattern, "{0}")
		if between, ok2 := strings.CutSuffix(between, "{1}"); ok && ok2 {
			l.between[tag] = between
			l.table[tag+"/field"] = source + " {label}" + between + "{value}"
		}
		word, ok := strings.CutSuffix(file.LocaleDisplayNames.CodePatterns.Language, "{0}")
		if ok && (tag == "en" || strings.Trim(word, " :") != "Language") {
			l.add(source, tag, "language", word)
		}
	}
	return nil
}
