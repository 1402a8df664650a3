package pasted

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qalam/source/diag"
)

// PageLine is a line of the pages that a text was copied from.
type PageLine struct {
	Line int      `json:"line"`
	Text string   `json:"text"` // as it stood there
	Kind PageKind `json:"kind"`
}

// PageKind says what a line of a page is.
type PageKind string

// The kinds of lines.
const (
	PageNumber  PageKind = "page-number"  // 12, – 12 –, Page 12 of 20
	RunningHead PageKind = "running-head" // THE LAMPS OF THE HARBOUR 12
	PageRule    PageKind = "rule"         // ______, above the notes of a page
)

// pageKinds are the kinds in words.
var pageKinds = map[PageKind]string{PageNumber: "the number of a page", RunningHead: "a running head", PageRule: "a rule above notes"}

// folio is a line that can belong to the page around a text: short, with the
// number of the page, or with words that are there again on another.
type folio struct {
	line   int
	key    string // its words in lower case, without the number
	number int    // 0 for none
	roman  bool
	named  bool // it says itself that it is the number of a page
	weak   bool // the page that ends here may divide a sentence, or it is the last one
	strong bool // it divides one
	before int  // lines with text above
	head   int  // the line below it, if that can only be a running head; 0 for none
}

// Limits for the lines of pages.
const (
	maxFolio     = 90 // code points
	maxPage      = 9999
	maxPageGap   = 3 // pages without a number between two that have one
	minLines     = 4 // with text on a page
	worthDivided = 3 // a folio that divides a sentence, as against one that does not
)

// readPages takes the lines out of the text that the pages which it was copied
// from have added: their numbers, running heads, and the rules above the notes
// at their feet. It takes them only where they cannot be anything else: numbers
// that count on from page to page, words that are there again beside such a
// number, or at the start or the end of a page, where at least one of all these
// stands in the midst of a sentence, or says that it is the number of a page.
// A paragraph that a page divides goes on behind it.
func (r *reader) readPages() {
	folios := r.folios()
	repeated := map[string]int{}
	for _, f := range folios {
		if f.key != "" {
			repeated[f.key]++
		}
	}
	// One for each line: the words of a page are there again.
	width := r.wrapWidth(0, len(r.lines))
	folios = slices.DeleteFunc(folios, func(f folio) bool {
		return f.key != "" && !f.named && (repeated[f.key] < 2 || r.isProse(f, width))
	})
	slices.SortStableFunc(folios, func(a, b folio) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(repeated[b.key], repeated[a.key]))
	})
	folios = slices.CompactFunc(folios, func(a, b folio) bool { return a.line == b.line })
	r.divided(folios, width)
	gone := map[int]PageKind{} // by line
	var heads []int            // lines that can only be running heads, below the number of a page
	for _, roman := range []bool{false, true} {
		for _, i := range pageNumbers(folios, roman) {
			gone[folios[i].line] = PageNumber
			if h := folios[i].head; h > 0 && gone[h] == "" {
				heads = append(heads, h)
			}
			if folios[i].key != "" && !folios[i].named {
				gone[folios[i].line] = RunningHead
			}
		}
	}
	r.runningHeads(folios, gone)
	for _, h := range heads {
		if above := r.previousText(h); gone[above] == PageNumber {
			gone[h] = RunningHead
		}
	}
	if len(gone) > 0 || slices.ContainsFunc(r.lines, func(l line) bool { return l.page }) {
		r.paged = true
	}
	for _, f := range folios {
		if gone[f.line] == "" && f.number > 0 && f.strong && f.key == "" {
			r.folioDoubts = append(r.folioDoubts, r.lines[f.line].from)
		}
	}
	for i := 1; i+1 < len(r.lines); i++ {
		if r.isRule(i) {
			if _, ok := r.entry(r.nextText(i + 1)); ok {
				gone[i] = PageRule
			}
		}
	}
	r.shapes = nil
	if len(gone) == 0 && !r.paged {
		return
	}
	text := 0
	for _, l := range r.lines {
		if !l.blank() {
			text++
		}
	}
	if text == len(gone) {
		return // there is nothing else
	}
	for i, l := range r.lines {
		if kind := gone[i]; kind != "" {
			r.pages = append(r.pages, PageLine{l.row + 1, r.lineText(i), kind})
			r.pageLines = append(r.pageLines, l)
		}
	}
	r.closePages(gone)
}

