package epub

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A scanner reads an XML document and says what is in it. It takes what we
// write and refuses all else that XML has: comments, CDATA sections,
// processing instructions, entities of a document type. What it accepts is
// well-formed (XML 1.0, 2.1).
//
// The strings that it passes on are parts of the source.
type scanner struct {
	start func(tag *tag) // for every element
	end   func()         // for the innermost open element, also an empty one
	text  func(s string) // unescaped; one text may come in several pieces
}

// tag is a start tag. It is used again for the next one.
type tag struct {
	name  string // with its prefix
	attrs []attribute
}

type attribute struct{ name, value string }

// get is the value of an attribute, and whether it is there.
func (t *tag) get(name string) (value string, ok bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

// value is the value of an attribute; empty when it is not there.
func (t *tag) value(name string) string {
	v, _ := t.get(name)
	return v
}

// has reports whether an attribute has the word in its list.
func (t *tag) has(name, word string) bool {
	for w := range strings.FieldsSeq(t.value(name)) {
		if w == word {
			return true
		}
	}
	return false
}

// scan reads the document. The error says at which byte it is not well-formed.
func (s *scanner) scan(src string) error {
	if at := notXML(src); at >= 0 {
		return fmt.Errorf("byte %d: a character that XML does not have", at)
	}
	rest := strings.TrimPrefix(src, `<?xml version="1.0" encoding="UTF-8"?>`)
	rest = strings.TrimPrefix(strings.TrimLeft(rest, " \n"), "<!DOCTYPE html>")
	var t tag
	var open []string
	ended := false
	fail := func(format string, args ...any) error {
		return fmt.Errorf("byte %d: %w", len(src)-len(rest), fmt.Errorf(format, args...))
	}
	for rest != "" {
		if rest[0] != '<' {
			i := strings.IndexByte(rest, '<')
			if i < 0 {
				i = len(rest)
			}
			if len(open) == 0 {
				if strings.Trim(rest[:i], " \n") != "" {
					return fail("text outside the root element")
				}
			} else if err := s.characters(rest[:i]); err != nil {
				return fail("%w", err)
			}
			rest = rest[i:]
			continue
		}
		if name, ok := strings.CutPrefix(rest, "</"); ok {
			name, _, ok = strings.Cut(name, ">")
			if !ok || len(open) == 0 || open[len(open)-1] != name {
				return fail("an end tag %.20q where none of that name is open", name)
			}
			open = open[:len(open)-1]
			ended = len(open) == 0
			s.end()
			rest = rest[len("</>")+len(name):]
			continue
		}
		if ended {
			return fail("a second root element")
		}
		n, empty, err := t.read(rest)
		if err != nil {
			return fail("%w", err)
		}
		s.start(&t)
		if empty {
			s.end()
			ended = len(open) == 0
		} else {
			open = append(open, t.name)
		}
		rest = rest[n:]
	}
	if !ended {
		return fail("it ends within an element")
	}
	return nil
}

// characters passes on running text.
func (s *scanner) characters(raw string) error {
	if strings.Contains(raw, "]]>") {
		return errors.New("]]> in a text")
	}
	text, err := unescape(raw)
	if err == nil {
		s.text(text)
	}
	return err
}

// read reads the start tag that src begins with, and gives its length.
func (t *tag) read(src string) (length int, empty bool, err error) {
	i := 1 + nameLength(src[1:])
	t.name, t.attrs = src[1:i], t.attrs[:0]
	if t.name == "" {
		return 0, false, fmt.Errorf("%.12q is no start tag", src)
	}
	for {
		from := i
		for i < len(src) && (src[i] == ' ' || src[i] == '\n') {
			i++
		}
		switch rest := src[i:]; {
		case strings.HasPrefix(rest, ">"):
			return i + 1, false, nil
		case strings.HasPrefix(rest, "/>"):
			return i + 2, true, nil
		case from == i:
			return 0, false, fmt.Errorf("the start tag of %s is broken", t.name)
		}
		name := src[i : i+nameLength(src[i:])]
		raw, ok := strings.CutPrefix(src[i+len(name):], `="`)
		end := strings.IndexAny(raw, `"<`)
		if name == "" || !ok || end < 0 || raw[end] != '"' {
			return 0, false, fmt.Errorf("an attribute of %s is broken", t.name)
		}
		value, err := unescape(raw[:end])
		if err != nil {
			return 0, false, err
		}
		if _, ok := t.get(name); ok {
			return 0, false, fmt.Errorf("%s has two attributes %s", t.name, name)
		}
		t.attrs = append(t.attrs, attribute{name, value})
		i += len(name) + len(`=""`) + end
	}
}

// nameLength is how many bytes at the start of s are a name of ours: ASCII
// letters first, and what may follow them.
func nameLength(s string) int {
	for i, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == ':' || c == '.' || c == '_'):
		default:
			return i
		}
	}
	return len(s)
}

// unescape gives the characters of s, of which some may be references.
func unescape(s string) (string, error) {
	if strings.IndexByte(s, '&') < 0 {
		return s, nil
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "&")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		name, after, ok := strings.Cut(rest, ";")
		r, known := entities[name]
		if digits, numeric := strings.CutPrefix(name, "#"); ok && numeric {
			base := 10
			if hex, ok := strings.CutPrefix(digits, "x"); ok {
				digits, base = hex, 16
			}
			n, err := strconv.ParseInt(digits, base, 32)
			r, known = rune(n), err == nil && utf8.ValidRune(rune(n)) && inXML(rune(n))
		}
		if !ok || !known {
			return "", fmt.Errorf("%.12q is no reference to a character", "&"+rest)
		}
		b.WriteRune(r)
		s = after
	}
}

// entities are the references that XML has without a document type (4.6).
var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// notXML is where the first character stands that XML does not have (2.2), or
// a byte that is no UTF-8; -1 when there is none.
func notXML(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !inXML(r) || r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
