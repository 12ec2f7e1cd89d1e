package units

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// How much of each unit the desk looks at and shows.
const (
	deskLooks = 200
	deskShows = 5
	deskUnits = 12
)

// deskView is one unit on somebody's desk.
type deskView struct {
	Unit       string
	InboxURL   string
	OfficeURL  string // where letters are written
	LettersURL string // empty for who does not handle letters
	BooksURL   string // likewise
	ReportsURL string // likewise
	NewURL     string
	PackageURL string         // of the publicity package, when one may be ready
	In         []ui.StatProps // what came
	Waiting    []itemView
	Out        []ui.StatProps // what the unit writes and sends
	Unfinished []letterRow    // what it still writes, and what has not been received everywhere
}

// taskView is a part of a duty that somebody was given.
type taskView struct {
	Text, URL, Letter, Due string
}

func viewTask(ctx context.Context, t cascade.Task) taskView {
	v := taskView{Text: cmp.Or(t.Text, t.Duty.Text), URL: dutyURL(t.DispatchID, t.Duty.Number), Letter: symbolOf(ctx, t.Letter)}
	if due := t.Deadline; !due.IsZero() {
		v.Due = ui.T(ctx, "units.field.deadline") + " " + lang.From(ctx).DateTime(due)
	}
	return v
}

func (p *pages) desk(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	var desks []deskView
	own := web.OwnUnits(actor)
	for _, id := range own[:min(deskUnits, len(own))] {
		d, err := p.deskOf(ctx, actor, id)
		if err != nil {
			return err
		}
		desks = append(desks, d)
	}
	given, err := p.Cascade.Tasks(ctx, actor)
	if err != nil {
		return err
	}
	tasks := make([]taskView, len(given))
	for i, t := range given {
		tasks[i] = viewTask(ctx, t)
	}
	page := p.page(r, ui.T(ctx, "units.desk.title"))
	page.Crumbs = nil
	return web.Render(w, r, http.StatusOK, deskPage(page, desks, tasks))
}

func (p *pages) deskOf(ctx context.Context, actor person.Actor, id ident.ID) (deskView, error) {
	in, err := p.Cascade.Inbox(ctx, actor, id, deskLooks)
	if err != nil {
		return deskView{}, err
	}
	v := deskView{Unit: in.Unit.Organ(), InboxURL: inboxURL(id)}
	now := p.now()
	waiting := slices.DeleteFunc(slices.Clone(in.Items), func(it cascade.Item) bool { return !it.State.Open() })
	slices.SortStableFunc(waiting, byUrgency)
	if slices.ContainsFunc(in.Items, func(it cascade.Item) bool {
		return it.Letter.ChallengeID != "" && it.State != cascade.Arrived && it.State != cascade.Sent && it.State != cascade.Refused && it.State != cascade.Recalled
	}) {
		v.PackageURL = packageURL(id)
	}
	late := 0
	for i, it := range waiting {
		if len(it.Late) > 0 {
			late++
		}
		if i < deskShows {
			v.Waiting = append(v.Waiting, viewItem(ctx, it, now))
		}
	}
	here := func(view string) string { return address(v.InboxURL, "xem", view) }
	underWay := in.Count[cascade.Received] + in.Count[cascade.Assigned] + in.Count[cascade.InProgress]
	v.In = []ui.StatProps{
		letters(ctx, in.Count[cascade.Arrived], ui.IconArrive, "units.desk.toReceive", here(viewNew)),
		letters(ctx, underWay, ui.IconHalf, "units.desk.underWay", here(viewOpen)),
		letters(ctx, late, ui.IconWarning, "units.desk.late", here(viewLate)),
	}
	if actor.Can(person.ActionLetterRead, person.On{Unit: id}) == nil {
		v.LettersURL, v.OfficeURL, v.ReportsURL, v.BooksURL = lettersURL(id), officeURL(id), reportsURL(id), departuresURL(id)
		out, _, err := p.outgoing(ctx, actor, id, letter.ListFilter{Limit: deskLooks})
		if err != nil {
			return deskView{}, err
		}
		v.Out, v.Unfinished = unfinished(ctx, id, out)
	}
	if err := p.deskReports(ctx, actor, id, &v); err != nil {
		return deskView{}, err
	}
	if actor.Can(person.ActionCascadeWatch, person.On{Unit: id}) == nil {
		stuck, err := p.Urging.Count(ctx, actor, id)
		if err != nil {
			return deskView{}, err
		}
		v.Out = append(v.Out, units(ctx, stuck, ui.IconHourglass, "stuck.short", stuckURL(id)))
		refused, err := p.Cascade.Objections(ctx, actor, id)
		if err != nil {
			return deskView{}, err
		}
		if refused > 0 { // mostly nobody does
			v.Out = append(v.Out, units(ctx, refused, ui.IconRefuse, "units.desk.refused", stuckURL(id)))
		}
	}
	if actor.Can(person.ActionLetterRegister, person.On{Unit: id}) == nil {
		v.NewURL = newLetterURL(id)
	}
	return v, nil
}

