package board

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/evidence"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples are the pages with invented data, for the gallery.
func Samples() []gallery.Sample {
	return []gallery.Sample{
		{Name: "board-desk", Page: func(ctx context.Context) templ.Component { return deskView(sampleDesk(ctx)) }},
		{Name: "board-entrants", Page: func(ctx context.Context) templ.Component { return entrantsView(sampleEntrants(ctx)) }},
		{Name: "board-entrant", Page: func(ctx context.Context) templ.Component { return entrantView(sampleEntrant(ctx)) }},
		{Name: "board-queue", Page: func(ctx context.Context) templ.Component { return queueView(sampleQueue(ctx)) }},
		{Name: "board-review", Page: func(ctx context.Context) templ.Component { return reviewView(sampleReview(ctx)) }},
		{Name: "board-results", Page: func(ctx context.Context) templ.Component { return resultsView(sampleResults(ctx)) }},
	}
}

var (
	sampleContest = challenge.Challenge{
		Slug: "the-gioi-sach-hon-2024", Title: "Thử thách làm cho thế giới sạch hơn",
		Parameters: challenge.DefaultParameters(), Divisions: challenge.DefaultDivisions(),
	}
	sampleTeam = entrant.Entrant{
		ID: "team", Number: 17, Division: challenge.Collective, Name: "Đội Thanh niên sông Bồ", Members: 24,
		Unit: "ward", Rules: 2, State: entrant.Submitted, CreatedAt: clock.Date(2024, time.June, 7, 15, 20),
	}
	samplePlace = cleanup.Cleanup{
		Place: "Bãi bồi ven sông Bồ, sau chợ Tứ Hạ", Expected: 24,
		StartsAt: clock.Date(2024, time.June, 16, 6, 30), EndsAt: clock.Date(2024, time.June, 16, 9, 0),
	}
	sampleOne = report.Report{
		ID: "mau", State: report.Submitted, Version: 3, SubmittedAt: clock.Date(2024, time.June, 16, 14, 0),
		Note: "Rác khác là bèo trộn bùn, không tách được.", Figures: report.Figures{
			Participants: 26, Minutes: 150,
			Weights: waste.Weights{}.With(waste.Organic, 400_000).With(waste.Plastic, 62_500).With(waste.Other, 300_000),
			Methods: waste.Methods{}.With(waste.Organic, waste.Estimated).With(waste.Plastic, waste.Weighed).With(waste.Other, waste.Estimated),
		},
	}
	sampleTree = unit.NewTree("2024-06-16", []unit.Unit{{ID: "ward", Code: "1", Name: "Tứ Hạ", FullName: "Phường Tứ Hạ", Kind: unit.Ward, ValidFrom: "2011-01-01"}}, nil)
)

func sampleFrame(ctx context.Context, title string) ui.Page {
	page := gallery.Frame(ctx, title)
	page.Tone = ui.ToneOfficial
	page.Crumbs = []ui.Link{{Text: ui.T(ctx, "board.desk"), URL: "#main"}}
	return page
}

func sampleDesk(ctx context.Context) deskPage {
	frame := sampleFrame(ctx, ui.T(ctx, "board.desk"))
	frame.Crumbs = nil
	return deskPage{Page: frame, Desks: []desk{{
		Challenge: sampleContest, State: challenge.Running, Entrants: 6, Approved: 113,
		Piles: map[report.Pile]int{report.ToReview: 12, report.Mended: 3, report.Appeals: 1, report.Late: 2},
	}}}
}

func sampleEntrants(ctx context.Context) entrantsPage {
	second := sampleTeam
	second.Number, second.Name, second.State = 16, "Hội Phụ nữ Hương Toàn", entrant.Approved
	return entrantsPage{
		Page: sampleFrame(ctx, ui.T(ctx, "board.entrants")), Challenge: sampleContest, Filter: form.New(nil), Tree: sampleTree,
		Entrants: []entrant.Entrant{sampleTeam, second}, Next: "#main",
	}
}

