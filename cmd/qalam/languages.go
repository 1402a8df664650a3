package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/locales"
)

// language is what `qalam languages` tells of one language.
type language struct {
	Tag    string            `json:"tag"`
	Name   string            `json:"name"`
	Script string            `json:"script"`
	Dir    locales.Direction `json:"dir"`
	Quotes string            `json:"quotes"` // ours around an ellipsis, two levels
	Digits string            `json:"digits"`
	Date   string            `json:"date"`
	// WordsFrom and DataFrom are the languages whose words and whose dates,
	// quotation marks and digits are used.
	WordsFrom string `json:"words-from"`
	DataFrom  string `json:"data-from"`
}

func languagesCommand() *cli.Command {
	return &cli.Command{
		Name:      "languages",
		Usage:     "say what is known of a language",
		ArgsUsage: "[TAG…]",
		Description: "Without tags: the languages that qalam has words of its own for (Notes, Contents, Translated by …).\n" +
			"With tags: what it knows of these languages.\n\nExample:\n  qalam languages kk kk-Arab",
		Action: func(c *cli.Context) error {
			var tags []string
			for _, word := range c.Args().Slice() {
				tag, err := parseTag(word)
				if err != nil {
					return err
				}
				tags = append(tags, tag)
			}
			asked := len(tags) > 0
			if !asked {
				tags = locales.Tags()
			}
			list := []language{}
			for _, tag := range tags {
				list = append(list, describe(tag))
			}
			if c.Bool("json") {
				return reportWith(c, &export.Report{}, nil, func(j jsonReport) any {
					return struct {
						jsonReport
						Languages []language `json:"languages"`
					}{j, list}
				})
			}
			for _, l := range list {
				if err := l.print(c.App.Writer, asked); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func describe(tag string) language {
	l := locales.Get(tag)
	q := l.Quotes
	return language{
		Tag:       tag,
		Name:      l.Name,
		Script:    l.Script,
		Dir:       l.Dir,
		Quotes:    q.Open + "…" + q.InnerOpen + "…" + q.InnerClose + "…" + q.Close,
		Digits:    strings.Join(l.Digits[:], ""),
		Date:      l.FormatDate(locales.Date{Year: 2022, Month: 1, Day: 27}),
		WordsFrom: l.LabelsFrom,
		DataFrom:  l.DataFrom,
	}
}

// print writes a line, or with all a paragraph.
func (l language) print(w io.Writer, all bool) error {
	if !all {
		_, err := fmt.Fprintf(w, "%-8s %s\n", l.Tag, l.Name)
		return err
	}
	words := "of its own"
	if l.WordsFrom != l.Tag {
		words = "those of " + l.WordsFrom
	}
	_, err := fmt.Fprintf(w, "%s\n  name    %s\n  script  %s, %s\n  quotes  %s\n  digits  %s\n  date    %s\n  words   %s\n",
		l.Tag, l.Name, l.Script, l.Dir, l.Quotes, l.Digits, l.Date, words)
	return err
}
