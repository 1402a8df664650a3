package pasted

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"qalam/locales"
)

// grammar is what a language does with numbers and the marks of notes, and the
// words around an article. All of it is data; words are in lower case.
type grammar struct {
	tag, name string

	script string   // the script it is written in: "Latn"
	common []string // its commonest words, to guess the language by
	signs  string   // letters that few other languages in the script have

	spaced    bool // there are spaces before » ! ? ; :
	lowQuotes bool // quotations end with “
	comma     bool // decimals have a comma
	nouns     bool // every noun has a capital
	dotted    bool // ordinals have a full stop
	era       bool // years are counted from another one, and are higher

	names    []string // words that end in a number: covid-19, co2
	labels   []string // words before a number: page 4
	short    []string // abbreviations before a number: no.5, p.12
	units    []string // words after a number
	percents []string
	ordinals []string // endings of a number
	decades  []string
	months   [][]string // the names of each, from January on
	weekdays []string   // Sunday first

	bylines   []string // words before the names of authors
	joins     []string // words between names
	particles []string // words in a name that have no capital
	published []string // words before a date
	sections  []string // parts of a newspaper
	notes     []string // headings of a list of notes
	suspended []string // words after a hyphen that belongs to no word: "pre- and post-war"

	// Of every language only:
	pageLines  []string // lines of the pages that articles are copied from
	copyrights []string // how lines start that say who owns a page
}

//go:embed languages.txt
var languages string

// grammarOf is the grammar of a language. Where it is not known, it is that of
// English.
func grammarOf(lang string) (g *grammar, known bool) {
	all := grammars()
	for tag := lang; tag != ""; {
		for _, g := range all {
			if g.tag == tag {
				return g, true
			}
		}
		cut := strings.LastIndexByte(tag, '-')
		tag = tag[:max(cut, 0)]
	}
	return all[0], false
}

// grammars are the languages that are known, English first. Another one is
// another part of languages.txt.
func grammars() []*grammar {
	all := allGrammars()
	return all[:len(all)-1]
}

// common has the words of every language.
func common() *grammar {
	all := allGrammars()
	return all[len(all)-1]
}

// allGrammars reads languages.txt, which ends with what belongs to every
// language. What is wrong with it is a mistake of ours.
var allGrammars = sync.OnceValue(func() []*grammar {
	var all []*grammar
	for l := range strings.Lines(languages) {
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		if tag, name, ok := strings.Cut(l, "] "); ok && l[0] == '[' {
			name, script, _ := strings.Cut(name, ", ")
			all = append(all, &grammar{tag: tag[1:], name: name, script: script})
			continue
		}
		key, value, _ := strings.Cut(l, ": ")
		if len(all) == 0 || !all[len(all)-1].set(key, value) {
			panic(fmt.Sprintf("pasted: languages.txt has %q", l))
		}
	}
	return all
})

// set sets a field by the name that it has in languages.txt.
func (g *grammar) set(key, value string) bool {
	words := map[string]*[]string{
		"common": &g.common, "names": &g.names, "labels": &g.labels, "short": &g.short, "units": &g.units, "percents": &g.percents,
		"ordinals": &g.ordinals, "decades": &g.decades, "weekdays": &g.weekdays, "joins": &g.joins, "particles": &g.particles, "suspended": &g.suspended,
	}
	phrases := map[string]*[]string{
		"bylines": &g.bylines, "published": &g.published, "sections": &g.sections, "notes": &g.notes, "page-lines": &g.pageLines, "copyrights": &g.copyrights,
	}
	switch {
	case words[key] != nil:
		*words[key] = strings.Fields(value)
	case phrases[key] != nil:
		*phrases[key] = strings.Split(value, "; ")
	case key == "signs":
		g.signs = value
	case key == "months":
		for _, names := range strings.Split(value, "; ") {
			g.months = append(g.months, strings.Split(names, ", "))
		}
	case key == "is":
		flags := map[string]*bool{"spaced": &g.spaced, "low-quotes": &g.lowQuotes, "comma": &g.comma, "nouns": &g.nouns, "dotted": &g.dotted, "era": &g.era}
		for _, f := range strings.Fields(value) {
			if flags[f] == nil {
				return false
			}
			*flags[f] = true
		}
	default:
		return false
	}
	return true
}

// notesHeadings are the headings of lists of notes in all languages, and our own
// words for the notes.
var notesHeadings = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	for _, g := range allGrammars() {
		for _, w := range g.notes {
			all[w] = true
		}
	}
	for _, tag := range locales.Tags() {
		all[strings.ToLower(locales.Get(tag).Labels.Notes)] = true
	}
	return all
})

func words(s string) []string { return strings.Fields(s) }

func has(list []string, word string) bool { return slices.Contains(list, strings.ToLower(word)) }

// month is the number of the month of that name, or 0.
func (g *grammar) month(name string) int {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return 1 + slices.IndexFunc(g.months, func(names []string) bool { return slices.Contains(names, name) })
}
