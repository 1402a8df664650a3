package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// withPatterns makes the hyphenation patterns: the files of hyph-utf8 as they
// are published, packed.bin with what is in them, which package hyphen searches
// as it lies there, and LICENSES.txt with what the files say of themselves. A
// set is called after its file: hyph-en-us.tex makes "en-us".
func withPatterns(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	var index, licenses strings.Builder
	var body []byte
	for _, name := range slices.Sorted(maps.Keys(made)) {
		text := string(made[name])
		s, err := readTeX(text)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		packed, err := s.pack()
		if err != nil {
			return nil, fmt.Errorf("packing %s: %w", name, err)
		}
		set := strings.TrimSuffix(strings.TrimPrefix(name, "hyph-"), ".tex")
		fmt.Fprintf(&index, "%s %d %d\n", set, len(body), len(packed))
		body = append(body, packed...)
		fmt.Fprintf(&licenses, "%s\n\n%s\n", name, texHead(text))
	}
	made["packed.bin"] = slices.Concat([]byte(index.String()), []byte("\n"), body)
	made["LICENSES.txt"] = []byte(licenses.String())
	return made, nil
}

// texHead gives what a file of patterns says of itself before it explains its
// patterns: title, copyright, licence, version.
func texHead(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(line, "%")
		if !ok || strings.HasPrefix(line, " =====") {
			break
		}
		b.WriteString(strings.TrimRight(line, " \r\n"))
		b.WriteByte('\n')
	}
	return b.String()
}

// readTeX reads a file of patterns, which sets no other macros.
func readTeX(text string) (s patternSet, err error) {
	text = texComment.ReplaceAllString(text, "")
	if s.patterns, err = texList(text, "patterns"); err != nil {
		return s, err
	}
	if s.patterns == nil {
		return s, errors.New("it has no patterns")
	}
	s.exceptions, err = texList(text, "hyphenation")
	return s, err
}

// A patternSet is what TeX is given for a language.
type patternSet struct {
	patterns   []string // "hy3ph", ".ach4"
	exceptions []string // "as-so-ciate", "project"
}

var texComment = regexp.MustCompile(`(?m)%.*$`)

