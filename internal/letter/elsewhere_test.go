package letter_test

import (
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/testkit"
)

// An organ of the State is nobody's below, one of a province nobody's below a town; who is known, or may be one of those below, is not
// elsewhere.
func TestElsewhere(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		for name, want := range map[string]struct{ town, union, province bool }{
			"Bộ Y tế":                        {true, true, true},
			"Bộ Tư pháp":                     {true, true, true},
			"Bộ CHQS tỉnh":                   {true, true, false},
			"Bộ Tư lệnh Không Có":            {},
			"Sở Y tế":                        {true, true, false},
			"Các Sở, ban, ngành cấp tỉnh":    {true, true, false},
			"Công an tỉnh":                   {true, true, false},
			"Tỉnh đoàn Không Có":             {true, true, false},
			"Các cơ quan trên địa bàn tỉnh":  {},
			"Đoàn thể các huyện thuộc tỉnh":  {},
			"Ban Quản lý chợ Không Có":       {},
			"UBND phường Tứ Hạ":              {},
			"Bộ phận Một cửa các xã, phường": {},
		} {
			if letter.Resolve(d.Tree, d.Town.ID, []string{name}, nil)[0].Covers(d.Town) {
				t.Errorf("%q covers the town", name)
			}
			for code, want := range map[string]bool{"480": want.town, "480.DTN": want.union, "46": want.province} {
				id := d.Unit(t, code).ID
				r := letter.Resolve(d.Tree, id, []string{name}, nil)[0]
				if got := r.Elsewhere(d.Tree, id); got != want {
					t.Errorf("%q is elsewhere for %s: %v, want %v", name, code, got, want)
				}
			}
		}
		for name, want := range map[string]bool{
			"UBND các huyện, thị xã và thành phố Không Có": true, "UBND các thị xã thuộc tỉnh": true, "UBND các huyện": false,
			"UBND các huyện, thị xã: Không Có": false, "UBND các xã, phường": false,
		} {
			if got := letter.Resolve(d.Tree, d.Town.ID, []string{name}, nil)[0].Covers(d.Town); got != want {
				t.Errorf("%q covers the town: %v", name, got)
			}
		}
	})
}
