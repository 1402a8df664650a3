// Package pasted recovers an article from pasted plain text, in which the marks
// of notes have become part of the text: "country.1", "pays¹.", "国。[2]",
// "harbour.2,9", and the notes are lists at its end or after its parts.
//
// Start at Read. The rule that holds everywhere: nothing of the text is lost
// and nothing is decided in silence. A number is a reference, the number of a
// note, or stands in the concordance with the reason why it is neither. What
// differs from language to language is data, in languages.txt; the language is
// guessed where nobody names it. Lines of the pages that a text was copied from,
// and hyphens at the ends of its lines, are left out only where they can be
// nothing else, and named. How a text writes its marks, and which lines
// are its notes, is found by trying: the reading in which the first references
// run 1, 2, 3 … best is taken.
package pasted

import (
	"fmt"
	"strconv"
	"strings"

	"qalam/source"
	"qalam/source/diag"
)

// Options says how to read a pasted text.
type Options struct {
	Path  string // how messages name the file
	Title string // the title; empty means that the text begins with one
	Lang  string // canonical BCP 47 tag of the text; empty means that it is guessed
	Marks string // how the text writes its marks, one of MarkStyles; empty means that it is guessed
	Notes string // where its notes are, one of NoteStyles; empty means that it is guessed
}

// Result is what was recovered.
type Result struct {
	// Article is the article, ready for source.Print. The labels of its notes
	// are their numbers. Its nodes have no positions: it has not been written
	// yet.
	Article *source.Article

	// Concordance says of every number in the text what it was taken for.
	Concordance Concordance

	cut []span // what was left out of the text: marks, and the numbers of notes
}

// Read recovers an article from pasted text. A nil Result means that there is
// nothing to write; the diagnostics say why. Places are those of the pasted
// file.
//
// Every note of the list is in the article, those that nothing refers to as
// well: they are warned of here, and source.Load takes them for errors, so that
// an author has to decide what becomes of them.
func Read(data []byte, opts Options) (*Result, diag.List) {
	var diags diag.List
	t := newText(opts.Path, data, &diags)
	if t == nil {
		return nil, diags
	}
	t.unquote(&diags)
	first := t.nextText(0)
	if first == len(t.lines) {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text").
			Hint = "paste the article into the file, with its notes at the end"
		return nil, diags
	}
	if t.isArticle() {
		diags.Errorf(diag.Pos{Path: opts.Path, Line: 1}, "pasted-article", "this is an article already: it starts with front matter that has a title").
			Hint = "put it into a folder as article.md"
		return nil, diags
	}
	guessed := opts.Lang == ""
	if guessed {
		opts.Lang = t.guessLang()
	}
	r := &reader{text: t, guessed: guessed, opts: opts, diags: &diags}
	var known bool
	if r.grammar, known = grammarOf(opts.Lang); !known {
		diags.Warnf(diag.Pos{Path: opts.Path}, "pasted-language", "how texts in %q mark their notes is not known; it is read as in %s", opts.Lang, r.grammar.name).
			Hint = "read the list of references below with care"
	}
	r.readPages()
	r.head = r.readHead()
	r.width = r.wrapWidth(r.head.end, len(r.lines))
	r.entries = r.readEntries(r.head.end)
	r.expectSigns()
	r.marks = r.scanNumbers()
	r.findNotes()
	r.cutTitle()
	r.readBody()
	if len(r.blocks) == 0 {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text but the lines above it").
			Hint = "paste the article into the file, with its notes at the end"
		return nil, diags
	}
	res := r.result()
	if !visible(res.Article.Blocks) {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text besides the notes").
			Hint = "paste the article into the file, with its notes at the end"
		return nil, diags
	}
	written := r.report()
	diags.Sort()
	if !written {
		return nil, diags
	}
	return res, diags
}

// isArticle reports whether a text is an article already: it starts with front
// matter in which a title stands.
func (t *text) isArticle() bool {
	if len(t.lines) == 0 || t.lineText(0) != "---" {
		return false
	}
	title := false
	for i := range t.lines[1:] {
		l := t.lineText(i + 1)
		if l == "---" {
			return title
		}
		title = title || strings.HasPrefix(l, "title:")
	}
	return false
}

