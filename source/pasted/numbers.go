package pasted

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// closers are what a mark can stand after, besides a letter; each closes
// something, in some language.
const closers = ".,;:!?…)]}”’»›\"'%" + // nearly everywhere
	"“‘«‹" + // close a quotation in German, Danish and others
	"。，、；：！？」』）】》〉〕］．｡％" + "।॥" + "،۔؟؛٪" + "·\u0387" + "։․՜՝՞՛" + "።፣፤፥፦፧፨" + "។៕៖ៗ" + "။၊" + "׃״׳" + "ฯๆ" + "།༎" + "°"

// spacedClosers can have a space before them: « mot »1, mot !1.
const spacedClosers = "»!?;:%"

// currency are signs of money.
const currency = "$€£¥₸₽₹₩₺₴¢₾₼֏฿₫₪₦₱៛৳₮￥"

// classify says whether a mark can stand where c stands, and what c is if not.
func (r *reader) classify(s *scan, l line, c *cluster) {
	reason := r.looksLike(l, c)
	refuse := func(from, to int, why Reason) {
		s.numbers = append(s.numbers, number{from, to, why})
	}
	take := func(c *cluster, weight int, why Reason) {
		it := &item{groups: c.groups, from: c.from, to: c.to, style: c.style, weight: weight, reason: why}
		q, _ := r.after(c.to)
		it.closing = c.style == styleGlued && q == ')' && !r.opened(l, c.from)
		for i, sep := range c.seps {
			it.groups[i+1].through = strings.ContainsRune(ranges, sep)
		}
		s.items = append(s.items, it)
	}
	weight, why := refusal, Reason("")
	if c.notation == decimal && (c.style == styleGlued || c.style == styleSuper) {
		weight, why = r.glued(c.from)
	}
	if q, _ := r.after(c.to); weight == afterStop && unspaced(q) && prefixed(r.wordAfter(c.to), r.grammar.units) {
		// 石头。21911年: a mark, and the year that starts the next sentence
		if head, tail := r.divide(c, c.groups[len(c.groups)-1].digits-4); tail != nil && isYear(tail.groups[0]) && r.canBeMarks(head) {
			take(head, afterWord, ReasonYear)
			refuse(tail.start(), tail.end(), ReasonYear)
			return
		}
	}
	if c.notation == raised && (c.groups[0].digits > 1 || len(c.groups) > 1) && has(exponents, r.wordBefore(c.from)) {
		// m²³: a power, and a mark
		off := c.start()
		_, size, _ := r.digitAt(off)
		refuse(off, off+size, ReasonPower)
		tail := *c
		tail.groups = slices.Clone(c.groups)
		if c.groups[0].digits == 1 {
			tail.groups, tail.seps = tail.groups[1:], c.seps[1:] // m²,³
		} else {
			tail.groups[0], _ = r.number(off+size, c.groups[0].end)
			tail.groups[0].tail = true
		}
		if tail.from = tail.start(); r.canBeMarks(&tail) {
			take(&tail, afterWord, ReasonPower)
			return
		}
		s.numbers = s.numbers[:len(s.numbers)-1]
	}
	if c.style != styleGlued || c.notation == raised {
		if weight, why := r.special(l, c, reason); weight != refusal && r.canBeMarks(c) {
			take(c, weight, why)
		} else if c.style != styleSymbols && c.style != styleLetters {
			refuse(c.start(), c.end(), why)
		}
		return
	}
	if weight != refusal && r.canBeMarks(c) {
		// country.1 or harbour.2,9
		if end, capWhy := r.followed(c); end < weight {
			weight, why = end, capWhy
		}
		if isThousands(c) {
			weight, why = min(weight, either), ReasonThousands // nobody glues such a number to a word
		}
		if weight != refusal {
			if why == "" {
				why = reason
			}
			take(c, weight, why)
			return
		}
	} else if rest := r.afterNumber(c); rest > 0 && weight == refusal && reason != ReasonMoney {
		// in 2019.4 The next sentence
		weight, why := lastResort, ReasonDecimal
		if first := c.groups[0]; rest == 1 && (isYear(first) || c.seps[0] == '.' && r.endsSentence(c)) {
			weight = either
		} else if c.seps[rest-1] == ',' {
			why = ReasonNumber
		}
		tail := &cluster{groups: c.groups[rest:], seps: c.seps[rest:], from: c.groups[rest].start, to: c.to, style: styleGlued}
		if end, _ := r.followed(tail); end != refusal && r.canBeMarks(tail) {
			weight = min(weight, end)
			head := &cluster{groups: c.groups[:rest], seps: c.seps[:rest-1], from: c.from, to: c.groups[rest-1].end, style: styleGlued}
			refuse(head.start(), head.end(), r.looksLike(l, head))
			take(tail, weight, why)
			return
		}
	} else if head, tail := r.fused(c); tail != nil {
		// in 20194 and
		if end, _ := r.followed(tail); end != refusal && r.canBeMarks(tail) {
			refuse(head.start(), head.end(), r.looksLike(l, head))
			weight := lastResort
			if q, _ := r.after(tail.to); head.groups[0].digits == 4 && head.groups[0].value >= 1500 && head.groups[0].value < maxYear && strings.ContainsRune(closers, q) {
				weight = either // in 18875. Then
			}
			take(tail, weight, reason)
			return
		}
	} else if weight := r.spaced(c, reason); weight != refusal && r.canBeMarks(c) {
		c.style = styleSpaced
		take(c, weight, reason)
		return
	}
	refuse(c.start(), c.end(), reason)
}

