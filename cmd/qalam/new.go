package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/source/sample"
)

func newCommand() *cli.Command {
	return &cli.Command{
		Name:        "new",
		Usage:       "start an article folder",
		ArgsUsage:   "DIR [--sample]",
		Description: "Writes DIR/article.md with a comment for each field. Files that exist are never replaced.\n\nExample:\n  qalam new my-article",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "sample", Usage: "write a whole article in nine languages to look at"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return &usageError{"`qalam new` wants one folder", "type `qalam new my-article`"}
			}
			files := sample.Blank()
			if c.Bool("sample") {
				files = sample.FS()
			}
			r, err := copyInto(c, files, c.Args().First())
			if err != nil {
				return err
			}
			return report(c, r)
		},
	}
}

// copyInto writes the files of fsys into a folder, all or none if one of them
// exists.
func copyInto(c *cli.Context, fsys fs.FS, dir string) (*export.Report, error) {
	r := &export.Report{}
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		names = append(names, name)
		if full := filepath.Join(dir, filepath.FromSlash(name)); exists(full) {
			r.Diags.Errorf(pathOnly(full), "file-exists", "the file is there already, and `qalam new` replaces nothing").
				Hint = "name a folder that does not exist yet"
		}
		return nil
	})
	if err != nil || r.Diags.HasErrors() {
		return r, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return r, err
		}
		if !writeResult(c, r, filepath.Join(dir, filepath.FromSlash(name)), data) {
			break
		}
	}
	return r, nil
}

// writeResult writes one file and adds it to the report, or says why not.
func writeResult(c *cli.Context, r *export.Report, name string, data []byte) bool {
	if err := export.WriteFile(c.Context, name, data); err != nil {
		r.Diags.Errorf(pathOnly(name), "output", "the file cannot be written: %v", unwrapPath(err)).
			Hint = "see that the folder exists, that you may write to it, and that the disk is not full"
		return false
	}
	r.Outputs = append(r.Outputs, export.NewOutput(name, data))
	return true
}

// exists reports whether there is anything of that name, also a broken link.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// isFile reports whether the name is that of a regular file.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
