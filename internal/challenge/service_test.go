package challenge_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/challenge/challengetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func eachEngine(t *testing.T, f func(t *testing.T, w *challengetest.World)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, challengetest.New(t, db, clk)) })
}

func TestDraftIsTheBoardsOnly(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		c := w.Draft()
		if c.State != challenge.Draft || c.Rules != 1 || c.Scheme != 1 || c.Version != 1 || len(c.Divisions) != 2 {
			t.Fatalf("draft %+v", c)
		}
		for _, who := range []person.Actor{{}, w.Person(challengetest.Province, person.Clerk), w.Person("480", person.Board)} {
			if _, err := w.Challenges.BySlug(ctx, who, c.Slug); !errors.Is(err, fault.NotFound) {
				t.Errorf("somebody else asks for a draft: %v", err)
			}
			if _, err := w.Challenges.Announce(ctx, who, c.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("somebody else announces a draft: %v", err)
			}
		}
		if list, err := w.Challenges.List(ctx, person.Actor{}); err != nil || len(list) != 0 {
			t.Errorf("the public lists %d, %v", len(list), err)
		}
		if _, ok, err := w.Challenges.Current(ctx); ok || err != nil {
			t.Errorf("a draft is the current challenge: %v", err)
		}
		if list, err := w.Challenges.List(ctx, w.Board); err != nil || len(list) != 1 {
			t.Errorf("the board lists %d, %v", len(list), err)
		}
		if _, err := w.Challenges.Create(ctx, person.Actor{}, challenge.CreateInput{Details: w.Details()}); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("anonymous creates: %v", err)
		}
	})
}

func TestCreateTwice(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		in := challenge.CreateInput{ID: w.IDs.New(), Details: w.Details()}
		first, err := w.Challenges.Create(ctx, w.Board, in)
		w.Must(err)
		again, err := w.Challenges.Create(ctx, w.Board, in)
		if err != nil || again.ID != first.ID || again.Version != first.Version {
			t.Fatalf("sent again: %+v, %v", again, err)
		}
		in.ID = w.IDs.New()
		_, err = w.Challenges.Create(ctx, w.Board, in)
		if got := faulttest.Fields(err); !slices.Equal(got, []string{"slug challenge.fault.slugTaken"}) {
			t.Errorf("the same address twice: %v", err)
		}
	})
}

func TestBadDetails(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		for name, test := range map[string]struct {
			change func(*challenge.Details)
			want   string
		}{
			"no title":             {func(d *challenge.Details) { d.Title = "\u200f  " }, "title challenge.fault.empty"},
			"5,000 letters":        {func(d *challenge.Details) { d.Title = strings.Repeat("ă", 5000) }, "title challenge.fault.long"},
			"odd address":          {func(d *challenge.Details) { d.Slug = "Thế-giới" }, "slug challenge.fault.slug"},
			"unknown organiser":    {func(d *challenge.Details) { d.Area = w.IDs.New() }, "area challenge.fault.area"},
			"an agency as area":    {func(d *challenge.Details) { d.Area = w.Unit("46.STTTT") }, "area challenge.fault.area"},
			"end before start":     {func(d *challenge.Details) { d.Period.From, d.Period.Until = d.Period.Until, d.Period.From }, "period challenge.fault.periodOrder"},
			"registers afterwards": {func(d *challenge.Details) { d.Registration.Until = d.Period.Until.Add(time.Hour) }, "registration challenge.fault.registrationPeriod"},
			"reports before end":   {func(d *challenge.Details) { d.ReportingUntil = d.Period.From }, "reporting_until challenge.fault.reportingOrder"},
			"a division twice": {func(d *challenge.Details) {
				d.Divisions = append(challenge.DefaultDivisions(), d.Divisions...)
				d.Divisions[1].Code = challenge.Collective
			}, "divisions challenge.fault.divisions"},
			"a prize below nothing": {func(d *challenge.Details) {
				d.Divisions = challenge.DefaultDivisions()
				d.Divisions[0].Prizes[0].Amount = -1
			}, "prizes.collective challenge.fault.prize"},
			"72,000 hours": {func(d *challenge.Details) {
				d.Parameters = challenge.DefaultParameters()
				d.Parameters.ReportWithinHours = 72_000
			}, "report_within_hours challenge.fault.figure"},
		} {
			d := w.Details()
			test.change(&d)
			_, err := w.Challenges.Create(t.Context(), w.Board, challenge.CreateInput{Details: d})
			if !errors.Is(err, fault.Invalid) || !slices.Contains(faulttest.Fields(err), test.want) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		d := w.Details()
		d.Title = "<script>Huê\u0301</script>" // NFD, kept as text
		c, err := w.Challenges.Create(t.Context(), w.Board, challenge.CreateInput{Details: d})
		if err != nil || c.Title != "<script>Huế</script>" {
			t.Errorf("title %q, %v", c.Title, err)
		}
	})
}

