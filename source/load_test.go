package source

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"qalam/source/diag"
)

const head = "---\ntitle: T\nlang: en\n---\n"

// files makes a folder of pairs of path and text.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func article(fields, text string) string {
	return "---\ntitle: T\nlang: en\n" + fields + "---\n" + text
}

func pngOf(w, h int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return b.String()
}

func jpegOf(w, h int) string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		panic(err)
	}
	return b.String()
}

func gifOf() string {
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)), nil); err != nil {
		panic(err)
	}
	return b.String()
}

// bigPNG is a whole PNG file that says that it has so many pixels.
func bigPNG(w, h int) string {
	s := []byte(pngOf(1, 1))
	at := bytes.Index(s, []byte("IHDR"))
	copy(s[at+4:], fmt.Appendf(nil, "%c%c%c%c", w>>24, w>>16&0x7F, w>>8&0x7F, w&0x7F))
	copy(s[at+8:], fmt.Appendf(nil, "%c%c%c%c", h>>24, h>>16&0x7F, h>>8&0x7F, h&0x7F))
	sum := crc32.ChecksumIEEE(s[at : at+17])
	copy(s[at+17:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return string(s)
}

// Each way in which a folder can be wrong: its code, where it is, and words of
// the hint. The first diagnostic of that code is compared.
func TestDiagnostics(t *testing.T) {
	broken := pngOf(4, 4)
	tests := []struct {
		code  string
		fsys  fs.FS
		place string
		hint  string // part of it
	}{
		{"article-missing", files("other.md", "x"), "article.md", "qalam new my-article"},
		{"utf8", files("article.md", head+"One\ntw\xffo"), "article.md:6:3", "UTF-8"},
		{"utf8", files("article.md", article("", "x"), "locales/fr.md", "\xff\xfe-\x00"), "locales/fr.md:1:1", "UTF-8"},
		{"character", files("article.md", head+"a\x01b"), "article.md:5:2", "delete"},
		{"character", files("article.md", head+"\ue000"), "article.md:5:1", "delete"},
		{"character", files("article.md", head+"a \ufffe"), "article.md:5:3", "delete"},
		{"character", files("article.md", head+"a &#1;"), "article.md:5:3", "delete"},
		{"front-matter", files("article.md", "Text"), "article.md:1", "start the file with a line ---"},
		{"front-matter", files("article.md", "---\ntitle: T\n"), "article.md:1:1", "write a line ---"},
		{"front-matter", files("article.md", "---\ntitle: [a\nlang: en\n---\nx"), "article.md:3:1", "name: value"},
		{"front-matter", files("article.md", "---\n- a\n---\nx"), "article.md:2:1", "name: value"},
		{"front-matter", files("article.md", article("place: &x a\n", "x")), "article.md:4:8", "in \"…\""},
		{"front-matter", files("article.md", article("place: "+strings.Repeat("[", 5000)+"\n", "x")), "article.md:4", "documentation"},
		{"field-unknown", files("article.md", article("autors: [A. Author]\n", "x")), "article.md:4:1", `did you mean "authors"?`},
		{"field-unknown", files("article.md", article("authors: [{name: A. Author, orcd: x}]\n", "x")), "article.md:4:29", `did you mean "orcid"?`},
		{"field-unknown", files("article.md", article("labels: {note: N, zzzzzz: M}\n", "x")), "article.md:4:19", "known are notes"},
		{"field-unknown", files("article.md", article("pdf: {papr: A4}\n", "x")), "article.md:4:7", `did you mean "paper"?`},
		{"field-doubled", files("article.md", article("place: a\nplace: b\n", "x")), "article.md:5:1", "delete one"},
		{"field-wrong", files("article.md", article("keywords: one\n", "x")), "article.md:4:11", "[one, another]"},
		{"field-wrong", files("article.md", article("place: [a]\n", "x")), "article.md:4:8", "place: …"},
		{"field-wrong", files("article.md", article("place: \"\\u200B\\u2060\"\n", "x")), "article.md:4:8", "give it a value"}, // nobody sees it
		{"field-wrong", files("article.md", article("place:\n", "x")), "article.md:4:1", "delete the line"},
		{"field-wrong", files("article.md", article("date: 27.1.2022\n", "x")), "article.md:4:7", "2022-01-27"},
		{"field-wrong", files("article.md", article("translators: [A. Author]\n", "x")), "article.md:4:14", "locales/TAG.md"},
		{"field-wrong", files("article.md", article("authors: [{orcid: 0000-0002-1825-0097}]\n", "x")), "article.md:4:11", "name: A. Author"},
		{"field-wrong", files("article.md", article("authors: [{name: A. Author, orcid: 0000-0002-1825-0098}]\n", "x")), "article.md:4:36", "orcid.org"},
		{"field-wrong", files("article.md", article("url: example.org\n", "x")), "article.md:4:6", "https://"},
		{"field-wrong", files("article.md", article("url: ftp://example.org\n", "x")), "article.md:4:6", "https://"},
		{"field-wrong", files("article.md", article("license: CC BY 4.0\n", "x")), "article.md:4:10", "CC-BY-4.0"},
		{"field-wrong", files("article.md", article("slug: a/b\n", "x")), "article.md:4:7", "a-b"},
		{"field-wrong", files("article.md", article("identifiers: {doi: 11.1000/182}\n", "x")), "article.md:4:20", "10.1000/182"},
		{"field-wrong", files("article.md", article("identifiers: {isbn: 9780306406158}\n", "x")), "article.md:4:21", "13 digits"},
		{"field-wrong", files("article.md", article("identifiers: {issn: 0378-5954}\n", "x")), "article.md:4:21", "issn.org"},
		{"field-wrong", files("article.md", article("identifiers: {ark: 12345}\n", "x")), "article.md:4:20", "ark:"},
		{"field-wrong", files("article.md", article("identifiers: {urn: nbn}\n", "x")), "article.md:4:20", "urn:"},
		{"field-wrong", files("article.md", article("stale: never\n", "x")), "article.md:4:8", "refuse"},
		{"field-wrong", files("article.md", article("note-numbers: roman\n", "x")), "article.md:4:15", "author"},
		{"field-wrong", files("article.md", article("typography: french\n", "x")), "article.md:4:13", "off"},
		{"field-wrong", files("article.md", article("digits: arab\n", "x")), "article.md:4:9", "native"},
		{"field-wrong", files("article.md", article("text: {width: 10}\n", "x")), "article.md:4:15", "from 20"},
		{"field-wrong", files("article.md", article("text: {newline: cr}\n", "x")), "article.md:4:17", "crlf"},
		{"field-wrong", files("article.md", article("text: {bom: maybe}\n", "x")), "article.md:4:13", "true or false"},
		{"field-wrong", files("article.md", article("pdf: {paper: A9}\n", "x")), "article.md:4:14", "Letter"},
		{"field-wrong", files("article.md", article("pdf: {margin-top: 25}\n", "x")), "article.md:4:19", "25mm"},
		{"field-wrong", files("article.md", article("pdf: {margin-bottom: 200mm}\n", "x")), "article.md:4:22", "100mm"},
		{"field-wrong", files("article.md", article("pdf: {margin-inner: 1mm}\n", "x")), "article.md:4:21", "5mm"},
		{"field-wrong", files("article.md", article("pdf: {margin-outer: wide}\n", "x")), "article.md:4:21", "25mm"},
		{"field-wrong", files("article.md", article("pdf: {paper: A5, margin-inner: 60mm}\n", "x")), "article.md:4:14", "smaller"},
		{"field-wrong", files("article.md", article("pdf: {margin-inner: 60mm}\n", "x"), "locales/fr.md", "---\ntitle: T\npdf: {paper: A5}\n---\nx"), "locales/fr.md:3:14", "smaller"},
		{"field-wrong", files("article.md", article("pdf: {two-sided: both}\n", "x")), "article.md:4:18", "true or false"},
		{"field-wrong", files("article.md", article("pdf: {size: 3pt}\n", "x")), "article.md:4:13", "from 6pt"},
		{"field-wrong", files("article.md", article("pdf: {align: ragged}\n", "x")), "article.md:4:14", "justify or start"},
		{"field-wrong", files("article.md", article("pdf: {links: footnotes}\n", "x")), "article.md:4:14", "list, inline or none"},
		{"field-wrong", files("article.md", article("pdf: {missing: skip}\n", "x")), "article.md:4:16", "error or box"},
		{"field-wrong", files("article.md", article("pdf: {fonts: {a: b}}\n", "x")), "article.md:4:14", "[fonts/NAME.ttf]"},
		{"field-wrong", files("article.md", article("pdf: {fonts: [\"\"]}\n", "x")), "article.md:4:15", "delete the line"},
		{"font-missing", files("article.md", article("pdf: {fonts: [fonts/a.ttf]}\n", "x")), "article.md:4:15", "put the file there"},
		{"font-missing", files("article.md", article("pdf: {fonts: fonts/a.ttf}\n", "x"), "fonts/A.TTF", "OTTO"), "article.md:4:14", "fonts/A.TTF"},
		{"font-outside", files("article.md", article("pdf: {fonts: [a.ttf, ../a.ttf]}\n", "x"), "a.ttf", "OTTO"), "article.md:4:22", "copy it into the folder"},
		{"font-outside", files("article.md", article("pdf: {fonts: [/a.ttf]}\n", "x")), "article.md:4:15", "copy it into the folder"},
		{"font-outside", files("article.md", article("pdf: {fonts: ['C:\\a.ttf']}\n", "x")), "article.md:4:15", "copy it into the folder"},
		{"font-kind", files("article.md", article("pdf: {fonts: [a.ttf]}\n", "x"), "a.ttf", "<html>"), "article.md:4:15", ".ttf"},
		{"font-kind", files("article.md", article("pdf: {fonts: [a.ttf]}\n", "x"), "a.ttf", ""), "article.md:4:15", ".ttf"},
		{"font-kind", files("article.md", article("pdf: {fonts: [a.woff2]}\n", "x"), "a.woff2", "wOF2"), "article.md:4:15", "the same font"},
		{"font-size", files("article.md", article("pdf: {fonts: [a.ttf]}\n", "x"), "a.ttf", "OTTO"+strings.Repeat("\x00", MaxFontSize)), "article.md:4:15", "fewer scripts"},
		{"field-wrong", files("article.md", article("authors: [A. Author]\n", "x"), "locales/fr.md", "---\ntitle: T\nauthors: [A, B]\n---\nx"), "locales/fr.md:3:10", "same persons"},
		{"field-markup", files("article.md", article("subtitle: A river[^1]\n", "x[^1]\n\n[^1]: y")), "article.md:4:11", "in the text"},
		{"field-markup", files("article.md", article("abstract: |\n  One\n  two[^a]\n", "x")), "article.md:4:11", "in the text"},
		{"field-paragraphs", files("article.md", article("abstract: |\n  One\n\n  two\n", "x")), "article.md:4:11", "one paragraph"},
		{"field-paragraphs", files("article.md", article("abstract: >\n  One\n  line\n\n  two\n", "x")), "article.md:4:11", "one paragraph"},
		{"field-paragraphs", files("article.md", article("abstract: \"One\n\n  two\"\n", "x")), "article.md:4:11", "one paragraph"},
		{"note-inline", files("article.md", head+"a^[A note.] b"), "article.md:5:2", "[^label]"},
		{"note-inline", files("article.md", head+"a^[A note, see [b](https://example.org/).] b"), "article.md:5:2", "[^label]"},
		{"title-missing", files("article.md", "---\nlang: en\n---\nx"), "article.md:2", "title: …"},
		{"title-missing", files("article.md", article("", "x"), "locales/fr.md", "---\nsection: S\n---\nx"), "locales/fr.md:2", "title: …"},
		{"lang-missing", files("article.md", "---\ntitle: T\n---\nx"), "article.md:2", "lang: en"},
		{"lang-wrong", files("article.md", "---\ntitle: T\nlang: kz\n---\nx"), "article.md:3:7", "kk"},
		{"lang-wrong", files("article.md", article("", "x"), "locales/cn.md", "---\ntitle: T\n---\nx"), "locales/cn.md", "zh"},
		{"lang-wrong", files("article.md", article("", "x"), "locales/fr.md", "---\ntitle: T\nlang: de\n---\nx"), "locales/fr.md:3:7", "locales/de.md"},
		{"lang-wrong", files("article.md", head+"[x]{lang=kz}"), "article.md:5:10", "kk"},
		{"lang-doubled", files("article.md", article("", "x"), "locales/fr-CA.md", "---\ntitle: T\n---\nx", "locales/fr-ca.md", "---\ntitle: T\n---\nx"), "locales/fr-CA.md", "delete one"},
		{"lang-canonical", files("article.md", article("", "x"), "locales/en.md", "---\ntitle: T\n---\nx"), "locales/en.md", "delete the file"},
		{"article-empty", files("article.md", head), "article.md", "below the front matter"},
		{"note-undefined", files("article.md", head+"a[^b]"), "article.md:5:2", "[^b]:"},
		{"note-undefined", files("article.md", head+"a[^clark][^clarke]\n\n[^clarke]: x"), "article.md:5:2", "did you mean [^clarke]?"},
		{"note-unused", files("article.md", head+"a\n\n[^b]: note"), "article.md:7:1", "[^b]"},
		{"note-unused", files("article.md", head+"a\n\n[^b]: cites itself[^b]"), "article.md:7:1", "[^b]"},
		{"note-doubled", files("article.md", head+"a[^b]\n\n[^b]: x\n[^b]: y"), "article.md:8:1", "another label"},
		{"note-empty", files("article.md", head+"a[^b]\n\n[^b]:\n"), "article.md:7:1", "after the colon"},
		{"note-empty", files("article.md", head+"a[^b]\n\n[^b]: <!-- later -->\n"), "article.md:7:1", "after the colon"},
		{"note-label", files("article.md", article("note-numbers: author\n", "a[^b]\n\n[^b]: x")), "article.md:8:1", "number"},
		{"note-label", files("article.md", article("note-numbers: author\n", "a[^1]\n\n[^1]: x"), "locales/fr.md", "---\ntitle: T\n---\na[^b]\n\n[^b]: x"), "locales/fr.md:6:1", "number"},
		{"note-in-link", files("article.md", head+"[a[^b]](https://example.org)\n\n[^b]: x"), "article.md:5:3", "after the link"},
		{"note-count", files("article.md", head+func() string {
			var b strings.Builder
			for i := range MaxNotes + 1 {
				fmt.Fprintf(&b, "[^%d]: x\n", i)
			}
			return b.String()
		}()), fmt.Sprintf("article.md:%d:1", 5+MaxNotes), "several articles"},
		{"image-missing", files("article.md", head+"![a](images/map.png)"), "article.md:5:1", "put the file there"},
		{"image-missing", files("article.md", head+"![a](images/map.png)", "images/Map.PNG", pngOf(1, 1)), "article.md:5:1", "images/Map.PNG"},
		{"image-missing", files("article.md", head+"![a]()"), "article.md:5:1", "images/map.png"},
		{"image-unreadable", files("article.md", head+"![a](a.png)", "a.png", broken[:len(broken)-20]), "article.md:5:1", "save the image again"},
		{"image-unreadable", files("article.md", head+"![a](a.png)", "a.png", strings.Replace(broken, "IDAT", "IDAU", 1)), "article.md:5:1", "save the image again"},
		{"image-unreadable", files("article.md", head+"![a](a.png)", "a.png", broken[:10]), "article.md:5:1", "save the image again"},
		{"image-unreadable", files("article.md", head+"![a](a.jpg)", "a.jpg", jpegOf(9, 9)[:300]), "article.md:5:1", "save the image again"},
		{"image-kind", files("article.md", head+"x ![a](a.png)", "a.png", gifOf()), "article.md:5:3", "PNG"},
		{"image-kind", files("article.md", head+"![a](a.svg)", "a.svg", "<svg></svg>"), "article.md:5:1", "PNG"},
		{"image-kind", files("article.md", head+"![a](a.png)", "a.png", ""), "article.md:5:1", "PNG"},
		{"image-size", files("article.md", head+"![a](a.png)", "a.png", pngOf(1, 1)+strings.Repeat("\x00", MaxImageSize)), "article.md:5:1", "fewer pixels"},
		{"image-pixels", files("article.md", head+"![a](a.png)", "a.png", bigPNG(64<<8, 64<<8)), "article.md:5:1", "fewer pixels"},
		{"image-outside", files("article.md", head+"![a](../a.png)"), "article.md:5:1", "copy it into the folder"},
		{"image-outside", files("article.md", head+"![a](images/../../a.png)"), "article.md:5:1", "copy it into the folder"},
		{"image-outside", files("article.md", head+"![a](/a.png)"), "article.md:5:1", "copy it into the folder"},
		{"image-outside", files("article.md", head+"![a](C:/a.png)"), "article.md:5:1", "copy it into the folder"},
		{"image-outside", files("article.md", head+"![a](images\\a.png)"), "article.md:5:1", "images/a.png"},
		{"image-outside", files("article.md", head+"![a](https://example.org/a.png)"), "article.md:5:1", "save it in the folder"},
		{"image-outside", files("article.md", head+"![a](data:image/png;base64,xx)"), "article.md:5:1", "save it in the folder"},
		{"file-kind", files("article.md/x", "x"), "article.md", "put a file in its place"},
		{"file-kind", files("article.md", article("", "x"), "locales", "x"), "locales", "locales/kk.md"},
		{"file-kind", files("article.md", article("", "x"), "locales/kk.md/x", "x"), "locales/kk.md", "put a file"},
		{"file-kind", files("article.md", head+"![a](images)", "images/a.png", "x"), "article.md:5:1", "PNG or JPEG"},
		{"file-size", files("article.md", head+strings.Repeat("x", MaxTextSize)), "article.md", "several articles"},
		{"file-ignored", files("article.md", article("", "x"), "locales/kk.markdown", "x"), "locales/kk.markdown", "TAG.md"},
		{"nesting", files("article.md", head+strings.Repeat(">", 200)+" x"), "article.md:5:101", "out of one another"},
		{"nesting", files("article.md", head+strings.Repeat("[", 200)+"x"+strings.Repeat("](https://example.org)", 1)+strings.Repeat("]{lang=fr}", 150)), "article.md:5:100", "out of one another"},
		{"nesting", files("article.md", head+strings.Repeat("*a **a ", 100)+strings.Repeat("a** a*", 100)), "", "out of one another"},
		{"html", files("article.md", head+"a<br>b"), "article.md:5:2", "backslash"},
		{"html", files("article.md", head+"<table>\n<tr>\n</table>"), "article.md:5:1", "| between the cells"},
		{"heading-level", files("article.md", head+"# One\n\nx"), "article.md:5:1", "##"},
		{"heading-empty", files("article.md", head+"##\n\nx"), "article.md:5:1", "delete the line"},
		{"link-address", files("article.md", head+"[a](notes.md)"), "article.md:5:1", "https://"},
		{"table-row", files("article.md", head+"| a |\n| - |\n| b | c |"), "article.md:7:7", `\|`},
		{"table-size", files("article.md", head+strings.Repeat("|a", 2000)+"\n"+strings.Repeat("|-", 2000)+"\n"+strings.Repeat("x\n", 1000)), "article.md:5:1", "several tables"},
		{"reference-unused", files("article.md", head+"x\n\n[1]: https://example.org"), "article.md:7:1", "[^1]:"},
		{"reference-doubled", files("article.md", head+"[1]\n\n[1]: https://example.org\n[1]: https://example.org/a"), "article.md:8:1", "another label"},
		{"character", files("article.md", article("place: \"a\\u0007b\\uFFFE\\u0000\"\n", "x")), "article.md:4:8", "delete"},
		{"character", files("article.md", head+"a &#0;"), "article.md:5:3", "delete"},
		{"character", files("article.md", head+"a &#xD800;"), "article.md:5:3", "delete"},
		{"character", files("article.md", head+"[a](https://example.org/&#0;)"), "article.md:5:25", "delete"},
		{"character", files("article.md", head+"[a]\n\n[a]: https://example.org/&#0;"), "article.md:7:26", "delete"},
		{"character", files("article.md", head+"```&#1;\nx\n```"), "article.md:5:4", "delete"},
		{"front-matter", files("article.md", article("place: *x\n", "x")), "article.md:4:8", "in \"…\""},
		{"field-wrong", files("article.md", article("slug: CON\n", "x")), "article.md:4:7", "the-CON"},
		{"field-wrong", files("article.md", article("slug: nul.x\n", "x")), "article.md:4:7", "the-nul.x"},
		{"field-wrong", files("article.md", article("slug: \"..\"\n", "x")), "article.md:4:7", "dots: the-river"},
		{"field-wrong", files("article.md", article("labels: {page: \"{x} {y}\"}\n", "x")), "article.md:4:16", "Page {page} of {pages}"},
		{"field-wrong", files("article.md", article("labels: {page: \"%d of %s\"}\n", "x")), "article.md:4:16", "Page {page} of {pages}"},
		{"field-wrong", files("article.md", article("labels: {notes: \"{n} notes\"}\n", "x")), "article.md:4:17", "without braces"},
		{"field-comment", files("article.md", article("place: Number #1 and # two\n", "x")), "article.md:4:15", "\"…\""},
		{"field-comment", files("article.md", article("authors:\n  - {name: A. Author,\n     affiliation: Press #3 House\n    }\n", "x")), "article.md:6:25", "two spaces"},
		{"field-comment", files("article.md", article("keywords:\n  - 3\n  - a\n    b #c\n", "x")), "article.md:7:7", "two spaces"},
		{"field-comment", files("article.md", article("place: Қазақ  баспасы #3 үйі\n", "x")), "article.md:4:23", "two spaces"},
		{"note-undefined", files("article.md", head+"a[^A]\n\n[^a]: x"), "article.md:5:2", "did you mean [^a]?"},
		{"note-label", files("article.md", head+"[^a b]: https://example.org"), "article.md:5:1", "no spaces"},
		{"note-label", files("article.md", head+"t[^a b]\n\n[^a b]: \"text\""), "article.md:5:2", "no spaces"},
		{"note-label", files("article.md", head+"t\n\n[^a[b]: text"), "article.md:7:1", "brackets"},
		{"note-label", files("article.md", head+"t[^a\\b]"), "article.md:5:2", "backslashes"},
		{"note-label", files("article.md", head+"t![^a b]"), "article.md:5:3", "no spaces"},
		{"note-label", files("article.md", head+"t[^"+strings.Repeat("x", 300)+"]"), "article.md:5:2", "200 bytes"},
		{"note-label", files("article.md", head+"t[^a\u1fefb]"), "article.md:5:2", "backquotes"},
		{"link-empty", files("article.md", head+"x [ ](https://example.org) y"), "article.md:5:3", "[words]"},
		{"link-empty", files("article.md", head+"x [&nbsp;**\u200b**](https://example.org) y"), "article.md:5:3", "[words]"},
		{"link-title", files("article.md", head+"x [a](https://example.org \"T\") y"), "article.md:5:3", "into the text"},
		{"target-space", files("article.md", head+"x [a](https://example.org/a b) y"), "article.md:5:7", "%20"},
		{"target-space", files("article.md", head+"![a](images/my map.png)"), "article.md:5:6", "%20"},
		{"table-head", files("article.md", head+"x\n|a|b|\n|c|d|"), "article.md:6:1", "| --- | --- |"},
		{"article-empty", files("article.md", head+">\n\n***\n\n\u200b\n\n\u00a0\n\n-\n"), "article.md", "below the front matter"},
		{"note-empty", files("article.md", head+"a[^b]\n\n[^b]: &nbsp;\n"), "article.md:7:1", "after the colon"},
		{"bidi-control", files("article.md", head+"a\u202eb"), "article.md:5:2", "U+202C"},
		{"bidi-control", files("article.md", head+"a\u2067b\u202c\n\n\u2069"), "article.md:5:2", "U+2069"},
		{"bidi-control", files("article.md", head+"a b&#x202E;c"), "article.md:5:4", "U+202C"},
		{"bidi-control", files("article.md", head+"```\nx\n y\u202ez\n```"), "article.md:7:3", "U+202C"},
		{"bidi-control", files("article.md", article("place: a\u202eb\n", "x")), "article.md:4:8", "U+202C"},
		{"code-info", files("article.md", head+"```go file\nx\n```"), "article.md:5:4", "first word"},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			_, diags := Load(tt.fsys, "my-article")
			for _, d := range diags {
				if d.Code != tt.code {
					continue
				}
				if tt.place != "" && d.Pos.String() != tt.place {
					t.Errorf("%s stands at %s, want %s", d, d.Pos, tt.place)
				}
				if !strings.Contains(d.Hint, tt.hint) {
					t.Errorf("the hint of %s has no %q", d, tt.hint)
				}
				return
			}
			t.Errorf("no %s in %v", tt.code, diags)
		})
	}
}

