package letter_test

import (
	"slices"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// A number that was mistyped leaves a hole in the register, and the register says which.
func TestNumbersThatNoLetterBears(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		missing := func() []letter.Numbers {
			got, err := d.Letters.Missing(t.Context(), clerk, d.Town.ID, 2024)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		d.Registered(t, lettertest.Text("1903", "Một."))
		d.Registered(t, lettertest.Text("1903a", "Hai."))
		d.Issued(t, lettertest.Document("Ba.")) // 1904
		if got := missing(); len(got) != 0 {
			t.Errorf("before anything was mistyped: %v", got)
		}
		d.Registered(t, lettertest.Text("1930", "Bốn."))
		d.Registered(t, lettertest.Text("1928", "Năm."))
		d.Registered(t, lettertest.Text("20240606", "Ngoài dãy."))
		if got, want := missing(), []letter.Numbers{{First: 1905, Last: 1927}, {First: 1929, Last: 1929}}; !slices.Equal(got, want) {
			t.Errorf("missing %v, want %v", got, want)
		}
		_, err := d.Letters.Missing(t.Context(), d.Actor(person.Clerk, d.Unit(t, "20017")), d.Town.ID, 2024)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
	})
}
