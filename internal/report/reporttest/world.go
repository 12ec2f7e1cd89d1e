// Package reporttest gives tests a challenge with teams, clean-ups and reports, made through the services.
package reporttest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/notify/notifytest"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// World is a challenge that runs, with everything that reports need.
type World struct {
	DB         *database.DB
	Clock      *clock.Set
	IDs        *ident.Generator
	Log        *audit.Log
	Queue      *jobs.Queue
	Blobs      *blob.Folder
	Mail       *notifytest.Postbox
	Notify     *notify.Service
	Units      *unit.Service
	Challenges *challenge.Service
	Entrants   *entrant.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
	Tree       *unit.Tree

	Challenge challenge.Challenge
	Board     person.Actor // a reviewer
	Board2    person.Actor // another one

	tb testing.TB
}

// New opens a challenge of June 2024 in the province; the clock stands where the test kit puts it, and teams may
// register.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	return NewIn(tb, db, clk, tb.TempDir())
}

// NewIn does the same with the photos in a folder that others can read too.
func NewIn(tb testing.TB, db *database.DB, clk *clock.Set, photos string) *World {
	tb.Helper()
	ctx := tb.Context()
	w, err := Build(db, clk, photos)
	if err != nil {
		tb.Fatal(err)
	}
	w.tb = tb
	tb.Cleanup(func() { _ = w.Blobs.Close() })

	_, err = w.Units.Import(ctx, person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce})
	w.must(err)
	w.Tree, err = w.Units.Today(ctx)
	w.must(err)
	w.Board, w.Board2 = w.reviewer(), w.reviewer()
	w.open(ctx)
	return w
}

// Build makes the services over whatever the database and the folder hold, for a second process.
func Build(db *database.DB, clk *clock.Set, photos string) (*World, error) {
	w := &World{DB: db, Clock: clk, IDs: testkit.Seeded(clk, 7), Mail: &notifytest.Postbox{}}
	signer, err := audit.NewSigner("test.invalid", [32]byte{1})
	if err != nil {
		return nil, err
	}
	w.Log = audit.New(db, signer)
	w.Queue = jobs.New(db, jobs.Config{})
	if w.Blobs, err = blob.OpenFolder(photos); err != nil {
		return nil, err
	}
	mail := notify.New(db, w.Queue, w.Mail, slog.New(slog.DiscardHandler))
	w.Notify = mail
	w.Units = unit.NewService(db, w.Log, w.IDs)
	w.Challenges = challenge.NewService(db, w.Log, w.Queue, w.IDs, w.Units, w.Blobs)
	w.Entrants = entrant.NewService(db, w.Log, w.IDs, w.Units, w.Challenges, mail)
	w.Cleanups = cleanup.NewService(db, w.Log, w.Queue, w.IDs, w.Units, w.Challenges, w.Entrants, mail)
	w.Reports = report.NewService(report.Needs{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Challenges: w.Challenges, Entrants: w.Entrants,
		Cleanups: w.Cleanups, Mail: mail, Blobs: w.Blobs, Pictures: imaging.NewProcessor(),
	})
	return w, nil
}

// Province is the code of the unit that holds the challenge.
const Province = "46"

// Unit returns the unit under a code.
func (w *World) Unit(code string) ident.ID {
	w.tb.Helper()
	u, ok := w.Tree.ByCode(code)
	if !ok {
		w.tb.Fatalf("reporttest: no unit %s", code)
	}
	return u.ID
}

// reviewer returns a new member of the province's board.
func (w *World) reviewer() person.Actor {
	province := w.Unit(Province)
	return person.NewActor(person.Actor{
		ID: w.IDs.New(), HomeUnit: province, Grants: []person.Grant{{Role: person.Board, UnitID: province}},
	}, w.Tree)
}

func (w *World) open(ctx context.Context) {
	w.tb.Helper()
	until := clock.Date(2024, time.June, 30, 0, 0)
	c, err := w.Challenges.Create(ctx, w.Board, challenge.CreateInput{Details: challenge.Details{
		Title: "Thế giới sạch hơn", Summary: "Thử nghiệm", Organiser: w.Unit(Province), Area: w.Unit(Province),
		Period:       challenge.Span{From: clock.Date(2024, time.June, 6, 0, 0), Until: until},
		Registration: challenge.Span{From: clock.Date(2024, time.June, 1, 0, 0), Until: until},
	}})
	w.must(err)
	_, err = w.Challenges.AddRules(ctx, w.Board, c.ID, "Thể lệ", clock.Time{})
	w.must(err)
	_, err = w.Challenges.AddScheme(ctx, w.Board, c.ID, []byte(`{}`), clock.Time{})
	w.must(err)
	_, err = w.Challenges.Announce(ctx, w.Board, c.ID)
	w.must(err)
	w.Challenge, err = w.Challenges.Find(ctx, w.DB, c.ID)
	w.must(err)
}

// Team registers and approves a collective of the unit under the code and returns it with its representative.
func (w *World) Team(name, unitCode string) (entrant.Entrant, person.Actor) {
	w.tb.Helper()
	ctx := w.tb.Context()
	actor := person.NewActor(person.Actor{ID: w.IDs.New(), HomeUnit: w.Unit(unitCode)}, w.Tree)
	e, err := w.Entrants.Register(ctx, actor, entrant.RegisterInput{
		Challenge: w.Challenge.ID, Division: challenge.Collective, Name: name, Unit: w.Unit(unitCode), Members: 20,
		FullName: "Trần Thị Mẫu", BirthDate: "1990-02-03", Phone: "0912 345 678", Email: "doi@example.org",
		Rules: 1, Consents: []entrant.ConsentInput{
			{Giver: entrant.Self, Purpose: entrant.Participation}, {Giver: entrant.Self, Purpose: entrant.ShowPhotos},
		},
	})
	w.must(err)
	e, err = w.Entrants.Decide(ctx, w.Board, e.ID, entrant.Approve, "")
	w.must(err)
	actor.Represents = []ident.ID{e.ID}
	return e, actor
}

// Cleanup announces a clean-up of the team from 7 to 9 on a morning of June 2024 and leaves the clock alone. The
// place is the ward under the code.
func (w *World) Cleanup(actor person.Actor, unitCode string, day int) cleanup.Cleanup {
	w.tb.Helper()
	c, err := w.Cleanups.Create(w.tb.Context(), actor, cleanup.CreateInput{
		Entrant: actor.Represents[0], Announce: true, Plan: cleanup.Plan{
			Unit: w.Unit(unitCode), Place: "Bãi bồi ven sông", Point: &geo.Point{Lat: 16.4, Lon: 107.5}, Expected: 20,
			StartsAt: clock.Date(2024, time.June, day, 7, 0), EndsAt: clock.Date(2024, time.June, day, 9, 0),
		},
	})
	w.must(err)
	return c
}

func (w *World) must(err error) {
	w.tb.Helper()
	if err != nil {
		w.tb.Fatal(err)
	}
}
