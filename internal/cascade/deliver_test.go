package cascade_test

import (
	"testing"

	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// TestAUnitWithoutAClerkIsToldThroughItsLeaders: a letter that nobody hears of stays where it is.
func TestAUnitWithoutAClerkIsToldThroughItsLeaders(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		led, kept := d.Unit(t, "20008"), d.Unit(t, "20011")
		d.Official(t, "lanhdao@led.example", person.Leader, led)
		d.Official(t, "lanhdao@kept.example", person.Leader, kept)
		d.Clerk(t, "vanthu@kept.example", kept)
		d.Sent(t, led, kept)
		for address, want := range map[string]int{"lanhdao@led.example": 1, "vanthu@kept.example": 1, "lanhdao@kept.example": 0} {
			if n := len(d.Post.To(address)); n != want {
				t.Errorf("%d mails to %s, want %d", n, address, want)
			}
		}
	})
}
