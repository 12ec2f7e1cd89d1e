package apptest

import (
	"bytes"
	"fmt"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/scoring"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// The units of a scene, by their codes. Related ones stand above or are the ward in which everything happens.
const (
	Province  = "46"
	Town      = "480"
	Ward      = "19996"
	Elsewhere = "474" // another town of the province
)

// Slug is the address of the scene's challenge.
const Slug = "mot-thang-sach-hon"

// Face is somebody with a role, as the test calls them.
type Face struct {
	Name  string
	Actor person.Actor
	Token string // of a session; "" for nobody
}

// Scene is a challenge in June 2024 with one of everything: a team with a clean-up that counts and one that is to be
// reviewed, a letter on its way, and somebody of each role in the unit that it all belongs to and in another one.
type Scene struct {
	*App
	Tree  *unit.Tree
	Faces []Face

	Challenge challenge.Challenge
	Document  ident.ID // the plan
	Entrant   entrant.Entrant
	Counted   cleanup.Cleanup // its report is valid
	Waiting   cleanup.Cleanup // its report waits for a reviewer
	Valid     report.Report
	Submitted report.Report
	Photo     ident.ID // of the valid report
	Unseen    ident.ID // of the report that waits
	Letter    letter.Letter
	Dispatch  cascade.Dispatch // the ward's
}

// NewScene fills an empty application through its services.
func NewScene(a *App) *Scene {
	a.TB.Helper()
	s := &Scene{App: a}
	ctx := a.TB.Context()
	_, err := s.Units.Import(ctx, person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce})
	s.Must(err)
	s.Tree, err = s.Units.Today(ctx)
	s.Must(err)
	s.settle()
	s.announce()
	s.send()
	s.cleanUp()
	s.Drain()
	return s
}

// Unit returns the unit under a code.
func (s *Scene) Unit(code string) ident.ID {
	s.TB.Helper()
	u, ok := s.Tree.ByCode(code)
	if !ok {
		s.TB.Fatalf("apptest: no unit %s", code)
	}
	return u.ID
}

// Face returns somebody of the scene.
func (s *Scene) Face(name string) Face {
	s.TB.Helper()
	for _, f := range s.Faces {
		if f.Name == name {
			return f
		}
	}
	s.TB.Fatalf("apptest: nobody is called %s", name)
	return Face{}
}

// Person makes somebody of a unit who holds the role there, or no role.
func (s *Scene) Person(home string, role person.Role, at ident.ID) ident.ID {
	s.TB.Helper()
	ctx := s.TB.Context()
	p, err := s.People.Create(ctx, person.SystemActor, person.Details{
		Name: "Nguyễn Văn Mẫu", Email: string(s.IDs.New()) + "@example.org", HomeUnit: s.Unit(home),
	})
	s.Must(err)
	if role != "" {
		_, err = s.People.Grant(ctx, person.SystemActor, person.GrantInput{PersonID: p.ID, Role: role, UnitID: at})
		s.Must(err)
	}
	return p.ID
}

// As returns the person as they act now.
func (s *Scene) As(id ident.ID) person.Actor {
	s.TB.Helper()
	actor, err := s.People.Actor(s.TB.Context(), id)
	s.Must(err)
	return actor
}

// settle makes the faces. Representatives have no entrant yet.
func (s *Scene) settle() {
	s.TB.Helper()
	s.Faces = []Face{{Name: "nobody"}}
	for _, f := range []struct {
		name, home string
		role       person.Role
		at         string // "" is the whole installation
	}{
		{"person", Ward, "", ""},
		{"representative", Ward, "", ""},
		{"other representative", Elsewhere, "", ""},
		{"clerk", Ward, person.Clerk, Ward},
		{"other clerk", Elsewhere, person.Clerk, Elsewhere},
		{"town clerk", Town, person.Clerk, Town},
		{"leader", Town, person.Leader, Town},
		{"other leader", Elsewhere, person.Leader, Elsewhere},
		{"board", Province, person.Board, Province},
		{"other board", Elsewhere, person.Board, Elsewhere},
		{"administrator", Province, person.Administrator, ""},
		{"other administrator", Elsewhere, person.Administrator, Elsewhere},
	} {
		var at ident.ID
		if f.at != "" {
			at = s.Unit(f.at)
		}
		id := s.Person(f.home, f.role, at)
		s.Faces = append(s.Faces, Face{Name: f.name, Actor: s.As(id), Token: s.SignIn(id)})
	}
}

func (s *Scene) announce() {
	s.TB.Helper()
	ctx, board := s.TB.Context(), s.Face("board").Actor
	until := clock.Date(2024, time.June, 30, 0, 0)
	c, err := s.Challenges.Create(ctx, board, challenge.CreateInput{Details: challenge.Details{
		Title: "Một tháng sạch hơn", Slug: Slug, Summary: "Thử nghiệm", Organiser: s.Unit(Province), Area: s.Unit(Province),
		Period:       challenge.Span{From: clock.Date(2024, time.June, 6, 0, 0), Until: until},
		Registration: challenge.Span{From: clock.Date(2024, time.June, 1, 0, 0), Until: until},
	}})
	s.Must(err)
	_, err = s.Challenges.AddRules(ctx, board, c.ID, "# Thể lệ\n\nAi cũng có thể tham gia.", clock.Time{})
	s.Must(err)
	scheme, err := scoring.DefaultScheme().Document()
	s.Must(err)
	_, err = s.Challenges.AddScheme(ctx, board, c.ID, scheme, clock.Time{})
	s.Must(err)
	d, err := s.Challenges.AddDocument(ctx, board, c.ID, challenge.DocumentInput{
		ID: s.IDs.New(), Kind: challenge.PlanDocument, Title: "Kế hoạch", FileName: "ke-hoach.txt",
		Content: bytes.NewReader([]byte("Kế hoạch tổ chức cuộc thi")),
	})
	s.Must(err)
	s.Document = d.ID
	s.Challenge, err = s.Challenges.Announce(ctx, board, c.ID)
	s.Must(err)
	for _, name := range []string{"representative", "other representative"} {
		s.enter(name)
	}
}

