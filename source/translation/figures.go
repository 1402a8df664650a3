package translation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"qalam/locales"
)

// figures are the numbers of a piece of text. A number is a decimal string
// without separators, without zeros in front or after a decimal point:
// "1300", "0.5". Months are "1" to "12".
type figures struct {
	numbers []string // written in digits, in the order of the text
	months  []string // named, or numbered in a date

	// loose are numbers that need not stand in the other text: in words, in
	// Roman or Chinese numerals, or half of a date that can be read two ways.
	loose []string

	// bare are numbers of a language whose words for thousand and million we
	// do not know, when a word follows. They can be a multiple.
	bare []string
}

// numerals reads the numbers of one language.
type numerals struct {
	locales.Numbers
	months []monthName
	han    bool // numbers in Han characters, as in Chinese and Japanese
}

// monthName is what the name of a month starts with in all its forms.
type monthName struct {
	stem  string
	month string
}

func newNumerals(l *locales.Locale) *numerals {
	n := &numerals{Numbers: l.Numbers()}
	switch l.Script {
	case "Hans", "Hant", "Jpan":
		n.han = true
	}
	for name, month := range n.Months {
		// Names are inflected at their end: январь, января, январе.
		name = strings.ToLower(name)
		stem := name
		if _, size := utf8.DecodeLastRuneInString(name); utf8.RuneCountInString(name) > 4 {
			stem = name[:len(name)-size]
		}
		n.months = append(n.months, monthName{stem, decimal(month)})
	}
	return n
}

// read finds the numbers of s.
func (n *numerals) read(s string) figures {
	var f figures
	s = norm.NFC.String(s)
	near := 0   // words since the last number in digits
	month := "" // of a name that waits for a number
	var words cardinal
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.Is(unicode.Nd, r):
			f.loose = words.flush(f.loose)
			i += n.digits(s[i:], &f)
			near = 2
			if month != "" {
				f.months = append(f.months, month)
				month = ""
			}
		case n.han && hanDigit(r) >= 0:
			value, size := hanNumber(s[i:])
			i += size
			if strings.HasPrefix(s[i:], "月") && len(value) <= 2 {
				f.months = append(f.months, value)
			} else {
				f.loose = append(f.loose, value)
			}
		case n.han && unicode.Is(unicode.Han, r): // a word by itself, for all we know
			i += size
		case unicode.IsLetter(r):
			word := s[i : i+wordLen(s[i:])]
			i += len(word)
			if value, ok := roman(word); ok {
				f.loose = append(f.loose, value)
			}
			if len(n.Cardinals) > 0 && !words.add(strings.ToLower(word), n) {
				f.loose = words.flush(f.loose)
			}
			m := n.month(word)
			switch {
			case m != "" && near > 0:
				f.months = append(f.months, m)
				near = 0
			case m != "":
				month = m
				near = -2 // how many words a name waits
			case near > 0:
				near--
			case near < 0:
				if near++; near == 0 {
					month = ""
				}
			}
		default:
			if r != ' ' && r != '-' && r != '\u00A0' {
				f.loose = words.flush(f.loose)
			}
			if r == '.' || r == ';' || r == boundary {
				near, month = 0, ""
			}
			i += size
		}
	}
	f.loose = words.flush(f.loose)
	return f
}

// month gives the number of the month that a word names, or "".
func (n *numerals) month(word string) string {
	word = strings.ToLower(word)
	best := monthName{}
	for _, m := range n.months {
		// The shorter of two stems must not win: "мар" and "марта".
		if strings.HasPrefix(word, m.stem) && len(m.stem) > len(best.stem) && utf8.RuneCountInString(word) <= utf8.RuneCountInString(m.stem)+4 {
			best = m
		}
	}
	return best.month
}

