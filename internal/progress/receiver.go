package progress

import (
	"cmp"
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// address says to whom a report goes and by when: to whoever planned its round, by the day of the plan; to whom somebody chose; to
// whoever sent it back; or where the letter says. It tells whether that is said, so that a draft which is there already follows it.
func (s *Service) address(ctx context.Context, r *Report, in DraftInput, l letter.Letter, back *Report) (said bool, err error) {
	planner, due, err := s.planned(ctx, *r)
	if err != nil {
		return false, err
	}
	switch {
	case planner.ID != "":
		if in.To != "" && in.To != planner.ID {
			return false, fault.Invalid.With("progress.fault.planned", "Unit", planner.Organ()).At("receiver")
		}
		r.Above, r.Due = planner.ID, due
		return true, nil
	case back != nil && in.To == "":
		r.Above = back.Above
		return false, nil
	}
	if r.Round == OnDemand {
		r.Due = "" // nobody planned it
	}
	r.Above, err = s.receiver(ctx, in, l)
	return in.To != "", err
}

// Planner returns the unit that planned a round of a unit's reports, and that gets it therefore; none when nobody did.
func (s *Service) Planner(ctx context.Context, actor person.Actor, unitID ident.ID, about Subject, round DueRound) (unit.Unit, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return unit.Unit{}, err
	}
	planner, _, err := s.planned(ctx, Report{Unit: unitID, Subject: about, Round: round.Round, Period: round.Period, Due: round.Due})
	return planner, err
}

// planned returns who planned the round that a report is one of, and by when it is due.
func (s *Service) planned(ctx context.Context, r Report) (unit.Unit, clock.Day, error) {
	if r.Letter == "" || r.Round == OnDemand {
		return unit.Unit{}, "", nil
	}
	schedules, err := schedulesOn(ctx, s.db, r.Letter, r.Unit)
	if err != nil {
		return unit.Unit{}, "", err
	}
	carried, err := carriedSchedules(ctx, s.db, r.Unit)
	if err != nil {
		return unit.Unit{}, "", err
	}
	for _, c := range carried {
		if c.Letter == r.Letter {
			schedules = append(schedules, c.Schedule)
		}
	}
	if len(schedules) == 0 {
		return unit.Unit{}, "", nil
	}
	cal, err := s.calendar.Current(ctx)
	if err != nil {
		return unit.Unit{}, "", err
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return unit.Unit{}, "", err
	}
	for _, sc := range schedules {
		for _, round := range sc.Rounds(cal) {
			if planner, ok := tree.ByID(sc.Unit); ok && round.asks(&r) {
				return planner, round.Due, nil
			}
		}
	}
	return unit.Unit{}, "", nil
}

// receiver returns the unit to which a report goes: the one that somebody chose, or whom the letter says.
func (s *Service) receiver(ctx context.Context, in DraftInput, l letter.Letter) (ident.ID, error) {
	if in.To == "" {
		return s.superior(ctx, in.Unit, l)
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(receivers(tree, in.Unit), func(u unit.Unit) bool { return u.ID == in.To }) {
		return "", fault.Invalid.With("progress.fault.receiver").At("receiver")
	}
	return in.To, nil
}

// superior returns the unit to which a report goes unless somebody says otherwise: whoever sent the letter; of one that was typed in,
// the organ that issued it when it is a unit here; for the issuer of a letter, and without a letter, the superior organ.
func (s *Service) superior(ctx context.Context, unitID ident.ID, l letter.Letter) (ident.ID, error) {
	if l.ID != "" && l.IssuerID != unitID {
		return senderOf(ctx, s.db, l.ID, unitID)
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return "", err
	}
	if l.ID != "" && l.AnswersID != "" { // it passed a letter on, or carried one out
		if sender, err := senderOf(ctx, s.db, l.AnswersID, unitID); fault.KindOf(err) != fault.NotFound {
			return sender, err
		}
		if l, err = s.letters.Load(ctx, s.db, l.AnswersID); err != nil {
			return "", err
		}
	}
	if l.State == letter.Entered && l.IssuerID == unitID {
		if issuer, ok := issuerOf(tree, unitID, l); ok {
			return issuer.ID, nil
		}
	}
	u, _ := tree.ByID(unitID)
	to := cmp.Or(u.SuperiorID, u.AreaID)
	if to == "" {
		return "", fault.Conflict.With("progress.fault.nobodyAbove")
	}
	return to, nil
}

// issuerOf finds the organ that issued a letter which a unit typed in among the units; one that stands below this one asked it for
// nothing.
func issuerOf(tree *unit.Tree, unitID ident.ID, l letter.Letter) (unit.Unit, bool) {
	if l.Fields.Organ == "" {
		return unit.Unit{}, false
	}
	found := letter.Resolve(tree, unitID, []string{l.Fields.Organ}, nil)[0].Units
	if len(found) != 1 || !takes(tree, unitID, found[0]) {
		return unit.Unit{}, false
	}
	return found[0], true
}

// takes tells whether a unit can be the one to which another one reports.
func takes(tree *unit.Tree, unitID ident.ID, to unit.Unit) bool {
	return to.ID != unitID && to.InForce(tree.Day()) && !tree.Within(to.ID, unitID) && !tree.Inside(to.ID, unitID)
}

// Receivers returns to whom a unit may report: those above it, and the organisations beside these, such as the departments of a
// province, the nearest first.
func (s *Service) Receivers(ctx context.Context, actor person.Actor, unitID ident.ID) ([]unit.Unit, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return nil, err
	}
	return receivers(tree, unitID), nil
}

// mostReceivers keeps the choice one that can be read.
const mostReceivers = 200

func receivers(tree *unit.Tree, unitID ident.ID) []unit.Unit {
	var out []unit.Unit
	add := func(u unit.Unit) {
		if takes(tree, unitID, u) && !slices.ContainsFunc(out, func(o unit.Unit) bool { return o.ID == u.ID }) {
			out = append(out, u)
		}
	}
	above := slices.Concat(reversed(tree.Path(unitID)), reversed(tree.AreaPath(unitID)))
	for _, u := range above {
		add(u)
	}
	for _, u := range above {
		for _, beside := range tree.Children(u.ID) {
			if !beside.Kind.Area() {
				add(beside)
			}
		}
	}
	return out[:min(len(out), mostReceivers)]
}

func reversed(path []unit.Unit) []unit.Unit {
	path = slices.Clone(path)
	slices.Reverse(path)
	return path
}

// readdress has a draft go to another unit, or by another day, and says so in its document. One that is on its way to the signature
// stays as it is.
func (s *Service) readdress(ctx context.Context, actor person.Actor, r, as Report) (Report, error) {
	l, err := s.letters.Load(ctx, s.db, r.ID)
	if err != nil || l.State != letter.Draft {
		return r, err
	}
	before := r.Generated
	r.Above, r.Due = as.Above, as.Due
	out, err := s.rewrite(ctx, actor, r, before, l, l.Version, false)
	return out.Report, err
}
