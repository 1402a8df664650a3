package locales

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// The tables have a line "key TAB value" for each key, in the order of their
// bytes. Those of the folders cldr and labels are made by cmd/assets.
var (
	//go:embed cldr/locales.tsv
	localesTable string // a locale, and its record
	//go:embed cldr/names.tsv
	namesTable string // "ru/kk", and the name; see cmd/assets
	//go:embed cldr/subtags.tsv
	subtagsTable string // a subtag, and its kind and value; see cmd/assets
	//go:embed labels/labels.tsv
	labelsTable string // "de/notes", and where the words are from and they; see cmd/assets
	//go:embed mistaken.tsv
	mistakenTable string // what people write, and the tag that they mean

	//go:embed data/*.json
	files embed.FS
)

// lookup finds the line of a key. It reads no more than it needs for that.
func lookup(table, key string) (value string, ok bool) {
	low, high := 0, len(table) // both at the start of a line
	for low < high {
		start := low + strings.LastIndexByte(table[low:(low+high)/2], '\n') + 1
		line, _, _ := strings.Cut(table[start:high], "\n")
		k, v, _ := strings.Cut(line, "\t")
		switch strings.Compare(k, key) {
		case 0:
			return v, true
		case -1:
			low = start + len(line) + 1
		default:
			high = start
		}
	}
	return "", false
}

// namesIn gives the names that a language has for languages and scripts; a
// name that is not known is empty.
func namesIn(tag string) func(key string) string {
	f, own := readFile(tag)
	return func(key string) string {
		if own && f.Languages[key] != "" {
			return f.Languages[key]
		}
		name, _ := lookup(namesTable, tag+"/"+key)
		return name
	}
}

// A record is what print needs of a language beside words. Its other half is
// in cmd/assets, which writes it.
type record struct {
	Name   string    `json:"name"`
	Quotes [4]string `json:"quotes"` // open, close, and those inside
	Digits string    `json:"digits"` // ten characters; empty means ASCII
	Native string    `json:"native"` // those of its script, where they are others than Digits
	List   [4]string `json:"list"`   // CLDR's list patterns: start, middle, end, two

	// Patterns of dates, with CLDR's fields y, M, d, dd, MMMM (a month's name
	// in a date) and LLLL (standing alone). A language without names for
	// months has none of these.
	Day         string   `json:"day"`
	Month       string   `json:"month"`
	Year        string   `json:"year"`
	Months      []string `json:"months"`
	MonthsAlone []string `json:"months-alone"` // empty means Months
}

// A file is what we know of a language ourselves: its words, and what CLDR
// does not have or has wrong. Each file that corrects CLDR says why in its
// remark.
type file struct {
	record
	Remark string `json:"remark"`

	FirstDay  string            `json:"first-day"` // see Locale
	Languages map[string]string `json:"languages"` // names of languages, and of scripts
	Powers    map[string]int    `json:"powers"`    // see Numbers
	Cardinals map[string]int    `json:"cardinals"` // see Numbers
	Labels    Labels            `json:"labels"`

	// Articles are the words that a title is not sorted by, in small letters,
	// each with the space or apostrophe after it ("MARC 21 Format for
	// Bibliographic Data", appendix F).
	Articles []string `json:"articles"`
}

// readFile gives the file of a tag, if there is one.
func readFile(tag string) (f *file, ok bool) {
	data, err := files.ReadFile(path.Join("data", tag+".json"))
	if err != nil {
		return nil, false
	}
	f = new(file)
	decode(tag, string(data), f)
	return f, true
}

// over gives the record of CLDR's line with what the file says in its place.
// Both may be missing.
func (f *file) over(tag, line string) record {
	var r record
	if line != "" {
		decode(tag, line, &r)
	}
	if f == nil {
		return r
	}
	set(&r.Name, f.Name)
	set(&r.Digits, f.Digits)
	set(&r.Day, f.Day)
	set(&r.Month, f.Month)
	set(&r.Year, f.Year)
	if f.Quotes != [4]string{} {
		r.Quotes = f.Quotes
	}
	if f.List != [4]string{} {
		r.List = f.List
	}
	if f.Months != nil {
		r.Months, r.MonthsAlone = f.Months, f.MonthsAlone
	}
	return r
}

func set(s *string, value string) {
	if value != "" {
		*s = value
	}
}

// decode reads data that is part of the program, so an error is ours.
func decode(tag, data string, v any) {
	dec := json.NewDecoder(strings.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		panic(fmt.Sprintf("locales: data of %s: %v", tag, err))
	}
}

// All are the tags of every language that something is known of, sorted: those
// of CLDR and our own.
func All() []string {
	tags := Tags()
	for line := range strings.Lines(localesTable) {
		tag, _, _ := strings.Cut(line, "\t")
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// Tags are the tags that we have words for, sorted.
func Tags() []string {
	entries, err := files.ReadDir("data") // sorted with the extension
	if err != nil {
		panic(fmt.Sprintf("locales: %v", err))
	}
	tags := make([]string, len(entries))
	for i, e := range entries {
		tags[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	slices.Sort(tags)
	return tags
}
