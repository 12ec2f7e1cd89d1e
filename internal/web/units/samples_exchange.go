package units

import (
	"context"
	"net/url"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// sampleExchange has a message of each state and way, one of them with a code that is unknown here.
func sampleExchange() []exchange.Message {
	at := clock.Date(2024, 6, 3, 8, 0)
	return []exchange.Message{
		{
			ID: sampleID(80), Direction: exchange.In, Kind: exchange.LetterKind, State: exchange.Done, Business: edxml.BusinessNew, Symbol: "1518/KH-STTTT",
			Subject: "Thử thách làm cho thế giới sạch hơn", Partner: "truc-tinh", FromOrgan: "H57.99.02", FromName: "Sở Thông tin và Truyền thông", CreatedAt: at,
		},
		{ID: sampleID(81), Direction: exchange.Out, Kind: exchange.ReportKind, State: exchange.Waiting, Status: edxml.StatusReceived, Symbol: "1518/KH-STTTT", CreatedAt: at},
		{ID: sampleID(82), Direction: exchange.In, Kind: exchange.ReportKind, State: exchange.Done, Status: "42", Symbol: "1903/UBND-VH", CreatedAt: at},
		{
			ID: sampleID(83), Direction: exchange.In, Kind: exchange.UnreadKind, State: exchange.Failed, Partner: "truc-tinh", ErrorKey: "exchange.fault.letterIncomplete",
			CreatedAt: at, Tries: 1, FileKey: "k",
		},
	}
}

func sampleExchangeList(ctx context.Context) exchangeView {
	return exchangeView{
		Unit: sampleUnits[0].Organ(), Table: exchangeTable(ctx, ui.T(ctx, "exchange.page.title"), sampleExchange()), MoreURL: "#more",
		Filters: []exchangeFilter{
			{Text: ui.T(ctx, "exchange.page.everything"), URL: "#all", Kind: ui.ButtonPrimary},
			{Text: ui.T(ctx, "exchange.page.in"), URL: "#in"},
			{Text: ui.T(ctx, "exchange.page.failed", "Count", 1), URL: "#failed"},
		},
	}
}

func sampleExchangeMessage(ctx context.Context) exchangeMessageView {
	d := exchange.Detail{Message: sampleExchange()[0], Dispatches: map[ident.ID]cascade.Dispatch{}}
	v := viewExchangeMessage(ctx, d)
	v.Facts = append([]ui.Definition{{Term: ui.T(ctx, "exchange.page.partner"), Text: "Trục liên thông thử"}}, v.Facts...)
	v.Error, v.RetryURL, v.RawURL = ui.T(ctx, "exchange.fault.letterIncomplete"), "#retry", "#raw"
	v.Files, v.Notes = []ui.Link{{Text: "ke-hoach.txt", URL: "#file"}}, []string{"edXML:PriorityCode: 9"}
	v.CodesURL, v.Extra = "#codes", []ui.Definition{{Term: "MessageHeader/TraceNote", Text: "Chuyển qua trục tỉnh"}}
	return v
}

// sampleCodes has a unit here with two codes, one outside, and a code that was refused.
func sampleCodes(ctx context.Context) codesView {
	f := form.New(url.Values{"unit": {sampleUnits[0].FullName}, "codes": {"H57"}})
	f.Add("codes", "exchange.fault.codeForm", "Code", "H57")
	return viewCodes(ctx, unit.NewTree("2024-06-03", sampleUnits, nil), []exchange.UnitCode{
		{OrganCode: "000.00.12.H57", UnitID: sampleUnits[0].ID, Main: true},
		{OrganCode: "H57.12", UnitID: sampleUnits[0].ID},
		{OrganCode: "H57.12.01", UnitID: sampleUnits[1].ID, Partner: "truc-tinh", Main: true},
	}, []exchange.Partner{{ID: "truc-tinh", Name: "Trục liên thông thử", Way: exchange.ByAxis}}, f)
}
