package progress

import (
	"context"
	"errors"
	"slices"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Schedule says by when the units to which a unit sent a letter report to it.
type Schedule struct {
	Letter    ident.ID   `db:"letter_id"`
	Unit      ident.ID   `db:"unit_id"`   // the one that receives the reports
	First     clock.Day  `db:"first_day"` // the days that are reported on
	Last      clock.Day  `db:"last_day"`
	Weekday   int        `db:"weekday"`   // of the weekly reports, 1 is Monday and 7 Sunday; 0 when there are none
	FinalDay  clock.Day  `db:"final_day"` // by which the last report is due; none when there is none
	Version   int64      `db:"version"`
	UpdatedBy ident.ID   `db:"updated_by"`
	UpdatedAt clock.Time `db:"updated_at"`
}

// DueRound is one report that a schedule asks for.
type DueRound struct {
	Round Round
	Period
	Due clock.Day
}

// Rounds returns the reports that each unit owes, the first first. A weekly one covers the seven days before its weekday; the days
// that are left belong to the final one, and when there is none to a last, shorter weekly one. What would be due on a day on which
// offices are closed is due on the next working day.
func (s Schedule) Rounds(cal *calendar.Calendar) []DueRound {
	var rounds []DueRound
	if s.Weekday > 0 {
		end := s.Last.Next()
		if s.FinalDay == "" { // the first such weekday on which no day is left
			end = s.Last.Plus(7)
		}
		for day := s.First.Next(); day <= end && len(rounds) <= maxDays/7+1; day = day.Next() {
			if weekday(day) == s.Weekday {
				rounds = append(rounds, DueRound{Weekly, Period{max(s.First, day.Plus(-7)), min(s.Last, day.Plus(-1))}, working(cal, day)})
			}
		}
	}
	if s.FinalDay != "" {
		rounds = append(rounds, DueRound{Final, Period{s.First, s.Last}, working(cal, s.FinalDay)})
	}
	return rounds
}

// working is the day itself, or the first working day behind it. The longest break of the year is shorter than a month.
func working(cal *calendar.Calendar, d clock.Day) clock.Day {
	for day := d; day < d.Plus(31); day = day.Next() {
		if cal.Working(day) {
			return day
		}
	}
	return d
}

// weekday numbers the days of the week from Monday, 1, to Sunday, 7.
func weekday(d clock.Day) int {
	if w := d.Start().Local().Weekday(); w != time.Sunday {
		return int(w)
	}
	return 7
}

func (s Schedule) check() error {
	if err := (Period{s.First, s.Last}).check(); err != nil {
		return err
	}
	var bad fault.Fields
	if s.Weekday < 0 || s.Weekday > 7 {
		bad.Add("weekday", "progress.fault.weekday")
	}
	switch {
	case s.FinalDay == "" && s.Weekday == 0:
		bad.Add("final", "progress.fault.noRound")
	case s.FinalDay != "" && s.FinalDay.Start().IsZero():
		bad.Add("final", "progress.fault.day")
	case s.FinalDay != "" && (s.FinalDay <= s.Last || s.FinalDay > s.Last.Plus(maxDays)):
		bad.Add("final", "progress.fault.finalBefore")
	}
	return bad.Err()
}

// Plan says by when the units below report on a letter; planning again changes it.
func (s *Service) Plan(ctx context.Context, actor person.Actor, in Schedule) (Schedule, error) {
	if err := actor.Can(person.ActionProgressSchedule, person.On{Unit: in.Unit}); err != nil {
		return Schedule{}, err
	}
	if _, _, err := s.subject(ctx, in.Unit, Subject{Letter: in.Letter}); err != nil {
		return Schedule{}, err
	}
	if err := in.check(); err != nil {
		return Schedule{}, err
	}
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, err := loadSchedule(ctx, tx, in.Letter, in.Unit)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		in.Version, in.UpdatedBy, in.UpdatedAt = before.Version+1, actor.ID, tx.Now()
		if same(before, in) {
			in = before
			return errUnchanged
		}
		if err := putSchedule(ctx, tx, in); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionProgressSchedule), Kind: "progress_schedule", Object: in.Letter,
			After: map[string]any{
				"unit": in.Unit, "first": in.First, "last": in.Last, "weekday": in.Weekday, "final": in.FinalDay,
			},
		})
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Schedule{}, err
	}
	return in, nil
}

func same(a, b Schedule) bool {
	return a.First == b.First && a.Last == b.Last && a.Weekday == b.Weekday && a.FinalDay == b.FinalDay
}

// Planned returns the schedule of a letter at the unit that receives the reports; NotFound when there is none.
func (s *Service) Planned(ctx context.Context, actor person.Actor, letterID, unitID ident.ID) (Schedule, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return Schedule{}, err
	}
	return loadSchedule(ctx, s.db, letterID, unitID)
}

// Expectation is one report that a unit owes, with what there is of it.
type Expectation struct {
	Letter   letter.Letter // without its source text
	Paper    letter.Letter // as the reporter got it, the same or the receiver's own
	Reporter unit.Unit
	Receiver unit.Unit
	DueRound
	Report *Report // the newest for it without its figures, nil when nobody drafted one
}

// Met tells whether the report was sent, and not sent back since.
func (e Expectation) Met() bool {
	return e.Report != nil && (e.Report.State == Submitted || e.Report.State == Accepted)
}

// Overdue tells whether its day is over without a report.
func (e Expectation) Overdue(today clock.Day) bool { return !e.Met() && today > e.Due }

