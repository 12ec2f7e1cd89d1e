package units

import (
	"context"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/web/form"
)

// sampleCalendar is the calendar of a year for the gallery.
func sampleCalendar(ctx context.Context) calendarView {
	v := viewCalendar(ctx, calendar.Builtin(), 2026, clock.Date(2027, time.November, 5, 8, 0), true)
	v.File = calendarField(ctx, form.New(nil))
	return v
}

func samplePlan(ctx context.Context) calendarPlanView {
	before, _ := calendar.Builtin().Entry("2026-01-02")
	after, back := before, calendar.Entry{Day: "2026-08-22", Kind: calendar.Usual, Name: "Không làm bù", Source: "Thông báo mẫu"}
	after.Source, after.Unconfirmed = "Thông báo mẫu ngày 01/12/2025", false
	swapped, _ := calendar.Builtin().Entry(back.Day)
	return viewPlan(ctx, calendar.Plan{Unchanged: 12, Changes: []calendar.Change{
		{Before: before, After: after},
		{Before: swapped, After: back},
		{After: calendar.Entry{Day: "2028-01-26", Kind: calendar.Off, Name: "Tết Mậu Thân: mồng Một", Source: "Thông báo mẫu"}},
	}})
}
