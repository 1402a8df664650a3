package source

import "testing"

// A remark accepts a difference when it says so to the program.
func TestAccepts(t *testing.T) {
	tests := []struct {
		text, reason string
		ok           bool
	}{
		{" qalam: differs: the figure is in words ", "the figure is in words", true},
		{"qalam:differs:x", "x", true},
		{" qalam: differs: a: b", "a: b", true},
		{" qalam: differs ", "", true}, // without a reason
		{" qalam: differs: ", "", true},
		{" qalam: differsx", "", false},
		{" qalam: break ", "", false},
		{" differs: x ", "", false},
		{"", "", false},
	}
	for _, test := range tests {
		reason, ok := (&Remark{Text: test.text}).Accepts()
		if reason != test.reason || ok != test.ok {
			t.Errorf("%q: %q, %v; want %q, %v", test.text, reason, ok, test.reason, test.ok)
		}
	}
}
