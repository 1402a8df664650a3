// Package ucd reads the test files of the Unicode Character Database, packed
// with zstd. It is for tests only.
package ucd

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Lines calls visit with each line of a file that has more than a comment,
// without that and the spaces around it; where says which line it is.
func Lines(t *testing.T, file string, visit func(where, line string)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	name := strings.TrimSuffix(filepath.Base(file), ".zst")
	in := bufio.NewScanner(z)
	for n := 1; in.Scan(); n++ {
		line, _, _ := strings.Cut(in.Text(), "#")
		if line = strings.TrimSpace(line); line != "" {
			visit(fmt.Sprintf("%s:%d", name, n), line)
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}

// Breaks holds breaks against a file whose lines are characters with ÷ or ×
// before and after each: breaks says before which characters of a text there is
// one, the end included. So many cases must be there, and so many of them differ.
func Breaks(t *testing.T, file string, cases, different int, breaks func(text []rune) []bool) {
	t.Helper()
	count, wrong := 0, 0
	Lines(t, file, func(where, line string) {
		count++
		var text []rune
		var want []bool
		for _, field := range strings.Fields(line) {
			switch field {
			case "÷", "×":
				want = append(want, field == "÷")
			default:
				r, err := strconv.ParseUint(field, 16, 32)
				if err != nil {
					t.Fatalf("%s: %v", where, err)
				}
				text = append(text, rune(r))
			}
		}
		for i, got := range breaks(text) {
			if got != want[i] {
				wrong++
				if wrong <= 20 {
					t.Logf("%s: before character %d: %v", where, i, got)
				}
				break
			}
		}
	})
	t.Logf("%d of %d cases (%.1f %%)", count-wrong, count, 100*float64(count-wrong)/float64(max(count, 1)))
	if count != cases || wrong != different {
		t.Errorf("%d cases, %d different; want %d and %d", count, wrong, cases, different)
	}
}
