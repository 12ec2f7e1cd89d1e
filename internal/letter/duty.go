package letter

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// item is one numbered entry of the body with what belongs to it.
type item struct {
	number  int
	text    string
	lines   Lines
	section string // key of the title of the section it stands in
	title   string // that title, with its number
	lead    asking // the verb of the sentence that introduces the list
	open    bool   // further paragraphs may belong to it

	parts      []paragraph // the line with the number and the paragraphs below it
	who        []string    // for whom it is, as the line above a list says
	whoWritten string
	head       Lines  // that line
	says       string // what else it says, which stands before the text
}

const (
	maxDuties     = 200
	maxTitleRunes = 90
)

// readDuties reads the numbered things a letter asks for. A plan numbers its aims too, so that the section about who does
// what is preferred where there are sections; a letter without numbers may list its requests with dashes.
func (rd *reader) readDuties() {
	all := numbered(rd.body)
	items := duties(all)
	if len(items) > 0 {
		rd.elsewhere(all, items)
	}
	for i := 1; i < len(items); i++ {
		if items[i].number != items[i-1].number+1 {
			rd.warn("dutiesGap", "duties", items[i].lines, "Number", items[i].number)
		}
	}
	if items = rd.spread(items); len(items) == 0 && len(rd.tasks.rows) > 0 {
		rd.readTasks()
		return
	}
	if len(items) == 0 {
		items = dashed(rd.body)
		if len(items) > 0 {
			at := Lines{items[0].lines[0], items[len(items)-1].lines[1]}
			rd.warn("dutiesUnnumbered", "duties", at, "Count", len(items))
		}
	}
	if len(items) == 0 {
		items = asked(rd.body)
		if len(items) > 0 {
			at := Lines{items[0].lines[0], items[len(items)-1].lines[1]}
			rd.warn("dutiesUnnumbered", "duties", at, "Count", len(items))
		}
	}
	if len(items) == 0 {
		rd.warn("dutiesMissing", "duties", rd.bodyLines())
		return
	}
	items = rd.closing(items)
	if len(items) > maxDuties {
		items = items[:maxDuties]
		rd.warn("dutiesTooMany", "duties", rd.bodyLines(), "Limit", maxDuties)
	}
	for _, it := range items {
		f := Field[Duty]{
			Value: Duty{Number: it.number, Text: it.text},
			Lines: it.lines, Uncertain: !it.isNumbered(),
		}
		f.Parts = rd.detail(&f.Value, it.lines, it.lead)
		if it.says != "" {
			f.Spans = append(rd.spans(it.head, it.says), rd.spans(it.lines, it.text[len(it.says)+len(": "):])...)
		}
		if len(f.Value.For) == 0 && len(it.who) > 0 {
			f.Value.For, f.Value.Force = it.who, it.lead.force // "Phân công mỗi xã …" below a name is what is asked of it
			delete(f.Parts, "force")
			f.put("force", rd.verb(it.lead))
			f.put("for", rd.parts(it.head, map[string]string{"for": it.whoWritten})["for"])
		}
		rd.out.Duties = append(rd.out.Duties, f)
	}
}

// assigned is what the title of a section says that gives out work.
const assigned = "phân công"

func (it item) isNumbered() bool { return it.section != unnumbered }

// unnumbered marks items that a list with dashes gave.
const unnumbered = "-"

func (rd *reader) bodyLines() Lines {
	if len(rd.body) == 0 {
		return Lines{}
	}
	return Lines{rd.body[0].lines[0], rd.body[len(rd.body)-1].lines[1]}
}

// numbered collects "1. …" and "Điều 1. …" with the bullets, and below a mere title the paragraphs, that follow.
func numbered(body []paragraph) []item {
	var items []item
	section, named, lead := "", "", asking{}
	articles := inArticles(body)
	var parts []paragraph
	flush := func() {
		if len(parts) > 0 {
			items[len(items)-1].close(parts)
			parts = nil
		}
	}
	for _, p := range body {
		if number, text, ok := numberOf(p.text); ok && (!articles || reArticle.MatchString(p.text)) {
			flush()
			title := utf8.RuneCountInString(text) <= maxTitleRunes && !strings.HasSuffix(text, ".") || strings.HasSuffix(text, ":")
			items = append(items, item{number: number, lines: p.lines, section: section, title: named, lead: lead, open: title})
			parts = append(parts, paragraph{text, p.lines})
			continue
		}
		if m := reSection.FindStringSubmatch(p.text); m != nil {
			flush()
			section, named, lead = key(m[2]), p.text, asking{}
			if at, ok := hasWord(key(p.text), assigned); ok {
				lead = asking{Assigns, p.lines, key(p.text), reach{at, at + len(assigned)}}
			}
			continue
		}
		if len(parts) == 0 {
			if !reBasisOpening.MatchString(key(p.text)) || strings.HasSuffix(p.text, ":") {
				lead = leadForce(p)
			}
			continue
		}
		last := &items[len(items)-1]
		if sortOfBullet(p.text) == "" && (!last.open || reClosing.MatchString(key(p.text))) {
			flush()
			continue
		}
		parts = append(parts, p)
		last.lines[1] = p.lines[1]
	}
	flush()
	return items
}

