package units

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// calendarPath shows the days that count as working days. The navigation leads administrators there.
const calendarPath = deskPath + "/lich-lam-viec"

// calendarBody is the largest form: a file, or the days of a preview.
const calendarBody = 2*calendar.MaxBytes + 1<<16

func (p *pages) registerCalendar() {
	if p.Calendar == nil {
		return
	}
	read, edit := web.Need(person.ActionCalendarRead), web.Need(person.ActionCalendarEdit)
	p.site.Handle("GET "+calendarPath, read, p.calendar)
	p.site.Handle("GET "+calendarPath+"/tep", read, p.calendarFile)
	p.site.Handle("POST "+calendarPath+"/xem-truoc", edit, p.calendarPreview, web.Upload(calendarBody))
	p.site.Handle("POST "+calendarPath, edit, p.calendarImport, web.Upload(calendarBody))
}

// calendarView is the days of a year that differ from an ordinary week.
type calendarView struct {
	Year    string
	Years   []exchangeFilter
	Open    string // what is still to be confirmed or entered; empty for nothing
	Missing string
	Table   ui.TableProps
	FileURL string
	Edits   bool
	Errors  []ui.FieldError
	File    ui.FileField
	Faults  []string // the lines of a file that are wrong
}

func calendarURL(year int) string { return address(calendarPath, "nam", strconv.Itoa(year)) }

func yearOf(t clock.Time) int { return t.Local().Year() }

func (p *pages) calendar(w http.ResponseWriter, r *http.Request) error {
	return p.showCalendar(w, r, form.New(url.Values{"nam": {r.URL.Query().Get("nam")}}), nil)
}

func (p *pages) showCalendar(w http.ResponseWriter, r *http.Request, f *form.Form, faults []calendar.Fault) error {
	ctx := r.Context()
	days, err := p.Calendar.Current(ctx)
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(f.Value("nam"))
	if err != nil {
		year = yearOf(p.now())
	}
	v := viewCalendar(ctx, days, year, p.now(), web.ActorOf(ctx).Can(person.ActionCalendarEdit, person.On{}) == nil)
	v.File = calendarField(ctx, f)
	v.Errors = f.Errors(ctx)
	for _, bad := range faults {
		v.Faults = append(v.Faults, ui.T(ctx, "calendar.page.line", "Line", bad.Line, "Text", bad.Message(lang.From(ctx))))
	}
	page := p.calendarFrame(r, ui.T(ctx, "calendar.page.title"))
	page.Path = calendarURL(year)
	return web.Render(w, r, web.StatusOf(f.Err()), calendarPage(page, v))
}

// calendarFrame is the frame of these pages. An administrator has no desk to lead back to.
func (p *pages) calendarFrame(r *http.Request, title string, crumbs ...ui.Link) ui.Page {
	page, actor := p.page(r, title, crumbs...), web.ActorOf(r.Context())
	if actor.Might(person.ActionCalendarEdit) == nil {
		page.Section = "calendar"
	}
	if actor.Might(person.ActionCascadeRead) != nil {
		page.Crumbs = crumbs
	}
	return page
}

func calendarField(ctx context.Context, f *form.Form) ui.FileField {
	return ui.FileField{
		Field:  f.Field(ctx, ui.Field{Name: "file", Label: ui.T(ctx, "calendar.page.file"), Hint: ui.T(ctx, "calendar.page.fileHint"), Required: true}),
		Accept: ".csv,text/csv",
	}
}

func viewCalendar(ctx context.Context, days *calendar.Calendar, year int, now clock.Time, edits bool) calendarView {
	v := calendarView{Edits: edits, Year: strconv.Itoa(year), FileURL: address(calendarPath+"/tep", "nam", strconv.Itoa(year))}
	known := days.Years()
	shown := append(slices.Clone(known), yearOf(now), year)
	slices.Sort(shown)
	for _, y := range slices.Compact(shown) {
		kind := ui.ButtonSecondary
		if y == year {
			kind = ui.ButtonPrimary
		}
		v.Years = append(v.Years, exchangeFilter{Text: strconv.Itoa(y), URL: calendarURL(y), Kind: kind})
	}
	for _, y := range []int{yearOf(now), yearOf(now) + 1} {
		if !slices.Contains(known, y) {
			v.Missing = ui.T(ctx, "calendar.page.missing", "Year", strconv.Itoa(y))
			break
		}
	}
	entries := days.Entries(year)
	open := 0
	v.Table = ui.TableProps{Caption: ui.T(ctx, "calendar.page.caption", "Year", v.Year), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "calendar.page.day"), Lead: true},
		{Text: ui.T(ctx, "calendar.page.kind")},
		{Text: ui.T(ctx, "calendar.page.name")},
		{Text: ui.T(ctx, "calendar.page.source")},
	}}
	for _, e := range entries {
		if e.Unconfirmed {
			open++
		}
		v.Table.Rows = append(v.Table.Rows, []ui.Cell{
			{Text: dayText(ctx, e.Day)}, {Value: ui.Badge(dayBadge(ctx, e.Kind))}, {Text: e.Name}, {Value: calendarSource(e)},
		})
	}
	switch {
	case open > 0 && edits:
		v.Open = ui.T(ctx, "calendar.page.open", "Count", open, "Year", v.Year)
	case open > 0:
		v.Open = ui.T(ctx, "calendar.page.openReader", "Count", open, "Year", v.Year)
	}
	return v
}

