package pasted

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// item is a number where a mark can stand, or a group of them: "2,9".
type item struct {
	groups []group
	weight int
	reason Reason // what it is when it is no mark
}

func (it *item) start() int { return it.groups[0].start }
func (it *item) end() int   { return it.groups[len(it.groups)-1].end }

// group is a run of digits.
type group struct{ start, end, value int }

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
	groups []group
	seps   []rune // one fewer
}

func (c *cluster) start() int { return c.groups[0].start }
func (c *cluster) end() int   { return c.groups[len(c.groups)-1].end }

// maxValue is what the value of a longer number is taken for.
const maxValue = 1 << 30

// scanNumbers looks at every number from a line on.
func (r *reader) scanNumbers(from int) scan {
	var s scan
	for _, l := range r.lines[from:] {
		r.eachCluster(l, func(c *cluster, address bool) {
			if address {
				s.numbers = append(s.numbers, number{c.start(), c.end(), ReasonAddress})
				return
			}
			r.classify(&s, l, c)
		})
	}
	return s
}

// eachCluster calls f with the clusters of a line in their order, and whether
// they are part of an address.
func (r *reader) eachCluster(l line, f func(c *cluster, address bool)) {
	for i := l.from; i < l.to; {
		for i < l.to {
			c, size := r.after(i)
			if !unicode.IsSpace(c) {
				break
			}
			i += size
		}
		end := i
		for end < l.to {
			c, size := r.after(end)
			if unicode.IsSpace(c) {
				break
			}
			end += size
		}
		if bytes.ContainsAny(r.src[i:end], "0123456789") {
			r.clusters(i, end, f)
		}
		i = end
	}
}

