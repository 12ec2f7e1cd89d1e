// Package cleanuptest gives tests a running challenge with clean-ups, made through the services.
package cleanuptest

import (
	"strings"
	"testing"
	"time"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant/entranttest"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// World is a challenge in which clean-ups can be announced.
type World struct {
	*entranttest.World
	Cleanups *cleanup.Service
}

// New returns a world.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	tb.Helper()
	w := &World{World: entranttest.New(tb, db, clk)}
	w.Cleanups = cleanup.NewService(db, w.Log, w.Queue, w.IDs, w.Units, w.Challenges, w.Entrants, w.Mail)
	return w
}

// Plan is a plan for 7 to 9 on a morning of June 2024 that nothing is wrong with; each change is made to it.
func (w *World) Plan(day int, changes ...func(*cleanup.Plan)) cleanup.Plan {
	w.TB.Helper()
	p := cleanup.Plan{
		Unit: w.Unit("20005"), Place: "Bãi bồi ven sông Bồ", Point: &geo.Point{Lat: 16.52, Lon: 107.55}, Expected: 20,
		StartsAt: clock.Date(2024, time.June, day, 7, 0), EndsAt: clock.Date(2024, time.June, day, 9, 0),
	}
	for _, change := range changes {
		change(&p)
	}
	return p
}

// AnnouncedCleanup announces a clean-up of the entrant that the actor represents.
func (w *World) AnnouncedCleanup(actor person.Actor, day int, changes ...func(*cleanup.Plan)) cleanup.Cleanup {
	w.TB.Helper()
	return w.create(actor, true, w.Plan(day, changes...))
}

// DraftCleanup plans a clean-up of the entrant that the actor represents.
func (w *World) DraftCleanup(actor person.Actor, day int, changes ...func(*cleanup.Plan)) cleanup.Cleanup {
	w.TB.Helper()
	return w.create(actor, false, w.Plan(day, changes...))
}

func (w *World) create(actor person.Actor, announce bool, p cleanup.Plan) cleanup.Cleanup {
	w.TB.Helper()
	c, err := w.Cleanups.Create(w.TB.Context(), actor, cleanup.CreateInput{Entrant: actor.Represents[0], Announce: announce, Plan: p})
	w.Must(err)
	return c
}

// ImportSquares gives the town 480 a boundary, a square, and its ward 19996 the south-western quarter of it.
func (w *World) ImportSquares() {
	w.TB.Helper()
	const squares = `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"code":"480","name":"Thị xã Hương Trà"},"geometry":{"type":"Polygon",
			"coordinates":[[[107.4,16.4],[107.6,16.4],[107.6,16.6],[107.4,16.6],[107.4,16.4]]]}},
		{"type":"Feature","properties":{"code":"19996","name":"Phường Tứ Hạ"},"geometry":{"type":"Polygon",
			"coordinates":[[[107.4,16.4],[107.5,16.4],[107.5,16.5],[107.4,16.5],[107.4,16.4]]]}}]}`
	_, err := w.Units.ImportBoundaries(w.TB.Context(), person.SystemActor, strings.NewReader(squares), w.Tree.Day())
	w.Must(err)
}

// IDsOf returns the identifiers of clean-ups, in their order.
func IDsOf(cleanups []cleanup.Cleanup) []ident.ID {
	ids := make([]ident.ID, len(cleanups))
	for i, c := range cleanups {
		ids[i] = c.ID
	}
	return ids
}
