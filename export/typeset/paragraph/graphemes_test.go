package paragraph

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Grapheme clusters are those of UAX #29. The test file is of Unicode 15.0; the
// one case that differs has U+2701, which is no pictograph in later versions.
func TestGraphemes(t *testing.T) {
	const cases, different = 602, 1
	f, err := os.Open("testdata/ucd/GraphemeBreakTest.txt.zst")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	count, wrong := 0, 0
	in := bufio.NewScanner(z)
	for in.Scan() {
		line, _, _ := strings.Cut(in.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		count++
		var tx text
		var want []bool // whether a cluster begins with chars[i]
		for _, field := range strings.Fields(line) {
			switch field {
			case "÷":
				want = append(want, true)
			case "×":
				want = append(want, false)
			default:
				r, err := strconv.ParseUint(field, 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				tx.chars = append(tx.chars, rune(r))
			}
		}
		tx.findClusters()
		for i := range tx.chars {
			if tx.clusters[i] != want[i] {
				wrong++
				if wrong <= 20 {
					t.Logf("%s: before %d", line, i)
				}
				break
			}
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d cases (%.1f %%)", count-wrong, count, 100*float64(count-wrong)/float64(count))
	if count != cases || wrong != different {
		t.Errorf("%d cases, %d different; want %d and %d", count, wrong, cases, different)
	}
}
