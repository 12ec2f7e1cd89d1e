package calendar

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// readVersion returns how often the calendar was changed.
func readVersion(ctx context.Context, q database.Querier) (int64, error) {
	var version int64
	if err := q.Get(ctx, &version, `SELECT version FROM calendar_version WHERE name = 'days'`); err != nil {
		return 0, fmt.Errorf("calendar: read the version: %w", err)
	}
	return version, nil
}

// raiseVersion makes every cached calendar old, and a second change wait for this one.
func raiseVersion(ctx context.Context, tx *database.Tx) (int64, error) {
	if _, err := tx.Exec(ctx, `UPDATE calendar_version SET version = version + 1 WHERE name = 'days'`); err != nil {
		return 0, fmt.Errorf("calendar: raise the version: %w", err)
	}
	return readVersion(ctx, tx)
}

func readEntries(ctx context.Context, q database.Querier) ([]Entry, error) {
	var entries []Entry
	if err := q.Select(ctx, &entries, `SELECT day, kind, name, source, unconfirmed FROM calendar_day ORDER BY day`); err != nil {
		return nil, fmt.Errorf("calendar: read days: %w", err)
	}
	return entries, nil
}

func upsert(ctx context.Context, tx *database.Tx, e Entry, by ident.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO calendar_day (day, kind, name, source, unconfirmed, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name, source = excluded.source,
		unconfirmed = excluded.unconfirmed, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
		e.Day, e.Kind, e.Name, e.Source, e.Unconfirmed, by, tx.Now())
	if err != nil {
		return fmt.Errorf("calendar: store %s: %w", e.Day, err)
	}
	return nil
}
