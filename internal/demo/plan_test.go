package demo

import (
	"math/rand/v2"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/waste"
)

func TestPlanAddsUpToWhatWasPublished(t *testing.T) {
	for seed := range uint64(20) {
		p := newPlan(rand.New(rand.NewPCG(seed, 1)))
		teams, counted, people := 0, 0, int64(0)
		var grams waste.Weights
		for _, e := range p.entrants {
			if e.division == challenge.Collective {
				teams++
			}
		}
		for _, c := range p.cleanups {
			if !c.fate.counts() {
				continue
			}
			counted++
			people += c.people
			grams = grams.Plus(c.weights)
		}
		if len(p.entrants) != 119 || teams != 64 || len(p.cleanups) != 84 || counted != 65 || people != participants {
			t.Errorf("seed %d: %d entrants, %d teams, %d clean-ups, %d valid, %d people", seed, len(p.entrants), teams, len(p.cleanups), counted, people)
		}
		for _, w := range waste.Types() {
			if got := grams.Of(w); got != publishedKilos[w]*1000 {
				t.Errorf("seed %d: %s %d g, published %d kg", seed, w, got, publishedKilos[w])
			}
		}
	}
}

func TestPlanKeepsTheRules(t *testing.T) {
	rules := challenge.DefaultParameters()
	p := newPlan(rand.New(rand.NewPCG(seed, 1)))
	for i, c := range p.cleanups {
		if c.begin.Sub(c.created) < rules.AnnounceAhead() {
			t.Errorf("clean-up %d was announced %v ahead", i, c.begin.Sub(c.created))
		}
		if c.begin.Before(at(2, 0, 0)) || c.end.After(at(31, 0, 0)) {
			t.Errorf("clean-up %d lies outside the period: %v", i, c.begin)
		}
		if c.report.Sub(c.end) > rules.ReportWithin() {
			t.Errorf("report %d comes %v after the end", i, c.report.Sub(c.end))
		}
		if least := map[challenge.DivisionCode]int64{challenge.Collective: 5, challenge.Individual: 2}[c.entrant.division]; c.people < least {
			t.Errorf("clean-up %d has %d people", i, c.people)
		}
		for _, w := range waste.Types() {
			if c.weights.Of(w) > rules.MaxGramsPerType {
				t.Errorf("clean-up %d: %d g of %s", i, c.weights.Of(w), w)
			}
		}
		if c.review.Sub(c.report) < time.Hour {
			t.Errorf("report %d is reviewed after %v", i, c.review.Sub(c.report))
		}
	}
}

func TestDivideLeavesNothing(t *testing.T) {
	for _, weights := range [][]float64{{1}, {0, 1, 0}, {.3, .3, .3}, {1e9, 1}} {
		sum := int64(0)
		for i, n := range divide(100, weights) {
			sum += n
			if n < 0 || weights[i] == 0 && n != 0 {
				t.Errorf("%v: share %d is %d", weights, i, n)
			}
		}
		if sum != 100 {
			t.Errorf("%v: shares sum to %d", weights, sum)
		}
	}
}
