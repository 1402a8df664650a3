package pdf

import (
	"bytes"
	"math"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/pdf/object"
	"qalam/export/typeset"
	"qalam/export/typeset/paragraph"
)

// The text of a cluster is divided into letters and marks, in the order in which
// they stand on the page; text from right to left letter by letter.
func TestParted(t *testing.T) {
	for _, test := range []struct {
		text string
		rtl  bool
		want []part
	}{
		{"a", false, []part{{"a", false}}},
		{"ffi", false, []part{{"ffi", false}}},                                              // a ligature
		{"q\u0307", false, []part{{"q", false}, {"\u0307", true}}},                          //
		{"e\u0323\u0302", false, []part{{"e", false}, {"\u0323\u0302", true}}},              //
		{"\u0301", false, []part{{"\u0301", false}}},                                        // without a letter
		{"कि", false, []part{{"कि", false}}},                                                // the vowel has its own width
		{"क्ष", false, []part{{"क", false}, {"\u094D", true}, {"ष", false}}},                //
		{"ن\u064E", true, []part{{"\u064E", true}, {"ن", false}}},                           //
		{"غ\u064E\u0651", true, []part{{"\u0651\u064E", true}, {"غ", false}}},               //
		{"لا", true, []part{{"ا", false}, {"ل", false}}},                                    // a ligature
		{"ل\u064Bا", true, []part{{"ا", false}, {"\u064B", true}, {"ل", false}}},            //
		{"ی\u200C", true, []part{{"\u200C", true}, {"ی", false}}},                           //
		{"\U0001E900\U0001E944", true, []part{{"\U0001E944", true}, {"\U0001E900", false}}}, // beyond the first plane
	} {
		if got := parted(test.text, test.rtl); !slices.Equal(got, test.want) {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
		}
	}
}

// What begins or ends a text is cut off by characters; what is not there is
// not cut off.
func TestCut(t *testing.T) {
	for _, test := range []struct {
		text        string
		n           int
		first, last string
	}{
		{"aéж字", 1, "a", "字"},
		{"aéж字", 3, "aéж", "éж字"},
		{"aéж字", 4, "aéж字", "aéж字"},
		{"aéж字", 5, "", ""},
		{"", 1, "", ""},
	} {
		first, _ := cutFirst(test.text, test.n)
		last, rest := cutLast(test.text, test.n)
		if first != test.first || last != test.last || rest+last != test.text {
			t.Errorf("%q, %d: %q and %q, want %q and %q", test.text, test.n, first, last, test.first, test.last)
		}
	}
}

// latin is a face with Latin letters.
func latin() *fonts.Face {
	face, _ := fonts.NewFamily(nil).Face("a", "Latn", fonts.Regular, "en")
	return face
}

