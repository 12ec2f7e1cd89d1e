package progress

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// SentUp is how a report's letter went up, for the register in which the letter stands.
type SentUp struct {
	ID        ident.ID   `db:"id"`
	Above     ident.ID   `db:"to_id"`
	State     State      `db:"state"`
	SentAt    clock.Time `db:"submitted_at"`
	DecidedAt clock.Time `db:"decided_at"` // when the unit above took it in or sent it back; zero before
}

// SentUp tells which letters of a unit are reports that went up, by letter.
func (s *Service) SentUp(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID]SentUp, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	found := map[ident.ID]SentUp{}
	for part := range slices.Chunk(letters, 500) {
		var rows []SentUp
		err := s.db.Select(ctx, &rows, `SELECT id, to_id, state, submitted_at, decided_at FROM progress_report
			WHERE unit_id = $1 AND state <> $2 AND id IN (`+database.In(3, len(part))+`)`, args(part, unitID, Draft)...)
		if err != nil {
			return nil, fmt.Errorf("progress: reports that went up: %w", err)
		}
		for _, r := range rows {
			found[r.ID] = r
		}
	}
	return found, nil
}