// special says how much speaks for a mark that is more than digits, and what it
// is if it is none.
func (r *reader) special(l line, c *cluster, reason Reason) (weight int, why Reason) {
	p, size := r.before(c.from)
	q, _ := r.after(c.to)
	atStart := c.from == l.from
	switch {
	case atStart:
		return refusal, ReasonListNumber
	case c.style == styleSymbols, c.style == styleLetters:
		return afterStop, ReasonStyle
	case c.style == styleSuper && size > 0 && unicode.IsLetter(p) && c.notation == raised:
		word := r.wordBefore(c.from)
		if has(exponents, word) || len([]rune(word)) == 1 && p < 0x2E80 && !r.isSuffix(c.from-size) {
			return lastResort, ReasonPower
		}
	case c.style == styleSuper && unicode.IsDigit(p):
		start := c.from
		for {
			_, n := digit(p)
			if n != decimal {
				break
			}
			start -= size
			p, size = r.before(start)
		}
		if g, _ := r.number(start, c.from); isYear(g) {
			return afterWord, ReasonYear
		}
		if r.isLabelled(start) {
			return afterWord, ReasonLabel // № 3¹⁰
		}
		return lastResort, ReasonPower
	case c.style == styleSuper && unicode.IsLetter(q) && unicode.IsSpace(p):
		return lastResort, ReasonPower
	case c.style == styleParens && unicode.IsSpace(p) && r.isLabelled(c.from):
		return lastResort, ReasonLabel // see Eq. (2)
	case c.style == styleParens && unicode.IsSpace(p):
		// (1) first, (2) second
		return afterWord - 1, reason
	case c.style == styleBrackets && unicode.IsLetter(q) && !unspaced(q):
		return lastResort, ReasonStyle
	}
	if reason == ReasonNumber || reason == ReasonName {
		reason = ReasonStyle
	}
	return afterStop, reason
}

// isLabelled reports whether a word such as "page", or a sign, stands before the
// number at off.
func (r *reader) isLabelled(off int) bool {
	word := r.wordAhead(off)
	p, size := r.before(off)
	if size > 0 && unicode.IsSpace(p) {
		p, _ = r.before(off - size)
	}
	return has(r.grammar.labels, word) || has(r.grammar.short, word) || strings.ContainsRune("№§#", p)
}

// exponents are units that can have a power: m², km².
var exponents = words("m km cm mm dm ft in mi yd μm nm м км см мм дм s с mc x y z r")

// opened reports whether a bracket is open before off in a line.
func (r *reader) opened(l line, off int) bool {
	const most = 600 // bytes
	closed := 0
	for i := off - 1; i >= max(l.from, off-most); i-- {
		switch r.src[i] {
		case ')':
			closed++
		case '(':
			if closed == 0 {
				return true
			}
			closed--
		}
	}
	return false
}

