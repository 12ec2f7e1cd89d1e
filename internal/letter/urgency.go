package letter

import (
	"fmt"
	"regexp"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Scheduled is the urgency of a letter that must arrive before an hour, which is printed with it.
const Scheduled = "hỏa tốc hẹn giờ"

// Urgencies are the stamps of urgency, the least urgent first; an ordinary letter has none.
func Urgencies() []string { return []string{"khẩn", "thượng khẩn", "hỏa tốc", Scheduled} }

// HourLine says by when a scheduled letter must arrive: "Trước 15 giờ 30 ngày 10/6/2024". It is empty for any other letter.
func (d Document) HourLine() string {
	if d.Urgency != Scheduled || d.DeliverBy.IsZero() {
		return ""
	}
	at := d.DeliverBy.Local()
	return fmt.Sprintf("Trước %d giờ %02d ngày %s", at.Hour(), at.Minute(), Date{at.Year(), int(at.Month()), at.Day()}.ShortDate())
}

// reHourLine knows that line, as other organs may write it too.
var reHourLine = regexp.MustCompile(`^(?:đến )?trước \d{1,2} ?(?:giờ|h|g)(?: ?\d{2})?(?: phút)?,? ngày [\d/.-]{6,10}$`)

// checkUrgency notes a stamp that is none, and an hour for a letter that has none. A draft may lack its hour.
func (d Document) checkUrgency(bad *fault.Fields) {
	if d.Urgency != "" && !slices.Contains(Urgencies(), d.Urgency) {
		bad.Add("urgency", "letter.fault.urgency")
	}
	if d.Urgency != Scheduled && !d.DeliverBy.IsZero() {
		bad.Add("deliverBy", "letter.fault.hourless", "Urgency", Scheduled)
	}
}

// checkHour notes a scheduled letter without its hour, or whose hour is over.
func (d Document) checkHour(bad *fault.Fields, now clock.Time) {
	switch {
	case d.Urgency != Scheduled:
	case d.DeliverBy.IsZero():
		bad.Add("deliverBy", "letter.fault.hourMissing")
	case !d.DeliverBy.After(now.Time):
		bad.Add("deliverBy", "letter.fault.hourPast")
	}
}
