package epub

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markup writes XHTML. The start tag of an element is written together with
// the first thing in it, so that there are no elements without content, and
// so that an element can be closed and opened again around what may not stand
// in it.
type markup struct {
	out     []byte
	open    []element // from the outermost
	written int       // how many of open have their start tags in out
	last    rune      // the last character of running text; 0 where a line starts
}

// element is an element that was started and not ended.
type element struct {
	name, attrs string
	layout      layout
}

// layout says where the lines of the file end.
type layout int

const (
	inline layout = iota // nowhere
	line                 // after the end tag
	block                // after the start tag and after the end tag
)

// start opens an element. attrs is empty or starts with a space.
func (m *markup) start(l layout, name, attrs string) {
	m.open = append(m.open, element{name, attrs, l})
	if l != inline {
		m.last = 0
	}
}

// flush writes the start tags that are due.
func (m *markup) flush() { m.flushTo(len(m.open)) }

// flushTo writes the start tags of the outermost n elements.
func (m *markup) flushTo(n int) {
	for ; m.written < n; m.written++ {
		e := m.open[m.written]
		m.out = append(m.out, '<')
		m.out = append(m.out, e.name...)
		m.out = append(m.out, e.attrs...)
		m.out = append(m.out, '>')
		if e.layout == block {
			m.out = append(m.out, '\n')
		}
	}
}

// end closes the innermost element. One that nothing was written in leaves no
// trace.
func (m *markup) end() {
	n := len(m.open) - 1
	m.unwind(n)
	m.open = m.open[:n]
}

// unwind writes the end tags of the elements within the outermost n; they
// stay open, and their start tags are written again when more follows.
func (m *markup) unwind(n int) {
	for ; m.written > n; m.written-- {
		e := m.open[m.written-1]
		m.out = append(m.out, "</"...)
		m.out = append(m.out, e.name...)
		m.out = append(m.out, '>')
		if e.layout != inline {
			m.out = append(m.out, '\n')
		}
	}
}

// find gives the depth of the outermost open element of that name, or -1.
func (m *markup) find(name string) int {
	for i, e := range m.open {
		if e.name == name {
			return i
		}
	}
	return -1
}

// raw writes markup.
func (m *markup) raw(s string) {
	m.flush()
	m.out = append(m.out, s...)
}

// text writes running text. White space alone is no content: it opens no
// element, and where a line starts it is not there.
func (m *markup) text(s string) {
	if space := strings.Trim(s, xmlSpace) == ""; !space {
		m.flush()
	} else if s == "" || m.written < len(m.open) && m.open[m.written].layout != inline {
		return
	}
	m.out = appendEscaped(m.out, s)
	m.last, _ = utf8.DecodeLastRuneInString(s)
}

// element writes a line that has nothing but text in it.
func (m *markup) element(name, attrs, text string) {
	m.start(line, name, attrs)
	m.text(text)
	m.end()
}

// attr is an attribute with the space before it.
func attr(name, value string) string {
	b := make([]byte, 0, len(name)+len(value)+4)
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, `="`...)
	b = appendEscaped(b, value)
	return string(append(b, '"'))
}

// appendEscaped adds s as text of an element or as the value of an attribute
// in double quotes. A character that XML 1.0 (2.2) does not have, and a byte
// that is no UTF-8, becomes U+FFFD.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' && c != '"' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		var to string
		switch {
		case c == '&':
			to = "&amp;"
		case c == '<':
			to = "&lt;"
		case c == '>':
			to = "&gt;"
		case c == '"':
			to = "&quot;"
		case c == '\r': // a reader of XML would make a line feed of it
			to = "&#13;"
		case !inXML(r) || r == utf8.RuneError && size == 1:
			to = "\ufffd"
		default:
			i += size
			continue
		}
		b = append(b, s[from:i]...)
		b = append(b, to...)
		i += size
		from = i
	}
	return append(b, s[from:]...)
}

// inXML reports whether XML 1.0 has the character.
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000
}

// xmlSpace is what XML takes for white space (2.3).
const xmlSpace = " \t\r\n"

// visible reports whether there is something in s to be seen or said.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) })
}

// clean is s as go-epub and etree can have it, and as one line: without
// characters that XML does not have, and with single spaces.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.Map(func(r rune) rune {
		if !inXML(r) {
			return '\ufffd'
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(xmlSpace, r)
	}), " ")
}
