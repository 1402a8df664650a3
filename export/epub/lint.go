package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

// lint reads a finished book as somebody does who knows nothing of how it was
// made, and says what is wrong with it. It looks for what readers, libraries
// and people who cannot see stumble over: dead links, notes without a way
// back, a heading that is not in the contents, a text without its language, a
// picture without its words, a statement that is not true of this book.
//
// Whatever it finds is a fault of this package: no article may lead to it.
func lint(archive []byte) error {
	l := &linter{
		files:   map[string]string{},
		pages:   map[string]*page{},
		refs:    map[place][]place{},
		ways:    map[place][]place{},
		tags:    map[string]bool{},
		outline: map[place]bool{},
	}
	if err := l.unpack(archive); err != nil {
		return err
	}
	l.container()
	l.readPackage()
	for _, i := range l.pkg.items {
		switch i.mediaType {
		case "application/xhtml+xml":
			l.readPage(i)
		case "application/x-dtbncx+xml":
			l.readNCX(i.file)
		}
	}
	l.checkPackage()
	l.checkLinks()
	l.checkNotes()
	l.checkContents()
	if len(l.faults) == 0 {
		return nil
	}
	const shown = 5
	text := strings.Join(l.faults[:min(len(l.faults), shown)], "; ")
	if more := len(l.faults) - shown; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return errors.New("a fault in qalam, please report it: " + text)
}

// linter is what is known of a book so far.
type linter struct {
	faults []string
	names  []string          // of the files, in the order of the archive
	files  map[string]string // their contents
	pkg    opf
	ncx    ncx
	pages  map[string]*page // content documents by file
	links  []link
	refs   map[place][]place // by note: where it is referred to
	ways   map[place][]place // by note: where its ways back lead
	tags   map[string]bool   // language tags, and whether they are some

	contents   []place // where the contents lead, in order
	outline    map[place]bool
	headings   []place // the sections with headings, which belong in the contents
	words      bool    // a picture has an alternative text
	landmarked bool    // there are landmarks
}

// place is a place in a book: a file, or an element of it.
type place struct{ file, id string }

func (p place) String() string {
	if p.id == "" {
		return p.file
	}
	return p.file + "#" + p.id
}

// link leads from a file to a place.
type link struct {
	from string
	to   place
}

func (l *linter) fault(file, format string, args ...any) {
	l.faults = append(l.faults, file+": "+fmt.Sprintf(format, args...))
}

// unpack reads the archive. It must begin as readers test it (EPUB 3.3, OCF
// 4.2.2), and have no name that another file system reads in another way.
func (l *linter) unpack(archive []byte) error {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return fmt.Errorf("reading the archive again: %w", err)
	}
	inflate := flate.NewReader(nil) // one after the other
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser {
		_ = inflate.(flate.Resetter).Reset(r, nil) // never an error
		return inflate
	})
	const beginning = mimetypeName + "application/epub+zip"
	if !bytes.HasPrefix(archive[min(len(archive), 30):], []byte(beginning)) {
		l.fault(mimetypeName, "it is not the first file, plain and without an extra field")
	}
	folded := map[string]bool{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("reading the archive again: %s: %w", f.Name, err)
		}
		var data strings.Builder
		data.Grow(int(f.UncompressedSize64))
		if _, err := io.Copy(&data, r); err != nil {
			return fmt.Errorf("reading the archive again: %s: %w", f.Name, err)
		}
		if path.Clean(f.Name) != f.Name || path.IsAbs(f.Name) || !ownName(f.Name) {
			l.fault(f.Name, "a name that not every reader can open")
		}
		if fold := strings.ToLower(f.Name); folded[fold] {
			l.fault(f.Name, "a second file of that name")
		} else {
			folded[fold] = true
		}
		l.names = append(l.names, f.Name)
		l.files[f.Name] = data.String()
	}
	if len(l.names) > 2 && (l.names[1] != containerName || !slices.IsSorted(l.names[2:])) {
		l.fault("the archive", "its files are in another order than always")
	}
	return nil
}

// ownName reports whether a path has only characters that need no escape in
// an address and are letters to every file system.
func ownName(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || part[0] == '.' || strings.Trim(part, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != "" {
			return false
		}
	}
	return true
}

