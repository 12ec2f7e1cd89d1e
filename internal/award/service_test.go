package award_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"sync"
	"testing"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/testkit"
)

// judged is a challenge that is ready for its results.
func judged(t *testing.T, db *database.DB) (*scoringtest.World, *award.Service) {
	t.Helper()
	w := scoringtest.NewWorld(t, db)
	w.Fill(t, 40)
	w.Change(t, `UPDATE challenge SET state = $1 WHERE id = $2`, challenge.Judging, w.Challenge)
	return w, award.NewService(db, w.Log, ident.NewGenerator(db.Clock()), w.Challenges, w.Reports, w.Scores)
}

func TestPublish(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w, s := judged(t, db)
		ctx, nobody := t.Context(), person.Actor{}
		if _, err := s.Latest(ctx, nobody, w.Challenge); !errors.Is(err, fault.NotFound) {
			t.Errorf("before publishing: %v", err)
		}
		head, _, err := w.Log.ChallengeHead(ctx, db, w.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		in := award.PublishInput{ID: scoringtest.ID(6, 1), Challenge: w.Challenge}
		p, err := s.Publish(ctx, w.Board, in)
		if err != nil {
			t.Fatal(err)
		}
		if err := award.Verify(p); err != nil {
			t.Error(err)
		}
		d, err := award.Read(p.Document)
		if err != nil {
			t.Fatal(err)
		}
		if d.Seed != hex.EncodeToString(scoringtest.Seed) || d.Log.Sequence != head || d.Number != 1 || d.Scheme.Number != 1 {
			t.Errorf("seed %s, log %d, number %d, scheme %d", d.Seed, d.Log.Sequence, d.Number, d.Scheme.Number)
		}
		if c, err := w.Challenges.ByID(ctx, nobody, w.Challenge); err != nil || c.State != challenge.Published || c.Seed == "" {
			t.Errorf("the challenge is %s with seed %q, %v", c.State, c.Seed, err)
		}

		again, err := s.Publish(ctx, w.Board, in)
		if err != nil || !bytes.Equal(again.Document, p.Document) {
			t.Errorf("the same input again: %v", err)
		}
		if all, err := s.List(ctx, nobody, w.Challenge); err != nil || len(all) != 1 {
			t.Errorf("%d publications, %v", len(all), err)
		}
		records, err := w.Log.Of(ctx, db, p.ID)
		if err != nil || len(records) != 1 || records[0].Action != string(person.ActionAwardPublish) ||
			records[0].After != `{"number":1,"sha256":"`+p.SHA256+`"}` {
			t.Errorf("audit: %+v, %v", records, err)
		}
	})
}

func TestLaterChangesDoNotMoveResults(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w, s := judged(t, db)
		ctx := t.Context()
		first, err := s.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge})
		if err != nil {
			t.Fatal(err)
		}
		w.Change(t, `UPDATE report SET state = $1 WHERE id = $2`, report.Invalid, scoringtest.ID(2, 3))
		w.Change(t, `UPDATE entrant SET name = 'Tên khác' WHERE number = 1`)
		kept, err := s.Latest(ctx, person.Actor{}, w.Challenge)
		if err != nil || !bytes.Equal(kept.Document, first.Document) {
			t.Errorf("the publication moved: %v", err)
		}

		var fields *fault.Error
		_, err = s.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge, Reason: " vì  sai "})
		if !errors.As(err, &fields) || !errors.Is(err, fault.Invalid) || fields.Fields[0].Name != "reason" {
			t.Errorf("a correction without a reason: %v", err)
		}
		second, err := s.Publish(ctx, w.Board, award.PublishInput{
			Challenge: w.Challenge, Reason: "Một báo cáo dùng lại ảnh của buổi ra quân khác.",
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := award.Verify(second); err != nil {
			t.Error(err)
		}
		d, err := award.Read(second.Document)
		if err != nil || d.Replaces != first.SHA256 || d.Number != 2 || len(d.Reports) != 39 || d.Reason != second.Reason {
			t.Errorf("number %d replaces %s with %d reports, %v", d.Number, d.Replaces, len(d.Reports), err)
		}
		old, err := s.ByNumber(ctx, person.Actor{}, w.Challenge, 1)
		if err != nil || !bytes.Equal(old.Document, first.Document) || old.SHA256 != first.SHA256 {
			t.Errorf("the first publication is no longer readable: %v", err)
		}
		if all, err := s.List(ctx, person.Actor{}, w.Challenge); err != nil || len(all) != 2 || all[0].Number != 2 {
			t.Errorf("publications %+v, %v", all, err)
		}
	})
}