// What is meant as it is written passes: comments behind values, labels of both
// forms of Unicode, controls with partners, tables, links that say what they are.
func TestNoDiagnostics(t *testing.T) {
	for _, text := range []string{
		article("place: The river             # the place\ndate: 2022 # or 2021\n# a comment\n", "x"),
		article("place: \"Number #1\"\nrights: '#2 x' # quoted\nsection: C# and F#\n", "x"),
		article("keywords: [a, b] # one space\nabstract: |\n  Number #1\n", "x"),
		article("place: \"\\u00e9\\ta\"\nlabels: {page: \"{pages}/{page}\", notes: \"{\"}\n", "x"),
		article("slug: console\n", "x"),
		article("slug: com10.x\n", "x"),
		article("", "a[^\u00e9] b[^e\u0301]\n\n[^e\u0301]: x"),
		article("", "a `[^a b]` \\[^a b] [^a b](https://example.org) [^ and ]"[:len("a `[^a b]` \\[^a b] [^a b](https://example.org)")]),
		article("", "a\u2067b\u202ec\u2069 \u202ad\u202c \u2068e\u2069"),
		article("", "| a | b |\n| - | - |\n| c | d |\n\n|x|"),
		article("", "[a](x y) [b] (https://example.org and more) &#xFFFD;"),
		article("", "- > `x`"),
		article("abstract: |\n  One\n  two\nsection: >\n  One\n  two\nrights: one\n  two [1]\n", "x"),
		article("", "`^[x]` \\^[x] ^\\[x] ^[x](https://example.org) a^[^b]\n\n[^b]: x"),
	} {
		if _, diags := Load(files("article.md", text), "x"); len(diags) > 0 {
			t.Errorf("%s\n%v", text, diags)
		}
	}
}

