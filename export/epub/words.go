package epub

import (
	"cmp"
	"strings"

	"github.com/beevik/etree"

	"qalam/locales"
)

// words are a title, or what we call a part of an article. The language is
// named where it is not that of the document they stand in.
type words struct {
	text string
	lang string
	dir  locales.Direction
}

// attrs are the language and the direction as attributes.
func (w words) attrs() string {
	if w.lang == "" {
		return ""
	}
	return langAttrs(w.lang, w.dir)
}

// in makes the words the text of an element.
func (w words) in(e *etree.Element) *etree.Element {
	e.SetText(w.text)
	return set(e, "lang", w.lang, "xml:lang", w.lang, "dir", string(w.dir))
}

// label is one of our own words: in the language of the locale or as the
// author gave it, else borrowed from another language.
func label(l *locales.Locale, pick func(*locales.Labels) string) words {
	own := clean(pick(&l.Labels))
	if own != "" && (l.Tag == l.LabelsFrom || strings.HasPrefix(l.Tag, l.LabelsFrom+"-")) {
		return words{text: own}
	}
	lender := locales.Get(cmp.Or(l.LabelsFrom, "en"))
	if theirs := clean(pick(&lender.Labels)); own == "" || own == theirs {
		return words{theirs, lender.Tag, lender.Dir}
	}
	return words{text: own}
}
