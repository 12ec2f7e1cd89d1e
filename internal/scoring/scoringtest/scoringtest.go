// Package scoringtest makes entrants and reports for tests and benchmarks of standings. Everything follows from a
// number, so that two runs compare the same thing.
package scoringtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/scoring"
)

// Seed is a seed for draws in tests.
var Seed = []byte("0123456789abcdef0123456789abcdef")

// ID returns the nth identifier of a kind, a digit of one's own choice.
func ID(kind, n int) ident.ID {
	return ident.ID(fmt.Sprintf("018ff000-%04d-7000-8000-%012d", kind, n))
}

// Contest returns n entrants, 64 of each 119 collectives as in 2024, and as many reports; some entrants have
// several and some none, and many are equal.
func Contest(n int) ([]scoring.Entrant, []scoring.Facts) {
	random := rand.New(rand.NewPCG(2024, uint64(n)))
	start := clock.Date(2024, time.June, 2, 8, 0)
	entrants := make([]scoring.Entrant, n)
	reports := make([]scoring.Facts, n)
	for i := range n {
		entrants[i] = scoring.Entrant{ID: ID(1, i), Division: division(i)}
	}
	for i := range reports {
		f := scoring.Facts{
			Report: ID(2, i), Cleanup: ID(3, i), Entrant: entrants[random.IntN(n)].ID,
			Participants: 2 + random.Int64N(80), SendBacks: random.Int64N(2),
			SubmittedAt: start.Add(time.Duration(random.IntN(29*24)) * time.Hour),
		}
		for t := range f.Waste {
			f.Waste[t] = random.Int64N(5) * 12_500
			f.Weighed[t] = random.IntN(2) == 0
		}
		reports[i] = f
	}
	return entrants, reports
}

func division(n int) challenge.DivisionCode {
	if n%119 < 64 {
		return challenge.Collective
	}
	return challenge.Individual
}
