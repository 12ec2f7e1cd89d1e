package unit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/unit"
	"sachhon/internal/unit/unittest"
)

func codes(units []unit.Unit) string {
	var list []string
	for _, u := range units {
		list = append(list, u.Code)
	}
	return strings.Join(list, " ")
}

func TestRelations(t *testing.T) {
	tree := unittest.Tree()
	id := func(code string) (u unit.Unit) { u, _ = tree.ByCode(code); return u }
	for _, tt := range []struct {
		unit, above    string
		within, inside bool
	}{
		{"20008", "480", true, true},
		{"20008", "46", true, true},
		{"20008", "20008", true, true},
		{"480", "20008", false, false},
		{"20008", "479", false, false},
		{"480.VHTT", "480", true, true},
		{"480.DTN", "480", false, true}, // the town's youth union lies in the town and answers to the province's
		{"480.DTN", "46.DTN", true, false},
		{"20008.DTN", "480.DTN", true, false},
		{"20008.DTN", "20008", false, true},
		{"20008.DTN", "46", false, true},
	} {
		u, above := id(tt.unit), id(tt.above)
		if got := tree.Within(u.ID, above.ID); got != tt.within {
			t.Errorf("Within(%s, %s) = %t", tt.unit, tt.above, got)
		}
		if got := tree.Inside(u.ID, above.ID); got != tt.inside {
			t.Errorf("Inside(%s, %s) = %t", tt.unit, tt.above, got)
		}
	}
	if got := codes(tree.Path(id("20008.DTN").ID)); got != "46.DTN 480.DTN 20008.DTN" {
		t.Errorf("path of superiors: %s", got)
	}
	if got := codes(tree.AreaPath(id("20008.DTN").ID)); got != "46 480 20008 20008.DTN" {
		t.Errorf("path of areas: %s", got)
	}
	if got := codes(tree.Roots()); got != "46" {
		t.Errorf("roots: %s", got)
	}
	if tree.Within("", "") || tree.Within("unknown", id("46").ID) {
		t.Error("nobody is within something")
	}
}

func TestNilTreeIsEmpty(t *testing.T) {
	var tree *unit.Tree
	if _, ok := tree.ByCode("46"); ok || tree.Within("a", "b") || len(tree.Units()) > 0 || len(tree.Search("hue", 3)) > 0 {
		t.Error("the nil tree has units")
	}
	if !tree.Within("a", "a") {
		t.Error("a unit is within itself in any tree")
	}
}

func TestOrgan(t *testing.T) {
	tree := unittest.Tree()
	for name, want := range map[string]string{
		"ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG TRÀ":                 "480",
		"Uỷ  ban nhân dân thị xã Hương Trà":                "480",
		"U\u0309y ban nhân dân thị xa\u0303 Hương Trà":     "480",
		"Thị xã Hương Trà":                                 "480",
		"Ủy ban nhân dân phường Hương Văn":                 "20011",
		"Ủy ban nhân dân phường Hương Vân":                 "20008",
		"Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế": "46.STTTT",
		"SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH THỪA THIÊN HUẾ": "46.STTTT",
		"Ủy ban nhân dân phường Hương Vàn":                 "",
		"": "",
		"Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Bình Thành": "20041.DTN",
		"Phong Văn hóa": "",
		"Phòng Văn hoá và Thông tin thị xã Hương Trà":                                        "480.VHTT",
		"Trung tâm Văn hóa, Thông tin và Thể thao thị xã Hương Trà":                          "480.VHTTTT",
		"Trung tâm Văn hoá, Thông tin và Thể thao thị xã Hương Trà" + strings.Repeat(" ", 9): "480.VHTTTT",
	} {
		if u, _ := tree.Organ(name); u.Code != want {
			t.Errorf("Organ(%q) = %q, want %q", name, u.Code, want)
		}
	}
	if got := tree.Organs(); !slices.Contains(got, "Ủy ban nhân dân thị xã Hương Trà") {
		t.Errorf("the town is missing from %q", got)
	}
}