// A file that is wrong from end to end is read at once and says so shortly.
func TestReports(t *testing.T) {
	var fields strings.Builder
	for i := range 9_000 {
		fmt.Fprintf(&fields, "field%d: x\n", i)
	}
	_, diags := Load(files("article.md", article(fields.String(), "x[^none]")), "x")
	if len(diags) != maxReports+1 {
		t.Fatalf("%d diagnostics", len(diags))
	}
	if last := diags[maxReports-1]; last.Code != "field-unknown" || !strings.HasSuffix(last.Message, "… and 8900 more of this kind") {
		t.Error(last)
	}
	if diags[maxReports].Code != "note-undefined" {
		t.Error(diags[maxReports])
	}
	_, diags = Load(files("article.md", article(strings.Repeat("a:\n", maxFields), "x")), "x")
	if len(diags) != 1 || diags[0].Code != "front-matter" || diags[0].Hint == "" {
		t.Error(diags)
	}
	items := strings.Repeat("x, ", maxFields-10)
	if _, diags := Load(files("article.md", article("keywords: ["+items+"\""+strings.Repeat("#", 500_000)+"\"] # c\n", "x")), "x"); len(diags) > 0 {
		t.Error(diags)
	}
	var r reports // warnings hide no error
	for range maxReports + 1 {
		r.Warnf(diag.Pos{}, "x", "w")
	}
	r.Errorf(diag.Pos{}, "x", "e")
	if !r.list().HasErrors() {
		t.Error("an error is lost")
	}
}

