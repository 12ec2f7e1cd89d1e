package report_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
)

// fieldsOf lists the inputs that an error is about.
func fieldsOf(err error) (names []string) {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for _, field := range f.Fields {
			names = append(names, field.Name)
		}
	}
	return names
}

func TestADraftIsSavedInStepsAndFoundAgain(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		ctx := t.Context()
		_, team := w.Team("Đoàn Tứ Hạ", "19996")
		event := w.Cleanup(team, "19996", 8)
		opened, err := w.Reports.Open(ctx, team, report.OpenInput{ID: w.IDs.New(), Cleanup: event.ID})
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Reports.Open(ctx, team, report.OpenInput{ID: w.IDs.New(), Cleanup: event.ID})
		if err != nil || again.ID != opened.ID {
			t.Fatalf("opened again: %s, %v; want %s", again.ID, err, opened.ID)
		}
		participants, note, weights := int64(12), " Nu\u031bo\u031b\u0301c <script>alert(1)</script>\r\n", waste.Weights{}.With(waste.Glass, 2500)
		if _, err := w.Reports.Save(ctx, team, opened.ID, report.Changes{Participants: &participants}); err != nil {
			t.Fatal(err)
		}
		r, err := w.Reports.Save(ctx, team, opened.ID, report.Changes{Weights: &weights, Note: &note})
		if err != nil {
			t.Fatal(err)
		}
		if r.Figures.Participants != 12 || r.Figures.Weights != weights ||
			r.Note != "Nước <script>alert(1)</script>" { // composed, and kept as it was written: pages escape it
			t.Errorf("saved %+v", r)
		}
		same, err := w.Reports.Save(ctx, team, opened.ID, report.Changes{Weights: &weights})
		if err != nil || same.Version != r.Version {
			t.Errorf("saving nothing new made version %d of %d, %v", same.Version, r.Version, err)
		}
		if _, err := w.Reports.Save(ctx, team, opened.ID, report.Changes{Version: r.Version - 1, Participants: new(int64)}); !errors.Is(err, fault.Conflict) {
			t.Errorf("an old version was written over a new one: %v", err)
		}

		tooMany, tooLong, heavy := int64(1_000_000), strings.Repeat("ă", 4001), waste.Weights{}.With(waste.Paper, -1).With(waste.Metal, 50_000_001)
		_, err = w.Reports.Save(ctx, team, opened.ID, report.Changes{Participants: &tooMany, HazardousNote: &tooLong, Weights: &heavy})
		if d := cmp.Diff([]string{"hazardous_note", "participants", "weight.metal", "weight.paper"}, fieldsOf(err)); d != "" {
			t.Errorf("faults -want +got\n%s", d)
		}
		found, err := w.Reports.ByCleanup(ctx, team, event.ID)
		if err != nil || found.Figures != r.Figures || found.HazardousNote != "" {
			t.Errorf("after a refusal the draft is %+v, %v", found.Report, err)
		}

		missing, err := w.Reports.Check(ctx, team, opened.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Reports.Submit(ctx, team, report.SubmitInput{Report: opened.ID})
		want := []string{"due", "method.glass", "minutes", "photos.before", "photos.after"}
		if d := cmp.Diff(want, fieldsOf(err)); d != "" {
			t.Errorf("faults -want +got\n%s", d)
		}
		if d := cmp.Diff(want, fieldsOf(missing.Err())); d != "" {
			t.Errorf("the check beforehand -want +got\n%s", d)
		}
		clk.Set(event.EndsAt.Add(72 * time.Hour).Time)
		if _, err = w.Reports.Submit(ctx, team, report.SubmitInput{Report: opened.ID}); fieldsOf(err)[0] != "due" {
			t.Errorf("sent in three days late: %v", err)
		}
	})
}

