package cascade

import (
	"context"

	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// BasisFilter narrows the letters on which a unit may rest one of its own.
type BasisFilter struct {
	Words     string   // in symbol, subject, names and content, with or without accents
	Challenge ident.ID // what the new letter is about, "" for none
	Limit     int
}

// Bases returns letters on which a unit may rest one of its own, and how many there are: what it wrote or read in, what it entered
// as arrival and what came by dispatch. First come plans and what is about the challenge, or about any where none was chosen; then
// the newest. They come without their source text.
func (s *Service) Bases(ctx context.Context, actor person.Actor, unitID ident.ID, f BasisFilter) ([]letter.Letter, int, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, 0, err
	}
	if err := actor.Can(person.ActionCascadeRead, person.On{Unit: unitID}); err != nil {
		return nil, 0, err
	}
	ids, n, err := listBases(ctx, s.db, unitID, f)
	if err != nil {
		return nil, 0, err
	}
	found, err := s.letters.LoadAll(ctx, s.db, ids)
	if err != nil {
		return nil, 0, err
	}
	out := make([]letter.Letter, len(ids))
	for i, id := range ids {
		out[i] = found[id]
	}
	return out, n, nil
}
