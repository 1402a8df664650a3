package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset"
	"qalam/locales"
	"qalam/source"
	"qalam/source/sample"
)

// compose is the edition of an article with a front matter and a text.
func compose(t testing.TB, header, text string, images map[string][]byte) *document.Edition {
	t.Helper()
	fsys := fstest.MapFS{"article.md": {Data: []byte("---\n" + header + "\n---\n\n" + text)}}
	for name, data := range images {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	folder, diags := source.Load(fsys, "days")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	doc, diags := document.Compose(folder, folder.Articles[0])
	if diags.HasErrors() {
		t.Fatalf("document says: %v", diags)
	}
	return &document.Edition{Name: "days", Docs: []*document.Document{doc}}
}

// samples are the editions of the sample article.
func samples(t testing.TB) []*document.Edition {
	t.Helper()
	folder, diags := source.Load(sample.FS(), "sample")
	if diags.HasErrors() {
		t.Fatalf("source says: %v", diags)
	}
	var editions []*document.Edition
	for _, a := range folder.Articles {
		doc, _ := document.Compose(folder, a)
		editions = append(editions, &document.Edition{Name: a.Lang, Docs: []*document.Document{doc}})
	}
	return editions
}

// write gives the file of an edition that can be shown.
func write(t testing.TB, e *document.Edition) []byte {
	t.Helper()
	var b bytes.Buffer
	written, err := Format{}.Write(&b, e)
	if err != nil {
		t.Fatal(err)
	}
	if written.Skipped || written.Pages == 0 {
		t.Fatalf("%+v", written)
	}
	return b.Bytes()
}

const english = "title: A title\nlang: en\nurl: https://example.org/"

var streams = regexp.MustCompile(`(?s)<<[^>]*?/Filter /FlateDecode[^>]*?>>\s*stream\n`)

// contents is a file with its compressed streams as text after it.
func contents(t testing.TB, file []byte) string {
	t.Helper()
	var b strings.Builder
	b.Write(file)
	for _, m := range streams.FindAllIndex(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(file[m[1]:]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// The same edition gives the same bytes, also from several goroutines at once
// and with images of one width.
func TestSameBytes(t *testing.T) {
	images := map[string][]byte{}
	text := "Text[^a]\n\n[^a]: Note\n\n"
	for i := range 6 {
		name := fmt.Sprintf("i%d.png", i)
		images[name] = encodePNG(t, flat(image.NewNRGBA(image.Rect(0, 0, 20, 10)), color.NRGBA{uint8(40 * i), 0, 0, uint8(255 - i)}))
		text += "![" + name + "](" + name + ")\n\n"
	}
	editions := append(samples(t), compose(t, english, text, images))
	for _, e := range editions {
		var first []byte
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				var b bytes.Buffer
				if _, err := (Format{}).Write(&b, e); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if first == nil {
					first = b.Bytes()
				} else if !bytes.Equal(first, b.Bytes()) {
					t.Errorf("%s: two runs differ", e.Name)
				}
			})
		}
		wg.Wait()
	}
}

// An edition that the faces cannot show is skipped, with the warning pdf-script.
func TestPDFScript(t *testing.T) {
	var b bytes.Buffer
	written, err := Format{}.Write(&b, compose(t, "title: أيام\nlang: ar\nurl: https://example.org/", "نص", nil))
	if err != nil || !written.Skipped || len(written.Warnings) != 1 || written.Warnings[0].Code != "pdf-script" {
		t.Errorf("%+v, %v", written, err)
	}
	if b.Len() != 0 {
		t.Errorf("%d bytes were written", b.Len())
	}
}

// Warnings of the layout come out.
func TestWordBroken(t *testing.T) {
	written, err := Format{}.Write(io.Discard, compose(t, english, strings.Repeat("x", 300), nil))
	if err != nil || len(written.Warnings) != 1 || written.Warnings[0].Code != "word-broken" {
		t.Errorf("%+v, %v", written, err)
	}
}

// The file says who made it and when, in any script, and never asks the clock.
func TestInformation(t *testing.T) {
	header := "title: The (first) \\ title\nlang: en-GB\ndate: 2022-01-27\nmodified: 2022-02\nurl: https://example.org/\n" +
		"authors: [{name: А. Автор}, {name: B. Author}]\nabstract: Short.\nkeywords: [one, \"two 😀\"]"
	file := string(write(t, compose(t, header, "Text", nil)))
	for _, want := range []string{
		`/Title (The \(first\) \\ title)`,
		"/Author (" + string(escaped("А. Автор, B. Author")) + ")",
		"/Subject (Short.)",
		"/Keywords (" + string(escaped("one, two 😀")) + ")",
		"/Creator (qalam)",
		"/CreationDate (D:20220127120000)",
		"/ModDate (D:20220201120000)",
		"/Lang (en-GB)",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("the file has no %q", want)
		}
	}
	file = string(write(t, compose(t, english, "Text", nil)))
	for _, want := range []string{"/CreationDate (D:19700101000000)", "/ModDate (D:19700101000000)"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file without a date has no %q", want)
		}
	}
}

