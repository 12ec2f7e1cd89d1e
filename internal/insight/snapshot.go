package insight

import (
	"sync"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/scoring"
)

// Key names a document of a challenge.
type Key string

// The documents; the standings have one for each division.
const (
	KeyStatistics Key = "statistics" // Statistics
	KeyMap        Key = "map"        // Map
	KeyDays       Key = "days"       // Days
	KeyUnits      Key = "units"      // Units
)

// KeyStandings names the Standings of a division.
func KeyStandings(division challenge.DivisionCode) Key { return Key("standings." + string(division)) }

// Snapshot is everything that is shown of a challenge, as of one moment. It is shared by all who read it and must not
// be changed.
type Snapshot struct {
	Challenge ident.ID
	// Head is the number of the challenge's newest entry in the audit log that was taken into account.
	Head int64
	// AsOf is that entry's time.
	AsOf clock.Time

	Statistics Statistics
	Standings  []Standings // in the order of the challenge's divisions
	Map        Map
	Days       Days
	Units      Units
	Events     []Event // every announced clean-up, the latest first

	public    bool
	published func() map[ident.ID]scoring.Lines
	places    func() map[ident.ID]int // of clean-ups among the events
	bodies    map[Key]func() (*Body, error)
}

// Keys returns the names of all documents.
func (s *Snapshot) Keys() []Key {
	keys := []Key{KeyStatistics, KeyMap, KeyDays, KeyUnits}
	for _, table := range s.Standings {
		keys = append(keys, KeyStandings(table.Division))
	}
	return keys
}

// Body returns a document ready to be sent; ok is false when the challenge has none of this name.
func (s *Snapshot) Body(key Key) (b *Body, ok bool, err error) {
	f, ok := s.bodies[key]
	if !ok {
		return nil, false, nil
	}
	b, err = f()
	return b, true, err
}

// Table returns the standings of a division.
func (s *Snapshot) Table(division challenge.DivisionCode) (*Standings, bool) {
	for i := range s.Standings {
		if s.Standings[i].Division == division {
			return &s.Standings[i], true
		}
	}
	return nil, false
}

// Event returns an announced clean-up.
func (s *Snapshot) Event(id ident.ID) (*Event, bool) {
	i, ok := s.places()[id]
	if !ok {
		return nil, false
	}
	return &s.Events[i], true
}

// PublishedLines returns how a report's points came about in the published results; ok is false when it is not in them.
func (s *Snapshot) PublishedLines(report ident.ID) (lines scoring.Lines, ok bool) {
	lines, ok = s.published()[report]
	return lines, ok
}

func publishedLines(d *award.Document) func() map[ident.ID]scoring.Lines {
	return sync.OnceValue(func() map[ident.ID]scoring.Lines {
		if d == nil {
			return nil
		}
		lines := make(map[ident.ID]scoring.Lines, len(d.Scores))
		for _, s := range d.Scores {
			lines[s.Report] = s.Lines
		}
		return lines
	})
}

// seal prepares the bodies. Each is encoded when it is first asked for.
func (s *Snapshot) seal() {
	s.places = sync.OnceValue(func() map[ident.ID]int {
		places := make(map[ident.ID]int, len(s.Events))
		for i := range s.Events {
			places[s.Events[i].ID] = i
		}
		return places
	})
	s.bodies = map[Key]func() (*Body, error){}
	add := func(key Key, document any) {
		s.bodies[key] = sync.OnceValues(func() (*Body, error) { return newBody(document) })
	}
	add(KeyStatistics, &s.Statistics)
	add(KeyMap, &s.Map)
	add(KeyDays, &s.Days)
	add(KeyUnits, &s.Units)
	for i := range s.Standings {
		add(KeyStandings(s.Standings[i].Division), &s.Standings[i])
	}
}
