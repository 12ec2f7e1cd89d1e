package entrant

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// ByUnit counts the entrants that take part in a challenge by their home unit, for who asks where nobody takes part.
func (s *Service) ByUnit(ctx context.Context, q database.Querier, challengeID ident.ID) (map[ident.ID]int, error) {
	return byUnit(ctx, q, challengeID)
}
