package pasted

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
)

// head is what stands above the article: title, authors, section, date.
type head struct {
	header source.Header
	lines  []HeadLine
	end    int // the first line of the article itself
}

const (
	headLines = 8   // how far down a line of the head can stand
	headWidth = 160 // code points of a line of the head
)

// readHead reads the lines above the article. The byline and the date are
// known by their form, the section by its word, and the title stands before
// all of them or after the section. Lines that are none of these stay in the
// article.
func (r *reader) readHead() head {
	var h head
	h.header.Title = oneLine(r.opts.Title)

	// The last byline or date near the top ends the head.
	var lines []int
	last := -1
	for i := r.nextText(0); i < len(r.lines) && len(lines) < headLines; i = r.nextText(i + 1) {
		if r.lines[i].runes > headWidth {
			break
		}
		lines = append(lines, i)
		if r.byline(r.lineText(i)) != nil || !r.date(r.lineText(i)).IsZero() {
			last = len(lines) - 1
		}
	}
	if last < 0 {
		h.end = r.nextText(0)
		if r.isTitle(h.end) {
			r.setTitle(&h, h.end)
			h.end = r.nextText(h.end + 1)
		}
		return h
	}
	// A section can follow it.
	if last+1 < len(lines) && has(r.grammar.sections, r.lineText(lines[last+1])) {
		last++
	}
	var above, below []int // the other lines, above the first byline or date and below
	seen := false
	for _, i := range lines[:last+1] {
		s := r.lineText(i)
		if people := r.byline(s); people != nil && h.header.Authors == nil {
			h.header.Authors, seen = people, true
			h.add(r, "authors", i)
		} else if d := r.date(s); !d.IsZero() && h.header.Date.IsZero() {
			h.header.Date, seen = d, true
			h.add(r, "date", i)
		} else if r.sentence(i) {
			// The article has begun: what looked like a date or a byline further
			// down is part of it.
			h.end = i
			break
		} else if seen {
			below = append(below, i)
		} else {
			above = append(above, i)
		}
		h.end = i + 1
	}
	r.headWords(&h, above, below)
	h.end = r.nextText(h.end)
	slices.SortFunc(h.lines, func(a, b HeadLine) int { return a.at - b.at })
	return h
}

// headWords shares out the lines of the head that have no form of their own.
// What no field can take goes back to the article: the head ends before it.
func (r *reader) headWords(h *head, above, below []int) {
	isSection := func(i int) bool {
		return h.header.Section == "" && has(r.grammar.sections, r.lineText(i))
	}
	short := func(i int) bool { return len(strings.Fields(r.lineText(i))) <= 4 }
	titled := false // the text has a title of its own
	for _, i := range above {
		switch {
		case unseen(r.lineText(i)):
			h.cut(i)
			return
		case isSection(i):
			h.setSection(r, i)
		case !titled:
			titled = true
			r.setTitle(h, i)
		case h.header.Subtitle == "":
			h.header.Subtitle = oneLine(r.lineText(i))
			h.add(r, "subtitle", i)
		default:
			h.cut(i)
			return
		}
	}
	for _, i := range below {
		switch {
		case unseen(r.lineText(i)):
			h.cut(i)
			return
		case isSection(i), h.header.Section == "" && short(i):
			h.setSection(r, i)
		case !titled && len(above) == 0:
			titled = true
			r.setTitle(h, i)
		default:
			h.cut(i)
			return
		}
	}
}

// unseen reports whether s has nothing that anybody sees: a soft hyphen, marks
// of direction. No field can have such a value.
func unseen(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) }) == ""
}

func (h *head) setSection(r *reader, i int) {
	h.header.Section = oneLine(r.lineText(i))
	h.add(r, "section", i)
}

// cut ends the head before line i, and takes back what stood below.
func (h *head) cut(i int) {
	h.end = i
	for _, l := range h.lines {
		if l.at >= i {
			switch l.Field {
			case "authors":
				h.header.Authors = nil
			case "date":
				h.header.Date = locales.Date{}
			}
		}
	}
	h.lines = slices.DeleteFunc(h.lines, func(l HeadLine) bool { return l.at >= i })
}

