package paragraph

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"

	"qalam/export/fonts"
)

// manner is how a piece of text is shaped: all that HarfBuzz has to know
// besides the characters.
type manner struct {
	face     *fonts.Face
	script   language.Script
	lang     language.Language
	rtl      bool
	verbatim bool
}

// shapingFont is a face as HarfBuzz needs it.
type shapingFont struct {
	font   *harfbuzz.Font
	beyond bool // looksBeyondSpaces
}

// shaper shapes text in one manner, and remembers the words that it has shaped.
type shaper struct {
	manner
	*shapingFont
	features []harfbuzz.Feature
	joins    bool // letters take their form from their neighbours, also over the border of an item

	words     map[string]shaped
	fragments map[string]int32 // how wide parts of words are
	space     shaped

	dash        shaped // a hyphen that stands alone
	hyphenUnits int32  // and how wide it is

	blanks map[uint16]blank // what is known of the glyphs of East Asian marks

	// misses is how often the shape of a word depended on what is beyond the
	// spaces around it. After maxMisses nothing is remembered.
	misses int
}

// shaped is text that has been shaped.
type shaped struct {
	glyphs   []Glyph // of each cluster from left to right, the clusters in the order of the text
	clusters []shapedCluster
}

// shapedCluster is a cluster of shaped text.
type shapedCluster struct {
	offset int32 // of its first character in the text that was shaped
	glyphs int32 // how many it has
	units  int32 // how far the pen moves
	unsafe bool  // the text cannot be cut before it without being shaped again
}

// maxWords is how many words a shaper remembers before it begins anew,
// longestWord how many characters one may have, and maxMisses how many words
// may be no use to remember.
const (
	maxWords    = 1 << 15
	longestWord = 32
	maxMisses   = 16
)

// shaper is the one for a manner of shaping.
func (s *Setter) shaper(m manner) *shaper {
	if sh := s.shapers[m]; sh != nil {
		return sh
	}
	f := s.fonts[m.face]
	if f == nil {
		read := m.face.Font()
		f = &shapingFont{harfbuzz.NewFont(font.NewFace(read)), looksBeyondSpaces(read)}
		s.fonts[m.face] = f
	}
	sh := &shaper{manner: m, shapingFont: f, joins: joining(m.script), words: make(map[string]shaped), fragments: make(map[string]int32)}
	if m.verbatim {
		for _, ligatures := range []string{"liga", "clig"} {
			sh.features = append(sh.features, harfbuzz.Feature{Tag: opentype.MustNewTag(ligatures), End: harfbuzz.FeatureGlobalEnd})
		}
	}
	s.shapers[m] = sh
	sh.space = s.alone(sh, ' ')
	sh.dash = s.alone(sh, sh.hyphen())
	for _, c := range sh.dash.clusters {
		sh.hyphenUnits += c.units
	}
	return sh
}

// alone shapes one character.
func (s *Setter) alone(sh *shaper, r rune) shaped {
	text := []rune{r}
	s.shapeRunes(sh, text, 0, 1)
	w := s.take(sh, text, 0, 1)
	return shaped{slices.Clone(w.glyphs), slices.Clone(w.clusters)}
}

// hyphen is what is put where a word is divided.
func (sh *shaper) hyphen() rune {
	if !sh.face.Has('-') && sh.face.Has('\u2010') {
		return '\u2010'
	}
	return '-'
}

// joining reports whether the letters of a script join. Source: Unicode 15.0,
// ArabicShaping.txt.
func joining(script language.Script) bool {
	switch script {
	case language.Arabic, language.Syriac, language.Mandaic, language.Mongolian, language.Nko, language.Phags_Pa,
		language.Manichaean, language.Psalter_Pahlavi, language.Adlam, language.Hanifi_Rohingya, language.Sogdian,
		language.Chorasmian, language.Old_Uyghur:
		return true
	}
	return false
}

