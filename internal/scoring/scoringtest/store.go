package scoringtest

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
)

// World is a running challenge in a database, whose entrants and reports were put there row by row: large contests
// take seconds that way, and a test decides about every state itself.
type World struct {
	DB         *database.DB
	Log        *audit.Log
	Challenges *challenge.Service
	Reports    *report.Service
	Scores     *scoring.Service

	Challenge ident.ID
	Board     person.Actor // a member of the organiser's board
	Officer   person.Actor // a clerk there, who decides nothing about results
}

// Slug is the address of the challenge.
const Slug = "thu-nghiem"

var (
	organiser   = ID(4, 0)
	challengeID = ID(9, 1)
	someone     = ID(8, 1)
)

// NewWorld makes a challenge with the default scheme in an empty database.
func NewWorld(tb testing.TB, db *database.DB) *World {
	tb.Helper()
	w := &World{
		DB: db, Log: audit.New(db, audit.Signer{}), Challenge: challengeID,
		Board:   person.Actor{ID: ID(8, 2), Grants: []person.Grant{{Role: person.Board, UnitID: organiser}}},
		Officer: person.Actor{ID: ID(8, 3), Grants: []person.Grant{{Role: person.Clerk, UnitID: organiser}}},
	}
	ids := ident.NewGenerator(db.Clock())
	queue := jobs.New(db, jobs.Config{})
	w.Challenges = challenge.NewService(db, w.Log, queue, ids, nil, nil)
	w.Reports = report.NewService(report.Needs{DB: db, Log: w.Log, Queue: queue, IDs: ids, Challenges: w.Challenges})
	w.Scores = scoring.NewService(db, w.Challenges)

	scheme, err := scoring.DefaultScheme().Document()
	if err != nil {
		tb.Fatal(err)
	}
	w.write(tb, func(ctx context.Context, tx *database.Tx) {
		var units [][]any
		for i := range 9 {
			units = append(units, []any{
				ID(4, i), fmt.Sprintf("U%d", i), "Đơn vị", "Đơn vị", "district", 2, "2020-01-01", "", "", "don vi", tx.Now(), tx.Now(),
			})
		}
		w.insert(tb, tx, "unit", "id, code, name, full_name, kind, level, valid_from, valid_to, email, folded, created_at, updated_at", units)
		w.insert(tb, tx, "challenge", `id, slug, title, summary, organiser_id, area_id, box, starts_at, ends_at, registration_from,
			registration_until, reporting_until, zone, state, divisions, parameters, rules, scheme, seed_commitment,
			seed, synthetic, announced_at, created_at, updated_at, version`, [][]any{{
			challengeID, Slug, "Cuộc thi thử nghiệm", "", organiser, organiser, "{}",
			clock.Date(2024, time.June, 2, 0, 0), clock.Date(2024, time.July, 1, 0, 0), clock.Date(2024, time.June, 1, 0, 0),
			clock.Date(2024, time.July, 1, 0, 0), clock.Date(2024, time.July, 4, 0, 0), challenge.Zone, challenge.Running,
			database.JSON[challenge.Divisions]{V: challenge.DefaultDivisions()},
			database.JSON[challenge.Parameters]{V: challenge.DefaultParameters()},
			0, 1, challenge.Commitment(Seed), hex.EncodeToString(Seed), true, tx.Now(), tx.Now(), tx.Now(), 1,
		}})
		w.insert(tb, tx, "challenge_scheme", "challenge_id, number, document, since, created_by, created_at",
			[][]any{{challengeID, 1, string(scheme), clock.Date(2024, time.May, 31, 0, 0), someone, tx.Now()}})
	})
	return w
}

// Entrant is an entrant to add. What is left out is an approved collective.
type Entrant struct {
	ID         ident.ID
	Number     int
	Division   challenge.DivisionCode
	State      entrant.State
	NameHidden bool
	NoPhotos   bool       // those in its photos did not agree to be shown
	At         clock.Time // when it registered
}

// Cleanup is a clean-up to add, with its report when Report is not empty.
type Cleanup struct {
	ID, Entrant ident.ID
	State       cleanup.State // announced when empty
	At          clock.Time
	Nowhere     bool // no point on the map

	Report    ident.ID
	Result    report.State // valid when empty
	Figures   report.Figures
	Adjusted  *report.Figures
	SendBacks int64
	Photo     bool
}

// Add writes entrants and clean-ups with their reports, as one change of the challenge.
func (w *World) Add(tb testing.TB, entrants []Entrant, cleanups []Cleanup) {
	tb.Helper()
	w.write(tb, func(ctx context.Context, tx *database.Tx) {
		w.insert(tb, tx, "entrant", `id, challenge_id, number, division, name, folded, unit_id, representative_id, assisted, members,
			name_hidden, duplicate_of, rules, state, reason, decided_by, decided_at, created_at, updated_at`, w.entrantRows(tx, entrants))
		var consents [][]any
		for _, e := range entrants {
			consents = append(consents, []any{e.ID, entrant.Participation, entrant.Self, 1, tx.Now()})
			if !e.NoPhotos {
				consents = append(consents, []any{e.ID, entrant.ShowPhotos, entrant.Self, 1, tx.Now()})
			}
		}
		w.insert(tb, tx, "entrant_consent", "entrant_id, purpose, giver, rules, given_at", consents)
		events, reports, photos := w.cleanupRows(tx, cleanups)
		w.insert(tb, tx, "cleanup", `id, challenge_id, entrant_id, unit_id, place, description, lat, lon, cell, expected, starts_at,
			ends_at, state, reason, announced_at, created_by, created_at, updated_at, version`, events)
		w.insert(tb, tx, "report", `id, cleanup_id, challenge_id, entrant_id, state, version, figures, adjusted, note, hazardous_note,
			send_backs, reason, decided_by, claimed_by, created_by, created_at, updated_at, submitted_at`, reports)
		w.insert(tb, tx, "report_photo", `id, report_id, role, file_name, sha256, size, format, width, height, hash, created_by,
			created_at`, photos)
	})
}