func TestLifeOfAChallenge(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		w.Clock.Set(clock.Date(2024, time.May, 31, 8, 0).Time)
		c := w.Announced()
		if c.State != challenge.Announced || c.AnnouncedAt.IsZero() || len(c.SeedCommitment) != 64 || c.Seed != "" {
			t.Fatalf("announced %+v", c)
		}
		if _, err := w.Challenges.Announce(ctx, w.Board, c.ID); !errors.Is(err, fault.Conflict) {
			t.Errorf("announced twice: %v", err)
		}
		if _, err := w.Challenges.Advance(ctx, w.Board, c.ID, challenge.Judge); !errors.Is(err, fault.Conflict) {
			t.Errorf("judged before it ran: %v", err)
		}
		w.Clock.Set(june(6, 8).Time)
		w.Must(w.Queue.Drain(ctx))
		if c, _ = w.Challenges.BySlug(ctx, person.Actor{}, c.Slug); c.State != challenge.Running {
			t.Errorf("the periodic job left it %s", c.State)
		}
		// No job has run when the board goes on.
		w.Clock.Set(clock.Date(2024, time.July, 4, 8, 0).Time)
		c, err := w.Challenges.Advance(ctx, w.Board, c.ID, challenge.Judge)
		if err != nil || c.State != challenge.Judging {
			t.Fatalf("judging: %s, %v", c.State, err)
		}
		if _, err := w.Challenges.AddRules(ctx, w.Board, c.ID, "Thể lệ khác", clock.Time{}); !errors.Is(err, fault.Conflict) {
			t.Errorf("rules changed while judging: %v", err)
		}
		if _, err := w.Challenges.Advance(ctx, w.Board, c.ID, challenge.Publish); !errors.Is(err, fault.Conflict) {
			t.Errorf("published without results: %v", err)
		}
		for range 2 { // a correction publishes again
			w.Must(w.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return w.Challenges.Publish(ctx, tx, w.Board, c.ID) }))
		}
		c, err = w.Challenges.ByID(ctx, person.Actor{}, c.ID)
		w.Must(err)
		seed, err := hex.DecodeString(c.Seed)
		if err != nil || challenge.Commitment(seed) != c.SeedCommitment || c.State != challenge.Published {
			t.Errorf("published %s, seed %q, commitment %s", c.State, c.Seed, c.SeedCommitment)
		}
		c, err = w.Challenges.Advance(ctx, w.Board, c.ID, challenge.Archive)
		if err != nil || c.State != challenge.Archived {
			t.Errorf("archived: %s, %v", c.State, err)
		}
		records, err := w.Log.Of(ctx, w.DB, c.ID)
		w.Must(err)
		var actions []string
		for _, r := range records {
			actions = append(actions, strings.TrimPrefix(r.Action, "challenge."))
		}
		slices.Sort(actions)
		want := "announce archive close_reporting create judge open_registration publish rules scheme seed start"
		if got := strings.Join(actions, " "); got != want {
			t.Errorf("the log has %s, want %s", got, want)
		}
	})
}

