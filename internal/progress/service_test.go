package progress_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

var update = flag.Bool("update", false, "write the golden files")

const (
	ward, other, idle, commune = "20011", "20008", "20017", "20005"
)

var june = progress.Period{From: "2024-06-01", To: "2024-06-30"}

// townInJune has three wards and a commune that were sent the letter: one publicised and cleaned up, one only publicised,
// one did nothing, and the commune, with an entrant, noted a meeting outside the system.
func townInJune(t *testing.T, db *database.DB, clk *clock.Set) *progresstest.World {
	t.Helper()
	w := progresstest.New(t, db, clk)
	sent := w.Send(ward, other, idle, commune)
	clk.Advance(4 * time.Hour)
	w.Publicise(sent[ward], letter.Loudspeaker, 5, 300)
	w.Publicise(sent[ward], letter.Meeting, 1, 45)
	w.Publicise(sent[other], letter.Portal, 0, 0)
	_, err := w.Cascade.FinishDuty(t.Context(), w.Actor(person.Clerk, w.Of(ward)), sent[ward].ID, 1, true, "")
	w.Must(err)
	_, team := w.Team("Đội Xanh", ward)
	w.Team("Đội Sạch", commune)
	c := w.Cleanup(team, ward, 9)
	clk.Set(time.Date(2024, time.June, 9, 10, 0, 0, 0, clock.Zone))
	r := w.Submitted(team, c, reporttest.Figures(), 1)
	w.Decided(w.Board, r, report.Confirm)
	_, err = w.Progress.Note(t.Context(), w.Actor(person.Clerk, w.Of(commune)), progress.ActivityInput{
		ID: w.IDs.New(), Unit: w.Of(commune).ID, About: progress.Subject{Letter: w.Letter.ID}, Kind: progress.MeetingHeld, Day: "2024-06-08",
		Place: "Nhà văn hóa thôn", People: 60,
	})
	w.Must(err)
	clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
	return w
}

func about(w *progresstest.World) progress.Subject { return progress.Subject{Letter: w.Letter.ID} }

func draft(t *testing.T, w *progresstest.World, u unit.Unit) progress.Report {
	t.Helper()
	r, err := w.Progress.Draft(t.Context(), w.Actor(person.Clerk, u), progress.DraftInput{
		ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: progress.Final, Period: june,
	})
	w.Must(err)
	return r
}

func send(t *testing.T, w *progresstest.World, u unit.Unit) progress.Report {
	t.Helper()
	r := draft(t, w, u)
	w.Issue(r)
	r, err := w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
	w.Must(err)
	return r
}

func TestFiguresOfATownAndItsWards(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		town, err := w.Progress.Figures(t.Context(), w.Actor(person.Leader, w.Town), w.Town.ID, about(w), june)
		w.Must(err)
		total := town.Total
		if total.Units != 4 || total.Received != 2 || total.Publicised != 3 || total.Entrants() != 2 || total.Cleanups != 1 || total.Valid != 1 {
			t.Errorf("the town's total: %+v", total)
		}
		if total.People != reporttest.Figures().Participants || total.Waste != reporttest.Figures().Weights {
			t.Errorf("what was cleaned up: %+v", total)
		}
		if held, present := total.Meetings(); held != 2 || present != 105 {
			t.Errorf("%d meetings with %d people, want the one over the system and the one outside", held, present)
		}
		if total.Channels.Of(letter.Portal).Times != 1 {
			t.Error("a record that does not say how often counts once")
		}
		if total.Duties != 8 || total.DutiesDone != 1 || town.Duties[0].Asked != 4 || town.Duties[0].Done != 1 {
			t.Errorf("duties: %d of %d, %+v", total.DutiesDone, total.Duties, town.Duties)
		}
		names := func(lines []progress.Line) (codes []string) {
			for _, l := range lines {
				codes = append(codes, l.Code)
			}
			return codes
		}
		if got := names(town.AbsentLines()); !slices.Equal(got, []string{idle}) {
			t.Errorf("absent: %v", got)
		}
		if !slices.Contains(names(town.LateLines()), commune) {
			t.Errorf("late: %v", names(town.LateLines()))
		}
		for _, code := range []string{ward, other, idle, commune} {
			u := w.Of(code)
			own, err := w.Progress.Figures(t.Context(), w.Actor(person.Clerk, u), u.ID, about(w), june)
			w.Must(err)
			i := slices.IndexFunc(town.Lines, func(l progress.Line) bool { return l.Unit == u.ID })
			if diff := cmp.Diff(own.Total, town.Lines[i].Total); diff != "" {
				t.Errorf("%s says otherwise than the town's line\n%s", u.FullName, diff)
			}
		}
		early, err := w.Progress.Figures(t.Context(), w.Actor(person.Leader, w.Town), w.Town.ID, about(w), progress.Period{From: "2024-06-10", To: "2024-06-30"})
		w.Must(err)
		if early.Total.Channels.Total().Records != 0 || early.Total.Valid != 0 || early.Total.Entrants() != 0 {
			t.Errorf("what came before the period was counted: %+v", early.Total)
		}
	})
}

