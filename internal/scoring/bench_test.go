package scoring_test

import (
	"fmt"
	"testing"

	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
)

// BenchmarkStandings ranks the contest of 2024 and ones a hundred and a thousand times as large.
func BenchmarkStandings(b *testing.B) {
	for _, n := range []int{119, 11_900, 119_000} {
		entrants, reports := scoringtest.Contest(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				scoring.Standings(scoring.DefaultScheme(), entrants, reports, scoringtest.Seed)
			}
		})
	}
}
