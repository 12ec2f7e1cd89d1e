package progress

import (
	"context"
	"maps"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Detail is a report with its letter.
type Detail struct {
	Report
	Document letter.Letter // the letter that is the report's document
	About    letter.Letter // the letter it reports on, as the unit got it; zero for one on a challenge alone
	// Now are the figures as the records say them today, and Changes where they differ from those of the report.
	Now     Figures
	Changes []Difference
	Instead *Report // the one that was sent back, in whose place it came
	Next    *Report // of one that was sent back: what came in its place
}

// Get returns a report to those of its unit, and once it was sent to those of the unit above.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (Detail, error) {
	r, err := loadReport(ctx, s.db, id)
	if err != nil {
		return Detail{}, err
	}
	if err := s.readable(actor, r); err != nil {
		return Detail{}, err
	}
	d := Detail{Report: r}
	if d.Document, err = s.letters.Load(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if r.Letter != "" {
		if d.About, err = s.about(ctx, r); err != nil {
			return Detail{}, err
		}
	}
	if d.Now, err = s.figures(ctx, r.Unit, r.Subject, r.Period); err != nil {
		return Detail{}, err
	}
	d.Changes = Differences(r.Figures.Total, d.Now.Total)
	return d, s.places(ctx, actor, &d)
}

// readable asks permission to read a report. A draft is its own unit's business.
func (s *Service) readable(actor person.Actor, r Report) error {
	err := s.mayWrite(actor, person.ActionProgressRead, r.Unit)
	if err != nil && r.State != Draft {
		return actor.Can(person.ActionProgressRead, person.On{Unit: r.Above})
	}
	return err
}

// Reports returns the reports of a unit, the newest first. Those who do not belong to it see what was sent.
func (s *Service) Reports(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) ([]Report, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	all, err := reportsOf(ctx, s.db, unitID, limit)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(r Report) bool { return s.readable(actor, r) != nil }), nil
}

// Waiting says how many reports wait for somebody of a unit.
type Waiting struct {
	Received int `db:"received"`  // sent to it, to be taken in or sent back
	SentBack int `db:"sent_back"` // its own, to be written again
	Due      int `db:"due"`       // its own, drafted and due: to be read, signed and sent
}

// Waiting counts what waits for somebody of a unit.
func (s *Service) Waiting(ctx context.Context, actor person.Actor, unitID ident.ID) (Waiting, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return Waiting{}, err
	}
	return countWaiting(ctx, s.db, unitID, clock.DayOf(s.db.Clock().Now()))
}

// ReceivedBy returns what was sent to a unit, the newest first.
func (s *Service) ReceivedBy(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) ([]Report, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return reportsTo(ctx, s.db, unitID, limit)
}

// Reception is what the units below a unit reported in one round, side by side.
type Reception struct {
	Figures Figures // as the records of the round's period say today
	DueRound
	Rounds   []DueRound // all that there are, for the choice
	Rows     []ReceptionRow
	Reported Counts // the sum of the reports that were sent and not sent back
	Recorded Counts // the sum of the same units' lines as the records say today
	Received int
}

// ReceptionRow is one unit that should report.
type ReceptionRow struct {
	Line
	Report  *Report      // the newest that was sent, nil when there is none
	Differs []Difference // what the report says and the records do not
}

// Missing tells whether nothing stands: no report, or one that was sent back.
func (r ReceptionRow) Missing() bool { return r.Report == nil || r.Report.State == Returned }

