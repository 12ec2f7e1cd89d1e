// Package portaltest gives the tests of the public site and of the API a small contest and a server over it.
package portaltest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sachhon/internal/api"
	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/scoring"
	"sachhon/internal/web"
	"sachhon/internal/web/portal"
	"sachhon/internal/web/ui"
)

// Hostile is the name of a team that tries what pages must escape.
const Hostile = `Đội <script>alert(1)</script> "&'`

// Child is the name of a minor, who must appear nowhere.
const Child = "Nguyễn Văn Trẻ"

// Secrets are what no public answer may contain.
var Secrets = []string{Child, "doi@example.org", "0912345678", "0912 345 678", "+84912345678", "1990-02-03", "2012-03-04", "anh.jpg"}

// World is the contest: three valid clean-ups, one awaiting review, one called off, one ahead.
type World struct {
	*reporttest.World
	Scores  *scoring.Service
	Awards  *award.Service
	Insight *insight.Service
	Letters *letter.Service
	Server  http.Handler
	Slug    string

	Valid    []cleanup.Cleanup // of the two teams and the child
	Waiting  cleanup.Cleanup
	Ahead    cleanup.Cleanup
	Document challenge.Document
	Letter   letter.Letter // by which a town passes the challenge on
}

// New makes the contest. The clock stands on 18 June 2024.
func New(tb testing.TB, db *database.DB, clk *clock.Set) *World {
	tb.Helper()
	w := &World{World: reporttest.New(tb, db, clk)}
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	ctx := tb.Context()
	w.Scores = scoring.NewService(db, w.Challenges)
	w.Awards = award.NewService(db, w.Log, w.IDs, w.Challenges, w.Reports, w.Scores)
	w.Insight = insight.NewService(db, w.Log, w.Challenges, w.Scores, w.Awards, insight.Config{})
	w.Slug = w.Challenge.Slug

	scheme, err := scoring.DefaultScheme().Document()
	must(err)
	_, err = w.Scores.AddScheme(ctx, w.Board, w.Challenge.ID, scheme, clock.Time{})
	must(err)
	w.Document, err = w.Challenges.AddDocument(ctx, w.Board, w.Challenge.ID, challenge.DocumentInput{
		Kind: challenge.PlanDocument, Title: "Kế hoạch tổ chức", Symbol: "1518/KH-STTTT", FileName: "kế hoạch.txt", Content: strings.NewReader("Kế hoạch\n"),
	})
	must(err)

	w.Letters = letter.NewService(db, w.Log, w.IDs, w.Blobs, w.Units)
	w.Letter, err = w.Letters.Draft(ctx, person.SystemActor, letter.DraftInput{
		Issuer: w.Unit("480"), Text: lettertest.Text("1903", "Tuyên truyền trên đài truyền thanh, bảng tin. <script>alert(4)</script>"),
	})
	must(err)
	_, err = w.Letters.Register(ctx, person.SystemActor, w.Letter.ID)
	must(err)
	w.Letter, err = w.Letters.Link(ctx, person.SystemActor, w.Letter.ID, letter.Link{Challenge: w.Challenge.ID, Public: true})
	must(err)

	_, hostile := w.Team(Hostile, "19996")
	_, youth := w.Team("Đội Thanh niên sông Bồ", "20017")
	child := w.child(tb)
	_, err = w.Challenges.AddRules(ctx, w.Board, w.Challenge.ID,
		"# Thể lệ\n\nAi cũng **tham gia** được. <script>alert(2)</script> [xấu](javascript:alert(3))\n\n## Đội\n\n- ít nhất 5 người\n", clock.Time{})
	must(err)
	w.Valid = []cleanup.Cleanup{w.World.Cleanup(hostile, "19996", 9), w.World.Cleanup(youth, "19996", 10), w.World.Cleanup(child, "19996", 11)}
	w.Waiting = w.World.Cleanup(youth, "19996", 16)
	called := w.World.Cleanup(youth, "19996", 20)
	w.Ahead = w.World.Cleanup(hostile, "19996", 23)
	_, err = w.Cleanups.Cancel(ctx, youth, called.ID, "Mưa lớn, lũ về")
	must(err)
	for i, actor := range []person.Actor{hostile, youth, child} {
		r := w.Submitted(actor, w.Valid[i], reporttest.Figures(), uint64(2*i))
		w.Decided(w.Board, r, report.Confirm)
	}
	w.Submitted(youth, w.Waiting, reporttest.Figures(), 100)
	clk.Set(clock.Date(2024, time.June, 18, 9, 0).Time)
	w.Server = w.serve(tb)
	return w
}

