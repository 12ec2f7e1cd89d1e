package publicity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

type campaignRow struct {
	ID          ident.ID                `db:"id"`
	ChallengeID ident.ID                `db:"challenge_id"`
	OwnerID     ident.ID                `db:"owner_id"`
	Message     string                  `db:"message"`
	Facts       database.JSON[[]string] `db:"facts"`
	Contact     string                  `db:"contact"`
	Phone       string                  `db:"phone"`
	Hashtags    database.JSON[[]string] `db:"hashtags"`
	First       clock.Day               `db:"first_day"`
	Last        clock.Day               `db:"last_day"`
	CreatedBy   ident.ID                `db:"created_by"`
	CreatedAt   clock.Time              `db:"created_at"`
	UpdatedAt   clock.Time              `db:"updated_at"`
	Version     int64                   `db:"version"`
	RemovedAt   clock.Time              `db:"removed_at"`
	Priority    string                  `db:"priority"`
}

const campaignColumns = `id, challenge_id, owner_id, message, facts, contact, phone, hashtags, first_day, last_day, created_by, created_at,
	updated_at, version, removed_at, priority`

// listCampaigns returns all campaigns for challenges, with those that were taken back.
func listCampaigns(ctx context.Context, q database.Querier, challenges ...ident.ID) ([]Campaign, error) {
	var rows []campaignRow
	err := q.Select(ctx, &rows, `SELECT `+campaignColumns+` FROM campaign WHERE challenge_id IN (`+database.In(1, len(challenges))+`)
		ORDER BY created_at, id`, database.Args(challenges)...)
	if err != nil {
		return nil, fmt.Errorf("publicity: list campaigns: %w", err)
	}
	out := make([]Campaign, len(rows))
	for i, r := range rows {
		out[i] = Campaign{
			r.ID, r.ChallengeID, r.OwnerID, r.Message, r.Facts.V, r.Contact, r.Phone, r.Hashtags.V, r.Priority, r.First, r.Last, r.CreatedBy,
			r.CreatedAt, r.UpdatedAt, r.Version, r.RemovedAt,
		}
	}
	return out, nil
}

// campaignsOf returns the challenges for which a unit has a campaign of its own.
func campaignsOf(ctx context.Context, q database.Querier, owner ident.ID) ([]ident.ID, error) {
	var ids []ident.ID
	if err := q.Select(ctx, &ids, `SELECT challenge_id FROM campaign WHERE owner_id = $1 ORDER BY created_at, id`, owner); err != nil {
		return nil, fmt.Errorf("publicity: list a unit's campaigns: %w", err)
	}
	return ids, nil
}

func list(texts []string) database.JSON[[]string] {
	if texts == nil {
		texts = []string{}
	}
	return database.JSON[[]string]{V: texts}
}

func insertCampaign(ctx context.Context, tx *database.Tx, c Campaign) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO campaign (`+campaignColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`,
		c.ID, c.ChallengeID, c.OwnerID, c.Message, list(c.Facts), c.Contact, c.Phone, list(c.Hashtags), c.First, c.Last, c.CreatedBy,
		c.CreatedAt, c.UpdatedAt, c.Version, c.RemovedAt, c.Priority)
	if err != nil {
		return false, fmt.Errorf("publicity: insert campaign: %w", err)
	}
	return n == 1, nil
}

func updateCampaign(ctx context.Context, tx *database.Tx, c Campaign, before int64) error {
	n, err := tx.Exec(ctx, `UPDATE campaign SET message = $1, facts = $2, contact = $3, phone = $4, hashtags = $5, first_day = $6,
		last_day = $7, updated_at = $8, version = $9, removed_at = $10, priority = $11 WHERE id = $12 AND owner_id = $13
		AND challenge_id = $14 AND version = $15`,
		c.Message, list(c.Facts), c.Contact, c.Phone, list(c.Hashtags), c.First, c.Last, c.UpdatedAt, c.Version, c.RemovedAt, c.Priority, c.ID,
		c.OwnerID, c.ChallengeID, before)
	return guarded(n, err, "update campaign")
}

// holdCampaign keeps a campaign from being taken back before tx is committed.
func holdCampaign(ctx context.Context, tx *database.Tx, c Campaign) error {
	n, err := tx.Exec(ctx, `UPDATE campaign SET version = version WHERE id = $1 AND removed_at IS NULL`, c.ID)
	return guarded(n, err, "hold campaign")
}

// orNull is for what is made of no campaign.
func orNull(id ident.ID) *ident.ID {
	if id == "" {
		return nil
	}
	return &id
}

// guarded is for rows that somebody else may have changed first.
func guarded(n int64, err error, what string) error {
	if err != nil {
		return fmt.Errorf("publicity: %s: %w", what, err)
	}
	if n == 0 {
		return fault.Conflict.With("publicity.fault.changed")
	}
	return nil
}

