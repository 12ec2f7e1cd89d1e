package drafting

import (
	"cmp"
	"slices"
	"strings"

	"sachhon/internal/lang"

	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// Addressee is one line of "Kính gửi" with the verb that is due to it.
type Addressee struct {
	Name  string
	Force letter.Force
}

// ForceFor is the verb with which one unit may address others: whoever answers to it is required, everybody else is
// asked. A committee requires its agencies and the committees below it; unions answer to unions.
func ForceFor(tree *unit.Tree, from unit.Unit, to ...unit.Unit) letter.Force {
	if len(to) == 0 {
		return letter.Requests
	}
	for _, u := range to {
		if !tree.Within(u.ID, from.ID) {
			return letter.Requests
		}
	}
	return letter.Requires
}

// Subordinates are the usual addressees of a unit: its groups, or what a unit of its kind has below it.
func Subordinates(tree *unit.Tree, from unit.Unit) []Addressee {
	groups := tree.GroupsOf(from.ID)
	// Agencies and unions stand before the committees below, as letters have it.
	slices.SortStableFunc(groups, func(a, b unit.Group) int { return cmp.Compare(areas(tree, a), areas(tree, b)) })
	var out []Addressee
	for _, g := range groups {
		out = append(out, Addressee{g.Name, ForceFor(tree, from, tree.Expand(g)...)})
	}
	if len(out) > 0 {
		return out
	}
	switch from.Kind {
	case unit.Ward:
		return []Addressee{{"Các ban, ngành, đoàn thể phường", letter.Requests}, {"Các tổ dân phố", letter.Requires}}
	case unit.Commune:
		return []Addressee{{"Các ban, ngành, đoàn thể xã", letter.Requests}, {"Các thôn", letter.Requires}}
	case unit.Township:
		return []Addressee{{"Các ban, ngành, đoàn thể thị trấn", letter.Requests}, {"Các tổ dân phố", letter.Requires}}
	case unit.School:
		return []Addressee{{"Các tổ chuyên môn", letter.Requires}, {"Giáo viên chủ nhiệm các lớp", letter.Requires}}
	}
	for _, u := range tree.Subordinates(from.ID) {
		out = append(out, Addressee{u.Organ(), letter.Requires})
	}
	if len(out) == 0 {
		out = []Addressee{{"Các bộ phận trực thuộc", letter.Requires}}
	}
	return out
}

func areas(tree *unit.Tree, g unit.Group) int {
	if slices.ContainsFunc(tree.Expand(g), func(u unit.Unit) bool { return u.Kind.Area() }) {
		return 1
	}
	return 0
}

// Named are addressees by their names: a group's, or a unit's.
func Named(tree *unit.Tree, from unit.Unit, names ...string) []Addressee {
	usual := Subordinates(tree, from)
	out := make([]Addressee, 0, len(names))
	for _, r := range letter.Resolve(tree, from.ID, names, nil) {
		a := Addressee{Name: r.Text, Force: ForceFor(tree, from, r.All(tree)...)}
		if i := slices.IndexFunc(usual, func(s Addressee) bool { return s.Name == r.Text }); i >= 0 && !r.Known() {
			a.Force = usual[i].Force
		}
		out = append(out, a)
	}
	return out
}

func names(to []Addressee) []string {
	out := make([]string, len(to))
	for i, a := range to {
		out[i] = a.Name
	}
	return out
}

// verbs are those by which addressees are asked, in the order of a sentence.
var verbs = []struct {
	force letter.Force
	word  string
}{{letter.Requests, "đề nghị"}, {letter.Requires, "yêu cầu"}}

// asks is the part of a sentence that addresses everybody with the verb due to each: "đề nghị các cơ quan …; yêu cầu Ủy
// ban nhân dân các xã, phường".
func asks(to []Addressee) string {
	if len(to) > mostInSentence {
		return asksAll(to)
	}
	var parts []string
	for _, verb := range verbs {
		var whom []string
		for _, a := range to {
			if a.Force == verb.force {
				whom = append(whom, inSentence(a.Name))
			}
		}
		if len(whom) > 0 {
			parts = append(parts, verb.word+" "+listed(whom))
		}
	}
	return strings.Join(parts, "; ")
}

// mostInSentence is how many addressees a sentence names; more stand above it already.
const mostInSentence = 4

func asksAll(to []Addressee) string {
	var said []string
	for _, verb := range verbs {
		if slices.ContainsFunc(to, func(a Addressee) bool { return a.Force == verb.force }) {
			said = append(said, verb.word)
		}
	}
	return strings.Join(said, ", ") + " các cơ quan, đơn vị, địa phương nêu trên"
}

// inSentence is an addressee inside a sentence: a group's "Các …" is a common noun, an organ's name is not.
func inSentence(name string) string {
	if strings.HasPrefix(name, "Các ") || strings.HasPrefix(name, "Giáo viên ") {
		return lang.Small(name)
	}
	return name
}

// everybody closes a letter with the verb that fits all: whoever is only asked is not commanded.
func everybody(to []Addressee) string {
	if force(to) == letter.Requires {
		return "yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện"
	}
	return "đề nghị các cơ quan, đơn vị, địa phương quan tâm triển khai thực hiện"
}

// force is the verb for what everybody is asked together: the weaker one.
func force(to []Addressee) letter.Force {
	for _, a := range to {
		if a.Force != letter.Requires {
			return letter.Requests
		}
	}
	return letter.Requires
}

// listed joins names as a sentence does: "A, B và C". Names that hold commas themselves are parted by semicolons.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last, comma := len(names)-1, ", "
	if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, ",") }) {
		comma = "; "
	}
	return strings.Join(names[:last], comma) + " và " + names[last]
}
