package office

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func termsURL(unit ident.ID) string { return draftsPath + "/nhiem-ky?don-vi=" + string(unit) }

// termsView is the form that says when the terms of a committee of the Party began.
type termsView struct {
	Unit   string
	Action string
	Seen   string
	Errors []ui.FieldError
	Terms  ui.Field
}

func (p *pages) termsPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	days, err := p.Letters.Terms(ctx, web.ActorOf(ctx), u.ID)
	if err != nil {
		return err
	}
	return p.showTerms(w, r, u, form.New(fillTerms(days)))
}

// fillTerms writes the days into the inputs of the form.
func fillTerms(days []clock.Day) url.Values {
	texts, seen := make([]string, len(days)), make([]string, len(days))
	for i, d := range days {
		texts[i], seen[i] = dayText(d), string(d)
	}
	return url.Values{"terms": {strings.Join(texts, "\n")}, "seen": {strings.Join(seen, " ")}}
}

func (p *pages) showTerms(w http.ResponseWriter, r *http.Request, u unit.Unit, f *form.Form) error {
	ctx := r.Context()
	if err := web.ActorOf(ctx).Can(person.ActionLetterHead, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterHead, u)
	}
	page := p.page(r, ui.T(ctx, "office.terms.title"), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(u.ID)},
		ui.Link{Text: ui.T(ctx, "office.head.title"), URL: headURL(u.ID)})
	page.Path, page.Narrow = termsURL(u.ID), true
	return web.Render(w, r, web.StatusOf(f.Err()), termsPage(page, viewTerms(ctx, u, f)))
}

func viewTerms(ctx context.Context, u unit.Unit, f *form.Form) termsView {
	return termsView{
		Unit: u.Organ(), Action: termsURL(u.ID), Seen: f.Value("seen"), Errors: f.Errors(ctx),
		Terms: f.Field(ctx, ui.Field{Name: "terms", Label: ui.T(ctx, "office.terms.days"), Hint: ui.T(ctx, "office.terms.daysHint"), Rows: 4, Wide: true}),
	}
}

func (p *pages) setTerms(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	var seen, days []clock.Day
	for d := range strings.FieldsSeq(f.Value("seen")) {
		seen = append(seen, clock.Day(d))
	}
	for _, line := range lines(f, "terms") {
		at, err := lang.ParseDate(line)
		if err != nil {
			f.Add("terms", "office.fault.termDay", "Line", line)
			break
		}
		days = append(days, clock.DayOf(at))
	}
	if f.OK() {
		if err := f.Take(p.Letters.SetTerms(ctx, web.ActorOf(ctx), u.ID, seen, days)); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showTerms(w, r, u, f)
	}
	return web.Done(w, r, termsURL(u.ID), "office.terms.saved")
}
