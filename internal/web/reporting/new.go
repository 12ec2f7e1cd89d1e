package reporting

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// newView is the form by which a report is drafted.
type newView struct {
	Unit    string
	UnitID  string
	Action  string
	Back    string
	ID      ident.ID
	Due     string
	Errors  []ui.FieldError
	Letter  ui.Field
	Letters []ui.Option
	Round   ui.Field
	Rounds  []ui.Option
	From    ui.Field
	To      ui.Field

	Receiver  ui.Field
	Receivers []ui.Option
	Other     string // where a report to somebody else than the planner is drafted; empty when the receiver is chosen here
}

func (p *pages) newPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	subjects, err := p.choices(ctx, u)
	if err != nil {
		return err
	}
	chosen := q.Get("van-ban")
	if chosen == "" && len(subjects) > 0 {
		chosen = subjects[0].Value
	}
	about, err := subjectOf(chosen)
	if err != nil {
		return err
	}
	values := url.Values{"id": {string(p.IDs.New())}, "van-ban": {chosen}, "loai": {string(progress.OnDemand)}}
	if chosen != "" {
		next, err := p.Progress.Suggest(ctx, web.ActorOf(ctx), u.ID, about)
		if err != nil {
			return err
		}
		values = url.Values{
			"id": values["id"], "van-ban": {chosen}, "loai": {string(next.Round)}, "han": {string(next.Due)}, "tu": {string(next.From)}, "den": {string(next.To)},
		}
	}
	if round := q.Get("loai"); round != "" { // the address says which one
		values.Set("loai", round)
		values.Set("han", q.Get("han"))
	}
	for _, name := range []string{"tu", "den"} {
		if q.Get(name) != "" {
			values.Set(name, q.Get(name))
		}
	}
	return p.showNew(w, r, u, subjects, form.New(values))
}

// choices are what a report, or an activity, may be about: letters, then challenges without one.
func (p *pages) choices(ctx context.Context, u unit.Unit) ([]ui.Option, error) {
	subjects, err := p.subjects(ctx, u)
	if err != nil {
		return nil, err
	}
	return p.withChallenges(ctx, subjects)
}

func (p *pages) showNew(w http.ResponseWriter, r *http.Request, u unit.Unit, subjects []ui.Option, f *form.Form) error {
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "reporting.new.title"), u)
	page.Narrow = true
	receivers, err := p.Progress.Receivers(ctx, web.ActorOf(ctx), u.ID)
	if err != nil {
		return err
	}
	v := viewNew(ctx, u, subjects, receivers, f)
	planner, err := p.planner(ctx, u, f)
	if err != nil {
		return err
	}
	if planner.ID != "" {
		v.toPlanner(ctx, planner, newURL(u.ID, ident.ID(f.Value("van-ban")))+"&loai="+string(progress.OnDemand))
	}
	return web.Render(w, r, web.StatusOf(f.Err()), newReportPage(page, v))
}

// planner returns who planned the round that the form is filled in for; none when nobody did, or it is not filled in well enough to tell.
func (p *pages) planner(ctx context.Context, u unit.Unit, f *form.Form) (unit.Unit, error) {
	about, err := subjectOf(f.Value("van-ban"))
	if err != nil {
		return unit.Unit{}, err
	}
	round := progress.DueRound{Round: progress.Round(f.Value("loai"))}
	round.From, _ = clock.ParseDay(f.Value("tu"))
	round.To, _ = clock.ParseDay(f.Value("den"))
	round.Due, _ = clock.ParseDay(f.Value("han"))
	return p.Progress.Planner(ctx, web.ActorOf(ctx), u.ID, about, round)
}

// toPlanner has the form offer nobody else than who planned the report, and another form for a report to somebody else.
func (v *newView) toPlanner(ctx context.Context, planner unit.Unit, other string) {
	v.Receiver.Value, v.Receiver.Hint, v.Receiver.Part = "", ui.T(ctx, "reporting.field.receiverPlanned"), true
	v.Receivers = []ui.Option{{Label: planner.Organ()}}
	v.Other = other
}

// receiverField names in the form to whom the report goes.
const receiverField = "noi-nhan"

func viewNew(ctx context.Context, u unit.Unit, subjects []ui.Option, receivers []unit.Unit, f *form.Form) newView {
	f.Alias("letter", "van-ban")
	f.Alias("from", "tu")
	f.Alias("to", "den")
	f.Alias("round", "loai")
	f.Alias("receiver", receiverField)
	v := newView{
		Unit: u.FullName, UnitID: string(u.ID), Action: reportPath + "/moi", Back: listURL(u.ID), ID: ident.ID(f.Value("id")), Due: f.Value("han"),
		Errors: f.Errors(ctx), Letters: subjects,
		Letter: f.Field(ctx, ui.Field{Name: "van-ban", Label: ui.T(ctx, "reporting.field.letter"), Required: true, Wide: true}),
		Round:  f.Field(ctx, ui.Field{Name: "loai", Label: ui.T(ctx, "reporting.field.round"), Required: true}),
		From:   f.Field(ctx, ui.Field{Name: "tu", Label: ui.T(ctx, "reporting.field.from"), Required: true}),
		To:     f.Field(ctx, ui.Field{Name: "den", Label: ui.T(ctx, "reporting.field.to"), Required: true}),
		Receiver: f.Field(ctx, ui.Field{
			Name: receiverField, Label: ui.T(ctx, "reporting.field.receiver"), Hint: ui.T(ctx, "reporting.field.receiverHint"),
		}),
		Receivers: []ui.Option{{Label: ui.T(ctx, "reporting.new.byLetter")}},
	}
	for _, to := range receivers {
		v.Receivers = append(v.Receivers, ui.Option{Value: string(to.ID), Label: to.Organ()})
	}
	for _, round := range []progress.Round{progress.Weekly, progress.Final, progress.OnDemand} {
		v.Rounds = append(v.Rounds, ui.Option{Value: string(round), Label: ui.T(ctx, "reporting.round."+string(round))})
	}
	return v
}

