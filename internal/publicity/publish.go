package publicity

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Story is what everybody may read of a unit: its article, with the numbers of now, and what it has done to tell people.
type Story struct {
	Matter
	Article   Text
	Published clock.Time // zero while the unit has not made its article public; it is empty then
	Done      []Deed     // the newest first
}

// Deed is something that a unit has done to tell people, as far as everybody may know it: places and notes are typed by people and
// may name others.
type Deed struct {
	Channel letter.Channel
	Day     clock.Day
	Link    string // of an article elsewhere; a post may be somebody's own page
	People  int    // present at a meeting
}

// mostDeeds is how much a public page tells.
const mostDeeds = 40

// deeds are the records as everybody may know them; what was done on one channel several times a day is told once.
func deeds(records []cascade.Publicity, own string) []Deed {
	records = slices.Clone(records)
	slices.SortStableFunc(records, func(a, b cascade.Publicity) int { return b.At.Compare(a.At.Time) })
	var out []Deed
	for _, r := range records {
		d := Deed{Channel: r.Channel, Day: clock.DayOf(r.At.Time)}
		if r.Channel == letter.Portal && r.Link != own && !isPost(r.Link) {
			d.Link = r.Link
		}
		if r.Channel == letter.Meeting {
			d.People = r.People
		}
		if len(out) < mostDeeds && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// networks are where people have pages of their own.
var networks = []string{
	"facebook.com", "fb.com", "fb.me", "fb.watch", "zalo.me", "youtube.com", "youtu.be", "tiktok.com", "instagram.com", "threads.net", "x.com",
	"twitter.com", "t.me",
}

// isPost tells whether a link, noted as that of a portal, leads to a social network all the same.
func isPost(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return true
	}
	host := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(networks, func(n string) bool { return host == n || strings.HasSuffix(host, "."+n) })
}

// Public returns what everybody may read of the unit with a code: its article if it made that public, and what it recorded.
// A unit that did neither has no page.
func (s *Service) Public(ctx context.Context, slug, code string) (*Story, error) {
	c, err := s.challenges.BySlug(ctx, person.Actor{}, slug)
	if err != nil {
		return nil, err
	}
	p, _, err := s.of(ctx, c, func(tree *unit.Tree) (unit.Unit, bool) { return tree.ByCode(code) })
	if err != nil {
		return nil, err
	}
	told, err := listTold(ctx, s.db, c.ID, p.Unit.ID)
	if err != nil {
		return nil, err
	}
	story := &Story{Matter: p.Matter, Published: p.Published, Done: deeds(told, p.ArticlePage)}
	if p.Published.IsZero() {
		if len(story.Done) == 0 {
			return nil, fault.NotFound.With("publicity.fault.none")
		}
		return story, nil
	}
	if err := s.addTexts(ctx, p); err != nil {
		return nil, err
	}
	story.Article = p.Texts[Article]
	return story, nil
}

// Publish makes a unit's article public, or takes it back. Doing it twice changes nothing.
func (s *Service) Publish(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, public bool) error {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return err
	}
	if !p.Challenge.Public() {
		return fault.Conflict.With("publicity.fault.draftChallenge")
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		changed, err := setPublished(ctx, tx, p.Challenge.ID, unitID, actor.ID, public)
		if err != nil || !changed {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"public": public})
	})
}
