package units

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// dutyPageView is one duty with those who do parts of it, down to the lowest tier.
type dutyPageView struct {
	Over, Text, Back string
	Facts            []ui.Definition
	Parts            []partView
	Nodes            []nodeView
	TickURL, TickID  string
	Split            *splitView
}

// partView is what one person of the unit does.
type partView struct {
	Name, Role, Text string
	Status           ui.BadgeProps
}

// nodeView is what one unit below does.
type nodeView struct {
	Unit, URL, Progress string
	Depth               int
	Status              ui.BadgeProps
}

// splitView is the form that divides the duty.
type splitView struct {
	Action, ID                  string
	Errors                      []ui.FieldError
	Name, Quota, Deadline, Unit ui.Field
	Leads                       ui.Field
	LeadsNow                    bool
	Units                       []ui.Option
	UnitsNow                    []string
}

func dutyURL(id ident.ID, number int) string {
	return dispatchURL(id) + "/nhiem-vu/" + strconv.Itoa(number)
}

// dutyFacts says what a duty asks and how far it is.
func dutyFacts(ctx context.Context, d cascade.Duty) []ui.Definition {
	var list []ui.Definition
	add := func(key, text string) {
		if text != "" {
			list = append(list, ui.Definition{Term: ui.T(ctx, key), Text: text})
		}
	}
	add("units.dutyPage.progress", progressText(ctx, d.Progress))
	if !d.Deadline.IsZero() {
		add("units.field.deadline", lang.From(ctx).DateTime(d.Deadline))
	}
	if d.Every != nil {
		add("units.dutyPage.every", d.Every.Text)
	}
	if d.Quota != nil {
		add("units.dutyPage.quota", ui.Number(ctx, d.Quota.Count)+" "+d.Quota.Of)
	}
	add("units.dutyPage.for", strings.Join(d.For, "; "))
	add("units.dutyPage.proof", d.Proof)
	return list
}

// progressText says in words how far a duty is.
func progressText(ctx context.Context, p cascade.Progress) string {
	parts := []string{ui.T(ctx, "units.dutyPage.percent", "Percent", p.Percent())}
	switch {
	case p.Quota > 0:
		parts = append(parts, ui.T(ctx, "units.dutyPage.count", "Count", p.Count, "Quota", p.Quota))
	case p.Count > 0:
		parts = append(parts, ui.T(ctx, "units.dutyPage.counted", "Count", p.Count))
	}
	if len(p.Due) > 0 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.periods", "Done", len(p.Periods), "Due", len(p.Due)))
	}
	if p.Parts > 0 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.partsDone", "Done", p.PartsDone, "Parts", p.Parts))
	}
	return strings.Join(parts, " · ")
}

func doneBadge(ctx context.Context, done bool) ui.BadgeProps {
	if done {
		return ui.BadgeProps{Text: ui.T(ctx, "units.dutyPage.done"), Icon: ui.IconDone, Tone: ui.BadgeGood}
	}
	return ui.BadgeProps{Text: ui.T(ctx, "units.dutyPage.open"), Icon: ui.IconHalf, Tone: ui.BadgeOpen}
}

func (p *pages) duty(w http.ResponseWriter, r *http.Request) error {
	return p.showDuty(w, r, form.New(url.Values{"id": {string(p.IDs.New())}}))
}

func (p *pages) showDuty(w http.ResponseWriter, r *http.Request, f *form.Form) error {
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
	v := viewDuty(ctx, t, may{web.ActorOf(ctx), t.Dispatch}, tree.Subordinates(t.Dispatch.ReceiverID), f)
	v.TickID = string(p.IDs.New())
	page := p.page(r, ui.T(ctx, "units.letter.duty", "Number", number), ui.Link{Text: symbolOf(ctx, t.Letter), URL: dispatchURL(id)})
	page.Narrow = true
	return web.Render(w, r, statusOf(f), dutyPage(page, v))
}

