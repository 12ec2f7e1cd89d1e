package progress

import (
	"context"
	"slices"

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
	now := clock.At(s.db.Clock().Now())
	f := Figures{Unit: unitID, Subject: about, Period: p, End: p.last(now), AsOf: now}
	r, err := s.records(ctx, about, p, f.End)
	if err != nil {
		return Figures{}, err
	}
	u, _ := r.tree.ByID(unitID)
	f.Name = u.FullName
	f.Own, f.Total, f.Lines = r.tally(unitID)
	f.Duties = r.duties(unitID, about.Letter)
	return f, nil
}

// passedOn returns the letter of the subject with those by which units passed it on in their own name.
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

// records reads everything that the figures are made of: what was done in the period, and how units stand at its end.
func (s *Service) records(ctx context.Context, about Subject, p Period, end clock.Time) (records, error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return records{}, err
	}
	r := records{tree: tree, places: map[ident.ID]place{}, own: map[ident.ID]*Counts{}}
	span := challenge.Span{From: p.From.Start(), Until: p.To.Next().Start()}
	var letters []ident.ID
	if about.Letter != "" {
		if letters, err = s.passedOn(ctx, s.db, about.Letter); err != nil {
			return r, err
		}
		if err := s.countCascade(ctx, &r, letters, span, end); err != nil {
			return r, err
		}
	}
	if about.Challenge != "" {
		if err := s.countChallenge(ctx, &r, about.Challenge, span); err != nil {
			return r, err
		}
	}
	activities, err := sumActivities(ctx, s.db, about.Challenge, letters, p)
	if err != nil {
		return r, err
	}
	for _, a := range activities {
		r.add(a.UnitID, func(c *Counts) {
			if i := slices.Index(Kinds(), a.Kind); i >= 0 {
				c.Activities[i] = ActivityFigures{a.Records, a.People, a.Grams}
			}
		})
	}
	if about.Letter != "" {
		if err := s.markBegun(ctx, &r, about, letters, p, end); err != nil {
			return r, err
		}
	}
	r.judge()
	return r, nil
}

// countCascade reads how far each unit had come with the letter at the end, and what it made public in the period. Of several
// letters that reached a unit the first one says where it stands.
func (s *Service) countCascade(ctx context.Context, r *records, letters []ident.ID, span challenge.Span, end clock.Time) error {
	first, err := s.letters.Load(ctx, s.db, letters[0])
	if err != nil {
		return err
	}
	r.places[first.IssuerID] = place{}
	var own []ident.ID
	for _, id := range letters {
		stood, err := s.cascade.StoodAt(ctx, s.db, id, end)
		if err != nil {
			return err
		}
		r.take(stood)
		if len(stood) > 0 && id != first.ID {
			own = append(own, id)
		}
	}
	if len(own) > 0 {
		if r.letters, err = s.letters.LoadAll(ctx, s.db, own); err != nil {
			return err
		}
	}
	sums, err := sumPublicity(ctx, s.db, letters, span, end)
	if err != nil {
		return err
	}
	for _, p := range sums {
		r.add(p.ReceiverID, func(c *Counts) {
			if i := slices.Index(letter.Channels(), p.Channel); i >= 0 {
				c.Channels[i] = c.Channels[i].plus(Publicity{p.Records, p.Times, p.People})
			}
		})
	}
	return nil
}

// markBegun notes who had done anything about the letter by the end, also before the period and also where it is no figure: who
// began before it has not done nothing.
func (s *Service) markBegun(ctx context.Context, r *records, about Subject, letters []ident.ID, p Period, end clock.Time) error {
	begun, err := selectBegun(ctx, s.db, letters, end)
	if err != nil {
		return err
	}
	if about.Challenge != "" {
		taking, err := selectTaking(ctx, s.db, about.Challenge, end)
		if err != nil {
			return err
		}
		begun = append(begun, taking...)
	}
	outside, err := sumActivities(ctx, s.db, about.Challenge, letters, Period{To: p.To}) // from whatever day
	if err != nil {
		return err
	}
	public := map[ident.ID]bool{}
	for _, a := range outside {
		begun = append(begun, a.UnitID)
		if _, ok := channels[a.Kind]; ok {
			public[a.UnitID] = true
		}
	}
	for _, id := range begun {
		if p, has := r.places[id]; has {
			p.begun, p.public = true, public[id]
			r.places[id] = p
		}
	}
	return nil
}

// countChallenge counts who registered in the period and which clean-ups took place in it. Their results count whenever they were
// found valid: a result belongs to the day on which it was achieved, and would otherwise fall between two reports. So this part
// is as of the counting, and the report says so. Nor is it kept who withdrew from the challenge when: they are not counted.
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
