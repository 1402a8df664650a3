package pasted

import (
	"qalam/locales"
	"slices"
	"strings"
	"sync"
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
	months   []month
	weekdays []string // Sunday first

	bylines   []string // words before the names of authors
	joins     []string // words between names
	particles []string // words in a name that have no capital
	published []string // words before a date
	sections  []string // parts of a newspaper
	notes     []string // headings of a list of notes
	suspended []string // words after a hyphen that belongs to no word: "pre- and post-war"
}

// month is a month by its names.
type month struct {
	number int
	names  []string
}

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
// another value.
var grammars = sync.OnceValue(func() []*grammar { return append([]*grammar{english()}, otherLanguages()...) })

func english() *grammar {
	return &grammar{
		tag: "en", name: "English", script: "Latn",
		common: words("a this after has we when who no about these would could more the of and to in that is was for it with as his on be at by had not are but from or have an they which one were all their there been"),
		names: words("co no so nox sox ch nh ho mi covid sars mers hn pm mp pp ps omega vitamin " +
			"boeing airbus apollo soyuz formula windows iphone android area channel catch"),
		labels: words("page pages volume volumes figure figures chapter chapters article articles section sections paragraph paragraphs " +
			"part parts book version note notes equation table item line lines column verse room apartment gate route highway flight " +
			"rule step phase level grade class type size day week year age number"),
		short: words("no nos nr p pp vol vols fig figs ch chap sec sect para pt v ver eq ed"),
		units: words("million millions billion billions trillion trillions thousand thousands hundred hundreds dozen percent percentage per-cent " +
			"dollars dollar euros euro pounds pound cents cent tenge rubles roubles yuan yen " +
			"km kilometers kilometres kilometer kilometre miles mile m meters metres meter metre cm mm inches inch feet foot " +
			"kg kilograms kilogram grams gram tons tonnes ton tonne lb lbs oz liters litres barrels " +
			"degrees degree mph kph hz mb gb tb kb am pm a.m p.m points point times x"),
		percents: words("percent percentage per-cent"),
		ordinals: words("st nd rd th"),
		decades:  words("s"),
		months: []month{
			{1, words("january jan")}, {2, words("february feb")}, {3, words("march mar")}, {4, words("april apr")},
			{5, words("may")}, {6, words("june jun")}, {7, words("july jul")}, {8, words("august aug")},
			{9, words("september sept sep")}, {10, words("october oct")}, {11, words("november nov")}, {12, words("december dec")},
		},
		weekdays:  words("sunday monday tuesday wednesday thursday friday saturday"),
		bylines:   []string{"by"},
		joins:     words("and &"),
		particles: words("and & de da do dos del della di du der den van von la le el al bin bint ibn y e of ter ten zu"),
		published: []string{"published on", "published", "posted on", "posted", "updated on", "updated", "date"},
		sections: words("news world opinion opinions politics culture arts business sports science technology editorial editorials features feature " +
			"analysis commentary international national local letters essay essays review reviews interview interviews society education health"),
		notes:     []string{"notes", "note", "footnotes", "endnotes", "references", "sources", "notes and references", "works cited", "citations"},
		suspended: words("and or to"),
	}
}

// commonNames are words of every language that end in a number.
var commonNames = words("co no so nox sox ch nh ho mi covid sars mers pm mp windows iphone android boeing airbus galaxy h2o ковид боинг covid-19")

// pageLines are lines of the pages that articles are copied from, in lower case.
var pageLines = []string{
	"share", "share this", "share this article", "share this post", "share on facebook", "share on twitter", "tweet", "tweet this", "print", "print this", "email this",
	"advertisement", "advertisements", "sponsored", "sponsored content", "related", "related articles", "related posts", "related stories", "read more", "read next",
	"read also", "subscribe", "subscribe now", "sign up for our newsletter", "follow us", "leave a comment", "leave a reply", "comments", "all rights reserved",
	"реклама", "поделиться", "читайте также", "подписаться", "комментарии", "поділитися", "читайте також", "жарнама", "бөлісу",
	"publicité", "partager", "partager cet article", "lire aussi", "s’abonner", "publicidad", "compartir", "lea también", "pubblicità", "condividi", "leggi anche",
	"publicidade", "compartilhar", "partilhar", "leia também", "anzeige", "werbung", "teilen", "lesen sie auch", "advertentie", "delen", "reklama", "udostępnij", "czytaj także",
	"reklam", "paylaş", "διαφήμιση", "إعلان", "شارك", "اقرأ أيضا", "تبلیغات", "פרסומת", "שתף", "विज्ञापन", "साझा करें", "广告", "廣告", "分享", "広告", "共有", "シェア", "광고", "공유", "quảng cáo", "chia sẻ",
}

// copyrights are how lines start that say who owns a page.
var copyrights = []string{"©", "(c) ", "copyright ©", "copyright (c)", "all rights reserved", "все права защищены", "tous droits réservés", "todos los derechos reservados", "alle rechte vorbehalten", "版权所有"}

// notesHeadings are the headings of lists of notes in the languages that have
// no grammar, those of other grammars, and our own words for the notes.
var notesHeadings = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	for _, g := range grammars() {
		for _, w := range g.notes {
			all[w] = true
		}
	}
	for _, tag := range locales.Tags() {
		all[strings.ToLower(locales.Get(tag).Labels.Notes)] = true
	}
	for _, w := range moreHeadings {
		all[w] = true
	}
	return all
})

func words(s string) []string { return strings.Fields(s) }

func has(list []string, word string) bool { return slices.Contains(list, strings.ToLower(word)) }

// month is the number of the month of that name, or 0.
func (g *grammar) month(name string) int {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	for _, m := range g.months {
		if slices.Contains(m.names, name) {
			return m.number
		}
	}
	return 0
}
