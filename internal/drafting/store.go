package drafting

import (
	"context"
	"errors"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

func loadHead(ctx context.Context, q database.Querier, unitID ident.ID) (Letterhead, int64, error) {
	var r struct {
		Settings database.JSON[Letterhead] `db:"settings"`
		Version  int64                     `db:"version"`
	}
	err := q.Get(ctx, &r, `SELECT settings, version FROM letterhead WHERE unit_id = $1`, unitID)
	if isNotFound(err) {
		return Letterhead{}, 0, nil
	}
	if err != nil {
		return Letterhead{}, 0, wrap("load letterhead", err)
	}
	return r.Settings.V, r.Version, nil
}

// storeHead writes the version after the one that was seen; whoever saw an older one is told.
func storeHead(ctx context.Context, tx *database.Tx, unitID ident.ID, version int64, h Letterhead, by ident.ID) error {
	n, err := tx.Exec(ctx, `INSERT INTO letterhead (unit_id, settings, version, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unit_id) DO UPDATE SET settings = excluded.settings, version = excluded.version,
			updated_by = excluded.updated_by, updated_at = excluded.updated_at WHERE letterhead.version = $6`,
		unitID, database.JSON[Letterhead]{V: h}, version+1, by, tx.Now(), version)
	if errors.Is(err, database.ErrReference) {
		return fault.NotFound.With("unit.fault.unknown")
	}
	if err != nil {
		return wrap("store letterhead", err)
	}
	if n != 1 {
		return fault.Conflict.With("drafting.fault.changed")
	}
	return nil
}