func TestAReportGoesUp(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(ward)
		clerk, leader, town := w.Actor(person.Clerk, u), w.Actor(person.Leader, u), w.Actor(person.Clerk, w.Town)
		in := progress.DraftInput{ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: progress.Final, Period: june}
		r, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		again, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("drafted twice:\n%s", diff)
		}
		if _, err := w.Letters.Discard(t.Context(), clerk, r.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the document of a report is discarded: %v", err)
		}
		if r.Above != w.Town.ID {
			t.Errorf("it goes to %s", r.Above)
		}
		_, err = w.Progress.Send(t.Context(), leader, r.ID)
		faulttest.Is(t, err, fault.Conflict, "progress.fault.notIssued")
		if _, err := w.Progress.Get(t.Context(), town, r.ID); err == nil {
			t.Error("the town read a draft of the ward")
		}

		// A clerk edits a table and a paragraph; counting again keeps both.
		l, err := w.Letters.Get(t.Context(), clerk, r.ID)
		w.Must(err)
		doc := *l.Document
		doc.Blocks = slices.Clone(doc.Blocks)
		doc.Blocks[0].Text = "Phường báo cáo như sau:"
		table := slices.IndexFunc(doc.Blocks, func(b letter.Block) bool { return b.Kind == letter.TableBlock })
		changed := *doc.Blocks[table].Table
		changed.Rows = slices.Clone(changed.Rows)
		changed.Rows[0] = slices.Clone(changed.Rows[0])
		changed.Rows[0][1] = "Sửa tay"
		doc.Blocks[table].Table = &changed
		l, err = w.Letters.Rewrite(t.Context(), clerk, r.ID, l.Version, doc)
		w.Must(err)
		out, err := w.Progress.Refresh(t.Context(), clerk, r.ID, l.Version, false)
		w.Must(err)
		if out.Kept != 2 || out.Letter.Document.Blocks[0].Text != doc.Blocks[0].Text {
			t.Errorf("%d blocks were kept: %q", out.Kept, out.Letter.Document.Blocks[0].Text)
		}
		marks := progress.Generated(out.Report.Generated, *out.Letter.Document)
		if marks[0] || marks[table] || !marks[1] {
			t.Errorf("marked as generated: %v", marks)
		}

		w.Issue(r)
		r, err = w.Progress.Send(t.Context(), leader, r.ID)
		w.Must(err)
		if r.State != progress.Submitted || len(r.Edited) != 1 {
			t.Errorf("sent: %s, edited tables %v", r.State, r.Edited)
		}
		if twice, err := w.Progress.Send(t.Context(), leader, r.ID); err != nil || twice.Version != r.Version {
			t.Errorf("sending twice: %v", err)
		}
		_, err = w.Progress.Refresh(t.Context(), clerk, r.ID, l.Version, false)
		faulttest.Is(t, err, fault.Conflict, "progress.fault.sent")

		// Another meeting is noted afterwards: the figures sent stay, and the town sees where they differ.
		_, err = w.Progress.Note(t.Context(), clerk, progress.ActivityInput{
			Unit: u.ID, About: about(w), Kind: progress.CleanupHeld, Day: "2024-06-16", Place: "Tổ dân phố 3", People: 20, Grams: 30_000,
		})
		w.Must(err)
		rec, err := w.Progress.Reception(t.Context(), town, w.Town.ID, w.Letter.ID, progress.DueRound{})
		w.Must(err)
		if len(rec.Rows) != 4 || rec.Received != 1 {
			t.Fatalf("%d rows, %d received", len(rec.Rows), rec.Received)
		}
		for _, row := range rec.Rows {
			if row.Missing() != (row.Unit != u.ID) {
				t.Errorf("%s: missing %t", row.Name, row.Missing())
			}
		}

		_, err = w.Progress.SendBack(t.Context(), town, r.ID, " ")
		faulttest.Is(t, err, fault.Invalid, "progress.fault.words")
		if _, err := w.Progress.Accept(t.Context(), clerk, r.ID, ""); err == nil {
			t.Error("a ward accepted its own report")
		}
		back, err := w.Progress.SendBack(t.Context(), town, r.ID, "Thiếu số liệu của tổ dân phố 3.")
		w.Must(err)
		if back.State != progress.Returned {
			t.Errorf("sent back: %s", back.State)
		}
		next := send(t, w, u)
		next, err = w.Progress.Accept(t.Context(), town, next.ID, "")
		w.Must(err)
		if again, err := w.Progress.Accept(t.Context(), town, next.ID, ""); err == nil && again.Version != next.Version {
			t.Errorf("accepted twice: %v", again)
		}
		rec, err = w.Progress.Reception(t.Context(), town, w.Town.ID, w.Letter.ID, progress.DueRound{})
		w.Must(err)
		i := slices.IndexFunc(rec.Rows, func(r progress.ReceptionRow) bool { return r.Unit == u.ID })
		if rec.Rows[i].Report.ID != next.ID || rec.Reported != next.Figures.Total || len(rec.Rows[i].Differs) != 0 {
			t.Errorf("after the second report: %+v", rec.Rows[i].Differs)
		}
		if next.Figures.Total.Activities.Of(progress.CleanupHeld).Grams != 30_000 {
			t.Error("the clean-up outside the system is not in the report")
		}
		detail, err := w.Progress.Get(t.Context(), town, r.ID)
		w.Must(err)
		if len(detail.Changes) == 0 || detail.Figures.Total.Activities.Of(progress.CleanupHeld).Records != 0 {
			t.Errorf("the figures of a report that was sent moved: %+v", detail.Changes)
		}
	})
}

