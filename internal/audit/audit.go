package audit

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Entry is one thing that somebody did.
type Entry struct {
	Actor     ident.ID // who; never empty
	Action    string   // what, e.g. "report.submit"
	Kind      string   // to what sort of thing, e.g. "report"
	Object    ident.ID // to which one
	Challenge ident.ID // the challenge that it belongs to, if any
	// Before and After are what changed of the object, as small values that encode to JSON; nil when there was or is
	// nothing. They hold no personal data: the log is public and nothing is ever taken out of it.
	Before, After any
}

// Record is an entry as it stands in the log.
type Record struct {
	Seq       int64      `db:"seq"`
	At        clock.Time `db:"at"`
	Actor     ident.ID   `db:"actor"`
	Action    string     `db:"action"`
	Kind      string     `db:"kind"`
	Object    ident.ID   `db:"object"`
	Challenge ident.ID   `db:"challenge"`
	Before    string     `db:"state_before"` // JSON
	After     string     `db:"state_after"`  // JSON
}

// Log is the log of one database.
type Log struct {
	db     *database.DB
	signer Signer
	head   atomic.Int64

	mu   sync.Mutex
	size int64 // of the last checkpoint that was signed here
	note []byte
}

// New returns the log of db. Its checkpoints are signed by signer.
func New(db *database.DB, signer Signer) *Log { return &Log{db: db, signer: signer} }

// pending are the entries of a transaction that has not ended.
type pending struct{ records []Record }

// Record appends an entry when tx is committed. The number and the hashes are made in the last moment before, since
// all writers wait for each other there. The entry's time is the transaction's.
func (l *Log) Record(ctx context.Context, tx *database.Tx, e Entry) error {
	record, err := newRecord(tx.Now(), e)
	if err != nil {
		return err
	}
	p := database.Local(tx, l, func() *pending { return &pending{} })
	if len(p.records) == 0 {
		tx.BeforeCommit(func(ctx context.Context) error {
			records := p.records
			p.records = nil // a later hook may record again
			return l.append(ctx, tx, records)
		})
	}
	p.records = append(p.records, record)
	return nil
}

func newRecord(at clock.Time, e Entry) (Record, error) {
	what := fmt.Sprintf("audit: %s of %s %s", e.Action, e.Kind, e.Object)
	if e.Actor == "" {
		return Record{}, fmt.Errorf("%s: no actor", what)
	}
	if e.Action == "" || e.Kind == "" || e.Object == "" {
		return Record{}, fmt.Errorf("%s: action, kind and object must be given", what)
	}
	before, err := encode(e.Before)
	if err != nil {
		return Record{}, fmt.Errorf("%s: before: %w", what, err)
	}
	after, err := encode(e.After)
	if err != nil {
		return Record{}, fmt.Errorf("%s: after: %w", what, err)
	}
	record := Record{
		At: at, Actor: e.Actor, Action: e.Action, Kind: e.Kind, Object: e.Object, Challenge: e.Challenge,
		Before: before, After: after,
	}
	if n := len(record.Bytes()); n > maxEntry-20 { // its number is not known yet
		return Record{}, fmt.Errorf("%s: the entry has %d bytes, at most %d fit", what, n, maxEntry-20)
	}
	return record, nil
}

// append numbers the records, hashes them into the tree and stores both.
func (l *Log) append(ctx context.Context, tx *database.Tx, records []Record) error {
	size, err := grow(ctx, tx, len(records))
	if err != nil {
		return err
	}
	first := size - int64(len(records))
	for i := range records {
		records[i].Seq = first + int64(i) + 1
	}
	hashes, err := grownHashes(ctx, tx, first, records)
	if err != nil {
		return err
	}
	if err := insertRecords(ctx, tx, records); err != nil {
		return err
	}
	if err := insertHashes(ctx, tx, hashes); err != nil {
		return err
	}
	tx.AfterCommit(func() { l.raise(size) })
	return nil
}

func (l *Log) raise(size int64) {
	for {
		head := l.head.Load()
		if head >= size || l.head.CompareAndSwap(head, size) {
			return
		}
	}
}

// Head is the number of the newest entry that this process knows of: of its own all, of other nodes' those at the
// last Refresh. It costs nothing.
func (l *Log) Head() int64 { return l.head.Load() }

// Refresh asks the database for the newest number and returns it. Call it once at the start, and from time to time
// where several nodes write.
func (l *Log) Refresh(ctx context.Context) (int64, error) {
	size, err := readSize(ctx, l.db)
	if err != nil {
		return 0, err
	}
	l.raise(size)
	return size, nil
}

// ChallengeHead returns the number and the time of the newest entry that belongs to the challenge, which is the
// version of everything derived from it; 0 and no time when there is none.
func (l *Log) ChallengeHead(ctx context.Context, q database.Querier, challenge ident.ID) (seq int64, at clock.Time, err error) {
	return readChallengeHead(ctx, q, challenge)
}

// Of returns what was done to an object, the oldest first.
func (l *Log) Of(ctx context.Context, q database.Querier, object ident.ID) ([]Record, error) {
	return selectObject(ctx, q, object)
}