// The same cluster has the same codes, whatever is kerned; one that is much
// wider in the layout than in the face has another, which is as wide.
func TestCoder(t *testing.T) {
	face := latin()
	c := newCoder(face)
	glyph := func(r rune) paragraph.Glyph {
		g := face.Glyph(r)
		return paragraph.Glyph{ID: uint16(g), Advance: int32(face.GlyphAdvance(g))}
	}
	codes := func(text string, rtl bool, more int, glyphs ...paragraph.Glyph) codes {
		t.Helper()
		units := more
		for _, g := range glyphs {
			units += int(g.Advance)
		}
		all, err := c.cluster(text, glyphs, units, rtl)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	a := codes("a", false, 0, glyph('a'))
	if len(a.shown) != 1 || a.units != face.GlyphAdvance(face.Glyph('a')) {
		t.Errorf("%+v", a)
	}
	if kerned := codes("a", false, -40, glyph('a')); !slices.Equal(kerned.shown, a.shown) {
		t.Errorf("%+v, want %+v", kerned, a)
	}
	wide := codes("a", false, 300, glyph('a'))
	if wide.shown[0].code == a.shown[0].code || wide.units != a.units+300 {
		t.Errorf("%+v", wide)
	}
	if again := codes("a", false, 300, glyph('a')); !slices.Equal(again.shown, wide.shown) {
		t.Errorf("%+v, want %+v", again, wide)
	}
	if other := codes("б", false, 0, glyph('a')); other.shown[0].code == a.shown[0].code {
		t.Error("two texts have one code")
	}
	raised := glyph('a')
	raised.Y = 100
	if other := codes("a", false, 0, raised); other.shown[0].code == a.shown[0].code {
		t.Error("two heights have one code")
	}
	mark := glyph('\u0307')
	mark.Advance, mark.X = 0, -300
	marked := codes("q\u0307", false, 0, glyph('q'), mark)
	if len(marked.shown) != 2 || marked.shown[0].marks || !marked.shown[1].marks || marked.shown[1].width != 0 {
		t.Errorf("%+v", marked)
	}
	if text := c.subset.Text(marked.shown[0].code) + c.subset.Text(marked.shown[1].code); text != "q\u0307" {
		t.Errorf("the codes stand for %q", text)
	}
	ligature := codes("لا", true, 0, glyph('m')) // letters have parts of its width
	if sum := ligature.shown[0].width + ligature.shown[1].width; len(ligature.shown) != 2 || ligature.shown[0].width == 0 || ligature.shown[1].width == 0 ||
		max(sum-thousandths(face, ligature.units), thousandths(face, ligature.units)-sum) > 1 {
		t.Errorf("%+v", ligature)
	}
	if _, err := c.cluster("x", []paragraph.Glyph{{ID: 0}}, 0, false); err == nil {
		t.Error("glyph 0 has a code")
	}
}

// The codes of a piece, from left to right. A number in Arabic digits is one,
// and says its direction; text from right to left begins with a letter that runs
// that way, or with a mark of direction.
func TestPieceCodes(t *testing.T) {
	face, _ := fonts.NewFamily(nil).Face("ا", "Arab", fonts.Regular, "ar")
	long := strings.Repeat("١", longestNumber)
	for _, test := range []struct {
		text string
		rtl  bool
		next behind
		want []string
	}{
		{"٢٠٢٢", false, more, []string{"\u200E٢٠٢٢"}},
		{"٥", false, wordEnd, []string{"\u200E٥"}},
		{"٢٧/١", false, more, []string{"\u200E٢٧", "/", "\u200E١"}},
		{"٣٫١٤", false, more, []string{"\u200E٣٫١٤"}}, // the separator has the class of the digits
		{"17:30", false, more, []string{"1", "7", ":", "3", "0"}},
		{"۱۲", false, more, []string{"۱", "۲"}}, // Persian digits are as European ones
		{long + "٢", false, more, []string{"\u200E" + long, "\u200E٢"}},
		{"٢٠", true, more, []string{"\u200F", "٠", "٢"}}, // never so in a layout
		{"ما", true, more, []string{"ا", "م"}},
		{"ما.", true, more, []string{"\u200F", ".", "ا", "م"}},
		{"م\u064B", true, more, []string{"\u200F", "\u064B", "م"}},
		{"م\u064B", true, wordEnd, []string{"\u200F ", "\u064B", "م"}},
		{"م ", true, more, []string{"\u200F ", "م"}},
		{"م م", true, more, []string{"م", " ", "م"}},
		{"م", true, lineEnd, []string{"\u200F ", "م"}},
		{" ", true, more, []string{"\u200F "}},
		{"ߖߌ ߖ", true, more, []string{"\u200F", "ߖ", "\u200F ", "ߌ", "ߖ"}}, // N'Ko
		{"𞤀𞤁 𞤂.", true, more, []string{"\u200E𞤀𞤁", "\u200E ", "\u200E𞤂."}}, // Adlam
		{"𞤀 ", true, lineEnd, []string{"\u200E𞤀", "\u200E ", " "}},
	} {
		piece := &typeset.Piece{Piece: paragraph.Piece{Text: test.text, Face: face, RTL: test.rtl}, Size: 10 * typeset.Pt}
		for _, c := range parted(test.text, test.rtl) {
			if c.marks {
				piece.Glyphs = append(piece.Glyphs, paragraph.Glyph{ID: uint16(face.Glyph('م')), Chars: uint16(1 + utf8.RuneCountInString(c.text)), Advance: 500})
				break // a letter with marks is one cluster
			}
			for range utf8.RuneCountInString(c.text) {
				piece.Glyphs = append(piece.Glyphs, paragraph.Glyph{ID: uint16(face.Glyph('م')), Chars: 1, Advance: 500})
			}
		}
		w := showing{coder: newCoder(face), piece: piece, em: typeset.Length(face.UnitsPerEm())}
		if err := w.clusters(test.next); err != nil {
			t.Fatal(err)
		}
		w.flush()
		if got := shownTexts(&w); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// shownTexts is what the codes of w stand for, one by one.
func shownTexts(w *showing) (texts []string) {
	for _, op := range operators("[" + string(w.array) + "] TJ") {
		for _, o := range op.operands {
			codes, _ := o.(object.String) // and not a move
			for ; len(codes) > 1; codes = codes[2:] {
				texts = append(texts, w.coder.subset.Text(uint16(codes[0])<<8|uint16(codes[1])))
			}
		}
	}
	return texts
}

// What is several words or numbers from left to right is in parts.
func TestInParts(t *testing.T) {
	ltr := func(s string) typeset.Piece { return typeset.Piece{Piece: paragraph.Piece{Text: s}} }
	rtl := func(s string) typeset.Piece { return typeset.Piece{Piece: paragraph.Piece{Text: s, RTL: true}} }
	for _, test := range []struct {
		pieces []typeset.Piece
		want   bool
	}{
		{[]typeset.Piece{ltr("Unicode")}, false},
		{[]typeset.Piece{ltr("Uni"), ltr("code")}, false},
		{[]typeset.Piece{ltr("e\u0301te")}, false},
		{[]typeset.Piece{ltr("٢٠٢٢")}, false},
		{[]typeset.Piece{ltr("(x) ")}, false},
		{[]typeset.Piece{ltr("17:30")}, true},
		{[]typeset.Piece{ltr("a76084")}, true}, // for pdfium digits are no letters
		{[]typeset.Piece{ltr("https://example.org/")}, true},
		{[]typeset.Piece{ltr("The"), ltr(" Guardian")}, true},
		{[]typeset.Piece{ltr("CNN"), rtl(" و "), ltr("AP")}, false},
		{[]typeset.Piece{rtl("ما قال"), ltr("a b")}, false},
	} {
		if got := inParts(test.pieces); got != test.want {
			t.Errorf("%v: %v", test.pieces, got)
		}
	}
}

// An address within text from right to left has a blank before it and behind it
// that is not seen, lowered so far that pdfium begins a line there, and not in
// the way of what makes it begin one at once; a word has none.
func TestDividedLine(t *testing.T) {
	// blanks is how far the blanks of a file are lowered, in 1/10 em.
	blanks := func(text string) (lower []int) {
		f := open(t, write(t, compose(t, "title: م\nlang: ar\nurl: https://example.org/", text, nil)))
		number := func(o any) float64 {
			n, err := strconv.ParseFloat(o.(string), 64)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		var size, y, blank float64
		for _, op := range operators(string(f.data(f.pages()[0]["Contents"]))) {
			switch op.name {
			case "Tf":
				size = number(op.operands[1])
			case "Td":
				y = number(op.operands[1])
				if blank != 0 {
					lower = append(lower, int(math.Round(10*(y-blank)/size)))
				}
				blank = 0
			case "Tr":
				if op.operands[0] == "3" {
					blank = y
				}
			}
		}
		return lower
	}
	others := blanks("م") // of the colophon
	for _, test := range []struct {
		text string
		want []int
	}{
		{"اسم Unicode هنا", nil},
		{"في <https://example.org/a> هنا", []int{6, 6}},
		{"٢٠٢٢ ثم <https://example.org/a> هنا", []int{12, 6}}, // a wide code is the rightmost
		{"في <https://example.org/a>", []int{6}},
	} {
		if got := blanks(test.text); !slices.Equal(got, append(test.want, others...)) {
			t.Errorf("%q: %d, want %d and %d", test.text, got, test.want, others)
		}
	}
}

// Glyphs that stand for another text than that of their piece are an error.
func TestOtherText(t *testing.T) {
	for name, spoil := range map[string]func(p *typeset.Piece){
		"too few":  func(p *typeset.Piece) { p.Glyphs = p.Glyphs[:1] },
		"too many": func(p *typeset.Piece) { p.Text = p.Text[:1] },
		"none":     func(p *typeset.Piece) { p.Glyphs[0].Chars = 0 },
	} {
		e := compose(t, english, "Text", nil)
		book, _ := typeset.Layout(e)
		spoil(&book.Pages[0].Lines[0].Pieces[0])
		if _, err := render(new(bytes.Buffer), book, e); err == nil || !strings.Contains(err.Error(), "stand for another text") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Readers of PDF find each word, in scripts where letters have marks, join, or
// change places: pdftotext, if it is there, and who turns text that runs from
// right to left round by himself.
func TestScripts(t *testing.T) {
	pdftotext, _ := exec.LookPath("pdftotext")
	for lang, text := range map[string]string{
		"ar":      "كَتَبَ الطَّالِبُ دَرْسَهُ ثُمَّ قَرَأَ الكِتَابَ مُضَاءً فِي السِّجِلِّ لَا إِلٰهَ الأَوْلَادَ جَدِيدًا قليلًا (تُغيَّر) في Unicode عام",
		"fa":      "او می\u200cخواهد کتاب\u200cهایش را بخواند و خانه\u200cای بسازد",
		"ur":      "یہ ایک چھوٹا گاؤں تھا لوگ محبت سے رہتے تھے مِٹّی اُس نے کِتاب پڑھی",
		"he":      "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם הָלַךְ שלום",
		"hi":      "विश्वविद्यालय के विद्यार्थियों ने संस्कृत की पुस्तकें पढ़ीं राष्ट्रीय क्षत्रियों",
		"bn":      "বিশ্ববিদ্যালয়ের শিক্ষার্থীরা সংস্কৃত বই পড়েছিল",
		"ta":      "இது ஒரு சிறிய கிராமம் ஸ்ரீ நூல்களைப் படித்தனர்",
		"ml":      "വിശ്വവിദ്യാലയത്തിലെ വിദ്യാർത്ഥികൾ അവന്\u200d വന്നു",
		"si":      "ශ්\u200dරී ලංකාවේ විශ්වවිද්\u200dයාලය ක්\u200dරමයෙන්",
		"th":      "น้ำท่วมใหญ่ที่สุดในรอบร้อยปี",
		"km":      "និស្សិតសាកលវិទ្យាល័យបានអានសៀវភៅ",
		"my":      "တက္ကသိုလ်ကျောင်းသားများ စာအုပ်ဖတ်ကြသည်",
		"vi":      "Nguyễn Văn Ất thắp đèn mỗi tối",
		"yo":      "Ẹ\u0300kọ́ ọ̀rọ̀ ń\u0300",
		"ru":      "Ви\u0301ктор пошёл домо\u0301й q\u0307uo",
		"zh-Hans": "这是一个小村庄人们和平地生活",
		"ko":      "이것은 작은 마을이었다",
	} {
		want := document.SplitWords(text)
		file := write(t, compose(t, "title: T\nlang: "+lang+"\nurl: https://example.org/", text+"\n\n"+strings.Repeat(text+" ", 8), nil))
		f := open(t, file)
		if got := f.words(); !contains(got, append(slices.Clone(want), want...)) {
			t.Errorf("%s: the structure has %q, want %q", lang, got, want)
		}
		if p := f.problems(); len(p) > 0 {
			t.Errorf("%s: %q", lang, p)
		}
		if pdftotext == "" {
			continue
		}
		cmd := exec.Command(pdftotext, "-", "-")
		cmd.Stdin = bytes.NewReader(file)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		// Where the direction changes, it joins words.
		found := strings.Join(document.SplitWords(string(out)), "")
		for _, w := range want {
			if !strings.Contains(found, w) {
				t.Errorf("%s: pdftotext does not find %q\n%s", lang, w, out)
			}
		}
	}
}

// Whatever the glyphs are, the text of their codes, in the order of the text, is
// that of the piece, or drawing fails.
func FuzzClusters(f *testing.F) {
	f.Add("q\u0307uo office", uint64(0x1234), false)
	f.Add("مُضَاءً في", uint64(0), true)
	f.Add("संस्कृत", ^uint64(0), false)
	f.Add("٢٧/١/٢٠٢٢", uint64(0), false)
	f.Add("𞤀𞤁 𞤂", uint64(0), true)
	face := latin()
	f.Fuzz(func(t *testing.T, s string, seed uint64, rtl bool) {
		if !utf8.ValidString(s) || len(s) > 200 {
			return
		}
		piece := &typeset.Piece{Piece: paragraph.Piece{Text: s, Face: face, RTL: rtl}, Size: 10 * typeset.Pt}
		for rest := utf8.RuneCountInString(s); rest > 0; {
			seed = seed*6364136223846793005 + 1442695040888963407
			n := min(rest, 1+int(seed>>60)%3)
			rest -= n
			for k := range 1 + int(seed>>50)%3 {
				g := paragraph.Glyph{ID: uint16(1 + seed>>40%100), Advance: int32(seed >> 30 % 1000), X: int16(seed >> 20 % 100), Y: int16(seed >> 10 % 2)}
				if k == 0 {
					g.Chars = uint16(n)
				}
				piece.Glyphs = append(piece.Glyphs, g)
			}
		}
		w := showing{coder: newCoder(face), piece: piece, em: typeset.Length(face.UnitsPerEm())}
		if err := w.clusters(more); err != nil {
			t.Fatal(err)
		}
		w.flush()
		got := strings.Join(shownTexts(&w), "")
		if rtl && !strings.ContainsFunc(s, astralRightToLeft) {
			got = reversed(got)
		}
		unmarked := strings.NewReplacer(leftToRightMark, "", rightToLeftMark, "")
		if got = unmarked.Replace(got); got != unmarked.Replace(s) {
			t.Errorf("the codes of %q stand for %q", s, got)
		}
	})
}
