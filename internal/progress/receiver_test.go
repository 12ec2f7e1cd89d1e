package progress_test

import (
	"slices"
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
	"sachhon/internal/unit"
)

// A report about a letter that was typed in goes to the organ that issued it; where that is no unit here, or one below, to the
// superior organ.
func TestAReportGoesToWhomeverIssuedTheLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		town, province := w.Actor(person.Clerk, w.Town), w.Of("46")
		days := progress.Period{From: june.From, To: clock.DayOf(clk.Now())}
		drafted := func(about ident.ID) progress.Report {
			t.Helper()
			r, err := w.Progress.Draft(t.Context(), town, progress.DraftInput{Unit: w.Town.ID, About: progress.Subject{Letter: about}, Round: progress.OnDemand, Period: days})
			w.Must(err)
			return r
		}
		for organ, want := range map[string]unit.Unit{
			"ỦY BAN NHÂN DÂN\nHUYỆN PHÚ LỘC":               w.Of("482"),
			"SỞ THÔNG TIN VÀ TRUYỀN THÔNG\nTỈNH MẪU":       province,
			"PHÒNG VĂN HÓA VÀ THÔNG TIN\nTHỊ XÃ HƯƠNG TRÀ": province,
			"ỦY BAN NHÂN DÂN\nPHƯỜNG HƯƠNG VĂN":            province,
		} {
			plan := entered(t, w, organ)
			if r := drafted(plan.ID); r.Above != want.ID {
				got, _ := w.Tree.ByID(r.Above)
				t.Errorf("about a letter of %q (%q) it goes to %s, want %s", organ, plan.Fields.Organ, got.FullName, want.FullName)
			}
		}

		// The letter by which the town carries such a plan out is reported on to the same organ.
		own, _ := carriedOut(t, w, entered(t, w, "ỦY BAN NHÂN DÂN\nHUYỆN NAM ĐÔNG"), ward)
		if r := drafted(own.ID); r.Above != w.Of("483").ID {
			t.Errorf("about its own letter it goes to %s", r.Above)
		}
	})
}

// A clerk chooses another receiver: of those above and beside them, also for the draft that is there already, which says so.
func TestTheReceiverOfAReportIsChosen(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		u, office := w.Of(ward), w.Of("480.VHTT")
		clerk := w.Actor(person.Clerk, u)
		may, err := w.Progress.Receivers(t.Context(), clerk, u.ID)
		w.Must(err)
		for who, want := range map[string]bool{"480": true, "46": true, "480.VHTT": true, ward: false, "20011.DTN": false, other: false} {
			if got := slices.ContainsFunc(may, func(one unit.Unit) bool { return one.Code == who }); got != want {
				t.Errorf("%s is offered: %t", who, got)
			}
		}
		if may[0].ID != w.Town.ID {
			t.Errorf("first comes %s", may[0].FullName)
		}
		in := progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june}
		first, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		in.To = w.Of(other).ID
		_, err = w.Progress.Draft(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Invalid, "progress.fault.receiver")
		in.To = office.ID
		r, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		l, err := w.Letters.Get(t.Context(), clerk, r.ID)
		w.Must(err)
		if first.Above != w.Town.ID || r.ID != first.ID || r.Above != office.ID || !slices.Equal(l.Document.Addressees, []string{office.Organ()}) {
			t.Errorf("the draft %+v goes to %v", r.Above, l.Document.Addressees)
		}
		w.Issue(r)
		if again, err := w.Progress.Draft(t.Context(), clerk, progress.DraftInput{Unit: u.ID, About: about(w), Round: progress.Final, Period: june, To: w.Town.ID}); err != nil || again.Above != office.ID {
			t.Errorf("what was signed goes to %s: %v", again.Above, err)
		}
		_, err = w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
		w.Must(err)
		_, err = w.Progress.SendBack(t.Context(), w.Actor(person.Clerk, office), r.ID, "Thiếu ảnh.")
		w.Must(err)
		in.To = ""
		next, err := w.Progress.Draft(t.Context(), clerk, in)
		w.Must(err)
		if next.ID == r.ID || next.Above != office.ID {
			t.Errorf("written again it goes to %s", next.Above)
		}
	})
}
