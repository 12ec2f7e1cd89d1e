package publicity

import (
	"context"
	"errors"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
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
	cascade    *cascade.Service
	insight    *insight.Service
	base       string
}

// Config is what the service works with.
type Config struct {
	DB         *database.DB
	Log        *audit.Log
	IDs        *ident.Generator
	Units      *unit.Service
	Challenges *challenge.Service
	Cascade    *cascade.Service
	Insight    *insight.Service
	BaseURL    string // under which the public opens pages, for codes and messages
}

// NewService returns the service.
func NewService(c Config) *Service {
	return &Service{
		db: c.DB, log: c.Log, ids: c.IDs, units: c.Units, challenges: c.Challenges, cascade: c.Cascade, insight: c.Insight, base: c.BaseURL,
	}
}

// Text is a product as a unit says it.
type Text struct {
	Product  Product
	Parts    Texts
	Own      bool  // the unit reworded it
	Version  int64 // of the unit's wording, 0 for a draft
	EditedAt clock.Time
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
	if err := s.addDispatch(ctx, actor, p); err != nil {
		return nil, err
	}
	if p.Plays, err = listPlays(ctx, s.db, unitID, p.Campaign.ID); err != nil {
		return nil, err
	}
	for i, play := range p.Plays {
		p.Plays[i].Counts = slices.ContainsFunc(p.Dispatch.Publicity, func(r cascade.Publicity) bool { return r.ID == play.ID })
	}
	if p.Hours, err = hoursOf(ctx, s.db, unitID); err != nil {
		return nil, err
	}
	return p, s.addTexts(ctx, p)
}

// of gathers the matter of a unit's texts: all that everybody may know.
func (s *Service) of(ctx context.Context, c challenge.Challenge, find func(*unit.Tree) (unit.Unit, bool)) (*Package, *unit.Tree, error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(c.Period.From.Time))
	if err != nil {
		return nil, nil, err
	}
	u, ok := find(tree)
	if !ok {
		return nil, nil, fault.NotFound.With("publicity.fault.none")
	}
	all, err := listCampaigns(ctx, s.db, c.ID)
	if err != nil {
		return nil, nil, err
	}
	campaign, ok := nearest(all, c, tree, u.ID)
	if !ok {
		return nil, nil, fault.NotFound.With("publicity.fault.noCampaign")
	}
	snapshot, err := s.insight.Get(ctx, person.SystemActor, c.ID)
	if err != nil {
		return nil, nil, err
	}
	p := &Package{Matter: Matter{
		Campaign: campaign, Challenge: c, Unit: u, Organiser: organ(tree, c.Organiser), Numbers: NumbersOf(snapshot, tree, u.ID),
		Now: clock.At(s.db.Clock().Now()), ChallengePage: s.base + ChallengePath(c.Slug), ArticlePage: s.base + ArticlePath(c.Slug, u.Code),
	}}
	p.Owner, _ = tree.ByID(campaign.OwnerID)
	if sup, ok := tree.ByID(u.SuperiorID); ok {
		p.Superior = sup.Organ()
	}
	p.Published, err = publishedAt(ctx, s.db, campaign.ID, u.ID)
	return p, tree, err
}

// ChallengePath is the public address of a challenge, to which codes lead.
func ChallengePath(slug string) string { return "/cuoc-thi/" + slug }

// ArticlePath is the public address of a unit's article.
func ArticlePath(slug, code string) string { return ChallengePath(slug) + "/tin/" + code }

func organ(tree *unit.Tree, id ident.ID) string {
	u, _ := tree.ByID(id)
	return u.Organ()
}

// nearest chooses the campaign that speaks to a unit: its own, else that of the nearest unit above it, else the
// organiser's.
func nearest(all []Campaign, c challenge.Challenge, tree *unit.Tree, id ident.ID) (Campaign, bool) {
	of := func(owner ident.ID) (Campaign, bool) {
		i := slices.IndexFunc(all, func(c Campaign) bool { return c.OwnerID == owner })
		if i < 0 {
			return Campaign{}, false
		}
		return all[i], true
	}
	for _, path := range [][]unit.Unit{tree.Path(id), tree.AreaPath(id)} {
		for _, u := range slices.Backward(path) {
			if found, ok := of(u.ID); ok {
				return found, true
			}
		}
	}
	return of(c.Organiser)
}

