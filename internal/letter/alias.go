package letter

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Meaning is what a person says an addressee means: units, groups, or nobody in this system when both are empty.
type Meaning struct {
	Units  []ident.ID
	Groups []ident.ID
}

// Addressees tells whom the addressees of a letter mean on its day, as far as that is known.
func (s *Service) Addressees(ctx context.Context, l Letter) ([]Resolved, error) {
	aliases, err := listAliases(ctx, s.db, l.IssuerID)
	if err != nil {
		return nil, err
	}
	day := clock.DayOf(s.db.Clock().Now())
	if !l.Fields.Date.IsZero() {
		day = clock.Day(l.Fields.Date.String())
	}
	tree, err := s.units.Tree(ctx, day)
	if err != nil {
		return nil, err
	}
	return Resolve(tree, l.IssuerID, l.Fields.Addressees, aliases), nil
}

// Remember keeps what an addressee means for the issuer's next letters, in place of what was said before. Saying the same
// again changes nothing.
func (s *Service) Remember(ctx context.Context, actor person.Actor, issuer ident.ID, text string, m Meaning) error {
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: issuer}); err != nil {
		return err
	}
	text = lang.Clean(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > maxText {
		return fault.Invalid.With("letter.fault.tooLong", "Length", n, "Limit", maxText)
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return err
	}
	var aliases []Alias
	k := aliasKey(text)
	for _, id := range m.Units {
		u, ok := tree.ByID(id)
		if !ok {
			return fault.NotFound.With("unit.fault.unknown")
		}
		aliases = append(aliases, Alias{Key: k, Kind: ToUnit, Code: u.Code})
	}
	for _, id := range m.Groups {
		g, ok := tree.Group(id)
		if !ok {
			return fault.NotFound.With("unit.fault.unknown")
		}
		aliases = append(aliases, Alias{Key: k, Kind: ToGroup, Code: g.Code})
	}
	if len(aliases) == 0 {
		aliases = []Alias{{Key: k, Kind: ToNobody}}
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := replaceAliases(ctx, tx, issuer, k, text, aliases, actor.ID); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionCascadeSend), Kind: "letter_alias", Object: issuer, After: aliases,
		})
	})
}
