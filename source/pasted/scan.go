package pasted

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// item is a number where a mark can stand, or a group of them: "2,9".
type item struct {
	groups   []group
	from, to int // all that goes when it is a mark
	style    style
	weight   int
	reason   Reason // what it is when it is no mark
	closing  bool   // a bracket that nothing opens follows: country.1)
}

func (it *item) start() int { return it.from }
func (it *item) end() int   { return it.to }

// group is a run of digits, or what stands for one.
type group struct {
	start, end, value int
	digits            int
	zero              bool // the first is 0
	through           bool // the end of a range that starts with the group before it
	loose             bool // a space is before it: may be no part of the group
	tail              bool // goes on from the same run of digits as the group before it
}

// Weights of items, see solve. They say how much speaks for a mark.
const (
	afterStop  = 4  // after punctuation or a quotation mark, as English has it
	afterWord  = 3  // after a word
	either     = 0  // may as well be something else
	lastResort = -1 // looks like something else, and is taken only if no other reference is in its turn
)

// number is a number that is no mark in any case, or that was refused.
type number struct {
	start, end int
	reason     Reason
}

// scan is what was found in a part of the text, by place.
type scan struct {
	items   []*item
	numbers []number
}

// cluster is runs of digits with single signs between them: "2022-01-27".
type cluster struct {
	groups   []group
	seps     []rune // one fewer
	from, to int    // with what stands around it
	style    style
	notation notation
}

func (c *cluster) start() int { return c.groups[0].start }
func (c *cluster) end() int   { return c.groups[len(c.groups)-1].end }

// maxValue is what the value of a longer number is taken for.
const maxValue = 1 << 30

// Signs between the numbers of a group of marks.
const (
	commas   = ",;،؛、，；·"
	ranges   = "-–—‐‑−~～至"
	markSeps = commas + ranges
)

// markSigns can stand before the number of a mark.
const markSigns = "^※*＊"

// scanNumbers looks at every number below the head, and at marks in the title.
func (r *reader) scanNumbers() scan {
	var s scan
	r.first = r.head.end
	for _, h := range r.head.lines {
		if l := r.lines[h.at]; h.Field == "title" || h.Field == "subtitle" {
			var in scan
			r.eachCluster(l, func(c *cluster, address bool) {
				if !address {
					r.classify(&in, l, c)
				}
			})
			for _, it := range in.items {
				if it.end() == l.to && it.weight >= afterWord && it.style != styleSpaced {
					s.items = append(s.items, it)
					r.first = min(r.first, h.at)
				}
			}
		}
	}
	for _, l := range r.lines[r.head.end:] {
		r.eachCluster(l, func(c *cluster, address bool) {
			if address {
				s.numbers = append(s.numbers, number{c.start(), c.end(), ReasonAddress})
				return
			}
			r.classify(&s, l, c)
		})
	}
	r.demoteNames(&s)
	return s
}

// demoteNames makes a last resort of marks on names that end in a number: the
// same word with the same number is there again, "the Falcon9", and never without
// one.
func (r *reader) demoteNames(s *scan) {
	const least = 3 // letters
	type name struct {
		word  string
		value int
	}
	named := map[name][]*item{}
	glued := map[string]int{}
	for _, it := range s.items {
		if it.style != styleGlued || it.weight != afterWord || len(it.groups) != 1 {
			continue
		}
		if word := r.wordBefore(it.start()); unicode.IsUpper(firstRune(word)) && len([]rune(word)) >= least {
			key := name{strings.ToLower(word), it.groups[0].value}
			named[key] = append(named[key], it)
			glued[key.word]++
		}
	}
	for key, items := range named {
		if len(items) < 2 {
			continue
		}
		if r.vocabulary == nil {
			r.readVocabulary()
		}
		if r.vocabulary[key.word] <= glued[key.word] {
			for _, it := range items {
				it.weight, it.reason = lastResort-1, ReasonName
			}
		}
	}
}