func (it *item) close(parts []paragraph) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	it.parts, it.text = parts, strings.Join(texts, "\n")
}

// inArticles tells whether a body is divided into articles ("Điều 1."), so that a number within one is no duty of its own.
func inArticles(body []paragraph) bool {
	n := 0
	for _, p := range body {
		if reArticle.MatchString(p.text) {
			n++
		}
	}
	return n > 1
}

func numberOf(s string) (int, string, bool) {
	m := reItem.FindStringSubmatch(s)
	if m == nil {
		m = reArticle.FindStringSubmatch(s)
	}
	if m == nil {
		return 0, "", false
	}
	n, err := strconv.Atoi(m[1])
	return n, strings.TrimSuffix(strings.TrimSpace(m[2]), "./."), err == nil && n > 0
}

// duties chooses among runs of numbers, each beginning at its own 1: the section about carrying out first, then the one
// about contents, then whatever there is, longest first.
func duties(items []item) []item {
	var runs [][]item
	for _, it := range items {
		if n := len(runs); n == 0 || it.section != runs[n-1][0].section || it.number <= runs[n-1][len(runs[n-1])-1].number {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], it)
	}
	best, bestRank := []item(nil), 0
	for _, run := range runs {
		if rank := 1000*sectionRank(run[0].section) + min(len(run), 999); rank > bestRank { // what was done is no duty
			best, bestRank = run, rank
		}
	}
	return best
}

func sectionRank(title string) int {
	switch {
	case strings.Contains(title, "tổ chức thực hiện"), strings.Contains(title, "phân công"), strings.Contains(title, "trách nhiệm"):
		return 3
	case strings.HasPrefix(title, "kết quả"), strings.HasPrefix(title, "đánh giá"), strings.HasPrefix(title, "tình hình"):
		return -1
	case strings.Contains(title, "nhiệm vụ"), strings.Contains(title, "nội dung"), strings.Contains(title, "giải pháp"),
		strings.Contains(title, "kiến nghị"), strings.Contains(title, "đề xuất"):
		return 2
	case strings.Contains(title, "tồn tại"), strings.Contains(title, "hạn chế"), strings.Contains(title, "nguyên nhân"), strings.Contains(title, "đạt được"):
		return -1
	case strings.Contains(title, "mục đích"), strings.Contains(title, "yêu cầu"):
		return 0
	}
	return 1
}

// dashed collects the bullets after the first paragraph that ends in a colon.
func dashed(body []paragraph) []item {
	var items []item
	started, lead, head := false, asking{}, item{}
	for _, p := range body {
		switch bullet := reBullet.MatchString(p.text); {
		case started && bullet:
			items = append(items, item{
				number: len(items) + 1, text: trimItem(p.text), lines: p.lines, section: unnumbered, lead: lead,
				who: head.who, whoWritten: head.whoWritten, head: head.head,
			})
		case len(items) > 0:
			return items
		default:
			started, lead, head = strings.HasSuffix(p.text, ":"), leadForce(p), item{head: p.lines}
			if reAsking.MatchString(key(p.text)) { // "Giao Chủ tịch UBND các xã:", and not the organ that asks
				head.who, head.whoWritten = whom(p.text)
			}
		}
	}
	return items
}

// asked collects paragraphs that ask somebody by name without any list: "Đề nghị UBMTTQ …", "Giao Phòng …".
func asked(body []paragraph) []item {
	var items []item
	for _, p := range body {
		if len(p.text) > maxParagraph {
			continue
		}
		if force, _ := forceOf(p.text); force == "" {
			continue
		}
		if who, _ := whom(p.text); len(who) > 0 {
			items = append(items, item{number: len(items) + 1, text: strings.TrimSuffix(p.text, "./."), lines: p.lines, section: unnumbered})
		}
	}
	return items
}