func TestTermsAreFixedOnceAnnounced(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		c := w.Announced() // on the 6th, when it begins at once
		in := challenge.UpdateInput{Version: c.Version, Details: w.Details()}
		in.Divisions, in.Parameters, in.ReportingUntil = c.Divisions, c.Parameters, c.ReportingUntil
		bad := in
		bad.Parameters.ReportWithinHours = 24
		bad.Period.From = june(8, 0)
		bad.Registration.Until = june(5, 0)
		_, err := w.Challenges.Update(ctx, w.Board, c.ID, bad)
		want := []string{"parameters challenge.fault.fixed", "period challenge.fault.datePassed", "registration challenge.fault.dateInPast"}
		if got := faulttest.Fields(err); !slices.Equal(got, want) {
			t.Errorf("faults %v, want %v", got, want)
		}
		in.Title, in.Registration.Until = "Thế giới sạch hơn", june(25, 0)
		c, err = w.Challenges.Update(ctx, w.Board, c.ID, in)
		if err != nil || c.Title != in.Title || c.Registration.Until != june(25, 0) || c.Version != in.Version+1 {
			t.Errorf("extended: %+v, %v", c, err)
		}
		if _, err := w.Challenges.Update(ctx, w.Board, c.ID, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("an old version was written over a new one: %v", err)
		}
		if _, err := w.Challenges.Update(ctx, w.Person("480", person.Board), c.ID, in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("another board changed it: %v", err)
		}
	})
}

func TestRulesAndSchemesAreNumbered(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		c, err := w.Challenges.Create(ctx, w.Board, challenge.CreateInput{Details: w.Details()})
		w.Must(err)
		_, err = w.Challenges.Announce(ctx, w.Board, c.ID)
		if got := faulttest.Fields(err); !slices.Equal(got, []string{"rules challenge.fault.noRules", "scheme challenge.fault.noScheme"}) {
			t.Errorf("announced without rules: %v", err)
		}
		if _, err := w.Challenges.AddScheme(ctx, w.Board, c.ID, []byte("{"), clock.Time{}); !errors.Is(err, fault.Invalid) {
			t.Errorf("a broken scheme: %v", err)
		}
		if _, err := w.Challenges.AddRules(ctx, w.Board, c.ID, " \n ", clock.Time{}); !errors.Is(err, fault.Invalid) {
			t.Errorf("empty rules: %v", err)
		}
		now := clock.At(w.Clock.Now())
		for i, text := range []string{"Một", "Một", "Hai"} {
			v, err := w.Challenges.AddRules(ctx, w.Board, c.ID, text, clock.Time{})
			if want := []int{1, 1, 2}[i]; err != nil || v.Number != want {
				t.Fatalf("rules %q are number %d, %v; want %d", text, v.Number, err, want)
			}
		}
		v, err := w.Challenges.AddRules(ctx, w.Board, c.ID, "Ba", now.Add(24*time.Hour))
		if err != nil || v.Number != 3 {
			t.Fatalf("rules of tomorrow: %d, %v", v.Number, err)
		}
		if v, err = w.Challenges.RulesAt(ctx, w.DB, c.ID, now); err != nil || v.Text != "Hai" {
			t.Errorf("today's rules are %q, %v", v.Text, err)
		}
		if all, err := w.Challenges.Rules(ctx, w.Board, c.ID); err != nil || len(all) != 3 || all[0].Text != "Ba" {
			t.Errorf("all rules: %v, %v", all, err)
		}
		if _, err := w.Challenges.SchemeAt(ctx, w.DB, c.ID, now); !errors.Is(err, fault.NotFound) {
			t.Errorf("a scheme from nowhere: %v", err)
		}
		s, err := w.Challenges.AddScheme(ctx, w.Board, c.ID, []byte(`{"a":1}`), clock.Time{})
		w.Must(err)
		if got, err := w.Challenges.SchemeAt(ctx, w.DB, c.ID, now); err != nil || got != s {
			t.Errorf("scheme %+v, %v; want %+v", got, err, s)
		}
	})
}

