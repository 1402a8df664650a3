package paragraph

import (
	"unicode"

	"github.com/go-text/typesetting/language"
)

// isEast reports whether r is set in a square of its own, and a line of text
// may be stretched after it.
func isEast(r rune) bool {
	return r >= 0x2E80 && (r <= 0xA4CF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFF60 || r >= 0x1B000 && r <= 0x1B2FF || r >= 0x20000 && r <= 0x3FFFD)
}

func isHangul(r rune) bool {
	return r >= 0xAC00 && r <= 0xD7A3 || r >= 0x1100 && r <= 0x11FF
}

// isEastMark reports whether r is one of the marks whose glyph may be half
// empty: JLREQ 3.1.2, cl-01, cl-02, cl-06 and cl-07; CLREQ 3.1.2.
func isEastMark(r rune) bool {
	return r >= 0x3001 && r <= 0x3002 || r >= 0x3008 && r <= 0x3011 || r >= 0x3014 && r <= 0x301B || r >= 0x301D && r <= 0x301F ||
		r == 0xFF01 || r == 0xFF08 || r == 0xFF09 || r == 0xFF0C || r == 0xFF0E || r == 0xFF1A || r == 0xFF1B || r == 0xFF1F ||
		r == 0xFF3B || r == 0xFF3D || r == 0xFF5B || r == 0xFF5D || r >= 0xFF5F && r <= 0xFF60 ||
		r >= 0x2018 && r <= 0x201F
}

// space finds what each cluster is to a line that is stretched, and sets marks
// and foreign words of East Asian text closer or wider.
func (s *Setter) space(p *Paragraph) {
	for i := range s.items {
		it := &s.items[i]
		if it.shaper == nil {
			continue
		}
		for k := it.first; k < it.last; k++ {
			c := &s.clusters[k]
			r := s.base(int(c.char), s.charAfter(k, it))
			c.kind = it.shaper.kindOf(r)
			if c.kind == space && p.Runs[it.run].Glued {
				c.kind = plain
			}
			if c.kind == ideo && isEastMark(r) {
				s.blanks(it.shaper, c, r)
			}
		}
	}
	n := len(s.clusters) - 1
	for k := 1; k < n; k++ {
		b, c := &s.clusters[k-1], &s.clusters[k]
		if c.kind != ideo && b.tail > 0 && p.Runs[s.items[c.item].run].Glued {
			s.widen(b, -int32(b.tail)) // the mark of a note takes the place of the blank
			b.tail = 0
		} else if b.kind == ideo && c.kind == ideo {
			s.squeeze(b, c)
		} else if (b.kind == ideo) != (c.kind == ideo) {
			s.part(p, b, c)
		}
	}
}

// kindOf is what r is to a line that is stretched.
func (sh *shaper) kindOf(r rune) kind {
	switch {
	case r == ' ' || r == '\u00A0':
		if sh.verbatim {
			return plain
		}
		return space
	case r < 0x1100:
		return plain
	case isEast(r), isEastMark(r) && (sh.script == language.Han || sh.script == language.Hangul):
		return ideo
	case isHangul(r):
		return hangul
	}
	return plain
}

// base is the first character of chars[i:j] that is drawn.
func (s *Setter) base(i, j int) rune {
	for ; i < j-1 && vanishes(s.text.chars[i]); i++ {
	}
	return s.text.chars[i]
}

// blank is the empty half of a glyph: at its head or at its tail, in units.
type blank struct{ head, tail int16 }

// blanks finds the empty half of the glyph of c, which is that of the mark r, if
// it has one.
func (s *Setter) blanks(sh *shaper, c *cluster, r rune) {
	if c.glyphs != 1 || int(c.units) != sh.face.UnitsPerEm() {
		return
	}
	id := s.glyphs[c.glyph].ID
	b, ok := sh.blanks[id]
	if !ok {
		b = sh.blank(id, r)
		if sh.blanks == nil {
			sh.blanks = make(map[uint16]blank)
		}
		sh.blanks[id] = b
	}
	c.head, c.tail = b.head, b.tail
}

// blank is the empty half of a glyph that is as wide as the em and stands for r:
// its ink is in the other half. Where a region's own form stands in for the
// glyph of the character map, only brackets are sure to have one.
func (sh *shaper) blank(id uint16, r rune) blank {
	em := sh.face.UnitsPerEm()
	half, near := int16(em/2), em*2/5
	left, right := 0, 0
	switch {
	case sh.face.Glyph(r) == int(id):
		box := sh.face.Bounds(r)
		left, right = box.XMin, em-box.XMax
	case unicode.Is(unicode.Ps, r):
		left = em / 2
	case unicode.Is(unicode.Pe, r):
		right = em / 2
	}
	switch {
	case left >= near && right < near:
		return blank{head: half}
	case right >= near && left < near:
		return blank{tail: half}
	}
	return blank{}
}

// squeeze takes away one of the blanks between two marks: JLREQ 3.1.4, CLREQ 3.1.6.
func (s *Setter) squeeze(b, c *cluster) {
	mark := isEastMark(s.text.chars[c.char]) && isEastMark(s.text.chars[b.char])
	switch {
	case !mark:
	case b.tail > 0:
		s.widen(b, -int32(b.tail))
		b.tail = 0
	case c.head > 0:
		g := &s.glyphs[c.glyph]
		g.X -= c.head
		s.widen(c, -int32(c.head))
		c.head = 0
	}
}

// part puts a quarter of an em between an ideograph and a letter or digit of
// another script beside it: CLREQ 3.2.2, JLREQ 3.2.6.
func (s *Setter) part(p *Paragraph, b, c *cluster) {
	x, y := &s.items[b.item], &s.items[c.item]
	if x.shaper == nil || y.shaper == nil || x.level.IsRTL() != y.level.IsRTL() || p.Runs[x.run].Glued || p.Runs[y.run].Glued {
		return
	}
	var east, other rune
	if c.kind == ideo {
		east, other = s.firstOf(c), s.text.chars[s.lastChar(b, c)]
	} else {
		east, other = s.firstOf(b), s.firstOf(c)
	}
	if !isIdeograph(east) || !isLetterOrDigit(other) {
		return
	}
	quarter := int32(x.shaper.face.UnitsPerEm() / 4)
	s.widen(b, quarter)
	b.tail += int16(quarter)
}

// firstOf is the first character of c that is drawn.
func (s *Setter) firstOf(c *cluster) rune {
	return s.base(int(c.char), s.items[c.item].end)
}

// lastChar is the last character of cluster b, which c follows, that is drawn.
func (s *Setter) lastChar(b, c *cluster) int32 {
	k := max(b.char, c.char-1)
	for k > b.char && vanishes(s.text.chars[k]) {
		k--
	}
	return k
}

// isIdeograph reports whether r is one of the ideographs that letters of other
// scripts stand apart from, or kana: no mark or sign, and none of the letters
// that are as wide as those. Source: CSS Text 4, 8.5, ideographs.
func isIdeograph(r rune) bool {
	return isEast(r) && (unicode.IsLetter(r) || unicode.Is(unicode.Nl, r)) && (r < 0xFF00 || r > 0xFFEF)
}

// widen adds units to the advance of the last glyph of c.
func (s *Setter) widen(c *cluster, units int32) {
	s.glyphs[c.glyph+c.glyphs-1].Advance += units
	c.units += units
}

// isLetterOrDigit reports whether r is one of the letters and digits that stand
// apart from ideographs: those of Latin, Greek and Cyrillic.
func isLetterOrDigit(r rune) bool {
	return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || r >= 0xC0 && r < 0x530 && r != 0xD7 && r != 0xF7
}
