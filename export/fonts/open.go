package fonts

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/cff"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/language"

	"qalam/export/fonts/pack"
	"qalam/export/fonts/sfnt"
)

// opened is a face of a file.
type opened struct {
	t      sfnt.Tables
	cmap   sfnt.Map
	glyphs int
	font   *font.Font
	cff    *cff.CFF      // nil when the outlines are in glyf
	blank  map[rune]bool // characters whose glyph is empty, and should not be
}

// Open reads the faces of a font file: TrueType, CFF, or a collection of these.
// Of a variable font it takes the default instance.
//
// An error says in plain words why a face cannot be used: the file is no font,
// has no outlines or broken ones, has no map of characters, is empty where it
// claims to have characters, or its licence forbids to put a part of it into a
// file. The name is that of the file, which the error does not repeat; a face
// without a name of its own gets it. Single characters whose glyph is empty by
// mistake count as not covered.
func Open(name string, data []byte) ([]*Face, error) {
	file := string(data)
	fonts, err := sfnt.Read(file)
	if err != nil {
		return nil, err
	}
	loaders, err := opentype.NewLoaders(strings.NewReader(file))
	if err != nil || len(loaders) != len(fonts) {
		return nil, errors.New("not a font file")
	}
	faces := make([]*Face, len(fonts))
	for i, t := range fonts {
		if faces[i], err = open(t, loaders[i]); err != nil {
			if len(fonts) > 1 {
				err = fmt.Errorf("font %d of the collection: %w", i+1, err)
			}
			return nil, err
		}
		if faces[i].name == "" {
			faces[i].name = postScriptName(name)
			if i > 0 {
				faces[i].name += fmt.Sprintf("-%d", i+1)
			}
		}
	}
	return faces, nil
}

