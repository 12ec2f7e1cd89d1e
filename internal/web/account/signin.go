package account

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/session"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// page is the frame of a page about signing in: narrow, and kept by nobody.
func (a *account) page(w http.ResponseWriter, r *http.Request, title string) ui.Page {
	w.Header().Set("Cache-Control", "no-store")
	page := a.site.Page(r, title)
	page.Narrow, page.NoIndex, page.SignInURL = true, true, ""
	return page
}

func (a *account) emailPage(w http.ResponseWriter, r *http.Request) error {
	back := web.ReturnTo(r.URL.Query().Get("return"), "")
	if !web.ActorOf(r.Context()).Anonymous() {
		return web.SeeOther(w, r, web.ReturnTo(back, accountPath))
	}
	return a.showEmail(w, r, form.New(url.Values{"return": {back}}))
}

func (a *account) showEmail(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	page := a.page(w, r, ui.T(r.Context(), "account.signIn.title"))
	page.Path = web.SignInPath
	return web.Render(w, r, web.StatusOf(f.Err()), emailPage(page, emailView(r.Context(), f)))
}

// formView is a form of one or a few fields, as the pages show it.
type formView struct {
	Errors []ui.FieldError
	Return string
	Fields []ui.Field
}

func emailView(ctx context.Context, f *form.Form) formView {
	return formView{
		Errors: f.Errors(ctx), Return: web.ReturnTo(f.Value("return"), ""),
		Fields: []ui.Field{f.Field(ctx, ui.Field{
			Name: "email", Label: ui.T(ctx, "account.email"), Hint: ui.T(ctx, "account.signIn.hint"),
			Autocomplete: "email", InputMode: "email", Required: true, MaxLength: 254,
		})},
	}
}

// requestCode answers the same whether there is an account or not.
func (a *account) requestCode(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if err := f.Take(a.Sessions.RequestCode(r.Context(), f.Value("email"), web.AddrOf(r.Context()))); err != nil {
		return err
	}
	if !f.OK() {
		return a.showEmail(w, r, f)
	}
	return a.awaitCode(w, r, f)
}

// awaitCode leads to the page that asks for the code.
func (a *account) awaitCode(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	now := attempt{Email: f.Text("email"), Return: web.ReturnTo(f.Value("return"), "")}
	if err := a.keepAttempt(w, now); err != nil {
		return err
	}
	return web.SeeOther(w, r, codePath)
}

func (a *account) codePage(w http.ResponseWriter, r *http.Request) error {
	now := readAttempt(r)
	if !web.ActorOf(r.Context()).Anonymous() {
		return web.SeeOther(w, r, web.ReturnTo(now.Return, accountPath))
	}
	if now.Email == "" {
		return web.SeeOther(w, r, web.SignInPath)
	}
	return a.showCode(w, r, now, form.New(nil))
}

func (a *account) showCode(w http.ResponseWriter, r *http.Request, now attempt, f *form.Form) error {
	ctx := r.Context()
	page := a.page(w, r, ui.T(ctx, "account.code.title"))
	page.Path = codePath
	return web.Render(w, r, web.StatusOf(f.Err()), codePage(page, a.codeView(ctx, now, f)))
}

// codeForm asks for the code.
type codeForm struct {
	Email    string
	Errors   []ui.FieldError
	Code     ui.Field
	MailsURL string // where the mail lies, in a demo
	AgainURL string
}

func (a *account) codeView(ctx context.Context, now attempt, f *form.Form) codeForm {
	v := codeForm{
		Email: now.Email, Errors: f.Errors(ctx), AgainURL: signInURL(now.Return),
		Code: f.Field(ctx, ui.Field{
			Name: "code", Label: ui.T(ctx, "account.code.label"), Hint: ui.T(ctx, "account.code.hint"),
			Autocomplete: "one-time-code", InputMode: "numeric", Required: true, MaxLength: 20,
		}),
	}
	if a.Mails != nil {
		v.MailsURL = mailPath
	}
	return v
}

func signInURL(back string) string {
	if back == "" {
		return web.SignInPath
	}
	return web.SignInPath + "?" + url.Values{"return": {back}}.Encode()
}

func (a *account) redeemCode(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	now := readAttempt(r)
	if now.Email == "" { // the quarter of an hour is over
		web.Flash(w, ui.AlertWarning, "account.code.over")
		return web.SeeOther(w, r, web.SignInPath)
	}
	in, err := a.Sessions.RedeemCode(ctx, now.Email, f.Value("code"), web.AddrOf(ctx), session.Device(r.UserAgent()))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return a.showCode(w, r, now, f)
	}
	return a.enter(w, r, in, now.Return)
}

// enter gives the browser its session and goes where the person wanted to.
func (a *account) enter(w http.ResponseWriter, r *http.Request, in session.SignedIn, back string) error {
	a.site.SignIn(w, in.Token)
	a.dropAttempt(w)
	return web.Done(w, r, web.ReturnTo(back, accountPath), "account.signedIn")
}

// linkPage has a button: scanners open the links of mails, and must not use them up.
func (a *account) linkPage(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	return a.showLink(w, r, token, a.Sessions.CheckLink(r.Context(), token))
}

func (a *account) showLink(w http.ResponseWriter, r *http.Request, token string, broken error) error {
	ctx := r.Context()
	f := form.New(url.Values{"token": {token}})
	if err := f.Take(broken); err != nil {
		return err
	}
	page := a.page(w, r, ui.T(ctx, "account.link.title"))
	page.Path = web.SignInPath // the token stays out of other forms
	page.Languages = nil
	v := linkView{Token: token, Fault: f.Fault(ctx, ""), AgainURL: signInURL(readAttempt(r).Return)}
	return web.Render(w, r, web.StatusOf(f.Err()), linkPage(page, v))
}

// linkView is the page behind the link of a mail: a button, or why it no longer works.
type linkView struct {
	Token    string
	Fault    string
	AgainURL string
}

func (a *account) redeemLink(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	in, err := a.Sessions.RedeemLink(ctx, f.Value("token"), web.AddrOf(ctx), session.Device(r.UserAgent()))
	if err != nil {
		return a.showLink(w, r, f.Value("token"), err)
	}
	return a.enter(w, r, in, readAttempt(r).Return)
}

// signOut ends the session, here and on the server; whoever is not signed in stays so.
func (a *account) signOut(w http.ResponseWriter, r *http.Request) error {
	visitor := web.VisitorOf(r.Context())
	if visitor.Session != "" {
		if err := a.Sessions.End(r.Context(), visitor.Actor.ID, visitor.Session); err != nil {
			return err
		}
	}
	a.site.SignOut(w)
	return web.Done(w, r, "/", "account.signedOut")
}