// isProse reports whether a line that is there again, such as that of a refrain,
// is rather one of a paragraph: it starts with a small letter, or is about as
// wide as the lines are.
func (r *reader) isProse(f folio, width int) bool {
	s := oneLine(r.lineText(f.line))
	c := firstRune(strings.TrimLeft(f.key, "# "))
	if first := firstRune(s); unicode.IsLetter(first) {
		c = first
	}
	return unicode.IsLower(c) && unicode.IsLower(firstRune(s)) || width > 0 && utf8.RuneCountInString(s)*4 > width*3 && strings.ToUpper(s) != s
}

// closePages leaves the lines of pages out, and marks where the next page
// starts and whether a paragraph goes on there.
func (r *reader) closePages(gone map[int]PageKind) {
	var out []line
	page := false
	last := -1 // in out, the last line with text
	for i, l := range r.lines {
		kind := gone[i]
		page = page || l.page || kind == PageNumber || kind == RunningHead
		if kind != "" {
			continue
		}
		if !l.blank() {
			if l.page = page; page && last >= 0 && r.runsOn(out[last], l) {
				l.goesOn = true
				out = out[:last+1]
			}
			page = false
			last = len(out)
		}
		out = append(out, l)
	}
	r.lines = out
}

// runsOn reports whether line b goes on with the sentence of line a, whatever
// stands between the two.
func (r *reader) runsOn(a, b line) bool {
	const least = 15 // code points of a line that is none of a heading
	if r.finished(a) {
		return false
	}
	c, _ := r.after(b.from)
	return unicode.IsLower(c) || unicode.Is(unicode.Lo, c) && a.runes >= least && b.runes >= least
}

// endsOpen reports whether a line ends with a word, not in its midst and without
// punctuation.
func (r *reader) endsOpen(l line) bool {
	p, _ := r.before(l.to)
	return unicode.IsLetter(p) || unicode.Is(unicode.M, p) || unicode.IsDigit(p) || p == ')'
}

// isRule reports whether a line is a rule: nothing but strokes.
func (r *reader) isRule(i int) bool {
	const least = 3
	s := r.lineText(i)
	return r.lines[i].runes >= least && strings.Trim(s, "_—–-─―=") == ""
}

// folios are the lines that can belong to pages, each once for every number
// that can be that of the page.
func (r *reader) folios() []folio {
	var out []folio
	text := 0
	for i, l := range r.lines {
		if l.blank() {
			continue
		}
		if l.runes <= maxFolio {
			for _, f := range r.folio(i) {
				f.line, f.before = i, text
				out = append(out, f)
			}
		}
		text++
	}
	return out
}

// pageWords stand beside the number of a page, and pageOf between it and the
// number of all pages; pageSigns are on both sides of it: 第12页.
var (
	pageWords = words("page p pg pag pág página pagina seite s blz side sida strona str strana стр страница с сторінка бет σελίδα sayfa sahifa trang halaman hal صفحة صفحه صفحہ עמוד पृष्ठ หน้า ទំព័រ ገጽ էջ გვ lk oldal sivu 第 页 頁 ページ 쪽 면")
	pageOf    = words("of von de sur di da van z ze из з av af iz no från 共 من از מתוך dari trên")
)

