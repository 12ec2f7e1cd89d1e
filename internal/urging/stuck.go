package urging

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Why is a group of the page of what is stuck: a cause, or that nobody gets to know.
type Why string

// The groups beside the causes.
const (
	NobodyToTell Why = "nobody" // no person of the unit or of its superior organ has an account
	MailFailed   Why = "mail"   // what was sent to the unit did not arrive
	SoonDue      Why = "soon"   // nothing is late, but a number is not reached and its day is near
)

// Whys are the groups in the order of the page: first those that no reminder will mend.
var Whys = []Why{
	Why(Objected), NobodyToTell, MailFailed, Why(NotDelivered), Why(NotReceived), Why(NotAssigned), Why(NotStarted), Why(NotPublicised), Why(NoEntrant), Why(MissedTurn),
	Why(TooFew), Why(DutyLate), Why(NotFinished), Why(NotReported), SoonDue,
}

// Action is the one thing that somebody who watches may do about a stuck unit.
type Action string

// The actions.
const (
	UrgeNow   Action = "urge"
	UrgeAbove Action = "above"  // whoever looks may not urge the unit itself, but the one that passed the letter on to it
	Refer     Action = "refer"  // others urge it: who sent it the letter, and its own superior organ
	OpenDraft Action = "draft"  // a letter of urging waits for its sign-off
	Call      Action = "call"   // mails do not reach them
	TakeBack  Action = "recall" // nobody is there at all
	Wait      Action = "wait"   // urged by hand today
	SendAgain Action = "again"  // it refused the letter, which is in force and may go to it once more, or be left at that
	Settle    Action = "settle" // it refused a change, or what cannot be sent again
	Trace     Action = "trace"  // see the packages of one that is on its way, or of a unit outside whom nobody here can write to
)

// Stuck is what does not go on below a unit, and why.
type Stuck struct {
	Unit   unit.Unit
	At     clock.Time
	Groups []StuckGroup
	Drafts []DraftLetter // of the unit, waiting for its sign-off
	Parts  []StuckPart   // of people of the unit itself, the longest first
	Units  int           // different units that are stuck
	Older  int           // letters that were not looked through, since newer ones have too many units
}

// StuckGroup is what is stuck for one reason, the longest first.
type StuckGroup struct {
	Why  Why
	Rows []StuckRow
}

// StuckRow is one dispatch that is stuck.
type StuckRow struct {
	Dispatch    cascade.Dispatch
	Letter      letter.Letter // that the unit got
	Receiver    unit.Unit
	Superior    unit.Unit          // zero for a unit without
	Sender      unit.Unit          // who sent it the letter or passed it on
	Matter      Matter             // the first of what is owed
	Also        []Matter           // the rest
	Reason      string             // why it refused
	Refused     cascade.ChangeKind // the change that it refused; empty for the letter
	Soon        bool               // nothing is late yet
	Days        int                // working days since it is late, or until it is
	Responsible []Official
	Done        []StepDone // the newest first
	SuperiorOut bool       // the turn is the superior's, of which nobody has an account
	Action      Action
	Draft       ident.ID  // for OpenDraft
	Waits       unit.Unit // at which a letter of urging waits that the reader may not open; zero for none
	Through     Through   // for UrgeAbove
	Choose      bool      // may be urged about now, together with others
}

// Through is the unit that passed a letter on to a stuck one, with its own dispatch: whoever may not urge the one urges the other.
type Through struct {
	Dispatch ident.ID
	Unit     unit.Unit
}

// Official is somebody who is responsible now. The phone is for those who may urge; it is on no public page.
type Official struct {
	Name, Role, Phone string
}

// StepDone is a step that was taken about a row.
type StepDone struct {
	Cause Cause
	Step  Step
	At    clock.Time
}

