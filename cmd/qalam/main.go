// Command qalam turns a footnoted article and its translations into PDF, EPUB
// and plain text.
//
// Each subcommand has a file of its own; args.go puts the words of a command
// line in order before urfave/cli sees them, and report.go prints. The rules
// that hold everywhere: standard output has results and nothing else, only
// main exits, and the exit code is 0 when all was done, 1 when something was
// not, 2 when the command line makes no sense.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/source/diag"
)

func main() {
	collectLater()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// collectLater lets the first garbage collection wait until the heap has 16 MiB
// instead of 4, since most runs end before that; then it is as usual.
func collectLater() {
	usual := debug.SetGCPercent(400)
	first := new([64]byte)
	runtime.AddCleanup(first, func(percent int) { debug.SetGCPercent(percent) }, usual)
}

// Exit codes.
const (
	exitOK    = 0 // all was written
	exitError = 1 // something was not, or check found an error
	exitUsage = 2 // the command line makes no sense
)

// usageError is a command line that makes no sense: one line what, one line
// what to type instead.
type usageError struct{ what, how string }

func (e *usageError) Error() string { return e.what }

// errReported means that what is wrong has been printed.
var errReported = errors.New("reported")

// run is the whole command, without its process.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	words, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, append([]string{app.Name}, words...))
	}
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "qalam: %s\n\t%s\n", usage.what, usage.how)
		if slices.Contains(args, "--json") {
			r := &export.Report{}
			r.Diags.Errorf(diag.Pos{}, "usage", "%s", usage.what).Hint = usage.how
			if err := encodeJSON(stdout, newJSONReport(r)); err != nil {
				fmt.Fprintf(stderr, "qalam: %v\n", err)
			}
		}
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "qalam: stopped; files that were not finished are as they were")
		return exitError
	case !errors.Is(err, errReported):
		fmt.Fprintf(stderr, "qalam: %v\n", err)
	}
	return exitError
}

// newApp is the command with all its subcommands.
//
// What urfave/cli would do by itself is turned off where it prints pages on
// errors, exits, or adds commands: version 2.27 has no setting for less.
func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:                      "qalam",
		Usage:                     "turns a footnoted article and its translations into PDF, EPUB and plain text",
		Description:               "Start with `qalam new my-article`, or with pasted text: `qalam import pasted.txt my-article`.\nThen `qalam export my-article` writes every language in every format into out/.",
		Reader:                    stdin,
		Writer:                    stdout,
		ErrWriter:                 stderr,
		HideHelpCommand:           true,
		HideVersion:               true,
		CustomAppHelpTemplate:     appHelp,
		ExitErrHandler:            func(*cli.Context, error) {},
		DisableSliceFlagSeparator: true,
		Commands: []*cli.Command{
			newCommand(), importCommand(), checkCommand(), exportCommand(),
			statusCommand(), acceptCommand(),
			fontsCommand(), languagesCommand(), completionCommand(), versionCommand(),
		},
		Action: func(c *cli.Context) error { return cli.ShowAppHelp(c) },
	}
	onUsage := func(_ *cli.Context, err error, _ bool) error {
		return &usageError{err.Error(), "see `qalam --help`"}
	}
	app.OnUsageError = onUsage
	for _, c := range app.Commands {
		c.Flags = append(c.Flags, commonFlags()...)
		c.OnUsageError = onUsage
		c.HideHelpCommand = true
		c.CustomHelpTemplate = commandHelp
	}
	return app
}

// commonFlags are the flags that every command has.
func commonFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "print only what is wrong"},
		&cli.BoolFlag{Name: "json", Usage: "print results and diagnostics as JSON on standard output"},
		&cli.BoolFlag{Name: "strict", Usage: "let a warning count as an error"},
	}
}

const appHelp = `qalam {{.Usage}}

Usage: qalam COMMAND [FLAGS] [WORDS]

{{range .VisibleCommands}}  {{printf "%-11s" .Name}} {{.Usage}}
{{end}}
{{.Description}}
` + "`qalam COMMAND --help` tells more of a command, with an example.\n"

const commandHelp = `qalam {{.Name}}: {{.Usage}}

Usage: qalam {{.Name}} {{.ArgsUsage}}

{{range .VisibleFlags}}  {{.}}
{{end}}
{{.Description}}
`
