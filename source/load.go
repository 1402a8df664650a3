package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"qalam/source/diag"
)

// ArticleFile is the canonical article of a folder.
const ArticleFile = "article.md"

// Load reads an article folder. name is how messages call it, and the slug of
// an article that gives none. The folder is nil when article.md cannot be read
// at all, since the translations take from it; else it has the language
// versions that could be read. The list says what is wrong with them and with
// those that could not; one with a wrong tag has Lang "" and an error.
func Load(fsys fs.FS, name string) (*Folder, diag.List) {
	l := &loader{fsys: fsys}
	f := l.load(name)
	return f, l.diags.list()
}

const baseDir = "locales/base/"

// BaseFile is where the base of a translation stands: the canonical article as
// it was when the translation was last accepted.
func BaseFile(lang string) string { return baseDir + lang + ".md" }

// LoadBase reads the base of the translation in a language. It is nil when
// there is none, or none that can be read, of which the list has the errors.
func LoadBase(fsys fs.FS, lang string) (*Article, diag.List) {
	l := &loader{fsys: fsys}
	name := BaseFile(lang)
	if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) && !l.isLink(name) {
		return nil, nil
	}
	a := l.article(name)
	if diags := l.diags.list(); diags.HasErrors() {
		return nil, diags
	}
	return a, nil
}

type loader struct {
	fsys  fs.FS
	diags reports
}

func (l *loader) load(name string) *Folder {
	if info, err := fs.Stat(l.fsys, "."); err != nil || !info.IsDir() {
		l.diags.Errorf(diag.Pos{}, "folder-missing", "there is no folder %s", name).
			Hint = fmt.Sprintf("qalam new %s starts one", name)
		return nil
	}
	if _, err := fs.Stat(l.fsys, ArticleFile); errors.Is(err, fs.ErrNotExist) && !l.isLink(ArticleFile) {
		l.diags.Errorf(diag.Pos{Path: ArticleFile}, "article-missing", "the folder %s has no article.md", name).
			Hint = fmt.Sprintf("qalam new %s starts one", name)
		return nil
	}
	f := &Folder{Name: name, Images: map[string]*ImageFile{}, fsys: l.fsys}
	main := l.article(ArticleFile)
	if main != nil {
		if main.Header.Slug == "" {
			if main.Header.Slug = slugOf(path.Base(name)); main.Header.Slug == "" {
				main.Header.Slug = "article"
			}
		}
		f.Articles = append(f.Articles, main)
	}
	byTag := map[string]string{} // canonical tag to path
	for _, file := range l.translations() {
		a := l.article(file)
		if a == nil {
			continue
		}
		switch first, ok := byTag[a.Lang]; {
		case a.Lang == "":
		case main != nil && a.Lang == main.Lang:
			l.diags.Errorf(diag.Pos{Path: file}, "lang-canonical", "%s is the language of article.md, so this is no translation", a.Lang).
				Hint = "delete the file, or correct lang in article.md"
			continue
		case ok:
			for _, pair := range [][2]string{{first, file}, {file, first}} {
				l.diags.Errorf(diag.Pos{Path: pair[0]}, "lang-doubled", "%s and this file are both in the language %s", pair[1], a.Lang).
					Hint = "delete one of the two"
			}
			continue
		default:
			byTag[a.Lang] = file
		}
		if main != nil {
			a.inherit(main, &l.diags)
		}
		f.Articles = append(f.Articles, a)
	}
	if main == nil {
		for _, a := range f.Articles {
			a.check(&l.diags)
		}
		return nil
	}
	slices.SortStableFunc(f.Articles[1:], func(a, b *Article) int { return strings.Compare(a.Lang, b.Lang) })
	for _, a := range f.Articles {
		a.check(&l.diags)
		l.images(f, a)
		l.fonts(a)
	}
	l.coverImages(f)
	return f
}

