package publicity

import (
	"context"
	"net/url"
	"time"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// playView is the play log with its form.
type playView struct {
	Form                   *form.Form // nil for who may not write
	Action                 string
	ID                     ident.ID
	Errors                 []ui.FieldError
	Device, Started, Ended ui.Field
	Times, Result, Note    ui.Field
	Results                []ui.Option
	File                   ui.FileField
	Lost                   bool
	Rows                   [][]ui.Cell
}

// newPlay is the form filled in so far that one press is enough.
func (p *pages) newPlay(ctx context.Context, pack *publicity.Package) *form.Form {
	length := speech.ReadingTime(pack.Texts[publicity.Bulletin].Parts["script"]).Round(time.Minute) + time.Minute
	return form.New(url.Values{
		"id": {string(p.IDs.New())}, "started": {form.MomentInput(began(pack, p.now(), length))}, "ended": {form.MomentInput(p.now())}, "times": {"1"},
		"result": {string(publicity.Played)}, "device": {ui.T(ctx, "publicity.play.station", "Unit", pack.Unit.Lower())},
	})
}

func viewPlay(ctx context.Context, pack *publicity.Package, f *form.Form, lost bool) *playView {
	v := &playView{
		Form: f, Action: productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Bulletin) + "/nhat-ky", ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Device:  f.Field(ctx, ui.Field{Name: "device", Label: ui.T(ctx, "publicity.play.device"), Required: true, MaxLength: 200, Wide: true}),
		Started: f.Field(ctx, ui.Field{Name: "started", Label: ui.T(ctx, "publicity.play.started"), Required: true}),
		Ended:   f.Field(ctx, ui.Field{Name: "ended", Label: ui.T(ctx, "publicity.play.ended"), Required: true}),
		Times:   f.Field(ctx, ui.Field{Name: "times", Label: ui.T(ctx, "publicity.field.times"), InputMode: "numeric", Required: true}),
		Result:  f.Field(ctx, ui.Field{Name: "result", Label: ui.T(ctx, "publicity.play.result"), Required: true}),
		Note:    f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "publicity.field.note"), Rows: 2, Wide: true}),
		Rows:    playRows(ctx, pack), File: proofInput(ctx, f), Lost: lost,
	}
	for _, r := range publicity.Results() {
		v.Results = append(v.Results, ui.Option{Value: string(r), Label: ui.T(ctx, "publicity.result."+string(r))})
	}
	return v
}

func playRows(ctx context.Context, pack *publicity.Package) [][]ui.Cell {
	l := lang.From(ctx)
	var rows [][]ui.Cell
	for _, play := range pack.Plays {
		result := ui.T(ctx, "publicity.result."+string(play.Result))
		if play.Result != publicity.Silent && !play.Counts {
			result = ui.T(ctx, "publicity.play.removed")
		}
		rows = append(rows, []ui.Cell{
			{Text: play.Device}, {Text: l.DateTime(play.Started)}, {Text: l.DateTime(play.Ended)}, {Text: ui.Number(ctx, play.Times)}, {Text: result},
		})
	}
	return rows
}

func playColumns(ctx context.Context) []ui.Column {
	return []ui.Column{
		{Text: ui.T(ctx, "publicity.play.device"), Lead: true},
		{Text: ui.T(ctx, "publicity.play.started")},
		{Text: ui.T(ctx, "publicity.play.ended")},
		{Text: ui.T(ctx, "publicity.field.times")},
		{Text: ui.T(ctx, "publicity.play.result")},
	}
}
