package units

import (
	"context"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// periodView is one period of a duty that recurs.
type periodView struct {
	Name   string
	Count  string // what was done of a number that is asked for in each
	Status ui.BadgeProps
	URL    string // posts that it was done; empty for who may not, and for what is done
	ID, At string
	Attach *attachView // with the word that it was done; nil for who may not
}

// periodsShown is how many periods a page lists, the newest first.
const periodsShown = 12

func (v *dutyPageView) viewPeriods(ctx context.Context, d cascade.Duty, m may, here string, newID func() ident.ID, small *form.Form) {
	due, work := d.Progress.Due, m.d.ID != "" && m.work()
	for i := len(due) - 1; i >= 0 && len(v.Periods) < periodsShown; i-- {
		one := periodView{Name: turnText(ctx, d.Every, due[i]), Status: doneBadge(ctx, due[i].Done)}
		switch p := d.Progress; {
		case p.Quota > 0:
			one.Count = countText(ctx, due[i].Count, p.Quota, d.Quota)
		case p.Times > 1:
			one.Count = ui.T(ctx, "units.dutyPage.times", "Done", due[i].Count, "Times", p.Times)
		}
		if !due[i].Done {
			one.Status = ui.BadgeProps{Text: ui.T(ctx, "units.dutyPage.notYet"), Icon: ui.IconHourglass, Tone: ui.BadgeWait}
			if work {
				one.URL, one.ID, one.At = here+"/ket-qua", string(newID()), form.MomentInput(due[i].At)
				if m.prove("") {
					one.Attach = attach(ctx, d, "file-"+due[i].Name, small)
				}
				if one.Attach != nil && one.Attach.Open { // the same form again
					one.ID = small.Value("id")
				}
			}
		}
		v.Periods = append(v.Periods, one)
	}
	v.Earlier = len(due) - len(v.Periods)
}

// turnText names a turn by its day, else by its period.
func turnText(ctx context.Context, every *letter.Recurrence, p cascade.Period) string {
	date := lang.From(ctx).Date
	at, day := p.At.Local(), p.Day().Start()
	switch {
	case every.Dated() && every.Until:
		return ui.T(ctx, "units.period.until", "Date", date(day))
	case len(every.OnWeekdays()) > 0:
		return ui.T(ctx, "units.period.weekday."+strconv.Itoa(int(day.Local().Weekday())), "Date", date(day))
	case len(every.OnDays()) > 0:
		return date(day)
	case every.Step > 1:
		return ui.T(ctx, "units.period.span", "From", date(p.At), "Until", date(day))
	}
	switch every.Period {
	case "day":
		return date(p.At)
	case "month":
		return ui.T(ctx, "units.period.month", "Month", int(at.Month()), "Year", strconv.Itoa(at.Year()))
	case "quarter":
		return ui.T(ctx, "units.period.quarter", "Quarter", (int(at.Month())+2)/3, "Year", strconv.Itoa(at.Year()))
	case "year":
		return ui.T(ctx, "units.period.year", "Year", strconv.Itoa(at.Year()))
	}
	return ui.T(ctx, "units.period.week", "Date", date(p.At))
}
