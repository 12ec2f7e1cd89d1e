package scoring

import (
	"encoding/json"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

// Facts are what scoring needs to know of one valid report: its effective figures, after any adjustment.
type Facts struct {
	Report       ident.ID      `json:"report"`
	Cleanup      ident.ID      `json:"cleanup"`
	Entrant      ident.ID      `json:"entrant"`
	Participants int64         `json:"participants"`
	Waste        waste.Weights `json:"waste_grams"`
	// Weighed lists the types whose weight was measured rather than estimated.
	Weighed TypeSet `json:"weighed"`
	// SendBacks is how often the report was sent back to be mended.
	SendBacks int64 `json:"send_backs"`
	// SubmittedAt is when the version that was found valid was handed in: the entrant's own doing, so that a slow
	// reviewer moves nobody's rank.
	SubmittedAt clock.Time `json:"submitted_at"`
}

// NewFacts returns what counts of a valid report.
func NewFacts(r report.Report) Facts {
	f := r.Effective()
	return Facts{
		Report: r.ID, Cleanup: r.Cleanup, Entrant: r.Entrant, Participants: f.Participants, Waste: f.Weights,
		Weighed: WeighedTypes(f.Methods), SendBacks: r.SendBacks, SubmittedAt: r.SubmittedAt,
	}
}

// TypeSet is a set of waste types.
type TypeSet [waste.Count]bool

// WeighedTypes returns the types that were weighed.
func WeighedTypes(m waste.Methods) (set TypeSet) {
	for i, method := range m {
		set[i] = method == waste.Weighed
	}
	return set
}

// MarshalJSON writes the names in their fixed order.
func (s TypeSet) MarshalJSON() ([]byte, error) {
	names := []waste.Type{}
	for i, t := range waste.Types() {
		if s[i] {
			names = append(names, t)
		}
	}
	return json.Marshal(names)
}

// UnmarshalJSON reads a list of names; an unknown one is an error.
func (s *TypeSet) UnmarshalJSON(text []byte) error {
	var names []waste.Type
	if err := json.Unmarshal(text, &names); err != nil {
		return fmt.Errorf("scoring: waste types: %w", err)
	}
	*s = TypeSet{}
	for _, t := range names {
		i := t.Index()
		if i < 0 {
			return fmt.Errorf("scoring: there is no waste type %q", t)
		}
		s[i] = true
	}
	return nil
}

// Rule names the part of the formula that a line applies.
type Rule string

// The rules, in the order in which the lines of a report appear.
const (
	RuleEvent        Rule = "event"        // quantity 1, rate per clean-up
	RuleParticipants Rule = "participants" // quantity people counted, rate per person
	RuleWaste        Rule = "waste"        // quantity grams within one band, rate per kilogram
	RuleWeighed      Rule = "weighed"      // quantity points earned by weighed waste, rate in percent
)

// Line is one step of a report's points, with all that is needed to check it by hand.
type Line struct {
	Rule Rule `json:"rule"`
	// Type and From, the grams below the band, are set for waste.
	Type waste.Type `json:"type,omitempty"`
	From int64      `json:"from_grams,omitempty"`
	// Quantity and Rate are in the units of the rule.
	Quantity int64 `json:"quantity"`
	Rate     int64 `json:"rate"`
	// Uncounted is how many participants came beyond the limit.
	Uncounted int64  `json:"uncounted,omitempty"`
	Points    Points `json:"points"`
}

// Lines explain a report's points completely.
type Lines []Line

// Total is the sum of the lines.
func (l Lines) Total() (sum Points) {
	for _, line := range l {
		sum += line.Points
	}
	return sum
}

// Score returns the points of one valid report, line by line. The scheme must be valid.
func Score(s Scheme, f Facts) Lines {
	lines := make(Lines, 0, 8)
	compile(s).score(&f, func(line Line) { lines = append(lines, line) })
	return lines
}

// rules is a scheme made ready to be applied to many reports.
type rules struct {
	Scheme
	bands [waste.Count][]Band
}

func compile(s Scheme) *rules {
	r := &rules{Scheme: s}
	for i, t := range waste.Types() {
		r.bands[i] = s.Waste[t]
	}
	return r
}

// total is the sum of the lines without keeping them.
func (r *rules) total(f *Facts) (sum Points) {
	r.score(f, func(line Line) { sum += line.Points })
	return sum
}

func (r *rules) score(f *Facts, add func(Line)) {
	add(Line{Rule: RuleEvent, Quantity: 1, Rate: int64(r.Event), Points: r.Event})

	counted := min(f.Participants, r.Participants)
	add(Line{
		Rule: RuleParticipants, Quantity: counted, Rate: int64(r.Participant),
		Uncounted: f.Participants - counted, Points: Points(counted) * r.Participant,
	})

	var weighed Points
	for i, t := range typeOrder {
		from := int64(0)
		for _, band := range r.bands[i] {
			grams := f.Waste[i] - from
			if band.UpTo > 0 {
				grams = min(grams, band.UpTo-from)
			}
			if grams <= 0 {
				break
			}
			// The only product of the formula with a remainder: grams times a rate per kilogram, rounded down.
			points := Points(grams * int64(band.Rate) / 1000)
			add(Line{Rule: RuleWaste, Type: t, From: from, Quantity: grams, Rate: int64(band.Rate), Points: points})
			if f.Weighed[i] {
				weighed += points
			}
			from = band.UpTo
		}
	}
	if weighed > 0 && r.Weighed > 0 {
		add(Line{
			Rule: RuleWeighed, Quantity: int64(weighed), Rate: r.Weighed,
			Points: weighed * Points(r.Weighed) / 100, // rounded down
		})
	}
}

var typeOrder = waste.Types()
