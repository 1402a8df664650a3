package pasted

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"qalam/locales"
	"qalam/source/diag"
)

// Review writes a page on which an editor checks what was made of a pasted
// file: the text with every mark that was taken, every number that was refused
// and every doubt in its place, the notes with all their references, and a
// place to sign. data, opts and diags are those of the reading whose result res
// is; the file is read as HTML if it is a page.
//
// The page is one file of HTML in UTF-8. It needs no script and nothing from
// outside, and the same file always gives the same page.
func Review(data []byte, opts Options, res *Result, diags diag.List) []byte {
	w := &reviewWriter{c: &res.Concordance, lang: res.Article.Lang, diags: diags}
	if IsHTML(opts.Path, data) {
		w.htmlLines(data, opts)
	} else {
		w.textLines(data, opts)
	}
	w.shown = map[reviewKey]bool{}
	for _, l := range w.lines {
		for _, p := range l.parts {
			w.shown[reviewKey{p.kind, p.a, p.b}] = true
		}
	}
	w.page(opts.Path, res.Article.Header.Title)
	return w.out.Bytes()
}

// reviewWriter writes the page.
type reviewWriter struct {
	out   bytes.Buffer
	c     *Concordance
	lang  string
	diags diag.List
	lines []reviewLine
	shown map[reviewKey]bool // what stands in the lines
}

// reviewKey is what can be led to in the lines.
type reviewKey struct {
	kind reviewKind
	a, b int
}

// reviewLine is a line of the file, or of a page of HTML.
type reviewLine struct {
	number int // in the file
	class  string
	gap    bool // an empty line is before it
	parts  []reviewPart
}

// reviewPart is a piece of a line.
type reviewPart struct {
	kind reviewKind
	text string
	a, b int // indices: of the note and its reference, or of the refused number
}

type reviewKind int

const (
	reviewText reviewKind = iota
	reviewMark
	reviewRefused
	reviewNumber // of a note
)

// reviewEvent is a part by its place.
type reviewEvent struct {
	line, column int
	reviewPart
}

// textLines divides the lines of a text.
func (w *reviewWriter) textLines(data []byte, opts Options) {
	t := newText(opts.Path, data, &diag.List{})
	if t == nil {
		return
	}
	var events []reviewEvent
	for i, n := range w.c.Notes {
		if n.Mark != "" {
			events = append(events, reviewEvent{n.Line, n.Column, reviewPart{reviewNumber, n.Mark, i, 0}})
		}
		for k, ref := range n.References {
			if ref.Mark != "" {
				events = append(events, reviewEvent{ref.Line, ref.Column, reviewPart{reviewMark, ref.Mark, i, k}})
			}
		}
	}
	for i, x := range w.c.Rejected {
		events = append(events, reviewEvent{x.Line, x.Column, reviewPart{reviewRefused, x.Number, i, 0}})
	}
	slices.SortStableFunc(events, func(a, b reviewEvent) int { return cmp.Or(a.line-b.line, a.column-b.column) })
	classes := map[int]string{}
	for _, h := range w.c.Head {
		classes[h.Line] = "head"
	}
	for _, h := range w.c.Headings {
		classes[h.Line] = "heading"
	}
	for _, h := range w.c.listHeadings() {
		classes[h.Line] = "heading out"
	}
	for _, p := range w.c.Pages {
		classes[p.Line] = "page out"
	}
	gap, inNote := false, false
	for i, l := range t.rows {
		if l.blank() {
			gap, inNote = true, false
			continue
		}
		line := reviewLine{number: i + 1, class: classes[i+1], gap: gap}
		gap = false
		at, column := l.start, 1
		text := func(to int) {
			if to > at {
				s := t.str(at, to)
				if len(line.parts) == 0 {
					s = strings.TrimLeft(s, "\n") // a form feed
				}
				line.parts = append(line.parts, reviewPart{kind: reviewText, text: s})
			}
		}
		off := at
		for ; len(events) > 0 && events[0].line <= i+1; events = events[1:] {
			e := events[0]
			if e.line < i+1 || e.column < column {
				continue // no place is named twice; be safe
			}
			for ; column < e.column && off < l.end; column++ {
				_, size := t.after(off)
				off += size
			}
			if !strings.HasPrefix(t.str(off, l.end), e.text) {
				continue
			}
			text(off)
			line.parts = append(line.parts, e.reviewPart)
			off += len(e.text)
			at = off
			column += len([]rune(e.text))
			inNote = inNote || e.kind == reviewNumber
		}
		text(l.end)
		if inNote && line.class == "" {
			line.class = "note"
		}
		w.lines = append(w.lines, line)
	}
}

