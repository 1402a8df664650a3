package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// The functions of this file read pieces of CommonMark's grammar at an offset
// in a paragraph, and say where the piece ends. Each looks at a byte once, or
// gives up after a fixed number of them.

// skipSpaces is the first offset from i on that has no space or tab.
func skipSpaces(t []byte, i int) int {
	for i < len(t) && (t[i] == ' ' || t[i] == '\t') {
		i++
	}
	return i
}

// skipSpaceLine skips spaces, tabs and up to one line feed.
func skipSpaceLine(t []byte, i int) int {
	i = skipSpaces(t, i)
	if i < len(t) && t[i] == '\n' {
		i = skipSpaces(t, i+1)
	}
	return i
}

// scanLabel reads [label] at i; -1 when none is there.
func scanLabel(t []byte, i int) int {
	const limit = 999
	for j := i + 1; j < len(t) && j-i <= limit+1; j++ {
		switch t[j] {
		case '\\':
			j++
		case '[':
			return -1
		case ']':
			return j + 1
		}
	}
	return -1
}

// scanDestination reads the destination of a link at i.
func scanDestination(t []byte, i int) (dest []byte, end int, ok bool) {
	if i < len(t) && t[i] == '<' {
		for j := i + 1; j < len(t); j++ {
			switch t[j] {
			case '\\':
				j++
			case '\n', '<':
				return nil, 0, false
			case '>':
				return t[i+1 : j], j + 1, true
			}
		}
		return nil, 0, false
	}
	const limit = 32 // levels of parentheses
	depth := 0
	j := i
loop:
	for ; j < len(t); j++ {
		switch c := t[j]; {
		case c == '\\' && j+1 < len(t) && util.IsPunct(t[j+1]):
			j++
		case c <= ' ' || c == 0x7F:
			break loop
		case c == '(':
			if depth++; depth > limit {
				return nil, 0, false
			}
		case c == ')':
			if depth == 0 {
				break loop
			}
			depth--
		}
	}
	return t[i:j], j, j > i && depth == 0
}

// scanTitle reads the title of a link at i: "…", '…' or (…).
func scanTitle(t []byte, i int) (title []byte, end int, ok bool) {
	if i >= len(t) {
		return nil, 0, false
	}
	closer := t[i]
	switch closer {
	case '"', '\'':
	case '(':
		closer = ')'
	default:
		return nil, 0, false
	}
	for j := i + 1; j < len(t); j++ {
		switch t[j] {
		case '\\':
			j++
		case closer:
			return t[i+1 : j], j + 1, true
		case '(':
			if closer == ')' {
				return nil, 0, false
			}
		}
	}
	return nil, 0, false
}

// scanTarget reads (destination "title") at i; end is 0 when none is there.
func scanTarget(t []byte, i int) (ref reference, end int) {
	i = skipSpaceLine(t, i+1)
	if i < len(t) && t[i] == ')' {
		return ref, i + 1
	}
	dest, j, ok := scanDestination(t, i)
	if !ok {
		return ref, 0
	}
	ref.url = unescape(dest)
	k := skipSpaceLine(t, j)
	if k > j {
		if title, e, ok := scanTitle(t, k); ok {
			ref.title = oneLine(unescape(title))
			k = skipSpaceLine(t, e)
		}
	}
	if k >= len(t) || t[k] != ')' {
		return ref, 0
	}
	return ref, k + 1
}

// scanLang reads {lang=fr} at i: the tag, where it stands, and the end; 0 when
// none is there.
func scanLang(t []byte, i int) (lang string, at, end int) {
	i = skipSpaces(t, i+1)
	if !bytes.HasPrefix(t[i:], []byte("lang=")) {
		return "", 0, 0
	}
	i += len("lang=")
	quote := byte(0)
	if i < len(t) && (t[i] == '"' || t[i] == '\'') {
		quote = t[i]
		i++
	}
	at = i
	for i < len(t) && (util.IsAlphaNumeric(t[i]) || t[i] == '-' || t[i] == '_') {
		i++
	}
	lang = string(t[at:i])
	if quote != 0 {
		if i >= len(t) || t[i] != quote {
			return "", 0, 0
		}
		i++
	}
	i = skipSpaces(t, i)
	if i >= len(t) || t[i] != '}' {
		return "", 0, 0
	}
	return lang, at, i + 1
}

