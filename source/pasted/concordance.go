package pasted

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Concordance says of every number of a pasted text what it was taken for:
// each is the number of a note, a reference, or was not taken, with the reason.
// Lines and columns are those of the pasted file, from 1, columns in code
// points. No slice is nil.
type Concordance struct {
	// Lang is the language that the text was read in, as a BCP 47 tag, and
	// Guessed says that nobody named it.
	Lang    string `json:"lang"`
	Guessed bool   `json:"guessed"`
	// Confidence is that of the least certain note.
	Confidence Confidence `json:"confidence"`
	// Head is what was read from the lines above the article.
	Head []HeadLine `json:"head"`
	// Headings are the lines that became headings.
	Headings []TextLine `json:"headings"`
	// ListHeading is the line above the list of notes, such as "Notes". It is
	// not in the article, since whoever prints that writes its own; nil when
	// there is none.
	ListHeading *TextLine `json:"list-heading"`
	// MoreListHeadings are the other lines above and between lists of notes
	// that are not in the article either, by place.
	MoreListHeadings []TextLine `json:"more-list-headings,omitempty"`
	// Pages are the lines of the pages that the text was copied from. They are
	// not in the article.
	Pages []PageLine `json:"pages,omitempty"`
	// Joined are the words that are in the article without the hyphen which
	// divides them at the end of a line, by place.
	Joined []JoinedWord `json:"joined,omitempty"`
	// Notes are the notes in the order of the list.
	Notes []NoteEntry `json:"notes"`
	// Rejected are the numbers that were not taken, by place.
	Rejected []Candidate `json:"rejected"`
	// Ambiguous are those of the references that may as well be none, by
	// place. Each is in Notes too.
	Ambiguous []Candidate `json:"ambiguous"`
}

// Confidence says how sure it is that a note has the references that it should
// have.
type Confidence string

// The confidences, from the best on.
const (
	Certain  Confidence = "certain"  // each reference is in its turn, and none can be anything else
	Likely   Confidence = "likely"   // a reference can be something else too
	Doubtful Confidence = "doubtful" // a reference looks like something else, or is out of turn
	Unknown  Confidence = "unknown"  // there is no reference, or no note
)

var confidences = []Confidence{Certain, Likely, Doubtful, Unknown}

// worse is the lower of two confidences.
func worse(a, b Confidence) Confidence {
	return confidences[max(slices.Index(confidences, a), slices.Index(confidences, b))]
}

// HeadLine is a line that became a field of the front matter.
type HeadLine struct {
	Field string `json:"field"` // "title", "subtitle", "authors", "section" or "date"
	Line  int    `json:"line"`
	Text  string `json:"text"` // as it stood there
	at    int    // its index in the lines of the text
}

// TextLine is a line with its text.
type TextLine struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// NoteEntry is a note of the list.
type NoteEntry struct {
	Number     int         `json:"number"`
	Label      string      `json:"label"` // its name in the article
	Mark       string      `json:"mark"`  // the number as written: "12", "۱۲", "†"
	Line       int         `json:"line"`  // of the number
	Column     int         `json:"column"`
	Text       string      `json:"text"` // its beginning
	Confidence Confidence  `json:"confidence"`
	References []Reference `json:"references"`
}

// Reference is a place that refers to a note.
type Reference struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Mark      string `json:"mark"`                // the number as written; empty inside a range
	Context   string `json:"context"`             // the text around
	Ambiguous bool   `json:"ambiguous,omitempty"` // may as well be none
	Doubtful  bool   `json:"doubtful,omitempty"`  // looks like something else, and is needed for the order
}

// Candidate is a number that was not taken, or may not have been meant, as a
// reference.
type Candidate struct {
	Number  string `json:"number"` // as written: "3,337"
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Context string `json:"context"` // the text around
	Reason  Reason `json:"reason"`
	Why     string `json:"why"` // the reason in words
}

// Reason says what a number is when it is no reference.
type Reason string