// texList gives the words of \patterns{…} or \hyphenation{…}, or nil.
func texList(text, command string) ([]string, error) {
	_, rest, ok := strings.Cut(text, `\`+command)
	if !ok {
		return nil, nil
	}
	rest, ok = strings.CutPrefix(strings.TrimSpace(rest), "{")
	list, _, closed := strings.Cut(rest, "}")
	if !ok || !closed || strings.ContainsAny(list, `\{`) {
		return nil, fmt.Errorf(`cannot read the list of \%s`, command)
	}
	return strings.Fields(list), nil
}

// Levels of exceptions. Those of patterns are 0 to 9, so that these win.
const (
	levelWhole   = 10 // even: not divided here
	levelDivided = 11
)

// levelled gives letters with the level of each gap between them, that before
// the first and that after the last among them.
type levelled struct {
	letters []rune
	levels  []byte
}

func pattern(p string) levelled {
	l := levelled{levels: []byte{0}}
	for _, r := range p {
		if '0' <= r && r <= '9' {
			l.levels[len(l.levels)-1] = byte(r - '0')
			continue
		}
		for _, r := range norm.NFC.String(string(r)) { // two, for some letters of India
			l.letters = append(l.letters, r)
			l.levels = append(l.levels, 0)
		}
	}
	return l
}

// exception gives an exception as a pattern of the whole word.
func exception(word string) levelled {
	l := levelled{letters: []rune{'.'}, levels: []byte{0, levelWhole}}
	for _, r := range word {
		if r == '-' {
			l.levels[len(l.levels)-1] = levelDivided
		} else {
			l.letters = append(l.letters, unicode.ToLower(r)) // as TeX does
			l.levels = append(l.levels, levelWhole)
		}
	}
	l.letters = append(l.letters, '.')
	l.levels = append(l.levels, 0)
	return l
}

// A trie has the patterns that start with the letters that lead to it.
type trie struct {
	next   map[byte]*trie
	levels string // of the pattern that ends here, without zeros at its end
}

// pack gives the bytes that package hyphen searches; it documents them.
//
// Patterns with a hyphen are left out. They keep what stands beside a hyphen
// of the word's own whole, and the parts of such a word are words to us.
func (s *patternSet) pack() ([]byte, error) {
	var all []levelled
	for _, p := range s.patterns {
		if !strings.Contains(p, "-") {
			all = append(all, pattern(p))
		}
	}
	for _, e := range s.exceptions {
		all = append(all, exception(e))
	}
	for _, l := range all {
		if !norm.NFC.IsNormalString(string(l.letters)) {
			return nil, fmt.Errorf("%q is not composed (NFC)", string(l.letters))
		}
	}
	var alphabet []rune
	for _, l := range all {
		alphabet = append(alphabet, l.letters...)
	}
	slices.Sort(alphabet)
	alphabet = slices.Compact(alphabet)
	alphabet = slices.DeleteFunc(alphabet, func(r rune) bool { return r == '.' })
	if len(alphabet) > 125 {
		return nil, fmt.Errorf("its alphabet has %d letters", len(alphabet))
	}

	root := &trie{next: make(map[byte]*trie)}
	for _, l := range all {
		t := root
		for _, r := range l.letters {
			symbol := byte(1) // the edge of the word
			if r != '.' {
				i, _ := slices.BinarySearch(alphabet, r)
				symbol = byte(i + 2)
			}
			if t.next[symbol] == nil {
				t.next[symbol] = &trie{next: make(map[byte]*trie)}
			}
			t = t.next[symbol]
		}
		t.levels = strings.TrimRight(string(l.levels), "\x00") // of two that are alike, TeX takes the later
	}

	w := &trieWriter{levels: map[string]int{}, nodes: map[string]int{}}
	top := w.node(root)
	if w.err != nil {
		return nil, w.err
	}
	letters := string(alphabet)
	out := binary.BigEndian.AppendUint16(nil, uint16(len(letters)))
	out = append(out, letters...)
	out = appendUint24(out, len(w.pool))
	out = append(out, w.pool...)
	out = appendUint24(out, top)
	return append(out, w.trie...), nil
}

// A trieWriter writes a trie from its leaves up. What is alike is written once.
type trieWriter struct {
	pool   []byte         // levels
	levels map[string]int // where they are in the pool
	trie   []byte
	nodes  map[string]int // where they are in trie, by their bytes
	err    error
}

func (w *trieWriter) node(t *trie) (address int) {
	symbols := slices.Sorted(maps.Keys(t.next))
	head := byte(len(symbols))
	if t.levels != "" {
		head |= 0x80
	}
	node := append([]byte{head}, symbols...)
	for _, s := range symbols {
		node = appendUint24(node, w.node(t.next[s]))
	}
	if t.levels != "" {
		node = binary.BigEndian.AppendUint16(node, uint16(w.levelsAt(t.levels)))
	}
	address, ok := w.nodes[string(node)]
	if !ok {
		address = len(w.trie)
		w.nodes[string(node)] = address
		w.trie = append(w.trie, node...)
	}
	if len(w.trie) >= 1<<24 {
		w.err = fmt.Errorf("the trie has %d bytes", len(w.trie))
	}
	return address
}

func (w *trieWriter) levelsAt(levels string) int {
	at, ok := w.levels[levels]
	if !ok {
		at = len(w.pool)
		w.levels[levels] = at
		trimmed := strings.TrimLeft(levels, "\x00")
		w.pool = append(w.pool, byte(len(levels)-len(trimmed)), byte(len(trimmed)))
		w.pool = append(w.pool, trimmed...)
	}
	if len(w.pool) >= 1<<16 {
		w.err = fmt.Errorf("the levels have %d bytes", len(w.pool))
	}
	return at
}

func appendUint24(b []byte, n int) []byte { return append(b, byte(n>>16), byte(n>>8), byte(n)) }

// packCrate gives the archive of a package of Rust, which cargo keeps.
func packCrate(dir string, p pinned) ([]byte, error) {
	toml := fmt.Sprintf("[package]\nname = \"assets\"\n[lib]\npath = \"assets.rs\"\n[dependencies]\n%s = \"=%s\"\n", p.Name, p.Version)
	for name, content := range map[string]string{"Cargo.toml": toml, "assets.rs": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return nil, err
		}
	}
	if _, err := run(dir, "cargo", "fetch", "--quiet"); err != nil {
		return nil, err
	}
	home := os.Getenv("CARGO_HOME")
	if home == "" {
		user, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		home = filepath.Join(user, ".cargo")
	}
	archives, err := filepath.Glob(filepath.Join(home, "registry", "cache", "*", p.Name+"-"+p.Version+".crate"))
	if err != nil || len(archives) == 0 {
		return nil, fmt.Errorf("cargo fetch leaves no archive in %s", home)
	}
	return os.ReadFile(archives[0])
}