// digits reads the number or the date that s starts with, and gives its length.
func (n *numerals) digits(s string, f *figures) int {
	groups, seps, size := split(s)
	if used, ok := date(groups, seps, f); ok {
		return lengthOf(s, used)
	}
	used := 1
	value := groups[0]
	for used < len(groups) && len(groups[0]) <= 3 && isGroup(seps[used-1], n.Decimal) && groupsAt(groups, seps, used) {
		value += groups[used]
		used++
	}
	fraction := false
	if used < len(groups) {
		sep := seps[used-1]
		last := used == len(seps) || seps[used] != sep // 1.2.3 is no number
		fraction = sep == '\u066B' || last && (sep == rune(n.Decimal) || sep == '.' && used == 1)
		if fraction {
			value += "." + groups[used]
			used++
		}
		for !last && used < len(groups) && seps[used-1] == sep {
			f.numbers = append(f.numbers, plain(value, false))
			value = groups[used]
			used++
		}
	}
	end := lengthOf(s, used)
	if used == len(groups) {
		end = size
	}
	value = plain(value, fraction)
	rest := s[end:]
	if strings.HasPrefix(rest, "月") || strings.HasPrefix(rest, "월") {
		f.months = append(f.months, value)
		return end
	}
	power, skip := n.power(rest)
	if power > 0 {
		f.numbers = append(f.numbers, shift(value, power))
		return end + skip
	}
	f.numbers = append(f.numbers, value)
	if len(n.Powers) == 0 {
		f.bare = append(f.bare, value)
	}
	return end
}

// power is the power of ten that the words after a number stand for: 3 for
// "thousand", and how long they are.
func (n *numerals) power(s string) (power, size int) {
	for {
		i := 0
		for i < len(s) {
			r, w := utf8.DecodeRuneInString(s[i:])
			if r != ' ' && r != '\u00A0' && r != '\u202F' {
				break
			}
			i += w
		}
		best, found := "", 0
		for word, p := range n.Powers {
			if len(word) > len(best) && hasPrefixFold(s[i:], word) {
				best, found = word, p
			}
		}
		if best == "" || power+found > 18 {
			return power, size
		}
		if n.han {
			i += len(best)
		} else {
			i += wordLen(s[i:])
		}
		power += found
		size += i
		s = s[i:]
	}
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// maxGroups is how many groups of digits a number can have. Text can go on
// with digits and separators for ever.
const maxGroups = 12

// split cuts what s starts with into groups of digits, as ASCII, and the
// separators between them. size is the length of all of it.
func split(s string) (groups []string, seps []rune, size int) {
	var b strings.Builder
	for i := 0; ; {
		b.Reset()
		for i < len(s) {
			r, w := utf8.DecodeRuneInString(s[i:])
			if !unicode.Is(unicode.Nd, r) {
				break
			}
			b.WriteByte(digit(r))
			i += w
		}
		groups = append(groups, b.String())
		size = i
		sep, w := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+w:])
		if len(groups) == maxGroups || !strings.ContainsRune(".,'’ \u00A0\u2009\u202F\u066B\u066C/-", sep) || !unicode.Is(unicode.Nd, next) {
			return groups, seps, size
		}
		if n := len(seps); n > 1 && seps[n-1] != seps[0] {
			return groups, seps, size // a second separator is a decimal one, behind which nothing comes
		}
		seps = append(seps, sep)
		i += w
	}
}

// lengthOf is the length of the first groups of digits of s with the
// separators between them.
func lengthOf(s string, groups int) int {
	in := false
	for i, r := range s {
		is := unicode.Is(unicode.Nd, r)
		if in && !is {
			if groups--; groups == 0 {
				return i
			}
		}
		in = is
	}
	return len(s)
}