// fused divides a year or a number with its thousands marked from a mark that
// follows it without anything between: 20194 is 2019 and 4.
func (r *reader) fused(c *cluster) (head, tail *cluster) {
	k := len(c.groups) - 1
	g := c.groups[k]
	keep := 0
	switch {
	case k == 0 && (g.digits == 5 || g.digits == 6):
		keep = 4
	case k > 0 && (g.digits == 4 || g.digits == 5) && c.groups[k-1].digits <= 3 && isThousands(&cluster{groups: slices.Concat(c.groups[:k], []group{{digits: 3}}), seps: c.seps}):
		keep = 3
	default:
		return nil, nil
	}
	head, tail = r.divide(c, keep)
	if keep == 4 && !isYear(head.groups[k]) {
		return nil, nil
	}
	return head, tail
}

// divide divides the last run of digits of a cluster after so many of them.
func (r *reader) divide(c *cluster, keep int) (head, tail *cluster) {
	k := len(c.groups) - 1
	g := c.groups[k]
	if keep < 1 || keep >= g.digits || c.notation != decimal {
		return nil, nil
	}
	off := g.start
	for range keep {
		_, size, _ := r.digitAt(off)
		off += size
	}
	first, _ := r.number(g.start, off)
	rest, _ := r.number(off, g.end)
	rest.tail = true
	head = &cluster{groups: append(slices.Clone(c.groups[:k]), first), seps: c.seps, from: c.from, to: off, style: c.style}
	return head, &cluster{groups: []group{rest}, from: off, to: g.end, style: styleGlued}
}

// spaced says how much speaks for a mark that stands apart: "word. 3 Next".
func (r *reader) spaced(c *cluster, reason Reason) int {
	p, size := r.before(c.from)
	if len(c.groups) > 1 && !strings.ContainsRune(commas, c.seps[0]) || c.groups[0].digits > 4 || size == 0 || !unicode.IsSpace(p) || reason != ReasonNumber {
		return refusal
	}
	base := c.from - size
	p, size = r.before(base)
	q, qsize := r.after(c.to)
	if next, _ := r.after(c.to + qsize); q == '.' && next != '\n' && !unicode.IsSpace(next) && !strings.ContainsRune(closers, next) {
		return refusal // 1.º
	}
	ends := q == '\n' || strings.ContainsRune(closers, q) || c.to == r.lines[r.lineOf(c.to)].to
	if !ends && unicode.IsSpace(q) {
		next, _ := r.after(c.to + qsize)
		ends = unicode.IsUpper(next) || unicode.In(next, unicode.Lo, unicode.Pi, unicode.Ps) || next == '"'
	}
	switch {
	case !ends || size == 0:
		return refusal
	case strings.ContainsRune(closers, p) && p != ',' && p != '،' && p != '%':
		return afterWord
	case unicode.IsLetter(p) && q == '.' && r.grammar.dotted:
		return lastResort // in 1. Mose
	case unicode.IsLetter(p) && !unicode.IsSpace(q):
		return afterWord - 1
	}
	return refusal
}

// canBeMarks reports whether the groups can be numbers of notes, and the signs
// between them those of a group.
func (r *reader) canBeMarks(c *cluster) bool {
	const most, longest = 20, 50 // marks at one place, in a range
	if len(c.groups) > most {
		return false
	}
	for i, sep := range c.seps {
		if strings.ContainsRune(ranges, sep) {
			if d := c.groups[i+1].value - c.groups[i].value; d < 1 || d > longest || i > 0 && strings.ContainsRune(ranges, c.seps[i-1]) {
				return false
			}
		} else if !strings.ContainsRune(commas, sep) && (sep != '.' || c.style == styleGlued) {
			return false
		}
	}
	return !slices.ContainsFunc(c.groups, func(g group) bool { return g.zero || g.value == 0 || g.value >= maxValue })
}

// isThousands reports whether c is 3,337 or 1,300,000.
func isThousands(c *cluster) bool {
	return len(c.groups) > 1 && thousands(c) == len(c.groups)
}

