package units

import (
	"context"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
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
}

func viewTick(ctx context.Context, d cascade.Duty, here string, id ident.ID) *tickView {
	v := &tickView{
		Action: here + "/ket-qua", ID: string(id),
		Count: ui.Field{Name: "count", ID: "tick-count", Label: ui.T(ctx, "units.tick.count"), Value: "1", Required: true},
		Note:  ui.Field{Name: "note", ID: "tick-note", Label: ui.T(ctx, "units.tick.note"), MaxLength: 1000, Wide: true},
		At:    ui.Field{Name: "at", ID: "tick-at", Label: ui.T(ctx, "units.tick.at"), Hint: ui.T(ctx, "units.tick.atHint")},
	}
	if d.Quota != nil {
		v.Count.Unit = d.Quota.Of
	}
	if len(d.Parts) > 0 {
		v.Part = ui.Field{Name: "part", ID: "tick-part", Label: ui.T(ctx, "units.tick.part"), Wide: true}
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
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	tick, err := f.ID("id")
	if err != nil {
		return err
	}
	in := cascade.TickInput{
		ID: tick, Dispatch: id, Duty: number, Part: ident.ID(f.Value("part")), Count: f.Int("count"), At: f.Moment("at"), Note: f.Value("note"),
	}
	if f.OK() {
		_, err = p.Cascade.Tick(r.Context(), web.ActorOf(r.Context()), in)
	}
	return p.doneWithDuty(w, r, id, number, f, err, "units.tick.done")
}

func (p *pages) untick(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	tick, err := web.PathID(r, "tick")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	return p.doneWithDuty(w, r, id, number, f, p.Cascade.RemoveTick(r.Context(), web.ActorOf(r.Context()), id, tick), "units.tick.removed")
}
