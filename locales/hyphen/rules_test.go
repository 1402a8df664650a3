package hyphen

import (
	"strings"
	"testing"
)

// Kazakh is divided as its orthography was published. Sources: the rules as
// tarbie.kz/20404 and 365info.kz (February 2021) reprint them, dereksiz.org
// 500848 (page 49), and A. Baitursynuly's examples at baitursynuly-corp.kz.
func TestKazakh(t *testing.T) {
	words := strings.Fields(`
		ала-қан ор-на-лас-ты-ру да-уыс са-уат да-йын-дық құ-йын бу-ын су-ық қи-ын
		ти-ын жи-ын құ-мырс-қа күң-гірт-теу жаң-ғырт-ты съез-дің ро-лін-де еле-уіш
		ар-мия ою-лы атом эмаль ақыр ақыл отын отыр қу-ақы ту-ын-ды ки-ім қи-ық
		про-ект ро-яль поэ-ма төрт жалт пункт взвод сау-да са-йақ асық тұш-қыл-тым
		са-рым-сақ сақ-та-ну-ға жал-пыл-дау-ға атыс-ты-ру-ға ата-лар-ға ата-ла-ры-ма
		кі-тап кі-тап-тың кі-тап-тар-ға ана әке ауа сия қию аю АҚШ ТМД`)
	// The sources show one place where the rules give two, on both sides of a
	// syllable of one letter.
	differ := map[string]string{"қу-ақы": "қу-а-қы", "поэ-ма": "по-э-ма"}
	if len(words) != 57 {
		t.Fatalf("%d words", len(words))
	}
	for _, word := range words {
		want := word
		if w, ok := differ[word]; ok {
			want = w
		}
		if got := hyphenated(For("kk"), strings.ReplaceAll(word, "-", "")); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Kyrgyz is divided as its orthography was published. Sources: the orthography
// of 2008, section Ташымал; the short grammar at emirsaba.org 58558 (page 7).
func TestKyrgyz(t *testing.T) {
	words := strings.Fields(`
		калк план нарк окуя арыз акыл аалам мээ-рим маа-лы-мат су-луу-лук
		кыз-мат-таш-тык ба-ла-луу-лар-да`)
	if len(words) != 12 {
		t.Fatalf("%d words", len(words))
	}
	for _, word := range words {
		if got := hyphenated(For("ky"), strings.ReplaceAll(word, "-", "")); got != word {
			t.Errorf("%s, want %s", got, word)
		}
	}
}

// What the rules of Kazakh and Kyrgyz say beyond the published words.
func TestRules(t *testing.T) {
	tests := []struct{ tag, want string }{
		// Countries are the land of those who are named before it.
		{"kk", "Қа-зақ-стан"},
		{"kk", "қа-зақ-стан-дық"},
		{"kk", "Өз-бек-ста-ны-мыз"},
		{"kk", "Түр-кі-мен-стан"},
		{"kk", "курс-тан"}, // from the course
		{"ky", "Кыр-гыз-стан-дын"},
		{"ky", "Түрк-мөн-стан"},
		{"kk-Latn", "Qa-zaq-stan-nyñ"},

		// Signs without a sound.
		{"kk", "объ-ек-ті"},
		{"kk", "ком-пью-тер"},
		{"kk", "паль-то"},
		{"kk", "се-мья"},
		{"ky", "объ-ект"},

		// у and и.
		{"kk", "уа-қыт"},
		{"kk", "Уә-ли-ха-нов"},
		{"kk", "сту-дент"},
		{"kk", "уни-вер-си-тет"},
		{"kk", "тә-уел-сіз-дік"},
		{"ky", "убак-ты-луу"},
		{"ky", "ууру"}, // уу is one vowel, and too short to stand alone
		{"ky", "уур-доо"},
		{"ky", "айы-луу"},

		// The alphabet of 2021: i is и and й, u is у.
		{"kk-Latn", "da-uys"},
		{"kk-Latn", "da-iyn-dyq"},
		{"kk-Latn", "oiu-ly"},
		{"kk-Latn", "qi-yn"},
		{"kk-Latn", "kı-tap-tar"},
		{"kk-Latn", "İs-lam"},
		{"kk-Latn", "Irım-bet"},
		{"kk-Latn", "ūiym-das-ty-ru"},

		// Letters of other alphabets, abbreviations with endings.
		{"kk", "Windows-тың"},
		{"kk", "АҚШтың"},
		{"kk", "ТМДға"},
		{"kk", "Gödel"},
		{"kk-Latn", "Қазақстан"},
	}
	for _, test := range tests {
		h := For(test.tag)
		word := strings.ReplaceAll(test.want, "-", "")
		if strings.ContainsAny(test.want, "W") {
			word = test.want // the hyphen is its own
		}
		if got := hyphenated(h, word); got != test.want {
			t.Errorf("%s: %s, want %s", test.tag, got, test.want)
		}
	}
}
