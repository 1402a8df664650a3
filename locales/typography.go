package locales

import (
	"slices"
	"strings"
	"sync"
)

// Spaces that do not break a line: that of a word, and a narrow one.
const (
	NoBreakSpace       = "\u00A0"
	NarrowNoBreakSpace = "\u202F"
)

// Typography is what a language sets in running text beside its quotation
// marks: which spaces do not break, where punctuation has a space before it,
// and what is set for signs that people type as several. The zero value is a
// language that has no such habits, or none that we have a source for.
//
// Words in the lists are in lower case.
type Typography struct {
	// Guillemets is the space inside « » and ‹ ›; empty where there is none.
	Guillemets string
	// Spaced are the marks that have a space before them, ";!?:", and Before
	// the space of each, in the same order.
	Spaced string
	Before []string

	// HoldDash keeps a spaced dash from beginning a line, and the dash that
	// begins what somebody says beside their words.
	HoldDash bool
	// Initials keeps initials beside each other and beside the surname: А. С. Пушкин.
	Initials bool
	// Short are the words that do not end a line, of one letter in most languages.
	Short []string
	// Enclitics are the words that do not begin a line, since they lean on the
	// word before: the Russian же.
	Enclitics []string
	// Units are those that follow a number in this language, beside the
	// symbols of the International System, which all languages share.
	Units []string
	// Numbered are the words that a number follows: "p.", "№", "стр.".
	Numbered []string
	// Groups is the space between groups of three digits, where people type
	// one: 10 000. Empty means NoBreakSpace.
	Groups string

	// Ellipsis and Dash are what is set for three points and for two or three
	// hyphens beside a character of Chinese or Japanese; empty means … and –
	// or —, as beside others.
	Ellipsis, Dash string

	// Elisions are words that have lost their beginning: an apostrophe stands
	// before them, and no quotation mark.
	Elisions []string
}

// Symbols follow a number with a space that does not break, in every language:
// those of SI and of units that are used with it, parts of a hundred, and
// currencies.
var symbols = []string{
	"m", "km", "cm", "mm", "µm", "μm", "nm", "ha", "m²", "m³", "km²", "cm²", "cm³", "mm²", "m/s", "km/h",
	"g", "kg", "mg", "µg", "μg", "t", "l", "L", "ml", "mL", "s", "ms", "min", "h", "Hz", "kHz", "MHz", "GHz",
	"K", "°C", "°F", "W", "kW", "MW", "GW", "kWh", "MWh", "TWh", "V", "kV", "mA", "J", "kJ", "MJ", "N", "Pa", "hPa", "kPa", "MPa",
	"kB", "MB", "GB", "TB", "%", "‰", "€", "$", "£", "¥", "₸", "₽", "₴", "₺", "₹", "₩",
}

// IsUnit reports whether a word that stands behind a number and a space is
// what is counted: km, %, or in Russian млрд. A point that may belong to the
// sentence, and not to the unit, is looked at both ways.
func (t *Typography) IsUnit(word string) bool {
	bare := strings.TrimSuffix(word, ".")
	if slices.Contains(symbols, word) || slices.Contains(symbols, bare) {
		return true
	}
	return contains(t.Units, word) || contains(t.Units, bare)
}

// IsNumbered reports whether a number belongs to the word before it: № 5, p. 5.
func (t *Typography) IsNumbered(word string) bool { return contains(t.Numbered, word) }

// IsShort reports whether a word does not end a line.
func (t *Typography) IsShort(word string) bool { return contains(t.Short, word) }

// IsEnclitic reports whether a word does not begin a line.
func (t *Typography) IsEnclitic(word string) bool { return contains(t.Enclitics, word) }

// contains looks for a word, of any case, in a list.
func contains(list []string, word string) bool {
	return len(list) > 0 && slices.Contains(list, strings.ToLower(word))
}

// SpaceBefore is the space before a mark of punctuation; empty where the
// language has none.
func (t *Typography) SpaceBefore(mark rune) string {
	for i, r := range t.Spaced {
		if r == mark {
			return t.Before[i]
		}
	}
	return ""
}

// A typographyOf is the typography of a language and of those within it that
// are not listed.
type typographyOf struct {
	tag string
	Typography
}

// findTypography gives the typography of the nearest of the tags.
func findTypography(chain []string) *Typography {
	table := typographies()
	for _, tag := range chain {
		i, ok := slices.BinarySearchFunc(table, tag, func(t typographyOf, tag string) int { return strings.Compare(t.tag, tag) })
		if ok {
			return &table[i].Typography
		}
	}
	return new(Typography)
}

