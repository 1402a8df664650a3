package main

import (
	"embed"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"qalam/export"
)

// licenses has the licence of qalam and of everything that is in its binary,
// one file each; a test holds the list complete.
//
//go:embed licenses
var licenses embed.FS

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:        "version",
		Usage:       "print the version, or the licences of what qalam is made of",
		ArgsUsage:   "[--licenses]",
		Description: "Example:\n  qalam version --licenses",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "licenses", Usage: "print the licences of qalam, its libraries, faces and data"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"`qalam version` wants no words", "type `qalam version`"}
			}
			if c.Bool("licenses") {
				return printLicenses(c)
			}
			v := version()
			if c.Bool("json") {
				return reportWith(c, &export.Report{}, nil, func(j jsonReport) any {
					return struct {
						jsonReport
						Qalam string `json:"qalam"`
					}{j, v}
				})
			}
			_, err := fmt.Fprintln(c.App.Writer, "qalam", v)
			return err
		},
	}
}

// version is the version of the module as the go command recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// license is one file of licenses.
type license struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func printLicenses(c *cli.Context) error {
	var list []license
	err := fs.WalkDir(licenses, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(licenses, name)
		list = append(list, license{strings.TrimSuffix(e.Name(), ".txt"), string(text)})
		return err
	})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return reportWith(c, &export.Report{}, nil, func(j jsonReport) any {
			return struct {
				jsonReport
				Licenses []license `json:"licenses"`
			}{j, list}
		})
	}
	for _, l := range list {
		if _, err := fmt.Fprintf(c.App.Writer, "==> %s <==\n\n%s\n", l.Name, l.Text); err != nil {
			return err
		}
	}
	return nil
}
