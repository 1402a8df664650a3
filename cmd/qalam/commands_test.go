package main

import (
	"encoding/json"
	"errors"
	"os/exec"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// exits runs a command of which the exit code matters: exits CODE COMMAND…
// Its output can be compared as that of exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || code != want {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// fifo makes a named pipe, which nobody will ever write to.
func fifo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fifo NAME")
	}
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o666))
}

// jsonHolds holds that a file is one JSON value of the form that --json
// promises.
func jsonHolds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: json FILE")
	}
	var v struct {
		Version     *int
		Outputs     *[]struct{ Path, SHA256 *string }
		Diagnostics *[]struct{ Code, Message, Severity *string }
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	if v.Version == nil || *v.Version != 1 || v.Outputs == nil || v.Diagnostics == nil {
		ts.Fatalf("%s lacks version, outputs or diagnostics", args[0])
	}
}
