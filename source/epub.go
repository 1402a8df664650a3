package source

import (
	"fmt"
	"regexp"
)

// EPUBSettings are the settings below "epub" in the front matter.
type EPUBSettings struct {
	// Cover is CoverDrawn, CoverNone, or the path of an image in the folder;
	// empty means CoverDrawn.
	Cover string
	// CoverImage is the image that Cover names; nil when it names none, or one
	// that has an error.
	CoverImage *ImageFile

	// ConformsTo and CertifiedBy are the claim that the book is accessible, and
	// who makes it, in the words of EPUB Accessibility 1.1 ("Conformance
	// reporting"). Both are empty unless this language version makes the claim
	// itself: somebody looked at this one, and at no other.
	ConformsTo, CertifiedBy string
}

// Covers that are no image of the article.
const (
	CoverDrawn = "drawn" // from the title
	CoverNone  = "none"
)

var conformance = regexp.MustCompile(`^EPUB Accessibility 1\.1 - WCAG 2\.[012] Level A{1,3}$`)

// set sets one setting by its full name, which is known: "epub.cover".
func (s *EPUBSettings) set(name, value string) *wrong {
	switch name {
	case "epub.cover":
		s.Cover, s.CoverImage = value, nil
	case "epub.conforms-to":
		if !conformance.MatchString(value) {
			return &wrong{fmt.Sprintf("conforms-to cannot be %q", value),
				"write it as the standard does: EPUB Accessibility 1.1 - WCAG 2.2 Level AA"}
		}
		s.ConformsTo = value
	case "epub.certified-by":
		s.CertifiedBy = value
	default:
		panic(fmt.Sprintf("source: unknown setting %q", name))
	}
	return nil
}

// inherit fills in what a translation does not say itself.
func (s *EPUBSettings) inherit(main *EPUBSettings, given func(field string) bool) {
	if !given("epub.cover") {
		s.Cover = main.Cover
	}
}

// coverImages loads the images that are covers. A translation that names none
// itself has that of the original.
func (l *loader) coverImages(f *Folder) {
	for _, a := range f.Articles {
		if _, own := a.Header.pos["epub.cover"]; own || a == f.Articles[0] {
			l.coverImage(a)
		} else {
			a.Header.Settings.EPUB.CoverImage = f.Articles[0].Header.Settings.EPUB.CoverImage
		}
	}
}

func (l *loader) coverImage(a *Article) {
	switch s := &a.Header.Settings.EPUB; s.Cover {
	case "", CoverDrawn, CoverNone:
	default:
		s.CoverImage = l.image(&Image{node: node{a.Header.Pos("epub.cover")}, Src: s.Cover})
	}
}

// setCover loads the image that all language versions were just given as
// their cover.
func (f *Folder) setCover() *wrong {
	l := loader{fsys: f.fsys}
	l.coverImage(f.Articles[0])
	if diags := l.diags.list(); len(diags) > 0 {
		return &wrong{diags[0].Message, diags[0].Hint}
	}
	for _, a := range f.Articles {
		a.Header.Settings.EPUB.CoverImage = f.Articles[0].Header.Settings.EPUB.CoverImage
	}
	return nil
}
