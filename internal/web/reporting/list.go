package reporting

import (
	"context"
	"net/http"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// listShows is how many reports and activities a list holds.
const listShows = 50

// listView is what a unit owes, sent and received.
type listView struct {
	Unit       string
	Next       *dueView // the first that it owes and has not sent
	Due        []dueView
	Reports    []reportRow
	Received   []reportRow
	Activities []activityRow
	Letters    []subjectRow
	NewURL     string // empty for who does not draft
	NoteURL    string
}

// dueView is one report that the unit owes.
type dueView struct {
	Title  string
	Text   string
	URL    string // of the draft or the report, or where one is drafted
	Status ui.BadgeProps
	Open   bool
}

// reportRow is one report in a list.
type reportRow struct {
	URL    string
	Title  string
	Under  string
	Period string
	At     clock.Time
	Status ui.BadgeProps
}

// subjectRow is a letter with what a unit may look at about it.
type subjectRow struct {
	Name      string
	Figures   string
	Reception string
	Plan      string
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(ctx)
	v := listView{Unit: u.FullName}
	expected, err := p.Progress.Expected(ctx, actor, u.ID)
	if err != nil {
		return err
	}
	for _, e := range expected {
		d := viewDue(ctx, u, e, p.today())
		v.Due = append(v.Due, d)
		if d.Open && v.Next == nil {
			v.Next = &d
		}
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	reports, err := p.Progress.Reports(ctx, actor, u.ID, listShows)
	if err != nil {
		return err
	}
	for _, one := range reports {
		v.Reports = append(v.Reports, viewReportRow(ctx, one, tree.Name(one.Above), p.today()))
	}
	received, err := p.Progress.ReceivedBy(ctx, actor, u.ID, listShows)
	if err != nil {
		return err
	}
	for _, one := range received {
		v.Received = append(v.Received, viewReportRow(ctx, one, tree.Name(one.Unit), p.today()))
	}
	activities, err := p.Progress.Activities(ctx, actor, u.ID, listShows)
	if err != nil {
		return err
	}
	mine := own(ctx, u.ID, person.ActionProgressActivity)
	for _, a := range activities {
		v.Activities = append(v.Activities, viewActivity(ctx, a, mine))
	}
	subjects, err := p.subjects(ctx, u)
	if err != nil {
		return err
	}
	for _, o := range subjects {
		id := ident.ID(o.Value)
		row := subjectRow{Name: o.Label, Figures: figuresURL(u.ID, id), Reception: receptionURL(u.ID, id)}
		if actor.Can(person.ActionProgressSchedule, person.On{Unit: u.ID}) == nil {
			row.Plan = planURL(u.ID, id)
		}
		v.Letters = append(v.Letters, row)
	}
	if own(ctx, u.ID, person.ActionProgressDraft) {
		v.NewURL = newURL(u.ID, "")
	}
	if mine {
		v.NoteURL = activityURL(u.ID, "")
	}
	page := p.page(r, ui.T(ctx, "reporting.list.title"), unit.Unit{})
	return web.Render(w, r, http.StatusOK, listPage(page, v))
}

func viewDue(ctx context.Context, u unit.Unit, e progress.Expectation, today clock.Day) dueView {
	d := dueView{
		Title: ui.T(ctx, "reporting.round."+string(e.Round)) + ", " + periodText(ctx, e.Period),
		Text:  ui.T(ctx, "reporting.due.text", "Day", dayText(ctx, e.Due), "Receiver", e.Receiver.Organ(), "Letter", e.Paper.Symbol()),
		URL:   newURL(u.ID, e.Letter.ID) + "&loai=" + string(e.Round) + "&tu=" + string(e.From) + "&den=" + string(e.To) + "&han=" + string(e.Due),
	}
	if e.Report != nil {
		d.URL = reportURL(e.Report.ID)
	}
	switch {
	case e.Report != nil && e.Report.State == progress.Returned:
		d.Status, d.Open = stateBadge(ctx, e.Report.State), true
		if e.Report.Reason != "" {
			d.Text += " " + ui.T(ctx, "reporting.due.returned", "Words", e.Report.Reason)
		}
	case e.Met():
		d.Status = ui.BadgeProps{Text: ui.T(ctx, "reporting.due.sent"), Icon: ui.IconDone, Tone: ui.BadgeGood}
	case e.Overdue(today):
		d.Status, d.Open = ui.BadgeProps{Text: ui.T(ctx, "reporting.due.late"), Icon: ui.IconWarning, Tone: ui.BadgeBad}, true
	case e.Report != nil:
		d.Status, d.Open = stateBadge(ctx, e.Report.State), true
	default:
		d.Status, d.Open = ui.BadgeProps{Text: ui.T(ctx, "reporting.due.open"), Icon: ui.IconCalendar, Tone: ui.BadgeWait}, true
	}
	return d
}

func viewReportRow(ctx context.Context, one progress.Report, other string, today clock.Day) reportRow {
	row := reportRow{
		URL: reportURL(one.ID), Title: ui.T(ctx, "reporting.round."+string(one.Round)), Under: other, Period: periodText(ctx, one.Period),
		At: one.CreatedAt, Status: stateBadge(ctx, one.State),
	}
	if !one.SubmittedAt.IsZero() {
		row.At = one.SubmittedAt
	}
	if one.State == progress.Draft && one.Late(today) {
		row.Status = ui.BadgeProps{Text: ui.T(ctx, "reporting.due.late"), Icon: ui.IconWarning, Tone: ui.BadgeBad}
	}
	return row
}

func stateBadge(ctx context.Context, s progress.State) ui.BadgeProps {
	b := ui.BadgeProps{Text: ui.T(ctx, "reporting.state."+string(s)), Icon: ui.IconPen, Tone: ui.BadgeNeutral}
	switch s {
	case progress.Submitted:
		b.Icon, b.Tone = ui.IconSend, ui.BadgeWait
	case progress.Accepted:
		b.Icon, b.Tone = ui.IconDone, ui.BadgeGood
	case progress.Returned:
		b.Icon, b.Tone = ui.IconReturn, ui.BadgeBad
	case progress.Draft:
	}
	return b
}

func dayText(ctx context.Context, d clock.Day) string {
	if d.Start().IsZero() {
		return "–"
	}
	return lang.From(ctx).Date(d.Start())
}

func periodText(ctx context.Context, p progress.Period) string {
	return ui.T(ctx, "reporting.period", "From", dayText(ctx, p.From), "To", dayText(ctx, p.To))
}

func reportTable(ctx context.Context, caption, other string, rows []reportRow) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.report"), Lead: true},
		{Text: other},
		{Text: ui.T(ctx, "reporting.column.when")},
		{Text: ui.T(ctx, "reporting.column.state")},
	}}
	for _, row := range rows {
		t.Rows = append(t.Rows, []ui.Cell{{Value: reportTitle(row)}, {Text: row.Under}, {Value: ui.Moment(row.At)}, {Value: ui.Badge(row.Status)}})
	}
	return t
}
