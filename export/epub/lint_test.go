package epub

import (
	"archive/zip"
	"bytes"
	"maps"
	"strings"
	"testing"

	"qalam/export/document"
)

// filesOf are the files of a book before they are packed.
func filesOf(t *testing.T, e *document.Edition) map[string][]byte {
	t.Helper()
	b, err := render(e)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := assemble(b)
	if err != nil {
		t.Fatal(err)
	}
	files, err := finish(raw, b)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// lintFiles packs files and checks the book.
func lintFiles(t *testing.T, files map[string][]byte) error {
	t.Helper()
	var out bytes.Buffer
	if err := pack(&out, files); err != nil {
		t.Fatal(err)
	}
	return lint(out.Bytes())
}

// Each fault that a book can have is found, and said with its place.
func TestLintFaults(t *testing.T) {
	const (
		article = "EPUB/xhtml/article.xhtml"
		notes   = "EPUB/xhtml/notes.xhtml"
		nav     = "EPUB/nav.xhtml"
		ncx     = "EPUB/toc.ncx"
		opf     = packageName
	)
	tests := []struct{ name, file, old, new, want string }{
		// XML
		{"end tag", article, "</em>", "", "end tag"},
		{"two roots", article, "</html>", "</html><html></html>", "second root"},
		{"text after the root", article, "</html>", "</html>x", "outside the root"},
		{"no root", article, "</html>", "", "ends within"},
		{"control character", article, "stressed", "stress\x01", "XML does not have"},
		{"no UTF-8", article, "stressed", "stress\xff", "XML does not have"},
		{"unknown entity", article, "stressed", "&nbsp;", "no reference"},
		{"reference to no character", article, "stressed", "&#x7fffffff;", "no reference"},
		{"bare ampersand", article, "stressed", "a & b", "no reference"},
		{"end of CDATA", article, "stressed", "]]>", "]]>"},
		{"comment", article, "stressed", "<!-- x -->", "no start tag"},
		{"unquoted attribute", article, `id="article"`, `id=article`, "attribute of section is broken"},
		{"attribute twice", article, `id="article"`, `id="article" id="b"`, "two attributes id"},
		{"attribute with markup", article, `id="article"`, `id="<"`, "attribute of section is broken"},
		{"attributes without a space", article, ` id="article"`, ` class="x"id="article"`, "start tag of section is broken"},

		// the archive and the manifest
		{"file that is not listed", "EPUB/extra.xhtml", "", "x", "not in the manifest"},
		{"container", containerName, "EPUB/package.opf", "package.opf", "does not lead to"},
		{"file listed and not there", opf, `href="xhtml/notes.xhtml" media-type`, `href="xhtml/other.xhtml" media-type`, "no such file"},
		{"media type", opf, `media-type="image/png"`, `media-type="image/jpeg"`, "is no image/jpeg"},
		{"image of another kind", "EPUB/images/image-1.png", "\x89PNG", "GIF8", "is no image/png"},
		{"id in the package twice", opf, `id="notes.xhtml"`, `id="about.xhtml"`, "twice"},
		{"text outside the spine", opf, `<itemref idref="notes.xhtml"/>`, ``, "in the spine 0 times"},
		{"text in the spine twice", opf, `<itemref idref="notes.xhtml"/>`, `<itemref idref="notes.xhtml"/><itemref idref="notes.xhtml"/>`, "in the spine 2 times"},
		{"spine leads nowhere", opf, `<itemref idref="notes.xhtml"/>`, `<itemref idref="notes.xhtml"/><itemref idref="x"/>`, "is no text"},
		{"no contents", opf, ` properties="nav"`, ``, "0 tables of contents"},
		{"unknown property", opf, ` properties="nav"`, ` properties="nav scripted"`, "has properties"},
		{"guide", opf, `href="nav.xhtml"/>`, `href="x.xhtml"/>`, "a link to EPUB/x.xhtml"},

		// what is said of the book
		{"language of the package", opf, `xml:lang="en" dir="ltr">` + "\n", `xml:lang="fr" dir="ltr">` + "\n", `language "fr"`},
		{"language in the metadata", opf, `<dc:language>en<`, `<dc:language>fr<`, "no language of the book"},
		{"no language", opf, `<dc:language>en</dc:language>`, ``, "no language"},
		{"wrong tag", opf, `xml:lang="en" dir="ltr">Everything`, `xml:lang="english" dir="ltr">Everything`, `"english" is no language`},
		{"no title", opf, `dc:title`, `dc:relation`, "no title"},
		{"empty", opf, `>A Publisher<`, `><`, "dc:publisher is empty"},
		{"date", opf, `"dcterms:modified">2022-02-03T00:00:00Z<`, `"dcterms:modified">2022-02-03<`, "no date"},
		{"no date", opf, `"dcterms:modified"`, `"dcterms:created"`, "dcterms:modified is there 0 times"},
		{"refines", opf, `refines="#creator2"`, `refines="#nobody"`, "refines nobody"},
		{"term alone", opf, `property="authority"`, `property="meta-auth"`, "without the other"},
		{"pages turn the wrong way", opf, `page-progression-direction="ltr"`, `page-progression-direction="rtl"`, "pages turn"},
		{"a claim by nobody", opf, `<dc:publisher>`, `<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta><dc:publisher>`, "1 claims"},
		{"pictures that are not there", opf, `"schema:accessMode">visual<`, `"schema:accessMode">tactile<`, "visual false"},
		{"no words for pictures", article, `alt="A grey dot"`, `alt=""`, "alternativeText true"},
		{"no summary", opf, `"schema:accessibilitySummary"`, `"schema:about"`, "accessibilitySummary is there 0 times"},

		// texts
		{"no alternative text", article, ` alt="A grey dot"`, ``, "no alternative text"},
		{"blank alternative text", article, ` alt="A grey dot"`, ` alt=" "`, "no alternative text"},
		{"picture", article, `src="../images/image-1.png"`, `src="../images/image-2.png"`, "which is not there"},
		{"language of a text", article, `lang="en" xml:lang="en"`, `lang="en" xml:lang="fr"`, `lang "en", xml:lang "fr"`},
		{"text without language", article, ` lang="en" xml:lang="en" dir="ltr">` + "\n  <head>", ">", `html has lang ""`},
		{"language of a passage", article, `xml:lang="fr"`, `xml:lang="french"`, `xml:lang "french"`},
		{"direction of a passage", article, `xml:lang="fr" dir="ltr"`, `xml:lang="fr" dir="down"`, `written "down"`},
		{"id twice", article, `id="section-2"`, `id="section-1"`, `"section-1" twice`},
		{"id", article, `id="section-2"`, `id="2"`, `"2" twice, or no id`},
		{"style", article, `<p class="kicker"`, `<p style="color: red"`, "style of its own"},
		{"script", article, `<hr/>`, `<script>x</script>`, "an element script"},
		{"level of a heading", article, "h3", "h4", "level 4 after one of level 2"},
		{"second title", article, "h2", "h1", "level 1 after one of level 1"},
		{"no heading", notes, "h1", "p", "it has no heading"},
		{"empty heading", article, "<h3>Below it</h3>", "<h3> </h3>", "an empty h3"},
		{"empty paragraph", article, "<p>The end.</p>", "<p></p>", "an empty p"},
		{"name of a section", article, `aria-labelledby="article-title"`, `aria-labelledby="title"`, "called what title says"},
		{"link without an address", article, ` href="https://example.org/?a=1&amp;b=2"`, ``, "without an address"},
		{"link to a file of the machine", article, `https://example.org/?a=1&amp;b=2`, `file:///x`, "no reader opens"},
		{"empty link", article, `>linked</a>`, `></a>`, "an empty a"},
		{"link in a link", article, `>linked</a>`, `><a href="#article">linked</a></a>`, "a link in a link"},
		{"dead link", article, `https://example.org/?a=1&amp;b=2`, `#nowhere`, "article.xhtml#nowhere, which is not there"},
		{"type twice", notes, `epub:type="endnote footnote"`, `epub:type="footnote footnote"`, "has the types"},

		// notes
		{"reference to no note", article, `href="notes.xhtml#note-2"`, `href="notes.xhtml#note-9"`, "it is no note"},
		{"reference to another note", article, `href="notes.xhtml#note-2"`, `href="notes.xhtml#note-1"`, "not to each other"},
		{"reference without a type", article, ` epub:type="noteref"`, ``, "none to every reader"},
		{"reference without a role", article, ` role="doc-noteref"`, ``, "not to each other"},
		{"reference with markup", article, `class="noteref" epub:type="noteref" role="doc-noteref" aria-label="Note 1">1</a>`, `class="noteref" epub:type="noteref" role="doc-noteref"><em>1</em></a>`, "no bare text"},
		{"way back to another reference", notes, `href="article.xhtml#ref-2-1"`, `href="article.xhtml#ref-2-2"`, "not to each other"},
		{"way back without a name", notes, `aria-label="Back to the text"`, `aria-label=""`, "empty label"},
		{"no way back", notes, ` role="doc-backlink"`, ``, "no way back from note-1"},
		{"way back before the end", notes, "</li>", "<p>More.</p></li>", "no way back from note-1"},
		{"note that is not marked", notes, `epub:type="endnote footnote"`, ``, "outside a note"},
		{"note that nothing refers to", notes, `</ol>`, `<li id="note-5" epub:type="footnote"><p>x</p></li></ol>`, "nothing refers to note-5"},

		// contents
		{"section not in the contents", nav, `#section-2`, `#section-1`, "section-2 is not in the contents"},
		{"part not in the contents", nav, `<a href="xhtml/about.xhtml">`, `<a href="xhtml/notes.xhtml">`, "about.xhtml: it is not in the contents"},
		{"dead entry", nav, `#section-2`, `#section-9`, "a link to"},
		{"no landmarks", nav, `epub:type="landmarks"`, `epub:type="loi"`, "no landmarks"},
		{"two types of a landmark", nav, `epub:type="bodymatter"`, `epub:type="bodymatter chapter"`, "not one type"},
		{"other contents", ncx, `#section-2`, `#section-1`, "other contents"},
		{"order of the contents", ncx, `playOrder="2"`, `playOrder="3"`, "entry 2 is in place 3"},
		{"depth", ncx, `name="dtb:depth" content="3"`, `name="dtb:depth" content="1"`, "depth 1"},
		{"identifier", ncx, `content="urn:uuid:7`, `content="urn:uuid:8`, "identifier urn:uuid:8"},
		{"entry without words", ncx, `Below it`, ``, "without words"},
	}
	d := everything("en")
	d.Settings.EPUB.Cover = "none"
	good := filesOf(t, edition(d))
	if err := lintFiles(t, good); err != nil {
		t.Fatalf("a good book: %v", err)
	}
	for _, test := range tests {
		files := maps.Clone(good)
		if before := string(files[test.file]); test.old == "" {
			files[test.file] = []byte(test.new)
		} else if after := strings.ReplaceAll(before, test.old, test.new); after == before {
			t.Errorf("%s: no %s in %s", test.name, test.old, test.file)
			continue
		} else {
			files[test.file] = []byte(after)
		}
		err := lintFiles(t, files)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// An archive that readers cannot tell, or whose names lead out of it, is
// found, and so is one that is cut off.
func TestLintArchive(t *testing.T) {
	good := filesOf(t, edition(everything("en")))
	type entry struct{ name, as string }
	tests := []struct {
		name   string
		first  []entry
		method uint16
		want   string
	}{
		{"mimetype compressed", []entry{{mimetypeName, mimetypeName}, {containerName, containerName}}, zip.Deflate, "not the first file"},
		{"mimetype second", []entry{{containerName, containerName}, {mimetypeName, mimetypeName}}, zip.Store, "not the first file"},
		{"order", []entry{{mimetypeName, mimetypeName}, {packageName, packageName}}, zip.Store, "another order"},
		{"name that leaves the book", []entry{{mimetypeName, mimetypeName}, {containerName, containerName}, {packageName, "../x"}}, zip.Store, "../x: a name"},
		{"absolute name", []entry{{mimetypeName, mimetypeName}, {containerName, containerName}, {packageName, "/x"}}, zip.Store, "/x: a name"},
		{"name with a space", []entry{{mimetypeName, mimetypeName}, {containerName, containerName}, {packageName, "a b"}}, zip.Store, "a b: a name"},
		{"name twice", []entry{{mimetypeName, mimetypeName}, {containerName, containerName}, {packageName, "EPUB/NAV.xhtml"}}, zip.Store, "a second file"},
	}
	for _, test := range tests {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		done := map[string]bool{}
		add := func(name, as string) {
			done[as] = true
			w, err := z.CreateRaw(&zip.FileHeader{Name: as, Method: zip.Store, UncompressedSize64: uint64(len(good[name])), CompressedSize64: uint64(len(good[name]))})
			if test.method == zip.Deflate && as == mimetypeName {
				w, err = z.Create(as)
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(good[name]); err != nil {
				t.Fatal(err)
			}
		}
		for _, e := range test.first {
			add(e.name, e.as)
		}
		for name := range good {
			if !done[name] {
				add(name, name)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := lint(out.Bytes()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	archive := write(t, edition(everything("en")))
	if err := lint(archive[:len(archive)/2]); err == nil {
		t.Error("half an archive is a book")
	}
}

// A book that lint finds a fault in is not written.
func TestLintStopsExport(t *testing.T) {
	d := plainDocument("en", para(text("Text.")))
	d.Meta.Lang = "not a language"
	var out bytes.Buffer
	if _, err := (Format{}).Write(&out, edition(d)); err == nil || !strings.Contains(err.Error(), "a fault in qalam") {
		t.Errorf("error %v", err)
	}
	if out.Len() > 0 {
		t.Errorf("%d bytes of it were written", out.Len())
	}
}
