package cascade_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// worker is a unit that works on a letter at times of its own, each zero for what it never does.
type worker struct {
	of                          unit.Unit
	received, assigned, publics clock.Time
}

// lostDays works through a letter of a challenge from the 1st to the 29th of June, sent on the 6th, and returns the board on
// the 20th: three units have it from the town, and a fourth has it from the first of them, on the 13th. Half past midnight is
// the day before in UTC, and half past eleven in the evening is not.
func lostDays(t *testing.T, d *cascadetest.Desk, linked bool) (board cascade.Board, units [4]unit.Unit) {
	t.Helper()
	june := func(day, hour int) clock.Time { return clock.Date(2024, time.June, day, hour, 30) }
	union, below := superiorWithSubordinates(t, d)
	units = [4]unit.Unit{union, d.Unit(t, "20008"), d.Unit(t, "20011"), below}
	work := []worker{
		{union, june(8, 0), june(11, 23), june(15, 0)},
		{units[1], june(7, 23), june(12, 0), june(12, 23)},
		{units[2], june(10, 0), clock.Time{}, clock.Time{}},
		{below, june(14, 0), june(19, 0), june(17, 23)}, // publicises before anybody is named
	}

	d.Clock.Set(june(1, 8).Time)
	text := lettertest.Text("1903", "Thông báo trên hệ thống truyền thanh.")
	if !linked {
		text = lettertest.Text("1903", "Thông báo trên hệ thống truyền thanh. Thời gian thực hiện: từ ngày 01/6/2024 đến ngày 29/6/2024.")
	}
	l := d.Registered(t, text)
	clerk := d.Actor(person.Clerk, d.Town)
	if linked {
		area := d.Unit(t, "46").ID
		c := must[challenge.Challenge](t)(d.Challenges.Create(t.Context(), person.SystemActor, challenge.CreateInput{Details: challenge.Details{
			Title: "Thử thách", Summary: "Cùng dọn sạch.", Organiser: area, Area: area, Period: challenge.Span{From: clock.Date(2024, time.June, 1, 0, 0), Until: june(29, 17)}, // a day that has begun counts
			Registration: challenge.Days(june(1, 0).Time, june(20, 0).Time),
		}}))
		must[letter.Letter](t)(d.Letters.Link(t.Context(), clerk, l.ID, letter.Link{Challenge: c.ID}))
	}
	d.Clock.Set(june(6, 0).Time)
	r := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, cascade.SendInput{
		Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{union.ID, units[1].ID, units[2].ID}},
	}))
	d.Drain(t)
	has := map[ident.ID]ident.ID{} // the dispatch of each unit
	for _, x := range r.Dispatches {
		has[x.ReceiverID] = x.ID
	}
	for at := june(6, 0); at.Before(june(20, 0).Time); at = at.Add(time.Hour) {
		d.Clock.Set(at.Time)
		for _, w := range work {
			id, actor := has[w.of.ID], d.Actor(person.Leader, w.of)
			if at == w.received {
				must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), person.SystemActor, id))
			}
			if at == w.assigned {
				now := must[cascade.Dispatch](t)(d.Cascade.Find(t.Context(), d.DB, id))
				must[cascade.Dispatch](t)(d.Cascade.Assign(t.Context(), actor, id, now.Version, cascade.Instruction{Lead: "Công chức văn hóa"}))
			}
			if at == w.publics {
				must[cascade.Publicity](t)(d.Cascade.Publicise(t.Context(), person.SystemActor, cascade.PublicityInput{
					ID: d.IDs.New(), Dispatch: id, Duty: 1, Channel: letter.Loudspeaker, At: at, Place: "Cụm loa", Times: 1,
				}))
			}
		}
		if at == june(13, 0) {
			child := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), d.Actor(person.Clerk, union), cascade.ForwardInput{
				Dispatch: has[union.ID], To: cascade.Recipients{Units: []ident.ID{below.ID}},
			}))
			has[below.ID] = child.Dispatches[0].ID
			d.Drain(t)
		}
	}
	d.Clock.Set(june(20, 0).Time)
	return must[cascade.Board](t)(d.Cascade.Board(t.Context(), clerk, l.ID, d.Town.ID)), units
}

// TestWhereTheDaysWent counts by hand the days of each step: those that begin between one step and the next. What has not
// been done lasts until now, and what is left of the challenge is what remains of its 29 days.
func TestWhereTheDaysWent(t *testing.T) {
	for name, linked := range map[string]bool{"the challenge says which days count": true, "the letter says it": false} {
		t.Run(name, func(t *testing.T) {
			testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
				board, units := lostDays(t, cascadetest.New(t, db, clk), linked)
				want := map[ident.ID]cascade.Lost{
					units[0].ID: {Before: 5, Receive: 2, Assign: 3, Publicise: 4, Left: 15},
					units[1].ID: {Before: 5, Receive: 1, Assign: 5, Publicise: 0, Left: 18},
					units[2].ID: {Before: 5, Receive: 4, Assign: 10, Publicise: 0, Left: 10},
					units[3].ID: {Before: 12, Receive: 1, Assign: 3, Publicise: 0, Left: 13},
				}
				got := map[ident.ID]cascade.Lost{}
				for _, row := range board.Rows {
					got[row.ReceiverID] = row.Lost
				}
				if diff := cmp.Diff(want, got); diff != "" || board.Days != 29 {
					t.Errorf("of %d days (-want +got)\n%s", board.Days, diff)
				}
				if len(board.Tiers) != 2 {
					t.Fatalf("%d tiers", len(board.Tiers))
				}
				for i, tier := range [][2]ident.ID{{units[0].ID, units[2].ID}, {units[3].ID, units[3].ID}} {
					got := [2]cascade.Lost{board.Tiers[i].Lost, board.Tiers[i].Worst}
					if diff := cmp.Diff([2]cascade.Lost{want[tier[0]], want[tier[1]]}, got); diff != "" {
						t.Errorf("the middle and the worst of tier %d (-want +got)\n%s", i+1, diff)
					}
				}
			})
		})
	}
}
