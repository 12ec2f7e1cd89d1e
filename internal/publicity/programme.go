package publicity

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/speech"
)

// Item is a bulletin that the loudspeakers of a unit may play on a day.
type Item struct {
	Slug, Title string // of the challenge
	Priority    string
	Length      time.Duration // as it is read
	Since       clock.Time    // since when it waits
	Plays       []clock.Time  // when it was heard already
	First, Last clock.Day     // of its campaign; an empty one sets no bound
}

// On tells whether the campaign of a bulletin runs on a day.
func (i Item) On(day clock.Day) bool { return day.Within(i.First, i.Last) }

// Turn is a bulletin at its time in a slot.
type Turn struct {
	Item
	At   clock.Time
	Done bool // it was heard in the slot, at that time
}

// Stretch is a slot of a day with what is played in it, in order.
type Stretch struct {
	From, Until clock.Time
	Turns       []Turn
}

// Programme is what the loudspeakers of a unit play on a day.
type Programme struct {
	Day    clock.Day
	Urgent []Item // at any time, before everything else
	Slots  []Stretch
	Left   []Item // that no slot of the day has room for
	Closed bool   // the loudspeakers do not speak on this day of the week
}

// before is the order of Circular 39/2020: who has priority comes first, then who has waited longer.
func (i Item) before(o Item) int {
	rank := func(priority string) int { return slices.Index(Priorities(), priority) }
	return cmp.Or(cmp.Compare(rank(o.Priority), rank(i.Priority)), i.Since.Compare(o.Since.Time), cmp.Compare(i.Slug, o.Slug))
}

// Programme puts the bulletins into the slots of a day. Each is played once in every slot that has room for it, and those with
// priority before the others; an urgent one waits for no slot. What is left of the slot that goes on begins now.
func (h Hours) Programme(day clock.Day, now clock.Time, items []Item) Programme {
	items = slices.SortedFunc(slices.Values(items), Item.before)
	items = slices.DeleteFunc(items, func(i Item) bool { return !i.On(day) })
	p := Programme{Day: day, Closed: !slices.Contains(h.Days, day.Start().Local().Weekday())}
	items = slices.DeleteFunc(items, func(i Item) bool {
		if i.Priority == Urgent {
			p.Urgent = append(p.Urgent, i)
		}
		return i.Priority == Urgent
	})
	if p.Closed {
		return p
	}
	placed := map[string]bool{}
	for _, slot := range h.Slots {
		s := Stretch{From: day.Start().Add(time.Duration(slot.From) * time.Minute), Until: day.Start().Add(time.Duration(slot.Until) * time.Minute)}
		next := s.From
		if now.After(s.From.Time) && now.Before(s.Until.Time) {
			next = now
		}
		for _, i := range items {
			if at := slices.IndexFunc(i.Plays, s.has); at >= 0 {
				s.Turns, placed[i.Slug] = append(s.Turns, Turn{i, i.Plays[at], true}), true
				continue
			}
			end := next.Add(i.minutes())
			if i.minutes() > time.Duration(h.MaxMinutes)*time.Minute || end.After(s.Until.Time) {
				continue
			}
			s.Turns, placed[i.Slug] = append(s.Turns, Turn{i, next, false}), true
			next = end
		}
		slices.SortStableFunc(s.Turns, func(a, b Turn) int { return a.At.Compare(b.At.Time) })
		p.Slots = append(p.Slots, s)
	}
	p.Left = slices.DeleteFunc(items, func(i Item) bool { return placed[i.Slug] })
	return p
}

// minutes is how long a bulletin takes in the programme: whole minutes.
func (i Item) minutes() time.Duration { return (i.Length + time.Minute - 1).Truncate(time.Minute) }

func (s Stretch) has(at clock.Time) bool { return !at.Before(s.From.Time) && at.Before(s.Until.Time) }

// daysAhead is how far behind today the next time of a bulletin is looked for.
const daysAhead = 7

// Next returns when a bulletin is played next by the programmes of today and the week behind it. ok is false when no slot has room
// for it. An urgent one is played at once.
func (h Hours) Next(now clock.Time, items []Item, slug string) (at clock.Time, ok bool) {
	for days := range daysAhead + 1 {
		p := h.Programme(clock.DayOf(now.Time).Plus(days), now, items)
		if slices.ContainsFunc(p.Urgent, func(i Item) bool { return i.Slug == slug }) {
			return now, true
		}
		for _, s := range p.Slots {
			for _, t := range s.Turns {
				if t.Slug == slug && !t.Done && !t.At.Before(now.Time) {
					return t.At, true
				}
			}
		}
	}
	return clock.Time{}, false
}

// Programme returns what a unit's loudspeakers play on a day, of all challenges that it publicises on it, with its hours.
func (s *Service) Programme(ctx context.Context, actor person.Actor, unitID ident.ID, day clock.Day) (Programme, Hours, error) {
	hours, err := s.HoursOf(ctx, actor, unitID)
	if err != nil {
		return Programme{}, hours, err
	}
	items, err := s.items(ctx, actor, unitID, day, day)
	return hours.Programme(day, clock.At(s.db.Clock().Now()), items), hours, err
}

