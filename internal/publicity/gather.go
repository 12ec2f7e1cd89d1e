package publicity

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

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
	dispatch, err := s.cameBy(ctx, c, u.ID)
	if err != nil {
		return nil, nil, err
	}
	all, err := listCampaigns(ctx, s.db, c.ID)
	if err != nil {
		return nil, nil, err
	}
	campaign, ok := nearest(all, c, tree, u.ID)
	if !ok {
		campaign = suggested(c, dispatch)
	}
	p := &Package{}
	if p.Matter, err = s.matter(ctx, c, campaign, tree, u); err != nil {
		return nil, nil, err
	}
	p.Basis, p.Dispatch = Basis(dispatch, tree), dispatch
	p.Owner, _ = tree.ByID(campaign.OwnerID)
	if p.Head, _, err = s.heads.HeadOf(ctx, tree, u); err != nil {
		return nil, nil, err
	}
	p.Published, err = publishedAt(ctx, s.db, c.ID, u.ID)
	return p, tree, err
}

// matter is what a unit's texts are made of, but for the letter that asks for them and the head of its documents.
func (s *Service) matter(ctx context.Context, c challenge.Challenge, campaign Campaign, tree *unit.Tree, u unit.Unit) (Matter, error) {
	snapshot, err := s.insight.Get(ctx, person.SystemActor, c.ID)
	if err != nil {
		return Matter{}, err
	}
	return Matter{
		Campaign: campaign, Challenge: c, Unit: u, Organiser: organ(tree, c.Organiser), Numbers: NumbersOf(snapshot, tree, u.ID),
		Now: clock.At(s.db.Clock().Now()), ChallengePage: s.base + ChallengePath(c.Slug), ArticlePage: s.base + ArticlePath(c.Slug, u.Code),
	}, nil
}

// ChallengePath is the public address of a challenge, to which codes lead.
func ChallengePath(slug string) string { return "/cuoc-thi/" + slug }

// ResponsesPath is the public address of the list of units that responded to a challenge.
func ResponsesPath(slug string) string { return ChallengePath(slug) + "/huong-ung" }

// ArticlePath is the public address of a unit's article.
func ArticlePath(slug, code string) string { return ChallengePath(slug) + "/tin/" + code }

func organ(tree *unit.Tree, id ident.ID) string {
	u, _ := tree.ByID(id)
	return u.Organ()
}

// nearest chooses the campaign that speaks to a unit: its own, else that of the nearest unit above it, else the
// organiser's. There is none until somebody has written one.
func nearest(all []Campaign, c challenge.Challenge, tree *unit.Tree, id ident.ID) (Campaign, bool) {
	of := func(owner ident.ID) (Campaign, bool) {
		i := slices.IndexFunc(all, func(one Campaign) bool { return one.ChallengeID == c.ID && one.OwnerID == owner && !one.Removed() })
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

// suggested is what is said while nobody above has written a campaign: what the challenge says of itself, for whoever sent the
// letter. It is not stored.
func suggested(c challenge.Challenge, d cascade.Detail) Campaign {
	s := Suggest(c, cmp.Or(d.SenderID, c.Organiser))
	s.CreatedAt = d.SentAt
	return s
}

// mostLetters bounds how far back in an inbox letters about challenges are looked for.
const mostLetters = 500

// cameBy finds the dispatch to report to, whose ID is empty when there is none. It is looked for in the installation's name, so
// that the public article rests on what the unit saw: whoever asks for a package was asked before.
func (s *Service) cameBy(ctx context.Context, c challenge.Challenge, unitID ident.ID) (cascade.Detail, error) {
	d, _, err := s.cascade.About(ctx, person.SystemActor, unitID, c.ID)
	return d, err
}

// Basis cites the paper that came by a dispatch, with the organ that issued it: a letter that was merely passed on stays its
// issuer's, and whoever typed one in did not write it.
func Basis(d cascade.Detail, tree *unit.Tree) string {
	paper := d.Paper()
	if paper.Fields.Type == "" || paper.Symbol() == "" {
		return ""
	}
	cited := drafting.CitedOf(paper).Short()
	by := paper.Fields.Organ
	if issuer, ok := tree.ByID(paper.IssuerID); ok && paper.State != letter.Entered {
		by = issuer.Organ()
	}
	if by == "" {
		return cited
	}
	return cited + " của " + by
}

// addTexts drafts every product and puts the unit's own wording in its place, whichever campaign it was made from.
func (s *Service) addTexts(ctx context.Context, p *Package) error {
	own, err := listTexts(ctx, s.db, p.Challenge.ID, p.Unit.ID)
	if err != nil {
		return err
	}
	p.Texts = map[Product]Text{}
	for _, product := range Products() {
		p.Texts[product] = Text{Product: product, Parts: Draft(product, p.Matter)}
	}
	for _, t := range own {
		t = t.over(p.Texts[t.Product].Parts)
		t.Earlier = t.CampaignID != p.Campaign.ID || t.EditedAt.Before(p.Campaign.UpdatedAt.Time)
		p.Texts[t.Product] = t
	}
	return nil
}

// over puts a wording over the draft: a part that came later is drafted.
func (t Text) over(draft Texts) Text {
	t.Draft = draft
	parts := maps.Clone(draft)
	maps.Copy(parts, t.Parts)
	t.Parts = parts
	return t
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