// htmlLines reads a page again for its lines of text.
func (w *reviewWriter) htmlLines(data []byte, opts Options) {
	r, _ := readHTML(data, opts)
	if r == nil {
		return
	}
	w.c = &r.result.Concordance
	index := map[*htmlNote]int{}
	refs := map[*htmlRef]int{}
	for i, n := range r.notes {
		index[n] = i
		for k, ref := range n.refs {
			refs[ref] = k
		}
	}
	refused := map[*htmlRefused]int{}
	for i, x := range r.refused {
		refused[x] = i
	}
	var before *htmlNote
	for _, l := range r.lines {
		line := reviewLine{number: int(r.at(l.off).Line), gap: true}
		switch {
		case l.heading:
			line.class = "heading"
		case l.note != nil:
			line.class = "note"
			if l.note != before {
				line.parts = append(line.parts, reviewPart{reviewNumber, strconv.Itoa(l.note.number), index[l.note], 0}, reviewPart{kind: reviewText, text: " "})
			}
			before = l.note
		}
		for _, x := range l.runs {
			switch {
			case x.ref != nil:
				line.parts = append(line.parts, reviewPart{reviewMark, cmp.Or(x.ref.mark, x.ref.note.mark), index[x.ref.note], refs[x.ref]})
			case x.refused != nil:
				line.parts = append(line.parts, reviewPart{reviewRefused, string(x.text), refused[x.refused], 0})
			case x.kind == runBreak:
				line.parts = append(line.parts, reviewPart{kind: reviewText, text: "\n"})
			default:
				line.parts = append(line.parts, reviewPart{kind: reviewText, text: string(x.text)})
			}
		}
		w.lines = append(w.lines, line)
	}
}

// put writes markup, and between its pieces text that is escaped: put("<p>",
// text, "</p>").
func (w *reviewWriter) put(pieces ...string) {
	for i, s := range pieces {
		if i%2 == 1 {
			s = reviewEscaper.Replace(s)
		}
		w.out.WriteString(s)
	}
}

// reviewEscaper makes text that is safe between tags and in attributes.
var reviewEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

