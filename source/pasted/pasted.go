// Package pasted recovers an article from pasted plain text, in which the
// superscript numbers of notes have become digits: "country.1", "evidence.”1",
// "harbour.2,9", and the notes are a numbered list at the end.
//
// Start at Read. The rule that holds everywhere: nothing of the text is lost
// and nothing is decided in silence. A number is a reference, the number of a
// note, or stands in the concordance with the reason why it is neither. What
// differs from language to language is data, in a grammar.
package pasted

import (
	"fmt"
	"strconv"

	"qalam/source"
	"qalam/source/diag"
)

// Options says how to read a pasted text.
type Options struct {
	Path  string // how messages name the file
	Title string // the title; empty means that the text begins with one
	Lang  string // canonical BCP 47 tag of the text; empty means "en"
}

// Result is what was recovered.
type Result struct {
	// Article is the article, ready for source.Print. The labels of its notes
	// are their numbers. Its nodes have no positions: it has not been written
	// yet.
	Article *source.Article

	// Concordance says of every number in the text what it was taken for.
	Concordance Concordance
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
	if opts.Lang == "" {
		opts.Lang = "en"
	}
	t := newText(opts.Path, data, &diags)
	if t == nil {
		return nil, diags
	}
	first := t.nextText(0)
	if first == len(t.lines) {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text").
			Hint = "paste the article into the file, with its notes at the end"
		return nil, diags
	}
	r := &reader{text: t, opts: opts, diags: &diags}
	var known bool
	if r.grammar, known = grammarOf(opts.Lang); !known {
		diags.Warnf(diag.Pos{Path: opts.Path}, "pasted-language", "how texts in %q mark their notes is not known; it is read as in %s", opts.Lang, r.grammar.name).
			Hint = "read the list of references below with care"
	}
	r.head = r.readHead()
	r.marks = r.scanNumbers(r.head.end)
	r.findNotes()
	r.readBody()
	if len(r.blocks) == 0 {
		diags.Errorf(diag.Pos{Path: opts.Path}, "pasted-empty", "there is no text but the lines above it").
			Hint = "paste the article into the file, with its notes at the end"
		return nil, diags
	}
	res := r.result()
	r.report()
	diags.Sort()
	return res, diags
}

// reader is a text that is being read. Its fields are filled in the order in
// which they stand here.
type reader struct {
	*text
	opts    Options
	grammar *grammar
	diags   *diag.List

	head    head
	marks   scan
	notes   *noteList // nil when there is none
	uncited *entry    // the first line of a list that nothing refers to, when notes is nil
	taken   []taken   // by place
	blocks  []block
}

// taken is a number, or several in a group, that refers to notes.
type taken struct {
	item    *item
	verdict verdict
}

// report says what an author should look at.
func (r *reader) report() {
	r.reportTitle()
	if r.notes == nil {
		r.reportNoNotes()
		return
	}
	r.reportList()
	r.reportReferences()
	for _, t := range r.taken {
		what := r.str(t.item.start(), t.item.end())
		switch {
		case t.verdict == ambiguous:
			r.diags.Warnf(r.pos(t.item.start()), "mark-ambiguous", "%s can refer to a note or be %s; it is taken for a reference", what, t.item.reason.words()).
				Hint = fmt.Sprintf("if it is none, write the number in place of %s", labels(t.item))
		case t.item.weight < 0:
			r.diags.Warnf(r.pos(t.item.start()), "mark-doubtful", "%s looks like %s; it is taken for a reference because no other one to this note is in its turn", what, t.item.reason.words()).
				Hint = fmt.Sprintf("if it is none, write the number in place of %s", labels(t.item))
		}
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
