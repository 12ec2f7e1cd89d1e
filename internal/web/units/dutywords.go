package units

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

// dutyFacts says what a duty asks and how far it is.
func dutyFacts(ctx context.Context, d cascade.Duty) []ui.Definition {
	var list []ui.Definition
	add := func(key, text string) {
		if text != "" {
			list = append(list, ui.Definition{Term: ui.T(ctx, key), Text: text})
		}
	}
	add("units.dutyPage.progress", progressText(ctx, d.Progress, d.Quota))
	if !d.Deadline.IsZero() {
		add("units.field.deadline", endOf(ctx, d.Deadline))
	}
	add("units.dutyPage.given", givenText(ctx, d))
	if d.Within != nil {
		add("units.dutyPage.within", d.Within.Text)
	}
	if d.Every != nil {
		add("units.dutyPage.every", d.Every.Text)
	}
	add("units.dutyPage.quota", quotaText(ctx, d.Quota))
	add("units.dutyPage.channels", channelNames(ctx, d.Channels))
	add("units.dutyPage.for", strings.Join(d.For, "; "))
	add("units.dutyPage.proof", d.Proof)
	return list
}

// askedText says in one line what a duty asks beside its text.
func askedText(ctx context.Context, d cascade.Duty) string {
	var said []string
	if !d.Deadline.IsZero() {
		said = append(said, endOf(ctx, d.Deadline))
	} else if d.Within != nil { // not there yet
		said = append(said, d.Within.Text)
	}
	if !d.Asked.IsZero() {
		l := lang.From(ctx)
		said = append(said, ui.T(ctx, "units.dutyPage.givenShort", "Date", l.Date(d.GivenAt.Time), "Asked", l.Date(d.Asked.Add(-1))))
	}
	if d.Every != nil {
		said = append(said, d.Every.Text)
	}
	if q := quotaText(ctx, d.Quota); q != "" {
		said = append(said, q)
	}
	if d.Proof != "" {
		said = append(said, ui.T(ctx, "units.dutyPage.hand", "Proof", d.Proof))
	}
	return strings.Join(said, " · ")
}

// givenText says that a duty came after the letter, and why its day is not that of the letter.
func givenText(ctx context.Context, d cascade.Duty) string {
	if d.GivenAt.IsZero() {
		return ""
	}
	l := lang.From(ctx)
	if d.Asked.IsZero() {
		return ui.T(ctx, "units.dutyPage.givenOn", "Date", l.Date(d.GivenAt.Time))
	}
	return ui.T(ctx, "units.dutyPage.givenLate", "Date", l.Date(d.GivenAt.Time), "Asked", l.Date(d.Asked.Add(-1)), "Until", l.Date(d.Deadline.Add(-1)))
}

// othersText says which duties of a letter that was typed in are not the unit's, by whom they name.
func othersText(ctx context.Context, others []letter.Duty) string {
	if len(others) == 0 {
		return ""
	}
	var names []string
	for _, d := range others {
		for _, name := range d.For {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return ui.T(ctx, "units.duties.others", "Count", len(others), "For", strings.Join(names, "; "))
}

// endOf names the day of a deadline, whose end is the midnight after it.
func endOf(ctx context.Context, deadline clock.Time) string {
	return ui.T(ctx, "units.dutyPage.endOf", "Date", lang.From(ctx).Date(deadline.Add(-1)))
}

func quotaText(ctx context.Context, q *letter.Quota) string {
	switch {
	case q == nil:
		return ""
	case q.AtLeast:
		return ui.T(ctx, "units.dutyPage.atLeast", "Count", ui.Number(ctx, q.Count), "Of", q.Of)
	}
	return ui.Number(ctx, q.Count) + " " + q.Of
}

// countText says how much was counted of what is asked for: "5 trên chỉ tiêu 12 tác phẩm".
func countText(ctx context.Context, count, asked int, q *letter.Quota) string {
	of := ""
	if q != nil {
		of = q.Of
	}
	return strings.TrimSpace(ui.T(ctx, "units.dutyPage.count", "Count", count, "Quota", asked, "Of", of))
}

// progressText says in words how far a duty is.
func progressText(ctx context.Context, p cascade.Progress, q *letter.Quota) string {
	parts := []string{ui.T(ctx, "units.dutyPage.percent", "Percent", p.Percent())}
	switch {
	case p.Quota > 0 && !p.Recurs:
		parts = append(parts, countText(ctx, p.Count, p.Quota, q))
	case p.Count > 0:
		parts = append(parts, ui.T(ctx, "units.dutyPage.counted", "Count", p.Count))
	}
	if p.Quota > 0 && p.Recurs {
		parts = append(parts, ui.T(ctx, "units.dutyPage.each", "Quota", p.Quota))
	}
	if p.Times > 1 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.eachTimes", "Times", p.Times))
	}
	if len(p.Due) > 0 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.periods", "Done", p.Met(), "Due", len(p.Due)))
	}
	if p.Parts > 0 {
		parts = append(parts, ui.T(ctx, "units.dutyPage.partsDone", "Done", p.PartsDone, "Parts", p.Parts))
	}
	return strings.Join(parts, " · ")
}

func doneBadge(ctx context.Context, done bool) ui.BadgeProps {
	if done {
		return ui.BadgeProps{Text: ui.T(ctx, "units.dutyPage.done"), Icon: ui.IconDone, Tone: ui.BadgeGood}
	}
	return ui.BadgeProps{Text: ui.T(ctx, "units.dutyPage.open"), Icon: ui.IconHalf, Tone: ui.BadgeOpen}
}
