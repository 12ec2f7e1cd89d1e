package progress_test

import (
	"context"
	"fmt"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
)

// juneByJuly is the plan of the town for one report of June.
func juneByJuly(w *progresstest.World) progress.Schedule {
	return progress.Schedule{Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-03"}
}

// letters counts the letters of a unit: a report drafted twice would be two.
func letters(t *testing.T, w *progresstest.World, of ident.ID) int {
	t.Helper()
	all, err := w.Letters.List(t.Context(), person.SystemActor, of, 100)
	w.Must(err)
	return len(all)
}

// TestAReportOfAPlannedRoundGoesToWhoPlannedIt: nobody else can be chosen for it, or the round would stay late and be drafted again; a
// report that nobody planned goes to whom the clerk chooses.
func TestAReportOfAPlannedRoundGoesToWhoPlannedIt(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u, office := w.Of(ward), w.Of("480.VHTT")
		clerk := w.Actor(person.Clerk, u)
		planner := func(round progress.DueRound) ident.ID {
			t.Helper()
			to, err := w.Progress.Planner(t.Context(), clerk, u.ID, about(w), round)
			w.Must(err)
			return to.ID
		}
		final := progress.DueRound{Round: progress.Final, Period: june}
		if got := planner(final); got != "" {
			t.Errorf("%s planned before anybody did", got)
		}
		_, err := w.Progress.Plan(t.Context(), w.Actor(person.Clerk, w.Town), juneByJuly(w))
		w.Must(err)
		if got := planner(final); got != w.Town.ID {
			t.Errorf("it was planned by %q", got)
		}
		demand := progress.DueRound{Round: progress.OnDemand, Period: june}
		if got := planner(demand); got != "" {
			t.Errorf("what nobody planned was planned by %q", got)
		}

		in := progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june, To: office.ID}
		_, err = w.Progress.Draft(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Invalid, "progress.fault.planned")
		in.To = w.Town.ID
		r, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		if r.Above != w.Town.ID || r.Due != "2024-07-03" {
			t.Errorf("it goes to %s by %s", r.Above, r.Due)
		}
		w.Issue(r)
		_, err = w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
		w.Must(err)

		in.Round, in.To, in.Due = progress.OnDemand, office.ID, "2024-07-03" // the form had a planned round before
		other, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		if other.Above != office.ID || other.Due != "" {
			t.Errorf("the one on demand goes to %s by %q", other.Above, other.Due)
		}

		before := letters(t, w, u.ID)
		w.Must(w.Progress.DraftDue(t.Context()))
		owed, err := w.Progress.Expected(t.Context(), clerk, u.ID)
		w.Must(err)
		if len(owed) != 1 || !owed[0].Met() || letters(t, w, u.ID) != before {
			t.Errorf("%d are owed, with %d letters after %d", len(owed), letters(t, w, u.ID), before)
		}

		_, err = w.Progress.SendBack(t.Context(), w.Actor(person.Clerk, w.Town), r.ID, "Thiếu ảnh.")
		w.Must(err)
		in = progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june, To: office.ID}
		_, err = w.Progress.Draft(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Invalid, "progress.fault.planned")
	})
}

// TestADraftThatIsPlannedLaterGoesToWhoPlannedIt: it was to go elsewhere before anybody asked for it.
func TestADraftThatIsPlannedLaterGoesToWhoPlannedIt(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u, office := w.Of(ward), w.Of("480.VHTT")
		clerk := w.Actor(person.Clerk, u)
		r, err := w.Progress.Draft(t.Context(), clerk, progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june, To: office.ID})
		w.Must(err)
		if r.Above != office.ID {
			t.Fatalf("it goes to %s", r.Above)
		}
		_, err = w.Progress.Plan(t.Context(), w.Actor(person.Clerk, w.Town), juneByJuly(w))
		w.Must(err)
		before := letters(t, w, u.ID)
		for range 2 {
			w.Must(w.Progress.DraftDue(t.Context()))
		}
		owed, err := w.Progress.Expected(t.Context(), clerk, u.ID)
		w.Must(err)
		l, err := w.Letters.Get(t.Context(), clerk, r.ID)
		w.Must(err)
		if len(owed) != 1 || owed[0].Report == nil || owed[0].Report.ID != r.ID || owed[0].Report.Due != "2024-07-03" ||
			l.Document.Addressees[0] != w.Town.Organ() || letters(t, w, u.ID) != before {
			t.Errorf("%d are owed, the draft goes to %v, %d letters after %d", len(owed), l.Document.Addressees, letters(t, w, u.ID), before)
		}
	})
}

// TestAReportAndItsLetterAreReaddressedTogether, whichever of both cannot be written.
func TestAReportAndItsLetterAreReaddressedTogether(t *testing.T) {
	for _, table := range []string{"letter", "progress_report"} {
		t.Run(table, func(t *testing.T) {
			testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
				w := townInJune(t, db, clk)
				u, office := w.Of(ward), w.Of("480.VHTT")
				clerk := w.Actor(person.Clerk, u)
				in := progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.OnDemand, Period: june}
				r, err := w.Progress.Draft(t.Context(), clerk, in)
				w.Must(err)
				before, err := w.Letters.Get(t.Context(), clerk, r.ID)
				w.Must(err)
				refuse(t, db, table)
				in.To = office.ID
				if _, err := w.Progress.Draft(t.Context(), clerk, in); err == nil {
					t.Fatal("it was written although it could not be")
				}
				detail, err := w.Progress.Get(t.Context(), clerk, r.ID)
				w.Must(err)
				if detail.Above != w.Town.ID || detail.Report.Version != r.Version || detail.Document.Version != before.Version ||
					detail.Document.Document.Addressees[0] != w.Town.Organ() {
					t.Errorf("the report (version %d) goes to %s, its letter (version %d) to %v", detail.Report.Version, detail.Above,
						detail.Document.Version, detail.Document.Document.Addressees)
				}
			})
		})
	}
}

// refuse has the engine refuse every change of a table's rows.
func refuse(t *testing.T, db *database.DB, table string) {
	t.Helper()
	statements := []string{fmt.Sprintf(`CREATE TRIGGER refuse BEFORE UPDATE OF version ON %s WHEN new.version <> old.version BEGIN SELECT RAISE(ABORT, 'refused'); END`, table)}
	if db.Engine() == database.Postgres {
		statements = []string{
			`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
			fmt.Sprintf(`CREATE TRIGGER refuse BEFORE UPDATE ON %s FOR EACH ROW WHEN (new.version <> old.version) EXECUTE FUNCTION refuse()`, table),
		}
	}
	err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, statement := range statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