func TestReportsAreDueOnWorkingDays(t *testing.T) {
	s := progress.Schedule{First: "2024-04-15", Last: "2024-05-05", Weekday: 4, FinalDay: "2024-05-11"} // Thursdays; a Saturday
	var due []clock.Day
	for _, r := range s.Rounds(calendar.Builtin()) {
		due = append(due, r.Due)
	}
	// 18 April is the day of the Hùng Kings, 1 and 2 May are free; 11 May is a Saturday.
	if want := []clock.Day{"2024-04-19", "2024-04-25", "2024-05-02", "2024-05-13"}; !slices.Equal(due, want) {
		t.Errorf("due on %v, want %v", due, want)
	}
}

func TestOfAnOldLetterTheLastPartIsCounted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		clerk := w.Actor(person.Clerk, w.Town)
		if _, err := w.Letters.Link(t.Context(), clerk, w.Letter.ID, letter.Link{}); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(900 * 24 * time.Hour)
		about := progress.Subject{Letter: w.Letter.ID}
		whole, err := w.Progress.Whole(t.Context(), clerk, w.Town.ID, about)
		if err != nil || whole.To != clock.DayOf(w.Clock.Now()) || whole.From >= whole.To {
			t.Fatalf("%+v, %v", whole, err)
		}
		if _, err := w.Progress.Figures(t.Context(), clerk, w.Town.ID, about, whole); err != nil {
			t.Error(err)
		}
	})
}

