package office

import (
	"context"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/progress"
	"sachhon/internal/web"
)

// about adds what the templates say about a challenge: its plan, and for the letter that thanks what was achieved.
func (p *pages) about(ctx context.Context, unitID ident.ID, template drafting.Template, c challenge.Challenge, in *drafting.Input) error {
	in.Challenge = &c
	letters, err := p.Letters.Published(ctx, c.ID)
	if err != nil {
		return err
	}
	documents, err := p.Challenges.Documents(ctx, web.ActorOf(ctx), c.ID)
	if err != nil {
		return err
	}
	in.Plan, _ = drafting.PlanOf(letters, documents)
	if template == drafting.Thanks {
		in.Thanks, err = p.achieved(ctx, unitID, c)
	}
	return err
}

// achieved is what the unit and those below it did in a challenge until today; nothing for who may not see it, or before it began.
func (p *pages) achieved(ctx context.Context, unitID ident.ID, c challenge.Challenge) (drafting.ThanksData, error) {
	period := progress.Period{From: clock.DayOf(c.Period.From.Time), To: min(clock.DayOf(c.Period.LastDay().Time), clock.DayOf(p.Clock.Now()))}
	f, err := p.Progress.Figures(ctx, web.ActorOf(ctx), unitID, progress.Subject{Challenge: c.ID}, period)
	switch fault.KindOf(err) {
	case fault.Forbidden, fault.Invalid:
		return drafting.ThanksData{}, nil
	}
	t := f.Total
	data := drafting.ThanksData{Entrants: int(t.Entrants()), Cleanups: int(t.Valid), People: int(t.People)}
	if grams := t.Waste.Total(); grams > 0 {
		data.Kilograms = strings.TrimSuffix(lang.New("vi").Weight(grams), " kg")
	}
	return data, err
}
