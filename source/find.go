package source

import (
	"bytes"
	"html"
	"unicode/utf8"

	"qalam/source/diag"
)

// File is a file of an article as it was written. It holds nothing of the
// article that was read from it.
type File struct {
	path string
	text []byte // with line feeds at the ends of lines
	body int    // where the text starts, behind the front matter
}

// Find is the first place, at from or behind it, where s is written in the
// file: as it is, or, when it is one character, by a character reference. A from
// without a line means the front matter, and nothing else. It is for messages
// about what is seen in the finished text only, such as a character that no
// font has; remarks and addresses are searched as well.
func (f *File) Find(from diag.Pos, s string) (place diag.Pos, ok bool) {
	if f == nil || from.Path != f.path || s == "" {
		return diag.Pos{}, false
	}
	start, end := 0, len(f.text)
	if from.Line > 0 {
		start = offsetOf(f.text, from)
	} else {
		end = f.body
	}
	at := bytes.Index(f.text[start:end], []byte(s))
	if at >= 0 {
		end = start + at
	}
	if utf8.RuneCountInString(s) == 1 {
		if ref := indexReference(f.text[start:end], s); ref >= 0 {
			at = ref
		}
	}
	if at < 0 {
		return diag.Pos{}, false
	}
	at += start
	line := bytes.LastIndexByte(f.text[:at], '\n') + 1
	return diag.Pos{
		Path:   f.path,
		Line:   int32(bytes.Count(f.text[:at], []byte("\n")) + 1),
		Column: int32(utf8.RuneCount(f.text[line:at]) + 1),
	}, true
}

// offsetOf is where a place is in a text; the end of its line, or of the text,
// when there is less.
func offsetOf(text []byte, p diag.Pos) int {
	off := 0
	for range p.Line - 1 {
		n := bytes.IndexByte(text[off:], '\n')
		if n < 0 {
			return len(text)
		}
		off += n + 1
	}
	for range p.Column - 1 {
		if off == len(text) || text[off] == '\n' {
			break
		}
		_, size := utf8.DecodeRune(text[off:])
		off += size
	}
	return off
}

// indexReference is where the first character reference to s stands, or -1.
func indexReference(text []byte, s string) int {
	const longest = len("&CounterClockwiseContourIntegral;")
	for at := 0; ; at++ {
		n := bytes.IndexByte(text[at:], '&')
		if n < 0 {
			return -1
		}
		at += n
		ref := text[at:min(at+longest, len(text))]
		if end := bytes.IndexByte(ref, ';'); end >= 0 && html.UnescapeString(string(ref[:end+1])) == s {
			return at
		}
	}
}
