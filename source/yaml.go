package source

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"qalam/source/diag"
)

// value is a YAML value as the front matter may have it: a scalar, a list or a
// mapping. Anchors, aliases and tags are not values.
type value struct {
	pos    diag.Pos
	kind   valueKind
	text   string  // of a scalar, as written
	items  []value // of a list
	fields []field // of a mapping
}

type valueKind string

const (
	scalar  valueKind = "a word or a number"
	list    valueKind = "a list"
	mapping valueKind = "a group of fields"
	nothing valueKind = "nothing"
)

// field is one field of a mapping.
type field struct {
	name  string
	pos   diag.Pos
	value value
}

const maxValueDepth = 8

// yamlReader turns front matter into values.
type yamlReader struct {
	path  string
	line  int32 // of the article in which the front matter's first line stands
	diags *diag.List
}

// read decodes the text between the lines of hyphens. It is false when that is
// not YAML or not a mapping.
func (y *yamlReader) read(text []byte) (fields []field, ok bool) {
	start := diag.Pos{Path: y.path, Line: y.line}
	if pos, ok := y.nested(text); !ok {
		y.diags.Errorf(pos, "front-matter", "the front matter is nested too deep").
			Hint = "see the fields that there are in the documentation"
		return nil, false
	}
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
	}
	y.diags.Errorf(v.pos, "front-matter", "the front matter is %s, not fields", v.kind).
		Hint = "write each field as name: value"
	return nil, false
}

// nested reports whether flow collections are nested within reason, before
// goccy's recursive parser sees them.
func (y *yamlReader) nested(text []byte) (pos diag.Pos, ok bool) {
	depth, line := 0, y.line
	for _, c := range text {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > 1000 {
				return diag.Pos{Path: y.path, Line: line}, false
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return pos, true
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
		return v
	}
	v.pos = y.pos(n.GetToken())
	switch n := n.(type) {
	case *ast.StringNode:
		v.kind, v.text = scalar, n.Value
	case *ast.LiteralNode:
		v.kind, v.text = scalar, strings.TrimRight(n.Value.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		v.kind, v.text = scalar, n.GetToken().Value
	case *ast.NullNode:
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, y.value(item, depth+1))
		}
	case *ast.MappingNode:
		v.kind = mapping
		for _, f := range n.Values {
			v.fields = y.field(v.fields, f, depth)
		}
		if len(n.Values) > 0 && !n.IsFlowStyle {
			v.pos = v.fields[0].pos
		}
	case *ast.MappingValueNode:
		v.kind = mapping
		v.fields = y.field(nil, n, depth)
		v.pos = v.fields[0].pos
	default:
		y.diags.Errorf(v.pos, "front-matter", "front matter cannot have a %s here", strings.ToLower(n.Type().String())).
			Hint = "write the value itself, in \"…\" when it starts with & * ! % or @"
	}
	return v
}

func (y *yamlReader) field(fields []field, n *ast.MappingValueNode, depth int) []field {
	tk := n.Key.GetToken()
	f := field{name: tk.Value, pos: y.pos(tk), value: y.value(n.Value, depth+1)}
	if f.value.pos == (diag.Pos{}) || f.value.kind == nothing {
		f.value.pos = f.pos
	}
	for _, other := range fields {
		if other.name == f.name {
			y.diags.Errorf(f.pos, "field-doubled", "%q is given twice, first on line %d", f.name, other.pos.Line).
				Hint = "delete one of the two"
			return fields
		}
	}
	return append(fields, f)
}

// nearest is the known name that s may have been meant to be, or "".
func nearest(s string, known []string) string {
	best, most := "", len([]rune(s))/3+1
	for _, k := range known {
		if d := distance(strings.ToLower(s), k); d <= most && (best == "" || d < distance(strings.ToLower(s), best)) {
			best = k
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