// clusters calls f with the clusters of a word.
func (r *reader) clusters(from, to int, f func(c *cluster, address bool)) {
	// Bare addresses end as they do in an article, so that a mark can follow;
	// anything else with an @ or a slash after a domain is one as a whole.
	addressEnd := 0
	whole := isAddress(r.src[from:to])
	for i := from; i < to; {
		if c := r.src[i]; c|0x20 == 'h' && i >= addressEnd {
			if end := r.address(i, to); end > 0 {
				addressEnd, whole = end, false
			}
		}
		if !isDigit(r.src[i]) {
			i++
			continue
		}
		c := &cluster{}
		for {
			g := group{start: i}
			for i < to && isDigit(r.src[i]) {
				g.value = min(g.value*10+int(r.src[i]-'0'), maxValue)
				i++
			}
			g.end = i
			c.groups = append(c.groups, g)
			sep, size := r.after(i)
			if i >= to || !strings.ContainsRune(",.:/-–", sep) || i+size >= to || !isDigit(r.src[i+size]) || i == addressEnd {
				break
			}
			c.seps = append(c.seps, sep)
			i += size
		}
		f(c, whole || c.start() < addressEnd)
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

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

// classify says whether a mark can stand where c stands, and what c is if not.
func (r *reader) classify(s *scan, l line, c *cluster) {
	reason := r.looksLike(l, c)
	refuse := func(from, to int, why Reason) {
		s.numbers = append(s.numbers, number{from, to, why})
	}
	weight, why := r.glued(c.start())
	if weight != refusal && allCommas(c.seps) {
		// country.1 or harbour.2,9
		if end, capWhy := r.followed(c); end < weight {
			weight, why = end, capWhy
		}
		if isThousands(c) {
			weight, why = min(weight, either), ReasonThousands // nobody glues such a number to a word
		}
		if weight != refusal && r.canBeMarks(c.groups) {
			if why == "" {
				why = reason
			}
			s.items = append(s.items, &item{groups: c.groups, weight: weight, reason: why})
			return
		}
	} else if rest := r.afterNumber(c); rest > 0 && weight == refusal && reason != ReasonMoney {
		// in 2019.4 The next sentence
		weight, why := lastResort, ReasonDecimal
		if first := c.groups[0]; rest == 1 && isYear(first) {
			weight = either
		} else if c.seps[rest-1] == ',' {
			why = ReasonNumber
		}
		tail := &cluster{c.groups[rest:], c.seps[rest:]}
		if end, _ := r.followed(tail); end != refusal && r.canBeMarks(tail.groups) {
			weight = min(weight, end)
			head := &cluster{c.groups[:rest], c.seps[:rest-1]}
			refuse(head.start(), head.end(), r.looksLike(l, head))
			s.items = append(s.items, &item{groups: tail.groups, weight: weight, reason: why})
			return
		}
	}
	refuse(c.start(), c.end(), reason)
}

func allCommas(seps []rune) bool {
	return !slices.ContainsFunc(seps, func(s rune) bool { return s != ',' })
}

// canBeMarks reports whether the groups can be numbers of notes.
func (r *reader) canBeMarks(groups []group) bool {
	const most = 20 // marks at one place
	if len(groups) > most {
		return false
	}
	return !slices.ContainsFunc(groups, func(g group) bool { return r.src[g.start] == '0' || g.value >= maxValue })
}

// isThousands reports whether c is 3,337 or 1,300,000.
func isThousands(c *cluster) bool { return len(c.groups) > 1 && thousands(c) == len(c.groups) }

// thousands is how many groups at the start of c are one number, which is 1
// unless the thousands are marked.
func thousands(c *cluster) int {
	n := 1
	if g := c.groups[0]; g.end-g.start > 3 {
		return 1
	}
	for n < len(c.groups) && c.seps[n-1] == ',' && c.groups[n].end-c.groups[n].start == 3 {
		n++
	}
	return n
}

// afterNumber is the index of the group that can be a mark after a number that
// stands before it, with a full stop or a comma between the two; 0 for none.
func (r *reader) afterNumber(c *cluster) int {
	n := thousands(c)
	if n >= len(c.groups) || !allCommas(c.seps[n:]) {
		return 0
	}
	switch c.seps[n-1] {
	case '.':
		// The next sentence starts, or none follows.
		i, end := c.end(), r.lines[r.lineOf(c.end())].to
		for i < end {
			q, size := r.after(i)
			if !unicode.IsSpace(q) && !strings.ContainsRune(r.grammar.closers, q) && !unicode.In(q, unicode.Pi, unicode.Ps) {
				if unicode.IsUpper(q) {
					return n
				}
				return 0
			}
			i += size
		}
		return n
	case ',':
		if n == 1 && isYear(c.groups[0]) {
			return n
		}
	}
	return 0
}

// isYear reports whether a number of four digits can be a year.
func isYear(g group) bool { return g.end-g.start == 4 && 1500 <= g.value && g.value < 2100 }

// refusal is the weight of a number that is no mark in any case.
const refusal = -100

// glued says how much the text before off speaks for a mark there, and what
// else the number can be.
func (r *reader) glued(off int) (weight int, why Reason) {
	for { // characters that nobody sees
		p, size := r.before(off)
		if !unicode.Is(unicode.Cf, p) {
			break
		}
		off -= size
	}
	const most = 8 // closing signs side by side
	base := off
	for range most {
		p, size := r.before(base)
		if size == 0 || !strings.ContainsRune(r.grammar.closers, p) {
			break
		}
		base -= size
	}
	p, size := r.before(base)
	switch {
	case base < off && size > 0 && unicode.IsSpace(p) && strings.HasPrefix(r.str(base, off), "…"):
		return either, ReasonNumber // words …1 or …1 million
	case base < off: // after closing signs
		if size == 0 || unicode.IsSpace(p) || unicode.In(p, unicode.Ps, unicode.Pi, unicode.Pd) {
			return refusal, "" // they open, or it is .5
		}
		if word := r.wordBefore(base); r.str(base, off) == "." && has(r.grammar.short, word) {
			return lastResort, ReasonLabel
		}
		return afterStop, ""
	case unicode.IsLetter(p) || unicode.Is(unicode.M, p):
		word := r.wordBefore(off)
		letters := []rune(word)
		switch {
		case len(letters) == 1 && p < 0x2E80, has(r.grammar.names, word):
			return refusal, ""
		case has(r.grammar.short, word):
			return lastResort, ReasonLabel
		case has(r.grammar.labels, word):
			return either, ReasonLabel
		case slices.ContainsFunc(letters[1:], unicode.IsUpper):
			return lastResort, ReasonName
		case r.grammar.month(word) > 0:
			return lastResort, ReasonDate
		}
		return afterWord, ""
	}
	return refusal, ""
}

// followed says how much the text after c allows a mark there, and what else
// the number can be.
func (r *reader) followed(c *cluster) (weight int, why Reason) {
	end := c.end()
	q, size := r.after(end)
	next, _ := r.after(min(end+size, len(r.src)))
	switch {
	case q == '\n' || unicode.IsSpace(q):
	case unicode.IsLetter(q):
		if p, _ := r.before(c.start()); unicode.IsUpper(q) && !unicode.IsLetter(p) {
			return lastResort, ReasonName // country.1The
		}
		return refusal, ""
	case strings.ContainsRune("%°/_@=+#&<>~^*\\|", q), strings.ContainsRune(r.grammar.currency, q):
		return refusal, ""
	case (q == '-' || q == '\u2010' || q == '\u2011' || q == '’' || q == '\'') && unicode.IsLetter(next):
		return lastResort, ReasonName
	}
	word := r.wordAfter(end)
	switch {
	case word == "":
	case has(r.grammar.units, word) && word == strings.ToLower(word):
		return lastResort, ReasonAmount
	case r.grammar.month(word) > 0 && c.groups[len(c.groups)-1].value <= 31:
		return either, ReasonDate
	}
	return afterStop, ""
}

// wordBefore is the word that ends at off, with its apostrophes.
func (r *reader) wordBefore(off int) string {
	i := off
	for {
		p, size := r.before(i)
		if unicode.IsLetter(p) || unicode.Is(unicode.M, p) {
			i -= size
			continue
		}
		if p == '’' || p == '\'' {
			if pp, _ := r.before(i - size); i < off && unicode.IsLetter(pp) {
				i -= size
				continue
			}
		}
		return r.str(i, off)
	}
}

// wordAfter is the word after the spaces at off, on the same line.
func (r *reader) wordAfter(off int) string {
	q, size := r.after(off)
	for q != '\n' && (unicode.IsSpace(q) || q == '-') {
		off += size
		q, size = r.after(off)
	}
	end := off
	for unicode.IsLetter(q) {
		end += size
		q, size = r.after(end)
	}
	return r.str(off, end)
}

// wordAhead is the word before off and the spaces there, on the same line.
func (r *reader) wordAhead(off int) string {
	p, size := r.before(off)
	for size > 0 && (unicode.IsSpace(p) || p == '.') {
		off -= size
		p, size = r.before(off)
	}
	return r.wordBefore(off)
}

// looksLike says what a number is when it is no mark.
func (r *reader) looksLike(l line, c *cluster) Reason {
	g := r.grammar
	p, size := r.before(c.start())
	q, _ := r.after(c.end())
	last := c.groups[len(c.groups)-1]
	spaced := p
	if unicode.IsSpace(p) && size > 0 {
		spaced, _ = r.before(c.start() - size)
	}
	after := r.wordAfter(c.end())
	glued := ""
	if unicode.IsLetter(q) {
		glued = after
	}
	seps := string(c.seps)
	only := func(set string) bool { return seps != "" && strings.Trim(seps, set) == "" }
	switch {
	case strings.ContainsRune(g.currency, p), strings.ContainsRune(g.currency, spaced), strings.ContainsRune(g.currency, q):
		return ReasonMoney
	case q == '%', has(g.percents, after):
		return ReasonPercent
	case only(":"):
		return ReasonTime
	case only("/") && len(c.groups) == 3, only("-–") && len(c.groups) == 3, only(".") && len(c.groups) == 3 && isYear(last):
		return ReasonDate
	case only("/"):
		return ReasonFraction
	case only("-–"):
		return ReasonRange
	case isThousands(c):
		return ReasonThousands
	case only(".") && len(c.groups) > 2:
		return ReasonVersion
	case strings.ContainsRune(seps, '.'):
		return ReasonDecimal
	case p == '.' && (size == c.start()-l.from || isOpen(r, c.start()-size)):
		return ReasonDecimal
	case len(c.groups) == 1 && has(g.ordinals, glued):
		return ReasonOrdinal
	case len(c.groups) == 1 && has(g.decades, glued):
		return ReasonYear
	case unicode.IsLetter(p):
		if word := r.wordBefore(c.start()); has(g.labels, word) || has(g.short, word) {
			return ReasonLabel
		}
		return ReasonName
	case glued != "" && has(g.units, glued):
		return ReasonAmount
	case glued != "", (p == '-' || p == '\u2010' || p == '\u2011') && !isOpen(r, c.start()-size):
		return ReasonName
	case c.start() == l.from && (q == '.' || q == ')'), p == '(' && q == ')' && c.start()-1 == l.from:
		return ReasonListNumber
	case g.month(r.wordAhead(c.start())) > 0, g.month(after) > 0 && last.value <= 31:
		return ReasonDate
	case has(g.units, after) && after == strings.ToLower(after):
		return ReasonAmount
	case p == '#', p == '§', spaced == '§', spaced == '№':
		return ReasonLabel
	case has(g.labels, r.wordAhead(c.start())), has(g.short, r.wordAhead(c.start())):
		return ReasonLabel
	case len(c.groups) == 1 && isYear(last):
		return ReasonYear
	case c.start() == l.from:
		return ReasonListNumber
	}
	return ReasonNumber
}

// isOpen reports whether nothing that a sign could close stands before off.
func isOpen(r *reader, off int) bool {
	p, size := r.before(off)
	return size == 0 || unicode.IsSpace(p) || unicode.In(p, unicode.Ps, unicode.Pi)
}

// finished reports whether a line ends like a sentence: with a full stop or
// the like, and closing signs, a mark or an address after it.
func (r *reader) finished(l line) bool {
	end := l.to
	for end > l.from && (isDigit(r.src[end-1]) || r.src[end-1] == ',' && end < l.to && isDigit(r.src[end])) {
		end--
	}
	if end < l.to && end > l.from && r.src[end-1] != ' ' {
		// Digits: a mark, if something closes before them.
		if p, _ := r.before(end); !unicode.IsPunct(p) {
			end = l.to
		}
	} else {
		end = l.to
	}
	for end > l.from {
		p, size := r.before(end)
		switch {
		case p == '.':
			// "no." is an abbreviation, "No." is an answer.
			return !slices.Contains(r.grammar.short, r.wordBefore(end-size))
		case strings.ContainsRune("!?…", p):
			return true
		case strings.ContainsRune(")]}”’»›\"'", p):
			end -= size
		default:
			return bytes.Contains(r.src[lastSpace(r.src[:l.to], l.from):l.to], []byte("://"))
		}
	}
	return false
}

// lastSpace is where the last word of s starts, from an offset on.
func lastSpace(s []byte, from int) int {
	if i := bytes.LastIndexFunc(s[from:], unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRune(s[from+i:])
		return from + i + size
	}
	return from
}
