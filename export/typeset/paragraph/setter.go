package paragraph

import (
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"

	"qalam/export/fonts"
	"qalam/export/linebreak"
	"qalam/locales/hyphen"
)

// Setter sets paragraphs. It keeps what it has learnt of faces and words, so
// one is used for a whole document; each goroutine has its own.
type Setter struct {
	family      *fonts.Family
	fonts       map[*fonts.Face]*shapingFont
	shapers     map[manner]*shaper
	choices     map[choiceKey]*choice
	languages   map[string]language.Language
	hyphenators map[string]*hyphen.Hyphenator
	buffer      *harfbuzz.Buffer

	paragraph // at hand

	arena []Glyph // where the glyphs of lines are cut from

	forgets bool // for tests: shapes every word anew

	key         []byte
	padded      []rune
	tmpGlyphs   []Glyph
	tmpClusters []shapedCluster
}

// paragraph is what is found out about a paragraph. The memory is used again for
// the next one.
type paragraph struct {
	text      text
	items     []item
	clusters  []cluster // of all items, in the order of the text, and one at the end
	glyphs    []Glyph
	seen      []rune
	breaks    []linebreak.Break
	addresses []extent
	hyphens   []wordBreak
	positions []int
	places    []place
	ends      []int32 // the places where the lines end
	ended     []lineEnd
	fitter    fitter
	line      line
}

// lineEnd is where a line has ended.
type lineEnd struct {
	next  int  // the character that the next one begins with
	whole bool // no word goes on there
}

// NewSetter makes a Setter that takes its faces from a family.
func NewSetter(family *fonts.Family) *Setter {
	return &Setter{
		family:      family,
		fonts:       make(map[*fonts.Face]*shapingFont),
		shapers:     make(map[manner]*shaper),
		choices:     make(map[choiceKey]*choice),
		languages:   make(map[string]language.Language),
		hyphenators: make(map[string]*hyphen.Hyphenator),
		buffer:      harfbuzz.NewBuffer(),
	}
}

// slack is how much a line may be wider than the sum of its clusters, since the
// width of each piece is rounded.
const slack = 256

// Lines sets p. Words that fit no line are broken between two characters, and
// reported. A paragraph without text has no lines.
func (s *Setter) Lines(p *Paragraph) (lines []Line, broken []Broken) {
	if long(p) {
		lines, broken = s.setInWindows(p)
	} else {
		lines, broken = s.set(p)
	}
	if len(s.text.chars) > largest {
		s.paragraph = paragraph{}
	}
	return lines, broken
}

// set sets p, and fills ended.
func (s *Setter) set(p *Paragraph) (lines []Line, broken []Broken) {
	s.ended = s.ended[:0]
	if !s.prepare(p) {
		return nil, nil
	}
	for from := 0; from < len(s.text.chars); {
		to := from + 1
		for s.breaks[to] != linebreak.Mandatory {
			to++
		}
		broken = append(broken, s.fitSection(p, from, to)...)
		start := int32(0)
		for _, end := range s.ends {
			lines = append(lines, s.build(p, start, end))
			pl := &s.places[end]
			s.ended = append(s.ended, lineEnd{int(pl.next), (pl.how == ordinary || pl.how == forced) && !pl.repeats})
			start = end
		}
		from = to
	}
	return lines, broken
}

// largest is how many characters a paragraph may have for the memory that it
// needed to be kept for the next one.
const largest = 1 << 17

// prepare finds everything about the text of p that lines do not change. It
// reports whether there is any.
func (s *Setter) prepare(p *Paragraph) bool {
	s.text.read(p)
	if len(s.text.chars) == 0 {
		return false
	}
	s.text.analyse(p, s.seen)
	s.itemise(p)
	s.space(p)
	s.measureText(p)
	s.findBreaks(p)
	return true
}

// fitSection finds the lines of chars[from:to], after which comes a forced
// break.
func (s *Setter) fitSection(p *Paragraph, from, to int) (broken []Broken) {
	f := &s.fitter
	measure := p.Measure - slack
	ps := pass{tolerance: pretolerance}
	if p.Align != Justify {
		ps = pass{tolerance: raggedTolerance, ragged: max(measure/8, 1)}
	}

	s.findPlaces(p, from, to, false)
	hyphenate := p.Hyphenate && s.tooWide(measure)
	if hyphenate {
		s.findPlaces(p, from, to, true)
	}
	broken = s.breakWords(p, from, to, measure)
	var ok bool
	if !hyphenate {
		if s.ends, ok = f.fit(s.ends[:0], s.places, measure, ps); ok {
			return broken
		}
		if p.Hyphenate {
			s.findPlaces(p, from, to, true)
		}
	}
	if p.Align == Justify {
		ps.tolerance = tolerance
		if s.ends, ok = f.fit(s.ends[:0], s.places, measure, ps); ok {
			return broken
		}
	}
	ps.tolerance, ps.emergency, ps.last = anything, p.Runs[s.runAt(from)].Size/2, true
	s.ends, _ = f.fit(s.ends[:0], s.places, measure, ps)
	return broken
}

// Widths are how narrow the lines of p may be without a word being broken, and
// how wide it is on one line. The measure of p says only how addresses are
// divided.
func (s *Setter) Widths(p *Paragraph) (least, most Length) {
	if !s.prepare(p) {
		return 0, 0
	}
	for from := 0; from < len(s.text.chars); {
		to := from + 1
		for s.breaks[to] != linebreak.Mandatory {
			to++
		}
		s.findPlaces(p, from, to, false)
		for i := 1; i < len(s.places); i++ {
			least = max(least, s.places[i].endX+s.places[i].hang-s.places[i-1].nextX)
		}
		last := &s.places[len(s.places)-1]
		most = max(most, last.endX+last.hang-s.places[0].nextX)
		from = to
	}
	return max(least, 0) + slack, max(most, least, 0) + slack
}
