package bidi

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"qalam/export/bidi/ucd"
)

// A judge compares answers with those of the test files. It lends its slices
// to all cases.
type judge struct {
	t        *testing.T
	n, wrong int
	levels   []Level
	runs     []Run
	buf      bytes.Buffer
}

// check lays text out as one line and compares its levels after L1 ("x" for
// a character that X9 removes) and the order of its characters from left to
// right, without the removed ones, with what the file wants.
func (j *judge) check(where string, text []rune, base, wantBase Level, wantLevels, wantOrder string) {
	j.n++
	var got Level
	j.levels, got = Levels(j.levels[:0], text, base)
	j.runs = Line(j.runs[:0], text, j.levels, got)

	after := j.levels[:len(text)] // after L1
	for _, r := range j.runs {
		for i := r.Start; i < r.End; i++ {
			after[i] = r.Level
		}
	}
	b := &j.buf
	b.Reset()
	for i, l := range after {
		if i > 0 {
			b.WriteByte(' ')
		}
		if removed.has(classOf(text[i])) {
			b.WriteByte('x')
		} else {
			b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(l), 10))
		}
	}
	split := b.Len()
	for _, r := range j.runs {
		for k := range r.End - r.Start {
			i := r.Start + k
			if r.Level.IsRTL() {
				i = r.End - 1 - k
			}
			if removed.has(classOf(text[i])) {
				continue
			}
			if b.Len() > split {
				b.WriteByte(' ')
			}
			b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(i), 10))
		}
	}
	levels, order := string(b.Bytes()[:split]), string(b.Bytes()[split:])
	if got == wantBase && levels == wantLevels && order == wantOrder {
		return
	}
	if j.wrong++; j.wrong <= 20 {
		j.t.Errorf("%s: %04X, base %d\n levels %s, base %d\n wanted %s, base %d\n order  %s\n wanted %s",
			where, text, base, levels, got, wantLevels, wantBase, order, wantOrder)
	}
}

// end fails when fewer cases were seen than the file of Unicode 15 has.
func (j *judge) end(cases int) {
	j.t.Logf("%d of %d cases right", j.n-j.wrong, j.n)
	if j.n != cases {
		j.t.Errorf("%d cases seen, the file has %d", j.n, cases)
	}
	if j.wrong > 0 {
		j.t.Errorf("%d of %d cases wrong", j.wrong, j.n)
	}
}

// member has a character of each class that BidiTest.txt names.
var member = map[string]rune{
	"L": 'a', "R": 0x05D0, "AL": 0x0627,
	"EN": '7', "ES": '+', "ET": '%', "AN": 0x0664, "CS": ',',
	"B": 0x2029, "S": '\t', "WS": ' ', "ON": '!', "BN": 0x00AD, "NSM": 0x0301,
	"LRE": 0x202A, "RLE": 0x202B, "PDF": 0x202C, "LRO": 0x202D, "RLO": 0x202E,
	"LRI": 0x2066, "RLI": 0x2067, "FSI": 0x2068, "PDI": 0x2069,
}

// All sequences of up to four classes, and longer ones, have the levels and the
// order that Unicode's BidiTest.txt gives, under each base level it names.
func TestBidiTest(t *testing.T) {
	j := &judge{t: t}
	var levels, order string
	var text []rune
	ucd.Lines(t, "testdata/BidiTest.txt.zst", func(where, line string) {
		if s, ok := strings.CutPrefix(line, "@Levels:"); ok {
			levels = strings.TrimSpace(s)
			return
		}
		if s, ok := strings.CutPrefix(line, "@Reorder:"); ok {
			order = strings.TrimSpace(s)
			return
		}
		classes, bits, ok := strings.Cut(line, ";")
		bases, err := strconv.Atoi(strings.TrimSpace(bits))
		if !ok || err != nil {
			t.Fatalf("%s: not understood: %s", where, line)
		}
		text = text[:0]
		for name := range strings.FieldsSeq(classes) {
			c, ok := member[name]
			if !ok {
				t.Fatalf("%s: no class %s", where, name)
			}
			text = append(text, c)
		}
		for i, base := range []Level{Auto, LTR, RTL} {
			if bases>>i&1 == 0 {
				continue
			}
			want := base
			if base == Auto {
				want = firstLetter(text)
			}
			j.check(where, text, base, want, levels, order)
		}
	})
	j.end(770241)
}

// firstLetter is P2 and P3 once more, told otherwise: the file has no base
// levels, and one without letters tells nothing.
func firstLetter(text []rune) Level {
	var open []int // isolates that began
	letters := map[int]Level{}
	for i, c := range text {
		switch c {
		case member["LRI"], member["RLI"], member["FSI"]:
			open = append(open, i)
		case member["PDI"]:
			if len(open) > 0 {
				for k := range letters {
					if k > open[len(open)-1] {
						delete(letters, k)
					}
				}
				open = open[:len(open)-1]
			}
		case member["L"]:
			letters[i] = LTR
		case member["R"], member["AL"]:
			letters[i] = RTL
		}
	}
	end := len(text)
	if len(open) > 0 {
		end = open[0]
	}
	for i := range end {
		if l, ok := letters[i]; ok {
			return l
		}
	}
	return LTR
}

// Real characters, brackets among them, have the base level, the levels and the
// order that Unicode's BidiCharacterTest.txt gives.
func TestBidiCharacterTest(t *testing.T) {
	j := &judge{t: t}
	var text []rune
	ucd.Lines(t, "testdata/BidiCharacterTest.txt.zst", func(where, line string) {
		f := strings.Split(line, ";")
		if len(f) != 5 {
			t.Fatalf("%s: not understood: %s", where, line)
		}
		text = text[:0]
		for code := range strings.FieldsSeq(f[0]) {
			c, err := strconv.ParseUint(code, 16, 32)
			if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			text = append(text, rune(c))
		}
		base, ok := map[string]Level{"0": LTR, "1": RTL, "2": Auto}[f[1]]
		want, err := strconv.Atoi(f[2])
		if !ok || err != nil {
			t.Fatalf("%s: not understood: %s", where, line)
		}
		j.check(where, text, base, Level(want), f[3], f[4])
	})
	j.end(91707)
}
