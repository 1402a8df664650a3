package locales

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TagError is a tag that is no language, or is another one than people mean.
type TagError struct {
	Tag        string // as it was given: "kz"
	Suggestion string // "kk"; may be empty

	problem string // what is wrong; not printed where there is a suggestion
}

// Error says what is wrong, and which tag is meant where we know that.
func (e *TagError) Error() string {
	if e.Suggestion != "" {
		english := Locale{Tag: "en"}
		return fmt.Sprintf("%q is not the tag of a language; that of %s is %q", e.Tag, english.LanguageName(e.Suggestion), e.Suggestion)
	}
	return fmt.Sprintf("%q is not the tag of a language: %s", e.Tag, e.problem)
}

// ParseTag returns the canonical form of a BCP 47 tag ("KK_kz" -> "kk-KZ"), or
// a *TagError.
//
// Case and separators are mended, and a subtag that another has replaced gives
// way to that one, as CLDR says ("iw" -> "he", "kaz" -> "kk", "zh-yue" ->
// "yue"). Language, script and region must be ones that exist; variants and
// extensions must only look like some. A tag of private use alone ("x-mine")
// is refused, since it names no language.
func ParseTag(s string) (string, error) {
	t, err := parse(s)
	if err != nil {
		return "", err
	}
	return t.String(), nil
}

// subtags are the parts of a tag in canonical form. Only language is always there.
type subtags struct {
	language, script, region string
	rest                     string // variants, extensions, private use: "valencia-x-mine"
}

func (t subtags) String() string { return join(t.language, t.script, t.region, t.rest) }

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
}

// Kinds of lines in the table of subtags.
const (
	kindLanguage = "language"
	kindScript   = "script"
	kindRegion   = "region"
	kindAlias    = "alias"
)

// findSubtag finds a subtag of a kind. Its value can be empty.
func findSubtag(key, kind string) (value string, ok bool) {
	line, _ := lookup(subtagsTable, key)
	if k, value, _ := strings.Cut(line, " "); k == kind {
		return value, true
	}
	return "", false
}

// valueOf gives the value of a subtag of a kind, which is empty when it has
// none or does not exist.
func valueOf(key, kind string) string {
	value, _ := findSubtag(key, kind)
	return value
}

// parse reads a tag. The error is always a *TagError.
func parse(s string) (subtags, error) {
	t, problem := parseSubtags(s)
	if problem != "" {
		return subtags{}, &TagError{Tag: s, Suggestion: suggest(s), problem: problem}
	}
	return t, nil
}

// parseSubtags reads a tag, and says what is wrong with it.
func parseSubtags(s string) (t subtags, problem string) {
	lower := strings.ReplaceAll(asciiLower(s), "_", "-")
	if to, ok := findSubtag(lower, kindAlias); ok && strings.Contains(lower, "-") {
		lower = asciiLower(to) // a whole tag of old: i-klingon, zh-min-nan
	}
	parts := strings.Split(lower, "-")
	for _, p := range parts {
		switch {
		case s == "":
			return t, "it is empty"
		case p == "" || len(p) > 8 || !isAlnum(p):
			return t, "its parts are 1 to 8 letters and digits of ASCII, with hyphens between them"
		}
	}
	next := func(is func(string) bool) string {
		if len(parts) == 0 || !is(parts[0]) {
			return ""
		}
		p := parts[0]
		parts = parts[1:]
		return p
	}

	if t.language = next(isLanguage); t.language == "" {
		return t, "a tag starts with a language, in two or three letters"
	}
	if slices.Contains(extended, t.language) {
		t.language = cmp.Or(next(isExtended), t.language)
	}
	if problem = t.resolveLanguage(); problem != "" {
		return t, problem
	}

	if script := next(isScript); script != "" {
		t.script = strings.ToUpper(script[:1]) + script[1:]
		t.script = cmp.Or(valueOf(t.script, kindAlias), t.script)
		if _, ok := findSubtag(t.script, kindScript); !ok && (t.script < "Qaaa" || t.script > "Qabx") {
			return t, fmt.Sprintf("there is no script %s", t.script)
		}
	}
	if region := next(isRegion); region != "" {
		t.region = strings.ToUpper(region)
		t.region = cmp.Or(valueOf(t.region, kindAlias), t.region)
		if _, ok := findSubtag(t.region, kindRegion); !ok && !isPrivateRegion(t.region) {
			return t, fmt.Sprintf("there is no region %s", t.region)
		}
	}
	if problem = checkRest(parts); problem != "" {
		return t, problem
	}
	t.rest = strings.Join(parts, "-")
	return t, ""
}

