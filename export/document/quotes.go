package document

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a straight quotation mark or apostrophe, or a quotation mark that
// the author typed as it is printed.
type mark struct {
	at    int  // in line.text
	kind  byte // '"' or '\''; 0 for one that was typed
	role  role
	level int // of a mark that was typed: 0 or 1
	pair  int // the mark that closes or opens it; -1 when there is none
	style *style
	text  string // what is printed; empty for a mark that was typed
}

// role is what a mark does.
type role byte

const (
	other  role = iota // apostrophe, prime, geresh: text says which
	opens              // begins a quotation
	closes             // ends one; with no pair, one that began in an earlier paragraph
	typedOpens
	typedCloses
)

const (
	apostrophe  = "’"
	prime       = "′"
	doublePrime = "″"
	geresh      = "׳"
	gershayim   = "״"
)

// quotes decides on every straight mark of the line, in order.
//
// A mark opens after a space, a bracket or a dash, and closes before one; in
// the middle of a word it is an apostrophe; between characters of a script
// without spaces, marks take turns. Single marks that nothing closes are
// apostrophes. Double marks set the outer quotation marks of the language and
// single marks the inner ones, and the other kind within its own kind. Marks
// that are no longer straight stay, and count as the level that they are.
func (l *line) quotes() []mark {
	if !bytes.ContainsAny(l.text, `"'`) {
		return nil
	}
	q := quoter{text: l.text}
	for _, p := range l.pieces {
		if p.style.off {
			continue
		}
		q.style = p.style
		for i := p.start; i < p.end; {
			switch b := l.text[i]; {
			case b == '"':
				q.double(i)
				i++
			case b == '\'':
				q.single(i)
				i++
			case b < utf8.RuneSelf:
				i++
			default:
				r, size := utf8.DecodeRune(l.text[i:])
				q.typed(i, r, size)
				i += size
			}
		}
	}
	q.finish()
	return slices.DeleteFunc(q.marks, func(m mark) bool { return m.role == typedOpens || m.role == typedCloses })
}

// quoter reads the marks of a line.
type quoter struct {
	text  []byte
	style *style
	marks []mark

	open    []int // marks that are open, the innermost last
	doubles []int // those of q.open that are straight and double
}

// add adds a mark.
func (q *quoter) add(m mark) {
	m.style = q.style
	m.pair = -1
	q.marks = append(q.marks, m)
}

// opening adds a mark that opens.
func (q *quoter) opening(m mark) {
	if m.kind == '"' {
		q.doubles = append(q.doubles, len(q.open))
	}
	q.open = append(q.open, len(q.marks))
	q.add(m)
}

// closing adds a mark that closes the mark q.open[k], and leaves those inside
// it open for ever.
func (q *quoter) closing(m mark, k int) {
	opener := q.open[k]
	q.open = q.open[:k]
	for len(q.doubles) > 0 && q.doubles[len(q.doubles)-1] >= k {
		q.doubles = q.doubles[:len(q.doubles)-1]
	}
	q.add(m)
	q.marks[opener].pair = len(q.marks) - 1
	q.marks[len(q.marks)-1].pair = opener
}

// around gives the characters on both sides of the mark at i, with a space
// for the ends of a line.
func (q *quoter) around(i int) (prev, next rune) {
	prev, next = ' ', ' '
	if i > 0 {
		prev, _ = utf8.DecodeLastRune(q.text[:i])
	}
	if i+1 < len(q.text) {
		next, _ = utf8.DecodeRune(q.text[i+1:])
	}
	return prev, next
}

// opensAfter reports whether a mark that follows the character opens, as it
// does after a space.
func (q *quoter) opensAfter(i int, prev, next rune) bool {
	if prev == '"' || prev == '\'' {
		m := q.marks[len(q.marks)-1] // prev is straight, so it is the last mark
		return m.at == i-1 && (m.role == opens || m.text == apostrophe && isWord(next))
	}
	if isSpace(prev) {
		return true
	}
	if s := string(prev); s == q.style.quotes.Close || s == q.style.quotes.InnerClose {
		return false
	}
	return unicode.In(prev, unicode.Ps, unicode.Pi, unicode.Pd) || strings.ContainsRune("/¿¡=", prev)
}

// closesBefore reports whether a mark that stands before the character closes,
// as it does before a space.
func closesBefore(next rune) bool {
	return isSpace(next) || next == '"' || next == '\'' ||
		unicode.In(next, unicode.Pe, unicode.Pf, unicode.Pd) || strings.ContainsRune(".,;:!?…/、。，；：！？،؛؟۔।", next)
}

// double decides on a double mark.
func (q *quoter) double(i int) {
	prev, next := q.around(i)
	m := mark{at: i, kind: '"'}
	k := -1
	if len(q.doubles) > 0 {
		k = q.doubles[len(q.doubles)-1]
	}
	opensHere := q.opensAfter(i, prev, next)
	switch {
	case isHebrew(prev) && isHebrew(next):
		m.text = gershayim
		q.add(m)
	case unicode.IsDigit(prev) && (k < 0 || q.afterFeet(i)) && !unicode.IsLetter(next):
		m.text = doublePrime
		q.add(m)
	case opensHere && !isSpace(next) && (isSpace(prev) || k < 0 || !closesBefore(next)):
		m.role = opens
		q.opening(m)
	case k >= 0:
		m.role = closes
		q.closing(m, k)
	case isSpace(next) && !isSpace(prev) || closesBefore(next) && !opensHere:
		m.role = closes
		q.add(m)
	default:
		m.role = opens
		q.opening(m)
	}
}

