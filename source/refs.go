package source

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// referenceTransformer takes link reference definitions, [label]: destination
// "title", from the start of paragraphs. It stands in for goldmark's, which
// copies the rest of the paragraph for each definition.
type referenceTransformer struct{ body *body }

func (r referenceTransformer) Transform(n *ast.Paragraph, reader gmtext.Reader, pc parser.Context) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	first := lines.At(0)
	if c := bytes.TrimLeft(first.Value(r.body.src), " \t"); len(c) == 0 || c[0] != '[' {
		return
	}
	f := r.body.flatten(lines, true)
	used, rest, at := 0, f.text, 0
	for {
		n, label, ref := scanDefinition(rest)
		if n == 0 {
			break
		}
		r.body.define(label, f.source(at), ref)
		f.checkReferences(r.body, at, at+n)
		at += n
		used += bytes.Count(rest[:n], []byte("\n"))
		if n == len(rest) && rest[n-1] != '\n' {
			used++
		}
		rest = rest[n:]
	}
	if used == 0 {
		return
	}
	if used >= lines.Len() {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	lines.SetSliced(used, lines.Len())
}

// define keeps a definition; of several with one label, the first counts.
func (b *body) define(label string, off int, ref reference) {
	ref.off = off
	if b.refs == nil {
		b.refs = map[string]*reference{}
	}
	if _, ok := b.refs[label]; ok {
		b.doubled = append(b.doubled, definition{label, &ref})
		return
	}
	b.refs[label] = &ref
	b.definitions = append(b.definitions, definition{label, &ref})
}

// checkDefinitions reports definitions that no link uses: they are not in the
// text, so a note without its ^ would be lost.
func (b *body) checkDefinitions() {
	for _, d := range b.definitions {
		if !d.ref.used {
			b.diags.Warnf(b.pos(d.ref.off), "reference-unused", "no link refers to [%s], so its address is not shown", d.label).
				Hint = fmt.Sprintf("write [words][%s] where it belongs; a note starts with [^%s]:", d.label, d.label)
		}
	}
	for _, d := range b.doubled {
		b.diags.Warnf(b.pos(d.ref.off), "reference-doubled", "two addresses are called [%s]; the first one is used", d.label).
			Hint = "give one of them another label"
	}
}

// scanDefinition reads the definition at the start of s: how many bytes it
// takes with its line feed, 0 for none.
func scanDefinition(s []byte) (n int, label string, ref reference) {
	i := skipSpaces(s, 0)
	if i >= len(s) || s[i] != '[' || i+1 < len(s) && s[i+1] == '^' { // a note without a label
		return 0, "", ref
	}
	end := scanLabel(s, i)
	if end < 0 || end >= len(s) || s[end] != ':' {
		return 0, "", ref
	}
	label = util.ToLinkReference(s[i+1 : end-1])
	if label == "" {
		return 0, "", ref
	}
	i = skipSpaceLine(s, end+1)
	dest, i, ok := scanDestination(s, i)
	if !ok {
		return 0, "", ref
	}
	ref.url = unescape(dest)
	afterDest := lineEnd(s, i) // -1 when more stands on the line
	j := skipSpaceLine(s, i)
	if j > i && j < len(s) {
		if title, k, ok := scanTitle(s, j); ok {
			if e := lineEnd(s, k); e >= 0 {
				ref.title = oneLine(unescape(title))
				return e, label, ref
			}
		}
	}
	if afterDest < 0 {
		return 0, "", ref
	}
	return afterDest, label, ref
}

// lineEnd is the start of the next line when only spaces stand before it, else -1.
func lineEnd(s []byte, i int) int {
	i = skipSpaces(s, i)
	switch {
	case i >= len(s):
		return len(s)
	case s[i] == '\n':
		return i + 1
	}
	return -1
}