func TestWhoMayWhat(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		ctx := t.Context()
		_, team := w.Team("Đoàn Tứ Hạ", "19996")
		_, stranger := w.Team("Đoàn Hương Xuân", "20017")
		event := w.Cleanup(team, "19996", 8)
		r := w.Submitted(team, event, reporttest.Figures(), 1)
		v, err := w.Reports.Get(ctx, team, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		photo := v.Photos[0].ID
		clerk := person.NewActor(person.Actor{ID: w.IDs.New(), Grants: []person.Grant{{Role: person.Clerk, UnitID: w.Unit("19996")}}}, w.Tree)
		farClerk := person.NewActor(person.Actor{ID: w.IDs.New(), Grants: []person.Grant{{Role: person.Clerk, UnitID: w.Unit("20017")}}}, w.Tree)

		open := func(size report.Size) func(person.Actor) error {
			return func(a person.Actor) error {
				f, err := w.Reports.OpenPhoto(ctx, a, photo, size)
				if err == nil {
					return f.Close()
				}
				return err
			}
		}
		uses := map[string]func(person.Actor) error{
			"read":     func(a person.Actor) error { _, err := w.Reports.Get(ctx, a, r.ID); return err },
			"original": open(report.Original),
			"large":    open(report.Large),
			"save":     func(a person.Actor) error { _, err := w.Reports.Save(ctx, a, r.ID, report.Changes{}); return err },
			"open": func(a person.Actor) error {
				_, err := w.Reports.Open(ctx, a, report.OpenInput{Cleanup: event.ID})
				return err
			},
			"remove": func(a person.Actor) error { return w.Reports.RemovePhoto(ctx, a, r.ID, photo) },
			"claim":  func(a person.Actor) error { _, err := w.Reports.Claim(ctx, a, r.ID); return err },
			"queue": func(a person.Actor) error {
				_, err := w.Reports.Queue(ctx, a, report.QueueInput{Challenge: w.Challenge.ID})
				return err
			},
			"appeal": func(a person.Actor) error {
				_, err := w.Reports.Appeal(ctx, a, report.AppealInput{Report: r.ID, Reason: "Chúng tôi không đồng ý"})
				return err
			},
		}
		const gone, no, who, ok, late = fault.NotFound, fault.Forbidden, fault.Unauthenticated, fault.Kind(""), fault.Conflict
		actors := map[string]person.Actor{"team": team, "stranger": stranger, "anybody": {}, "clerk": clerk, "far clerk": farClerk, "board": w.Board}
		for use, want := range map[string]map[string]fault.Kind{
			"read":     {"team": ok, "stranger": gone, "anybody": who, "clerk": ok, "far clerk": gone, "board": ok},
			"original": {"team": ok, "stranger": gone, "anybody": who, "clerk": no, "far clerk": gone, "board": ok},
			"large":    {"team": ok, "stranger": gone, "anybody": who, "clerk": ok, "far clerk": gone, "board": ok},
			"save":     {"team": late, "stranger": gone, "anybody": who, "clerk": late, "far clerk": gone, "board": no},
			"open":     {"team": ok, "stranger": no, "anybody": who, "clerk": ok, "far clerk": no, "board": no},
			"remove":   {"team": late, "stranger": gone, "anybody": who, "clerk": late, "far clerk": gone, "board": no},
			"claim":    {"team": no, "stranger": gone, "anybody": who, "clerk": no, "far clerk": gone, "board": ok},
			"queue":    {"team": no, "stranger": no, "anybody": who, "clerk": no, "far clerk": no, "board": ok},
			"appeal":   {"team": late, "stranger": gone, "anybody": who, "clerk": no, "far clerk": gone, "board": no},
		} {
			for name, kind := range want {
				err := uses[use](actors[name])
				if fault.KindOf(err) != kind || err != nil && kind == ok {
					t.Errorf("%s by %s: %v, want %q", use, name, err, kind)
				}
			}
		}
		if _, err := w.Reports.Get(ctx, team, ident.ID("018fe000-0000-7000-8000-000000000000")); !errors.Is(err, fault.NotFound) {
			t.Errorf("an identifier of nothing: %v", err)
		}
	})
}
