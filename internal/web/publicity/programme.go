package publicity

import (
	"context"
	"net/http"
	"strconv"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// programmeView is what the loudspeakers of a unit play on a day, for whoever stands at the amplifier.
type programmeView struct {
	Unit     string
	Days     []ui.Link // today and tomorrow; the one that is shown has no address
	HoursURL string    // empty for who may not change them
	Closed   bool
	Empty    bool
	Urgent   []turnView
	Slots    []slotView
	Left     []turnView
}

type slotView struct {
	Title string
	Turns []turnView
}

// turnView is one bulletin with where it is listened to and written into the log.
type turnView struct {
	Time, Title, URL, Length string
	Priority                 *ui.BadgeProps // nil for an ordinary one
	Status                   *ui.BadgeProps
}

func programmeURL(unit ident.ID) string { return offersURL(unit) + "/chuong-trinh" }

func (p *pages) programme(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	today := clock.DayOf(p.now().Time)
	day := today
	if r.URL.Query().Get("ngay") == "mai" {
		day = today.Next()
	}
	programme, _, err := p.Publicity.Programme(ctx, web.ActorOf(ctx), id, day)
	if err != nil {
		return err
	}
	v := viewProgramme(ctx, id, programme, p.now())
	v.Unit = u.Organ()
	v.Days = []ui.Link{{Text: ui.T(ctx, "publicity.programme.today"), URL: programmeURL(id)}, {Text: ui.T(ctx, "publicity.programme.tomorrow"), URL: programmeURL(id) + "?ngay=mai"}}
	if day == today {
		v.Days[0].URL = ""
	} else {
		v.Days[1].URL = ""
	}
	if can(ctx, person.ActionPublicityEdit, id) {
		v.HoursURL = offersURL(id) + "/khung-gio"
	}
	page := p.page(r, ui.T(ctx, "publicity.programme.title", "Day", lang.From(ctx).Date(day.Start())), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	return web.Render(w, r, http.StatusOK, programmePage(page, v))
}

func viewProgramme(ctx context.Context, unit ident.ID, p publicity.Programme, now clock.Time) programmeView {
	l := lang.From(ctx)
	one := func(i publicity.Item) turnView {
		t := turnView{
			Title: i.Title, URL: productURL(unit, i.Slug, publicity.Bulletin), Length: ui.T(ctx, "publicity.programme.length", "Time", seconds(ctx, i.Length)),
		}
		if i.Priority != publicity.Ordinary {
			t.Priority = &ui.BadgeProps{Text: ui.T(ctx, "publicity.priority."+i.Priority), Icon: ui.IconWarning, Tone: ui.BadgeBad}
			if i.Priority == publicity.Priority {
				t.Priority.Icon, t.Priority.Tone = ui.IconHorn, ui.BadgeOpen
			}
		}
		return t
	}
	v := programmeView{Closed: p.Closed}
	for _, i := range p.Urgent {
		t := one(i)
		t.Time = ui.T(ctx, "publicity.programme.atOnce")
		t.Status = &ui.BadgeProps{Text: ui.T(ctx, "publicity.programme.waits"), Icon: ui.IconClock, Tone: ui.BadgeWait}
		for _, at := range i.Plays {
			if clock.DayOf(at.Time) == p.Day {
				t.Status = &ui.BadgeProps{Text: ui.T(ctx, "publicity.programme.heard", "Time", l.Time(at)), Icon: ui.IconDone, Tone: ui.BadgeGood}
			}
		}
		v.Urgent = append(v.Urgent, t)
	}
	for _, s := range p.Slots {
		slot := slotView{Title: ui.T(ctx, "publicity.programme.slot", "From", l.Time(s.From), "Until", l.Time(s.Until))}
		for _, turn := range s.Turns {
			t := one(turn.Item)
			t.Time = l.Time(turn.At)
			switch {
			case turn.Done:
				t.Status = &ui.BadgeProps{Text: ui.T(ctx, "publicity.programme.done"), Icon: ui.IconDone, Tone: ui.BadgeGood}
			case turn.At.Before(now.Time):
				t.Status = &ui.BadgeProps{Text: ui.T(ctx, "publicity.programme.notLogged"), Icon: ui.IconPen, Tone: ui.BadgeBad}
			default:
				t.Status = &ui.BadgeProps{Text: ui.T(ctx, "publicity.programme.waits"), Icon: ui.IconClock, Tone: ui.BadgeWait}
			}
			slot.Turns = append(slot.Turns, t)
		}
		v.Slots = append(v.Slots, slot)
	}
	for _, i := range p.Left {
		v.Left = append(v.Left, one(i))
	}
	v.Empty = len(v.Urgent)+len(v.Left) == 0
	for _, s := range v.Slots {
		v.Empty = v.Empty && len(s.Turns) == 0
	}
	return v
}

// next says when the bulletin is played by the programme.
func (p *pages) next(ctx context.Context, pack *publicity.Package) (string, error) {
	at, ok, err := p.Publicity.NextPlay(ctx, web.ActorOf(ctx), pack)
	switch {
	case err != nil:
		return "", err
	case !pack.Item().On(clock.DayOf(pack.Now.Time)):
		return ui.T(ctx, "publicity.script.outside"), nil
	case !ok:
		return ui.T(ctx, "publicity.script.noSlot", "Minutes", strconv.Itoa(pack.Hours.MaxMinutes)), nil
	case pack.Item().Priority == publicity.Urgent:
		return ui.T(ctx, "publicity.script.atOnce"), nil
	}
	return ui.T(ctx, "publicity.script.next", "Time", lang.From(ctx).DateTime(at)), nil
}
