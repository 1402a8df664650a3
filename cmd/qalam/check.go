package main

import (
	"github.com/urfave/cli/v2"

	"qalam/export"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "say what is wrong with an article; write nothing",
		ArgsUsage: "[DIR…] [-l TAG,…]",
		Description: "Reads, composes and makes every file in memory, so that it finds what export would find.\n\n" +
			"Example:\n  qalam new my-article --sample && qalam check my-article",
		Flags: []cli.Flag{langFlag()},
		Action: func(c *cli.Context) error {
			return runExport(c, export.Options{Formats: formats(), Check: true})
		},
	}
}