// folio reads line i as one that can belong to the page.
func (r *reader) folio(i int) []folio {
	const most = 3 // numbers
	l := r.lines[i]
	s := strings.ToLower(r.lineText(i))
	if strings.Contains(s, "://") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ";") {
		return nil
	}
	bare := strings.Trim(s, pageDashes)
	if n := romanNumber(bare); n > 0 {
		return []folio{{number: n, roman: true, named: len(bare)+2 <= len(s)}}
	}
	var out []folio
	for j := 0; j < len(s); {
		end := j
		for end < len(s) {
			c, size := utf8.DecodeRuneInString(s[end:])
			if _, n := digit(c); n != decimal {
				break
			}
			end += size
		}
		if end == j {
			_, size := utf8.DecodeRuneInString(s[j:])
			j += size
			continue
		}
		if n := pageNumber(s[j:end]); n > 0 {
			f := folio{number: n, named: isNamed(s[:j], s[end:])}
			if f.key = strings.Trim(s[:j]+"#"+s[end:], pageDashes); f.key == "#" {
				f.key = ""
			}
			out = append(out, f)
		}
		j = end
	}
	if len(out) > most {
		return nil
	}
	if len(out) == 0 && !r.finished(l) && strings.ContainsFunc(s, unicode.IsLetter) {
		out = []folio{{key: s}}
	}
	return out
}

// pageDashes can stand around a line of the page.
const pageDashes = " -–—~·•|\t"

// isNamed reports whether what stands before and behind a number says that it
// is the number of a page: strokes on both sides, the word "page", or the
// number of all pages.
func isNamed(before, after string) bool {
	if b, a := strings.TrimSpace(before), strings.TrimSpace(after); b != "" && strings.Trim(b, "-–—~|") == "" && strings.Trim(a, "-–—~|") == "" && a != "" {
		return true
	}
	named := false
	for _, w := range strings.FieldsFunc(before+" # "+after, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(pageDashes+".", c) }) {
		switch {
		case slices.Contains(pageWords, w), strings.HasPrefix(w, "/"):
			named = true
		case w == "#", slices.Contains(pageOf, w), pageNumber(w) > 0:
		default:
			return false
		}
	}
	return named
}

// pageNumber is the value of a number that a page can have; 0 for none.
func pageNumber(s string) int {
	n := 0
	for i, c := range s {
		v, kind := digit(c)
		if kind != decimal || i == 0 && v == 0 {
			return 0
		}
		if n = n*10 + v; n > maxPage {
			return 0
		}
	}
	return n
}

// romanNumber is the value of a number up to 49 in small Roman numerals.
func romanNumber(s string) int {
	units := []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	tens := []string{"", "x", "xx", "xxx", "xl"}
	for t := range tens {
		if rest, ok := strings.CutPrefix(s, tens[len(tens)-1-t]); ok {
			if u := slices.Index(units, rest); u >= 0 {
				return 10*(len(tens)-1-t) + u
			}
		}
	}
	return 0
}

// divided finds the folios that stand in the midst of a sentence.
func (r *reader) divided(folios []folio, width int) {
	const most = 3 // lines of one page's end and the next one's start
	for k := range folios {
		f := &folios[k]
		fed := r.lines[f.line].page
		above, below := f.line, f.line
		for j := k; ; j-- {
			if above = r.previousText(above); j == 0 || folios[j-1].line != above || k-j == most {
				break
			}
		}
		for j := k; ; j++ {
			below = r.nextText(below + 1)
			fed = fed || below < len(r.lines) && r.lines[below].page
			if j+1 == len(folios) || folios[j+1].line != below || j-k == most {
				break
			}
		}
		f.strong = fed
		if above < 0 || below == len(r.lines) {
			f.weak = true
			f.strong = fed || f.key == "" && above >= 0 // nothing but a number ends the text
			continue
		}
		c, _ := r.after(r.lines[below].from)
		if next := r.nextText(below + 1); !unicode.IsLower(c) && f.key == "" && next < len(r.lines) && r.lines[below].runes*4 <= width*3 && !r.finished(r.lines[below]) && r.endsOpen(r.lines[below]) {
			// Words that are not there again can stand between.
			if n, _ := r.after(r.lines[next].from); unicode.IsLower(n) {
				f.head = below
				fed = fed || r.runsOn(r.lines[above], r.lines[next])
			}
		}
		f.strong = fed || r.runsOn(r.lines[above], r.lines[below])
		f.weak = f.strong || unicode.IsLower(c)
	}
}

