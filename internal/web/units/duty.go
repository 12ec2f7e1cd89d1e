package units

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
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

func dutyURL(id ident.ID, number int) string {
	return dispatchURL(id) + "/nhiem-vu/" + strconv.Itoa(number)
}

// letterDutyURL is a duty as the letter's issuer sees it.
func letterDutyURL(id ident.ID, number int) string {
	return letterURL(id) + "/nhiem-vu/" + strconv.Itoa(number)
}

// dutyFacts says what a duty asks and how far it is.
func dutyFacts(ctx context.Context, d cascade.Duty) []ui.Definition {
	var list []ui.Definition
	add := func(key, text string) {
		if text != "" {
			list = append(list, ui.Definition{Term: ui.T(ctx, key), Text: text})
		}
	}
	add("units.dutyPage.progress", progressText(ctx, d.Progress, d.Quota))
	if !d.Deadline.IsZero() {
		add("units.field.deadline", endOf(ctx, d.Deadline))
	}
	if d.Every != nil {
		add("units.dutyPage.every", d.Every.Text)
	}
	add("units.dutyPage.quota", quotaText(ctx, d.Quota))
	add("units.dutyPage.channels", channelNames(ctx, d.Channels))
	add("units.dutyPage.for", strings.Join(d.For, "; "))
	add("units.dutyPage.proof", d.Proof)
	return list
}

// askedText says in one line what a duty asks beside its text.
func askedText(ctx context.Context, d cascade.Duty) string {
	var said []string
	if !d.Deadline.IsZero() {
		said = append(said, endOf(ctx, d.Deadline))
	}
	if d.Every != nil {
		said = append(said, d.Every.Text)
	}
	if q := quotaText(ctx, d.Quota); q != "" {
		said = append(said, q)
	}
	if d.Proof != "" {
		said = append(said, ui.T(ctx, "units.dutyPage.hand", "Proof", d.Proof))
	}
	return strings.Join(said, " · ")
}

// endOf names the day of a deadline, whose end is the midnight after it.
func endOf(ctx context.Context, deadline clock.Time) string {
	return ui.T(ctx, "units.dutyPage.endOf", "Date", lang.From(ctx).Date(deadline.Add(-1)))
}

func quotaText(ctx context.Context, q *letter.Quota) string {
	switch {
	case q == nil:
		return ""
	case q.AtLeast:
		return ui.T(ctx, "units.dutyPage.atLeast", "Count", ui.Number(ctx, q.Count), "Of", q.Of)
	}
	return ui.Number(ctx, q.Count) + " " + q.Of
}

// countText says how much was counted of what is asked for: "5 trên chỉ tiêu 12 tác phẩm".
func countText(ctx context.Context, count, asked int, q *letter.Quota) string {
	of := ""
	if q != nil {
		of = q.Of
	}
	return strings.TrimSpace(ui.T(ctx, "units.dutyPage.count", "Count", count, "Quota", asked, "Of", of))
}

// progressText says in words how far a duty is.
func progressText(ctx context.Context, p cascade.Progress, q *letter.Quota) string {
	parts := []string{ui.T(ctx, "units.dutyPage.percent", "Percent", p.Percent())}
	switch {
	case p.Quota > 0 && !p.Recurs:
		parts = append(parts, countText(ctx, p.Count, p.Quota, q))
	case p.Count > 0:
		parts = append(parts, ui.T(ctx, "units.dutyPage.counted", "Count", p.Count))
	}
	if p.Quota > 0 && p.Recurs {
		parts = append(parts, ui.T(ctx, "units.dutyPage.each", "Quota", p.Quota))
	}
	if p.Times > 1 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.eachTimes", "Times", p.Times))
	}
	if len(p.Due) > 0 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.periods", "Done", p.Met(), "Due", len(p.Due)))
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
	return p.showDuty(w, r, form.New(url.Values{"id": {string(p.IDs.New())}}), nil)
}

// showDuty shows a duty with the form that divides it. What was wrong with one of the small forms is said above.
func (p *pages) showDuty(w http.ResponseWriter, r *http.Request, f, small *form.Form) error {
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
	m := may{web.ActorOf(ctx), t.Dispatch}
	var hands []person.Person
	var own []letter.Letter
	if m.split() {
		if hands, err = p.Cascade.Colleagues(ctx, m.actor, id); err != nil {
			return err
		}
	}
	below := tree.Subordinates(t.Dispatch.ReceiverID)
	if m.forward() && len(below) > 0 {
		if own, err = p.ownLetters(ctx, t.Dispatch); err != nil {
			return err
		}
	}
	v := viewDuty(ctx, t, m, p.IDs.New, small)
	v.Split = viewSplit(ctx, t, m, below, hands, own, f)
	up := dispatchURL(id)
	if t.From != "" {
		up = boardURL(t.Dispatch.LetterID, t.From)
	}
	page := p.page(r, ui.T(ctx, "units.letter.duty", "Number", number), ui.Link{Text: symbolOf(ctx, t.Letter), URL: up})
	page.Narrow, page.Path = true, dutyURL(id, number)
	code := web.StatusOf(f.Err())
	if small != nil {
		code = web.StatusOf(small.Err())
		for _, e := range small.Errors(ctx) {
			page.Flash = append(page.Flash, ui.Flash{Kind: ui.AlertWarning, Text: e.Text})
		}
	}
	return web.Render(w, r, code, dutyPage(page, v))
}

// letterDuty is a duty as its letter asks for it, for those who watch it for the issuer: everybody who has it, down to the
// lowest tier.
func (p *pages) letterDuty(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	t, err := p.Cascade.LetterDuty(ctx, web.ActorOf(ctx), id, number)
	if err != nil {
		return err
	}
	v := viewDuty(ctx, t, may{}, p.IDs.New, nil)
	page := p.page(r, ui.T(ctx, "units.letter.duty", "Number", number), ui.Link{Text: symbolOf(ctx, t.Letter), URL: boardURL(id, t.Unit.ID)})
	page.Narrow = true
	return web.Render(w, r, http.StatusOK, dutyPage(page, v))
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

// split tells whether the actor may divide duties.
func (m may) split() bool { return m.taken() && m.handle(person.ActionCascadeAssign) }

// namesOf are the options of units.
func namesOf(units []unit.Unit) []ui.Option {
	options := make([]ui.Option, len(units))
	for i, u := range units {
		options[i] = ui.Option{Value: string(u.ID), Label: u.FullName}
	}
	return options
}
