package urging_test

import (
	"context"
	"testing"

	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/urging/urgingtest"
)

// BenchmarkCountry sweeps letters that 11,000 units have and looks at what is stuck; then the same where each of them has a
// duty of every Sunday and one that asks for a number.
func BenchmarkCountry(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(clock.Date(2024, 6, 17, 9, 0).Time)
			d := urgingtest.New(b, testkit.DB(b, engine, clk), clk)
			c := cascadetest.NewCountry(b, d.Desk)
			look := func(b *testing.B) {
				for b.Loop() {
					if _, err := d.Urging.Stuck(b.Context(), c.Clerk, c.Town.ID); err != nil {
						b.Fatal(err)
					}
				}
			}
			sweep := func(b *testing.B) {
				for b.Loop() { // the first takes every step that is due, the next one finds them taken
					if err := d.Urging.Sweep(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.Run("stuck", look)
			b.Run("first sweep", sweep)
			b.Run("sweep", sweep)
			count(b, d.DB)
			b.Run("stuck, counted", look)
			b.Run("first sweep, counted", sweep)
			b.Run("sweep, counted", sweep)
		})
	}
}

// count makes the first duty of every unit one of every Sunday, and has the second ask for three works by 20 June.
func count(b *testing.B, db *database.DB) {
	b.Helper()
	err := db.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE dispatch_duty SET terms = $1 WHERE number = 1`,
			`{"every": {"text": "sáng Chủ nhật hàng tuần", "period": "week", "weekday": 0, "part": "morning"}}`)
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE dispatch_duty SET terms = $1, quota = 3, deadline = $2 WHERE number = 2`,
				`{"of": "tác phẩm", "at_least": true}`, clock.Date(2024, 6, 21, 0, 0))
		}
		if err == nil {
			_, err = tx.Exec(ctx, "ANALYZE")
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
