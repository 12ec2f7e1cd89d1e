package urging_test

import (
	"testing"

	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/urging/urgingtest"
)

// BenchmarkCountry sweeps letters that 11,000 units have and looks at what is stuck.
func BenchmarkCountry(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(clock.Date(2024, 6, 17, 9, 0).Time)
			d := urgingtest.New(b, testkit.DB(b, engine, clk), clk)
			c := cascadetest.NewCountry(b, d.Desk)
			b.Run("stuck", func(b *testing.B) {
				for b.Loop() {
					if _, err := d.Urging.Stuck(b.Context(), c.Clerk, c.Town.ID); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("first sweep", func(b *testing.B) {
				for b.Loop() { // it takes every step that is due, the next one finds them taken
					if err := d.Urging.Sweep(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("sweep", func(b *testing.B) {
				for b.Loop() {
					if err := d.Urging.Sweep(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