// eachCluster calls f with the clusters of a line in their order, and whether
// they are part of an address.
func (r *reader) eachCluster(l line, f func(c *cluster, address bool)) {
	for i := l.from; i < l.to; {
		i = r.spaces(i, l.to)
		end, plain := i, true
		for end < l.to {
			b := r.src[end]
			if b < 0x80 {
				if b == ' ' || b == '\t' {
					break
				}
				plain = plain && (b|0x20 >= 'a' && b|0x20 <= 'z' || b == '.' || b == ',')
				end++
				continue
			}
			c, size := r.after(end)
			if unicode.IsSpace(c) {
				break
			}
			plain = plain && unicode.IsLetter(c)
			end += size
		}
		if plain && !r.letters {
			i = end
			continue
		}
		i = r.clusters(i, end, l.to, f)
	}
}

// clusters calls f with the clusters of the word [from, to), and returns where
// the last one ends: some go on behind the word.
func (r *reader) clusters(from, to, lineEnd int, f func(c *cluster, address bool)) int {
	// Bare addresses end as they do in an article, so that a mark can follow;
	// anything else with an @ or a slash after a domain is one as a whole.
	addressEnd := 0
	whole := isAddress(r.src[from:to])
	for i := from; i < to; {
		b := r.src[i]
		if b|0x20 == 'h' && i >= addressEnd {
			if end := r.address(i, to); end > 0 {
				addressEnd, whole = end, false
			}
		}
		inAddress := whole || i < addressEnd
		ch, size := r.after(i)
		_, n := digit(ch)
		var c *cluster
		switch {
		case n != noDigit:
			limit := to
			if i < addressEnd {
				limit = addressEnd
			} else if !inAddress {
				limit = lineEnd
			}
			c = r.cluster(i, limit)
		case inAddress || b >= 'A' && b <= 'Z':
		case r.letters:
			c = r.letterMark(i, lineEnd)
		}
		if c == nil && !inAddress && !unicode.IsLetter(ch) {
			if w, ok := r.wrapped(i, lineEnd); ok {
				c = w
			} else if r.symbols {
				c = r.symbolMark(i, lineEnd)
			}
		}
		if c == nil {
			i += size
			continue
		}
		f(c, inAddress)
		i = max(c.to, i+size)
		to = max(to, i)
	}
	return to
}

// cluster reads the cluster that starts with the digit at i.
func (r *reader) cluster(i, to int) *cluster {
	start := i
	c := &cluster{from: i, style: styleGlued}
	apart := false
	if p, size := r.before(i); size == 0 || unicode.IsSpace(p) {
		apart = true
	}
	for loose := false; ; {
		g, n := r.number(i, to)
		g.loose = loose
		i = g.end
		c.groups = append(c.groups, g)
		c.notation = n
		if n == encircled {
			if _, _, next := r.digitAt(i); next == encircled && i < to {
				c.seps = append(c.seps, ',')
				continue
			}
		}
		next := r.separator(c, i, to, apart)
		if next == i {
			break
		}
		sep, _ := r.after(i)
		switch sep {
		case '⁻':
			sep = '-'
		case '˒', 'ʼ':
			sep = ','
		}
		c.seps = append(c.seps, sep)
		_, size := r.after(i)
		loose = next > i+size
		i = next
	}
	c.to = c.end()
	switch c.notation {
	case raised:
		c.style = styleSuper
	case encircled:
		c.style = styleCircled
	}
	if p, size := r.before(start); size > 0 && strings.ContainsRune(markSigns, p) {
		if pp, _ := r.before(start - size); !unicode.IsSpace(pp) && (p == '^' || p == '※' || !unicode.IsDigit(pp)) && !strings.ContainsRune(markSigns, pp) {
			c.from, c.style = start-size, styleSuper // country.^1, 国※1
		}
	}
	return c
}

