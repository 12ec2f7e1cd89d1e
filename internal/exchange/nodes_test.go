package exchange_test

import (
	"log/slog"
	"sync"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// node is a second installation over the database of a world: its own queue and services, the same partner.
func (w *world) node(t *testing.T) *world {
	t.Helper()
	other := *w
	desk := *w.Desk
	other.Desk = &desk
	desk.Queue = jobs.New(w.DB, jobs.Config{})
	desk.Cascade = cascade.NewService(cascade.Config{
		DB: w.DB, Log: w.Log, Queue: desk.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, People: w.People,
		Mail: notify.New(w.DB, desk.Queue, w.Post, slog.New(slog.DiscardHandler)), Page: func(id ident.ID) string { return string(id) },
	})
	other.Exchange = exchange.NewService(exchange.Needs{
		DB: w.DB, Log: w.Log, Queue: desk.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: desk.Cascade,
		Partners: []exchange.Partner{w.Partner}, Ways: map[string]exchange.Transport{"doi-tac": w.Wire},
	})
	return &other
}

// TestAnotherNodeDealsWithWhatWasAccepted: the node that answered never works again.
func TestAnotherNodeDealsWithWhatWasAccepted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		dead := newWorld(t, db, clk)
		in := incoming("77", "000.08.00.H57")
		if a := dead.accept(t, edxml.Message{Letter: &in}); a.Code != exchange.OK {
			t.Fatalf("%+v", a)
		}
		alive := dead.node(t)
		alive.Drain(t)
		inbox, err := alive.Cascade.Inbox(t.Context(), person.SystemActor, dead.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 || inbox.Items[0].State != cascade.Arrived {
			t.Fatalf("%+v, %v", inbox.Items, err)
		}
	})
}

// TestTwoNodesTakeOnePackageOnce lets two nodes accept the same packages and work them at the same time.
func TestTwoNodesTakeOnePackageOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		first := newWorld(t, db, clk)
		second := first.node(t)
		var bodies [][]byte
		for _, number := range []string{"1", "2", "3", "4", "5", "6"} {
			in := incoming(number, "000.08.00.H57")
			data, err := edxml.Write(edxml.Message{Letter: &in})
			if err != nil {
				t.Fatal(err)
			}
			bodies = append(bodies, data)
		}
		var work sync.WaitGroup
		for _, w := range []*world{first, second} {
			work.Go(func() {
				for _, body := range bodies {
					if a, err := w.Exchange.Accept(t.Context(), w.Partner, body); err != nil || a.Code != exchange.OK {
						t.Errorf("%+v, %v", a, err)
					}
				}
			})
		}
		work.Wait()
		for _, w := range []*world{first, second} {
			work.Go(func() {
				if err := w.Queue.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		clk.Advance(10 * 60 * 1e9) // what lost a race is tried again
		first.Drain(t)
		second.Drain(t)
		inbox, err := first.Cascade.Inbox(t.Context(), person.SystemActor, first.Inside.ID, 50)
		if err != nil || len(inbox.Items) != len(bodies) {
			t.Errorf("%d in the inbox, %v", len(inbox.Items), err)
		}
		came, told := 0, map[string]int{}
		for _, m := range first.all(t) {
			switch {
			case m.State != exchange.Done:
				t.Errorf("%s %s %s %s %v", m.Direction, m.Kind, m.State, m.ErrorKey, m.ErrorArgs.V)
			case m.Direction == exchange.In:
				came++
			default:
				told[string(m.About)+string(m.Status)]++
			}
		}
		if came != len(bodies) || len(told) != len(bodies) {
			t.Errorf("%d came, told %v", came, told)
		}
	})
}
