package hyphen

import "strings"

// A language is one that we know something of.
type language struct {
	lang   string // its subtags in lower case
	script string // what it is written in

	// regions are those that divide in this way, "us ca". Empty means that all
	// others do. Without a region in the tag, the first of a language is taken.
	regions string
	variant string // one that the tag must have

	// left and right are how many letters stay before a hyphen and go behind it
	// at least: TeX's \lefthyphenmin and \righthyphenmin, as the file of the
	// patterns gives them for typesetting.
	left, right int

	set   string // of patterns
	rules *rules

	vowels  string // each part has one of these; empty: the patterns see to it
	repeats bool   // see Hyphenator.Repeats
	dotted  bool   // I is the capital of ı, and İ that of i
}

// languages are in the order in which they are tried.
//
// Those that repeat a hyphen: babel's manual, transform hyphen.repeat. Spanish
// is not among them: it repeats the hyphen before a small letter only, and many
// printers do not.
var languages = []language{
	{lang: "af", script: "latn", left: 1, right: 2, set: "af"},
	{lang: "as", script: "beng", left: 1, right: 1, set: "as"},
	{lang: "be", script: "cyrl", left: 2, right: 2, set: "be", vowels: "аеёіоуыэюя"},
	{lang: "bg", script: "cyrl", left: 2, right: 2, set: "bg"},
	{lang: "bn", script: "beng", left: 1, right: 1, set: "bn"},
	{lang: "ca", script: "latn", left: 2, right: 2, set: "ca"},
	{lang: "cop", script: "copt", left: 1, right: 1, set: "cop"},
	{lang: "cs", script: "latn", repeats: true}, // its patterns are under the GPL
	{lang: "cy", script: "latn", left: 2, right: 3, set: "cy"},
	{lang: "da", script: "latn", left: 2, right: 2, set: "da"},
	{lang: "de", script: "latn", variant: "1901"}, // Zuk-ker: divided by other rules
	{lang: "de", script: "latn", left: 2, right: 2, set: "de-1996"},
	{lang: "dsb", script: "latn", repeats: true},
	{lang: "el", script: "grek", variant: "polyton"},
	{lang: "el", script: "grek", left: 1, right: 1, set: "el-monoton"},
	{lang: "en", script: "latn", regions: "as ca gu lr mh mp ph pr um us vi", left: 2, right: 3, set: "en-us"},
	{lang: "en", script: "latn", left: 2, right: 3, set: "en-gb"},
	{lang: "es", script: "latn", left: 2, right: 2, set: "es"},
	{lang: "et", script: "latn", left: 2, right: 3, set: "et"},
	{lang: "fi", script: "latn", left: 2, right: 2, set: "fi"},
	{lang: "fr", script: "latn", left: 2, right: 2, set: "fr"},
	{lang: "fur", script: "latn", left: 2, right: 2, set: "fur"},
	{lang: "ga", script: "latn", left: 2, right: 3, set: "ga"},
	{lang: "gl", script: "latn", left: 2, right: 2, set: "gl"},
	{lang: "gu", script: "gujr", left: 1, right: 1, set: "gu"},
	{lang: "hi", script: "deva", left: 1, right: 1, set: "hi"},
	{lang: "hr", script: "latn", left: 2, right: 2, set: "hr", repeats: true},
	{lang: "hsb", script: "latn", left: 2, right: 2, set: "hsb"},
	{lang: "ia", script: "latn", left: 2, right: 2, set: "ia"},
	{lang: "is", script: "latn", left: 2, right: 2, set: "is"},
	{lang: "it", script: "latn", left: 2, right: 2, set: "it"},
	{lang: "ka", script: "geor", left: 1, right: 2, set: "ka"},
	{lang: "kk", script: "cyrl", left: 2, right: 2, rules: kazakh},
	{lang: "kk", script: "latn", left: 2, right: 2, rules: kazakhLatin, dotted: true},
	{lang: "ku", script: "latn", left: 2, right: 2, set: "kmr"},
	{lang: "kmr", script: "latn", left: 2, right: 2, set: "kmr"},
	{lang: "kn", script: "knda", left: 1, right: 1, set: "kn"},
	{lang: "ky", script: "cyrl", left: 2, right: 2, rules: kyrgyz},
	{lang: "la", script: "latn", left: 2, right: 2, set: "la"},
	{lang: "lt", script: "latn", left: 2, right: 2, set: "lt"},
	{lang: "ml", script: "mlym", left: 1, right: 1, set: "ml"},
	{lang: "mn", script: "cyrl", left: 2, right: 2, set: "mn"},
	{lang: "mr", script: "deva", left: 1, right: 1, set: "mr"},
	{lang: "nb", script: "latn", left: 2, right: 2, set: "no"},
	{lang: "nl", script: "latn", left: 2, right: 2, set: "nl"},
	{lang: "nn", script: "latn", left: 2, right: 2, set: "no"},
	{lang: "no", script: "latn", left: 2, right: 2, set: "no"},
	{lang: "oc", script: "latn", left: 2, right: 2, set: "oc"},
	{lang: "or", script: "orya", left: 1, right: 1, set: "or"},
	{lang: "pa", script: "guru", left: 1, right: 1, set: "pa"},
	{lang: "pl", script: "latn", left: 2, right: 2, set: "pl", repeats: true},
	{lang: "pms", script: "latn", left: 2, right: 2, set: "pms"},
	{lang: "pt", script: "latn", left: 2, right: 3, set: "pt", repeats: true},
	{lang: "rm", script: "latn", left: 2, right: 2, set: "rm"},
	{lang: "ru", script: "cyrl", left: 2, right: 2, set: "ru"},
	{lang: "sh", script: "latn", left: 2, right: 2, set: "sh-latn"},
	{lang: "sh", script: "cyrl", left: 2, right: 2, set: "sh-cyrl"},
	{lang: "sk", script: "latn", repeats: true}, // its patterns are under the GPL
	{lang: "sl", script: "latn", left: 2, right: 2, set: "sl"},
	{lang: "sq", script: "latn", left: 2, right: 2, set: "sq"},
	{lang: "sr", script: "cyrl", left: 2, right: 2, set: "sh-cyrl"},
	{lang: "sr", script: "latn", left: 2, right: 2, set: "sh-latn"},
	{lang: "sv", script: "latn", left: 2, right: 2, set: "sv"},
	{lang: "ta", script: "taml", left: 1, right: 1, set: "ta"},
	{lang: "te", script: "telu", left: 1, right: 1, set: "te"},
	{lang: "tk", script: "latn", left: 2, right: 2, set: "tk"},
	{lang: "tr", script: "latn", left: 2, right: 2, set: "tr", dotted: true},
	{lang: "uk", script: "cyrl", left: 2, right: 2, set: "uk", vowels: "аеєиіїоуюя"},
}

