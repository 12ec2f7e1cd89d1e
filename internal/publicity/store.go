package publicity

import (
	"context"
	"errors"
	"fmt"

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
	RemovedBy   ident.ID                `db:"removed_by"`
	Reason      string                  `db:"removal_reason"`
}

const campaignColumns = `id, challenge_id, owner_id, message, facts, contact, phone, hashtags, first_day, last_day, created_by, created_at,
	updated_at, version, removed_at, priority, removed_by, removal_reason`

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
			r.CreatedAt, r.UpdatedAt, r.Version, r.RemovedAt, r.RemovedBy, r.Reason,
		}
	}
	return out, nil
}

// campaignsOf returns the challenges for which a unit has a campaign of its own in force.
func campaignsOf(ctx context.Context, q database.Querier, owner ident.ID) ([]ident.ID, error) {
	var ids []ident.ID
	if err := q.Select(ctx, &ids, `SELECT challenge_id FROM campaign WHERE owner_id = $1 AND removed_at IS NULL ORDER BY created_at, id`, owner); err != nil {
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
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING`,
		c.ID, c.ChallengeID, c.OwnerID, c.Message, list(c.Facts), c.Contact, c.Phone, list(c.Hashtags), c.First, c.Last, c.CreatedBy,
		c.CreatedAt, c.UpdatedAt, c.Version, c.RemovedAt, c.Priority, c.RemovedBy, c.Reason)
	if err != nil {
		return false, fmt.Errorf("publicity: insert campaign: %w", err)
	}
	return n == 1, nil
}

func updateCampaign(ctx context.Context, tx *database.Tx, c Campaign, before int64) error {
	n, err := tx.Exec(ctx, `UPDATE campaign SET message = $1, facts = $2, contact = $3, phone = $4, hashtags = $5, first_day = $6,
		last_day = $7, updated_at = $8, version = $9, removed_at = $10, priority = $11, removed_by = $12,
		removal_reason = $13 WHERE id = $14 AND owner_id = $15 AND challenge_id = $16 AND version = $17`,
		c.Message, list(c.Facts), c.Contact, c.Phone, list(c.Hashtags), c.First, c.Last, c.UpdatedAt, c.Version, c.RemovedAt, c.Priority, c.RemovedBy,
		c.Reason, c.ID, c.OwnerID, c.ChallengeID, before)
	return guarded(n, err, "update campaign")
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

const playColumns = `id, challenge_id, coalesce(campaign_id, '') AS campaign_id, unit_id, dispatch_id, device, started_at, ended_at, times, result, note, created_by,
	created_at`

// mostPlays is how much of the log a page shows.
const mostPlays = 200
