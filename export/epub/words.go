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

// speaker has our own words for one document.
type speaker struct {
	locale *locales.Locale
	lender *locales.Locale // whose words stand in for those that it lacks; nil before one did
}

// say gives one of our own words: in the language of the document or as the
// author gave it, else borrowed from another language.
func (s *speaker) say(pick func(*locales.Labels) string) words {
	l := s.locale
	own := clean(pick(&l.Labels))
	// LabelsFrom is always in the script of the document.
	if visible(own) && language(l.Tag) == language(l.LabelsFrom) {
		return words{text: own}
	}
	if s.lender == nil {
		s.lender = locales.Get(cmp.Or(l.LabelsFrom, "en"))
	}
	if theirs := clean(pick(&s.lender.Labels)); !visible(own) || own == theirs {
		return words{theirs, s.lender.Tag, s.lender.Dir}
	}
	return words{text: own}
}

// language is the language of a tag, without script and region.
func language(tag string) string {
	l, _, _ := strings.Cut(tag, "-")
	return l
}
