package letter

import (
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/lang"
)

// surnames are those of most people here: words in capitals below a position that begin with one are a name, not the rest of
// the position.
var surnames = []string{
	"nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trương",
	"lâm", "mai", "tô", "cao", "châu", "tạ", "hà", "trịnh", "đoàn", "lương", "đào", "vương", "thái", "tôn", "văn", "phùng", "chu", "tăng", "quách",
}

// readSigner reads the signature: authority lines ("TM. …", "KT. …"), the position, the name below.
func (rd *reader) readSigner() {
	cells := rd.foot.signature
	if len(cells) == 0 {
		rd.warn("signerMissing", "signer", rd.endLines())
		return
	}
	cells, rd.out.Secretary = rd.minuted(cells)
	s := Signer{Capacity: []string{}}
	var capacity, position, name []cell
	for _, c := range cells {
		switch {
		case !lang.IsUpper(c.text):
			if s.Name == "" {
				s.Name, name = withoutTitle(c.text), []cell{c}
			}
		case s.Name == "" && (s.Position != "" || acting(s.Capacity)) && capitalName(c.text):
			s.Name, name = c.text, []cell{c}
		case s.Position == "" && reCapacity.MatchString(c.text):
			s.Capacity, capacity = append(s.Capacity, c.text), append(capacity, c)
		case s.Position == "" && len(s.Capacity) > 0 && !namesPosition(c.text):
			s.Capacity[len(s.Capacity)-1] += " " + c.text // the organ's name on a second line
			capacity = append(capacity, c)
		case s.Position == "":
			s.Position, position = c.text, []cell{c}
		case s.Name == "" && c.no == position[len(position)-1].no+1 && !namesPosition(c.text):
			s.Position, position = s.Position+" "+c.text, append(position, c) // "GIÁM ĐỐC SỞ TÀI NGUYÊN / VÀ MÔI TRƯỜNG"
		}
	}
	if s.takePositionFromCapacity() {
		position = capacity[len(capacity)-1:]
	}
	at := linesOf(cells)
	f := &Field[Signer]{Value: s, Lines: at, Uncertain: s.Name == ""}
	f.put("capacity", rd.spansIn(capacity, strings.Join(s.Capacity, "\n")))
	f.put("position", rd.spansIn(position, s.Position))
	f.put("name", rd.spansIn(name, s.Name))
	rd.out.Signer = f
	if s.Name == "" {
		rd.warn("signerNameMissing", "signer", at)
	}
}

// Who signs minutes: the chair, whose signature they are, and beside or above it the secretary.
var (
	reChair     = regexp.MustCompile(`^(?:người\s+)?(?:chủ tọa|chủ trì)(?:\s|$)`)
	reSecretary = regexp.MustCompile(`^(?:người ghi biên bản|thư ký)(?:\s+\S+){0,3}$`)
)

// minuted takes the secretary's signature out of that of minutes: below each of the two positions stands a name, in the same
// column where they stand beside each other.
func (rd *reader) minuted(cells []cell) ([]cell, *Field[string]) {
	chair := slices.IndexFunc(cells, func(c cell) bool { return lang.IsUpper(c.text) && reChair.MatchString(key(c.text)) })
	secretary := slices.IndexFunc(cells, func(c cell) bool { return lang.IsUpper(c.text) && reSecretary.MatchString(key(c.text)) })
	if chair < 0 || secretary < 0 {
		return cells, nil
	}
	var rest, names []cell
	for i, c := range cells {
		switch {
		case i == secretary:
		case i != chair && (!lang.IsUpper(c.text) || capitalName(c.text)):
			names = append(names, c)
		default:
			rest = append(rest, c)
		}
	}
	if len(names) < 2 { // one of them has yet to sign, and it is not known which
		return rest, nil
	}
	own, other := 0, 1 // whose column or block is the first, has the first name
	if chair < secretary {
		own, other = 1, 0
	}
	c := names[own]
	name := withoutTitle(c.text)
	return append(rest, names[other]), &Field[string]{Value: name, Lines: Lines{c.no, c.no}, Spans: rd.spansIn([]cell{c}, name)}
}

// capitalName tells whether words in capitals are the name of a person.
func capitalName(s string) bool {
	words := strings.Fields(key(s))
	return len(words) >= 2 && len(words) <= 5 && slices.Contains(surnames, words[0]) && !namesPosition(s)
}

// takePositionFromCapacity: "TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH" names the position by itself; "TL. CHỦ TỊCH" alone does not, and
// stays as it is.
func (s *Signer) takePositionFromCapacity() bool {
	if s.Position != "" || !acting(s.Capacity) {
		return false
	}
	s.Position = s.Capacity[len(s.Capacity)-1]
	return true
}

// acting tells whether the last authority is that of an acting head, which is a position too: "Q. CHỦ TỊCH".
func acting(capacity []string) bool {
	if len(capacity) == 0 {
		return false
	}
	at := reCapacity.FindStringSubmatch(capacity[len(capacity)-1])
	return at != nil && at[1] == "Q"
}
