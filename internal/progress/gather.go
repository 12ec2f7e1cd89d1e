package progress

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Figures returns what a unit and those below it did, to those who handle the unit's letters.
func (s *Service) Figures(ctx context.Context, actor person.Actor, unitID ident.ID, about Subject, p Period) (Figures, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return Figures{}, err
	}
	if err := p.check(); err != nil {
		return Figures{}, err
	}
	about, _, err := s.subject(ctx, unitID, about)
	if err != nil {
		return Figures{}, err
	}
	return s.figures(ctx, unitID, about, p)
}

// check asks for two days in order, no longer apart than anybody reports on.
func (p Period) check() error {
	var bad fault.Fields
	if p.From.Start().IsZero() {
		bad.Add("from", "progress.fault.day")
	}
	if p.To.Start().IsZero() {
		bad.Add("to", "progress.fault.day")
	}
	if bad.Err() == nil && p.To < p.From {
		bad.Add("to", "progress.fault.periodReversed")
	}
	if bad.Err() == nil && p.From.Plus(maxDays) < p.To {
		bad.Add("to", "progress.fault.periodLong", "Limit", maxDays)
	}
	return bad.Err()
}

// maxDays is the longest period of a report.
const maxDays = 400

// subject completes what the report is about: the challenge follows from the letter, which the unit must have sent or
// received.
func (s *Service) subject(ctx context.Context, unitID ident.ID, about Subject) (Subject, letter.Letter, error) {
	if about.Letter == "" {
		if about.Challenge == "" {
			return about, letter.Letter{}, fault.Invalid.With("progress.fault.subject").At("letter")
		}
		_, err := s.challenges.Find(ctx, s.db, about.Challenge)
		return about, letter.Letter{}, err
	}
	l, err := s.letters.Load(ctx, s.db, about.Letter)
	if err != nil {
		return about, letter.Letter{}, err
	}
	if l.IssuerID != unitID {
		has, err := hasLetter(ctx, s.db, l.ID, unitID)
		if err != nil {
			return about, letter.Letter{}, err
		}
		if !has {
			return about, letter.Letter{}, fault.NotFound.With("progress.fault.notFound")
		}
	}
	about.Challenge = l.ChallengeID
	return about, l, nil
}

// figures reads the records and adds them up.
func (s *Service) figures(ctx context.Context, unitID ident.ID, about Subject, p Period) (Figures, error) {
	f := Figures{Unit: unitID, Subject: about, Period: p, AsOf: clock.At(s.db.Clock().Now())}
	r, duties, err := s.records(ctx, unitID, about, p)
	if err != nil {
		return Figures{}, err
	}
	u, _ := r.tree.ByID(unitID)
	f.Name = u.FullName
	f.Own, f.Total, f.Lines = r.tally(unitID)
	f.Duties = r.duties(unitID, about.Letter, duties)
	if r.measured {
		return f, s.addRecorded(ctx, r, unitID, about.Letter, f.Duties)
	}
	return f, nil
}

// letters returns the letter of the subject with those by which units passed it on in their own name.
func (s *Service) passedOn(ctx context.Context, q database.Querier, first ident.ID) ([]ident.ID, error) {
	all, round := []ident.ID{first}, []ident.ID{first}
	for range deepest {
		next, err := answering(ctx, q, round)
		if err != nil {
			return nil, err
		}
		round = round[:0:0]
		for _, id := range next {
			if !slices.Contains(all, id) {
				all, round = append(all, id), append(round, id)
			}
		}
		if len(round) == 0 {
			break
		}
	}
	return all, nil
}

