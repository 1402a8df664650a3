// Package export is the pipeline from article folders to files: it loads,
// composes, and lets each Format write each language, whole files or none.
//
// Start at Run. The rule that holds everywhere: one bad language or output
// does not stop the others, and the Report says what is missing and why.
package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"qalam/export/document"
	"qalam/source"
	"qalam/source/diag"
	"qalam/source/translation"
)

// Format writes editions in one file format. It may be called from several
// goroutines at once.
type Format interface {
	// Ext is the extension of its files: "epub".
	Ext() string

	// Write writes e to w. What it says of the file is in the Written value.
	// When err is not nil, or the edition was skipped, what went to w is of no
	// use.
	Write(w io.Writer, e *document.Edition) (document.Written, error)
}

// Options says what to export. The zero value of each field is its sensible
// default.
type Options struct {
	Folders []Folder
	Out     string   // the folder for the files; created if missing
	Formats []Format // in the order in which they are written

	// Stdout, if not nil, gets the one file that is made, and Out is not used.
	// Run returns a *CountError if there would be none or several.
	Stdout io.Writer

	// Langs limits the export to these languages, as canonical tags; empty
	// means all.
	Langs []string

	// Settings are tried on every article in place of those in its front
	// matter, each with a key such as "pdf.paper".
	Settings []Setting

	Strict bool // a warning counts as an error: what it is about is not written
	Check  bool // make everything, write nothing

	// Progress, if not nil, is called before each output is made, on the
	// goroutine that called Run.
	Progress func(Step)
}

// Folder is an article folder to export.
type Folder struct {
	FS   fs.FS
	Dir  string // the folder as messages name it, slash-separated: "articles/days"
	Name string // the stem of its files when the article gives no slug
}

// Setting is one setting of a format: "text.width" and "0".
type Setting struct{ Key, Value string }

// Step is what Run is about to make.
type Step struct {
	Path        string // where the file goes
	Done, Total int    // outputs made, outputs to make
}

// Report is what Run did.
type Report struct {
	Outputs []Output  // the files that were written
	Diags   diag.List // paths as messages name them, by folder and then by place
}

// Output is one file that was written.
type Output struct {
	Path     string // slash-separated; "-" for standard output
	Lang     string
	Format   string // the extension: "epub"
	Bytes    int
	SHA256   string // lower-case hexadecimal
	Pages    int    // 0 where the format has no pages
	Conforms []string
}

// SettingError is a setting that does not exist or cannot have that value.
type SettingError struct {
	Setting
	Err error
}

func (e *SettingError) Error() string {
	return fmt.Sprintf("%s=%s: %v", e.Key, e.Value, e.Err)
}

func (e *SettingError) Unwrap() error { return e.Err }

// CountError says that standard output can hold one file, and how many there
// would be.
type CountError struct{ Outputs int }

func (e *CountError) Error() string {
	return fmt.Sprintf("standard output can hold one file, and this would be %d", e.Outputs)
}

// task is one file to be made.
type task struct {
	path    string
	format  Format
	edition *document.Edition
	folder  *Folder
	result  chan result
}

type result struct {
	data    []byte
	written document.Written
	err     error
}

// Run exports. What is wrong with an article or a file is in the report; the
// error is about the call: a *SettingError, a *CountError, or the context's
// own. After an error the report has what was written until then.
func Run(ctx context.Context, opts Options) (*Report, error) {
	r := &Report{}
	var tasks []*task
	for i := range opts.Folders {
		ts, err := prepare(&opts, &opts.Folders[i], r)
		if err != nil {
			return r, err
		}
		tasks = append(tasks, ts...)
	}
	if opts.Stdout != nil && len(tasks) != 1 {
		if len(tasks) == 0 && r.Diags.HasErrors() {
			return r, nil // the diagnostics say why there is none
		}
		return r, &CountError{len(tasks)}
	}
	tasks = withoutDoubles(tasks, r)

	// Rendering is spread over the processors; files are written here, in
	// order. A worker starts a task only when one before it has been taken
	// over, so that at most a few files are in memory.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		for _, t := range tasks {
			select {
			case slots <- struct{}{}:
				go func() { t.result <- t.render() }()
			case <-ctx.Done():
				return
			}
		}
	}()
	for i, t := range tasks {
		if opts.Progress != nil {
			opts.Progress(Step{t.path, i, len(tasks)})
		}
		select {
		case res := <-t.result:
			<-slots
			t.finish(ctx, &opts, res, r)
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
	}
	return r, nil
}

