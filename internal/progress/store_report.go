package progress

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

const reportColumns = `id, unit_id, to_id, COALESCE(letter_id, '') AS letter_id, COALESCE(challenge_id, '') AS challenge_id, kind, from_day,
	to_day, due_day, state, figures, generated, edited, reason, created_by, created_at, submitted_by, submitted_at, decided_by, decided_at,
	version, updated_at`

type reportRow struct {
	ID          ident.ID                        `db:"id"`
	Unit        ident.ID                        `db:"unit_id"`
	Above       ident.ID                        `db:"to_id"`
	Letter      ident.ID                        `db:"letter_id"`
	Challenge   ident.ID                        `db:"challenge_id"`
	Round       Round                           `db:"kind"`
	From        clock.Day                       `db:"from_day"`
	To          clock.Day                       `db:"to_day"`
	Due         clock.Day                       `db:"due_day"`
	State       State                           `db:"state"`
	Figures     database.JSON[Figures]          `db:"figures"`
	Generated   database.JSON[*letter.Document] `db:"generated"`
	Edited      database.JSON[[]string]         `db:"edited"`
	Reason      string                          `db:"reason"`
	CreatedBy   ident.ID                        `db:"created_by"`
	CreatedAt   clock.Time                      `db:"created_at"`
	SubmittedBy ident.ID                        `db:"submitted_by"`
	SubmittedAt clock.Time                      `db:"submitted_at"`
	DecidedBy   ident.ID                        `db:"decided_by"`
	DecidedAt   clock.Time                      `db:"decided_at"`
	Version     int64                           `db:"version"`
	UpdatedAt   clock.Time                      `db:"updated_at"`
}

func (r reportRow) report() Report {
	out := Report{
		ID: r.ID, Unit: r.Unit, Above: r.Above, Subject: Subject{r.Letter, r.Challenge}, Round: r.Round, Period: Period{r.From, r.To}, Due: r.Due,
		State: r.State, Figures: r.Figures.V, Edited: r.Edited.V, Reason: r.Reason, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
		SubmittedBy: r.SubmittedBy, SubmittedAt: r.SubmittedAt, DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt, Version: r.Version,
		UpdatedAt: r.UpdatedAt,
	}
	if r.Generated.V != nil {
		out.Generated = *r.Generated.V
	}
	return out
}

