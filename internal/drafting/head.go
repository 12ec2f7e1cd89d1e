package drafting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// Letterhead is what stands around the content of a unit's letters.
type Letterhead struct {
	Superior string          `json:"superior"` // the organ above the unit's name, "" for a People's Committee
	Mark     string          `json:"mark"`     // the organ in symbols: "UBND"
	Desk     string          `json:"desk"`     // who drafts, in symbols and in the archive's line: "VH"
	Place    string          `json:"place"`
	Signers  []letter.Signer `json:"signers"` // the usual one first
	Contact  string          `json:"contact"` // address, phone, site, at the foot of page 1
}

// Notation is the symbol after the number: a công văn names organ and desk, every other type itself and the organ.
func (h Letterhead) Notation(kind string) string {
	parts := []string{h.Mark, h.Desk}
	if abbr := letter.Abbreviation(kind); abbr != "" {
		parts = []string{abbr, h.Mark}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
}

// Archive is the last line of the recipients: "Lưu: VT, VH".
func (h Letterhead) Archive() string {
	if h.Desk == "" {
		return "Lưu: VT"
	}
	return "Lưu: VT, " + h.Desk
}

// Signer returns the signer at i, the first when there is none.
func (h Letterhead) Signer(i int) letter.Signer {
	if i < 0 || i >= len(h.Signers) {
		i = 0
	}
	if len(h.Signers) == 0 {
		return letter.Signer{Capacity: []string{}}
	}
	s := h.Signers[i]
	s.Capacity = slices.Clone(s.Capacity)
	return s
}

// DefaultHead is what the kind of a unit suggests; names of signers are the unit's to enter.
func DefaultHead(u unit.Unit, tree *unit.Tree) Letterhead {
	h := Letterhead{Mark: mark(u, tree), Place: u.Name, Signers: defaultSigners(u)}
	area, located := tree.ByID(u.AreaID)
	if !u.Kind.Area() {
		if located {
			h.Place = area.Name
		}
		switch u.Kind { // those below a committee name it above themselves
		case unit.Department, unit.Agency, unit.Centre, unit.School:
			if above, ok := tree.ByID(u.SuperiorID); ok {
				h.Superior = above.Organ()
			}
		}
		return h
	}
	h.Desk = "VP"
	if u.Level > 2 {
		h.Desk = "VHXH"
	}
	return h
}

// mark abbreviates the organ: "UBND" for a committee, else the first letters of its name, "STTTT".
func mark(u unit.Unit, tree *unit.Tree) string {
	if u.Kind.Area() {
		return "UBND"
	}
	name := u.Name
	if area, ok := tree.ByID(u.AreaID); ok {
		name = strings.TrimSuffix(strings.TrimSuffix(name, area.Name), area.Lower())
	}
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains([]string{"và", "các", "của", "xã", "phường", "tỉnh", "huyện", "thị", "trấn", "thành", "phố"}, word) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

func defaultSigners(u unit.Unit) []letter.Signer {
	head := func(position string, capacity ...string) letter.Signer {
		return letter.Signer{Capacity: append([]string{}, capacity...), Position: position}
	}
	deputies := func(of string) []letter.Signer {
		return []letter.Signer{head(of), head("PHÓ "+of, "KT. "+of)}
	}
	switch {
	case u.Kind.Area():
		const board = "TM. ỦY BAN NHÂN DÂN"
		return []letter.Signer{head("CHỦ TỊCH", board), head("PHÓ CHỦ TỊCH", board, "KT. CHỦ TỊCH"), head("CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH")}
	case u.Kind == unit.Union && strings.Contains(lang.Fold(u.Name), "doan") && !strings.Contains(lang.Fold(u.Name), "lien doan"):
		return []letter.Signer{head("BÍ THƯ", "TM. BAN THƯỜNG VỤ"), head("PHÓ BÍ THƯ", "TM. BAN THƯỜNG VỤ")}
	case u.Kind == unit.Union:
		return []letter.Signer{head("CHỦ TỊCH", "TM. BAN THƯỜNG VỤ"), head("PHÓ CHỦ TỊCH", "TM. BAN THƯỜNG VỤ")}
	case u.Kind == unit.School:
		return deputies("HIỆU TRƯỞNG")
	case u.Kind == unit.Agency && strings.HasPrefix(u.Name, "Văn phòng"):
		return deputies("CHÁNH VĂN PHÒNG")
	case u.Kind == unit.Agency && strings.HasPrefix(u.Name, "Thanh tra"):
		return deputies("CHÁNH THANH TRA")
	case u.Kind == unit.Agency:
		return deputies("TRƯỞNG PHÒNG")
	}
	return deputies("GIÁM ĐỐC")
}
