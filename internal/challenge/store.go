package challenge

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

const columns = `id, slug, title, summary, organiser_id, area_id, box, starts_at, ends_at, registration_from,
	registration_until, reporting_until, zone, state, divisions, parameters, rules, scheme,
	seed_commitment, CASE WHEN published_at IS NULL THEN '' ELSE seed END AS seed, synthetic, announced_at,
	judging_at, published_at, archived_at, created_at, updated_at, version`

type row struct {
	ID                ident.ID                  `db:"id"`
	Slug              string                    `db:"slug"`
	Title             string                    `db:"title"`
	Summary           string                    `db:"summary"`
	Organiser         ident.ID                  `db:"organiser_id"`
	Area              ident.ID                  `db:"area_id"`
	Box               database.JSON[geo.Box]    `db:"box"`
	StartsAt          clock.Time                `db:"starts_at"`
	EndsAt            clock.Time                `db:"ends_at"`
	RegistrationFrom  clock.Time                `db:"registration_from"`
	RegistrationUntil clock.Time                `db:"registration_until"`
	ReportingUntil    clock.Time                `db:"reporting_until"`
	Zone              string                    `db:"zone"`
	State             State                     `db:"state"`
	Divisions         database.JSON[Divisions]  `db:"divisions"`
	Parameters        database.JSON[Parameters] `db:"parameters"`
	Rules             int                       `db:"rules"`
	Scheme            int                       `db:"scheme"`
	SeedCommitment    string                    `db:"seed_commitment"`
	Seed              string                    `db:"seed"`
	Synthetic         bool                      `db:"synthetic"`
	AnnouncedAt       clock.Time                `db:"announced_at"`
	JudgingAt         clock.Time                `db:"judging_at"`
	PublishedAt       clock.Time                `db:"published_at"`
	ArchivedAt        clock.Time                `db:"archived_at"`
	CreatedAt         clock.Time                `db:"created_at"`
	UpdatedAt         clock.Time                `db:"updated_at"`
	Version           int64                     `db:"version"`
}

func (r row) challenge() Challenge {
	return Challenge{
		ID: r.ID, Slug: r.Slug, Title: r.Title, Summary: r.Summary, Organiser: r.Organiser, Area: r.Area, Box: r.Box.V,
		Period: Span{r.StartsAt, r.EndsAt}, Registration: Span{r.RegistrationFrom, r.RegistrationUntil},
		ReportingUntil: r.ReportingUntil, Zone: r.Zone, State: r.State, Divisions: r.Divisions.V,
		Parameters: r.Parameters.V, Rules: r.Rules, Scheme: r.Scheme,
		SeedCommitment: r.SeedCommitment, Seed: r.Seed, Synthetic: r.Synthetic, AnnouncedAt: r.AnnouncedAt,
		JudgingAt: r.JudgingAt, PublishedAt: r.PublishedAt, ArchivedAt: r.ArchivedAt, CreatedAt: r.CreatedAt,
		UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
}

func get(ctx context.Context, q database.Querier, where string, args ...any) (Challenge, error) {
	var r row
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM challenge WHERE `+where, args...)
	if errors.Is(err, database.ErrNotFound) {
		return Challenge{}, fault.NotFound.With("challenge.fault.none").Because(err)
	}
	return r.challenge(), err
}

func list(ctx context.Context, q database.Querier) ([]Challenge, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM challenge ORDER BY starts_at DESC, id`)
	challenges := make([]Challenge, 0, len(rows))
	for _, r := range rows {
		challenges = append(challenges, r.challenge())
	}
	return challenges, err
}

func slugTaken(ctx context.Context, q database.Querier, slug string, except ident.ID) (bool, error) {
	var n int
	err := q.Get(ctx, &n, `SELECT count(*) FROM challenge WHERE slug = $1 AND id <> $2`, slug, except)
	return n > 0, err
}

func insert(ctx context.Context, tx *database.Tx, c Challenge) error {
	_, err := tx.Exec(ctx, `INSERT INTO challenge (id, slug, title, summary, organiser_id, area_id, box, starts_at,
			ends_at, registration_from, registration_until, reporting_until, zone, state, divisions, parameters, rules,
			scheme, seed_commitment, seed, synthetic, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, '', '', $17, $18, $18, 1)`,
		c.ID, c.Slug, c.Title, c.Summary, c.Organiser, c.Area, database.JSON[geo.Box]{V: c.Box}, c.Period.From,
		c.Period.Until, c.Registration.From, c.Registration.Until, c.ReportingUntil, c.Zone, c.State,
		database.JSON[Divisions]{V: c.Divisions}, database.JSON[Parameters]{V: c.Parameters}, c.Synthetic, tx.Now())
	return err
}

// update writes the details; the guard on the state keeps terms from changing while the challenge is announced.
func update(ctx context.Context, tx *database.Tx, c Challenge) error {
	return one(tx.Exec(ctx, `UPDATE challenge SET slug = $3, title = $4, summary = $5, organiser_id = $6, area_id = $7,
			box = $8, starts_at = $9, ends_at = $10, registration_from = $11, registration_until = $12,
			reporting_until = $13, divisions = $14, parameters = $15, synthetic = $16, updated_at = $17,
			version = version + 1
		WHERE id = $1 AND version = $2 AND state = $18`,
		c.ID, c.Version, c.Slug, c.Title, c.Summary, c.Organiser, c.Area, database.JSON[geo.Box]{V: c.Box},
		c.Period.From, c.Period.Until, c.Registration.From, c.Registration.Until, c.ReportingUntil,
		database.JSON[Divisions]{V: c.Divisions}, database.JSON[Parameters]{V: c.Parameters}, c.Synthetic, tx.Now(), c.State))
}

// stamps are the columns that remember when a state began.
var stamps = map[State]string{
	Announced: "announced_at", Judging: "judging_at", Published: "published_at", Archived: "archived_at",
}

func setState(ctx context.Context, tx *database.Tx, id ident.ID, from, to State) error {
	stamp := ""
	if column, ok := stamps[to]; ok {
		stamp = column + " = $4, "
	}
	return one(tx.Exec(ctx, `UPDATE challenge SET state = $3, `+stamp+`updated_at = $4
		WHERE id = $1 AND state = $2`, id, from, to, tx.Now()))
}

func setSeed(ctx context.Context, tx *database.Tx, id ident.ID, seed, commitment string) error {
	return one(tx.Exec(ctx, `UPDATE challenge SET seed = $2, seed_commitment = $3, updated_at = $4
		WHERE id = $1 AND seed_commitment = ''`, id, seed, commitment, tx.Now()))
}

func readSeed(ctx context.Context, q database.Querier, id ident.ID) (string, error) {
	var seed string
	err := q.Get(ctx, &seed, `SELECT seed FROM challenge WHERE id = $1`, id)
	return seed, err
}

// raise makes number the newest version of the rules or the scheme; the guard keeps the numbers without a gap when
// two are added at once.
func raise(ctx context.Context, tx *database.Tx, id ident.ID, column string, number int) error {
	return one(tx.Exec(ctx, `UPDATE challenge SET `+column+` = $2, updated_at = $3
		WHERE id = $1 AND `+column+` = $2 - 1`, id, number, tx.Now()))
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return fault.Conflict.With("")
	}
	return err
}
