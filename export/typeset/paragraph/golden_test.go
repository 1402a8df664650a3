package paragraph

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"qalam/export/fonts"
	"qalam/locales"
	"qalam/source/golden"
)

// Each case is a paragraph and its lines. The file "paragraph" has a line of
// settings, then the runs, one a line: "style, size, … | text". In a text, «\n» is
// a line feed, and ‹SHY› and the like are characters that cannot be seen.
func TestGolden(t *testing.T) {
	s := NewSetter(fonts.NewFamily(nil))
	golden.Run(t, func(t *testing.T, c *golden.Case) map[string]string {
		got := map[string]string{}
		for name, file := range c.Files {
			p, err := parse(string(file.Data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			lines, broken := s.Lines(p)
			check(t, p, lines, broken)
			out := visibleControls.Replace(dump(p, lines))
			for _, b := range broken {
				out += fmt.Sprintf("broken: run %d, %q\n", b.Run, b.Text)
			}
			got["want."+name] = out
		}
		return got
	})
}

var controls = []string{
	"‹ZWSP›", "\u200b", "‹SHY›", "\u00ad", "‹NBSP›", "\u00a0", "‹LRM›", "\u200e", "‹RLM›", "\u200f", "‹LRI›", "\u2066", "‹RLI›", "\u2067",
	"‹FSI›", "\u2068", "‹PDI›", "\u2069", "‹ZWNJ›", "\u200c", "‹ZWJ›", "\u200d", "‹WJ›", "\u2060", "‹LF›", "\n",
}

var visibleControls = func() *strings.Replacer {
	var pairs []string
	for i := 0; i+2 < len(controls); i += 2 { // but for the line feed
		pairs = append(pairs, controls[i+1], controls[i])
	}
	return strings.NewReplacer(pairs...)
}()

// parse reads a paragraph.
func parse(file string) (*Paragraph, error) {
	head, body, _ := strings.Cut(file, "\n")
	p := &Paragraph{Lang: "en", Dir: locales.LTR, Measure: 200 * Pt}
	for _, word := range strings.Fields(head) {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "lang":
			p.Lang = value
		case "rtl":
			p.Dir = locales.RTL
		case "measure":
			n, err := strconv.Atoi(value)
			if err != nil {
				return nil, err
			}
			p.Measure = Length(n) * Pt
		case "justify":
			p.Align = Justify
		case "end":
			p.Align = End
		case "center":
			p.Align = Center
		case "hyphenate":
			p.Hyphenate = true
		case "hang":
			p.Hang = true
		default:
			return nil, fmt.Errorf("unknown setting %q", word)
		}
	}
	for _, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
		how, text, ok := strings.Cut(line, "|")
		if !ok {
			return nil, fmt.Errorf("a run without |: %q", line)
		}
		r := Run{Text: strings.NewReplacer(controls...).Replace(text), Size: 10 * Pt}
		for _, word := range strings.Fields(how) {
			key, value, _ := strings.Cut(word, "=")
			switch key {
			case "italic":
				r.Style |= fonts.Italic
			case "bold":
				r.Style |= fonts.Bold
			case "mark":
				r.Size, r.Rise, r.Glued = 7*Pt, 3*Pt, true
			case "verbatim":
				r.Verbatim = true
			case "mono":
				r.Style |= fonts.Mono
			case "lang":
				r.Lang = value
			case "object":
				r.Object = &Object{Width: 20 * Pt, Height: 15 * Pt}
			case "size":
				n, err := strconv.Atoi(value)
				if err != nil {
					return nil, err
				}
				r.Size = Length(n) * Pt
			default:
				return nil, fmt.Errorf("unknown setting %q", word)
			}
		}
		p.Runs = append(p.Runs, r)
	}
	return p, nil
}
