package progress_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/unit"
)

// A country: provinces below the issuer, and communes below them.
const (
	benchUnits = 11_000
	benchAreas = 34
	benchChunk = 200 // rows of one statement
)

// BenchmarkFigures counts the figures of a letter that reached 11,000 units in two tiers, half of which publicised it.
func BenchmarkFigures(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(testkit.Begin)
			w := progresstest.New(b, testkit.DB(b, engine, clk), clk)
			w.Send(ward)
			benchCountry(b, w)
			clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
			leader := w.Actor(person.Leader, w.Town)
			for b.Loop() {
				f, err := w.Progress.Figures(b.Context(), leader, w.Town.ID, about(w), june)
				w.Must(err)
				if f.Total.Units < benchUnits || f.Total.Publicised < benchUnits/2 {
					b.Fatalf("%+v", f.Total)
				}
			}
		})
	}
}

// BenchmarkReport counts, writes and stores the issuer's report.
func BenchmarkReport(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(testkit.Begin)
			w := progresstest.New(b, testkit.DB(b, engine, clk), clk)
			w.Send(ward)
			benchCountry(b, w)
			clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
			clerk := w.Actor(person.Clerk, w.Town)
			p := progress.Period{From: "2024-06-01", To: "2024-06-01"}
			for b.Loop() {
				if p.To = p.To.Next(); p.To > p.From.Plus(300) { // of a period there is one draft
					p.From, p.To = p.From.Plus(-1), p.From
				}
				_, err := w.Progress.Draft(b.Context(), clerk, progress.DraftInput{
					ID: w.IDs.New(), Unit: w.Town.ID, About: about(w), Round: progress.OnDemand, Period: p,
				})
				w.Must(err)
			}
		})
	}
}

// benchCountry writes the rows that the services would, many at once.
func benchCountry(b *testing.B, w *progresstest.World) {
	b.Helper()
	var file strings.Builder
	file.WriteString(`{"units": [`)
	for i := range benchUnits {
		kind, parent, level := "Xã", fmt.Sprintf("B%05d", i%benchAreas), 3
		if i < benchAreas {
			kind, parent, level = "Huyện", "480", 2
		}
		if i > 0 {
			file.WriteByte(',')
		}
		fmt.Fprintf(&file, `{"code": "B%05d", "name": "Mẫu %d", "type": %q, "full_name": "%s Mẫu %d", "level": %d, "parent": %q}`, i, i, kind, kind, i, level, parent)
	}
	_, err := w.Units.Import(b.Context(), person.SystemActor, strings.NewReader(file.String()+"]}"), unit.ImportOptions{ValidFrom: "2024-05-01"})
	w.Must(err)
	w.Tree, err = w.Units.Today(b.Context())
	w.Must(err)
	sent := clock.Date(2024, 6, 6, 9, 0)
	dispatches := rows{w, "dispatch", `id, letter_id, parent_id, sender_id, receiver_id, state, words, sent_at, arrived_at, received_at, receipt_at,
		cooperators, updated_at, sent_by, arrival_year, arrival_number, lead, instruction, outcome, version`, nil}
	duties := rows{w, "dispatch_duty", "dispatch_id, number, text, channels, done_by, note", nil}
	publicity := rows{w, "publicity", "id, dispatch_id, duty_number, channel, at, place, link, times, people, note, file_key, file_name, created_by, created_at", nil}
	ids := make([]any, benchUnits)
	for i := range benchUnits {
		u := w.Of(fmt.Sprintf("B%05d", i))
		ids[i] = w.IDs.New()
		var parent any
		sender := w.Town.ID
		if i >= benchAreas {
			parent, sender = ids[i%benchAreas], w.Of(fmt.Sprintf("B%05d", i%benchAreas)).ID
		}
		dispatches.add(b, ids[i], w.Letter.ID, parent, sender, u.ID, cascade.Received, "", sent, sent, sent, sent, "[]", sent, "u", 0, 0, "", "", "", 1)
		duties.add(b, ids[i], 1, "Thông báo.", "[]", "", "")
		if i%2 == 0 {
			publicity.add(b, w.IDs.New(), ids[i], 0, "loudspeaker", sent, "Cụm loa", "", 2, 300, "", "", "", "u", sent)
		}
	}
	for _, r := range []*rows{&dispatches, &duties, &publicity} {
		r.flush(b)
	}
}

// rows are those of a table that are written together.
type rows struct {
	w              *progresstest.World
	table, columns string
	waiting        [][]any
}

func (r *rows) add(b *testing.B, row ...any) {
	b.Helper()
	if r.waiting = append(r.waiting, row); r.table == "dispatch" && len(r.waiting) == benchChunk {
		r.flush(b)
	}
}

func (r *rows) flush(b *testing.B) {
	b.Helper()
	for from := 0; from < len(r.waiting); from += benchChunk {
		var args []any
		var values []string
		for _, row := range r.waiting[from:min(from+benchChunk, len(r.waiting))] {
			values = append(values, "("+database.In(len(args)+1, len(row))+")")
			args = append(args, row...)
		}
		r.w.Must(r.w.DB.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO "+r.table+" ("+r.columns+") VALUES "+strings.Join(values, ", "), args...)
			return err
		}))
	}
	r.waiting = nil
}