// mostLetters bounds how far back in an inbox the challenge's letter is looked for.
const mostLetters = 500

// addDispatch finds the dispatch to report to: the newest one of a letter about the challenge that the unit did not refuse.
func (s *Service) addDispatch(ctx context.Context, actor person.Actor, p *Package) error {
	in, err := s.cascade.Inbox(ctx, actor, p.Unit.ID, mostLetters)
	if err != nil {
		return err
	}
	for _, it := range in.Items {
		if it.Letter.ChallengeID != p.Challenge.ID || it.State == cascade.Refused || it.State == cascade.Recalled {
			continue
		}
		if p.Dispatch, err = s.cascade.Get(ctx, actor, it.ID); err != nil {
			return err
		}
		p.Basis = Basis(p.Dispatch)
		return nil
	}
	return nil
}

// Basis cites the letter that came by a dispatch.
func Basis(d cascade.Detail) string {
	kind := d.Letter.Fields.Type
	if kind == "" || d.Letter.Symbol() == "" {
		return ""
	}
	return capital(kind) + " số " + d.Letter.Symbol() + " của " + d.Sender.Organ()
}

// addTexts drafts every product and puts the unit's own wording in its place.
func (s *Service) addTexts(ctx context.Context, p *Package) error {
	own, err := listTexts(ctx, s.db, p.Campaign.ID, p.Unit.ID)
	if err != nil {
		return err
	}
	p.Texts = map[Product]Text{}
	for _, product := range Products() {
		p.Texts[product] = Text{Product: product, Parts: Draft(product, p.Matter)}
	}
	for _, t := range own {
		for name, draft := range p.Texts[t.Product].Parts { // a part that came later is drafted
			if _, ok := t.Parts[name]; !ok {
				t.Parts[name] = draft
			}
		}
		p.Texts[t.Product] = t
	}
	return nil
}

// Story is what everybody may read of a unit: its article, with the numbers of now.
type Story struct {
	Matter
	Article   Text
	Published clock.Time
}

// Public returns the article of the unit with a code, if the unit made it public.
func (s *Service) Public(ctx context.Context, slug, code string) (*Story, error) {
	c, err := s.challenges.BySlug(ctx, person.Actor{}, slug)
	if err != nil {
		return nil, err
	}
	p, _, err := s.of(ctx, c, func(tree *unit.Tree) (unit.Unit, bool) { return tree.ByCode(code) })
	if err != nil {
		return nil, err
	}
	if p.Published.IsZero() {
		return nil, fault.NotFound.With("publicity.fault.none")
	}
	if err := s.addTexts(ctx, p); err != nil {
		return nil, err
	}
	return &Story{Matter: p.Matter, Article: p.Texts[Article], Published: p.Published}, nil
}

// Offer is a challenge for which a unit has a package ready.
type Offer struct {
	Slug, Title string
	Dispatch    ident.ID
	State       cascade.State
	Open        bool // nothing was publicised yet
}

// Offers returns the packages that wait for a unit: one for each challenge about which a letter came and somebody made a
// campaign.
func (s *Service) Offers(ctx context.Context, actor person.Actor, unitID ident.ID) ([]Offer, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	in, err := s.cascade.Inbox(ctx, actor, unitID, mostLetters)
	if err != nil {
		return nil, err
	}
	var offers []Offer
	seen := map[ident.ID]bool{}
	for _, it := range in.Items {
		id := it.Letter.ChallengeID
		if id == "" || seen[id] || it.State == cascade.Refused || it.State == cascade.Recalled {
			continue
		}
		seen[id] = true
		c, err := s.challenges.ByID(ctx, actor, id)
		if errors.Is(err, fault.NotFound) || errors.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all, err := listCampaigns(ctx, s.db, id)
		if err != nil {
			return nil, err
		}
		tree, err := s.units.Tree(ctx, clock.DayOf(c.Period.From.Time))
		if err != nil {
			return nil, err
		}
		if _, ok := nearest(all, c, tree, unitID); !ok {
			continue
		}
		d, err := s.cascade.Get(ctx, actor, it.ID)
		if err != nil {
			return nil, err
		}
		offers = append(offers, Offer{Slug: c.Slug, Title: c.Title, Dispatch: it.ID, State: it.State, Open: len(d.Publicity) == 0})
	}
	return offers, nil
}