// enter registers and approves a team of the face.
func (s *Scene) enter(face string) {
	s.TB.Helper()
	ctx := s.TB.Context()
	for i := range s.Faces {
		f := &s.Faces[i]
		if f.Name != face {
			continue
		}
		e, err := s.Entrants.Register(ctx, f.Actor, entrant.RegisterInput{
			Challenge: s.Challenge.ID, Division: challenge.Collective, Name: fmt.Sprintf("Đội số %d", i), Unit: f.Actor.HomeUnit,
			Members: 20, FullName: "Trần Thị Mẫu", BirthDate: "1990-02-03", Phone: "0912 345 678", Email: "doi@example.org", Rules: 1,
			Consents: []entrant.ConsentInput{
				{Giver: entrant.Self, Purpose: entrant.Participation}, {Giver: entrant.Self, Purpose: entrant.ShowPhotos},
			},
		})
		s.Must(err)
		e, err = s.Entrants.Decide(ctx, s.Face("board").Actor, e.ID, entrant.Approve, "")
		s.Must(err)
		f.Actor = s.As(f.Actor.ID)
		if face == "representative" {
			s.Entrant = e
		}
	}
}

// send lets the town write to the ward.
func (s *Scene) send() {
	s.TB.Helper()
	ctx, clerk := s.TB.Context(), s.Face("town clerk").Actor
	l, err := s.Letters.Draft(ctx, clerk, letter.DraftInput{
		ID: s.IDs.New(), Issuer: s.Unit(Town), Text: lettertest.Text("", "Thông báo trên hệ thống truyền thanh.", "Tạo điều kiện tham gia."),
	})
	s.Must(err)
	_, err = s.Letters.Register(ctx, clerk, l.ID)
	s.Must(err)
	s.Letter, err = s.Letters.Link(ctx, clerk, l.ID, letter.Link{Challenge: s.Challenge.ID, Public: true})
	s.Must(err)
	sent, err := s.Cascade.Send(ctx, clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{s.Unit(Ward)}}})
	s.Must(err)
	s.Dispatch = sent.Dispatches[0]
	campaign := publicity.Suggest(s.Challenge, s.Unit(Town))
	_, err = s.Publicity.SaveCampaign(ctx, clerk, campaign)
	s.Must(err)
}

// cleanUp carries two clean-ups of the team to a report, and one of these to a decision.
func (s *Scene) cleanUp() {
	s.TB.Helper()
	s.Counted, s.Valid = s.Report(8, 1)
	s.Waiting, s.Submitted = s.Report(9, 3)
	ctx := s.TB.Context()
	var err error
	s.Valid, err = s.Reports.Decide(ctx, s.Face("board").Actor, report.DecideInput{
		ID: s.IDs.New(), Report: s.Valid.ID, Version: s.Valid.Version, Verdict: report.Confirm,
	})
	s.Must(err)
	s.Photo, s.Unseen = s.firstPhoto(s.Valid), s.firstPhoto(s.Submitted)
}

func (s *Scene) firstPhoto(r report.Report) ident.ID {
	s.TB.Helper()
	v, err := s.Reports.Get(s.TB.Context(), s.Face("representative").Actor, r.ID)
	s.Must(err)
	return v.Photos[0].ID
}

// Announced announces a clean-up of the team from 7 to 9 on a morning of June.
func (s *Scene) Announced(day int) cleanup.Cleanup {
	s.TB.Helper()
	c, err := s.Cleanups.Create(s.TB.Context(), s.Face("representative").Actor, cleanup.CreateInput{
		Entrant: s.Entrant.ID, Announce: true, Plan: cleanup.Plan{
			Unit: s.Unit(Ward), Place: "Bãi bồi ven sông", Point: &geo.Point{Lat: 16.4, Lon: 107.5}, Expected: 20,
			StartsAt: clock.Date(2024, time.June, day, 7, 0), EndsAt: clock.Date(2024, time.June, day, 9, 0),
		},
	})
	s.Must(err)
	return c
}

// Report announces a clean-up, lets it pass and submits its report with the photos of the seed and the next one.
func (s *Scene) Report(day int, seed uint64) (cleanup.Cleanup, report.Report) {
	s.TB.Helper()
	ctx, team, c := s.TB.Context(), s.Face("representative").Actor, s.Announced(day)
	if at := c.EndsAt.Add(time.Hour).Time; s.Clock.Now().Before(at) {
		s.Clock.Set(at)
	}
	v, err := s.Reports.Open(ctx, team, report.OpenInput{Cleanup: c.ID})
	s.Must(err)
	_, err = s.Reports.Save(ctx, team, v.ID, reporttest.Changes(reporttest.Figures()))
	s.Must(err)
	for i, role := range []report.Role{report.Before, report.After} {
		_, err = s.Reports.AddPhoto(ctx, team, v.ID, report.PhotoInput{
			ID: s.IDs.New(), Role: role, FileName: "anh.jpg", Reader: bytes.NewReader(reporttest.Photo(seed + uint64(i))),
		})
		s.Must(err)
	}
	r, err := s.Reports.Submit(ctx, team, report.SubmitInput{ID: s.IDs.New(), Report: v.ID})
	s.Must(err)
	return c, r
}