// Reception returns what the units to which a unit sent the letter reported to it. wanted chooses the round, by its due day
// and its kind and days as far as they are given; the newest one whose day has come, or the first, when it names none.
func (s *Service) Reception(ctx context.Context, actor person.Actor, unitID, letterID ident.ID, wanted DueRound) (Reception, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return Reception{}, err
	}
	about, l, err := s.subject(ctx, unitID, Subject{Letter: letterID})
	if err != nil {
		return Reception{}, err
	}
	out := Reception{}
	letters, err := s.passedOn(ctx, s.db, letterID) // those below report on what they were sent, by a day that was planned for it
	if err != nil {
		return Reception{}, err
	}
	schedule, err := scheduleAmong(ctx, s.db, letters, unitID)
	if err != nil {
		return Reception{}, err
	}
	cal, err := s.calendar.Current(ctx)
	if err != nil {
		return Reception{}, err
	}
	reports, err := reportsOn(ctx, s.db, letters, unitID)
	if err != nil {
		return Reception{}, err
	}
	for of := range reports {
		reports[of] = slices.DeleteFunc(reports[of], func(r Report) bool { return r.State == Draft })
	}
	planned := schedule.Rounds(cal)
	onDemand, final := unplanned(reports)
	out.Rounds = append(onDemand, planned...)
	if len(planned) == 0 { // nobody planned any: the final one, before what was sent unless such a one was
		p, err := s.whole(ctx, about, l)
		if err != nil {
			return Reception{}, err
		}
		at := 0
		if final {
			at = len(out.Rounds)
		}
		out.Rounds = slices.Insert(out.Rounds, at, DueRound{Round: Final, Period: p})
	}
	out.DueRound = choose(out.Rounds, wanted, clock.DayOf(s.db.Clock().Now()))
	period := out.DueRound.Period
	if out.Figures, err = s.figures(ctx, unitID, about, period); err != nil {
		return Reception{}, err
	}
	var shown []ident.ID
	for _, line := range out.Figures.Direct() {
		if line.Dispatch == "" {
			continue
		}
		row := ReceptionRow{Line: line, Report: newest(reports[line.Unit], out.DueRound)}
		if row.Report != nil {
			shown = append(shown, row.Report.ID)
		}
		out.Rows = append(out.Rows, row)
	}
	whole, err := loadReports(ctx, s.db, shown)
	if err != nil {
		return Reception{}, err
	}
	for i := range out.Rows {
		row := &out.Rows[i]
		if row.Report != nil {
			*row.Report = whole[row.Report.ID]
		}
		if !row.Missing() {
			out.Received++
			out.Reported = out.Reported.Plus(row.Report.Figures.Total)
			out.Recorded = out.Recorded.Plus(row.Total)
			if row.Report.Period == period {
				row.Differs = Differences(row.Report.Figures.Total, row.Total)
			}
		}
	}
	return out, nil
}

// unplanned are the rounds of what units reported without owing it, by the day from which on it tells: who sent it some days
// later than the others stands beside them all the same. It tells too whether any unit sent a final report.
func unplanned(reports map[ident.ID][]Report) (onDemand []DueRound, final bool) {
	until := map[clock.Day]clock.Day{}
	for _, of := range reports {
		for _, r := range of {
			switch r.Round {
			case OnDemand:
				until[r.From] = max(until[r.From], r.To)
			case Final:
				final = true
			case Weekly:
			}
		}
	}
	for _, from := range slices.Sorted(maps.Keys(until)) {
		onDemand = append(onDemand, DueRound{Round: OnDemand, Period: Period{From: from, To: until[from]}})
	}
	return onDemand, final
}

func choose(rounds []DueRound, wanted DueRound, today clock.Day) DueRound {
	chosen := rounds[0]
	for _, r := range rounds {
		if wanted != (DueRound{}) && (wanted.Due == "" || r.Due == wanted.Due) && (wanted.Round == "" || r.Round == wanted.Round) && (wanted.Period == Period{} || r.Period == wanted.Period) {
			return r
		}
		if r.Due <= today {
			chosen = r
		}
	}
	return chosen
}

// Whole returns the period that a report on all of it covers: from the first registration or the letter's day to the end
// of the challenge, or to today while it runs; of what began too long ago for one report, the last part.
func (s *Service) Whole(ctx context.Context, actor person.Actor, unitID ident.ID, about Subject) (Period, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return Period{}, err
	}
	about, l, err := s.subject(ctx, unitID, about)
	if err != nil {
		return Period{}, err
	}
	return s.whole(ctx, about, l)
}

func (s *Service) whole(ctx context.Context, about Subject, l letter.Letter) (Period, error) {
	today := clock.DayOf(s.db.Clock().Now())
	p := Period{From: clock.Day(l.Fields.Date.String()), To: today}
	if about.Challenge != "" {
		c, err := s.challenges.Find(ctx, s.db, about.Challenge)
		if err != nil {
			return p, err
		}
		first := clock.DayOf(c.Period.From.Time)
		if !c.Registration.From.IsZero() {
			first = min(first, clock.DayOf(c.Registration.From.Time))
		}
		if p.From == "" || first < p.From {
			p.From = first
		}
		p.To = min(today, clock.DayOf(c.Period.Until.Add(-1).Time))
	}
	p.From = max(min(p.From, p.To), p.To.Plus(-maxDays))
	return p, nil
}
