package hyphen

import (
	"slices"
	"strings"
)

// rules divide a Turkic language whose orthography says where: at the border
// of syllables. A syllable has one vowel, and the last consonant before a
// vowel opens its syllable, so that of three consonants two stay: құмырс-қа.
//
// Sources: the rules for Kazakh as tarbie.kz/20404 and 365info.kz (February
// 2021) reprint them; for Kyrgyz the orthography of 2008, section Ташымал.
type rules struct {
	letters string // in lower case
	vowels  string

	// glides are vowels after a consonant (су-ық) and consonants after a vowel
	// and at the start of a word before a vowel (да-уыс, уа-қыт).
	glides string

	soft string // signs that stay with the consonant before them, which opens the syllable: ком-пью-тер
	hard string // signs that end a syllable: объ-ект

	// long says that a vowel letter that is doubled is one long vowel, of
	// which nothing is divided, and which is too short to stand alone: аалам.
	long bool

	// stems are starts of words that the rules would divide otherwise, with
	// their hyphens up to the last vowel.
	stems []string
}

var kazakh = &rules{
	letters: "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
	vowels:  "аәеёиоөұүыіэюя",
	glides:  "у",
	soft:    "ь",
	hard:    "ъ",
	stems: []string{ // countries: the land of those who are named before it
		"ау-ған-ста", "баш-құрт-ста", "қа-зақ-ста", "қыр-ғыз-ста", "өз-бек-ста",
		"тә-жік-ста", "та-тар-ста", "түр-кі-мен-ста", "түр-ік-мен-ста",
	},
}

// kazakhLatin is Kazakh in the alphabet of 2021, in which i stands for и and й.
var kazakhLatin = &rules{
	letters: "aäbcdefgğhıijklmnñoöpqrsştuūüvwxyz",
	vowels:  "aäeıoöūüy",
	glides:  "ui",
	stems: []string{
		"au-ğan-sta", "baş-qūrt-sta", "qa-zaq-sta", "qyr-ğyz-sta", "öz-bek-sta",
		"tä-jık-sta", "ta-tar-sta", "tür-kı-men-sta", "tür-ık-men-sta",
	},
}

var kyrgyz = &rules{
	letters: "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
	vowels:  "аеёиоөуүыэюя",
	soft:    "ь",
	hard:    "ъ",
	long:    true,
	stems: []string{
		"баш-курт-ста", "ка-зак-ста", "кыр-гыз-ста", "өз-бек-ста", "та-жик-ста",
		"та-тар-ста", "түрк-мөн-ста",
	},
}

func (r *rules) known(c rune) bool { return strings.ContainsRune(r.letters, c) }

// divide sets the levels in the gaps of a word, which are 0, to 1 where it may
// be divided: levels[i] is that before word[i]. The word is in lower case and
// composed. One with a foreign letter stays whole.
func (r *rules) divide(levels []byte, word []rune) {
	if slices.ContainsFunc(word, func(c rune) bool { return !r.known(c) }) {
		return
	}
	last, wasVowel := -1, false // the last vowel; whether the letter before is one
	for i, c := range word {
		vowel := strings.ContainsRune(r.vowels, c)
		if strings.ContainsRune(r.glides, c) {
			vowel = !wasVowel && (i > 0 || len(word) == 1 || !strings.ContainsRune(r.vowels, word[1]))
		}
		if vowel && last >= 0 && !(r.long && wasVowel && c == word[last]) {
			levels[r.opening(word, last, i)] = 1
		}
		if vowel {
			last = i
		}
		wasVowel = vowel
	}
	if n := len(word); r.long && n > 2 {
		if r.isLong(word[:2]) {
			levels[2] = 0
		}
		if r.isLong(word[n-2:]) {
			levels[n-2] = 0
		}
	}
	for _, stem := range r.stems {
		r.override(levels, word, stem)
	}
}

// opening is where the syllable starts that has the vowel at i, when the one
// before it is at last.
func (r *rules) opening(word []rune, last, i int) int {
	if i == last+1 || strings.ContainsRune(r.hard, word[i-1]) {
		return i
	}
	at := i - 1
	for at > last+1 && strings.ContainsRune(r.soft, word[at]) {
		at--
	}
	return at
}

// isLong reports whether two letters are one vowel that nothing stands before.
func (r *rules) isLong(pair []rune) bool {
	return pair[0] == pair[1] && strings.ContainsRune(r.vowels, pair[0])
}

// override divides a word that starts with stem as the stem has it.
func (r *rules) override(levels []byte, word []rune, stem string) {
	i := 0
	for _, c := range stem {
		if c == '-' {
			continue
		}
		if i == len(word) || word[i] != c {
			return
		}
		i++
	}
	clear(levels[:i])
	i = 0
	for _, c := range stem {
		if c == '-' {
			levels[i] = 1
		} else {
			i++
		}
	}
}
