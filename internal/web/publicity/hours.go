package publicity

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func (p *pages) hoursPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	h, err := p.Publicity.HoursOf(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	var slots []string
	for _, s := range h.Slots {
		slots = append(slots, s.String())
	}
	values := url.Values{"slots": {strings.Join(slots, "\n")}, "minutes": {strconv.Itoa(h.MaxMinutes)}, "version": {strconv.FormatInt(h.Version, 10)}}
	for _, d := range h.Days {
		values.Add("days", strconv.Itoa(int(d)))
	}
	return p.showHours(w, r, form.New(values))
}

func (p *pages) showHours(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	days := f.Field(ctx, ui.Field{Name: "days", Label: ui.T(ctx, "publicity.hours.days"), Required: true})
	v := fieldsView{
		Over: u.Organ(), Lead: ui.T(ctx, "publicity.hours.lead"), Action: offersURL(id) + "/khung-gio", Back: offersURL(id), Errors: f.Errors(ctx),
		Version: f.Count("version"), Days: &days, DaysChosen: f.Values("days"),
		Fields: []ui.Field{
			f.Field(ctx, ui.Field{Name: "slots", Label: ui.T(ctx, "publicity.hours.slots"), Hint: ui.T(ctx, "publicity.hours.slotsHint"), Rows: 3, Required: true}),
			f.Field(ctx, ui.Field{Name: "minutes", Label: ui.T(ctx, "publicity.hours.minutes"), InputMode: "numeric", Rows: 1, Required: true}),
		},
	}
	for _, d := range []int{1, 2, 3, 4, 5, 6, 0} {
		v.DayOptions = append(v.DayOptions, ui.Option{Value: strconv.Itoa(d), Label: ui.T(ctx, "publicity.day."+strconv.Itoa(d))})
	}
	page := p.page(r, ui.T(ctx, "publicity.hours.title"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), fieldsPage(page, v))
}

func (p *pages) saveHours(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	if _, err := p.Publicity.HoursOf(ctx, web.ActorOf(ctx), id); err != nil { // who may not read it gets no form back
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	h := publicity.Hours{UnitID: id, MaxMinutes: f.Int("minutes"), Version: f.Count("version")}
	for _, d := range []int{1, 2, 3, 4, 5, 6, 0} {
		for _, chosen := range f.Values("days") {
			if chosen == strconv.Itoa(d) {
				h.Days = append(h.Days, time.Weekday(d))
				break
			}
		}
	}
	h.Slots, err = publicity.ParseSlots(f.Value("slots"))
	if err := f.Take(err); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.SaveHours(ctx, web.ActorOf(ctx), h)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showHours(w, r, f)
	}
	return web.Done(w, r, offersURL(id), "publicity.hours.saved")
}
