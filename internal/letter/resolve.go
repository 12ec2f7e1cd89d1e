package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// Resolved is whom one addressee of a letter means among the units in force on its day.
type Resolved struct {
	Text    string
	Units   []unit.Unit
	Groups  []unit.Group
	Nobody  bool        // somebody said that nobody in this system is meant
	Said    bool        // it is known from what somebody said with an earlier letter
	Perhaps []unit.Unit // who may be meant, where more than one fits
}

// Known tells whether it is clear who is meant.
func (r Resolved) Known() bool { return r.Nobody || len(r.Units)+len(r.Groups) > 0 }

// All are the units that are meant, those of groups included.
func (r Resolved) All(tree *unit.Tree) []unit.Unit {
	all := slices.Clone(r.Units)
	for _, g := range r.Groups {
		all = append(all, tree.Expand(g)...)
	}
	return all
}

// Alias is what an issuer once said an addressee means. It names units and groups by their code, so that it holds for those in
// force on the day of the next letter.
type Alias struct {
	Key  string // of the text
	Kind AliasKind
	Code string
}

// AliasKind is what an alias leads to.
type AliasKind string

// The kinds of aliases.
const (
	ToUnit   AliasKind = "unit"
	ToGroup  AliasKind = "group"
	ToNobody AliasKind = "nobody"
)

// Resolve tells for each addressee whom it means: as the issuer said before; else a group or unit of that name; else the units
// of a kind in the issuer's area ("UBND các xã, phường"), a list of them by name, or one unit near the issuer that the words
// abbreviate ("Phòng VHTT"). It never chooses between several.
func Resolve(tree *unit.Tree, issuer ident.ID, texts []string, aliases []Alias) []Resolved {
	out := make([]Resolved, len(texts))
	for i, text := range texts {
		out[i] = resolve(tree, issuer, text, aliases)
	}
	return out
}

func resolve(tree *unit.Tree, issuer ident.ID, text string, aliases []Alias) Resolved {
	r := Resolved{Text: text}
	if r.remembered(tree, aliases); r.Known() {
		r.Said = true
		return r
	}
	if g, ok := groupNamed(tree, issuer, text); ok {
		r.Groups = []unit.Group{g}
		return r
	}
	name := inFull(text)
	if u, ok := organNamed(tree, issuer, name); ok {
		r.Units = []unit.Unit{u}
		return r
	}
	if r.Units = committees(tree, issuer, name); len(r.Units) > 0 {
		return r
	}
	switch found := abbreviated(tree, issuer, name); len(found) {
	case 0:
	case 1:
		r.Units = found
	default:
		r.Perhaps = found
	}
	return r
}

func (r *Resolved) remembered(tree *unit.Tree, aliases []Alias) {
	k := aliasKey(r.Text)
	for _, a := range aliases {
		if a.Key != k {
			continue
		}
		switch a.Kind {
		case ToNobody:
			r.Nobody = true
		case ToUnit:
			if u, ok := tree.ByCode(a.Code); ok {
				r.Units = append(r.Units, u)
			}
		case ToGroup:
			for _, g := range tree.Groups() {
				if g.Code == a.Code {
					r.Groups = append(r.Groups, g)
				}
			}
		}
	}
}

// aliasKey is the form in which addressees are remembered.
func aliasKey(text string) string { return inFull(text) }

// groupNamed looks among the groups of the issuer, and those of the area that an organisation lies in: every town has its
// "các xã, phường", and another unit's group of this name means other units.
func groupNamed(tree *unit.Tree, issuer ident.ID, text string) (unit.Group, bool) {
	k := inFull(text)
	groups := tree.GroupsOf(issuer)
	if u, ok := tree.ByID(issuer); ok && !u.Kind.Area() {
		groups = append(groups, tree.GroupsOf(u.AreaID)...)
	}
	for _, g := range groups {
		if inFull(g.Name) == k || slices.ContainsFunc(g.Aliases, func(a string) bool { return inFull(a) == k }) {
			return g, true
		}
	}
	return unit.Group{}, false
}

// shortForms are abbreviations in the names of addressees, as whole words of a key.
var shortForms = map[string]string{
	"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "p.": "phường", "x.": "xã", "tt.": "thị trấn", "tx.": "thị xã", "tx": "thị xã", "tp.": "thành phố", "tp": "thành phố",
	"ubmttq": "ủy ban mặt trận tổ quốc việt nam", "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam", "mttq": "mặt trận tổ quốc việt nam", "lđlđ": "liên đoàn lao động",
	"hlhpn": "hội liên hiệp phụ nữ", "ccb": "cựu chiến binh", "đtn": "đoàn thanh niên",
}

// inFull is the key of an addressee with the common abbreviations written out.
func inFull(text string) string {
	k := key(squeeze(text))
	k = strings.NewReplacer("p.", "p. ", "x.", "x. ", "tt.", "tt. ", "tp.", "tp. ").Replace(k)
	words := strings.Fields(k)
	for i, w := range words {
		if full, ok := shortForms[w]; ok {
			words[i] = full
		} else if full, ok := shortForms[strings.TrimRight(w, ",;")]; ok {
			words[i] = full + w[len(strings.TrimRight(w, ",;")):]
		}
	}
	return strings.Trim(strings.ReplaceAll(strings.Join(words, " "), "việt nam việt nam", "việt nam"), " .;:")
}

