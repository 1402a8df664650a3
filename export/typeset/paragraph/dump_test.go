package paragraph

import (
	"fmt"
	"strings"
)

// dump shows lines: for each piece where it begins and how wide it is, in
// points, what sets it apart, and its text.
func dump(p *Paragraph, lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		var end Length
		for _, pc := range l.Pieces {
			end = max(end, pc.X+pc.Width)
		}
		fmt.Fprintf(&b, "%s", points(end))
		if l.Open {
			b.WriteString(" open")
		}
		b.WriteString("\n")
		for _, pc := range l.Pieces {
			fmt.Fprintf(&b, "\t%s +%s", points(pc.X), points(pc.Width))
			if pc.Face != nil {
				fmt.Fprintf(&b, " %s", strings.TrimPrefix(pc.Face.Name(), "Noto"))
			}
			if pc.RTL {
				b.WriteString(" rtl")
			}
			if pc.Hyphen {
				b.WriteString(" hyphen")
			}
			if pc.WordSpace != 0 {
				fmt.Fprintf(&b, " word%s", signed(pc.WordSpace))
			}
			if pc.LetterSpace != 0 {
				fmt.Fprintf(&b, " letter%s", signed(pc.LetterSpace))
			}
			fmt.Fprintf(&b, " |%s|\n", pc.Text)
		}
	}
	return b.String()
}

// points is a length in hundredths of a point, rounded.
func points(l Length) string {
	sign := ""
	if l < 0 {
		sign, l = "-", -l
	}
	h := (l*100 + Pt/2) / Pt
	return fmt.Sprintf("%s%d.%02d", sign, h/100, h%100)
}

func signed(l Length) string {
	if l < 0 {
		return points(l)
	}
	return "+" + points(l)
}
