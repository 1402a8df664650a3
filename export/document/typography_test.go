package document

import (
	"strings"
	"testing"

	"qalam/locales"
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
		{"ru", `«Он сказал: "да" и ушёл»`, `«Он сказал: „да“ и ушёл»`}, // typed marks are a level
		{"ru", `«Он» и "она"`, `«Он» и «она»`},
		{"de", `"Er sagte: 'Nein.'"`, `„Er sagte: ‚Nein.‘“`},
		{"de", `„So“ und "so"`, `„So“ und „so“`},
		{"ar", `قال "نعم" ثم`, `قال ”نعم“ ثم`},
		{"hi", `उसने कहा, "हाँ।"`, `उसने कहा, “हाँ।”`},
		{"zh-Hans", `他说："你好'世界'。"她说"好"。`, `他说：“你好‘世界’。”她说“好”。`},
		{"zh-Hans", `他说"你好"她说"好"吗`, `他说“你好”她说“好”吗`},
		{"he", `צה"ל וג'ורג' אמר "כן" רח' הרצל`, `צה״ל וג׳ורג׳ אמר ”כן” רח׳ הרצל`},

		// French: spaces that do not break, where there are spaces.
		{"fr", `Il dit : "Bonjour !" Pourquoi ?`, `Il dit~: «~Bonjour_!~» Pourquoi_?`},
		{"fr", `Il dit: "Bonjour!" (?) ; non`, `Il dit: «~Bonjour!~» (?)_; non`},
		{"fr", `« mot » et «mot» et " mot "`, `«~mot~» et «mot» et «~mot~»`},
		{"fr", `"Il dit "oui" hier"`, `«~Il dit «~oui~» hier~»`},

		// A dash does not begin a line, where there are spaces.
		{"ru", `Алматы --- город — большой -- да`, `Алматы~— город~— большой – да`},
		{"kk", `Алматы --- қала`, `Алматы~— қала`},
		{"ru", `город —большой`, `город —большой`},
		{"en", `a --- b`, `a — b`},

		{"en", `--- -- ---- ... .... ..`, `— – ---- … .... ..`},
		{"en", "a  b\tc\u0085d ~ e\u3000 f", "a b c d ~ e\u3000 f"},
		{"en", `“Typed” ‘marks’ «stay» as’ they are`, `“Typed” ‘marks’ «stay» as’ they are`},
		{"en", `“He said "no" and 'no'”`, `“He said ‘no’ and ‘no’”`},
	}
	for _, tt := range tests {
		got := setText(tt.in, newStyle(locales.Get(tt.tag)))
		got = strings.NewReplacer("\u00A0", "~", "\u202F", "_").Replace(got)
		if got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.tag, tt.in, got, tt.want)
		}
	}
}
