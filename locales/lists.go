package locales

import "strings"

// FormatList puts items in a row as the language does: "A, B, and C". One item
// is itself, and none is "".
func (l *Locale) FormatList(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	// Each pattern joins an item {0} and what comes after it {1}, and can put
	// words before, between and after; those after are nested, so they come
	// at the end.
	var b strings.Builder
	after := ""
	for i, item := range items[:len(items)-1] {
		pattern := l.data.List[1]
		switch {
		case len(items) == 2:
			pattern = l.data.List[3]
		case i == len(items)-2:
			pattern = l.data.List[2]
		case i == 0:
			pattern = l.data.List[0]
		}
		prefix, rest, _ := strings.Cut(pattern, "{0}")
		between, suffix, _ := strings.Cut(rest, "{1}")
		b.WriteString(prefix + item + between)
		if suffix != "" {
			after = suffix + after
		}
	}
	b.WriteString(items[len(items)-1] + after)
	return b.String()
}