// read scans an XML file of the book.
func (l *linter) read(file string, s *scanner) {
	src, ok := l.files[file]
	if !ok {
		l.fault(file, "there is no such file")
		return
	}
	if err := s.scan(src); err != nil {
		l.fault(file, "no well-formed XML: %v", err)
	}
}

// container checks where readers begin.
func (l *linter) container() {
	found := false
	l.read(containerName, &scanner{
		start: func(t *tag) { found = found || t.name == "rootfile" && t.value("full-path") == packageName },
		end:   func() {},
		text:  func(string) {},
	})
	if !found {
		l.fault(containerName, "it does not lead to %s", packageName)
	}
}

// resolve is the place that an address in a file leads to, if it is in the
// book.
func resolve(from, href string) (to place, within bool) {
	if strings.Contains(href, ":") {
		return place{}, false
	}
	file, id, _ := strings.Cut(href, "#")
	if file == "" {
		return place{from, id}, true
	}
	return place{path.Join(path.Dir(from), file), id}, true
}

// follow notes a link. One that leaves the book must be one that a reader
// opens.
func (l *linter) follow(from, href string) (to place, within bool) {
	to, within = resolve(from, href)
	if within {
		l.links = append(l.links, link{from, to})
	} else if u, err := url.Parse(href); err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		l.fault(from, "%q is an address that no reader opens", href)
	}
	return to, within
}

// checkLinks holds that every link within the book leads to something.
func (l *linter) checkLinks() {
	for _, k := range l.links {
		_, ok := l.files[k.to.file]
		if p := l.pages[k.to.file]; ok && k.to.id != "" {
			ok = p != nil && p.ids[k.to.id]
		}
		if !ok {
			l.fault(k.from, "a link to %s, which is not there", k.to)
		}
	}
}

// checkNotes holds that references and ways back are the same pairs.
func (l *linter) checkNotes() {
	compare := func(a, b place) int { return strings.Compare(a.file+a.id, b.file+b.id) }
	for _, note := range slices.SortedFunc(keys(l.refs, l.ways), compare) {
		refs, ways := l.refs[note], l.ways[note]
		slices.SortFunc(refs, compare)
		slices.SortFunc(ways, compare)
		switch p := l.pages[note.file]; {
		case p == nil || !p.notes[note.id]:
			l.fault(note.String(), "a reference leads there, and it is no note")
		case !slices.Equal(refs, ways):
			l.fault(note.String(), "%d references, %d ways back, and not to each other", len(refs), len(ways))
		}
	}
	for _, i := range l.pkg.items {
		if p := l.pages[i.file]; p != nil {
			for _, id := range slices.Sorted(maps.Keys(p.notes)) {
				if l.refs[place{p.file, id}] == nil {
					l.fault(p.file, "nothing refers to %s", id)
				}
			}
		}
	}
}

// keys gives the keys of both, each once.
func keys(a, b map[place][]place) func(yield func(place) bool) {
	return func(yield func(place) bool) {
		for k := range a {
			if !yield(k) {
				return
			}
		}
		for k := range b {
			if _, ok := a[k]; !ok && !yield(k) {
				return
			}
		}
	}
}

// checkContents holds that both tables of contents are the same, and that
// they lead to every part and every section.
func (l *linter) checkContents() {
	nav := root + navFile
	if len(l.contents) == 0 || !l.landmarked {
		l.fault(nav, "no contents or no landmarks")
	}
	for _, p := range l.contents {
		l.outline[p] = true
	}
	for _, h := range l.headings {
		if !l.outline[h] {
			l.fault(h.file, "the heading of %s is not in the contents", h.id)
		}
	}
	for _, i := range l.pkg.spine {
		if p := l.pages[i.file]; p != nil && i.linear && p.matter != "cover" && !l.outline[place{file: i.file}] {
			l.fault(i.file, "it is not in the contents")
		}
	}
	if !slices.Equal(l.contents, l.ncx.places) {
		l.fault(root+ncxFile, "other contents than %s", nav)
	}
	if l.ncx.uid != l.pkg.id || l.ncx.depth != strconv.Itoa(l.ncx.deepest) {
		l.fault(root+ncxFile, "depth %s and identifier %s, which should be %d and %s", l.ncx.depth, l.ncx.uid, l.ncx.deepest, l.pkg.id)
	}
}