// thousands is how many groups at the start of c are one number, which is 1
// unless the thousands are marked.
func thousands(c *cluster) int {
	n := 1
	if c.groups[0].digits > 3 || len(c.seps) == 0 || !strings.ContainsRune(", \u00a0\u202f\u2009’'٬", c.seps[0]) && (c.seps[0] != '.' || len(c.seps) == 1 || c.seps[1] != '.') {
		return 1
	}
	for n < len(c.groups) && c.seps[n-1] == c.seps[0] && c.groups[n].digits == 3 {
		n++
	}
	return n
}

// afterNumber is the index of the group that can be a mark after a number that
// stands before it, with a full stop or a comma between the two; 0 for none.
func (r *reader) afterNumber(c *cluster) int {
	n := thousands(c)
	if n >= len(c.groups) {
		return 0
	}
	switch c.seps[n-1] {
	case '.':
		if n == 1 && len(c.groups) == 3 && c.seps[1] == '.' {
			n = 2 // 0.9 and 1.1.9
		}
		// The next sentence starts, or none follows.
		i, end := c.end(), r.lines[r.lineOf(c.end())].to
		for i < end {
			q, size := r.after(i)
			if !unicode.IsSpace(q) && !strings.ContainsRune(closers, q) && !unicode.In(q, unicode.Pi, unicode.Ps) {
				if unicode.IsUpper(q) || unicode.Is(unicode.Lo, q) && i > c.end() {
					return n
				}
				return 0
			}
			i += size
		}
		if i := r.lineOf(c.end()); i+1 < len(r.lines) && !r.lines[i+1].blank() && r.width > 0 {
			if q, _ := r.after(r.lines[i+1].from); unicode.IsLower(q) {
				return 0
			}
		}
		return n
	case ',':
		if n == 1 && isYear(c.groups[0]) {
			return n
		}
	case '،', '、', '，':
		return n
	}
	return 0
}

// endsSentence reports whether c, which looks like a decimal, can as well be a
// number at the end of a sentence, with a mark behind the full stop: "only 1.1
// The next". The word before it is no name, and the next one starts a sentence.
func (r *reader) endsSentence(c *cluster) bool {
	if word := r.wordAhead(c.from); word == "" || !unicode.IsLower(firstRune(word)) || has(r.grammar.labels, word) || has(r.grammar.short, word) || r.grammar.nouns {
		return false
	}
	return r.nextSentence(c)
}

// nextSentence reports whether the word after c seems to start a sentence, or
// none follows.
func (r *reader) nextSentence(c *cluster) bool {
	next := r.wordAfter(c.to)
	q, _ := r.after(c.to)
	if i := r.lineOf(c.to); c.to == r.lines[i].to {
		if i+1 == len(r.lines) || r.lines[i+1].blank() || r.width == 0 {
			return true
		}
		next, q = r.wordAfter(r.lines[i+1].from), ' '
	}
	return len([]rune(next)) > 1 && unicode.IsUpper(firstRune(next)) && unicode.IsSpace(q) && !has(r.grammar.units, next) && strings.ToUpper(next) != next
}

// isYear reports whether a number of four digits can be a year.
func isYear(g group) bool { return g.digits == 4 && 1200 <= g.value && g.value < 2700 }

// refusal is the weight of a number that is no mark in any case.
const refusal = -100

