package hyphen

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

// packed has all sets of patterns, in the form in which they are searched:
// nothing is read but what a word leads to. Command assets makes it from the
// files beside it.
//
// It starts with a line for each set, "en-us 35610 27212": its name, where it
// is after the empty line that ends the list, and how many bytes it has. A
// set is these, with numbers in big-endian order:
//
//	2 bytes   the length of the alphabet
//	          the alphabet: letters in UTF-8, in the order of their code points
//	3 bytes   the length of the levels
//	          the levels of patterns
//	3 bytes   the address of the first node
//	          the nodes, which addresses count from the start of
//
// A pattern is letters with a level in each gap between them, before the
// first and after the last too. Its levels are stored as two counts, of zeros
// at the front and of levels that follow, and the levels that follow; the rest
// are zeros. Those of an exception, which is a pattern of a whole word, are 10
// and 11, higher than those of any other pattern.
//
// A node is what is left of patterns that start with the same letters: a byte
// that counts the symbols, and in its highest bit says that a pattern ends
// here; the symbols; 3 bytes each for the address where a symbol leads; and 2
// bytes for where the levels are of the pattern that ends here. A symbol is 1
// at the edge of a word, else 2 plus the place of the letter in the alphabet.
//
//go:embed patterns/packed.bin
var packed string

// patterns are those of a language.
type patterns struct {
	alphabet []rune // ascending
	levels   string
	nodes    string
	root     int
}

// openPatterns gives a set, which must be there.
func openPatterns(name string) *patterns {
	index, body, _ := strings.Cut(packed, "\n\n")
	_, line, ok := strings.Cut("\n"+index, "\n"+name+" ")
	if !ok {
		panic("hyphen: there is no set " + name)
	}
	line, _, _ = strings.Cut(line, "\n")
	at, size, _ := strings.Cut(line, " ")
	from, err1 := strconv.Atoi(at)
	n, err2 := strconv.Atoi(size)
	if err1 != nil || err2 != nil {
		panic("hyphen: the list of sets is damaged")
	}
	s := body[from : from+n]
	p := new(patterns)
	n = int(s[0])<<8 | int(s[1])
	p.alphabet, s = []rune(s[2:2+n]), s[2+n:]
	n = uint24(s)
	p.levels, s = s[3:3+n], s[3+n:]
	p.root = uint24(s)
	p.nodes = s[3:]
	return p
}

func uint24(s string) int { return int(s[0])<<16 | int(s[1])<<8 | int(s[2]) }

const edge = 1 // the symbol of the edge of a word

// symbol is that of a letter, or 0.
func (p *patterns) symbol(r rune) byte {
	if i, ok := slices.BinarySearch(p.alphabet, r); ok {
		return byte(i + 2)
	}
	return 0
}

func (p *patterns) known(r rune) bool { return p.symbol(r) != 0 }

// divide raises the levels in the gaps of a word, which are 0, to the highest
// that a pattern has there: levels[i] is that before word[i]. The word is in
// lower case and composed. It may be divided where a level is odd.
//
// Source: F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983; The TeXbook,
// appendix H.
func (p *patterns) divide(levels []byte, word []rune) {
	var array [50]byte
	symbols := append(array[:0], edge)
	for _, r := range word {
		symbols = append(symbols, p.symbol(r))
	}
	symbols = append(symbols, edge)
	for start := range symbols {
		node := p.root
		for _, s := range symbols[start:] {
			if s == 0 {
				break
			}
			if node = p.next(node, s); node < 0 {
				break
			}
			at, ok := p.pattern(node)
			if !ok {
				continue
			}
			// Symbol i stands before gap i of the word, the edge before gap 0.
			gap := start - 1 + int(p.levels[at])
			for _, level := range []byte(p.levels[at+2 : at+2+int(p.levels[at+1])]) {
				levels[gap] = max(levels[gap], level)
				gap++
			}
		}
	}
}

// next is the node to which a symbol leads, or -1.
func (p *patterns) next(node int, symbol byte) int {
	n := int(p.nodes[node] & 0x7f)
	i := strings.IndexByte(p.nodes[node+1:node+1+n], symbol)
	if i < 0 {
		return -1
	}
	return uint24(p.nodes[node+1+n+3*i:])
}

// pattern is where the levels are of the pattern that ends at a node.
func (p *patterns) pattern(node int) (at int, ok bool) {
	head := p.nodes[node]
	if head&0x80 == 0 {
		return 0, false
	}
	after := p.nodes[node+1+4*int(head&0x7f):]
	return int(after[0])<<8 | int(after[1]), true
}
