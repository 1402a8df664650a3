package main

import (
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/locales"
	"qalam/source"
	"qalam/source/diag"
	"qalam/source/translation"
)

func statusCommand() *cli.Command {
	return &cli.Command{
		Name:      "status",
		Usage:     "say how current each translation is",
		ArgsUsage: "[DIR…] [-l TAG,…] [--diff] [--html PAGE.html]",
		Description: "Compares the article with what it was when a translation was last accepted (see `qalam accept`), block by\n" +
			"block. A translation that was never accepted is unknown.\n\n" +
			"Example:\n  qalam new my-article --sample && qalam status my-article",
		Flags: []cli.Flag{
			langFlag(),
			&cli.BoolFlag{Name: "diff", Usage: "show each block that is not current: what the original said, what it says, and the translation"},
			&cli.StringFlag{Name: "html", Usage: "write a page to look at into `FILE`"},
		},
		Action: status,
	}
}

// folderStatus is how current the translations of a folder are.
type folderStatus struct {
	Folder    string           `json:"folder"`
	Languages []languageStatus `json:"languages"`
}

type languageStatus struct {
	Lang     string        `json:"lang"`
	State    string        `json:"state"` // current, stale or unknown
	Blocks   int           `json:"blocks"`
	Complete int           `json:"complete"`
	Changed  int           `json:"changed"`
	Missing  int           `json:"missing"`
	Added    int           `json:"added"`
	Words    int           `json:"words"`
	Percent  int           `json:"percent"`
	Open     []blockStatus `json:"open"` // blocks that are not complete

	name string // in English
}

type blockStatus struct {
	ID          string            `json:"id"`
	Kind        string            `json:"kind"`
	State       translation.State `json:"state"`
	Place       string            `json:"place"` // in the article, or in the translation when it is only there
	Old         string            `json:"old"`
	New         string            `json:"new"`
	Translation string            `json:"translation"`
}

func status(c *cli.Context) error {
	tags, err := langs(c)
	if err != nil {
		return err
	}
	dirs := c.Args().Slice()
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	r := &export.Report{}
	list := []folderStatus{}
	for _, dir := range dirs {
		if f, ok := statusOf(r, dir, tags); ok {
			list = append(list, f)
		}
	}
	if page := c.String("html"); page != "" {
		writeResult(c, r, page, statusPage(list))
	}
	if !c.Bool("json") {
		for _, f := range list {
			if err := f.print(c.App.Writer, c.Bool("diff")); err != nil {
				return err
			}
		}
	}
	return reportWith(c, r, nil, func(j jsonReport) any {
		return struct {
			jsonReport
			Status []folderStatus `json:"status"`
		}{j, list}
	})
}

// openArticle opens and loads an article folder. What is wrong with it goes
// into the report; without ok there is nothing to work with.
func openArticle(r *export.Report, dir string) (root *os.Root, f *source.Folder, ok bool) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		folderMissing(r, dir, err)
		return nil, nil, false
	}
	f, diags := source.Load(root.FS(), folderName(dir))
	addErrors(r, dir, diags)
	if f == nil || len(f.Articles) == 0 || f.Articles[0].Path != source.ArticleFile {
		root.Close()
		return nil, nil, false
	}
	return root, f, true
}

// addErrors adds the errors of a folder to the report.
func addErrors(r *export.Report, dir string, diags diag.List) {
	for _, d := range diags {
		if d.Severity == diag.Error {
			d.Path = path.Join(filepath.ToSlash(filepath.Clean(dir)), d.Path)
			r.Diags = append(r.Diags, d)
		}
	}
}

// statusOf compares the translations of a folder.
func statusOf(r *export.Report, dir string, tags []string) (folderStatus, bool) {
	out := folderStatus{Folder: filepath.ToSlash(filepath.Clean(dir)), Languages: []languageStatus{}}
	root, f, ok := openArticle(r, dir)
	if !ok {
		return out, false
	}
	defer root.Close()
	langAbsent(r, dir, f, tags)
	english := locales.Get("en")
	for _, a := range f.Articles[1:] {
		if a.Lang == "" || len(tags) > 0 && !slices.Contains(tags, a.Lang) {
			continue
		}
		base, diags := source.LoadBase(root.FS(), a.Lang)
		addErrors(r, dir, diags)
		s := translation.Compare(base, f.Articles[0], a)
		l := languageStatus{
			Lang:     a.Lang,
			State:    s.Summary(),
			Blocks:   s.Total(),
			Complete: s.Count(translation.Complete),
			Changed:  s.Count(translation.Changed),
			Missing:  s.Count(translation.Missing),
			Added:    s.Count(translation.Added),
			Words:    s.Words(),
			Percent:  s.Percent(),
			Open:     []blockStatus{},
			name:     english.LanguageName(a.Lang),
		}
		for _, b := range s.Blocks {
			if b.State == translation.Complete || b.State == translation.Unknown {
				continue
			}
			pos := b.Pos
			if b.State == translation.Added {
				pos = b.TranslationPos
			}
			pos.Path, pos.Column = path.Join(out.Folder, pos.Path), 0
			l.Open = append(l.Open, blockStatus{b.ID, b.Kind, b.State, pos.String(), b.Old, b.New, b.Translation})
		}
		out.Languages = append(out.Languages, l)
	}
	return out, true
}

