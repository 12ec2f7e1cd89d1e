package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxHeadRunes is how long a line may be under which each bullet is a duty of its own: a name, or the beginning of a sentence.
const maxHeadRunes = 200

// reSaysNothing is what may stand between whom a list is for and its colon.
var reSaysNothing = regexp.MustCompile(`^(?:có (?:nhiệm vụ|trách nhiệm)|chịu trách nhiệm|thực hiện)?(?:\s*(?:các nhiệm vụ|các nội dung|một số nội dung|như)?\s*sau(?: đây)?)?[\s:.]*$`)

// spread makes a duty of each bullet of an item of which one duty cannot hold what they ask: where two of them have a deadline,
// a recurrence or a number of their own, or somebody of their own who is to do it. The duties are numbered anew then.
func (rd *reader) spread(items []item) []item {
	var out []item
	for _, it := range items {
		bullets := it.bullets()
		if !rd.apart(bullets) {
			out = append(out, it)
			continue
		}
		rd.warn("dutiesSpread", "duties", it.lines, "Number", it.number, "Count", len(bullets))
		out = append(out, it.each(bullets)...)
	}
	if len(out) > len(items) {
		for i := range out {
			out[i].number = i + 1
		}
	}
	return out
}

// bullets are the entries of the list below the first line of an item, each with what belongs to it: the first sort of bullet
// divides it. None where something else follows that line.
func (it item) bullets() []paragraph {
	if len(it.parts) < 3 || utf8.RuneCountInString(it.parts[0].text) > maxHeadRunes {
		return nil
	}
	sort := sortOfBullet(it.parts[1].text)
	if sort == "" {
		return nil
	}
	var out []paragraph
	for _, p := range it.parts[1:] {
		if sortOfBullet(p.text) == sort {
			out = append(out, p)
			continue
		}
		last := &out[len(out)-1]
		last.text, last.lines[1] = last.text+"\n"+p.text, p.lines[1]
	}
	return out
}

// sortOfBullet is what a paragraph is listed with: "a" for a letter, "1" for a number, else the sign itself.
func sortOfBullet(s string) string {
	switch mark := strings.TrimSpace(reBullet.FindString(s)); {
	case strings.HasSuffix(mark, ")"):
		return "a"
	case mark != "":
		return mark
	case reItem.MatchString(s):
		return "1"
	case reSubItem.MatchString(s):
		return "1.1"
	}
	return ""
}

// reSubItem numbers what stands below an item: "2.1. Đăng tải …".
var reSubItem = regexp.MustCompile(`^\d{1,2}\.\d{1,2}[.)]?\s+`)

// unlisted is a bullet without the sign or number that lists it.
func unlisted(s string) string { return trimItem(reSubItem.ReplaceAllString(s, "")) }

// apart tells whether two of several bullets ask something that a duty can hold but once.
func (rd *reader) apart(bullets []paragraph) bool {
	if len(bullets) < 2 {
		return false
	}
	kept, own := 0, 0
	for _, b := range bullets {
		if len(b.text) > maxParagraph {
			return false
		}
		text := unlisted(b.text)
		if rd.followed(text) {
			kept++
		}
		if who, _ := whom(text); len(who) > 0 {
			own++
		}
	}
	return kept > 1 || own > 1
}

// followed tells whether a text says by when, how often or how much.
func (rd *reader) followed(text string) bool {
	k := key(text)
	until := rd.deadline(text, k)
	every, _, _, _ := recurrence(text, k)
	quota, _, _ := quotaIn(text, k)
	return !until.day.IsZero() || until.within != nil || every != nil || quota != nil
}

// elsewhere warns of what other parts of the letter ask, of which no duty is made: of a plan that says what is to be done in one
// part and by whom in another, the second is read.
func (rd *reader) elsewhere(all, read []item) {
	for _, it := range all {
		if it.section == read[0].section || sectionRank(it.section) < 2 || len(it.text) > maxParagraph {
			continue
		}
		if rd.followed(it.text) {
			rd.warn("dutiesElsewhere", "duties", it.lines, "Number", it.number, "Section", it.title)
		}
	}
}

// each makes an item of each bullet. Whom the first line names is whom they are for; what else it says stands before each.
func (it item) each(bullets []paragraph) []item {
	head := it.parts[0]
	who, written := whom(head.text + "\n" + bullets[0].text)
	says := trimItem(head.text)
	if at := reAsking.FindStringIndex(key(says)); at != nil {
		says = original(says, key(says), at[1], len(key(says)))
	}
	says = strings.Trim(strings.TrimPrefix(says, written), " ,:")
	if says = capitalise(says); reSaysNothing.MatchString(key(says)) {
		says = ""
	}
	lead := it.lead
	if own, at := forceOf(head.text); own != "" {
		lead = asking{own, head.lines, key(head.text), at}
	}
	out := make([]item, len(bullets))
	for i, b := range bullets {
		text := unlisted(b.text)
		if says != "" {
			text = says + ": " + text
		}
		out[i] = item{
			text: text, says: says, lines: b.lines, section: it.section, lead: lead,
			who: who, whoWritten: written, head: head.lines,
		}
	}
	return out
}

// reHandsIn are the words of a sentence that wants something back.
var reHandsIn = regexp.MustCompile(`(?:^|[\s,(])(?:báo cáo|kết quả|danh sách|đăng ký|gửi về|gửi (?:ủy ban|ubnd|sở|phòng|ban)|phản hồi)(?:[\s,:]|$)`)

// closing is the sentence below the duties that wants something of everybody by a day: "Kết quả thực hiện đề nghị gửi về Phòng
// trước ngày 25/9/2026". It is a duty as well, and the one whose day people miss.
func (rd *reader) closing(items []item) []item {
	last := items[len(items)-1].lines[1]
	for _, p := range rd.body {
		if p.lines[0] <= last || len(p.text) > maxHeadRunes*4 || sortOfBullet(p.text) != "" || reSection.MatchString(p.text) {
			continue
		}
		for text := range strings.SplitSeq(strings.TrimSuffix(p.text, "./."), ". ") {
			k := key(text)
			if until := rd.deadline(text, k); until.day.IsZero() && until.within == nil || !reHandsIn.MatchString(k) {
				continue
			}
			number := items[len(items)-1].number + 1
			rd.warn("dutyClosing", "duties", p.lines, "Number", number)
			return append(items, item{number: number, text: strings.TrimSpace(text), lines: p.lines, section: unnumbered, lead: leadForce(paragraph{text, p.lines})})
		}
	}
	return items
}