func (p *pages) create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	in := progress.DraftInput{Unit: u.ID, Round: progress.Round(f.Value("loai")), Period: progress.Period{From: f.Day("tu"), To: f.Day("den")}}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if in.About, err = subjectOf(f.Value("van-ban")); err != nil {
		return err
	}
	if f.Value(receiverField) != "" {
		if in.To, err = f.ID(receiverField); err != nil {
			return err
		}
	}
	if due, err := clock.ParseDay(f.Value("han")); err == nil {
		in.Due = due
	}
	var made progress.Report
	if f.OK() {
		made, err = p.Progress.Draft(ctx, web.ActorOf(ctx), in)
		f.Alias("letter", "van-ban")
		f.Alias("from", "tu")
		f.Alias("to", "den")
		f.Alias("round", "loai")
		f.Alias("receiver", receiverField)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		subjects, err := p.choices(ctx, u)
		if err != nil {
			return err
		}
		return p.showNew(w, r, u, subjects, f)
	}
	if in.ID != "" && made.ID != in.ID { // the period has a draft already
		return web.Done(w, r, reportURL(made.ID), "reporting.new.there")
	}
	return web.Done(w, r, reportURL(made.ID), "reporting.new.done")
}

// planView is the form by which a unit says when those below report to it.
type planView struct {
	Unit    string
	UnitID  string
	Letter  string
	About   string
	Action  string
	Back    string
	Errors  []ui.FieldError
	First   ui.Field
	Last    ui.Field
	Weekday ui.Field
	Days    []ui.Option
	Final   ui.Field
}

func (p *pages) planPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	id, err := letterOf(r.URL.Query().Get("van-ban"))
	if err != nil {
		return err
	}
	actor := web.ActorOf(ctx)
	whole, err := p.Progress.Whole(ctx, actor, u.ID, progress.Subject{Letter: id})
	if err != nil {
		return err
	}
	values := url.Values{"van-ban": {string(id)}, "tu": {string(whole.From)}, "den": {string(whole.To)}, "thu": {"0"}}
	s, err := p.Progress.Planned(ctx, actor, id, u.ID)
	if err == nil {
		values.Set("tu", string(s.First))
		values.Set("den", string(s.Last))
		values.Set("thu", weekdayValue(s.Weekday))
		values.Set("han", string(s.FinalDay))
	} else if !isNotFound(err) {
		return err
	}
	return p.showPlan(w, r, u, form.New(values))
}

func (p *pages) showPlan(w http.ResponseWriter, r *http.Request, u unit.Unit, f *form.Form) error {
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "reporting.plan.title"), u)
	page.Narrow = true
	id, err := letterOf(f.Value("van-ban"))
	if err != nil {
		return err
	}
	l, err := p.Letters.Load(ctx, p.DB, id)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.StatusOf(f.Err()), schedulePage(page, viewPlan(ctx, u, l.Symbol(), f)))
}

func viewPlan(ctx context.Context, u unit.Unit, symbol string, f *form.Form) planView {
	v := planView{
		Unit: u.FullName, UnitID: string(u.ID), Letter: f.Value("van-ban"), About: symbol, Action: reportPath + "/lich", Back: listURL(u.ID),
		Errors:  f.Errors(ctx),
		First:   f.Field(ctx, ui.Field{Name: "tu", Label: ui.T(ctx, "reporting.field.from"), Required: true}),
		Last:    f.Field(ctx, ui.Field{Name: "den", Label: ui.T(ctx, "reporting.field.to"), Required: true}),
		Weekday: f.Field(ctx, ui.Field{Name: "thu", Label: ui.T(ctx, "reporting.field.weekday"), Hint: ui.T(ctx, "reporting.plan.weekdayHint"), Required: true}),
		Final:   f.Field(ctx, ui.Field{Name: "han", Label: ui.T(ctx, "reporting.field.final"), Hint: ui.T(ctx, "reporting.plan.finalHint")}),
	}
	for day := range 8 {
		v.Days = append(v.Days, ui.Option{Value: weekdayValue(day), Label: ui.T(ctx, "reporting.weekday."+weekdayValue(day))})
	}
	return v
}

func (p *pages) plan(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	id, err := letterOf(f.Value("van-ban"))
	if err != nil {
		return err
	}
	for name, input := range map[string]string{"from": "tu", "to": "den", "weekday": "thu", "final": "han"} {
		f.Alias(name, input)
	}
	in := progress.Schedule{Letter: id, Unit: u.ID, First: f.Day("tu"), Last: f.Day("den"), Weekday: f.Int("thu"), FinalDay: f.Day("han")}
	if f.OK() {
		_, err = p.Progress.Plan(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		if err := web.ActorOf(ctx).Can(person.ActionProgressSchedule, person.On{Unit: u.ID}); err != nil {
			return err
		}
		return p.showPlan(w, r, u, f)
	}
	return web.Done(w, r, receptionURL(u.ID, id), "reporting.plan.done")
}