func dayText(ctx context.Context, d clock.Day) string {
	at := d.Start()
	return ui.T(ctx, "units.period.weekday."+strconv.Itoa(int(at.Local().Weekday())), "Date", lang.From(ctx).Date(at))
}

func dayBadge(ctx context.Context, k calendar.Kind) ui.BadgeProps {
	b := ui.BadgeProps{Text: ui.T(ctx, "calendar.kind."+string(k)), Icon: ui.IconCalendar, Tone: ui.BadgeNeutral}
	if k == calendar.Working {
		b.Icon, b.Tone = ui.IconPen, ui.BadgeOpen
	}
	return b
}

// calendarFile sends the days of a year in the form in which they are handed in again.
func (p *pages) calendarFile(w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(r.URL.Query().Get("nam"))
	if err != nil {
		return fault.NotFound.With("")
	}
	days, err := p.Calendar.Current(r.Context())
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := days.WriteCSV(&file, year); err != nil {
		return err
	}
	return sendBytes(w, r, file.Bytes(), "lich-lam-viec-"+strconv.Itoa(year)+".csv", clock.Time{})
}

// calendarPlanView is what a file would change.
type calendarPlanView struct {
	Summary string
	Table   ui.TableProps
	File    string
	Version string
	Year    string
	Back    string
}

func (p *pages) calendarPreview(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(calendar.MaxBytes))
	if err != nil {
		return err
	}
	file, err := s.Open()
	if err != nil {
		return err
	}
	if file == nil {
		file = strings.NewReader("") // says what a file begins with
	}
	f.Alias("", "file")
	plan, err := p.Calendar.Preview(ctx, web.ActorOf(ctx), file)
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showCalendar(w, r, f, plan.Faults)
	}
	page := p.calendarFrame(r, ui.T(ctx, "calendar.page.preview"), ui.Link{Text: ui.T(ctx, "calendar.page.title"), URL: calendarPath})
	page.Path = calendarPath
	return web.Render(w, r, http.StatusOK, calendarPlanPage(page, viewPlan(ctx, plan)))
}

func viewPlan(ctx context.Context, plan calendar.Plan) calendarPlanView {
	v := calendarPlanView{File: plan.File, Version: strconv.FormatInt(plan.Version, 10), Back: calendarPath}
	v.Table = ui.TableProps{Caption: ui.T(ctx, "calendar.page.preview"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "calendar.page.day"), Lead: true},
		{Text: ui.T(ctx, "calendar.page.change")},
		{Text: ui.T(ctx, "calendar.page.before")},
		{Text: ui.T(ctx, "calendar.page.after")},
	}}
	count := map[string]int{}
	for _, c := range plan.Changes {
		kind, badge := "changed", ui.BadgeProps{Icon: ui.IconPen, Tone: ui.BadgeWait}
		switch {
		case c.After.Kind == calendar.Usual:
			kind, badge = "removed", ui.BadgeProps{Icon: ui.IconReturn, Tone: ui.BadgeBad}
		case c.Added():
			kind, badge = "added", ui.BadgeProps{Icon: ui.IconPlus, Tone: ui.BadgeGood}
		}
		count[kind]++
		badge.Text = ui.T(ctx, "calendar.change."+kind)
		v.Table.Rows = append(v.Table.Rows, []ui.Cell{
			{Text: dayText(ctx, c.After.Day)}, {Value: ui.Badge(badge)}, {Value: calendarDay(c.Before)}, {Value: calendarDay(c.After)},
		})
	}
	if len(plan.Changes) > 0 {
		v.Year = strconv.Itoa(plan.Changes[len(plan.Changes)-1].After.Day.Start().Local().Year())
		v.Back = address(calendarPath, "nam", v.Year)
	}
	v.Summary = ui.T(ctx, "calendar.page.summary", "Added", count["added"], "Changed", count["changed"], "Removed", count["removed"], "Unchanged", plan.Unchanged)
	return v
}

func (p *pages) calendarImport(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(calendar.MaxBytes))
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	f.Alias("", "file")
	result, err := p.Calendar.ImportAt(ctx, web.ActorOf(ctx), strings.NewReader(f.Value("days")), version)
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showCalendar(w, r, f, result.Faults)
	}
	return web.Done(w, r, address(calendarPath, "nam", f.Value("nam")), "calendar.page.done", "Added", result.Added, "Changed", result.Changed)
}