// langAbsent reports languages that the folder has no translation in.
func langAbsent(r *export.Report, dir string, f *source.Folder, tags []string) {
	for _, tag := range tags {
		if !slices.ContainsFunc(f.Articles[1:], func(a *source.Article) bool { return a.Lang == tag }) {
			r.Diags.Errorf(pathOnly(filepath.Clean(dir)), "lang-absent", "the article has no translation in %q", tag).
				Hint = fmt.Sprintf("a translation is the file locales/%s.md", tag)
		}
	}
}

var statusHead = [...]string{"language", "state", "complete", "changed", "missing", "added", "words", ""}

// row is the line of a language in the table.
func (l languageStatus) row() [len(statusHead)]string {
	row := [...]string{
		l.Lang + " " + l.name, l.State, fmt.Sprintf("%d of %d", l.Complete, l.Blocks),
		fmt.Sprint(l.Changed), fmt.Sprint(l.Missing), fmt.Sprint(l.Added), fmt.Sprint(l.Words), fmt.Sprintf("%d%%", l.Percent),
	}
	if l.State == "unknown" {
		row[2], row[3], row[7] = "?", "?", "?"
	}
	return row
}

// print writes the table of a folder, and with diff its open blocks.
func (f folderStatus) print(w io.Writer, diff bool) error {
	rows := [][len(statusHead)]string{statusHead}
	for _, l := range f.Languages {
		rows = append(rows, l.row())
	}
	var widths [len(statusHead)]int
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], displaywidth.String(cell))
		}
	}
	var b strings.Builder
	fmt.Fprintln(&b, f.Folder)
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-displaywidth.String(cell))
			if i < 2 {
				line += "  " + cell + space
			} else {
				line += "  " + space + cell
			}
		}
		fmt.Fprintln(&b, strings.TrimRight(line, " "))
	}
	for _, l := range f.Languages {
		if !diff || len(l.Open) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s %s\n", l.Lang, l.name)
		for _, o := range l.Open {
			fmt.Fprintf(&b, "\n  %s %s %s (%s)\n", o.State, o.Kind, o.ID, o.Place)
			for _, part := range []struct{ mark, text string }{{"-", o.Old}, {"+", o.New}, {"=", o.Translation}} {
				if part.text == "" || part.mark == "-" && o.Old == o.New {
					continue
				}
				for line := range strings.SplitSeq(part.text, "\n") {
					fmt.Fprintln(&b, strings.TrimRight("  "+part.mark+" "+line, " "))
				}
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// statusPage is a page with the tables and the open blocks.
func statusPage(list []folderStatus) []byte {
	var b strings.Builder
	b.WriteString(statusStyle)
	for _, f := range list {
		fmt.Fprintf(&b, "<h1>%s</h1>\n<table>\n<tr>", html.EscapeString(f.Folder))
		for _, h := range statusHead {
			fmt.Fprintf(&b, "<th>%s</th>", h)
		}
		b.WriteString("</tr>\n")
		for _, l := range f.Languages {
			fmt.Fprintf(&b, "<tr class=\"%s\">", l.State)
			for _, cell := range l.row() {
				fmt.Fprintf(&b, "<td>%s</td>", html.EscapeString(cell))
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table>\n")
		for _, l := range f.Languages {
			if len(l.Open) == 0 {
				continue
			}
			fmt.Fprintf(&b, "<h2>%s</h2>\n<table>\n<tr><th>block</th><th>the original said</th><th>it says</th><th>translation</th></tr>\n", html.EscapeString(l.Lang+" "+l.name))
			dir := locales.Get(l.Lang).Dir
			for _, o := range l.Open {
				fmt.Fprintf(&b, "<tr class=\"%s\"><td>%s %s<br><code>%s</code><br>%s</td><td class=\"text\">%s</td><td class=\"text\">%s</td><td class=\"text\" lang=\"%s\" dir=\"%s\">%s</td></tr>\n",
					o.State, o.State, o.Kind, o.ID, html.EscapeString(o.Place), html.EscapeString(o.Old), html.EscapeString(o.New),
					html.EscapeString(l.Lang), dir, html.EscapeString(o.Translation))
			}
			b.WriteString("</table>\n")
		}
	}
	b.WriteString("</body>\n</html>\n")
	return []byte(b.String())
}

const statusStyle = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Translations</title>
<style>
body { font-family: serif; margin: 2em; color: #222; background: #fff }
table { border-collapse: collapse }
th, td { padding: .3em .8em; text-align: start; vertical-align: top; border-bottom: 1px solid #ccc }
.text { white-space: pre-wrap; max-width: 28em }
.stale td:nth-child(2), .changed td:first-child, .missing td:first-child { color: #9a3b00 }
.current td:nth-child(2) { color: #1c6b2a }
</style>
</head>
<body>
`

func acceptCommand() *cli.Command {
	return &cli.Command{
		Name:      "accept",
		Usage:     "record that a translation is current",
		ArgsUsage: "[DIR] -l TAG,… [--block ID]",
		Description: "Copies the article, or one block of it, into locales/base/TAG.md: what the translation was made from.\n" +
			"`qalam status` compares the article with it. The IDs of blocks are those of `qalam status --diff`.\n\n" +
			"Example:\n  qalam new my-article --sample && qalam accept my-article -l kk",
		Flags: []cli.Flag{
			langFlag(),
			&cli.StringSliceFlag{Name: "block", Usage: "only the block with this `ID`"},
		},
		Action: accept,
	}
}

func accept(c *cli.Context) error {
	tags, err := langs(c)
	if err != nil {
		return err
	}
	if len(tags) == 0 {
		return &usageError{"`qalam accept` wants the language of the translation", "type -l TAG, as in `qalam accept my-article -l kk`"}
	}
	if c.NArg() > 1 {
		return &usageError{"`qalam accept` takes one article folder", "accept the others by themselves"}
	}
	dir := "."
	if c.NArg() == 1 {
		dir = c.Args().First()
	}
	r := &export.Report{}
	root, f, ok := openArticle(r, dir)
	if !ok {
		return report(c, r)
	}
	defer root.Close()
	langAbsent(r, dir, f, tags)
	if slices.ContainsFunc(r.Diags, func(d *diag.Diagnostic) bool {
		return path.Base(d.Path) == source.ArticleFile || d.Code == "lang-absent"
	}) {
		return report(c, r)
	}
	for _, tag := range tags {
		data, ok := baseOf(r, dir, root.FS(), f.Articles[0], tag, c.StringSlice("block"))
		if ok {
			writeResult(c, r, filepath.Join(dir, filepath.FromSlash(source.BaseFile(tag))), data)
		}
	}
	return report(c, r)
}

// baseOf is the new base of a translation.
func baseOf(r *export.Report, dir string, fsys fs.FS, original *source.Article, tag string, blocks []string) ([]byte, bool) {
	if len(blocks) == 0 {
		data, err := fs.ReadFile(fsys, source.ArticleFile)
		if err != nil {
			r.Diags.Errorf(pathOnly(filepath.Join(dir, source.ArticleFile)), "file-unreadable", "the file cannot be read: %v", unwrapPath(err))
		}
		return data, err == nil
	}
	base, diags := source.LoadBase(fsys, tag)
	addErrors(r, dir, diags)
	file := pathOnly(filepath.Join(dir, filepath.FromSlash(source.BaseFile(tag))))
	if base == nil {
		if len(diags) == 0 {
			r.Diags.Errorf(file, "base-missing", "the translation was never accepted, so that there is no block to accept").
				Hint = fmt.Sprintf("accept it as a whole first: `qalam accept -l %s`", tag)
		}
		return nil, false
	}
	for _, id := range blocks {
		next, ok := translation.Accept(base, original, id)
		if !ok {
			r.Diags.Errorf(file, "block-unknown", "no block is called %q", id).
				Hint = fmt.Sprintf("`qalam status -l %s --diff` names the blocks that have changed", tag)
			return nil, false
		}
		base = next
	}
	return source.Print(base), true
}
