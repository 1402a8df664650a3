package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"qalam/export"
)

func completionCommand() *cli.Command {
	return &cli.Command{
		Name:        "completion",
		Usage:       "print the completion script of a shell",
		ArgsUsage:   "bash|zsh|fish",
		Description: "Example, for bash:\n  qalam completion bash > ~/.local/share/bash-completion/completions/qalam",
		Action: func(c *cli.Context) error {
			scripts := map[string]func(*strings.Builder, *cli.App){"bash": bashScript, "zsh": zshScript, "fish": fishScript}
			script, ok := scripts[c.Args().First()]
			if !ok || c.NArg() != 1 {
				return &usageError{"`qalam completion` wants the name of a shell", "type bash, zsh or fish, as in `qalam completion bash`"}
			}
			var b strings.Builder
			script(&b, c.App)
			if c.Bool("json") {
				return reportWith(c, &export.Report{}, nil, func(j jsonReport) any {
					return struct {
						jsonReport
						Script string `json:"script"`
					}{j, b.String()}
				})
			}
			_, err := io.WriteString(c.App.Writer, b.String())
			return err
		},
	}
}

// bashScript completes commands, then the flags of the command, then files.
func bashScript(w *strings.Builder, app *cli.App) {
	var cases strings.Builder
	var names []string
	for _, cmd := range app.Commands {
		names = append(names, cmd.Name)
		var flags []string
		for _, f := range cmd.Flags {
			flags = append(flags, dashed(f)...)
		}
		words := ""
		if cmd.Name == "completion" {
			words = "bash zsh fish"
		}
		fmt.Fprintf(&cases, "    %s) flags='%s --help' words='%s' ;;\n", cmd.Name, strings.Join(flags, " "), words)
	}
	fmt.Fprintf(w, `# bash completion for qalam
_qalam() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} flags='' words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '%s --help' -- "$cur"))
    return
  fi
  case ${COMP_WORDS[1]} in
%s  esac
  case $prev in
    -f|--format) COMPREPLY=($(compgen -W 'pdf epub txt' -- "$cur")); return ;;
  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur")) ;;
  esac
}
complete -o filenames -F _qalam qalam
`, strings.Join(names, " "), cases.String())
}

// zshScript lets zsh run the bash script, which zsh can since version 4.2.
func zshScript(w *strings.Builder, app *cli.App) {
	w.WriteString("#compdef qalam\nautoload -Uz bashcompinit && bashcompinit\n")
	bashScript(w, app)
}

func fishScript(b *strings.Builder, app *cli.App) {
	b.WriteString("# fish completion for qalam\n")
	for _, cmd := range app.Commands {
		fmt.Fprintf(b, "complete -c qalam -f -n __fish_use_subcommand -a %s -d %s\n", cmd.Name, fishQuote(cmd.Usage))
		seen := "-n '__fish_seen_subcommand_from " + cmd.Name + "'"
		for _, f := range cmd.Flags {
			fmt.Fprintf(b, "complete -c qalam %s", seen)
			for _, n := range f.Names() {
				if len(n) == 1 {
					fmt.Fprintf(b, " -s %s", n)
				} else {
					fmt.Fprintf(b, " -l %s", n)
				}
			}
			switch {
			case f.Names()[0] == "format":
				b.WriteString(" -x -a 'pdf epub txt'")
			case valued(f):
				b.WriteString(" -r")
			}
			if d, ok := f.(cli.DocGenerationFlag); ok {
				fmt.Fprintf(b, " -d %s", fishQuote(strings.ReplaceAll(d.GetUsage(), "`", "")))
			}
			b.WriteByte('\n')
		}
		if cmd.Name == "completion" {
			fmt.Fprintf(b, "complete -c qalam -f %s -a 'bash zsh fish'\n", seen)
		}
	}
}

// dashed are the names of a flag as they are typed.
func dashed(f cli.Flag) []string {
	var list []string
	for _, n := range f.Names() {
		if len(n) == 1 {
			list = append(list, "-"+n)
		} else {
			list = append(list, "--"+n)
		}
	}
	return list
}

func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