const reviewStyle = `
:root { color-scheme: light; --ink: #1c1b19; --soft: #67625a; --line: #d9d4ca; --paper: #fffdf9; --mark: #0b5d4c; --mark-back: #d8f0e6; --no: #6b5a33; --no-back: #f3ead2; --doubt: #93260f; --doubt-back: #ffe1d6; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 "Noto Serif", "Noto Naskh Arabic", Georgia, serif; overflow-wrap: anywhere; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
p { margin: .4rem 0; }
a { color: inherit; }
.soft { color: var(--soft); }
.totals { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; padding: 0; list-style: none; }
.totals b { font-size: 1.4rem; display: block; line-height: 1.2; }
.verdict { padding: .5rem .8rem; border-inline-start: .3rem solid var(--mark); background: var(--mark-back); }
.verdict.open { border-color: var(--doubt); background: var(--doubt-back); }
.key span { margin-inline-end: 1.25rem; white-space: nowrap; }
.line { display: grid; grid-template-columns: 3rem minmax(0, 1fr); column-gap: .75rem; }
.line.gap { margin-top: .8rem; }
.line > .no { color: var(--soft); font-size: .8rem; line-height: 1.95; text-align: end; user-select: none; font-variant-numeric: tabular-nums; }
.line > p { margin: 0; white-space: pre-wrap; }
.line.head > p { color: var(--soft); font-style: italic; }
.line.heading > p { font-weight: bold; }
.line.page > p { color: var(--soft); }
.line.out > p::after { content: "not in the article"; color: var(--no); font: italic .8rem sans-serif; margin-inline-start: 1em; }
.line.note > p { font-size: .92rem; }
.m, .x, .n, .d { text-decoration: none; border-radius: .2rem; padding: 0 .18em; border-bottom: 2px solid; unicode-bidi: isolate; font-variant-numeric: tabular-nums; }
.m { background: var(--mark-back); color: var(--mark); border-color: var(--mark); font-weight: bold; }
.x { background: var(--no-back); color: var(--no); border-bottom-style: dotted; }
.d { background: var(--doubt-back); color: var(--doubt); font-weight: bold; border-bottom-style: double; border-bottom-width: 4px; }
.n { color: var(--mark); border: 1px solid; font-weight: bold; }
.m:target, .x:target, .d:target, .n:target, tr:target, li:target { outline: 3px solid #e0a100; outline-offset: 1px; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .85rem; color: var(--soft); font-weight: normal; }
td.at { white-space: nowrap; font-variant-numeric: tabular-nums; }
.places .to { white-space: nowrap; margin-inline-end: .7em; font-variant-numeric: tabular-nums; }
.doubts li { margin: .4rem 0; }
.none { color: var(--doubt); font-weight: bold; }
.sign { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 2.5rem 2rem; margin-top: 3rem; }
.sign div { border-top: 1px solid var(--ink); padding-top: .25rem; font-size: .9rem; color: var(--soft); }
.check { list-style: none; padding: 0; }
.check li { padding-inline-start: 1.8rem; text-indent: -1.8rem; margin: .3rem 0; }
.check li::before { content: "☐"; display: inline-block; width: 1.8rem; text-indent: 0; }
@media (max-width: 34rem) { body { padding: 1rem .75rem 2rem; } .line { grid-template-columns: 1.9rem minmax(0, 1fr); column-gap: .5rem; } .line > .no { font-size: .7rem; } table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: 0; } td.at { display: inline-block; margin-inline-end: .8em; } tr { padding: .45rem 0; border-bottom: 1px solid var(--line); } }
@media print { @page { margin: 18mm 16mm; } body { padding: 0; max-width: none; font-size: 10.5pt; background: none; } h2 { break-after: avoid; } tr, .doubts li, .signing { break-inside: avoid; } thead { display: table-header-group; } }
`

// page writes the page.
func (w *reviewWriter) page(name, title string) {
	dir := string(locales.Get(w.lang).Dir)
	c := w.c
	w.put("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Review of ", name, "</title>\n<style>"+reviewStyle+"</style>\n</head>\n<body>\n")
	w.put("<header>\n<h1>", cmp.Or(title, name), "</h1>\n")
	w.put("<p class=\"soft\">How the marks of the notes in <b dir=\"auto\">", name, "</b> were read (language: ", w.lang, "). Places are line:column of that file.</p>\n")
	refs, doubts, uncited := 0, 0, 0
	for _, n := range c.Notes {
		refs += len(n.References)
		if len(n.References) == 0 {
			uncited++
		}
		for _, ref := range n.References {
			if ref.Ambiguous || ref.Doubtful {
				doubts++
			}
		}
	}
	inNotes := 0
	for _, x := range c.Rejected {
		if c.inNotes(x) {
			inNotes++
		}
	}
	w.put("<ul class=\"totals\">\n")
	for _, t := range []struct {
		n    int
		noun string
	}{{len(c.Notes), "note"}, {refs, "reference"}, {doubts, "doubt"}, {len(c.Rejected) - inNotes, "number"}} {
		words := count(t.n, t.noun)
		_, words, _ = strings.Cut(words, " ")
		if t.noun == "number" {
			words += " not taken"
		}
		w.put("<li><b>", strconv.Itoa(t.n), "</b> ", words, "</li>\n")
	}
	if c.Confidence != "" {
		w.put("<li><b>", string(c.Confidence), "</b> confidence: that of the least certain note</li>\n")
	}
	w.put("</ul>\n")
	switch {
	case len(c.Notes) == 0:
		w.put("<p class=\"verdict open\">No notes were found.</p>\n")
	case doubts+uncited+len(w.diags) == 0:
		w.put("<p class=\"verdict\">Every note has its references, and nothing is in doubt.</p>\n")
	default:
		where := "#doubts"
		if len(w.diags) == 0 {
			where = "#notes"
		}
		w.put("<p class=\"verdict open\"><a href=\""+where+"\">", count(max(len(w.diags), doubts+uncited), "place")+" to look at", "</a> before this is signed.</p>\n")
	}
	w.put("<p class=\"key\"><span><b class=\"m\">1</b> a reference</span><span><b class=\"d\">1</b> in doubt</span><span><b class=\"x\">1</b> not taken; the reason is below</span><span><b class=\"n\">1</b> a note</span></p>\n</header>\n")

	w.doubts()
	w.text(dir)
	w.notes(dir)
	w.leftOut(dir)
	w.rejected(dir)
	w.put("<section class=\"signing\">\n<h2>Sign-off</h2>\n<ul class=\"check\"><li>Every mark in the text was compared with the original.</li><li>Every number that was not taken is none.</li><li>The list of notes is whole.</li></ul>\n" +
		"<div class=\"sign\"><div>Name</div><div>Date</div><div>Signature</div></div>\n</section>\n</body>\n</html>\n")
}

