package notify

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/database"
)

// keysAtOnce bounds the parameters of one statement.
const keysAtOnce = 500

// States returns what became of messages, by key; a key that was never used is missing.
func (s *Service) States(ctx context.Context, q database.Querier, keys ...string) (map[string]State, error) {
	states := make(map[string]State, len(keys))
	for some := range slices.Chunk(keys, keysAtOnce) {
		rows, err := statesOf(ctx, q, some)
		if err != nil {
			return nil, fmt.Errorf("notify: states: %w", err)
		}
		for _, r := range rows {
			states[r.Key] = r.State
		}
	}
	return states, nil
}

// Undelivered returns the keys of up to limit messages that failed, or may not have arrived, the newest first.
func (s *Service) Undelivered(ctx context.Context, q database.Querier, limit int) ([]string, error) {
	keys, err := undelivered(ctx, q, limit)
	if err != nil {
		return nil, fmt.Errorf("notify: undelivered: %w", err)
	}
	return keys, nil
}
