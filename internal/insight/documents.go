package insight

import (
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
)

// Statistics are the totals of a challenge, in exactly the shape of /api/v1/challenges/{slug}/statistics.
type Statistics struct {
	// Registrations counts the entrants that stand: submitted and not yet decided, or approved. Those that were
	// refused, withdrew or were disqualified are not counted.
	Registrations Registrations `json:"registrations"`
	Cleanups      Cleanups      `json:"cleanups"`
	// Participants and Waste are the effective figures of the valid reports, after any adjustment.
	Participants int64         `json:"participants"`
	Waste        waste.Weights `json:"waste_grams"`
	// AsOf is the time of the last change in the challenge that was taken into account; it does not move with the
	// clock, so the same data are the same bytes at any hour.
	AsOf clock.Time `json:"as_of"`
}

// Registrations counts entrants.
type Registrations struct {
	Total      int64 `json:"total"`
	Collective int64 `json:"collective"`
	Individual int64 `json:"individual"`
}

// Cleanups counts clean-ups. Created counts every one that was ever announced, also when it was called off or never
// reported: what was published as "84 created" beside "65 valid". A draft that nobody else saw is not counted.
type Cleanups struct {
	Created int64 `json:"created"`
	Valid   int64 `json:"valid"`
}

// Share is a waste type's part of the whole.
type Share struct {
	Type     waste.Type
	Grams    int64
	PerMille int64
}

// Shares returns the parts of all types in thousandths, in the fixed order. They add up to 1000, or to 0 when there
// is no waste: what rounding down leaves goes to the largest remainders, the first among equals.
func (s Statistics) Shares() []Share {
	shares := make([]Share, waste.Count)
	total := s.Waste.Total()
	remainders := make([]int64, waste.Count)
	left := int64(0)
	if total > 0 {
		left = 1000
	}
	for i, t := range waste.Types() {
		shares[i] = Share{Type: t, Grams: s.Waste[i]}
		if total > 0 {
			shares[i].PerMille = s.Waste[i] * 1000 / total
			remainders[i] = s.Waste[i] * 1000 % total
			left -= shares[i].PerMille
		}
	}
	for ; left > 0; left-- {
		most := 0
		for i, r := range remainders {
			if r > remainders[most] {
				most = i
			}
		}
		shares[most].PerMille++
		remainders[most] = -1
	}
	return shares
}

// Standings is the table of one division. Once results are published it is the published table, which later changes
// of reports do not move; until then it follows the valid reports, and those whom only the draw would separate share
// a rank.
type Standings struct {
	Division challenge.DivisionCode `json:"division"`
	Final    bool                   `json:"final"`
	// Publication is the number of the results' publication when final.
	Publication int        `json:"publication,omitempty"`
	Scheme      int        `json:"scheme"` // the version of the scoring scheme
	AsOf        clock.Time `json:"as_of"`
	Rows        []Row      `json:"rows"`
}

// Row is an entrant's place. Points are thousandths of a point, as in docs/scoring.md.
type Row struct {
	Rank         int              `json:"rank"`
	Entrant      Entrant          `json:"entrant"`
	Points       scoring.Points   `json:"points"`
	Reports      int64            `json:"reports"`
	Participants int64            `json:"participants"`
	Grams        int64            `json:"grams"`
	SendBacks    int64            `json:"send_backs"`
	LastAt       clock.Time       `json:"last_at"`
	Decided      scoring.Decision `json:"decided,omitempty"`
	Prize        *Prize           `json:"prize,omitempty"`
}

// Prize is what a place won, when final.
type Prize struct {
	Title  string `json:"title"`
	Amount int64  `json:"amount"`
}

// Entrant is an entrant as everybody may know it; the name is empty when it is hidden.
type Entrant struct {
	ID     ident.ID `json:"id"`
	Number int      `json:"number"`
	Name   string   `json:"name"`
	Unit   ident.ID `json:"unit"`
}

// Map holds the announced clean-ups that have a point.
type Map struct {
	AsOf   clock.Time `json:"as_of"`
	Points []Point    `json:"points"` // by beginning, then identifier
	// Elsewhere is how many announced clean-ups nobody marked on the map.
	Elsewhere int64 `json:"elsewhere"`
}

// PointState says how far the clean-up of a point has come, as far as people decided it: whether an announced one is
// under way or over follows from its times.
type PointState string

// The states of a point.
const (
	PointAnnounced PointState = "announced"
	PointReported  PointState = "reported" // handed in, not yet found valid
	PointValid     PointState = "valid"
	PointInvalid   PointState = "invalid"
	PointCancelled PointState = "cancelled"
)

// Point is a clean-up on the map.
type Point struct {
	ID       ident.ID   `json:"id"`
	Lat      float64    `json:"lat"`
	Lon      float64    `json:"lon"`
	State    PointState `json:"state"`
	StartsAt clock.Time `json:"starts_at"`
	EndsAt   clock.Time `json:"ends_at"`
	Place    string     `json:"place"`
	Unit     ident.ID   `json:"unit"`
	Entrant  Entrant    `json:"entrant"`
	// Thumb is the identifier of the photo that shows the result of a valid clean-up, if those in it agreed.
	Thumb ident.ID `json:"thumb,omitempty"`
}

// Days is the course of the challenge, day by day in its zone; days on which nothing happened are left out.
type Days struct {
	AsOf clock.Time `json:"as_of"`
	Days []Day      `json:"days"`
}

// Day counts entrants by when they registered, and everything else by when the clean-up began.
type Day struct {
	Date          string        `json:"date"` // 2024-06-02
	Registrations int64         `json:"registrations"`
	Cleanups      Cleanups      `json:"cleanups"`
	Participants  int64         `json:"participants"`
	Waste         waste.Weights `json:"waste_grams"`
}

// Units are the totals by unit: entrants by their home unit, and everything else by where the clean-up took place.
// It compares places; no public page ranks them.
type Units struct {
	AsOf  clock.Time `json:"as_of"`
	Units []Unit     `json:"units"` // by identifier
}

// Unit is one unit's totals.
type Unit struct {
	Unit          ident.ID      `json:"unit"`
	Registrations int64         `json:"registrations"`
	Cleanups      Cleanups      `json:"cleanups"`
	Participants  int64         `json:"participants"`
	Waste         waste.Weights `json:"waste_grams"`
}
