// Package challengetest gives tests a challenge with its board, made through the services.
package challengetest

import (
	"crypto/ed25519"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// Province is the code of the unit that holds the challenges of tests.
const Province = "46"

// World is a database with the built-in units and a board.
type World struct {
	DB         *database.DB
	Clock      *clock.Set
	IDs        *ident.Generator
	Log        *audit.Log
	Queue      *jobs.Queue
	Units      *unit.Service
	Tree       *unit.Tree
	Challenges *challenge.Service
	Board      person.Actor

	TB testing.TB
}

// New returns a world on an empty database. No challenge exists yet.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	tb.Helper()
	w := &World{DB: db, Clock: clk, IDs: testkit.Seeded(clk, 3), Queue: jobs.New(db, jobs.Config{}), TB: tb}
	signer, err := audit.NewSigner("test.invalid", [ed25519.SeedSize]byte{1})
	w.Must(err)
	w.Log = audit.New(db, signer)
	files, err := blob.OpenFolder(tb.TempDir())
	w.Must(err)
	tb.Cleanup(func() { _ = files.Close() }) // the folder goes with the test
	w.Units = unit.NewService(db, w.Log, w.IDs)
	_, err = w.Units.Import(tb.Context(), person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce})
	w.Must(err)
	w.Tree, err = w.Units.Today(tb.Context())
	w.Must(err)
	w.Challenges = challenge.NewService(db, w.Log, w.Queue, w.IDs, w.Units, files)
	w.Board = w.Person(Province, person.Board)
	return w
}

// Person returns somebody new of the unit under a code, who holds the roles there.
func (w *World) Person(unitCode string, roles ...person.Role) person.Actor {
	w.TB.Helper()
	a := person.Actor{ID: w.IDs.New(), HomeUnit: w.Unit(unitCode)}
	for _, role := range roles {
		a.Grants = append(a.Grants, person.Grant{Role: role, UnitID: a.HomeUnit})
	}
	return person.NewActor(a, w.Tree)
}

// Unit returns the unit under a code.
func (w *World) Unit(code string) ident.ID {
	w.TB.Helper()
	u, ok := w.Tree.ByCode(code)
	if !ok {
		w.TB.Fatalf("challengetest: no unit %s", code)
	}
	return u.ID
}

// Details describes the challenge of June 2024: clean-ups from the 6th to the 29th, registration to the 20th.
func (w *World) Details() challenge.Details {
	return challenge.Details{
		Title: "Thử thách làm cho thế giới sạch hơn", Slug: "the-gioi-sach-hon-2024",
		Summary:   "Mỗi người một việc nhỏ, cùng dọn sạch nơi mình sống.",
		Organiser: w.Unit(Province), Area: w.Unit(Province),
		Period:       challenge.Days(day(6), day(29)),
		Registration: challenge.Days(day(1), day(20)),
	}
}

func day(n int) time.Time { return clock.Date(2024, time.June, n, 0, 0).Time }

// Draft makes a challenge with rules and a scheme that is ready to be announced; each change is made to the details.
func (w *World) Draft(changes ...func(*challenge.Details)) challenge.Challenge {
	w.TB.Helper()
	details := w.Details()
	for _, change := range changes {
		change(&details)
	}
	ctx := w.TB.Context()
	c, err := w.Challenges.Create(ctx, w.Board, challenge.CreateInput{Details: details})
	w.Must(err)
	_, err = w.Challenges.AddRules(ctx, w.Board, c.ID, "# Thể lệ\n\nAi cũng có thể tham gia.", clock.Time{})
	w.Must(err)
	_, err = w.Challenges.AddScheme(ctx, w.Board, c.ID, []byte(`{"format":1}`), clock.Time{})
	w.Must(err)
	c, err = w.Challenges.ByID(ctx, w.Board, c.ID)
	w.Must(err)
	return c
}

// Announced makes a challenge and announces it.
func (w *World) Announced(changes ...func(*challenge.Details)) challenge.Challenge {
	w.TB.Helper()
	c, err := w.Challenges.Announce(w.TB.Context(), w.Board, w.Draft(changes...).ID)
	w.Must(err)
	return c
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.TB.Helper()
	if err != nil {
		w.TB.Fatal(err)
	}
}
