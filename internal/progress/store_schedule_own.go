package progress

import (
	"context"
	"fmt"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// carriedSchedule is a schedule of a letter that was typed in, as it holds for one of the unit's own by which that is carried out: on
// this one those below report, since it is what they have.
type carriedSchedule struct {
	Schedule
	Plan ident.ID `db:"plan_id"` // the letter that was typed in
}

// carriedSchedules returns them, the oldest letter first: those by which one unit reports, or all when it is empty. A letter that has a
// schedule of its own goes by that.
func carriedSchedules(ctx context.Context, q database.Querier, reporter ident.ID) ([]carriedSchedule, error) {
	var all []carriedSchedule
	err := q.Select(ctx, &all, `SELECT l.id AS letter_id, s.letter_id AS plan_id, s.unit_id, s.first_day, s.last_day, s.weekday, s.final_day,
			s.version, s.updated_by, s.updated_at
		FROM progress_schedule s JOIN letter l ON l.answers_id = s.letter_id AND l.issuer_id = s.unit_id AND l.state = $1
		WHERE EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = s.letter_id AND d.receiver_id = s.unit_id AND d.sender_id IS NULL)
			AND EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = l.id AND d.sender_id = s.unit_id AND d.state <> $2 AND (d.receiver_id = $3 OR $3 = ''))
			AND NOT EXISTS (SELECT 1 FROM progress_schedule o WHERE o.letter_id = l.id AND o.unit_id = s.unit_id)
		ORDER BY l.created_at, l.id`, letter.Registered, cascade.Recalled, string(reporter))
	if err != nil {
		return nil, fmt.Errorf("progress: list schedules of what carries out: %w", err)
	}
	return all, nil
}