// unspaced reports whether words in the script of c have no spaces between
// them.
func unspaced(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// glued says how much the text before off speaks for a mark there, and what
// else the number can be.
func (r *reader) glued(off int) (weight int, why Reason) {
	mark := off
	for { // characters that nobody sees, and thin spaces
		p, size := r.before(off)
		if size == 0 || !unicode.Is(unicode.Cf, p) && !isThin(p) {
			break
		}
		off -= size
	}
	if p, _ := r.before(off); off < mark && unicode.IsDigit(p) {
		return either, ReasonThousands // in 1894 3: a mark behind a thin space
	}
	const most = 8 // closing signs side by side
	base := off
	for range most {
		p, size := r.before(base)
		if size == 0 || !strings.ContainsRune(closers, p) {
			break
		}
		base -= size
	}
	p, size := r.before(base)
	if first, _ := r.after(base); base < off && size > 0 && unicode.IsSpace(p) && strings.ContainsRune(spacedClosers, first) && (r.grammar.spaced || p != ' ' || first == '%') {
		base -= size
		p, size = r.before(base)
	}
	switch {
	case base < off && size > 0 && unicode.IsSpace(p) && strings.HasPrefix(r.str(base, off), "…"):
		return either, ReasonNumber // words …1 or …1 million
	case base < off: // after closing signs
		if size == 0 || unicode.IsSpace(p) || unicode.In(p, unicode.Ps, unicode.Pi, unicode.Pd) {
			return refusal, "" // they open, or it is .5
		}
		if last, _ := r.before(off); (last == '“' || last == '‘') && !r.grammar.lowQuotes || last == '°' {
			return lastResort, ReasonNumber
		}
		switch first, _ := r.after(base); first {
		case '.':
			if word := r.wordBefore(base); r.str(base, off) == "." && has(r.grammar.short, word) {
				return lastResort, ReasonLabel
			}
		case '\'', '’', '״', '׳':
			if base+len(string(first)) == off && unicode.IsLetter(p) && len([]rune(r.wordBefore(base))) < 3 {
				return lastResort, ReasonNumber // l'1, d’11
			}
		}
		return afterStop, ""
	case unicode.IsLetter(p) || unicode.Is(unicode.M, p):
		word := r.wordBefore(off)
		letters := []rune(word)
		switch {
		case unspaced(p):
			if strings.HasSuffix(word, "第") {
				return lastResort, ReasonLabel
			}
			if suffixed(word, r.grammar.labels) || suffixed(word, r.grammar.short) {
				return either, ReasonLabel
			}
			return afterWord, ""
		case r.isSuffix(off - len(word)):
			return afterWord - 1, ReasonName // in 1812-м4, 9'a8, 5 °C7
		case has(exponents, word):
			return refusal, ""
		case len(letters) == 1, has(common().names, word), has(r.grammar.names, word):
			return refusal, ""
		case has(r.grammar.short, word):
			return lastResort, ReasonLabel
		case has(r.grammar.labels, word):
			return either, ReasonLabel
		case slices.ContainsFunc(letters[1:], unicode.IsUpper) && !elided(word):
			return lastResort - 1, ReasonName
		}
		return afterWord, ""
	}
	return refusal, ""
}

// isSuffix reports whether the letters at off belong to a number before them.
func (r *reader) isSuffix(off int) bool {
	p, size := r.before(off)
	if p == '°' && size > 0 || unicode.IsDigit(p) && has(r.grammar.ordinals, r.wordAfter(off)) {
		return true
	}
	if size == 0 || !strings.ContainsRune(hyphens+"'’", p) {
		return false
	}
	p, _ = r.before(off - size)
	return unicode.IsDigit(p) || strings.ContainsRune("%٪％", p)
}

// elided reports whether a word is another one behind an apostrophe: l’Arménie.
func elided(word string) bool {
	i := strings.LastIndexAny(word, "’'")
	if i < 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(word[i:])
	rest := []rune(word[i+size:])
	return len(rest) > 2 && !slices.ContainsFunc(rest[1:], unicode.IsUpper)
}

// suffixed reports whether a text ends with one of the words.
func suffixed(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(s, w) })
}

// prefixed reports whether a text starts with one of the words.
func prefixed(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(s, w) })
}

