package challenge

import (
	"slices"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// DivisionCode names a division.
type DivisionCode string

// The divisions.
const (
	Collective DivisionCode = "collective"
	Individual DivisionCode = "individual"
)

// Division is a group of entrants ranked among themselves.
type Division struct {
	Code            DivisionCode `json:"code"`
	MinParticipants int          `json:"min_participants"` // of a valid report
	Prizes          []Prize      `json:"prizes"`           // best first
}

// Prize is given to the next Count entrants of the ranking.
type Prize struct {
	Title  string `json:"title"` // in the organiser's words: "Giải nhất"
	Count  int    `json:"count"`
	Amount int64  `json:"amount"` // đồng, each
}

// Divisions are the divisions of a challenge.
type Divisions []Division

// DefaultDivisions are the divisions and prizes of the 2025 edition.
func DefaultDivisions() Divisions {
	return Divisions{
		{Code: Collective, MinParticipants: 5, Prizes: []Prize{
			{Title: "Giải nhất", Count: 1, Amount: 3_000_000},
			{Title: "Giải nhì", Count: 2, Amount: 2_000_000},
			{Title: "Giải ba", Count: 2, Amount: 1_500_000},
			{Title: "Giải khuyến khích", Count: 10, Amount: 1_000_000},
		}},
		{Code: Individual, MinParticipants: 2, Prizes: []Prize{
			{Title: "Giải cá nhân tiêu biểu", Count: 5, Amount: 1_000_000},
		}},
	}
}

// Find returns the division with the code.
func (ds Divisions) Find(code DivisionCode) (Division, bool) {
	i := slices.IndexFunc(ds, func(d Division) bool { return d.Code == code })
	if i < 0 {
		return Division{}, false
	}
	return ds[i], true
}

// PrizeFor returns the prize of a rank, which counts from 1.
func (d Division) PrizeFor(rank int) (Prize, bool) {
	if rank < 1 {
		return Prize{}, false
	}
	for _, p := range d.Prizes {
		if rank <= p.Count {
			return p, true
		}
		rank -= p.Count
	}
	return Prize{}, false
}

// Total returns what all prizes of the division cost, in đồng.
func (d Division) Total() int64 {
	var sum int64
	for _, p := range d.Prizes {
		sum += int64(p.Count) * p.Amount
	}
	return sum
}

// The limits of prizes keep every sum of money far from overflowing.
const (
	maxPrizeCount  = 1000
	maxPrizeAmount = 100_000_000_000
)

// check notes what is wrong with the divisions.
func (ds Divisions) check(f *fault.Fields) {
	if len(ds) == 0 {
		f.Add("divisions", "challenge.fault.divisions")
		return
	}
	seen := map[DivisionCode]bool{}
	for i, d := range ds {
		if d.Code != Collective && d.Code != Individual || seen[d.Code] {
			f.Add("divisions", "challenge.fault.divisions")
		}
		seen[d.Code] = true
		if d.MinParticipants < 1 || d.MinParticipants > 10_000 {
			f.Add("min_participants."+string(d.Code), "challenge.fault.minParticipants")
		}
		for j, p := range d.Prizes {
			title := lang.Clean(p.Title)
			ds[i].Prizes[j].Title = title
			if title == "" || len(title) > 200 || p.Count < 1 || p.Count > maxPrizeCount ||
				p.Amount < 0 || p.Amount > maxPrizeAmount {
				f.Add("prizes."+string(d.Code), "challenge.fault.prize", "Prize", j+1)
			}
		}
	}
}
