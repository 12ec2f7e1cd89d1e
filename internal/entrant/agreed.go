package entrant

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Agreed tells to another domain which of the entrants agreed to a purpose: everybody who had to consent to taking
// part consented to it as well. It asks for no permission.
func (s *Service) Agreed(ctx context.Context, q database.Querier, purpose Purpose, ids []ident.ID) (map[ident.ID]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return agreed(ctx, q, purpose, ids)
}