// postScriptName is a name for a face that has none, from that of its file.
func postScriptName(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	name = strings.Map(func(r rune) rune {
		if r == '-' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, name)
	return cmp.Or(name, "Face")
}

// open reads one face. Its tables have been found, and not looked at yet.
func open(t sfnt.Tables, loader *opentype.Loader) (f *Face, err error) {
	defer func() {
		// Broken files can make go-text panic.
		if r := recover(); r != nil {
			f, err = nil, errors.New("its tables are broken")
		}
	}()

	// Each table is as long as the part of it that is read here.
	for _, table := range []struct {
		tag  string
		size int
	}{{"head", 54}, {"hhea", 36}, {"maxp", 6}, {"OS/2", 78}, {"post", 32}, {"hmtx", 4}, {"cmap", 4}} {
		data, ok := t[table.tag]
		if !ok {
			return nil, fmt.Errorf("it has no table %q", table.tag)
		}
		if len(data) < table.size {
			return nil, fmt.Errorf("table %q is too short", table.tag)
		}
	}
	if err := embeddable(sfnt.U16(t["OS/2"], 8)); err != nil {
		return nil, err
	}
	o := &opened{t: t, glyphs: sfnt.U16(t["maxp"], 4)}
	f = &Face{name: sfnt.PostScriptName(t["name"]), style: styleOf(t), glyphs: o.glyphs, source: o}
	f.Measures = pack.ReadMeasures(t)
	if u := f.UnitsPerEm(); u < 16 || u > 16384 { // OpenType, "head"
		return nil, fmt.Errorf("an em of %d units", u)
	}
	if n := sfnt.U16(t["hhea"], 34); n == 0 || n > o.glyphs || len(t["hmtx"]) < 4*n {
		return nil, fmt.Errorf("table %q is too short", "hmtx")
	}
	if o.cmap, err = sfnt.ReadMap(t["cmap"]); err != nil {
		return nil, err
	}
	if err := o.openOutlines(f.UnitsPerEm()); err != nil {
		return nil, err
	}
	if err := o.findBlank(); err != nil {
		return nil, err
	}
	if o.font, err = font.NewFont(loader); err != nil {
		return nil, err
	}
	f.Measures.CapHeight = cmp.Or(f.CapHeight(), f.Bounds('H').YMax)
	f.Measures.XHeight = cmp.Or(f.XHeight(), f.Bounds('x').YMax)
	f.scripts = o.scripts()
	return f, nil
}

// embeddable says whether the maker of a face lets us put subsets of it into
// files. Source: OpenType specification 1.9.1, "OS/2", fsType.
func embeddable(fsType int) error {
	const (
		restricted    = 0x0002
		previewOrEdit = 0x0004 | 0x0008
		noSubsetting  = 0x0100
		onlyBitmaps   = 0x0200
	)
	switch {
	case fsType&restricted != 0 && fsType&previewOrEdit == 0: // the mildest holds
		return errors.New("its licence forbids to embed it")
	case fsType&(noSubsetting|onlyBitmaps) != 0:
		return errors.New("its licence forbids to embed a part of its outlines")
	}
	return nil
}

// styleOf is the style that a face says it has. Source: OpenType specification
// 1.9.1, "OS/2", fsSelection, and "post", isFixedPitch.
func styleOf(t sfnt.Tables) Style {
	const (
		italic  = 1 << 0
		oblique = 1 << 9
	)
	style := Regular
	if sfnt.U16(t["OS/2"], 62)&(italic|oblique) != 0 {
		style |= Italic
	}
	if sfnt.U16(t["OS/2"], 4) >= 600 {
		style |= Bold
	}
	if sfnt.U32(t["post"], 12) != 0 {
		style |= Mono
	}
	return style
}

// openOutlines finds the outlines, and reads each of those in glyf once.
func (o *opened) openOutlines(unitsPerEm int) error {
	switch {
	case o.t["glyf"] != "" && o.t["loca"] != "":
		return o.checkGlyf()
	case o.t["CFF "] != "":
		var err error
		if o.cff, err = cff.Parse([]byte(o.t["CFF "])); err != nil {
			return fmt.Errorf("its outlines are broken: %w", err)
		}
		if len(o.cff.Charstrings) != o.glyphs {
			return errors.New("its outlines are not those of its glyphs")
		}
		return nil
	case o.t["CFF2"] != "":
		return errors.New("a variable font with outlines of a form that is not read (CFF2); one of its static instances is needed")
	}
	return errors.New("it has no outlines, perhaps only pictures")
}

// checkGlyf reads every outline, so that none of them can be broken later.
func (o *opened) checkGlyf() error {
	size := 2 << sfnt.U16(o.t["head"], 50) // bytes for each place
	if size > 4 || len(o.t["loca"]) < size*(o.glyphs+1) {
		return fmt.Errorf("table %q is too short", "loca")
	}
	const (
		open = iota + 1
		done
	)
	state := make([]uint8, o.glyphs)
	var check func(g, depth int) error
	check = func(g, depth int) error {
		if g >= o.glyphs || state[g] == open || depth > maxComponentDepth {
			return sfnt.ErrOutline
		}
		if state[g] == done {
			return nil
		}
		state[g] = open
		record, _ := o.outline(g)
		var parts []int
		_, err := sfnt.Bare(record, func(part int) int { parts = append(parts, part); return part })
		for _, part := range parts {
			err = cmp.Or(err, check(part, depth+1))
		}
		state[g] = done
		return err
	}
	for g := range o.glyphs {
		if err := check(g, 0); err != nil {
			return fmt.Errorf("glyph %d: %w", g, err)
		}
	}
	return nil
}

// findBlank looks for characters whose glyph is empty. There are fonts that
// claim whole scripts and show nothing of them: those are refused.
func (o *opened) findBlank() error {
	o.blank = make(map[rune]bool)
	some, first := 0, rune(0)
	for r, g := range o.cmap.All() {
		if g >= o.glyphs || !inked(r) {
			continue
		}
		some++
		if outline, err := o.outline(g); err != nil {
			return fmt.Errorf("%s (%U): %w", string(r), r, err)
		} else if outline == "" || sfnt.I16(outline, 0) == 0 { // no outline, or one of no contours
			if len(o.blank) == 0 {
				first = r
			}
			o.blank[r] = true
		}
	}
	const tolerated = 50 // one in so many
	if len(o.blank) > some/tolerated+1 {
		return fmt.Errorf("it has nothing to show for %d of the %d characters that it claims to have, such as %s (%U)", len(o.blank), some, string(first), first)
	}
	if some == 0 {
		return errors.New("it has no characters")
	}
	return nil
}

// inked reports whether r leaves ink on paper. Of marks it is not known: some
// only say how their letters are joined.
func inked(r rune) bool {
	const (
		braillePatternBlank = 0x2800
		nullNotehead        = 0x1D159
	)
	return unicode.IsGraphic(r) && !unicode.In(r, unicode.Z, unicode.M) && !ignorable(r) && r != braillePatternBlank && r != nullNotehead
}

func (o *opened) has(r rune) bool {
	g := o.cmap.Glyph(r)
	return g != 0 && g < o.glyphs && !o.blank[r]
}

func (o *opened) tables() sfnt.Tables { return o.t }

func (o *opened) shaper() (*font.Font, error) { return o.font, nil }

func (o *opened) outline(g int) (string, error) {
	if o.cff != nil {
		segments, _, err := o.cff.LoadGlyph(tables.GlyphID(g))
		if err != nil {
			return "", fmt.Errorf("its outline is broken: %w", err)
		}
		return quadratic(segments)
	}
	return sfnt.Outline(o.t["glyf"], o.t["loca"], sfnt.U16(o.t["head"], 50) == 1, g), nil
}

func (o *opened) bearing(g int) int {
	if o.cff != nil {
		outline, err := o.outline(g)
		if err != nil {
			return 0 // it was no outline before either
		}
		return bounds(outline).XMin
	}
	hmtx, n := o.t["hmtx"], sfnt.U16(o.t["hhea"], 34)
	at := 4*g + 2
	if g >= n {
		at = 4*n + 2*(g-n)
	}
	if at+2 > len(hmtx) {
		return 0
	}
	return sfnt.I16(hmtx, at)
}

// scripts are the scripts of the characters that the face has, those of which
// it has most first.
func (o *opened) scripts() []string {
	counts := make(map[string]int)
	for r := range o.cmap.All() {
		if s := language.LookupScript(r); o.has(r) && s != language.Common && s != language.Inherited && s != language.Unknown {
			counts[s.String()]++
		}
	}
	var scripts []string
	for s := range counts {
		scripts = append(scripts, s)
	}
	slices.SortFunc(scripts, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return scripts
}