// items are the bulletins of a unit whose campaigns run on any of the days. A challenge adds nothing to how often the database
// is asked: what stands in the programme is read of all of them together.
func (s *Service) items(ctx context.Context, actor person.Actor, unitID ident.ID, first, last clock.Day) ([]Item, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	in, err := s.cascade.Inbox(ctx, actor, unitID, mostLetters)
	if err != nil {
		return nil, err
	}
	own, err := campaignsOf(ctx, s.db, unitID) // it may have begun one itself, without a letter
	if err != nil {
		return nil, err
	}
	about := map[ident.ID]bool{}
	for _, id := range own {
		about[id] = true
	}
	for _, it := range in.Items {
		about[it.Letter.ChallengeID] = about[it.Letter.ChallengeID] || it.State != cascade.Refused && it.State != cascade.Recalled
	}
	challenges, err := s.challenges.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	challenges = slices.DeleteFunc(challenges, func(c challenge.Challenge) bool { return !about[c.ID] })
	if len(challenges) == 0 {
		return nil, nil
	}
	return s.bulletins(ctx, unitID, challenges, in.Items, first, last)
}

// bulletins are those of a unit about the challenges, with what was played of them on the days.
func (s *Service) bulletins(ctx context.Context, unitID ident.ID, about []challenge.Challenge, inbox []cascade.Item, first, last clock.Day) ([]Item, error) {
	ids, days := make([]ident.ID, len(about)), make([]clock.Day, len(about))
	for i, c := range about {
		ids[i], days[i] = c.ID, clock.DayOf(c.Period.From.Time)
	}
	trees, err := s.units.Trees(ctx, days...)
	if err != nil {
		return nil, err
	}
	campaigns, err := listCampaigns(ctx, s.db, ids...)
	if err != nil {
		return nil, err
	}
	texts, err := listBulletins(ctx, s.db, ids, unitID)
	if err != nil {
		return nil, err
	}
	plays, err := playsOn(ctx, s.db, ids, unitID, first, last)
	if err != nil {
		return nil, err
	}
	var items []Item
	for i, c := range about {
		u, ok := trees[i].ByID(unitID)
		var came cascade.Detail
		if it, ok := askedBy(inbox, c.ID); ok {
			came = cascade.Detail{Dispatch: it.Dispatch, Letter: it.Letter, Under: it.Letter, Sender: it.Sender}
		}
		campaign, written := nearest(campaigns, c, trees[i], unitID)
		if !written {
			campaign = suggested(c, came)
		}
		if !ok || campaign.First > last || campaign.Last != "" && campaign.Last < first {
			continue
		}
		text, own := texts[c.ID]
		if !own || text.Parts["script"] == "" || text.Parts["priority"] == "" {
			m, err := s.matter(ctx, c, campaign, trees[i], u)
			if err != nil {
				return nil, err
			}
			m.Basis = Basis(came, trees[i])
			text = text.over(Draft(Bulletin, m))
		}
		items = append(items, item(c, campaign, text, plays[c.ID]))
	}
	return items, nil
}

// askedBy chooses among what came to a unit about a challenge as cascade.About does: of letters that live on the newest that asks
// to make something public, else the newest.
func askedBy(inbox []cascade.Item, challengeID ident.ID) (found cascade.Item, ok bool) {
	for _, it := range inbox {
		if it.Letter.ChallengeID != challengeID || !it.State.Open() && it.State != cascade.Completed {
			continue
		}
		if it.Publicising.Asked {
			return it, true
		}
		if !ok {
			found, ok = it, true
		}
	}
	return found, ok
}

// Item is the bulletin of the package in the unit's programme.
func (p *Package) Item() Item { return item(p.Challenge, p.Campaign, p.Texts[Bulletin], p.Plays) }

func item(c challenge.Challenge, campaign Campaign, text Text, plays []Play) Item {
	i := Item{
		Slug: c.Slug, Title: c.Title, Priority: text.Parts["priority"], Length: speech.ReadingTime(text.Parts["script"]),
		Since: campaign.CreatedAt, First: campaign.First, Last: campaign.Last,
	}
	if text.Own {
		i.Since = text.EditedAt
	}
	for _, play := range plays {
		if play.Result != Silent {
			i.Plays = append(i.Plays, play.Started)
		}
	}
	return i
}

// NextPlay returns when the bulletin of a package is played next, after those that come before it.
func (s *Service) NextPlay(ctx context.Context, actor person.Actor, p *Package) (at clock.Time, ok bool, err error) {
	today := clock.DayOf(p.Now.Time)
	items, err := s.items(ctx, actor, p.Unit.ID, today, today.Plus(daysAhead))
	if err != nil {
		return clock.Time{}, false, err
	}
	mine := p.Item()
	if !slices.ContainsFunc(items, func(i Item) bool { return i.Slug == mine.Slug }) {
		items = append(items, mine)
	}
	at, ok = p.Hours.Next(p.Now, items, mine.Slug)
	return at, ok, nil
}
