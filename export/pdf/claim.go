package pdf

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"qalam/source/diag"
)

// standards are what a file claims to conform to, if it does.
var standards = [...]string{"PDF/A-2a", "PDF/UA-1"}

// claims finds out whether the file may claim the standards, and warns if not.
// What depends on us alone always holds, and validators hold us to it; this is
// what depends on the article.
func (f *finisher) claims() bool {
	pos := f.doc.Pos()
	why, char := f.obstacle()
	if why == "" {
		return true
	}
	if char != 0 {
		pos = f.doc.Find(diag.Pos{Path: pos.Path, Line: 1, Column: 1}, string(char))
	}
	f.warnings.Warnf(pos, "pdf-claim", "the PDF claims neither %s: %s", strings.Join(standards[:], " nor "), why).
		Hint = "mend it, and the file can be kept and read aloud; it has been written all the same"
	return false
}

// obstacle is what keeps the file from conforming, and the character that does,
// if it is one; empty if nothing does.
// Source: ISO 19005-2, 6.2.11.7 and 6.7; ISO 14289-1, 7.
func (f *finisher) obstacle() (why string, char rune) {
	switch {
	case f.doc.Meta.Title == "":
		return "it has no title", 0
	case !validTag(f.doc.Meta.Lang):
		return fmt.Sprintf("%q is no tag of a language", f.doc.Meta.Lang), 0
	}
	for _, c := range f.pen.coders {
		if c.unclear != 0 {
			return fmt.Sprintf("the character U+%04X means nothing to others", c.unclear), c.unclear
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
				return "a level of headings is left out", 0
			}
			heading = level
		case "Figure":
			if x.Alt == "" {
				return "an image has no words for those who do not see it", 0
			}
		case "Note":
			if x.ID == "" {
				return "a note has no name", 0 // none of ours
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
			return fmt.Sprintf("%q is no tag of a language", x.Lang), 0
		}
	}
	for _, has := range heads {
		if !has {
			return "a table has no heads of columns", 0
		}
	}
	return "", 0
}

// validTag reports whether tag is a language tag of BCP 47.
func validTag(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && plainTag(tag)
}

// unclear is the first character of a text that means nothing to others, or that
// a code may not stand for; 0 if there is none.
func unclear(text string) rune {
	for _, r := range text {
		if r == 0 || r == 0xFEFF || r == unicode.ReplacementChar || r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF || unicode.Is(unicode.Co, r) {
			return max(r, 1)
		}
	}
	return 0
}
