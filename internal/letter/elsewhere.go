package letter

import (
	"slices"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// Elsewhere tells whether whoever is named and not known here is evidently neither a unit nor anybody below it, by what only organs of
// the State and of provinces are called: "Bộ Y tế", and for a unit below a province "các Sở, ban, ngành" and "Công an tỉnh".
func (r Resolved) Elsewhere(tree *unit.Tree, of ident.ID) bool {
	if r.Known() || len(r.Perhaps) > 0 {
		return false
	}
	words := strings.Fields(inFull(r.Text))
	if len(words) > 1 && words[0] == "các" {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	switch first := strings.TrimRight(words[0], ",;"); {
	case first == "bộ" && !slices.ContainsFunc(noMinistry, func(w string) bool { return strings.HasPrefix(strings.Join(words, " ")+" ", w+" ") }):
		return true
	case provincial(tree, of): // its own, or so it may be
		return false
	case first == "sở":
		return true
	}
	if strings.HasPrefix(inFull(r.Text), "các ") || slices.ContainsFunc(words, func(w string) bool { return w == "các" || w == "bàn" || w == "thuộc" || w == "toàn" }) {
		return false // "trên địa bàn tỉnh" are also those below
	}
	return words[len(words)-1] == "tỉnh" || words[0] == "tỉnh"
}

// noMinistry are other organs that are called by the word for a ministry.
var noMinistry = []string{"bộ phận", "bộ chỉ huy", "bộ đội", "bộ tư lệnh", "bộ chqs", "bộ chbp"}

// Covers tells whether whoever is named and not known by name are committees of areas like this unit: "UBND các huyện, thị xã" is a
// town too, also where the province that writes so is no unit here.
func (r Resolved) Covers(u unit.Unit) bool {
	kinds, many := strings.CutPrefix(inFull(r.Text), "ủy ban nhân dân các ")
	if r.Known() || !many || strings.Contains(kinds, ":") {
		return false
	}
	for part := range strings.SplitSeq(strings.ReplaceAll(kinds, " và ", ","), ",") {
		part = strings.TrimSpace(part)
		kind := firstKind(part)
		rest := strings.TrimSpace(strings.TrimPrefix(part, kind))
		if kind != "" && kindWords[kind] == u.Kind && (rest == "" || isPlaceTail(rest)) {
			return true
		}
	}
	return false
}

// provincial tells whether a unit is a province, or belongs to one and to nothing below it.
func provincial(tree *unit.Tree, id ident.ID) bool {
	for _, u := range slices.Backward(tree.AreaPath(id)) {
		if u.Kind.Area() {
			return u.Kind == unit.Province || u.Kind == unit.City && u.AreaID == ""
		}
	}
	return false
}
