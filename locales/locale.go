package locales

// Direction is the direction in which a language is written, as HTML's dir
// attribute names it.
type Direction string

const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

// Locale is what is known of one language. Values are shared: do not change them.
type Locale struct {
	Tag    string // canonical BCP 47 tag as it was asked for: "kk-Arab", "fr-CA"
	Script string // ISO 15924, never empty: "Cyrl"
	Dir    Direction
	Name   string // its own name: "қазақ тілі"
	Quotes Quotes
	Digits [10]string // what its numbers are written with, "0" to "9" or "٠" to "٩"
	Labels Labels

	// LabelsFrom is the tag whose words Labels has: a prefix of Tag, or "en"
	// when we have no words for the language, which Compose warns of.
	LabelsFrom string
	// DataFrom is the tag whose dates, quotation marks and digits were taken:
	// a prefix of Tag, or "en" when nothing is known of the language.
	DataFrom string

	cldr cldr // date formats, month names, list patterns
}

// Quotes are the quotation marks of a language, two levels.
type Quotes struct {
	Open, Close           string
	InnerOpen, InnerClose string
}

// Date is a day, a month or a year of the Gregorian calendar. The zero Date
// is no date.
type Date struct {
	Year  int // 1 to 9999
	Month int // 1 to 12; 0 means the year as a whole
	Day   int // 1 to 31; 0 means the month as a whole
}