func (w *World) child(tb testing.TB) person.Actor {
	actor := person.NewActor(person.Actor{ID: w.IDs.New(), HomeUnit: w.Unit("20017")}, w.Tree)
	e, err := w.Entrants.Register(tb.Context(), actor, entrant.RegisterInput{
		Challenge: w.Challenge.ID, Division: challenge.Individual, Unit: w.Unit("20017"), FullName: Child, BirthDate: "2012-03-04",
		Phone: "0912 345 678", Email: "doi@example.org", GuardianName: "Trần Thị Mẫu", GuardianPhone: "0912 345 678", Rules: 1,
		Consents: []entrant.ConsentInput{
			{Giver: entrant.Guardian, Purpose: entrant.Participation},
			{Giver: entrant.Child, Purpose: entrant.Participation},
			{Giver: entrant.Guardian, Purpose: entrant.ShowPhotos},
			{Giver: entrant.Child, Purpose: entrant.ShowPhotos},
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err = w.Entrants.Decide(tb.Context(), w.Board, e.ID, entrant.Approve, ""); err != nil {
		tb.Fatal(err)
	}
	actor.Represents = []ident.ID{e.ID}
	return actor
}

// Publish ends the challenge and publishes its results.
func (w *World) Publish(tb testing.TB) award.Publication {
	tb.Helper()
	ctx := tb.Context()
	r, err := w.Reports.ByCleanup(ctx, w.Board, w.Waiting.ID)
	if err != nil {
		tb.Fatal(err)
	}
	w.Decided(w.Board, r.Report, report.Refuse)
	w.Clock.Set(clock.Date(2024, time.July, 20, 9, 0).Time)
	if err := w.Challenges.Tick(ctx); err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Challenges.Advance(ctx, w.Board, w.Challenge.ID, challenge.Judge); err != nil {
		tb.Fatal(err)
	}
	p, err := w.Awards.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge.ID})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func (w *World) serve(tb testing.TB) http.Handler {
	site, err := web.NewSite(web.Config{Listen: "127.0.0.1:0", BaseURL: "http://example.test", Timeout: time.Minute, Grace: time.Second},
		slog.New(slog.DiscardHandler), nobody{}, nobody{})
	if err != nil {
		tb.Fatal(err)
	}
	portal.Register(site, portal.Deps{
		Clock: w.Clock, Units: w.Units, Challenges: w.Challenges, Cleanups: w.Cleanups, Reports: w.Reports, Awards: w.Awards,
		Letters: w.Letters, Insight: w.Insight, RegisterURL: func(slug string) string { return "/doi/dang-ky/" + slug },
		Publicity: publicity.NewService(publicity.Config{DB: w.DB, Log: w.Log, IDs: w.IDs, Units: w.Units, Challenges: w.Challenges}),
	})
	err = api.Register(site, api.Deps{
		Clock: w.Clock, Log: w.Log, Units: w.Units, Challenges: w.Challenges, Cleanups: w.Cleanups, Reports: w.Reports,
		Awards: w.Awards, Insight: w.Insight,
	})
	if err != nil {
		tb.Fatal(err)
	}
	h, err := site.Handler()
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// nobody is signed in, and nothing is added to the frame.
type nobody struct{}

func (nobody) Visitor(context.Context, string) (web.Visitor, error) { return web.Visitor{}, nil }
func (nobody) Fill(context.Context, web.Visitor, *ui.Page)          {}

// Request answers a request.
func (w *World) Request(method, path string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://example.test"+path, nil)
	if change != nil {
		change(r)
	}
	rec := httptest.NewRecorder()
	w.Server.ServeHTTP(rec, r)
	return rec
}

// Get answers a GET.
func (w *World) Get(path string) *httptest.ResponseRecorder {
	return w.Request(http.MethodGet, path, nil)
}