// separator is where the next group of a cluster starts whose last group so far
// ends at i; i when there is none.
func (r *reader) separator(c *cluster, i, to int, apart bool) int {
	sep, size := r.after(i)
	if i >= to {
		return i
	}
	last := c.groups[len(c.groups)-1]
	next := i + size
	_, _, n := r.digitAt(next)
	if next >= to {
		n = noDigit
	}
	switch {
	case c.notation != decimal:
		if strings.ContainsRune(",;-–⁻˒ʼ·،", sep) && n == c.notation {
			return next
		}
		if strings.ContainsRune(",;，、", sep) {
			if j := r.spaces(next, to); j > next {
				if _, _, n := r.digitAt(j); n == c.notation && j < to {
					return j
				}
			}
		}
	case strings.ContainsRune(",.:/-–—‐‑−;،٫٬、，；", sep) && n == decimal:
		if (sep == '、' || sep == '；' || sep == ';') && apart && !slices.Contains(c.seps, '.') {
			return i
		}
		return next
	case unicode.IsSpace(sep) || sep == '\'' || sep == '’':
		// 1 300 000, 1’300’000
		if n != decimal || last.digits > 3 || last.zero && len(c.groups) == 1 || !apart && !isThin(sep) && sep != '\'' && sep != '’' {
			return i
		}
		if g, _ := r.number(next, to); g.digits == 3 && (len(c.groups) == 1 || last.digits == 3) {
			return next
		}
	case (sep == ',' || sep == ';' || sep == '،') && (!apart || len(c.groups) == 2 && c.seps[0] == '.') && last.digits <= 3:
		// country.2, 9 And; pays2, 9.; 200.1, 6 And
		p, _ := r.before(c.start())
		behindStop := len(c.groups) == 2 && c.seps[0] == '.'
		if !behindStop && !strings.ContainsRune(closers, p) && !unicode.IsLetter(p) && !unicode.Is(unicode.M, p) || len(c.groups) > 1 && strings.ContainsRune(":/.", c.seps[0]) && !behindStop {
			return i
		}
		j := r.spaces(next, to)
		if j != next+1 || j >= to {
			return i
		}
		g, n := r.number(j, to)
		if n != decimal || g.digits > 3 || g.value <= last.value {
			return i
		}
		k := r.spaces(g.end, to)
		q, _ := r.after(k)
		if !strings.ContainsRune(closers, p) && k == g.end && k < to && strings.ContainsRune(closers, q) {
			return j
		}
		if k >= to || k > g.end && (unicode.IsUpper(q) || unicode.In(q, unicode.Lo, unicode.Pi, unicode.Ps)) || k == g.end && strings.ContainsRune(",;،", q) {
			return j
		}
	}
	return i
}

// letterMark reads a letter that stands where a mark can: country.a, countryᵃ.
func (r *reader) letterMark(i, to int) *cluster {
	g, high, ok := r.letter(i, to)
	if !ok {
		return nil
	}
	p, size := r.before(i)
	if size == 0 || unicode.IsSpace(p) || unicode.IsDigit(p) {
		return nil
	}
	c := &cluster{groups: []group{g}, from: g.start, to: g.end, style: styleLetters}
	if high {
		return c
	}
	// A plain letter: after a word of some length and what closes it, before a
	// space.
	q, _ := r.after(g.end)
	base := i
	for size > 0 && strings.ContainsRune(closers, p) && i-base < 12 {
		base -= size
		p, size = r.before(base)
	}
	if base == i || !unicode.IsSpace(q) && q != ',' && q != '.' && q != '\n' || len([]rune(r.wordBefore(base))) < 2 && !unicode.IsDigit(p) {
		return nil
	}
	if next, _ := r.after(g.end + 1); q == '.' && !unicode.IsSpace(next) {
		return nil
	}
	return c
}

// symbolMark reads a sign that stands where a mark can: country.*, country†.
func (r *reader) symbolMark(i, to int) *cluster {
	g, ok := r.symbol(i, to)
	if !ok {
		return nil
	}
	p, size := r.before(i)
	q, _ := r.after(g.end)
	if size == 0 || unicode.IsSpace(p) || strings.ContainsRune("*†‡§‖¶#", p) || unicode.IsLetter(q) || unicode.IsDigit(q) {
		return nil
	}
	return &cluster{groups: []group{g}, from: g.start, to: g.end, style: styleSymbols}
}

// isAddress reports whether a word is a mail address, the name of a page on
// the web or of a machine with a path, or a handle.
func isAddress(word []byte) bool {
	word = bytes.TrimLeft(word, "(<[{\"'*“‘")
	if bytes.IndexByte(word, '@') >= 0 || len(word) > 4 && bytes.EqualFold(word[:4], []byte("www.")) {
		return true
	}
	if bytes.Contains(word, []byte("://")) {
		return !bytes.HasPrefix(bytes.ToLower(word), []byte("http"))
	}
	slash := bytes.IndexByte(word, '/')
	if slash < 0 {
		return false
	}
	dot := bytes.LastIndexByte(word[:slash], '.')
	if dot < 1 || slash-dot < 3 {
		return false
	}
	for _, c := range word[dot+1 : slash] {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}