// followed says how much the text after c allows a mark there, and what else
// the number can be.
func (r *reader) followed(c *cluster) (weight int, why Reason) {
	end := c.to
	q, size := r.after(end)
	next, _ := r.after(min(end+size, len(r.src)))
	start := c.start()
	p, psize := r.before(start)
	for psize > 0 && (unicode.Is(unicode.Cf, p) || isThin(p)) { // as in glued
		start -= psize
		p, psize = r.before(start)
	}
	word := r.wordAfter(end)
	switch {
	case q == '\n' || unicode.IsSpace(q):
	case unspaced(q):
		switch {
		case prefixed(word, r.grammar.units):
			return lastResort, ReasonAmount
		case !strings.ContainsRune(closers, p):
			return lastResort, ReasonNumber // letters on both sides
		}
		return afterStop, ""
	case unicode.IsLetter(q):
		if (unicode.IsUpper(q) || unicode.Is(unicode.Lo, q)) && !unicode.IsLetter(p) && !prefixed(word, r.grammar.units) {
			return lastResort, ReasonName // country.1The
		}
		return refusal, ""
	case strings.ContainsRune("%٪％°/_@=+#&<>~^*\\|", q), strings.ContainsRune(currency, q):
		return refusal, ""
	case (q == '-' || q == '\u2010' || q == '\u2011' || q == '’' || q == '\'') && unicode.IsLetter(next):
		return lastResort, ReasonName
	}
	switch {
	case word == "":
	case has(r.grammar.units, word) && (r.grammar.nouns || word == strings.ToLower(word)):
		return lastResort, ReasonAmount
	case r.grammar.month(word) > 0 && c.groups[len(c.groups)-1].value <= 31:
		return either, ReasonDate
	}
	return afterStop, ""
}

// maxWord is how many code points of a word are looked at; scripts without
// spaces have endless ones.
const maxWord = 40

// wordBefore is the word that ends at off, with its apostrophes. Where a hyphen
// ends the line above, the word starts there.
func (r *reader) wordBefore(off int) string {
	i := r.wordStart(off)
	word := r.str(i, off)
	if i < off && i > 1 && r.src[i-1] == '\n' {
		if p, size := r.before(i - 1); strings.ContainsRune(hyphens+hiddenHyphens, p) && size > 0 {
			return r.str(r.wordStart(i-1-size), i-1-size) + word // finish-ed
		}
	}
	return word
}

// wordStart is where the word starts that ends at off, on the same line.
func (r *reader) wordStart(off int) int {
	i := off
	for range maxWord {
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
		break
	}
	return i
}

