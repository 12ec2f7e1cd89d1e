package reporting

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// receptionView is what the units below reported in one round.
type receptionView struct {
	Unit     string
	Lead     string
	Rounds   []ui.Link
	Round    string
	Due      string
	Stats    []ui.StatProps
	AsOf     clock.Time
	Table    ui.TableProps
	Sums     ui.TableProps
	Differs  []differsRow
	PlanURL  string
	NewURL   string
	Figures  string
	Planned  bool
	HasUnits bool
}

// differsRow is a unit whose report says otherwise than the records.
type differsRow struct {
	Name  string
	URL   string
	Table ui.TableProps
}

func (p *pages) reception(w http.ResponseWriter, r *http.Request) error {
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
	rec, err := p.Progress.Reception(ctx, actor, u.ID, id, roundOf(r.URL.Query()))
	if err != nil {
		return err
	}
	l, err := p.Letters.Load(ctx, p.DB, id)
	if err != nil {
		return err
	}
	v := viewReception(ctx, rec, p.today())
	v.Unit, v.Lead, v.Figures = u.FullName, l.Symbol()+" · "+l.Fields.Subject, figuresURL(u.ID, id)
	for _, round := range rec.Rounds {
		v.Rounds = append(v.Rounds, ui.Link{Text: roundText(ctx, round, rec.Rounds), URL: roundURL(u.ID, id, round)})
	}
	if actor.Can(person.ActionProgressSchedule, person.On{Unit: u.ID}) == nil {
		v.PlanURL = planURL(u.ID, id)
	}
	if own(ctx, u.ID, person.ActionProgressDraft) {
		v.NewURL = newURL(u.ID, id) + "&loai=" + string(rec.Round) + "&tu=" + string(rec.From) + "&den=" + string(rec.To)
	}
	return web.Render(w, r, http.StatusOK, receptionPage(p.page(r, ui.T(ctx, "reporting.reception.title"), u), v))
}

// roundOf reads from the address which round is wanted; roundURL writes it. Two rounds may be due on one day: its kind and days tell
// them apart.
func roundOf(q url.Values) progress.DueRound {
	return progress.DueRound{
		Round: progress.Round(q.Get("loai")), Period: progress.Period{From: clock.Day(q.Get("tu")), To: clock.Day(q.Get("den"))}, Due: clock.Day(q.Get("ky")),
	}
}

func roundURL(unit, letter ident.ID, round progress.DueRound) string {
	return receptionURL(unit, letter) + "&ky=" + string(round.Due) + "&loai=" + string(round.Round) + "&tu=" + string(round.From) + "&den=" + string(round.To)
}

// roundText names a round by its due day, and by its days too where another has the same.
func roundText(ctx context.Context, round progress.DueRound, all []progress.DueRound) string {
	text := ui.T(ctx, "reporting.round."+string(round.Round))
	if round.Due != "" {
		text += " " + dayText(ctx, round.Due)
	}
	if slices.ContainsFunc(all, func(r progress.DueRound) bool { return r != round && r.Round == round.Round && r.Due == round.Due }) {
		text += ", " + periodText(ctx, round.Period)
	}
	return text
}

func viewReception(ctx context.Context, rec progress.Reception, today clock.Day) receptionView {
	v := receptionView{Round: roundText(ctx, rec.DueRound, rec.Rounds), AsOf: rec.Figures.AsOf, Planned: rec.Due != "", HasUnits: len(rec.Rows) > 0}
	wanted := len(rec.Rows)
	for _, row := range rec.Rows {
		if row.Followed && row.Missing() { // no figures can come from there
			wanted--
		}
	}
	v.Stats = []ui.StatProps{
		{Value: ui.Number(ctx, rec.Received), Unit: ui.T(ctx, "reporting.of", "Count", wanted), Label: ui.T(ctx, "reporting.reception.received"), Icon: ui.IconArrive},
		{Value: ui.Number(ctx, wanted-rec.Received), Label: ui.T(ctx, "reporting.reception.missing"), Icon: ui.IconWarning},
	}
	v.Table = ui.TableProps{Caption: ui.T(ctx, "reporting.reception.title"), Hidden: true, Wide: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.unit"), Lead: true},
		{Text: ui.T(ctx, "reporting.column.state")},
		{Text: ui.T(ctx, "reporting.column.times"), Numeric: true},
		{Text: ui.T(ctx, "reporting.figures.entrants"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.valid"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.people"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.kilos"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.outside"), Numeric: true},
	}}
	add := func(lead, state ui.Cell, c *progress.Counts) {
		row := []ui.Cell{lead, state}
		if c == nil {
			for range 6 {
				row = append(row, ui.Cell{Text: "–"})
			}
		} else {
			for _, n := range []int64{c.Channels.Total().Times, c.Entrants(), c.Valid, c.People} {
				row = append(row, ui.Cell{Text: ui.Number(ctx, n)})
			}
			row = append(row, ui.Cell{Text: kilos(ctx, c.Waste.Total())}, ui.Cell{Text: ui.Number(ctx, c.Activities.Total().Records)})
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	for _, row := range rec.Rows {
		if row.Report == nil {
			badge := ui.BadgeProps{Text: ui.T(ctx, "reporting.reception.none"), Icon: ui.IconHourglass, Tone: ui.BadgeWait}
			if row.Followed {
				badge = ui.BadgeProps{Text: ui.T(ctx, "reporting.reception.outside"), Icon: ui.IconLetter, Tone: ui.BadgeNeutral}
			} else if rec.Due != "" && today > rec.Due {
				badge = ui.BadgeProps{Text: ui.T(ctx, "reporting.due.late"), Icon: ui.IconWarning, Tone: ui.BadgeBad}
			}
			add(ui.Cell{Text: row.Name}, ui.Cell{Value: ui.Badge(badge)}, nil)
			continue
		}
		badge := stateBadge(ctx, row.Report.State)
		add(ui.Cell{Text: row.Name, URL: reportURL(row.Report.ID)}, ui.Cell{Value: ui.Badge(badge)}, &row.Report.Figures.Total)
		if len(row.Differs) > 0 {
			d := differsRow{Name: row.Name, URL: reportURL(row.Report.ID)}
			var changes []changeRow
			for _, c := range row.Differs {
				changes = append(changes, viewChange(ctx, c))
			}
			d.Table = changeTable(ctx, changes)
			v.Differs = append(v.Differs, d)
		}
	}
	add(ui.Cell{Text: ui.T(ctx, "reporting.reception.sum")}, ui.Cell{Text: ""}, &rec.Reported)
	add(ui.Cell{Text: ui.T(ctx, "reporting.reception.recorded")}, ui.Cell{Text: ""}, &rec.Recorded)
	add(ui.Cell{Text: ui.T(ctx, "reporting.reception.all")}, ui.Cell{Text: ""}, &rec.Figures.Total)
	return v
}
