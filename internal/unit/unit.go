package unit

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// Kind says what a unit is.
type Kind string

// The kinds of areas, which are also the People's Committees that run them, and of organisations.
const (
	Province    Kind = "province"     // tỉnh
	City        Kind = "city"         // thành phố, of either level
	Quarter     Kind = "quarter"      // quận
	Town        Kind = "town"         // thị xã
	District    Kind = "district"     // huyện
	Ward        Kind = "ward"         // phường
	Commune     Kind = "commune"      // xã
	Township    Kind = "township"     // thị trấn
	SpecialZone Kind = "special_zone" // đặc khu

	Department Kind = "department" // sở, of a province
	Agency     Kind = "agency"     // phòng, ban, cơ quan
	Union      Kind = "union"      // Mặt trận, đoàn thể
	Centre     Kind = "centre"     // đơn vị sự nghiệp
	School     Kind = "school"     // trường học
	Company    Kind = "company"    // doanh nghiệp
	Other      Kind = "other"      // other organisations
)

// Kinds are all kinds, areas first, in the order in which lists show them.
var Kinds = []Kind{
	Province, City, Quarter, Town, District, Ward, Commune, Township, SpecialZone,
	Department, Agency, Union, Centre, School, Company, Other,
}

// Area tells whether units of the kind are areas.
func (k Kind) Area() bool {
	switch k {
	case Province, City, Quarter, Town, District, Ward, Commune, Township, SpecialZone:
		return true
	}
	return false
}

// known tells whether the kind is one of ours.
func (k Kind) known() bool { return slices.Contains(Kinds, k) }

// Unit is one body for the days on which it is in force.
type Unit struct {
	ID         ident.ID
	Code       string
	Name       string // Hương Trà
	FullName   string // Thị xã Hương Trà
	Kind       Kind
	Level      int       // as the State's list numbers it, 0 for organisations
	AreaID     ident.ID  // the area it lies in, none for a root
	SuperiorID ident.ID  // the organ it answers to, none for a root
	ValidFrom  clock.Day // the first day in force
	ValidTo    clock.Day // the last day in force, open when empty
	Email      string    // official mail box, may be empty
	Folded     string    // what Search compares
}

// InForce tells whether the unit exists on the day.
func (u Unit) InForce(day clock.Day) bool { return day.Within(u.ValidFrom, u.ValidTo) }

// Organ is the name under which the unit signs and is addressed: an area's is its People's Committee,
// "Ủy ban nhân dân thị xã Hương Trà".
func (u Unit) Organ() string {
	if !u.Kind.Area() {
		return u.FullName
	}
	return "Ủy ban nhân dân " + u.Lower()
}

// Lower is the full name inside a sentence: "thị xã Hương Trà". Only an area's type is a common noun.
func (u Unit) Lower() string {
	if !u.Kind.Area() {
		return u.FullName
	}
	first, size := utf8.DecodeRuneInString(u.FullName)
	return string(unicode.ToLower(first)) + u.FullName[size:]
}

// Group is a name under which a letter addresses several units at once. It refers to units by code, so that the same
// group means the units in force on the day on which it is expanded.
type Group struct {
	ID      ident.ID
	Code    string
	Name    string   // Các cơ quan, ban ngành, đoàn thể thị xã
	Aliases []string // other wordings of the same addressee
	Owner   string   // code of the unit whose group it is
	Members []string // codes of units named one by one
	Except  []string // codes of units that the rules would bring in but the group leaves out
	Rules   []Rule
}

// Rule takes in all units of some kinds around one unit.
type Rule struct {
	Of    string   `json:"of"`              // code of the unit
	By    Relation `json:"by,omitempty"`    // the area by default
	Kinds []Kind   `json:"kinds,omitempty"` // any when empty
	Deep  bool     `json:"deep,omitempty"`  // also below the first step
}

// Relation says along which of the two relations a rule looks.
type Relation string

// The two relations.
const (
	ByArea     Relation = "area"
	BySuperior Relation = "superior"
)
