package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/jackc/pgx/v5/pgxpool"

	"sachhon/internal/clock"
)

// Engine names the database engine.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Config says which database to open.
type Config struct {
	URL string `name:"url" env:"SACHHON_DATABASE_URL" default:"sqlite:data/sachhon.db" help:"sqlite:FILE or postgres://user:password@host/name; sqlite:FILE?synchronous=off for data that may be lost with the machine's power." secret:"true"`
}

// Validate reports what is wrong with the configuration.
func (c Config) Validate() error {
	_, _, err := c.target()
	return err
}

// target splits the URL into the engine and what its driver wants.
func (c Config) target() (Engine, string, error) {
	switch scheme, rest, ok := strings.Cut(c.URL, ":"); {
	case !ok:
	case scheme == "sqlite" && rest != "" && rest != ":memory:" && rest[0] != '?':
		return SQLite, rest, nil
	case scheme == "postgres" || scheme == "postgresql":
		return Postgres, c.URL, nil
	}
	return "", "", errors.New("database url: want sqlite:FILE or postgres://user:password@host/name")
}

// Querier reads; both a DB and a Tx do.
type Querier interface {
	// Get scans exactly one row into dst, a pointer to a struct or to a single value; none is ErrNotFound.
	Get(ctx context.Context, dst any, query string, args ...any) error
	// Select scans all rows into dst, a pointer to a slice.
	Select(ctx context.Context, dst any, query string, args ...any) error
}

// DB is an open database.
type DB struct {
	engine Engine
	clock  clock.Clock

	// SQLite: many readers beside the one writer that the engine allows. A pool of writers would only collide.
	read, write *sql.DB
	// PostgreSQL: one pool for both.
	pool *pgxpool.Pool
}

// Open opens the database and makes sure that it answers; c tells the transactions their time.
func Open(ctx context.Context, cfg Config, c clock.Clock) (*DB, error) {
	engine, target, err := cfg.target()
	if err != nil {
		return nil, err
	}
	db := &DB{engine: engine, clock: c}
	if engine == SQLite {
		err = db.openSQLite(ctx, target)
	} else {
		err = db.openPostgres(ctx, target)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: open %s: %w", engine, err), db.Close())
	}
	return db, nil
}

// Engine tells which engine is used, for the few places that must differ.
func (db *DB) Engine() Engine { return db.engine }

// Clock returns the clock of the transactions.
func (db *DB) Clock() clock.Clock { return db.clock }

// Writer returns SQLite's only writing connection, for the job queue; nil on PostgreSQL.
func (db *DB) Writer() *sql.DB { return db.write }

// Pool returns PostgreSQL's connections, for the job queue; nil on SQLite.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Ping asks the database for an answer.
func (db *DB) Ping(ctx context.Context) error {
	if db.pool != nil {
		return db.pool.Ping(ctx)
	}
	return db.read.PingContext(ctx)
}

// Close closes all connections.
func (db *DB) Close() error {
	var errs []error
	if db.pool != nil {
		db.pool.Close()
	}
	for _, pool := range []*sql.DB{db.read, db.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Get implements Querier on a snapshot of its own.
func (db *DB) Get(ctx context.Context, dst any, query string, args ...any) error {
	defer asked(ctx, dst)
	if db.pool != nil {
		return translate(pgxscan.Get(ctx, db.pool, dst, query, args...), query)
	}
	return translate(sqlscan.Get(ctx, db.read, dst, query, args...), query)
}

// Select implements Querier on a snapshot of its own.
func (db *DB) Select(ctx context.Context, dst any, query string, args ...any) error {
	defer asked(ctx, dst)
	if db.pool != nil {
		return translate(pgxscan.Select(ctx, db.pool, dst, query, args...), query)
	}
	return translate(sqlscan.Select(ctx, db.read, dst, query, args...), query)
}

var (
	_ Querier = (*DB)(nil)
	_ Querier = (*Tx)(nil)
)
