package fonts

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Family is the faces that a document is set in, in the order in which they
// are looked through.
type Family struct{ own []*Face }

// NewFamily is the faces of an article's folder, and after them those of the
// program.
func NewFamily(own []*Face) *Family { return &Family{own} }

// Face is the face for one grapheme cluster: the first that has all of its
// characters. Those that are seen by nobody, such as joiners, do not count.
//
// The script is the ISO 15924 code of the run that the cluster stands in, also
// for characters that all scripts have in common, and lang its BCP 47 tag.
// Where the style does not exist for the script, the nearest one is given.
// Without a face that has it all, ok is false and face is the text face of the
// style. Only the face that is given will be unpacked.
func (m *Family) Face(cluster, script string, style Style, lang string) (face *Face, ok bool) {
	by := byScript()
	if style&Mono != 0 {
		if f := cmp.Or(first(m.own, cluster, style, lang), first(by["Latn"], cluster, style, lang)); f != nil {
			return f, true
		}
		style &^= Mono
	}
	if f := first(m.own, cluster, style, lang); f != nil {
		return f, true
	}
	if isPicture(cluster) {
		if f := first(by["Zsye"], cluster, style, lang); f != nil {
			return f, true
		}
	}
	if f := first(by[canonical(script)], cluster, style, lang); f != nil {
		return f, true
	}
	for _, script := range anywhere {
		if f := first(by[script], cluster, style, lang); f != nil {
			return f, true
		}
	}
	if f := first(embedded(), cluster, style, lang); f != nil {
		return f, true
	}
	return serif(style), false
}

// nearest are the styles that stand in for one, itself included, in order.
var nearest = [...][]Style{
	Regular:    {Regular, Bold, Italic, BoldItalic},
	Italic:     {Italic, Regular, BoldItalic, Bold},
	Bold:       {Bold, Regular, BoldItalic, Italic},
	BoldItalic: {BoldItalic, Bold, Italic, Regular},

	Mono:              {Mono, Mono | Bold},
	Mono | Italic:     {Mono | Italic, Mono, Mono | BoldItalic, Mono | Bold},
	Mono | Bold:       {Mono | Bold, Mono},
	Mono | BoldItalic: {Mono | BoldItalic, Mono | Bold, Mono | Italic, Mono},
}

// anywhere are the scripts whose faces are looked through after those of the
// run: of letters that texts in all scripts mention, of mathematics, of signs
// and of pictures.
var anywhere = []string{"Latn", "Zmth", "Zsym", "Zsye", "Hani"}

// canonical is the script under which the manifest has the faces of another
// one: a way of writing it, or several scripts together.
func canonical(script string) string {
	switch script {
	case "Hans", "Hant", "Jpan", "Hrkt", "Hanb":
		return "Hani"
	case "Kore", "Jamo":
		return "Hang"
	}
	return script
}

// byScript are the faces of the program by the scripts that they are meant for.
var byScript = sync.OnceValue(func() map[string][]*Face {
	m := make(map[string][]*Face)
	for _, f := range embedded() {
		for _, script := range f.scripts {
			m[script] = append(m[script], f)
		}
	}
	return m
})

// first is the first of faces that has the nearest style and all characters of
// a cluster; nil if none has. A face that is meant for some languages of its
// script comes before the others in these, and is left out elsewhere.
func first(faces []*Face, cluster string, style Style, lang string) *Face {
	language, _, _ := strings.Cut(lang, "-")
	for _, s := range nearest[style] {
		var general *Face
		for _, f := range faces {
			switch {
			case f.style != s || general != nil && len(f.langs) == 0 || !f.covers(cluster):
			case len(f.langs) == 0:
				general = f
			case slices.Contains(f.langs, language):
				return f
			}
		}
		if general != nil {
			return general
		}
	}
	return nil
}

// covers reports whether f has all characters of a cluster that are seen.
func (f *Face) covers(cluster string) bool {
	for _, r := range cluster {
		if !f.Has(r) && !ignorable(r) {
			return false
		}
	}
	return true
}

// isPicture reports whether a cluster is to be shown as emoji: it says so, or
// its first character is of the planes that hold pictures.
func isPicture(cluster string) bool {
	if strings.ContainsRune(cluster, 0xFE0F) {
		return true
	}
	for _, r := range cluster {
		return 0x1F000 <= r && r <= 0x1FAFF
	}
	return false
}

// ignorable reports whether nobody sees r, whatever the face. Source: Unicode
// 15, DerivedCoreProperties.txt, Default_Ignorable_Code_Point.
func ignorable(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x034F, r == 0x061C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5,
		0x180B <= r && r <= 0x180F, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0x3164, 0xFE00 <= r && r <= 0xFE0F, r == 0xFEFF,
		r == 0xFFA0, 0xFFF0 <= r && r <= 0xFFF8, 0x1BCA0 <= r && r <= 0x1BCA3,
		0x1D173 <= r && r <= 0x1D17A, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

// serif is the text face of a style, Noto Serif, which has Latin, Greek and
// Cyrillic.
func serif(style Style) *Face { return embedded()[style&^Mono] }
