package urging

import (
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

// A unit that was done and is given more is urged about nothing of it before the working day after is over: not about the day of
// the duty or of the letter, nor the number, nor about turns that went by before.
func TestWhatIsGivenAfterItsDayIsNotUrgedAtOnce(t *testing.T) {
	p, june := tester, func(day, hour int) clock.Time { return clock.Date(2024, time.June, day, hour, 0) }
	given, grace := june(24, 10), june(26, 0) // a Monday
	facts := func(grace, given clock.Time) Facts {
		return Facts{
			Dispatch: cascade.Dispatch{
				State: cascade.InProgress, SentAt: june(6, 9), ArrivedAt: june(6, 9), ReceivedAt: june(6, 9), AssignedAt: june(6, 9), StartedAt: june(7, 9),
				DueAt: june(19, 17), Grace: grace,
			},
			Duties: []DutyFact{
				{Number: 1, Deadline: june(21, 0)},
				{Number: 2, Deadline: grace, Given: given, Quota: 3},
				{Number: 3, Every: &letter.Recurrence{Period: "week"}, Open: []cascade.Period{{Name: "2024-W24", At: june(16, 0), Over: june(17, 0)}}},
			},
		}
	}
	late := func(f Facts, now clock.Time) map[Cause]bool {
		found := map[Cause]bool{}
		for _, m := range p.Late(f, DefaultRules(), now) {
			found[m.Cause] = true
		}
		return found
	}
	if got := late(facts(grace, given), given.Add(time.Hour)); len(got) != 0 {
		t.Errorf("at once: %v", got)
	}
	got := late(facts(grace, given), june(28, 9))
	if !got[NotFinished] || !got[DutyLate] || !got[TooFew] || got[MissedTurn] {
		t.Errorf("some days later: %v", got)
	}
	if got := late(facts(clock.Time{}, clock.Time{}), given.Add(time.Hour)); !got[NotFinished] || !got[DutyLate] || !got[MissedTurn] {
		t.Errorf("who was never done: %v", got)
	}
}
