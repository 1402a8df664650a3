package sfnt

import "unicode/utf16"

// PostScriptName is the name of a font that is made of ASCII alone, from its
// table name; empty when it has none.
func PostScriptName(name string) string {
	const postScript = 6
	if len(name) < 6 {
		return ""
	}
	n, texts := U16(name, 2), U16(name, 4)
	if len(name) < 6+12*n {
		return ""
	}
	for i := range n {
		record := name[6+12*i:]
		platform, id, size, offset := U16(record, 0), U16(record, 6), U16(record, 8), U16(record, 10)
		if id != postScript || texts+offset+size > len(name) {
			continue
		}
		text := name[texts+offset:][:size]
		if platform != 1 { // else it has a byte for each character
			units := make([]uint16, size/2)
			for i := range units {
				units[i] = uint16(U16(text, 2*i))
			}
			text = string(utf16.Decode(units))
		}
		if isPostScript(text) {
			return text
		}
	}
	return ""
}

// isPostScript reports whether a text can be a name in PostScript. Source:
// OpenType specification, "name", name ID 6.
func isPostScript(s string) bool {
	for _, c := range s {
		switch {
		case c <= ' ' || c >= 0x7F:
			return false
		case c == '[', c == ']', c == '(', c == ')', c == '{', c == '}', c == '<', c == '>', c == '/', c == '%':
			return false
		}
	}
	return s != "" && len(s) <= 63
}
