package source

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"qalam/source/diag"
)

// Limits on what is read. They are far above what an article needs, and keep a
// wrong file from taking the machine's memory.
const (
	MaxTextSize    = 16 << 20 // bytes of article.md or a translation
	MaxHeaderSize  = 1 << 20  // bytes of front matter
	MaxImageSize   = 32 << 20 // bytes of an image
	MaxImagePixels = 100e6    // width times height
	MaxFontSize    = 64 << 20 // bytes of a font file
	MaxNesting     = 100      // levels of blocks, and of emphasis and links
	MaxNotes       = 100_000  // notes of one language version
	MaxTableCells  = 1_000_000
)

// text is a file as it is parsed: without a byte order mark, lines ended by
// line feeds.
type text struct {
	path  string
	src   []byte
	lines []int32 // where each line starts

	// The last place that was asked for. Places are asked for in about the
	// order of the file, so the way from the last one is short.
	line, off int
	col       int32
}

// newText checks the bytes of a file. A nil text means that it cannot be read
// at all.
func newText(path string, data []byte, diags *reports) *text {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	t := &text{path: path, src: data, lines: make([]int32, 1, 1+bytes.Count(data, []byte("\n")))}
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		t.lines = append(t.lines, int32(i))
	}
	if !t.checkCharacters(diags) {
		return nil
	}
	return t
}

// checkCharacters reports what is not UTF-8, and characters that a PDF or an
// EPUB may not have. It is false when the file is not UTF-8.
func (t *text) checkCharacters(diags *reports) bool {
	for i := 0; i < len(t.src); {
		c := t.src[i]
		if c < utf8.RuneSelf && (c >= ' ' && c != 0x7F || c == '\n' || c == '\t') {
			i++
			continue
		}
		r, n := utf8.DecodeRune(t.src[i:])
		if r == utf8.RuneError && n <= 1 {
			pos := t.pos(i)
			diags.Errorf(pos, "utf8", "byte 0x%02X is not UTF-8 text", c).
				Hint = "save the file as UTF-8; most editors have it as an encoding in “Save as”"
			return false
		}
		if what := forbidden(r); what != "" {
			diags.Errorf(t.pos(i), "character", "the character U+%04X is %s", r, what).
				Hint = "delete it, or write the character that is meant"
		}
		i += n
	}
	return true
}

// forbidden says what is wrong with a character that XML or PDF cannot have or
// that means something else on every machine, or is empty.
func forbidden(r rune) string {
	switch {
	case r == '\t' || r == '\n':
		return ""
	case r < ' ' || r >= 0x7F && r < 0xA0:
		return "a control character, which no page can show"
	case r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF:
		return "not a character of Unicode"
	case r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000:
		return "for private use: it is another character with every font"
	}
	return ""
}

// pos is the place of the byte at off.
func (t *text) pos(off int) diag.Pos {
	off = min(max(off, 0), len(t.src))
	start := int(t.lines[t.line])
	if off < start || t.line+1 < len(t.lines) && off >= int(t.lines[t.line+1]) {
		t.line = sort.Search(len(t.lines), func(i int) bool { return int(t.lines[i]) > off }) - 1
		start = int(t.lines[t.line])
		t.off, t.col = start, 1
	}
	switch {
	case t.col == 0:
		t.off, t.col = start, 1
		fallthrough
	case off >= t.off:
		t.col += int32(utf8.RuneCount(t.src[t.off:off]))
	case off-start < t.off-off:
		t.col = 1 + int32(utf8.RuneCount(t.src[start:off]))
	default:
		t.col -= int32(utf8.RuneCount(t.src[off:t.off]))
	}
	t.off = off
	return diag.Pos{Path: t.path, Line: int32(t.line + 1), Column: t.col}
}
