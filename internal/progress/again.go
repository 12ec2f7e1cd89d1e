package progress

import (
	"context"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// sentBack returns the report in whose place one of the same comes: the last that was sent, when it was sent back; nil when
// there is none.
func sentBack(ctx context.Context, q database.Querier, r Report) (*Report, error) {
	same, err := reportsLike(ctx, q, r)
	if err != nil {
		return nil, err
	}
	for _, one := range slices.Backward(same) {
		if one.State == Draft || one.ID == r.ID || !r.CreatedAt.IsZero() && one.CreatedAt.After(r.CreatedAt.Time) {
			continue
		}
		if one.State == Returned {
			return &one, nil
		}
		return nil, nil
	}
	return nil, nil
}

// replacement returns the newest report that came in the place of one that was sent back; nil when there is none.
func replacement(ctx context.Context, q database.Querier, r Report) (*Report, error) {
	same, err := reportsLike(ctx, q, r)
	if err != nil || r.State != Returned || len(same) == 0 || same[len(same)-1].ID == r.ID {
		return nil, err
	}
	return &same[len(same)-1], nil
}

// writtenAgain is a generated document with what people had written into the one that was sent back.
func (s *Service) writtenAgain(ctx context.Context, back Report, fresh letter.Document) (letter.Document, error) {
	l, err := s.letters.Load(ctx, s.db, back.ID)
	if err != nil || l.Document == nil {
		return fresh, err
	}
	out, _ := merge(back.Generated, *l.Document, fresh)
	out.Number, out.Date, out.DeliverBy = fresh.Number, fresh.Date, fresh.DeliverBy // those of the letter that came back
	return out, nil
}

// places adds to a report which one it came in the place of, and which came in its own, as far as the actor may read them.
func (s *Service) places(ctx context.Context, actor person.Actor, d *Detail) (err error) {
	if d.Instead, err = sentBack(ctx, s.db, d.Report); err != nil {
		return err
	}
	next, err := replacement(ctx, s.db, d.Report)
	if err == nil && next != nil && s.readable(actor, *next) == nil {
		d.Next = next
	}
	return err
}
