package source

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"qalam/locales"
	"qalam/source/diag"
)

// Parse reads one language version by itself: the text of article.md, or of a
// translation, whose path is then "locales/TAG.md". Nothing is inherited, and
// images are not looked for. The article is nil when the text cannot be read
// at all; else it has what could be read, and the list says what is wrong.
func Parse(name string, data []byte) (*Article, diag.List) {
	var diags reports
	a := parse(name, data, &diags)
	if a != nil {
		a.check(&diags)
	}
	return a, diags.list()
}

// parse reads one language version, without what depends on another one.
func parse(name string, data []byte, diags *reports) *Article {
	t := newText(name, data, diags)
	if t == nil {
		return nil
	}
	a := &Article{Path: name}
	a.Header.pos = map[string]diag.Pos{}
	a.Header.file = diag.Pos{Path: name, Line: 1}
	a.Header.Settings = defaultSettings()
	front, line, start := splitFrontMatter(t, diags)
	a.File = &File{name, t.src, start}
	r := headerReader{h: &a.Header, translation: isTranslation(name), diags: diags}
	readable := true
	if line > 0 {
		a.Header.file.Line = line
		y := yamlReader{path: name, line: line, diags: diags}
		var fields []field
		if fields, readable = y.read(front); readable {
			r.read(fields)
		}
	} else {
		readable = false
	}
	if !readable {
		a.Header.cannotRead("")
	}
	a.setLang(r.lang, readable, diags)
	if _, ok := a.Header.pos["title"]; !ok && readable {
		diags.Errorf(a.Header.file, "title-missing", "the article has no title").
			Hint = "write title: … between the lines of three hyphens"
	}
	a.Blocks, a.Notes = parseBody(t, start, diags)
	if line > 0 && !hasText(a.Blocks) { // else it is not known where the text starts
		diags.Errorf(diag.Pos{Path: name}, "article-empty", "the article has no text").
			Hint = "write it below the front matter"
	}
	return a
}

func isTranslation(name string) bool {
	return strings.HasPrefix(name, "locales/") && !strings.HasPrefix(name, baseDir)
}

// splitFrontMatter finds the lines between the two lines of three hyphens at
// the start of t: the number of the first one, and where the text after them
// starts. The number is 0 when there is no front matter.
func splitFrontMatter(t *text, diags *reports) (front []byte, line int32, start int) {
	src := t.src
	i := 0
	for i < len(src) && isSpace(src[i]) { // empty lines before it
		i++
	}
	i = bytes.LastIndexByte(src[:i], '\n') + 1
	first, rest, _ := bytes.Cut(src[i:], []byte("\n"))
	if string(bytes.TrimRight(first, " \t")) != "---" {
		diags.Errorf(diag.Pos{Path: t.path, Line: 1}, "front-matter", "the front matter is missing").
			Hint = "start the file with a line ---, then title: … and lang: …, then another line ---"
		return nil, 0, 0
	}
	begin := t.pos(i)
	i = len(src) - len(rest)
	for end := i; end < len(src); {
		next := end
		if n := bytes.IndexByte(src[end:], '\n'); n >= 0 {
			next = end + n + 1
		} else {
			next = len(src)
		}
		switch string(bytes.TrimRight(src[end:next], " \t\n")) {
		case "---", "...":
			if end-i > MaxHeaderSize {
				diags.Errorf(begin, "front-matter", "the front matter is larger than %d bytes", MaxHeaderSize).
					Hint = "only the fields of the article stand there; the text starts below the second line of three hyphens"
				return nil, 0, next
			}
			return src[i:end], begin.Line + 1, next
		}
		end = next
	}
	diags.Errorf(begin, "front-matter", "the front matter has no end").
		Hint = "write a line --- after its last field"
	return nil, 0, len(src)
}

