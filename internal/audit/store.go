package audit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const recordColumns = "seq, at, actor, action, kind, object, challenge, state_before, state_after"

// chunk is how many rows one statement carries; SQLite and PostgreSQL limit its arguments.
const chunk = 500

// grow makes room for n more entries and returns the size with them. From here to the commit others wait.
func grow(ctx context.Context, tx *database.Tx, n int) (size int64, err error) {
	err = tx.Get(ctx, &size, "UPDATE audit_head SET size = size + $1 WHERE id = 1 RETURNING size", n)
	return size, err
}

func readSize(ctx context.Context, q database.Querier) (size int64, err error) {
	err = q.Get(ctx, &size, "SELECT size FROM audit_head WHERE id = 1")
	return size, err
}

func insertRecords(ctx context.Context, tx *database.Tx, records []Record) error {
	for len(records) > 0 {
		part := records[:min(len(records), chunk)]
		records = records[len(part):]
		args := make([]any, 0, 9*len(part))
		for _, r := range part {
			args = append(args, r.Seq, r.At, r.Actor, r.Action, r.Kind, r.Object, r.Challenge, r.Before, r.After)
		}
		_, err := tx.Exec(ctx, "INSERT INTO audit_entry ("+recordColumns+") VALUES "+rows(len(part), 9), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func insertHashes(ctx context.Context, tx *database.Tx, hashes []storedHash) error {
	for len(hashes) > 0 {
		part := hashes[:min(len(hashes), chunk)]
		hashes = hashes[len(part):]
		args := make([]any, 0, 2*len(part))
		for _, h := range part {
			args = append(args, h.Index, h.Hash)
		}
		if _, err := tx.Exec(ctx, "INSERT INTO audit_hash (idx, hash) VALUES "+rows(len(part), 2), args...); err != nil {
			return err
		}
	}
	return nil
}

// rows returns the placeholders of n rows: ($1,$2),($3,$4)…
func rows(n, columns int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("(" + database.In(i*columns+1, columns) + ")")
	}
	return b.String()
}

// storedHash is a row of the tree.
type storedHash struct {
	Index int64  `db:"idx"`
	Hash  []byte `db:"hash"`
}

// selectHashes returns the hashes at the indexes, in their order.
func selectHashes(ctx context.Context, q database.Querier, indexes []int64) ([]tlog.Hash, error) {
	found := make(map[int64]tlog.Hash, len(indexes))
	for rest := indexes; len(rest) > 0; {
		part := rest[:min(len(rest), chunk)]
		rest = rest[len(part):]
		var rows []storedHash
		if err := q.Select(ctx, &rows, "SELECT idx, hash FROM audit_hash WHERE idx IN ("+database.In(1, len(part))+")", database.Args(part)...); err != nil {
			return nil, err
		}
		for _, row := range rows {
			if len(row.Hash) == tlog.HashSize {
				found[row.Index] = tlog.Hash(row.Hash)
			}
		}
	}
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := found[index]
		if !ok {
			return nil, fmt.Errorf("audit: hash %d is missing or damaged", index)
		}
		hashes[i] = h
	}
	return hashes, nil
}

// selectHashRange returns the hashes with from <= index < to.
func selectHashRange(ctx context.Context, q database.Querier, from, to int64) (hashes []storedHash, err error) {
	err = q.Select(ctx, &hashes, "SELECT idx, hash FROM audit_hash WHERE idx >= $1 AND idx < $2 ORDER BY idx", from, to)
	return hashes, err
}

// selectRecords returns the entries with from < seq <= to.
func selectRecords(ctx context.Context, q database.Querier, from, to int64) (records []Record, err error) {
	err = q.Select(ctx, &records, "SELECT "+recordColumns+" FROM audit_entry WHERE seq > $1 AND seq <= $2 ORDER BY seq", from, to)
	return records, err
}

func selectObject(ctx context.Context, q database.Querier, object ident.ID) (records []Record, err error) {
	err = q.Select(ctx, &records, "SELECT "+recordColumns+" FROM audit_entry WHERE object = $1 ORDER BY seq", object)
	return records, err
}

func readChallengeHead(ctx context.Context, q database.Querier, challenge ident.ID) (int64, clock.Time, error) {
	var newest struct {
		Seq int64      `db:"seq"`
		At  clock.Time `db:"at"`
	}
	err := q.Get(ctx, &newest, "SELECT seq, at FROM audit_entry WHERE challenge = $1 ORDER BY seq DESC LIMIT 1", challenge)
	if errors.Is(err, database.ErrNotFound) {
		return 0, clock.Time{}, nil
	}
	return newest.Seq, newest.At, err
}

// countBeyond counts the rows that no entry up to the head explains.
func countBeyond(ctx context.Context, q database.Querier) (n int64, err error) {
	var head struct {
		Size    int64 `db:"size"`
		Entries int64 `db:"entries"`
	}
	err = q.Get(ctx, &head, `SELECT h.size AS size, (SELECT count(*) FROM audit_entry WHERE seq > h.size OR seq < 1) AS entries
		FROM audit_head h WHERE h.id = 1`)
	if err != nil || head.Entries > 0 {
		return head.Entries, err
	}
	err = q.Get(ctx, &n, "SELECT count(*) FROM audit_hash WHERE idx < 0 OR idx >= $1 AND (SELECT size FROM audit_head WHERE id = 1) = $2",
		tlog.StoredHashCount(head.Size), head.Size)
	return n, err
}

const seedSetting = "audit.seed"

func readSeed(ctx context.Context, q database.Querier) (seed string, err error) {
	err = q.Get(ctx, &seed, "SELECT value FROM setting WHERE name = $1", seedSetting)
	return seed, err
}

// keepSeed stores the seed unless another node did so first.
func keepSeed(ctx context.Context, tx *database.Tx, seed string, now clock.Time) error {
	_, err := tx.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
		seedSetting, seed, now)
	return err
}