// typographies is the table, by tag. Its sources, by the names in its comments:
//
//	IN    Lexique des règles typographiques en usage à l'Imprimerie nationale: Espacements, Nombres, Ponctuation
//	OQLF  Office québécois de la langue française, Espacement avant et après les signes de ponctuation et les symboles: as IN, where a thin space is at hand
//	GR    Guide du typographe (Groupe de Lausanne de l'Association suisse des typographes): thin spaces throughout
//	GIL   П. Г. Гиленсон, Справочник художественного и технического редакторов, the rules of setting; the same in А. Э. Мильчин, Л. К. Чельцова, Справочник издателя и автора
//	ČSN   ČSN 01 6910, what does not stand at the end of a line
//	PL    A. Wolański, Edycja tekstów, of words of one letter
//	GB    GB/T 15834 and W3C, Requirements for Chinese Text Layout: dash and ellipsis have the width of two characters
//	JIS   JIS X 4051 and W3C, Requirements for Japanese Text Layout: the same
//	CM    The Chicago Manual of Style, 17th edition, of initials, numbers and apostrophes
//	DIN   DIN 5008, no break behind Nr. and S.
//
// Kazakh, Kyrgyz and other Turkic languages that are written in Cyrillic
// letters are set by the rules of GIL. What is short or leans on the word
// before is Russian there, so these lists stay empty for them.
var typographies = sync.OnceValue(func() []typographyOf {
	bare := slavic(nil, nil, nil, []string{"№", "§"})
	return []typographyOf{
		{"af", Typography{Elisions: []string{"k", "n", "s", "t"}}},
		{"ba", bare}, // GIL
		{"be", bare}, // GIL
		{"bg", bare}, // GIL
		{"cs", Typography{ // ČSN
			Short: []string{"a", "i", "k", "o", "s", "u", "v", "z"}, Initials: true,
			Units: []string{"kč"}, Numbered: []string{"č.", "s.", "str.", "§"},
		}},
		{"de", Typography{Numbered: []string{"abb.", "bd.", "nr.", "s.", "§"}}}, // DIN
		{"en", Typography{ // CM, which leaves initials to the typesetter
			Numbered: []string{"no.", "nos.", "p.", "pp.", "vol.", "§"},
			Elisions: []string{"em", "n", "til", "tis", "twas", "twere", "twill"},
		}},
		{"fr", french(NoBreakSpace)},                   // IN; OQLF
		{"fr-CH", french(NarrowNoBreakSpace)},          // GR
		{"ja", Typography{Ellipsis: "……", Dash: "——"}}, // JIS
		{"kk", slavic(nil, nil, // GIL
			[]string{"ж.", "жж.", "ғ.", "ғғ.", "теңге", "км", "м", "см", "мм", "кг", "г", "мг", "т", "л", "га", "мың", "млн", "млрд", "трлн"},
			[]string{"№", "§"})},
		{"kk-Latn", bare}, // GIL
		{"ky", slavic(nil, nil, // GIL
			[]string{"ж.", "жж.", "сом", "км", "м", "см", "мм", "кг", "г", "т", "л", "га", "миң", "млн", "млрд", "трлн"},
			[]string{"№", "§"})},
		{"nl", Typography{Elisions: []string{"k", "m", "n", "r", "s", "t"}}},
		{"pl", Typography{ // PL
			Short: []string{"a", "i", "o", "u", "w", "z"}, Initials: true,
			Units: []string{"zł"}, Numbered: []string{"nr", "s.", "str.", "t.", "§"},
		}},
		{"ru", slavic( // GIL
			[]string{"а", "в", "и", "к", "о", "с", "у"},
			[]string{"б", "бы", "ж", "же", "ли", "ль"},
			[]string{"г.", "гг.", "в.", "вв.", "км", "м", "см", "мм", "кг", "г", "мг", "т", "л", "мл", "га", "ч", "мин", "с", "вт", "квт", "мвт", "гц",
				"тыс.", "млн", "млрд", "трлн", "руб.", "коп.", "экз.", "чел."},
			[]string{"№", "§", "гл.", "п.", "рис.", "с.", "стр.", "т.", "табл."})},
		{"sk", Typography{ // as ČSN
			Short: []string{"a", "i", "k", "o", "s", "u", "v", "z"}, Initials: true,
			Numbered: []string{"č.", "s.", "str.", "§"},
		}},
		{"tg", bare}, // GIL
		{"tt", bare}, // GIL
		{"uk", slavic( // GIL
			[]string{"а", "в", "з", "і", "й", "о", "у"},
			[]string{"б", "би", "ж", "же"},
			[]string{"р.", "рр.", "ст.", "км", "м", "см", "мм", "кг", "г", "т", "л", "га", "тис.", "млн", "млрд", "трлн", "грн"},
			[]string{"№", "§", "рис.", "с.", "т."})},
		{"zh", Typography{Ellipsis: "……", Dash: "——"}},      // GB
		{"zh-Hant", Typography{Ellipsis: "……", Dash: "——"}}, // GB
	}
})

// french is the typography of French. The space before a colon and inside
// guillemets is wide in France and narrow in Switzerland.
func french(wide string) Typography {
	return Typography{
		Guillemets: wide,
		Spaced:     ";!?:", Before: []string{NarrowNoBreakSpace, NarrowNoBreakSpace, NarrowNoBreakSpace, wide},
		Initials: true,
		Numbered: []string{"n°", "nos", "p.", "t.", "vol.", "chap.", "fig.", "art.", "§"},
		Groups:   NarrowNoBreakSpace,
	}
}

// slavic is the typography that GIL describes, with the words of a language.
func slavic(short, enclitics, units, numbered []string) Typography {
	return Typography{HoldDash: true, Initials: true, Short: short, Enclitics: enclitics, Units: units, Numbered: numbered}
}