// open opens a link to a place in the lines, or nothing that leads anywhere
// when it is not there: a note without words, a reference within a range.
func (w *reviewWriter) open(key reviewKey, id, class, title string) (end string) {
	tag, href := "span", ""
	if w.shown[key] {
		tag, href = "a", ` href="#`+id+`"`
	}
	w.put("<"+tag+href+` class="`+class+`" title="`, title, `">`)
	return "</" + tag + ">"
}

// doubts lists what an editor has to look at.
func (w *reviewWriter) doubts() {
	if len(w.diags) == 0 {
		return
	}
	w.put("<section id=\"doubts\">\n<h2>To look at</h2>\n<ol class=\"doubts\">\n")
	shown := map[int]bool{}
	for _, l := range w.lines {
		shown[l.number] = true
	}
	for _, d := range w.diags {
		w.put("<li>")
		if line := int(d.Line); line > 0 {
			place := strconv.Itoa(line)
			if d.Column > 0 {
				place += ":" + strconv.Itoa(int(d.Column))
			}
			if shown[line] {
				w.put("<a href=\"#l"+strconv.Itoa(line)+"\">", place, "</a> ")
			} else {
				w.put("", place, " ")
			}
		}
		w.put("", d.Message, "")
		if d.Hint != "" {
			w.put("<br><span class=\"soft\">", d.Hint, "</span>")
		}
		w.put("</li>\n")
	}
	w.put("</ol>\n</section>\n")
}

// text writes the text with what was made of its numbers.
func (w *reviewWriter) text(dir string) {
	w.put("<section>\n<h2>Text</h2>\n<div lang=\"", w.lang, "\" dir=\"", dir, "\">\n")
	named := map[int]bool{}
	for i, l := range w.lines {
		class := "line"
		if l.class != "" {
			class += " " + l.class
		}
		if l.gap && i > 0 {
			class += " gap"
		}
		w.put("<div class=\"", class, "\"")
		if !named[l.number] {
			w.put(" id=\"l", strconv.Itoa(l.number), "\"")
			named[l.number] = true
		}
		w.put("><span class=\"no\" aria-hidden=\"true\">", strconv.Itoa(l.number), "</span><p>")
		for _, p := range l.parts {
			w.part(p)
		}
		w.put("</p></div>\n")
	}
	w.put("</div>\n</section>\n")
}

func (w *reviewWriter) part(p reviewPart) {
	a, b := strconv.Itoa(p.a), strconv.Itoa(p.b)
	switch p.kind {
	case reviewText:
		w.put("", p.text, "")
	case reviewMark:
		n := w.c.Notes[p.a]
		ref := n.References[p.b]
		class, say := "m", "reference to note "+strconv.Itoa(n.Number)+": "+n.Text
		if ref.Ambiguous || ref.Doubtful {
			class, say = "d", "in doubt, taken for a "+say
		}
		w.put("<a class=\""+class+"\" id=\"r"+a+"-"+b+"\" href=\"#n"+a+"\" title=\"", say, "\">", p.text, "</a>")
	case reviewRefused:
		x := w.c.Rejected[p.a]
		w.put("<a class=\"x\" id=\"o"+a+"\" href=\"#x"+a+"\" title=\"", "not taken: "+x.Why, "\">", p.text, "</a>")
	case reviewNumber:
		w.put("<a class=\"n\" id=\"s"+a+"\" href=\"#n"+a+"\" title=\"", "note "+strconv.Itoa(w.c.Notes[p.a].Number), "\">", p.text, "</a>")
	}
}