// wordAfter is the word after the spaces at off, on the same line.
func (r *reader) wordAfter(off int) string {
	q, size := r.after(off)
	for range maxWord {
		if q == '\n' || !unicode.IsSpace(q) && q != '-' {
			break
		}
		off += size
		q, size = r.after(off)
	}
	end := off
	for range maxWord {
		if !unicode.IsLetter(q) && !unicode.Is(unicode.M, q) {
			break
		}
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
	p, size := r.before(c.from)
	q, qsize := r.after(c.to)
	last := c.groups[len(c.groups)-1]
	spaced := p
	if unicode.IsSpace(p) && size > 0 {
		spaced, _ = r.before(c.start() - size)
	}
	after := r.wordAfter(c.to)
	glued := ""
	if unicode.IsLetter(q) {
		glued = after
	}
	seps := string(c.seps)
	only := func(set string) bool { return seps != "" && strings.Trim(seps, set) == "" }
	switch {
	case strings.ContainsRune(currency, p), strings.ContainsRune(currency, spaced), strings.ContainsRune(currency, q):
		return ReasonMoney
	case strings.ContainsRune("%٪％", q), unicode.IsSpace(q) && strings.ContainsRune("%٪", first(r.after(c.to+qsize))), has(g.percents, after):
		return ReasonPercent
	case unicode.IsSpace(q) && strings.ContainsRune(currency, first(r.after(c.to+qsize))):
		return ReasonMoney
	case only(":"):
		return ReasonTime
	case c.style != styleGlued:
		return ReasonNumber
	case only("/") && len(c.groups) == 3, only(ranges) && len(c.groups) == 3, only(".") && len(c.groups) == 3 && isYear(last):
		return ReasonDate
	case len(c.groups) > 2 && only("-–. \u00a0"), p == '+' && len(c.groups) > 1:
		if isThousands(c) {
			return ReasonThousands
		}
		if !only(".") {
			return ReasonPhone
		}
		return ReasonVersion
	case only("/"):
		return ReasonFraction
	case only(ranges):
		return ReasonRange
	case isThousands(c):
		return ReasonThousands
	case only(".") && len(c.groups) > 2:
		return ReasonVersion
	case strings.ContainsAny(seps, ".٫"), only(",") && len(c.groups) == 2 && g.comma:
		return ReasonDecimal
	case p == '.' && (size == c.from-l.from || isOpen(r, c.from-size)):
		return ReasonDecimal
	case unspaced(q) && prefixed(glued, g.units):
		if isYear(last) {
			return ReasonYear
		}
		return ReasonAmount
	case unspaced(p) && (suffixed(r.wordBefore(c.from), g.labels) || suffixed(r.wordBefore(c.from), g.short)):
		return ReasonLabel
	case unspaced(p) && len(c.groups) == 1 && isYear(last):
		return ReasonYear
	case unspaced(p), unspaced(q):
		return ReasonNumber
	case len(c.groups) == 1 && has(g.ordinals, glued):
		return ReasonOrdinal
	case len(c.groups) == 1 && has(g.decades, glued):
		return ReasonYear
	case unicode.IsLetter(p):
		if word := r.wordBefore(c.from); has(g.labels, word) || has(g.short, word) {
			return ReasonLabel
		}
		return ReasonName
	case glued != "" && has(g.units, glued):
		return ReasonAmount
	case glued != "", (p == '-' || p == '\u2010' || p == '\u2011') && !isOpen(r, c.from-size):
		return ReasonName
	case c.from == l.from && (q == '.' || q == ')'), p == '(' && q == ')' && c.from-1 == l.from:
		return ReasonListNumber
	case g.month(r.wordAhead(c.from)) > 0, g.month(after) > 0 && last.value <= 31:
		return ReasonDate
	case has(g.units, after) && (g.nouns || after == strings.ToLower(after)):
		return ReasonAmount
	case p == '#', p == '§', p == '№', spaced == '§', spaced == '№':
		return ReasonLabel
	case has(g.labels, r.wordAhead(c.from)), has(g.short, r.wordAhead(c.from)):
		return ReasonLabel
	case len(c.groups) == 1 && isYear(last):
		return ReasonYear
	case c.from == l.from:
		return ReasonListNumber
	}
	return ReasonNumber
}

// first drops the size of a character.
func first(c rune, _ int) rune { return c }

// isOpen reports whether nothing that a sign could close stands before off.
func isOpen(r *reader, off int) bool {
	p, size := r.before(off)
	return size == 0 || unicode.IsSpace(p) || unicode.In(p, unicode.Ps, unicode.Pi)
}

// finished reports whether a line ends like a sentence: with a full stop or
// the like, and closing signs, a mark or an address after it.
func (r *reader) finished(l line) bool {
	end := r.beforeMark(l)
	for end > l.from {
		p, size := r.before(end)
		switch {
		case p == '.':
			// "no." is an abbreviation, "No." is an answer.
			return !slices.Contains(r.grammar.short, r.wordBefore(end-size))
		case strings.ContainsRune("!?…।॥།༎۔؟։․።፧፨។៕။。！？．｡", p):
			return true
		case strings.ContainsRune(")]}”’»›\"'“‘」』）】》〉", p), unicode.IsSpace(p):
			end -= size
		default:
			return bytes.Contains(r.src[lastSpace(r.src[:l.to], l.from):l.to], []byte("://"))
		}
	}
	return false
}

// beforeMark is the end of a line without the mark there, if there is one.
func (r *reader) beforeMark(l line) int {
	end := l.to
	for end > l.from {
		p, size := r.before(end)
		_, n := digit(p)
		next, _ := r.after(end)
		_, after := digit(next)
		if n == noDigit && !(strings.ContainsRune(markSeps, p) && end < l.to && after != noDigit) && !(strings.ContainsRune("]*†‡", p) && n != decimal && end == l.to) && !(p == '[' && end < l.to) {
			break
		}
		end -= size
	}
	if end == l.to || end == l.from {
		return l.to
	}
	if p, _ := r.before(end); !unicode.IsPunct(p) {
		return l.to
	}
	return end
}

// lastSpace is where the last word of s starts, from an offset on.
func lastSpace(s []byte, from int) int {
	if i := bytes.LastIndexFunc(s[from:], unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRune(s[from+i:])
		return from + i + size
	}
	return from
}
