package audit

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"sachhon/internal/database"
)

// edge returns the indexes of the complete subtrees that a tree of n entries consists of: all that is needed to
// append to it.
func edge(n int64) []int64 {
	var indexes []int64
	for level := range 63 {
		if n>>level&1 == 1 {
			indexes = append(indexes, tlog.StoredHashIndex(level, n>>level-1))
		}
	}
	return indexes
}

// growing computes the hashes of a tree that grows; it remembers only the edge.
type growing struct {
	size  int64
	known map[int64]tlog.Hash
}

// ReadHashes implements tlog.HashReader.
func (g *growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := g.known[index]
		if !ok {
			return nil, fmt.Errorf("audit: hash %d is not at the edge of %d entries", index, g.size)
		}
		hashes[i] = h
	}
	return hashes, nil
}

// add appends a leaf and returns the hashes that become complete, which follow those stored already.
func (g *growing) add(leaf []byte) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashes(g.size, leaf, g)
	if err != nil {
		return nil, err
	}
	for level, h := range hashes {
		g.known[tlog.StoredHashIndex(level, g.size>>level)] = h
		if level > 0 { // its two halves are inside now
			delete(g.known, tlog.StoredHashIndex(level-1, g.size>>(level-1)-1))
			delete(g.known, tlog.StoredHashIndex(level-1, g.size>>(level-1)))
		}
	}
	g.size++
	return hashes, nil
}

// grownHashes returns the rows that the records add to the tree of the first entries.
func grownHashes(ctx context.Context, q database.Querier, first int64, records []Record) ([]storedHash, error) {
	indexes := edge(first)
	hashes, err := selectHashes(ctx, q, indexes)
	if err != nil {
		return nil, err
	}
	tree := growing{size: first, known: make(map[int64]tlog.Hash, len(indexes)+2)}
	for i, index := range indexes {
		tree.known[index] = hashes[i]
	}
	next := tlog.StoredHashCount(first)
	var rows []storedHash
	for _, r := range records {
		added, err := tree.add(r.Bytes())
		if err != nil {
			return nil, err
		}
		for _, h := range added {
			rows = append(rows, storedHash{Index: next, Hash: h[:]})
			next++
		}
	}
	return rows, nil
}

// stored reads the tree from the database.
func (l *Log) stored(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) { return selectHashes(ctx, l.db, indexes) })
}

// Root returns the root hash of the first size entries.
func (l *Log) Root(ctx context.Context, size int64) (tlog.Hash, error) {
	return tlog.TreeHash(size, l.stored(ctx))
}

// ProveEntry proves that entry seq is in the tree of the first size entries; tlog.CheckRecord checks it with the
// leaf seq-1 and the record's hash.
func (l *Log) ProveEntry(ctx context.Context, size, seq int64) (tlog.RecordProof, error) {
	return tlog.ProveRecord(size, seq-1, l.stored(ctx))
}

// ProveGrowth proves that the tree of the first newer entries begins with that of the first older ones.
func (l *Log) ProveGrowth(ctx context.Context, newer, older int64) (tlog.TreeProof, error) {
	return tlog.ProveTree(newer, older, l.stored(ctx))
}