// setLang decides the language: by the front matter, and for a translation by
// the name of its file.
func (a *Article) setLang(written string, readable bool, diags *reports) {
	pos := a.Header.Pos("lang")
	tag := ""
	if written != "" {
		var err error
		if tag, err = locales.ParseTag(written); err != nil {
			langWrong(diags, pos, written, err)
			tag = ""
		}
	}
	if !isTranslation(a.Path) {
		a.Lang = tag
		if written == "" && readable {
			if _, ok := a.Header.pos["lang"]; !ok {
				diags.Errorf(pos, "lang-missing", "the article does not say its language").
					Hint = "write lang: en, or another BCP 47 tag, between the lines of three hyphens"
			}
		}
		return
	}
	name := strings.TrimSuffix(path.Base(a.Path), path.Ext(a.Path))
	fileTag, err := locales.ParseTag(name)
	if err != nil {
		langWrong(diags, diag.Pos{Path: a.Path}, name, err)
		a.Lang = tag
		return
	}
	a.Lang = fileTag
	if tag != "" && tag != fileTag {
		diags.Errorf(pos, "lang-wrong", "the front matter says %s, the name of the file says %s", tag, fileTag).
			Hint = fmt.Sprintf("delete the field, or call the file locales/%s.md", tag)
	}
}

// check looks for what can be said when all of the article is known: the room
// that margins leave, notes and their references.
func (a *Article) check(diags *reports) {
	if w := a.Header.Settings.PDF.room(); w != nil {
		for _, name := range settingFields["pdf"] {
			if pos, ok := a.Header.pos["pdf."+name]; ok && (name == "paper" || strings.HasPrefix(name, "margin-")) {
				diags.Errorf(pos, "field-wrong", "%s", w.message).Hint = w.hint
				break // one that inherits them all has its error in article.md
			}
		}
	}
	if len(a.Notes) > MaxNotes {
		diags.Errorf(a.Notes[MaxNotes].pos, "note-count", "the article has %d notes; %d are possible", len(a.Notes), MaxNotes).
			Hint = "make several articles of it"
	}
	notes := make(map[string]*Note, len(a.Notes))
	for _, n := range a.Notes {
		if first, ok := notes[n.Label]; ok {
			diags.Errorf(n.pos, "note-doubled", "two notes are called %q; the other one is on line %d", n.Label, first.pos.Line).
				Hint = "give one of them another label, and its references too"
			continue
		}
		notes[n.Label] = n
		if !hasText(n.Blocks) {
			diags.Errorf(n.pos, "note-empty", "the note %q has no text", n.Label).
				Hint = "write it after the colon, or delete the note and its references"
		}
		if a.Header.NoteNumbers == NoteAuthor && !isNumber(n.Label) {
			diags.Errorf(n.pos, "note-label", "the note %q has no number as its label, and note-numbers is author", n.Label).
				Hint = "write a number, or delete note-numbers"
		}
	}
	// A note is used when the text leads to it, if need be through other notes.
	var used []*Note
	seen := make(map[string]bool, len(a.Notes))
	guesses := 0
	visit := func(ref *NoteRef) {
		n, ok := notes[ref.Label]
		if !ok {
			diags.Errorf(ref.pos, "note-undefined", "no note is called %q", ref.Label).
				Hint = a.undefinedHint(ref.Label, &guesses)
			return
		}
		if !seen[ref.Label] {
			seen[ref.Label] = true
			used = append(used, n)
		}
	}
	walkRefs(a.Blocks, visit)
	for i := 0; i < len(used); i++ { // grows: a note can refer to another
		walkRefs(used[i].Blocks, visit)
	}
	for _, n := range a.Notes {
		if notes[n.Label] == n && !seen[n.Label] {
			diags.Errorf(n.pos, "note-unused", "nothing in the text refers to the note %q", n.Label).
				Hint = fmt.Sprintf("write [^%s] where it belongs, or delete the note", n.Label)
			walkRefs(n.Blocks, func(ref *NoteRef) {
				if _, ok := notes[ref.Label]; !ok {
					visit(ref)
				}
			})
		}
	}
}

