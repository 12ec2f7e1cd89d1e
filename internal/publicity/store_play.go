package publicity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// hoursOf returns a unit's hours, the usual ones when it has set none.
func hoursOf(ctx context.Context, q database.Querier, unit ident.ID) (Hours, error) {
	var row struct {
		Days       database.JSON[[]time.Weekday] `db:"days"`
		Slots      database.JSON[[]Slot]         `db:"slots"`
		MaxMinutes int                           `db:"max_minutes"`
		Version    int64                         `db:"version"`
	}
	err := q.Get(ctx, &row, `SELECT days, slots, max_minutes, version FROM loudspeaker_hours WHERE unit_id = $1`, unit)
	if errors.Is(err, database.ErrNotFound) {
		h := DefaultHours()
		h.UnitID = unit
		return h, nil
	}
	if err != nil {
		return Hours{}, fmt.Errorf("publicity: load hours: %w", err)
	}
	return Hours{UnitID: unit, Days: row.Days.V, Slots: row.Slots.V, MaxMinutes: row.MaxMinutes, Version: row.Version}, nil
}

func saveHours(ctx context.Context, tx *database.Tx, h Hours, by ident.ID) error {
	n, err := tx.Exec(ctx, `INSERT INTO loudspeaker_hours (unit_id, days, slots, max_minutes, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (unit_id) DO UPDATE SET days = excluded.days, slots = excluded.slots,
		max_minutes = excluded.max_minutes, version = excluded.version, updated_by = excluded.updated_by, updated_at = excluded.updated_at
		WHERE loudspeaker_hours.version = excluded.version - 1`,
		h.UnitID, database.JSON[[]time.Weekday]{V: h.Days}, database.JSON[[]Slot]{V: h.Slots}, h.MaxMinutes, h.Version, by, tx.Now())
	return guarded(n, err, "save hours")
}

func insertPlay(ctx context.Context, tx *database.Tx, p Play) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO loudspeaker_play (id, challenge_id, campaign_id, unit_id, dispatch_id, device,
		started_at, ended_at, times, result, note, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
		p.ID, p.ChallengeID, orNull(p.CampaignID), p.UnitID, p.DispatchID, p.Device, p.Started, p.Ended, p.Times, p.Result, p.Note,
		p.CreatedBy, p.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("publicity: insert play: %w", err)
	}
	return n == 1, nil
}

type playRow struct {
	ID          ident.ID   `db:"id"`
	ChallengeID ident.ID   `db:"challenge_id"`
	CampaignID  ident.ID   `db:"campaign_id"`
	UnitID      ident.ID   `db:"unit_id"`
	DispatchID  ident.ID   `db:"dispatch_id"`
	Device      string     `db:"device"`
	Started     clock.Time `db:"started_at"`
	Ended       clock.Time `db:"ended_at"`
	Times       int        `db:"times"`
	Result      Result     `db:"result"`
	Note        string     `db:"note"`
	CreatedBy   ident.ID   `db:"created_by"`
	CreatedAt   clock.Time `db:"created_at"`
}

func (r playRow) play() Play {
	return Play{
		ID: r.ID, ChallengeID: r.ChallengeID, CampaignID: r.CampaignID, UnitID: r.UnitID, DispatchID: r.DispatchID, Device: r.Device,
		Started: r.Started, Ended: r.Ended, Times: r.Times, Result: r.Result, Note: r.Note, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
	}
}

// loadPlay returns the line of the play log of a record, if it has one.
func loadPlay(ctx context.Context, q database.Querier, id ident.ID) (Play, bool, error) {
	var row playRow
	err := q.Get(ctx, &row, `SELECT `+playColumns+` FROM loudspeaker_play WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Play{}, false, nil
	}
	if err != nil {
		return Play{}, false, fmt.Errorf("publicity: load play: %w", err)
	}
	return row.play(), true, nil
}

func correctPlay(ctx context.Context, tx *database.Tx, p Play) error {
	_, err := tx.Exec(ctx, `UPDATE loudspeaker_play SET device = $1, started_at = $2, ended_at = $3, times = $4, note = $5 WHERE id = $6`,
		p.Device, p.Started, p.Ended, p.Times, p.Note, p.ID)
	if err != nil {
		return fmt.Errorf("publicity: correct play: %w", err)
	}
	return nil
}

func listPlays(ctx context.Context, q database.Querier, challenge, unit ident.ID) ([]Play, error) {
	var rows []playRow
	err := q.Select(ctx, &rows, `SELECT `+playColumns+` FROM loudspeaker_play WHERE challenge_id = $1 AND unit_id = $2
		ORDER BY started_at DESC, id DESC LIMIT $3`, challenge, unit, mostPlays)
	if err != nil {
		return nil, fmt.Errorf("publicity: list plays: %w", err)
	}
	out := make([]Play, len(rows))
	for i, r := range rows {
		out[i] = r.play()
	}
	return out, nil
}

// playsOn returns what a unit's loudspeakers played about challenges on the days, by challenge.
func playsOn(ctx context.Context, q database.Querier, challenges []ident.ID, unit ident.ID, first, last clock.Day) (map[ident.ID][]Play, error) {
	var rows []playRow
	err := q.Select(ctx, &rows, `SELECT `+playColumns+` FROM loudspeaker_play
		WHERE unit_id = $1 AND started_at >= $2 AND started_at < $3 AND challenge_id IN (`+database.In(4, len(challenges))+`)
		ORDER BY started_at DESC, id DESC`,
		append([]any{unit, first.Start(), last.Next().Start()}, database.Args(challenges)...)...)
	if err != nil {
		return nil, fmt.Errorf("publicity: list plays of days: %w", err)
	}
	by := map[ident.ID][]Play{}
	for _, r := range rows {
		by[r.ChallengeID] = append(by[r.ChallengeID], r.play())
	}
	return by, nil
}
