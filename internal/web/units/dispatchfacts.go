package units

import (
	"context"
	"fmt"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

func facts(ctx context.Context, d cascade.Detail) []ui.Definition {
	l := lang.From(ctx)
	list := []ui.Definition{{Term: ui.T(ctx, "units.column.sender"), Text: d.Sender.Organ()}}
	add := func(term, text string) {
		if text != "" {
			list = append(list, ui.Definition{Term: term, Text: text})
		}
	}
	add(ui.T(ctx, "units.column.date"), dateText(ctx, d.Paper().Fields.Date))
	if d.UnderID != "" {
		add(ui.T(ctx, "units.dispatch.carries"), symbolOf(ctx, d.Letter)+" · "+d.Letter.Fields.Subject)
	}
	if len(d.Path) > 2 {
		add(ui.T(ctx, "units.dispatch.path"), pathText(ctx, d.Path))
	}
	if d.ArrivalNumber > 0 {
		add(ui.T(ctx, "units.column.number"), fmt.Sprintf("%d/%d", d.ArrivalNumber, d.ArrivalYear))
	}
	if !d.DueAt.IsZero() {
		add(ui.T(ctx, "units.field.due"), l.DateTime(d.DueAt))
	}
	if !d.Deadline.IsZero() {
		add(ui.T(ctx, "units.field.deadline"), l.DateTime(d.Deadline))
	}
	if d.State.Open() && d.Graced() {
		add(ui.T(ctx, "units.dispatch.grace"), ui.T(ctx, "units.dispatch.graceText", "Date", l.Date(d.Grace.Add(-1))))
	}
	add(ui.T(ctx, "units.outside.term"), outsideText(ctx, d.Dispatch))
	add(ui.T(ctx, "units.field.lead"), d.Lead)
	add(ui.T(ctx, "units.field.cooperators"), joined(d.Cooperators))
	add(ui.T(ctx, "units.field.instruction"), d.Text)
	return list
}

// pathText leads from the issuer down to this unit: who passed it on with what.
func pathText(ctx context.Context, path []cascade.Hop) string {
	parts := make([]string, len(path))
	for i, hop := range path {
		parts[i] = hop.Unit.Organ()
		if hop.Paper.ID != "" {
			parts[i] += " (" + symbolOf(ctx, hop.Paper) + ")"
		}
	}
	return strings.Join(parts, " → ")
}

// receiptText says when the sender was told, by itself, that a dispatch arrived.
func receiptText(ctx context.Context, d cascade.Dispatch) string {
	if d.ReceiptAt.IsZero() {
		return ""
	}
	return ui.T(ctx, "units.receipt", "At", lang.From(ctx).DateTime(d.ReceiptAt))
}

// outsideText says of a dispatch to another document system what can be known of it.
func outsideText(ctx context.Context, d cascade.Dispatch) string {
	if !d.Outside {
		return ""
	}
	return ui.T(ctx, "units.outside")
}

// timeline tells what happened, and what is still to come.
func timeline(ctx context.Context, d cascade.Detail) []ui.Event {
	var events []ui.Event
	add := func(at clock.Time, state, who, text string) {
		if at.IsZero() {
			return
		}
		look := ui.StatusOf(ctx, ui.FamilyDispatch, state)
		if state == string(cascade.Arrived) { // as a state it says what is still to be done
			look.Text = ui.T(ctx, "units.event.arrived")
		}
		events = append(events, ui.Event{Title: look.Text, At: at, Who: who, Text: text, Icon: look.Icon, Tone: look.Tone})
	}
	if !d.Entered() {
		add(d.SentAt, "sent", d.Sender.Organ(), d.Words)
		add(d.ArrivedAt, "arrived", d.Receiver.Organ(), receiptText(ctx, d.Dispatch))
	}
	add(d.ReceivedAt, "received", d.Receiver.Organ(), arrivalNumber(ctx, d.Dispatch))
	add(d.PresentedAt, "presented", "", "")
	add(d.AssignedAt, "assigned", "", d.Lead)
	add(d.StartedAt, "in_progress", "", "")
	for _, record := range d.Publicity {
		events = append(events, ui.Event{
			Title: ui.T(ctx, "letter.channel."+string(record.Channel)), At: record.At, Text: record.Place,
			Icon: ui.IconHorn, Tone: ui.BadgeGood,
		})
	}
	for _, c := range d.Changes {
		events = append(events, changeEvents(ctx, d, c)...)
	}
	for _, r := range d.Reopened {
		add(r.CompletedAt, string(cascade.Completed), "", r.Outcome)
		events = append(events, reopenedEvent(ctx, d, r))
	}
	sortEvents(events)
	add(d.EndedAt, string(d.State), "", d.Outcome)
	if due := d.FinishBy(); d.State.Open() && !due.IsZero() {
		events = append(events, ui.Event{Title: ui.T(ctx, "units.column.due"), At: due, Icon: ui.IconClock, Tone: ui.BadgeWait, Ahead: true})
	}
	return events
}

// changeEvents tell of a change of the letter and of what the unit answered. Of a letter that was given back or replaced its end tells.
func changeEvents(ctx context.Context, d cascade.Detail, c cascade.Change) []ui.Event {
	made := ui.Event{At: c.MadeAt, Who: d.Sender.Organ(), Text: c.Reason, Icon: ui.IconLetter}
	switch c.Kind {
	case cascade.ChangeUpdate:
		made.Title = ui.T(ctx, "units.change.updated")
	case cascade.ChangeFollow:
		made.Title = ui.T(ctx, "units.change.followed")
	case cascade.ChangeRecall:
		if c.State != cascade.ChangeAsked && c.State != cascade.ChangeRefused {
			return nil
		}
		made.Title, made.Icon = ui.T(ctx, "units.asked.recall"), ui.IconReturn
	case cascade.ChangeReplace:
		return nil
	}
	events := []ui.Event{made}
	if c.AnsweredAt.IsZero() {
		return events
	}
	answer := ui.Event{At: c.AnsweredAt, Who: d.Receiver.Organ(), Text: c.Answer}
	switch c.State {
	case cascade.ChangeAgreed:
		answer.Title, answer.Icon, answer.Tone = ui.T(ctx, "units.event.confirmed"), ui.IconCheck, ui.BadgeGood
	case cascade.ChangeRefused:
		answer.Title, answer.Icon, answer.Tone = ui.T(ctx, "units.event.declined."+string(c.Kind)), ui.IconRefuse, ui.BadgeBad
	case cascade.ChangeAsked, cascade.ChangeDone, cascade.ChangeOvertaken:
		return events
	}
	return append(events, answer)
}

// reopenedEvent says who took back that the letter is done with, or gave another duty.
func reopenedEvent(ctx context.Context, d cascade.Detail, r cascade.Reopening) ui.Event {
	e := ui.Event{Title: ui.T(ctx, "units.event.reopened"), At: r.At, Who: d.Receiver.Organ(), Text: r.Reason, Icon: ui.IconReturn, Tone: ui.BadgeWait}
	switch {
	case r.Given:
		e.Who, e.Text = d.Sender.Organ(), ui.T(ctx, "units.reopen.given", "Number", r.Duty)
	case r.Duty > 0:
		e.Text = ui.T(ctx, "units.reopen.duty", "Number", r.Duty)
	}
	return e
}