// escaped is a text string as it stands in a file.
func escaped(s string) []byte {
	b := []byte(textString(s))
	b = bytes.ReplaceAll(b, []byte(`\`), []byte(`\\`))
	b = bytes.ReplaceAll(b, []byte("("), []byte(`\(`))
	b = bytes.ReplaceAll(b, []byte(")"), []byte(`\)`))
	return bytes.ReplaceAll(b, []byte("\r"), []byte(`\r`))
}

// A tag that is none is not written: fpdf does not escape it.
func TestLanguageInjection(t *testing.T) {
	e := compose(t, english, "Text", nil)
	e.Docs[0].Meta.Lang = "en)/MarkInfo<<>>/X("
	if file := string(write(t, e)); strings.Contains(file, "MarkInfo") || strings.Contains(file, "/Lang") {
		t.Error("the tag is in the file")
	}
}

// Links lead to addresses, from marks to notes and back; the outline has the
// headings; faces that are not used are not there.
func TestLinks(t *testing.T) {
	text := "One[^a] two[^a] [words](https://example.org/ü?a=(b)).\n\n## Глава\n\n### Inner\n\n[^a]: Note"
	file := string(write(t, compose(t, english, text, nil)))
	count := func(s string) int { return strings.Count(file, s) }
	if !strings.Contains(file, `/URI (https://example.org/%C3%BC?a=\(b\))`) {
		t.Error("the address is not there")
	}
	// Two marks, the number of the note, two ways back; two headings, two of ours.
	if got := count("/Dest [3 0 R /XYZ"); got != 5+4 {
		t.Errorf("%d destinations, want 9", got)
	}
	if !strings.Contains(file, string(escaped("Глава"))) || !strings.Contains(file, "/Outlines") {
		t.Error("no bookmark of the heading")
	}
	if got := count("/FontFile2"); got != 2 {
		t.Errorf("%d faces, want 2: regular and bold", got)
	}
}

var widthArray = regexp.MustCompile(`(?s)/BaseFont /utf8(notoserif-\w+)\s.*?/W \[(.*?) \]\s*/CIDToGIDMap`)

// The widths in the file are those of the faces, for each character drawn.
func TestWidths(t *testing.T) {
	for _, e := range samples(t) {
		if e.Docs[0].Locale.Dir == locales.RTL {
			continue
		}
		book, _ := typeset.Layout(e)
		used := map[*fonts.Face]map[rune]bool{}
		for _, p := range book.Pages {
			for _, l := range p.Lines {
				for _, q := range l.Pieces {
					if used[q.Face] == nil {
						used[q.Face] = map[rune]bool{}
					}
					for _, r := range q.Text {
						used[q.Face][r] = true
					}
				}
			}
		}
		file := string(write(t, e))
		// The dictionary of a Type 0 font stands before that with the widths.
		for face, runes := range used {
			at := strings.Index(file, "/Subtype /CIDFontType2\n/BaseFont /utf8"+strings.ToLower(face.Name())+"\n")
			if at < 0 {
				t.Fatalf("%s: %s is not there", e.Name, face.Name())
			}
			m := widthArray.FindStringSubmatch(file[at:])
			if m == nil {
				t.Fatalf("%s: %s has no widths", e.Name, face.Name())
			}
			widths := parseWidths(t, m[2])
			for r := range runes {
				want, _ := face.Advance(r)
				if got, ok := widths[int(r)]; !ok || got != want {
					t.Errorf("%s: %s: %q is %d wide, want %d", e.Name, face.Name(), string(r), got, want)
				}
			}
		}
	}
}

// parseWidths reads a W array (ISO 32000-1, 9.7.4.3).
func parseWidths(t *testing.T, s string) map[int]int {
	t.Helper()
	tokens := strings.Fields(strings.NewReplacer("[", " [ ", "]", " ] ").Replace(s))
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	widths := map[int]int{}
	for i := 0; i+2 < len(tokens); {
		first := number(tokens[i])
		if tokens[i+1] != "[" {
			for c := first; c <= number(tokens[i+1]); c++ {
				widths[c] = number(tokens[i+2])
			}
			i += 3
			continue
		}
		for i += 2; tokens[i] != "]"; i++ {
			widths[first] = number(tokens[i])
			first++
		}
		i++
	}
	return widths
}

// Images of every kind that articles have come through, those that fpdf cannot
// read in a form that it can.
func TestImages(t *testing.T) {
	box := image.Rect(0, 0, 8, 4)
	palette := image.NewPaletted(box, color.Palette{color.NRGBA{255, 0, 0, 128}, color.NRGBA{0, 0, 255, 255}})
	opaque := image.NewPaletted(box, color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}})
	var jpg, grayJPG bytes.Buffer
	if err := errors.Join(jpeg.Encode(&jpg, flat(image.NewNRGBA(box), color.NRGBA{9, 99, 199, 255}), nil), jpeg.Encode(&grayJPG, image.NewGray(box), nil)); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		data []byte
		mask bool // it has one for transparency
	}{
		{"gray.png", encodePNG(t, image.NewGray(box)), false},
		{"gray16.png", encodePNG(t, image.NewGray16(box)), false},
		{"rgb.png", encodePNG(t, flat(image.NewNRGBA(box), color.NRGBA{1, 2, 3, 255})), false},
		{"alpha.png", encodePNG(t, flat(image.NewNRGBA(box), color.NRGBA{1, 2, 3, 100})), true},
		{"rgb16.png", encodePNG(t, flat(image.NewNRGBA64(box), color.NRGBA{1, 2, 3, 255})), false},
		{"alpha16.png", encodePNG(t, flat(image.NewNRGBA64(box), color.NRGBA{1, 2, 3, 100})), true},
		{"palette.png", encodePNG(t, opaque), false},
		{"palette-alpha.png", encodePNG(t, palette), true},
		{"interlaced.png", interlacedPNG(), false},
		{"colour.jpg", jpg.Bytes(), false},
		{"gray.jpg", grayJPG.Bytes(), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, compose(t, english, "![A picture]("+test.name+")", map[string][]byte{test.name: test.data}))
			text := contents(t, file)
			images, mask := 1, strings.Contains(text, "/SMask ")
			if mask {
				images = 2
			}
			if got := strings.Count(text, "/Subtype /Image"); got != images || mask != test.mask {
				t.Errorf("%d images, mask %v", got, mask)
			}
			if strings.Contains(text, "/BitsPerComponent 16") {
				t.Error("it has samples of 16 bits")
			}
			if strings.Count(text, " Do Q") != 1 {
				t.Error("it is not drawn")
			}
			checkPDF(t, file)
		})
	}
}

