package locales

import (
	"strings"
	"testing"
)

// A date is written with its month's name, a month with the name that stands
// alone where the language has one, and a year as the language marks it.
func TestFormatDate(t *testing.T) {
	const nn = "\u202f" // the space before ж. and г. does not break
	tests := []struct{ tag, date, want string }{
		{"en", "2022-01-27", "January 27, 2022"},
		{"en", "2022-01", "January 2022"},
		{"en", "2022", "2022"},
		{"en-GB", "2022-01-27", "27 January 2022"},
		{"kk", "2022-01-27", "2022" + nn + "ж. 27 қаңтар"},
		{"kk", "2022-01", "2022" + nn + "ж. қаңтар"},
		{"kk-Latn", "2022-01-27", "2022" + nn + "j. 27 qañtar"},
		{"kk-Arab", "2022-01-27", "2022، 27- قاڭتار"},
		{"kk-Arab", "2022-01", "2022 قاڭتار"},
		{"ru", "2022-01-27", "27 января 2022" + nn + "г."},
		{"ru", "2022-01", "январь 2022" + nn + "г."},
		{"fr", "2022-01-27", "27 janvier 2022"},
		{"fr", "2022-01-01", "1er janvier 2022"},
		{"fr-CA", "2022-01-01", "1er janvier 2022"},
		{"fr", "2022-01", "janvier 2022"},
		{"ar", "2022-01-27", "٢٧ يناير ٢٠٢٢"},
		{"ar", "2022-01", "يناير ٢٠٢٢"},
		{"ar", "2022", "٢٠٢٢"},
		{"ar-EG", "2022-01-27", "٢٧ يناير ٢٠٢٢"},
		{"ar-MA", "2022-01-27", "27 يناير 2022"}, // as CLDR has it
		{"hi", "2022-01-27", "27 जनवरी 2022"},
		{"zh-Hans", "2022-01-27", "2022年1月27日"},
		{"zh-Hans", "2022-01", "2022年1月"},
		{"zh-Hans", "2022", "2022年"},
		{"de", "2022-01-27", "27. Januar 2022"},
		{"es", "2022-01-27", "27 de enero de 2022"},
		{"th", "2022-01-27", "27 มกราคม ค.ศ. 2022"}, // the era is in the pattern
		{"eu", "2022-01-27", "2022(e)ko urtarrilaren 27(a)"},
		{"lv", "2022", "2022. g."},
		{"hy", "2022-01-07", "07 հունվարի, 2022 թ."},
		{"fa", "2022-01-27", "۲۷ ژانویهٔ ۲۰۲۲"},
		{"az-Arab", "2022-01-27", "۲۰۲۲-۰۱-۲۷"}, // no names for months
		{"la", "2022-01", "2022-01"},
		{"en", "0987-12-05", "December 5, 987"},
	}
	for _, test := range tests {
		d, err := ParseDate(test.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := Get(test.tag).FormatDate(d); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.date, test.tag, got, test.want)
		}
	}
	if got := Get("en").FormatDate(Date{}); got != "" {
		t.Errorf("no date is %q", got)
	}
}

func TestFormatNumber(t *testing.T) {
	for tag, want := range map[string]string{"en": "1234567890", "ar": "١٢٣٤٥٦٧٨٩٠", "fa": "۱۲۳۴۵۶۷۸۹۰", "mr": "१२३४५६७८९०", "hi": "1234567890", "ff-Adlm": "𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙𞥐"} {
		if got := Get(tag).FormatNumber(1234567890); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct {
		in   string
		want Date
		err  string // part of the message
	}{
		{"2022", Date{2022, 0, 0}, ""},
		{"2022-01", Date{2022, 1, 0}, ""},
		{"2022-01-27", Date{2022, 1, 27}, ""},
		{"2024-02-29", Date{2024, 2, 29}, ""},
		{"2000-02-29", Date{2000, 2, 29}, ""},
		{"0001", Date{1, 0, 0}, ""},
		{"9999-12-31", Date{9999, 12, 31}, ""},
		{"2023-02-29", Date{}, "2023-02 has 28 days"},
		{"1900-02-29", Date{}, "1900-02 has 28 days"},
		{"2022-04-31", Date{}, "2022-04 has 30 days"},
		{"2022-01-00", Date{}, "2022-01 has 31 days"},
		{"2022-13", Date{}, "no month 13"},
		{"2022-00", Date{}, "no month 00"},
		{"0000", Date{}, "years start at 0001"},
		{"0000-01-01", Date{}, "years start at 0001"},
		{"", Date{}, "such as 2022, 2022-01 or 2022-01-27"},
		{"27.01.2022", Date{}, "such as 2022, 2022-01 or 2022-01-27"},
		{"2022-1-27", Date{}, "such as"},
		{"2022/01/27", Date{}, "such as"},
		{"20220127", Date{}, "such as"},
		{"22", Date{}, "such as"},
		{"2022-01-27T00:00:00Z", Date{}, "such as"},
		{" 2022", Date{}, "such as"},
		{"+022", Date{}, "such as"},
		{"٢٠٢٢", Date{}, "such as"},
	}
	for _, test := range tests {
		got, err := ParseDate(test.in)
		if got != test.want {
			t.Errorf("ParseDate(%q) = %v, want %v", test.in, got, test.want)
		}
		if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
			t.Errorf("ParseDate(%q): %v, want %q", test.in, err, test.err)
		}
	}
	if s := (Date{}).String(); s != "" || !(Date{}).IsZero() {
		t.Errorf("no date is %q", s)
	}
}

// What ParseDate reads, String writes.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2022", "2022-01", "2022-01-27", "0001-02-29", "9999-99-99", "２０２２"} {
		f.Add(s)
	}
	english, arabic := Get("en"), Get("ar")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Errorf("ParseDate(%q) gives %v and an error", s, d)
			}
			return
		}
		if d.IsZero() || d.String() != s {
			t.Errorf("ParseDate(%q).String() = %q", s, d)
		}
		if english.FormatDate(d) == "" || strings.ContainsAny(arabic.FormatDate(d), "0123456789") {
			t.Errorf("%s is %q and %q", s, english.FormatDate(d), arabic.FormatDate(d))
		}
	})
}
