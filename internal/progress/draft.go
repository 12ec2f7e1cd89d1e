package progress

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// DraftInput is the report that somebody wants.
type DraftInput struct {
	ID    ident.ID // made by the client; repeating it returns the same report
	Unit  ident.ID
	About Subject
	Round Round
	Period
	Due  clock.Day // as the plan of whoever asked for it says, where there is one
	Told bool      // its people are told, since none of them asked for it
	To   ident.ID  // to which unit it goes, as somebody chose; where it follows from the letter when empty
}

// Draft counts the figures and writes the document of a report, as a draft of the unit's letters. Of what a unit reports on in a
// period there is one draft: whoever wants another gets the one that is there. What people had written into a report that was sent
// back stands in the one that takes its place.
func (s *Service) Draft(ctx context.Context, actor person.Actor, in DraftInput) (Report, error) {
	if err := s.mayWrite(actor, person.ActionProgressDraft, in.Unit); err != nil {
		return Report{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	if before, err := loadReport(ctx, s.db, in.ID); fault.KindOf(err) != fault.NotFound {
		return sameReport(before, in, err)
	}
	if err := in.check(); err != nil {
		return Report{}, err
	}
	about, l, err := s.subject(ctx, in.Unit, in.About)
	if err != nil {
		return Report{}, err
	}
	r := Report{
		ID: in.ID, Unit: in.Unit, Subject: about, Round: in.Round, Period: in.Period, Due: in.Due, State: Lifecycle.Start, Version: 1,
		CreatedBy: actor.ID, Edited: []string{},
	}
	back, err := sentBack(ctx, s.db, r)
	if err != nil {
		return Report{}, err
	}
	said, err := s.address(ctx, &r, in, l, back)
	if err != nil {
		return Report{}, err
	}
	if there, err := draftOf(ctx, s.db, r); fault.KindOf(err) != fault.NotFound {
		if err == nil && said && (there.Above != r.Above || there.Due != r.Due) {
			return s.readdress(ctx, actor, there, r)
		}
		return there, err
	}
	if r.Figures, err = s.figures(ctx, in.Unit, about, in.Period); err != nil {
		return Report{}, err
	}
	paper, err := s.paper(ctx, l, r.Unit)
	if err != nil {
		return Report{}, err
	}
	if r.Generated, err = s.write(ctx, r, paper); err != nil {
		return Report{}, err
	}
	document := r.Generated
	if back != nil {
		if document, err = s.writtenAgain(ctx, *back, r.Generated); err != nil {
			return Report{}, err
		}
	}
	made, err := s.letters.Compose(ctx, actor, letter.ComposeInput{
		ID: r.ID, Issuer: r.Unit, Document: document, Challenge: about.Challenge, Answers: paper.ID,
	})
	if err != nil {
		return Report{}, err
	}
	if back == nil {
		r.Generated = *made.Document
	}
	var theirs *Report
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		theirs = nil
		l, err := s.letters.Hold(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if l.State == letter.Discarded { // before the report was there to keep it
			return fault.Conflict.With("progress.fault.idTaken")
		}
		r.CreatedAt, r.UpdatedAt = tx.Now(), tx.Now()
		fresh, err := insertReport(ctx, tx, r)
		if err != nil {
			return err
		}
		if !fresh {
			before, err := loadReport(ctx, tx, r.ID)
			if fault.KindOf(err) == fault.NotFound {
				there, err := draftOf(ctx, tx, r)
				theirs = &there
				return err
			}
			r, err = sameReport(before, in, err)
			return err
		}
		if in.Told {
			if err := s.queue.Insert(ctx, tx, tellJob{r.ID, r.State}); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, person.ActionProgressDraft, nil, r)
	})
	if err != nil {
		return Report{}, err
	}
	if theirs != nil { // somebody drafted the same meanwhile: theirs stands, and ours leaves no letter to be signed
		_, err := s.letters.Discard(ctx, actor, made.ID)
		return *theirs, err
	}
	return r, nil
}

// sameReport returns the report that was drafted before under the same ID, unless it is another one.
func sameReport(before Report, in DraftInput, err error) (Report, error) {
	if err != nil {
		return Report{}, err
	}
	if before.Unit != in.Unit || before.Period != in.Period || before.Round != in.Round {
		return Report{}, fault.Conflict.With("progress.fault.idTaken")
	}
	return before, nil
}

func (in DraftInput) check() error {
	var bad fault.Fields
	if !slices.Contains([]Round{Weekly, Final, OnDemand}, in.Round) {
		bad.Add("round", "progress.fault.round")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return in.Period.check()
}

// paper is the letter that a unit got when it was sent one: that of whoever passed it on, in whose register it stands and which is all
// that the unit knows of, or else the letter itself. What travels, and is counted, is this one.
func (s *Service) paper(ctx context.Context, l letter.Letter, unitID ident.ID) (letter.Letter, error) {
	if l.ID == "" || l.IssuerID == unitID {
		return l, nil
	}
	under, err := underOf(ctx, s.db, l.ID, unitID)
	if err != nil || under == "" {
		return l, err
	}
	return s.letters.Load(ctx, s.db, under)
}

// about is the letter that a report is about as its unit got it.
func (s *Service) about(ctx context.Context, r Report) (letter.Letter, error) {
	l, err := s.letters.Load(ctx, s.db, r.Letter)
	if err != nil {
		return letter.Letter{}, err
	}
	return s.paper(ctx, l, r.Unit)
}

// write generates the document of a report from its figures and the letter that the unit got.
func (s *Service) write(ctx context.Context, r Report, l letter.Letter) (letter.Document, error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return letter.Document{}, err
	}
	w := writer{figures: r.Figures, round: r.Round, letter: l, tree: tree}
	var ok bool
	if w.unit, ok = tree.ByID(r.Unit); !ok {
		return letter.Document{}, fault.NotFound.With("progress.fault.notFound")
	}
	w.to, _ = tree.ByID(r.Above)
	w.issuer, _ = tree.ByID(l.IssuerID)
	if r.Challenge != "" {
		if w.challenge, err = s.challenges.Find(ctx, s.db, r.Challenge); err != nil {
			return letter.Document{}, err
		}
	}
	if w.heading, _, err = s.drafting.HeadOf(ctx, tree, w.unit); err != nil {
		return letter.Document{}, err
	}
	if w.received, w.expected, err = s.countReports(ctx, r); err != nil {
		return letter.Document{}, err
	}
	last, err := s.lastSigned(ctx, r.Unit)
	if err != nil {
		return letter.Document{}, err
	}
	w.last = last
	return w.document(), nil
}

// countReports returns how many of the units directly below have sent their report of the same round.
func (s *Service) countReports(ctx context.Context, r Report) (received, expected int, err error) {
	if r.Letter == "" || r.Round == OnDemand {
		return 0, 0, nil
	}
	letters, err := s.passedOn(ctx, s.db, r.Letter) // those below report on what they were sent
	if err != nil {
		return 0, 0, err
	}
	reports, err := reportsOn(ctx, s.db, letters, r.Unit)
	if err != nil {
		return 0, 0, err
	}
	for _, line := range r.Figures.Direct() {
		if line.Dispatch == "" || line.State == cascade.Refused || line.Followed {
			continue
		}
		expected++
		sent := newest(reports[line.Unit], DueRound{Round: r.Round, Period: r.Period, Due: r.Due})
		if sent != nil && (sent.State == Submitted || sent.State == Accepted) {
			received++
		}
	}
	return received, expected, nil
}

// lastSigned returns the newest letter of the unit that shows how it names its place and who signs, nil for none.
func (s *Service) lastSigned(ctx context.Context, unitID ident.ID) (*letter.Letter, error) {
	all, err := s.letters.List(ctx, person.SystemActor, unitID, 20)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if l.State == letter.Registered && l.Fields.Signer.Name != "" {
			return &l, nil
		}
	}
	return nil, nil
}