// An image that cannot be read is an error that names it.
func TestImageBroken(t *testing.T) {
	e := compose(t, english, "![A picture](x.png)", map[string][]byte{"x.png": encodePNG(t, image.NewGray16(image.Rect(0, 0, 8, 4)))})
	e.Docs[0].Images[0].Data = e.Docs[0].Images[0].Data[:40]
	_, err := Format{}.Write(io.Discard, e)
	if err == nil || !strings.Contains(err.Error(), "x.png") || !strings.HasPrefix(err.Error(), "pdf: ") {
		t.Errorf("%v", err)
	}
}

// flat fills an image with one colour.
func flat[T interface {
	image.Image
	Set(x, y int, c color.Color)
}](img T, c color.Color) T {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			img.Set(x, y, c)
		}
	}
	return img
}

func encodePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// interlacedPNG is an interlaced image of one pixel, which has one pass.
func interlacedPNG() []byte {
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	z.Write([]byte{0, 100, 150, 200})
	z.Close()
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		b = append(append(b, kind...), data...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[len(b)-len(data)-4:]))
	}
	chunk("IHDR", []byte{0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 1})
	chunk("IDAT", data.Bytes())
	chunk("IEND", nil)
	return b
}

// checkPDF asks qpdf, if it is there.
func checkPDF(t *testing.T, file []byte) {
	t.Helper()
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		return
	}
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, file, 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--check", name).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// The samples are whole files, and a reader finds their words in them.
func TestExtraction(t *testing.T) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext")
	}
	for _, e := range samples(t) {
		if e.Docs[0].Locale.Dir == locales.RTL {
			continue
		}
		file := write(t, e)
		checkPDF(t, file)
		cmd := exec.Command(pdftotext, "-raw", "-", "-")
		cmd.Stdin = bytes.NewReader(file)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, w := range document.SplitWords(string(out)) {
			found[w] = true
			found[strings.TrimRight(w, "0123456789")] = true // a mark follows
		}
		body, notes := e.Docs[0].Words()
		lost := 0
		for _, w := range append(body, notes...) {
			if !found[w] {
				lost++
			}
		}
		// An address that goes on in the next line can be cut within a word.
		if total := len(body) + len(notes); lost*200 > total {
			t.Errorf("%s: %d of %d words are not found", e.Name, lost, total)
		}
	}
}

