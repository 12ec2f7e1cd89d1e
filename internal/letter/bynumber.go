package letter

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// ByNumber returns the letter that an issuer registered under a number in a year, without asking permission: for what
// comes from outside and may be here already.
func (s *Service) ByNumber(ctx context.Context, q database.Querier, issuer ident.ID, year int, number string) (Letter, error) {
	id, err := findNumber(ctx, q, issuer, year, numberKey(number))
	if err != nil {
		return Letter{}, err
	}
	if id == "" {
		return Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	return load(ctx, q, id)
}
