package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	reOnDay    = regexp.MustCompile(`,?\s*\bngày\b`)
	reWholeDay = regexp.MustCompile(`^,?\s*ngày\s+` + dateExpr)
)

// readPlaceAndDate reads "Hương Trà, ngày 06 tháng 6 năm 2024".
func (rd *reader) readPlaceAndDate() {
	if len(rd.head.date) == 0 {
		at := rd.headLines()
		rd.warn("placeMissing", "place", at)
		rd.warn("dateMissing", "date", at)
		return
	}
	cells := rd.head.date[:min(2, len(rd.head.date))]
	if len(cells) > 1 && !reRestOfDate.MatchString(key(cells[1].text)) {
		cells = cells[:1]
	}
	text := joinCells(cells)
	at := linesOf(cells)
	k := key(text)
	day := reOnDay.FindStringIndex(k)
	if day == nil {
		rd.warn("placeMissing", "place", at)
		rd.warn("dateMissing", "date", at)
		return
	}
	place := strings.Trim(text[:skipRunes(text, utf8.RuneCountInString(k[:day[0]]))], " ,")
	if place == "" {
		rd.warn("placeMissing", "place", at)
	} else {
		rd.out.Place = &Field[string]{Value: place, Lines: at, Spans: rd.spansIn(cells, place)}
	}
	m := reWholeDay.FindStringSubmatch(k[day[0]:])
	if m == nil || m[3] == "" {
		rd.warn("dateMissing", "date", at)
		return
	}
	date, ok := dateFrom(m[1], m[2], m[3], 0)
	if !ok {
		rd.warn("dateImpossible", "date", at, "Text", strings.TrimLeft(m[0], ", "))
		return
	}
	rd.out.Date = &Field[Date]{Value: date, Lines: at, Spans: rd.spansIn(cells, strings.TrimLeft(m[0], ", "))}
}
