package reporting

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples shows the pages with an invented town and its wards.
func Samples() []gallery.Sample {
	page := func(ctx context.Context, title string) ui.Page {
		p := gallery.Frame(ctx, ui.T(ctx, title))
		p.Tone, p.Crumbs = ui.ToneOfficial, []ui.Link{{Text: ui.T(ctx, "units.desk.title"), URL: "#desk"}}
		return p
	}
	return []gallery.Sample{
		{Name: "reporting-list", Page: func(ctx context.Context) templ.Component {
			report := sampleReport(progress.Submitted)
			return listPage(page(ctx, "reporting.list.title"), listView{
				Unit: "Phường Hương Văn", NewURL: "#new", NoteURL: "#note",
				Reports:    []reportRow{viewReportRow(ctx, report, "Thị xã Hương Trà", "2024-07-03")},
				Activities: []activityRow{viewActivity(ctx, progress.Activity{ID: "a", Kind: progress.MeetingHeld, Day: "2024-06-17", Place: "Nhà văn hóa", People: 64}, true)},
				Letters:    []subjectRow{{Name: "1903/UBND-VH – hưởng ứng cuộc thi", Figures: "#figures", Reception: "#reception", Plan: "#plan"}},
			})
		}},
		{Name: "reporting-figures", Page: func(ctx context.Context) templ.Component {
			return figuresPage(page(ctx, "reporting.figures.title"), liveView{
				Unit: "Thị xã Hương Trà", Action: "#figures", JSON: "#json", NewURL: "#new", Figures: viewFigures(ctx, sampleFigures()),
				From: ui.Field{Name: "tu", Label: ui.T(ctx, "reporting.field.from"), Value: "2024-05-31", Required: true},
				To:   ui.Field{Name: "den", Label: ui.T(ctx, "reporting.field.to"), Value: "2024-06-30", Required: true},
			})
		}},
		{Name: "reporting-reception", Page: func(ctx context.Context) templ.Component {
			f, report := sampleFigures(), sampleReport(progress.Submitted)
			rec := progress.Reception{Figures: f, DueRound: progress.DueRound{Round: progress.Final, Period: f.Period, Due: "2024-07-03"}, Received: 1}
			for i, l := range f.Direct() {
				row := progress.ReceptionRow{Line: l}
				if i == 0 {
					row.Report = &report
				}
				rec.Rows = append(rec.Rows, row)
			}
			rec.Rows = append(rec.Rows, progress.ReceptionRow{Line: progress.Line{Name: "Xã Hương Bình", Depth: 1, Dispatch: "c", Followed: true}})
			rec.Reported, rec.Recorded = f.Total, f.Total
			v := viewReception(ctx, rec, "2024-07-04")
			v.Unit, v.Lead, v.PlanURL, v.NewURL, v.Figures = "Thị xã Hương Trà", "1903/UBND-VH", "#plan", "#new", "#figures"
			return receptionPage(page(ctx, "reporting.reception.title"), v)
		}},
		{Name: "reporting-report-outside", Page: func(ctx context.Context) templ.Component {
			report := sampleReport(progress.Submitted)
			return reportPageView(page(ctx, "reporting.round.final"), reportView{
				Unit: "Phường Hương Văn", Lead: "Kết quả triển khai cuộc thi", Status: stateBadge(ctx, report.State), Figures: viewFigures(ctx, report.Figures),
				Facts:    []ui.Definition{{Term: ui.T(ctx, "reporting.fact.to"), Text: "UBND thị xã Hương Trà"}},
				Delivery: sampleDelivery(ctx), Issue: issueview.Versions(ctx, sampleIssues(), func(string) string { return "#pdf" }, nil),
			})
		}},
		{Name: "reporting-report-returned", Page: func(ctx context.Context) templ.Component {
			report := sampleReport(progress.Returned)
			report.Unit, report.Letter, report.Reason = "u", "l", "Thiếu số liệu của tổ dân phố 3."
			return reportPageView(page(ctx, "reporting.round.final"), reportView{
				Unit: "Phường Hương Văn", Lead: "Kết quả triển khai cuộc thi", Status: stateBadge(ctx, report.State), Figures: viewFigures(ctx, report.Figures),
				Facts:  []ui.Definition{{Term: ui.T(ctx, "reporting.fact.to"), Text: "UBND thị xã Hương Trà"}},
				Reason: report.Reason, Again: againOf(report, "018fcd72-bd80-7006-ba71-d73e4a24f819"),
			})
		}},
		{Name: "reporting-report-again", Page: func(ctx context.Context) templ.Component {
			report := sampleReport(progress.Draft)
			return reportPageView(page(ctx, "reporting.round.final"), reportView{
				Unit: "Phường Hương Văn", Lead: "Kết quả triển khai cuộc thi", Status: stateBadge(ctx, report.State), Figures: viewFigures(ctx, report.Figures),
				Facts:   []ui.Definition{{Term: ui.T(ctx, "reporting.fact.to"), Text: "UBND thị xã Hương Trà"}},
				Instead: "#before", Words: "Thiếu số liệu của tổ dân phố 3.",
			})
		}},
		{Name: "reporting-new-planned", Page: func(ctx context.Context) templ.Component {
			p := page(ctx, "reporting.new.title")
			p.Narrow = true
			town := unit.Unit{ID: "t", FullName: "Thị xã Hương Trà", Kind: unit.Town}
			v := viewNew(ctx, unit.Unit{ID: "u", FullName: "Phường Hương Văn"}, []ui.Option{{Value: "l", Label: "1903/UBND-VH"}}, nil,
				form.New(url.Values{"van-ban": {"l"}, "loai": {"final"}, "tu": {"2024-05-31"}, "den": {"2024-06-30"}, "han": {"2024-07-03"}}))
			v.toPlanner(ctx, town, "#other")
			return newReportPage(p, v)
		}},
		{Name: "reporting-activity", Page: func(ctx context.Context) templ.Component {
			p := page(ctx, "reporting.activity.title")
			p.Narrow = true
			f := form.New(url.Values{"id": {"018fcd72-bd80-7006-ba71-d73e4a24f818"}, "kind": {"cleanup"}, "day": {"2024-06-16"}})
			f.Add("place", "progress.fault.place")
			return activityFormPage(p, viewActivityForm(ctx, unit.Unit{ID: "u", FullName: "Phường Hương Văn"},
				[]ui.Option{{Value: "l", Label: "1903/UBND-VH"}}, f, false))
		}},
	}
}

