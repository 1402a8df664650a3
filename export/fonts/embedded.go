package fonts

import (
	_ "embed" // for the faces
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"qalam/export/fonts/pack"
	"qalam/export/fonts/sfnt"
)

//go:embed faces/faces.pack
var facesPack string

// embedded are the faces of the program, in the order of the manifest. They are
// few kilobytes until one is asked for what is packed.
var embedded = sync.OnceValue(func() []*Face {
	list, err := pack.Open(facesPack)
	if err != nil {
		panic(err)
	}
	faces := make([]Face, len(list))
	pointers := make([]*Face, len(list))
	for i, p := range list {
		pointers[i] = &faces[i]
		f := pointers[i]
		f.name, f.style, f.scripts, f.langs = p.Name, Style(p.Style), p.Scripts, p.Langs
		f.Measures, f.glyphs = p.Measures, p.Glyphs
		f.source = &packed{face: p}
	}
	return pointers
})

// Info is what `qalam fonts` tells of a face without unpacking it.
type Info struct {
	Name    string
	Style   Style
	Scripts []string // ISO 15924; Zmth, Zsym and Zsye are signs
	Chars   int      // how many characters it covers
}

// Embedded lists the faces of the program in the order in which those of a
// script are looked through.
func Embedded() []Info {
	faces := embedded()
	list := make([]Info, len(faces))
	for i, f := range faces {
		list[i] = Info{f.name, f.style, f.scripts, f.source.(*packed).face.Chars}
	}
	return list
}

// packed is a face of the program.
type packed struct {
	face *pack.Face

	layoutOnce sync.Once
	layout     string // a font file
	read       sfnt.Tables

	blocks []block
	order  []int32 // the number of the outline of each glyph
}

// block is a block of outlines, unpacked when one of them is asked for.
type block struct {
	once sync.Once
	*pack.Block
}

func (p *packed) has(r rune) bool { return p.face.Has(r) }

func (p *packed) tables() sfnt.Tables {
	p.layoutOnce.Do(func() {
		layout, err := p.face.Layout()
		var fonts []sfnt.Tables
		if err == nil {
			fonts, err = sfnt.Read(layout)
		}
		if err != nil {
			panic(err) // a test reads them all
		}
		p.layout, p.read = layout, fonts[0]
		p.order = pack.Order(fonts[0][pack.Ranks])
		p.blocks = make([]block, p.face.Blocks())
	})
	return p.read
}

func (p *packed) shaper() (*font.Font, error) {
	p.tables()
	loader, err := opentype.NewLoader(strings.NewReader(p.layout))
	if err != nil {
		return nil, err
	}
	return font.NewFont(loader)
}

func (p *packed) outline(g int) (string, error) {
	p.tables()
	if p.order[g] < 0 {
		return "", nil
	}
	i, record := p.face.BlockOf(int(p.order[g]))
	b := &p.blocks[i]
	b.once.Do(func() {
		var err error
		if b.Block, err = p.face.Block(i); err != nil {
			panic(err) // a test reads them all
		}
	})
	return b.Record(record)
}

func (p *packed) bearing(g int) int {
	outline, err := p.outline(g)
	if err != nil {
		return 0 // TrueType has reported it
	}
	return bounds(outline).XMin
}