// Expected returns what a unit owes to those that sent it letters, by due day.
func (s *Service) Expected(ctx context.Context, actor person.Actor, unitID ident.ID) ([]Expectation, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	schedules, err := schedulesFor(ctx, s.db, unitID)
	if err != nil {
		return nil, err
	}
	return s.expectAll(ctx, schedules, unitID, func(Schedule) bool { return true }, func(reporter ident.ID) bool { return reporter == unitID })
}

// Overdue returns every report of the installation whose day is over without it, for those who urge.
func (s *Service) Overdue(ctx context.Context) ([]Expectation, error) {
	schedules, err := allSchedules(ctx, s.db)
	if err != nil {
		return nil, err
	}
	all, err := s.expectAll(ctx, schedules, "", func(Schedule) bool { return true }, func(ident.ID) bool { return true })
	today := clock.DayOf(s.db.Clock().Now())
	return slices.DeleteFunc(all, func(e Expectation) bool { return !e.Overdue(today) }), err
}

// madeUpFor is for how many days a report is still drafted when the program did not run on the day on which it was due.
const madeUpFor = 14

// DraftDue drafts in the units' names the reports that are due today, or have been for some days, and that nobody has begun, also
// in the place of one that was sent back, and tells the units' people, once for each. It sends none.
func (s *Service) DraftDue(ctx context.Context) error {
	schedules, err := allSchedules(ctx, s.db)
	if err != nil {
		return err
	}
	cal, err := s.calendar.Current(ctx)
	if err != nil {
		return err
	}
	today := clock.DayOf(s.db.Clock().Now())
	now := func(r DueRound) bool { return r.Due <= today && r.Due >= today.Plus(-madeUpFor) }
	comes := func(sc Schedule) bool { return slices.ContainsFunc(sc.Rounds(cal), now) }
	due := slices.DeleteFunc(schedules, func(sc Schedule) bool { return !comes(sc) })
	all, err := s.expectAll(ctx, due, "", comes, func(ident.ID) bool { return true })
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range all {
		if !now(e.DueRound) {
			continue
		}
		if r := e.Report; r != nil && r.State != Returned && (r.State != Draft || r.Due == e.Due) { // one of before the plan takes its day
			continue
		}
		_, err := s.Draft(ctx, person.SystemActor, DraftInput{
			Unit: e.Reporter.ID, About: Subject{Letter: e.Letter.ID}, Round: e.Round, Period: e.Period, Due: e.Due, Told: true,
		})
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// expect lists what the schedules ask of the reporters that are wanted. Of a unit outside no figures can come.
func (s *Service) expect(ctx context.Context, schedules []Schedule, want func(reporter ident.ID) bool) ([]Expectation, error) {
	if len(schedules) == 0 {
		return nil, nil
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return nil, err
	}
	cal, err := s.calendar.Current(ctx)
	if err != nil {
		return nil, err
	}
	var out []Expectation
	for _, sc := range schedules {
		letters, err := s.letters.LoadAll(ctx, s.db, []ident.ID{sc.Letter})
		if err != nil {
			return nil, err
		}
		edges, err := selectDispatches(ctx, s.db, []ident.ID{sc.Letter})
		if err != nil {
			return nil, err
		}
		reports, err := reportsOn(ctx, s.db, []ident.ID{sc.Letter}, sc.Unit)
		if err != nil {
			return nil, err
		}
		papers, err := s.papers(ctx, edges)
		if err != nil {
			return nil, err
		}
		receiver, _ := tree.ByID(sc.Unit)
		for _, e := range edges {
			if e.SenderID != sc.Unit || e.State == cascade.Recalled || e.State == cascade.Refused || e.State == cascade.Replaced || e.Outside || !want(e.ReceiverID) {
				continue
			}
			reporter, _ := tree.ByID(e.ReceiverID)
			paper, ok := papers[e.UnderID]
			if !ok {
				paper = letters[sc.Letter]
			}
			for _, round := range sc.Rounds(cal) {
				out = append(out, Expectation{
					Letter: letters[sc.Letter], Paper: paper, Reporter: reporter, Receiver: receiver, DueRound: round,
					Report: newest(reports[e.ReceiverID], round),
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Expectation) int { return compareDays(a.Due, b.Due) })
	return out, nil
}

// papers are the letters with which units got another one.
func (s *Service) papers(ctx context.Context, edges []dispatchRow) (map[ident.ID]letter.Letter, error) {
	var ids []ident.ID
	for _, e := range edges {
		if e.UnderID != "" {
			ids = append(ids, e.UnderID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	return s.letters.LoadAll(ctx, s.db, slices.Compact(ids))
}

func compareDays(a, b clock.Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// met tells whether a report is one of the round: of its days, or due on its day and about some of them; one that nobody owed,
// of its first day.
func (d DueRound) met(r *Report) bool {
	return r.Period == d.Period || d.Round == OnDemand && r.From == d.From || d.Due != "" && r.Due == d.Due && r.From <= d.To && r.To >= d.From
}

// asks tells whether a report is the one that the round asks for. There is one final report, whatever its days are.
func (d DueRound) asks(r *Report) bool {
	return r.Round == d.Round && (r.Round == Final || d.met(r))
}

// newest returns of the reports of a unit the one for a round that stands: the last one that was sent and not sent back, or else the
// last one that there is. Rounds are told apart by their days, since offices that are closed may move two to one due day.
func newest(reports []Report, round DueRound) *Report {
	var last *Report
	for i := range reports {
		r := &reports[i]
		if !round.asks(r) {
			continue
		}
		stands := r.State == Submitted || r.State == Accepted
		if last == nil || stands || last.State != Submitted && last.State != Accepted {
			last = r
		}
	}
	return last
}
