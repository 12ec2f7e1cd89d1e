package letter

import (
	"context"
	"io"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Get returns a letter to those who handle the issuer's letters.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (Letter, error) {
	l, err := load(ctx, s.db, id)
	if err != nil {
		return Letter{}, err
	}
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: l.IssuerID}); err != nil {
		return Letter{}, err
	}
	return l, nil
}

// List returns the letters of a unit, the newest first, without their source text.
func (s *Service) List(ctx context.Context, actor person.Actor, issuer ident.ID, limit int) ([]Letter, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: issuer}); err != nil {
		return nil, err
	}
	return listByIssuer(ctx, s.db, issuer, limit)
}

// Answering returns the letters that a unit composed to carry out another one, the oldest first; not reports about it, nor
// what the system drafted.
func (s *Service) Answering(ctx context.Context, actor person.Actor, issuer, other ident.ID) ([]Letter, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: issuer}); err != nil {
		return nil, err
	}
	all, err := listAnswering(ctx, s.db, issuer, other)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(l Letter) bool {
		return l.Fields.Type == Report || l.CreatedBy == person.SystemActor.ID
	}), nil
}

// Published returns the registered letters about a challenge that somebody made public, the oldest first.
func (s *Service) Published(ctx context.Context, challenge ident.ID) ([]Letter, error) {
	return listByChallenge(ctx, s.db, challenge)
}

// File opens the bytes the letter came as. The caller closes it.
func (s *Service) File(ctx context.Context, actor person.Actor, id ident.ID) (io.ReadSeekCloser, Letter, error) {
	l, err := s.Get(ctx, actor, id)
	if err != nil {
		return nil, Letter{}, err
	}
	f, err := s.OpenKept(ctx, Kept{Key: l.FileKey})
	return f, l, err
}

// Load returns a letter without asking permission: for packages that asked for an object of their own, such as the
// dispatch by which the letter came.
func (s *Service) Load(ctx context.Context, q database.Querier, id ident.ID) (Letter, error) {
	return load(ctx, q, id)
}

// Hold is Load that lets nobody else change the letter until the transaction ends.
func (s *Service) Hold(ctx context.Context, tx *database.Tx, id ident.ID) (Letter, error) {
	return lock(ctx, tx, id)
}

// LoadAll is Load for several letters, for lists: without the source text.
func (s *Service) LoadAll(ctx context.Context, q database.Querier, ids []ident.ID) (map[ident.ID]Letter, error) {
	return loadAll(ctx, q, ids)
}

// Arrivals returns a unit's register of arrivals of one year, by number.
func (s *Service) Arrivals(ctx context.Context, actor person.Actor, unitID ident.ID, year int) ([]Arrival, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listArrivals(ctx, s.db, unitID, year)
}
