package main

import (
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// compressed copies files as copied does; those that end in .zst are
// compressed.
func compressed(m *manifest, pkgs packages) (map[string][]byte, error) {
	made, err := copied(m, pkgs)
	if err != nil {
		return nil, err
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	for name, data := range made {
		if filepath.Ext(name) == ".zst" {
			made[name] = enc.EncodeAll(data, nil)
		}
	}
	return made, nil
}
