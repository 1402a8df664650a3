// Package object reads and writes the objects that PDF files are made of. It
// knows nothing of articles.
//
// Start at Read and Document. The rule that holds everywhere: what is read is
// read strictly, since the files come from one library and not from the world,
// and what is written is a function of the objects alone, byte for byte.
//
// An object is one of these Go values:
//
//	nil, bool, int, Real, Name, String, Array, Dict, *Stream, Ref
//
// Source: ISO 32000-1, 7.3 (objects), 7.5 (file structure).
package object

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf16"
)

// Real is a number with a fraction, as it stands in the file: "595.28".
type Real string

// Name is a name without its slash and with nothing escaped.
type Name string

// String is a string of bytes. Text makes one of text.
type String string

// Array is an array.
type Array []any

// Dict is a dictionary. It is written in the order of its keys.
type Dict map[Name]any

// Ref is a reference to the indirect object of this number, generation 0.
type Ref int

// Stream is a stream. Its Dict has no Length: that is the length of Data.
type Stream struct {
	Dict Dict

	// Data is encoded as Dict["Filter"] says. Where that is absent, writing
	// deflates it, unless Plain is set.
	Data  []byte
	Plain bool
}

// Limits of implementations that archives hold files to. Source: ISO 32000-1,
// annex C; ISO 19005-2, 6.1.13.
const (
	MaxString = 32767 // bytes
	MaxName   = 127   // bytes
)

// Text is s as a text string: ASCII as it is, all else in UTF-16. What would
// be longer than MaxString is cut between characters, and ends with an
// ellipsis. Source: ISO 32000-1, 7.9.2.2.
func Text(s string) String {
	plain := true
	for i := range len(s) {
		plain = plain && ' ' <= s[i] && s[i] <= '~'
	}
	if plain && len(s) <= MaxString {
		return String(s)
	}
	units := utf16.Encode([]rune(s))
	if most := (MaxString - 2) / 2; len(units) > most {
		units = units[:most-1]
		if last := units[len(units)-1]; 0xD800 <= last && last < 0xDC00 {
			units = units[:len(units)-1] // the first half of a character
		}
		units = append(units, '…')
	}
	b := make([]byte, 0, 2+2*len(units))
	b = append(b, 0xFE, 0xFF)
	for _, u := range units {
		b = append(b, byte(u>>8), byte(u))
	}
	return String(b)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// appendObject appends an object as it stands in a file.
func appendObject(b []byte, o any) ([]byte, error) {
	switch o := o.(type) {
	case nil:
		return append(spaced(b), "null"...), nil
	case bool:
		return strconv.AppendBool(spaced(b), o), nil
	case int:
		return strconv.AppendInt(spaced(b), int64(o), 10), nil
	case Real:
		return append(spaced(b), o...), nil
	case Ref:
		return append(strconv.AppendInt(spaced(b), int64(o), 10), " 0 R"...), nil
	case Name:
		return appendName(b, o)
	case String:
		if len(o) > MaxString {
			return nil, fmt.Errorf("a string of %d bytes", len(o))
		}
		return AppendString(b, string(o)), nil
	case Array:
		b = append(b, '[')
		for _, x := range o {
			var err error
			if b, err = appendObject(b, x); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case Dict:
		keys := make([]Name, 0, len(o))
		for k := range o {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		b = append(b, "<<"...)
		for _, k := range keys {
			var err error
			if b, err = appendName(b, k); err != nil {
				return nil, err
			}
			if b, err = appendObject(b, o[k]); err != nil {
				return nil, fmt.Errorf("%s: %w", k, err)
			}
		}
		return append(b, ">>"...), nil
	default:
		panic(fmt.Sprintf("object: %T is no object that stands within others", o))
	}
}

// spaced is b with a space at its end, if the next token needs one.
func spaced(b []byte) []byte {
	if n := len(b); n > 0 && !isSpace(b[n-1]) && (b[n-1] == '/' || !isDelimiter(b[n-1])) {
		return append(b, ' ')
	}
	return b
}

func appendName(b []byte, n Name) ([]byte, error) {
	if len(n) > MaxName {
		return nil, fmt.Errorf("a name of %d bytes", len(n))
	}
	const hex = "0123456789ABCDEF"
	b = append(b, '/')
	for i := range len(n) {
		if c := n[i]; c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			b = append(b, '#', hex[c>>4], hex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b, nil
}

// AppendString appends a literal string, in parentheses. It is for the streams
// of pages too.
func AppendString[T string | []byte](b []byte, s T) []byte {
	b = append(b, '(')
	for i := range len(s) {
		switch c := s[i]; c {
		case '(', ')', '\\':
			b = append(b, '\\', c)
		case '\r': // as it is, a reader takes it for a line feed
			b = append(b, '\\', 'r')
		default:
			b = append(b, c)
		}
	}
	return append(b, ')')
}
