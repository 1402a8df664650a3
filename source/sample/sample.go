// Package sample holds the articles that come with qalam: a whole one with its
// translations, and a commented one to start from.
//
// Start at FS. Both are ordinary article folders: what holds for the folder of
// an author holds for them, and every file of them is a file as it is.
package sample

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:article all:blank
var files embed.FS

// FS is the sample article: article.md in English, its translations in
// locales, and the image that they show.
func FS() fs.FS { return sub("article") }

// Blank is the folder that an author starts from: an article.md that loads
// without errors and explains each field of its front matter.
func Blank() fs.FS { return sub("blank") }

// sub is one of the embedded folders. Only a mistake in its name can fail.
func sub(dir string) fs.FS {
	fsys, err := fs.Sub(files, dir)
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err))
	}
	return fsys
}
