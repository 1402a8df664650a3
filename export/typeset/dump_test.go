package typeset

import (
	"fmt"
	"strings"
)

var kindNames = [...]string{
	LinkText: "link", Mark: "mark", Number: "number", Back: "back", Address: "address", Again: "again",
}

// dump is a book as its reader would see it with a ruler: a line for each
// line of text with its baseline, then its pieces with x, face and size where
// these change. All lengths are in points.
func dump(b *Book) string {
	var s strings.Builder
	for i, p := range b.Pages {
		fmt.Fprintf(&s, "page %d: %s x %s\n", i+1, pt(b.Width), pt(b.Height))
		part := Part(255)
		for _, l := range p.Lines {
			if l.Part != part {
				part = l.Part
				fmt.Fprintf(&s, "  %v\n", part)
			}
			fmt.Fprintf(&s, "    %s", pt(l.Baseline))
			for _, q := range l.Pieces {
				fmt.Fprintf(&s, " | %s %s/%s", pt(q.X), strings.TrimPrefix(q.Face.Name(), "NotoSerif-"), pt(q.Size))
				if q.Rise != 0 {
					fmt.Fprintf(&s, "^%s", pt(q.Rise))
				}
				if q.Kind != Plain {
					fmt.Fprintf(&s, " %s", kindNames[q.Kind])
				}
				if q.Hyphen {
					s.WriteString(" hyphen")
				}
				if q.RTL {
					s.WriteString(" rtl")
				}
				fmt.Fprintf(&s, " %q", q.Text)
			}
			if l.Open {
				s.WriteString(" …")
			}
			s.WriteByte('\n')
		}
		for _, q := range p.Pictures {
			fmt.Fprintf(&s, "  picture %s at %s %s, %s x %s\n", q.Image.Src, pt(q.X), pt(q.Y), pt(q.Width), pt(q.Height))
		}
		for _, r := range p.Rules {
			fmt.Fprintf(&s, "  rule at %s %s, %s x %s\n", pt(r.X), pt(r.Y), pt(r.Width), pt(r.Height))
		}
		for _, l := range p.Links {
			fmt.Fprintf(&s, "  link at %s %s, %s x %s, to ", pt(l.X), pt(l.Y), pt(l.Width), pt(l.Height))
			if l.URL != "" {
				fmt.Fprintf(&s, "%s\n", l.URL)
			} else {
				d := b.Dests[l.Dest]
				fmt.Fprintf(&s, "page %d, %s\n", d.Page+1, pt(d.Y))
			}
		}
	}
	for _, m := range b.Bookmarks {
		d := b.Dests[m.Dest]
		fmt.Fprintf(&s, "bookmark %s%q, page %d, %s\n", strings.Repeat("  ", m.Level), m.Title, d.Page+1, pt(d.Y))
	}
	for _, kid := range b.Root.Kids {
		dumpElem(&s, kid, "")
	}
	return s.String()
}

// dumpElem is an element of the structure and all below it.
func dumpElem(s *strings.Builder, e *Elem, indent string) {
	s.WriteString(indent + e.Role)
	for _, attr := range [...]struct{ name, value string }{{"lang", e.Lang}, {"alt", e.Alt}, {"id", e.ID}, {"title", e.Title}} {
		if attr.value != "" {
			fmt.Fprintf(s, " %s=%q", attr.name, attr.value)
		}
	}
	if e.Ordered {
		s.WriteString(" ordered")
	}
	leaf := func(e *Elem) bool { return len(e.Kids) == 0 && e.Lang+e.Alt+e.ID == "" }
	only := len(e.Kids) > 0
	for _, kid := range e.Kids {
		only = only && leaf(kid)
	}
	if only { // on one line
		s.WriteString(" >")
		for _, kid := range e.Kids {
			s.WriteString(" " + kid.Role)
		}
	}
	s.WriteByte('\n')
	if !only {
		for _, kid := range e.Kids {
			dumpElem(s, kid, indent+"  ")
		}
	}
}

// pt is a length in points, rounded to hundredths.
func pt(l Length) string {
	c := (l*100 + Pt/2) >> 16
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}