// add notes that line i became a field.
func (h *head) add(r *reader, field string, i int) {
	h.lines = append(h.lines, HeadLine{Field: field, Line: r.lineNumber(i), Text: r.lineText(i), at: i})
}

// setTitle takes line i for the title. A title that was asked for goes before
// it, and the line is a subtitle if it says something else.
func (r *reader) setTitle(h *head, i int) {
	s := r.lineText(i)
	switch {
	case h.header.Title == "" || strings.EqualFold(h.header.Title, oneLine(s)):
		if h.header.Title == "" {
			h.header.Title = oneLine(s)
		}
		h.add(r, "title", i)
	case h.header.Subtitle == "":
		h.header.Subtitle = oneLine(s)
		h.add(r, "subtitle", i)
		r.diags.Warnf(r.pos(r.lines[i].from), "pasted-title-differs", "the text begins with another title; it has become the subtitle").
			Hint = "delete it in article.md if it is not wanted"
	}
}

// cutTitle takes the references out of the title, for which an article has no
// place there: they go to the end of the first paragraph.
func (r *reader) cutTitle() {
	for _, h := range r.head.lines {
		l := r.lines[h.at]
		kept, off := "", l.from
		for _, t := range r.taken {
			if it := t.item; l.from <= it.start() && it.start() < l.to {
				r.titleRefs = append(r.titleRefs, t)
				kept += r.str(off, it.start())
				off = it.end()
			}
		}
		if off == l.from {
			continue
		}
		for _, field := range []*string{&r.head.header.Title, &r.head.header.Subtitle} {
			if *field == oneLine(h.Text) {
				*field = oneLine(kept + r.str(off, l.to))
			}
		}
		r.diags.Warnf(r.pos(l.from), "pasted-title-mark", "the %s has a reference to a note; it is at the end of the first paragraph", h.Field).
			Hint = "move it in article.md to where it belongs"
	}
}

// oneLine puts single spaces between words.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isTitle reports whether line i, the first one, is a title although no byline
// and no date follows it: short, no sentence, and followed by an empty line or
// by a paragraph on one line.
func (r *reader) isTitle(i int) bool {
	l := r.lines[i]
	const most, paragraph = 100, 160 // code points
	if l.runes > most || unseen(r.lineText(i)) || r.sentence(i) || strings.HasSuffix(r.lineText(i), ",") {
		return false
	}
	if _, ok := r.entry(i); ok {
		return false
	}
	next := r.nextText(i + 1)
	if next == len(r.lines) {
		return false
	}
	if next > i+1 || r.lines[next].runes > paragraph {
		return true
	}
	// Above wrapped lines: shorter than these, and they start a sentence.
	width := r.wrapWidth(next, len(r.lines))
	c, _ := r.after(r.lines[next].from)
	return width > 0 && l.runes*5 < width*4 && r.lines[next].runes*5 >= width*4 && (unicode.IsUpper(c) || unicode.Is(unicode.Lo, c)) && !r.finished(l)
}

