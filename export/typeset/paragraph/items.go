package paragraph

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/language"

	"qalam/export/bidi"
	"qalam/export/fonts"
)

// item is a part of a text, chars[start:end], that is shaped in one go: it is
// of one run, level, script and face.
type item struct {
	start, end  int
	run         int
	level       bidi.Level
	glued       int     // which of text.glued it is in, from 1
	shaper      *shaper // nil: a picture
	size        Length
	first, last int // its clusters: clusters[first:last]
}

// cluster is characters that are drawn together, and what drawing them takes.
type cluster struct {
	char   int32 // the first of them; the next cluster has the end
	item   int32
	glyph  int32 // the first of its glyphs
	glyphs int32 // how many there are
	units  int32 // how far the pen moves
	head   int16 // of that, blank that no line begins with
	tail   int16 // and blank that no line ends with
	unsafe bool  // the text cannot be cut before it without being shaped again
	kind   kind

	// Of what stands before it on one endless line: how wide all of it is, how
	// wide the spaces are, and by how much the gaps between East Asian
	// characters may well grow.
	x, spaces, gaps Length
}

// kind is what a cluster is to a line that is stretched.
type kind uint8

const (
	plain  kind = iota
	space       // the line is stretched by widening it
	hangul      // it is stretched after it, if the line has no spaces
	ideo        // Han, kana and their marks: likewise in any case
	added       // a hyphen that the end of the line has put there
)

// choice knows which face draws a character, for one script, style and
// language.
type choice struct {
	family *fonts.Family
	script string
	style  fonts.Style
	lang   string

	low   [0x600]*fonts.Face
	other map[string]*fonts.Face
}

// choiceKey is what a choice is for.
type choiceKey struct {
	script language.Script
	style  fonts.Style
	lang   string
}

func (s *Setter) choice(script language.Script, style fonts.Style, lang string) *choice {
	key := choiceKey{script, style, lang}
	c := s.choices[key]
	if c == nil {
		c = &choice{family: s.family, script: script.String(), style: style, lang: lang, other: make(map[string]*fonts.Face)}
		s.choices[key] = c
	}
	return c
}

// face is the face for a grapheme cluster.
func (c *choice) face(cluster []rune) *fonts.Face {
	if len(cluster) == 1 && cluster[0] < rune(len(c.low)) {
		r := cluster[0]
		if c.low[r] == nil {
			c.low[r], _ = c.family.Face(string(r), c.script, c.style, c.lang)
		}
		return c.low[r]
	}
	var buf [64]byte
	key := buf[:0]
	for _, r := range cluster {
		key = append(key, string(r)...)
	}
	f := c.other[string(key)]
	if f == nil {
		if len(c.other) >= maxWords {
			clear(c.other)
		}
		f, _ = c.family.Face(string(key), c.script, c.style, c.lang)
		c.other[string(key)] = f
	}
	return f
}

// itemise cuts the text into items, and shapes them.
func (s *Setter) itemise(p *Paragraph) {
	t := &s.text
	s.items = s.items[:0]
	s.clusters = slices.Grow(s.clusters[:0], len(t.chars)+1)
	s.glyphs = slices.Grow(s.glyphs[:0], len(t.chars))
	glued := 0
	for i := range p.Runs {
		first := len(s.items)
		s.itemiseRun(p, i)
		if !p.Runs[i].Glued {
			continue
		}
		for glued < len(t.glued) && t.glued[glued].end <= t.runs[i] {
			glued++
		}
		for k := first; k < len(s.items); k++ {
			s.items[k].glued = glued + 1
		}
	}
	for i := range s.items {
		s.shapeItem(i)
	}
	s.clusters = append(s.clusters, cluster{char: int32(len(t.chars)), item: int32(len(s.items)), glyph: int32(len(s.glyphs))})
}

// itemiseRun cuts run i into items.
func (s *Setter) itemiseRun(p *Paragraph, i int) {
	t, r := &s.text, &p.Runs[i]
	from, to := t.runs[i], t.runs[i+1]
	if r.Object != nil {
		s.items = append(s.items, item{start: from, end: to, run: i, level: t.levels[from], size: r.Size})
		return
	}
	lang := p.runLang(i)
	var choice *choice
	var script language.Script // of the choice
	var face *fonts.Face
	picture := false // face has been chosen for a picture or a sign, not for text
	open := false    // the last item of the list may go on
	for k := from; k < to; {
		end := k + 1
		for end < to && !t.clusters[end] {
			end++
		}
		if control(t.chars[k]) { // it is drawn in no face
			open = false
			k = end
			continue
		}
		sc := t.scripts[k]
		keeps := open && sc == script
		switch {
		case keeps && end == k+1 && (t.common[k] && !picture && face.Has(t.chars[k]) || vanishes(t.chars[k])):
		case keeps && end == k+1 && choice.has(t.chars[k], face):
		default:
			if choice == nil || sc != script {
				choice, script = s.choice(sc, r.Style, lang), sc
				keeps = false
			}
			f := choice.face(t.chars[k:end])
			keeps = keeps && f == face
			picture = t.common[k] && (end > k+1 || unicode.Is(unicode.So, t.chars[k]))
			face = f
		}
		last := len(s.items) - 1
		if keeps && s.items[last].level == t.levels[k] && s.items[last].end == k && (end-k < longestCluster) {
			s.items[last].end = end
		} else {
			sh := s.shaper(manner{face: face, script: script, lang: s.language(lang), rtl: t.levels[k].IsRTL(), verbatim: r.Verbatim})
			s.items = append(s.items, item{start: k, end: end, run: i, level: t.levels[k], shaper: sh, size: r.Size})
		}
		open = true
		k = end
	}
}

