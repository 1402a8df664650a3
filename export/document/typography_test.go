package document

import (
	"strings"
	"testing"

	"qalam/locales"
	"qalam/source"
)

// Straight marks become the marks of the language, two levels, wherever they
// stand; nbsp and nnbsp are written as ~ and _.
func TestQuotes(t *testing.T) {
	tests := []struct{ tag, in, want string }{
		{"en", `"Yes," she said.`, `“Yes,” she said.`},
		{"en", `He said: "They told me 'no'."`, `He said: “They told me ‘no’.”`},
		{"en", `"'No' is what they said," he said`, `“‘No’ is what they said,” he said`},
		{"en", `"He said 'no'"`, `“He said ‘no’”`},
		{"en", `the 'so-called' state`, `the ‘so-called’ state`}, // the author wants the inner marks
		{"en", `'He said "no"'`, `‘He said “no”’`},
		{"en", `"a "b" c"`, `“a ‘b’ c”`}, // one kind within itself
		{"en", `("in brackets") ["and" these]`, `(“in brackets”) [“and” these]`},
		{"en", `he--"I"--left; he---"I" left`, `he–“I”–left; he—“I” left`},
		{"en", `"I--" he broke off`, `“I–” he broke off`},
		{"en", `"...and so on..."`, `“…and so on…”`},
		{"en", `either/"or"`, `either/“or”`},
		{"en", `""`, `“”`},

		// Apostrophes are no quotation marks.
		{"en", `don't, O'Neill, the 1990's, the dogs' tails`, `don’t, O’Neill, the 1990’s, the dogs’ tails`},
		{"en", `the '90s, rock 'n' roll, 'tis, class of '22`, `the ’90s, rock ’n’ roll, ’tis, class of ’22`},
		{"en", `"'Tis," he said, "don't"`, `“’Tis,” he said, “don’t”`},
		{"en", `'the dogs' tails'`, `‘the dogs’ tails’`},
		{"en", `"the 'kay thing"`, `“the ’kay thing”`}, // nothing closes it
		{"en", `"the dogs'" and "cats'"`, `“the dogs’” and “cats’”`},
		{"nl", `'s avonds en 't`, `’s avonds en ’t`},
		{"kk", `Qazaq'tyń Ta'bıg'at`, `Qazaq’tyń Ta’bıg’at`},
		{"fr", `l'homme d'aujourd'hui`, `l’homme d’aujourd’hui`},
		{"de", `Hans' Buch, ich hab's`, `Hans’ Buch, ich hab’s`},

		// Feet, inches, minutes, thousands.
		{"en", `5'10" tall, 12" wide, 6' deep`, `5′10″ tall, 12″ wide, 6′ deep`},
		{"en", `"He is 5'10" tall," she said`, `“He is 5′10″ tall,” she said`},
		{"en", `"in 1990" and 'in 1990'`, `“in 1990” and ‘in 1990’`},
		{"de", `10'000 Franken`, `10’000 Franken`},

		// A quotation over several paragraphs opens in each and closes in the last.
		{"en", `"First paragraph.`, `“First paragraph.`},
		{"en", `'First paragraph.`, `‘First paragraph.`},
		{"en", `the last paragraph."`, `the last paragraph.”`},
		{"en", `"open and "closed" and "again"`, `“open and “closed” and “again”`},

		{"kk", `Ол "Егемен "Қазақстан" газеті" деді`, `Ол «Егемен “Қазақстан” газеті» деді`},
		{"ru", `газета "Известия "Недели""`, `газета «Известия „Недели“»`},
		{"ru", `«Он сказал: "да" и ушёл»`, `«Он сказал: „да“ и~ушёл»`}, // typed marks are a level
		{"ru", `«Он» и "она"`, `«Он» и~«она»`},
		{"de", `"Er sagte: 'Nein.'"`, `„Er sagte: ‚Nein.‘“`},
		{"de", `„So“ und "so"`, `„So“ und „so“`},
		{"ar", `قال "نعم" ثم`, `قال ”نعم“ ثم`},
		{"hi", `उसने कहा, "हाँ।"`, `उसने कहा, “हाँ।”`},
		{"zh-Hans", `他说："你好'世界'。"她说"好"。`, `他说：“你好‘世界’。”她说“好”。`},
		{"zh-Hans", `他说"你好"她说"好"吗`, `他说“你好”她说“好”吗`},
		{"he", `צה"ל וג'ורג' אמר "כן" רח' הרצל`, `צה״ל וג׳ורג׳ אמר ”כן” רח׳ הרצל`},

		{"en", `a --- b`, `a — b`},

		{"en", `--- -- ---- ... .... ..`, `— – ---- … .... ..`},
		{"en", "a  b\tc\u0085d ~ e\u3000 f", "a b c d ~ e\u3000 f"},
		{"en", `“Typed” ‘marks’ «stay» as’ they are`, `“Typed” ‘marks’ «stay» as’ they are`},
		{"en", `“He said "no" and 'no'”`, `“He said ‘no’ and ‘no’”`},
	}
	for _, tt := range tests {
		got := setText(tt.in, newStyle(locales.Get(tt.tag), false))
		if got = visible(got); got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.tag, tt.in, got, tt.want)
		}
	}
}

