package progress

import (
	"context"

	"sachhon/internal/clock"
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
	return listSentUp(ctx, s.db, unitID, letters)
}
