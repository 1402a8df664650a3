package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"qalam/export"
	"qalam/source/diag"
)

// jsonReport is what --json prints, the same for every command. A command may
// embed it beside one field of its own.
type jsonReport struct {
	Version     int              `json:"version"`
	Outputs     []jsonOutput     `json:"outputs"`
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
}

type jsonOutput struct {
	Path     string   `json:"path"`
	Lang     string   `json:"lang"`
	Format   string   `json:"format"`
	Bytes    int      `json:"bytes"`
	SHA256   string   `json:"sha256"`
	Pages    int      `json:"pages"`
	Conforms []string `json:"conforms"`
}

type jsonDiagnostic struct {
	Path     string        `json:"path"`
	Line     int32         `json:"line"`
	Column   int32         `json:"column"`
	Severity diag.Severity `json:"severity"`
	Code     string        `json:"code"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint"`
}

func newJSONReport(r *export.Report) jsonReport {
	j := jsonReport{Version: 1, Outputs: []jsonOutput{}, Diagnostics: []jsonDiagnostic{}}
	for _, o := range r.Outputs {
		out := jsonOutput(o)
		if out.Conforms == nil {
			out.Conforms = []string{}
		}
		j.Outputs = append(j.Outputs, out)
	}
	for _, d := range r.Diags {
		j.Diagnostics = append(j.Diagnostics, jsonDiagnostic{d.Path, d.Line, d.Column, d.Severity, d.Code, d.Message, d.Hint})
	}
	return j
}

// report prints what a command did, and returns errReported if something was
// not done. With --strict a warning counts as an error.
func report(c *cli.Context, r *export.Report) error {
	return reportWith(c, r, nil, func(j jsonReport) any { return j })
}

// reportWith is report with what the command has besides: text for a person
// on standard error, and a value for --json.
func reportWith(c *cli.Context, r *export.Report, text func(io.Writer), with func(jsonReport) any) error {
	if c.Bool("strict") {
		for _, d := range r.Diags {
			d.Severity = diag.Error
		}
	}
	if c.Bool("json") {
		if err := encodeJSON(c.App.Writer, with(newJSONReport(r))); err != nil {
			return err
		}
	} else {
		if text != nil && !c.Bool("quiet") {
			text(c.App.ErrWriter)
		}
		for _, d := range r.Diags {
			fmt.Fprintln(c.App.ErrWriter, d)
		}
		if !c.Bool("quiet") {
			for _, o := range r.Outputs {
				if o.Path == "-" {
					continue // its bytes are on standard output already
				}
				if _, err := fmt.Fprintln(c.App.Writer, o.Path); err != nil {
					return err
				}
			}
		}
	}
	if r.Diags.HasErrors() {
		return errReported
	}
	return nil
}

func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
