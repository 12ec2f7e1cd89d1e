package publicity

import (
	"context"
	"net/url"
	"time"

	"sachhon/internal/ident"
	"sachhon/internal/publicity"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// heldView is the form of a meeting that was held.
type heldView struct {
	Action                     string
	ID                         ident.ID
	Errors                     []ui.FieldError
	Name, Place, Begin, End    ui.Field
	Chair, Secretary, Present  ui.Field
	Points, Discussion, Result ui.Field
}

func (p *pages) viewHeld(ctx context.Context, pack *publicity.Package, f *form.Form) *heldView {
	texts := pack.Texts[publicity.Meeting].Parts
	if f == nil {
		f = form.New(url.Values{
			"id": {string(p.IDs.New())}, "begin": {form.MomentInput(p.now().Add(-time.Hour))}, "end": {form.MomentInput(p.now())},
			"points": {texts["points"]}, "conclusion": {texts["conclusion"]}, "name": {ui.T(ctx, "publicity.held.name")},
		})
	}
	field := func(name, key string, rows int, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, key), Rows: rows, Required: required, Wide: rows > 0 || name == "name" || name == "place"})
	}
	return &heldView{
		Action: productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Meeting) + "/cuoc-hop", ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Name: field("name", "publicity.held.what", 0, true), Place: field("place", "publicity.field.place", 0, true),
		Begin: field("begin", "publicity.held.begin", 0, true), End: field("end", "publicity.held.end", 0, true),
		Chair: field("chair", "publicity.held.chair", 0, true), Secretary: field("secretary", "publicity.held.secretary", 0, true),
		Present: field("present", "publicity.held.present", 0, true), Points: field("points", "publicity.held.points", 6, true),
		Discussion: field("discussion", "publicity.held.discussion", 3, false), Result: field("conclusion", "publicity.held.conclusion", 3, true),
	}
}
