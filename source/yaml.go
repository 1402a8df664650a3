package source

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"qalam/source/diag"
)

// value is a YAML value as the front matter may have it: a scalar, a list or a
// mapping. Anchors, aliases and tags are not values.
type value struct {
	pos     diag.Pos
	kind    valueKind
	text    string   // of a scalar, as written
	comment diag.Pos // of a scalar: where the comment starts that may be a part of it; the zero Pos for none
	items   []value  // of a list
	fields  []field  // of a mapping

	paragraphs bool // of a scalar: an empty line stands between words of it
}

type valueKind string

const (
	scalar  valueKind = "a word or a number"
	list    valueKind = "a list"
	mapping valueKind = "a group of fields"
	nothing valueKind = "nothing"
	refused valueKind = "no value" // and that has been reported
)

// field is one field of a mapping.
type field struct {
	name  string
	pos   diag.Pos
	value value
}

const (
	maxValueDepth = 8
	maxFields     = 10_000 // lines and commas of front matter
)

// yamlReader turns front matter into values.
type yamlReader struct {
	path  string
	line  int32 // of the article in which the front matter's first line stands
	diags *reports

	lines []string // of the front matter
	split int      // the last of lines that was looked into
	runes []rune   // of that line
}

// read decodes the text between the lines of hyphens. It is false when that is
// not YAML or not a mapping.
func (y *yamlReader) read(text []byte) (fields []field, ok bool) {
	start := diag.Pos{Path: y.path, Line: y.line}
	if pos, problem := y.tooMuch(text); problem != "" {
		y.diags.Errorf(pos, "front-matter", "%s", problem).
			Hint = "see the fields that there are in the documentation"
		return nil, false
	}
	y.lines = strings.Split(string(text), "\n")
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		pos, message := start, err.Error()
		var at interface {
			GetToken() *token.Token
			GetMessage() string
		}
		if errors.As(err, &at) {
			message = at.GetMessage()
			pos = y.pos(at.GetToken())
		}
		y.diags.Errorf(pos, "front-matter", "this is not YAML: %s", message).
			Hint = "write each field as name: value, and put values with a colon or another sign in \"…\""
		return nil, false
	}
	if len(file.Docs) > 1 {
		y.diags.Errorf(start, "front-matter", "the front matter has several documents").
			Hint = "delete the lines that consist of three dots or hyphens in it"
		return nil, false
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, true
	}
	v := y.value(file.Docs[0].Body, 0)
	switch v.kind {
	case mapping:
		return v.fields, true
	case nothing:
		return nil, true
	case refused:
		return nil, false
	}
	y.diags.Errorf(v.pos, "front-matter", "the front matter is %s, not fields", v.kind).
		Hint = "write each field as name: value"
	return nil, false
}

// tooMuch says what there is too much of before goccy's parser sees it, which
// calls itself for each level, and whose time grows with the square of the fields.
func (y *yamlReader) tooMuch(text []byte) (pos diag.Pos, problem string) {
	if bytes.Count(text, []byte("\n"))+bytes.Count(text, []byte(",")) > maxFields {
		return diag.Pos{Path: y.path, Line: y.line}, fmt.Sprintf("the front matter has more than %d lines and commas", maxFields)
	}
	depth, line := 0, y.line
	for _, c := range text {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > 1000 {
				return diag.Pos{Path: y.path, Line: line}, "the front matter is nested too deep"
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return pos, ""
}

func (y *yamlReader) pos(tk *token.Token) diag.Pos {
	if tk == nil || tk.Position == nil || tk.Position.Line < 1 {
		return diag.Pos{Path: y.path, Line: y.line}
	}
	return diag.Pos{Path: y.path, Line: y.line + int32(tk.Position.Line) - 1, Column: int32(max(tk.Position.Column, 1))}
}

// value converts a node. What is not a value is reported.
func (y *yamlReader) value(n ast.Node, depth int) value {
	v := value{kind: nothing}
	if n == nil {
		return v
	}
	if depth > maxValueDepth {
		y.diags.Errorf(y.pos(n.GetToken()), "front-matter", "the front matter is nested too deep").
			Hint = "see the fields that there are in the documentation"
		v.kind = refused
		return v
	}
	v.pos = y.pos(n.GetToken())
	switch n := n.(type) {
	case *ast.StringNode:
		v.kind, v.text = scalar, n.Value
		v.paragraphs = strings.Contains(strings.TrimSpace(n.GetToken().Origin), "\n\n")
		switch tk := n.GetToken(); tk.Type {
		case token.DoubleQuoteType:
			y.characters(v.pos, tk, n.Value)
		case token.SingleQuoteType:
		default:
			v.comment = y.comment(v)
		}
	case *ast.LiteralNode:
		v.kind, v.text = scalar, strings.TrimRight(n.Value.Value, "\n")
		end := "\n\n" // of a paragraph
		if n.Start.Type == token.FoldedType {
			end = "\n"
		}
		v.paragraphs = strings.Contains(strings.TrimLeft(v.text, "\n"), end)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		v.kind, v.text = scalar, n.GetToken().Value
		v.comment = y.comment(v)
	case *ast.NullNode:
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, y.value(item, depth+1))
		}
	case *ast.MappingNode:
		v.kind = mapping
		first := make(map[string]diag.Pos, len(n.Values))
		for _, f := range n.Values {
			v.fields = y.field(v.fields, first, f, depth)
		}
		if len(n.Values) > 0 && !n.IsFlowStyle {
			v.pos = v.fields[0].pos
		}
	case *ast.MappingValueNode:
		v.kind = mapping
		v.fields = y.field(nil, map[string]diag.Pos{}, n, depth)
		v.pos = v.fields[0].pos
	default:
		v.kind = refused
		y.diags.Errorf(v.pos, "front-matter", "front matter cannot have %s here", withArticle(strings.ToLower(n.Type().String()))).
			Hint = "write the value itself, in \"…\" when it starts with & * ! % or @"
	}
	return v
}

