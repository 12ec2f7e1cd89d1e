package urging

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// writeDrafts composes the letters of urging that are wanted. Composing has a transaction of its own, so a node leases the
// draft first; one that dies in between leaves it to the next sweep, and composing again under the same ID does no harm.
func (s *Service) writeDrafts(ctx context.Context, tree *unit.Tree, open openMatters) error {
	wanted, err := unwritten(ctx, s.DB)
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range wanted {
		if err := s.writeDraft(ctx, tree, open, d.ID); err != nil {
			errs = append(errs, fmt.Errorf("urging: draft %s: %w", d.ID, err))
		}
	}
	return errors.Join(errs...)
}

// writeDraft writes a wanted letter for those who still owe something; one that nobody is to be named in waits.
func (s *Service) writeDraft(ctx context.Context, tree *unit.Tree, open openMatters, id ident.ID) error {
	var d draftRow
	var rows []lateUnit
	var urged, cited letter.Letter
	mine := false
	err := s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if d, mine, err = leaseDraft(ctx, tx, id); err != nil || !mine {
			return err
		}
		if urged, err = s.Letters.Load(ctx, tx, d.LetterID); err != nil {
			return err
		}
		late, err := s.lateUnits(ctx, tx, tree, func(r stepRow) bool { return !open.settled(r) }, d.ID)
		if err != nil {
			return err
		}
		rows = late[d.ID]
		cited, err = s.citedTo(ctx, tx, urged, rows)
		return err
	})
	if err != nil || !mine || len(rows) == 0 {
		return err
	}
	doc, err := s.document(ctx, tree, d, cited, rows, open)
	if err != nil {
		return err
	}
	l, err := s.compose(ctx, d, urged, doc)
	if fault.KindOf(err) == fault.Conflict { // somebody works on it: what came since goes into another letter
		return s.fork(ctx, d)
	}
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := writtenDraft(ctx, tx, d, l.Version); err != nil {
			return err
		}
		return s.tellSuperior(ctx, tx, tree, d)
	})
}

// compose writes the letter, or writes it anew while nobody has changed it. Conflict says that somebody did.
func (s *Service) compose(ctx context.Context, d draftRow, urged letter.Letter, doc letter.Document) (letter.Letter, error) {
	there, err := s.Letters.Load(ctx, s.DB, d.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return s.Letters.Compose(ctx, person.SystemActor, letter.ComposeInput{
			ID: d.ID, Issuer: d.SuperiorID, Document: doc, Challenge: urged.ChallengeID, Answers: urged.ID,
		})
	case err != nil:
		return letter.Letter{}, err
	case there.State != letter.Discarded && there.Document != nil && reflect.DeepEqual(there.Document.Blocks, doc.Blocks):
		return there, nil // written by a node that died before it could note so
	case there.State != letter.Draft || there.Version != max(d.Version, 1):
		return letter.Letter{}, fault.Conflict.With("")
	}
	return s.Letters.Rewrite(ctx, person.SystemActor, d.ID, there.Version, doc)
}

// fork leaves a letter that a person changed as it is and wants another one for the units that came since.
func (s *Service) fork(ctx context.Context, d draftRow) error {
	return s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		steps, err := stepsOfDraft(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(steps, func(r stepRow) bool { return r.DraftTurn > d.Written }) {
			return writtenDraft(ctx, tx, d, d.Version)
		}
		other := draftRow{ID: s.IDs.New(), LetterID: d.LetterID, SuperiorID: d.SuperiorID}
		if err := insertDraft(ctx, tx, other); err != nil {
			return err
		}
		if err := moveSteps(ctx, tx, d, other.ID); err != nil {
			return err
		}
		return writtenDraft(ctx, tx, d, d.Version)
	})
}

// tellSuperior notes for the people of the superior organ that a letter waits for them.
func (s *Service) tellSuperior(ctx context.Context, tx *database.Tx, tree *unit.Tree, d draftRow) error {
	t := taking{Service: s, tx: tx, tree: tree, holders: map[holdersKey][]person.Person{}}
	steps, err := stepsOfDraft(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	for _, role := range signers {
		to, err := t.inRole(ctx, d.SuperiorID, role)
		if err != nil {
			return err
		}
		for _, step := range steps {
			if err := noteAll(ctx, tx, step.ID, to); err != nil {
				return err
			}
		}
	}
	return nil
}

// citedTo is the letter as those have it who are urged about it: where all got it with the same letter of whoever passed it on,
// that one.
func (s *Service) citedTo(ctx context.Context, q database.Querier, urged letter.Letter, rows []lateUnit) (letter.Letter, error) {
	if len(rows) == 0 || rows[0].Paper == urged.ID || slices.ContainsFunc(rows, func(r lateUnit) bool { return r.Paper != rows[0].Paper }) {
		return urged, nil
	}
	return s.Letters.Load(ctx, q, rows[0].Paper)
}

// lateUnit is a line of a letter of urging.
type lateUnit struct {
	Unit  unit.Unit
	Paper ident.ID // the letter that it got
	Steps []stepRow
}

// lateUnits are the units that drafts name with what they owe, by draft, in the order in which they are listed elsewhere.
func (s *Service) lateUnits(ctx context.Context, q database.Querier, tree *unit.Tree, owes func(stepRow) bool, drafts ...ident.ID) (map[ident.ID][]lateUnit, error) {
	steps, err := stepsOfDraft(ctx, q, drafts...)
	if err != nil {
		return nil, err
	}
	receivers, err := receiversOf(ctx, q, drafts)
	if err != nil {
		return nil, err
	}
	byUnit := map[ident.ID]map[ident.ID]*lateUnit{}
	for _, step := range steps {
		if !owes(step) {
			continue
		}
		lines, ok := byUnit[step.DraftID]
		if !ok {
			lines = map[ident.ID]*lateUnit{}
			byUnit[step.DraftID] = lines
		}
		to := receivers[step.DispatchID]
		line, ok := lines[to.Unit]
		if !ok {
			line = &lateUnit{Unit: unitOf(tree, to.Unit), Paper: to.Paper}
			lines[to.Unit] = line
		}
		line.Steps = append(line.Steps, step)
	}
	late := make(map[ident.ID][]lateUnit, len(byUnit))
	for draft, lines := range byUnit {
		late[draft] = inOrder(lines)
	}
	return late, nil
}

func always(stepRow) bool { return true }

func unitsOf(late []lateUnit) []unit.Unit {
	units := make([]unit.Unit, len(late))
	for i, one := range late {
		units[i] = one.Unit
	}
	return units
}

// Named returns the units that a drafted letter of urging is about, none for another letter: its addressees may say only that
// they stand in its table.
func (s *Service) Named(ctx context.Context, letterID ident.ID) ([]unit.Unit, error) {
	tree, err := s.Units.Today(ctx)
	if err != nil {
		return nil, err
	}
	late, err := s.lateUnits(ctx, s.DB, tree, always, letterID)
	return unitsOf(late[letterID]), err
}