func (w *World) entrantRows(tx *database.Tx, entrants []Entrant) (rows [][]any) {
	for _, e := range entrants {
		name := fmt.Sprintf("Đội số %d", e.Number)
		at := e.At
		if at.IsZero() {
			at = tx.Now()
		}
		rows = append(rows, []any{
			e.ID, challengeID, e.Number, or(e.Division, challenge.Collective), name, strings.ToLower(name), ID(4, e.Number%9),
			someone, false, 10, e.NameHidden, "", 1, or(e.State, entrant.Approved), "", someone, at, at, at,
		})
	}
	return rows
}

func (w *World) cleanupRows(tx *database.Tx, cleanups []Cleanup) (events, reports, photos [][]any) {
	for i, c := range cleanups {
		at := c.At
		if at.IsZero() {
			at = tx.Now()
		}
		var lat, lon, cell, announced any
		if !c.Nowhere {
			p := geo.Point{Lat: 16.4 + float64(i%100)/1000, Lon: 107.5 + float64(i%97)/1000}
			lat, lon, cell = p.Lat, p.Lon, geo.Cell(p)
		}
		state := or(c.State, cleanup.Announced)
		if state != cleanup.Draft {
			announced = at
		}
		events = append(events, []any{
			c.ID, challengeID, c.Entrant, ID(4, i%9), "Bờ sông", "", lat, lon, cell, 10, at, at.Add(2 * time.Hour), state, "",
			announced, someone, at, at, 1,
		})
		if c.Report == "" {
			continue
		}
		var adjusted any
		if c.Adjusted != nil {
			adjusted = database.JSON[report.Figures]{V: *c.Adjusted}
		}
		reports = append(reports, []any{
			c.Report, c.ID, challengeID, c.Entrant, or(c.Result, report.Valid), 1,
			database.JSON[report.Figures]{V: c.Figures},
			adjusted, "", "", c.SendBacks, "", someone, "", someone, at, at, at,
		})
		if c.Photo {
			photos = append(photos, []any{
				ID(5, i), c.Report, report.After, "sau.jpg", fmt.Sprintf("%064d", i), 1000, "jpeg", 1200, 900, i, someone, at,
			})
		}
	}
	return events, reports, photos
}

func or[T ~string](v, otherwise T) T {
	if v == "" {
		return otherwise
	}
	return v
}

// Fill adds the contest of n entrants; see Contest.
func (w *World) Fill(tb testing.TB, n int) {
	tb.Helper()
	ranked, facts := Contest(n)
	entrants := make([]Entrant, n)
	for i, e := range ranked {
		entrants[i] = Entrant{ID: e.ID, Number: i + 1, Division: e.Division, NameHidden: i%10 == 9}
	}
	cleanups := make([]Cleanup, n)
	for i, f := range facts {
		figures := report.Figures{Participants: f.Participants, Minutes: 120, Weights: f.Waste}
		for _, t := range waste.Types() {
			method := waste.Estimated
			if f.Weighed[t.Index()] {
				method = waste.Weighed
			}
			figures.Methods = figures.Methods.With(t, method)
		}
		cleanups[i] = Cleanup{
			ID: f.Cleanup, Entrant: f.Entrant, State: cleanup.Reported, At: f.SubmittedAt, Report: f.Report, Figures: figures,
			SendBacks: f.SendBacks, Photo: true,
		}
	}
	w.Add(tb, entrants, cleanups)
}

// Change executes a statement as some other domain would: in a transaction that leaves an entry in the log.
func (w *World) Change(tb testing.TB, query string, args ...any) {
	tb.Helper()
	w.write(tb, func(ctx context.Context, tx *database.Tx) {
		if _, err := tx.Exec(ctx, query, args...); err != nil {
			tb.Fatal(err)
		}
	})
}

func (w *World) write(tb testing.TB, f func(ctx context.Context, tx *database.Tx)) {
	tb.Helper()
	err := w.DB.Tx(tb.Context(), func(ctx context.Context, tx *database.Tx) error {
		f(ctx, tx)
		return w.Log.Record(ctx, tx, audit.Entry{
			Actor: someone, Action: "test.change", Kind: "challenge", Object: challengeID, Challenge: challengeID,
		})
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func (w *World) insert(tb testing.TB, tx *database.Tx, table, columns string, rows [][]any) {
	tb.Helper()
	const chunk = 10 // SQLite looks up every $n among all of a statement
	for len(rows) > 0 {
		part := rows[:min(chunk, len(rows))]
		rows = rows[len(part):]
		var args []any
		var values []string
		for _, row := range part {
			values = append(values, "("+database.In(len(args)+1, len(row))+")")
			args = append(args, row...)
		}
		query := "INSERT INTO " + table + " (" + columns + ") VALUES " + strings.Join(values, ", ")
		if _, err := tx.Exec(tb.Context(), query, args...); err != nil {
			tb.Fatal(err)
		}
	}
}
