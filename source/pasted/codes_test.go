package pasted

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qalam/locales"
)

// Each code has a text that gives it, with the place, the words and the hint,
// and nothing else but what is named.
func TestCodes(t *testing.T) {
	const head = "A Title\nby A. Author\n\n"
	tests := []struct {
		code, text string
		lang       string
		want       string
	}{
		{code: "utf8", text: "A line.\nCaf\xe9 is not", want: `
p.txt:2:4: byte 0xE9 is not UTF-8 text [utf8]
	hint: save the file as UTF-8; most editors have it as an encoding in “Save as”`},
		{code: "pasted-empty", text: " \n\t\n\u00a0", want: `
p.txt: there is no text [pasted-empty]
	hint: paste the article into the file, with its notes at the end`},
		{code: "pasted-empty", text: "by A. Author\nJanuary 27, 2022\n", want: `
p.txt: there is no text but the lines above it [pasted-empty]
	hint: paste the article into the file, with its notes at the end`},
		{code: "pasted-character", text: head + "A bell\a rings.1\n\n1 A.", want: `
p.txt:4:7: warning: the character U+0007 cannot be shown; U+FFFD stands in its place [pasted-character]
	hint: look at the original, and write the character that is meant`},
		{code: "pasted-language", text: head + "Сөз.1\n\n1 A.", lang: "cy", want: `
p.txt: warning: how texts in "cy" mark their notes is not known; it is read as in English [pasted-language]
	hint: read the list of references below with care`},
		{code: "pasted-title", text: "by A. Author\n\nA word.1\n\n1 A.", want: `
p.txt:1: warning: the text does not begin with a title [pasted-title]
	hint: give it with --title, or write it after title: in article.md`},
		{code: "pasted-no-notes", text: head + "A word.1 And more.", want: `
p.txt:4:8: warning: no list of notes was found at the end of the text; the article has no notes, but this number looks like a reference to one [pasted-no-notes]
	hint: end the text with a list of the notes, each on a new line that starts with its number`},
		{code: "pasted-no-notes", text: head + "A word.", want: `
p.txt: warning: no list of notes was found at the end of the text; the article has no notes [pasted-no-notes]
	hint: end the text with a list of the notes, each on a new line that starts with its number`},
		{code: "pasted-no-list", text: head + "A word.1 Another.2 A third.3 And more.", want: `
p.txt:4:8: the text has marks from 1 to 3, this one first, but no list of notes was found [pasted-no-list]
	hint: end the text with a list of the notes, each on a new line that starts with its number; --notes none says that it has none`},
		{code: "pasted-article", text: "---\ntitle: A Title\n---\n\nA word.[^1]\n\n[^1]: A.\n", want: `
p.txt:1: this is an article already: it starts with front matter that has a title [pasted-article]
	hint: put it into a folder as article.md`},
		{code: "pasted-empty", text: head + "\u00ad", want: `
p.txt: there is no text besides the notes [pasted-empty]
	hint: paste the article into the file, with its notes at the end`},
		{code: "pasted-page-line", text: head + "A word.1 Another.2 A third.3\n\nAdvertisement\n\nMore words.\n\n1 A.\n2 B.\n3 C.\n© 2022 Example.", want: `
p.txt:6:1: warning: "Advertisement" looks like part of the page, not of the article; it is in the article [pasted-page-line]
	hint: delete it in article.md if it is not wanted
p.txt:13:1: warning: "© 2022 Example." looks like part of the page, not of the article; it is in the note above it [pasted-page-line]
	hint: delete it in article.md if it is not wanted`},
		{code: "pasted-pages", text: head + "A word.1 Another.2 A third one is here, and then the page\n\n- 1 -\n\nends in its midst.3\n\n- 2 -\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:6: warning: lines of the pages that the text was copied from are not in the article: 2 page numbers, "- 1 -" first [pasted-pages]
	hint: compare them with the list under Pages in the concordance; add to article.md what belongs to the article`},
		{code: "pasted-page-line", text: head + "A word.1 Another.2 A third one is here, and then the page\n\n7\n\nends in its midst.3\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:6:1: warning: "7" looks like part of the page, not of the article; it is in the article [pasted-page-line]
	hint: delete it in article.md if it is not wanted`},
		{code: "pasted-hyphen", text: head + "A harbour.1 Another\u00ad\nmost word.2 A har-\nbour.3\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:4:20: warning: the hyphens of 2 words divided at the ends of lines are not in the article; "Another\u00admost" is "Anothermost" there [pasted-hyphen]
	hint: compare them with the list under Joined words in the concordance`},
		{code: "pasted-after-notes", text: head + "A word.1 Another.2 A third.3\n\n1 A.\n2 B.\n3 C.\nThe Gazette, every day.", want: `
p.txt:9:1: warning: a line follows the last note, and every other note is one line; it is taken for part of note 3 [pasted-after-notes]
	hint: if it does not belong to the note, move or delete it in article.md`},
		{code: "pasted-note-missing", text: head + "A word.1 Another.2 A third.3 A fourth.4\n\n1 A.\n2 B.", want: `
p.txt:4:28: warning: 3 looks like a reference (as does one more), but the list ends with note 2 [pasted-note-missing]
	hint: look for the note in the original, and add it to the article with its references`},
		{code: "pasted-note-doubled", text: head + "A word.1 Another.2\n\n1 Alpha\n1 Beta\n2 Gamma", want: `
p.txt:7:1: warning: the list has two notes with the number 1, the first on line 6 [pasted-note-doubled]
	hint: both are in the article, this one as [^1b]; put that where it belongs`},
		{code: "pasted-note-doubled", text: head + "A word.1 Another.2\n\n1 A.\n1 B.\n2 C.", want: `
p.txt:7:1: warning: the list has two notes with the number 1, the first on line 6 [pasted-note-doubled]
	hint: both are in the article, this one as [^1b]; put that where it belongs`},
		{code: "pasted-list-broken", text: head + "A word.1 Another.2\n\n1 Alpha\n2 Beta\n5 Gamma", want: `
p.txt:8:1: warning: this line starts with 5, but is not in turn in the list; it is taken for part of the note before it [pasted-list-broken]
	hint: if a second list starts here, import the two parts of the text one by one`},
		{code: "mark-doubtful", text: head + "It rose.3 He knew.1 Then.2 Again.3\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:4:9: warning: 3 stands before the turn of its note; it is taken for a reference because of its place [mark-doubtful]
	hint: if it is none, write the number in place of [^3]`},
		{code: "mark-doubtful", text: head + "It rose to abc.3 then.1 It fell.2 Again.3\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:4:16: warning: 3 looks like a reference, but stands before the turn of its note; it is not taken for one [mark-doubtful]
	hint: if it is one, write [^3] in place of the number`},
		{code: "pasted-title-mark", text: "A Title[1]\nby A. Author\n\nA word.[2]\n\n[1] A.\n[2] B.", want: `
p.txt:1:1: warning: the title has a reference to a note; it is at the end of the first paragraph [pasted-title-mark]
	hint: move it in article.md to where it belongs`},
		{code: "pasted-quoted", text: "> A Title\n> by A. Author\n>\n> A word.1\n>\n> 1 A.", want: `
p.txt:1:1: warning: 6 lines start with >, as e-mail quotes them; the signs are not in the article [pasted-quoted]
	hint: put them back in article.md if they belong to the article`},
		{code: "pasted-note-uncited", text: head + "A word.1\n\n1 A.\n2 B.", want: `
p.txt:7:1: warning: nothing in the text refers to note 2 [pasted-note-uncited]
	hint: its text is in the article; put [^2] where it belongs, or delete it`},
		{code: "pasted-note-order", text: head + "A word.1 Another.3 A third.2\n\n1 A.\n2 B.\n3 C.", want: `
p.txt:4:18: warning: the first reference to note 3 is out of turn: it stands between those to notes 1 and 2 [pasted-note-order]
	hint: compare the number with the original`},
		{code: "pasted-note-missing", text: head + "A word.1 Another.3 A third.4\n\n1 A.\n4 B.", want: `
p.txt:7:1: warning: notes 2 to 3 are missing in the list before note 4 [pasted-note-missing]
	hint: look for it in the original, and add it to the article; line 4 seems to refer to it`},
		{code: "pasted-note-doubled", text: head + "A word.1 Another.2 A third.3\n\n1 A.\n2 B.\n2 C.\n3 D.", want: `
p.txt:8:1: warning: the list has two notes with the number 2, the first on line 7 [pasted-note-doubled]
	hint: both are in the article, this one as [^2b]; put that where it belongs`},
		{code: "pasted-note-empty", text: head + "A word.1 Another.2\n\n1\n2 B.", want: `
p.txt:6:1: warning: note 1 has no text [pasted-note-empty]
	hint: write it in article.md`},
		{code: "pasted-list-broken", text: head + "A word.1 Another.2 A third.3\n\n1 A.\n2 B.\n3 C.\n2 D.", want: `
p.txt:9:1: warning: this line starts with 2, but is not in turn in the list; it is taken for part of the note before it [pasted-list-broken]
	hint: if a second list starts here, import the two parts of the text one by one`},
		{code: "pasted-after-notes", text: head + "A word.1 Another.2\n\n1 A.\n2 B.\n\nMore.", want: `
p.txt:9:1: warning: text follows the list of notes; it is at the end of the article [pasted-after-notes]
	hint: if it belongs to the last note, move it there`},
		{code: "mark-ambiguous", text: head + "A word.1 It was so in 2019.1 Then no more.\n\n1 A.", want: `
p.txt:4:28: warning: 1 can refer to a note or be a decimal; it is taken for a reference [mark-ambiguous]
	hint: if it is none, write the number in place of [^1]`},
		{code: "mark-doubtful", text: head + "The treaty of NATO1 and others.2\n\n1 A.\n2 B.", want: `
p.txt:4:19: warning: 1 looks like part of a name; it is taken for a reference because no other one to this note is in its turn [mark-doubtful]
	hint: if it is none, write the number in place of [^1]`},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			res, diags := Read([]byte(test.text), Options{Path: "p.txt", Lang: test.lang})
			got := ""
			for _, d := range diags {
				got += "\n" + d.String()
				if d.Code != test.code {
					t.Errorf("unexpected: %v", d)
				}
			}
			if got != test.want {
				t.Errorf("got:%s\nwant:%s", got, test.want)
			}
			if (res == nil) != diags.HasErrors() {
				t.Errorf("result %v with %v", res, diags)
			}
			if res != nil {
				hold(t, []byte(test.text), res, diags)
			}
		})
	}
	t.Run("pasted-title-differs", func(t *testing.T) {
		text := []byte(head + "A word.1\n\n1 A.")
		res, diags := Read(text, Options{Path: "p.txt", Title: " Another  Title"})
		if len(diags) != 1 || diags[0].String() != "p.txt:1:1: warning: the text begins with another title; it has become the subtitle [pasted-title-differs]\n\thint: delete it in article.md if it is not wanted" {
			t.Errorf("%v", diags)
		}
		if h := res.Article.Header; h.Title != "Another Title" || h.Subtitle != "A Title" {
			t.Errorf("%q, %q", h.Title, h.Subtitle)
		}
		// The same title is no other one.
		if _, diags := Read(text, Options{Title: "A TITLE"}); len(diags) > 0 {
			t.Errorf("%v", diags)
		}
	})
	// Many wrong characters do not drown everything else.
	t.Run("pasted-character-many", func(t *testing.T) {
		_, diags := Read([]byte(head+strings.Repeat("\x01", 100)+" word.1\n\n1 A."), Options{Path: "p.txt"})
		if len(diags) != maxCharacters+1 || !strings.Contains(diags[0].Message, "80 more characters") {
			t.Errorf("%d diagnostics, first %v", len(diags), diags[0])
		}
	})
}

// What the options say about marks and notes is done, whatever the text looks
// like, and each note says how sure its references are.
func TestStyles(t *testing.T) {
	const both = "T\n\nA word.1 And [1] another.2 And [2] more.\n\n1 A.\n2 B."
	const sections = "T\n\nFirst part here.1 More words.2\n\n1 A note.\n2 B note.\n\nSecond part here.1 More words.2\n\n1 C note.\n2 D note."
	const bare = "T\n\nA word.1 Another.2\n\nNotes\n\nA note of words.\n\nB note of words."
	tests := []struct {
		text, marks, notes string
		want               string // the labels of the notes with the columns of their references, and confidences
	}{
		{both, "glued", "", "1 at 8 certain, 2 at 26 certain; certain"},
		{both, "brackets", "", "1 at 15 certain, 2 at 33 certain; certain"},
		{both, "", "none", "; unknown"},
		{sections, "", "sections", "1 at 17 certain, 2 at 30 certain, 2-1 at 18 certain, 2-2 at 31 certain; certain"},
		{sections, "", "end", "1 at 17 18 certain, 2 at 30 31 certain; certain"},
		{bare, "", "", "1 at 8 certain, 2 at 18 certain; certain"},
		{bare, "", "unnumbered", "1 at 8 certain, 2 at 18 certain; certain"},
		{bare, "", "end", "; unknown"},
		{"T\n\nA word.1 Another.3 A third.2\n\n1 A.\n2 B.\n3 C.", "", "", "1 at 8 certain, 2 at 28 certain, 3 at 18 doubtful; doubtful"},
		{"T\n\nA word.1 It was so in 2019.1 Then no more.\n\n1 A.", "", "", "1 at 8 28 likely; likely"},
		{"T\n\nThe treaty of NATO1 and others.2\n\n1 A.\n2 B.", "", "", "1 at 19 doubtful, 2 at 32 certain; doubtful"},
		{"T\n\nA word.1\n\n1 A.\n2 B.", "", "", "1 at 8 certain, 2 at unknown; unknown"},
	}
	for _, test := range tests {
		res, diags := Read([]byte(test.text), Options{Path: "p.txt", Lang: "en", Title: "T", Marks: test.marks, Notes: test.notes})
		if res == nil {
			t.Errorf("%q, marks %q, notes %q: %v", test.text, test.marks, test.notes, diags)
			continue
		}
		hold(t, []byte(test.text), res, diags)
		var notes []string
		for _, n := range res.Concordance.Notes {
			s := n.Label + " at "
			for _, ref := range n.References {
				s += fmt.Sprint(ref.Column, " ")
			}
			notes = append(notes, s+string(n.Confidence))
		}
		if got := strings.Join(notes, ", ") + "; " + string(res.Concordance.Confidence); got != test.want {
			t.Errorf("%q, marks %q, notes %q: %s, want %s", test.text, test.marks, test.notes, got, test.want)
		}
	}
}

// The lines above an article, in the orders in which people paste them. The
// body starts with the first line that none of the fields can take.
func TestHead(t *testing.T) {
	const body = "This is the first sentence of the article, which ends with a full stop."
	tests := []struct{ head, want string }{
		{"by A. Author\nNews\nJanuary 27, 2022", `"" "" "News" [A. Author] 2022-01-27`},
		{"A Title\nby A. Author\nJanuary 27, 2022", `"A Title" "" "" [A. Author] 2022-01-27`},
		{"A Title\n\nJanuary 27, 2022\n\nBy A. Author", `"A Title" "" "" [A. Author] 2022-01-27`},
		{"News\nA Title of Words\nBy A. Author", `"A Title of Words" "" "News" [A. Author] `},
		{"A Title\nWhat it is about\nBy: A. Author and B. Author\nOpinion", `"A Title" "What it is about" "Opinion" [A. Author B. Author] `},
		{"by A. Author\nA Title with More Than Four Words\n2022-01-27", `"A Title with More Than Four Words" "" "" [A. Author] 2022-01-27`},
		{"Is This a Title?\n27 January 2022", `"Is This a Title?" "" "" [] 2022-01-27`},
		{"A Title\n", `"A Title" "" "" [] `}, // an empty line follows
		{"", `"" "" "" [] `},
		{"A Title\nBY A. AUTHOR, B. DE LA AUTHOR, JR., & C. AUTHOR", `"A Title" "" "" [A. AUTHOR B. DE LA AUTHOR, JR. C. AUTHOR] `},
		{"By Friday everything was over.\nJanuary 27, 2022", `"" "" "" [] `},                 // a sentence
		{"A Title\nby the sea\nJanuary 27, 2022", `"A Title" "by the sea" "" [] 2022-01-27`}, // no name
	}
	for _, test := range tests {
		res, _ := Read([]byte(test.head+"\n"+body+"\n"), Options{})
		h := res.Article.Header
		names := []string{}
		for _, p := range h.Authors {
			names = append(names, p.Name)
		}
		if got := fmt.Sprintf("%q %q %q %v %v", h.Title, h.Subtitle, h.Section, names, h.Date); got != test.want {
			t.Errorf("%q:\n\t%s, want\n\t%s", test.head, got, test.want)
		}
	}
}

// Dates as they stand above English articles, and lines that are none.
func TestDate(t *testing.T) {
	day := locales.Date{Year: 2022, Month: 1, Day: 27}
	tests := []struct {
		line string
		want locales.Date
	}{
		{"January 27, 2022", day},
		{"27 January 2022", day},
		{"2022-01-27", day},
		{"Jan 27, 2022", day},
		{"Jan. 27, 2022", day},
		{"JANUARY 27 2022", day},
		{"January 27th, 2022", day},
		{"27th January 2022", day},
		{"Thursday, January 27, 2022", day},
		{"Thursday 27 January 2022", day},
		{"Published on January 27, 2022", day},
		{"Date: 2022-01-27", day},
		{"January 2022", locales.Date{Year: 2022, Month: 1}},
		{"Friday, January 27, 2022", locales.Date{}}, // it was a Thursday
		{"January 32, 2022", locales.Date{}},
		{"February 29, 2022", locales.Date{}},
		{"2022-13-01", locales.Date{}},
		{"2022-00-00", locales.Date{}},
		{"2022", locales.Date{}}, // may be a title
		{"January 27", locales.Date{}},
		{"January 27, 22", locales.Date{}},
		{"It was January 27, 2022", locales.Date{}},
		{"27 + 2022", locales.Date{}},
		{"", locales.Date{}},
	}
	r := &reader{grammar: grammars()[0]}
	for _, test := range tests {
		if got := r.date(test.line); got != test.want {
			t.Errorf("%q is %v, want %v", test.line, got, test.want)
		}
	}
}

// Each number that is no mark has its reason.
func TestReasons(t *testing.T) {
	tests := []struct {
		text string
		want string // the last number that was not taken, and its reason
	}{
		{"It was in 2019 then.", "2019 year"},
		{"It was in 2019.", "2019 year"},
		{"It was in the 1990s.", "1990 year"},
		{"On January 5 then.", "5 date"},
		{"On 5 January then.", "5 date"},
		{"On 2022-01-27 then.", "2022-01-27 date"},
		{"On 27/01/2022 then.", "27/01/2022 date"},
		{"They paid $5 then.", "5 money"},
		{"They paid 5€ then.", "5 money"},
		{"They paid $5,000 then.", "5,000 money"},
		{"About 3,337 people.", "3,337 thousands"},
		{"About 1,300,000 people.", "1,300,000 thousands"},
		{"Some 12.5 times.", "12.5 decimal"},
		{"Some .5 of it.", "5 decimal"},
		{"Some 5% of it.", "5 percent"},
		{"Some 5 percent of it.", "5 percent"},
		{"At 12:30 then.", "12:30 time"},
		{"Only 1/2 then.", "1/2 fraction"},
		{"Pages 2–5 then.", "2–5 range"},
		{"With 1.2.3 then.", "1.2.3 version"},
		{"The 5th then.", "5 ordinal"},
		{"Some 5 million of it.", "5 amount"},
		{"Some 5km of it.", "5 amount"},
		{"With Covid-19 then.", "19 name"},
		{"With CO2 then.", "2 name"},
		{"With H2O then.", "2 name"},
		{"With MI6 then.", "6 name"},
		{"With the A4 then.", "4 name"},
		{"On page 5 then.", "5 label"},
		{"In § 5 then.", "5 label"},
		{"With #5 then.", "5 label"},
		{"See http://example.org/5 then.", "5 address"},
		{"Write to a5@example.org then.", "5 address"},
		{"See www.example.org/5 then.", "5 address"},
		{"There were 5 then.", "5 number"},
		{"The word.0 then.", "0 number"},
		{"The word.9 then.", "9 no-note"},
		{"The word.01 then.", "01 number"},
		{"The word.2 then the word.1", "2 order"},
		{"5. Then.", "5 list-number"},
	}
	for _, test := range tests {
		text := "by A. Author\nJanuary 27, 2022\n" + test.text + " A word.1 Another.2\n1 A.\n2 B.\n"
		res, diags := Read([]byte(text), Options{})
		got := "nothing"
		for _, r := range res.Concordance.Rejected {
			if r.Reason != ReasonHead {
				got = r.Number + " " + string(r.Reason)
			}
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
		hold(t, []byte(text), res, diags)
	}
}

// The names in the JSON of a concordance are stable, and no list is null.
func TestConcordanceJSON(t *testing.T) {
	res, _ := Read([]byte("A word in 2022.\n"), Options{})
	got, err := json.Marshal(&res.Concordance)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"lang":"en","guessed":true,"confidence":"unknown","head":[],"headings":[],"list-heading":null,"notes":[],"rejected":[{"number":"2022","line":1,"column":11,` +
		`"context":"A word in 2022.","reason":"year","why":"a year"}],"ambiguous":[]}`; string(got) != want {
		t.Errorf("%s, want\n%s", got, want)
	}
	res, _ = Read([]byte("A Title\nby A. Author\n\nHow odd\n\nA word.1 It was so in 2019.1 Then no more.\n\nNotes:\n1 A.\n2 B.\n"), Options{})
	if got, err = json.MarshalIndent(&res.Concordance, "", " "); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"field": "title",`, `"text": "How odd"`, `"list-heading": {`, `"number": 1,`, `"column": 8,`, `"ambiguous": true`, `"references": []`, `"reason": "decimal",`,
	} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// Every reason has words, and every language all that a grammar needs.
func TestGrammars(t *testing.T) {
	for _, g := range grammars() {
		if g.tag == "" || g.name == "" || g.script == "" || len(g.months) != 12 && len(g.months) != 0 || len(g.weekdays) != 7 && len(g.weekdays) != 0 || len(g.notes) == 0 {
			t.Errorf("the grammar of %q lacks something", g.tag)
		}
		for _, list := range [][]string{g.names, g.labels, g.short, g.units, g.percents, g.ordinals, g.decades, g.bylines, g.joins, g.particles, g.published, g.sections, g.notes, g.suspended} {
			for _, w := range list {
				if w != strings.ToLower(w) || w == "" {
					t.Errorf("%s: %q is not in lower case", g.tag, w)
				}
			}
		}
		for i, names := range g.months {
			if len(names) == 0 || slices.Contains(names, "") {
				t.Errorf("%s: month %d is %v", g.tag, i+1, names)
			}
		}
	}
	for r := range reasonWords {
		if r.words() == "" {
			t.Errorf("%q has no words", r)
		}
	}
}
