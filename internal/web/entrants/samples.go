package entrants

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/waste"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples are the pages with invented data, for the gallery.
func Samples() []gallery.Sample {
	return []gallery.Sample{
		{Name: "entrants-mine", Page: func(ctx context.Context) templ.Component { return mineView(sampleMine(ctx)) }},
		{Name: "entrants-register", Page: func(ctx context.Context) templ.Component { return enterView(sampleEnter(ctx)) }},
		{Name: "entrants-team", Page: func(ctx context.Context) templ.Component { return teamView(sampleTeam(ctx)) }},
		{Name: "entrants-announce", Page: func(ctx context.Context) templ.Component { return planView(samplePlan(ctx)) }},
		{Name: "entrants-cleanup", Page: func(ctx context.Context) templ.Component { return cleanupView(sampleCleanup(ctx)) }},
		{Name: "entrants-report", Page: func(ctx context.Context) templ.Component { return reportView(sampleReport(ctx)) }},
		{Name: "entrants-mending", Page: func(ctx context.Context) templ.Component { return reportView(sampleMending(ctx)) }},
		{Name: "entrants-invalid", Page: func(ctx context.Context) templ.Component { return reportView(sampleInvalid(ctx)) }},
	}
}

// The sample's day, clean-up and team.
var (
	sampleNow  = clock.Date(2024, time.June, 16, 10, 0)
	sampleEdge = challenge.Challenge{
		Slug: "the-gioi-sach-hon-2024", Title: "Thử thách làm cho thế giới sạch hơn", Parameters: challenge.DefaultParameters(),
		Divisions: challenge.DefaultDivisions(), ReportingUntil: clock.Date(2024, time.July, 3, 0, 0),
		Period: challenge.Days(clock.Date(2024, time.June, 1, 0, 0).Time, clock.Date(2024, time.June, 30, 0, 0).Time),
	}
	sampleWho = entrant.Entrant{
		ID: "team", Number: 17, Division: challenge.Collective, Name: "Đội Thanh niên sông Bồ", Members: 24,
		Rules: 2, State: entrant.Approved,
	}
	sampleDone = cleanup.Cleanup{
		ID: "ra-quan", Entrant: "team", Place: "Bãi bồi ven sông Bồ, sau chợ Tứ Hạ", Expected: 24, State: cleanup.Announced,
		StartsAt: clock.Date(2024, time.June, 16, 6, 30), EndsAt: clock.Date(2024, time.June, 16, 9, 0),
	}
)

func sampleFrame(ctx context.Context, title string) ui.Page {
	page := gallery.Frame(ctx, title)
	page.Narrow = true
	page.Crumbs = []ui.Link{{Text: ui.T(ctx, "entrants.mine"), URL: "#main"}}
	return page
}

func sampleMatter() matter {
	return matter{Entrant: sampleWho, Challenge: sampleEdge, Unit: "Phường Tứ Hạ", Cleanups: []cleanup.Cleanup{sampleDone}}
}

func sampleMine(ctx context.Context) minePage {
	m := sampleMatter()
	waiting := matter{Entrant: entrant.Entrant{ID: "other", Division: challenge.Individual, Name: "Lê Thị Minh An", State: entrant.Submitted}, Challenge: sampleEdge, Unit: "Xã Hương Toàn"}
	frame := sampleFrame(ctx, ui.T(ctx, "entrants.mine"))
	frame.Crumbs = nil
	return minePage{
		Page: frame, Matters: []card{{m, m.next(ctx, sampleNow)}, {waiting, waiting.next(ctx, sampleNow)}},
		Open: []ui.Link{{Text: "Chủ nhật xanh", URL: "#main"}},
	}
}

func sampleTeam(ctx context.Context) teamPage {
	m := sampleMatter()
	earlier := sampleDone
	earlier.ID, earlier.Place, earlier.State = "truoc", "Đường làng Hương Toàn", cleanup.Reported
	earlier.StartsAt, earlier.EndsAt = clock.Date(2024, time.June, 9, 6, 30), clock.Date(2024, time.June, 9, 9, 0)
	m.Cleanups = append(m.Cleanups, earlier)
	m.Reports = map[ident.ID]report.Report{"truoc": {State: report.Valid}}
	return teamPage{
		Page: sampleFrame(ctx, m.Entrant.Name), matter: m, Next: m.next(ctx, sampleNow), Now: sampleNow, Announces: true, Withdraws: true,
		Contact: entrant.Contact{FullName: "Trần Thị Mẫu", Phone: "+84912345678", Email: "doi@example.org"}, Form: form.New(nil),
	}
}

