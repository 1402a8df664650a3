package paragraph

import (
	"reflect"
	"testing"

	"qalam/export/fonts"
)

// The lines of the sample article, in all its languages, have all of its text;
// what a Setter remembers changes none of them; and each piece has the glyphs
// that its text has when it is shaped alone, wherever lines have cut a word.
func TestSample(t *testing.T) {
	family := fonts.NewFamily(nil)
	s, forgetful := NewSetter(family), NewSetter(family)
	forgetful.forgets = true
	for _, l := range sampleLanguages {
		t.Run(l.lang, func(t *testing.T) {
			paragraphs, _ := sampleParagraphs(t, l.name, l.lang, l.dir)
			count, hyphens := 0, 0
			for i, p := range paragraphs {
				p.Measure = Length(100+i%7*60) * Pt
				lines, broken := s.Lines(p)
				check(t, p, lines, broken)
				if again, _ := forgetful.Lines(p); !reflect.DeepEqual(lines, again) {
					t.Errorf("remembered\n%snot\n%s", dump(p, lines), dump(p, again))
				}
				count += len(lines)
				for _, line := range lines {
					for k := range line.Pieces {
						if line.Pieces[k].Hyphen {
							hyphens++
						}
						checkGlyphs(t, s, p, line.Pieces, k)
					}
				}
			}
			t.Logf("%d lines, %d hyphens", count, hyphens)
		})
	}
}

// checkGlyphs holds that the glyphs of a piece are those of its text, with the
// hyphen that follows it.
func checkGlyphs(t *testing.T, s *Setter, p *Paragraph, pieces []Piece, k int) {
	t.Helper()
	pc := &pieces[k]
	if pc.Hyphen {
		return
	}
	text := []rune(pc.Text)
	glyphs := pc.Glyphs
	if k+1 < len(pieces) && pieces[k+1].Hyphen {
		text = append(text, []rune(pieces[k+1].Text)...)
		glyphs = append(glyphs[:len(glyphs):len(glyphs)], pieces[k+1].Glyphs...)
	}
	s.text.read(&Paragraph{Runs: []Run{{Text: pc.Text}}})
	s.text.analyse(&Paragraph{Lang: p.Lang, Dir: p.Dir, Runs: []Run{{Text: pc.Text}}}, nil)
	script := s.text.scripts[0]
	for i, r := range text {
		if i < len(s.text.scripts) && !s.text.common[i] && r > ' ' {
			script = s.text.scripts[i]
		}
	}
	s.shapeRunes(s.shaper(manner{face: pc.Face, script: script, lang: s.language(p.Lang), rtl: pc.RTL}), text, 0, len(text))
	var want, got []uint16
	units, sum := int32(0), int32(0)
	for i := range s.buffer.Info {
		want = append(want, uint16(s.buffer.Info[i].Glyph))
		units += s.buffer.Pos[i].XAdvance
	}
	east := false
	for _, g := range glyphs {
		got = append(got, g.ID)
		sum += g.Advance
	}
	for _, r := range text {
		east = east || isEast(r)
	}
	if !reflect.DeepEqual(got, want) || !east && sum != units && !isEast(next(pieces, k)) {
		t.Errorf("%q in %s: glyphs %d, %d units; alone %d, %d units", pc.Text, pc.Face.Name(), got, sum, want, units)
	}
}

// next is the first character after piece k.
func next(pieces []Piece, k int) rune {
	if k+1 == len(pieces) {
		return 0
	}
	for _, r := range pieces[k+1].Text {
		return r
	}
	return 0
}
