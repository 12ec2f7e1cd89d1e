package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const partColumns = `p.id, p.dispatch_id, p.duty_number, p.person_id, p.name, p.leads, p.text, p.deadline, p.quota, p.done_at, p.done_by,
	p.note, p.created_by, p.created_at`

func loadPart(ctx context.Context, q database.Querier, id ident.ID) (Part, error) {
	var p Part
	err := q.Get(ctx, &p, `SELECT `+partColumns+` FROM duty_part p WHERE p.id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Part{}, fault.NotFound.With("cascade.fault.part")
	}
	if err != nil {
		return Part{}, fmt.Errorf("cascade: load part: %w", err)
	}
	return p, nil
}

func listParts(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Part, error) {
	return selectParts(ctx, q, `WHERE p.dispatch_id = $1 ORDER BY p.created_at, p.id`, dispatch)
}

func listAllParts(ctx context.Context, q database.Querier, letterID ident.ID) ([]Part, error) {
	return selectParts(ctx, q, `JOIN dispatch d ON d.id = p.dispatch_id WHERE d.letter_id = $1 ORDER BY p.created_at, p.id`, letterID)
}

func selectParts(ctx context.Context, q database.Querier, where string, args ...any) ([]Part, error) {
	var parts []Part
	if err := q.Select(ctx, &parts, `SELECT `+partColumns+` FROM duty_part p `+where, args...); err != nil {
		return nil, fmt.Errorf("cascade: list parts: %w", err)
	}
	return parts, nil
}

// insertPart stores a new part, unless there is one under its ID.
func insertPart(ctx context.Context, tx *database.Tx, p Part) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO duty_part (id, dispatch_id, duty_number, person_id, name, leads, text, deadline, quota, done_at,
		done_by, note, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '', '', $10, $11)
		ON CONFLICT (id) DO NOTHING`,
		p.ID, p.DispatchID, p.Duty, p.Person, p.Name, p.Leads, p.Text, p.Deadline, p.Quota, p.CreatedBy, p.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("cascade: insert part: %w", err)
	}
	return n == 1, nil
}

func updatePart(ctx context.Context, tx *database.Tx, p Part) error {
	_, err := tx.Exec(ctx, `UPDATE duty_part SET done_at = $1, done_by = $2, note = $3 WHERE id = $4`, p.DoneAt, p.DoneBy, p.Note, p.ID)
	if err != nil {
		return fmt.Errorf("cascade: update part: %w", err)
	}
	return nil
}

func deletePart(ctx context.Context, tx *database.Tx, id ident.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM duty_part WHERE id = $1`, id); err != nil {
		return fmt.Errorf("cascade: delete part: %w", err)
	}
	return nil
}

// openParts returns what a person has still to do of duties, up to a hundred, those with a deadline first.
func openParts(ctx context.Context, q database.Querier, personID ident.ID) ([]Part, error) {
	return selectParts(ctx, q, `WHERE p.person_id = $1 AND p.done_at IS NULL
		ORDER BY CASE WHEN p.deadline IS NULL THEN 1 ELSE 0 END, p.deadline, p.created_at, p.id LIMIT 100`, personID)
}

const tickColumns = `id, dispatch_id, duty_number, part_id, period, count, at, note, created_by, created_at`

func loadTick(ctx context.Context, q database.Querier, id ident.ID) (Tick, error) {
	var t Tick
	if err := q.Get(ctx, &t, `SELECT `+tickColumns+` FROM duty_tick WHERE id = $1`, id); err != nil {
		return Tick{}, fmt.Errorf("cascade: load tick: %w", err)
	}
	return t, nil
}

func listTicks(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Tick, error) {
	var ticks []Tick
	err := q.Select(ctx, &ticks, `SELECT `+tickColumns+` FROM duty_tick WHERE dispatch_id = $1 ORDER BY at, id`, dispatch)
	if err != nil {
		return nil, fmt.Errorf("cascade: list ticks: %w", err)
	}
	return ticks, nil
}

// insertTick stores a new tick, unless there is one under its ID.
func insertTick(ctx context.Context, tx *database.Tx, t Tick) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO duty_tick (`+tickColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO NOTHING`,
		t.ID, t.DispatchID, t.Duty, t.Part, t.Period, t.Count, t.At, t.Note, t.CreatedBy, t.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("cascade: insert tick: %w", err)
	}
	return n == 1, nil
}

// deleteTick removes a tick with the files that prove it.
func deleteTick(ctx context.Context, tx *database.Tx, id ident.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM duty_file WHERE tick_id = $1`, id); err != nil {
		return fmt.Errorf("cascade: delete the files of a tick: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM duty_tick WHERE id = $1`, id); err != nil {
		return fmt.Errorf("cascade: delete tick: %w", err)
	}
	return nil
}

// tickSum is what was ticked of a duty in one period.
type tickSum struct {
	DispatchID ident.ID `db:"dispatch_id"`
	Duty       int      `db:"duty_number"`
	Period     string   `db:"period"`
	Count      int      `db:"count"`
}

// sumTicks sums the ticks of a letter's dispatches that are noted for a time up to the moment.
func sumTicks(ctx context.Context, q database.Querier, letterID ident.ID, until clock.Time) ([]tickSum, error) {
	var sums []tickSum
	err := q.Select(ctx, &sums, `SELECT t.dispatch_id, t.duty_number, t.period, cast(sum(t.count) AS bigint) AS count
		FROM duty_tick t JOIN dispatch d ON d.id = t.dispatch_id WHERE d.letter_id = $1 AND t.at <= $2
		GROUP BY t.dispatch_id, t.duty_number, t.period`, letterID, until)
	if err != nil {
		return nil, fmt.Errorf("cascade: sum ticks: %w", err)
	}
	return sums, nil
}

// dutyRecord is a record of publicity that belongs to one duty.
type dutyRecord struct {
	DispatchID ident.ID   `db:"dispatch_id"`
	Duty       int        `db:"duty_number"`
	At         clock.Time `db:"at"`
	Proof      int        `db:"proof"` // 1 when it has a file
}

func listDutyRecords(ctx context.Context, q database.Querier, letterID ident.ID) ([]dutyRecord, error) {
	var records []dutyRecord
	err := q.Select(ctx, &records, `SELECT p.dispatch_id, p.duty_number, p.at,
			CASE WHEN p.file_key <> '' THEN 1 ELSE 0 END AS proof FROM publicity p JOIN dispatch d ON d.id = p.dispatch_id
		WHERE d.letter_id = $1 AND p.duty_number > 0 ORDER BY p.dispatch_id, p.at`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: list records of duties: %w", err)
	}
	return records, nil
}

// sumShares adds up the numbers that the parts of a duty were given: of people, and of units below whose dispatches count.
func sumShares(ctx context.Context, q database.Querier, dispatch ident.ID, number int) (int, error) {
	var sum int
	err := q.Get(ctx, &sum, `SELECT cast(coalesce((SELECT sum(quota) FROM duty_part WHERE dispatch_id = $1 AND duty_number = $2), 0)
		+ coalesce((SELECT sum(u.quota) FROM dispatch_duty u JOIN dispatch d ON d.id = u.dispatch_id
			WHERE d.parent_id = $1 AND u.from_number = $2 AND d.state NOT IN ($3, $4, $5)), 0) AS bigint)`,
		dispatch, number, Refused, Recalled, Replaced)
	if err != nil {
		return 0, fmt.Errorf("cascade: add up the parts: %w", err)
	}
	return sum, nil
}
