package reportview

import (
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/web/ui"
)

var errNoPhoto = fault.NotFound.With("report.fault.noPhoto")

// looks gives every step of a history its shape and colour.
var looks = map[report.Event]struct {
	icon ui.IconName
	tone ui.BadgeTone
}{
	report.Submit:   {ui.IconSend, ui.BadgeOpen},
	report.Resubmit: {ui.IconSend, ui.BadgeOpen},
	report.SendBack: {ui.IconReturn, ui.BadgeBad},
	report.Accept:   {ui.IconDone, ui.BadgeGood},
	report.Grant:    {ui.IconDone, ui.BadgeGood},
	report.Reject:   {ui.IconRefuse, ui.BadgeBad},
	report.Dismiss:  {ui.IconRefuse, ui.BadgeBad},
	report.Appeal:   {ui.IconScale, ui.BadgeOfficial},
	report.Adjust:   {ui.IconPen, ui.BadgeOfficial},
}

// Events tells the history of a report in order; who names the person of a step for the reader, "" for nobody.
func Events(l *lang.Localizer, history []report.Step, who func(report.Step) string) []ui.Event {
	events := make([]ui.Event, 0, len(history))
	for _, step := range history {
		look := looks[step.Event]
		e := ui.Event{
			Title: l.T("report.event." + string(step.Event)), At: step.At, Who: who(step), Text: step.Reason,
			Icon: look.icon, Tone: look.tone,
		}
		if !step.Deadline.IsZero() {
			e.Text += " " + l.T("reportview.until", "At", step.Deadline)
		}
		events = append(events, e)
	}
	return events
}

// ByTeam tells whether a step is the entrant's own.
func ByTeam(e report.Event) bool {
	return e == report.Submit || e == report.Resubmit || e == report.Appeal
}

// Authors returns the people of a history, each once.
func Authors(history []report.Step) []ident.ID {
	seen := map[ident.ID]bool{}
	var ids []ident.ID
	for _, step := range history {
		if !seen[step.By] {
			seen[step.By] = true
			ids = append(ids, step.By)
		}
	}
	return ids
}
