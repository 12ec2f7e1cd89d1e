package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/lang"
)

// Words that open the name of an organ, and those that open the name of an area and so continue an organ's name.
var (
	organWords = []string{
		"ủy ban", "ubnd", "hđnd", "hội đồng", "sở", "phòng", "ban", "hội", "đoàn", "liên đoàn", "công an", "trung tâm",
		"trường", "văn phòng", "mặt trận", "bộ", "cục", "chi cục", "thanh tra", "tổng", "viện", "bệnh viện", "đảng ủy",
		"tỉnh ủy", "thành ủy", "thị ủy", "huyện ủy", "bch", "btv", "công đoàn", "công ty", "ubmttq", "ubmttqvn", "chi nhánh", "kho bạc",
		"tòa án", "viện kiểm sát", "bảo hiểm", "hạt", "trạm", "đội", "tỉnh đoàn", "thị đoàn", "huyện đoàn", "thành đoàn", "đài",
	}
	areaWords = []string{"tỉnh", "thành phố", "thị xã", "huyện", "quận", "phường", "xã", "thị trấn"}
)

// reUnfinished ends a line of a name that goes on in the next.
var reUnfinished = regexp.MustCompile(`(?:\s(?:và|-|–)|,)$`)

// KnownOrgans returns a lookup for Options.Organ over official names.
func KnownOrgans(names []string) func(string) (string, bool) {
	byKey := make(map[string]string, len(names))
	for _, n := range names {
		byKey[organKey(n)] = n
	}
	return func(name string) (string, bool) {
		for _, k := range namesOf(name) {
			if official, ok := byKey[k]; ok {
				return official, true
			}
		}
		return "", false
	}
}

// organKey compares names of organs however they are abbreviated.
func organKey(s string) string {
	k := " " + key(squeeze(s)) + " "
	return strings.TrimSpace(strings.ReplaceAll(k, " ubnd ", " ủy ban nhân dân "))
}

// readOrgan reads the organs of the heading: the last is the issuer, one above it is its superior. They stand in
// capitals; how they are really written is taken from the known organs, else from the body, else guessed with a warning.
func (rd *reader) readOrgan() {
	organs := splitOrgans(rd.head.organ)
	if len(organs) == 0 {
		rd.warn("organMissing", "organ", rd.headLines())
		return
	}
	field, sure := rd.organField(organs[len(organs)-1])
	if !sure && len(organs) > 1 && rd.opts.Organ != nil { // a board that does not name again whose it is
		if official, ok := rd.opts.Organ(joinCells(organs[len(organs)-1]) + " " + joinCells(organs[len(organs)-2])); ok {
			field.Value, field.Uncertain, sure = official, false, true
		}
	}
	rd.out.Organ = field
	if !sure {
		rd.warn("organGuessed", "organ", field.Lines, "Organ", field.Value)
	}
	if len(organs) > 1 {
		rd.out.Superior, _ = rd.organField(organs[len(organs)-2])
	}
}

func (rd *reader) organField(cells []cell) (*Field[string], bool) {
	written := joinCells(cells)
	name, sure := rd.organName(written)
	at := linesOf(cells)
	return &Field[string]{Value: name, Lines: at, Spans: rd.spansIn(cells, written), Uncertain: !sure}, sure
}

// splitOrgans groups the lines into names: a line that opens an organ starts a new one, any other goes on. So does
// one word alone, which is what did not fit ("SỞ TÀI NGUYÊN VÀ MÔI / TRƯỜNG").
func splitOrgans(cells []cell) [][]cell {
	var out [][]cell
	for i, c := range cells {
		goesOn := i > 0 && (!strings.Contains(c.text, " ") || reUnfinished.MatchString(key(cells[i-1].text)))
		if len(out) == 0 || !goesOn && opensWith(key(c.text), organWords) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

func opensWith(k string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		rest, ok := strings.CutPrefix(k, w)
		next, _ := utf8.DecodeRuneInString(rest)
		return ok && !unicode.IsLetter(next) && !unicode.IsDigit(next)
	})
}

func (rd *reader) organName(written string) (string, bool) {
	if rd.opts.Organ != nil {
		if official, ok := rd.opts.Organ(written); ok {
			return official, true
		}
	}
	if !lang.IsUpper(written) {
		return capitalise(written), true
	}
	if name, ok := rd.caseFromBody(organKey(written)); ok {
		return name, true
	}
	return rd.placeCase(guessCase(organKey(written))), false
}