// written has the scripts of languages in regions where they are not written
// as elsewhere. Source: CLDR, likely subtags.
func written(lang, region string) (script string) {
	switch lang + "-" + region {
	case "kk-af", "kk-cn", "kk-ir", "kk-mn", "ku-iq", "ku-ir", "ku-lb", "ky-cn", "pa-pk":
		return "arab"
	case "ky-tr", "sr-me", "sr-ro", "sr-tr":
		return "latn"
	case "ku-am", "ku-az", "ku-ge", "ku-tm":
		return "cyrl"
	case "mn-cn":
		return "mong"
	}
	return ""
}

// find gives the language of a tag, or nil.
func find(tag string) *language {
	subtags := strings.Split(strings.ToLower(tag), "-")
	lang, rest := subtags[0], subtags[1:]
	var script, region string
	if len(rest) > 0 && len(rest[0]) == 4 && rest[0][0] > '9' {
		script, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 && (len(rest[0]) == 2 || len(rest[0]) == 3) {
		region, rest = rest[0], rest[1:]
	}
	if script == "" {
		script = written(lang, region)
	}
	for i := range languages {
		l := &languages[i]
		if l.lang == lang && (script == "" || l.script == script) && l.in(region) && l.has(rest) {
			return l
		}
	}
	return nil
}

func (l *language) in(region string) bool {
	return l.regions == "" || region == "" || strings.Contains(" "+l.regions+" ", " "+region+" ")
}

func (l *language) has(variants []string) bool {
	if l.variant == "" {
		return true
	}
	for _, v := range variants {
		switch {
		case len(v) == 1: // an extension, or private use
			return false
		case v == l.variant:
			return true
		}
	}
	return false
}