// isReport tells whether a letter is a report's document: they bear the same ID.
func isReport(ctx context.Context, q database.Querier, id ident.ID) (bool, error) {
	_, err := loadReport(ctx, q, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

func loadReport(ctx context.Context, q database.Querier, id ident.ID) (Report, error) {
	var r reportRow
	err := q.Get(ctx, &r, `SELECT `+reportColumns+` FROM progress_report WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Report{}, fault.NotFound.With("progress.fault.notFound")
	}
	if err != nil {
		return Report{}, fmt.Errorf("progress: load report %s: %w", id, err)
	}
	return r.report(), nil
}

// lockReport loads a report and makes everybody else who wants to change it wait until the transaction ends.
func lockReport(ctx context.Context, tx *database.Tx, id ident.ID) (Report, error) {
	if _, err := tx.Exec(ctx, `UPDATE progress_report SET version = version WHERE id = $1`, id); err != nil {
		return Report{}, fmt.Errorf("progress: lock report %s: %w", id, err)
	}
	return loadReport(ctx, tx, id)
}

// draftOf returns the draft of what a report is about in its period.
func draftOf(ctx context.Context, q database.Querier, r Report) (Report, error) {
	all, err := listReports(ctx, q, `unit_id = $1 AND COALESCE(letter_id, '') = $2 AND COALESCE(challenge_id, '') = $3 AND kind = $4
		AND from_day = $5 AND to_day = $6 AND state = $7 ORDER BY created_at, id LIMIT 1`,
		r.Unit, r.Letter, r.Challenge, r.Round, r.From, r.To, Draft)
	if err != nil {
		return Report{}, err
	}
	if len(all) == 0 {
		return Report{}, fault.NotFound.With("progress.fault.notFound")
	}
	return all[0], nil
}

// reportsLike returns the reports of the same unit on the same subject and days, the oldest first, itself with them. The last
// report is one whatever its days are.
func reportsLike(ctx context.Context, q database.Querier, r Report) ([]Report, error) {
	return listReports(ctx, q, `unit_id = $1 AND COALESCE(letter_id, '') = $2 AND COALESCE(challenge_id, '') = $3 AND kind = $4
		AND (kind = $5 OR from_day = $6 AND to_day = $7) ORDER BY created_at, id`,
		r.Unit, r.Letter, r.Challenge, r.Round, Final, r.From, r.To)
}

// countWaiting counts what was sent to a unit and nobody answered, what of its own was sent back and not sent again since, and what
// was drafted for a day that has come, each once.
func countWaiting(ctx context.Context, q database.Querier, unit ident.ID, today clock.Day) (w Waiting, err error) {
	err = q.Get(ctx, &w, `SELECT (SELECT COUNT(*) FROM progress_report WHERE to_id = $1 AND state = $2) AS received,
		(SELECT COUNT(*) FROM progress_report r WHERE r.unit_id = $1 AND r.state = $3 AND NOT EXISTS (SELECT 1 FROM progress_report n
			WHERE n.unit_id = r.unit_id AND COALESCE(n.letter_id, '') = COALESCE(r.letter_id, '')
				AND COALESCE(n.challenge_id, '') = COALESCE(r.challenge_id, '') AND n.kind = r.kind
				AND (n.kind = $4 OR n.from_day = r.from_day AND n.to_day = r.to_day) AND n.state <> $5
				AND (n.created_at > r.created_at OR n.created_at = r.created_at AND n.id > r.id))) AS sent_back,
		(SELECT COUNT(*) FROM progress_report d WHERE d.unit_id = $1 AND d.state = $5 AND d.due_day <> '' AND d.due_day <= $6
			AND NOT EXISTS (SELECT 1 FROM progress_report b WHERE b.unit_id = d.unit_id AND b.state = $3
				AND COALESCE(b.letter_id, '') = COALESCE(d.letter_id, '') AND COALESCE(b.challenge_id, '') = COALESCE(d.challenge_id, '')
				AND b.kind = d.kind AND (b.kind = $4 OR b.from_day = d.from_day AND b.to_day = d.to_day))) AS due`,
		unit, Submitted, Returned, Final, Draft, today)
	if err != nil {
		return Waiting{}, fmt.Errorf("progress: count reports of %s: %w", unit, err)
	}
	return w, nil
}

// insertReport stores a new report, unless there is one under its ID or another draft of the same.
func insertReport(ctx context.Context, tx *database.Tx, r Report) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO progress_report (id, unit_id, to_id, letter_id, challenge_id, kind, from_day, to_day, due_day, state,
			figures, generated, edited, reason, created_by, created_at, submitted_by, decided_by, version, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, $15, '', '', $16, $17) ON CONFLICT DO NOTHING`,
		r.ID, r.Unit, r.Above, optional(r.Letter), optional(r.Challenge), r.Round, r.From, r.To, r.Due, r.State,
		database.JSON[Figures]{V: r.Figures}, database.JSON[letter.Document]{V: r.Generated}, database.JSON[[]string]{V: r.Edited},
		r.CreatedBy, r.CreatedAt, r.Version, r.UpdatedAt)
	if err != nil {
		return false, fmt.Errorf("progress: insert report: %w", err)
	}
	return n == 1, nil
}

// updateReport stores what may change, guarded by the state and version that were loaded.
func updateReport(ctx context.Context, tx *database.Tx, r, before Report) error {
	n, err := tx.Exec(ctx, `UPDATE progress_report SET state = $1, figures = $2, generated = $3, edited = $4, reason = $5, submitted_by = $6,
			submitted_at = $7, decided_by = $8, decided_at = $9, version = $10, updated_at = $11, to_id = $12, due_day = $13
		WHERE id = $14 AND state = $15 AND version = $16`,
		r.State, database.JSON[Figures]{V: r.Figures}, database.JSON[letter.Document]{V: r.Generated}, database.JSON[[]string]{V: r.Edited},
		r.Reason, r.SubmittedBy, r.SubmittedAt, r.DecidedBy, r.DecidedAt, r.Version, r.UpdatedAt, r.Above, r.Due, r.ID, before.State, before.Version)
	if err != nil {
		return fmt.Errorf("progress: update report %s: %w", r.ID, err)
	}
	if n != 1 {
		return fault.Conflict.With("progress.fault.changed")
	}
	return nil
}

// listReports returns whole reports; where ends in their order.
func listReports(ctx context.Context, q database.Querier, where string, values ...any) ([]Report, error) {
	return selectReports(ctx, q, reportColumns, where, values...)
}

func selectReports(ctx context.Context, q database.Querier, columns, where string, values ...any) ([]Report, error) {
	var rows []reportRow
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM progress_report WHERE `+where, values...)
	if err != nil {
		return nil, fmt.Errorf("progress: list reports: %w", err)
	}
	out := make([]Report, len(rows))
	for i, r := range rows {
		out[i] = r.report()
	}
	return out, nil
}

func reportsOf(ctx context.Context, q database.Querier, unit ident.ID, limit int) ([]Report, error) {
	return listReports(ctx, q, `unit_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`, unit, limit)
}

// reportsOn returns the reports on letters that go to a unit, by the unit whose they are, the oldest first: without their figures
// and documents, which are large and which nobody needs of all of them.
func reportsOn(ctx context.Context, q database.Querier, letters []ident.ID, above ident.ID) (map[ident.ID][]Report, error) {
	columns := strings.Replace(reportColumns, "figures, generated", "'null' AS figures, 'null' AS generated", 1)
	all, err := selectReports(ctx, q, columns, `to_id = $1 AND letter_id IN (`+database.In(2, len(letters))+`) ORDER BY created_at, id`, args(letters, above)...)
	if err != nil {
		return nil, err
	}
	by := map[ident.ID][]Report{}
	for _, r := range all {
		by[r.Unit] = append(by[r.Unit], r)
	}
	return by, nil
}

// reportsAtOnce bounds the parameters of one statement.
const reportsAtOnce = 500

// loadReports returns whole reports by their IDs.
func loadReports(ctx context.Context, q database.Querier, ids []ident.ID) (map[ident.ID]Report, error) {
	by := make(map[ident.ID]Report, len(ids))
	for some := range slices.Chunk(ids, reportsAtOnce) {
		all, err := listReports(ctx, q, `id IN (`+database.In(1, len(some))+`)`, args(some)...)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			by[r.ID] = r
		}
	}
	return by, nil
}

// reportsTo returns what a unit was sent, the newest first.
func reportsTo(ctx context.Context, q database.Querier, above ident.ID, limit int) ([]Report, error) {
	return listReports(ctx, q, `to_id = $1 AND state <> $2 ORDER BY submitted_at DESC, id DESC LIMIT $3`, above, Draft, limit)
}

// senderOf returns who sent the letter to the unit.
func senderOf(ctx context.Context, q database.Querier, letterID, unitID ident.ID) (ident.ID, error) {
	var id ident.ID
	err := q.Get(ctx, &id, `SELECT sender_id FROM dispatch WHERE letter_id = $1 AND receiver_id = $2 AND state <> $3 AND again_id = ''
		AND sender_id IS NOT NULL`,
		letterID, unitID, cascade.Recalled)
	if errors.Is(err, database.ErrNotFound) {
		return "", fault.NotFound.With("progress.fault.notFound")
	}
	if err != nil {
		return "", fmt.Errorf("progress: sender of %s: %w", letterID, err)
	}
	return id, nil
}

func listSentUp(ctx context.Context, q database.Querier, unit ident.ID, letters []ident.ID) (map[ident.ID]SentUp, error) {
	found := map[ident.ID]SentUp{}
	for part := range slices.Chunk(letters, 500) {
		var rows []SentUp
		err := q.Select(ctx, &rows, `SELECT id, to_id, state, submitted_at, decided_at FROM progress_report
			WHERE unit_id = $1 AND state <> $2 AND id IN (`+database.In(3, len(part))+`)`, args(part, unit, Draft)...)
		if err != nil {
			return nil, fmt.Errorf("progress: reports that went up: %w", err)
		}
		for _, r := range rows {
			found[r.ID] = r
		}
	}
	return found, nil
}
