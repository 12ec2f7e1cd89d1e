package letter

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// ByNumber returns the letter that an issuer registered under the number of the fields, in the year or the term of their date,
// without asking permission: for what comes from outside and may be here already.
func (s *Service) ByNumber(ctx context.Context, q database.Querier, issuer ident.ID, f Fields) (Letter, error) {
	seq, err := sequenceOf(ctx, q, Letter{IssuerID: issuer, Fields: f.clean()})
	if err != nil {
		return Letter{}, err
	}
	id, err := findNumber(ctx, q, issuer, seq, numberKey(f.Number))
	if err != nil {
		return Letter{}, err
	}
	if id == "" {
		return Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	return load(ctx, q, id)
}
