package units

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/web/ui"
)

// senderOutside returns who sent a dispatch from another document system; ok is false where nobody did.
func (p *pages) senderOutside(ctx context.Context, dispatch ident.ID) (exchange.Sender, bool, error) {
	if p.Exchange == nil {
		return exchange.Sender{}, false, nil
	}
	return p.Exchange.SenderOf(ctx, dispatch)
}

// reopenOutside says, before a letter is opened again, what its sender outside will know of it.
func (p *pages) reopenOutside(ctx context.Context, d cascade.Detail) (string, error) {
	from, ok, err := p.senderOutside(ctx, d.ID)
	if err != nil || !ok {
		return "", err
	}
	return ui.T(ctx, "units.reopen.outside", "Sender", from.Name, "Partner", from.Partner), nil
}

// outsideEvents are what the other document system was told, or told, of a letter that is open again.
func (p *pages) outsideEvents(ctx context.Context, d cascade.Detail) ([]ui.Event, error) {
	if p.Exchange == nil {
		return nil, nil
	}
	if d.Outside {
		again, ok, err := p.Exchange.AgainAtWork(ctx, d.ID)
		if err != nil || !ok {
			return nil, err
		}
		return []ui.Event{{
			Title: ui.T(ctx, "units.event.againOutside"), At: again.At, Who: d.Receiver.Organ(), Text: againText(ctx, again), Icon: ui.IconWarning, Tone: ui.BadgeWait,
		}}, nil
	}
	if len(d.Reopened) == 0 {
		return nil, nil
	}
	from, ok, err := p.senderOutside(ctx, d.ID)
	if err != nil || !ok {
		return nil, err
	}
	var events []ui.Event
	for _, r := range d.Reopened {
		events = append(events, toldEvent(ctx, from, r))
	}
	return events, nil
}

// againText are the words of a receiver, if any, with what they change here.
func againText(ctx context.Context, again exchange.Report) string {
	text := ui.T(ctx, "units.reopen.stays")
	if again.Words != "" {
		text = again.Words + ". " + text
	}
	return text
}

// toldEvent says whether the sender outside was told that a unit is at work again, and that its system may not show it.
func toldEvent(ctx context.Context, from exchange.Sender, r cascade.Reopening) ui.Event {
	e := ui.Event{
		Title: ui.T(ctx, "units.event.untold"), At: r.At, Text: ui.T(ctx, "units.reopen.untold", "Sender", from.Name, "Partner", from.Partner),
		Icon: ui.IconWarning, Tone: ui.BadgeBad,
	}
	m, ok := from.Told(r.At)
	switch {
	case ok && m.State == exchange.Done:
		e.Title, e.Text = ui.T(ctx, "units.event.told"), ui.T(ctx, "units.reopen.told", "Sender", from.Name, "Partner", from.Partner)
		e.Icon, e.Tone = ui.IconSend, ui.BadgeWait
	case ok && m.State == exchange.Waiting:
		e.Title, e.Text = ui.T(ctx, "units.event.telling"), ui.T(ctx, "units.reopen.told", "Sender", from.Name, "Partner", from.Partner)
		e.Icon, e.Tone = ui.IconHourglass, ui.BadgeWait
	}
	return e
}