// visible writes spaces that do not break as ~ and, the narrow one, _.
func visible(s string) string {
	return strings.NewReplacer("\u00A0", "~", "\u202F", "_").Replace(s)
}

// What each language sets beside quotation marks, before and after; the names
// of the sources are those of the table in package locales.
func TestTypography(t *testing.T) {
	tests := []struct{ source, tag, in, want string }{
		// IN: a thin space before ; ! ?, that of a word before : and inside guillemets.
		{"IN", "fr", `Il dit : "Bonjour !" Pourquoi ?`, `Il dit~: «~Bonjour_!~» Pourquoi_?`},
		{"IN", "fr", `Il dit: "Bonjour!" (?); non`, `Il dit~: «~Bonjour_!~» (?)_; non`},
		{"IN", "fr", `« mot » et «mot» et " mot "`, `«~mot~» et «~mot~» et «~mot~»`},
		{"IN", "fr", `"Il dit "oui" hier"`, `«~Il dit «~oui~» hier~»`},
		{"IN", "fr", "Quoi?! Vraiment!!! Ah\u00A0! Oh\u202F?", `Quoi_?! Vraiment_!!! Ah~! Oh_?`}, // what was set stays
		{"IN", "fr", `à 12:30, 3:1, http://a.example/?b=c;d`, `à 12:30, 3:1, http://a.example/?b=c;d`},
		{"IN", "fr", `12 500 000 hommes, 5 %, 30 km, p. 5, t. II, n° 3`, `12_500_000 hommes, 5~%, 30~km, p.~5, t.~II, n°~3`},
		{"IN", "fr", `A. B. Auteur`, `A.~B.~Auteur`},
		{"OQLF", "fr-CA", `Il dit : «oui»; non !`, `Il dit~: «~oui~»_; non_!`},
		{"GR", "fr-CH", `Il dit: "Bonjour 'toi'!"; non`, `Il dit_: «_Bonjour ‹_toi_›_!_»_; non`},
		{"GR", "fr-CH", `« mot » : oui`, `«_mot_»_: oui`},
		{"CLDR", "it-CH", `Disse: "Sì!"`, `Disse: «Sì!»`}, // guillemets of others have no space

		// GIL: a dash does not begin a line but in what somebody says, and there stays with the word.
		{"GIL", "ru", `Алматы --- город — большой -- да`, `Алматы~— город~— большой~– да`},
		{"GIL", "kk", `Алматы --- қала`, `Алматы~— қала`},
		{"GIL", "kk-Latn", `Almaty — qala`, `Almaty~— qala`},
		{"GIL", "ru", `--- Да, --- сказал он.`, `—~Да,~— сказал он.`},
		{"GIL", "ru", `город —большой, 2010—2015, ком-то`, `город —большой, 2010—2015, ком-то`},
		// Initials stay together and with the surname.
		{"GIL", "ru", `А. С. Автор и Б.-В. Автор`, `А.~С.~Автор и~Б.-В.~Автор`},
		{"GIL", "kk", `А. Б. Автор жазды. Ол кетті.`, `А.~Б.~Автор жазды. Ол кетті.`},
		{"GIL", "uk", `А. Автор`, `А.~Автор`},
		{"CM", "en", `A. B. Author wrote it.`, `A. B. Author wrote it.`}, // no rule for initials
		// Short words and those that lean on the word before.
		{"GIL", "ru", `И в доме, и у реки был же он: сказал бы`, `И~в~доме, и~у~реки был~же он: сказал~бы`},
		{"GIL", "ru", `("В доме") и "а"`, `(«В~доме») и~«а»`},
		{"GIL", "kk", `о дүние мен ол да`, `о дүние мен ол да`}, // no such words in Kazakh
		{"ČSN", "cs", `Šel k lesu s bratrem a v 5 hodin i s`, `Šel k~lesu s~bratrem a~v~5 hodin i~s`},
		{"PL", "pl", `Był w domu i z bratem`, `Był w~domu i~z~bratem`},
		{"ČSN", "sk", `Išiel k lesu`, `Išiel k~lesu`},
		// Numbers and what is counted.
		{"SI", "en", `5 km, 20 °C, 3 % and 5 men, 10 000 people in 2022 300 more`, `5~km, 20~°C, 3~% and 5 men, 10~000 people in 2022 300 more`},
		{"SI", "en", `5 km. The 7 dwarfs, $ 5, 1 234 567.89 kg/m`, `5~km. The 7 dwarfs, $~5, 1~234~567.89 kg/m`},
		{"SI", "en", `phone 727 250-00-00 and 1.500 200`, `phone 727 250-00-00 and 1.500 200`}, // no groups of one number
		{"CM", "en", `pp. 5–7, No. 12, Vol. II`, `pp.~5–7, No.~12, Vol.~II`},
		{"DIN", "de", `S. 5, Nr. 7 und 20 %`, `S.~5, Nr.~7 und 20~%`},
		{"GIL", "ru", `в 2022 г. 19 млн чел., 5 тыс. руб., XIX в., № 7, с. 5, 10 кВт`, `в~2022~г. 19~млн чел., 5~тыс. руб., XIX~в., №~7, с.~5, 10~кВт`},
		{"GIL", "kk", `2022 ж. қаңтар, 19 млн адам, 500 теңге, 100 ₸, № 5`, `2022~ж. қаңтар, 19~млн адам, 500~теңге, 100~₸, №~5`},
		{"GIL", "ky", `2022 ж., 500 сом`, `2022~ж., 500~сом`},

		// What is not ours to change.
		{"author", "es", `¿Qué? ¡Hola! "¿Sí?" ¿"Sí"?`, `¿Qué? ¡Hola! “¿Sí?” ¿“Sí”?`},
		{"author", "el", `Τι; «Ναι»`, `Τι; «Ναι»`},
		{"author", "ru", `А.С. Автор; Да! Нет? Что: это`, `А.С.~Автор; Да! Нет? Что: это`},
		{"author", "zh-Hans", `你好,世界:Go 5 km`, `你好,世界:Go 5~km`}, // the width of a mark is the author's

		// GB, JIS: dash and ellipsis are as wide as two characters.
		{"GB", "zh-Hans", `他说...好--不---再见, and so on... 1990--2000`, `他说……好——不——再见, and so on… 1990–2000`},
		{"GB", "zh-TW", `他說...「好」`, `他說……「好」`},
		{"JIS", "ja", `そう...「はい」--と言った`, `そう……「はい」——と言った`},
	}
	languages := make(map[string]bool)
	for _, tt := range tests {
		languages[tt.tag] = true
		got := visible(setText(tt.in, newStyle(locales.Get(tt.tag), false)))
		if got != tt.want {
			t.Errorf("%s (%s): %s\n got %s\nwant %s", tt.tag, tt.source, tt.in, got, tt.want)
		}
		// What is set is not set again.
		again := setText(setText(tt.in, newStyle(locales.Get(tt.tag), false)), newStyle(locales.Get(tt.tag), false))
		if again = visible(again); again != tt.want {
			t.Errorf("%s: %s\n a second time %s", tt.tag, tt.in, again)
		}
		if off := setText(tt.in, newStyle(locales.Get(tt.tag), true)); off != tt.in {
			t.Errorf("%s: %s\n without typography %s", tt.tag, tt.in, off)
		}
	}
	if len(languages) < 15 {
		t.Errorf("only %d languages", len(languages))
	}
}