// CampaignOf returns a unit's own campaign for a challenge, or a suggestion for one.
func (s *Service) CampaignOf(ctx context.Context, actor person.Actor, owner ident.ID, slug string) (Campaign, challenge.Challenge, error) {
	if err := actor.Can(person.ActionPublicityCampaign, person.On{Unit: owner}); err != nil {
		return Campaign{}, challenge.Challenge{}, err
	}
	c, err := s.challenges.BySlug(ctx, actor, slug)
	if err != nil {
		return Campaign{}, c, err
	}
	all, err := listCampaigns(ctx, s.db, c.ID)
	if err != nil {
		return Campaign{}, c, err
	}
	if i := slices.IndexFunc(all, func(c Campaign) bool { return c.OwnerID == owner }); i >= 0 {
		return all[i], c, nil
	}
	return Suggest(c, owner), c, nil
}

// SaveCampaign keeps a unit's campaign for a challenge. Version says which one was changed; 0 makes the first.
func (s *Service) SaveCampaign(ctx context.Context, actor person.Actor, c Campaign) (Campaign, error) {
	if err := actor.Can(person.ActionPublicityCampaign, person.On{Unit: c.OwnerID}); err != nil {
		return Campaign{}, err
	}
	if _, err := s.challenges.ByID(ctx, actor, c.ChallengeID); err != nil {
		return Campaign{}, err
	}
	if _, err := s.units.Unit(ctx, c.OwnerID); err != nil {
		return Campaign{}, err
	}
	c.tidy()
	if err := c.check(); err != nil {
		return Campaign{}, err
	}
	if c.ID == "" {
		c.ID = s.ids.New()
	}
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		before := c.Version
		c.UpdatedAt = tx.Now()
		var err error
		if before == 0 {
			var fresh bool
			c.CreatedBy, c.CreatedAt, c.Version = actor.ID, tx.Now(), 1
			if fresh, err = insertCampaign(ctx, tx, c); err == nil && !fresh {
				c, err = s.campaignAgain(ctx, tx, c)
				return err
			}
		} else {
			c.Version++
			err = updateCampaign(ctx, tx, c, before)
		}
		if err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionPublicityCampaign), Kind: "campaign", Object: c.ID, Challenge: c.ChallengeID,
			After: map[string]any{"owner": c.OwnerID, "version": c.Version, "facts": len(c.Facts), "first": c.First, "last": c.Last},
		})
	})
	if err != nil {
		return Campaign{}, err
	}
	return c, nil
}

// campaignAgain returns the campaign that was sent before under the same identifier; a second one of the unit is refused.
func (s *Service) campaignAgain(ctx context.Context, tx *database.Tx, c Campaign) (Campaign, error) {
	all, err := listCampaigns(ctx, tx, c.ChallengeID)
	if err != nil {
		return Campaign{}, err
	}
	i := slices.IndexFunc(all, func(b Campaign) bool { return b.ID == c.ID && b.OwnerID == c.OwnerID })
	if i < 0 {
		return Campaign{}, fault.Conflict.With("publicity.fault.changed")
	}
	return all[i], nil
}

// asked is what every change of a unit's package needs: permission, and the package.
func (s *Service) asked(ctx context.Context, actor person.Actor, unitID ident.ID, slug string) (*Package, error) {
	if err := actor.Can(person.ActionPublicityEdit, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	c, err := s.challenges.BySlug(ctx, actor, slug)
	if err != nil {
		return nil, err
	}
	p, _, err := s.of(ctx, c, func(tree *unit.Tree) (unit.Unit, bool) { return tree.ByID(unitID) })
	return p, err
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
