package cascade

import (
	"context"
	"errors"
	"io"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Detail is one dispatch with all that belongs to it.
type Detail struct {
	Dispatch
	Letter    letter.Letter
	Under     letter.Letter // the sender's own letter with which it came; the zero letter when it was merely passed on
	Sender    unit.Unit
	Receiver  unit.Unit
	Duties    []Duty
	Publicity []Publicity
	Children  []Dispatch // to whom the receiver forwarded it
	Changes   []Change   // what the sender changed about the letter, the newest first
	Reopened  []Reopening
	Late      []Late
	Path      []Hop // from the issuer down to the receiver
	Meant     Meant // whose the duties are of a letter that was typed in
	Again     bool  // the unit does not have the letter any more, and it may be sent to it again
}

// Hop is one unit on the way of a letter, with the letter by which it passed it on.
type Hop struct {
	Unit  unit.Unit
	Paper letter.Letter // what it sent on: the letter, or its own; the zero letter of the last one
}

// Paper is the letter that the receiver got: the sender's own, or the one passed on.
func (d Detail) Paper() letter.Letter {
	if d.UnderID != "" {
		return d.Under
	}
	return d.Letter
}

// Get returns a dispatch to those who handle the letters of its receiver or its sender.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (Detail, error) {
	d, err := s.readable(ctx, actor, id)
	if err != nil {
		return Detail{}, err
	}
	out := Detail{Dispatch: d}
	if out.Letter, err = s.letters.Load(ctx, s.db, d.LetterID); err != nil {
		return Detail{}, err
	}
	if d.UnderID != "" {
		if out.Under, err = s.letters.Load(ctx, s.db, d.UnderID); err != nil {
			return Detail{}, err
		}
	}
	if out.Changes, err = listChanges(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if out.Reopened, err = listReopenings(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if out.Publicity, err = listPublicity(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if out.Children, err = loadChildren(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if out.Duties, err = s.dutiesOf(ctx, out); err != nil {
		return Detail{}, err
	}
	if out.Meant, err = s.meant(ctx, out); err != nil {
		return Detail{}, err
	}
	days, err := s.calendar(ctx)
	if err != nil {
		return Detail{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return Detail{}, err
	}
	out.Sender = senderOf(tree, d, out.Letter)
	out.Receiver, _ = tree.ByID(d.ReceiverID)
	var first clock.Time
	if len(out.Publicity) > 0 {
		first = out.Publicity[0].At
	}
	patience, err := s.patience(ctx, s.db, d.LetterID)
	if err != nil {
		return Detail{}, err
	}
	out.Late = Lateness(days, d, publicising(d, out.Duties, first), dutyBy(out.Duties), patience(d.LetterID), clock.At(s.db.Clock().Now()))
	if out.Path, err = s.path(ctx, tree, out); err != nil {
		return Detail{}, err
	}
	if ended := d.State == Refused || d.State == Recalled; ended && d.AgainID == "" && !d.Outside {
		out.Again = true
		if d.ParentID == "" {
			err = s.inForce(ctx, s.db, out.Letter)
			out.Again = err == nil
		}
		if err != nil && !errors.Is(err, fault.Conflict) {
			return Detail{}, err
		}
	}
	return out, nil
}

// path leads from the issuer down to the receiver of a dispatch.
func (s *Service) path(ctx context.Context, tree *unit.Tree, d Detail) ([]Hop, error) {
	path := []Hop{{Unit: d.Receiver}, {Unit: d.Sender, Paper: d.Paper()}}
	for up := d.Dispatch; up.ParentID != ""; {
		parent, err := load(ctx, s.db, up.ParentID)
		if err != nil {
			return nil, err
		}
		hop := Hop{Paper: d.Letter}
		if parent.UnderID != "" {
			if hop.Paper, err = s.letters.Load(ctx, s.db, parent.UnderID); err != nil {
				return nil, err
			}
		}
		hop.Unit = senderOf(tree, parent, d.Letter)
		path, up = append(path, hop), parent
	}
	slices.Reverse(path)
	return path, nil
}

// readable loads a dispatch for somebody of either side.
func (s *Service) readable(ctx context.Context, actor person.Actor, id ident.ID) (Dispatch, error) {
	d, err := load(ctx, s.db, id)
	if err != nil {
		return Dispatch{}, err
	}
	if err := d.mayRead(actor); err != nil {
		return Dispatch{}, err
	}
	return d, nil
}

func (d Dispatch) mayRead(actor person.Actor) error {
	err := actor.Can(person.ActionCascadeRead, person.On{Unit: d.ReceiverID})
	if err != nil && !d.Entered() && actor.Can(person.ActionCascadeWatch, person.On{Unit: d.SenderID}) == nil {
		return nil
	}
	return err
}

// seen loads a dispatch whose duties the actor may see: somebody of either side, or of those above on the letter's way up to
// the issuer, to whom progress flows but not the letters that units below write to each other. For the latter, from is as
// which unit they look.
func (s *Service) seen(ctx context.Context, actor person.Actor, id ident.ID) (d Dispatch, from ident.ID, err error) {
	if d, err = load(ctx, s.db, id); err != nil {
		return Dispatch{}, "", err
	}
	denied := d.mayRead(actor)
	if denied == nil {
		return d, "", nil
	}
	for up := d; up.ParentID != ""; {
		if up, err = load(ctx, s.db, up.ParentID); err != nil {
			return Dispatch{}, "", err
		}
		if actor.Can(person.ActionCascadeWatch, person.On{Unit: up.SenderID}) == nil {
			return d, up.SenderID, nil
		}
	}
	return Dispatch{}, "", denied
}

// PublicityFile opens the proof of a record. The caller closes it.
func (s *Service) PublicityFile(ctx context.Context, actor person.Actor, id ident.ID) (io.ReadSeekCloser, Publicity, error) {
	p, err := loadPublicity(ctx, s.db, id)
	if err != nil {
		return nil, Publicity{}, err
	}
	d, err := s.readable(ctx, actor, p.DispatchID)
	if err != nil {
		return nil, Publicity{}, err
	}
	if p.FileKey == "" {
		return nil, Publicity{}, fault.NotFound.With("cascade.fault.notFound")
	}
	f, name, err := s.OpenProof(ctx, actor, d.ReceiverID, p.FileKey, p.FileName)
	p.FileName = name
	return f, p, err
}

// Inbox is what has arrived at a unit.
type Inbox struct {
	Unit  unit.Unit
	Items []Item        // the newest first
	Count map[State]int // of all, also those beyond the limit
}

// Item is one line of an inbox.
type Item struct {
	Dispatch
	Letter letter.Letter
	Sender unit.Unit
	Late   []Late

	Publicising Publicising
}

// Inbox returns up to limit dispatches that have arrived at a unit. Its letters come without their source text.
func (s *Service) Inbox(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) (Inbox, error) {
	if err := actor.Can(person.ActionCascadeRead, person.On{Unit: unitID}); err != nil {
		return Inbox{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return Inbox{}, err
	}
	list, err := loadInbox(ctx, s.db, unitID, limit)
	if err != nil {
		return Inbox{}, err
	}
	var in Inbox
	in.Unit, _ = tree.ByID(unitID)
	if in.Count, err = countInbox(ctx, s.db, unitID); err != nil {
		return Inbox{}, err
	}
	papers, ids := make([]ident.ID, len(list)), make([]ident.ID, len(list))
	for i, d := range list {
		papers[i], ids[i] = d.PaperID(), d.LetterID
	}
	letters, err := s.letters.LoadAll(ctx, s.db, papers)
	if err != nil {
		return Inbox{}, err
	}
	owed, err := loadOwed(ctx, s.db, unitID)
	if err != nil {
		return Inbox{}, err
	}
	patience, err := s.patience(ctx, s.db, ids...)
	if err != nil {
		return Inbox{}, err
	}
	days, err := s.calendar(ctx)
	if err != nil {
		return Inbox{}, err
	}
	now := clock.At(s.db.Clock().Now())
	for _, d := range list {
		o := owed[d.ID]
		p := o.Publicising
		p.Asked = p.Asked && d.Expects(StepPublicise)
		it := Item{Dispatch: d, Letter: letters[d.PaperID()], Late: Lateness(days, d, p, o.DutyBy, patience(d.LetterID), now), Publicising: p}
		it.Sender = senderOf(tree, d, it.Letter)
		in.Items = append(in.Items, it)
	}
	return in, nil
}