// The mark of a note stays where the author put it, before or behind the
// punctuation, and the spaces of the language stand around both, once.
func TestTypographyAtNotes(t *testing.T) {
	tests := []struct{ tag, before, after, want string }{
		{"fr", "mot", " ! Oui", "mot[1#1]_! Oui"},
		{"fr", "mot ", "! Oui", "mot[1#1]_! Oui"},
		{"fr", "mot", "! Oui", "mot[1#1]_! Oui"},
		{"fr", "mot ! ", " Oui", "mot_![1#1] Oui"},
		{"fr", "mot!", " Oui", "mot_![1#1] Oui"},
		{"fr", "«mot ", "» dit-il", "«~mot[1#1]~» dit-il"},
		{"fr", "«mot", "» dit-il", "«~mot[1#1]~» dit-il"},
		{"fr", `"mot`, `" dit-il`, "«~mot[1#1]~» dit-il"},
		{"fr", `"mot" `, `, dit-il`, "«~mot~»[1#1], dit-il"},
		{"ru", "слово", " — да", "слово[1#1]~— да"},
		{"ru", "слово — ", "да", "слово~—[1#1] да"},
		{"ru", "5", " км", "5[1#1]~км"},
		{"en", "word ", ". Yes", "word[1#1]. Yes"},
		{"en", "word.", " Yes", "word.[1#1] Yes"},
		{"zh-Hans", "文字", "。是", "文字[1#1]。是"},
		{"zh-Hans", "文字。", "是", "文字。[1#1]是"},
	}
	for _, tt := range tests {
		a := article([]source.Block{par(text(tt.before), ref("x"), text(tt.after))}, note("x", text("b")))
		a.Lang = tt.tag
		d, _ := compose(a)
		got := visible(inlines(d.Blocks[0].(*Paragraph).Text))
		if got != tt.want {
			t.Errorf("%s: %q, note, %q: got %s, want %s", tt.tag, tt.before, tt.after, got, tt.want)
		}
	}
}