func TestTheNextReportIsSuggested(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(ward)
		clerk := w.Actor(person.Clerk, u)
		suggest := func() progress.DueRound {
			t.Helper()
			r, err := w.Progress.Suggest(t.Context(), clerk, u.ID, about(w))
			w.Must(err)
			return r
		}
		if r := suggest(); r.Round != progress.OnDemand || r.Due != "" || r.To != "2024-06-29" {
			t.Errorf("without a schedule: %+v", r)
		}
		_, err := w.Progress.Plan(t.Context(), w.Actor(person.Clerk, w.Town), progress.Schedule{
			Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-03",
		})
		w.Must(err)
		if r := suggest(); r.Round != progress.Final || r.Due != "2024-07-03" || r.Period != june {
			t.Errorf("what is owed: %+v", r)
		}
		send(t, w, u)
		if r := suggest(); r.Round != progress.OnDemand || r.From != june.To.Next() {
			t.Errorf("after the last one was sent: %+v", r)
		}
	})
}

func TestSchedulesDraftAndNothingIsSentByItself(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		town := w.Actor(person.Clerk, w.Town)
		in := progress.Schedule{Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, Weekday: 5, FinalDay: "2024-07-03"}
		s, err := w.Progress.Plan(t.Context(), town, in)
		w.Must(err)
		if again, err := w.Progress.Plan(t.Context(), town, in); err != nil || again.Version != s.Version {
			t.Errorf("planning the same again: %+v, %v", again, err)
		}
		late, err := w.Progress.Overdue(t.Context())
		w.Must(err)
		weekly := len(late)
		clk.Advance(24 * time.Hour)
		if late, err = w.Progress.Overdue(t.Context()); err != nil || len(late) != weekly+4 {
			t.Errorf("%d overdue after the last day, %d before: %v", len(late), weekly, err)
		}

		// The program did not run on the last day: it makes up for that, and for the weeks that are not long over.
		w.Must(w.Progress.DraftDue(t.Context()))
		w.Must(w.Progress.DraftDue(t.Context()))
		clk.Advance(24 * time.Hour)
		w.Must(w.Progress.DraftDue(t.Context()))
		for _, code := range []string{ward, other, idle, commune} {
			u := w.Of(code)
			reports, err := w.Progress.Reports(t.Context(), w.Actor(person.Clerk, u), u.ID, 10)
			w.Must(err)
			var due []clock.Day
			for _, r := range reports {
				if r.State != progress.Draft || (r.Round == progress.Final) != (r.Due == "2024-07-03") {
					t.Errorf("%s: %s of %s is %s", u.FullName, r.Round, r.Due, r.State)
				}
				due = append(due, r.Due)
			}
			slices.Sort(due)
			if want := []clock.Day{"2024-06-21", "2024-06-28", "2024-07-03"}; !slices.Equal(due, want) {
				t.Errorf("%s: drafted of %v, want %v", u.FullName, due, want)
			}
		}
		owed, err := w.Progress.Expected(t.Context(), w.Actor(person.Clerk, w.Of(ward)), w.Of(ward).ID)
		w.Must(err)
		if len(owed) != len(s.Rounds(calendar.Builtin())) || owed[len(owed)-1].Due != "2024-07-03" || owed[len(owed)-1].Receiver.ID != w.Town.ID {
			t.Errorf("a ward owes %+v", owed)
		}
		next, err := w.Letters.Draft(t.Context(), town, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Town.ID, Text: lettertest.Text("", "Một việc mới.")})
		w.Must(err)
		_, err = w.Letters.Register(t.Context(), town, next.ID)
		w.Must(err)
		_, err = w.Cascade.ReplaceLetter(t.Context(), town, cascade.ChangeInput{ID: w.IDs.New(), Letter: w.Letter.ID, By: next.ID, Reason: "Thay thế"})
		w.Must(err)
		if owed, err = w.Progress.Expected(t.Context(), w.Actor(person.Clerk, w.Of(idle)), w.Of(idle).ID); err != nil || len(owed) != 0 {
			t.Errorf("reports on a letter that was replaced are still owed: %+v, %v", owed, err)
		}
		bad := in
		bad.FinalDay, bad.Weekday = "2024-06-15", 9
		_, err = w.Progress.Plan(t.Context(), town, bad)
		if diff := cmp.Diff(map[string]string{"weekday": "progress.fault.weekday", "final": "progress.fault.finalBefore"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestActivitiesOutsideTheSystem(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(other)
		clerk := w.Actor(person.Clerk, u)
		in := progress.ActivityInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Kind: progress.CleanupHeld, Day: "2024-06-12", Place: "Ngã ba chợ", Note: "3 tuyến đường",
			File: strings.NewReader("%PDF-1.4 minh chứng"), FileName: `C:\anh\bang-ron.pdf`,
		}
		noted, err := w.Progress.Note(t.Context(), clerk, in)
		w.Must(err)
		a := noted.Activity
		in.File = strings.NewReader("%PDF-1.4 minh chứng")
		again, err := w.Progress.Note(t.Context(), clerk, in)
		w.Must(err)
		if diff := cmp.Diff(noted, again); diff != "" || a.FileName != "bang-ron.pdf" {
			t.Errorf("noted twice, file %q\n%s", a.FileName, diff)
		}
		f, _, err := w.Progress.ActivityFile(t.Context(), w.Actor(person.Leader, w.Town), a.ID)
		w.Must(err)
		w.Must(f.Close())
		figures := func() progress.Counts {
			f, err := w.Progress.Figures(t.Context(), clerk, u.ID, about(w), june)
			w.Must(err)
			return f.Total
		}
		if figures().Activities.Of(progress.CleanupHeld).Records != 1 {
			t.Error("the clean-up is not in the figures")
		}
		_, err = w.Progress.Withdraw(t.Context(), clerk, a.ID)
		w.Must(err)
		_, err = w.Progress.Withdraw(t.Context(), clerk, a.ID)
		w.Must(err)
		if figures().Activities.Total().Records != 0 {
			t.Error("what was withdrawn still counts")
		}

		_, err = w.Progress.Note(t.Context(), w.Actor(person.Clerk, w.Town), in)
		faulttest.Is(t, err, fault.Forbidden, "progress.fault.ownUnit")
		bad := progress.ActivityInput{Unit: u.ID, About: about(w), Kind: "party", Day: "2025-01-01", People: -1, Grams: 5, Place: strings.Repeat("a", 301)}
		_, err = w.Progress.Note(t.Context(), clerk, bad)
		want := map[string]string{
			"kind": "progress.fault.kind", "day": "progress.fault.future", "place": "progress.fault.tooLong", "people": "progress.fault.range",
			"kg": "progress.fault.kgOfCleanup",
		}
		if diff := cmp.Diff(want, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		in.ID, in.File = w.IDs.New(), strings.NewReader("MZ not a picture")
		_, err = w.Progress.Note(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Unsupported, "blob.fault.proofKind")
		in.File, in.About = nil, progress.Subject{Letter: w.IDs.New()}
		if _, err := w.Progress.Note(t.Context(), clerk, in); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of a letter that is not there: %v", err)
		}
	})
}

