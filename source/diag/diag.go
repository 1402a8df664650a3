// Package diag holds what we tell the author of an article: where something
// is, how bad it is, what it is, and what to do about it.
//
// Start at List. The rule that holds everywhere: a diagnostic is for the
// author and never an error of Go; its code never changes its meaning, and
// each code has a test named after it.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file of an article. The zero Pos is no place at all.
type Pos struct {
	Path   string // slash-separated, relative to the article folder: "locales/kk.md"
	Line   int32  // from 1; 0 means the file as a whole
	Column int32  // from 1, in code points; 0 means the line as a whole
}

// String gives the place as compilers print it, without the parts that are
// not known: "article.md:3:14", "article.md:3", "article.md" or "".
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.Path
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(
		strings.Compare(p.Path, q.Path),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
	)
}

// Severity says what a diagnostic means for the files that are made.
type Severity string

const (
	// Error: what it is about is not exported.
	Error Severity = "error"
	// Warning: it is exported, and somebody should look at it.
	Warning Severity = "warning"
)

// Diagnostic is one thing that an author should know.
type Diagnostic struct {
	Pos
	Severity Severity
	Code     string // "note-undefined": stable, lower case, words joined by hyphens
	Message  string // one line, lower case, no final stop
	Hint     string // what to do, one line; may be empty
}

// String gives the diagnostic as it is printed, with the hint on a line of
// its own, and without a final line feed.
func (d *Diagnostic) String() string {
	var b strings.Builder
	if place := d.Pos.String(); place != "" {
		b.WriteString(place + ": ")
	}
	if d.Severity == Warning {
		b.WriteString("warning: ")
	}
	fmt.Fprintf(&b, "%s [%s]", d.Message, d.Code)
	if d.Hint != "" {
		b.WriteString("\n\thint: " + d.Hint)
	}
	return b.String()
}

// List collects diagnostics. The zero List is empty and ready to use.
type List []*Diagnostic

// Errorf adds an error and returns it, so that a hint can be set.
func (l *List) Errorf(pos Pos, code, format string, args ...any) *Diagnostic {
	return l.add(pos, Error, code, format, args)
}

// Warnf adds a warning and returns it, so that a hint can be set.
func (l *List) Warnf(pos Pos, code, format string, args ...any) *Diagnostic {
	return l.add(pos, Warning, code, format, args)
}

func (l *List) add(pos Pos, severity Severity, code, format string, args []any) *Diagnostic {
	d := &Diagnostic{Pos: pos, Severity: severity, Code: code, Message: fmt.Sprintf(format, args...)}
	*l = append(*l, d)
	return d
}

// HasErrors reports whether a diagnostic in the list is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Sort orders the list by place, and keeps the order of what is said of one place.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Diagnostic) int { return a.Pos.Compare(b.Pos) })
}
