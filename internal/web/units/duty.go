package units

import (
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func dutyURL(id ident.ID, number int) string {
	return dispatchURL(id) + "/nhiem-vu/" + strconv.Itoa(number)
}

// letterDutyURL is a duty as the letter's issuer sees it.
func letterDutyURL(id ident.ID, number int) string {
	return letterURL(id) + "/nhiem-vu/" + strconv.Itoa(number)
}

func (p *pages) duty(w http.ResponseWriter, r *http.Request) error {
	return p.showDuty(w, r, form.New(url.Values{"id": {string(p.IDs.New())}}), nil)
}

// showDuty shows a duty with the form that divides it. What was wrong with one of the small forms is said above.
func (p *pages) showDuty(w http.ResponseWriter, r *http.Request, f, small *form.Form) error {
	ctx := r.Context()
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	t, err := p.Cascade.DutyTree(ctx, web.ActorOf(ctx), id, number)
	if err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	m := may{web.ActorOf(ctx), t.Dispatch}
	var hands []person.Person
	var own []letter.Letter
	if m.split() {
		if hands, err = p.Cascade.Colleagues(ctx, m.actor, id); err != nil {
			return err
		}
	}
	below := tree.Subordinates(t.Dispatch.ReceiverID)
	if m.forward() && len(below) > 0 {
		if own, err = p.ownLetters(ctx, t.Dispatch); err != nil {
			return err
		}
	}
	v := viewDuty(ctx, t, m, p.IDs.New, small)
	v.Split = viewSplit(ctx, t, m, below, hands, own, f)
	up := dispatchURL(id)
	if t.From != "" {
		up = boardURL(t.Dispatch.LetterID, t.From)
	}
	page := p.page(r, ui.T(ctx, "units.letter.duty", "Number", number), ui.Link{Text: symbolOf(ctx, t.Letter), URL: up})
	page.Narrow, page.Path = true, dutyURL(id, number)
	code := web.StatusOf(f.Err())
	if small != nil {
		code = web.StatusOf(small.Err())
		for _, e := range small.Errors(ctx) {
			page.Flash = append(page.Flash, ui.Flash{Kind: ui.AlertWarning, Text: e.Text})
		}
	}
	return web.Render(w, r, code, dutyPage(page, v))
}

// letterDuty is a duty as its letter asks for it, for those who watch it for the issuer: everybody who has it, down to the
// lowest tier.
func (p *pages) letterDuty(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	t, err := p.Cascade.LetterDuty(ctx, web.ActorOf(ctx), id, number)
	if err != nil {
		return err
	}
	v := viewDuty(ctx, t, may{}, p.IDs.New, nil)
	page := p.page(r, ui.T(ctx, "units.letter.duty", "Number", number), ui.Link{Text: symbolOf(ctx, t.Letter), URL: boardURL(id, t.Unit.ID)})
	page.Narrow = true
	return web.Render(w, r, http.StatusOK, dutyPage(page, v))
}

// dutyOf reads the duty of the address.
func dutyOf(r *http.Request) (ident.ID, int, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return "", 0, err
	}
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return "", 0, fault.NotFound.With("cascade.fault.duty")
	}
	return id, number, nil
}

// split tells whether the actor may divide duties.
func (m may) split() bool { return m.taken() && m.handle(person.ActionCascadeAssign) }

// namesOf are the options of units.
func namesOf(units []unit.Unit) []ui.Option {
	options := make([]ui.Option, len(units))
	for i, u := range units {
		options[i] = ui.Option{Value: string(u.ID), Label: u.FullName}
	}
	return options
}