func (s *Service) records(ctx context.Context, root ident.ID, about Subject, p Period) (records, []dutyRow, error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return records{}, nil, err
	}
	r := records{tree: tree, places: map[ident.ID]place{}, own: map[ident.ID]Counts{}}
	span := challenge.Span{From: p.From.Start(), Until: p.To.Next().Start()}
	var letters []ident.ID
	var duties []dutyRow
	if about.Letter != "" {
		if letters, err = s.passedOn(ctx, s.db, about.Letter); err != nil {
			return r, nil, err
		}
		if duties, err = s.countCascade(ctx, &r, root, letters, span); err != nil {
			return r, nil, err
		}
	}
	if about.Challenge != "" {
		if err := s.countChallenge(ctx, &r, about.Challenge, span); err != nil {
			return r, nil, err
		}
	}
	activities, err := sumActivities(ctx, s.db, about.Challenge, letters, p)
	if err != nil {
		return r, nil, err
	}
	for _, a := range activities {
		r.add(a.UnitID, func(c *Counts) {
			if i := slices.Index(Kinds(), a.Kind); i >= 0 {
				c.Outside[i] = Outside{a.Records, a.People, a.Grams}
			}
		})
	}
	r.judge()
	return r, duties, nil
}

// add alters the figures of one unit.
func (r *records) add(id ident.ID, f func(*Counts)) {
	c := r.own[id]
	f(&c)
	r.own[id] = c
}

// countCascade reads how far each unit has come with the letter. Of several letters that reached a unit the first one
// says where it stands.
func (s *Service) countCascade(ctx context.Context, r *records, root ident.ID, letters []ident.ID, span challenge.Span) ([]dutyRow, error) {
	first, err := s.letters.Load(ctx, s.db, letters[0])
	if err != nil {
		return nil, err
	}
	r.places[first.IssuerID], r.measured = place{}, measured(first)
	edges, err := selectDispatches(ctx, s.db, letters)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(edges, func(a, b dispatchRow) int {
		return slices.Index(letters, a.LetterID) - slices.Index(letters, b.LetterID)
	})
	taken := map[ident.ID]bool{}
	for _, e := range edges {
		if e.SenderID == "" { // the first unit typed it in: it has duties of its own
			r.places[e.ReceiverID], taken[e.ID] = place{dispatch: e.ID, state: e.State}, true
			continue
		}
		if _, has := r.places[e.ReceiverID]; has || e.State == cascade.Recalled {
			continue
		}
		if _, known := r.places[e.SenderID]; !known { // its own letter was recalled from it
			continue
		}
		r.places[e.ReceiverID] = place{sender: e.SenderID, dispatch: e.ID, state: e.State, outside: e.Outside}
		taken[e.ID] = true
		r.add(e.ReceiverID, func(c *Counts) {
			c.Units = 1
			if !e.ReceivedAt.IsZero() {
				c.Received = 1
			}
			if e.State == cascade.Completed {
				c.Completed = 1
			}
			if e.Outside {
				c.Followed = 1
			}
		})
	}
	begun, err := selectBegun(ctx, s.db, letters)
	if err != nil {
		return nil, err
	}
	for _, id := range begun {
		if p, has := r.places[id]; has {
			p.begun = true
			r.places[id] = p
		}
	}
	if err := s.countLate(ctx, r, root, letters); err != nil {
		return nil, err
	}
	sums, err := sumPublicity(ctx, s.db, letters, span)
	if err != nil {
		return nil, err
	}
	for _, p := range sums {
		r.add(p.ReceiverID, func(c *Counts) {
			if i := slices.Index(letter.Channels(), p.Channel); i >= 0 {
				c.Channels[i] = c.Channels[i].plus(Publicity{p.Records, p.Times, p.People})
			}
		})
	}
	duties, err := selectDuties(ctx, s.db, letters)
	if err != nil {
		return nil, err
	}
	duties = slices.DeleteFunc(duties, func(d dutyRow) bool { return !taken[d.DispatchID] })
	for _, d := range duties {
		r.add(d.ReceiverID, func(c *Counts) {
			c.Duties++
			if !d.DoneAt.IsZero() {
				c.DutiesDone++
			}
		})
	}
	return duties, nil
}

