package cascade_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// reform is what changes on the 1st of July: one commune is no more, a ward is new, and another goes on under its code with a
// new name.
const reform = `{"units": [
	{"code": "20026", "name": "Hương Bình", "type": "Xã", "full_name": "Xã Hương Bình", "level": 3, "parent": "480", "valid_to": "2024-06-30"},
	{"code": "20008", "name": "Hương Vân", "type": "Phường", "full_name": "Phường Hương Vân", "level": 3, "parent": "480", "valid_to": "2024-06-30"},
	{"code": "20008", "name": "Sông Mẫu", "type": "Phường", "full_name": "Phường Sông Mẫu", "level": 3, "parent": "480", "valid_from": "2024-07-01"},
	{"code": "90001", "name": "Núi Mẫu", "type": "Phường", "full_name": "Phường Núi Mẫu", "level": 3, "parent": "480", "valid_from": "2024-07-01"}
], "organisations": [
	{"code": "20026.DTN", "name": "Đoàn Thanh niên xã Hương Bình", "kind": "union", "area": "20026", "superior": "480.DTN", "valid_to": "2024-06-30"},
	{"code": "20008.DTN", "name": "Đoàn Thanh niên phường Hương Vân", "kind": "union", "area": "20008", "superior": "480.DTN", "valid_to": "2024-06-30"}
]}`

// dated registers a letter of the town to its wards and to somebody who has to be asked about.
func dated(t *testing.T, d *cascadetest.Desk, number, day string) letter.Letter {
	t.Helper()
	text := strings.Replace(lettertest.Text(number, "Thông báo."), "ngày 06 tháng 6 năm 2024", day, 1)
	return d.Registered(t, strings.Replace(text, "Các cơ quan, ban ngành, đoàn thể trên thị xã", "Nhà máy Rác Mẫu", 1))
}

// meant are the recipients that the addressees of a letter mean, with those that are not known.
func meant(t *testing.T, d *cascadetest.Desk, l letter.Letter) (to cascade.Recipients, unknown []string) {
	t.Helper()
	for _, r := range must[letter.Whom](t)(d.Letters.Whom(t.Context(), l)).Resolve(l.Fields.Addressees) {
		if !r.Known() {
			unknown = append(unknown, r.Text)
		}
		for _, g := range r.Groups {
			to.Groups = append(to.Groups, g.ID)
		}
		for _, u := range r.Units {
			to.Units = append(to.Units, u.ID)
		}
	}
	return to, unknown
}

// receivers sends a letter and returns the names of the units it went to.
func receivers(t *testing.T, d *cascadetest.Desk, l letter.Letter, to cascade.Recipients) []string {
	t.Helper()
	r := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: to}))
	var out []string
	for _, x := range r.Dispatches {
		out = append(out, must[unit.Unit](t)(d.Units.Unit(t.Context(), x.ReceiverID)).FullName)
	}
	slices.Sort(out)
	return out
}

// TestTheDayOfTheLetterSaysWhoIsMeant: "các xã, phường" are those in force on the day of the letter, whenever it is sent, and so
// is the ward that an addressee was once said to mean.
func TestTheDayOfTheLetterSaysWhoIsMeant(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		ward := d.Unit(t, "20008")
		if _, unknown := meant(t, d, dated(t, d, "1", "ngày 06 tháng 6 năm 2024")); !slices.Equal(unknown, []string{"Nhà máy Rác Mẫu"}) {
			t.Fatalf("before it was said: %q are unknown", unknown)
		}
		said := letter.Said{Text: "Nhà máy Rác Mẫu", Means: letter.Meaning{Units: []ident.ID{ward.ID}}}
		must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, cascade.SendInput{
			Letter: dated(t, d, "101", "ngày 06 tháng 6 năm 2024").ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}, Said: []letter.Said{said},
		}))
		must[unit.ImportResult](t)(d.Units.Import(t.Context(), person.SystemActor, strings.NewReader(reform), unit.ImportOptions{ValidFrom: "2024-05-01"}))

		stay := []string{"Phường Hương Chữ", "Phường Hương Văn", "Phường Hương Xuân", "Phường Tứ Hạ", "Xã Bình Thành", "Xã Bình Tiến", "Xã Hương Toàn"}
		before := append([]string{"Phường Hương Vân", "Xã Hương Bình"}, stay...)
		after := append([]string{"Phường Núi Mẫu", "Phường Sông Mẫu"}, stay...)
		number := 1
		next := func(day string) letter.Letter {
			number++
			return dated(t, d, strconv.Itoa(number), day)
		}
		for _, today := range []clock.Time{clock.Date(2024, time.June, 30, 23, 30), clock.Date(2024, time.July, 10, 8, 0)} {
			clk.Set(today.Time)
			for day, want := range map[string]struct {
				all   []string
				alone string
			}{
				"ngày 30 tháng 6 năm 2024": {before, "Phường Hương Vân"},
				"ngày 01 tháng 7 năm 2024": {after, "Phường Sông Mẫu"},
			} {
				slices.Sort(want.all)
				to, unknown := meant(t, d, next(day))
				if len(to.Groups) != 1 || len(to.Units) != 1 || len(unknown) != 0 {
					t.Errorf("sent %v, dated %s: %d groups and %d units are meant, %q unknown", today, day, len(to.Groups), len(to.Units), unknown)
				}
				group := receivers(t, d, next(day), cascade.Recipients{Groups: to.Groups})
				if diff := cmp.Diff(want.all, group); diff != "" {
					t.Errorf("sent %v, dated %s: the group (-want +got)\n%s", today, day, diff)
				}
				alone := receivers(t, d, next(day), cascade.Recipients{Units: to.Units})
				if diff := cmp.Diff([]string{want.alone}, alone); diff != "" {
					t.Errorf("sent %v, dated %s: who was said to be meant (-want +got)\n%s", today, day, diff)
				}
			}
		}
	})
}

// TestWhatWasSaidHoldsForTheNextLetter: of the same issuer, on another day and however it writes the name; not of another.
func TestWhatWasSaidHoldsForTheNextLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20008")
		first := dated(t, d, "1", "ngày 06 tháng 6 năm 2024")
		must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: first.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}},
			Said: []letter.Said{{Text: first.Fields.Addressees[0], Means: letter.Meaning{Units: []ident.ID{ward.ID}}}},
		}))
		clk.Set(clock.Date(2024, time.June, 20, 8, 0).Time)
		next := dated(t, d, "2", "ngày 20 tháng 6 năm 2024")
		next.Fields.Addressees[0] = "NHÀ MÁY RÁC MẪU"
		if to, unknown := meant(t, d, next); len(unknown) != 0 || !slices.Equal(to.Units, []ident.ID{ward.ID}) {
			t.Errorf("the next letter goes to %v, %q are unknown", to.Units, unknown)
		}
		next.IssuerID = d.Unit(t, "19996").ID
		if to, unknown := meant(t, d, next); !slices.Contains(unknown, "NHÀ MÁY RÁC MẪU") {
			t.Errorf("another issuer's letter goes to %v, %q are unknown", to.Units, unknown)
		}
	})
}
