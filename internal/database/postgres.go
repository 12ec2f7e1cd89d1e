package database

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func (db *DB) openPostgres(ctx context.Context, target string) error {
	var err error
	if db.pool, err = pgxpool.New(ctx, target); err != nil {
		return err
	}
	return db.pool.Ping(ctx)
}
