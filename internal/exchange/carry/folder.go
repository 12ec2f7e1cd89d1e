package carry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"sachhon/internal/exchange"
)

// The folders of a drop: what comes, what goes, and what came and was taken or refused.
const (
	inFolder     = "in"
	outFolder    = "out"
	doneFolder   = "done"
	failedFolder = "failed"
)

// Folder is a drop that two systems reach. Whoever writes does so under another name (a dot in front, or .tmp or .part
// behind) and renames; such names are left alone.
type Folder struct {
	root     *os.Root
	maxBytes int
}

// OpenFolder opens a drop and makes its folders where they are missing.
func OpenFolder(path string, maxBytes int) (*Folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{inFolder, outFolder, doneFolder, failedFolder} {
		if err := root.Mkdir(name, 0o770); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, errors.Join(err, root.Close())
		}
	}
	return &Folder{root, maxBytes}, nil
}

// Close gives the folder back.
func (f *Folder) Close() error { return f.root.Close() }

// Send puts a package into "out": whole, on disk and then under its name, so that the other side never sees half of it.
func (f *Folder) Send(_ context.Context, p exchange.Parcel) (string, error) {
	part, final := outFolder+"/."+p.Name+".part", outFolder+"/"+p.Name
	file, err := f.root.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o660)
	if err != nil {
		return "", fmt.Errorf("folder: %w", err)
	}
	_, err = file.Write(p.Body)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return "", fmt.Errorf("folder: %w", err)
	}
	if err := f.root.Rename(part, final); err != nil {
		return "", fmt.Errorf("folder: %w", err)
	}
	return final, f.syncDir(outFolder)
}

func (f *Folder) syncDir(name string) error {
	d, err := f.root.Open(name)
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// Fetch accepts what lies in "in", by name, and moves it to "done" or "failed"; a
// secret document is kept nowhere. A node that dies in between finds it
// again; another node that was faster has moved it.
func (f *Folder) Fetch(ctx context.Context, accept func(ctx context.Context, body []byte) (exchange.Answer, error)) error {
	entries, err := fs.ReadDir(f.root.FS(), inFolder)
	if err != nil {
		return fmt.Errorf("folder: %w", err)
	}
	var errs []error
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, err)...)
		}
		if !e.Type().IsRegular() || unfinished(e.Name()) {
			continue
		}
		if err := f.fetch(ctx, e.Name(), accept); err != nil {
			errs = append(errs, fmt.Errorf("folder: %s: %w", e.Name(), err))
		}
	}
	return errors.Join(errs...)
}

func (f *Folder) fetch(ctx context.Context, name string, accept func(ctx context.Context, body []byte) (exchange.Answer, error)) error {
	file, err := f.root.Open(inFolder + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	body, err := io.ReadAll(io.LimitReader(file, int64(f.maxBytes)+1)) // one too many is refused with its reason
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	answer, err := accept(ctx, body)
	if err != nil {
		return err
	}
	if answer.Secret() {
		if err := f.root.Remove(inFolder + "/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	to := doneFolder
	if answer.Code != exchange.OK {
		to = failedFolder
	}
	return f.move(name, to)
}

// move keeps what already lies there under the same name.
func (f *Folder) move(name, to string) error {
	target := to + "/" + name
	for n := 2; ; n++ {
		if _, err := f.root.Lstat(target); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return err
		}
		target = fmt.Sprintf("%s/%d-%s", to, n, name)
	}
	err := f.root.Rename(inFolder+"/"+name, target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// unfinished tells whether a name is one under which a file is still being written.
func unfinished(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || slices.ContainsFunc([]string{".tmp", ".part", ".crdownload", ".filepart"},
		func(end string) bool { return strings.HasSuffix(strings.ToLower(name), end) })
}
