package urging_test

import (
	"context"
	"slices"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/urging/urgingtest"
)

// lateSteps are the steps that a board, the inbox and the page of the dispatch call late; they must agree.
func lateSteps(t *testing.T, d *urgingtest.Desk, receiver unit.Unit, one cascade.Dispatch) []cascade.Step {
	t.Helper()
	steps := func(late []cascade.Late) (all []cascade.Step) {
		for _, l := range late {
			all = append(all, l.Step)
		}
		return all
	}
	page, err := d.Cascade.BoardPage(t.Context(), d.Actor(person.Clerk, d.Town), cascade.BoardQuery{Letter: one.LetterID, Sender: d.Town.ID, Limit: 10})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("board: %d rows, %v", len(page.Rows), err)
	}
	clerk := d.Actor(person.Clerk, receiver)
	in, err := d.Cascade.Inbox(t.Context(), clerk, receiver.ID, 10)
	if err != nil || len(in.Items) != 1 {
		t.Fatalf("inbox: %d items, %v", len(in.Items), err)
	}
	detail, err := d.Cascade.Get(t.Context(), clerk, one.ID)
	if err != nil {
		t.Fatal(err)
	}
	board := steps(page.Rows[0].Late)
	if inbox, own := steps(in.Items[0].Late), steps(detail.Late); !slices.Equal(board, inbox) || !slices.Equal(board, own) {
		t.Errorf("the board says %v, the inbox %v, the dispatch %v", board, inbox, own)
	}
	return board
}

func TestBoardsJudgeByTheSendersRules(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		l := d.Letter(t)
		one := send(t, d, l, ward)[ward.ID]
		town := d.Actor(person.Clerk, d.Town)
		set := func(version int64, change func(*urging.Rule)) {
			t.Helper()
			rules := urging.DefaultRules()
			for i := range rules {
				change(&rules[i])
			}
			if err := d.Urging.SetRules(t.Context(), town, l.ID, version, rules); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(when string, want ...cascade.Step) {
			t.Helper()
			if got := lateSteps(t, d, ward, one); !slices.Equal(got, want) {
				t.Errorf("%s: late with %v, want %v", when, got, want)
			}
		}
		d.Day(t, 11, 9)
		expect("by default", cascade.StepReceive)
		set(0, func(r *urging.Rule) {
			if r.Cause == urging.NotReceived {
				r.Within = 4
			}
		})
		expect("four days to receive")
		d.Day(t, 13, 9)
		expect("four days are over", cascade.StepReceive)
		set(1, func(r *urging.Rule) { r.On = r.Cause != urging.NotReceived; r.Within = 2 })
		expect("nobody is reminded to receive, two days to publicise", cascade.StepReceive, cascade.StepPublicise)
	})
}

// lost is a carrier whose partner never answers.
type lost struct{}

func (lost) Carry(context.Context, *database.Tx, cascade.Dispatch) (bool, error) { return true, nil }

func (lost) Changed(context.Context, *database.Tx, cascade.Dispatch, cascade.Dispatch) error {
	return nil
}

// TestWhatNeverArrivedIsStuck also asks that nobody is urged about a letter that they have not seen.
func TestWhatNeverArrivedIsStuck(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		d.Cascade.CarryWith(lost{})
		send(t, d, d.Letter(t), ward)
		stuck := func() []urging.StuckGroup {
			t.Helper()
			st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
			if err != nil {
				t.Fatal(err)
			}
			return st.Groups
		}
		d.Day(t, 7, 18)
		if got := stuck(); len(got) != 0 {
			t.Fatalf("stuck on the first working day: %v", got)
		}
		d.Day(t, 10, 9)
		got := stuck()
		if len(got) != 1 || got[0].Why != urging.Why(urging.NotDelivered) || len(got[0].Rows) != 1 || got[0].Rows[0].Action != urging.Trace {
			t.Fatalf("stuck: %+v", got)
		}
		if n, err := d.Urging.Count(t.Context(), town, d.Town.ID); err != nil || n != 1 {
			t.Errorf("the desk counts %d, %v", n, err)
		}
		if mails := digests(d, "clerk@example.vn"); len(mails) != 0 {
			t.Errorf("who has not seen the letter is urged: %q", mails)
		}
		steps, err := d.Urging.Sent(t.Context(), town, got[0].Rows[0].Letter.ID)
		if err != nil || len(steps.Steps) != 0 {
			t.Errorf("steps taken: %+v, %v", steps, err)
		}
	})
}

// The day of one duty makes a unit late wherever lateness is shown, and is settled with the duty.
func TestADutyOfItsOwnDayIsLateEverywhere(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		one := send(t, d, d.Letter(t), ward)[ward.ID]
		clerk := d.Official(t, "clerk@example.vn", person.Clerk, ward)
		work := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err := d.Cascade.Receive(t.Context(), clerk, one.ID)
		work(err)
		one, err = d.Cascade.Find(t.Context(), d.DB, one.ID)
		work(err)
		_, err = d.Cascade.Assign(t.Context(), clerk, one.ID, one.Version, cascade.Instruction{Lead: "Công chức Mẫu"})
		work(err)
		_, err = d.Cascade.Start(t.Context(), clerk, one.ID)
		work(err)
		_, err = d.Cascade.Publicise(t.Context(), clerk, cascade.PublicityInput{Dispatch: one.ID, Channel: letter.NoticeBoard, At: clock.At(d.DB.Clock().Now()), Place: "Nhà văn hóa"})
		work(err)
		d.Day(t, 20, 17)
		if got := lateSteps(t, d, ward, one); len(got) != 0 {
			t.Errorf("on the day: late with %v", got)
		}
		d.Day(t, 21, 9)
		if got := lateSteps(t, d, ward, one); !slices.Equal(got, []cascade.Step{cascade.StepDuty}) {
			t.Errorf("the morning after: late with %v", got)
		}
		_, err = d.Cascade.FinishDuty(t.Context(), clerk, one.ID, 2, true, "")
		work(err)
		if got := lateSteps(t, d, ward, one); len(got) != 0 {
			t.Errorf("done: late with %v", got)
		}
	})
}
