package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/jackc/pgx/v5"

	"sachhon/internal/clock"
)

// attempts is how often a transaction that lost a race (serialisation, deadlock, busy) is tried in all.
const attempts = 5

// Tx is one transaction. It is not safe for concurrent use.
type Tx struct {
	sql    *sql.Tx
	pgx    pgx.Tx
	now    clock.Time
	before []func(context.Context) error
	after  []func()
	local  map[any]any
}

type txKey struct{}

// Tx runs f in a transaction and commits when f returns nil. f may run again when the engine asks for a retry, so
// its only effects outside the transaction belong in AfterCommit.
func (db *DB) Tx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	if InTx(ctx) {
		return errors.New("database: a transaction was begun inside another one; pass the Tx down instead")
	}
	inside := context.WithValue(ctx, txKey{}, true)
	for attempt := 1; ; attempt++ {
		err := db.tryTx(inside, f)
		if err == nil || attempt == attempts || !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(attempt*attempt) * 5 * time.Millisecond):
		}
	}
}

// InTx tells whether ctx is that of a running transaction, for what would wait for it for ever.
func InTx(ctx context.Context) bool { return ctx.Value(txKey{}) != nil }

func (db *DB) tryTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) (err error) {
	tx := &Tx{now: clock.At(db.clock.Now())}
	if err := tx.begin(ctx, db); err != nil {
		return fmt.Errorf("database: begin: %w", err)
	}
	done := false
	defer func() {
		if !done { // also when f panics
			err = errors.Join(err, tx.rollback(context.WithoutCancel(ctx)))
		}
	}()
	if err := f(ctx, tx); err != nil {
		return err
	}
	for i := 0; i < len(tx.before); i++ { // a hook may add another
		if err := tx.before[i](ctx); err != nil {
			return err
		}
	}
	if err := tx.commit(ctx); err != nil {
		return translate(err, "commit")
	}
	done = true
	for _, hook := range tx.after {
		hook()
	}
	return nil
}

func (tx *Tx) begin(ctx context.Context, db *DB) (err error) {
	if db.pool != nil {
		tx.pgx, err = db.pool.Begin(ctx)
		return err
	}
	tx.sql, err = db.write.BeginTx(ctx, nil)
	return err
}

func (tx *Tx) commit(ctx context.Context) error {
	if tx.pgx != nil {
		return tx.pgx.Commit(ctx)
	}
	return tx.sql.Commit()
}

func (tx *Tx) rollback(ctx context.Context) error {
	var err error
	if tx.pgx != nil {
		err = tx.pgx.Rollback(ctx)
	} else {
		err = tx.sql.Rollback()
	}
	if errors.Is(err, sql.ErrTxDone) || errors.Is(err, pgx.ErrTxClosed) {
		return nil
	}
	return err
}

// Now is the time of the transaction; all its rows share it.
func (tx *Tx) Now() clock.Time { return tx.now }

// SQL returns SQLite's transaction, for the job queue; nil on PostgreSQL.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// PGX returns PostgreSQL's transaction, for the job queue; nil on SQLite.
func (tx *Tx) PGX() pgx.Tx { return tx.pgx }

// BeforeCommit adds a last step, run after the closure and before the commit; its error rolls everything back.
func (tx *Tx) BeforeCommit(f func(context.Context) error) { tx.before = append(tx.before, f) }

// AfterCommit adds an effect outside the database that may only happen once the transaction stands.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Local returns the value that belongs to key in this transaction, made when it is asked for first. A retried
// transaction begins without any.
func Local[T any](tx *Tx, key any, make func() T) T {
	value, ok := tx.local[key].(T)
	if !ok {
		value = make()
		if tx.local == nil {
			tx.local = map[any]any{}
		}
		tx.local[key] = value
	}
	return value
}

// Get implements Querier inside the transaction.
func (tx *Tx) Get(ctx context.Context, dst any, query string, args ...any) error {
	defer asked(ctx, dst)
	if tx.pgx != nil {
		return translate(pgxscan.Get(ctx, tx.pgx, dst, query, args...), query)
	}
	return translate(sqlscan.Get(ctx, tx.sql, dst, query, args...), query)
}

// Select implements Querier inside the transaction.
func (tx *Tx) Select(ctx context.Context, dst any, query string, args ...any) error {
	defer asked(ctx, dst)
	if tx.pgx != nil {
		return translate(pgxscan.Select(ctx, tx.pgx, dst, query, args...), query)
	}
	return translate(sqlscan.Select(ctx, tx.sql, dst, query, args...), query)
}

// Exec changes rows and returns how many. After a constraint error PostgreSQL refuses every further statement of
// the transaction: return the error instead of going on.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	defer asked(ctx, nil)
	if tx.pgx != nil {
		tag, err := tx.pgx.Exec(ctx, query, args...)
		return tag.RowsAffected(), translate(err, query)
	}
	result, err := tx.sql.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, translate(err, query)
	}
	return result.RowsAffected()
}
