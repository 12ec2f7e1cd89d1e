package reporting

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// figuresView are the figures of a unit with its tables.
type figuresView struct {
	Period   string
	AsOf     clock.Time
	Stats    []ui.StatProps // of what was done in the period
	Until    string         // for when it is told how things stand
	Standing []ui.StatProps
	Duties   []dutyRow
	Channels ui.TableProps
	Units    ui.TableProps
	ByWaste  ui.TableProps
	Waste    ui.TableProps
	Outside  ui.TableProps
	Behind   []behindRow // late and absent ones, named for officials
	Below    bool
}

// dutyRow is one thing that the letter asks, with what was noted of it.
type dutyRow struct {
	Text     string
	Done     string
	Recorded string // empty for one that is done or not
}

// behindRow is a unit that is late or did nothing.
type behindRow struct {
	Name   string
	URL    string
	What   string
	Status ui.BadgeProps
}

// liveView is the page of figures that nobody has reported yet.
type liveView struct {
	Unit    string
	UnitID  string
	Letter  string
	Action  string
	From    ui.Field
	To      ui.Field
	JSON    string
	NewURL  string
	Figures figuresView
}

func (p *pages) asked(r *http.Request) (unit.Unit, progress.Figures, error) {
	ctx := r.Context()
	u, err := p.unitOf(r)
	if err != nil {
		return u, progress.Figures{}, err
	}
	q := r.URL.Query()
	id, err := letterOf(q.Get("van-ban"))
	if err != nil {
		return u, progress.Figures{}, err
	}
	about, actor := progress.Subject{Letter: id}, web.ActorOf(ctx)
	if id == "" {
		if about.Challenge, err = letterOf(q.Get("cuoc-thi")); err != nil {
			return u, progress.Figures{}, err
		}
	}
	period, err := p.Progress.Whole(ctx, actor, u.ID, about)
	if err != nil {
		return u, progress.Figures{}, err
	}
	for name, day := range map[string]*clock.Day{"tu": &period.From, "den": &period.To} {
		if text := q.Get(name); text != "" {
			if *day, err = clock.ParseDay(text); err != nil {
				return u, progress.Figures{}, fault.Invalid.With("progress.fault.day").At(name)
			}
		}
	}
	f, err := p.Progress.Figures(ctx, actor, u.ID, about, period)
	return u, f, err
}

func (p *pages) figures(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, f, err := p.asked(r)
	if err != nil {
		return err
	}
	v := liveView{
		Unit: u.FullName, UnitID: string(u.ID), Letter: string(f.Letter), Action: reportPath + "/so-lieu", Figures: viewFigures(ctx, f),
		From: ui.Field{Name: "tu", Label: ui.T(ctx, "reporting.field.from"), Value: string(f.From), Required: true},
		To:   ui.Field{Name: "den", Label: ui.T(ctx, "reporting.field.to"), Value: string(f.To), Required: true},
		JSON: reportPath + "/so-lieu.json?" + r.URL.RawQuery,
	}
	if own(ctx, u.ID, "progress.draft") {
		v.NewURL = newURL(u.ID, f.Letter) + "&tu=" + string(f.From) + "&den=" + string(f.To)
	}
	return web.Render(w, r, http.StatusOK, figuresPage(p.page(r, ui.T(ctx, "reporting.figures.title"), u), v))
}

