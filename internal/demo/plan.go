package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/demo/scene"
	"sachhon/internal/geo"
	"sachhon/internal/waste"
)

// fate is what becomes of a clean-up.
type fate int

const (
	fateValid      fate = iota // found valid as it was sent in
	fateMended                 // sent back, mended, found valid
	fateAdjusted               // found valid with a figure corrected
	fateInvalid                // found invalid
	fateAbandoned              // sent back and never mended
	fateUnreported             // held, and no report came
	fateWaiting                // reported; the board has not looked yet
	fateCancelled
)

func (f fate) counts() bool { return f == fateValid || f == fateMended || f == fateAdjusted }

// entrantPlan is somebody who takes part.
type entrantPlan struct {
	division  challenge.DivisionCode
	spot      spotIn
	person    string
	birth     clock.Day
	minor     bool
	register  time.Time
	cleanups  int
	index     int
	expecting int
}

// cleanupPlan is one clean-up with its report.
type cleanupPlan struct {
	entrant *entrantPlan
	fate    fate
	place   string
	point   geo.Point
	begin   time.Time
	end     time.Time
	created time.Time
	report  time.Time
	review  time.Time
	people  int64
	weights waste.Weights
	methods waste.Methods
	spot    scene.Spot
	phases  []scene.Phase
}

// plan is the whole June, made from a seed and nothing else.
type plan struct {
	entrants []*entrantPlan
	cleanups []*cleanupPlan
}

var june = time.Date(2024, time.June, 1, 0, 0, 0, 0, clock.Zone)

