package audit

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sachhon/internal/fault"
)

// tileHeight is fixed by C2SP tlog-tiles: a full tile holds 256 hashes or entries.
const tileHeight = 8

// Checkpoint returns the signed size and root of the tree as it is now, in the C2SP tlog-checkpoint format.
func (l *Log) Checkpoint(ctx context.Context) ([]byte, error) {
	size, err := l.Refresh(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.note != nil && l.size == size {
		return l.note, nil
	}
	root, err := l.Root(ctx, size)
	if err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", l.signer.Name(), size, root)}, l.signer)
	if err != nil {
		return nil, fmt.Errorf("audit: sign the checkpoint: %w", err)
	}
	l.size, l.note = size, signed
	return signed, nil
}

// VerifierKey returns the public key of the checkpoints.
func (l *Log) VerifierKey() string { return l.signer.VerifierKey }

// Tile returns what lies below /log/ at path, in the layout of C2SP tlog-tiles: "tile/0/x001/067" (hashes),
// "tile/0/001.p/5" (the first five of a tile that may still grow), "tile/entries/000" (entries, each after its length
// in two bytes). A full tile never changes. What is not there is fault.NotFound.
func (l *Log) Tile(ctx context.Context, path string) ([]byte, error) {
	tile, entries, err := parseTile(path)
	if err != nil {
		return nil, fault.NotFound.With("").Because(err)
	}
	size := l.Head()
	if !within(tile, size) { // another node may have written
		if size, err = l.Refresh(ctx); err != nil {
			return nil, err
		}
		if !within(tile, size) {
			return nil, fault.NotFound.With("").Because(fmt.Errorf("audit: %s is beyond %d entries", path, size))
		}
	}
	if !entries {
		return tlog.ReadTileData(tile, l.stored(ctx))
	}
	first := tile.N << tileHeight
	records, err := selectRecords(ctx, l.db, first, first+int64(tile.W))
	if err != nil {
		return nil, err
	}
	if len(records) != tile.W {
		return nil, fmt.Errorf("audit: %d of %d entries after %d are missing", tile.W-len(records), tile.W, first)
	}
	var data []byte
	for _, r := range records {
		b := r.Bytes()
		if len(b) > maxEntry {
			return nil, fmt.Errorf("audit: entry %d has %d bytes, more than a tile can tell", r.Seq, len(b))
		}
		data = binary.BigEndian.AppendUint16(data, uint16(len(b)))
		data = append(data, b...)
	}
	return data, nil
}

// parseTile reads a path. tlog writes the tile's height into its own paths, and "data" where C2SP has "entries".
func parseTile(path string) (t tlog.Tile, entries bool, err error) {
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok || strings.HasPrefix(rest, "data/") {
		return tlog.Tile{}, false, fmt.Errorf("audit: %q is no tile", path)
	}
	if n, is := strings.CutPrefix(rest, "entries/"); is {
		rest, entries = "data/"+n, true
	}
	if t, err = tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", tileHeight, rest)); err != nil {
		return tlog.Tile{}, false, err
	}
	if t.L > 5 || t.N >= 1<<40 {
		return tlog.Tile{}, false, fmt.Errorf("audit: %q is beyond any log", path)
	}
	t.L = max(t.L, 0)
	return t, entries, nil
}

// within tells whether a tree of size entries holds all of the tile.
func within(t tlog.Tile, size int64) bool {
	return t.N<<tileHeight+int64(t.W) <= size>>(tileHeight*t.L)
}
