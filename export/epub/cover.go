package epub

import (
	"fmt"

	"qalam/export/document"
	"qalam/export/fonts"
	"qalam/export/typeset/paragraph"
	"qalam/locales"
	"qalam/source"
)

const coverFile = "cover.xhtml"

// cover puts the cover into the book that the article asks for: an image of
// its own, one drawn from the title, or none.
func (r *renderer) cover() {
	file := r.doc.Settings.EPUB.CoverImage
	switch r.doc.Settings.EPUB.Cover {
	case source.CoverNone:
		return
	case source.CoverDrawn, "":
		data, left, err := drawCover(r.doc)
		if err != nil {
			r.book.warnings.Warnf(r.book.path(), "epub-cover", "the cover is not drawn: %v", err).
				Hint = "name an image of your own in the front matter: epub: {cover: images/cover.png}; or write none"
			return
		}
		for _, err := range left {
			r.book.warnings.Warnf(r.book.path(), "epub-cover", "a line is not on the cover: %v", err).
				Hint = "name a font that has them in the front matter: pdf: {fonts: [fonts/NAME.ttf]}; or an image of your own: epub: {cover: images/cover.png}"
		}
		file = &source.ImageFile{MediaType: "image/png", Width: coverWidth, Height: coverHeight, Data: data}
	}
	if file == nil {
		return
	}
	name := "cover.png"
	if file.MediaType == "image/jpeg" {
		name = "cover.jpg"
	}
	r.taken[name] = true
	r.book.images = append(r.book.images, image{name, file})
	r.book.coverImage, r.book.described = name, true

	r.begin(coverFile)
	head := r.words.say(func(l *locales.Labels) string { return l.Cover })
	alt := clean(r.doc.Title.Title)
	if head.lang == "" {
		alt = r.words.say(func(l *locales.Labels) string { return locales.Format(l.Field, "label", head.text, "value", alt) }).text
	}
	r.start(line, "p", ` class="cover"`)
	r.raw(`<img role="doc-cover"` + attr("src", "../"+imageDir+name) + attr("alt", alt) +
		fmt.Sprintf(` width="%d" height="%d"/>`, file.Width, file.Height))
	r.end()
	p := &part{title: head, matter: coverMatter, landmark: "cover", guide: "cover"}
	r.keep(p)
	r.book.parts = append(r.book.parts, p)
}

// coverMatter is the epub:type of a cover. It stands in no contents.
const coverMatter = "cover"

// A cover has the shape of a book that most shops ask for, two to three, in
// pixels. A pixel is a point to the lines on it.
const (
	coverWidth  = 1200
	coverHeight = 1800
	coverMargin = 120
	coverRule   = 6
)

// The sizes in which a part of a cover may be set: the first that fits.
var (
	titleSizes = []int{136, 120, 104, 92, 80, 68, 56, 44}
	smallSizes = []int{52, 46, 40, 34}
)

// missing is a text for whose characters there is no face.
type missing struct{ text string }

func (e missing) Error() string {
	return fmt.Sprintf("no font has all the characters of %q", e.text)
}

// drawCover draws the title block of a document: section, title, subtitle,
// and at the foot who made it, in the faces of the article's folder and ours.
// The error says that the title cannot be drawn; why anything else is left out
// is said in left.
func drawCover(d *document.Document) (data []byte, left []error, err error) {
	c := &coverPage{
		canvas: newCanvas(coverWidth, coverHeight),
		setter: paragraph.NewSetter(fonts.NewFamily(ownFaces(d))),
		doc:    d,
	}
	title, err := c.set(d.Title.Title, fonts.Bold, titleSizes, 800)
	if err != nil {
		return nil, nil, err
	}
	var foot []setText
	footHeight := 0
	var names []string
	for _, l := range d.Title.Byline {
		names = append(names, plain(l))
	}
	for _, name := range append(names, d.Meta.Publisher) {
		if t, err := c.set(name, fonts.Regular, smallSizes[1:], 260-footHeight); err != nil {
			left = append(left, err)
		} else {
			foot = append(foot, t)
			footHeight += t.height()
		}
	}

	c.canvas.rect(0, 0, coverWidth, 36)
	y := 300
	if section, err := c.set(d.Title.Section, fonts.Regular, smallSizes[1:], 120); err != nil {
		left = append(left, err)
	} else {
		c.draw(section, y-section.height()-30)
	}
	y = c.draw(title, y) + title.overhang() + 50
	x := coverMargin
	if d.Locale.Dir == locales.RTL {
		x = coverWidth - coverMargin - 180
	}
	c.canvas.rect(x, y, x+180, y+coverRule)
	y += 50
	end := coverHeight - coverMargin - footHeight
	if subtitle, err := c.set(d.Title.Subtitle, fonts.Regular, smallSizes, end-y-40); err != nil {
		left = append(left, err)
	} else {
		c.draw(subtitle, y)
	}
	for _, t := range foot {
		end = c.draw(t, end)
	}
	data, err = c.canvas.png()
	return data, left, err
}