// countLate asks the cascade which steps are overdue: it owns the deadlines.
func (s *Service) countLate(ctx context.Context, r *records, root ident.ID, letters []ident.ID) error {
	late := func(d ident.ID, receiver ident.ID, steps []cascade.Late) {
		p, ok := r.places[receiver]
		if !ok || p.dispatch != d || len(steps) == 0 {
			return
		}
		for _, l := range steps {
			if l.Step != cascade.StepDeliver && !slices.Contains(p.late, l.Step) { // what never reached a unit is not its fault
				p.late = append(p.late, l.Step)
			}
		}
		r.places[receiver] = p
	}
	if p := r.places[root]; p.dispatch != "" {
		d, err := s.cascade.Get(ctx, person.SystemActor, p.dispatch)
		if err != nil {
			return err
		}
		late(d.ID, d.ReceiverID, d.Late)
	}
	for i, id := range letters {
		sender := root
		if !r.sends(root) && i == 0 {
			continue // nobody is below: no board to weave
		}
		if i > 0 {
			l, err := s.letters.Load(ctx, s.db, id)
			if err != nil {
				return err
			}
			if _, ok := r.below(l.IssuerID, root); !ok {
				continue
			}
			sender = l.IssuerID
		}
		b, err := s.cascade.Board(ctx, person.SystemActor, id, sender)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		for _, row := range b.Rows {
			late(row.ID, row.ReceiverID, row.Late)
		}
	}
	return nil
}

// sends tells whether a unit passed the letter on to anybody.
func (r records) sends(id ident.ID) bool {
	for _, p := range r.places {
		if p.sender == id {
			return true
		}
	}
	return false
}

func (s *Service) countChallenge(ctx context.Context, r *records, id ident.ID, span challenge.Span) error {
	entrants, err := countEntrants(ctx, s.db, id, span)
	if err != nil {
		return err
	}
	for _, e := range entrants {
		r.add(e.UnitID, func(c *Counts) {
			if e.Division == challenge.Individual {
				c.Individual += e.N
			} else {
				c.Collective += e.N
			}
		})
	}
	cleanups, err := selectCleanups(ctx, s.db, id, span)
	if err != nil {
		return err
	}
	for _, cl := range cleanups {
		r.add(cl.UnitID, func(c *Counts) {
			c.Cleanups++
			if cl.Figures.V != nil {
				c.Valid++
				c.People += cl.Figures.V.Participants
				c.Waste = c.Waste.Plus(cl.Figures.V.Weights)
			}
		})
	}
	return nil
}

// judge says who publicised, who is late and who did nothing, once everything is counted.
func (r *records) judge() {
	forwarded := map[ident.ID]bool{}
	for _, p := range r.places {
		forwarded[p.sender] = true
	}
	for id, c := range r.own {
		p, has := r.places[id]
		outside := int64(0)
		for kind := range channels {
			outside += c.Outside.Of(kind).Records
		}
		if c.Channels.Total().Records+outside > 0 {
			c.Publicised = 1
		}
		if has && outside > 0 { // it did what it was asked to, only not here
			p.late = slices.DeleteFunc(p.late, func(step cascade.Step) bool { return step == cascade.StepPublicise })
			r.places[id] = p
		}
		if len(p.late) > 0 {
			if c.idle() && !p.begun && !forwarded[id] && !p.outside { // what one outside does is not seen here
				c.Absent = 1
			} else {
				c.Late = 1
			}
		}
		r.own[id] = c
	}
}

// duties says of each duty of the letter how many of the units below the root, and the root itself, have done it.
func (r records) duties(root, letterID ident.ID, rows []dutyRow) []DutyLine {
	var lines []DutyLine
	for _, d := range rows {
		if _, ok := r.below(d.ReceiverID, root); !ok || d.LetterID != letterID {
			continue
		}
		i := slices.IndexFunc(lines, func(l DutyLine) bool { return l.Number == d.Number })
		if i < 0 {
			i = len(lines)
			lines = append(lines, DutyLine{Number: d.Number, Text: d.Text})
		}
		lines[i].Asked++
		if !d.DoneAt.IsZero() {
			lines[i].Done++
		}
	}
	slices.SortFunc(lines, func(a, b DutyLine) int { return a.Number - b.Number })
	return lines
}
