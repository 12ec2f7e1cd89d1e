package units_test

import (
	"testing"

	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
)

// BenchmarkBoardPage answers requests for the page of a board of 11,000 units with all that a browser gets: from the model,
// filtered, a duty from the top, what is stuck; and the board from scratch.
func BenchmarkBoardPage(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			clk := clock.NewSet(clock.Date(2024, 6, 17, 9, 0).Time)
			w := newWorld(b, testkit.DB(b, engine, clk), clk)
			c := cascadetest.NewCountry(b, w.Desk.Desk)
			get := func(b *testing.B, path string) {
				b.Helper()
				if a := w.get(townClerk, path); a.Code != 200 {
					b.Fatalf("%s: %d", path, a.Code)
				}
			}
			of := func(i int) string {
				return "/don-vi/cong-van/" + string(c.Letters[i%len(c.Letters)]) + "/theo-doi?don-vi=" + string(c.Town.ID)
			}
			page := func(name, path string) {
				b.Run(name, func(b *testing.B) {
					get(b, path)
					for b.Loop() {
						get(b, path)
					}
				})
			}
			page("model", of(0))
			page("filtered", of(0)+"&loc=late&tim=m%E1%BA%ABu+77")
			page("below", of(0)+"&duoi="+string(c.Units[3].ID))
			b.Run("scratch", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					w.Cascade.DropBoards()
					get(b, of(i))
				}
			})
			page("duty", "/don-vi/cong-van/"+string(c.Letters[0])+"/nhiem-vu/1")
			page("stuck", "/don-vi/vuong-mac?don-vi="+string(c.Town.ID))
		})
	}
}
