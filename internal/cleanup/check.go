package cleanup

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/unit"
)

// check checks a plan against the challenge's rules, and fills in the unit where the point tells it.
func (s *Service) check(ctx context.Context, p *Plan, c challenge.Challenge, announcing bool) error {
	boundary, _, err := s.units.Boundary(ctx, c.Area)
	if err != nil {
		return err
	}
	var f fault.Fields
	if err := p.check(&f, c, territory{box: c.Box, area: boundary}); err != nil {
		return err
	}
	if announcing && !p.StartsAt.IsZero() {
		p.checkAhead(&f, c, clock.At(s.db.Clock().Now()))
	}
	if err := s.checkUnit(ctx, &f, p, c); err != nil {
		return err
	}
	return f.Err()
}

func (s *Service) checkUnit(ctx context.Context, f *fault.Fields, p *Plan, c challenge.Challenge) error {
	day := clock.DayOf(p.StartsAt.Time)
	if p.StartsAt.IsZero() {
		day = clock.DayOf(c.Period.From.Time)
	}
	if p.Unit == "" && p.Point != nil && p.Point.Check() == nil {
		u, ok, err := s.units.UnitAt(ctx, *p.Point, day)
		if err != nil {
			return err
		}
		if ok {
			p.Unit = u.ID
		}
	}
	if p.Unit == "" {
		f.Add("unit", "cleanup.fault.unit")
		return nil
	}
	tree, err := s.units.Tree(ctx, day)
	if err != nil {
		return err
	}
	u, ok := tree.ByID(p.Unit)
	switch {
	case !ok || !u.Kind.Area():
		f.Add("unit", "cleanup.fault.unit")
	case !tree.Inside(u.ID, c.Area):
		f.Add("unit", "cleanup.fault.unitOutside", "Area", tree.Name(c.Area))
	}
	return nil
}

// ProposeUnit returns the smallest area in which a point lies, for the form, where boundaries were imported.
func (s *Service) ProposeUnit(ctx context.Context, p geo.Point, on clock.Day) (unit.Unit, bool, error) {
	if err := p.Check(); err != nil {
		return unit.Unit{}, false, err
	}
	return s.units.UnitAt(ctx, p, on)
}

// checkClash refuses a clean-up while another one of the entrant takes place.
func checkClash(ctx context.Context, q database.Querier, c Cleanup) error {
	others, err := atTheTime(ctx, q, c)
	if err != nil {
		return err
	}
	if other, ok := clash(c, others); ok {
		var f fault.Fields
		f.Add("starts_at", "cleanup.fault.overlap", "Place", other.Place)
		return f.Err()
	}
	return nil
}