// prepare loads and composes one folder, and says which files it would make.
func prepare(opts *Options, folder *Folder, r *Report) ([]*task, error) {
	src, diags := source.Load(folder.FS, folder.Name)
	if src == nil {
		r.add(opts, folder, diags)
		return nil, nil
	}
	for _, s := range opts.Settings {
		if err := src.Set(s.Key, s.Value); err != nil {
			return nil, &SettingError{s, err}
		}
	}
	for _, lang := range opts.Langs {
		if !slices.Contains(langs(src), lang) {
			diags.Errorf(diag.Pos{}, "lang-absent", "the article has no version in %q", lang).
				Hint = "it has " + strings.Join(langs(src), ", ")
		}
	}
	heir := inheritable(src, diags)
	work := document.NewWork(src)
	broken := withErrors(diags)
	other := map[string]bool{} // files of languages that nobody asked for
	var editions []*document.Edition
	paths := map[*document.Edition]string{}
	for _, a := range src.Articles {
		switch {
		case len(opts.Langs) > 0 && !slices.Contains(opts.Langs, a.Lang):
			other[a.Path] = a.Path != source.ArticleFile || heir
		case !heir && a.Path != source.ArticleFile:
			diags.Errorf(diag.Pos{Path: a.Path}, "original-broken", "this translation is not exported, since it inherits from article.md").
				Hint = "correct the front matter of article.md"
		case heir && !broken[a.Path]:
			if a.Path != source.ArticleFile && !broken[source.ArticleFile] {
				diags = append(diags, translation.Check(src.Articles[0], a)...)
			}
			doc, more := document.Compose(src, a)
			diags = append(diags, more...)
			if a.Path != source.ArticleFile {
				diags = append(diags, stamp(doc, src.Articles[0], a, folder, opts.Strict)...)
			}
			e := &document.Edition{Name: a.Header.Slug + "." + a.Lang, Docs: []*document.Document{doc}, Work: work}
			editions = append(editions, e)
			paths[e] = a.Path
		}
	}
	diags = slices.DeleteFunc(diags, func(d *diag.Diagnostic) bool { return other[d.Path] })
	bad := r.add(opts, folder, diags)
	var tasks []*task
	for _, e := range editions {
		if bad[paths[e]] {
			continue
		}
		for _, f := range opts.Formats {
			tasks = append(tasks, &task{
				path:    path.Join(filepath.ToSlash(opts.Out), e.Name+"."+f.Ext()),
				format:  f,
				edition: e,
				folder:  folder,
				result:  make(chan result, 1),
			})
		}
	}
	return tasks, nil
}

// stamp says in a translation what it was made from, where that is known, and
// what has changed since.
func stamp(doc *document.Document, original, a *source.Article, folder *Folder, strict bool) diag.List {
	base, diags := source.LoadBase(folder.FS, a.Lang)
	if base == nil {
		return diags
	}
	basis := document.Basis{Date: base.Header.Modified}
	basis.Changed, basis.Total = translation.Since(base, original)
	if basis.Date.IsZero() {
		basis.Date = base.Header.Date
	}
	doc.Stamp(basis)
	if basis.Changed == 0 || a.Header.Stale == source.StaleStamp && !strict {
		return diags
	}
	say := diags.Warnf
	if a.Header.Stale == source.StaleRefuse {
		say = diags.Errorf
	}
	say(diag.Pos{Path: a.Path}, "translation-stale", "%d of %d parts of the original have changed since the translation was accepted", basis.Changed, basis.Total).
		Hint = fmt.Sprintf("`qalam status -l %s --diff` shows them; once it says the same, `qalam accept -l %s`", a.Lang, a.Lang)
	return diags
}