// unfinished are the letters of a unit that somebody has to do something about, those that wait for the signature and then for
// their number before those that are still written and those that have not been received everywhere, and how many there are.
// Where none waits for a signature or a number there is no number.
func unfinished(ctx context.Context, id ident.ID, out []outgoing) (stats []ui.StatProps, rows []letterRow) {
	url := func(view string) string { return address(lettersPath, "don-vi", string(id), "xem", view) }
	in := func(l outgoing, views ...string) bool { return slices.ContainsFunc(views, l.in) }
	n, waiting := map[string]int{}, 0
	for _, views := range [][]string{{viewSubmitted}, {viewSigned}, {viewDraft, viewWaiting}} {
		for _, l := range out {
			if !in(l, views...) {
				continue
			}
			waiting += l.Waiting
			if l.in(views[0]) {
				n[views[0]]++
			}
			if len(rows) < deskShows {
				rows = append(rows, viewLetterRow(ctx, id, l))
			}
		}
	}
	if n[viewSubmitted] > 0 {
		stats = append(stats, letters(ctx, n[viewSubmitted], ui.IconHourglass, "ui.status.letter.submitted", url(viewSubmitted)))
	}
	if n[viewSigned] > 0 {
		stats = append(stats, letters(ctx, n[viewSigned], ui.IconCheck, "ui.status.letter.signed", url(viewSigned)))
	}
	return append(stats, letters(ctx, n[viewDraft], ui.IconPen, "units.letters.drafts", url(viewDraft)),
		units(ctx, waiting, ui.IconArrive, "units.desk.unreceived", url(viewWaiting))), rows
}

// deskReports adds how many reports wait for somebody of the unit. Most units receive none: where there is nothing there is no number.
func (p *pages) deskReports(ctx context.Context, actor person.Actor, id ident.ID, v *deskView) error {
	if p.Progress == nil || v.ReportsURL == "" || !(may{actor: actor}).on(person.ActionProgressRead, id) {
		return nil
	}
	waiting, err := p.Progress.Waiting(ctx, actor, id)
	if err != nil {
		return err
	}
	if waiting.Received > 0 {
		v.In = append(v.In, reports(ctx, waiting.Received, ui.IconLetter, "units.desk.reports", v.ReportsURL+"#da-nhan"))
	}
	if waiting.Due > 0 {
		v.In = append(v.In, reports(ctx, waiting.Due, ui.IconCalendar, "units.desk.reportsDue", v.ReportsURL))
	}
	if waiting.SentBack > 0 {
		v.In = append(v.In, reports(ctx, waiting.SentBack, ui.IconReturn, "units.desk.reportsBack", v.ReportsURL))
	}
	return nil
}

// reports is a number of reports on a desk, which leads to their list.
func reports(ctx context.Context, n int, icon ui.IconName, key, url string) ui.StatProps {
	return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, "units.desk.reportUnit", "Count", n), Icon: icon, Label: ui.T(ctx, key), URL: url}
}

// letters is a number of letters on a desk, which leads to their list.
func letters(ctx context.Context, n int, icon ui.IconName, key, url string) ui.StatProps {
	return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, "units.letters.unit", "Count", n), Icon: icon, Label: ui.T(ctx, key), URL: url}
}

// units is a number of units on a desk, which leads to their list.
func units(ctx context.Context, n int, icon ui.IconName, key, url string) ui.StatProps {
	return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, "stuck.units", "Count", n), Icon: icon, Label: ui.T(ctx, key), URL: url}
}

// byUrgency puts what is overdue first, the longest overdue before the others, then what nobody has looked at.
func byUrgency(a, b cascade.Item) int {
	switch {
	case len(a.Late) > 0 && len(b.Late) > 0:
		return a.Late[0].Due.Compare(b.Late[0].Due.Time)
	case len(a.Late) != len(b.Late):
		return len(b.Late) - len(a.Late)
	case a.State != b.State && a.State == cascade.Arrived:
		return -1
	case a.State != b.State && b.State == cascade.Arrived:
		return 1
	}
	return 0
}