func sampleEnter(ctx context.Context) enterPage {
	f := form.New(nil)
	for name, value := range map[string]string{"division": "collective", "name": "Đội Thanh niên sông Bồ", "full_name": "Trần Thị Mẫu", "phone": "0912 345 678", "email": "doi@example.org"} {
		f.Set(name, value)
	}
	open := sampleEdge
	return enterPage{
		Page: sampleFrame(ctx, ui.T(ctx, "entrants.enter.title")), Challenge: open, Rules: challenge.RulesVersion{Number: 2}, Form: f, Object: "mau",
		Units: []ui.OptionGroup{{Label: "Thị xã Hương Trà", Options: []ui.Option{{Value: "1", Label: "Phường Tứ Hạ"}, {Value: "2", Label: "Xã Hương Toàn"}}}},
	}
}

func samplePlan(ctx context.Context) planPage {
	f := form.New(nil)
	f.Set("expected", "24")
	page := sampleFrame(ctx, ui.T(ctx, "entrants.plan.title"))
	page.Scripts = []ui.Script{ui.ScriptMap}
	box := geo.Box{West: 107.2, South: 16.3, East: 107.7, North: 16.6}
	return planPage{
		Page: page, subject: subject{Entrant: sampleWho, Challenge: sampleEdge}, Form: f, Object: "mau",
		Units: []ui.OptionGroup{{Label: "Thị xã Hương Trà", Options: []ui.Option{{Value: "1", Label: "Phường Tứ Hạ"}}}},
		Map:   ui.MapProps{Label: ui.T(ctx, "entrants.plan.map"), PickLat: "f-lat", PickLon: "f-lon", Bounds: [4]float64{box.West, box.South, box.East, box.North}},
	}
}

func sampleSubject() subject {
	return subject{Cleanup: sampleDone, Entrant: sampleWho, Challenge: sampleEdge}
}

func sampleCleanup(ctx context.Context) cleanupPage {
	return cleanupPage{
		Page: sampleFrame(ctx, sampleDone.Place), subject: sampleSubject(), Unit: "Phường Tứ Hạ", State: cleanup.Ended, Cancels: true, Attends: true, Reports: true,
		Form: attendanceForm(cleanup.Attendance{Kind: cleanup.HeadCount, HeadCount: 26}, true),
	}
}

func sampleView(state report.State) report.View {
	return report.View{
		Due: clock.Date(2024, time.June, 19, 9, 0),
		Report: report.Report{ID: "bao-cao", State: state, Figures: report.Figures{
			Participants: 26, Minutes: 150, Weights: waste.Weights{}.With(waste.Organic, 1_500_000).With(waste.Plastic, 12_500),
			Methods: waste.Methods{}.With(waste.Organic, waste.Estimated).With(waste.Plastic, waste.Weighed),
		}},
		Photos: []report.Photo{{ID: "river-before", Role: report.Before, Width: 960, Height: 720}, {ID: "river-after", Role: report.After, Width: 960, Height: 720}},
	}
}

func samplePhoto(photo ident.ID, _ report.Size) string { return "/sample/" + string(photo) + ".jpg" }

func sampleReport(ctx context.Context) reportPage {
	page := sampleFrame(ctx, ui.T(ctx, "entrants.report.title"))
	page.Scripts = []ui.Script{ui.ScriptPhotos}
	f := form.New(nil)
	for name, value := range map[string]string{
		"participants": "26", "minutes": "150", "weight.organic": "1.500", "method.organic": "estimated",
		"weight.plastic": "12,5", "method.plastic": "weighed",
	} {
		f.Set(name, value)
	}
	return reportPage{Page: page, subject: sampleSubject(), View: sampleView(report.Draft), Started: true, Editable: true, Form: f, Object: "mau", PhotoAt: samplePhoto}
}

func sampleMending(ctx context.Context) reportPage {
	p := sampleReport(ctx)
	p.View.State, p.View.Photos = report.SentBack, p.View.Photos[:1]
	p.View.Reason = "Ảnh sau khi dọn chụp ở chỗ khác. Hãy gửi ảnh cùng góc với ảnh trước."
	p.Form.Set("weight.metal", "abc")
	p.Form.Add("weight.metal", "lang.fault.weightNotNumber")
	p.Form.Add("photos.after", "report.fault.noPhotoAfter", "Count", 1)
	return p
}

func sampleInvalid(ctx context.Context) reportPage {
	p := sampleReport(ctx)
	p.View.State, p.Editable, p.Appeals, p.Form = report.Invalid, false, true, form.New(nil)
	p.View.Reason = "Ảnh trùng với một báo cáo đã gửi tuần trước."
	history := []report.Step{
		{Event: report.Submit, At: clock.Date(2024, time.June, 16, 14, 0)},
		{Event: report.Reject, At: clock.Date(2024, time.June, 18, 9, 30), Reason: p.View.Reason},
	}
	p.Events = reportview.Events(lang.From(ctx), history, func(s report.Step) string {
		if reportview.ByTeam(s.Event) {
			return sampleWho.Name
		}
		return ui.T(ctx, "entrants.board")
	})
	return p
}
