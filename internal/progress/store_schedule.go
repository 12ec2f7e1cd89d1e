package progress

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const scheduleColumns = `letter_id, unit_id, first_day, last_day, weekday, final_day, version, updated_by, updated_at`

func loadSchedule(ctx context.Context, q database.Querier, letterID, unitID ident.ID) (Schedule, error) {
	var s Schedule
	err := q.Get(ctx, &s, `SELECT `+scheduleColumns+` FROM progress_schedule WHERE letter_id = $1 AND unit_id = $2`, letterID, unitID)
	if errors.Is(err, database.ErrNotFound) {
		return Schedule{}, fault.NotFound.With("progress.fault.notFound")
	}
	if err != nil {
		return Schedule{}, fmt.Errorf("progress: load schedule: %w", err)
	}
	return s, nil
}

// scheduleAmong returns the schedule of a unit for the first of the letters, or else for one of those by which it was passed on;
// an empty one when it planned none.
func scheduleAmong(ctx context.Context, q database.Querier, letters []ident.ID, unitID ident.ID) (Schedule, error) {
	all, err := listSchedules(ctx, q, `WHERE unit_id = $1 AND letter_id IN (`+database.In(3, len(letters))+`)
		ORDER BY CASE WHEN letter_id = $2 THEN 0 ELSE 1 END, letter_id LIMIT 1`, args(letters, unitID, letters[0])...)
	if err != nil || len(all) == 0 {
		return Schedule{}, err
	}
	return all[0], nil
}

// putSchedule stores the schedule that follows the version before it.
func putSchedule(ctx context.Context, tx *database.Tx, s Schedule) error {
	n, err := tx.Exec(ctx, `INSERT INTO progress_schedule (`+scheduleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (letter_id, unit_id) DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day,
			weekday = excluded.weekday, final_day = excluded.final_day, version = excluded.version, updated_by = excluded.updated_by,
			updated_at = excluded.updated_at
		WHERE progress_schedule.version = excluded.version - 1`,
		s.Letter, s.Unit, s.First, s.Last, s.Weekday, s.FinalDay, s.Version, s.UpdatedBy, s.UpdatedAt)
	if err != nil {
		return fmt.Errorf("progress: put schedule: %w", err)
	}
	if n != 1 {
		return fault.Conflict.With("progress.fault.changed")
	}
	return nil
}

func allSchedules(ctx context.Context, q database.Querier) ([]Schedule, error) {
	return listSchedules(ctx, q, `ORDER BY letter_id, unit_id`)
}

// schedulesFor returns the schedules by which a unit reports.
func schedulesFor(ctx context.Context, q database.Querier, unitID ident.ID) ([]Schedule, error) {
	return listSchedules(ctx, q, `WHERE EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = progress_schedule.letter_id
		AND d.sender_id = progress_schedule.unit_id AND d.receiver_id = $1 AND d.state <> $2) ORDER BY letter_id, unit_id`,
		unitID, cascade.Recalled)
}

// schedulesOn returns the schedules by which a unit reports on a letter that it was sent and that stands.
func schedulesOn(ctx context.Context, q database.Querier, letterID, unitID ident.ID) ([]Schedule, error) {
	return listSchedules(ctx, q, `WHERE letter_id = $1 AND EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = progress_schedule.letter_id
		AND d.sender_id = progress_schedule.unit_id AND d.receiver_id = $2 AND d.again_id = '' AND d.state NOT IN ($3, $4, $5))
		ORDER BY unit_id`, letterID, unitID, cascade.Recalled, cascade.Refused, cascade.Replaced)
}

func listSchedules(ctx context.Context, q database.Querier, where string, values ...any) ([]Schedule, error) {
	var all []Schedule
	if err := q.Select(ctx, &all, `SELECT `+scheduleColumns+` FROM progress_schedule `+where, values...); err != nil {
		return nil, fmt.Errorf("progress: list schedules: %w", err)
	}
	return all, nil
}