// article reads one language version; nil when it cannot be read.
func (l *loader) article(name string) *Article {
	data, ok := l.file(diag.Pos{Path: name}, name, MaxTextSize)
	if !ok {
		return nil
	}
	return parse(name, data, &l.diags)
}

// translations are the paths of the translations, sorted.
func (l *loader) translations() []string {
	const dir = "locales"
	info, err := fs.Stat(l.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && !info.IsDir() {
		l.diags.Errorf(diag.Pos{Path: dir}, "file-kind", "locales is not a folder").
			Hint = "translations stand in a folder of that name: locales/kk.md"
		return nil
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = fs.ReadDir(l.fsys, dir)
	}
	if err != nil {
		l.unreadable(diag.Pos{Path: dir}, dir, err)
		return nil
	}
	var files []string
	for _, e := range entries { // sorted by name
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"), strings.HasSuffix(name, "~"),
			strings.EqualFold(name, "README.md"), name == "base":
		case strings.HasSuffix(name, ".md"):
			files = append(files, path.Join(dir, name))
		default:
			l.diags.Warnf(diag.Pos{Path: path.Join(dir, name)}, "file-ignored", "%s is not read", name).
				Hint = "a translation is called TAG.md: kk.md, fr-CA.md; other files stand outside locales"
		}
	}
	return files
}

// file reads a file of at most limit bytes. It looks before it opens: a pipe
// would wait for ever.
func (l *loader) file(pos diag.Pos, name string, limit int64) ([]byte, bool) {
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		l.unreadable(pos, name, err)
		return nil, false
	}
	if !info.Mode().IsRegular() {
		l.diags.Errorf(pos, "file-kind", "%s is %s, not a file", name, kindOf(info.Mode())).
			Hint = "put a file in its place"
		return nil, false
	}
	var data []byte
	if info.Size() <= limit {
		if data, err = l.read(name, limit+1); err != nil {
			l.unreadable(pos, name, err)
			return nil, false
		}
	}
	if info.Size() > limit || int64(len(data)) > limit {
		code, hint := "file-size", "make several articles of it"
		switch limit {
		case MaxImageSize:
			code, hint = "image-size", "save it with fewer pixels"
		case MaxFontSize:
			code, hint = "font-size", "take a font of fewer scripts"
		}
		l.diags.Errorf(pos, code, "%s is larger than %d MiB", name, limit>>20).Hint = hint
		return nil, false
	}
	return data, true
}

func (l *loader) read(name string, limit int64) ([]byte, error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	}
	return "something else"
}

// leavesFolder reports whether a file was refused because a symbolic link
// leads out of the folder. os.Root says so only in words.
func leavesFolder(err error) bool { return strings.Contains(err.Error(), "escapes") }

