package cascade

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Carrier takes dispatches to units that are reached outside this system, and tells others outside how theirs stand. It
// works in the transaction of the change, so that nothing is sent that did not happen.
type Carrier interface {
	// Carry takes a new dispatch on its way and tells whether its receiver is outside; otherwise it is delivered here.
	Carry(ctx context.Context, tx *database.Tx, d Dispatch) (outside bool, err error)
	// Changed is told of every change of a dispatch that was made here.
	Changed(ctx context.Context, tx *database.Tx, before, after Dispatch) error
}

// CarryWith gives the service what carries dispatches out; without it all units are inside.
func (s *Service) CarryWith(c Carrier) { s.carrier = c }

// Told is what the receiver outside has told of a dispatch, all its reports together.
type Told struct {
	State                                                 State // Sent when it told nothing yet
	ArrivedAt, ReceivedAt, AssignedAt, StartedAt, EndedAt clock.Time
	Outcome                                               string // why it was refused, or what was achieved
}

// Tell sets a dispatch to where its receiver outside says it stands; the caller asked whether it may say so. What was
// recalled, replaced or sent again here stays so. The sender is told of a refusal once. tree was read before the transaction.
func (s *Service) Tell(ctx context.Context, tx *database.Tx, tree *unit.Tree, id ident.ID, told Told) error {
	before, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if before.AgainID != "" {
		return nil
	}
	d := before
	d.ArrivedAt, d.ReceivedAt, d.AssignedAt, d.StartedAt = told.ArrivedAt, told.ReceivedAt, told.AssignedAt, told.StartedAt
	if before.State != Recalled && before.State != Replaced {
		d.State, d.EndedAt, d.Outcome = told.State, told.EndedAt, told.Outcome
	}
	if same(before, d) {
		return nil
	}
	if d.State == Refused && before.State != Refused {
		if err := s.tell(ctx, tx, tree, d, d.SenderID, "cascade.mail.refused"); err != nil {
			return err
		}
	}
	if err := s.keep(ctx, tx, person.SystemActor, person.ActionCascadeReceive, before, &d); err != nil {
		return err
	}
	if before.ArrivedAt == d.ArrivedAt && before.ReceivedAt == d.ReceivedAt {
		return nil
	}
	return s.reached(ctx, tx, d)
}

func same(a, b Dispatch) bool {
	return a.State == b.State && a.Outcome == b.Outcome && a.ArrivedAt == b.ArrivedAt && a.ReceivedAt == b.ReceivedAt &&
		a.AssignedAt == b.AssignedAt && a.StartedAt == b.StartedAt && a.EndedAt == b.EndedAt
}

// OfLetter returns the dispatches of a letter without asking permission, the oldest first.
func (s *Service) OfLetter(ctx context.Context, q database.Querier, letterID ident.ID) ([]Dispatch, error) {
	return loadByLetter(ctx, q, letterID)
}

// Hold makes everybody else who wants to change a dispatch wait until the transaction ends.
func (s *Service) Hold(ctx context.Context, tx *database.Tx, id ident.ID) error {
	_, err := lock(ctx, tx, id)
	return err
}

// ChangeOf returns a change of a letter without asking permission.
func (s *Service) ChangeOf(ctx context.Context, q database.Querier, id ident.ID) (Change, error) {
	return loadChange(ctx, q, id)
}

// AnswerTo returns how the receiver of a dispatch stands to a change, without asking permission.
func (s *Service) AnswerTo(ctx context.Context, q database.Querier, change, dispatch ident.ID) (Change, error) {
	return loadAsked(ctx, q, change, dispatch)
}
