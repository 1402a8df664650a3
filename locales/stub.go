package locales

import (
	"fmt"
	"strconv"
	"strings"
)

// TO BE REPLACED by the owner of package locales: signatures are the contract.

type cldr struct{}

// Get never returns nil.
func Get(tag string) *Locale {
	l := &Locale{Tag: tag, Script: "Latn", Dir: LTR, Name: tag, Quotes: Quotes{"“", "”", "‘", "’"}, LabelsFrom: "en", DataFrom: "en"}
	for i := range l.Digits {
		l.Digits[i] = strconv.Itoa(i)
	}
	return l
}

// ParseTag returns the canonical form of a BCP 47 tag ("KK_kz" -> "kk-KZ"), or
// an error whose text says what is wrong; a *TagError when we know better.
func ParseTag(s string) (string, error) { return s, nil }

// TagError is a tag that is no language, or is another one than people mean.
type TagError struct{ Tag, Suggestion string } // "kz", "kk"; Suggestion may be empty

func (e *TagError) Error() string { return e.Tag }

// Tags are the tags that we have words for, sorted.
func Tags() []string { return []string{"en"} }

// ParseDate reads 2022, 2022-01 or 2022-01-27.
func ParseDate(s string) (Date, error) { return Date{}, fmt.Errorf("stub") }

// String gives the date as ISO 8601 has it: "2022-01-27", "2022-01", "2022", or "".
func (d Date) String() string { return "" }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// FormatDate: the long date of the language, in its digits: "27 January 2022".
func (l *Locale) FormatDate(d Date) string { return d.String() }

// FormatNumber: n in the digits of the language, without grouping. n >= 0.
func (l *Locale) FormatNumber(n int) string { return strconv.Itoa(n) }

// FormatList: "A, B and C".
func (l *Locale) FormatList(items []string) string { return strings.Join(items, ", ") }

// LanguageName is the name of the language of tag in l's language; its own name, then the tag, where that is not known.
func (l *Locale) LanguageName(tag string) string { return tag }

// Format puts values in the place of {name} in a label: Format("Page {page} of {pages}", "page", "1", "pages", "2").
func Format(label string, pairs ...string) string { return label }
