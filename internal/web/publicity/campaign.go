package publicity

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func (p *pages) campaignPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	c, about, err := p.Publicity.CampaignOf(r.Context(), web.ActorOf(r.Context()), id, r.PathValue("slug"))
	if err != nil {
		return err
	}
	campaignID := c.ID
	if campaignID == "" {
		campaignID = p.IDs.New()
	}
	return p.showCampaign(w, r, about, c, form.New(url.Values{
		"id": {string(campaignID)}, "version": {strconv.FormatInt(c.Version, 10)}, "message": {c.Message}, "facts": {strings.Join(c.Facts, "\n")},
		"contact": {c.Contact}, "phone": {c.Phone}, "hashtags": {strings.Join(c.Hashtags, " ")}, "priority": {c.Priority}, "first": {string(c.First)}, "last": {string(c.Last)},
	}))
}

func (p *pages) showCampaign(w http.ResponseWriter, r *http.Request, about challenge.Challenge, own publicity.Campaign, f *form.Form) error {
	ctx := r.Context()
	id := own.OwnerID
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	field := func(name string, rows, limit int, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, "publicity.field."+name), Hint: ui.T(ctx, "publicity.hint."+name), Rows: rows, MaxLength: limit, Required: required, Wide: true})
	}
	lead := ui.T(ctx, "publicity.campaign.lead")
	pack, err := p.Publicity.Package(ctx, web.ActorOf(ctx), id, about.Slug)
	if err != nil {
		return err
	}
	if pack.Campaign.Suggested() {
		lead += " " + ui.T(ctx, "publicity.suggested.lead")
	}
	first := f.Field(ctx, ui.Field{Name: "first", Label: ui.T(ctx, "publicity.field.first"), Required: true})
	last := f.Field(ctx, ui.Field{Name: "last", Label: ui.T(ctx, "publicity.field.last"), Required: true})
	v := fieldsView{
		Over: u.Organ(), Lead: lead, Action: packURL(id, r.PathValue("slug")) + "/noi-dung", Back: offersURL(id),
		Errors: f.Errors(ctx), Version: f.Count("version"), ID: ident.ID(f.Value("id")),
		Fields: []ui.Field{
			field("message", 3, 300, true), field("facts", 6, 1000, false), field("contact", 1, 120, false), field("phone", 1, 20, false),
			field("hashtags", 1, 200, false),
		},
		First: &first, Last: &last,
	}
	v.Priority, v.Priorities = priorityInput(ctx, f, ui.T(ctx, "publicity.field.priority"), ui.T(ctx, "publicity.hint.priority"))
	switch {
	case own.Removed():
		if v.Notice, err = p.removal(ctx, own); err != nil {
			return err
		}
	case !own.Suggested():
		v.Drop = v.Action + "/bo"
	}
	page := p.page(r, ui.T(ctx, "publicity.campaign.title"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), fieldsPage(page, v))
}

func (p *pages) saveCampaign(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	own, c, err := p.Publicity.CampaignOf(ctx, web.ActorOf(ctx), id, r.PathValue("slug"))
	if err != nil {
		return err
	}
	in := publicity.Campaign{
		ChallengeID: c.ID, OwnerID: id, Message: f.Value("message"), Facts: strings.Split(f.Lines("facts"), "\n"), Contact: f.Value("contact"),
		Phone: f.Value("phone"), Hashtags: strings.Fields(f.Value("hashtags")), Priority: f.Value("priority"), First: f.Day("first"), Last: f.Day("last"), Version: f.Count("version"),
	}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.SaveCampaign(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showCampaign(w, r, c, own, f)
	}
	return web.Done(w, r, packURL(id, c.Slug), "publicity.campaign.saved")
}

// removal says who took a campaign back, when and why; it is there to be written again.
func (p *pages) removal(ctx context.Context, c publicity.Campaign) (string, error) {
	names, err := p.People.Names(ctx, c.RemovedBy)
	if err != nil {
		return "", err
	}
	return viewRemoval(ctx, c, names[c.RemovedBy]), nil
}

func viewRemoval(ctx context.Context, c publicity.Campaign, who string) string {
	at := lang.From(ctx).DateTime(c.RemovedAt)
	if who == "" || c.Reason == "" { // taken back when nobody asked for a reason
		return ui.T(ctx, "publicity.campaign.removedAt", "Time", at)
	}
	return ui.T(ctx, "publicity.campaign.removed", "Time", at, "Who", who, "Reason", c.Reason)
}

func (p *pages) dropPage(w http.ResponseWriter, r *http.Request) error {
	return p.showDrop(w, r, form.New(nil))
}

// showDrop asks why the unit's own campaign is taken back, and says what speaks in its place.
func (p *pages) showDrop(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	own, c, err := p.Publicity.CampaignOf(ctx, web.ActorOf(ctx), id, r.PathValue("slug"))
	if err != nil {
		return err
	}
	at := packURL(id, c.Slug) + "/noi-dung"
	if own.Suggested() || own.Removed() { // there is nothing to take back
		return web.SeeOther(w, r, at)
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	above, ok, err := p.Publicity.Instead(ctx, c, own)
	if err != nil {
		return err
	}
	v := viewDrop(ctx, f, above.Organ(), ok)
	v.Over, v.Action, v.Back, v.Version = u.Organ(), at+"/bo", at, own.Version
	if version := f.Count("version"); version > 0 { // what was seen first is taken back, or nothing
		v.Version = version
	}
	page := p.page(r, ui.T(ctx, "publicity.campaign.drop"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), fieldsPage(page, v))
}

func viewDrop(ctx context.Context, f *form.Form, above string, another bool) fieldsView {
	lead := ui.T(ctx, "publicity.campaign.dropLast")
	if another {
		lead = ui.T(ctx, "publicity.campaign.dropAsk", "Unit", above)
	}
	return fieldsView{
		Lead: lead + " " + ui.T(ctx, "publicity.campaign.dropKept"), Errors: f.Errors(ctx), Danger: ui.T(ctx, "publicity.campaign.drop"),
		Fields: []ui.Field{f.Field(ctx, ui.Field{Name: "reason", Label: ui.T(ctx, "publicity.remove.reason"), Rows: 3, MaxLength: 500, Required: true, Wide: true})},
	}
}

// dropCampaign takes the unit's own campaign back.
func (p *pages) dropCampaign(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	slug := r.PathValue("slug")
	err = p.Publicity.RemoveCampaign(r.Context(), web.ActorOf(r.Context()), id, slug, f.Count("version"), f.Lines("reason"))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showDrop(w, r, f)
	}
	return web.Done(w, r, packURL(id, slug), "publicity.campaign.dropped")
}