// figuresJSON is the same for programs of officials.
func (p *pages) figuresJSON(w http.ResponseWriter, r *http.Request) error {
	_, f, err := p.asked(r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(append(body, '\n'))
	return err
}

func viewFigures(ctx context.Context, f progress.Figures) figuresView {
	t := f.Total
	v := figuresView{Period: periodText(ctx, f.Period), AsOf: f.AsOf, Until: untilText(ctx, f), Below: len(f.Lines) > 0}
	stat := func(to *[]ui.StatProps, n int64, unit, label string, icon ui.IconName) {
		*to = append(*to, ui.StatProps{Value: ui.Number(ctx, n), Unit: unit, Label: ui.T(ctx, label), Icon: icon})
	}
	of := func(n int64) string { return ui.T(ctx, "reporting.of", "Count", n) }
	if v.Below {
		stat(&v.Stats, t.Publicised, of(t.Recording()), "progress.metric.publicised", ui.IconHorn)
	}
	stat(&v.Stats, t.Channels.Total().Times, ui.T(ctx, "reporting.times"), "reporting.figures.publicity", ui.IconHorn)
	stat(&v.Stats, t.Entrants(), "", "reporting.figures.entrants", ui.IconPeople)
	stat(&v.Stats, t.Valid, of(t.Cleanups), "progress.metric.valid", ui.IconBroom)
	v.Stats = append(v.Stats, ui.StatProps{Value: lang.From(ctx).Number(t.Waste.Total() / 1000), Unit: "kg", Label: ui.T(ctx, "reporting.figures.waste"), Icon: ui.IconLeaf})
	if t.Units > 0 {
		if v.Below {
			stat(&v.Standing, t.Received, of(t.Units), "reporting.figures.received", ui.IconLetter)
		}
		stat(&v.Standing, t.DutiesDone, of(t.Duties), "progress.metric.dutiesDone", ui.IconDone)
		if v.Below {
			stat(&v.Standing, t.Late, of(t.Units), "reporting.figures.late", ui.IconWarning)
			stat(&v.Standing, t.Absent, of(t.Units), "reporting.figures.absent", ui.IconCircle)
		}
	}
	for _, d := range f.Duties {
		v.Duties = append(v.Duties, viewDuty(ctx, d))
	}
	v.Channels, v.Waste, v.Outside = channelTable(ctx, t), wasteTable(ctx, t.Waste), outsideTable(ctx, t)
	if v.Below {
		v.Units, v.ByWaste = unitTable(ctx, f), unitWasteTable(ctx, f)
	}
	for _, l := range slices.Concat(f.AbsentLines(), f.LateLines(), f.RefusedLines()) {
		v.Behind = append(v.Behind, viewBehind(ctx, l))
	}
	return v
}

// untilText says for when the figures tell how things stand.
func untilText(ctx context.Context, f progress.Figures) string {
	if f.Over() {
		return ui.T(ctx, "reporting.figures.untilDay", "Day", dayText(ctx, f.To))
	}
	return ui.T(ctx, "reporting.figures.untilTime", "Time", lang.From(ctx).DateTime(f.StandsAt()))
}

func viewDuty(ctx context.Context, d progress.DutyLine) dutyRow {
	row := dutyRow{
		Text: strconv.Itoa(d.Number) + ". " + d.Text,
		Done: ui.T(ctx, "reporting.figures.duty", "Done", ui.Number(ctx, d.Done), "Asked", ui.Number(ctx, d.Asked)),
	}
	var parts []string
	if d.Quota > 0 {
		parts = append(parts, strings.TrimSpace(ui.T(ctx, "reporting.figures.counted", "Counted", ui.Number(ctx, d.Counted), "Quota", ui.Number(ctx, d.Quota), "Of", d.Of)))
	}
	if d.Turns > 0 {
		parts = append(parts, ui.T(ctx, "reporting.figures.turns", "Met", ui.Number(ctx, d.Met), "Count", d.Turns))
	}
	if len(parts) > 0 {
		row.Recorded = ui.T(ctx, "reporting.figures.recorded", "What", strings.Join(parts, "; "))
	}
	return row
}

func viewBehind(ctx context.Context, l progress.Line) behindRow {
	row := behindRow{Name: l.Name, Status: ui.StatusOf(ctx, ui.FamilyDispatch, string(l.State))}
	if l.Dispatch != "" {
		row.URL = dispatchURL(l.Dispatch)
	}
	if l.Absent {
		row.What = ui.T(ctx, "reporting.figures.absent")
		return row
	}
	for i, step := range l.Late {
		if i > 0 {
			row.What += ", "
		}
		row.What += ui.T(ctx, "cascade.step."+string(step))
	}
	if row.What != "" {
		row.What = ui.T(ctx, "reporting.figures.lateWith", "Steps", row.What)
	}
	return row
}

func notFound() error { return fault.NotFound.With("progress.fault.notFound") }

func isNotFound(err error) bool { return fault.KindOf(err) == fault.NotFound }

func weekdayValue(day int) string { return strconv.Itoa(day) }