// single decides on a single mark.
func (q *quoter) single(i int) {
	prev, next := q.around(i)
	m := mark{at: i, kind: '\''}
	top := -1
	if k := len(q.open) - 1; k >= 0 && q.marks[q.open[k]].kind == '\'' {
		top = k
	}
	stays := func(text string) {
		m.text = text
		q.add(m)
	}
	switch {
	case isHebrew(prev) && (isHebrew(next) || top < 0):
		stays(geresh)
	case isWord(prev) && !isHan(prev) && unicode.IsLetter(next) && !isHan(next):
		stays(apostrophe)
	case unicode.IsDigit(prev) && unicode.IsDigit(next):
		if q.digitsAt(i+1) == 3 {
			stays(apostrophe) // 10'000
		} else {
			stays(prime) // 5'10"
		}
	case q.opensAfter(i, prev, next) && !isSpace(next) && (isSpace(prev) || top < 0 || !closesBefore(next)):
		if q.elided(i + 1) {
			stays(apostrophe)
			return
		}
		m.role = opens
		q.opening(m)
	case top >= 0:
		m.role = closes
		q.closing(m, top)
	case isHan(prev) && !closesBefore(next):
		m.role = opens
		q.opening(m)
	case unicode.IsDigit(prev):
		stays(prime)
	default:
		stays(apostrophe)
	}
}

// typed counts a quotation mark that the author typed as it is printed.
func (q *quoter) typed(i int, r rune, size int) {
	if !unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe) {
		return
	}
	s, marks := string(r), q.style.quotes
	for level, pair := range [2][2]string{{marks.Open, marks.Close}, {marks.InnerOpen, marks.InnerClose}} {
		m := mark{at: i, level: level}
		isTop := false
		if k := len(q.open) - 1; k >= 0 {
			top := q.marks[q.open[k]]
			isTop = top.role == typedOpens && top.level == level
		}
		if s == pair[1] && isTop {
			if next, _ := utf8.DecodeRune(q.text[i+size:]); s == apostrophe && unicode.IsLetter(next) {
				return
			}
			m.role = typedCloses
			q.closing(m, len(q.open)-1)
			return
		}
		if s == pair[0] {
			m.role = typedOpens
			q.opening(m)
			return
		}
	}
}

// finish pairs what is left and decides on the text of quotation marks.
func (q *quoter) finish() {
	var levels []int
	for i := range q.marks {
		m := &q.marks[i]
		switch m.role {
		case other:
		case opens:
			wanted := 0
			if m.kind == '\'' {
				wanted = 1
			}
			if m.pair < 0 && m.kind == '\'' && m.at > 0 {
				m.role, m.text = other, apostrophe
				continue
			}
			if len(levels) > 0 && levels[len(levels)-1] == wanted {
				wanted = 1 - wanted
			}
			m.level, m.text = wanted, m.style.open[wanted]
			if m.pair >= 0 {
				levels = append(levels, wanted)
			}
		case closes:
			if m.pair < 0 {
				m.text = m.style.close[0]
				continue
			}
			opener := q.marks[m.pair]
			m.text = opener.style.close[opener.level]
			levels = levels[:len(levels)-1]
		case typedOpens:
			if m.pair >= 0 {
				levels = append(levels, m.level)
			}
		case typedCloses:
			levels = levels[:len(levels)-1]
		default:
			panic("document: unknown role of a quotation mark")
		}
	}
}

// afterFeet reports whether the digits before the mark at i follow a prime, as
// in 5'10".
func (q *quoter) afterFeet(i int) bool {
	for i > 0 && '0' <= q.text[i-1] && q.text[i-1] <= '9' {
		i--
	}
	last := len(q.marks) - 1
	return last >= 0 && q.marks[last].at == i-1 && q.marks[last].text == prime
}

// digitsAt counts the digits from i on, to four.
func (q *quoter) digitsAt(i int) int {
	n := 0
	for i+n < len(q.text) && n < 4 && '0' <= q.text[i+n] && q.text[i+n] <= '9' {
		n++
	}
	return n
}

// elided reports whether the word at i has lost its beginning: '90s, 'tis.
func (q *quoter) elided(i int) bool {
	if q.digitsAt(i) == 2 {
		return true
	}
	rest := q.text[i:]
	for _, word := range q.style.Elisions {
		if len(rest) < len(word) || !strings.EqualFold(string(rest[:len(word)]), word) {
			continue
		}
		if next, _ := utf8.DecodeRune(rest[len(word):]); !unicode.IsLetter(next) {
			return true
		}
	}
	return false
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u2028' }

func isHebrew(r rune) bool { return unicode.Is(unicode.Hebrew, r) }