// withArticle is a noun with "a" or "an" before it.
func withArticle(noun string) string {
	if noun != "" && strings.IndexByte("aeiou", noun[0]) >= 0 {
		return "an " + noun
	}
	return "a " + noun
}

// characters reports characters that nothing can show, and that a value in
// quotation marks names by an escape. Those that stand in the file itself have
// been reported.
func (y *yamlReader) characters(pos diag.Pos, tk *token.Token, s string) {
	for _, r := range s {
		if what := forbidden(r); what != "" && !unicode.IsSpace(r) && !strings.ContainsRune(tk.Origin, r) {
			y.diags.Errorf(pos, "character", "the character U+%04X is %s", r, what).
				Hint = "delete it, or write the character that is meant"
		}
	}
}

// comment is where the comment starts that stands behind the value v, without
// quotation marks, and has one space before it and not more: in
//
//	title: Number #1
//	date: 2022   # or 2021
//
// the author meant a part of the first value, and a comment on the second.
func (y *yamlReader) comment(v value) (at diag.Pos) {
	want := strings.Fields(v.text)
	most := utf8.RuneCountInString(v.text) + 2 // characters up to the #
	start := max(int(v.pos.Column), 1) - 1
	for i := int(v.pos.Line - y.line); i >= 0 && i < len(y.lines) && len(want) > 0; i++ {
		if y.split != i || y.runes == nil {
			y.split, y.runes = i, []rune(y.lines[i])
		}
		line := y.runes[min(start, len(y.runes)):]
		end := 1
		for end < len(line) && end < most && !(line[end] == '#' && unicode.IsSpace(line[end-1])) {
			end++
		}
		end = min(end, len(line))
		words := strings.Fields(string(line[:end]))
		if len(words) > len(want) || !slices.Equal(words, want[:len(words)]) {
			return at // something else stands behind the value
		}
		if want = want[len(words):]; len(want) == 0 && end > 1 && end < len(line) && line[end] == '#' && !unicode.IsSpace(line[end-2]) {
			at = diag.Pos{Path: y.path, Line: y.line + int32(i), Column: int32(start + end + 1)}
		}
		if start = 0; i+1 < len(y.lines) {
			start = len(y.lines[i+1]) - len(strings.TrimLeft(y.lines[i+1], " \t"))
		}
	}
	return at
}

// field adds a field to those of a mapping. first has where each stands.
func (y *yamlReader) field(fields []field, first map[string]diag.Pos, n *ast.MappingValueNode, depth int) []field {
	tk := n.Key.GetToken()
	f := field{name: tk.Value, pos: y.pos(tk), value: y.value(n.Value, depth+1)}
	if f.value.pos == (diag.Pos{}) || f.value.kind == nothing {
		f.value.pos = f.pos
	}
	if pos, ok := first[f.name]; ok {
		y.diags.Errorf(f.pos, "field-doubled", "%q is given twice, first on line %d", f.name, pos.Line).
			Hint = "delete one of the two"
		return fields
	}
	first[f.name] = f.pos
	return append(fields, f)
}

// nearest is the known name that s may have been meant to be, or "".
func nearest(s string, known []string) string {
	length := utf8.RuneCountInString(s)
	best, least := "", length/3+2
	s = strings.ToLower(s)
	for _, k := range known {
		if n := utf8.RuneCountInString(k); n-length >= least || length-n >= least {
			continue // so many letters at least must be put in or taken out
		}
		if d := distance(s, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out, changed or swapped
// to make b of a.
func distance(a, b string) int {
	const limit = 64
	x, y := []rune(a), []rune(b)
	if len(x) > limit || len(y) > limit {
		return limit
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}

// didYouMean is a hint that names the nearest known name, or all of them.
func didYouMean(s string, known []string) string {
	if n := nearest(s, known); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return "known are " + strings.Join(known, ", ")
}
