package units

import (
	"context"
	"net/http"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// askedView is what the sender of a dispatch asks about it.
type askedView struct {
	Title, Text, URL, Change string
	Frozen, May, MayRefuse   bool
}

// askedOf is the change that waits for the receiver's answer, nil when none does.
func askedOf(ctx context.Context, d cascade.Detail, m may) *askedView {
	i := slices.IndexFunc(d.Changes, func(c cascade.Change) bool { return c.ID == d.Asked })
	if d.Asked == "" || i < 0 {
		return nil
	}
	v := &askedView{
		Title: ui.T(ctx, "units.asked.update"), Text: d.Changes[i].Reason, URL: dispatchURL(d.ID) + "/tra-loi", Change: string(d.Asked), Frozen: d.Frozen(),
		May: m.handle(person.ActionCascadeReceive),
	}
	if v.Frozen {
		v.Title = ui.T(ctx, "units.asked.recall")
	}
	v.MayRefuse = d.State == cascade.Assigned || d.State == cascade.InProgress || d.State == cascade.Completed
	return v
}

// answer is the receiver's answer to a change.
func (p *pages) answer(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	change, err := f.ID("change")
	if err != nil {
		return err
	}
	if _, err := p.Cascade.Answer(r.Context(), web.ActorOf(r.Context()), id, change, f.Value("agree") == "1", f.Value("reason")); err != nil {
		return p.told(w, r, id, err)
	}
	return web.Done(w, r, dispatchURL(id), "units.asked.done")
}