// fpdf prints some of its complaints instead of returning them.
func TestSilence(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	_, failed := Format{}.Write(io.Discard, compose(t, english, "Text **bold** *italic* ***both***", nil))
	os.Stdout = stdout
	w.Close()
	printed, err := io.ReadAll(r)
	if err != nil || failed != nil || len(printed) > 0 {
		t.Errorf("%v, %v, printed %q", err, failed, printed)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

// An error of the file comes out.
func TestWriteError(t *testing.T) {
	if _, err := (Format{}).Write(full{}, compose(t, english, "Text", nil)); err == nil || err.Error() != "no space" {
		t.Errorf("%v", err)
	}
}

// A panic of fpdf is an error, not the end of the program.
func TestPanic(t *testing.T) {
	e := compose(t, english, "Text", nil)
	book, _ := typeset.Layout(e)
	book.Pages[0].Lines[0].Pieces[0].Text = "\xE0" // fpdf reads beyond the end
	if _, err := render(book, e.Docs[0]); err == nil || !strings.Contains(err.Error(), "fpdf") {
		t.Errorf("%v", err)
	}
}

// Dates that are not whole begin where they begin.
func TestStamp(t *testing.T) {
	none := time.Unix(0, 0).UTC()
	for _, test := range []struct {
		date locales.Date
		want string
	}{
		{locales.Date{}, "1970-01-01"},
		{locales.Date{Year: 2022}, "2022-01-01"},
		{locales.Date{Year: 2022, Month: 3}, "2022-03-01"},
		{locales.Date{Year: 2022, Month: 3, Day: 4}, "2022-03-04"},
		{locales.Date{Year: 1}, "0001-01-01"},
	} {
		got := stamp(test.date, none)
		if got.Format(time.DateOnly) != test.want || got.IsZero() {
			t.Errorf("%v: %v, want %s", test.date, got, test.want)
		}
	}
}
