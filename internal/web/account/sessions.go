package account

import (
	"context"
	"net/http"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// accountView is what somebody sees of themself.
type accountView struct {
	Facts     []ui.Definition
	Roles     []ui.Definition // the role, and the unit in which it is held
	Sessions  []sessionView
	OthersURL string // ends all others; empty when there are none
}

// sessionView is one browser in which the person is signed in.
type sessionView struct {
	Device  string
	Begun   clock.Time
	Seen    clock.Time
	Current bool
	EndURL  string
}

func (a *account) accountPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := a.accountView(ctx, web.VisitorOf(ctx))
	if err != nil {
		return err
	}
	page := a.page(w, r, web.VisitorOf(ctx).Name)
	return web.Render(w, r, http.StatusOK, accountPage(page, v))
}

func (a *account) accountView(ctx context.Context, visitor web.Visitor) (accountView, error) {
	var v accountView
	me, err := a.People.Person(ctx, visitor.Actor, visitor.Actor.ID)
	if err != nil {
		return v, err
	}
	if me.Email != "" {
		v.Facts = append(v.Facts, ui.Definition{Term: ui.T(ctx, "account.email"), Text: string(me.Email)})
	}
	if me.Phone != "" {
		v.Facts = append(v.Facts, ui.Definition{Term: ui.T(ctx, "account.phone"), Text: formatPhone(me.Phone)})
	}
	tree, err := a.Units.Today(ctx)
	if err != nil {
		return v, err
	}
	if name := tree.Name(me.HomeUnit); name != "" {
		v.Facts = append(v.Facts, ui.Definition{Term: ui.T(ctx, "account.homeUnit"), Text: name})
	}
	for _, g := range visitor.Actor.Grants {
		where := tree.Name(g.UnitID)
		if g.UnitID == "" {
			where = ui.T(ctx, "account.everywhere")
		}
		v.Roles = append(v.Roles, ui.Definition{Term: ui.T(ctx, "person.role."+string(g.Role)), Text: where})
	}
	if n := len(visitor.Actor.Represents); n > 0 {
		v.Roles = append(v.Roles, ui.Definition{
			Term: ui.T(ctx, "person.role."+string(person.Representative)), Text: ui.T(ctx, "account.represents", "Count", n),
		})
	}
	return v, a.listSessions(ctx, visitor, &v)
}

func (a *account) listSessions(ctx context.Context, visitor web.Visitor, v *accountView) error {
	sessions, err := a.Sessions.List(ctx, visitor.Actor.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		one := sessionView{
			Device: s.Device, Begun: s.CreatedAt, Seen: s.SeenAt, Current: s.ID == visitor.Session,
			EndURL: accountPath + "/phien/" + string(s.ID) + "/ket-thuc",
		}
		if one.Device == "" {
			one.Device = ui.T(ctx, "account.session.unknown")
		}
		if one.Current {
			v.Sessions = append([]sessionView{one}, v.Sessions...)
			continue
		}
		v.Sessions = append(v.Sessions, one)
		v.OthersURL = accountPath + "/phien-khac/ket-thuc"
	}
	return nil
}

func (a *account) endSession(w http.ResponseWriter, r *http.Request) error {
	visitor := web.VisitorOf(r.Context())
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return fault.NotFound.With("session.fault.unknown")
	}
	if err := a.Sessions.End(r.Context(), visitor.Actor.ID, id); err != nil {
		return err
	}
	if id == visitor.Session {
		a.site.SignOut(w)
		return web.Done(w, r, "/", "account.signedOut")
	}
	return web.Done(w, r, accountPath, "account.session.ended")
}

func (a *account) endOthers(w http.ResponseWriter, r *http.Request) error {
	visitor := web.VisitorOf(r.Context())
	n, err := a.Sessions.EndOthers(r.Context(), visitor.Actor.ID, visitor.Session)
	if err != nil {
		return err
	}
	return web.Done(w, r, accountPath, "account.session.othersEnded", "Count", n)
}