// at is a time of day in June 2024; day 31 is the first of July.
func at(day, hour, minute int) time.Time {
	return june.AddDate(0, 0, day-1).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

func newPlan(r *rand.Rand) *plan {
	p := &plan{}
	p.planEntrants(r)
	p.planCleanups(r)
	p.planFigures(r)
	return p
}

func (p *plan) planEntrants(r *rand.Rand) {
	var pool []spotIn
	for _, s := range around {
		for range s.share {
			pool = append(pool, s)
		}
	}
	for i := range collectives + individuals {
		e := &entrantPlan{
			division: challenge.Collective, spot: pool[r.IntN(len(pool))], person: fullName(r), index: i,
			birth: clock.DayOf(time.Date(1962+r.IntN(42), time.Month(1+r.IntN(12)), 1+r.IntN(28), 12, 0, 0, 0, clock.Zone)),
		}
		// Two waves: those who heard first, and those whom the letter reached.
		day := 1 + r.IntN(8)
		if r.IntN(3) > 0 {
			day = 8 + r.IntN(14)
		}
		e.register = at(day, 7+r.IntN(13), r.IntN(60))
		e.expecting = 12 + r.IntN(50)
		if i >= collectives {
			e.division, e.expecting = challenge.Individual, 2+r.IntN(9)
			if i%18 == 0 {
				e.minor, e.birth = true, clock.DayOf(time.Date(2009, time.Month(1+r.IntN(12)), 1+r.IntN(28), 12, 0, 0, 0, clock.Zone))
			}
		}
		p.entrants = append(p.entrants, e)
	}
	slices.SortStableFunc(p.entrants, func(a, b *entrantPlan) int { return a.register.Compare(b.register) })
}

// planCleanups gives the clean-ups to entrants: collectives hold more, and every third entrant holds none.
func (p *plan) planCleanups(r *rand.Rand) {
	fates := make([]fate, 0, created)
	for i := range created {
		switch {
		case i < valid-11:
			fates = append(fates, fateValid)
		case i < valid-3:
			fates = append(fates, fateMended)
		case i < valid:
			fates = append(fates, fateAdjusted)
		case i < valid+5:
			fates = append(fates, fateInvalid)
		case i < valid+8:
			fates = append(fates, fateAbandoned)
		case i < valid+14:
			fates = append(fates, fateUnreported)
		default:
			fates = append(fates, fateCancelled)
		}
	}
	r.Shuffle(len(fates), func(i, j int) { fates[i], fates[j] = fates[j], fates[i] })
	var pool []*entrantPlan
	for i, e := range p.entrants {
		if i%3 == 2 {
			continue
		}
		pool = append(pool, e)
		if e.division == challenge.Collective {
			pool = append(pool, e)
		}
	}
	for n := 0; n < len(fates); {
		e := pool[r.IntN(len(pool))]
		c := p.when(r, e)
		if c == nil || e.cleanups >= 4 {
			continue
		}
		c.fate = fates[n]
		e.cleanups++
		n++
		p.cleanups = append(p.cleanups, c)
	}
	slices.SortStableFunc(p.cleanups, func(a, b *cleanupPlan) int { return a.begin.Compare(b.begin) })
	for i, c := range p.cleanups {
		c.spot = scene.Spot{Seed: 1000 + uint64(i), Place: placeOf(c.place), People: 2 + r.IntN(4)}
		c.phases = []scene.Phase{scene.Before, scene.After}
		if i%3 == 0 {
			c.phases = []scene.Phase{scene.Before, scene.During, scene.After}
		}
	}
}

// placeOf is what a photograph of a place shows, by the words of its name.
func placeOf(name string) scene.Place {
	for _, kind := range []struct {
		words []string
		place scene.Place
	}{
		{[]string{"biển"}, scene.Beach},
		{[]string{"kênh", "hói"}, scene.Canal},
		{[]string{"sông", "phá", "đầm", "suối", "hồ thủy", "bến"}, scene.Riverbank},
		{[]string{"đường", "chợ", "quốc lộ", "khu dân cư"}, scene.Street},
	} {
		for _, word := range kind.words {
			if strings.Contains(strings.ToLower(name), word) {
				return kind.place
			}
		}
	}
	return scene.Park
}

// when finds a morning for another clean-up of an entrant, Sundays first; nil when the one drawn does not fit.
func (p *plan) when(r *rand.Rand, e *entrantPlan) *cleanupPlan {
	day := []int{9, 16, 23, 30}[r.IntN(4)]
	if r.IntN(5) < 2 {
		day = 3 + r.IntN(28)
	}
	c := &cleanupPlan{entrant: e, begin: at(day, 5+r.IntN(3), 30*r.IntN(2)), place: e.spot.places[r.IntN(len(e.spot.places))]}
	c.end = c.begin.Add(time.Duration(75+15*r.IntN(8)) * time.Minute)
	c.created = c.begin.Add(-time.Duration(16+r.IntN(60)) * time.Hour)
	if c.created.Before(e.register.Add(40 * time.Hour)) { // approved by then
		return nil
	}
	for _, other := range p.cleanups {
		if other.entrant == e && other.begin.Before(c.end.Add(time.Hour)) && c.begin.Before(other.end.Add(time.Hour)) {
			return nil
		}
	}
	c.point = geo.Point{
		Lat: round(e.spot.centre.Lat + (r.Float64()*2-1)*e.spot.spread),
		Lon: round(e.spot.centre.Lon + (r.Float64()*2-1)*e.spot.spread),
	}
	c.report = c.end.Add(time.Duration(2+r.IntN(58)) * time.Hour)
	c.review = c.report.Add(time.Duration(18+r.IntN(70)) * time.Hour)
	return c
}

func round(v float64) float64 { return float64(int(v*1e5+.5)) / 1e5 }

// planFigures divides the published totals among the valid clean-ups.
func (p *plan) planFigures(r *rand.Rand) {
	var counted []*cleanupPlan
	for _, c := range p.cleanups {
		c.people = int64(c.entrant.expecting)
		for _, t := range waste.Types() {
			c.methods = c.methods.With(t, waste.Estimated)
			if r.IntN(4) > 0 && t != waste.Construction && t != waste.Other {
				c.methods = c.methods.With(t, waste.Weighed)
			}
		}
		if c.fate.counts() {
			counted = append(counted, c)
		} else {
			c.weights = c.weights.With(waste.Organic, int64(20+r.IntN(300))*1000)
			c.weights = c.weights.With(waste.Plastic, int64(2+r.IntN(12))*500)
		}
	}
	// Participants: everybody has the least of their division, the rest by expectation.
	weights := make([]float64, len(counted))
	left := int64(participants)
	for i, c := range counted {
		weights[i] = float64(c.entrant.expecting) * (.5 + r.Float64())
		c.people = 5
		if c.entrant.division == challenge.Individual {
			c.people = 2
		}
		left -= c.people
	}
	for i, n := range divide(left, weights) {
		counted[i].people += n
	}
	for _, t := range waste.Types() {
		for i := range weights {
			weights[i] = 0
			if r.Float64() < usual[t] {
				weights[i] = (.15 + r.ExpFloat64()) * float64(counted[i].people)
			}
		}
		// Totals are whole kilograms, single figures half kilograms as scales show them.
		for i, halves := range divide(publishedKilos[t]*2, weights) {
			counted[i].weights = counted[i].weights.With(t, halves*500)
		}
	}
	for _, c := range counted {
		total := float64(c.weights.Total())
		c.spot.Rubble = float32(.7 * float64(c.weights.Of(waste.Construction)) / (total + 1))
		c.spot.Green = float32(.5 * float64(c.weights.Of(waste.Organic)) / (total + 1))
	}
}

// usual is how often a clean-up finds the type at all.
var usual = map[waste.Type]float64{
	waste.Organic: .8, waste.Plastic: .95, waste.Metal: .35, waste.Construction: .2,
	waste.Paper: .6, waste.Glass: .45, waste.Hazardous: .12, waste.Other: .4,
}

// divide shares n out by weights, whole and without a rest; a positive weight may still get nothing.
func divide(n int64, weights []float64) []int64 {
	sum := 0.0
	largest := 0
	for i, w := range weights {
		sum += w
		if w > weights[largest] {
			largest = i
		}
	}
	shares := make([]int64, len(weights))
	left := n
	for i, w := range weights {
		if sum > 0 {
			shares[i] = int64(float64(n) * w / sum)
		}
		left -= shares[i]
	}
	shares[largest] += left
	return shares
}
