package units

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// handView is the form by which somebody urges with words of their own.
type handView struct {
	Over   string
	Lead   string
	Action string
	Back   string
	ID     ident.ID
	UnitID ident.ID
	Field  ui.Field // of the units
	Units  []handUnit
	Chosen []string // of these
	Left   []string // who of the chosen is left out, and why
	Errors []ui.FieldError
	Words  ui.Field
}

type handUnit struct {
	Dispatch ident.ID
	Unit     string
	Symbol   string
}

// handOffered names all units among which the form lets somebody choose, also those that are not meant any more.
const handOffered = "trong"

// handField is the units that were chosen before, of which one that is not meant can still be taken out.
func handField(ctx context.Context, f *form.Form) ui.Field {
	return f.Field(ctx, ui.Field{Name: "ban-gui", Label: ui.T(ctx, "stuck.hand.units"), Required: true})
}

func handWords(ctx context.Context, f *form.Form) ui.Field {
	return f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "stuck.hand.words"), Hint: ui.T(ctx, "stuck.hand.wordsHint"), Rows: 5, Required: true, Wide: true})
}

func handOptions(units []handUnit) []ui.Option {
	options := make([]ui.Option, len(units))
	for i, u := range units {
		options[i] = ui.Option{Value: string(u.Dispatch), Label: u.Unit, Hint: u.Symbol}
	}
	return options
}

func (p *pages) urgePage(w http.ResponseWriter, r *http.Request) error {
	f := form.Query(r)
	return p.showUrge(w, r, form.New(url.Values{
		"don-vi": {f.Value("don-vi")}, "ban-gui": f.Values("ban-gui"), "id": {string(p.IDs.New())},
	}))
}

func (p *pages) showUrge(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, f.Value("don-vi"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionCascadeUrge, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionCascadeUrge, u)
	}
	offered := dispatchesOf(f, handOffered)
	if len(offered) == 0 { // a link that names those who are meant
		offered = dispatchesOf(f, "ban-gui")
	}
	choice, err := p.Urging.Choose(ctx, web.ActorOf(ctx), offered)
	if err != nil {
		return err
	}
	v := handView{
		Over: u.Organ(), Lead: ui.T(ctx, "stuck.hand.lead"), Action: stuckPath + "/don-doc", Back: stuckURL(u.ID), UnitID: u.ID,
		ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx), Field: handField(ctx, f), Chosen: f.Values("ban-gui"),
		Words: handWords(ctx, f),
	}
	for _, c := range choice.Chosen {
		v.Units = append(v.Units, handUnit{c.Dispatch.ID, c.Receiver.FullName, symbolOf(ctx, c.Letter)})
	}
	if len(choice.Settled) > 0 {
		v.Left = append(v.Left, ui.T(ctx, "stuck.hand.settled", "Names", someNames(ctx, choice.Settled)))
	}
	if choice.Others > 0 {
		v.Left = append(v.Left, ui.T(ctx, "stuck.hand.others", "Count", choice.Others))
	}
	page := p.page(r, ui.T(ctx, "stuck.hand.title"), ui.Link{Text: ui.T(ctx, "stuck.short"), URL: stuckURL(u.ID)})
	page.Narrow, page.Path = true, urgeURL(u.ID, offered...)
	return web.Render(w, r, web.StatusOf(f.Err()), handPage(page, v))
}

func dispatchesOf(f *form.Form, name string) []ident.ID {
	var ids []ident.ID
	for _, text := range f.Values(name) {
		ids = append(ids, ident.ID(text))
	}
	return ids
}

func (p *pages) urge(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(ctx, f.Value("don-vi"))
	if err != nil {
		return err
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	f.Alias("dispatches", "ban-gui")
	result, err := p.Urging.Urge(ctx, web.ActorOf(ctx), urging.UrgeInput{ID: id, Dispatches: dispatchesOf(f, "ban-gui"), Words: f.Value("words")})
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showUrge(w, r, f)
	}
	kind, text := urgedText(ctx, result)
	web.Flash(w, kind, "stuck.hand.result", "Text", text)
	return web.SeeOther(w, r, stuckURL(u.ID))
}

// urgedText says how many were urged, and who was not and why.
func urgedText(ctx context.Context, result urging.UrgeResult) (ui.AlertKind, string) {
	var parts []string
	switch {
	case result.Told > 0 && result.Later:
		parts = append(parts, ui.T(ctx, "stuck.hand.later", "Count", result.Told))
	case result.Told > 0:
		parts = append(parts, ui.T(ctx, "stuck.hand.done", "Count", result.Told))
	}
	if len(result.Already) > 0 {
		parts = append(parts, ui.T(ctx, "stuck.hand.alreadyNames", "Names", someNames(ctx, result.Already)))
	}
	if len(result.Nobody) == 0 {
		return ui.AlertGood, strings.Join(parts, " ")
	}
	return ui.AlertWarning, strings.Join(append(parts, ui.T(ctx, "stuck.hand.nobodyNames", "Names", someNames(ctx, result.Nobody))), " ")
}

// namesShown is how many units one line names.
const namesShown = 5

// someNames names the first of some units, and says how many more there are.
func someNames(ctx context.Context, units []unit.Unit) string {
	if len(units) <= namesShown {
		return unitNames(units)
	}
	return ui.T(ctx, "stuck.hand.someNames", "Names", unitNames(units[:namesShown]), "Count", len(units)-namesShown)
}