func TestWhoMayReport(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(ward)
		in := progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june}
		for _, c := range []struct {
			who   string
			actor person.Actor
			may   bool
		}{
			{"its clerk", w.Actor(person.Clerk, u), true},
			{"its leader, who does not write letters", w.Actor(person.Leader, u), false},
			{"the town's clerk", w.Actor(person.Clerk, w.Town), false},
			{"another ward's clerk", w.Actor(person.Clerk, w.Of(other)), false},
			{"an administrator", w.Actor(person.Administrator, w.Town), false},
			{"nobody", person.Actor{}, false},
		} {
			in.ID = w.IDs.New()
			if _, err := w.Progress.Draft(t.Context(), c.actor, in); (err == nil) != c.may {
				t.Errorf("%s drafts: %v", c.who, err)
			}
		}
		if _, err := w.Progress.Figures(t.Context(), w.Actor(person.Clerk, w.Of(other)), u.ID, about(w), june); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("figures that name late units, to another ward: %v", err)
		}
		for name, p := range map[string]progress.Period{"reversed": {From: "2024-06-30", To: "2024-06-01"}, "no day": {From: "2024-02-31", To: "2024-06-01"}, "long": {From: "2020-01-01", To: "2024-06-01"}} {
			in.ID, in.Period = w.IDs.New(), p
			if _, err := w.Progress.Draft(t.Context(), w.Actor(person.Clerk, u), in); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a period that is %s: %v", name, err)
			}
		}
	})
}