func TestOrganOfTwoUnitsIsNone(t *testing.T) {
	units := []unit.Unit{
		{ID: "a", Code: "1", Name: "Hương Phong", FullName: "Xã Hương Phong", Kind: unit.Commune},
		{ID: "b", Code: "2", Name: "Hương Phong", FullName: "Xã Hương Phong", Kind: unit.Commune},
	}
	if u, ok := unit.NewTree(unittest.Day, units, nil).Organ("Xã Hương Phong"); ok {
		t.Errorf("found %s of two", u.Code)
	}
}

func TestSearch(t *testing.T) {
	tree := unittest.Tree()
	for query, want := range map[string]string{
		"Hương Văn":  "20011 20011.DTN 20008 20008.DTN", // accents decide the order, not what is found
		"hương vân":  "20008 20008.DTN 20011 20011.DTN",
		"huong van":  "20011 20008 20011.DTN 20008.DTN",
		"20026":      "20026 20026.DTN",
		"tứ hạ":      "19996 19996.DTN",
		"   ":        "",
		"Hải Phòng":  "",
		"quang dien": "477",
	} {
		if diff := cmp.Diff(want, codes(tree.Search(query, 10))); diff != "" {
			t.Errorf("Search(%q): %s", query, diff)
		}
	}
	if got := len(tree.Search("huong", 3)); got != 3 {
		t.Errorf("%d hits, the limit is 3", got)
	}
}

func TestGroups(t *testing.T) {
	tree := unittest.Tree()
	for name, want := range map[string]string{
		"Ủy ban nhân dân các xã, phường":                   "19996 20005 20008 20011 20017 20020 20026 20035 20041",
		"UBND các xã, phường":                              "19996 20005 20008 20011 20017 20020 20026 20035 20041",
		"Đoàn Thanh niên các xã, phường":                   "19996.DTN 20005.DTN 20008.DTN 20011.DTN 20017.DTN 20020.DTN 20026.DTN 20035.DTN 20041.DTN",
		"các cơ quan, ban ngành, đoàn thể trên thị xã":     "480.CCB 480.DTN 480.GDDT 480.KT 480.LDLD 480.LDTBXH 480.MT 480.ND 480.NV 480.PN 480.QLDT 480.TCKH 480.TNMT 480.TP 480.TT 480.VHTT 480.VHTTTT 480.VP 480.YT",
		"Ủy ban nhân dân các huyện, thị xã, thành phố Huế": "474 476 477 478 479 480 481 482 483",
	} {
		g, ok := tree.GroupByName(name)
		if !ok {
			t.Errorf("no group %q", name)
			continue
		}
		if diff := cmp.Diff(want, codes(tree.Expand(g))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	town, _ := tree.ByCode("480")
	if got := len(tree.GroupsOf(town.ID)); got != 2 {
		t.Errorf("the town has %d groups, want 2", got)
	}
}

func TestExpandOnItsDay(t *testing.T) {
	units := []unit.Unit{
		{ID: "old", Code: "1", Name: "T", FullName: "Thị xã T", Kind: unit.Town, ValidFrom: "2024-01-01", ValidTo: "2024-12-31"},
		{ID: "new", Code: "1", Name: "T", FullName: "Thành phố T", Kind: unit.City, ValidFrom: "2025-01-01"},
		{ID: "a", Code: "2", Name: "A", FullName: "Xã A", Kind: unit.Commune, AreaID: "old", ValidFrom: "2024-01-01", ValidTo: "2024-12-31"},
		{ID: "b", Code: "3", Name: "B", FullName: "Xã B", Kind: unit.Commune, AreaID: "new", ValidFrom: "2025-01-01"},
		{ID: "c", Code: "4", Name: "C", FullName: "Xã C", Kind: unit.Commune, AreaID: "new", ValidFrom: "2025-01-01"},
	}
	g := unit.Group{Code: "g", Owner: "1", Members: []string{"2", "4"}, Except: []string{"3"}, Rules: []unit.Rule{{Of: "1", Deep: true}}}
	for day, want := range map[clock.Day]string{"2024-06-06": "2", "2025-06-06": "4", "2023-01-01": ""} {
		tree := unit.NewTree(day, units, []unit.Group{g})
		if got := codes(tree.Expand(g)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
		if u, ok := tree.ByID("old"); !ok || u.Code != "1" {
			t.Errorf("%s: the former town is forgotten", day)
		}
	}
}
