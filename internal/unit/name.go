package unit

import (
	"strings"

	"sachhon/internal/lang"
)

// tones moves the tone of oa, oe and uy to the first letter, where the older of two spellings in use puts it.
var tones = strings.NewReplacer(
	"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa",
	"oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
	"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy",
)

// nameKey is how names are compared, so that ỦY BAN, Uỷ ban and Ủy ban are the same words. Unlike a folded text it
// keeps Hương Vân and Hương Văn apart.
func nameKey(name string) string { return tones.Replace(strings.ToLower(lang.Clean(name))) }

// folded is what Search compares: everything a person may type to find the unit.
func folded(u Unit) string { return lang.Fold(u.FullName + " " + u.Code) }

// areaKinds are the words by which the State's lists name the types, and our own names for them.
var areaKinds = func() map[string]Kind {
	m := map[string]Kind{
		"tỉnh": Province, "thành phố": City, "quận": Quarter, "thị xã": Town, "huyện": District,
		"phường": Ward, "xã": Commune, "thị trấn": Township, "đặc khu": SpecialZone,
	}
	for _, k := range Kinds {
		if k.Area() {
			m[string(k)] = k
		}
	}
	return m
}()
