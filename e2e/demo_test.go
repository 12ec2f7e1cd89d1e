package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/demo"
	"sachhon/internal/demo/scene"
	"sachhon/internal/entrant"
	"sachhon/internal/person"
	"sachhon/internal/web"
)

// stage is the running demo with everything that the stories are told about it.
type stage struct {
	url  string
	cast cast
}

// cast is who plays: what a story cannot find out by looking at the pages.
type cast struct {
	Slug   string   `json:"slug"`   // of the challenge around today
	Past   string   `json:"past"`   // of the replayed one
	Clerks []string `json:"clerks"` // e-mail addresses of two, each with a letter that nobody has opened
	Team   string   `json:"team"`   // e-mail address of the demo's own representative
	Others []string `json:"others"` // e-mail addresses of other teams with a clean-up to report
	Photos []string `json:"photos"` // files: before and after, in turn
	Text   string   `json:"text"`   // a text file that calls itself a photograph
}

const (
	todaySlug = "chu-nhat-xanh"
	pastSlug  = "the-gioi-sach-hon-2024"
	board     = "ban-to-chuc-1@example.org"
)

// open replays the demo, lets a day pass, and answers on a free port until the test ends.
func open(t *testing.T) stage {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	now := clock.NewSwitch(clock.System{})
	now.Shift(halfPastSeven(now.Now()).Sub(now.Now()))
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	a, err := demo.Open(t.Context(), web.Config{Timeout: 30 * time.Second, Grace: 5 * time.Second}, demo.Options{
		Data: filepath.Join(t.TempDir(), "demo"), Listen: listener.Addr().String(), Clock: now, Logger: log, Today: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := stage{url: "http://" + listener.Addr().String()}
	p := players{a, t}
	s.cast = p.gather()
	now.Shift(24 * time.Hour)

	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serving: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

// halfPastSeven is that time of the same day where the challenge is, so that every run sees the same morning.
func halfPastSeven(t time.Time) time.Time {
	y, m, d := t.In(clock.Zone).Date()
	return time.Date(y, m, d, 7, 30, 0, 0, clock.Zone)
}

// players finds who plays, and gives the teams what the stories need.
type players struct {
	*app.App
	t *testing.T
}

func (p players) gather() cast {
	p.t.Helper()
	c := cast{Slug: todaySlug, Past: pastSlug, Clerks: p.clerks(2), Text: filepath.Join(p.t.TempDir(), "ghi-chú.jpg")}
	if err := os.WriteFile(c.Text, []byte("Đây là ghi chú, không phải ảnh.\n"), 0o600); err != nil {
		p.t.Fatal(err)
	}
	teams := p.teams()
	c.Team = p.emailOf(teams[0])
	p.plan(teams[0], "bến thuyền cuối tổ dân phố", 10)
	for _, other := range teams[1:3] {
		c.Others = append(c.Others, p.emailOf(other))
		p.plan(other, "bãi đất sau chợ", 14)
	}
	c.Photos = p.photograph()
	return c
}

// as is somebody with the roles of the moment.
func (p players) as(email string) person.Actor {
	p.t.Helper()
	id, _, ok, err := p.People.ByEmail(p.t.Context(), email)
	if err != nil || !ok {
		p.t.Fatalf("nobody in the demo has the address %s: %v", email, err)
	}
	actor, err := p.People.Actor(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return actor
}

// clerks returns the addresses of ward clerks whose newest letter nobody has received.
func (p players) clerks(n int) (found []string) {
	p.t.Helper()
	tree, err := p.Units.Today(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	town, _ := tree.ByCode("480")
	for _, u := range tree.Children(town.ID) {
		email := fmt.Sprintf("van-thu.%s@example.org", u.Code)
		if _, _, ok, err := p.People.ByEmail(p.t.Context(), email); err != nil || !ok {
			continue
		}
		inbox, err := p.Cascade.Inbox(p.t.Context(), p.as(email), u.ID, 1)
		if err != nil {
			p.t.Fatal(err)
		}
		if len(inbox.Items) == 1 && inbox.Items[0].ReceivedAt.IsZero() {
			found = append(found, email)
		}
		if len(found) == n {
			return found
		}
	}
	p.t.Fatalf("only %d clerks have a letter to receive, the stories need %d", len(found), n)
	return nil
}

// teams are the approved collectives around today, the demo's own first.
func (p players) teams() []entrant.Entrant {
	p.t.Helper()
	c, err := p.Challenges.BySlug(p.t.Context(), person.Actor{}, todaySlug)
	if err != nil {
		p.t.Fatal(err)
	}
	page, err := p.Entrants.List(p.t.Context(), p.as(board), entrant.Filter{
		Challenge: c.ID, States: []entrant.State{entrant.Approved}, Division: challenge.Collective,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(page.Entrants) < 3 {
		p.t.Fatalf("%d collectives around today, the stories need three", len(page.Entrants))
	}
	teams := page.Entrants
	for i, j := 0, len(teams)-1; i < j; i, j = i+1, j-1 { // the newest come first
		teams[i], teams[j] = teams[j], teams[i]
	}
	return teams
}

func (p players) emailOf(e entrant.Entrant) string {
	p.t.Helper()
	contact, err := p.Entrants.ContactOf(p.t.Context(), p.DB, e.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return contact.Email
}

// plan announces one more clean-up of today; when the stories begin it was yesterday.
func (p players) plan(e entrant.Entrant, place string, hour int) {
	p.t.Helper()
	y, m, d := p.Clock.Now().In(clock.Zone).Date()
	begin := time.Date(y, m, d, hour, 0, 0, 0, clock.Zone)
	_, err := p.Cleanups.Create(p.t.Context(), p.as(p.emailOf(e)), cleanup.CreateInput{
		ID: p.IDs.New(), Entrant: e.ID, Announce: true, Plan: cleanup.Plan{
			Unit: e.Unit, Place: place, Expected: 12, StartsAt: clock.At(begin), EndsAt: clock.At(begin.Add(2 * time.Hour)),
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// photograph writes photographs of places that nobody has reported yet; the same file twice would be noticed.
func (p players) photograph() (files []string) {
	p.t.Helper()
	dir := p.t.TempDir()
	y, m, d := p.Clock.Now().In(clock.Zone).Date()
	begin := time.Date(y, m, d, 9, 0, 0, 0, clock.Zone)
	for i := range 8 {
		spot := scene.Spot{Seed: 9000 + uint64(i), Place: scene.Place(i % 5), People: 4}
		for j, photo := range spot.Photographs(scene.Before, scene.After) {
			name := filepath.Join(dir, fmt.Sprintf("%s-%d.jpg", []string{"trước", "sau"}[j], i+1))
			if err := os.WriteFile(name, scene.Taken(photo, begin.Add(time.Duration(j)*time.Hour)), 0o600); err != nil {
				p.t.Fatal(err)
			}
			files = append(files, name)
		}
	}
	return files
}
