package urgingtest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
)

// Desk is an urging service beside the services of a desk that sends letters.
type Desk struct {
	*cascadetest.Desk
	Urging   *urging.Service
	Entrants Entrants
	Reports  *Reports
}

// Entrants is how many take part, by home unit.
type Entrants map[ident.ID]int

// Reports are the overdue reports, as a test sets them.
type Reports struct{ List []urging.OverdueReport }

// Overdue implements urging.Reports.
func (r *Reports) Overdue(context.Context) ([]urging.OverdueReport, error) { return r.List, nil }

// ByUnit implements urging.Entrants.
func (e Entrants) ByUnit(context.Context, database.Querier, ident.ID) (map[ident.ID]int, error) {
	return e, nil
}

// New sets up a desk.
func New(t testing.TB, db *database.DB, clk *clock.Set) *Desk {
	t.Helper()
	d := &Desk{Desk: cascadetest.New(t, db, clk), Entrants: Entrants{}, Reports: &Reports{}}
	d.Urging = urging.NewService(urging.Config{
		DB: db, Log: d.Log, Queue: d.Queue, IDs: d.IDs, Units: d.Units, People: d.People, Challenges: d.Challenges, Letters: d.Letters,
		Drafting: drafting.NewService(db, d.Log, d.Units), Cascade: d.Cascade, Entrants: d.Entrants, Reports: d.Reports, Mail: d.Mail, Hours: urging.DefaultHours,
		Calendar:     func(context.Context) (*calendar.Calendar, error) { return nil, nil }, // week-ends only
		DispatchPage: page("ban-gui"), LetterPage: page("soan-thao"), LogPage: page("nhat-ky"),
	})
	return d
}

func page(name string) func(ident.ID) string {
	return func(id ident.ID) string { return "https://sachhon.example/don-vi/" + name + "/" + string(id) }
}

// Day moves the clock to an hour of a day of June 2024 and sweeps and drains, as the periodic job does.
func (d *Desk) Day(t testing.TB, day, hour int) {
	t.Helper()
	d.Clock.Set(clock.Date(2024, time.June, day, hour, 0).Time)
	d.Drain(t)
}

// Mails returns the subjects and texts of what an address got since the last call with it.
func (d *Desk) Mails(email string) []notify.Letter { return d.Post.To(email) }

// Letter is a registered letter that asks for publicity and has one duty with a deadline.
func (d *Desk) Letter(t testing.TB) letter.Letter {
	t.Helper()
	doc := lettertest.Document("Thông báo trên hệ thống truyền thanh và bảng tin.", "Gửi danh sách đăng ký.")
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind == letter.DutyBlock {
			doc.Blocks[i].Duty = &letter.Duty{}
			if len(doc.Blocks)-1 == i {
				doc.Blocks[i].Duty.Deadline = letter.Date{Year: 2024, Month: 6, Day: 20}
			} else {
				doc.Blocks[i].Duty.Channels = []letter.Channel{letter.Loudspeaker, letter.NoticeBoard}
			}
		}
	}
	return d.Issued(t, doc)
}

// Counted is a registered letter with a duty of every Sunday and one that asks for three works by 20 June.
func (d *Desk) Counted(t testing.TB) letter.Letter {
	t.Helper()
	duties := []letter.Duty{
		{Channels: []letter.Channel{letter.Loudspeaker}, Every: &letter.Recurrence{Text: "sáng Chủ nhật hàng tuần", Period: "week", Weekdays: []int{0}}},
		{Deadline: letter.Date{Year: 2024, Month: 6, Day: 20}, Quota: &letter.Quota{Count: 3, Of: "tác phẩm", AtLeast: true}},
	}
	doc := lettertest.Document("Phát thanh sáng Chủ nhật hàng tuần.", "Gửi ít nhất 3 tác phẩm dự thi.")
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind == letter.DutyBlock {
			doc.Blocks[i].Duty, duties = &duties[0], duties[1:]
		}
	}
	return d.Issued(t, doc)
}

// Beside returns the urging service of another node on the same database: with everything of its own but the post box.
func Beside(t testing.TB, d *Desk, db *database.DB) *urging.Service {
	t.Helper()
	signer, err := audit.NewSigner("letters.test", [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	log, ids, queue := audit.New(db, signer), testkit.Seeded(d.Clock, 78), jobs.New(db, jobs.Config{})
	units := unit.NewService(db, log, ids)
	people := person.NewService(db, log, ids, units)
	letters := letter.NewService(db, log, ids, d.Blobs, units)
	mail := notify.New(db, queue, d.Post, slog.New(slog.DiscardHandler))
	c := d.Urging.Config
	c.DB, c.Log, c.Queue, c.IDs, c.Units, c.People, c.Letters, c.Mail = db, log, queue, ids, units, people, letters, mail
	c.Drafting = drafting.NewService(db, log, units)
	c.Challenges = challenge.NewService(db, log, queue, ids, units, d.Blobs)
	c.Cascade = cascade.NewService(cascade.Config{
		DB: db, Log: log, Queue: queue, IDs: ids, Blobs: d.Blobs, Units: units, Letters: letters, People: people, Mail: mail,
		Page: page("ban-gui"),
	})
	return urging.NewService(c)
}