func viewDuty(ctx context.Context, t cascade.DutyTree, m may, subordinates []unit.Unit, f *form.Form) dutyPageView {
	v := dutyPageView{Over: t.Unit.Organ(), Text: t.Duty.Text, Back: dispatchURL(t.Dispatch.ID), Facts: dutyFacts(ctx, t.Duty)}
	for _, p := range t.Duty.Parts {
		role := ui.T(ctx, "units.dutyPage.cooperates")
		if p.Leads {
			role = ui.T(ctx, "units.field.lead")
		}
		v.Parts = append(v.Parts, partView{Name: p.Name, Role: role, Text: p.Text, Status: doneBadge(ctx, p.Done())})
	}
	for _, n := range t.Nodes {
		v.Nodes = append(v.Nodes, nodeView{
			Unit: n.Unit.FullName, URL: dutyURL(n.Dispatch.ID, n.Duty.Number), Progress: progressText(ctx, n.Duty.Progress), Depth: n.Depth,
			Status: ui.StatusOf(ctx, ui.FamilyDispatch, n.Dispatch.Status()),
		})
	}
	if m.work() {
		v.TickURL = dutyURL(t.Dispatch.ID, t.Duty.Number) + "/ket-qua"
	}
	if m.taken() && m.handle(person.ActionCascadeAssign) {
		s := &splitView{
			Action: dutyURL(t.Dispatch.ID, t.Duty.Number) + "/chia", ID: f.Value("id"), Errors: f.Errors(ctx),
			Name:     f.Field(ctx, ui.Field{Name: "name", Label: ui.T(ctx, "units.split.name"), MaxLength: 200}),
			Quota:    f.Field(ctx, ui.Field{Name: "quota", Label: ui.T(ctx, "units.split.quota"), Hint: ui.T(ctx, "units.split.quotaHint")}),
			Deadline: f.Field(ctx, ui.Field{Name: "deadline", Label: ui.T(ctx, "units.field.deadline")}),
			Unit:     f.Field(ctx, ui.Field{Name: "units", Label: ui.T(ctx, "units.split.units")}),
			Leads:    f.Field(ctx, ui.Field{Name: "leads", Label: ui.T(ctx, "units.split.leads")}), LeadsNow: f.Checked("leads"),
			UnitsNow: f.Values("units"),
		}
		if m.forward() {
			for _, u := range subordinates {
				s.Units = append(s.Units, ui.Option{Value: string(u.ID), Label: u.FullName})
			}
		}
		v.Split = s
	}
	return v
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

func (p *pages) split(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	part, err := f.ID("id")
	if err != nil {
		return err
	}
	in := cascade.SplitInput{Dispatch: id, Duty: number}
	quota, deadline := 0, f.Moment("deadline")
	if f.Has("quota") {
		quota = f.Int("quota")
	}
	if f.Has("name") {
		in.People = []cascade.PersonPart{{ID: part, Name: f.Value("name"), Leads: f.Checked("leads"), Deadline: deadline, Quota: quota}}
	}
	for _, u := range f.Values("units") {
		in.Units = append(in.Units, cascade.UnitPart{Unit: ident.ID(u), Deadline: deadline, Quota: quota})
	}
	f.Alias("people", "name")
	f.Alias("people.0", "name")
	if f.OK() {
		_, err = p.Cascade.Split(r.Context(), web.ActorOf(r.Context()), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showDuty(w, r, f)
	}
	return web.Done(w, r, dutyURL(id, number), "units.split.done")
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
	in := cascade.TickInput{ID: tick, Dispatch: id, Duty: number, Count: f.Int("count"), Note: f.Value("note")}
	if !f.OK() {
		return p.told(w, r, id, f.Err())
	}
	if _, err := p.Cascade.Tick(r.Context(), web.ActorOf(r.Context()), in); err != nil {
		return p.told(w, r, id, err)
	}
	return web.Done(w, r, dutyURL(id, number), "units.tick.done")
}
