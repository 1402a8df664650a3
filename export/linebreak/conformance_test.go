package linebreak

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Breaks are those of UAX #14, Unicode 15.0, as its test file has them: 98.8 %
// of the cases. All others are rules that Opportunities adds: 74 have a dash,
// 15 a hyphen at the start of a word (LB20a), 6 quotation marks (LB15a, LB15b).
func TestConformance(t *testing.T) {
	const cases, different = 7654, 95
	f, err := os.Open("testdata/LineBreakTest.txt.zst")
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
		var text []rune
		var want []bool // whether a line may end before text[i]
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
				text = append(text, rune(r))
			}
		}
		for i, b := range Opportunities(nil, text) {
			if (b >= Allowed) != want[i] {
				wrong++
				if wrong <= 20 {
					t.Logf("%s: before %d %v", line, i, b)
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