// Stuck returns what is stuck below a unit: what it sent itself, passed on or had passed on below it, and the units that
// answer to it, whoever wrote to them.
func (s *Service) Stuck(ctx context.Context, actor person.Actor, unitID ident.ID) (Stuck, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return Stuck{}, err
	}
	rows, tree, older, err := s.stuckRows(ctx, unitID)
	if err != nil {
		return Stuck{}, err
	}
	out := Stuck{Unit: unitOf(tree, unitID), At: s.now(), Older: older, Units: lateUnitsOf(rows)}
	s.counts.put(unitID, out.Units, s.now()) // the desk says the same
	if err := s.explain(ctx, actor, tree, rows); err != nil {
		return Stuck{}, err
	}
	groups := map[Why][]StuckRow{}
	for _, r := range rows {
		groups[r.why] = append(groups[r.why], r.StuckRow)
	}
	for _, why := range Whys {
		if list := groups[why]; len(list) > 0 {
			slices.SortStableFunc(list, func(a, b StuckRow) int {
				return cmp.Or(a.Matter.Due.Compare(b.Matter.Due.Time), strings.Compare(a.Receiver.Code, b.Receiver.Code))
			})
			out.Groups = append(out.Groups, StuckGroup{why, list})
		}
	}
	if out.Parts, err = s.stuckParts(ctx, unitID); err != nil {
		return Stuck{}, err
	}
	waiting, err := draftsOfSuperior(ctx, s.DB, unitID)
	if err != nil {
		return Stuck{}, err
	}
	out.Drafts, err = s.draftLetters(ctx, actor, tree, waiting, unfinished)
	return out, err
}

// stuckRow is a row while it is explained.
type stuckRow struct {
	StuckRow
	why   Why
	rules Rules
	taken map[Key][]Taken
	over  bool               // what was refused cannot be sent again
	past  []stepRow          // about this dispatch
	above []cascade.Dispatch // those by which the letter came to the sender of this one, the nearest first
}

// lateUnitsOf counts the units that are late, not those whose day is only near or who refused.
func lateUnitsOf(rows []*stuckRow) int {
	units := map[ident.ID]bool{}
	for _, r := range rows {
		if !r.Soon && r.Matter.Cause != Objected {
			units[r.Receiver.ID] = true
		}
	}
	return len(units)
}

func unitOf(tree *unit.Tree, id ident.ID) unit.Unit {
	u, _ := tree.ByID(id)
	return u
}

// stuckAtMost keeps a page of a country to some three seconds.
const stuckAtMost = 50_000

// newest keeps the letters, the newest first, that have no more than so many dispatches together, and tells how many are left
// out. Identifiers grow with time.
func (s *Service) newest(ctx context.Context, letters []ident.ID) (kept []ident.ID, older int, err error) {
	sizes, err := s.Cascade.Sizes(ctx, s.DB, letters)
	if err != nil {
		return nil, 0, err
	}
	sum := 0
	for _, id := range slices.Backward(letters) {
		if sum += sizes[id]; sum > s.atMost && len(kept) > 0 {
			break
		}
		kept = append(kept, id)
	}
	return kept, len(letters) - len(kept), nil
}

