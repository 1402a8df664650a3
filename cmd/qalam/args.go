package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts the words of a command line into the order that urfave/cli
// takes: the command, its flags, "--", and the rest. cli v2 itself stops
// looking for flags at the first word that is none, so that `export dir -o
// out` would take "-o" and "out" for two more folders, with exit code 0.
//
// Flags may also stand before the command and be joined: -qo out, -lkk,
// --lang=kk. A word "--" ends the flags, and "-" is a word. Unknown commands
// and flags, and flags without their value, are a *usageError that names the
// nearest one that exists.
func arrange(app *cli.App, args []string) ([]string, error) {
	at := commandIndex(app, args)
	if at < 0 {
		for _, a := range args {
			switch {
			case a == "-h" || a == "--help":
				return []string{"--help"}, nil
			case a == "-v" || a == "--version":
				return []string{"version"}, nil
			}
		}
		if len(args) == 0 {
			return nil, nil
		}
		return nil, &usageError{"there is no command among these words", "see `qalam --help`"}
	}
	name := args[at]
	if name == "help" { // `help export` is `export --help`
		args = append(slices.Delete(slices.Clone(args), at, at+1), "--help")
		if len(args) == 1 {
			return args, nil
		}
		return arrange(app, args)
	}
	cmd := app.Command(name)
	if cmd == nil {
		names := make([]string, len(app.Commands))
		for i, c := range app.Commands {
			names[i] = c.Name
		}
		return nil, &usageError{fmt.Sprintf("there is no command %q", name), suggest(name, names, "`qalam %s`", "see `qalam --help`")}
	}
	p := parser{cmd: cmd}
	rest := slices.Concat(args[:at], args[at+1:])
	if err := p.parse(rest); err != nil {
		return nil, err
	}
	if p.help {
		return []string{cmd.Name, "--help"}, nil
	}
	return slices.Concat([]string{cmd.Name}, p.flags, []string{"--"}, p.words), nil
}

// commandIndex finds the command: the first word that is neither a flag nor
// the value of one. It returns -1 if there is none.
func commandIndex(app *cli.App, args []string) int {
	takesValue := map[string]bool{} // of any command: which one it is, is not known yet
	for _, c := range app.Commands {
		for _, f := range c.Flags {
			for _, n := range f.Names() {
				takesValue[n] = takesValue[n] || valued(f)
			}
		}
	}
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" || a == "-" || !strings.HasPrefix(a, "-") {
			return i
		}
		if takesValue[strings.TrimLeft(a, "-")] {
			i++
		}
	}
	return -1
}

// parser sorts the words behind a command.
type parser struct {
	cmd   *cli.Command
	flags []string // "--name" or "--name=value"
	words []string
	help  bool
}

func (p *parser) parse(args []string) error {
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			p.words = append(p.words, args[i+1:]...)
			return nil
		case a == "-h" || a == "--help":
			p.help = true
		case a == "-" || !strings.HasPrefix(a, "-"):
			p.words = append(p.words, a)
		case strings.HasPrefix(a, "--"):
			name, value, joined := strings.Cut(a[2:], "=")
			used, err := p.flag("--"+name, name, value, joined, args[i+1:])
			if err != nil {
				return err
			}
			i += used
		default:
			used, err := p.short(a[1:], args[i+1:])
			if err != nil {
				return err
			}
			i += used
		}
	}
	return nil
}

// short takes flags of one letter that are joined: "qo", "lkk", "l=kk".
func (p *parser) short(letters string, next []string) (used int, err error) {
	for letters != "" {
		name := letters[:1]
		letters = letters[1:]
		f := p.find(name)
		value, joined := letters, letters != ""
		if f != nil && valued(f) {
			letters = ""
			value = strings.TrimPrefix(value, "=")
		} else {
			value, joined = "", false
		}
		if used, err = p.flag("-"+name, name, value, joined, next); err != nil {
			return 0, err
		}
	}
	return used, nil
}

// flag takes one flag, with its value joined to it or in the next word.
func (p *parser) flag(shown, name, value string, joined bool, next []string) (used int, err error) {
	f := p.find(name)
	if f == nil {
		var names []string
		for _, f := range p.cmd.Flags {
			names = append(names, f.Names()[0])
		}
		return 0, &usageError{
			fmt.Sprintf("`qalam %s` has no flag %s", p.cmd.Name, shown),
			suggest(name, names, "--%s", fmt.Sprintf("see `qalam %s --help`", p.cmd.Name)),
		}
	}
	long := "--" + f.Names()[0]
	switch {
	case !valued(f) && joined:
		return 0, &usageError{fmt.Sprintf("%s takes no value", shown), fmt.Sprintf("type `qalam %s %s`", p.cmd.Name, long)}
	case !valued(f):
		p.flags = append(p.flags, long)
		return 0, nil
	case !joined && len(next) == 0:
		return 0, &usageError{fmt.Sprintf("%s needs a value", shown), fmt.Sprintf("see `qalam %s --help`", p.cmd.Name)}
	case !joined:
		value, used = next[0], 1
	}
	p.flags = append(p.flags, long+"="+value)
	return used, nil
}

func (p *parser) find(name string) cli.Flag {
	for _, f := range p.cmd.Flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

// valued reports whether the next word is the flag's value.
func valued(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// suggest formats the nearest of the names, or gives the other text when none
// is near.
func suggest(word string, names []string, format, otherwise string) string {
	best, distance := "", 3
	for _, n := range names {
		if d := editDistance(word, n); d < distance {
			best, distance = n, d
		}
	}
	if best == "" {
		return otherwise
	}
	return "did you mean " + fmt.Sprintf(format, best) + "?"
}

// editDistance is the Levenshtein distance of a and b, in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
