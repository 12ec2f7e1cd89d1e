package urging

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Sweep takes every step that is due, has the letters of urging drafted, and sends the digests. It may run at any time, on
// several nodes and again: each step is taken once. What one letter fails at does not keep the others.
func (s *Service) Sweep(ctx context.Context) error {
	p, err := s.planner(ctx)
	if err != nil {
		return err
	}
	if !p.Hours.Open(s.now(), p.Calendar) {
		return nil
	}
	w, err := s.picture(ctx)
	if err != nil {
		return err
	}
	letters, err := s.Cascade.OpenLetters(ctx, s.DB)
	if err != nil {
		return err
	}
	for r := range w.reports { // nothing else may be open of a letter whose last report is due
		if !slices.Contains(letters, r.letter) {
			letters = append(letters, r.letter)
		}
	}
	slices.Sort(letters)
	open := openMatters{late: map[Key]Matter{}, open: map[ident.ID]bool{}, unsure: map[ident.ID]bool{}}
	var errs []error
	for _, id := range letters {
		if err := s.sweepLetter(ctx, p, w, id, open); err != nil {
			open.unsure[id] = true
			errs = append(errs, fmt.Errorf("urging: letter %s: %w", id, err))
		}
	}
	return errors.Join(append(errs, s.writeDrafts(ctx, w.tree, open), s.sendDigests(ctx, p, w.tree, open))...)
}

// openMatters is what is not settled now.
type openMatters struct {
	late   map[Key]Matter
	open   map[ident.ID]bool // dispatches about which anything is to be done
	unsure map[ident.ID]bool // letters that could not be looked through: what was open of them counts as open
}

func (o openMatters) note(p Planner, d dossier, now clock.Time) {
	for _, f := range d.Facts {
		if state := f.Dispatch.State; state.Open() || state == cascade.Completed && len(f.Reports) > 0 {
			o.open[f.Dispatch.ID] = true
		}
		for _, m := range p.Late(f, d.Rules, now) {
			o.late[m.Key()] = m
		}
	}
}

// settled tells whether what a step was about is done meanwhile.
func (o openMatters) settled(r stepRow) bool {
	switch {
	case o.unsure[r.LetterID]:
		return false
	case r.Cause == ByHand:
		return !o.open[r.DispatchID]
	}
	_, late := o.late[r.key()]
	return !late
}

// about is what a step is about as it stands now, else as it was.
func (o openMatters) about(r stepRow) About {
	if m, ok := o.late[r.key()]; ok {
		return m.About
	}
	return r.About.V
}

func (s *Service) sweepLetter(ctx context.Context, p Planner, w picture, id ident.ID, open openMatters) error {
	own, err := isDraft(ctx, s.DB, id)
	if err != nil {
		return err
	}
	d, err := s.dossier(ctx, s.DB, w, id)
	if err != nil {
		return err
	}
	open.note(p, d, s.now())
	if own || len(d.due(p, s.now())) == 0 { // a letter of urging is not urged about in its turn, but by hand
		return nil
	}
	return s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := lockLetter(ctx, tx, id); err != nil {
			return err
		}
		d, err := s.dossier(ctx, tx, w, id) // as it stands now that nobody else urges
		if err != nil {
			return err
		}
		t := taking{Service: s, tx: tx, tree: w.tree, dossier: d, holders: map[holdersKey][]person.Person{}}
		return t.take(ctx, d.due(p, tx.Now()))
	})
}

// due are the steps to take about a letter now.
func (d dossier) due(p Planner, now clock.Time) []DueStep {
	var all []DueStep
	for _, f := range d.Facts {
		all = append(all, p.Due(f, d.Rules, d.Taken, now)...)
	}
	return all
}

// taking is the transaction in which the steps about one letter are taken.
type taking struct {
	*Service
	dossier
	tx      *database.Tx
	tree    *unit.Tree
	holders map[holdersKey][]person.Person
}

type holdersKey struct {
	unit ident.ID
	role person.Role
}

