package paragraph

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/go-text/typesetting/language"

	"qalam/export/fonts"
	"qalam/locales"
)

// style is the style of a face by its name.
func style(face string) fonts.Style {
	var s fonts.Style
	if strings.Contains(face, "Bold") {
		s |= fonts.Bold
	}
	if strings.Contains(face, "Italic") {
		s |= fonts.Italic
	}
	return s
}

// Glyphs and places are those that HarfBuzz itself gives, for each script, in
// the face that the script is set in; and shaping a text word by word gives what
// shaping it at once gives.
func TestHarfBuzz(t *testing.T) {
	data, err := os.ReadFile("testdata/harfbuzz.tsv")
	if err != nil {
		t.Fatal(err)
	}
	family := fonts.NewFamily(nil)
	s, forgetful := NewSetter(family), NewSetter(family)
	forgetful.forgets = true
	scripts := map[string]bool{}
	for row := range strings.Lines(string(data)) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		field := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		name, tag, lang, dir, want := field[0], field[1], field[2], field[3], field[5]
		text := []rune(strings.NewReplacer(controls...).Replace(field[4]))
		script, err := language.ParseScript(tag)
		if err != nil {
			t.Fatal(err)
		}
		scripts[tag] = true

		face := s.choice(script, style(name), lang).face(text[:1])
		if face.Name() != name {
			t.Errorf("%s in %s is set in %s, not in %s", string(text), lang, face.Name(), name)
			continue
		}
		s.shapeRunes(s.shaper(manner{face: face, script: script, lang: s.language(lang), rtl: dir == "rtl"}), text, 0, len(text))
		if got := inBuffer(s); got != want {
			t.Errorf("%s %q\ngot  %s\nwant %s", name, string(text), got, want)
		}

		p := &Paragraph{Lang: lang, Dir: locales.Direction(dir), Measure: 60 * Pt}
		p.Runs = []Run{{Text: strings.Repeat(string(text)+" ", 3), Size: 10 * Pt, Style: style(name)}}
		lines, _ := s.Lines(p)
		check(t, p, lines, nil)
		if again, _ := forgetful.Lines(p); !reflect.DeepEqual(lines, again) {
			t.Errorf("%s %q: word by word\n%sat once\n%s", name, string(text), dump(p, lines), dump(p, again))
		}
	}
	if len(scripts) < 40 {
		t.Errorf("only %d scripts", len(scripts))
	}
}

// inBuffer shows the glyphs in the buffer as hb-shape does.
func inBuffer(s *Setter) string {
	var b strings.Builder
	for i, g := range s.buffer.Info {
		pos := s.buffer.Pos[i]
		if i > 0 {
			b.WriteByte('|')
		}
		fmt.Fprintf(&b, "%d=%d", g.Glyph, g.Cluster)
		if pos.XOffset != 0 || pos.YOffset != 0 {
			fmt.Fprintf(&b, "@%d,%d", pos.XOffset, pos.YOffset)
		}
		fmt.Fprintf(&b, "+%d", pos.XAdvance)
	}
	return b.String()
}

// Letters join over the border of two runs as they do within one.
func TestJoined(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	for _, word := range []string{"كتاب", "بيت", "مكتبة"} {
		letters := []rune(word)
		for cut := 1; cut < len(letters); cut++ {
			ids := func(runs ...Run) (ids []uint16) {
				lines, _ := s.Lines(&Paragraph{Runs: runs, Lang: "ar", Dir: locales.RTL, Measure: 100 * Pt})
				for i := range lines[0].Pieces { // in the order of the text: the last one is at the left
					var piece []uint16
					for _, g := range lines[0].Pieces[i].Glyphs {
						piece = append(piece, g.ID)
					}
					ids = append(piece, ids...)
				}
				return ids
			}
			whole := ids(Run{Text: word, Size: 10 * Pt})
			parts := ids(Run{Text: string(letters[:cut]), Size: 10 * Pt}, Run{Text: string(letters[cut:]), Size: 10 * Pt, Rise: 1})
			if !reflect.DeepEqual(whole, parts) {
				t.Errorf("%s cut after %d letters: glyphs %d, want %d", word, cut, parts, whole)
			}
		}
	}
}