// notes lists the notes with all their references.
func (w *reviewWriter) notes(dir string) {
	if len(w.c.Notes) == 0 {
		return
	}
	w.put("<section id=\"notes\">\n<h2>Notes and their references</h2>\n<table>\n<thead><tr><th>Note</th><th>Text</th><th>Referred to at</th></tr></thead>\n<tbody>\n")
	for i, n := range w.c.Notes {
		a := strconv.Itoa(i)
		w.put("<tr id=\"n" + a + "\"><td class=\"at\">")
		end := w.open(reviewKey{reviewNumber, i, 0}, "s"+a, "n", "to the note in the text")
		w.put("", cmp.Or(n.Mark, strconv.Itoa(n.Number)), end+"</td><td lang=\"", w.lang, "\" dir=\"", dir, "\">", n.Text, "</td><td class=\"places\">")
		for k, ref := range n.References {
			end := w.open(reviewKey{reviewMark, i, k}, "r"+a+"-"+strconv.Itoa(k), "to", ref.Context)
			w.put("", place(ref.Line, ref.Column))
			switch {
			case ref.Ambiguous:
				w.put(" (may be none)")
			case ref.Doubtful:
				w.put(" (doubtful)")
			}
			w.put(end + " ")
		}
		if len(n.References) == 0 {
			w.put("<span class=\"none\">nowhere</span>")
		} else if n.Confidence != "" && n.Confidence != Certain {
			w.put("<span class=\"none\">", string(n.Confidence), "</span>")
		}
		w.put("</td></tr>\n")
	}
	w.put("</tbody>\n</table>\n</section>\n")
}

// leftOut lists the lines that are not in the article, and the words that are
// there without the hyphen that a line ended with.
func (w *reviewWriter) leftOut(dir string) {
	type row struct {
		line      int
		text, why string
	}
	var rows []row
	for _, h := range w.c.listHeadings() {
		rows = append(rows, row{h.Line, h.Text, "above the notes"})
	}
	for _, p := range w.c.Pages {
		rows = append(rows, row{p.Line, p.Text, pageKinds[p.Kind]})
	}
	for _, j := range w.c.Joined {
		rows = append(rows, row{j.Line, j.From, "divided at the end of a line; it is " + j.Text})
	}
	if len(rows) == 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.line, b.line) })
	w.put("<section>\n<h2>Not in the article</h2>\n<table>\n<thead><tr><th>Line</th><th>Text</th><th>Because it is</th></tr></thead>\n<tbody>\n")
	for _, x := range rows {
		at := strconv.Itoa(x.line)
		w.put("<tr><td class=\"at\"><a href=\"#l"+at+"\">", at, "</a></td><td lang=\"", w.lang, "\" dir=\"", dir, "\">", x.text, "</td><td>", x.why, "</td></tr>\n")
	}
	w.put("</tbody>\n</table>\n</section>\n")
}

// rejected lists the numbers that were not taken, with the reason: those in
// the text one by one, and after them those in the notes.
func (w *reviewWriter) rejected(dir string) {
	if len(w.c.Rejected) == 0 {
		return
	}
	w.put("<section>\n<h2>Numbers that were not taken</h2>\n<table>\n<thead><tr><th>Place</th><th>Number</th><th>Because it is</th><th>Context</th></tr></thead>\n<tbody>\n")
	for _, notes := range []bool{false, true} {
		for i, x := range w.c.Rejected {
			if w.c.inNotes(x) != notes {
				continue
			}
			a := strconv.Itoa(i)
			w.put("<tr id=\"x" + a + "\"><td class=\"at\">")
			end := w.open(reviewKey{reviewRefused, i, 0}, "o"+a, "to", "to its place in the text")
			w.put("", place(x.Line, x.Column), end+"</td><td class=\"at\"><span class=\"x\">", x.Number, "</span></td><td>", x.Why, "</td><td lang=\"", w.lang, "\" dir=\"", dir, "\">", x.Context, "</td></tr>\n")
		}
	}
	w.put("</tbody>\n</table>\n</section>\n")
}