// ncx is what the contents for EPUB 2 say.
type ncx struct {
	uid, depth string
	deepest    int
	places     []place
}

func (l *linter) readNCX(file string) {
	n, depth, order := &l.ncx, 0, 0
	var open []string
	said := true
	l.read(file, &scanner{
		start: func(t *tag) {
			open = append(open, t.name)
			switch t.name {
			case "meta":
				switch t.value("name") {
				case "dtb:uid":
					n.uid = t.value("content")
				case "dtb:depth":
					n.depth = t.value("content")
				}
			case "navPoint":
				depth++
				order++
				n.deepest = max(n.deepest, depth)
				if t.value("playOrder") != strconv.Itoa(order) {
					l.fault(file, "entry %d is in place %s", order, t.value("playOrder"))
				}
			case "content":
				if to, ok := l.follow(file, t.value("src")); ok {
					n.places = append(n.places, to)
				}
			case "text":
				said = false
			}
		},
		end: func() {
			switch open[len(open)-1] {
			case "navPoint":
				depth--
			case "text":
				if !said {
					l.fault(file, "an entry without words")
				}
			}
			open = open[:len(open)-1]
		},
		text: func(s string) { said = said || visible(s) },
	})
}

// opf is what the package document says.
type opf struct {
	id, lang, dir string
	turns         string // page-progression-direction
	languages     []string
	items         []item
	spine         []spineItem
	properties    map[string][]string // metadata by property or element name
}

// item is a file of the manifest.
type item struct {
	id, file, mediaType, properties string
}

type spineItem struct {
	file   string
	linear bool
}

var timestampForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)

