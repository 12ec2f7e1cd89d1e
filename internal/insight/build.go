package insight

import (
	"cmp"
	"slices"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
)

// material is all that a snapshot is made of.
type material struct {
	challenge challenge.Challenge
	head      int64
	asOf      clock.Time
	entrants  []entrantRow
	cleanups  []cleanupRow

	scheme int
	live   []scoring.Table // the standings by the valid reports of now
	final  *award.Document // the published results, if there are any
}

// evidence is what the standings follow from: the same as scoring.Service.Load, which a test holds it to, but read
// together with everything else.
func (m *material) evidence() ([]scoring.Entrant, []scoring.Facts) {
	var entrants []scoring.Entrant
	for i := range m.entrants {
		if e := &m.entrants[i]; e.State == entrant.Approved {
			entrants = append(entrants, scoring.Entrant{ID: e.ID, Division: e.Division})
		}
	}
	var reports []scoring.Facts
	for i := range m.cleanups {
		c := &m.cleanups[i]
		if c.Report == report.Valid && c.Figures.V != nil {
			reports = append(reports, scoring.NewFacts(report.Report{
				ID: c.ReportID, Cleanup: c.ID, Entrant: c.Entrant, Figures: *c.Figures.V, SendBacks: c.SendBacks, SubmittedAt: c.SubmittedAt,
			}))
		}
	}
	return entrants, reports
}

// build makes the snapshot. It is a pure function: the same material gives the same bytes.
func build(m material) *Snapshot {
	s := &Snapshot{Challenge: m.challenge.ID, Head: m.head, AsOf: m.asOf, public: m.challenge.Public()}
	t := newTally(m)
	s.Statistics = t.statistics
	s.Statistics.AsOf = m.asOf
	s.Map = t.points(m)
	s.Events = t.events(m)
	s.published = publishedLines(m.final)
	s.Days = Days{AsOf: m.asOf, Days: sorted(t.days, func(a, b *Day) int { return cmp.Compare(a.Date, b.Date) })}
	s.Units = Units{AsOf: m.asOf, Units: sorted(t.units, func(a, b *Unit) int { return cmp.Compare(a.Unit, b.Unit) })}
	for _, division := range m.challenge.Divisions {
		if m.final != nil {
			s.Standings = append(s.Standings, t.finalStandings(m, division.Code))
		} else {
			s.Standings = append(s.Standings, t.liveStandings(m, division.Code))
		}
	}
	s.seal()
	return s
}

// tally counts while it walks over the material once.
type tally struct {
	statistics Statistics
	entrants   map[ident.ID]*entrantRow
	days       map[string]*Day
	units      map[ident.ID]*Unit
}

func newTally(m material) *tally {
	t := &tally{
		entrants: make(map[ident.ID]*entrantRow, len(m.entrants)),
		days:     map[string]*Day{}, units: map[ident.ID]*Unit{},
	}
	for i := range m.entrants {
		t.countEntrant(&m.entrants[i])
	}
	for i := range m.cleanups {
		t.countCleanup(&m.cleanups[i])
	}
	return t
}

func (t *tally) day(at clock.Time) *Day {
	date := at.Local().Format("2006-01-02")
	if t.days[date] == nil {
		t.days[date] = &Day{Date: date}
	}
	return t.days[date]
}

func (t *tally) unit(id ident.ID) *Unit {
	if t.units[id] == nil {
		t.units[id] = &Unit{Unit: id}
	}
	return t.units[id]
}

func (t *tally) countEntrant(e *entrantRow) {
	t.entrants[e.ID] = e
	if !e.State.Takes() {
		return
	}
	r := &t.statistics.Registrations
	r.Total++
	if e.Division == challenge.Individual {
		r.Individual++
	} else {
		r.Collective++
	}
	t.day(e.CreatedAt).Registrations++
	t.unit(e.Unit).Registrations++
}

func (t *tally) countCleanup(c *cleanupRow) {
	day, unit := t.day(c.StartsAt), t.unit(c.Unit)
	var valid int64
	var figures report.Figures
	if t.counts(c) {
		valid, figures = 1, *c.Figures.V
	}
	for _, count := range []struct {
		cleanups     *Cleanups
		participants *int64
		waste        *waste.Weights
	}{
		{&t.statistics.Cleanups, &t.statistics.Participants, &t.statistics.Waste},
		{&day.Cleanups, &day.Participants, &day.Waste},
		{&unit.Cleanups, &unit.Participants, &unit.Waste},
	} {
		count.cleanups.Created++
		count.cleanups.Valid += valid
		*count.participants += figures.Participants
		*count.waste = count.waste.Plus(figures.Weights)
	}
}

