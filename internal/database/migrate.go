package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the files of the schema, as this program carries them.
func Migrations() fs.FS { return migrations }

// words are the few places where the engines' definitions differ.
var words = map[Engine]*strings.Replacer{
	SQLite: strings.NewReplacer("{{int}}", "INTEGER", "{{float}}", "REAL", "{{bool}}", "INTEGER",
		"{{blob}}", "BLOB", "{{strict}}", "STRICT"),
	Postgres: strings.NewReplacer("{{int}}", "BIGINT", "{{float}}", "DOUBLE PRECISION", "{{bool}}", "BOOLEAN",
		"{{blob}}", "BYTEA", "{{strict}}", ""),
}

// Migrate brings the schema up to date. Several nodes may call it at once; one migrates and the others wait.
func (db *DB) Migrate(ctx context.Context) error {
	return db.withProvider(func(p *goose.Provider) error {
		_, err := p.Up(ctx)
		return err
	})
}

// Pending tells whether the schema is older than this program.
func (db *DB) Pending(ctx context.Context) (bool, error) {
	var pending bool
	err := db.withProvider(func(p *goose.Provider) (err error) {
		pending, err = p.HasPending(ctx)
		return err
	})
	return pending, err
}

func (db *DB) withProvider(f func(*goose.Provider) error) (err error) {
	steps, err := db.steps()
	if err != nil {
		return err
	}
	dialect, conn := goose.DialectSQLite3, db.write
	options := []goose.ProviderOption{
		goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true),
		goose.WithAllowOutofOrder(true), // numbers belong to packages, so a newer file may have a lower one
	}
	if db.pool != nil {
		dialect, conn = goose.DialectPostgres, stdlib.OpenDBFromPool(db.pool)
		defer func() { err = errors.Join(err, conn.Close()) }()
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, conn, nil, options...)
	if err != nil {
		return fmt.Errorf("database: migrations: %w", err)
	}
	if err := f(provider); err != nil {
		return fmt.Errorf("database: migrate: %w", err)
	}
	return nil
}

// engineOf is the engine that a file is for, "" for both: 0147_again.sqlite.sql changes what SQLite can not alter.
func engineOf(file string) Engine {
	engine := strings.TrimPrefix(path.Ext(strings.TrimSuffix(file, ".sql")), ".")
	return Engine(engine)
}

// steps reads the embedded files; the words in braces are the engine's.
func (db *DB) steps() ([]*goose.Migration, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []*goose.Migration
	for _, file := range files {
		if engine := engineOf(file); engine != "" && engine != db.engine {
			continue
		}
		number, _, _ := strings.Cut(path.Base(file), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("database: %s: the name does not begin with a number", file)
		}
		text, err := migrations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		statements := words[db.engine].Replace(string(text))
		if i := strings.Index(statements, "{{"); i >= 0 {
			return nil, fmt.Errorf("database: %s: unknown word %.20q", file, statements[i:])
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			var args []any
			if db.engine == Postgres {
				args = append(args, pgx.QueryExecModeSimpleProtocol) // several statements in one text
			}
			_, err := tx.ExecContext(ctx, statements, args...)
			if err != nil {
				return fmt.Errorf("%s: %w", path.Base(file), err)
			}
			return nil
		}}, nil))
	}
	return steps, nil
}
