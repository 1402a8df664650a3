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

// A registry is where packages are published.
type registry struct {
	// fetch gives the archive of a package. Its client may use dir, which is
	// empty.
	fetch func(dir string, p pinned) ([]byte, error)

	// tar is the archive as tar has it.
	tar func(archive []byte) (io.Reader, error)
}

var registries = map[string]registry{
	"":       {npmPack, gunzip},
	"debian": {aptDownload, dpkgTar},
	"cargo":  {packCrate, gunzip},
}

// fetch gets packages with the clients of their registries and verifies their
// sums.
func fetch(want []pinned) (packages, error) {
	pkgs := make(packages)
	for _, p := range want {
		files, err := fetchOne(p)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", p.Name, p.Version, err)
		}
		pkgs[p.Name] = files
	}
	return pkgs, nil
}

func fetchOne(p pinned) (map[string][]byte, error) {
	r, ok := registries[p.Registry]
	if !ok {
		return nil, fmt.Errorf("no registry is called %q", p.Registry)
	}
	dir, err := os.MkdirTemp("", "assets-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	archive, err := r.fetch(dir, p)
	if err != nil {
		return nil, fmt.Errorf("fetching: %w", err)
	}
	if got := sum(archive); got != p.SHA256 {
		return nil, fmt.Errorf("SHA-256 is %s, the manifest has %q", got, p.SHA256)
	}
	t, err := r.tar(archive)
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	files, err := untar(t)
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	return files, nil
}

// run runs a client in dir and gives what it prints.
func run(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", name, args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

func npmPack(dir string, p pinned) ([]byte, error) {
	name, err := run(dir, "npm", "pack", "--silent", p.Name+"@"+p.Version)
	if err != nil {
		return nil, err
	}
	if name == "" || name != filepath.Base(name) {
		return nil, fmt.Errorf("npm pack says %q, want the name of an archive", name)
	}
	return os.ReadFile(filepath.Join(dir, name))
}

func aptDownload(dir string, p pinned) ([]byte, error) {
	if _, err := run(dir, "apt-get", "download", "-q", p.Name+"="+p.Version); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(entries) != 1 {
		return nil, fmt.Errorf("apt-get download leaves %d files", len(entries))
	}
	return os.ReadFile(filepath.Join(dir, entries[0].Name()))
}

func gunzip(archive []byte) (io.Reader, error) {
	return gzip.NewReader(bytes.NewReader(archive))
}

func dpkgTar(archive []byte) (io.Reader, error) {
	cmd := exec.Command("dpkg-deb", "--fsys-tarfile", "/dev/stdin")
	cmd.Stdin = bytes.NewReader(archive)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("dpkg-deb: %w", err)
	}
	return bytes.NewReader(out), nil
}

// untar gives the regular files of an archive without the folder that they
// are all in.
func untar(archive io.Reader) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for r := tar.NewReader(archive); ; {
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
