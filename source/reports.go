package source

import (
	"fmt"

	"qalam/source/diag"
)

// maxReports is how many diagnostics of one code one file may have. A file
// that is wrong from end to end has a mistake in it that is worth saying often,
// but not a million times.
const maxReports = 100

// reports collects what is wrong with the files of an article, of each kind so
// much that an author can use it.
type reports struct {
	diags  diag.List
	counts map[reportKind]int
}

// reportKind is what is counted. Errors have a count of their own, so that no
// number of warnings hides one.
type reportKind struct {
	path, code string
	severity   diag.Severity
}

// Errorf adds an error and returns it, so that a hint can be set.
func (r *reports) Errorf(pos diag.Pos, code, format string, args ...any) *diag.Diagnostic {
	if !r.count(pos, code, diag.Error) {
		return &diag.Diagnostic{}
	}
	return r.diags.Errorf(pos, code, format, args...)
}

// Warnf adds a warning and returns it, so that a hint can be set.
func (r *reports) Warnf(pos diag.Pos, code, format string, args ...any) *diag.Diagnostic {
	if !r.count(pos, code, diag.Warning) {
		return &diag.Diagnostic{}
	}
	return r.diags.Warnf(pos, code, format, args...)
}

// count reports whether one more diagnostic of its kind is kept.
func (r *reports) count(pos diag.Pos, code string, severity diag.Severity) bool {
	if r.counts == nil {
		r.counts = map[reportKind]int{}
	}
	kind := reportKind{pos.Path, code, severity}
	r.counts[kind]++
	return r.counts[kind] <= maxReports
}

// list is all that was kept, by place. The last one of a kind of which there
// were more says so.
func (r *reports) list() diag.List {
	r.diags.Sort()
	said := map[reportKind]bool{}
	for i := len(r.diags) - 1; i >= 0; i-- {
		d := r.diags[i]
		kind := reportKind{d.Path, d.Code, d.Severity}
		if more := r.counts[kind] - maxReports; more > 0 && !said[kind] {
			said[kind] = true
			d.Message += fmt.Sprintf(" … and %d more of this kind", more)
		}
	}
	return r.diags
}
