package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a file whole or not at all: into a temporary file in the
// same folder, which takes the name when every byte is on the disk. Missing
// folders are made. When it returns an error, a file that had the name before
// is as it was, and nothing else is left behind.
func WriteFile(ctx context.Context, name string, data []byte) (err error) {
	if info, err := os.Lstat(name); err == nil && info.IsDir() {
		return fmt.Errorf("writing %s: a folder has that name", name)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	f, err := createBeside(name)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("writing %s: %w", name, err)
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// createBeside makes a new file in the folder of name. It does not use
// os.CreateTemp, which gives a file that only its owner may read.
func createBeside(name string) (*os.File, error) {
	dir, base := filepath.Split(name)
	for i := 0; ; i++ {
		f, err := os.OpenFile(fmt.Sprintf("%s.%s.%d.tmp", dir, base, i), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if i < 1000 && errors.Is(err, fs.ErrExist) {
			continue // left by a process that was killed, or in use by another
		}
		return f, err
	}
}
