package cascade_test

import (
	"slices"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
)

// BenchmarkBoard reads the board of 11,000 units from the model, from scratch, and after one unit moved.
func BenchmarkBoard(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(clock.Date(2024, 6, 17, 9, 0).Time)
			c := cascadetest.NewCountry(b, cascadetest.New(b, testkit.DB(b, engine, clk), clk))
			look := func(b *testing.B, id ident.ID, q cascade.BoardQuery) cascade.BoardPage {
				b.Helper()
				q.Letter, q.Sender, q.Limit = id, c.Town.ID, 50
				p, err := c.Cascade.BoardPage(b.Context(), c.Clerk, q)
				if err != nil || p.All.Units != cascadetest.CountryUnits {
					b.Fatalf("%d units, %v", p.All.Units, err)
				}
				return p
			}
			b.Run("model", func(b *testing.B) {
				look(b, c.Letters[0], cascade.BoardQuery{})
				for b.Loop() {
					look(b, c.Letters[0], cascade.BoardQuery{})
				}
			})
			b.Run("search", func(b *testing.B) {
				for b.Loop() {
					look(b, c.Letters[0], cascade.BoardQuery{Search: "mẫu 77", Filter: cascade.FilterLate})
				}
			})
			b.Run("scratch", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					c.Cascade.DropBoards()
					look(b, c.Letters[i%len(c.Letters)], cascade.BoardQuery{})
				}
			})
			b.Run("moved", func(b *testing.B) {
				rows := look(b, c.Letters[0], cascade.BoardQuery{}).Rows
				row := rows[slices.IndexFunc(rows, func(r cascade.Row) bool { return r.State == cascade.Received })]
				look(b, c.Letters[0], cascade.BoardQuery{})
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					if _, err := c.Cascade.FinishDuty(b.Context(), c.Actor(person.Clerk, row.Unit), row.ID, 1, i%2 == 0, ""); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					look(b, c.Letters[0], cascade.BoardQuery{})
				}
			})
		})
	}
}