// isLink reports whether name is a symbolic link, wherever it leads.
func (l *loader) isLink(name string) bool {
	info, err := fs.Lstat(l.fsys, name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// unreadable reports a file that cannot be opened or read.
func (l *loader) unreadable(pos diag.Pos, name string, err error) {
	switch {
	case leavesFolder(err):
		l.diags.Errorf(pos, "file-outside", "%s is a link that leads out of the folder", name).
			Hint = "copy the file into the folder"
	case errors.Is(err, fs.ErrNotExist) && l.isLink(name):
		l.diags.Errorf(pos, "file-unreadable", "%s is a link to a file that is not there", name).
			Hint = "put the file itself in the place of the link"
	case errors.Is(err, fs.ErrPermission):
		l.diags.Errorf(pos, "file-unreadable", "%s may not be read", name).
			Hint = "change the permissions of the file"
	default:
		l.diags.Errorf(pos, "file-unreadable", "%s cannot be read: %s", name, cause(err)).
			Hint = "look whether the file can be opened in an editor"
	}
}

// cause is what went wrong, without the path around it.
func cause(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return err.Error()
}

// inherit fills in what a translation does not say itself.
func (a *Article) inherit(main *Article, diags *reports) {
	h, m := &a.Header, &main.Header
	given := func(field string) bool { _, ok := h.pos[field]; return ok }
	if !given("slug") {
		h.Slug = m.Slug
	}
	if h.Slug == "" {
		h.Slug = m.Slug
	}
	if !given("authors") {
		h.Authors = m.Authors
	} else {
		h.inheritPersons("authors", h.Authors, m, m.Authors, diags)
	}
	if !given("editors") {
		h.Editors = m.Editors
	} else {
		h.inheritPersons("editors", h.Editors, m, m.Editors, diags)
	}
	if !given("publisher") {
		h.Publisher = m.Publisher
	}
	if !given("place") {
		h.Place = m.Place
	}
	if !given("subjects") {
		h.Subjects = m.Subjects
	}
	if !given("license") {
		h.License = m.License
	}
	if !given("identifiers.issn") {
		h.Identifiers.ISSN = m.Identifiers.ISSN
	}
	if !given("note-numbers") {
		h.NoteNumbers = m.NoteNumbers
	}
	if !given("stale") {
		h.Stale = m.Stale
	}
	inheritSettings(&h.Settings, m.Settings, given)
	h.Settings.EPUB.inherit(&m.Settings.EPUB, given)
}

// inheritSettings fills in the settings that are not given.
func inheritSettings(s *Settings, from Settings, given func(field string) bool) {
	pdf, text := &from.PDF, &from.Text // what the settings will be
	for _, own := range []struct {
		field string
		take  func()
	}{
		{"pdf.paper", func() { pdf.Paper = s.PDF.Paper }},
		{"pdf.margin-top", func() { pdf.MarginTop = s.PDF.MarginTop }},
		{"pdf.margin-bottom", func() { pdf.MarginBottom = s.PDF.MarginBottom }},
		{"pdf.margin-inner", func() { pdf.MarginInner = s.PDF.MarginInner }},
		{"pdf.margin-outer", func() { pdf.MarginOuter = s.PDF.MarginOuter }},
		{"pdf.two-sided", func() { pdf.TwoSided = s.PDF.TwoSided }},
		{"pdf.size", func() { pdf.Size = s.PDF.Size }},
		{"pdf.align", func() { pdf.Align = s.PDF.Align }},
		{"pdf.links", func() { pdf.Links = s.PDF.Links }},
		{"pdf.missing", func() { pdf.Missing = s.PDF.Missing }},
		{"pdf.fonts", func() { pdf.Fonts = s.PDF.Fonts }},
		{"text.width", func() { text.Width = s.Text.Width }},
		{"text.newline", func() { text.Newline = s.Text.Newline }},
		{"text.bom", func() { text.BOM = s.Text.BOM }},
	} {
		if given(own.field) {
			own.take()
		}
	}
	s.PDF, s.Text = from.PDF, from.Text
}

func numberOf(persons []Person) string {
	if len(persons) == 1 {
		return "one name"
	}
	return fmt.Sprintf("%d names", len(persons))
}

// inheritPersons fills in what the original says of the same persons, whose
// names a translation may write in its own script.
func (h *Header) inheritPersons(field string, persons []Person, main *Header, original []Person, diags *reports) {
	if h.unread[field] || main.unread[field] || main.unread[""] {
		return // how many there are is not known
	}
	if len(persons) != len(original) {
		diags.Errorf(h.Pos(field), "field-wrong", "%s has %s here and %s in the original", field, numberOf(persons), numberOf(original)).
			Hint = "name the same persons in the same order, or delete the field to take those of the original"
		return
	}
	for i := range persons {
		p, o := &persons[i], original[i]
		name := fmt.Sprintf("%s[%d]", field, i)
		// A name in another script or language is sorted another way.
		if _, ok := h.pos[name+".file-as"]; !ok && p.Name == o.Name {
			p.FileAs = o.FileAs
		}
		if _, ok := h.pos[name+".orcid"]; !ok {
			p.ORCID = o.ORCID
		}
		if _, ok := h.pos[name+".affiliation"]; !ok {
			p.Affiliation = o.Affiliation
		}
	}
}
