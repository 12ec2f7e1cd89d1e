package units

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// dutyPageView is one duty with those who do parts of it, down to the lowest tier.
type dutyPageView struct {
	Over, Text string
	Facts      []ui.Definition
	Bar        ui.ChartProps // how much of a number is done
	BarData    []ui.Datum
	Periods    []periodView
	Earlier    int // periods before those shown
	Results    []resultView
	Parts      []partView
	Proof      *proofView // of the duty itself; nil where the letter's issuer looks
	Nodes      []nodeView
	Hidden     string // units that are not among the nodes
	Tick       *tickView
	Split      *splitView
}

// resultView is one thing that was noted as done.
type resultView struct {
	What, Note string
	Event      ui.Event
	Remove     string // empty for who may not
	Proof      proofView
}

// partView is what one person of the unit does.
type partView struct {
	Name, Role, Text, Facts, Note string
	Status                        ui.BadgeProps
	URL                           string // posts what becomes of it; empty for who may not
	Done, Removable               bool
	Proof                         proofView
	Attach                        *attachView // with the word that it is done; nil for who may not
}

// nodeView is what one unit below does.
type nodeView struct {
	Unit, URL, Progress, Note string
	Depth                     int
	Status                    ui.BadgeProps
	Proof                     proofView
}

// viewDuty shows a duty; small is what was sent of its small forms when something was wrong with it.
func viewDuty(ctx context.Context, t cascade.DutyTree, m may, newID func() ident.ID, small *form.Form) dutyPageView {
	v := dutyPageView{Over: t.Unit.Organ(), Text: t.Duty.Text, Facts: dutyFacts(ctx, t.Duty)}
	here := dutyURL(t.Dispatch.ID, t.Duty.Number)
	work := t.Dispatch.ID != "" && m.work()
	v.viewBar(ctx, t.Duty)
	v.viewPeriods(ctx, t.Duty, m, here, newID, small)
	for _, p := range t.Duty.Parts {
		v.Parts = append(v.Parts, viewPart(ctx, p, t.Duty, m, here, small))
	}
	if t.Dispatch.ID != "" {
		own := viewProof(ctx, t.Duty, m, proofOf{}, small)
		if own.Missing = t.Duty.Unproven(); own.Missing && own.Add != nil {
			own.Add.Open = true
		}
		v.Proof = &own
	}
	for _, tick := range t.Duty.Ticks {
		one := resultView{What: ui.T(ctx, "units.dutyPage.counted", "Count", tick.Count), Note: tick.Note, Event: ui.Event{At: tick.At}}
		if part, ok := partOf(t.Duty, tick.Part); ok {
			one.What += " · " + part.Name
		}
		if work {
			one.Remove = here + "/ket-qua/" + string(tick.ID) + "/xoa"
		}
		one.Proof = viewProof(ctx, t.Duty, m, proofOf{Tick: tick.ID, Done: true}, small)
		v.Results = append(v.Results, one)
	}
	for _, n := range t.Nodes {
		v.Nodes = append(v.Nodes, nodeView{
			Unit: n.Unit.FullName, URL: dutyURL(n.Dispatch.ID, n.Duty.Number), Progress: progressText(ctx, n.Duty.Progress, n.Duty.Quota), Note: n.Duty.Note,
			Depth: n.Depth, Status: nodeStatus(ctx, n), Proof: viewFiles(ctx, n.Duty.Files, filesShown, false),
		})
		v.Nodes[len(v.Nodes)-1].Proof.Missing = n.Duty.Unproven()
	}
	if t.Hidden > 0 {
		v.Hidden = ui.T(ctx, "units.dutyPage.hidden", "Count", t.Hidden)
	}
	if work {
		v.Tick = viewTick(ctx, t.Duty, m, here, newID(), small)
	}
	return v
}

// nodeStatus is what one unit says of its part, else how far it is with the letter.
func nodeStatus(ctx context.Context, n cascade.DutyNode) ui.BadgeProps {
	if n.Duty.Done() {
		return doneBadge(ctx, true)
	}
	return ui.StatusOf(ctx, ui.FamilyDispatch, n.Dispatch.Status())
}

func (v *dutyPageView) viewBar(ctx context.Context, d cascade.Duty) {
	p := d.Progress
	if p.Quota == 0 || p.Recurs { // what is asked for in each period is shown there
		return
	}
	of := ""
	if d.Quota != nil {
		of = d.Quota.Of
	}
	left := max(0, p.Quota-p.Count)
	v.Bar = ui.ChartProps{
		ID: "duty-count", Title: ui.T(ctx, "units.dutyPage.quota"), Summary: countText(ctx, p.Count, p.Quota, d.Quota),
		Label: ui.T(ctx, "units.column.state"), Unit: of,
	}
	datum := func(key string, n, color int) ui.Datum {
		return ui.Datum{Label: ui.T(ctx, key), Value: int64(n), Text: ui.Number(ctx, n) + " " + of, Color: color}
	}
	v.BarData = []ui.Datum{datum("units.dutyPage.done", p.Count, 1), datum("units.dutyPage.left", left, 3)}
}

func partOf(d cascade.Duty, id ident.ID) (cascade.Part, bool) {
	for _, p := range d.Parts {
		if p.ID == id && id != "" {
			return p, true
		}
	}
	return cascade.Part{}, false
}
