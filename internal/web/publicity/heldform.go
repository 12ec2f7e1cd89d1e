package publicity

import (
	"context"
	"net/url"
	"slices"
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
	Present, Place, Begin, End ui.Field
	File                       ui.FileField
	Lost                       bool
	Name, Chair, Secretary     ui.Field // these and the following only make the minutes better
	Points, Discussion, Result ui.Field
	Open                       bool // something is to be mended among them
}

// newHeld is the form filled in so far that only the number present is missing.
func (p *pages) newHeld(ctx context.Context, pack *publicity.Package) *form.Form {
	texts := pack.Texts[publicity.Meeting].Parts
	return form.New(url.Values{
		"id": {string(p.IDs.New())}, "begin": {form.MomentInput(began(pack, p.now(), time.Hour))}, "end": {form.MomentInput(p.now())},
		"place": {pack.Unit.FullName}, "points": {texts["points"]}, "conclusion": {texts["conclusion"]}, "name": {ui.T(ctx, "publicity.held.name")},
	})
}

func viewHeld(ctx context.Context, pack *publicity.Package, f *form.Form, lost bool) *heldView {
	field := func(name, key string, rows int) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, key), Rows: rows, Wide: rows > 0 || name == "name" || name == "place"})
	}
	must := func(name, key string) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, key), Required: true})
	}
	v := &heldView{
		Action: productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Meeting) + "/cuoc-hop", ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Present: must("present", "publicity.held.present"), Place: field("place", "publicity.field.place", 0),
		Begin: must("begin", "publicity.held.begin"), End: must("end", "publicity.held.end"), File: proofInput(ctx, f), Lost: lost,
		Name: field("name", "publicity.held.what", 0), Chair: field("chair", "publicity.held.chair", 0),
		Secretary: field("secretary", "publicity.held.secretary", 0), Points: field("points", "publicity.held.points", 6),
		Discussion: field("discussion", "publicity.held.discussion", 3), Result: field("conclusion", "publicity.held.conclusion", 3),
	}
	v.Present.InputMode = "numeric"
	v.Open = slices.ContainsFunc([]ui.Field{v.Name, v.Chair, v.Secretary, v.Points, v.Discussion, v.Result}, func(f ui.Field) bool { return f.Error != "" })
	return v
}