// has reports whether face is known to draw r.
func (c *choice) has(r rune, face *fonts.Face) bool {
	return r < rune(len(c.low)) && c.low[r] == face
}

// control reports whether r is a control character or ends a line: no face has
// a glyph for it.
func control(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029'
}

// language is HarfBuzz's form of a language tag.
func (s *Setter) language(tag string) language.Language {
	l, ok := s.languages[tag]
	if !ok {
		l = language.NewLanguage(tag)
		s.languages[tag] = l
	}
	return l
}

// shapeItem shapes item i and appends its clusters.
func (s *Setter) shapeItem(i int) {
	it := &s.items[i]
	it.first = len(s.clusters)
	glyphs := len(s.glyphs)
	switch sh := it.shaper; {
	case sh == nil:
		s.clusters = append(s.clusters, cluster{char: int32(it.start), item: int32(i), glyph: int32(glyphs)})
	case s.forgets || sh.beyond || sh.misses > maxMisses || !s.shapeWords(i):
		sh.misses++
		s.clusters, s.glyphs = s.clusters[:it.first], s.glyphs[:glyphs]
		s.shapeRunes(sh, s.text.chars, it.start, it.end)
		s.add(i, s.take(sh, s.text.chars, it.start, it.end), it.start)
	}
	it.last = len(s.clusters)
}

// add appends shaped text, which begins at chars[start], to the clusters of
// item i.
func (s *Setter) add(i int, sh shaped, start int) {
	g := int32(len(s.glyphs))
	s.glyphs = append(s.glyphs, sh.glyphs...)
	for _, c := range sh.clusters {
		s.clusters = append(s.clusters, cluster{
			char: int32(start) + c.offset, item: int32(i), glyph: g, glyphs: c.glyphs, units: c.units, unsafe: c.unsafe,
		})
		g += c.glyphs
	}
}

// shapeWords shapes an item word by word, which gives what shaping it at once
// gives, only sooner: most words come again. It reports whether that is so.
func (s *Setter) shapeWords(i int) bool {
	it := &s.items[i]
	chars := s.text.chars
	lead := -1 // where something begins that is not drawn and has no cluster before it
	for k := it.start; k < it.end; {
		end := k + 1
		w := it.shaper.space
		if chars[k] != ' ' {
			for end < it.end && chars[end] != ' ' {
				end++
			}
			ok := true
			if it.shaper.joins && (k == it.start && k > 0 && joinable(chars[k-1], chars[k]) ||
				end == it.end && end < len(chars) && joinable(chars[end-1], chars[end])) {
				// Its letters may join with those of another item.
				s.shapeRunes(it.shaper, chars, k, end)
				w = s.take(it.shaper, chars, k, end)
			} else if w, ok = s.word(it.shaper, chars, k, end); !ok {
				return false
			}
		}
		at := len(s.clusters)
		s.add(i, w, k)
		from := k // what comes before the first cluster
		if lead >= 0 {
			from = lead
		}
		if len(w.clusters) == 0 {
			lead = from
			if at > it.first {
				s.glyphs[s.clusters[at-1].glyph].Chars += drawn(chars[k:end])
				lead = -1
			}
			k = end
			continue
		}
		lead = -1
		c := &s.clusters[at]
		switch n := drawn(chars[from:c.char]); {
		case int(c.char) == from:
		case at > it.first:
			s.glyphs[s.clusters[at-1].glyph].Chars += n
		default:
			c.char = int32(from)
			s.glyphs[c.glyph].Chars += n
		}
		k = end
	}
	return true
}

// joinable reports whether a and b may join where they stand side by side, for
// all that can be said without a table: neither is punctuation.
func joinable(a, b rune) bool {
	joins := func(r rune) bool { return r == zwj || r >= 0x600 && (unicode.IsLetter(r) || unicode.IsMark(r)) }
	return joins(a) && joins(b)
}
