package locales

import (
	"fmt"
	"strconv"
	"strings"
)

// Date is a day, a month or a year of the Gregorian calendar. The zero Date
// is no date.
type Date struct {
	Year  int // 1 to 9999
	Month int // 1 to 12; 0 means the year as a whole
	Day   int // 1 to 31; 0 means the month as a whole
}

// ParseDate reads 2022, 2022-01 or 2022-01-27. The day must be one that the
// calendar has.
func ParseDate(s string) (Date, error) {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return Date{}, notDate(s)
	}
	var d Date
	for i, field := range []*int{&d.Year, &d.Month, &d.Day} {
		start, width := []int{0, 5, 8}[i], []int{4, 2, 2}[i]
		if start > len(s) {
			break
		}
		if i > 0 && s[start-1] != '-' {
			return Date{}, notDate(s)
		}
		for _, c := range []byte(s[start : start+width]) {
			if !isDigit(c) {
				return Date{}, notDate(s)
			}
			*field = *field*10 + int(c-'0')
		}
	}
	switch {
	case d.Year == 0:
		return Date{}, fmt.Errorf("%q is not a date: years start at 0001", s)
	case len(s) > 4 && (d.Month < 1 || d.Month > 12):
		return Date{}, fmt.Errorf("%q is not a date: there is no month %s", s, s[5:7])
	case len(s) > 7 && (d.Day < 1 || d.Day > daysIn(d.Year, d.Month)):
		return Date{}, fmt.Errorf("%q is not a date: %s has %d days", s, s[:7], daysIn(d.Year, d.Month))
	}
	return d, nil
}

func notDate(s string) error {
	return fmt.Errorf("%q is not a date such as 2022, 2022-01 or 2022-01-27", s)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// String gives the date as ISO 8601 has it: "2022-01-27", "2022-01", "2022", or "".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// FormatDate is the long date of the language, in its digits: "January 27,
// 2022", "январь 2022 г."; "" when there is no date. It can have spaces that
// do not break. A language whose months have no names in CLDR writes its dates
// as ISO 8601 has them, in its digits.
func (l *Locale) FormatDate(d Date) string {
	pattern := l.data.Day
	switch {
	case d.IsZero():
		return ""
	case l.data.Months == nil:
		return l.digits(d.String())
	case d.Month == 0:
		pattern = l.data.Year
	case d.Day == 0:
		pattern = l.data.Month
	}
	alone := l.data.MonthsAlone
	if alone == nil {
		alone = l.data.Months
	}

	var b strings.Builder
	for i := 0; i < len(pattern); {
		n := 1
		for i+n < len(pattern) && pattern[i+n] == pattern[i] {
			n++
		}
		switch field := pattern[i : i+n]; field {
		case "y":
			b.WriteString(l.FormatNumber(d.Year))
		case "M":
			b.WriteString(l.FormatNumber(d.Month))
		case "MMMM":
			b.WriteString(l.data.Months[d.Month-1])
		case "LLLL":
			b.WriteString(alone[d.Month-1])
		case "d":
			if d.Day == 1 && l.firstDay != "" {
				b.WriteString(l.firstDay)
			} else {
				b.WriteString(l.FormatNumber(d.Day))
			}
		case "dd":
			b.WriteString(l.digits(fmt.Sprintf("%02d", d.Day)))
		case "''":
			b.WriteByte('\'')
		case "'": // a literal, to the next one
			literal, _, _ := strings.Cut(pattern[i+1:], "'")
			b.WriteString(literal)
			n = len(literal) + 2
		default:
			b.WriteString(field)
		}
		i += n
	}
	return b.String()
}

// FormatNumber is n in the digits of the language, without grouping. n >= 0.
func (l *Locale) FormatNumber(n int) string { return l.digits(strconv.Itoa(n)) }

// digits writes the digits of s as the language has them.
func (l *Locale) digits(s string) string {
	if l.Digits[0] == "0" {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if isDigit(s[i]) {
			b.WriteString(l.Digits[s[i]-'0'])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
