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
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("a folder has that name")}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := createBeside(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
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

// cause is what went wrong with a file, without its name.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
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
