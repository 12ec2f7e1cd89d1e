package publicity

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
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

// Next returns when a bulletin is played next by the programmes of today and the week behind it. ok is false when no slot has room
// for it. An urgent one is played at once.
func (h Hours) Next(now clock.Time, items []Item, slug string) (at clock.Time, ok bool) {
	for days := range 8 {
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
	items, err := s.items(ctx, actor, unitID)
	return hours.Programme(day, clock.At(s.db.Clock().Now()), items), hours, err
}

// items are the bulletins of a unit, also of campaigns that are over or have not begun.
func (s *Service) items(ctx context.Context, actor person.Actor, unitID ident.ID) ([]Item, error) {
	offers, err := s.Offers(ctx, actor, unitID)
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, o := range offers {
		slugs = append(slugs, o.Slug)
	}
	own, err := campaignsOf(ctx, s.db, unitID) // it may have begun one itself, without a letter
	if err != nil {
		return nil, err
	}
	for _, id := range own {
		c, err := s.challenges.ByID(ctx, actor, id)
		if errors.Is(err, fault.NotFound) || errors.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(slugs, c.Slug) {
			slugs = append(slugs, c.Slug)
		}
	}
	var items []Item
	for _, slug := range slugs {
		p, err := s.Package(ctx, actor, unitID, slug)
		if err != nil {
			return nil, err
		}
		items = append(items, p.Item())
	}
	return items, nil
}

// Item is the bulletin of the package in the unit's programme.
func (p *Package) Item() Item {
	text := p.Texts[Bulletin]
	i := Item{
		Slug: p.Challenge.Slug, Title: p.Challenge.Title, Priority: text.Parts["priority"], Length: speech.ReadingTime(text.Parts["script"]),
		Since: p.Campaign.CreatedAt, First: p.Campaign.First, Last: p.Campaign.Last,
	}
	if text.Own {
		i.Since = text.EditedAt
	}
	for _, play := range p.Plays {
		if play.Result != Silent {
			i.Plays = append(i.Plays, play.Started)
		}
	}
	return i
}

// NextPlay returns when the bulletin of a package is played next, after those that come before it.
func (s *Service) NextPlay(ctx context.Context, actor person.Actor, p *Package) (at clock.Time, ok bool, err error) {
	items, err := s.items(ctx, actor, p.Unit.ID)
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
