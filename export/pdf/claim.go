package pdf

import (
	"unicode"

	"golang.org/x/text/language"
)

// standards are what a file claims to conform to, if it does.
var standards = [...]string{"PDF/A-2a", "PDF/UA-1"}

// claims reports whether the file may claim the standards. What depends on us
// alone always holds, and validators hold us to it; this is what depends on the
// article. Source: ISO 19005-2, 6.2.11.7 and 6.7; ISO 14289-1, 7.
func (f *finisher) claims() bool {
	if f.doc.Meta.Title == "" || !validTag(f.doc.Meta.Lang) {
		return false
	}
	for _, c := range f.pen.coders {
		if c.unclear {
			return false
		}
	}
	t := f.pen.tree
	heading := 0                // the level of the last one
	heads := make(map[int]bool) // tables that have one
	for n := range t.nodes {
		x := &t.nodes[n]
		switch x.Role {
		case "H1", "H2", "H3", "H4", "H5", "H6":
			level := int(x.Role[1] - '0')
			if level > heading+1 {
				return false
			}
			heading = level
		case "Figure":
			if x.Alt == "" {
				return false
			}
		case "Note":
			if x.ID == "" {
				return false
			}
		case "Table":
			heads[n] = false
		case "TH":
			if len(x.contents) == 0 && len(x.kids) == 0 {
				continue // nobody hears a head without words
			}
			for up := x.parent; up >= 0; up = t.nodes[up].parent {
				if _, ok := heads[up]; ok {
					heads[up] = true
					break
				}
			}
		}
		if x.Lang != "" && !validTag(x.Lang) {
			return false
		}
	}
	for _, has := range heads {
		if !has {
			return false
		}
	}
	return true
}

// validTag reports whether tag is a language tag of BCP 47.
func validTag(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && plainTag(tag)
}

// unclear reports whether a text has characters that mean nothing to others, or
// that a code may not stand for.
func unclear(text string) bool {
	for _, r := range text {
		if r == 0 || r == 0xFEFF || r == unicode.ReplacementChar || r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF || unicode.Is(unicode.Co, r) {
			return true
		}
	}
	return false
}
