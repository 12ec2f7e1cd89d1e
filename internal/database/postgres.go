package database

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// poolConns is the size of the pool when the URL does not say pool_max_conns. The driver's own default, one connection
// for each processor, is too small: a service that reads while its transaction is open takes a second one.
const poolConns = 16

func (db *DB) openPostgres(ctx context.Context, target string) error {
	config, err := postgresConfig(target)
	if err != nil {
		return err
	}
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	return db.pool.Ping(ctx)
}

func postgresConfig(target string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(target)
	if err != nil {
		return nil, err
	}
	given, err := pgx.ParseConfig(target) // leaves the pool's parameters in, so that a given size can be told from none
	if err != nil {
		return nil, err
	}
	if _, ok := given.RuntimeParams["pool_max_conns"]; !ok {
		config.MaxConns = poolConns
	}
	return config, nil
}
