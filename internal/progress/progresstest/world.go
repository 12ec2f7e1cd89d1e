// Package progresstest sets up a town that sent a letter about a challenge, with units that act on it, for tests of reports.
package progresstest

import (
	"testing"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/unit"
)

// World is a challenge of June 2024 with letters.
type World struct {
	*reporttest.World
	Clock    *clock.Set
	People   *person.Service
	Letters  *letter.Service
	Cascade  *cascade.Service
	Progress *progress.Service
	Town     unit.Unit
	Letter   letter.Letter

	tb testing.TB
}

// New opens a challenge; the town has sent nothing yet.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	tb.Helper()
	w := &World{World: reporttest.New(tb, db, clk), Clock: clk, tb: tb}
	w.People = person.NewService(db, w.Log, w.IDs, w.Units)
	w.Letters = letter.NewService(db, w.Log, w.IDs, w.Blobs, w.Units)
	w.Cascade = cascade.NewService(cascade.Config{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, People: w.People,
		Mail: w.Notify,
		Page: func(id ident.ID) string { return "https://sachhon.example/" + string(id) },
	})
	w.Progress = progress.NewService(progress.Config{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
		Challenges: w.Challenges, Drafting: drafting.NewService(db, w.Log, w.Units), Calendar: calendar.NewService(db, w.Log, w.IDs),
		Page: func(id ident.ID) string { return "https://sachhon.example/bao-cao/" + string(id) },
	})
	w.Town = w.Of("480")
	return w
}

// Of returns the unit in force under a code.
func (w *World) Of(code string) unit.Unit {
	w.tb.Helper()
	u, ok := w.Tree.ByCode(code)
	if !ok {
		w.tb.Fatalf("progresstest: no unit %s", code)
	}
	return u
}

// Actor returns somebody who holds the role in the unit.
func (w *World) Actor(role person.Role, in unit.Unit) person.Actor {
	return person.NewActor(person.Actor{ID: w.IDs.New(), HomeUnit: in.ID, Grants: []person.Grant{{Role: role, UnitID: in.ID}}}, w.Tree)
}

// Send has the town send a letter with two duties about the challenge to the units under the codes, and delivers it.
func (w *World) Send(codes ...string) map[string]cascade.Dispatch {
	w.tb.Helper()
	return w.Ask([]string{"Thông báo trên hệ thống truyền thanh và bảng tin.", "Tạo điều kiện tham gia."}, codes...)
}

// Ask is Send with other duties.
func (w *World) Ask(duties []string, codes ...string) map[string]cascade.Dispatch {
	w.tb.Helper()
	ctx, clerk := w.tb.Context(), w.Actor(person.Clerk, w.Town)
	l, err := w.Letters.Draft(ctx, clerk, letter.DraftInput{
		Issuer: w.Town.ID, Text: lettertest.Text("", duties...),
	})
	w.Must(err)
	_, err = w.Letters.Register(ctx, clerk, l.ID)
	w.Must(err)
	w.Letter, err = w.Letters.Link(ctx, clerk, l.ID, letter.Link{Challenge: w.Challenge.ID, Public: true})
	w.Must(err)
	return w.SendOut(l.ID, codes...)
}

// SendOut sends a registered letter of the town to units, and returns the dispatches by their codes.
func (w *World) SendOut(id ident.ID, codes ...string) map[string]cascade.Dispatch {
	w.tb.Helper()
	var to cascade.Recipients
	for _, code := range codes {
		to.Units = append(to.Units, w.Of(code).ID)
	}
	sent, err := w.Cascade.Send(w.tb.Context(), w.Actor(person.Clerk, w.Town), cascade.SendInput{Letter: id, To: to})
	w.Must(err)
	w.Must(w.Queue.Drain(w.tb.Context()))
	out := map[string]cascade.Dispatch{}
	for _, d := range sent.Dispatches {
		u, _ := w.Tree.ByID(d.ReceiverID)
		out[u.Code] = d
	}
	return out
}

// Written is a letter that a unit wrote, had signed and numbered.
func (w *World) Written(by unit.Unit, doc letter.Document, answers ident.ID) letter.Letter {
	w.tb.Helper()
	l, err := w.Letters.Compose(w.tb.Context(), w.Actor(person.Clerk, by), letter.ComposeInput{Issuer: by.ID, Document: doc, Answers: answers})
	w.Must(err)
	return w.numbered(by, l.ID)
}

// numbered takes a draft through sign-off and into the register.
func (w *World) numbered(by unit.Unit, id ident.ID) letter.Letter {
	w.tb.Helper()
	ctx, clerk := w.tb.Context(), w.Actor(person.Clerk, by)
	_, err := w.Letters.Submit(ctx, clerk, id, "")
	w.Must(err)
	_, err = w.Letters.Sign(ctx, w.Actor(person.Leader, by), id, letter.SignInput{})
	w.Must(err)
	l, err := w.Letters.Register(ctx, clerk, id)
	w.Must(err)
	return l
}

// Publicise has a unit receive its dispatch, unless it has, and record publicity over a channel.
func (w *World) Publicise(d cascade.Dispatch, channel letter.Channel, times, people int) {
	w.tb.Helper()
	u, _ := w.Tree.ByID(d.ReceiverID)
	clerk := w.Actor(person.Clerk, u)
	_, err := w.Cascade.Receive(w.tb.Context(), clerk, d.ID)
	w.Must(err)
	in := cascade.PublicityInput{
		Dispatch: d.ID, Duty: 1, Channel: channel, At: clock.At(w.Clock.Now()), Place: u.FullName, Times: times, People: people,
		Link: "https://example.org/tin",
	}
	_, err = w.Cascade.Publicise(w.tb.Context(), clerk, in)
	w.Must(err)
}

// Issue signs and numbers the letter of a report.
func (w *World) Issue(r progress.Report) letter.Letter {
	w.tb.Helper()
	u, _ := w.Tree.ByID(r.Unit)
	ctx, clerk := w.tb.Context(), w.Actor(person.Clerk, u)
	l, err := w.Letters.Get(ctx, clerk, r.ID)
	w.Must(err)
	doc := *l.Document
	doc.Signer.Name = "Nguyễn Văn Mẫu"
	_, err = w.Letters.Rewrite(ctx, clerk, r.ID, l.Version, doc)
	w.Must(err)
	return w.numbered(u, r.ID)
}

// Must ends the test when something that is not tested fails.
func (w *World) Must(err error) {
	w.tb.Helper()
	if err != nil {
		w.tb.Fatal(err)
	}
}
