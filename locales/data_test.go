package locales

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Every line of every table is found by its key, and no key between them is.
func TestLookup(t *testing.T) {
	for name, table := range map[string]string{
		"locales": localesTable, "names": namesTable, "labels": labelsTable, "subtags": subtagsTable, "mistaken": mistakenTable,
	} {
		var keys []string
		for line := range strings.Lines(table) {
			key, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			keys = append(keys, key)
			if got, ok := lookup(table, key); !ok || got != want {
				t.Fatalf("%s: lookup(%q) = %q, %v; want %q", name, key, got, ok, want)
			}
			if got, ok := lookup(table, key+"\x01"); ok {
				t.Fatalf("%s: lookup of what is not there gives %q", name, got)
			}
		}
		if len(keys) < 10 {
			t.Fatalf("%s: %d lines", name, len(keys))
		}
		if !slices.IsSorted(keys) || len(slices.Compact(keys)) != len(keys) {
			t.Errorf("%s: the lines are not in order, or a key has two", name)
		}
		for _, key := range []string{"", "!", "zzzz", "\xff"} {
			if _, ok := lookup(table, key); ok {
				t.Errorf("%s: lookup(%q) finds something", name, key)
			}
		}
	}
	if _, ok := lookup("", "en"); ok {
		t.Error("an empty table has a line")
	}
}

// Every locale of CLDR has what FormatDate and FormatList rely on.
func TestRecords(t *testing.T) {
	for line := range strings.Lines(localesTable) {
		tag, _, _ := strings.Cut(line, "\t")
		l := Get(tag)
		if l.DataFrom != tag {
			t.Errorf("%s takes its data from %s", tag, l.DataFrom)
		}
		checkRecord(t, l)
	}
	for _, tag := range Tags() {
		checkRecord(t, Get(tag))
	}
}

func checkRecord(t *testing.T, l *Locale) {
	t.Helper()
	for _, q := range l.data.Quotes {
		if utf8.RuneCountInString(q) != 1 {
			t.Errorf("%s: quotation mark %q", l.Tag, q)
		}
	}
	for i, d := range l.Digits {
		if utf8.RuneCountInString(d) != 1 || slices.Index(l.Digits[:], d) != i {
			t.Errorf("%s: digits %q", l.Tag, l.Digits)
		}
	}
	for i, d := range l.Native {
		if utf8.RuneCountInString(d) != 1 || slices.Index(l.Native[:], d) != i {
			t.Errorf("%s: native digits %q", l.Tag, l.Native)
		}
		if r, _ := utf8.DecodeRuneInString(d); !unicode.Is(unicode.Nd, r) {
			t.Errorf("%s: %q is no digit", l.Tag, d)
		}
	}
	if got := l.FormatList([]string{"α", "β", "γ", "δ"}); strings.ContainsAny(got, "{}") || !inOrder(got, "α", "β", "γ", "δ") {
		t.Errorf("%s: list %q", l.Tag, got)
	}
	switch n := len(l.data.Months); {
	case n != 0 && n != 12, len(l.data.MonthsAlone) != 0 && len(l.data.MonthsAlone) != 12:
		t.Errorf("%s: %d and %d months", l.Tag, n, len(l.data.MonthsAlone))
	case n == 0 && l.data.Day+l.data.Month+l.data.Year != "":
		t.Errorf("%s has formats of dates and no months", l.Tag)
	case n == 12:
		for _, p := range []string{l.data.Day, l.data.Month, l.data.Year} {
			if strings.Count(p, "y") == 0 || strings.Count(p, "'")%2 != 0 {
				t.Errorf("%s: pattern of a date %q", l.Tag, p)
			}
		}
	}
	for _, d := range []Date{{Year: 2022}, {Year: 2022, Month: 11}, {Year: 2022, Month: 11, Day: 9}} {
		if got := l.FormatDate(d); !strings.Contains(got, l.FormatNumber(2022)) || strings.Contains(got, "'") && l.data.Day == "" {
			t.Errorf("%s: FormatDate(%s) = %q", l.Tag, d, got)
		}
	}
}

// inOrder reports whether s has the parts one after another.
func inOrder(s string, parts ...string) bool {
	for _, p := range parts {
		var ok bool
		if _, s, ok = strings.Cut(s, p); !ok {
			return false
		}
	}
	return true
}

// A mistaken tag must not be one that exists, and must mean one that does.
func TestMistaken(t *testing.T) {
	for line := range strings.Lines(mistakenTable) {
		from, to, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if tag, err := ParseTag(from); err == nil {
			t.Errorf("%s is the tag of a language: %s", from, tag)
		}
		if tag, err := ParseTag(to); err != nil || tag != to {
			t.Errorf("%s means %s, which is %q, %v", from, to, tag, err)
		}
	}
}