// TestGoldenReport holds the documents of a fixed world against files that people have read.
func TestGoldenReport(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		send(t, w, w.Of(ward))
		for name, u := range map[string]unit.Unit{"town": w.Town, "ward": w.Of(ward)} {
			r := draft(t, w, u)
			golden(t, name+".txt", []byte(r.Generated.Text()))
			figures := r.Figures
			for i := range figures.Lines { // identifiers differ from engine to engine no more than the rest
				figures.Lines[i].Unit, figures.Lines[i].Dispatch = "", ""
			}
			figures.Unit, figures.Letter, figures.Challenge = "", "", ""
			b, err := json.MarshalIndent(figures, "", "\t")
			w.Must(err)
			golden(t, name+".json", append(b, '\n'))
		}
	})
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (go test ./internal/progress -update writes it)\n%s", name, diff)
	}
}

// What made the letter public is one record wherever it was noted: the board, the reminders and the reports have it.
func TestWhatWasNotedAboutALetterIsPublicity(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u := w.Of(other)
		clerk := w.Actor(person.Clerk, u)
		in := progress.ActivityInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Kind: progress.MeetingHeld, Day: "2024-06-12", Place: "Nhà văn hóa", People: 64, Note: "Phổ biến thể lệ",
			File: strings.NewReader("%PDF-1.4 minh chứng"), FileName: "bien-ban.pdf",
		}
		noted, err := w.Progress.Note(t.Context(), clerk, in)
		w.Must(err)
		p := noted.Publicity
		if p.ID != in.ID || p.Channel != letter.Meeting || p.People != 64 || p.FileName != "bien-ban.pdf" || clock.DayOf(p.At.Time) != "2024-06-12" || noted.Activity.ID != "" {
			t.Errorf("noted: %+v", noted)
		}
		in.File = nil
		if again, err := w.Progress.Note(t.Context(), clerk, in); err != nil || again.Publicity.ID != p.ID {
			t.Errorf("noted twice: %+v, %v", again, err)
		}
		if p.Duty != 0 {
			t.Errorf("a meeting counts for duty %d, which asks for none", p.Duty)
		}
		aired, err := w.Progress.Note(t.Context(), clerk, progress.ActivityInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Kind: progress.Broadcast, Day: "2024-06-12", Place: "Loa phường",
		})
		w.Must(err)
		if aired.Publicity.Duty != 1 {
			t.Errorf("a broadcast counts for duty %d, want the one that asks for loudspeakers", aired.Publicity.Duty)
		}
		board, err := w.Cascade.Board(t.Context(), w.Actor(person.Clerk, w.Town), w.Letter.ID, w.Town.ID)
		w.Must(err)
		row := board.Rows[slices.IndexFunc(board.Rows, func(r cascade.Row) bool { return r.ReceiverID == u.ID })]
		if row.Publicity.ByChannel[letter.Meeting] != 1 || row.Publicity.People != 64 {
			t.Errorf("on the board: %+v", row.Publicity)
		}
		f, err := w.Progress.Figures(t.Context(), clerk, u.ID, about(w), june)
		w.Must(err)
		if held, present := f.Own.Meetings(); held != 1 || present != 64 || f.Own.Activities.Total().Records != 0 {
			t.Errorf("in the figures: %d meetings with %d, %+v", held, present, f.Own.Activities)
		}
		if list, err := w.Progress.Activities(t.Context(), clerk, u.ID, 10); err != nil || len(list) != 0 {
			t.Errorf("it is there twice: %+v, %v", list, err)
		}

		in.ID, in.Day = w.IDs.New(), "2024-06-01" // before the letter came
		if before, err := w.Progress.Note(t.Context(), clerk, in); err != nil || before.Activity.ID != in.ID {
			t.Errorf("before the letter came: %+v, %v", before, err)
		}
	})
}