// sentence reports whether a line ends with a full stop, as titles do not.
func (r *reader) sentence(i int) bool {
	s := strings.TrimRight(r.lineText(i), "0123456789,)]”’»\"'[({}*†‡⁰¹²³⁴⁵⁶⁷⁸⁹ ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, ";")
}

// byline reads "by A. Author and B. Author"; nil when s is none.
func (r *reader) byline(s string) []source.Person {
	const mostWords = 16
	rest := ""
	for _, by := range r.grammar.bylines {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) && (s[len(by)] == ' ' || s[len(by)] == '\t' || s[len(by)] == ':') {
			rest = strings.TrimLeft(s[len(by):], ": \t")
		}
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 || len(fields) > mostWords {
		return nil
	}
	for _, w := range fields {
		w = strings.Trim(w, ",.\"“”'’()")
		if c := firstRune(w); unicode.IsLower(c) && !has(r.grammar.particles, w) && !strings.HasPrefix(w, "al-") || unicode.IsDigit(c) {
			return nil
		}
	}
	if last := fields[len(fields)-1]; strings.HasSuffix(last, ".") && len([]rune(last)) > 4 {
		return nil // a sentence
	}
	var people []source.Person
	for _, name := range r.names(fields) {
		if !strings.ContainsFunc(name, unicode.IsLetter) {
			return nil
		}
		people = append(people, source.Person{Name: name})
	}
	return people
}

// names splits the words of a byline at "and" and at commas, where names of
// two words or more stand on both sides: not at "A. Author, Jr."
func (r *reader) names(fields []string) []string {
	var out []string
	var name []string
	flush := func() {
		if len(name) > 0 {
			out = append(out, strings.Trim(strings.Join(name, " "), " ,"))
			name = nil
		}
	}
	for i, w := range fields {
		switch {
		case has(r.grammar.joins, w) && i > 0 && i+1 < len(fields):
			flush()
		case strings.HasSuffix(w, ",") && len(name) > 0 && (i+2 < len(fields) && !strings.HasSuffix(fields[i+1], ",") || i+1 < len(fields) && has(r.grammar.joins, fields[i+1])):
			name = append(name, w)
			flush()
		default:
			name = append(name, w)
		}
	}
	flush()
	return out
}

func firstRune(s string) rune {
	for _, c := range s {
		return c
	}
	return 0
}

// date reads a line that is a date and nothing else: "January 27, 2022", "Jan
// 27, 2022", "27 January 2022", "2022-01-27", "January 2022", with the day of
// the week before it if that is right. The zero Date is none.
func (r *reader) date(s string) locales.Date {
	g := r.grammar
	const most = 60 // bytes
	if len(s) > most {
		return locales.Date{}
	}
	lower := strings.ToLower(s)
	for _, p := range g.published {
		if rest, ok := strings.CutPrefix(lower, p); ok && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ":")) {
			lower = strings.TrimLeft(rest, ": ")
			break
		}
	}
	fields := strings.Fields(strings.ReplaceAll(lower, ",", " "))
	weekday := -1
	if len(fields) > 1 {
		if weekday = slices.Index(g.weekdays, fields[0]); weekday >= 0 {
			fields = fields[1:]
		}
	}
	var d locales.Date
	switch len(fields) {
	case 1:
		p := strings.Split(fields[0], "-")
		if len(p) != 3 || len(p[0]) != 4 || len(p[1]) != 2 || len(p[2]) != 2 {
			return locales.Date{}
		}
		d = locales.Date{Year: atoi(p[0]), Month: atoi(p[1]), Day: atoi(p[2])}
	case 2:
		d = locales.Date{Year: atoi(fields[1]), Month: g.month(fields[0])}
		if d.Month == 0 || weekday >= 0 {
			return locales.Date{}
		}
	case 3:
		day, name := fields[1], fields[0]
		if g.month(name) == 0 {
			day, name = name, day
		}
		for _, o := range g.ordinals {
			day = strings.TrimSuffix(day, o)
		}
		d = locales.Date{Year: atoi(fields[2]), Month: g.month(name), Day: atoi(day)}
		if d.Day == 0 {
			return locales.Date{}
		}
	}
	if d.Year < 1000 || d.Year > 9999 || d.Month < 1 || d.Month > 12 {
		return locales.Date{}
	}
	if d.Day > 0 {
		t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
		if t.Day() != d.Day || weekday >= 0 && int(t.Weekday()) != weekday {
			return locales.Date{}
		}
	} else if len(fields) != 2 {
		return locales.Date{}
	}
	return d
}

// atoi is the value of a few digits, 0 for anything else.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || s[0] == '+' {
		return 0
	}
	return n
}

// reportTitle says that the article has no title.
func (r *reader) reportTitle() {
	if r.head.header.Title == "" {
		r.diags.Warnf(diag.Pos{Path: r.opts.Path, Line: 1}, "pasted-title", "the text does not begin with a title").
			Hint = "give it with --title, or write it after title: in article.md"
	}
}