func sampleEntrant(ctx context.Context) entrantPage {
	other := sampleTeam
	other.Number, other.Name = 9, "Đội thanh niên Sông Bồ"
	page := sampleFrame(ctx, sampleTeam.Name)
	page.Narrow = true
	return entrantPage{
		Page: page, Challenge: sampleContest, Unit: "Phường Tứ Hạ", Duplicate: &other, Form: form.New(nil),
		Events: []entrant.Event{entrant.Approve, entrant.Refuse}, Details: entrant.Details{
			Entrant:  sampleTeam,
			Contact:  entrant.Contact{FullName: "Trần Thị Mẫu", BirthDate: "1990-02-03", Phone: "+84912345678", Email: "doi@example.org"},
			Consents: []entrant.Consent{{Giver: entrant.Self, Purpose: entrant.Participation}, {Giver: entrant.Self, Purpose: entrant.ShowPhotos}},
		},
	}
}

func sampleQueue(ctx context.Context) queuePage {
	mended := sampleOne
	mended.State, mended.SubmittedAt = report.Resubmitted, clock.Date(2024, time.June, 17, 8, 5)
	return queuePage{
		Page: sampleFrame(ctx, ui.T(ctx, "board.queue")), Challenge: sampleContest,
		Counts: map[report.Pile]int{report.ToReview: 1, report.Mended: 1, report.Found: 58, report.Refused: 4},
		Items:  []queued{{Report: sampleOne, Cleanup: samplePlace, Entrant: sampleTeam}, {Report: mended, Cleanup: samplePlace, Entrant: sampleTeam, Claimed: "Lê Văn Duyệt"}},
	}
}

func samplePhoto(photo ident.ID, _ report.Size) string { return "/sample/" + string(photo) + ".jpg" }

func sampleReview(ctx context.Context) reviewPage {
	photo := func(id ident.ID, role report.Role) report.Photo {
		return report.Photo{ID: id, Role: role, Width: 960, Height: 720, TakenAt: clock.Date(2024, time.June, 16, 7, 10)}
	}
	history := []report.Step{{Event: report.Submit, At: sampleOne.SubmittedAt}}
	return reviewPage{
		Page: sampleFrame(ctx, samplePlace.Place), Cleanup: samplePlace, Entrant: sampleTeam, Challenge: sampleContest, Unit: "Phường Tứ Hạ", Came: 26,
		View: report.View{Report: sampleOne, History: history, Photos: []report.Photo{
			photo("river-before", report.Before), photo("river-after", report.After),
			photo("beach-before", report.During), photo("beach-after", report.During),
		}},
		Findings: []evidence.Finding{
			{Kind: evidence.Rate, Level: evidence.Strong, Types: []waste.Type{waste.Plastic}, Grams: 8_000, Limit: 3_000},
			{Kind: evidence.OtherShare, Level: evidence.Ask, Share: 62},
		},
		Lines: scoring.Score(scoring.DefaultScheme(), scoring.NewFacts(sampleOne)), Claims: true, Decides: true, Adjusts: true,
		Verdicts: []report.Verdict{report.Confirm, report.Mend, report.Refuse}, Decision: form.New(nil), Deciding: "mau", Adjust: figuresForm(sampleOne.Figures), Adjusting: "mau",
		Events:  reportview.Events(lang.From(ctx), history, func(report.Step) string { return sampleTeam.Name }),
		PhotoAt: samplePhoto,
	}
}

func sampleResults(ctx context.Context) resultsPage {
	prize := &award.Prize{Title: "Giải nhất", Amount: 3_000_000}
	return resultsPage{
		Page: sampleFrame(ctx, ui.T(ctx, "board.results")), Challenge: sampleContest, State: challenge.Judging, Tree: sampleTree, Form: form.New(nil), Object: "mau",
		Preview: award.Preview{Document: award.Document{
			Entrants: []award.Entrant{{ID: "team", Number: 17, Name: sampleTeam.Name, Unit: "ward"}, {ID: "two", Number: 3, Unit: "ward"}},
			Tables: []award.Table{{Division: challenge.Collective, Rows: []award.Row{
				{Standing: scoring.Standing{Rank: 1, Entrant: "team", Points: 812_500, Reports: 4, Grams: 3_210_000}, Prize: prize},
				{Standing: scoring.Standing{Rank: 2, Entrant: "two", Points: 640_000, Reports: 3, Grams: 2_050_000, Decided: scoring.ByPoints}},
			}}, {Division: challenge.Individual}},
		}},
	}
}
