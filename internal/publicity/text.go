package publicity

import (
	"context"
	"slices"
	"unicode/utf8"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/person"
)

// SaveText keeps a unit's own wording. Version says which one was changed, 0 the draft.
func (s *Service) SaveText(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, parts Texts, version int64) (Text, error) {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return Text{}, err
	}
	if !product.Valid() {
		return Text{}, fault.NotFound.With("publicity.fault.none")
	}
	t := Text{Product: product, Parts: clean(parts, product), Own: true, CampaignID: p.Campaign.ID, Version: version + 1}
	if err := checkText(product, t.Parts); err != nil {
		return Text{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		t.EditedAt = tx.Now()
		if err := saveText(ctx, tx, p.Challenge.ID, unitID, actor.ID, t); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"product": product, "version": t.Version})
	})
	if err != nil {
		return Text{}, err
	}
	return t, nil
}

func checkText(product Product, parts Texts) error {
	var bad fault.Fields
	for _, part := range product.Parts() {
		text := parts[part.Name]
		switch n := utf8.RuneCountInString(text); {
		case text == "":
			bad.Add(part.Name, "publicity.fault.textMissing")
		case n > part.Limit:
			bad.Add(part.Name, "publicity.fault.long", "Limit", part.Limit)
		}
	}
	if m := Measure(parts["sms"]); product == Message && m.Parts > maxSMSParts {
		bad.Add("sms", "publicity.fault.sms", "Count", m.Parts, "Limit", maxSMSParts)
	}
	if product == Bulletin {
		if n := spoken.Syllables(spoken.Text(parts["script"])); parts["script"] != "" && (n < LeastWords || n > MostWords) {
			bad.Add("script", "publicity.fault.words", "Count", n, "Least", LeastWords, "Most", MostWords)
		}
		if !slices.Contains(Priorities(), parts["priority"]) {
			bad.Add("priority", "publicity.fault.priority")
		}
	}
	return bad.Err()
}

// DraftAgain drops a unit's own wording, so that the draft with the numbers of now takes its place.
func (s *Service) DraftAgain(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, version int64) error {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		dropped, err := dropText(ctx, tx, p.Challenge.ID, unitID, product, version)
		if err != nil || !dropped {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"product": product, "version": 0})
	})
}