// Typography is for text: code, addresses, and all of an article that wants
// none stay as they are, in spans of other languages too.
func TestTypographyOff(t *testing.T) {
	line := func() []source.Inline {
		return []source.Inline{
			text(`Il dit: "oui"! `), &source.CodeSpan{Value: `a: "b"!`}, text(" "),
			&source.Link{URL: "https://example.org/?a", Text: []source.Inline{text("https://example.org/?a")}},
			text("! "), &source.Span{Lang: "ru", Text: []source.Inline{text(`"и --- он"`)}},
		}
	}
	a := article([]source.Block{par(line()...)})
	a.Lang = "fr"
	d, codes := compose(a)
	expect(t, d, codes, "Il dit\u00a0: «\u00a0oui\u00a0»\u202f! code{a: \"b\"!} link{https://example.org/?a}{https://example.org/?a}\u202f! span{ru ltr}{«и\u00a0— он»}")
	a = article([]source.Block{par(line()...)})
	a.Lang, a.Header.Typography = "fr", source.TypographyOff
	d, codes = compose(a)
	expect(t, d, codes, `Il dit: "oui"! code{a: "b"!} link{https://example.org/?a}{https://example.org/?a}! span{ru ltr}{"и --- он"}`)
}

// Numbers that the program sets are in the digits that the author wants.
func TestDigits(t *testing.T) {
	tests := []struct {
		tag    string
		digits source.Digits
		want   string
	}{
		{"hi", source.DigitsOfLanguage, "10"},
		{"hi", source.DigitsNative, "१०"},
		{"ar-EG", source.DigitsOfLanguage, "١٠"},
		{"ar-EG", source.DigitsLatin, "10"},
		{"ar-MA", source.DigitsOfLanguage, "10"},
		{"ar-MA", source.DigitsNative, "١٠"},
		{"fa", source.DigitsLatin, "10"},
		{"kk", source.DigitsNative, "10"}, // it has no others
		{"zh-Hans", source.DigitsNative, "10"},
		{"ff-Adlm", source.DigitsLatin, "10"},
	}
	for _, tt := range tests {
		a := article([]source.Block{par(text("a"), ref("x"))}, note("x", text("b")))
		a.Lang, a.Header.Digits = tt.tag, tt.digits
		a.Header.NoteNumbers = source.NoteOrder
		d, _ := compose(a)
		if got := d.Locale.FormatNumber(10); got != tt.want {
			t.Errorf("%s with digits %q: %s, want %s", tt.tag, tt.digits, got, tt.want)
		}
		if got, want := d.Notes[0].Mark, d.Locale.FormatNumber(1); got != want {
			t.Errorf("%s with digits %q: the mark %s, want %s", tt.tag, tt.digits, got, want)
		}
	}
}
