package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// packages are the files of packages, by the package's name and the path in it.
type packages map[string]map[string][]byte

// fetch gets packages with npm's client and verifies their sums.
func fetch(want []npmPackage) (packages, error) {
	dir, err := os.MkdirTemp("", "assets-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)

	pkgs := make(packages)
	for _, p := range want {
		archive, err := pack(dir, p)
		if err != nil {
			return nil, fmt.Errorf("fetching %s %s: %w", p.Name, p.Version, err)
		}
		if got := sum(archive); got != p.SHA256 {
			return nil, fmt.Errorf("%s %s: SHA-256 is %s, the manifest has %q", p.Name, p.Version, got, p.SHA256)
		}
		if pkgs[p.Name], err = untar(archive); err != nil {
			return nil, fmt.Errorf("unpacking %s %s: %w", p.Name, p.Version, err)
		}
	}
	return pkgs, nil
}

// pack gives the archive of a package.
func pack(dir string, p npmPackage) ([]byte, error) {
	cmd := exec.Command("npm", "pack", "--silent", p.Name+"@"+p.Version)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("npm pack: %w", err)
	}
	name := strings.TrimSpace(string(out))
	if name != filepath.Base(name) {
		return nil, fmt.Errorf("npm pack says %q, want the name of an archive", name)
	}
	return os.ReadFile(filepath.Join(dir, name))
}

// untar gives the regular files of an archive without the folder that they
// are all in.
func untar(archive []byte) (map[string][]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		_, name, _ := strings.Cut(h.Name, "/")
		if files[name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
}