func (t *taking) take(ctx context.Context, due []DueStep) error {
	receivers := map[ident.ID]ident.ID{}
	for _, f := range t.Facts {
		receivers[f.Dispatch.ID] = f.Dispatch.ReceiverID
	}
	steps := map[Cause][3]int{}
	bySuperior := map[ident.ID][]DueStep{}
	for _, one := range due {
		receiver, _ := t.tree.ByID(receivers[one.Dispatch])
		if one.Step == Draft {
			reached, err := t.reaches(ctx, receiver.SuperiorID)
			if err != nil {
				return err
			}
			if reached { // otherwise it stays due, and the page of what is stuck says that nobody can be told
				bySuperior[receiver.SuperiorID] = append(bySuperior[receiver.SuperiorID], one)
			}
			continue
		}
		if err := t.step(ctx, one, receiver, "", 0); err != nil {
			return err
		}
		steps[one.Cause] = counted(steps[one.Cause], one.Step)
	}
	var drafted []ident.ID
	for _, superior := range slices.Sorted(maps.Keys(bySuperior)) {
		draft, turn, err := t.draftFor(ctx, superior)
		if err != nil {
			return err
		}
		drafted = append(drafted, draft)
		for _, one := range bySuperior[superior] {
			receiver, _ := t.tree.ByID(receivers[one.Dispatch])
			if err := t.step(ctx, one, receiver, draft, turn); err != nil {
				return err
			}
			steps[one.Cause] = counted(steps[one.Cause], one.Step)
		}
	}
	if len(steps) == 0 {
		return nil
	}
	return t.record(ctx, t.tx, person.SystemActor.Identity(), t.Letter, nil, trace{Steps: steps, Drafted: drafted})
}

func counted(n [3]int, s Step) [3]int {
	n[s-Remind]++
	return n
}

// step takes one step and notes whom to tell. A step that reaches nobody is taken too: the next one follows in its time.
func (t *taking) step(ctx context.Context, one DueStep, receiver unit.Unit, draft ident.ID, turn int64) error {
	row := stepRow{
		ID: t.IDs.New(), LetterID: t.Letter.ID, DispatchID: one.Dispatch, Cause: one.Cause, Number: one.Number, Step: one.Step,
		Since: one.From, Due: one.Due, At: t.tx.Now(), By: person.SystemActor.Identity(), DraftID: draft, DraftTurn: turn, About: database.JSON[About]{V: one.About},
	}
	fresh, err := insertStep(ctx, t.tx, row)
	if err != nil || !fresh {
		return err
	}
	recipients := t.recipients
	if one.Cause.Inside() {
		recipients = func(ctx context.Context, u unit.Unit, s Step) ([]recipient, error) {
			return t.partRecipients(ctx, one.About, u, s)
		}
	}
	if lead := t.leadOf(one); lead != "" {
		recipients = func(ctx context.Context, u unit.Unit, s Step) ([]recipient, error) {
			return t.leadRecipients(ctx, lead, u, s)
		}
	}
	to, err := recipients(ctx, receiver, one.Step)
	if err != nil {
		return err
	}
	return noteAll(ctx, t.tx, row.ID, to)
}

func noteAll(ctx context.Context, tx *database.Tx, step ident.ID, to []recipient) error {
	for _, r := range to {
		if err := insertNotice(ctx, tx, noticeRow{StepID: step, Recipient: r.Key, UnitID: r.Unit, Role: r.Role}); err != nil {
			return err
		}
	}
	return nil
}

// draftFor returns the letter of urging that a superior's late units are put into: one that is not written yet or that
// nobody has touched since, else a new one; and its turn.
func (t *taking) draftFor(ctx context.Context, superior ident.ID) (id ident.ID, turn int64, err error) {
	all, err := draftsOfLetter(ctx, t.tx, t.Letter.ID)
	if err != nil {
		return "", 0, err
	}
	for _, d := range all {
		if d.SuperiorID != superior {
			continue
		}
		if d.Written > 0 {
			l, err := t.Letters.Load(ctx, t.tx, d.ID)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return "", 0, err
			}
			if l.State != letter.Draft || l.Version != d.Version {
				continue
			}
		}
		turn, err := wantAgain(ctx, t.tx, d.ID)
		return d.ID, turn, err
	}
	d := draftRow{ID: t.IDs.New(), LetterID: t.Letter.ID, SuperiorID: superior}
	return d.ID, firstTurn, insertDraft(ctx, t.tx, d)
}