// pageNumbers are the folios, by their index, that are the numbers of pages:
// the longest count from page to page, if enough of it is certain.
func pageNumbers(folios []folio, roman bool) []int {
	worth := make([]int, len(folios))
	prev := make([]int, len(folios))
	last := map[int]int{} // by number: the folio that ends the best count
	best := -1
	for i, f := range folios {
		if f.number == 0 || f.roman != roman {
			continue
		}
		worth[i], prev[i] = 1, -1
		if f.strong || f.weak || f.named {
			worth[i] += worthDivided
		}
		own := worth[i]
		for gap := 1; gap <= maxPageGap; gap++ {
			if j, ok := last[f.number-gap]; ok && folios[j].before < f.before && own+worth[j]-gap+1 > worth[i] {
				worth[i], prev[i] = own+worth[j]-gap+1, j
			}
		}
		if j, ok := last[f.number]; !ok || worth[i] >= worth[j] {
			last[f.number] = i
		}
		if best < 0 || worth[i] > worth[best] {
			best = i
		}
	}
	var out []int
	strong, weak, named := 0, 0, 0
	for i := best; i >= 0; i = prev[i] {
		out = append(out, i)
		f := folios[i]
		switch {
		case f.strong:
			strong++
		case f.weak:
			weak++
		}
		if f.named {
			named++
		}
	}
	if len(out) == 0 {
		return nil
	}
	slices.Reverse(out)
	lines := folios[out[len(out)-1]].before - folios[out[0]].before
	long := lines >= minLines*(len(out)-1)
	switch {
	case named == len(out) && (len(out) > 1 || strong > 0):
	case len(out) == 1 && strong > 0 && folios[out[0]].named:
	case len(out) > 1 && strong > 0 && (strong+weak)*3 >= len(out) && (long || strong*2 > len(out)):
	case len(out) > 1 && weak > 1 && (strong+weak)*3 >= len(out) && long:
	default:
		return nil
	}
	return out
}

// runningHeads finds the words that are there again beside the numbers of
// pages, at the starts and ends of pages, and in the midst of sentences.
func (r *reader) runningHeads(folios []folio, gone map[int]PageKind) {
	beside := func(i int) bool {
		next := r.nextText(i + 1)
		previous := r.previousText(i)
		return r.lines[i].page || next < len(r.lines) && (r.lines[next].page || gone[next] != "") || previous >= 0 && gone[previous] != ""
	}
	for range 2 { // a head can stand beside another one
		places := map[string][]folio{}
		for _, f := range folios {
			if f.key != "" && gone[f.line] == "" && (f.strong || beside(f.line)) {
				places[f.key] = append(places[f.key], f)
			}
		}
		for _, f := range folios {
			at := places[f.key]
			if f.key == "" || len(at) < 2 || gone[f.line] != "" || f.line < at[0].line {
				continue
			}
			if f.line == r.nextText(0) && !r.lines[f.line].page {
				continue // the title
			}
			if f.strong || beside(f.line) {
				gone[f.line] = RunningHead
			}
		}
	}
}

// reportPages says what was taken out as part of the pages, and what may be.
func (r *reader) reportPages() {
	for _, off := range r.folioDoubts {
		i := r.lineOf(off)
		if r.lines[i].from != off || r.inNotes(i) {
			continue
		}
		r.diags.Warnf(r.pos(off), "pasted-page-line", "%q looks like part of the page, not of the article; it is in the article", r.lineText(i)).
			Hint = "delete it in article.md if it is not wanted"
	}
	if len(r.pages) == 0 {
		return
	}
	counts := map[PageKind]int{}
	for _, p := range r.pages {
		counts[p.Kind]++
	}
	what := ""
	for _, k := range []struct {
		kind PageKind
		noun string
	}{{PageNumber, "page number"}, {RunningHead, "running head"}, {PageRule, "rule"}} {
		if n := counts[k.kind]; n > 0 {
			if what != "" {
				what += ", "
			}
			what += count(n, k.noun)
		}
	}
	first := r.pages[0]
	r.diags.Warnf(diag.Pos{Path: r.opts.Path, Line: int32(first.Line)}, "pasted-pages", "lines of the pages that the text was copied from are not in the article: %s, %q first", what, first.Text).
		Hint = "compare them with the list under Pages in the concordance; add to article.md what belongs to the article"
}
