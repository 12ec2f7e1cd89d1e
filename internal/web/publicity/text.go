package publicity

import (
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func (p *pages) draftAgain(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	version := f.Count("version")
	if err := p.Publicity.DraftAgain(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, product, version); err != nil {
		return err
	}
	return p.done(w, r, pack, product, "publicity.drafted")
}

func (p *pages) editPage(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	values := url.Values{"version": {strconv.FormatInt(pack.Texts[product].Version, 10)}}
	for name, text := range pack.Texts[product].Parts {
		values.Set(name, text)
	}
	return p.showEdit(w, r, pack, product, form.New(values))
}

func (p *pages) showEdit(w http.ResponseWriter, r *http.Request, pack *publicity.Package, product publicity.Product, f *form.Form) error {
	ctx := r.Context()
	at := productURL(pack.Unit.ID, pack.Challenge.Slug, product)
	v := fieldsView{
		Over: pack.Unit.Organ(), Lead: ui.T(ctx, "publicity.edit.lead"), Action: at + "/sua", Back: at, Errors: f.Errors(ctx), Version: f.Count("version"),
	}
	for _, part := range product.Parts() {
		field := f.Field(ctx, ui.Field{
			Name: part.Name, Label: ui.T(ctx, "publicity.part."+string(product)+"."+part.Name), Rows: part.Lines, MaxLength: part.Limit, Required: true, Wide: true,
		})
		if part.Name == "priority" {
			v.Priority, v.Priorities = priorityInput(ctx, f, field.Label, "")
			continue
		}
		if part.Name == "script" {
			field.Hint = ui.T(ctx, "publicity.script.hint", "Least", publicity.LeastWords, "Most", publicity.MostWords)
		}
		v.Fields = append(v.Fields, field)
	}
	crumbs := append(packCrumbs(ctx, pack), ui.Link{Text: ui.T(ctx, "publicity.product."+string(product)), URL: at})
	page := p.page(r, ui.T(ctx, "publicity.edit.title"), crumbs...)
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), fieldsPage(page, v))
}

func (p *pages) saveText(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	parts := publicity.Texts{}
	for _, part := range product.Parts() {
		parts[part.Name] = f.Value(part.Name)
	}
	version := f.Count("version")
	if f.OK() {
		_, err = p.Publicity.SaveText(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, product, parts, version)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showEdit(w, r, pack, product, f)
	}
	return p.done(w, r, pack, product, "publicity.saved")
}
