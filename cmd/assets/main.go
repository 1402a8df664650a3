// Command assets makes the large data of the repository again from the
// packages that its makers publish, and fails when what is committed differs:
// the faces in export/fonts/faces, the extract in locales/cldr, and data of tests.
//
//	go run ./cmd/assets            # compare
//	go run ./cmd/assets -update    # write
//
// It runs in the root of the repository. Each folder of data has a
// manifest.json beside it that names the packages, with version, origin,
// licence and SHA-256, and the files that are made from them. Packages come
// from npm and from Debian by their own clients, so they are looked for
// wherever these are set up to look.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// A set is a folder of data that is made from packages.
type set struct {
	dir string

	// make gives the content of every file that the manifest lists, by name.
	make func(*manifest, packages) (map[string][]byte, error)
}

var sets = []set{
	{"export/bidi/testdata", compressed},
	{"export/fonts/faces", withFaces},
	{"export/fonts/testdata/cldr", withExemplars},
	{"export/linebreak/testdata", compressed},
	{"export/typeset/paragraph/testdata/ucd", compressed},
	{"locales/cldr", withCLDR},
	{"locales/hyphen/patterns", withPatterns},
	{"locales/labels", withLabels},
}

func main() {
	update := flag.Bool("update", false, "write the files and their sums instead of comparing them")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	failed := false
	for _, s := range sets {
		if err := s.run(*update); err != nil {
			fmt.Fprintf(os.Stderr, "assets: %s: %v\n", s.dir, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

// run makes the files of s and writes them, or compares them with what is there.
func (s set) run(update bool) error {
	m, err := readManifest(s.dir)
	if err != nil {
		return err
	}
	pkgs, err := fetch(m.Packages)
	if err != nil {
		return err
	}
	made, err := s.make(m, pkgs)
	if err != nil {
		return err
	}
	if update {
		return write(s.dir, m, made)
	}
	return compare(s.dir, m, made)
}

// write puts the files into dir, and their sums into its manifest.
func write(dir string, m *manifest, made map[string][]byte) error {
	for i := range m.Files {
		f := &m.Files[i]
		if err := os.WriteFile(filepath.Join(dir, f.Name), made[f.Name], 0o644); err != nil {
			return err
		}
		f.SHA256 = sum(made[f.Name])
	}
	return m.write(dir)
}

// compare reports every file of dir that is not what was made, or that the
// manifest does not list.
func compare(dir string, m *manifest, made map[string][]byte) error {
	var errs []error
	known := []string{manifestName}
	for _, f := range m.Files {
		known = append(known, f.Name)
		if f.SHA256 != sum(made[f.Name]) {
			errs = append(errs, fmt.Errorf("%s: SHA-256 is %s, the manifest has %q", f.Name, sum(made[f.Name]), f.SHA256))
		}
		have, err := os.ReadFile(filepath.Join(dir, f.Name))
		switch {
		case err != nil:
			errs = append(errs, err)
		case !bytes.Equal(have, made[f.Name]):
			errs = append(errs, fmt.Errorf("%s differs from what the packages give", f.Name))
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) {
			errs = append(errs, fmt.Errorf("%s is not in the manifest", e.Name()))
		}
	}
	return errors.Join(errs...)
}
