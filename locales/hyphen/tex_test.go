package hyphen

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"
)

// hyphenated gives a word with a hyphen at each of its positions.
func hyphenated(h *Hyphenator, word string) string {
	var b strings.Builder
	at := 0
	for _, p := range h.Positions(nil, word) {
		b.WriteString(word[at:p] + "-")
		at = p
	}
	return b.String() + word[at:]
}

// plain is the hyphenator of a set as TeX has it: no part is joined to another
// because it has no vowel.
func plain(t *testing.T, set string) *Hyphenator {
	t.Helper()
	i := slices.IndexFunc(languages, func(l language) bool { return l.set == set })
	if i < 0 {
		t.Fatalf("no language has the set %s", set)
	}
	l := languages[i]
	l.vowels = ""
	return &Hyphenator{language: &l, patterns: openPatterns(set)}
}

// Words are divided as TeX itself divides them.
func TestTeX(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/tex.txtar")
	if err != nil || len(archive.Files) < 50 {
		t.Fatalf("%d sets, %v", len(archive.Files), err)
	}
	for _, f := range archive.Files {
		h := plain(t, f.Name)
		for _, want := range strings.Fields(string(f.Data)) {
			if got := hyphenated(h, strings.ReplaceAll(want, "-", "")); got != want {
				t.Errorf("%s: %s, TeX has %s", f.Name, got, want)
			}
		}
	}
}

// A texFile is a file of patterns, read once more and searched in the simplest
// way.
type texFile struct {
	text       string
	letters    []rune
	patterns   map[string][]int // levels by the letters
	exceptions map[string][]int // gaps by the word
}

func readTeX(t *testing.T, path string) *texFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &texFile{text: string(data), patterns: map[string][]int{}, exceptions: map[string][]int{}}
	text := regexp.MustCompile("%.*").ReplaceAllString(f.text, "")
	list := func(command string) []string {
		m := regexp.MustCompile(`\\` + command + `\s*\{([^}]*)\}`).FindStringSubmatch(text)
		if m == nil {
			return nil
		}
		return strings.Fields(m[1])
	}
	for _, p := range list("patterns") {
		if strings.Contains(p, "-") {
			continue
		}
		var letters string
		levels := map[int]int{} // by the number of letters before
		n := 0
		for _, r := range norm.NFC.String(p) {
			if unicode.IsDigit(r) {
				levels[n] = int(r - '0')
				continue
			}
			letters += string(r)
			f.letters = append(f.letters, r)
			n++
		}
		f.patterns[letters] = nil
		for i := range n + 1 {
			f.patterns[letters] = append(f.patterns[letters], levels[i])
		}
	}
	if len(f.patterns) == 0 {
		t.Fatalf("%s has no patterns", path)
	}
	for _, e := range list("hyphenation") {
		word := strings.ToLower(strings.ReplaceAll(e, "-", ""))
		f.exceptions[word] = []int{}
		n := 0
		for _, r := range e {
			if r == '-' {
				f.exceptions[word] = append(f.exceptions[word], n)
			} else {
				n++
			}
		}
	}
	slices.Sort(f.letters)
	f.letters = slices.Compact(f.letters)
	f.letters = slices.DeleteFunc(f.letters, func(r rune) bool { return r == '.' })
	return f
}

// divide gives a word with its hyphens.
func (f *texFile) divide(word string, left, right int) string {
	w := []rune(word)
	gaps, ok := f.exceptions[word]
	if !ok {
		dotted := []rune("." + word + ".")
		levels := make([]int, len(dotted)+1)
		for i := range dotted {
			for j := i + 1; j <= len(dotted); j++ {
				for k, level := range f.patterns[string(dotted[i:j])] {
					levels[i+k] = max(levels[i+k], level)
				}
			}
		}
		for i := range w {
			if levels[i+1]%2 == 1 {
				gaps = append(gaps, i)
			}
		}
	}
	var b strings.Builder
	for i, r := range w {
		if slices.Contains(gaps, i) && i >= left && i <= len(w)-right {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// packed.bin says what the files beside it say: for words that are made of the
// pieces of their own patterns, and for all exceptions.
func TestPacked(t *testing.T) {
	files, err := filepath.Glob("patterns/hyph-*.tex")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		set := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "hyph-"), ".tex")
		f := readTeX(t, file)
		h := plain(t, set)
		random := rand.New(rand.NewPCG(1, 2))
		pieces := slices.Sorted(maps.Keys(f.patterns))
		words := slices.Sorted(maps.Keys(f.exceptions))
		for range 400 {
			var word string
			for range 3 {
				word += strings.ReplaceAll(pieces[random.IntN(len(pieces))], ".", "")
				word += string(f.letters[random.IntN(len(f.letters))])
			}
			words = append(words, word)
		}
		divided := 0
		for _, word := range words {
			if strings.Trim(word, "'’᾽᾿") != word || !norm.NFC.IsNormalString(word) {
				continue // a quotation mark to us, or no word
			}
			want := f.divide(word, h.language.left, h.language.right)
			// TeX knows nothing of marks, and would part them from their letters.
			want = regexp.MustCompile(`-(\pM|[\x{200c}\x{200d}])`).ReplaceAllString(want, "$1")
			if got := hyphenated(h, word); got != want {
				t.Errorf("%s: %s, the patterns have %s", set, got, want)
			}
			divided += strings.Count(want, "-")
		}
		if divided < 100 {
			t.Errorf("%s: only %d places in %d words", set, divided, len(words))
		}
	}
}

// Margins are those that the file of a set gives, for typesetting where it
// tells that from how the patterns were made.
func TestMargins(t *testing.T) {
	margin := func(text, side string) int {
		_, mins, ok := strings.Cut(text, "hyphenmins:")
		if !ok {
			return 0
		}
		if _, typesetting, ok := strings.Cut(mins, "typesetting:"); ok {
			mins = typesetting
		}
		m := regexp.MustCompile(side + `: +(\d)`).FindStringSubmatch(mins)
		if m == nil {
			return 0
		}
		n, _ := strconv.Atoi(m[1])
		return n
	}
	sets := 0
	for _, l := range languages {
		if l.set == "" {
			continue
		}
		sets++
		text := readTeX(t, "patterns/hyph-"+l.set+".tex").text
		if left, right := margin(text, "left"), margin(text, "right"); l.left != left || l.right != right {
			t.Errorf("%s: margins %d and %d, the file of %s has %d and %d", l.lang, l.left, l.right, l.set, left, right)
		}
	}
	if sets == 0 {
		t.Error("no language has a set")
	}
}
