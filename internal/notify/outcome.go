package notify

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Outcome is what became of a message.
type Outcome struct {
	Key     string     `db:"key"`
	Person  ident.ID   `db:"person"` // empty when the address belongs to nobody
	State   State      `db:"state"`
	At      clock.Time `db:"created_at"` // when it was written
	EndedAt clock.Time `db:"ended_at"`   // zero while it is on its way
}

// keysAtOnce bounds the parameters of one statement.
const keysAtOnce = 500

// Outcomes returns what became of messages, by key; a key that was never used is missing.
func (s *Service) Outcomes(ctx context.Context, q database.Querier, keys ...string) (map[string]Outcome, error) {
	outcomes := make(map[string]Outcome, len(keys))
	for some := range slices.Chunk(keys, keysAtOnce) {
		rows, err := outcomesOf(ctx, q, some)
		if err != nil {
			return nil, fmt.Errorf("notify: outcomes: %w", err)
		}
		for _, r := range rows {
			outcomes[r.Key] = r
		}
	}
	return outcomes, nil
}

// Undelivered returns up to limit messages that failed, or may not have arrived, the newest first.
func (s *Service) Undelivered(ctx context.Context, q database.Querier, limit int) ([]Outcome, error) {
	rows, err := undelivered(ctx, q, limit)
	if err != nil {
		return nil, fmt.Errorf("notify: undelivered: %w", err)
	}
	return rows, nil
}

// Reached tells when the last message was written that went out to people, by person.
func (s *Service) Reached(ctx context.Context, q database.Querier, people ...ident.ID) (map[ident.ID]clock.Time, error) {
	at := make(map[ident.ID]clock.Time, len(people))
	for some := range slices.Chunk(people, keysAtOnce) {
		rows, err := lastSent(ctx, q, some)
		if err != nil {
			return nil, fmt.Errorf("notify: who was reached: %w", err)
		}
		for _, r := range rows {
			at[r.Person] = r.At
		}
	}
	return at, nil
}
