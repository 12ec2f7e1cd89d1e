package report

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const columns = `id, cleanup_id, challenge_id, entrant_id, state, version, figures, adjusted, note, hazardous_note,
	send_backs, reason, deadline, decided_by, decided_at, claimed_by, claimed_until, created_by, created_at,
	updated_at, submitted_at`

type row struct {
	ID            ident.ID                `db:"id"`
	Cleanup       ident.ID                `db:"cleanup_id"`
	Challenge     ident.ID                `db:"challenge_id"`
	Entrant       ident.ID                `db:"entrant_id"`
	State         State                   `db:"state"`
	Version       int64                   `db:"version"`
	Figures       database.JSON[Figures]  `db:"figures"`
	Adjusted      database.JSON[*Figures] `db:"adjusted"`
	Note          string                  `db:"note"`
	HazardousNote string                  `db:"hazardous_note"`
	SendBacks     int64                   `db:"send_backs"`
	Reason        string                  `db:"reason"`
	Deadline      clock.Time              `db:"deadline"`
	DecidedBy     ident.ID                `db:"decided_by"`
	DecidedAt     clock.Time              `db:"decided_at"`
	ClaimedBy     ident.ID                `db:"claimed_by"`
	ClaimedUntil  clock.Time              `db:"claimed_until"`
	CreatedBy     ident.ID                `db:"created_by"`
	CreatedAt     clock.Time              `db:"created_at"`
	UpdatedAt     clock.Time              `db:"updated_at"`
	SubmittedAt   clock.Time              `db:"submitted_at"`
}

func (r row) report() Report {
	return Report{
		ID: r.ID, Cleanup: r.Cleanup, Challenge: r.Challenge, Entrant: r.Entrant, State: r.State, Version: r.Version,
		Figures: r.Figures.V, Adjusted: r.Adjusted.V, Note: r.Note, HazardousNote: r.HazardousNote,
		SendBacks: r.SendBacks, Reason: r.Reason, Deadline: r.Deadline, DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt,
		Claim: Claim{By: r.ClaimedBy, Until: r.ClaimedUntil}, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
		UpdatedAt: r.UpdatedAt, SubmittedAt: r.SubmittedAt,
	}
}

func get(ctx context.Context, q database.Querier, where string, args ...any) (Report, error) {
	var r row
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM report WHERE `+where, args...)
	if errors.Is(err, database.ErrNotFound) {
		return Report{}, fault.NotFound.With("report.fault.none").Because(err)
	}
	return r.report(), err
}

func list(ctx context.Context, q database.Querier, rest string, args ...any) ([]Report, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM report WHERE `+rest, args...)
	reports := make([]Report, 0, len(rows))
	for _, r := range rows {
		reports = append(reports, r.report())
	}
	return reports, err
}

// validAmong returns those of the reports that are valid.
func validAmong(ctx context.Context, q database.Querier, ids []ident.ID) ([]Report, error) {
	return list(ctx, q, `state = $1 AND id IN (`+database.In(2, len(ids))+`)`, append([]any{Valid}, database.Args(ids)...)...)
}

// insert adds the draft unless the clean-up has a report already, or the identifier is taken.
func insert(ctx context.Context, tx *database.Tx, r Report) (created bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO report (id, cleanup_id, challenge_id, entrant_id, state, version, figures, note,
			hazardous_note, send_backs, reason, decided_by, claimed_by, created_by, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, 1, $6, '', '', 0, '', '', '', $7, $8, $8) ON CONFLICT DO NOTHING`,
		r.ID, r.Cleanup, r.Challenge, r.Entrant, r.State, database.JSON[Figures]{V: r.Figures}, r.CreatedBy, tx.Now())
	return n == 1, err
}

// lock makes every other writer of the report wait until the transaction ends: SQLite has one writer anyway, on
// PostgreSQL the row is held. What is read after it stays true.
func lock(ctx context.Context, tx *database.Tx, id ident.ID) (Report, error) {
	if _, err := tx.Exec(ctx, `UPDATE report SET version = version WHERE id = $1`, id); err != nil {
		return Report{}, err
	}
	return get(ctx, tx, `id = $1`, id)
}

// update writes what can change, guarded by the state and the version that were read, and raises the version.
func update(ctx context.Context, tx *database.Tx, before, r Report) error {
	var adjusted any
	if r.Adjusted != nil {
		adjusted = database.JSON[Figures]{V: *r.Adjusted}
	}
	return one(tx.Exec(ctx, `UPDATE report SET state = $4, figures = $5, adjusted = $6, note = $7, hazardous_note = $8,
			send_backs = $9, reason = $10, deadline = $11, decided_by = $12, decided_at = $13, claimed_by = $14,
			claimed_until = $15, submitted_at = $16, updated_at = $17, version = version + 1
		WHERE id = $1 AND state = $2 AND version = $3`,
		r.ID, before.State, before.Version, r.State, database.JSON[Figures]{V: r.Figures}, adjusted, r.Note,
		r.HazardousNote, r.SendBacks, r.Reason, r.Deadline, r.DecidedBy, r.DecidedAt, r.Claim.By, r.Claim.Until,
		r.SubmittedAt, tx.Now()))
}

// setClaim leaves the version alone: who looks at a report changes nothing in it.
func setClaim(ctx context.Context, tx *database.Tx, id ident.ID, c Claim) error {
	return one(tx.Exec(ctx, `UPDATE report SET claimed_by = $2, claimed_until = $3 WHERE id = $1`, id, c.By, c.Until))
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return fault.Conflict.With("")
	}
	return err
}

const stepColumns = `id, report_id, version, event, figures, note, hazardous_note, photos, reason, deadline,
	created_by, created_at`

type stepRow struct {
	ID            ident.ID                  `db:"id"`
	Report        ident.ID                  `db:"report_id"`
	Version       int64                     `db:"version"`
	Event         Event                     `db:"event"`
	Figures       database.JSON[Figures]    `db:"figures"`
	Note          string                    `db:"note"`
	HazardousNote string                    `db:"hazardous_note"`
	Photos        database.JSON[[]ident.ID] `db:"photos"`
	Reason        string                    `db:"reason"`
	Deadline      clock.Time                `db:"deadline"`
	By            ident.ID                  `db:"created_by"`
	At            clock.Time                `db:"created_at"`
}

func steps(ctx context.Context, q database.Querier, where string, args ...any) ([]Step, error) {
	var rows []stepRow
	err := q.Select(ctx, &rows, `SELECT `+stepColumns+` FROM report_step WHERE `+where+` ORDER BY version`, args...)
	all := make([]Step, 0, len(rows))
	for _, r := range rows {
		all = append(all, Step{
			ID: r.ID, Report: r.Report, Version: r.Version, Event: r.Event, Figures: r.Figures.V, Note: r.Note,
			HazardousNote: r.HazardousNote, Photos: r.Photos.V, Reason: r.Reason, Deadline: r.Deadline, By: r.By, At: r.At,
		})
	}
	return all, err
}

func insertStep(ctx context.Context, tx *database.Tx, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_step (`+stepColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		s.ID, s.Report, s.Version, s.Event, database.JSON[Figures]{V: s.Figures}, s.Note, s.HazardousNote,
		database.JSON[[]ident.ID]{V: s.Photos}, s.Reason, s.Deadline, s.By, tx.Now())
	return taken(err, "")
}

// taken tells that an identifier made by a client was used elsewhere in the same moment; before that it is looked up.
func taken(err error, key string) error {
	if errors.Is(err, database.ErrConflict) {
		return fault.Conflict.With(key).Because(err)
	}
	return err
}