// sampleDelivery arrived once before it failed, and its receiver told a code of its own.
func sampleDelivery(ctx context.Context) *deliveryView {
	at := clock.Date(2024, 7, 3, 9, 40)
	v := viewDelivery(ctx, exchange.Delivery{
		Message: exchange.Message{State: exchange.Failed, ErrorKey: "exchange.fault.noWay", ErrorArgs: database.JSON[map[string]any]{V: map[string]any{"Partner": "truc-tinh"}}},
		Told: []exchange.Report{
			{Status: edxml.StatusArrived, At: at},
			{Status: "42", At: at.Add(time.Hour)},
			{Status: edxml.StatusRefused, At: at.Add(2 * time.Hour), Words: "Thiếu phụ lục"},
		},
	}, "Trục liên thông tỉnh")
	v.URL, v.RetryURL = "#package", "#retry"
	return v
}

// sampleIssues are the file as it was set here, and as it was signed elsewhere.
func sampleIssues() []letter.Issue {
	at := clock.Date(2024, 7, 3, 9, 10)
	return []letter.Issue{
		{Number: 1, Origin: letter.Printed, FileName: "12-BC-UBND.pdf", FileKey: "aa/0f1e2d", Size: 61_000, At: at},
		{
			Number: 2, Origin: letter.Uploaded, FileName: "12-BC-UBND-da-ky.pdf", FileKey: "bb/4c5b6a", Size: 74_000, At: at.Add(10 * time.Minute),
			Signatures: []letter.Signature{{Signer: "Nguyễn Văn Mẫu", Organ: "Ủy ban nhân dân phường Hương Văn", Intact: true, Whole: true, Chain: letter.ChainTrusted}},
		},
	}
}

func sampleReport(s progress.State) progress.Report {
	return progress.Report{
		ID: "r", Round: progress.Final, Period: progress.Period{From: "2024-05-31", To: "2024-06-30"}, Due: "2024-07-03", State: s,
		Figures: sampleFigures(), CreatedAt: clock.Date(2024, 7, 3, 6, 0), SubmittedAt: clock.Date(2024, 7, 3, 9, 30),
	}
}

func sampleFigures() progress.Figures {
	one := progress.Counts{Units: 1, Received: 1, Publicised: 1, Duties: 2, DutiesDone: 1, Collective: 2, Cleanups: 2, Valid: 1, People: 86}
	one.Waste = one.Waste.Plus(waste.Weights{}.With(waste.Organic, 640_000).With(waste.Plastic, 12_500))
	one.Channels[0] = progress.Publicity{Records: 2, Times: 6, People: 300}
	idle := progress.Counts{Units: 1, Absent: 1, Duties: 2}
	line := func(id, name string, c progress.Counts, state cascade.State) progress.Line {
		return progress.Line{Unit: ident.ID(id), Name: name, Kind: unit.Ward, Depth: 1, Dispatch: ident.ID(id), State: state, Own: c, Total: c, Absent: c.Absent > 0}
	}
	return progress.Figures{
		Unit: "t", Name: "Thị xã Hương Trà", Subject: progress.Subject{Letter: "l"}, Period: progress.Period{From: "2024-05-31", To: "2024-06-30"},
		End: clock.Day("2024-06-30").Next().Start().Add(-time.Microsecond), AsOf: clock.Date(2024, 7, 3, 8, 0), Total: one.Plus(idle),
		Lines: []progress.Line{line("a", "Phường Hương Văn", one, cascade.InProgress), line("b", "Phường Hương Xuân", idle, cascade.Arrived)},
		Duties: []progress.DutyLine{
			{Number: 1, Text: "Tuyên truyền trên hệ thống truyền thanh.", Asked: 2, Done: 1},
			{Number: 2, Text: "Mỗi đơn vị có ít nhất 6 tác phẩm dự thi; ra quân sáng Chủ nhật hằng tuần.", Asked: 2, Counted: 5, Quota: 12, Of: "tác phẩm", Met: 3, Turns: 4},
		},
	}
}