// Messages say a thing once, and in the right number.
func TestMessages(t *testing.T) {
	for _, tt := range []struct{ fields, want string }{
		{"lang: kz\n", "\"kz\" is not the tag of a language; that of Kazakh is \"kk\""},
		{"lang: en\ndate: 2022-13\n", "date: \"2022-13\" is not a date: there is no month 13"},
		{"lang: en\nplace: &x a\n", "front matter cannot have an anchor here"},
		{"lang: en\nplace: !x a\n", "front matter cannot have a tag here"},
	} {
		_, diags := Load(files("article.md", "---\ntitle: T\n"+tt.fields+"---\nx"), "x")
		if len(diags) != 1 || diags[0].Message != tt.want {
			t.Errorf("%s: %v", tt.fields, diags)
		}
	}
	_, diags := Load(files("article.md", article("authors: [A, B]\n", "x"), "locales/fr.md", "---\ntitle: T\nauthors: [A]\n---\nx"), "x")
	if len(diags) != 1 || diags[0].Message != "authors has one name here and 2 names in the original" {
		t.Error(diags)
	}
}

// Every diagnostic says what to do.
func TestHints(t *testing.T) {
	for _, text := range append(markdownSeeds, "a[^b] <b> ![x](y)", "\x01", "[^a]: b") {
		_, diags := Load(files("article.md", head+text), "x")
		for _, d := range diags {
			if d.Hint == "" || strings.Contains(d.Message, "\n") || strings.Contains(d.Hint, "\n") {
				t.Errorf("%q: %s", text, d)
			}
		}
	}
}

