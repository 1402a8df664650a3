module qalam

go 1.26.0

// Given: the command line, the page writer and the book writer. fpdf and
// go-epub are finished work that nobody changes any more (their makers say so),
// which is why each of them stands behind one package of ours.
require (
	github.com/bmaupin/go-epub v1.1.0
	github.com/go-pdf/fpdf v0.9.0
	github.com/urfave/cli/v2 v2.27.7
)

// What an author writes: CommonMark, and YAML with the place of each field.
require (
	github.com/goccy/go-yaml v1.19.2
	github.com/yuin/goldmark v1.8.7
)

// Saved pages and what browsers put on the clipboard.
require golang.org/x/net v0.62.0

// Text: shaping and line breaks (go-text; not later than v0.3.3, whose
// successors lose kerning), graphemes, columns of a terminal, normalisation.
require (
	github.com/clipperhouse/displaywidth v0.11.0
	github.com/clipperhouse/uax29/v2 v2.7.0
	github.com/go-text/typesetting v0.3.3
	golang.org/x/text v0.43.0
)

// What files are finished with: the package document of a book, a deflate whose
// bytes do not change with the release of Go, and zstd for the faces within.
require (
	github.com/beevik/etree v1.8.1
	github.com/klauspost/compress v1.18.0
)

// Tests only: golden files and scripts, and a face to make others of.
require (
	github.com/rogpeppe/go-internal v1.16.0
	golang.org/x/image v0.23.0
)

// Of these, mimetype is raised above what go-epub asks for, whose version wants
// golang.org/x/net of 2021.
require (
	github.com/cpuguy83/go-md2man/v2 v2.0.7 // indirect
	github.com/gabriel-vasile/mimetype v1.4.10 // indirect
	github.com/gofrs/uuid v3.1.0+incompatible // indirect
	github.com/russross/blackfriday/v2 v2.1.0 // indirect
	github.com/vincent-petithory/dataurl v0.0.0-20191104211930-d1553a71de50 // indirect
	github.com/xrash/smetrics v0.0.0-20240521201337-686a1a2994c1 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)