// The reasons, and what they say. They never change their meaning.
const (
	ReasonHead       Reason = "head"        // in the lines above the article
	ReasonNote       Reason = "note"        // in the text of a note
	ReasonAddress    Reason = "address"     // in an address
	ReasonMoney      Reason = "money"       // $5
	ReasonPercent    Reason = "percent"     // 5%
	ReasonTime       Reason = "time"        // 12:30, 3:16
	ReasonDate       Reason = "date"        // January 27, 2022-01-27
	ReasonYear       Reason = "year"        // 2019, 1990s
	ReasonFraction   Reason = "fraction"    // 1/2
	ReasonRange      Reason = "range"       // 2–5
	ReasonThousands  Reason = "thousands"   // 3,337
	ReasonDecimal    Reason = "decimal"     // 3.5
	ReasonVersion    Reason = "version"     // 1.2.3
	ReasonOrdinal    Reason = "ordinal"     // 5th
	ReasonAmount     Reason = "amount"      // 5 million
	ReasonName       Reason = "name"        // MI6, Covid-19, H2O
	ReasonLabel      Reason = "label"       // page 5, § 5
	ReasonListNumber Reason = "list-number" // at the start of a line
	ReasonNumber     Reason = "number"      // stands by itself
	ReasonNoNote     Reason = "no-note"     // glued like a mark, but no note has that number
	ReasonNoList     Reason = "no-list"     // glued like a mark, but there is no list of notes
	ReasonOrder      Reason = "order"       // glued like a mark, but before the turn of that note
	ReasonPhone      Reason = "phone"       // +7 727 123-45-67
	ReasonPower      Reason = "power"       // m², 10⁶
	ReasonStyle      Reason = "style"       // written in another way than the references
	ReasonBacklink   Reason = "backlink"    // links from a note to a place in the text
	ReasonPage       Reason = "page"        // in a line of the page, see Concordance.Pages
)

var reasonWords = map[Reason]string{
	ReasonHead:       "part of the lines above the article",
	ReasonNote:       "part of a note",
	ReasonAddress:    "part of an address",
	ReasonMoney:      "an amount of money",
	ReasonPercent:    "a percentage",
	ReasonTime:       "a time, or a verse",
	ReasonDate:       "part of a date",
	ReasonYear:       "a year",
	ReasonFraction:   "a fraction",
	ReasonRange:      "a range",
	ReasonThousands:  "a number with its thousands marked",
	ReasonDecimal:    "a decimal",
	ReasonVersion:    "a version",
	ReasonOrdinal:    "an ordinal",
	ReasonAmount:     "an amount",
	ReasonName:       "part of a name",
	ReasonLabel:      "the number of a page, a part or the like",
	ReasonListNumber: "the number of an item in a list",
	ReasonNumber:     "a number by itself",
	ReasonNoNote:     "no note has this number",
	ReasonNoList:     "there is no list of notes",
	ReasonPhone:      "a telephone number",
	ReasonPower:      "a power",
	ReasonStyle:      "written in another way than the references",
	ReasonBacklink:   "a link back to the text, not in the article",
	ReasonPage:       "in a line of the page that the text was copied from",
	ReasonOrder:      "it stands before the turn of that note",
}

// words is the reason in words.
func (r Reason) words() string {
	w, ok := reasonWords[r]
	if !ok {
		panic(fmt.Sprintf("pasted: unknown reason %q", string(r)))
	}
	return w
}

const (
	contextWidth = 24 // code points on each side of a number
	noteWidth    = 72 // code points of the beginning of a note
)

