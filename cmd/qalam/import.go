package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/source"
	"qalam/source/diag"
	"qalam/source/pasted"
)

// maxPasted is the size of the largest text that import reads, in bytes: that
// of the largest article.
const maxPasted = source.MaxTextSize

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "turn pasted text, with its notes, into an article folder",
		ArgsUsage: "FILE [DIR] [-l TAG] [--title TITLE]",
		Description: "Finds the list of notes at the end of the text and the numbers in the text that refer to it,\n" +
			"and prints a concordance: every note with its references, and every number that was not taken, with the reason.\n" +
			"FILE can be a page of HTML too: one that a browser saved, or that a word processor wrote. FILE - is standard input. With -l, an existing folder gets a translation: DIR/locales/TAG.md.\n\n" +
			"Example:\n  qalam import pasted.txt my-article --title \"The days of January\"",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "lang", Aliases: []string{"l"}, Usage: "the language of the text: a `TAG` such as en (default: guessed)"},
			&cli.StringFlag{Name: "title", Usage: "the `TITLE`, when the text does not begin with one"},
			&cli.StringFlag{Name: "marks", Usage: "how the text writes its marks: " + strings.Join(pasted.MarkStyles(), ", ") + " (default: guessed)"},
			&cli.StringFlag{Name: "notes", Usage: "where its notes are: " + strings.Join(pasted.NoteStyles(), ", ") + " (default: guessed)"},
			&cli.StringFlag{Name: "review", Usage: "write a page into this `FILE`, on which an editor checks every mark and signs"},
		},
		Action: importText,
	}
}

func importText(c *cli.Context) error {
	if c.NArg() < 1 || c.NArg() > 2 {
		return &usageError{"`qalam import` wants a file and, if you like, a folder", "type `qalam import pasted.txt my-article --title \"…\"`"}
	}
	file, dir := c.Args().Get(0), c.Args().Get(1)
	if dir == "" {
		if file == "-" {
			return &usageError{"text from standard input needs the name of a folder", "type `qalam import - my-article`"}
		}
		dir = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	}
	for _, flag := range []struct {
		name   string
		values []string
	}{{"marks", pasted.MarkStyles()}, {"notes", pasted.NoteStyles()}} {
		if v := c.String(flag.name); v != "" && !slices.Contains(flag.values, v) {
			return &usageError{fmt.Sprintf("--%s cannot be %q", flag.name, v), "it is one of " + strings.Join(flag.values, ", ") + "; without it, it is guessed"}
		}
	}
	lang := c.String("lang")
	if lang != "" {
		var err error
		if lang, err = parseTag(lang); err != nil {
			return err
		}
	}
	r := &export.Report{}
	target := importTarget(r, dir, lang)
	if r.Diags.HasErrors() {
		return report(c, r)
	}
	review := c.String("review")
	if review != "" && (exists(review) || filepath.Clean(review) == filepath.Clean(target)) {
		r.Diags.Errorf(pathOnly(review), "file-exists", "the file is there already, and `qalam import` replaces nothing").
			Hint = "give --review another name"
		return report(c, r)
	}
	data, err := readPasted(c, file)
	if err != nil {
		d := r.Diags.Errorf(pathOnly(file), "pasted-unreadable", "the text cannot be read: %v", unwrapPath(err))
		d.Hint = "name a file of plain text, or - for standard input"
		if errors.Is(err, fs.ErrNotExist) {
			d.Message = "there is no such file"
		}
		return report(c, r)
	}
	shown := filepath.ToSlash(file)
	if file == "-" {
		shown = "standard input"
	}
	opts := pasted.Options{Path: shown, Title: c.String("title"), Lang: lang, Marks: c.String("marks"), Notes: c.String("notes")}
	res, diags := pasted.ReaderFor(shown, data)(data, opts)
	r.Diags = diags
	if res == nil || diags.HasErrors() || c.Bool("strict") && len(diags) > 0 {
		return reportWith(c, r, nil, func(j jsonReport) any { return j })
	}
	if writeResult(c, r, target, source.Print(res.Article)) && review != "" {
		writeResult(c, r, review, pasted.Review(data, opts, res, diags))
	}
	return reportWith(c, r,
		func(w io.Writer) { res.Concordance.WriteText(w) },
		func(j jsonReport) any {
			return struct {
				jsonReport
				Concordance *pasted.Concordance `json:"concordance"`
			}{j, &res.Concordance}
		})
}

// importTarget is the file that an import writes: article.md of a new folder,
// or a translation in one that has an article.
func importTarget(r *export.Report, dir, lang string) string {
	article := filepath.Join(dir, "article.md")
	if !exists(article) {
		if isFile(dir) {
			r.Diags.Errorf(pathOnly(dir), "file-exists", "this is a file, and an article is a folder").
				Hint = "name another folder, as in `qalam import FILE my-article`"
		}
		return article
	}
	if lang == "" {
		r.Diags.Errorf(pathOnly(article), "file-exists", "the article is there already, and `qalam import` replaces nothing").
			Hint = "name another folder, or add a translation: -l TAG"
		return article
	}
	target := filepath.Join(dir, "locales", lang+".md")
	if canonicalLang(dir) == lang {
		r.Diags.Errorf(pathOnly(article), "lang-canonical", "the article itself is in %q, and a translation is in another language", lang).
			Hint = "name the language of the text with -l, or another folder"
	} else if exists(target) {
		r.Diags.Errorf(pathOnly(target), "file-exists", "the translation is there already, and `qalam import` replaces nothing").
			Hint = "move it away first"
	}
	return target
}

// canonicalLang is the language of the article in a folder; empty when that
// cannot be read, which the next check will say.
func canonicalLang(dir string) string {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return ""
	}
	defer root.Close()
	f, _ := source.Load(root.FS(), folderName(dir))
	if f == nil {
		return ""
	}
	return f.Articles[0].Lang
}

// readPasted reads the file that the command line names; "-" is standard
// input. Only regular files and pipes of standard input are read, so that a
// device or a pipe of that name cannot make it wait for ever.
func readPasted(c *cli.Context, file string) ([]byte, error) {
	in := c.App.Reader
	if file != "-" {
		info, err := os.Stat(file)
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() {
			return nil, errors.New("it is not a file of text")
		}
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxPasted+1))
	if err == nil && len(data) > maxPasted {
		err = fmt.Errorf("it is larger than %d MiB", maxPasted>>20)
	}
	return data, err
}

// pathOnly is the place of a whole file.
func pathOnly(name string) diag.Pos { return diag.Pos{Path: filepath.ToSlash(name)} }

// unwrapPath drops the operation and the path from an error of the file
// system, which the diagnostic names already.
func unwrapPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