// What leads out of the folder is not read, what is no file is not opened.
func TestRealFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.png", pngOf(1, 1))
	write("secret.md", "---\ntitle: T\n---\nx")
	write("a/inside.png", pngOf(1, 1))
	write("a/locales/fr.md", "---\ntitle: T\n---\nx")
	write("a/article.md", head+"![a](out.png)\n\n![b](in.png)\n\n![c](pipe.png)\n")
	for link, target := range map[string]string{
		"a/out.png": "../secret.png", "a/in.png": "inside.png", "a/locales/kk.md": "../../secret.md",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for _, pipe := range []string{"a/pipe.png", "a/locales/ru.md"} {
		if err := syscall.Mkfifo(filepath.Join(dir, pipe), 0o600); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	done := make(chan struct{})
	var f *Folder
	var diags diag.List
	go func() {
		f, diags = Load(root.FS(), "a")
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("Load waits for a pipe")
	}
	var got []string
	for _, d := range diags {
		got = append(got, d.Pos.String()+" "+d.Code)
	}
	want := []string{
		"article.md:5:1 image-outside", "article.md:9:1 file-kind",
		"locales/kk.md file-outside", "locales/ru.md file-kind",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(f.Articles) != 2 || f.Images["in.png"] == nil || len(f.Images) != 1 {
		t.Errorf("%d articles, images %v", len(f.Articles), f.Images)
	}
}

// A link to nothing is called one, and not a file that is missing.
func TestLinkToNothing(t *testing.T) {
	dir := t.TempDir()
	link := func(name string) {
		t.Helper()
		if err := os.Symlink("nothing", filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	check := func(want ...string) {
		t.Helper()
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		_, diags := Load(root.FS(), "a")
		var got []string
		for _, d := range diags {
			got = append(got, fmt.Sprintf("%s %s: %s", d.Pos, d.Code, d.Message))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	link("article.md")
	check("article.md file-unreadable: article.md is a link to a file that is not there")
	if err := os.Remove(filepath.Join(dir, "article.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "article.md"), []byte(head+"![a](a.png)"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "locales"), 0o755); err != nil {
		t.Fatal(err)
	}
	link("a.png")
	link("locales/fr.md")
	check("article.md:5:1 image-missing: a.png is a link to a file that is not there",
		"locales/fr.md file-unreadable: locales/fr.md is a link to a file that is not there")
}

// A folder that is not there has a diagnostic and no tree.
func TestFolderMissing(t *testing.T) {
	f, diags := Load(os.DirFS(filepath.Join(t.TempDir(), "none")), "none")
	if f != nil || len(diags) != 1 || diags[0].Code != "folder-missing" || !strings.Contains(diags[0].Hint, "qalam new none") {
		t.Error(f, diags)
	}
}

// Without article.md there is no folder, but what is wrong with all files is said.
func TestArticleUnreadable(t *testing.T) {
	f, diags := Load(files("article.md", "\xff", "locales/fr.md", "---\ntitle: T\n---\nx[^a]"), "x")
	if f != nil || len(diags) != 2 || diags[0].Code != "utf8" || diags[1].Code != "note-undefined" {
		t.Error(f, diags)
	}
}

// A file without permission is reported. (The owner of the machine may read all.)
func TestFileUnreadable(t *testing.T) {
	fsys := brokenFS{files("article.md", article("", "x"), "locales/fr.md", "x")}
	f, diags := Load(fsys, "x")
	if len(f.Articles) != 1 || len(diags) != 1 || diags[0].Code != "file-unreadable" || diags[0].Path != "locales/fr.md" {
		t.Error(diags)
	}
}

// brokenFS cannot open translations.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "locales/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.Open(name)
}

// One language with errors does not stop the others, and images are loaded once.
func TestLoad(t *testing.T) {
	f, diags := Load(files(
		"article.md", article("", "![a](a.png) ![b](b.jpg)\n\n![a](images/with%20space.png)"),
		"a.png", pngOf(3, 2), "b.jpg", jpegOf(5, 4), "images/with space.png", pngOf(1, 1),
		"locales/ru.md", "---\ntitle: T\n---\n![a](a.png)[^none]",
		"locales/fr.md", "---\ntitle: T\n---\nx",
		"locales/base/fr.md", "old", "locales/.hidden", "", "locales/README.md", "x", "locales/fr.md~", "x",
	), "some/My Article")
	if len(diags) != 1 || diags[0].Code != "note-undefined" || diags[0].Path != "locales/ru.md" {
		t.Errorf("got %v", diags)
	}
	var langs []string
	for _, a := range f.Articles {
		langs = append(langs, a.Lang)
		if a.Header.Slug != "My-Article" {
			t.Errorf("%s: slug %q", a.Lang, a.Header.Slug)
		}
	}
	if fmt.Sprint(langs) != "[en fr ru]" {
		t.Errorf("languages %v", langs)
	}
	for _, want := range []ImageFile{
		{Src: "a.png", MediaType: "image/png", Width: 3, Height: 2},
		{Src: "b.jpg", MediaType: "image/jpeg", Width: 5, Height: 4},
		{Src: "images/with%20space.png", MediaType: "image/png", Width: 1, Height: 1},
	} {
		got := f.Images[want.Src]
		if got == nil || got.Src != want.Src || got.MediaType != want.MediaType || got.Width != want.Width || got.Height != want.Height || len(got.Data) == 0 {
			t.Errorf("%s: %v", want.Src, got)
		}
	}
}

// A byte order mark and the line ends of other systems change no place and no word.
func TestLineEnds(t *testing.T) {
	unix := "---\ntitle: T\nlang: en\nplace: \"a b\"\n---\nOne\\\ntwo  \nthree[^a]\n\n```\nx\n```\n\n[^a]: n\n"
	want, diags := Parse("article.md", []byte(unix))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for _, s := range []string{
		"\ufeff" + unix,
		strings.ReplaceAll(unix, "\n", "\r\n"),
		"\ufeff" + strings.ReplaceAll(unix, "\n", "\r\n"),
		strings.ReplaceAll(unix, "\n", "\r"),
	} {
		got, diags := Parse("article.md", []byte(s))
		if len(diags) > 0 || dump(got, true) != dump(want, true) || got.Header.Pos("place") != want.Header.Pos("place") || got.Header.Place != "a b" {
			t.Errorf("%q: %v\n%s", s, diags, dump(got, true))
		}
	}
}

// Front matter that cannot be read is all that is said of its file: what would
// stand in it is not missing. The text is not looked for where it has no start.
func TestBrokenFrontMatter(t *testing.T) {
	names := "---\ntitle: T\nlang: en\nauthors: [A. Author]\n---\nx"
	tests := []struct {
		name string
		fsys fs.FS
		want []string
	}{
		{"no end", files("article.md", "---\ntitle: T\n\nText.\n"), []string{"front-matter"}},
		{"no front matter", files("article.md", "\n\n"), []string{"front-matter"}},
		{"a list for a word", files("article.md", names, "locales/fr.md", "---\ntitle: T\nauthors: A. Author\n---\nx"), []string{"field-wrong"}},
		{"the original has the fault", files("article.md", "---\ntitle: T\nlang: en\nauthors: A. Author\n---\nx",
			"locales/fr.md", "---\ntitle: T\nauthors: [A. Author]\n---\nx"), []string{"field-wrong"}},
		{"no YAML", files("article.md", "---\ntitle: [a\nlang: en\n---\nx", "locales/fr.md", "---\ntitle: T\nauthors: [A. Author]\n---\nx"), []string{"front-matter"}},
		{"no YAML in a translation", files("article.md", names, "locales/fr.md", "---\ntitle: [a\nauthors: [B]\n---\nx"), []string{"front-matter"}},
		{"no persons are fewer persons", files("article.md", names, "locales/fr.md", "---\ntitle: T\nauthors: []\n---\nx"), []string{"field-wrong"}},
		{"no text behind fields that are wrong", files("article.md", "---\ntitle: T\nlang: en\ndate: x\n---\n"), []string{"article-empty", "field-wrong"}},
	}
	for _, test := range tests {
		_, diags := Load(test.fsys, "x")
		var codes []string
		for _, d := range diags {
			codes = append(codes, d.Code)
		}
		if !slices.Equal(codes, test.want) {
			t.Errorf("%s: %v", test.name, diags)
		}
	}
}
