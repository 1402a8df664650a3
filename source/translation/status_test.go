package translation

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qalam/source"
	"qalam/source/sample"
)

func parse(t *testing.T, name, text string) *source.Article {
	t.Helper()
	a, diags := source.Parse(name, []byte(text))
	if a == nil || diags.HasErrors() {
		t.Fatal(diags)
	}
	return a
}

func sampleText(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(sample.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Without a base nothing is complete, and with the article as base everything.
func TestStatusOfSample(t *testing.T) {
	folder, _ := source.Load(sample.FS(), "sample")
	original := folder.Articles[0]
	for _, a := range folder.Articles[1:] {
		s := Compare(nil, original, a)
		if s.Summary() != "unknown" || s.Count(Complete) != 0 || s.Percent() != 0 || s.Count(Unknown) != len(s.Blocks) {
			t.Errorf("%s without a base: %s, %d complete", a.Lang, s.Summary(), s.Count(Complete))
		}
		s = Compare(original, original, a)
		if s.Summary() != "current" || s.Percent() != 100 || s.Words() != 0 {
			t.Errorf("%s: %s, %d%%, %d words", a.Lang, s.Summary(), s.Percent(), s.Words())
		}
	}
}

// Every block of the original that changes is found, by itself, in every
// language; accepting it makes the translation current.
func TestOriginalChanged(t *testing.T) {
	folder, _ := source.Load(sample.FS(), "sample")
	text := sampleText(t, source.ArticleFile)
	base := parse(t, source.ArticleFile, text)
	head, body, _ := strings.Cut(text, "\n---\n")
	parts := strings.Split(body, "\n\n")
	word := regexp.MustCompile(`\b[a-z]{4,}\b`)
	edits := 0
	for i, p := range parts {
		at := word.FindStringIndex(linkPattern.ReplaceAllStringFunc(refPattern.ReplaceAllStringFunc(p, blank), blank))
		if at == nil {
			continue
		}
		edits++
		changed := slices.Clone(parts)
		changed[i] = p[:at[0]] + "another" + p[at[1]:]
		original := parse(t, source.ArticleFile, head+"\n---\n"+strings.Join(changed, "\n\n"))
		for _, a := range folder.Articles[1:] {
			s := Compare(base, original, a)
			if s.Count(Changed) != 1 || s.Count(Complete) != len(s.Blocks)-1 || s.Summary() != "stale" || s.Words() == 0 || s.Percent() > 99 {
				t.Fatalf("%s, %q: %d changed, %d missing, %d added", a.Lang, changed[i], s.Count(Changed), s.Count(Missing), s.Count(Added))
			}
			b := s.Blocks[slices.IndexFunc(s.Blocks, func(b *Block) bool { return b.State == Changed })]
			if changed, total := Since(base, original); changed != 1 || total != s.Total() {
				t.Errorf("%d of %d have changed", changed, total)
			}
			if normalise(b.Old) != normalise(p) && b.Kind != "note" && b.Kind != "table" {
				t.Errorf("%s: %q is found as %q", a.Lang, p, b.Old)
			}
			if a.Lang != "kk" {
				continue // the base is the same in all languages
			}
			accepted, ok := Accept(base, original, b.ID)
			if !ok || Compare(accepted, original, a).Summary() != "current" {
				t.Errorf("%s: accepting %s: %v, not current", a.Lang, b.ID, ok)
			}
			again := parse(t, source.ArticleFile, string(source.Print(accepted)))
			if Compare(again, original, a).Summary() != "current" {
				t.Errorf("%s: the base is another one when it is read again", a.Lang)
			}
		}
	}
	if edits < 20 {
		t.Errorf("only %d blocks were changed", edits)
	}
}

// What changes nothing for a reader makes no translation stale.
func TestOriginalRewritten(t *testing.T) {
	text := sampleText(t, source.ArticleFile)
	base := parse(t, source.ArticleFile, text)
	kk := parse(t, "locales/kk.md", sampleText(t, "locales/kk.md"))
	head, body, _ := strings.Cut(text, "\n---\n")
	for name, rewrite := range map[string]func(string) string{
		"wrap": func(s string) string { return regexp.MustCompile(`(\pL)\n(\pL)`).ReplaceAllString(s, "$1 $2") },
		"quote": func(s string) string {
			return regexp.MustCompile(`([a-z,:] )"(\w+)"`).ReplaceAllString(s, "$1“$2”")
		},
		"emphasis": func(s string) string { return strings.ReplaceAll(s, "*", "_") },
		"markers":  func(s string) string { return regexp.MustCompile(`(?m)^- `).ReplaceAllString(s, "* ") },
		"remark":   func(s string) string { return "<!-- for the editors -->\n\n" + s },
		"printed":  func(string) string { return string(source.PrintBlocks(base.Blocks, base.Notes)) },
	} {
		rewritten := rewrite(body)
		if rewritten == body {
			t.Errorf("%s changes nothing", name)
		}
		s := Compare(base, parse(t, source.ArticleFile, head+"\n---\n"+rewritten), kk)
		if s.Summary() != "current" {
			t.Errorf("%s: %s", name, s.Summary())
		}
		for _, b := range s.Blocks {
			if b.State != Complete {
				t.Errorf("%s: %s\n%q\n%q", name, b.State, b.Old, b.New)
			}
		}
	}
}

// Blocks that are new, gone, moved or equal; fields and notes.
func TestStatus(t *testing.T) {
	const en = "---\ntitle: T\nlang: en\n---\n"
	const fr = "---\ntitle: T\n---\n"
	tests := []struct {
		name, base, original, translation string
		want                              string // the states and kinds of blocks that are not complete
	}{
		{"new and not translated", "One of 1991.\n", "One of 1991.\n\nTwo of 1992 is new.\n", "Un de 1991.\n", "missing paragraph"},
		{"new and translated, not accepted", "One of 1991.\n", "One of 1991.\n\nTwo of 1992 is new.\n", "Un de 1991.\n\nDeux de 1992, nouveau.\n", "changed paragraph"},
		{"gone, still in the translation", "One of 1991.\n\nTwo of 1992 is old.\n", "One of 1991.\n", "Un de 1991.\n\nDeux de 1992, ancien.\n", "added paragraph"},
		{"gone in both", "One of 1991.\n\nTwo of 1992 is old.\n", "One of 1991.\n", "Un de 1991.\n", ""},
		{"moved", "One of 1991.\n\nTwo of 1992.\n\nThree of 1993.\n", "Two of 1992.\n\nThree of 1993.\n\nOne of 1991.\n", "Deux de 1992.\n\nTrois de 1993.\n\nUn de 1991.\n", "changed paragraph"},
		{"equal ones", "Same.\n\nSame.\n", "Same.\n\nSame!\n", "Même.\n\nMême.\n", "changed paragraph"},
		{"a note", "One.[^a]\n\n[^a]: A.\n", "One.[^a]\n\n[^a]: Another A.\n", "Un.[^a]\n\n[^a]: A.\n", "changed note"},
		{"a new note", "One.\n", "One.[^a]\n\n[^a]: A.\n", "Un.\n", "changed paragraph, missing note"},
		{"a heading level", "## One\n\nText.\n", "### One\n\nText.\n", "## Un\n\nTexte.\n", "changed heading"},
	}
	for _, test := range tests {
		base, original := parse(t, source.ArticleFile, en+test.base), parse(t, source.ArticleFile, en+test.original)
		s := Compare(base, original, parse(t, "locales/fr.md", fr+test.translation))
		var got []string
		for _, b := range s.Blocks {
			if b.State != Complete {
				got = append(got, string(b.State)+" "+b.Kind)
			}
			if b.State != Added && !regexp.MustCompile(`^[0-9a-f]{8}(-\d+)?$`).MatchString(b.ID) {
				t.Errorf("%s: ID %q", test.name, b.ID)
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if (s.Summary() == "current") != (test.want == "") {
			t.Errorf("%s: %s", test.name, s.Summary())
		}
		// Accepting block by block reaches the state of accepting all.
		for _, b := range s.Blocks {
			if b.State == Changed || b.State == Missing {
				var ok bool
				if base, ok = Accept(base, original, b.ID); !ok {
					t.Errorf("%s: no block %s to accept", test.name, b.ID)
					break
				}
			}
		}
		for _, b := range Compare(base, original, original).Blocks {
			if b.State != Complete {
				t.Errorf("%s: after accepting, %s is %s", test.name, b.New, b.State)
			}
		}
	}
	// Fields of the front matter are blocks too.
	base := parse(t, source.ArticleFile, "---\ntitle: T\nlang: en\n---\nText.\n")
	original := parse(t, source.ArticleFile, "---\ntitle: U\nsubtitle: S\nlang: en\n---\nText.\n")
	s := Compare(base, original, parse(t, "locales/fr.md", fr+"Texte.\n"))
	if s.Blocks[0].State != Changed || s.Blocks[1].State != Missing || s.Blocks[1].Kind != "subtitle" {
		t.Errorf("fields: %+v %+v", s.Blocks[0], s.Blocks[1])
	}
	if _, ok := Accept(base, original, "00000000"); ok {
		t.Error("a block that does not exist is accepted")
	}
}

// Words are those that somebody has to translate.
func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"Two words.": 2,
		"One.[^a] See https://example.org/a-b now": 3,
		"二〇二二年，abc":                                6,
		"":                                         0,
		"नदी का जल":                                3,
		"[^ and https://":                          1,
	} {
		if got := countWords(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
