package challenge

import (
	"context"
	"encoding/json"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// AddRules adds a version of the rules that is in force from since on, at once when it is zero. Those who registered
// keep to the version they accepted.
func (s *Service) AddRules(ctx context.Context, actor person.Actor, id ident.ID, text string, since clock.Time) (RulesVersion, error) {
	// Markdown gives a meaning to spaces at the beginning of a line, so only the composition is mended.
	text = lang.NFC(text)
	var v RulesVersion
	_, err := s.change(ctx, actor, person.ActionChallengeEdit, id, func(ctx context.Context, tx *database.Tx, c Challenge) error {
		var f fault.Fields
		checkText(&f, "text", text, maxRules, true)
		if lang.Clean(text) == "" && text != "" {
			f.Add("text", "challenge.fault.empty")
		}
		if err := f.Err(); err != nil {
			return err
		}
		if !c.takesVersions() {
			return fault.Conflict.With("fault.state")
		}
		versions, err := rules(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(versions) > 0 && versions[0].Text == text {
			v = versions[0] // sent twice
			return nil
		}
		v = RulesVersion{
			Challenge: id, Number: c.Rules + 1, Text: text, Since: notBefore(since, tx.Now()),
			CreatedBy: actor.Identity(), CreatedAt: tx.Now(),
		}
		if err := insertRules(ctx, tx, v); err != nil {
			return err
		}
		if err := raise(ctx, tx, id, "rules", v.Number); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "challenge.rules", id, c.Rules, v.Number)
	})
	return v, err
}

// AddScheme adds a version of the scoring scheme. The document has been checked by scoring; here it only has to be
// JSON.
func (s *Service) AddScheme(ctx context.Context, actor person.Actor, id ident.ID, document []byte, since clock.Time) (Scheme, error) {
	var v Scheme
	_, err := s.change(ctx, actor, person.ActionScoringScheme, id, func(ctx context.Context, tx *database.Tx, c Challenge) error {
		if !json.Valid(document) {
			return fault.Invalid.With("challenge.fault.scheme")
		}
		if !c.takesVersions() {
			return fault.Conflict.With("fault.state")
		}
		versions, err := schemes(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(versions) > 0 && versions[0].Document == string(document) {
			v = versions[0] // sent twice
			return nil
		}
		v = Scheme{
			Challenge: id, Number: c.Scheme + 1, Document: string(document), Since: notBefore(since, tx.Now()),
			CreatedBy: actor.Identity(), CreatedAt: tx.Now(),
		}
		if err := insertScheme(ctx, tx, v); err != nil {
			return err
		}
		if err := raise(ctx, tx, id, "scheme", v.Number); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "challenge.scheme", id, c.Scheme, v.Number)
	})
	return v, err
}

// takesVersions tells whether rules and scheme may still be amended: not once judging has begun.
func (c Challenge) takesVersions() bool {
	return c.State != Judging && c.State != Published && c.State != Archived
}

func notBefore(t, least clock.Time) clock.Time {
	if t.Before(least.Time) {
		return least
	}
	return t
}

// Rules returns all versions of the rules, the newest first.
func (s *Service) Rules(ctx context.Context, actor person.Actor, id ident.ID) ([]RulesVersion, error) {
	if _, err := s.ByID(ctx, actor, id); err != nil {
		return nil, err
	}
	return rules(ctx, s.db, id)
}

// Schemes returns all versions of the scoring scheme, the newest first.
func (s *Service) Schemes(ctx context.Context, actor person.Actor, id ident.ID) ([]Scheme, error) {
	if _, err := s.ByID(ctx, actor, id); err != nil {
		return nil, err
	}
	return schemes(ctx, s.db, id)
}

// SchemeAt returns the scheme in force at the given time to another domain; it asks for no permission.
func (s *Service) SchemeAt(ctx context.Context, q database.Querier, id ident.ID, at clock.Time) (Scheme, error) {
	return schemeAt(ctx, q, id, at)
}

// RulesAt returns the version of the rules in force at the given time to another domain; it asks for no permission.
func (s *Service) RulesAt(ctx context.Context, q database.Querier, id ident.ID, at clock.Time) (RulesVersion, error) {
	return rulesAt(ctx, q, id, at)
}