func TestDocuments(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		ctx := t.Context()
		c := w.Announced()
		in := func() challenge.DocumentInput {
			return challenge.DocumentInput{
				ID: "01900000-0000-7000-8000-000000000001", Kind: challenge.PlanDocument,
				Title: "Kế hoạch", Symbol: "1518/KH-STTTT", FileName: `C:\tài liệu\Kê\u0301 hoạch.pdf`, Content: strings.NewReader("%PDF-1.7 …"),
			}
		}
		nfd := in()
		nfd.FileName = "Kê\u0301 hoạch.pdf"
		d, err := w.Challenges.AddDocument(ctx, w.Board, c.ID, nfd)
		if err != nil || d.FileName != "Kế hoạch.pdf" || d.MediaType != "application/pdf" || d.Size != int64(len("%PDF-1.7 …")) {
			t.Fatalf("document %+v, %v", d, err)
		}
		again, err := w.Challenges.AddDocument(ctx, w.Board, c.ID, in())
		if err != nil || again != d {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		docs, err := w.Challenges.Documents(ctx, person.Actor{}, c.ID)
		if err != nil || !slices.Equal(docs, []challenge.Document{d}) {
			t.Errorf("documents %v, %v", docs, err)
		}
		_, file, err := w.Challenges.OpenDocument(ctx, person.Actor{}, d.ID)
		w.Must(err)
		content, err := io.ReadAll(file)
		w.Must(errors.Join(err, file.Close()))
		if string(content) != "%PDF-1.7 …" {
			t.Errorf("downloaded %q", content)
		}
		for name, test := range map[string]struct {
			change func(*challenge.DocumentInput)
			want   fault.Kind
		}{
			"text called pdf": {func(i *challenge.DocumentInput) { i.Content = strings.NewReader("hello") }, fault.Unsupported},
			"a program":       {func(i *challenge.DocumentInput) { i.FileName = "a.exe" }, fault.Unsupported},
			"21 MB":           {func(i *challenge.DocumentInput) { i.Content = bytes.NewReader(make([]byte, 21<<20)) }, fault.TooLarge},
			"empty":           {func(i *challenge.DocumentInput) { i.Content = strings.NewReader("") }, fault.Invalid},
			"unknown kind":    {func(i *challenge.DocumentInput) { i.Kind = "x" }, fault.Invalid},
		} {
			bad := in()
			bad.ID = ""
			test.change(&bad)
			if _, err := w.Challenges.AddDocument(ctx, w.Board, c.ID, bad); !errors.Is(err, test.want) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		if _, err := w.Challenges.AddDocument(ctx, w.Person("480", person.Clerk), c.ID, in()); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a clerk added a document: %v", err)
		}
		if _, _, err := w.Challenges.OpenDocument(ctx, person.Actor{}, ident.ID("01900000-0000-7000-8000-000000000002")); !errors.Is(err, fault.NotFound) {
			t.Errorf("a document from nowhere: %v", err)
		}
	})
}

func TestCurrentIsTheOneThatRuns(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *challengetest.World) {
		w.Clock.Set(clock.Date(2024, time.May, 1, 8, 0).Time)
		june := w.Announced()
		later := w.Announced(func(d *challenge.Details) {
			d.Slug = "chu-nhat-xanh"
			d.Period = challenge.Days(clock.Date(2024, time.August, 1, 0, 0).Time, clock.Date(2024, time.August, 31, 0, 0).Time)
			d.Registration = challenge.Days(clock.Date(2024, time.July, 1, 0, 0).Time, clock.Date(2024, time.August, 20, 0, 0).Time)
		})
		for at, want := range map[clock.Time]ident.ID{
			clock.Date(2024, time.June, 10, 8, 0):   june.ID,
			clock.Date(2024, time.July, 10, 8, 0):   later.ID, // the other only waits for its judges
			clock.Date(2024, time.August, 10, 8, 0): later.ID,
		} {
			w.Clock.Set(at.Time)
			if c, ok, err := w.Challenges.Current(t.Context()); err != nil || !ok || c.ID != want {
				t.Errorf("%s: %s, %v", at.Local(), c.Slug, err)
			}
		}
		w.Challenges.Feature(june.ID)
		if c, ok, err := w.Challenges.Current(t.Context()); err != nil || !ok || c.ID != june.ID {
			t.Errorf("the featured challenge is not the current one: %s, %v", c.Slug, err)
		}
	})
}
