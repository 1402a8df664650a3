// Package locales knows what a language needs in print: words for the parts of
// an article, quotation marks, dates, lists, digits, script and direction.
//
// Start at Get. Our own words for a language are in one file, data/<tag>.json,
// and adding a language is adding a file; what CLDR knows of all languages is
// in the tables of the folder cldr, of which only the lines that are asked for
// are ever read. The rule that holds everywhere: a language never takes words
// from another script, so Serbian in Latin letters falls back to English and
// not to Cyrillic words.
//
// The word locales has two places on purpose: in an article folder it holds
// the translations, here what we know of languages.
package locales

import (
	"cmp"
	"slices"
	"strings"
)

// Direction is the direction in which a language is written, as HTML's dir
// attribute names it.
type Direction string

const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

// Locale is what is known of one language. Values are shared: do not change them.
type Locale struct {
	Tag    string // canonical BCP 47 tag as it was asked for: "kk-Arab", "fr-CA"
	Script string // ISO 15924, never empty: "Cyrl"
	Dir    Direction
	Name   string // its own name: "қазақ тілі"; the tag where that is not known
	Quotes Quotes
	Digits [10]string // what its numbers are written with, "0" to "9" or "٠" to "٩"
	// Native are the digits of its script where CLDR has such: those of Digits
	// in Arabic, others in Hindi, whose numbers are written with 0 to 9.
	Native [10]string
	Labels Labels

	// Typography is never nil. It does not fall back to English.
	Typography *Typography

	// LabelsFrom is the tag that completes Labels: Tag or a wider one in the
	// same script ("kk" for kk-KZ, "zh-Hans" for zh-CN) where these have every
	// word, or "en" where one or more are English, which Compose warns of;
	// LabelSources says which.
	LabelsFrom string
	// DataFrom is the tag whose dates, quotation marks and digits were taken:
	// Tag or a wider one, or "en" when nothing is known of the language.
	DataFrom string

	data     record
	firstDay string // the first day of a month in a full date, where it is an ordinal: "1er"
	articles []string

	powers, cardinals map[string]int // see Numbers
}

// Quotes are the quotation marks of a language, two levels, as CLDR has them:
// without the spaces that French sets inside them.
type Quotes struct {
	Open, Close           string
	InnerOpen, InnerClose string
}

// Latin are the digits that most languages share, in a row.
const Latin = "0123456789"

// Get gives what is known of a language. It never returns nil: what is not
// known of it is English, and LabelsFrom and DataFrom say so. A tag that
// ParseTag refuses is a language of which nothing is known.
func Get(tag string) *Locale {
	t, err := parse(tag)
	l := &Locale{Tag: t.String()}
	chain := t.chain()
	if err != nil {
		l.Tag, chain = tag, nil
	}
	l.Script = t.likelyScript()
	l.Dir = cmp.Or(Direction(valueOf(l.Script, kindScript)), LTR)

	l.Typography = findTypography(chain)

	isEnglish := slices.Contains(chain, "en")
	if !isEnglish {
		chain = append(chain, "en")
	}
	for _, from := range chain {
		f, own := readFile(from)
		if own && l.powers == nil && (from != "en" || isEnglish) {
			l.powers, l.cardinals = f.Powers, f.Cardinals
		}
		line, known := lookup(localesTable, from)
		if l.DataFrom == "" && (known || own && f.Quotes != [4]string{}) {
			l.data = f.over(from, line)
			l.DataFrom = from
		}
		if own && l.LabelsFrom == "" && (from != "en" || isEnglish) {
			l.firstDay = cmp.Or(l.firstDay, f.FirstDay)
			l.articles = append(l.articles, f.Articles...)
		}
		if l.LabelsFrom == "" && l.Labels.fill(from, f, nil) {
			l.LabelsFrom = from
		}
		if l.LabelsFrom != "" && l.DataFrom != "" {
			break
		}
	}

	l.Name = l.data.Name
	if l.DataFrom == "en" && !isEnglish {
		l.Name = ""
	}
	l.Name = cmp.Or(l.Name, l.Tag)
	q := l.data.Quotes
	l.Quotes = Quotes{q[0], q[1], q[2], q[3]}
	copy(l.Digits[:], strings.Split(cmp.Or(l.data.Digits, Latin), ""))
	copy(l.Native[:], strings.Split(cmp.Or(l.data.Native, l.data.Digits, Latin), ""))
	return l
}

// LanguageName is the name of the language of tag in l's language: "Kazakh",
// "Kazakh (Latin)". Where that is not known it is the language's own name, and
// where that is not known either it is the tag.
func (l *Locale) LanguageName(tag string) string {
	t, err := parse(tag)
	if err != nil {
		return tag
	}
	in, err := parse(l.Tag)
	if err != nil {
		in = subtags{language: "en"}
	}
	for _, c := range in.chain() {
		names := namesIn(c)
		for _, of := range t.chain() {
			if name := names(of); name != "" {
				return name
			}
		}
		// Not one of those that have a name of their own: language and script.
		name, script := names(t.language), names(t.likelyScript())
		if name != "" && script != "" {
			return strings.NewReplacer("{0}", name, "{1}", script).Replace(names("pattern"))
		}
	}
	return Get(tag).Name
}

// FileAs is a title as a catalogue sorts it: a definite or indefinite article
// at its start stands at its end, "days of January, The".
func (l *Locale) FileAs(title string) string {
	for _, a := range l.articles {
		if len(title) <= len(a) || !strings.EqualFold(title[:len(a)], a) {
			continue
		}
		if rest := strings.TrimSpace(title[len(a):]); rest != "" {
			return rest + ", " + strings.TrimSpace(title[:len(a)])
		}
	}
	return title
}