// concordance writes down what every number was taken for.
func (r *reader) concordance() Concordance {
	c := Concordance{Lang: r.opts.Lang, Guessed: r.guessed, Confidence: Unknown, Head: r.head.lines, Headings: []TextLine{}, Notes: []NoteEntry{}, Rejected: []Candidate{}, Ambiguous: []Candidate{}}
	if c.Head == nil {
		c.Head = []HeadLine{}
	}
	for _, b := range r.blocks {
		if b.heading {
			c.Headings = append(c.Headings, r.textLine(b.from))
		}
	}
	c.Pages = r.pages
	slices.SortStableFunc(r.joined, func(a, b JoinedWord) int { return cmp.Compare(a.Line, b.Line) })
	c.Joined = r.joined
	candidate := func(from, to int, why Reason) Candidate {
		at := r.pos(from)
		return Candidate{r.str(from, to), int(at.Line), int(at.Column), r.excerpt(from, to, contextWidth), why, why.words()}
	}
	own := map[int]bool{}  // offsets of the numbers of the lists
	back := map[int]bool{} // and of links back to the text
	byNumber := map[*noteList]map[int]int{}
	for _, l := range r.lists {
		for _, x := range l.headings() {
			if h := r.textLine(x); c.ListHeading == nil {
				c.ListHeading = &h
			} else {
				c.MoreListHeadings = append(c.MoreListHeadings, h)
			}
		}
		index := map[int]int{}
		byNumber[l] = index
		for k, e := range l.entries {
			at := r.pos(e.start)
			text := ""
			if e.text < r.lines[e.line].to {
				text = r.beginning(e.text, noteWidth)
			} else if next := r.nextText(e.line + 1); next < e.to {
				text = r.beginning(r.lines[next].from, noteWidth)
			}
			if _, ok := index[e.number]; !ok {
				index[e.number] = len(c.Notes)
			}
			own[e.start] = e.end > e.start
			for off := e.end; off < e.text; {
				_, size, kind := r.digitAt(off)
				back[off] = kind != noDigit
				off += max(size, 1)
			}
			c.Notes = append(c.Notes, NoteEntry{
				Number: e.number, Label: r.noteLabel(l, k), Mark: r.str(e.start, e.end), Line: int(at.Line), Column: int(at.Column), Text: text, Confidence: r.confidence(l, e.number), References: []Reference{},
			})
		}
	}
	tails := map[int]int{} // where an item was cut short: start to end
	for _, t := range r.taken {
		it := t.item
		tails[it.start()] = it.end()
		for _, g := range it.refs() {
			if t.list.rank[g.value] == 0 {
				continue // inside a range
			}
			at := r.pos(g.start)
			ref := Reference{
				Line: int(at.Line), Column: int(at.Column), Mark: r.str(g.start, g.end), Context: r.excerpt(g.start, g.end, contextWidth),
				Ambiguous: t.verdict == ambiguous, Doubtful: t.verdict == forward || t.verdict == certain && it.weight < 0,
			}
			n := &c.Notes[byNumber[t.list][g.value]]
			n.References = append(n.References, ref)
		}
		if t.verdict == ambiguous {
			c.Ambiguous = append(c.Ambiguous, candidate(it.start(), it.end(), it.reason))
		}
	}

	for k, n := range c.Notes {
		for _, ref := range n.References {
			if ref.Ambiguous {
				c.Notes[k].Confidence = worse(c.Notes[k].Confidence, Likely)
			} else if ref.Doubtful {
				c.Notes[k].Confidence = worse(c.Notes[k].Confidence, Doubtful)
			}
		}
		if len(n.References) == 0 {
			c.Notes[k].Confidence = Unknown
		}
		if k == 0 {
			c.Confidence = Certain
		}
		c.Confidence = worse(c.Confidence, c.Notes[k].Confidence)
	}

	// Everything else, by place.
	numbers := []number{}
	for i := range r.lines[:r.head.end] {
		r.eachCluster(r.lines[i], func(cl *cluster, _ bool) {
			if slices.ContainsFunc(r.titleRefs, func(t taken) bool { return t.item.start() <= cl.start() && cl.start() < t.item.end() }) {
				return
			}
			numbers = append(numbers, number{cl.start(), cl.end(), ReasonHead})
		})
	}
	rest := slices.Clone(r.marks.numbers)
	for _, it := range r.marks.items {
		end, taken := tails[it.start()]
		if !taken && it.start() < r.lines[min(r.head.end, len(r.lines)-1)].start {
			continue // of the title, which has all its numbers already
		}
		last := it.groups[len(it.groups)-1]
		if taken && end < last.end {
			for _, g := range it.groups {
				why := ReasonNumber
				if isYear(g) {
					why = ReasonYear
				}
				if g.start >= end {
					rest = append(rest, number{g.start, g.end, why})
				}
			}
		}
		switch {
		case it.style == styleSymbols || it.style == styleLetters: // no numbers
		case !taken:
			rest = append(rest, number{it.groups[0].start, last.end, r.refusal(it)})
		}
	}
	for i := range rest {
		r.withoutMark(&rest[i])
	}
	for _, l := range r.pageLines {
		r.eachCluster(l, func(cl *cluster, _ bool) {
			rest = append(rest, number{cl.start(), cl.end(), ReasonPage})
		})
	}
	slices.SortFunc(rest, func(a, b number) int { return cmp.Compare(a.start, b.start) })
	for _, n := range rest {
		if n.reason != ReasonPage && r.inNotes(r.lineOf(n.start)) {
			n.reason = ReasonNote
			if back[n.start] {
				n.reason = ReasonBacklink
			}
		}
		// The number of a note can stand at the head of a longer one.
		for n.start < n.end {
			g, kind := r.number(n.start, n.end)
			if kind == noDigit || !own[n.start] {
				break
			}
			for n.start = g.end; n.start < n.end; {
				_, size, kind := r.digitAt(n.start)
				if kind != noDigit {
					break
				}
				n.start += size
			}
		}
		if n.start < n.end {
			numbers = append(numbers, n)
		}
	}
	for _, n := range r.whole(numbers) {
		c.Rejected = append(c.Rejected, candidate(n.start, n.end, n.reason))
	}
	return c
}

