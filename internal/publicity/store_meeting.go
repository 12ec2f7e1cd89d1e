package publicity

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// protocol is a meeting as its minutes keep it, under the identifier of its record.
type protocol struct {
	Record     ident.ID            `db:"publicity_id"`
	Challenge  ident.ID            `db:"challenge_id"`
	CampaignID ident.ID            `db:"campaign_id"`
	UnitID     ident.ID            `db:"unit_id"`
	Held       database.JSON[Held] `db:"meeting"`
}

func insertMinutes(ctx context.Context, tx *database.Tx, m protocol, by ident.ID) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO meeting_minutes (publicity_id, challenge_id, campaign_id, unit_id, meeting, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (publicity_id) DO NOTHING`,
		m.Record, m.Challenge, orNull(m.CampaignID), m.UnitID, m.Held, by, tx.Now())
	if err != nil {
		return false, fmt.Errorf("publicity: insert minutes: %w", err)
	}
	return n == 1, nil
}

// loadMinutes returns the minutes of a record, if it has some.
func loadMinutes(ctx context.Context, q database.Querier, record ident.ID) (protocol, bool, error) {
	var m protocol
	err := q.Get(ctx, &m, `SELECT publicity_id, challenge_id, coalesce(campaign_id, '') AS campaign_id, unit_id, meeting FROM meeting_minutes WHERE publicity_id = $1`, record)
	if errors.Is(err, database.ErrNotFound) {
		return protocol{}, false, nil
	}
	if err != nil {
		return protocol{}, false, fmt.Errorf("publicity: load minutes: %w", err)
	}
	return m, true, nil
}

// listMinutes returns the records of a unit's meetings about a challenge that have minutes.
func listMinutes(ctx context.Context, q database.Querier, challenge, unit ident.ID) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT publicity_id FROM meeting_minutes WHERE challenge_id = $1 AND unit_id = $2`, challenge, unit)
	if err != nil {
		return nil, fmt.Errorf("publicity: list minutes: %w", err)
	}
	return ids, nil
}

func correctMinutes(ctx context.Context, tx *database.Tx, record ident.ID, h Held) error {
	_, err := tx.Exec(ctx, `UPDATE meeting_minutes SET meeting = $1 WHERE publicity_id = $2`, database.JSON[Held]{V: h}, record)
	if err != nil {
		return fmt.Errorf("publicity: correct minutes: %w", err)
	}
	return nil
}
