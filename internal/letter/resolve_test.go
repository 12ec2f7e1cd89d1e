package letter_test

import (
	"context"
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
	"sachhon/internal/unit"
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

// TestAGroupIsTheIssuersOrItsAreas: an organisation writes to the groups of the area it lies in; of two units that call a group the
// same, each means its own.
func TestAGroupIsTheIssuersOrItsAreas(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		for code, want := range map[string]string{"480": "480.xaphuong", "480.VHTT": "480.xaphuong", "19996": "", "46": ""} {
			got := letter.Resolve(d.Tree, d.Unit(t, code).ID, []string{"UBND các xã, phường"}, nil)[0]
			if names(got) != want {
				t.Errorf("%s writes to %q, want %q", code, names(got), want)
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
		meant := func(said ...letter.Said) (letter.Whom, []letter.Resolved) {
			t.Helper()
			whom, err := d.Letters.Whom(t.Context(), l, said...)
			if err != nil {
				t.Fatal(err)
			}
			return whom, whom.Resolve(l.Fields.Addressees)
		}
		remember := func(actor person.Actor, whom letter.Whom) error {
			return d.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return d.Letters.Remember(ctx, tx, actor, whom) })
		}
		if _, found := meant(); len(found) != 2 || found[0].Known() || !found[1].Known() {
			t.Fatalf("%+v", found)
		}
		ward := d.Unit(t, "20008")
		for _, m := range []letter.Meaning{{Units: []ident.ID{ward.ID}}, {}, {Units: []ident.ID{ward.ID}}} {
			for range 2 {
				whom, found := meant(letter.Said{Text: "NHÀ MÁY  rác mẫu", Means: m})
				if !found[0].Known() || found[0].Nobody != (len(m.Units) == 0) {
					t.Errorf("said with the letter: %v makes %+v", m, found[0])
				}
				if err := remember(clerk, whom); err != nil {
					t.Fatal(err)
				}
			}
			if _, found := meant(); !found[0].Known() || found[0].Nobody != (len(m.Units) == 0) {
				t.Errorf("after %v: %+v", m, found[0])
			}
		}
		whom, _ := meant(letter.Said{Text: "Nhà máy Rác Mẫu"})
		faulttest.Is(t, remember(d.Actor(person.Clerk, ward), whom), fault.Forbidden, "")
		if _, found := meant(letter.Said{Text: "x"}); !slices.Equal(found[0].Units, []unit.Unit{ward}) {
			t.Errorf("what is said about somebody else: %+v", found[0])
		}
		_, err := d.Letters.Whom(t.Context(), l, letter.Said{Text: "Nhà máy Rác Mẫu", Means: letter.Meaning{Units: []ident.ID{d.IDs.New()}}})
		faulttest.Is(t, err, fault.Invalid, "letter.fault.notInForce")
	})
}