// resolveLanguage replaces the language by the one that stands for it, which
// can bring a script or region.
func (t *subtags) resolveLanguage() (problem string) {
	if to, ok := findSubtag(t.language, kindAlias); ok {
		for i, p := range strings.Split(to, "-") {
			switch {
			case i == 0:
				t.language = p
			case isScript(p):
				t.script = p
			default:
				t.region = p
			}
		}
	}
	if _, ok := findSubtag(t.language, kindLanguage); !ok && !isPrivateLanguage(t.language) {
		return fmt.Sprintf("there is no language %s", t.language)
	}
	return ""
}

// checkRest says what is wrong with variants, extensions and private use.
func checkRest(parts []string) (problem string) {
	seen := make(map[string]bool)
	i := 0
	for ; i < len(parts) && len(parts[i]) > 1; i++ {
		p := parts[i]
		if len(p) < 4 || len(p) == 4 && !isDigit(p[0]) {
			return fmt.Sprintf("%s is neither a script nor a region nor a variant, or stands in the wrong place", p)
		}
		if seen[p] {
			return fmt.Sprintf("it has %s twice", p)
		}
		seen[p] = true
	}
	for i < len(parts) {
		singleton := parts[i]
		start := i + 1
		if singleton == "x" {
			if start == len(parts) {
				return "nothing follows the x"
			}
			return ""
		}
		if seen[singleton] {
			return fmt.Sprintf("it has the extension %s twice", singleton)
		}
		seen[singleton] = true
		for i = start; i < len(parts) && len(parts[i]) > 1; i++ {
		}
		if i == start {
			return fmt.Sprintf("nothing follows the %s", singleton)
		}
	}
	return ""
}

// extended are the languages that others can follow, to be read in their
// place: zh-yue is yue (RFC 5646, 2.2.2).
var extended = []string{"ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"}

func isLanguage(s string) bool { return isAlpha(s) && (len(s) == 2 || len(s) == 3 || len(s) >= 5) }
func isExtended(s string) bool { return isAlpha(s) && len(s) == 3 }
func isScript(s string) bool   { return isAlpha(s) && len(s) == 4 }
func isRegion(s string) bool {
	return len(s) == 2 && isAlpha(s) || len(s) == 3 && !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(byte(r)) })
}

// isPrivateLanguage reports whether the language is one for private use.
func isPrivateLanguage(s string) bool { return len(s) == 3 && "qaa" <= s && s <= "qtz" }

// isPrivateRegion reports whether the region is one for private use.
func isPrivateRegion(s string) bool {
	return s == "AA" || s == "ZZ" || "QM" <= s && s <= "QZ" || "XA" <= s && s <= "XZ"
}

func isAlnum(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; !isDigit(s[i]) && (c < 'a' || 'z' < c) {
			return false
		}
	}
	return true
}

func isAlpha(s string) bool { return isAlnum(s) && !strings.ContainsAny(s, "0123456789") }
func isDigit(c byte) bool   { return '0' <= c && c <= '9' }

