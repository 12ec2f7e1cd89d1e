package account

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// consentVersion numbers the words of account.consent.text; whoever changes them counts on.
const consentVersion = "account-1"

// signUpView is the form of a new account.
type signUpView struct {
	formView
	ID      ident.ID
	Consent ui.Field
	Agreed  bool
}

func (a *account) signUpPage(w http.ResponseWriter, r *http.Request) error {
	back := web.ReturnTo(r.URL.Query().Get("return"), "")
	if !web.ActorOf(r.Context()).Anonymous() {
		return web.SeeOther(w, r, web.ReturnTo(back, accountPath))
	}
	return a.showSignUp(w, r, form.New(url.Values{"return": {back}, "id": {string(a.IDs.New())}}))
}

func (a *account) showSignUp(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	page := a.page(w, r, ui.T(ctx, "account.signUp.title"))
	page.Path = signUpPath
	return web.Render(w, r, web.StatusOf(f.Err()), signUpPage(page, viewSignUp(ctx, f)))
}

func viewSignUp(ctx context.Context, f *form.Form) signUpView {
	return signUpView{
		ID: ident.ID(f.Value("id")), Agreed: f.Checked("consent"),
		Consent: ui.Field{Name: "consent", Label: ui.T(ctx, "account.consent.agree"), Required: true, Error: f.Fault(ctx, "consent")},
		formView: formView{
			Errors: f.Errors(ctx), Return: web.ReturnTo(f.Value("return"), ""),
			Fields: []ui.Field{
				f.Field(ctx, ui.Field{Name: "name", Label: ui.T(ctx, "account.name"), Autocomplete: "name", Required: true, MaxLength: 200}),
				f.Field(ctx, ui.Field{
					Name: "email", Label: ui.T(ctx, "account.email"), Hint: ui.T(ctx, "account.signUp.emailHint"),
					Autocomplete: "email", InputMode: "email", Required: true, MaxLength: 254,
				}),
				f.Field(ctx, ui.Field{
					Name: "phone", Label: ui.T(ctx, "account.phone"), Hint: ui.T(ctx, "account.signUp.phoneHint"),
					Autocomplete: "tel", InputMode: "tel", MaxLength: 30,
				}),
			},
		},
	}
}

// signUp makes the account, or does nothing when the address has one, and mails a code either way.
func (a *account) signUp(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	var agreed person.ConsentText
	if f.Checked("consent") {
		agreed = person.ConsentText{Version: consentVersion + "-" + ui.Lang(ctx), Words: ui.T(ctx, "account.consent.text")}
	}
	err = a.People.SignUp(ctx, person.Details{
		ID: id, Name: f.Value("name"), Email: f.Value("email"), Phone: f.Value("phone"), Lang: ui.Lang(ctx),
	}, agreed)
	if err == nil {
		err = a.Sessions.RequestCode(ctx, f.Value("email"), web.AddrOf(ctx))
	}
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return a.showSignUp(w, r, f)
	}
	return a.awaitCode(w, r, f)
}
