package progress

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// optional is NULL for an identifier that is not there: foreign keys allow nothing else.
func optional(id ident.ID) *ident.ID {
	if id == "" {
		return nil
	}
	return &id
}

const activityColumns = `id, unit_id, COALESCE(letter_id, '') AS letter_id, COALESCE(challenge_id, '') AS challenge_id, kind, day, place,
	people, grams, note, file_key, file_name, created_by, created_at, withdrawn_at, withdrawn_by`

// insertActivity stores a new activity, unless there is one under its ID.
func insertActivity(ctx context.Context, tx *database.Tx, a Activity) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO progress_activity (id, unit_id, letter_id, challenge_id, kind, day, place, people, grams, note,
			file_key, file_name, created_by, created_at, withdrawn_at, withdrawn_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, '') ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Unit, optional(a.Letter), optional(a.Challenge), a.Kind, a.Day, a.Place, a.People, a.Grams, a.Note,
		a.FileKey, a.FileName, a.CreatedBy, a.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("progress: insert activity: %w", err)
	}
	return n == 1, nil
}

func loadActivity(ctx context.Context, q database.Querier, id ident.ID) (Activity, error) {
	var a Activity
	err := q.Get(ctx, &a, `SELECT `+activityColumns+` FROM progress_activity WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Activity{}, fault.NotFound.With("progress.fault.notFound")
	}
	if err != nil {
		return Activity{}, fmt.Errorf("progress: load activity: %w", err)
	}
	return a, nil
}

// withdrawActivity marks an activity, unless it is marked already.
func withdrawActivity(ctx context.Context, tx *database.Tx, a Activity) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE progress_activity SET withdrawn_at = $1, withdrawn_by = $2 WHERE id = $3 AND withdrawn_at IS NULL`,
		a.WithdrawnAt, a.WithdrawnBy, a.ID)
	if err != nil {
		return false, fmt.Errorf("progress: withdraw activity: %w", err)
	}
	return n == 1, nil
}

func listActivities(ctx context.Context, q database.Querier, unit ident.ID, limit int) ([]Activity, error) {
	var all []Activity
	err := q.Select(ctx, &all, `SELECT `+activityColumns+` FROM progress_activity
		WHERE unit_id = $1 AND withdrawn_at IS NULL ORDER BY day DESC, id DESC LIMIT $2`, unit, limit)
	if err != nil {
		return nil, fmt.Errorf("progress: list activities: %w", err)
	}
	return all, nil
}

type activitySum struct {
	UnitID  ident.ID `db:"unit_id"`
	Kind    Kind     `db:"kind"`
	Records int64    `db:"records"`
	People  int64    `db:"people"`
	Grams   int64    `db:"grams"`
}

// sumActivities sums what was done for the challenge or one of the letters, by unit and kind.
func sumActivities(ctx context.Context, q database.Querier, challenge ident.ID, letters []ident.ID, p Period) ([]activitySum, error) {
	about := `challenge_id = $3`
	if len(letters) > 0 {
		about += ` OR letter_id IN (` + database.In(4, len(letters)) + `)`
	}
	var rows []activitySum
	err := q.Select(ctx, &rows, `SELECT unit_id, kind, count(*) AS records, cast(sum(people) AS bigint) AS people,
			cast(sum(grams) AS bigint) AS grams
		FROM progress_activity WHERE withdrawn_at IS NULL AND day >= $1 AND day <= $2 AND (`+about+`) GROUP BY unit_id, kind`,
		args(letters, p.From, p.To, challenge)...)
	if err != nil {
		return nil, fmt.Errorf("progress: sum activities: %w", err)
	}
	return rows, nil
}
