package locales

import "slices"

// Numbers is how a language writes numbers, as far as it is needed to read
// them in running text.
type Numbers struct {
	// Decimal is the decimal separator, "." or ",". The other of the two
	// stands between groups of digits, and so may a space. The Arabic
	// separators U+066B and U+066C mean themselves in every language.
	Decimal byte

	// Powers are the words that follow digits and multiply them, as powers of
	// ten, by how they begin: "thousand" 3, "тысяч" 3, "万" 4. Empty when we
	// do not know the words of the language.
	Powers map[string]int

	// Cardinals are the words for numbers: "fifteen" 15, "hundred" 100. Empty
	// when we do not know them.
	Cardinals map[string]int

	// Months are the names of the months, 1 to 12, each in the forms that CLDR
	// has: within a date and by itself. Empty when they are not known.
	Months map[string]int
}

// decimalComma are the languages whose decimal separator is a comma, as CLDR
// 48 has it for the default numbering system (numbers/symbols/decimal), without
// those of few speakers.
var decimalComma = [...]string{
	"af", "ast", "az", "be", "bg", "br", "bs", "ca", "cs", "da", "de", "el",
	"eo", "es", "et", "eu", "fi", "fo", "fr", "fur", "fy", "gl", "hr", "hsb",
	"hu", "hy", "id", "is", "it", "ka", "kk", "kl", "ky", "lb", "ln", "lt",
	"lv", "mk", "nb", "nl", "nn", "no", "oc", "os", "pl", "pt", "ro",
	"ru", "sah", "sc", "sk", "sl", "sq", "sr", "su", "sv", "tg", "tk", "tr",
	"tt", "uk", "uz", "vi", "wo",
}

// decimalOther are the places that differ from their language: Latin America
// and Switzerland with a point, southern Africa and the Maghreb with a comma.
var decimalOther = map[string]byte{
	"es-419": '.', "es-MX": '.', "es-US": '.', "es-PR": '.', "es-GT": '.',
	"es-HN": '.', "es-NI": '.', "es-PA": '.', "es-PE": '.', "es-SV": '.', "es-DO": '.',
	"de-CH": '.', "de-LI": '.', "it-CH": '.',
	"en-ZA": ',', "ar-DZ": ',', "ar-MA": ',', "ar-TN": ',', "ar-LY": ',', "ar-MR": ',', "ar-LB": ',',
}

// Numbers gives how the language writes numbers.
func (l *Locale) Numbers() Numbers {
	n := Numbers{Decimal: '.', Powers: l.powers, Cardinals: l.cardinals, Months: map[string]int{}}
	t, err := parse(l.Tag)
	if err != nil {
		return n
	}
	if slices.Contains(decimalComma[:], t.language) {
		n.Decimal = ','
	}
	for _, tag := range t.chain() {
		if d, ok := decimalOther[tag]; ok {
			n.Decimal = d
			break
		}
	}
	if l.DataFrom != "en" || t.language == "en" {
		for _, names := range [][]string{l.data.Months, l.data.MonthsAlone} {
			for i, name := range names {
				n.Months[name] = i + 1
			}
		}
	}
	return n
}
