package epub

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/export/document"
	"qalam/locales"
)

func (r *renderer) inlines(ins []document.Inline) {
	for _, in := range ins {
		r.inline(in)
	}
}

func (r *renderer) inline(in document.Inline) {
	switch in := in.(type) {
	case *document.Text:
		r.text(in.Value)
	case *document.Emph:
		r.around("em", "", in.Text)
	case *document.Strong:
		r.around("strong", "", in.Text)
	case *document.Strike:
		r.around("s", "", in.Text)
	case *document.Code:
		r.start(inline, "code", ` dir="ltr"`)
		r.text(in.Value)
		r.end()
	case *document.Link:
		r.link(in)
	case *document.Picture:
		r.picture(in)
	case *document.Span:
		switch {
		case in.Dir == "":
			r.around("span", attr("lang", in.Lang)+attr("xml:lang", in.Lang), in.Text)
		case in.Lang == "":
			r.around("bdi", attr("dir", string(in.Dir)), in.Text)
		default:
			r.around("bdi", langAttrs(in.Lang, in.Dir), in.Text)
		}
	case *document.NoteGroup:
		r.group(in)
	case *document.Break:
		r.raw("<br/>")
	default:
		panic(fmt.Sprintf("epub: unknown inline %T", in))
	}
}

func (r *renderer) around(name, attrs string, ins []document.Inline) {
	r.start(inline, name, attrs)
	r.inlines(ins)
	r.end()
}

// link writes a link. A link within a link is its words.
func (r *renderer) link(l *document.Link) {
	href, err := address(l.URL)
	switch {
	case err != nil:
		r.book.warnings.Warnf(r.pos, "epub-link", "%q cannot be a link in a book: %v", l.URL, err).
			Hint = "write a whole address, such as https://example.org/page"
		r.inlines(l.Text)
	case r.find("a") >= 0:
		r.inlines(l.Text)
	default:
		attrs := attr("href", href)
		if !visible(plain(l.Text)) { // a picture that is decoration: without a name nobody could say it
			attrs += attr("aria-label", l.URL)
		}
		r.around("a", attrs, l.Text)
	}
}

// address is an address as the readers of a book accept it: of a scheme that
// a reader opens, with a host, and without characters that RFC 3986 has no
// place for.
func address(s string) (string, error) {
	s = encode(clean(s))
	u, err := url.Parse(s)
	if err != nil {
		var e *url.Error
		if errors.As(err, &e) {
			err = e.Err // without the address, which the message has
		}
		return "", err
	}
	switch u.Scheme {
	case "http", "https":
		if err := checkHost(u.Hostname(), u.Port()); err != nil {
			return "", err
		}
	case "mailto":
	default:
		return "", errors.New("it is not http, https or mailto")
	}
	return s, nil
}

// checkHost checks the host of an address and its port, which may be empty.
func checkHost(host, port string) error {
	if host == "" {
		return errors.New("it has no host")
	}
	if port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return fmt.Errorf("it has no port %s", port)
		}
	}
	if strings.Contains(host, ":") {
		return nil // an IPv6 address
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		// RFC 1035, 2.3.4; RFC 5890, 2.3.2.1.
		if label == "" || len(label) > 63 || strings.EqualFold(label, "xn--") {
			return fmt.Errorf("%q is no name of a host", host)
		}
	}
	return nil
}

// encode writes the characters that no address has as their bytes. Letters,
// marks and numbers of all scripts are characters of an address (RFC 3987).
func encode(s string) string {
	host := 0 // where the host ends, which may have brackets
	if i := strings.Index(s, "://"); i >= 0 {
		host = i + len("://")
		if j := strings.IndexAny(s[host:], "/?#"); j >= 0 {
			host += j
		} else {
			host = len(s)
		}
	}
	hex := func(i int) bool { return i < len(s) && strings.IndexByte("0123456789ABCDEFabcdef", s[i]) >= 0 }
	var b strings.Builder
	fragment := false
	for i, c := range s {
		bad := false
		switch {
		case c >= utf8.RuneSelf:
			bad = !unicode.In(c, unicode.L, unicode.M, unicode.N)
		case c <= ' ' || c == 0x7f || strings.ContainsRune("\"<>\\^`{|}", c):
			bad = true
		case c == '[' || c == ']':
			bad = i >= host
		case c == '%':
			bad = !hex(i+1) || !hex(i+2)
		case c == '#':
			bad = fragment
			fragment = true
		}
		if !bad {
			b.WriteRune(c)
			continue
		}
		for _, c := range []byte(string(c)) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// group writes references that stand side by side, each a link of its own.
// The links hold bare text, since Apple's readers open no note from a link
// that has an element in it.
func (r *renderer) group(g *document.NoteGroup) {
	within := len(r.open)
	if i := r.find("a"); i >= 0 { // a link within a link is not allowed
		r.unwind(i)
		within = i
	}
	r.flushTo(within)
	if breakable(r.last) {
		r.out = append(r.out, wordJoiner...)
	}
	r.out = append(r.out, "<sup>"...)
	for i, ref := range g.Refs {
		if i > 0 {
			r.out = append(r.out, ", "...)
		}
		if r.refs[ref] != "" {
			r.fail("reference %d to note %d is in the text twice", ref.Index, ref.Note.Number)
		}
		r.refs[ref] = r.file
		file := r.prefix + notesFile
		if r.file == file {
			file = ""
		}
		r.out = fmt.Appendf(r.out, `<a id="ref-%d-%d" href="%s#note-%[1]d" class="noteref" epub:type="noteref" role="doc-noteref"`,
			ref.Note.Number, ref.Index, file)
		// A bare number says little when it is heard. A name in another language
		// would say less.
		if name := r.words.say(func(l *locales.Labels) string {
			return locales.Format(l.Note, "note", ref.Note.Mark)
		}); name.lang == "" {
			r.out = append(r.out, attr("aria-label", name.text)...)
		}
		r.out = append(r.out, '>')
		r.out = appendEscaped(r.out, ref.Note.Mark)
		r.out = append(r.out, "</a>"...)
	}
	r.out = append(r.out, "</sup>"...)
}

// wordJoiner is U+2060, as a reference that can be seen in the file.
const wordJoiner = "&#x2060;"

// breakable reports whether a line may end between the character and a
// digit (UAX 14), so that a reference could come to stand on the next line.
func breakable(last rune) bool {
	switch {
	case last == 0:
		return false
	case unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Yi):
		return true
	case unicode.IsLetter(last) || unicode.IsMark(last) || unicode.IsDigit(last):
		return false
	}
	return !strings.ContainsRune(".,:;'\"’”‘“»«›‹)]", last)
}

// plain is the text of a line without its references.
func plain(ins []document.Inline) string {
	var b strings.Builder
	appendPlain(&b, ins)
	return b.String()
}

func appendPlain(b *strings.Builder, ins []document.Inline) {
	for _, in := range ins {
		switch in := in.(type) {
		case *document.Text:
			b.WriteString(in.Value)
		case *document.Emph:
			appendPlain(b, in.Text)
		case *document.Strong:
			appendPlain(b, in.Text)
		case *document.Strike:
			appendPlain(b, in.Text)
		case *document.Code:
			b.WriteString(in.Value)
		case *document.Link:
			appendPlain(b, in.Text)
		case *document.Picture:
			b.WriteString(in.Alt)
		case *document.Span:
			appendPlain(b, in.Text)
		case *document.NoteGroup:
		case *document.Break:
			b.WriteByte(' ')
		default:
			panic(fmt.Sprintf("epub: unknown inline %T", in))
		}
	}
}
