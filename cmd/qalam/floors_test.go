package main

import (
	"os/exec"
	"strings"
	"testing"
)

// floors says on which floor each package stands; a new package is a new line.
var floors = map[string]int{
	"qalam/cmd/qalam":                6,
	"qalam/cmd/assets":               6,
	"qalam/cmd/bench":                6,
	"qalam/export":                   5,
	"qalam/export/pdf":               5,
	"qalam/export/epub":              5,
	"qalam/export/text":              5,
	"qalam/export/epub/epubtest":     0,
	"qalam/export/typeset":           4,
	"qalam/export/typeset/paragraph": 3,
	"qalam/export/document":          3,
	"qalam/source/pasted":            3,
	"qalam/source/translation":       3,
	"qalam/source":                   2,
	"qalam/export/fonts":             2,
	"qalam/export/linebreak":         2,
	"qalam/export/fonts/pack":        1,
	"qalam/export/fonts/sfnt":        0,
	"qalam/export/bidi/ucd":          0,
	"qalam/export/bidi":              1,
	"qalam/locales/hyphen":           1,
	"qalam/export/pdf/object":        1,
	"qalam/locales":                  1,
	"qalam/source/sample":            1,
	"qalam/source/diag":              0,
	"qalam/source/golden":            0,
}

// A package imports lower floors only, never its own: the drawing in the
// README is true.
func TestFloors(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "qalam/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg := words[0]
		seen[pkg] = true
		floor, ok := floors[pkg]
		if !ok {
			t.Errorf("%s stands on no floor: give it one in floors_test.go and in the README", pkg)
		}
		for _, dep := range words[1:] {
			if strings.HasPrefix(dep, "qalam/") && floors[dep] >= floor {
				t.Errorf("%s (floor %d) imports %s (floor %d)", pkg, floor, dep, floors[dep])
			}
		}
	}
	for pkg := range floors {
		if !seen[pkg] {
			t.Errorf("%s has a floor and does not exist", pkg)
		}
	}
}