// asciiLower changes no letters but those of ASCII: the Kelvin sign is not a k.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// likelyScript is the script of the tag, or the one that its language is
// written in where the tag does not say. It is Latin when nobody knows.
func (t subtags) likelyScript() string {
	if t.script != "" {
		return t.script
	}
	if t.region != "" {
		if s := valueOf(t.language+"-"+t.region, kindLanguage); s != "" {
			return s
		}
	}
	return cmp.Or(valueOf(t.language, kindLanguage), "Latn")
}

// chain is the tag and the wider ones that can stand in for it, the nearest
// first, all of them in the same script.
func (t subtags) chain() []string {
	var tags []string
	add := func(t subtags) {
		if tag := t.String(); !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	add(t)
	for t.rest != "" {
		t.rest = t.rest[:max(0, strings.LastIndexByte(t.rest, '-'))]
		add(t)
	}
	script := plainScript(t.likelyScript())
	for _, region := range []string{t.region, ""} {
		with, without := subtags{language: t.language, script: script, region: region}, subtags{language: t.language, region: region}
		add(with)
		if without.likelyScript() == script {
			add(without)
		}
	}
	return tags
}

// plainScript is the script that another one is a way of writing, with the same
// characters (Unicode Standard Annex #24, 2.2 "Relation to ISO 15924 Codes").
func plainScript(script string) string {
	switch script {
	case "Aran":
		return "Arab"
	case "Cyrs":
		return "Cyrl"
	case "Latf", "Latg":
		return "Latn"
	case "Syre", "Syrj", "Syrn":
		return "Syrc"
	}
	return script
}

// suggest gives the tag that was meant by what is no tag: the code of a
// country, or the name of a language in English or in itself.
func suggest(s string) string {
	if s == "" {
		return ""
	}
	lower := strings.ReplaceAll(strings.ToLower(s), "_", "-")
	if tag := fromPOSIX(lower); tag != "" {
		return tag
	}
	first, rest, _ := strings.Cut(lower, "-")
	if to, ok := lookup(mistakenTable, first); ok {
		for _, s := range []string{join(to, rest), to} {
			if t, problem := parseSubtags(s); problem == "" {
				return t.String()
			}
		}
	}
	return languageCalled(strings.ToLower(s))
}

// fromPOSIX gives the tag of a locale of POSIX in lower case, with its encoding
// or modifier: "kk-kz.utf-8" is kk-KZ and "sr-rs@latin" sr-Latn-RS. It is empty
// for what is none.
func fromPOSIX(s string) string {
	name, modifier, modified := strings.Cut(s, "@")
	name, encoding, encoded := strings.Cut(name, ".")
	known := slices.ContainsFunc([]string{"utf", "iso", "cp", "koi8", "gb", "big5", "euc"}, func(p string) bool { return strings.HasPrefix(encoding, p) })
	if !modified && !encoded || encoded && !known {
		return ""
	}
	t, problem := parseSubtags(name)
	if problem != "" {
		return ""
	}
	switch modifier {
	case "latin":
		t.script = "Latn"
	case "cyrillic":
		t.script = "Cyrl"
	case "arabic":
		t.script = "Arab"
	case "devanagari":
		t.script = "Deva"
	}
	return t.String()
}

// languageCalled finds a language by its name in lower case. It reads whole
// tables, and is only for a message.
func languageCalled(name string) string {
	for line := range strings.Lines(namesTable) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if tag, ok := strings.CutPrefix(key, "en/"); ok && strings.ToLower(value) == name {
			if t, problem := parseSubtags(tag); problem == "" {
				return t.String()
			}
		}
	}
	for line := range strings.Lines(localesTable) {
		tag, value, _ := strings.Cut(line, "\t")
		_, value, _ = strings.Cut(value, `"name":"`)
		own, _, _ := strings.Cut(value, `"`)
		if strings.ToLower(own) == name {
			return tag
		}
	}
	for _, tag := range Tags() {
		if f, ok := readFile(tag); ok && f.Name != "" && strings.ToLower(f.Name) == name {
			return tag
		}
	}
	return ""
}