// inheritable reports whether translations can take what they do not say
// themselves from the canonical article: it was read, and nothing above its
// text has an error. Without that their records would be false.
func inheritable(f *source.Folder, diags diag.List) bool {
	main := f.Articles[0]
	if main.Path != source.ArticleFile || len(main.Blocks) == 0 {
		return false
	}
	text := main.Blocks[0].Pos().Line
	return !slices.ContainsFunc(diags, func(d *diag.Diagnostic) bool {
		return d.Severity == diag.Error && d.Path == main.Path && d.Line < text
	})
}

func langs(f *source.Folder) []string {
	var list []string
	for _, a := range f.Articles {
		list = append(list, a.Lang)
	}
	return list
}

// add takes diagnostics of a folder into the report, and returns the files of
// the folder that have errors.
func (r *Report) add(opts *Options, folder *Folder, diags diag.List) (bad map[string]bool) {
	diags.Sort()
	if opts.Strict {
		for _, d := range diags {
			d.Severity = diag.Error
		}
	}
	bad = withErrors(diags)
	for _, d := range diags {
		d.Path = path.Join(folder.Dir, d.Path)
	}
	r.Diags = append(r.Diags, diags...)
	return bad
}

// withErrors are the files that have errors.
func withErrors(diags diag.List) map[string]bool {
	files := map[string]bool{}
	for _, d := range diags {
		if d.Severity == diag.Error {
			files[d.Path] = true
		}
	}
	return files
}

// withoutDoubles refuses all files when two of them would have one name, also
// on a file system that does not tell upper from lower case.
func withoutDoubles(tasks []*task, r *Report) []*task {
	first := map[string]*task{}
	doubled := false
	for _, t := range tasks {
		key := strings.ToLower(t.path)
		if f, ok := first[key]; ok {
			doubled = true
			r.Diags.Errorf(diag.Pos{Path: t.folder.Dir}, "output-doubled", "would write %s, and so would %s", t.path, f.folder.Dir).
				Hint = "give one of them another slug: in its front matter, or export it into another folder with -o"
			continue
		}
		first[key] = t
	}
	if doubled {
		return nil
	}
	return tasks
}

// render makes the file in memory. A panic of ours must not take the other
// languages with it.
func (t *task) render() (res result) {
	defer func() {
		if p := recover(); p != nil {
			res = result{err: fmt.Errorf("fault in qalam, please report it: %v", p)}
		}
	}()
	var b bytes.Buffer
	written, err := t.format.Write(&b, t.edition)
	return result{b.Bytes(), written, err}
}

// finish writes the file that was rendered, unless something is wrong with it.
func (t *task) finish(ctx context.Context, opts *Options, res result, r *Report) {
	if res.err != nil {
		r.Diags.Errorf(diag.Pos{Path: t.path}, "output", "the file cannot be made: %v", res.err).
			Hint = "nothing was written; an older file of that name is as it was"
		return
	}
	bad := r.add(opts, t.folder, res.written.Warnings)
	if res.written.Skipped || len(bad) > 0 || opts.Check || ctx.Err() != nil {
		return
	}
	name := t.path
	var err error
	if opts.Stdout != nil {
		name = "-"
		_, err = opts.Stdout.Write(res.data)
	} else {
		err = WriteFile(ctx, filepath.FromSlash(t.path), res.data)
	}
	if err != nil {
		r.Diags.Errorf(diag.Pos{Path: name}, "output", "the file cannot be written: %v", cause(err)).
			Hint = "see that you may write there and that the disk is not full; an older file of that name is as it was"
		return
	}
	out := NewOutput(name, res.data)
	out.Lang = t.edition.Docs[0].Meta.Lang
	out.Format = t.format.Ext()
	out.Pages = res.written.Pages
	out.Conforms = res.written.Conforms
	r.Outputs = append(r.Outputs, out)
}

// NewOutput describes a file that was written outside of Run, with its size
// and checksum and nothing else.
func NewOutput(name string, data []byte) Output {
	sum := sha256.Sum256(data)
	return Output{Path: filepath.ToSlash(name), Bytes: len(data), SHA256: hex.EncodeToString(sum[:])}
}
