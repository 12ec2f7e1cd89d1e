// Package entranttest gives tests a running challenge with entrants, made through the services.
package entranttest

import (
	"log/slog"
	"testing"

	"sachhon/internal/challenge"
	"sachhon/internal/challenge/challengetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/notify"
	"sachhon/internal/notify/notifytest"
	"sachhon/internal/person"
)

// World is a challenge that takes registrations.
type World struct {
	*challengetest.World
	Challenge challenge.Challenge
	Entrants  *entrant.Service
	Mail      *notify.Service
	Postbox   *notifytest.Postbox
}

// New returns a world whose challenge runs.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	tb.Helper()
	w := &World{World: challengetest.New(tb, db, clk), Postbox: &notifytest.Postbox{}}
	w.Mail = notify.New(db, w.Queue, w.Postbox, slog.New(slog.DiscardHandler))
	w.Entrants = entrant.NewService(db, w.Log, w.IDs, w.Units, w.Challenges, w.Mail)
	w.Challenge = w.Announced()
	return w
}

// Input is a registration of a collective that nothing is wrong with; each change is made to it.
func (w *World) Input(changes ...func(*entrant.RegisterInput)) entrant.RegisterInput {
	w.TB.Helper()
	in := entrant.RegisterInput{
		Challenge: w.Challenge.ID, Division: challenge.Collective, Name: "Đội Sông Bồ", Unit: w.Unit("20005"), Members: 20,
		FullName: "Trần Thị Mẫu", BirthDate: "1990-02-03", Phone: "0912 345 678", Email: "doi@example.org", Rules: 1,
		Consents: []entrant.ConsentInput{
			{Giver: entrant.Self, Purpose: entrant.Participation}, {Giver: entrant.Self, Purpose: entrant.ShowName},
		},
	}
	for _, change := range changes {
		change(&in)
	}
	return in
}

// Individual makes an input one of an individual.
func Individual(in *entrant.RegisterInput) {
	in.Division, in.Name, in.Members = challenge.Individual, "", 0
}

// Registered registers an entrant of a new person and returns both; the person represents it.
func (w *World) Registered(changes ...func(*entrant.RegisterInput)) (entrant.Entrant, person.Actor) {
	w.TB.Helper()
	actor := w.Person("20005")
	e, err := w.Entrants.Register(w.TB.Context(), actor, w.Input(changes...))
	w.Must(err)
	actor.Represents = []ident.ID{e.ID}
	return e, actor
}

// Approved registers an entrant and lets the board approve it.
func (w *World) Approved(changes ...func(*entrant.RegisterInput)) (entrant.Entrant, person.Actor) {
	w.TB.Helper()
	e, actor := w.Registered(changes...)
	e, err := w.Entrants.Decide(w.TB.Context(), w.Board, e.ID, entrant.Approve, "")
	w.Must(err)
	return e, actor
}

// Letters runs the jobs that are due and returns the subjects of all letters sent so far, in order.
func (w *World) Letters() []string {
	w.TB.Helper()
	w.Must(w.Queue.Drain(w.TB.Context()))
	return w.Postbox.Subjects()
}
