package portal

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/insight"
	"sachhon/internal/letter"
	"sachhon/internal/publicity"
	"sachhon/internal/waste"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples are the public pages with invented data, for the gallery.
func Samples() []gallery.Sample {
	return []gallery.Sample{
		{Name: "portal-home", Page: func(ctx context.Context) templ.Component {
			page := gallery.Frame(ctx, "")
			page.Bleed = true
			return homePage(page, sampleHome(ctx))
		}},
		{Name: "portal-home-empty", Page: func(ctx context.Context) templ.Component { return emptyHomePage(gallery.Frame(ctx, "")) }},
		{Name: "portal-cleanups", Page: func(ctx context.Context) templ.Component {
			return cleanupsPage(gallery.Frame(ctx, ui.T(ctx, "portal.cleanups")), cleanupsView{
				Action: "#", Clear: "#", Filtered: true, Filter: cleanupFilter{From: "2024-02-31", State: "valid"}, States: stateOptions(ctx),
				Units: []ui.Option{{Label: ui.T(ctx, "portal.filter.everywhere")}}, Faults: map[string]string{"from": ui.T(ctx, "lang.fault.dateNone")},
				Tabs:  []ui.Tab{{Text: ui.T(ctx, "portal.view.list"), URL: "#", Current: true}, {Text: ui.T(ctx, "portal.view.map"), URL: "#"}},
				Cards: sampleCards(ctx), AsOf: sampleTime,
			})
		}},
		{Name: "portal-cleanup", Page: func(ctx context.Context) templ.Component {
			return cleanupPage(gallery.Frame(ctx, "Bờ sông Bồ đoạn qua Tứ Hạ"), sampleCleanup(ctx))
		}},
		{Name: "portal-responses", Page: func(ctx context.Context) templ.Component {
			return responsesPage(gallery.Frame(ctx, ui.T(ctx, "publicity.responses")), sampleResponses(ctx, ""))
		}},
		{Name: "portal-responses-none", Page: func(ctx context.Context) templ.Component {
			v := sampleResponses(ctx, "thuy bieu")
			v.Groups, v.Pager = nil, ui.PagerProps{}
			return responsesPage(gallery.Frame(ctx, ui.T(ctx, "publicity.responses")), v)
		}},
		{Name: "portal-challenge-responses", Page: func(ctx context.Context) templ.Component {
			return challengePage(gallery.Frame(ctx, "Thử thách làm cho thế giới sạch hơn"), challengeView{
				Over: "Sở Thông tin và Truyền thông", Summary: "Mỗi người một việc nhỏ, cùng dọn sạch nơi mình sống.", Status: ui.StatusOf(ctx, ui.FamilyChallenge, "running"),
				Responses: sampleResponses(ctx, "").Groups[1].Units, AllUnits: ui.Link{Text: ui.T(ctx, "publicity.responses.all", "Count", 52), URL: "#all"},
			})
		}},
		{Name: "portal-about", Page: func(ctx context.Context) templ.Component {
			page := gallery.Frame(ctx, ui.T(ctx, "portal.about.title"))
			page.Narrow = true
			return aboutPage(page)
		}},
	}
}

var sampleTime = clock.Date(2024, time.June, 30, 17, 0)

func sampleHome(ctx context.Context) homeView {
	kilos := waste.Weights{51_887, 375, 37, 80_269, 255, 183, 17, 80_000}
	for i := range kilos {
		kilos[i] *= 1000
	}
	return homeView{
		Hero: ui.HeroProps{
			Over: "Tỉnh Thừa Thiên Huế · 06/6/2024 – 29/6/2024", Title: "Thử thách làm cho thế giới sạch hơn",
			Lead: "Mỗi người một việc nhỏ, cùng dọn sạch nơi mình sống.", Photo: samplePhoto(ctx, "river-after"),
		},
		Status: ui.StatusOf(ctx, ui.FamilyChallenge, "running"),
		Actions: []action{
			{ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "portal.register"), Icon: ui.IconPlus}, "#register"},
			{ui.ButtonProps{Text: ui.T(ctx, "portal.standings"), Icon: ui.IconTrophy}, "#standings"},
		},
		Figures: keyFigures(ctx, insight.Statistics{
			Registrations: insight.Registrations{Total: 119, Collective: 64, Individual: 55}, Cleanups: insight.Cleanups{Created: 84, Valid: 65},
			Participants: 2812, Waste: kilos,
		}),
		AsOf: sampleTime, Latest: sampleCards(ctx), LatestURL: "#all", Division: divisionName(ctx, "collective"), TopURL: "#top",
		Top: []ui.StandingRow{
			{Rank: 1, Name: "Đội Thanh niên sông Bồ", URL: "#1", Unit: "Phường Tứ Hạ", Points: "3.284", Weight: ui.Weight(ctx, 12_400_000), Events: "4"},
			{Rank: 2, Name: "Hội Nông dân xã Hương Toàn", URL: "#2", Unit: "Xã Hương Toàn", Points: "2.970", Weight: ui.Weight(ctx, 9_812_500), Events: "3"},
		},
	}
}

