package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	unicodescript "github.com/go-text/typesetting/language"
	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset"
)

// face is what `qalam fonts` tells of a face.
type face struct {
	Name       string   `json:"name"`
	Style      string   `json:"style"`
	Scripts    []string `json:"scripts"`
	Characters int      `json:"characters"`
}

// use says which faces show a script of one language version.
type use struct {
	Lang   string   `json:"lang"`
	Script string   `json:"script"` // ISO 15924; Zyyy is what no script has for itself
	Faces  []string `json:"faces"`
}

func fontsCommand() *cli.Command {
	return &cli.Command{
		Name:      "fonts",
		Usage:     "say which fonts there are, or which an article uses",
		ArgsUsage: "[DIR] [-l TAG,…]",
		Description: "Without a folder: the fonts of qalam, how many characters they have, and the scripts they are for\n" +
			"(ISO 15924; Zmth is mathematics, Zsym are signs, Zsye are emoji).\n" +
			"With a folder: which font each script of the article is set in, in every language.\n\n" +
			"Example:\n  qalam fonts my-article",
		Flags: []cli.Flag{langFlag()},
		Action: func(c *cli.Context) error {
			switch c.NArg() {
			case 0:
				if c.IsSet("lang") {
					return &usageError{"-l needs a folder", "type `qalam fonts DIR -l TAG`"}
				}
				return listFaces(c)
			case 1:
				return listUses(c, c.Args().First())
			}
			return &usageError{"`qalam fonts` wants one folder", "type `qalam fonts DIR`"}
		},
	}
}

// listFaces prints the faces of the program.
func listFaces(c *cli.Context) error {
	list := []face{}
	longest := 0
	for _, f := range fonts.Embedded() {
		list = append(list, face{f.Name, f.Style.String(), f.Scripts, f.Chars})
		longest = max(longest, len(f.Name))
	}
	if c.Bool("json") {
		return reportWith(c, &export.Report{}, nil, func(j jsonReport) any {
			return struct {
				jsonReport
				Faces []face `json:"faces"`
			}{j, list}
		})
	}
	for _, f := range list {
		if _, err := fmt.Fprintf(c.App.Writer, "%-*s  %-11s  %5d  %s\n", longest, f.Name, f.Style, f.Characters, strings.Join(f.Scripts, " ")); err != nil {
			return err
		}
	}
	return nil
}

// listUses prints which faces an article uses. It lays out all of its pages, so
// that what it says is what a PDF has.
func listUses(c *cli.Context, dir string) error {
	r := &export.Report{}
	u := &uses{}
	tags, err := langs(c)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		folderMissing(r, dir, err)
	} else {
		defer root.Close()
		r, err = export.Run(c.Context, export.Options{
			Folders: []export.Folder{{FS: root.FS(), Dir: filepath.ToSlash(filepath.Clean(dir)), Name: folderName(dir)}},
			Formats: []export.Format{u},
			Langs:   tags,
			Strict:  c.Bool("strict"),
			Check:   true,
		})
		if err != nil {
			return err
		}
		r.Outputs = nil // nothing was written
	}
	if !c.Bool("json") {
		if err := u.print(c.App.Writer); err != nil {
			return err
		}
	}
	return reportWith(c, r, nil, func(j jsonReport) any {
		return struct {
			jsonReport
			Uses []use `json:"uses"`
		}{j, u.sorted()}
	})
}

// uses is the format in which an article is "written" to learn which faces its
// pages have.
type uses struct {
	mu   sync.Mutex
	list []use
}

// Ext is that of the files whose faces it tells.
func (*uses) Ext() string { return "pdf" }

// Write writes nothing to w, and notes the faces of e.
func (u *uses) Write(_ io.Writer, e *document.Edition) (document.Written, error) {
	book, diags := typeset.Layout(e)
	if book == nil {
		return document.Written{Skipped: true, Warnings: diags}, nil
	}
	faces := make(map[string][]string) // by script, in the order of the pages
	for _, page := range book.Pages {
		for _, line := range page.Lines {
			for _, piece := range line.Pieces {
				if piece.Face == nil {
					continue // a picture
				}
				for _, script := range scriptsOf(piece.Text) {
					if name := piece.Face.Name(); !slices.Contains(faces[script], name) {
						faces[script] = append(faces[script], name)
					}
				}
			}
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	for script, names := range faces {
		u.list = append(u.list, use{e.Docs[0].Locale.Tag, script, names})
	}
	return document.Written{Warnings: diags}, nil
}

// scriptsOf are the scripts of the characters of a text, each once; of one
// without letters Zyyy, of an empty one none.
func scriptsOf(text string) []string {
	var scripts []string
	for _, r := range text {
		s := unicodescript.LookupScript(r)
		if s == unicodescript.Common || s == unicodescript.Inherited {
			continue
		}
		if name := s.String(); !slices.Contains(scripts, name) {
			scripts = append(scripts, name)
		}
	}
	if len(scripts) == 0 && strings.TrimSpace(text) != "" {
		scripts = append(scripts, "Zyyy")
	}
	return scripts
}

// sorted are the uses by language and script.
func (u *uses) sorted() []use {
	slices.SortFunc(u.list, func(a, b use) int {
		return strings.Compare(a.Lang+" "+a.Script, b.Lang+" "+b.Script)
	})
	if u.list == nil {
		return []use{}
	}
	return u.list
}

// print writes a paragraph for each language.
func (u *uses) print(w io.Writer) error {
	lang := ""
	for _, use := range u.sorted() {
		if use.Lang != lang {
			lang = use.Lang
			if _, err := fmt.Fprintln(w, lang); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(w, "  %s  %s\n", use.Script, strings.Join(use.Faces, ", ")); err != nil {
			return err
		}
	}
	return nil
}