// stuckRows finds the dispatches of units that are late with something, and how many older letters were left out.
func (s *Service) stuckRows(ctx context.Context, unitID ident.ID) (rows []*stuckRow, tree *unit.Tree, older int, err error) {
	p, err := s.planner(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	w, err := s.picture(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	tree = w.tree
	letters, err := s.touching(ctx, w, unitID)
	if err != nil {
		return nil, nil, 0, err
	}
	if letters, older, err = s.newest(ctx, letters); err != nil {
		return nil, nil, 0, err
	}
	for _, id := range letters {
		d, err := s.dossier(ctx, s.DB, w, id)
		if err != nil {
			return nil, nil, 0, err
		}
		rows = append(rows, d.stuck(p, tree, unitID, s.now())...)
	}
	return rows, tree, older, s.name(ctx, rows)
}

// name gives the rows the letters that their units got, where these are letters of whoever passed one on.
func (s *Service) name(ctx context.Context, rows []*stuckRow) error {
	papers := map[ident.ID]bool{}
	for _, r := range rows {
		if id := r.Dispatch.PaperID(); id != r.Letter.ID {
			papers[id] = true
		}
	}
	if len(papers) == 0 {
		return nil
	}
	letters, err := s.Letters.LoadAll(ctx, s.DB, sortedKeys(papers))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if id := r.Dispatch.PaperID(); id != r.Letter.ID {
			r.Letter = letters[id]
		}
	}
	return nil
}

// touching are the letters that concern a unit, by identifier: that it sent or passed on, or that units which answer to it have. Of one
// on which a report is overdue nothing else may be open.
func (s *Service) touching(ctx context.Context, w picture, unitID ident.ID) ([]ident.ID, error) {
	var below []ident.ID
	for _, u := range w.tree.Subordinates(unitID) {
		below = append(below, u.ID)
	}
	letters, err := s.Cascade.Touching(ctx, s.DB, unitID, below)
	if err != nil {
		return nil, err
	}
	reported := map[ident.ID]bool{}
	for r := range w.reports {
		reported[r.letter] = true
		if unitOf(w.tree, r.unit).SuperiorID == unitID {
			letters = append(letters, r.letter)
		}
	}
	own, err := s.Cascade.SentAmong(ctx, s.DB, unitID, sortedKeys(reported))
	letters = append(letters, own...)
	slices.Sort(letters)
	return slices.Compact(letters), err
}

// forThoseAbove are the matters that concern those above a unit: what is late, and what will be.
func forThoseAbove(all []Matter, now clock.Time) (late, soon []Matter) {
	for _, m := range all {
		switch {
		case m.Cause.Inside():
		case m.Ahead(now):
			soon = append(soon, m)
		default:
			late = append(late, m)
		}
	}
	return late, soon
}

// stuck are the late dispatches of a letter that concern a unit.
func (d dossier) stuck(p Planner, tree *unit.Tree, unitID ident.ID, now clock.Time) []*stuckRow {
	came := make(map[ident.ID]cascade.Dispatch, len(d.Facts)) // by receiver
	for _, f := range d.Facts {
		came[f.Dispatch.ReceiverID] = f.Dispatch
	}
	above := func(dispatch cascade.Dispatch) (chain []cascade.Dispatch, below bool) {
		for {
			if dispatch.SenderID == unitID {
				return chain, true
			}
			next, ok := came[dispatch.SenderID]
			if !ok || len(chain) > len(came) {
				return chain, false
			}
			chain, dispatch = append(chain, next), next
		}
	}
	past := map[ident.ID][]stepRow{}
	for _, step := range d.Past {
		past[step.DispatchID] = append(past[step.DispatchID], step)
	}
	var rows []*stuckRow
	for _, f := range d.Facts {
		receiver := unitOf(tree, f.Dispatch.ReceiverID)
		chain, below := above(f.Dispatch)
		if f.Dispatch.Entered() || !below && receiver.SuperiorID != unitID {
			continue
		}
		late, soon := forThoseAbove(p.Late(f, d.Rules, now), now)
		if m, ok := p.Undelivered(f, d.Rules, now); ok {
			late = append(late, m)
		}
		row := func(m Matter) *stuckRow {
			r := &stuckRow{rules: d.Rules, taken: d.Taken, above: chain, why: Why(m.Cause)}
			r.Dispatch, r.Letter, r.Receiver, r.Superior = f.Dispatch, d.Letter, receiver, unitOf(tree, receiver.SuperiorID)
			r.Sender, r.Matter = unitOf(tree, f.Dispatch.SenderID), m
			rows = append(rows, r)
			return r
		}
		if at := f.Dispatch.ObjectedAt; !at.IsZero() {
			r := row(Matter{Dispatch: f.Dispatch.ID, Cause: Objected, From: at, Due: at})
			r.Days = workingDays(p.Calendar, at, now)
		}
		if late = append(late, soon...); len(late) == 0 {
			continue
		}
		r := row(late[0])
		r.past = past[f.Dispatch.ID]
		r.Also, r.Days = late[1:], workingDays(p.Calendar, late[0].Overdue().Add(-1), now)
		if late[0].Ahead(now) {
			r.Soon, r.why, r.Days = true, SoonDue, workingDays(p.Calendar, now, late[0].From.Add(-1))
		}
		for _, step := range slices.Backward(r.past) {
			r.Done = append(r.Done, StepDone{step.Cause, step.Step, step.At})
		}
	}
	return rows
}