// reader is a text that is being read. Its fields are filled in the order in
// which they stand here.
type reader struct {
	*text
	opts    Options
	guessed bool // the language
	grammar *grammar
	diags   *diag.List

	pages       []PageLine // that were taken out
	pageLines   []line
	paged       bool  // some were, or pages end with a form feed
	folioDoubts []int // where lines start that may be the number of a page
	vocabulary  map[string]int
	hyphenated  bool // words are divided at the ends of lines

	head      head
	shapes    []shape // of the entries
	entries   []entry
	ends      []int // for each line, the line where a note that it is in ends; see entryEnd
	width     int   // of the lines, if these are shorter than paragraphs; see wrapWidth
	marks     scan
	lists     []*noteList // in the order of the text
	noteLines []lineRange // the lines of all lists, by place
	uncited   *entry      // the first line of a list that nothing refers to, when there are no lists
	taken     []taken     // by place
	first     int         // the first line with marks: that of the title, or below the head
	titleRefs []taken     // the marks of the title
	blocks    []block
	joined    []JoinedWord
	hyphens   []span // of these
}

// taken is a number, or several in a group, that refers to notes.
type taken struct {
	item    *item
	verdict verdict
	list    *noteList
}

// report says what an author should look at, and whether there is an article to
// write.
func (r *reader) report() bool {
	r.reportTitle()
	r.reportPages()
	r.reportPageLines()
	r.reportJoined()
	if len(r.lists) == 0 {
		return r.reportNoNotes()
	}
	for _, l := range r.lists {
		r.reportList(l)
		r.reportReferences(l)
	}
	r.reportForward()
	for _, t := range r.taken {
		what := r.str(t.item.start(), t.item.end())
		switch {
		case t.verdict == ambiguous:
			r.diags.Warnf(r.pos(t.item.start()), "mark-ambiguous", "%s can refer to a note or be %s; it is taken for a reference", what, t.item.reason.words()).
				Hint = fmt.Sprintf("if it is none, write the number in place of %s", labels(t.item))
		case t.verdict == forward:
			r.diags.Warnf(r.pos(t.item.start()), "mark-doubtful", "%s stands before the turn of its note; it is taken for a reference because of its place", what).
				Hint = fmt.Sprintf("if it is none, write the number in place of %s", labels(t.item))
		case t.item.weight < 0:
			r.diags.Warnf(r.pos(t.item.start()), "mark-doubtful", "%s looks like %s; it is taken for a reference because no other one to this note is in its turn", what, t.item.reason.words()).
				Hint = fmt.Sprintf("if it is none, write the number in place of %s", labels(t.item))
		}
	}
	return true
}

// maxForward is how many numbers before their turn are reported one by one.
const maxForward = 20

// reportForward points at the numbers that stand where a reference can, to a
// note that there is, and were not taken because the turn of that note comes
// later.
func (r *reader) reportForward() {
	found := 0
	for _, l := range r.lists {
		for i, it := range l.items {
			if l.verdicts[i] != refused || it.weight <= 0 || !l.marks.includes(it.style) || r.isTaken(it) {
				continue
			}
			if found++; found <= maxForward {
				what := r.str(it.start(), it.end())
				r.diags.Warnf(r.pos(it.start()), "mark-doubtful", "%s looks like a reference, but stands before the turn of its note; it is not taken for one", what).
					Hint = fmt.Sprintf("if it is one, write %s in place of the number", labels(it))
			}
		}
	}
	if found > maxForward {
		r.diags.Warnf(diag.Pos{Path: r.opts.Path}, "mark-doubtful", "%d more numbers look like references, but stand before the turn of their notes", found-maxForward).
			Hint = "compare the numbers that were not taken with the original"
	}
}

// labels is how the references of an item are written in an article.
func labels(it *item) string {
	s := ""
	for _, g := range it.groups {
		s += "[^" + strconv.Itoa(g.value) + "]"
	}
	return s
}
