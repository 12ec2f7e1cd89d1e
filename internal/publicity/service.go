package publicity

import (
	"context"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service drafts packages and keeps what units make of them.
type Service struct {
	db         *database.DB
	log        *audit.Log
	ids        *ident.Generator
	units      *unit.Service
	challenges *challenge.Service
	letters    *letter.Service
	cascade    *cascade.Service
	insight    *insight.Service
	heads      Heads
	base       string
}

// Heads tells what stands at the head of a unit's documents; drafting.Service does.
type Heads interface {
	HeadOf(ctx context.Context, tree *unit.Tree, u unit.Unit) (drafting.Letterhead, int64, error)
}

// Config is what the service works with.
type Config struct {
	DB         *database.DB
	Log        *audit.Log
	IDs        *ident.Generator
	Units      *unit.Service
	Challenges *challenge.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Insight    *insight.Service
	Heads      Heads
	BaseURL    string // under which the public opens pages, for codes and messages
}

// NewService returns the service.
func NewService(c Config) *Service {
	return &Service{
		db: c.DB, log: c.Log, ids: c.IDs, units: c.Units, challenges: c.Challenges, letters: c.Letters, cascade: c.Cascade, insight: c.Insight, heads: c.Heads, base: c.BaseURL,
	}
}

// Text is a product as a unit says it.
type Text struct {
	Product    Product
	Parts      Texts
	Own        bool     // the unit reworded it
	CampaignID ident.ID // whose draft the unit reworded
	Version    int64    // of the unit's wording, 0 for a draft
	EditedAt   clock.Time
	Earlier    bool  // the unit reworded what a campaign said before it was changed, or before another one took its place
	Draft      Texts // what would be drafted now in the place of an own wording
}

// Package is all that a unit needs to publicise a challenge, and what it did.
type Package struct {
	Matter
	Owner     unit.Unit
	Dispatch  cascade.Detail // by which the letter came; its ID is empty when none did
	Texts     map[Product]Text
	Published clock.Time // when the unit's article was made public; zero while it is not
	Hours     Hours
	Plays     []Play

	// Minutes are the letters that were made of the minutes of meetings, by their records: the zero letter where none was, nothing
	// for a meeting that was noted elsewhere and has no minutes.
	Minutes map[ident.ID]letter.Letter
}

// Done returns the records of publicity that the product counts for, the newest first.
func (p *Package) Done(product Product) []cascade.Publicity {
	var done []cascade.Publicity
	for _, r := range slices.Backward(p.Dispatch.Publicity) {
		if slices.Contains(product.Channels(), r.Channel) {
			done = append(done, r)
		}
	}
	return done
}

// Package returns the package of a unit for a challenge to those who handle the unit's publicity.
func (s *Service) Package(ctx context.Context, actor person.Actor, unitID ident.ID, slug string) (*Package, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	c, err := s.challenges.BySlug(ctx, actor, slug)
	if err != nil {
		return nil, err
	}
	p, _, err := s.of(ctx, c, func(tree *unit.Tree) (unit.Unit, bool) { return tree.ByID(unitID) })
	if err != nil {
		return nil, err
	}
	if p.Plays, err = listPlays(ctx, s.db, c.ID, unitID); err != nil {
		return nil, err
	}
	for i, play := range p.Plays {
		p.Plays[i].Counts = slices.ContainsFunc(p.Dispatch.Publicity, func(r cascade.Publicity) bool { return r.ID == play.ID })
	}
	if err := s.addMinutes(ctx, p); err != nil {
		return nil, err
	}
	if p.Hours, err = hoursOf(ctx, s.db, unitID); err != nil {
		return nil, err
	}
	return p, s.addTexts(ctx, p)
}

func (s *Service) addMinutes(ctx context.Context, p *Package) error {
	records, err := listMinutes(ctx, s.db, p.Challenge.ID, p.Unit.ID)
	if err != nil {
		return err
	}
	letters, err := s.letters.LoadAll(ctx, s.db, records)
	if err != nil {
		return err
	}
	p.Minutes = make(map[ident.ID]letter.Letter, len(records))
	for _, id := range records {
		p.Minutes[id] = letters[id]
	}
	return nil
}

func clean(parts Texts, product Product) Texts {
	out := Texts{}
	for _, part := range product.Parts() {
		if part.Lines == 1 {
			out[part.Name] = lang.Clean(parts[part.Name])
		} else {
			out[part.Name] = lang.CleanLines(parts[part.Name])
		}
	}
	return out
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, p *Package, after map[string]any) error {
	return s.recordOf(ctx, tx, actor, p.Campaign.ID, p.Unit.ID, after)
}

// recordOf notes what a unit made of a campaign, or by itself while nobody above has written one.
func (s *Service) recordOf(ctx context.Context, tx *database.Tx, actor person.Actor, campaign, unit ident.ID, after map[string]any) error {
	e := audit.Entry{Actor: actor.Identity(), Action: string(person.ActionPublicityEdit), Kind: "campaign", Object: campaign, After: after}
	if campaign == "" {
		e.Kind, e.Object = "unit", unit
	}
	after["unit"] = unit
	return s.log.Record(ctx, tx, e)
}