func samplePhoto(ctx context.Context, name string) ui.Photo {
	return ui.Photo{URL: "/sample/" + name + ".jpg", SrcSet: "/sample/" + name + ".jpg 960w", Alt: ui.T(ctx, "portal.photoAfter", "Place", "Bờ sông Bồ"), Width: 960, Height: 720}
}

func sampleCards(ctx context.Context) []ui.CleanupCardProps {
	return []ui.CleanupCardProps{
		{
			Title: "Bờ sông Bồ đoạn qua Tứ Hạ", URL: "#1", Photo: samplePhoto(ctx, "river-after"), Place: "Phường Tứ Hạ",
			Entrant: "Đội Thanh niên sông Bồ", Start: sampleTime, Status: statusOf(ctx, insight.PointValid),
			People: ui.T(ctx, "portal.peopleCount", "Count", 42), Weight: ui.Weight(ctx, 1_284_500),
		},
		{
			Title: "Bãi biển cuối xã", URL: "#2", Place: "Huyện Quảng Điền", Entrant: ui.T(ctx, "entrant.hidden", "Number", 17),
			Start: sampleTime, Status: statusOf(ctx, insight.PointReported),
		},
	}
}

func sampleCleanup(ctx context.Context) cleanupView {
	return cleanupView{
		Entrant: "Đội Thanh niên sông Bồ", Lead: "Phường Tứ Hạ", Status: statusOf(ctx, insight.PointValid),
		Before: samplePhoto(ctx, "river-before"), After: samplePhoto(ctx, "river-after"), AsOf: sampleTime, Adjusted: true,
		Figures: []ui.StatProps{
			{Value: ui.Number(ctx, 1284.5), Unit: "kg", Label: ui.T(ctx, "portal.figure.waste")},
			{Value: "42", Unit: ui.T(ctx, "portal.people"), Label: ui.T(ctx, "portal.figure.participants")},
		},
		Waste: [][]ui.Cell{{{Text: ui.T(ctx, "waste.plastic")}, {Text: ui.Weight(ctx, 84_500)}, {Text: ui.T(ctx, "waste.method.weighed")}}},
		Lines: []string{ui.T(ctx, "scoring.line.event", "Points", "20")}, Points: "20", PointsNote: ui.T(ctx, "portal.points.published"),
		Facts:   []ui.Definition{{Term: ui.T(ctx, "portal.fact.unit"), Text: "Phường Tứ Hạ"}},
		History: []ui.Event{{Title: ui.T(ctx, "portal.history.announced"), At: sampleTime, Icon: ui.IconHorn, Tone: ui.BadgeOpen}},
	}
}

// sampleResponses are units of two tiers: with an article, with records of every kind, and one whose page has another name today.
func sampleResponses(ctx context.Context, search string) responsesView {
	told := func(c letter.Channel, first, last clock.Day, people int64) publicity.Told {
		return publicity.Told{Channel: c, First: first, Last: last, People: people}
	}
	card := func(name, url string, r publicity.Response) responseCard {
		return responseCard{Card: ui.CardProps{Title: name, URL: url}, Did: viewDid(ctx, r)}
	}
	v := responsesView{
		Action: "#", Search: ui.Field{Name: "tim", Label: ui.T(ctx, "publicity.responses.search"), Value: search},
		Groups: []responseGroup{
			{Title: "Tỉnh Thừa Thiên Huế", Units: []responseCard{
				card("Thị xã Hương Trà", "#480", publicity.Response{Published: sampleTime, Told: []publicity.Told{told(letter.Portal, "2024-06-06", "2024-06-06", 0)}}),
			}},
			{Title: "Thị xã Hương Trà", Units: []responseCard{
				card("Phường Tứ Hạ", "#19996", publicity.Response{Published: sampleTime, Told: []publicity.Told{
					told(letter.Loudspeaker, "2024-06-08", "2024-06-28", 0), told(letter.Meeting, "2024-06-09", "2024-06-23", 163),
					told(letter.NoticeBoard, "2024-06-10", "2024-06-10", 0), told(letter.Social, "2024-06-12", "2024-06-12", 0),
				}}),
				card("Trường Trung học cơ sở Nguyễn Khánh Toàn phường Hương Văn", "#school", publicity.Response{Told: []publicity.Told{told(letter.Meeting, "2024-06-10", "2024-06-10", 412)}}),
				card("Xã Bình Điền", "", publicity.Response{Told: []publicity.Told{told(letter.Loudspeaker, "2024-06-14", "2024-06-14", 0)}}),
			}},
		},
		Pager: ui.PagerProps{Previous: "#previous", Next: "#next", Shown: ui.T(ctx, "portal.shown", "First", 25, "Last", 48, "All", "52")},
	}
	if search != "" {
		v.Clear = "#"
	}
	return v
}
