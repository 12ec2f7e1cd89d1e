package database

import (
	"context"

	"github.com/pressly/goose/v3"
)

// MigrateTo brings the schema up to a version, as an older program left it.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	return db.withProvider(func(p *goose.Provider) error {
		_, err := p.UpTo(ctx, version)
		return err
	})
}