// withoutMark cuts the reference off that hides in a number.
func (r *reader) withoutMark(n *number) {
	i, _ := slices.BinarySearchFunc(r.taken, n.start, func(t taken, off int) int { return cmp.Compare(t.item.start(), off) })
	if i == len(r.taken) || r.taken[i].item.start() >= n.end {
		return
	}
	end := n.start
	for off := n.start; off < r.taken[i].item.start(); {
		_, size, kind := r.digitAt(off)
		if off += size; kind != noDigit {
			end = off
		}
	}
	n.end = end
}

// whole puts numbers together that were divided to try the end of a run of
// digits as a mark, 20194 as 2019 and 4, and of which no part was taken.
func (r *reader) whole(numbers []number) []number {
	out := numbers[:0]
	for _, n := range numbers {
		if k := len(out) - 1; k >= 0 && out[k].end == n.start {
			c, _ := r.before(n.start)
			_, a := digit(c)
			if _, _, b := r.digitAt(n.start); a == b && a != encircled {
				out[k].end = n.end
				if n.reason != ReasonYear {
					out[k].reason = n.reason
				}
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// confidence is that of a note as far as its turn goes.
func (r *reader) confidence(l *noteList, number int) Confidence {
	if !l.inTurn[l.rank[number]] {
		return Doubtful
	}
	return Certain
}

// refusal is why an item was not taken.
func (r *reader) refusal(it *item) Reason {
	if it.weight <= 0 {
		return it.reason
	}
	if len(r.lists) == 0 {
		return ReasonNoList
	}
	found := false
	for _, l := range r.lists {
		if !l.marks.includes(it.style) {
			continue
		}
		found = true
		for _, g := range it.groups {
			if l.rank[g.value] == 0 {
				if isYear(g) {
					return ReasonYear
				}
				return ReasonNoNote
			}
		}
	}
	if !found {
		return it.reason
	}
	return ReasonOrder
}

// listHeadings are all lines above lists of notes, which are not in the article.
func (c *Concordance) listHeadings() []TextLine {
	if c.ListHeading == nil {
		return nil
	}
	return slices.Concat([]TextLine{*c.ListHeading}, c.MoreListHeadings)
}

// WriteText writes the concordance for a terminal: each note with its
// references, then each number that was not taken, then counts. An error of w
// is lost: what is written there is for people.
func (c *Concordance) WriteText(w io.Writer) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	section := ""
	start := func(name string) {
		if section != "" {
			fmt.Fprintln(out)
		}
		section = name
		fmt.Fprintln(out, name)
	}
	if c.Guessed {
		g, _ := grammarOf(c.Lang)
		start("Language")
		fmt.Fprintf(out, "  %s (%s), guessed from the text; --lang says it\n", g.name, c.Lang)
	}
	if len(c.Head) > 0 {
		start("Head")
		for _, h := range c.Head {
			fmt.Fprintf(out, "  %-9s line %d: %s\n", h.Field, h.Line, h.Text)
		}
	}
	if len(c.Headings) > 0 || c.ListHeading != nil {
		start("Headings")
		for _, h := range c.Headings {
			fmt.Fprintf(out, "  line %d: %s\n", h.Line, h.Text)
		}
		for _, h := range c.listHeadings() {
			fmt.Fprintf(out, "  line %d: %s (above the notes; not in the article)\n", h.Line, h.Text)
		}
	}
	if len(c.Pages) > 0 {
		start("Pages")
		for _, p := range c.Pages {
			fmt.Fprintf(out, "  line %d: %s (%s; not in the article)\n", p.Line, p.Text, pageKinds[p.Kind])
		}
	}
	if len(c.Joined) > 0 {
		start("Joined words")
		for _, j := range c.Joined {
			fmt.Fprintf(out, "  line %d: %s is %s\n", j.Line, j.From, j.Text)
		}
	}
	refs := 0
	if len(c.Notes) > 0 {
		start("Notes")
	}
	for _, n := range c.Notes {
		fmt.Fprintf(out, "  %s  %s\n", n.Label, n.Text)
		for _, ref := range n.References {
			mark := ""
			switch {
			case ref.Ambiguous:
				mark = "  (ambiguous)"
			case ref.Doubtful:
				mark = "  (doubtful)"
			}
			fmt.Fprintf(out, "       %-8s %s%s\n", place(ref.Line, ref.Column), ref.Context, mark)
		}
		if len(n.References) == 0 {
			fmt.Fprintf(out, "       no references\n")
		}
		refs += len(n.References)
	}

	var inNotes []Candidate
	text := 0
	for _, r := range c.Rejected {
		if c.inNotes(r) {
			inNotes = append(inNotes, r)
			continue
		}
		if text++; text == 1 {
			start("Numbers not taken")
		}
		fmt.Fprintf(out, "  %-8s %-7s %s: %s\n", place(r.Line, r.Column), r.Number, r.Why, r.Context)
	}
	for i, r := range inNotes {
		switch {
		case i == 0:
			start("Numbers in the notes, not taken")
			fallthrough
		case r.Line != inNotes[i-1].Line:
			fmt.Fprintf(out, "  line %d: %s", r.Line, r.Number)
		default:
			fmt.Fprintf(out, " · %s", r.Number)
		}
		if i+1 == len(inNotes) || inNotes[i+1].Line != r.Line {
			fmt.Fprintln(out)
		}
	}
	if section != "" {
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%s, %s, %s not taken", count(len(c.Notes), "note"), count(refs, "reference"), count(text, "number"))
	if len(inNotes) > 0 {
		fmt.Fprintf(out, " (and %d in the notes)", len(inNotes))
	}
	if len(c.Ambiguous) > 0 {
		fmt.Fprintf(out, ", %d ambiguous", len(c.Ambiguous))
	}
	if len(c.Notes) > 0 && c.Confidence != Certain {
		fmt.Fprintf(out, "; the least certain note is %s", c.Confidence)
	}
	fmt.Fprintln(out)
}

// inNotes reports whether a number stands in the list of notes.
func (c *Concordance) inNotes(r Candidate) bool { return r.Reason == ReasonNote }

func place(line, column int) string { return strconv.Itoa(line) + ":" + strconv.Itoa(column) }

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
