package database

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// openSQLite opens the file twice: a pool that can only read, and the one connection that writes.
//
// The pragmas stand in the DSN because one sent with Exec reaches a single pooled connection. busy_timeout is first,
// so that setting the others can wait. A transaction takes the write lock when it begins: one that started reading
// could not wait for it later. synchronous=FULL makes a commit survive a power cut too;
// a demo that can be replayed does without, and still survives the end of its process.
func (db *DB) openSQLite(ctx context.Context, target string) error {
	path, throwaway := strings.CutSuffix(target, "?synchronous=off")
	synchronous := "synchronous(FULL)"
	if throwaway {
		synchronous = "synchronous(OFF)"
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	pragmas := func(extra ...string) string {
		q := url.Values{"_pragma": append([]string{
			"busy_timeout(10000)", "journal_mode(WAL)", synchronous, "foreign_keys(1)",
			"mmap_size(268435456)", "temp_store(MEMORY)",
		}, extra...), "_txlock": {"immediate"}}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	var err error
	if db.write, err = sql.Open("sqlite", pragmas()); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.PingContext(ctx); err != nil {
		return err
	}
	if db.read, err = sql.Open("sqlite", pragmas("query_only(1)")); err != nil {
		return err
	}
	readers := max(4, 2*runtime.NumCPU())
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	return db.read.PingContext(ctx)
}
