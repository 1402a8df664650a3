package document

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	script "github.com/go-text/typesetting/language"
	"golang.org/x/text/language"

	"qalam/locales"
	"qalam/source/diag"
)

// markForeign sets passages apart that are in another script than their
// language is written in, and whose language the author did not mark: as being
// in the language that the script is most likely used for (CLDR, likely
// subtags). A voice cannot read them otherwise. Of each such language the author
// is told once, at the first passage; at is where the inlines are written.
// The order of characters stays what it is without that.
//
// Latin letters are at home in all languages, and a letter that stands alone is
// a sign, as the Greek ones of mathematics.
func (c *composer) markForeign(in []Inline, st *style, at diag.Pos) []Inline {
	var out []Inline // nil as long as it is the same as in
	for i, n := range in {
		var with []Inline
		switch n := n.(type) {
		case *Text:
			with = c.foreignText(n.Value, st, at)
		case *Emph:
			n.Text = c.markForeign(n.Text, st, at)
		case *Strong:
			n.Text = c.markForeign(n.Text, st, at)
		case *Strike:
			n.Text = c.markForeign(n.Text, st, at)
		case *Link:
			if !n.ShowsAddress() {
				n.Text = c.markForeign(n.Text, st, at)
			}
		case *Span:
			inner := st
			if n.Lang != "" {
				inner = c.styleOf(n.Lang)
			}
			n.Text = c.markForeign(n.Text, inner, at)
		case *Code, *Picture, *NoteGroup, *Break:
		default:
			panic(fmt.Sprintf("document: unknown inline %T", n))
		}
		if with != nil && out == nil {
			out = append(make([]Inline, 0, len(in)+len(with)), in[:i]...)
		}
		switch {
		case with != nil:
			out = append(out, with...)
		case out != nil:
			out = append(out, n)
		}
	}
	if out == nil {
		return in
	}
	return out
}

// foreignText divides a text at its foreign passages; nil when it has none.
func (c *composer) foreignText(s string, st *style, at diag.Pos) []Inline {
	var out []Inline
	done := 0
	for from := 0; ; {
		p, ok := nextPassage(s, from, st)
		if !ok {
			break
		}
		from = p.end
		if done < p.start {
			out = append(out, &Text{s[done:p.start]})
		}
		passage := s[p.start:p.end]
		tag := p.language()
		if !slices.Contains(c.foreign, tag) {
			c.foreign = append(c.foreign, tag)
			c.warnForeign(passage, tag, at)
		}
		out = append(out, &Span{Lang: tag, Text: []Inline{&Text{passage}}})
		done = p.end
	}
	if done > 0 && done < len(s) {
		out = append(out, &Text{s[done:]})
	}
	return out
}

func (c *composer) warnForeign(passage, tag string, at diag.Pos) {
	const few = 40 // characters
	word, _, _ := strings.Cut(passage, " ")
	if r := []rune(passage); len(r) > few {
		passage = string(r[:few]) + "…"
	}
	name := locales.Get("en").LanguageName(tag)
	if name != tag {
		name += " (" + tag + ")"
	}
	c.diags.Warnf(c.doc.Find(at, word), "lang-unmarked",
		"%q is not in the script of the text around it, and is taken for %s", passage, name).
		Hint = "say what language such words are in: [" + passage + "]{lang=" + tag + "}"
}

// passage is a part of a text in one script.
type passage struct {
	start, end int
	script     script.Script // Han for all that is written with it
	kana       bool
}

// nextPassage finds the first foreign passage of s from an offset on. It begins
// and ends with a letter, and has a word in it.
func nextPassage(s string, from int, st *style) (p passage, ok bool) {
	var ranges scriptRange
	open := false
	p.end = -1
	for i := from; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r < 0x370 && !open { // Latin letters, and what scripts have in common
			continue
		}
		found := ranges.of(r)
		kana := found == script.Hiragana || found == script.Katakana
		if kana || found == script.Bopomofo {
			found = script.Han
		}
		switch {
		case found == script.Common || found == script.Inherited || found == script.Unknown || !unicode.IsLetter(r) && found != script.Latin:
			switch {
			case !open:
			case p.end == i-size && (unicode.IsMark(r) || unicode.IsLetter(r)):
				p.end = i // a mark on its last letter
			case r == '"' || unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf):
				// Brackets and quotation marks stay together.
				if ok {
					return p, true
				}
				open = false
			}
			continue
		case open && found == p.script:
			ok = ok || p.end == i-size // two side by side
			p.end = i
			p.kana = p.kana || kana
			continue
		case ok:
			return p, true
		}
		if open = found != script.Latin && !st.writes(found); open {
			p = passage{i - size, i, found, kana}
			ok = found == script.Han
		}
	}
	return p, ok
}

// language is the tag of the language that is most likely written in the script.
func (p passage) language() string {
	switch {
	case p.kana:
		return "ja"
	case p.script == script.Han:
		return "zh"
	}
	name := p.script.String()
	und := "und-" + name
	tag, err := language.Parse(und)
	if err != nil {
		return und
	}
	base, _ := tag.Base()
	switch usual, _ := language.Make(base.String()).Script(); {
	case usual.String() == name || p.script == script.Hangul:
		return base.String()
	case base.String() == "en": // which stands for nothing known
		return und
	}
	return base.String() + "-" + name
}

// writes reports whether the language is written in a script.
func (s *style) writes(sc script.Script) bool {
	switch s.script {
	case "Hans", "Hant", "Hani", "Jpan", "Hrkt":
		return sc == script.Han
	case "Kore":
		return sc == script.Hangul || sc == script.Han
	}
	own, err := script.ParseScript(s.script)
	return err != nil || sc == own
}

// scriptRange is a range of characters of one script: the last that was met.
type scriptRange struct{ script.ScriptRange }

// of is the script of r.
func (l *scriptRange) of(r rune) script.Script {
	if r < l.Start || l.End < r {
		i, ok := slices.BinarySearchFunc(script.ScriptRanges[:], r, func(s script.ScriptRange, r rune) int {
			switch {
			case s.End < r:
				return -1
			case s.Start > r:
				return 1
			}
			return 0
		})
		if !ok {
			return script.Unknown
		}
		l.ScriptRange = script.ScriptRanges[i]
	}
	return l.Script
}
