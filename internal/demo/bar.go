package demo

import (
	"context"
	"net/http"
	"slices"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/session"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// bar is the strip at the top of every page of the demo: it moves the clock and signs people in with one click. It
// exists only here, so that no installation can be opened by accident.
type bar struct {
	clock  *clock.Switch
	app    *app.App
	people map[string]ident.ID
}

// faces are the people who can be signed in, in the order of the story.
var faces = []string{wardClerk, townClerk, townLeader, departmentClerk, todayTeam, firstReviewer, administrator}

// open adds the routes once there is somebody to sign in.
func (b *bar) open(a *app.App, people map[string]ident.ID) {
	b.app, b.people = a, people
	a.Site.Handle("POST /demo/clock", web.Public, b.advance)
	a.Site.Handle("POST /demo/sign-in", web.Public, b.signIn)
}

// Fill implements web.Frame.
func (b *bar) Fill(ctx context.Context, visitor web.Visitor, page *ui.Page) {
	l := lang.From(ctx)
	page.Notice = l.T("demo.notice")
	page.Demo = &ui.DemoBar{Now: clock.At(b.clock.Now())}
	for _, face := range faces {
		if id, ok := b.people[face]; ok {
			page.Demo.People = append(page.Demo.People, ui.DemoPerson{
				Value: face, Text: l.T("demo.face." + face), Current: id == visitor.Actor.ID,
			})
		}
	}
}

func (b *bar) advance(w http.ResponseWriter, r *http.Request) error {
	steps := map[string]time.Duration{"1h": time.Hour, "24h": 24 * time.Hour}
	d, ok := steps[r.PostFormValue("advance")]
	if !ok {
		return fault.Malformed.With("")
	}
	b.clock.Shift(d)
	if err := b.app.Challenges.Tick(r.Context()); err != nil { // what the dates bring, without waiting for the hour
		return err
	}
	return web.SeeOther(w, r, web.ReturnTo(r.PostFormValue("return"), "/"))
}

func (b *bar) signIn(w http.ResponseWriter, r *http.Request) error {
	face := r.PostFormValue("person")
	id, ok := b.people[face]
	if !ok || !slices.Contains(faces, face) {
		return fault.NotFound.With("")
	}
	in, err := b.app.Sessions.Create(r.Context(), id, session.Device(r.UserAgent()))
	if err != nil {
		return err
	}
	b.app.Site.SignIn(w, in.Token)
	return web.SeeOther(w, r, desk(face))
}

// desk is where each face begins.
func desk(face string) string {
	switch face {
	case firstReviewer:
		return "/ban-to-chuc"
	case todayTeam:
		return "/doi"
	case administrator:
		return "/tai-khoan"
	}
	return "/don-vi"
}