// ownFaces are the faces of the article's folder. A file that cannot be used is
// an error of the pages that are set in it; a cover does without.
func ownFaces(d *document.Document) []*fonts.Face {
	var own []*fonts.Face
	for _, file := range d.Settings.PDF.Fonts {
		if faces, err := fonts.Open(file.Name, file.Data); err == nil {
			own = append(own, faces...)
		}
	}
	return own
}

// coverPage is a cover that is being drawn.
type coverPage struct {
	canvas *canvas
	setter *paragraph.Setter
	doc    *document.Document
}

// setText is a text in lines, and the distance between them in pixels.
type setText struct {
	lines   []paragraph.Line
	size    int
	leading int
}

func (t *setText) height() int { return len(t.lines) * t.leading }

// below is how far the end of a line is below its baseline.
func (t *setText) below() int { return t.size * 2 / 5 }

// overhang is how far the last line reaches below its end.
func (t *setText) overhang() int {
	if len(t.lines) == 0 {
		return 0
	}
	return max(0, int(t.lines[len(t.lines)-1].Descent/paragraph.Pt)-t.below())
}

// set puts a text into lines that are no higher together than limit, in the
// largest size in which no word has to be broken. What does not fit in the
// smallest is cut off: the whole text stands in the book.
func (c *coverPage) set(text string, style fonts.Style, sizes []int, limit int) (t setText, err error) {
	text = clean(text)
	for _, size := range sizes {
		lines, broken := c.setter.Lines(&paragraph.Paragraph{
			Runs:    []paragraph.Run{{Text: text, Style: style, Size: paragraph.Length(size) * paragraph.Pt}},
			Lang:    c.doc.Meta.Lang,
			Dir:     c.doc.Locale.Dir,
			Measure: (coverWidth - 2*coverMargin) * paragraph.Pt,
		})
		t = setText{lines, size, size * 5 / 4}
		for _, l := range lines {
			if incomplete(l) {
				return setText{}, missing{text}
			}
			// A script that reaches further needs more.
			if reach := int((l.Ascent + l.Descent) / paragraph.Pt); reach > size*3/2 {
				t.leading = max(t.leading, reach)
			}
		}
		if t.height() <= limit && len(broken) == 0 {
			return t, nil
		}
	}
	t.lines = t.lines[:min(len(t.lines), max(limit, 0)/max(t.leading, 1))]
	return t, nil
}

// incomplete reports whether a face lacks a character of the line.
func incomplete(l paragraph.Line) bool {
	for _, p := range l.Pieces {
		for _, g := range p.Glyphs {
			if g.ID == 0 {
				return true
			}
		}
	}
	return false
}

// draw draws a text from y downwards, and gives where it ends.
func (c *coverPage) draw(t setText, y int) int {
	size := int64(t.size) * pixel
	for _, l := range t.lines {
		baseline := (y + t.leading - t.below()) * pixel
		for _, p := range l.Pieces {
			if p.Face == nil {
				continue
			}
			unit := int64(p.Face.UnitsPerEm())
			pen := int64(0) // in units
			left := coverMargin*pixel + int(p.X*pixel/paragraph.Pt)
			for _, g := range p.Glyphs {
				at := point{
					left + roundDiv((pen+int64(g.X))*size, unit),
					baseline - roundDiv(int64(g.Y)*size, unit),
				}
				c.canvas.outline(p.Face.Outline(int(g.ID)), at, size, unit)
				pen += int64(g.Advance)
			}
		}
		y += t.leading
	}
	return y
}
