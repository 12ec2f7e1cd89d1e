package progress_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// mailbox gives a unit a clerk with an address, who reads a language.
func mailbox(t *testing.T, w *progresstest.World, email, language string, in unit.Unit) {
	t.Helper()
	p, err := w.People.Create(t.Context(), person.SystemActor, person.Details{Name: "Nguyễn Văn Thư", Email: email, Lang: language, HomeUnit: in.ID})
	w.Must(err)
	_, err = w.People.Grant(t.Context(), person.SystemActor, person.GrantInput{PersonID: p.ID, Role: person.Clerk, UnitID: in.ID})
	w.Must(err)
}

// TestAReportThatIsSentBackIsWrittenAgain: both units are told, what the unit wrote is kept with its round, days and due day, and
// the desks count what waits.
func TestAReportThatIsSentBackIsWrittenAgain(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := townInJune(t, db, clk)
		u := w.Of(ward)
		clerk, leader, town := w.Actor(person.Clerk, u), w.Actor(person.Leader, u), w.Actor(person.Clerk, w.Town)
		mailbox(t, w, "vanthu@ward.example", "vi", u)
		mailbox(t, w, "vanthu@town.example", "en", w.Town)
		waits := func(actor person.Actor, in unit.Unit, want progress.Waiting) {
			t.Helper()
			if got, err := w.Progress.Waiting(ctx, actor, in.ID); err != nil || got != want {
				t.Errorf("%s: %+v, want %+v: %v", in.FullName, got, want, err)
			}
		}
		_, err := w.Progress.Plan(ctx, town, progress.Schedule{
			Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-03",
		})
		w.Must(err)
		owed, err := w.Progress.Suggest(ctx, clerk, u.ID, about(w))
		w.Must(err)
		in := progress.DraftInput{ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: owed.Round, Period: owed.Period, Due: owed.Due}
		first, err := w.Progress.Draft(ctx, clerk, in)
		w.Must(err)
		l, err := w.Letters.Get(ctx, clerk, first.ID)
		w.Must(err)
		doc := *l.Document
		doc.Blocks = append(slices.Clone(doc.Blocks), letter.Block{Kind: letter.ParagraphBlock, Text: "Tổ dân phố 3 có sáng kiến đổi rác lấy cây."})
		_, err = w.Letters.Rewrite(ctx, clerk, first.ID, l.Version, doc)
		w.Must(err)
		number := w.Issue(first).Document.Number
		_, err = w.Progress.Send(ctx, leader, first.ID)
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		mails := w.Mail.To("vanthu@town.example")
		if n := len(mails); n == 0 || !strings.Contains(mails[n-1].Subject, "New report: "+number) || !strings.Contains(mails[n-1].Text, "https://sachhon.example/bao-cao/"+string(first.ID)) {
			t.Errorf("to the unit above: %+v", mails)
		}
		waits(town, w.Town, progress.Waiting{Received: 1})
		waits(clerk, u, progress.Waiting{})

		_, err = w.Progress.SendBack(ctx, town, first.ID, "Thiếu số liệu của tổ dân phố 3.")
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		mails = w.Mail.To("vanthu@ward.example")
		if n := len(mails); n == 0 || !strings.Contains(mails[n-1].Subject, "bị trả lại") || !strings.Contains(mails[n-1].Text, "Lý do: Thiếu số liệu của tổ dân phố 3.") {
			t.Errorf("to the unit that wrote it: %+v", mails)
		}
		waits(town, w.Town, progress.Waiting{})
		waits(clerk, u, progress.Waiting{SentBack: 1})

		// Something was noted since: it stands in the new one beside what was written by hand.
		_, err = w.Progress.Note(ctx, clerk, progress.ActivityInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Kind: progress.CleanupHeld, Day: "2024-06-16", Place: "Tổ dân phố 3", People: 20, Grams: 30_000,
		})
		w.Must(err)
		again, err := w.Progress.Suggest(ctx, clerk, u.ID, about(w))
		w.Must(err)
		if again != owed {
			t.Errorf("suggested again: %+v, want %+v", again, owed)
		}
		w.Must(w.Progress.DraftDue(ctx))
		in.ID = w.IDs.New()
		second, err := w.Progress.Draft(ctx, clerk, in)
		w.Must(err)
		if second.ID == in.ID || second.ID == first.ID || second.State != progress.Draft || second.Due != owed.Due || second.Period != owed.Period {
			t.Errorf("the morning's draft in its place: %+v", second)
		}
		d, err := w.Progress.Get(ctx, clerk, second.ID)
		w.Must(err)
		text := d.Document.Document.Text()
		if !strings.Contains(text, "đổi rác lấy cây") || !strings.Contains(text, "Tổ dân phố 3") || d.Document.Document.Number != "" || !d.Document.Document.Date.IsZero() {
			t.Errorf("written again, number %q:\n%s", d.Document.Document.Number, text)
		}
		if d.Figures.Total.Activities.Of(progress.CleanupHeld).Records != 1 || d.Instead == nil || d.Instead.ID != first.ID || d.Instead.Reason == "" {
			t.Errorf("in the place of %+v", d.Instead)
		}
		hand := 0
		for _, generated := range progress.Generated(second.Generated, *d.Document.Document) {
			if !generated {
				hand++
			}
		}
		if hand != 1 {
			t.Errorf("%d blocks are marked as written by hand, want the one", hand)
		}
		back, err := w.Progress.Get(ctx, clerk, first.ID)
		w.Must(err)
		if back.Next == nil || back.Next.ID != second.ID {
			t.Errorf("what came in its place: %+v", back.Next)
		}
		if back, err = w.Progress.Get(ctx, town, first.ID); err != nil || back.Next != nil {
			t.Errorf("the town sees the ward's draft: %+v, %v", back.Next, err)
		}
		waits(clerk, u, progress.Waiting{SentBack: 1}) // until it is sent
		w.Issue(second)
		_, err = w.Progress.Send(ctx, leader, second.ID)
		w.Must(err)
		waits(clerk, u, progress.Waiting{})
		waits(town, w.Town, progress.Waiting{Received: 1})
		if back, err = w.Progress.Get(ctx, town, first.ID); err != nil || back.Next == nil || back.Next.ID != second.ID {
			t.Errorf("the town follows to the new one: %+v, %v", back.Next, err)
		}
	})
}
