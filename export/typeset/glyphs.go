package typeset

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/runenames"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/source/diag"
)

// glyphs looks up whether there are glyphs for what a document shows.
type glyphs struct {
	doc    *document.Document
	family *fonts.Family
	lang   string
	script string // of characters that belong to no script
	box    bool   // what no face has is shown as a box, with a warning
	diags  *diag.List

	plain    [unicode.MaxRune>>8 + 1]*[256]plainness
	clusters map[string]bool
	reported map[string]bool
}

// plainness is what is known of a character by itself.
type plainness uint8

const (
	unknown  plainness = iota
	simple             // it has a glyph, and goes into no cluster with its neighbours
	involved           // all else
)

// missingBox stands for what no face has: WHITE SQUARE.
const missingBox = "\u25A1"

// check reports what no face has in s, once each, and gives s with boxes in its
// place where the article wants that. It is an error otherwise.
func (g *glyphs) check(s string, pos diag.Pos) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !g.simple(r) }) {
		return s
	}
	var boxed []byte // s up to the cluster, once there is a box in it
	at := 0
	tokens := graphemes.FromString(s)
	for tokens.Next() {
		c := tokens.Value()
		if g.has(c) {
			if boxed != nil {
				boxed = append(boxed, c...)
			}
		} else {
			g.report(c, pos)
			if boxed == nil {
				boxed = append(make([]byte, 0, len(s)), s[:at]...)
			}
			boxed = append(boxed, missingBox...)
		}
		at += len(c)
	}
	if boxed == nil {
		return s
	}
	return string(boxed)
}

// simple reports whether r can be shown, whatever stands beside it.
func (g *glyphs) simple(r rune) bool {
	page := g.plain[r>>8]
	if page == nil {
		page = new([256]plainness)
		g.plain[r>>8] = page
	}
	p := &page[r&0xFF]
	if *p == unknown {
		*p = involved
		// Letters with an L, signs and digits begin a cluster; so does what
		// follows them. Hangul and what is put together of several is left out.
		if (unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.Zs) || r == '\n' || 0x20 <= r && r < 0x7F) &&
			!unicode.In(r, unicode.Hangul) && g.has(string(r)) {
			*p = simple
		}
	}
	return *p == simple
}

// has reports whether one face has all of a cluster.
func (g *glyphs) has(cluster string) bool {
	ok, known := g.clusters[cluster]
	if !known {
		ok = true
		if strings.ContainsFunc(cluster, drawn) {
			_, ok = g.family.Face(cluster, g.scriptOf(cluster), fonts.Regular, g.lang)
		}
		if g.clusters == nil {
			g.clusters = make(map[string]bool)
		}
		g.clusters[strings.Clone(cluster)] = ok
	}
	return ok
}

// drawn reports whether r needs a glyph.
func drawn(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Variation_Selector, r) && r != '\u034F'
}

// scriptOf is the script that a cluster is shown in.
func (g *glyphs) scriptOf(cluster string) string {
	for _, r := range cluster {
		switch s := language.LookupScript(r); s {
		case language.Common, language.Inherited, language.Unknown:
		default:
			return s.String()
		}
	}
	return g.script
}

// report says which character of a cluster has no glyph, or that no face has
// all of it, once each.
func (g *glyphs) report(cluster string, pos diag.Pos) {
	what, all := cluster, true
	for _, r := range cluster {
		if drawn(r) && !g.has(string(r)) {
			what, all = string(r), false
			break
		}
	}
	if g.reported[what] {
		return
	}
	if g.reported == nil {
		g.reported = make(map[string]bool)
	}
	g.reported[what] = true
	message := "no face has %s"
	if all {
		message = "no face has all of %s"
	}
	pos = g.doc.Find(pos, what)
	var d *diag.Diagnostic
	if g.box {
		d = g.diags.Warnf(pos, "glyph-missing", message+"; a box is shown in its place", describe(what))
	} else {
		d = g.diags.Errorf(pos, "glyph-missing", message, describe(what))
	}
	d.Hint = "give a font that has it, pdf: {fonts: [fonts/NAME.ttf]}, or write something else; pdf: {missing: box} shows a box"
}

// describe names the characters of a cluster:
// `"ع" (U+0639 ARABIC LETTER AIN, script Arab)`.
func describe(cluster string) string {
	var s strings.Builder
	s.WriteString(quoted(cluster))
	s.WriteString(" (")
	for i, r := range cluster {
		if i > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, "U+%04X", r)
		if name := runenames.Name(r); name != "" {
			s.WriteString(" " + name)
		}
		if sc := language.LookupScript(r); sc != language.Common && sc != language.Inherited && sc != language.Unknown {
			s.WriteString(", script " + sc.String())
		}
	}
	s.WriteString(")")
	return s.String()
}

// quoted is a cluster in quotation marks, on a circle where it is a mark
// without a letter.
func quoted(cluster string) string {
	if r, _ := utf8.DecodeRuneInString(cluster); unicode.Is(unicode.M, r) {
		cluster = "\u25CC" + cluster
	}
	return `"` + cluster + `"`
}
