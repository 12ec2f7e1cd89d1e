package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"time"
)

// Info describes a stored blob.
type Info struct {
	Key      string
	Size     int64
	Modified time.Time
}

// Store keeps blobs by key. A missing blob is a fault.NotFound.
type Store interface {
	// Put stores everything r yields under the key, in place of what was there. When r fails nothing has changed.
	Put(ctx context.Context, key string, r io.Reader) error
	// PutIfAbsent stores everything r yields unless the key is taken, which is no error: it then may read nothing.
	PutIfAbsent(ctx context.Context, key string, r io.Reader) (created bool, err error)
	// Open returns the blob for reading; the caller closes it.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, Info, error)
	// Stat describes the blob.
	Stat(ctx context.Context, key string) (Info, error)
	// Delete removes the blob; one that is not there is no error.
	Delete(ctx context.Context, key string) error
	// Walk calls fn for each blob below the prefix, whole segments of a key such as "sha256/ab", or "" for all, in
	// no promised order. It ends at the first error of fn and returns it.
	Walk(ctx context.Context, prefix string, fn func(Info) error) error
}

// Segments of small letters, digits, dots, dashes and underscores, none of which begins with a dot.
var validKey = regexp.MustCompile(`^[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*){0,15}$`)

// checkKey refuses a key that is not one for every kind of store.
func checkKey(key string) error {
	if len(key) > 500 || !validKey.MatchString(key) {
		return fmt.Errorf("blob: %.100q is not a key", key)
	}
	return nil
}

// Digest is the SHA-256 of a blob.
type Digest [sha256.Size]byte

// String returns the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Key returns the key of a blob named by its content: sha256/ab/cd/abcd….
func (d Digest) Key() string {
	s := d.String()
	return "sha256/" + s[:2] + "/" + s[2:4] + "/" + s
}

// ParseDigest reads 64 hexadecimal digits, in small or capital letters.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) != hex.EncodedLen(len(d)) {
		return d, fmt.Errorf("blob: %.100q is not a SHA-256 of 64 digits", s)
	}
	if _, err := hex.Decode(d[:], []byte(s)); err != nil {
		return Digest{}, fmt.Errorf("blob: %q is not a SHA-256: %w", s, err)
	}
	return d, nil
}

// Sum reads r to its end and returns its digest and length.
func Sum(r io.Reader) (Digest, int64, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	if err != nil {
		return Digest{}, n, fmt.Errorf("blob: sum: %w", err)
	}
	return Digest(h.Sum(nil)), n, nil
}

// Add stores r under the key of its content, once however often it is added, and returns its digest and length.
func Add(ctx context.Context, s Store, r io.ReadSeeker) (Digest, int64, error) {
	d, size, err := Sum(r)
	if err != nil {
		return d, size, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return d, size, fmt.Errorf("blob: add: %w", err)
	}
	_, err = s.PutIfAbsent(ctx, d.Key(), r)
	return d, size, err
}
