package unit

import (
	"context"
	"io"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// UnitAt returns the smallest area in force on the day whose boundary was imported and holds the point.
func (s *Service) UnitAt(ctx context.Context, p geo.Point, day clock.Day) (Unit, bool, error) {
	tree, err := s.Tree(ctx, day)
	if err != nil {
		return Unit{}, false, err
	}
	var found Unit
	smallest := 0.0
	for id, area := range s.boundaries() {
		u, ok := tree.ByID(id)
		if !ok || !u.InForce(day) || !area.Contains(p) {
			continue
		}
		if size := area.SquareMetres(); found.ID == "" || size < smallest || size == smallest && u.Code < found.Code {
			found, smallest = u, size
		}
	}
	return found, found.ID != "", nil
}

// Boundary returns the outline of the unit, if one was imported.
func (s *Service) Boundary(ctx context.Context, id ident.ID) (geo.Area, bool, error) {
	if _, err := s.Today(ctx); err != nil {
		return geo.Area{}, false, err
	}
	area, ok := s.boundaries()[id]
	return area, ok, nil
}

// boundaries returns the outlines of the last snapshot; the map is replaced, never changed.
func (s *Service) boundaries() map[ident.ID]geo.Area {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache == nil {
		return nil
	}
	return s.cache.boundaries
}

// ImportBoundaries reads GeoJSON whose features carry the code and the full name of an area in force on the day. The
// name is asked for because codes are used again: 19996 was Tứ Hạ and became Hương Trà. The Line of a fault is the
// number of the feature. When a feature is bad nothing is stored.
func (s *Service) ImportBoundaries(ctx context.Context, actor Actor, r io.Reader, day clock.Day) (ImportResult, error) {
	if err := actor.Permit(ActionImport, ""); err != nil {
		return ImportResult{}, err
	}
	features, err := geo.ReadFeatures(r)
	if err != nil {
		return ImportResult{}, fault.Invalid.With("unit.fault.geojson").Because(err)
	}
	tree, err := s.Tree(ctx, day)
	if err != nil {
		return ImportResult{}, err
	}
	var result ImportResult
	areas := map[ident.ID]geo.Area{}
	for i, f := range features {
		code, _ := f.Properties["code"].(string)
		name, _ := f.Properties["name"].(string)
		u, ok := tree.ByCode(code)
		switch _, twice := areas[u.ID]; {
		case !ok || !u.Kind.Area():
			result.refuse(i+1, code, "unit.fault.boundaryUnit")
		case nameKey(name) != nameKey(u.FullName):
			result.refuse(i+1, code, "unit.fault.boundaryName", "Name", short(name), "Unit", u.FullName)
		case twice:
			result.refuse(i+1, code, "unit.fault.boundaryTwice")
		default:
			areas[u.ID] = f.Area
		}
	}
	if n := len(result.Faults); n > 0 {
		return result, fault.Invalid.With("unit.fault.import", "Count", n)
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := raiseVersion(ctx, tx); err != nil {
			return err
		}
		for id, area := range areas {
			if err := saveBoundary(ctx, tx, id, area); err != nil {
				return err
			}
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: ActionImport, Kind: "unit_boundaries", Object: s.ids.New(),
			After: map[string]any{"areas": len(areas), "day": day},
		})
	})
	if err != nil {
		return ImportResult{}, err
	}
	return ImportResult{Added: len(areas)}, nil
}

func (r *ImportResult) refuse(line int, code, key string, args ...any) {
	r.Faults = append(r.Faults, RowFault{Line: line, Code: short(code), Key: key, Args: args})
}
