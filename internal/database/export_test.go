package database

import (
	"context"
	"slices"

	"github.com/pressly/goose/v3"
)

// MigrateWithout brings the schema up to date but for some versions, as a program left it that did not have them yet.
func (db *DB) MigrateWithout(ctx context.Context, missing ...int64) error {
	return db.withProvider(func(p *goose.Provider) error {
		for _, source := range p.ListSources() {
			if slices.Contains(missing, source.Version) {
				continue
			}
			if _, err := p.ApplyVersion(ctx, source.Version, true); err != nil {
				return err
			}
		}
		return nil
	})
}

// MigrateTo brings the schema up to a version, as an older program left it.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	return db.withProvider(func(p *goose.Provider) error {
		_, err := p.UpTo(ctx, version)
		return err
	})
}