// caseFromBody looks for the name in the sentences of the letter, where it is written in ordinary case, in full or with
// "UBND" for the People's Committee.
func (rd *reader) caseFromBody(name string) (string, bool) {
	const committee = "ủy ban nhân dân "
	for _, p := range rd.body {
		if found, ok := ordinaryCase(p.text, name); ok {
			return capitalise(found), true
		}
	}
	area, ok := strings.CutPrefix(name, committee)
	if !ok {
		return "", false
	}
	for _, p := range rd.body {
		if found, ok := ordinaryCase(p.text, "ubnd "+area); ok {
			return capitalise(committee) + found[len("ubnd "):], true
		}
	}
	return "", false
}

// ordinaryCase returns the needle as the text writes it, unless the text writes it in capitals too.
func ordinaryCase(text, needle string) (string, bool) {
	const tries = 8 // a text that repeats the name in capitals only must not cost more than it is long
	for range tries {
		from, to, ok := find(text, needle)
		if !ok {
			return "", false
		}
		if found := text[from:to]; !lang.IsUpper(found) {
			return found, true
		}
		text = text[to:]
	}
	return "", false
}

// placeCase writes the place of the letter within a name as its own line has it.
func (rd *reader) placeCase(name string) string {
	if rd.out.Place == nil {
		return name
	}
	place := rd.out.Place.Value
	if from, to, ok := find(name, key(place)); ok {
		return name[:from] + place + name[to:]
	}
	return name
}

// branchWords are the kinds of organs in whose names each field of work has a capital: "Sở Văn hóa, Thể thao và Du lịch".
var branchWords = []string{
	"sở", "phòng", "chi cục", "cục", "tổng cục", "bộ", "trung tâm", "ban", "hội", "đoàn", "văn phòng", "trường", "viện", "công ty", "đài", "hạt",
	"liên đoàn", "bch", "btv",
}

// guessCase writes a name as the rules of capitals mostly have it: the first letter, each field of work, abbreviations, and
// every word after the kind of an area: "Ủy ban nhân dân thị xã Hương Trà", "Phòng Văn hóa và Thông tin". Names of organisations have
// rules of their own and are listed.
func guessCase(k string) string {
	proper := len(k)
	for _, w := range areaWords {
		if at, ok := hasWord(k, w); ok && !strings.HasPrefix(k[at+len(w):], " ủy") && !strings.HasPrefix(k[at+len(w):], " đoàn") { // Tỉnh ủy is no area
			proper = min(proper, at+len(w))
		}
	}
	first := branchOf(k)
	var words []string
	for i, w := range strings.Fields(k[:proper]) {
		prev := ""
		if i > 0 {
			prev = words[i-1]
		}
		switch {
		case abbreviates(w):
			w = strings.ToUpper(w)
		case i == 0, first > 0 && (i == first || i > first && (prev == "và" || prev == "-" || strings.HasSuffix(prev, ","))) && w != "và" && w != "-":
			w = capitalise(w)
		}
		words = append(words, w)
	}
	for w := range strings.FieldsSeq(k[proper:]) {
		words = append(words, capitalise(w))
	}
	name := strings.Join(words, " ")
	for _, proper := range properNames {
		if from, to, ok := find(name, key(proper)); ok {
			name = name[:from] + proper + name[to:]
		}
	}
	return name
}

// properNames are those of organisations as they write them, whatever they are a part of.
var properNames = []string{
	"Mặt trận Tổ quốc Việt Nam", "Liên hiệp Phụ nữ", "Liên hiệp Phụ nữ Việt Nam", "Nông dân Việt Nam", "Cựu chiến binh Việt Nam", "Chữ thập đỏ Việt Nam",
	"Thanh niên Cộng sản Hồ Chí Minh", "TNCS Hồ Chí Minh", "Ban Chấp hành Đoàn", "Ban Chấp hành Đảng bộ", "Đảng Cộng sản Việt Nam",
}

// branchOf is how many words the kind of an organ with fields of work has, 0 for any other organ.
func branchOf(k string) int {
	kind := ""
	for _, w := range branchWords {
		if strings.HasPrefix(k, w+" ") && !strings.HasPrefix(k, "hội đồng ") && len(w) > len(kind) {
			kind = w
		}
	}
	if kind == "" || opensWith(k[len(kind)+1:], areaWords) {
		return 0
	}
	return len(strings.Fields(kind))
}

// abbreviates tells whether a word has no vowel, and so stands for others: "bch", "tncs".
func abbreviates(w string) bool {
	letters := 0
	for _, r := range w {
		if !unicode.IsLetter(r) || strings.ContainsRune("aeiouy", r) || r > unicode.MaxASCII && r != 'đ' {
			return false
		}
		letters++
	}
	return letters > 1
}
