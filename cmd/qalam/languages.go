package main

import (
	"fmt"
	"io"
	"reflect"
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
	Native string            `json:"native-digits"`
	Date   string            `json:"date"`
	// WordsFrom and DataFrom are the languages whose words and whose dates,
	// quotation marks and digits are used. Words that are not in WordsFrom's
	// language are its own; see Labels.
	WordsFrom string  `json:"words-from"`
	DataFrom  string  `json:"data-from"`
	Labels    []words `json:"labels"`
}

// words are those of one label.
type words struct {
	Label  string `json:"label"`
	Words  string `json:"words"`
	From   string `json:"from"`   // the language that they are in
	Source string `json:"source"` // "qalam", "docbook", "typst" or "cldr"
}

func languagesCommand() *cli.Command {
	return &cli.Command{
		Name:      "languages",
		Usage:     "say what is known of a language",
		ArgsUsage: "[TAG…]",
		Description: "Without tags: the languages that qalam has words of its own for (Notes, Contents, Translated by …).\n" +
			"With tags: what it knows of these languages. With --all: every language that it knows dates and quotation marks of.\n\n" +
			"Example:\n  qalam languages kk kk-Arab\n  qalam languages tr --labels",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "all", Aliases: []string{"a"}, Usage: "list every language that something is known of"},
			&cli.BoolFlag{Name: "labels", Usage: "print the words of one language as they stand under labels in the front matter"},
		},
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
			switch {
			case c.Bool("labels") && (len(tags) != 1 || c.Bool("all")):
				return &usageError{"--labels is for one language", "type its tag, as in `qalam languages tr --labels`"}
			case asked && c.Bool("all"):
				return &usageError{"--all is for every language", "leave out either --all or the tags"}
			case c.Bool("all"):
				tags = locales.All()
			case !asked:
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
			if c.Bool("labels") {
				return list[0].printLabels(c.App.Writer)
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
	out := language{
		Tag:       tag,
		Name:      l.Name,
		Script:    l.Script,
		Dir:       l.Dir,
		Quotes:    q.Open + "…" + q.InnerOpen + "…" + q.InnerClose + "…" + q.Close,
		Digits:    strings.Join(l.Digits[:], ""),
		Native:    strings.Join(l.Native[:], ""),
		Date:      l.FormatDate(locales.Date{Year: 2022, Month: 1, Day: 27}),
		WordsFrom: l.LabelsFrom,
		DataFrom:  l.DataFrom,
	}
	for i, s := range l.LabelSources() {
		out.Labels = append(out.Labels, words{s.Label, reflect.ValueOf(l.Labels).Field(i).String(), s.Tag, s.Source})
	}
	return out
}

// print writes a line, or with all a paragraph.
func (l language) print(w io.Writer, all bool) error {
	if !all {
		_, err := fmt.Fprintf(w, "%-8s %s\n", l.Tag, l.Name)
		return err
	}
	_, err := fmt.Fprintf(w, "%s\n  name    %s\n  script  %s, %s\n  quotes  %s\n  digits  %s\n  date    %s\n  words   %s\n",
		l.Tag, l.Name, l.Script, l.Dir, l.Quotes, l.digits(), l.Date, l.words())
	return err
}

// digits are the digits, with those of the script where these are others.
func (l language) digits() string {
	if l.Native == l.Digits {
		return l.Digits
	}
	return l.Digits + "; native " + l.Native
}

// words says how many words are the language's own, where they are from, and
// which are borrowed.
func (l language) words() string {
	var borrowed []string
	var sources []string // in the order in which they are met
	count := make(map[string]int)
	for _, w := range l.Labels {
		if l.borrowed(w) {
			borrowed = append(borrowed, w.Label)
			continue
		}
		if count[w.Source]++; count[w.Source] == 1 {
			sources = append(sources, w.Source)
		}
	}
	switch {
	case len(borrowed) == len(l.Labels):
		return "those of " + l.WordsFrom
	case len(borrowed) == 0 && len(sources) == 1 && sources[0] == "qalam":
		return "of its own"
	}
	for i, s := range sources {
		sources[i] = fmt.Sprintf("%d of %s", count[s], s)
	}
	own := fmt.Sprintf("%d of %d: %s", len(l.Labels)-len(borrowed), len(l.Labels), strings.Join(sources, ", "))
	if len(borrowed) == 0 {
		return own
	}
	return own + "\n          those of " + l.WordsFrom + " for " + strings.Join(borrowed, ", ")
}

// borrowed reports whether words are in another language.
func (l language) borrowed(w words) bool {
	own, _, _ := strings.Cut(l.Tag, "-")
	from, _, _ := strings.Cut(w.From, "-")
	return own != from
}

// printLabels writes all words as the field "labels" of front matter. Those
// that are borrowed or not our own have a comment that says where they are from.
func (l language) printLabels(w io.Writer) error {
	var b strings.Builder
	b.WriteString("labels:\n")
	for _, label := range l.Labels {
		fmt.Fprintf(&b, "  %s: %s", label.Label, yamlQuote(label.Words))
		switch {
		case l.borrowed(label):
			fmt.Fprintf(&b, "  # borrowed from %s", label.From)
		case label.Source != "qalam":
			fmt.Fprintf(&b, "  # from %s", label.Source)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// yamlQuote is a text on one line in quotation marks, as YAML has it.
func yamlQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