func TestWhoMayPublishAndWhen(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, s := judged(t, db)
		ctx := t.Context()
		in := award.PublishInput{Challenge: w.Challenge}
		for _, c := range []struct {
			name  string
			actor person.Actor
			want  error
		}{
			{"nobody", person.Actor{}, fault.Unauthenticated},
			{"a clerk", w.Officer, fault.Forbidden},
			{"another board", person.Actor{ID: w.Board.ID, Grants: []person.Grant{{Role: person.Board, UnitID: scoringtest.ID(4, 1)}}}, fault.Forbidden},
		} {
			if _, err := s.Publish(ctx, c.actor, in); !errors.Is(err, c.want) {
				t.Errorf("%s publishes: %v", c.name, err)
			}
			if _, err := s.Preview(ctx, c.actor, w.Challenge); !errors.Is(err, c.want) {
				t.Errorf("%s sees the preview: %v", c.name, err)
			}
		}
		if _, err := s.Publish(ctx, w.Board, award.PublishInput{Challenge: scoringtest.ID(9, 9)}); !errors.Is(err, fault.NotFound) {
			t.Errorf("no such challenge: %v", err)
		}

		w.Change(t, `UPDATE report SET state = $1 WHERE id = $2`, report.Appealed, scoringtest.ID(2, 3))
		if _, err := s.Publish(ctx, w.Board, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("with an undecided report: %v", err)
		}
		preview, err := s.Preview(ctx, w.Board, w.Challenge)
		if err != nil || preview.Undecided != 1 || preview.Document.Seed != "" || len(preview.Document.Tables) != 2 {
			t.Errorf("preview: %d undecided, seed %q, %v", preview.Undecided, preview.Document.Seed, err)
		}
		w.Change(t, `UPDATE report SET state = $1, deadline = $2 WHERE id = $3`, report.SentBack, clk.Now().UnixMicro()+1, scoringtest.ID(2, 3))
		if _, err := s.Publish(ctx, w.Board, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("with a report that is being mended: %v", err)
		}
		w.Change(t, `UPDATE report SET state = $1 WHERE id = $2`, report.Dismissed, scoringtest.ID(2, 3))

		w.Change(t, `UPDATE challenge SET state = $1 WHERE id = $2`, challenge.Running, w.Challenge)
		if _, err := s.Publish(ctx, w.Board, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("while the challenge runs: %v", err)
		}
		if _, err := s.Latest(ctx, person.Actor{}, w.Challenge); !errors.Is(err, fault.NotFound) {
			t.Errorf("something was published: %v", err)
		}
	})
}

// TestTwoCorrectionsAtOnce sends one correction from two hands; whoever comes second is told, or corrects the
// correction, but no number is given twice.
func TestTwoCorrectionsAtOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w, s := judged(t, db)
		ctx := t.Context()
		if _, err := s.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge}); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			group.Go(func() {
				_, errs[i] = s.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge, Reason: "Đính chính cùng một lúc"})
			})
		}
		group.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if k := fault.KindOf(err); k != fault.Conflict && k != fault.Unavailable {
				t.Errorf("an unexpected error: %v", err)
			}
		}
		all, err := s.List(ctx, person.Actor{}, w.Challenge)
		if err != nil || done == 0 || len(all) != 1+done {
			t.Fatalf("%d corrections succeeded, %d publications, %v", done, len(all), err)
		}
		for i, p := range all {
			if p.Number != len(all)-i {
				t.Errorf("publication %d has number %d", len(all)-i, p.Number)
			}
		}
	})
}
