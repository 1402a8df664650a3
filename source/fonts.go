package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// fonts reads the font files that a asks for, each once; those that it inherits
// have been read.
func (l *loader) fonts(a *Article) {
	for i, f := range a.Header.Settings.PDF.Fonts {
		if f.Pos.Path != "" {
			continue
		}
		f.Pos = a.Header.Pos("pdf.fonts")
		if p, ok := a.Header.pos[fmt.Sprintf("pdf.fonts[%d]", i)]; ok {
			f.Pos = p
		}
		l.font(f)
	}
}

// fontSignatures are the first bytes of the font files that there are. Sources:
// OpenType 1.9.1, "Organization of an OpenType Font"; Apple's TrueType
// Reference Manual, chapter 6.
var fontSignatures = []string{"\x00\x01\x00\x00", "OTTO", "ttcf", "true"}

// font reads one font file.
func (l *loader) font(f *FontFile) {
	const write = "copy it into the folder, and name its path from there: fonts/NAME.ttf"
	clean := path.Clean(f.Name)
	if strings.ContainsAny(f.Name, "\\:") || !fs.ValidPath(clean) || clean == "." {
		l.diags.Errorf(f.Pos, "font-outside", "the font %q is not named by a path in the folder", shorten(f.Name)).Hint = write
		return
	}
	if _, err := fs.Stat(l.fsys, clean); errors.Is(err, fs.ErrNotExist) && !l.isLink(clean) {
		l.diags.Errorf(f.Pos, "font-missing", "there is no file %s in the folder", clean).Hint = l.otherSpelling(clean)
		return
	}
	data, ok := l.file(f.Pos, clean, MaxFontSize)
	if !ok {
		return
	}
	if !slices.ContainsFunc(fontSignatures, func(s string) bool { return strings.HasPrefix(string(data[:min(len(data), 4)]), s) }) {
		what, hint := sniff(data), "take a TrueType or OpenType font: .ttf, .otf or .ttc"
		if strings.HasPrefix(string(data[:min(len(data), 3)]), "wOF") {
			what, hint = "a font for web pages", "take the same font as .ttf or .otf"
		}
		l.diags.Errorf(f.Pos, "font-kind", "%s is %s, not a TrueType or OpenType font", clean, what).Hint = hint
		return
	}
	f.Data = data
}

// setFonts gives all language versions the same fonts.
func (f *Folder) setFonts(names []string) error {
	l := &loader{fsys: f.fsys}
	var files []*FontFile
	for _, name := range names {
		file := &FontFile{Name: strings.TrimSpace(name)}
		if l.font(file); file.Data == nil {
			d := l.diags.list()[0]
			return &wrong{d.Message, d.Hint}
		}
		files = append(files, file)
	}
	for _, a := range f.Articles {
		a.Header.Settings.PDF.Fonts = files
	}
	return nil
}
