package audit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ErrBroken says that the log is not what was written.
var ErrBroken = errors.New("audit: the log was tampered with or damaged")

// page is how many entries are verified at a time.
const page = 2000

// Verify computes the whole tree anew from the entries and compares it with what is stored, and, since whoever can
// change entries could also store new hashes, with checkpoints that were kept elsewhere. What does not fit is
// ErrBroken with the first place.
func (l *Log) Verify(ctx context.Context, checkpoints ...[]byte) error {
	size, err := l.Refresh(ctx)
	if err != nil {
		return err
	}
	claims, err := l.openCheckpoints(checkpoints)
	if err != nil {
		return err
	}
	if err := claims.check(&growing{}); err != nil {
		return err
	}
	tree := &growing{known: map[int64]tlog.Hash{}}
	for from := int64(0); from < size; from += page {
		if err := l.verifyPage(ctx, tree, claims, from, min(from+page, size)); err != nil {
			return err
		}
	}
	for n := range claims {
		if n > size {
			return fmt.Errorf("%w: a checkpoint speaks of %d entries, there are %d", ErrBroken, n, size)
		}
	}
	beyond, err := countBeyond(ctx, l.db)
	if err != nil {
		return err
	}
	if beyond > 0 {
		return fmt.Errorf("%w: %d rows lie outside the log of %d entries", ErrBroken, beyond, size)
	}
	return nil
}

// verifyPage grows the tree by the entries with from < seq <= to.
func (l *Log) verifyPage(ctx context.Context, tree *growing, claims claims, from, to int64) error {
	records, err := selectRecords(ctx, l.db, from, to)
	if err != nil {
		return err
	}
	next := tlog.StoredHashCount(from)
	rows, err := selectHashRange(ctx, l.db, next, tlog.StoredHashCount(to))
	if err != nil {
		return err
	}
	stored := make(map[int64]string, len(rows))
	for _, row := range rows {
		stored[row.Index] = string(row.Hash)
	}
	for i, seq := 0, from+1; seq <= to; i, seq = i+1, seq+1 {
		if i >= len(records) || records[i].Seq != seq {
			return fmt.Errorf("%w: entry %d is missing", ErrBroken, seq)
		}
		hashes, err := tree.add(records[i].Bytes())
		if err != nil {
			return err
		}
		for _, h := range hashes {
			if stored[next] != string(h[:]) {
				return fmt.Errorf("%w: entry %d does not match hash %d", ErrBroken, seq, next)
			}
			next++
		}
		if err := claims.check(tree); err != nil {
			return err
		}
	}
	return nil
}

// claims are the roots that checkpoints promise, by size.
type claims map[int64]tlog.Hash

func (c claims) check(tree *growing) error {
	want, ok := c[tree.size]
	if !ok {
		return nil
	}
	root, err := tlog.TreeHash(tree.size, tree)
	if err != nil {
		return err
	}
	if root != want {
		return fmt.Errorf("%w: the first %d entries are not those of a signed checkpoint", ErrBroken, tree.size)
	}
	return nil
}

// openCheckpoints checks the signatures.
func (l *Log) openCheckpoints(checkpoints [][]byte) (claims, error) {
	verifier, err := note.NewVerifier(l.VerifierKey())
	if err != nil {
		return nil, fmt.Errorf("audit: verifier: %w", err)
	}
	c := claims{}
	for _, signed := range checkpoints {
		n, err := note.Open(signed, note.VerifierList(verifier))
		if err != nil {
			return nil, fmt.Errorf("audit: checkpoint: %w", err)
		}
		tree, err := parseCheckpoint(n.Text, verifier.Name())
		if err != nil {
			return nil, err
		}
		if other, ok := c[tree.N]; ok && other != tree.Hash {
			return nil, fmt.Errorf("%w: two checkpoints of %d entries differ", ErrBroken, tree.N)
		}
		c[tree.N] = tree.Hash
	}
	return c, nil
}

// parseCheckpoint reads the text of a checkpoint: origin, size, root, and lines that may follow.
func parseCheckpoint(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		return tlog.Tree{}, errors.New("audit: this is no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("audit: a checkpoint's size is %q", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, errors.New("audit: a checkpoint's root is no hash")
	}
	return tlog.Tree{N: size, Hash: root}, nil
}
