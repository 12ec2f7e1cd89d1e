package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/fault"
)

func openFolder(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func read(t *testing.T, s Store, key string) string {
	t.Helper()
	r, info, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil || info.Size != int64(len(data)) || info.Key != key {
		t.Fatalf("%s: %+v, read %d bytes, %v", key, info, len(data), err)
	}
	return string(data)
}

func keys(t *testing.T, s Store, prefix string) []string {
	t.Helper()
	var found []string
	if err := s.Walk(t.Context(), prefix, func(i Info) error { found = append(found, i.Key); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, filepath.Join(dir, "new", "store"))
	ctx := t.Context()

	if err := f.Put(ctx, "photo/a/original", strings.NewReader("một")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, f, "photo/a/original"); got != "một" {
		t.Errorf("read %q", got)
	}
	if err := f.Put(ctx, "photo/a/original", strings.NewReader("hai")); err != nil || read(t, f, "photo/a/original") != "hai" {
		t.Errorf("put again: %v, %q", err, read(t, f, "photo/a/original"))
	}
	if created, err := f.PutIfAbsent(ctx, "photo/a/original", strings.NewReader("ba")); err != nil || created || read(t, f, "photo/a/original") != "hai" {
		t.Errorf("put although present: %v, %v", created, err)
	}
	if created, err := f.PutIfAbsent(ctx, "photo/b/original", strings.NewReader("")); err != nil || !created || read(t, f, "photo/b/original") != "" {
		t.Errorf("put an empty one: %v, %v", created, err)
	}
	if err := f.Put(ctx, "letter/1", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if got := keys(t, f, ""); !slices.Equal(got, []string{"letter/1", "photo/a/original", "photo/b/original"}) {
		t.Errorf("all keys: %v", got)
	}
	if got := keys(t, f, "photo/a"); !slices.Equal(got, []string{"photo/a/original"}) {
		t.Errorf("keys of a prefix: %v", got)
	}
	if got := keys(t, f, "none"); len(got) != 0 {
		t.Errorf("keys of an unknown prefix: %v", got)
	}
	stop := errors.New("enough")
	if err := f.Walk(ctx, "", func(Info) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("walk ended with %v", err)
	}
	for range 2 {
		if err := f.Delete(ctx, "photo/a/original"); err != nil {
			t.Error(err)
		}
	}
	for _, key := range []string{"photo/a/original", "photo/a", "photo", "letter/1/below"} {
		if _, err := f.Stat(ctx, key); !errors.Is(err, fault.NotFound) {
			t.Errorf("stat %s: %v", key, err)
		}
		if _, _, err := f.Open(ctx, key); !errors.Is(err, fault.NotFound) {
			t.Errorf("open %s: %v", key, err)
		}
	}
	if err := f.Put(ctx, "letter/1/below", strings.NewReader("x")); err == nil {
		t.Error("a blob was put below another blob")
	}
}

func TestKeysStayInside(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(dir, "store")
	f := openFolder(t, store)
	if err := os.Symlink(dir, filepath.Join(store, "link")); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	for _, key := range []string{
		"", ".", "..", "../outside", "/etc/passwd", "a/../../outside", "a//b", "a/", "/a", "./a", ".unfinished/x", "a/.b",
		"a\\b", "a\x00b", "A", "á", "a b", "link/outside", strings.Repeat("a/", 20) + "a", strings.Repeat("a", 501),
	} {
		if r, _, err := f.Open(ctx, key); err == nil {
			r.Close()
			t.Errorf("opened %q", key)
		}
		if err := f.Put(ctx, key, strings.NewReader("x")); err == nil {
			t.Errorf("put %q", key)
		}
		if _, err := f.PutIfAbsent(ctx, key, strings.NewReader("x")); err == nil {
			t.Errorf("put %q if absent", key)
		}
		if err := f.Delete(ctx, key); err == nil && key != "link/outside" {
			t.Errorf("deleted %q", key)
		}
	}
	if data, err := os.ReadFile(outside); err != nil || string(data) != "secret" {
		t.Errorf("the file outside is now %q, %v", data, err)
	}
	if err := f.Walk(ctx, "../store", func(Info) error { return nil }); err == nil {
		t.Error("walked outside")
	}
}

func TestNoKeyEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[a-z./\\_-]{1,12}`).Draw(t, "key")
		if checkKey(key) == nil && (!fs.ValidPath(key) || !filepath.IsLocal(key) || strings.HasPrefix(key, ".")) {
			t.Fatalf("%q is taken for a key", key)
		}
	})
}

func TestFailedPutChangesNothing(t *testing.T) {
	f := openFolder(t, t.TempDir())
	ctx := t.Context()
	if err := f.Put(ctx, "a", strings.NewReader("old")); err != nil {
		t.Fatal(err)
	}
	broken := io.MultiReader(strings.NewReader("new"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if err := f.Put(ctx, "a", broken); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("put from a broken reader: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := f.Put(cancelled, "a", strings.NewReader("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("put after the request ended: %v", err)
	}
	if _, err := f.PutIfAbsent(cancelled, "b", strings.NewReader("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("put if absent after the request ended: %v", err)
	}
	if got := read(t, f, "a"); got != "old" {
		t.Errorf("now %q", got)
	}
	if got := keys(t, f, ""); !slices.Equal(got, []string{"a"}) {
		t.Errorf("keys: %v", got)
	}
	left, err := fs.ReadDir(f.root.FS(), unfinished)
	if err != nil || len(left) != 0 {
		t.Errorf("unfinished files are left: %v, %v", left, err)
	}
}

func TestOneWriterTakesTheKey(t *testing.T) {
	f := openFolder(t, t.TempDir())
	var wg sync.WaitGroup
	won := make(chan string, 16)
	for i := range cap(won) {
		wg.Go(func() {
			text := strings.Repeat(string(rune('a'+i)), 10_000)
			created, err := f.PutIfAbsent(t.Context(), "x/y", strings.NewReader(text))
			if err != nil {
				t.Error(err)
			}
			if created {
				won <- text
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("%d writers took the key", len(won))
	}
	if read(t, f, "x/y") != <-won {
		t.Error("another writer's bytes are stored")
	}
}

func TestAbandonedWritesAreSwept(t *testing.T) {
	dir := t.TempDir()
	openFolder(t, dir)
	old, fresh := filepath.Join(dir, unfinished, "old"), filepath.Join(dir, unfinished, "fresh")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-2 * abandonedAfter)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, dir)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the abandoned write is still there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a write under way was removed: %v", err)
	}
	if got := keys(t, f, ""); len(got) != 0 {
		t.Errorf("unfinished writes have keys: %v", got)
	}
}

func TestAddKeepsEqualBytesOnce(t *testing.T) {
	f := openFolder(t, t.TempDir())
	for range 2 {
		d, size, err := Add(t.Context(), f, bytes.NewReader([]byte("abc")))
		if err != nil || size != 3 || d.Key() != "sha256/ba/78/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
			t.Fatalf("%s, %d, %v", d.Key(), size, err)
		}
		if read(t, f, d.Key()) != "abc" {
			t.Error("other bytes are stored")
		}
		if again, err := ParseDigest(strings.ToUpper(d.String())); err != nil || again != d {
			t.Errorf("the digest is read as %v, %v", again, err)
		}
	}
	if got := keys(t, f, "sha256"); len(got) != 1 {
		t.Errorf("keys: %v", got)
	}
	for _, s := range []string{"", "ab", strings.Repeat("g", 64), strings.Repeat("a", 63)} {
		if _, err := ParseDigest(s); err == nil {
			t.Errorf("%q was read as a digest", s)
		}
	}
	if _, _, err := Sum(iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the sum of a broken reader: %v", err)
	}
}
