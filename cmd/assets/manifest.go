package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

const manifestName = "manifest.json"

// A manifest says where a folder of data comes from. People write it; only
// the sums of the files are filled in by -update.
type manifest struct {
	Packages []pinned `json:"packages"`
	Files    []file   `json:"files"`
	Faces    []face   `json:"faces,omitempty"` // what faces.pack is made of
}

// A pinned package is a package of a registry in one version.
type pinned struct {
	Registry string `json:"registry,omitempty"` // a word of registries; empty means npm
	Name     string `json:"name"`
	Version  string `json:"version"`
	Origin   string `json:"origin"`  // where its makers work
	License  string `json:"license"` // SPDX expression for the files that are taken
	SHA256   string `json:"sha256"`  // of the archive as the registry gives it
}

// A file is a file of the folder.
type file struct {
	Name    string `json:"name"`
	Package string `json:"package,omitempty"` // the package that it is copied from; empty when it is made
	From    string `json:"from,omitempty"`    // its path in the package
	SHA256  string `json:"sha256"`
}

func readManifest(dir string) (*manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	m := new(manifest)
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(m); err != nil {
		return nil, fmt.Errorf("reading %s: %w", manifestName, err)
	}
	return m, nil
}

func (m *manifest) write(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestName), append(data, '\n'), 0o644)
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// copied gives the files that are taken from packages as they are.
func copied(m *manifest, pkgs packages) (map[string][]byte, error) {
	made := make(map[string][]byte)
	for _, f := range m.Files {
		if f.Package == "" {
			continue
		}
		data, ok := pkgs[f.Package][f.From]
		if !ok {
			return nil, fmt.Errorf("%s: package %s has no %s", f.Name, f.Package, f.From)
		}
		made[f.Name] = data
	}
	return made, nil
}
