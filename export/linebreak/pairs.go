package linebreak

// class is a line breaking class of UAX #14, of those that running text is
// mostly made of.
type class uint8

const (
	other class = iota // any class that is not here
	al
	nu
	op // but for wide ones
	ow // OP that is East Asian wide, which LB30 leaves out
	cl
	cp
	qu
	is
	ex
	hy
	ba
	b2
	gl
	sp
	cm
	id // also H2 and H3, which the classes here treat alike
)

// ascii has the classes of ASCII.
var ascii = [128]class{
	' ': sp, '!': ex, '"': qu, '\'': qu, '(': op, ')': cp, ',': is, '-': hy, '.': is,
	'0': nu, '1': nu, '2': nu, '3': nu, '4': nu, '5': nu, '6': nu, '7': nu, '8': nu, '9': nu,
	':': is, ';': is, '?': ex, '[': op, ']': cp,
	'A': al, 'B': al, 'C': al, 'D': al, 'E': al, 'F': al, 'G': al, 'H': al, 'I': al,
	'J': al, 'K': al, 'L': al, 'M': al, 'N': al, 'O': al, 'P': al, 'Q': al, 'R': al,
	'S': al, 'T': al, 'U': al, 'V': al, 'W': al, 'X': al, 'Y': al, 'Z': al,
	'a': al, 'b': al, 'c': al, 'd': al, 'e': al, 'f': al, 'g': al, 'h': al, 'i': al,
	'j': al, 'k': al, 'l': al, 'm': al, 'n': al, 'o': al, 'p': al, 'q': al, 'r': al,
	's': al, 't': al, 'u': al, 'v': al, 'w': al, 'x': al, 'y': al, 'z': al,
}

// ranges have the classes of more blocks, in order.
var ranges = [...]struct {
	first, last rune
	class       class
}{
	{0xA0, 0xA0, gl}, {0xAB, 0xAB, qu}, {0xBB, 0xBB, qu}, {0xC0, 0x24F, al}, // Latin
	{0x300, 0x34E, cm},
	{0x3B1, 0x3C9, al},                     // Greek
	{0x400, 0x482, al}, {0x48A, 0x52F, al}, // Cyrillic
	{0x60C, 0x60D, is}, {0x61B, 0x61B, ex}, {0x61F, 0x61F, ex}, // Arabic
	{0x620, 0x64A, al}, {0x64B, 0x65F, cm}, {0x660, 0x669, nu}, {0x671, 0x6D3, al}, {0x6F0, 0x6F9, nu},
	{0x900, 0x903, cm}, {0x904, 0x939, al}, {0x93A, 0x93C, cm}, {0x93D, 0x93D, al}, // Devanagari
	{0x93E, 0x94F, cm}, {0x958, 0x961, al}, {0x964, 0x965, ba}, {0x966, 0x96F, nu},
	{0x2010, 0x2010, ba}, {0x2013, 0x2013, ba}, {0x2014, 0x2014, b2}, // General Punctuation
	{0x2018, 0x2019, qu}, {0x201A, 0x201A, op}, {0x201B, 0x201D, qu}, {0x201E, 0x201E, op},
	{0x202F, 0x202F, gl},
	{0x3001, 0x3002, cl}, {0x300C, 0x300C, ow}, {0x300D, 0x300D, cl}, // CJK
	{0x4E00, 0x9FFF, id}, {0xAC00, 0xD7A3, id},
	{0xFF01, 0xFF01, ex}, {0xFF08, 0xFF08, ow}, {0xFF09, 0xFF09, cl}, {0xFF0C, 0xFF0C, cl}, {0xFF1F, 0xFF1F, ex},
}

// classOf is the class of r, or other when it is not one of the common ones or
// r is in no block above.
func classOf(r rune) class {
	if r < 128 {
		if r < 0 {
			return other
		}
		return ascii[r]
	}
	low, high := 0, len(ranges)
	for low < high {
		middle := (low + high) / 2
		if ranges[middle].last < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(ranges) && ranges[low].first <= r {
		return ranges[low].class
	}
	return other
}

// piece appends the classes of the first piece of text, which is not empty,
// and reports whether all of them are common. A piece ends where a line may
// end and no rule that applies later looks further back: after spaces between
// a letter or a mark that closes and a letter, and between two ideographs.
func piece(classes []class, text []rune) (_ []class, common bool) {
	common = true
	last := other // the class before the spaces, or of the character before
	for i, r := range text {
		c := classOf(bracketQuote(text, i, r))
		switch {
		case c == al || c == nu:
			spaced := i > 0 && classes[i-1] == sp
			if spaced && (last == al || last == nu || last == is || last == ex || last == cp || last == qu) {
				return classes, common
			}
		case c == id:
			if i > 0 && classes[i-1] == id {
				return classes, common
			}
		case c == other:
			common = false
		}
		if c != sp {
			last = c
		}
		classes = append(classes, c)
	}
	return classes, common
}

// pairs fills breaks, which is as long as classes, by the rules of UAX #14
// that concern the common classes.
func pairs(breaks []Break, classes []class) {
	before := al    // the class before this one, with LB9 and LB10 done
	solid := other  // the last class that is not SP
	number := false // in NU (NU | IS)*
	for i, c := range classes {
		if c == cm {
			if i == 0 || before == sp {
				c = al // LB10
			} else {
				continue // LB9
			}
		}
		if i > 0 && allowed(before, c, solid, number) {
			breaks[i] = Allowed
		}
		number = c == nu || number && c == is
		before = c
		if c != sp {
			solid = c
		}
	}
}

// allowed reports whether a line may end between class a and class b. Solid is
// a, or the class before the spaces when a is SP; number says that a is in a
// number.
func allowed(a, b, solid class, number bool) bool {
	switch {
	case b == sp: // LB7
		return false
	case b == gl && a != sp && a != ba && a != hy, a == gl: // LB12, LB12a
		return false
	case b == ex, a != nu && (b == cl || b == cp || b == is): // LB13
		return false
	case solid == op || solid == ow: // LB14
		return false
	case solid == qu && (b == op || b == ow): // LB15
		return false
	case solid == b2 && b == b2: // LB17
		return false
	case a == sp: // LB18
		return true
	case a == qu || b == qu: // LB19
		return false
	case b == hy || b == ba: // LB21
		return false
	case a == nu && (b == nu || b == is || b == cl || b == cp), number && b == nu, a == hy && b == nu: // LB25
		return false
	case (a == al || a == nu) && (b == al || b == nu): // LB23, LB28
		return false
	case a == is && b == al: // LB29
		return false
	case (a == al || a == nu) && b == op, a == cp && (b == al || b == nu): // LB30
		return false
	}
	return true
}
