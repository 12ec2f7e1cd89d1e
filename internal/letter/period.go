package letter

import "regexp"

var rePeriod = regexp.MustCompile(`\btừ\s+(?:hết\s+)?(?:ngày\s+)?` + dateExpr + `\s*(?:,\s*)?(?:đến|tới|-|–)\s+(?:hết\s+)?(?:ngày\s+)?` + dateExpr)

// readPeriod reads the first span "từ ngày … đến (hết) ngày …" of the body. A start without its year takes the end's;
// without both the letter's own year is meant.
func (rd *reader) readPeriod() {
	year := 0
	if rd.out.Date != nil {
		year = rd.out.Date.Value.Year
	}
	for _, p := range rd.body {
		m := rePeriod.FindStringSubmatch(key(p.text))
		if m == nil {
			continue
		}
		to, okTo := dateFrom(m[4], m[5], m[6], year)
		if okTo {
			year = to.Year
		}
		from, okFrom := dateFrom(m[1], m[2], m[3], year)
		if !okFrom || !okTo {
			rd.warn("periodImpossible", "period", p.lines, "Text", m[0])
			return
		}
		if to.Before(from) {
			rd.warn("periodReversed", "period", p.lines, "From", from.String(), "To", to.String())
			return
		}
		rd.out.Period = &Field[Period]{Value: Period{From: from, To: to}, Lines: p.lines, Spans: rd.spans(p.lines, m[0]), Uncertain: m[6] == ""}
		return
	}
}