// undefinedHint says what to do about a reference to no note. It looks for the
// label that may have been meant, but not for ever.
func (a *Article) undefinedHint(label string, guesses *int) string {
	const (
		most   = 20   // guesses
		labels = 1000 // that are compared
	)
	if *guesses++; *guesses <= most {
		var known []string
		other := ""
		for _, n := range a.Notes[:min(len(a.Notes), labels)] {
			known = append(known, n.Label)
			if other == "" && strings.EqualFold(n.Label, label) {
				other = n.Label
			}
		}
		if other == "" && len(label) > 2 {
			other = nearest(label, known)
		}
		if other != "" {
			return fmt.Sprintf("did you mean [^%s]? Else add a line that starts with [^%s]:", other, label)
		}
	}
	return fmt.Sprintf("add a line that starts with [^%s]:", label)
}

func isNumber(s string) bool {
	return s != "" && len(s) <= 9 && strings.TrimLeft(s, "0123456789") == "" && s[0] != '0'
}

// hasText reports whether a reader sees anything of blocks but rules and marks.
func hasText(blocks []Block) bool {
	return slices.ContainsFunc(blocks, func(b Block) bool {
		switch b := b.(type) {
		case *Heading:
			return hasWords(b.Text)
		case *Paragraph:
			return hasWords(b.Text)
		case *Figure:
			return true
		case *Quote:
			return hasText(b.Blocks)
		case *List:
			return slices.ContainsFunc(b.Items, func(i *Item) bool { return hasText(i.Blocks) })
		case *CodeBlock:
			return !isBlank(b.Text)
		case *Table:
			filled := func(cells []*Cell) bool {
				return slices.ContainsFunc(cells, func(c *Cell) bool { return hasWords(c.Text) })
			}
			return filled(b.Head) || slices.ContainsFunc(b.Rows, filled)
		case *Rule, *Remark:
			return false
		default:
			panic(fmt.Sprintf("source: unknown block %T", b))
		}
	})
}

// hasWords reports whether a reader sees anything of text.
func hasWords(text []Inline) bool {
	return slices.ContainsFunc(text, func(in Inline) bool {
		switch n := in.(type) {
		case *Text:
			return !isBlank(n.Value)
		case *CodeSpan:
			return !isBlank(n.Value)
		case *Image, *NoteRef:
			return true
		case *Emph, *Strong, *Strike, *Link, *Span:
			return hasWords(*children(n))
		case *SoftBreak, *Break, *InlineRemark:
			return false
		default:
			panic(fmt.Sprintf("source: unknown inline %T", in))
		}
	})
}

// isBlank reports whether s has only spaces and characters that nobody sees.
func isBlank(s string) bool {
	return strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }) == ""
}

// walkRefs calls visit for each reference in blocks, in reading order.
func walkRefs(blocks []Block, visit func(*NoteRef)) {
	walkInlines(blocks, func(in Inline) {
		if ref, ok := in.(*NoteRef); ok {
			visit(ref)
		}
	})
}

// walkInlines calls visit for each inline in blocks, in reading order, a node
// before those in it. The image of a figure is one too.
func walkInlines(blocks []Block, visit func(Inline)) {
	var line func(text []Inline)
	line = func(text []Inline) {
		for _, in := range text {
			visit(in)
			if c := children(in); c != nil {
				line(*c)
			}
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			line(b.Text)
		case *Paragraph:
			line(b.Text)
		case *Figure:
			visit(b.Image)
		case *Quote:
			walkInlines(b.Blocks, visit)
		case *List:
			for _, item := range b.Items {
				walkInlines(item.Blocks, visit)
			}
		case *Table:
			for _, c := range b.Head {
				line(c.Text)
			}
			for _, row := range b.Rows {
				for _, c := range row {
					line(c.Text)
				}
			}
		case *CodeBlock, *Rule, *Remark:
		default:
			panic(fmt.Sprintf("source: unknown block %T", b))
		}
	}
}
