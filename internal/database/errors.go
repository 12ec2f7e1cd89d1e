package database

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/georgysavva/scany/v2/dbscan"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound says that Get found no row.
var ErrNotFound = errors.New("database: no such row")

// ErrConflict says that a row with the same unique key exists.
var ErrConflict = errors.New("database: a row with this key exists")

// ErrReference says that a row refers to one that does not exist, or that one to be deleted is still referred to.
var ErrReference = errors.New("database: broken reference")

// conflict keeps which constraint refused the row.
type conflict struct {
	constraint string
	cause      error
}

func (c *conflict) Error() string   { return ErrConflict.Error() + " (" + c.constraint + ")" }
func (c *conflict) Is(e error) bool { return e == ErrConflict }
func (c *conflict) Unwrap() error   { return c.cause }

// ConstraintOf names what refused the row: the constraint or index on PostgreSQL, "table.column, table.column" on
// SQLite. Prefer asking for the row first; the name is for telling two unique keys of one table apart.
func ConstraintOf(err error) string {
	if c, ok := errors.AsType[*conflict](err); ok {
		return c.constraint
	}
	return ""
}

// translate turns an engine's error into ours and says which statement it was.
func translate(err error, query string) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) || dbscan.NotFound(err) { // pgx.ErrNoRows is one too
		return ErrNotFound
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code {
		case "23505":
			return &conflict{e.ConstraintName, err}
		case "23503":
			return fmt.Errorf("%w (%s): %w", ErrReference, e.ConstraintName, err)
		}
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			columns := e.Error() // "constraint failed: UNIQUE constraint failed: table.column (2067)"
			columns = columns[strings.LastIndex(columns, ": ")+len(": "):]
			columns, _, _ = strings.Cut(columns, " (")
			return &conflict{columns, err}
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return fmt.Errorf("%w: %w", ErrReference, err)
		}
	}
	return fmt.Errorf("database: %s: %w", firstLine(query), err)
}

// retryable tells whether the transaction only lost a race.
func retryable(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "40001" || e.Code == "40P01"
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	return false
}

// firstLine shortens a statement for an error's text.
func firstLine(query string) string {
	words := strings.Join(strings.Fields(query), " ")
	if len(words) > 80 {
		return words[:80] + "…"
	}
	return words
}
