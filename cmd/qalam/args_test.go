package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// Flags may stand anywhere and be joined; cli gets them in its own order.
func TestArrange(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"export", "export --"},
		{"export dir -o out", "export --out=out -- dir"},
		{"export -o out dir", "export --out=out -- dir"},
		{"export dir --out=out other", "export --out=out -- dir other"},
		{"export -qo out dir", "export --quiet --out=out -- dir"},
		{"export -oout dir", "export --out=out -- dir"},
		{"export -lkk,ru", "export --lang=kk,ru --"},
		{"export -l=kk", "export --lang=kk --"},
		{"export -o - dir", "export --out=- -- dir"},
		{"export -l kk -l ru", "export --lang=kk --lang=ru --"},
		{"export -o -q", "export --out=-q --"},           // the word behind a flag is its value, whatever it is
		{"export -- -o out", "export -- -o out"},         // after -- all are words
		{"--json export dir", "export --json -- dir"},    // flags before the command
		{"-o out export dir", "export --out=out -- dir"}, // … with a value
		{"import - dir --title=a=b", "import --title=a=b -- - dir"},
		{"export dir --help", "export --help"},
		{"--help", "--help"},
		{"-h export", "export --help"},
		{"--version", "version"},
	}
	for _, tt := range tests {
		app := newApp(strings.NewReader(""), io.Discard, io.Discard)
		got, err := arrange(app, strings.Fields(tt.in))
		if err != nil || strings.Join(got, " ") != tt.want {
			t.Errorf("arrange(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

// A command line that makes no sense says what and how, and names what is near.
func TestArrangeUsage(t *testing.T) {
	tests := []struct{ in, what, how string }{
		{"exprot", `there is no command "exprot"`, "did you mean `qalam export`?"},
		{"frobnicate", `there is no command "frobnicate"`, "see `qalam --help`"},
		{"export --fromat pdf", "`qalam export` has no flag --fromat", "did you mean --format?"},
		{"export -x", "`qalam export` has no flag -x", "see `qalam export --help`"},
		{"export -qx", "`qalam export` has no flag -x", "see `qalam export --help`"},
		{"export dir -o", "-o needs a value", "see `qalam export --help`"},
		{"export --json=yes", "--json takes no value", "type `qalam export --json`"},
		{"--json", "there is no command among these words", "see `qalam --help`"},
	}
	for _, tt := range tests {
		app := newApp(strings.NewReader(""), io.Discard, io.Discard)
		_, err := arrange(app, strings.Fields(tt.in))
		var u *usageError
		if !errors.As(err, &u) {
			t.Errorf("arrange(%q): %v, want a usage error", tt.in, err)
			continue
		}
		if u.what != tt.what || u.how != tt.how {
			t.Errorf("arrange(%q):\n\t%s\n\t%s\nwant\n\t%s\n\t%s", tt.in, u.what, u.how, tt.what, tt.how)
		}
	}
}
