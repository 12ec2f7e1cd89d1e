package letter_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// names are the units and groups of what was resolved.
func names(r letter.Resolved) string {
	var out []string
	for _, u := range r.Units {
		out = append(out, u.FullName)
	}
	for _, g := range r.Groups {
		out = append(out, g.Code)
	}
	if r.Nobody {
		out = append(out, "nobody")
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}

func TestAddresseesAreResolved(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		for text, want := range map[string]string{
			"UBND P. Tứ Hạ": "Phường Tứ Hạ",
			"UBND phường Tứ Hạ, thị xã Hương Trà":         "Phường Tứ Hạ",
			"Uỷ ban nhân dân xã Hương Toàn":               "Xã Hương Toàn",
			"UBND các phường: Tứ Hạ, Hương Văn":           "Phường Hương Văn|Phường Tứ Hạ",
			"UBND các phường: Tứ Hạ, Không Có":            "",
			"Ủy ban nhân dân các xã":                      "Xã Bình Thành|Xã Bình Tiến|Xã Hương Bình|Xã Hương Toàn",
			"Sở Không Biết tỉnh Nào Đó":                   "",
			"Công ty Môi trường Không Có Trong Danh Sách": "",
		} {
			got := letter.Resolve(d.Tree, d.Town.ID, []string{text}, nil)[0]
			if names(got) != want || got.Known() != (want != "") {
				t.Errorf("%s: %q, want %q", text, names(got), want)
			}
		}
		for _, text := range []string{"Các cơ quan, ban ngành, đoàn thể trên thị xã", "Ủy ban nhân dân các xã, phường", "UBND các xã, phường", "Phòng VHTT"} {
			if got := letter.Resolve(d.Tree, d.Town.ID, []string{text}, nil)[0]; !got.Known() {
				t.Errorf("%s means nobody; perhaps %d", text, len(got.Perhaps))
			}
		}
	})
}

func TestWhatWasSaidIsRemembered(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		text := strings.Replace(lettertest.Text("3", "Một."), "Các cơ quan, ban ngành, đoàn thể trên thị xã", "Nhà máy Rác Mẫu", 1)
		l := d.Registered(t, text)
		found, err := d.Letters.Addressees(t.Context(), l)
		if err != nil || len(found) != 2 || found[0].Known() || !found[1].Known() {
			t.Fatalf("%+v, %v", found, err)
		}
		ward := d.Unit(t, "20008")
		for _, m := range []letter.Meaning{{Units: []ident.ID{ward.ID}}, {}, {Units: []ident.ID{ward.ID}}} {
			for range 2 {
				if err := d.Letters.Remember(t.Context(), clerk, d.Town.ID, "NHÀ MÁY  rác mẫu", m); err != nil {
					t.Fatal(err)
				}
			}
			found, err := d.Letters.Addressees(t.Context(), l)
			if err != nil || !found[0].Known() || found[0].Nobody != (len(m.Units) == 0) {
				t.Errorf("after %v: %+v, %v", m, found[0], err)
			}
		}
		faulttest.Is(t, d.Letters.Remember(t.Context(), d.Actor(person.Clerk, ward), d.Town.ID, "x", letter.Meaning{}), fault.Forbidden, "")
		faulttest.Is(t, d.Letters.Remember(t.Context(), clerk, d.Town.ID, "x", letter.Meaning{Units: []ident.ID{d.IDs.New()}}), fault.NotFound, "unit.fault.unknown")
	})
}