// organNamed finds a unit by its name, also with the issuer's area behind it: "Thị đoàn thị xã", "UBND phường Tứ Hạ, thị xã
// Hương Trà". A name that several share is looked for near the issuer.
func organNamed(tree *unit.Tree, issuer ident.ID, name string) (unit.Unit, bool) {
	names := []string{name}
	if u, ok := tree.ByID(issuer); ok {
		for _, suffix := range []string{key(u.Lower()), strings.Fields(key(u.Lower()) + " ")[0]} {
			names = append(names, strings.Trim(strings.TrimSuffix(name, suffix), " ,"))
		}
		if first, second, ok := strings.Cut(key(u.Lower()), " "); ok && first == "thị" {
			kind, _, _ := strings.Cut(second, " ")
			names = append(names, strings.Trim(strings.TrimSuffix(name, first+" "+kind), " ,"))
		}
	}
	for _, n := range names {
		if u, ok := tree.Organ(n); ok && n != "" {
			return u, true
		}
	}
	var near []unit.Unit
	for _, u := range around(tree, issuer) {
		if full := inFull(u.FullName); slices.Contains(names, full) || slices.Contains(names, inFull(u.Organ())) || strings.HasPrefix(full, name+" ") {
			near = append(near, u)
		}
	}
	if len(near) == 1 {
		return near[0], true
	}
	return unit.Unit{}, false
}

// around are the units near an issuer: in its area, answering to it, and those beside it with its superior.
func around(tree *unit.Tree, issuer ident.ID) []unit.Unit {
	seen := map[ident.ID]bool{issuer: true}
	var out []unit.Unit
	add := func(units []unit.Unit) {
		for _, u := range units {
			if !seen[u.ID] {
				seen[u.ID] = true
				out = append(out, u)
			}
		}
	}
	add(tree.Children(issuer))
	add(tree.Subordinates(issuer))
	if u, ok := tree.ByID(issuer); ok {
		if up, ok := tree.ByID(u.SuperiorID); ok {
			add([]unit.Unit{up})
			add(tree.Subordinates(up.ID))
		}
	}
	return out
}

var kindWords = map[string]unit.Kind{
	"tỉnh": unit.Province, "thành phố": unit.City, "quận": unit.Quarter, "thị xã": unit.Town, "huyện": unit.District, "phường": unit.Ward,
	"xã": unit.Commune, "thị trấn": unit.Township,
}

// committees are those of whole kinds of areas, "ủy ban nhân dân các xã, phường", or of those named: "… các phường: Tứ Hạ,
// Hương Văn".
func committees(tree *unit.Tree, issuer ident.ID, name string) []unit.Unit {
	rest, ok := strings.CutPrefix(name, "ủy ban nhân dân ")
	if !ok {
		return nil
	}
	many := strings.HasPrefix(rest, "các ")
	kinds, named, listed := strings.Cut(strings.TrimPrefix(rest, "các "), ":")
	if !many && !listed {
		return nil
	}
	wanted := map[unit.Kind]bool{}
	for part := range strings.SplitSeq(strings.ReplaceAll(kinds, " và ", ","), ",") {
		part = strings.TrimSpace(part)
		kind, known := kindWords[part]
		if !known {
			if kind, known = kindWords[firstKind(part)]; !known {
				return nil
			}
			if extra := strings.TrimSpace(strings.TrimPrefix(part, firstKind(part))); extra != "" && !isPlaceTail(extra) {
				named, listed = named+","+extra, true
			}
		}
		wanted[kind] = true
	}
	var out []unit.Unit
	names := map[string]bool{}
	for part := range strings.SplitSeq(strings.ReplaceAll(named, " và ", ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			names[part] = true
		}
	}
	for _, u := range tree.Children(issuer) {
		if !wanted[u.Kind] || listed && !names[key(u.Name)] {
			continue
		}
		delete(names, key(u.Name))
		out = append(out, u)
	}
	if len(names) > 0 { // one of those named is not known: ask rather than leave it out
		return nil
	}
	return out
}

func firstKind(s string) string {
	for _, w := range []string{"thành phố", "thị xã", "thị trấn", "phường", "huyện", "quận", "tỉnh", "xã"} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// isPlaceTail tells whether words only say again where the units are.
func isPlaceTail(s string) bool {
	return strings.HasPrefix(s, "trên ") || strings.HasPrefix(s, "thuộc ") || strings.HasPrefix(s, "trực thuộc ")
}

// abbreviated finds units near the issuer whose name the words shorten: "phòng vhtt" for "Phòng Văn hóa và Thông tin".
func abbreviated(tree *unit.Tree, issuer ident.ID, name string) []unit.Unit {
	head, rest, ok := strings.Cut(name, " ")
	if !ok {
		return nil
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, strings.NewReplacer(" và ", "", " thị xã", "", " tỉnh", "", " huyện", "", " thành phố", "").Replace(" "+rest))
	if n := utf8.RuneCountInString(letters); n < 2 || n > 8 {
		return nil
	}
	var out []unit.Unit
	for _, u := range around(tree, issuer) {
		full := inFull(u.FullName)
		if after, same := strings.CutPrefix(full, head+" "); same && initials(after) == letters {
			out = append(out, u)
		}
	}
	return out
}

// initials are the first letters of a name up to where the area begins.
func initials(name string) string {
	for _, w := range areaWords {
		if at, ok := hasWord(name, w); ok && at > 0 {
			name = name[:at]
		}
	}
	var b strings.Builder
	for word := range strings.FieldsSeq(name) {
		r, _ := utf8.DecodeRuneInString(word)
		if word != "và" && unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
