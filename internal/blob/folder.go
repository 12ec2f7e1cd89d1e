package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"syscall"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Unfinished writes live in a directory that no key can name.
const (
	unfinished = ".unfinished"
	// An unfinished write of this age belongs to a process that is gone.
	abandonedAfter = 24 * time.Hour
)

// Folder is a Store in a directory. It needs a file system with hard links, which is how a key is taken only once.
type Folder struct {
	root *os.Root
	// durable holds the directories whose own entry has reached the disk.
	durable sync.Map
}

var _ Store = (*Folder)(nil)

// OpenFolder opens the store in dir, creating it when needed, and removes what writers that died left unfinished.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	f := &Folder{root: root}
	if err := f.sweep(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

// Close releases the directory.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements Store.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader) error {
	if err := checkKey(key); err != nil {
		return err
	}
	return f.write(ctx, key, r, func(temporary string) error { return f.root.Rename(temporary, key) })
}

// PutIfAbsent implements Store.
func (f *Folder) PutIfAbsent(ctx context.Context, key string, r io.Reader) (bool, error) {
	_, err := f.Stat(ctx, key)
	if err == nil {
		// The writer who took the key may not have been acknowledged yet; this answer must hold by itself.
		return false, f.sync(path.Dir(key))
	}
	if !errors.Is(err, fault.NotFound) {
		return false, err
	}
	created := true
	err = f.write(ctx, key, r, func(temporary string) error {
		err := f.root.Link(temporary, key)
		if errors.Is(err, fs.ErrExist) {
			created = false
			err = nil
		}
		return err
	})
	return created && err == nil, err
}

// write stores r in a temporary file, brings it to the disk, lets place give it the key, and brings that to the
// disk too. Whatever happens in between, the key names a whole blob or none.
func (f *Folder) write(ctx context.Context, key string, r io.Reader, place func(temporary string) error) error {
	temporary := path.Join(unfinished, rand.Text())
	err := f.fill(ctx, temporary, r)
	if err == nil {
		err = f.root.MkdirAll(path.Dir(key), 0o700)
	}
	if err == nil {
		err = place(temporary)
	}
	if err == nil {
		err = f.sync(path.Dir(key))
	}
	// After a rename there is nothing left to remove.
	if e := f.root.Remove(temporary); e != nil && !errors.Is(e, fs.ErrNotExist) {
		err = errors.Join(err, e)
	}
	if err != nil {
		return fmt.Errorf("blob: put %s: %w", key, err)
	}
	return nil
}

// fill writes r to a new file and waits until the disk has it.
func (f *Folder) fill(ctx context.Context, name string, r io.Reader) (err error) {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := io.Copy(file, reader{ctx, r}); err != nil {
		return err
	}
	return file.Sync()
}

// sync brings the entries of a directory to the disk, and once per process those that lead to it.
func (f *Folder) sync(dir string) error {
	if err := f.syncOne(dir); err != nil {
		return err
	}
	for dir != "." {
		if _, done := f.durable.Load(dir); done {
			return nil
		}
		parent := path.Dir(dir)
		if err := f.syncOne(parent); err != nil {
			return err
		}
		f.durable.Store(dir, true)
		dir = parent
	}
	return nil
}

func (f *Folder) syncOne(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open implements Store.
func (f *Folder) Open(ctx context.Context, key string) (io.ReadSeekCloser, Info, error) {
	if err := check(ctx, key); err != nil {
		return nil, Info{}, err
	}
	file, err := f.root.Open(key)
	if err != nil {
		return nil, Info{}, notFound(key, err)
	}
	stat, err := file.Stat()
	if err == nil && !stat.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, Info{}, errors.Join(notFound(key, err), file.Close())
	}
	return file, info(key, stat), nil
}

// Stat implements Store.
func (f *Folder) Stat(ctx context.Context, key string) (Info, error) {
	if err := check(ctx, key); err != nil {
		return Info{}, err
	}
	stat, err := f.root.Lstat(key)
	if err == nil && !stat.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return Info{}, notFound(key, err)
	}
	return info(key, stat), nil
}

// Delete implements Store.
func (f *Folder) Delete(ctx context.Context, key string) error {
	_, err := f.Stat(ctx, key)
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil {
		err = f.root.Remove(key)
	}
	if err == nil {
		err = f.sync(path.Dir(key))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: delete %s: %w", key, err)
	}
	return nil
}

// Walk implements Store.
func (f *Folder) Walk(ctx context.Context, prefix string, fn func(Info) error) error {
	start := "."
	if prefix != "" {
		if err := checkKey(prefix); err != nil {
			return err
		}
		start = prefix
	}
	return fs.WalkDir(f.root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // nothing below the prefix, or deleted meanwhile
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case name == unfinished:
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		stat, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(info(name, stat))
	})
}

// sweep prepares the directory of unfinished writes and removes the abandoned ones.
func (f *Folder) sweep() error {
	if err := f.root.MkdirAll(unfinished, 0o700); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	entries, err := fs.ReadDir(f.root.FS(), unfinished)
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	for _, e := range entries {
		stat, err := e.Info()
		// The age is measured against the file system's own times, so the wall clock is the right one here.
		if err != nil || (clock.System{}).Now().Sub(stat.ModTime()) < abandonedAfter {
			continue
		}
		if err := f.root.Remove(path.Join(unfinished, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("blob: %w", err)
		}
	}
	return nil
}

// check refuses a wrong key or a request that is over.
func check(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return checkKey(key)
}

// notFound turns the file system's word for a missing file into ours. A key below another blob is missing as well.
func notFound(key string, err error) error {
	err = fmt.Errorf("blob: %s: %w", key, err)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return fault.New(fault.NotFound, "").Because(err)
	}
	return err
}

func info(key string, stat fs.FileInfo) Info {
	return Info{Key: key, Size: stat.Size(), Modified: stat.ModTime()}
}

// reader ends when the context does, so that a cancelled upload is not stored.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
