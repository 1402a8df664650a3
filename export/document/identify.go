package document

import (
	"crypto/sha1"
	"fmt"
	"net/url"
	"strings"

	"qalam/locales"
	"qalam/source"
)

// canonical is the article of the folder that the others translate; nil when
// it could not be read.
func canonical(f *source.Folder) *source.Article {
	for _, a := range f.Articles {
		if a.Path == source.ArticleFile {
			return a
		}
	}
	return nil
}

// slug is the stem of the names of the files of an article.
func slug(f *source.Folder, a *source.Article) string {
	if a.Header.Slug != "" {
		return a.Header.Slug
	}
	return f.Name
}

// identifier makes the identifier of a language version: a UUID of the
// address of the canonical article, or of its DOI as an address, or of its
// slug, then "#" and the language tag. The first two are the article's alone;
// weak says that it was the slug, which another article can have too.
func identifier(f *source.Folder, a *source.Article) (urn string, weak bool) {
	c := canonical(f)
	if c == nil {
		c = a
	}
	h := &c.Header
	name := slug(f, c)
	switch {
	case h.URL != "":
		name = h.URL
	case h.Identifiers.DOI != "":
		name = doiAddress(h.Identifiers.DOI)
	default:
		weak = true
	}
	return "urn:uuid:" + uuid5(namespaceURL, name+"#"+a.Lang), weak
}

// namespaceURL is the namespace of addresses (RFC 9562, 6.6).
var namespaceURL = [16]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

// uuid5 is the version 5 UUID of a name in a namespace (RFC 9562, 5.5).
func uuid5(namespace [16]byte, name string) string {
	sum := sha1.Sum(append(namespace[:], name...))
	u := sum[:16]
	u[6] = u[6]&0x0F | 0x50 // version
	u[8] = u[8]&0x3F | 0x80 // variant
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// identifiers are the identifiers that others gave.
func identifiers(ids source.Identifiers) []Identifier {
	var out []Identifier
	add := func(scheme, value, uri string) {
		if value != "" {
			out = append(out, Identifier{scheme, value, uri})
		}
	}
	add("doi", ids.DOI, doiAddress(ids.DOI))
	add("isbn", ids.ISBN, "urn:isbn:"+strings.ReplaceAll(ids.ISBN, "-", ""))
	add("issn", ids.ISSN, "urn:issn:"+ids.ISSN)
	add("ark", ids.ARK, arkAddress(ids.ARK))
	add("urn", ids.URN, ids.URN)
	return out
}

// doiAddress is the address of a DOI as its foundation wants it shown. What
// an address cannot hold is escaped; the slash between prefix and suffix stays.
func doiAddress(doi string) string {
	return (&url.URL{Scheme: "https", Host: "doi.org", Path: "/" + doi}).String()
}

// arkAddress is the address of an ARK at the resolver that knows all of them.
func arkAddress(ark string) string { return "https://n2t.net/" + ark }

// isAddress reports whether the words of a link are its address, perhaps
// without the scheme, or another address.
func isAddress(words, address string) bool {
	if words == "" || strings.ContainsAny(words, " \n") {
		return false
	}
	for _, scheme := range []string{"", "https://", "http://", "mailto:"} {
		if scheme+words == address || scheme != "" && strings.HasPrefix(words, scheme) {
			return true
		}
	}
	return false
}

// Address is the address of the link as it is printed between "<" and ">",
// which cannot stand in it.
func (l *Link) Address() string { return addressEscapes.Replace(l.URL) }

var addressEscapes = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", "\t", "%09", "\n", "%0A")

// ClosingMark is the length of the mark at the start of s, with the space
// before it, that closes a quotation or, in Chinese, the title of a work. Where
// that ends in a link, the printed address stands behind the mark.
func ClosingMark(q locales.Quotes, s string) int {
	rest := strings.TrimLeft(s, locales.NoBreakSpace+locales.NarrowNoBreakSpace)
	for _, mark := range []string{q.Close, q.InnerClose, "》"} {
		if mark != "" && strings.HasPrefix(rest, mark) {
			return len(s) - len(rest) + len(mark)
		}
	}
	return 0
}

// ShowsAddress reports whether a reader knows the address of the link from its
// words: they are the address, perhaps without its scheme or its last slash, or
// as people read it instead of with percent signs.
func (l *Link) ShowsAddress() bool {
	words, address := Plain(l.Text), l.URL
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		words = strings.TrimPrefix(words, scheme)
		address = strings.TrimPrefix(address, scheme)
	}
	words, address = strings.TrimSuffix(words, "/"), strings.TrimSuffix(address, "/")
	if words == address {
		return true
	}
	if !strings.Contains(address, "%") {
		return strings.EqualFold(words, address)
	}
	decoded, err := url.PathUnescape(address)
	return err == nil && words == decoded
}
