package units

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// tickView is the form that notes what was done for a duty.
type tickView struct {
	Action, ID  string
	Count, Note ui.Field
	Part        ui.Field
	Parts       []ui.Option // people who do parts; none where there are none
	At          ui.Field
	Attach      *attachView // nil once the letter is reported as done
}

// viewTick shows the form, as it was sent when something was wrong with it.
func viewTick(ctx context.Context, d cascade.Duty, m may, here string, id ident.ID, sent *form.Form) *tickView {
	const from = "tick-file"
	f := heldBy(sent, from)
	if f.OK() {
		f = form.New(url.Values{"count": {"1"}, "id": {string(id)}})
	}
	v := &tickView{
		Action: here + "/ket-qua", ID: f.Value("id"),
		Count: f.Field(ctx, ui.Field{Name: "count", ID: "tick-count", Label: ui.T(ctx, "units.tick.count"), Required: true}),
		Note:  f.Field(ctx, ui.Field{Name: "note", ID: "tick-note", Label: ui.T(ctx, "units.tick.note"), MaxLength: 1000, Wide: true}),
		At:    f.Field(ctx, ui.Field{Name: "at", ID: "tick-at", Label: ui.T(ctx, "units.tick.at"), Hint: ui.T(ctx, "units.tick.atHint")}),
	}
	if m.prove("") {
		v.Attach = attach(ctx, d, from, sent)
	}
	if d.Quota != nil {
		v.Count.Unit = d.Quota.Of
	}
	if len(d.Parts) > 0 {
		v.Part = f.Field(ctx, ui.Field{Name: "part", ID: "tick-part", Label: ui.T(ctx, "units.tick.part"), Wide: true})
		v.Parts = []ui.Option{{Label: ui.T(ctx, "units.tick.whole")}}
		for _, p := range d.Parts {
			v.Parts = append(v.Parts, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return v
}

func (p *pages) tick(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, files, err := readProof(r, &s)
	if err != nil {
		return err
	}
	tick, err := f.ID("id")
	if err != nil {
		return err
	}
	in := cascade.TickInput{
		ID: tick, Dispatch: id, Duty: number, Part: ident.ID(f.Value("part")), Count: f.Int("count"), At: f.Moment("at"), Note: f.Value("note"),
		Files: files,
	}
	if f.OK() {
		_, err = p.Cascade.Tick(r.Context(), web.ActorOf(r.Context()), in)
	}
	return p.doneWithDuty(w, r, id, number, f, err, "units.tick.done")
}

func (p *pages) untick(w http.ResponseWriter, r *http.Request) error {
	return p.takeBack(w, r, "tick", "units.tick.removed", func(ctx context.Context, actor person.Actor, dispatch ident.ID, _ int, id ident.ID) error {
		return p.Cascade.RemoveTick(ctx, actor, dispatch, id)
	})
}
