package cascadetest

import (
	"log/slog"
	"testing"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/notify"
	"sachhon/internal/notify/notifytest"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Desk is a cascade service over one database with the units of Hương Trà in June 2024.
type Desk struct {
	*lettertest.Desk
	Queue      *jobs.Queue
	People     *person.Service
	Challenges *challenge.Service
	Cascade    *cascade.Service
	Post       *notifytest.Postbox
	Mail       *notify.Service
}

// New sets up a desk.
func New(t testing.TB, db *database.DB, clk *clock.Set) *Desk {
	t.Helper()
	d := &Desk{Desk: lettertest.New(t, db, clk), Queue: jobs.New(db, jobs.Config{}), Post: &notifytest.Postbox{}}
	d.People = person.NewService(db, d.Log, d.IDs, d.Units)
	d.Mail = notify.New(db, d.Queue, d.Post, slog.New(slog.DiscardHandler))
	d.Challenges = challenge.NewService(db, d.Log, d.Queue, d.IDs, d.Units, d.Blobs)
	d.Cascade = cascade.NewService(cascade.Config{
		DB: db, Log: d.Log, Queue: d.Queue, IDs: d.IDs, Blobs: d.Blobs, Units: d.Units, Letters: d.Letters, People: d.People,
		Mail:     d.Mail,
		Calendar: calendar.NewService(db, d.Log, d.IDs), Challenges: d.Challenges,
		Page: func(id ident.ID) string { return "https://sachhon.example/don-vi/van-ban/" + string(id) },
	})
	return d
}

// Drain runs the jobs that are due.
func (d *Desk) Drain(t testing.TB) {
	t.Helper()
	if err := d.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Official makes a person with an address who holds a role in a unit, and returns them as they act.
func (d *Desk) Official(t testing.TB, email string, role person.Role, in unit.Unit) person.Actor {
	t.Helper()
	p, err := d.People.Create(t.Context(), person.SystemActor, person.Details{
		Name: "Nguyễn Văn Mẫu", Email: email, HomeUnit: in.ID, Phone: "0912 345 678",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.People.Grant(t.Context(), person.SystemActor, person.GrantInput{PersonID: p.ID, Role: role, UnitID: in.ID}); err != nil {
		t.Fatal(err)
	}
	actor, err := d.People.Actor(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// Clerk makes a clerk of the unit with an address, and returns them as they act.
func (d *Desk) Clerk(t testing.TB, email string, in unit.Unit) person.Actor {
	t.Helper()
	return d.Official(t, email, person.Clerk, in)
}

// Sent registers a letter with two duties, sends it from the town to the units and delivers it.
func (d *Desk) Sent(t testing.TB, to ...unit.Unit) (letter.Letter, []cascade.Dispatch) {
	t.Helper()
	l := d.Registered(t, lettertest.Text("", "Thông báo trên hệ thống truyền thanh và bảng tin.", "Tạo điều kiện tham gia."))
	var ids []ident.ID
	for _, u := range to {
		ids = append(ids, u.ID)
	}
	r, err := d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: ids}})
	if err != nil {
		t.Fatal(err)
	}
	d.Drain(t)
	return l, r.Dispatches
}