type textRow struct {
	ChallengeID ident.ID             `db:"challenge_id"`
	Product     Product              `db:"product"`
	CampaignID  ident.ID             `db:"campaign_id"`
	Parts       database.JSON[Texts] `db:"parts"`
	Version     int64                `db:"version"`
	EditedAt    clock.Time           `db:"edited_at"`
}

const textColumns = `challenge_id, product, coalesce(campaign_id, '') AS campaign_id, parts, version, edited_at`

func (r textRow) text() Text {
	return Text{Product: r.Product, Parts: r.Parts.V, Own: true, CampaignID: r.CampaignID, Version: r.Version, EditedAt: r.EditedAt}
}

func listTexts(ctx context.Context, q database.Querier, challenge, unit ident.ID) ([]Text, error) {
	var rows []textRow
	err := q.Select(ctx, &rows, `SELECT `+textColumns+` FROM publicity_text WHERE challenge_id = $1 AND unit_id = $2 ORDER BY product`, challenge, unit)
	if err != nil {
		return nil, fmt.Errorf("publicity: list texts: %w", err)
	}
	out := make([]Text, len(rows))
	for i, r := range rows {
		out[i] = r.text()
	}
	return out, nil
}

// listBulletins returns a unit's own wording of its bulletins about challenges, by challenge.
func listBulletins(ctx context.Context, q database.Querier, challenges []ident.ID, unit ident.ID) (map[ident.ID]Text, error) {
	var rows []textRow
	err := q.Select(ctx, &rows, `SELECT `+textColumns+` FROM publicity_text
		WHERE unit_id = $1 AND product = $2 AND challenge_id IN (`+database.In(3, len(challenges))+`)`,
		append([]any{unit, Bulletin}, database.Args(challenges)...)...)
	if err != nil {
		return nil, fmt.Errorf("publicity: list bulletins: %w", err)
	}
	by := make(map[ident.ID]Text, len(rows))
	for _, r := range rows {
		by[r.ChallengeID] = r.text()
	}
	return by, nil
}

// saveText stores the wording after the version before it.
func saveText(ctx context.Context, tx *database.Tx, challenge, unit, by ident.ID, t Text) error {
	n, err := tx.Exec(ctx, `INSERT INTO publicity_text (challenge_id, unit_id, product, campaign_id, parts, version, edited_by, edited_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (challenge_id, unit_id, product) DO UPDATE SET
		campaign_id = excluded.campaign_id, parts = excluded.parts, version = excluded.version, edited_by = excluded.edited_by,
		edited_at = excluded.edited_at WHERE publicity_text.version = excluded.version - 1`,
		challenge, unit, t.Product, orNull(t.CampaignID), database.JSON[Texts]{V: t.Parts}, t.Version, by, t.EditedAt)
	return guarded(n, err, "save text")
}

func dropText(ctx context.Context, tx *database.Tx, challenge, unit ident.ID, product Product, version int64) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM publicity_text WHERE challenge_id = $1 AND unit_id = $2 AND product = $3 AND version = $4`,
		challenge, unit, product, version)
	if err != nil {
		return false, fmt.Errorf("publicity: drop text: %w", err)
	}
	return n == 1, nil
}

func publishedAt(ctx context.Context, q database.Querier, challenge, unit ident.ID) (clock.Time, error) {
	var at clock.Time
	err := q.Get(ctx, &at, `SELECT published_at FROM publicity_article WHERE challenge_id = $1 AND unit_id = $2`, challenge, unit)
	if err != nil && !errors.Is(err, database.ErrNotFound) {
		return at, fmt.Errorf("publicity: load article: %w", err)
	}
	return at, nil
}

func setPublished(ctx context.Context, tx *database.Tx, challenge, unit, by ident.ID, public bool) (changed bool, err error) {
	var n int64
	if public {
		n, err = tx.Exec(ctx, `INSERT INTO publicity_article (challenge_id, unit_id, published_by, published_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (challenge_id, unit_id) DO NOTHING`, challenge, unit, by, tx.Now())
	} else {
		n, err = tx.Exec(ctx, `DELETE FROM publicity_article WHERE challenge_id = $1 AND unit_id = $2`, challenge, unit)
	}
	if err != nil {
		return false, fmt.Errorf("publicity: publish article: %w", err)
	}
	return n == 1, nil
}

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

const playColumns = `id, challenge_id, coalesce(campaign_id, '') AS campaign_id, unit_id, dispatch_id, device, started_at, ended_at, times, result, note, created_by,
	created_at`

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

// mostPlays is how much of the log a page shows.
const mostPlays = 200

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
