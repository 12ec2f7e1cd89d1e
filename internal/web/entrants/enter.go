package entrants

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// enterPage registers an entrant.
type enterPage struct {
	Page       ui.Page
	Challenge  challenge.Challenge
	Rules      challenge.RulesVersion
	Form       *form.Form
	Object     ident.ID
	Units      []ui.OptionGroup
	Clerk      bool             // may enter somebody who has no phone
	Closed     string           // why nobody can register now
	Duplicates []entrant.Public // that take part already under the name
}

func (p *pages) enterForm(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.Challenges.BySlug(ctx, actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	f := form.New(nil)
	f.Set("division", string(challenge.Collective))
	f.Set("unit", string(actor.HomeUnit))
	// The account's data are only proposed; without them the person types them.
	if me, err := p.People.Person(ctx, actor, actor.ID); err == nil {
		f.Set("full_name", me.Name)
		f.Set("phone", lang.FormatPhone(string(me.Phone)))
		f.Set("email", string(me.Email))
		f.Set("birth_date", string(me.BirthDate))
	} else if !isNone(err) {
		return err
	}
	return p.showEnter(w, r, http.StatusOK, enterPage{Challenge: c, Form: f, Object: p.IDs.New()})
}

func (p *pages) showEnter(w http.ResponseWriter, r *http.Request, status int, page enterPage) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	page.Page = p.site.Page(r, ui.T(ctx, "entrants.enter.title"))
	page.Page.Narrow, page.Page.NoIndex = true, true
	page.Page.Crumbs = []ui.Link{{Text: page.Challenge.Title, URL: "/cuoc-thi/" + page.Challenge.Slug}}
	now := p.now()
	if !page.Challenge.AcceptsRegistrations(now) {
		page.Closed = ui.T(ctx, "entrant.fault.closed", "Challenge", page.Challenge.Title)
		if now.Before(page.Challenge.Registration.From.Time) {
			page.Closed = ui.T(ctx, "entrant.fault.notYet", "Challenge", page.Challenge.Title)
		}
	}
	versions, err := p.Challenges.Rules(ctx, actor, page.Challenge.ID)
	if err != nil {
		return err
	}
	for _, v := range versions { // the newest first
		if !now.Before(v.Since.Time) {
			page.Rules = v
			break
		}
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	page.Units = grouped(tree, page.Challenge.Area, func(u unit.Unit) bool { return u.ID != page.Challenge.Area })
	page.Clerk = actor.Might(person.ActionPersonEnter) == nil
	return web.Render(w, r, status, enterView(page))
}

// enter registers an entrant. An entrant of the same name in the same unit asks for a second look once.
func (p *pages) enter(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.Challenges.BySlug(ctx, actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	object, err := f.ID("id")
	if err != nil {
		return err
	}
	page := enterPage{Challenge: c, Form: f, Object: object}
	in := registration(ctx, f, c.ID, object)
	if !f.Checked("not_duplicate") {
		if page.Duplicates, err = p.duplicates(ctx, in); err != nil {
			return err
		}
	}
	if len(page.Duplicates) > 0 {
		f.Add("not_duplicate", "entrants.fault.duplicate")
		return p.showEnter(w, r, http.StatusUnprocessableEntity, page)
	}
	// The service is asked in any case: what could not be read is refused by it too, together with all the rest.
	e, err := p.Entrants.Register(ctx, actor, in)
	if err != nil {
		return refused(w, r, f, err, func(status int) error { return p.showEnter(w, r, status, page) })
	}
	return web.Done(w, r, "/doi", "entrants.entered", "Name", e.Name, "Number", e.Number)
}

// duplicates finds entrants of the name in the unit, other than the one that this form made already.
func (p *pages) duplicates(ctx context.Context, in entrant.RegisterInput) ([]entrant.Public, error) {
	if in.Name == "" || in.Unit == "" {
		return nil, nil
	}
	found, err := p.Entrants.Duplicates(ctx, in.Challenge, in.Name, in.Unit)
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		if e.ID == in.ID {
			return nil, nil
		}
	}
	return found, nil
}

// registration reads what was filled in.
func registration(ctx context.Context, f *form.Form, challengeID, object ident.ID) entrant.RegisterInput {
	in := entrant.RegisterInput{
		ID: object, Challenge: challengeID, Division: challenge.DivisionCode(f.Value("division")),
		Name: f.Text("name"), Unit: ident.ID(f.Text("unit")), FullName: f.Text("full_name"), BirthDate: f.Day("birth_date"),
		Phone: f.Text("phone"), Email: f.Text("email"), Lang: ui.Lang(ctx),
		GuardianName: f.Text("guardian_name"), GuardianPhone: f.Text("guardian_phone"), Assisted: f.Checked("assisted"),
	}
	if in.Division == challenge.Collective {
		in.Members = f.Int("members")
	}
	for _, giver := range []entrant.Giver{entrant.Self, entrant.Guardian, entrant.Child} {
		for _, purpose := range entrant.Purposes {
			if f.Checked(consentInput(giver, purpose)) {
				in.Consents = append(in.Consents, entrant.ConsentInput{Giver: giver, Purpose: purpose})
			}
		}
	}
	if f.Checked("rules") {
		// The number of the version that was read; one that makes no sense is none, and the service says so.
		in.Rules, _ = strconv.Atoi(f.Value("rules"))
	}
	return in
}

// consentInput is the name under which the service reports a missing consent.
func consentInput(giver entrant.Giver, purpose entrant.Purpose) string {
	return strings.Join([]string{"consent", string(giver), string(purpose)}, ".")
}