// shapeRunes shapes text[start:end], which is part of a larger text.
func (s *Setter) shapeRunes(sh *shaper, text []rune, start, end int) {
	b := s.buffer
	b.Clear()
	b.Props = harfbuzz.SegmentProperties{Language: sh.lang, Script: sh.script, Direction: harfbuzz.LeftToRight}
	if sh.rtl {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Flags = harfbuzz.RemoveDefaultIgnorables
	b.AddRunes(text, start, end-start)
	b.Shape(sh.font, sh.features)
}

// take gives the glyphs in the buffer, where text[start:end] was shaped. They are
// the Setter's own until it takes others.
func (s *Setter) take(sh *shaper, text []rune, start, end int) shaped {
	info, pos := s.buffer.Info, s.buffer.Pos
	glyphs, clusters := s.tmpGlyphs[:0], s.tmpClusters[:0]
	// In the order of the text: what is right to left begins at the end.
	step, at := 1, 0
	if sh.rtl {
		step, at = -1, len(info)-1
	}
	for 0 <= at && at < len(info) {
		first := info[at].Cluster
		from := at
		for 0 <= at && at < len(info) && info[at].Cluster == first {
			at += step
		}
		next := end
		if 0 <= at && at < len(info) {
			next = info[at].Cluster
		}
		c := shapedCluster{offset: int32(first - start), unsafe: info[from].Mask&harfbuzz.GlyphUnsafeToBreak != 0}
		if len(clusters) == 0 {
			first, c.offset = start, 0 // with what is not drawn before it
		}
		left, right := from, at
		if sh.rtl {
			left, right = at+1, from+1
		}
		c.glyphs = int32(right - left)
		for k := left; k < right; k++ {
			glyphs = append(glyphs, Glyph{
				ID:      uint16(info[k].Glyph),
				Advance: pos[k].XAdvance,
				X:       clamp16(pos[k].XOffset),
				Y:       clamp16(pos[k].YOffset),
			})
			c.units += pos[k].XAdvance
		}
		glyphs[len(glyphs)-int(c.glyphs)].Chars = drawn(text[first:next])
		clusters = append(clusters, c)
	}
	s.tmpGlyphs, s.tmpClusters = glyphs, clusters
	return shaped{glyphs, clusters}
}

// drawn is how many characters of text a reader gets: all but those that are
// never drawn. Joiners count, since they are needed to spell a word.
func drawn(text []rune) uint16 {
	n := 0
	for _, r := range text {
		if !vanishes(r) {
			n++
		}
	}
	return uint16(n)
}

// vanishes reports whether r leaves no trace in the text of a line. Source:
// Unicode 15.0, DerivedCoreProperties.txt, Default_Ignorable_Code_Point; but
// for the joiners.
func vanishes(r rune) bool {
	switch {
	case r < 0xAD:
		return control(r)
	case r < 0x34F:
		return r == softHyphen
	case r < 0x1160 && r != 0x34F && r != 0x61C && r != 0x115F, 0x3165 <= r && r < 0xFE00:
		return false
	}
	return r != zwnj && r != zwj && unicode.Is(ignorable, r)
}

const (
	zwnj       = '\u200C'
	zwj        = '\u200D'
	softHyphen = '\u00AD'
)

// ignorable are the Default_Ignorable_Code_Points of Unicode 15.0.
var ignorable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00AD, 0x00AD, 1}, {0x034F, 0x034F, 1}, {0x061C, 0x061C, 1}, {0x115F, 0x1160, 1},
		{0x17B4, 0x17B5, 1}, {0x180B, 0x180F, 1}, {0x200B, 0x200F, 1}, {0x2028, 0x202E, 1},
		{0x2060, 0x206F, 1}, {0x3164, 0x3164, 1}, {0xFE00, 0xFE0F, 1}, {0xFEFF, 0xFEFF, 1},
		{0xFFA0, 0xFFA0, 1}, {0xFFF0, 0xFFF8, 1},
	},
	R32: []unicode.Range32{
		{0x1BCA0, 0x1BCA3, 1}, {0x1D173, 0x1D17A, 1}, {0xE0000, 0xE0FFF, 1},
	},
	LatinOffset: 1,
}

func clamp16(v int32) int16 {
	return int16(max(-1<<15, min(v, 1<<15-1)))
}

// word shapes text[start:end], which has no space and stands between spaces or
// at an end of its item.
func (s *Setter) word(sh *shaper, text []rune, start, end int) (_ shaped, ok bool) {
	short := end-start <= longestWord
	s.key = s.key[:0]
	if short {
		for _, r := range text[start:end] {
			s.key = utf8.AppendRune(s.key, r)
		}
		if w, ok := sh.words[string(s.key)]; ok {
			return w, true
		}
	}
	s.padded = append(append(append(s.padded[:0], ' '), text[start:end]...), ' ')
	s.shapeRunes(sh, s.padded, 0, len(s.padded))
	w := s.take(sh, s.padded, 0, len(s.padded))
	// The spaces at both ends must be clusters of their own that nothing depends on.
	n := len(w.clusters)
	info := s.buffer.Info
	last, second := len(info)-1, 1
	if sh.rtl {
		last, second = 0, len(info)-2
	}
	if n < 2 || w.clusters[0].glyphs != 1 || w.clusters[n-1].glyphs != 1 ||
		int(w.clusters[n-1].offset) != len(s.padded)-1 ||
		(info[second].Mask|info[last].Mask)&harfbuzz.GlyphUnsafeToBreak != 0 ||
		w.clusters[0].units != sh.space.clusters[0].units || w.clusters[n-1].units != sh.space.clusters[0].units {
		return shaped{}, false
	}
	w.glyphs, w.clusters = w.glyphs[1:len(w.glyphs)-1], w.clusters[1:n-1]
	for i := range w.clusters {
		w.clusters[i].offset--
	}
	if short {
		if len(sh.words) >= maxWords {
			clear(sh.words)
		}
		w = shaped{slices.Clone(w.glyphs), slices.Clone(w.clusters)}
		sh.words[string(s.key)] = w
	}
	return w, true
}
