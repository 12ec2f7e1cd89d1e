package office

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// inputs gathers what the template draws on.
func (p *pages) inputs(ctx context.Context, unitID ident.ID, template drafting.Template, f *form.Form) (letter.ComposeInput, drafting.Input, error) {
	compose := letter.ComposeInput{Issuer: unitID}
	in, err := p.Drafting.Input(ctx, unitID)
	if err != nil {
		return compose, in, err
	}
	in.Signer = f.Int("signer")
	if in.Earlier, err = p.earlier(ctx); err != nil {
		return compose, in, err
	}
	if in.ReportBy, err = letter.ParseDate(string(f.Day("report_by"))); err != nil {
		f.Add("report_by", "letter.fault.date")
	}
	switch {
	case f.Has("dispatch"):
		l, err := p.brought(ctx, unitID, f)
		if err != nil {
			return compose, in, err
		}
		in.On, compose.Answers, compose.Challenge = &l, l.ID, l.ChallengeID
	case f.Has("on"):
		on, err := f.ID("on")
		if err != nil {
			return compose, in, fault.NotFound.With("letter.fault.notFound")
		}
		l, err := p.asked(ctx, unitID, on)
		if err != nil {
			return compose, in, err
		}
		in.On, compose.Answers, compose.Challenge = &l, l.ID, l.ChallengeID
	}
	if template == drafting.Urging && in.On != nil && can(ctx, person.ActionCascadeWatch, unitID) {
		if in.Late, err = p.Urging.LateBelow(ctx, web.ActorOf(ctx), unitID, in.On.ID); err != nil {
			return compose, in, err
		}
	}
	if in.On != nil && in.On.IssuerID != "" {
		if in.Said, err = p.Letters.Aliases(ctx, in.On.IssuerID); err != nil {
			return compose, in, err
		}
	}
	if f.Has("challenge") {
		id, err := f.ID("challenge")
		if err != nil {
			return compose, in, fault.NotFound.With("letter.fault.noChallenge")
		}
		compose.Challenge = id
	}
	if compose.Challenge != "" {
		c, err := p.Challenges.ByID(ctx, web.ActorOf(ctx), compose.Challenge)
		switch {
		case err == nil:
			err = p.about(ctx, unitID, template, c, &in)
			return compose, in, err
		case f.Has("challenge"):
			return compose, in, err
		}
	}
	return compose, in, nil
}

// figures is where a report about what was chosen is drafted from the records; empty when there is nothing to report upon.
func (p *pages) figures(ctx context.Context, unitID ident.ID, about letter.ComposeInput) (string, error) {
	if about.Answers != "" {
		d, ok, err := p.Cascade.Came(ctx, web.ActorOf(ctx), unitID, about.Answers)
		if err != nil {
			return "", err
		}
		if ok {
			return figuresURL(unitID, d.LetterID, ""), nil
		}
	}
	if about.Challenge != "" {
		return figuresURL(unitID, "", about.Challenge), nil
	}
	return "", nil
}

// earlier is by when a unit asks those below to be done, as letters write days.
func (p *pages) earlier(ctx context.Context) (func(letter.Date) letter.Date, error) {
	earlier, err := p.Cascade.Earlier(ctx)
	return func(d letter.Date) letter.Date {
		day, err := letter.ParseDate(string(earlier(clock.Day(d.String()))))
		if err != nil { // a day of the calendar is one of letters
			return d
		}
		return day
	}, err
}

// brought is the letter that a dispatch brought, with the duties that it asks of this unit: as records have them, which may be
// parts of those that the letter names.
func (p *pages) brought(ctx context.Context, unitID ident.ID, f *form.Form) (letter.Letter, error) {
	id, err := f.ID("dispatch")
	if err != nil {
		return letter.Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	return p.broughtBy(ctx, unitID, id)
}

// asked is a letter to rest on, with what it asks of the unit where it came to it.
func (p *pages) asked(ctx context.Context, unitID, letterID ident.ID) (letter.Letter, error) {
	l, err := p.readable(ctx, unitID, letterID)
	if err != nil {
		return letter.Letter{}, err
	}
	d, ok, err := p.Cascade.Came(ctx, web.ActorOf(ctx), unitID, letterID)
	if err != nil || !ok {
		return l, err
	}
	return p.broughtBy(ctx, unitID, d.ID)
}

func (p *pages) broughtBy(ctx context.Context, unitID, id ident.ID) (letter.Letter, error) {
	d, err := p.Cascade.Get(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return letter.Letter{}, err
	}
	if d.ReceiverID != unitID {
		return letter.Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	l := d.Paper()
	asked := l.Fields.Duties
	l.Fields.Duties = nil
	for _, one := range d.Duties {
		duty := letter.Duty{Number: one.Number, Text: one.Text, Channels: one.Channels, Within: one.Within, Every: one.Every, Quota: one.Quota, Proof: one.Proof}
		if !one.Deadline.IsZero() { // its end is the midnight after the day
			if duty.Deadline, err = letter.ParseDate(string(clock.DayOf(one.Deadline.Add(-1).Time))); err != nil {
				return letter.Letter{}, err
			}
		}
		if i := slices.IndexFunc(asked, func(a letter.Duty) bool { return a.Number == one.Number }); i >= 0 && d.Entered() {
			duty.For = asked[i].For // what was typed in has too what it asks of organs that nobody here knows
		}
		l.Fields.Duties = append(l.Fields.Duties, duty)
	}
	if l.Fields.Period.From.IsZero() {
		l.Fields.Period = d.Letter.Fields.Period
	}
	if l.ChallengeID == "" {
		l.ChallengeID = d.Letter.ChallengeID
	}
	return l, nil
}
