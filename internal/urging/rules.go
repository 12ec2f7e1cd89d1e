package urging

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// LetterRules are the rules of one letter.
type LetterRules struct {
	Letter  letter.Letter
	Rules   Rules
	Version int64 // a change names the version it saw
}

// Rules returns the rules of a letter to whoever may urge in its issuer's name.
func (s *Service) Rules(ctx context.Context, actor person.Actor, id ident.ID) (LetterRules, error) {
	l, err := s.Letters.Load(ctx, s.DB, id)
	if err != nil {
		return LetterRules{}, err
	}
	if err := actor.Can(person.ActionCascadeUrge, person.On{Unit: l.IssuerID}); err != nil {
		return LetterRules{}, err
	}
	row, err := loadLetter(ctx, s.DB, id)
	return LetterRules{l, row.Rules.V.complete(), row.Version}, err
}

// Patience implements cascade.Senders.
func (s *Service) Patience(ctx context.Context, q database.Querier, letters ...ident.ID) (map[ident.ID]cascade.Patience, error) {
	set, err := loadRules(ctx, q, letters)
	if err != nil {
		return nil, err
	}
	all := make(map[ident.ID]cascade.Patience, len(set))
	for id, rules := range set {
		all[id] = rules.complete().patience()
	}
	return all, nil
}

// SetRules changes the rules of a letter, before it is sent or after: what was told stays told, and the next steps follow
// the new rules. Setting what is set does nothing.
func (s *Service) SetRules(ctx context.Context, actor person.Actor, id ident.ID, version int64, rules Rules) error {
	l, err := s.Letters.Load(ctx, s.DB, id)
	if err != nil {
		return err
	}
	if err := actor.Can(person.ActionCascadeUrge, person.On{Unit: l.IssuerID}); err != nil {
		return err
	}
	rules = rules.complete()
	if err := rules.check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := lockLetter(ctx, tx, id); err != nil {
			return err
		}
		row, err := loadLetter(ctx, tx, id)
		if err != nil {
			return err
		}
		before := row.Rules.V.complete()
		if slices.Equal(before, rules) {
			return nil
		}
		if row.Version != version {
			return fault.Conflict.With("urging.fault.changed")
		}
		row.Rules.V, row.Version, row.UpdatedBy = rules, row.Version+1, actor.Identity()
		if err := updateRules(ctx, tx, row); err != nil {
			return err
		}
		return s.record(ctx, tx, actor.Identity(), l, trace{Rules: before}, trace{Rules: rules})
	})
}
