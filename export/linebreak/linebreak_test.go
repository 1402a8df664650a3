package linebreak

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/unicodedata"
)

// show gives text with its breaks: "|" allowed, "¦" emergency, "!" mandatory
// (but for the one at the end).
func show(text []rune, breaks []Break) string {
	var b strings.Builder
	for i, r := range text {
		b.WriteString([...]string{"", "¦", "|", "!"}[breaks[i]])
		b.WriteRune(r)
	}
	return b.String()
}

func TestOpportunities(t *testing.T) {
	tests := []struct{ name, want string }{
		{"empty", ""},
		{"words", "one |two  |three"},
		{"spaces at the start", "  |one "},
		{"only spaces", "   "},
		{"line feed", "one\n!two"},
		{"marks", "one, |two; |three. |Four? |Five! |six: |seven"},
		{"no space after a mark", "e.g.this,that"},
		{"hyphens and dashes", "well-|known |2021–|2022 |a |— |b—|c |—dijo |él— |sí"},
		{"hyphen at the start of a word", "qalam |-o |out |--set |x |-5 |°C"},
		{"no-break spaces", "№\u00a05 |10\u202f% |a\u2060b"},
		{"soft hyphen and zero width space", "sepa\u00ad|rate |a\u200b|b"},
		{"brackets", "one |(two |three) |[four] |{five}"},
		{"numbers", "3,337 |5.000 |$450 |1/2 |10%"},
		{"digits in groups of three", "19 000 000 |people |in |2022 |300 |and |5 |00 |1234"},
		{"arabic digits in groups of three", "١٩ ٠٠٠ |نسمة"},

		{"english quotation marks", "said |“one |two” |(three) |‘four’ |don’t"},
		{"french quotation marks, plain spaces", "dit |« Bonjour » |et |« au |revoir », |puis"},
		{"russian quotation marks", "он |сказал |«да |нет», |потом"},
		{"german quotation marks", "er |sagte |»Wort« |und |„ja“ |(nein)"},
		{"straight quotation marks and a bracket", "\"one\" |(two) |\"three\""},

		{"chinese", "哈|萨|克|斯|坦，|共|和|国。|首|都"},
		{"chinese kinsoku", "他|说|「好」，|（然|后）|走|了"},
		{"chinese curly quotation marks", "他|说|“好”，|然|后|“走”|了|——|走"},
		{"chinese and latin", "在 |2022 |年|KPMG|的|报|告"},
		{"japanese small kana", "キャ|ンーっ|て"},
		{"korean", "한|국|어 |문|장"},
		{"arabic", "في |كازاخستان، |قال |«نعم» |(لا)"},
		{"hebrew", "שלום |עולם"},
		{"hindi", "नमस्ते |दुनिया। |क्षेत्र"},
		{"thai", "ป¦ระ¦เท¦ศ¦ไท¦ย |มี¦น้ำ"},
		{"khmer", "ខ្មែ¦រ"},
		{"burmese", "မြန်¦မာ"},
		{"emoji", "a |👨‍👩‍👧|👍🏽|❤️"},
		{"combining marks", "e\u0301te\u0301 |a\u0308"},

		{"address", "see |https://example.org/a/b-c?d=e&f=%20g#h, |then"},
		{"address in brackets", "(https://example.org/a_(b)), |www.example.org/x/y; |mailto:a-b@example.org"},
		{"address within chinese", "见|https://example.org/a/b。|然|后"},
		{"no address", "http |www |https:// |and/|or |x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := []rune(strings.NewReplacer("|", "", "¦", "", "!t", "t").Replace(test.want))
			if got := show(text, Opportunities(nil, text)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// The short way has the class of each character that the standard gives it.
func TestClasses(t *testing.T) {
	tables := map[class]*unicode.RangeTable{
		al: unicodedata.BreakAL, nu: unicodedata.BreakNU, op: unicodedata.BreakOP, ow: unicodedata.BreakOP, cl: unicodedata.BreakCL,
		cp: unicodedata.BreakCP, qu: unicodedata.BreakQU, is: unicodedata.BreakIS, ex: unicodedata.BreakEX,
		hy: unicodedata.BreakHY, ba: unicodedata.BreakBA, b2: unicodedata.BreakB2, gl: unicodedata.BreakGL,
		sp: unicodedata.BreakSP, cm: unicodedata.BreakCM, id: unicodedata.BreakID,
	}
	for r := rune(0); r <= 0x20000; r++ {
		class := classOf(r)
		if class == other {
			continue
		}
		want := unicodedata.LookupLineBreakClass(r)
		switch want { // LB1, and what no rule here tells apart
		case unicodedata.BreakAI:
			want = unicodedata.BreakAL
		case unicodedata.BreakH2, unicodedata.BreakH3:
			want = unicodedata.BreakID
		}
		if want != tables[class] {
			t.Errorf("%U: class %d is not what the standard says", r, class)
		}
	}
}

func checkPieces(t *testing.T, s string) {
	t.Helper()
	text := []rune(s)
	if len(text) == 0 {
		return
	}
	got := make([]Break, len(text)+1)
	annex14(got, text)
	want := make([]Break, len(text)+1)
	segment(want[:len(text)], bracketQuotes(text, 0, len(text)), new(segmenter.Segmenter))
	want[len(text)] = Mandatory
	if !slices.Equal(got, want) {
		t.Errorf("%q\nin pieces %s\nat once   %s", s, show(text, got), show(text, want))
	}
}

// Cutting the text into pieces changes nothing.
func TestPieces(t *testing.T) {
	alphabet := []rune("()[]（）aZéжа09  ,.;:!?-—–()«»“”\"'’…%$/\n\u00a0\u200b\u00ad\u200d\u0301哈。「」한ประไท👍🇰🇿ع٣")
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		text := make([]rune, 1+random.IntN(12))
		for i := range text {
			text[i] = alphabet[random.IntN(len(alphabet))]
		}
		checkPieces(t, string(text))
	}
}

func FuzzOpportunities(f *testing.F) {
	f.Add("dit « Bonjour », https://example.org/a 19 000 哈萨克 ประเทศ")
	f.Fuzz(func(t *testing.T, s string) {
		checkPieces(t, s)
		text := []rune(s)
		breaks := Opportunities(nil, text)
		if len(breaks) != len(text)+1 || breaks[0] != None {
			t.Fatalf("%q: %v", s, breaks)
		}
		for i, r := range text {
			if breaks[i] == Allowed && (r == ' ' || unicode.Is(unicode.Mn, r) && i > 0 && unicode.IsLetter(text[i-1])) {
				t.Errorf("%q: a break before %U at %d", s, r, i)
			}
		}
	})
}

func TestAddress(t *testing.T) {
	tests := []struct{ text, want string }{
		{"no address: http, https://", ""},
		{"at (https://example.org/a_(b)).", "https://example.org/a_(b)"},
		{"HTTPS://Example.org/?q=a&b", "HTTPS://Example.org/?q=a&b"},
		{"xhttp://example.org", ""},
		{"“https://example.org/”", "https://example.org/"},
		{"https://пример.рф/страница…", "https://пример.рф/страница"},
		{"见https://example.org，好", "https://example.org"},
	}
	for _, test := range tests {
		text := []rune(test.text)
		if i, j := Address(text, 0); string(text[i:j]) != test.want {
			t.Errorf("%q: %q, want %q", test.text, string(text[i:j]), test.want)
		}
	}
}

func TestAllowInAddress(t *testing.T) {
	text := []rune("see https://www.example.org/a-b/c_d?e=f now")
	breaks := Opportunities(nil, text)
	i, j := Address(text, 0)
	AllowInAddress(breaks, text, i, j)
	if got, want := show(text, breaks), "see |https://|www|.example|.org/|a-b/|c|_d|?e|=f |now"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func benchmark(b *testing.B, s string) {
	text := []rune(s)
	var breaks []Break
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		breaks = Opportunities(breaks[:0], text)
	}
}

func BenchmarkLatin(b *testing.B) {
	benchmark(b, strings.Repeat("Of these, the second one — “about 1300 cars”, as one could read (in part) — isn’t well-known. ", 120))
}

func BenchmarkCyrillic(b *testing.B) {
	benchmark(b, strings.Repeat("Второе из них — «около 1300 машин», как писали (отчасти), — не так хорошо известно. ", 120))
}

func BenchmarkHan(b *testing.B) {
	benchmark(b, strings.Repeat("其中第二个“约1300辆汽车”并不广为人知。", 500))
}
