package document

import (
	"qalam/locales"
	"qalam/source"
)

// NewWork lists the language versions of the article of a folder, the
// canonical one first. A version without a title is not there.
func NewWork(f *source.Folder) Work {
	var w Work
	for _, a := range f.Articles {
		if a.Header.Title == "" {
			continue
		}
		id, _ := identifier(f, a)
		w.Versions = append(w.Versions, Version{
			Lang:       a.Lang,
			Title:      setText(a.Header.Title, newStyle(locales.Get(a.Lang), a.Header.Typography == source.TypographyOff).forRecords()),
			Identifier: id,
			URL:        a.Header.URL,
		})
	}
	return w
}
