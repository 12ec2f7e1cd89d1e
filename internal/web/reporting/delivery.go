package reporting

import (
	"context"

	"sachhon/internal/exchange"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/web/ui"
)

// deliveryView is how a report goes to a unit of another document system.
type deliveryView struct {
	Hint     string // before it is sent: that it will go this way
	Partner  string
	Status   ui.BadgeProps
	Error    string
	RetryURL string
	Told     []ui.Definition // by the receiver, the oldest first
	URL      string          // of the package
}

const exchangePath = deskPath + "/lien-thong"

// delivery says how a report goes out, or will; nil for one to a unit here.
func (p *pages) delivery(ctx context.Context, r progress.Report) (*deliveryView, error) {
	if p.Exchange == nil {
		return nil, nil
	}
	if r.State == progress.Draft {
		partner, ok, err := p.Exchange.Reaches(ctx, r.Above)
		if err != nil || !ok {
			return nil, err
		}
		return &deliveryView{Hint: ui.T(ctx, "reporting.delivery.hint", "Partner", partner.Name)}, nil
	}
	d, ok, err := p.Exchange.Delivered(ctx, r.ID)
	if err != nil || !ok {
		return nil, err
	}
	name := d.Partner
	for _, partner := range p.Exchange.Partners() {
		if partner.ID == d.Partner {
			name = partner.Name
		}
	}
	v := viewDelivery(ctx, d, name)
	if own(ctx, r.Unit, person.ActionExchangeRead) {
		v.URL = exchangePath + "/" + string(d.ID)
	}
	if d.State == exchange.Failed && own(ctx, r.Unit, person.ActionExchangeRetry) {
		v.RetryURL = exchangePath + "/" + string(d.ID) + "/thu-lai"
	}
	return v, nil
}

func viewDelivery(ctx context.Context, d exchange.Delivery, partner string) *deliveryView {
	v := &deliveryView{Partner: partner, Status: ui.BadgeProps{
		Text: ui.T(ctx, "exchange.page.state."+string(d.State)), Icon: ui.IconClock, Tone: ui.BadgeWait,
	}}
	switch d.State {
	case exchange.Done:
		v.Status.Icon, v.Status.Tone = ui.IconCheck, ui.BadgeGood
	case exchange.Failed:
		v.Status.Icon, v.Status.Tone = ui.IconError, ui.BadgeBad
	case exchange.Waiting:
	}
	if d.ErrorKey != "" {
		var args []any
		for name, value := range d.ErrorArgs.V {
			args = append(args, name, value)
		}
		v.Error = ui.T(ctx, d.ErrorKey, args...)
	}
	for _, told := range d.Told {
		text := ui.T(ctx, "exchange.page.code", "Code", string(told.Status))
		if key := told.Status.Key(); key != "" {
			text = ui.T(ctx, key)
		}
		if told.Words != "" && told.Words != text {
			text += ": " + told.Words
		}
		v.Told = append(v.Told, ui.Definition{Term: lang.From(ctx).DateTime(told.At), Text: text})
	}
	return v
}
