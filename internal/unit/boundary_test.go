package unit_test

import (
	"errors"
	"os"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/shareddir"
	"sachhon/internal/unit"
)

// TestRealBoundaries: the outlines of 2025 fit the units of 2025 and are refused for those of 2024, some of which had
// the same codes.
func TestRealBoundaries(t *testing.T) {
	list, outlines := shareddir.Path(t, "data/units_2025-07.json"), shareddir.Path(t, "data/wards_2025-07.geojson")
	former := shareddir.Path(t, "data/units_2024-06.json")
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx, s := t.Context(), newService(t, db, clk)
		open := func(path string) *os.File {
			t.Helper()
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = f.Close() })
			return f
		}
		for path, opts := range map[string]unit.ImportOptions{former: june, list: {ValidFrom: "2025-07-01"}} {
			if result, err := s.Import(ctx, actor{}, open(path), opts); err != nil {
				t.Fatal(err, brief(result.Faults))
			}
		}
		if _, err := s.ImportBoundaries(ctx, actor{}, open(outlines), "2024-06-06"); !errors.Is(err, fault.Invalid) {
			t.Errorf("outlines of other units: %v", err)
		}
		result, err := s.ImportBoundaries(ctx, actor{}, open(outlines), "2025-07-01")
		if err != nil || result.Added != 40 {
			t.Fatalf("%d areas, %v, %s", result.Added, err, brief(result.Faults))
		}
		tuHa := geo.Point{Lat: 16.5316, Lon: 107.4733} // the seat of the former town
		u, ok, err := s.UnitAt(ctx, tuHa, "2025-08-01")
		if err != nil || !ok || u.FullName != "Phường Hương Trà" {
			t.Errorf("Tứ Hạ now lies in %q, %t, %v", u.FullName, ok, err)
		}
		if u, ok, _ := s.UnitAt(ctx, geo.Point{}, "2025-08-01"); ok {
			t.Errorf("0,0 lies in %s", u.FullName)
		}
	})
}
