package main

import "testing"

// Words are those of the script of their language, and begin with a capital
// where it has any: Turkish with a dotted one, Georgian with none.
func TestAddLabels(t *testing.T) {
	likely := likelyScripts{"nb": "Latn", "tr": "Latn", "ka": "Geor", "uk": "Cyrl", "ja": "Jpan", "hu": "Latn", "zh-Hant": "Hant", "vai": "Vaii"}
	tests := []struct{ tag, label, words, want string }{
		{"nb", "notes", "sluttnotater", "Sluttnotater"},
		{"nb", "notes", "  Notes: ", "Notes"},
		{"tr", "contents", "içindekiler", "İçindekiler"},
		{"ka", "notes", "შენიშვნები", "შენიშვნები"},
		{"uk", "editors", "Editor", ""}, // English that is not marked so
		{"ja", "editors", "エディター", "エディター"},
		{"hu", "figure", "{number}. ábra", "{number}. ábra"},
		{"hu", "authors", "Szerz", ""}, // known to be wrong
		{"nb", "figure", "{number}", ""},
		{"nb", "notes", "", ""},
		{"vai", "notes", "ꕉ", ""}, // a script that is not in the table
	}
	for _, test := range tests {
		l := &labels{table: make(table), likely: likely}
		l.add("docbook", test.tag, test.label, test.words)
		want := test.want
		if want != "" {
			want = "docbook " + want
		}
		if got := l.table[test.tag+"/"+test.label]; got != want {
			t.Errorf("%s/%s: %q gives %q, want %q", test.tag, test.label, test.words, got, want)
		}
	}

	// The first source has the word, and what stands behind it.
	l := &labels{table: make(table), likely: likely}
	l.addWith("docbook", "nb", "by", "forfatter", ": ", "names")
	l.addWith("typst", "nb", "by", "av", " ", "names")
	if got, want := l.table["nb/by"], "docbook Forfatter: {names}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// DocBook's words are read by their keys, without those that are English; a
// language that DocBook calls otherwise has its tag.
func TestDocBook(t *testing.T) {
	l := &labels{table: make(table), likely: likelyScripts{"pt": "Latn", "as": "Beng"}, between: map[string]string{"pt": " — "}}
	l.docbookWords("pt", map[string]string{
		"Notes": "notas", "Author": "Autor", "Editedby": "Editado por", "Published": "Publicado", "number of figure": "Figura {number}",
	})
	l.docbookWords("as", map[string]string{"Editedby": "-ৰ দ্বাৰা সম্পাদিত", "Editor": "সম্পাদক"})
	want := table{
		"pt/notes": "docbook Notas", "pt/authors": "docbook Autor", "pt/by": "docbook Autor — {names}", "pt/edited-by": "docbook Editado por {names}",
		"pt/published": "docbook Publicado — {date}", "pt/figure": "docbook Figura {number}",
		"as/editors": "docbook সম্পাদক", "as/edited-by": "docbook সম্পাদক: {names}",
	}
	for key, words := range want {
		if l.table[key] != words {
			t.Errorf("%s is %q, want %q", key, l.table[key], words)
		}
	}
	if len(l.table) != len(want) {
		t.Errorf("got %v", l.table)
	}
	if err := l.docbook(nil); err == nil {
		t.Error("no files are no error")
	}
	if err := l.typst(map[string][]byte{"translations/de.txt": []byte("outline = Inhalt\n")}); err == nil {
		t.Error("one language is no error")
	}
}
