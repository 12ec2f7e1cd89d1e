package units

import (
	"context"
	"slices"
	"strings"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web/ui"
)

// symbolOf is how a letter is called in a list.
func symbolOf(ctx context.Context, l letter.Letter) string {
	if s := l.Symbol(); s != "" {
		return s
	}
	return ui.T(ctx, "units.noSymbol")
}

// calledOf names a letter by its type and symbol: "Công văn 1903/UBND-VH".
func calledOf(ctx context.Context, l letter.Letter) string {
	kind := lang.Capital(l.Fields.Type)
	if s := l.Symbol(); s != "" {
		return strings.TrimSpace(kind + " " + s)
	}
	if kind == "" {
		return ui.T(ctx, "units.noSymbol")
	}
	return ui.T(ctx, "units.letters.unnumbered", "Type", kind)
}

func arrivalNumber(ctx context.Context, d cascade.Dispatch) string {
	if d.ArrivalNumber == 0 {
		return ""
	}
	return ui.T(ctx, "units.arrivalNumber", "Number", d.ArrivalNumber, "Year", d.ArrivalYear)
}

// lateBadge says what is overdue longest, and for how long; it is empty when nothing is.
func lateBadge(ctx context.Context, late []cascade.Late, now clock.Time) ui.BadgeProps {
	if len(late) == 0 {
		return ui.BadgeProps{}
	}
	return ui.BadgeProps{Text: lateText(ctx, longest(late), now), Icon: ui.IconWarning, Tone: ui.BadgeBad}
}

func longest(late []cascade.Late) cascade.Late {
	return slices.MinFunc(late, func(a, b cascade.Late) int { return a.Due.Compare(b.Due.Time) })
}

func lateText(ctx context.Context, l cascade.Late, now clock.Time) string {
	// The day is the same on every page; days might be counted with week-ends or without.
	const long = 24 * time.Hour
	took := now.Sub(l.Due.Time)
	when := ui.T(ctx, "units.late.by", "Time", roughly(ctx, took))
	if took > long {
		when = ui.T(ctx, "units.late.since", "Date", lang.From(ctx).Date(l.Due))
	}
	return ui.T(ctx, "units.late."+string(l.Step), "Time", when)
}

// roughly writes a duration in whole days from the first day on: nobody counts the minutes of a week.
func roughly(ctx context.Context, d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day {
		d = d.Truncate(day)
	} else if d >= time.Hour {
		d = d.Truncate(time.Hour)
	}
	return lang.From(ctx).Duration(d)
}

// channelNames writes the channels of a duty in one line.
func channelNames(ctx context.Context, channels []letter.Channel) string {
	names := make([]string, len(channels))
	for i, c := range channels {
		names[i] = ui.T(ctx, "letter.channel."+string(c))
	}
	return strings.Join(names, ", ")
}

// unitNames writes units in one line.
func unitNames(units []unit.Unit) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.FullName
	}
	return strings.Join(names, ", ")
}
