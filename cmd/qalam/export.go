package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/export/epub"
	"qalam/export/pdf"
	"qalam/export/text"
	"qalam/locales"
)

// formats are the file formats, in the order in which files are written.
func formats() []export.Format {
	return []export.Format{pdf.Format{}, epub.Format{}, text.Format{}}
}

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write an article in every language and format",
		ArgsUsage: "[DIR…] [-o OUT] [-l TAG,…] [-f FORMAT,…] [--set KEY=VALUE]",
		Description: "Writes OUT/SLUG.TAG.EXT for each article folder, language and format.\n\n" +
			"Example:\n  qalam new my-article --sample && qalam export my-article -l en,ru -f epub,txt",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "out", Usage: "the `FOLDER` for the files; - for a single file on standard output"},
			langFlag(),
			&cli.StringSliceFlag{Name: "format", Aliases: []string{"f"}, Usage: "only these `FORMATS`: pdf, epub, txt"},
			&cli.StringSliceFlag{Name: "set", Usage: "try a setting of the front matter once: `KEY=VALUE`, pdf.paper=Letter"},
		},
		Action: func(c *cli.Context) error {
			opts, err := exportOptions(c)
			if err != nil {
				return err
			}
			return runExport(c, opts)
		},
	}
}

// exportOptions makes options of the flags.
func exportOptions(c *cli.Context) (export.Options, error) {
	opts := export.Options{Out: c.String("out")}
	if opts.Out == "-" {
		if c.Bool("json") {
			return opts, &usageError{"-o - and --json both want standard output", "export into a folder: -o out --json"}
		}
		opts.Out, opts.Stdout = "", c.App.Writer
	}
	all := formats()
	for _, name := range listFlag(c, "format") {
		i := slices.IndexFunc(all, func(f export.Format) bool { return f.Ext() == strings.ToLower(name) })
		if i < 0 {
			return opts, &usageError{fmt.Sprintf("there is no format %q", name), "the formats are pdf, epub and txt"}
		}
		if !slices.Contains(opts.Formats, all[i]) {
			opts.Formats = append(opts.Formats, all[i])
		}
	}
	if len(opts.Formats) == 0 {
		opts.Formats = all
	}
	for _, s := range c.StringSlice("set") {
		key, value, ok := strings.Cut(s, "=")
		if !ok {
			return opts, &usageError{fmt.Sprintf("--set %s has no value", s), "type --set KEY=VALUE, as in --set pdf.paper=Letter"}
		}
		opts.Settings = append(opts.Settings, export.Setting{Key: key, Value: value})
	}
	return opts, nil
}

// runExport exports the folders that the command line names and prints the
// report.
func runExport(c *cli.Context, opts export.Options) error {
	var err error
	if opts.Langs, err = langs(c); err != nil {
		return err
	}
	dirs := c.Args().Slice()
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	opts.Strict = c.Bool("strict")
	r := &export.Report{}
	var seen []os.FileInfo
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if err != nil {
			folderMissing(r, dir, err)
			continue
		}
		defer root.Close()
		info, err := root.Stat(".")
		if err == nil && slices.ContainsFunc(seen, func(i os.FileInfo) bool { return os.SameFile(i, info) }) {
			continue // named twice
		}
		seen = append(seen, info)
		opts.Folders = append(opts.Folders, export.Folder{FS: root.FS(), Dir: filepath.ToSlash(filepath.Clean(dir)), Name: folderName(dir)})
	}
	progress := newProgress(c)
	opts.Progress = progress.step
	ran, err := export.Run(c.Context, opts)
	progress.clear()
	r.Diags = append(r.Diags, ran.Diags...)
	r.Outputs = ran.Outputs
	var setting *export.SettingError
	var count *export.CountError
	switch {
	case errors.As(err, &setting):
		return &usageError{"--set " + setting.Error(), "the settings are those below pdf:, epub: and text: in the front matter"}
	case errors.As(err, &count):
		return &usageError{"-o -: " + count.Error(), "name one language and one format: -l en -f txt -o -"}
	case err != nil:
		if printed := report(c, r); printed != nil && !errors.Is(printed, errReported) {
			return printed
		}
		return err
	}
	return report(c, r)
}

// folderMissing says why a folder cannot be opened.
func folderMissing(r *export.Report, dir string, err error) {
	d := r.Diags.Errorf(pathOnly(dir), "folder-missing", "the folder cannot be opened: %v", unwrapPath(err))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.Message = "there is no such folder"
		d.Hint = fmt.Sprintf("`qalam new %s` starts one", dir)
	case isFile(dir):
		d.Message = "this is a file, and an article is a folder"
		d.Hint = fmt.Sprintf("for pasted text, `qalam import %s my-article` makes a folder of it", dir)
	default:
		d.Hint = "see that it exists and that you may read it"
	}
}

// folderName is the last part of a folder's name, also of "." and "..".
func folderName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return filepath.Base(dir)
}

// langFlag is the flag for languages that check and export share.
func langFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "lang", Aliases: []string{"l"}, Usage: "only these languages: `TAGS` such as en or kk,ru"}
}

// langs are the canonical tags that -l names, each once.
func langs(c *cli.Context) ([]string, error) {
	var tags []string
	for _, word := range listFlag(c, "lang") {
		tag, err := parseTag(word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// parseTag reads a tag of the command line.
func parseTag(word string) (string, error) {
	tag, err := locales.ParseTag(word)
	if err == nil {
		return tag, nil
	}
	how := "a language is a tag such as en, kk or zh-Hans; see `qalam languages`"
	var wrong *locales.TagError
	if errors.As(err, &wrong) && wrong.Suggestion != "" {
		how = "did you mean -l " + wrong.Suggestion + "?"
	}
	return "", &usageError{err.Error(), how}
}

// listFlag is the values of a flag that may be given several times, with
// several values in each, between commas.
func listFlag(c *cli.Context, name string) []string {
	var list []string
	for _, s := range c.StringSlice(name) {
		for part := range strings.SplitSeq(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
	}
	return list
}

// progress shows on a terminal how far a long export is.
type progress struct {
	out   *os.File // nil when nothing is to be shown
	start time.Time
	shown bool
}

// patience is how long the work lasts before progress shows, so that short
// work leaves the terminal alone.
const patience = time.Second

func newProgress(c *cli.Context) *progress {
	p := &progress{start: time.Now()}
	if f, ok := c.App.ErrWriter.(*os.File); ok && !c.Bool("quiet") && !c.Bool("json") {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.out = f
		}
	}
	return p
}

func (p *progress) step(s export.Step) {
	if p.out == nil || time.Since(p.start) < patience {
		return
	}
	p.shown = true
	fmt.Fprintf(p.out, "\r\x1b[K%d of %d: %s", s.Done+1, s.Total, s.Path)
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
