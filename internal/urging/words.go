package urging

import (
	"fmt"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

// What says what a unit has not done, inside a sentence.
func What(l *lang.Localizer, c Cause, number int, a About) string {
	switch {
	case c == NotReported && number > 0:
		return l.T("urging.cause.report", "Date", fmt.Sprintf("%d/%d/%d", number%100, number/100%100, number/10_000))
	case c == MissedTurn && a.Quota > 1:
		return l.T("urging.cause.turnFew", "Number", a.Duty, "Count", a.Times, "Turn", l.T("urging.turn."+a.Turn, "Count", a.Times),
			"Figure", strings.TrimSpace(l.Number(a.Quota)+" "+a.Of), "List", missedList(l, a))
	case c == MissedTurn && a.Often > 1:
		return l.T("urging.cause.turnOften", "Number", a.Duty, "Count", a.Times, "Turn", l.T("urging.turn."+a.Turn, "Count", a.Times),
			"Often", a.Often, "List", missedList(l, a))
	case c == MissedTurn:
		return l.T("urging.cause.turn", "Number", a.Duty, "Count", a.Times, "Turn", l.T("urging.turn."+a.Turn, "Count", a.Times), "List", missedList(l, a))
	case c == TooFew:
		figure := strings.TrimSpace(l.Number(a.Count) + "/" + l.Number(a.Quota) + " " + a.Of)
		return l.T("urging.cause.quota", "Number", a.Duty, "Figure", figure, "Date", l.DayMonth(a.Until.Start()))
	case c == PartLate && a.Name != "":
		return l.T("urging.cause.part", "Number", a.Duty, "Name", a.Name, "Date", l.DayMonth(a.Until.Start()))
	case c == PartLate:
		return l.T("urging.cause.somePart", "Number", a.Duty, "Date", l.DayMonth(a.Until.Start()))
	}
	return l.T("urging.cause."+string(c), "Number", number)
}

// missedList names the turns that went by, the last ones where there are many, with how far each came of a number.
func missedList(l *lang.Localizer, a About) string {
	named := make([]string, len(a.Missed))
	for i, day := range a.Missed {
		named[i] = turnName(l, a.Turn, day)
		if i < len(a.Got) && a.Got[i] > 0 {
			named[i] = l.T("urging.turn.got", "Turn", named[i], "Done", l.Number(a.Got[i]), "Quota", l.Number(max(a.Quota, a.Often)))
		}
	}
	list := strings.Join(named, ", ")
	if more := a.Times - len(named); more > 0 {
		return l.T("urging.turn.more", "List", list, "Count", more)
	}
	return list
}

func turnName(l *lang.Localizer, turn string, day clock.Day) string {
	at := day.Start().Local()
	switch turn {
	case "weekday":
		return l.T("urging.turn."+weekdays[at.Weekday()], "Count", 1) + " " + l.DayMonth(day.Start())
	case "until":
		return l.T("urging.turn.due", "Date", l.DayMonth(day.Start()))
	case "week", "span":
		return l.T("urging.turn.from", "Date", l.DayMonth(day.Start()))
	case "month":
		return fmt.Sprintf("%d/%d", int(at.Month()), at.Year())
	case "quarter":
		return fmt.Sprintf("%s/%d", [...]string{"I", "II", "III", "IV"}[(at.Month()-1)/3], at.Year())
	case "year":
		return at.Format("2006")
	}
	return l.DayMonth(day.Start())
}