// counts tells whether what the clean-up achieved is counted: its report is valid and nobody disqualified its
// entrant. One that withdrew later has still cleaned up.
func (t *tally) counts(c *cleanupRow) bool {
	if c.Report != report.Valid || c.Figures.V == nil {
		return false
	}
	e, ok := t.entrants[c.Entrant]
	return ok && e.State != entrant.Disqualified
}

// entrant returns what everybody may know of an entrant.
func (t *tally) entrant(id ident.ID) Entrant {
	e, ok := t.entrants[id]
	if !ok {
		return Entrant{ID: id}
	}
	return Entrant{ID: e.ID, Number: e.Number, Name: e.Name, Unit: e.Unit}
}

func (t *tally) points(m material) Map {
	out := Map{AsOf: m.asOf, Points: []Point{}}
	for i := range m.cleanups {
		c := &m.cleanups[i]
		if c.Lat == nil || c.Lon == nil {
			out.Elsewhere++
			continue
		}
		thumb := c.Thumb
		if e, ok := t.entrants[c.Entrant]; !ok || !e.Photos {
			thumb = ""
		}
		out.Points = append(out.Points, Point{
			ID: c.ID, Lat: *c.Lat, Lon: *c.Lon, State: t.pointState(c), StartsAt: c.StartsAt, EndsAt: c.EndsAt,
			Place: c.Place, Unit: c.Unit, Entrant: t.entrant(c.Entrant), Thumb: thumb,
		})
	}
	return out
}

func (t *tally) pointState(c *cleanupRow) PointState {
	switch c.Report {
	case report.Valid:
		if !t.counts(c) {
			return PointInvalid
		}
		return PointValid
	case report.Invalid, report.Dismissed:
		return PointInvalid
	case report.Submitted, report.SentBack, report.Resubmitted, report.Appealed:
		return PointReported
	}
	if c.State == cleanup.Cancelled {
		return PointCancelled
	}
	return PointAnnounced
}

func (t *tally) liveStandings(m material, division challenge.DivisionCode) Standings {
	out := Standings{Division: division, Scheme: m.scheme, AsOf: m.asOf, Rows: []Row{}}
	for _, table := range m.live {
		if table.Division != division {
			continue
		}
		out.Rows = make([]Row, len(table.Rows))
		for i, standing := range table.Rows {
			out.Rows[i] = newRow(standing, t.entrant(standing.Entrant))
		}
	}
	return out
}

// finalStandings copies the published table, with the names of the day on which it was published. A name that was
// hidden since is not shown any more.
func (t *tally) finalStandings(m material, division challenge.DivisionCode) Standings {
	d := m.final
	out := Standings{
		Division: division, Final: true, Publication: d.Number, Scheme: d.Scheme.Number, AsOf: d.PublishedAt, Rows: []Row{},
	}
	entrants := make(map[ident.ID]Entrant, len(d.Entrants))
	for _, e := range d.Entrants {
		name := e.Name
		if t.entrant(e.ID).Name == "" {
			name = ""
		}
		entrants[e.ID] = Entrant{ID: e.ID, Number: e.Number, Name: name, Unit: e.Unit}
	}
	for _, table := range d.Tables {
		if table.Division != division {
			continue
		}
		for _, placed := range table.Rows {
			row := newRow(placed.Standing, entrants[placed.Entrant])
			if placed.Prize != nil {
				row.Prize = &Prize{Title: placed.Prize.Title, Amount: placed.Prize.Amount}
			}
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

func newRow(s scoring.Standing, e Entrant) Row {
	return Row{
		Rank: s.Rank, Entrant: e, Points: s.Points, Reports: s.Reports, Participants: s.Participants, Grams: s.Grams,
		SendBacks: s.SendBacks, LastAt: s.LastAt, Decided: s.Decided,
	}
}

func sorted[K comparable, V any](m map[K]*V, compare func(a, b *V) int) []V {
	pointers := make([]*V, 0, len(m))
	for _, v := range m {
		pointers = append(pointers, v)
	}
	slices.SortFunc(pointers, compare)
	values := make([]V, len(pointers))
	for i, v := range pointers {
		values[i] = *v
	}
	return values
}
