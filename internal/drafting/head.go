package drafting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// Letterhead is what stands around the content of a unit's letters.
type Letterhead struct {
	Form     letter.Form     `json:"form,omitempty"` // that of the organ's kind when it is empty
	Superior string          `json:"superior"`       // the organ above the unit's name, "" for a People's Committee
	Mark     string          `json:"mark"`           // the organ in symbols: "UBND"
	Desk     string          `json:"desk"`           // who drafts, in symbols and in the archive's line: "VH"
	Place    string          `json:"place"`
	Signers  []letter.Signer `json:"signers"` // the usual one first
	Contact  string          `json:"contact"` // address, phone, site, at the foot of page 1
}

// Documents is the form that documents under the letterhead name: none for the State's.
func (h Letterhead) Documents() letter.Form {
	if h.Form.OfState() {
		return ""
	}
	return h.Form
}

// Notation is the symbol after the number, in the form of the letterhead.
func (h Letterhead) Notation(kind string) string { return h.Form.Notation(kind, h.Mark, h.Desk) }

// Archive is the last line of the recipients: "Lưu: VT, VH"; the Party and the Youth Union keep theirs in the office, "Lưu VP".
func (h Letterhead) Archive() string {
	if h.Desk == "" {
		return h.Kept()
	}
	return h.Kept() + ", " + h.Desk
}

// Kept is Archive for what no desk drafted.
func (h Letterhead) Kept() string {
	if h.Form.OfState() {
		return "Lưu: VT"
	}
	return "Lưu VP"
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
	h := Letterhead{Form: FormOf(u), Mark: mark(u, tree), Place: u.Name, Signers: defaultSigners(u)}
	area, located := tree.ByID(u.AreaID)
	if !u.Kind.Area() {
		if located {
			h.Place = area.Name
		}
		above, answers := tree.ByID(u.SuperiorID)
		switch u.Kind { // those below a committee name it above themselves
		case unit.Department, unit.Agency, unit.Centre, unit.School:
			if answers {
				h.Superior = above.Organ()
			}
		default:
			if answers && !h.Form.OfState() && FormOf(above) == h.Form {
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

// FormOf is whose form the letters of a unit have: the Youth Union's and the Party's bodies have their own, everybody else
// the State's.
func FormOf(u unit.Unit) letter.Form {
	if u.Kind.Area() {
		return letter.StateForm
	}
	return letter.FormOfOrgan(u.FullName)
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
		if r = unicode.ToUpper(r); r == 'Ủ' {
			r = 'U' // "BTGTU"
		}
		b.WriteRune(r)
	}
	if FormOf(u) == letter.YouthForm && strings.HasSuffix(b.String(), "Đ") {
		b.WriteString("TN") // Thị đoàn is TĐTN
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
	case FormOf(u) == letter.YouthForm:
		return []letter.Signer{head("BÍ THƯ", "TM. BAN THƯỜNG VỤ"), head("PHÓ BÍ THƯ", "TM. BAN THƯỜNG VỤ"), head("BÍ THƯ", "TM. BAN CHẤP HÀNH")}
	case FormOf(u) == letter.PartyForm && strings.HasPrefix(u.Name, "Ban "):
		return []letter.Signer{head("TRƯỞNG BAN"), head("PHÓ TRƯỞNG BAN", "K/T TRƯỞNG BAN")}
	case FormOf(u) == letter.PartyForm && strings.HasPrefix(u.Name, "Văn phòng"):
		return []letter.Signer{head("CHÁNH VĂN PHÒNG"), head("PHÓ CHÁNH VĂN PHÒNG", "K/T CHÁNH VĂN PHÒNG")}
	case FormOf(u) == letter.PartyForm:
		return []letter.Signer{head("BÍ THƯ", "T/M BAN THƯỜNG VỤ"), head("PHÓ BÍ THƯ", "T/M BAN THƯỜNG VỤ")}
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