// scanAutolink reads <https://…> or <name@example.org> at the start of t; 0
// when none is there.
func scanAutolink(t []byte) int {
	for j := 1; j < len(t); j++ {
		switch c := t[j]; {
		case c == '>':
			if hasScheme(string(t[1:j])) || util.FindEmailIndex(t[1:j]) == j-1 && j > 1 {
				return j + 1
			}
			return 0
		case c <= ' ' || c == '<' || c == 0x7F:
			return 0
		}
	}
	return 0
}

// hasScheme reports whether s starts with a scheme of two to 32 characters and
// a colon.
func hasScheme(s string) bool {
	for i := 0; i < len(s) && i <= 32; i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '.' || c == '-'):
		case c == ':':
			return i >= 2
		default:
			return false
		}
	}
	return false
}

// scanHTML reads an HTML tag, declaration or instruction at the start of t; 0
// when none is there.
func (p *inliner) scanHTML(t []byte) int {
	if len(t) < 3 {
		return 0
	}
	until := func(kind int, end string) int {
		if p.noEnd[kind] {
			return 0
		}
		n := bytes.Index(t, []byte(end))
		if n < 0 {
			p.noEnd[kind] = true
			return 0
		}
		return n + len(end)
	}
	switch c := t[1]; {
	case c == '?':
		return until(1, "?>")
	case bytes.HasPrefix(t, []byte("<![CDATA[")):
		return until(2, "]]>")
	case c == '!' && isLetter(t[2]):
		return until(3, ">")
	case c == '/' && isLetter(t[2]):
		i := skipName(t, 2)
		i = skipSpaceLine(t, i)
		if i < len(t) && t[i] == '>' {
			return i + 1
		}
	case isLetter(c):
		return scanOpenTag(t)
	}
	return 0
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func skipName(t []byte, i int) int {
	for i < len(t) && (util.IsAlphaNumeric(t[i]) || t[i] == '-') {
		i++
	}
	return i
}

// scanOpenTag reads <name attributes> at the start of t.
func scanOpenTag(t []byte) int {
	i := skipName(t, 1)
	for {
		j := skipSpaceLine(t, i)
		switch {
		case j >= len(t):
			return 0
		case t[j] == '>':
			return j + 1
		case t[j] == '/':
			if j+1 < len(t) && t[j+1] == '>' {
				return j + 2
			}
			return 0
		case j == i || !isLetter(t[j]) && t[j] != '_' && t[j] != ':':
			return 0
		}
		for i = j; i < len(t) && (util.IsAlphaNumeric(t[i]) || bytes.IndexByte([]byte("_.:-"), t[i]) >= 0); i++ {
		}
		j = skipSpaceLine(t, i)
		if j >= len(t) || t[j] != '=' {
			continue
		}
		j = skipSpaceLine(t, j+1)
		if j >= len(t) {
			return 0
		}
		if q := t[j]; q == '"' || q == '\'' {
			n := bytes.IndexByte(t[j+1:], q)
			if n < 0 {
				return 0
			}
			i = j + n + 2
			continue
		}
		for i = j; i < len(t) && t[i] > ' ' && bytes.IndexByte([]byte("\"'=<>`"), t[i]) < 0; i++ {
		}
		if i == j {
			return 0
		}
	}
}

// longestEntity is the length of the longest character reference: its name has
// 31 letters.
const longestEntity = 33

// entity resolves the character reference at the start of t: its characters
// and its length, 0 when it is none.
func entity(t []byte) (string, int) {
	end := bytes.IndexByte(t[:min(len(t), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	name := t[1:end]
	if name[0] != '#' {
		for _, c := range name {
			if !util.IsAlphaNumeric(c) {
				return "", 0
			}
		}
		e, ok := util.LookUpHTML5EntityByName(string(name))
		if !ok {
			return "", 0
		}
		return string(e.Characters), end + 1
	}
	r, n := number(t)
	if n == 0 {
		return "", 0
	}
	return string(util.ToValidRune(rune(r))), n
}

// number reads the numeric character reference at the start of t: the number,
// which may be that of no character, and its length, 0 when it is none.
func number(t []byte) (r uint32, n int) {
	const limit = 11 // &#x10FFFF;
	end := bytes.IndexByte(t[:min(len(t), limit)], ';')
	if end < 3 || t[1] != '#' {
		return 0, 0
	}
	digits, base, most := string(t[2:end]), 10, 7
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base, most = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > most || strings.ContainsAny(digits, "+-_") {
		return 0, 0
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return 0, 0
	}
	return uint32(v), end + 1
}

// unescape resolves backslashes and character references.
func unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
			continue
		case s[i] == '&':
			if e, n := entity(s[i:]); n > 0 {
				b.WriteString(e)
				i += n
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// unescapeEntities resolves character references only.
func unescapeEntities(s []byte) string {
	if bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '&' {
			if e, n := entity(s[i:]); n > 0 {
				b.WriteString(e)
				i += n
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// oneLine makes spaces of line feeds and tabs.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\t") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// bareAddress is the length of the address that is written at i without
// brackets, or 0. It starts with http:// or https:// after anything but a
// letter or digit of its own script, and ends before a space, a bracket, a
// quotation mark or punctuation that ends a sentence.
func bareAddress(t []byte, i int) int {
	n := 0
	for _, scheme := range []string{"https://", "http://"} {
		if len(t)-i > len(scheme) && bytes.EqualFold(t[i:i+len(scheme)], []byte(scheme)) {
			n = len(scheme)
			break
		}
	}
	if n == 0 || i > 0 && (util.IsAlphaNumeric(t[i-1]) || bytes.IndexByte([]byte("+-._"), t[i-1]) >= 0 && i > 1 && util.IsAlphaNumeric(t[i-2])) {
		return 0
	}
	if r, _ := utf8.DecodeRune(t[i+n:]); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return 0
	}
	end := i + n
	for end < len(t) {
		r, size := utf8.DecodeRune(t[end:])
		if endsAddress(r) {
			break
		}
		end += size
	}
	return trimAddress(t, i+n, end) - i
}

// endsAddress reports whether a bare address cannot go on with r.
func endsAddress(r rune) bool {
	switch {
	case r <= ' ' || r == 0x7F:
		return true
	case r < utf8.RuneSelf:
		return strings.ContainsRune("<>\"`[]{}|\\^", r)
	case r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF65: // punctuation and brackets of East Asia
		return true
	}
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe, unicode.Cf)
}

// trimAddress leaves out what ends the sentence around a bare address.
func trimAddress(t []byte, start, end int) int {
	opens := bytes.Count(t[start:end], []byte("("))
	closes := bytes.Count(t[start:end], []byte(")"))
	for end > start {
		r, size := utf8.DecodeLastRune(t[start:end])
		switch {
		case r == ')':
			if closes <= opens {
				return end
			}
			closes--
		case r == ';':
			// The end of a character reference is not the end of a sentence: &lt; is.
			near := t[max(start, end-longestEntity):end]
			if j := bytes.LastIndexByte(near, '&'); j >= 0 {
				if _, n := entity(near[j:]); n == len(near)-j {
					size = n
				}
			}
		case r == '(':
			opens--
		case strings.ContainsRune("?!.,:*_~'", r):
		case r >= utf8.RuneSelf && unicode.IsPunct(r):
		default:
			return end
		}
		end -= size
	}
	return end
}
