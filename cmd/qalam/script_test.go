package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"qalam/source/golden"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"qalam": main})
}

// Each script is the command as a user meets it: exact messages, exit codes,
// and what must not exist. -update writes the wanted output anew.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *golden.Update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fifo": fifo, "json": jsonHolds},
	})
}