// digit is a decimal digit of any script as ASCII has it. Unicode keeps the
// ten digits of a script together.
func digit(r rune) byte {
	if r <= '9' {
		return byte(r)
	}
	for _, t := range unicode.Nd.R16 {
		if uint16(r) >= t.Lo && uint16(r) <= t.Hi && r <= 0xFFFF {
			return '0' + byte((r-rune(t.Lo))%10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if uint32(r) >= t.Lo && uint32(r) <= t.Hi {
			return '0' + byte((r-rune(t.Lo))%10)
		}
	}
	return '0'
}

// isGroup reports whether sep can stand between groups of digits.
func isGroup(sep rune, decimal byte) bool {
	return sep != rune(decimal) && strings.ContainsRune(".,'’ \u00A0\u2009\u202F\u066C", sep)
}

// groupsAt reports whether the groups from i on, as far as one separator goes,
// have three digits, or two and at last three, as in India.
func groupsAt(groups []string, seps []rune, i int) bool {
	end := i
	for end < len(seps) && seps[end] == seps[i-1] {
		end++
	}
	for j := i; j < end; j++ {
		if len(groups[j]) != 3 && len(groups[j]) != 2 {
			return false
		}
	}
	return len(groups[end]) == 3
}

// date reads 19.01.2022, 2022-01-19 or 19/1/2022 at the start of the groups.
func date(groups []string, seps []rune, f *figures) (used int, ok bool) {
	if len(groups) < 3 || seps[0] != seps[1] || !strings.ContainsRune(".-/", seps[0]) {
		return 0, false
	}
	day, month, year := groups[0], groups[1], groups[2]
	if len(day) == 4 {
		day, year = year, day
	}
	if len(year) != 4 || len(day) > 2 || len(month) > 2 {
		return 0, false
	}
	day, month = plain(day, false), plain(month, false)
	f.numbers = append(f.numbers, year)
	switch {
	case seps[0] == '/' && len(groups[0]) != 4 && day != month && (len(day) == 1 || day <= "12"):
		// 3/4/2022 is in March or in April.
		f.loose = append(f.loose, day, month)
	default:
		f.numbers = append(f.numbers, day)
		f.months = append(f.months, month)
	}
	return 3, true
}

// plain takes away the zeros that say nothing.
func plain(s string, fraction bool) string {
	if fraction {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	return s
}

// shift multiplies a number by a power of ten.
func shift(s string, power int) string {
	whole, rest, _ := strings.Cut(s, ".")
	for range power {
		if rest == "" {
			whole += "0"
		} else {
			whole, rest = whole+rest[:1], rest[1:]
		}
	}
	if rest != "" {
		return plain(whole+"."+rest, true)
	}
	return plain(whole, false)
}

// wordLen is the length of the letters and marks that s starts with.
func wordLen(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

// cardinal adds up the words of a number: "three", "hundred", "and", "five".
type cardinal struct{ total, group int }

// add takes a word; it is false when the word is no part of a number.
func (c *cardinal) add(word string, n *numerals) bool {
	if v, ok := n.Cardinals[word]; ok {
		c.group += v
		return true
	}
	if word == "and" && c.total+c.group > 0 {
		return true
	}
	power, ok := n.Powers[strings.TrimSuffix(word, "s")]
	if !ok || power > 12 || c.group > 999_999 {
		return false
	}
	c.group = max(c.group, 1)
	for range power {
		c.group *= 10
	}
	if power > 2 {
		c.total += c.group
		c.group = 0
	}
	return true
}

// flush adds the number to list, if there is one.
func (c *cardinal) flush(list []string) []string {
	if sum := c.total + c.group; sum > 0 {
		list = append(list, decimal(sum))
	}
	*c = cardinal{}
	return list
}

// roman reads a Roman numeral of two letters or more, which letters for an
// ordinal can follow: XIX, XIXe.
func roman(word string) (string, bool) {
	numeral := strings.TrimRightFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
	if len(numeral) < 2 || len(numeral) > 9 || len(word) > len(numeral)+8 || strings.Trim(numeral, "IVXLC") != "" {
		return "", false
	}
	word = numeral
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	sum := 0
	for i := range len(word) {
		v := values[word[i]]
		if i+1 < len(word) && v < values[word[i+1]] {
			v = -v
		}
		sum += v
	}
	return decimal(sum), sum > 0
}

const hanDigits = "〇一二三四五六七八九"

// hanDigit is the value of a Han character in a number, or -1.
func hanDigit(r rune) int {
	switch r {
	case '零':
		return 0
	case '两':
		return 2
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万', '萬':
		return 10_000
	case '亿', '億':
		return 100_000_000
	}
	if i := strings.IndexRune(hanDigits, r); i >= 0 {
		return i / len("〇")
	}
	return -1
}

// hanNumber reads the number in Han characters that s starts with.
func hanNumber(s string) (value string, size int) {
	total, section, last := 0, 0, 0
	positional := "" // 二〇二二
	for i, r := range s {
		v := hanDigit(r)
		if v < 0 || i > 60 {
			break
		}
		size = i + utf8.RuneLen(r)
		switch {
		case v < 10:
			positional += string('0' + rune(v))
			last = v
		case v < 10_000:
			section += max(last, 1) * v
			last, positional = 0, "-"
		default:
			total += (section + last) * v
			section, last, positional = 0, 0, "-"
		}
	}
	if len(positional) > 1 && positional[0] != '-' {
		return plain(positional, false), size
	}
	return decimal(total + section + last), size
}