func (l *linter) readPackage() {
	const file = packageName
	p := &l.pkg
	p.properties = map[string][]string{}
	ids := map[string]string{} // the elements by their ids
	byID := map[string]item{}
	var refined, idrefs []string
	var linear []bool
	var open []string
	var key, text, uid, main string
	terms := map[string]int{} // authority and term stand together
	l.read(file, &scanner{
		start: func(t *tag) {
			open = append(open, t.name)
			if id, ok := t.get("id"); ok {
				if ids[id] != "" {
					l.fault(file, "the id %s twice", id)
				}
				ids[id] = t.name
			}
			if to, ok := t.get("refines"); ok {
				refined = append(refined, strings.TrimPrefix(to, "#"))
				if property := t.value("property"); property == "authority" || property == "term" {
					terms[to]++
				}
			}
			if tag, ok := t.get("xml:lang"); ok && !l.isTag(tag) {
				l.fault(file, "%q is no language", tag)
			}
			key, text = t.name, ""
			switch t.name {
			case "package":
				main, p.lang, p.dir = t.value("unique-identifier"), t.value("xml:lang"), t.value("dir")
			case "dc:identifier":
				uid = t.value("id")
			case "meta":
				key = t.value("property")
				if content, ok := t.get("content"); ok { // as EPUB 2 has it
					key, text = t.value("name"), content
				}
			case "link":
				text = t.value("href")
				key = t.value("rel")
			case "item":
				to, _ := l.follow(file, t.value("href"))
				i := item{t.value("id"), to.file, t.value("media-type"), t.value("properties")}
				p.items = append(p.items, i)
				byID[i.id] = i
			case "spine":
				p.turns = t.value("page-progression-direction")
				if byID[t.value("toc")].mediaType != "application/x-dtbncx+xml" {
					l.fault(file, "the spine has no contents for EPUB 2")
				}
			case "itemref":
				idrefs = append(idrefs, t.value("idref"))
				linear = append(linear, t.value("linear") != "no")
			case "reference":
				l.follow(file, t.value("href"))
			}
		},
		end: func() {
			n := len(open) - 1
			if n > 0 && open[n-1] == "metadata" {
				if strings.Trim(text, xmlSpace) == "" {
					l.fault(file, "%s is empty", key)
				}
				p.properties[key] = append(p.properties[key], text)
				if uid == main && open[n] == "dc:identifier" {
					p.id = text
				}
			}
			open = open[:n]
		},
		text: func(s string) { text += s },
	})
	for _, id := range refined {
		if ids[id] == "" {
			l.fault(file, "something refines %s, which is not there", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(terms)) {
		if terms[id] != 2 {
			l.fault(file, "the subject %s has an authority or a term without the other", id)
		}
	}
	p.languages = p.properties["dc:language"]
	for i, id := range idrefs {
		if byID[id].mediaType != "application/xhtml+xml" {
			l.fault(file, "%s in the spine is no text", id)
		}
		p.spine = append(p.spine, spineItem{byID[id].file, linear[i]})
	}
}

// mediaTypes are the kinds of files in a book, and how those begin that can
// be told by it.
var mediaTypes = map[string]struct{ mediaType, magic string }{
	".xhtml": {"application/xhtml+xml", "<?xml"},
	".ncx":   {"application/x-dtbncx+xml", "<?xml"},
	".css":   {"text/css", ""},
	".png":   {"image/png", "\x89PNG\r\n\x1a\n"},
	".jpg":   {"image/jpeg", "\xff\xd8\xff"},
}

// checkPackage holds that the package document is complete and true.
func (l *linter) checkPackage() {
	const file = packageName
	p := &l.pkg
	for _, one := range []string{"dcterms:modified", "schema:accessibilitySummary", "schema:accessModeSufficient", "schema:accessibilityHazard"} {
		if n := len(p.properties[one]); n != 1 {
			l.fault(file, "%s is there %d times", one, n)
		}
	}
	for _, m := range p.properties["dcterms:modified"] {
		if !timestampForm.MatchString(m) {
			l.fault(file, "changed on %s, which is no date", m)
		}
	}
	if !strings.HasPrefix(p.id, "urn:uuid:") || len(p.properties["dc:title"]) == 0 || len(p.languages) == 0 {
		l.fault(file, "no identifier, no title or no language")
	}
	if p.lang == "" || !slices.Contains(p.languages[:min(1, len(p.languages))], p.lang) || p.dir == "" || p.dir != p.turns {
		l.fault(file, "language %q of %q, direction %q, pages turn %q", p.lang, p.languages, p.dir, p.turns)
	}
	if c, by := len(p.properties["dcterms:conformsTo"]), len(p.properties["a11y:certifiedBy"]); c != by || c > 1 {
		l.fault(file, "%d claims of accessibility by %d people", c, by)
	}

	listed, navs, covers, images := map[string]bool{mimetypeName: true, containerName: true, packageName: true}, 0, 0, 0
	spined := map[string]int{}
	for _, s := range p.spine {
		spined[s.file]++
	}
	for _, i := range p.items {
		kind := mediaTypes[path.Ext(i.file)]
		switch {
		case listed[i.file]:
			l.fault(file, "%s is listed twice", i.file)
		case kind.mediaType != i.mediaType || !strings.HasPrefix(l.files[i.file], kind.magic):
			l.fault(file, "%s is no %s", i.file, i.mediaType)
		case i.mediaType == "application/xhtml+xml" && spined[i.file] != 1:
			l.fault(file, "%s is in the spine %d times", i.file, spined[i.file])
		}
		listed[i.file] = true
		switch i.properties {
		case "":
		case "nav":
			navs++
		case "cover-image":
			covers++
		default:
			l.fault(file, "%s has properties %s", i.file, i.properties)
		}
		if strings.HasPrefix(i.mediaType, "image/") {
			images++
		}
	}
	for _, name := range l.names {
		if !listed[name] {
			l.fault(name, "it is not in the manifest")
		}
	}
	if navs != 1 || covers > 1 {
		l.fault(file, "%d tables of contents, %d covers", navs, covers)
	}
	said := func(property, value string) bool { return slices.Contains(p.properties["schema:"+property], value) }
	if said("accessMode", "visual") != (images > 0) {
		l.fault(file, "visual %v, with %d images", said("accessMode", "visual"), images)
	}
	if said("accessibilityFeature", "alternativeText") != l.words {
		l.fault(file, "alternativeText %v, which is not true", said("accessibilityFeature", "alternativeText"))
	}
}
