package letter

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Recurrence is how often something is to be done: "sáng Chủ nhật hàng tuần", "trước ngày 20 hàng tháng", "mỗi tuần 2 lần".
// Each day that it names is a turn of its own; where it names none each period is one.
type Recurrence struct {
	Text     string `json:"text"`               // as written
	Period   string `json:"period"`             // "day", "week", "month", "quarter", "year"
	Weekdays []int  `json:"weekdays,omitempty"` // 0 is Sunday, as time.Weekday counts; from Monday on, so that Sunday is the last
	Days     []int  `json:"days,omitempty"`     // of the month; one that a month does not have falls on its last day, so that 31 is that
	Until    bool   `json:"until,omitempty"`    // by the days named and not on them; as with a deadline the day itself still counts
	Times    int    `json:"times,omitempty"`    // how often in each turn, 0 for once
	Step     int    `json:"step,omitempty"`     // how many periods make one, 0 for one: "hai tuần một lần"
	Part     string `json:"part,omitempty"`     // "morning", "afternoon", "evening"
}

const (
	maxTimes = 99 // in a turn
	maxStep  = 99 // periods
	lastDay  = 31 // of a month, whichever it is
)

// UnmarshalJSON also reads what was kept when a recurrence had one weekday at most: {"weekday": 0}.
func (r *Recurrence) UnmarshalJSON(b []byte) error {
	type plain Recurrence
	kept := struct {
		*plain
		Weekday *int `json:"weekday"`
	}{plain: (*plain)(r)}
	if err := json.Unmarshal(b, &kept); err != nil {
		return fmt.Errorf("letter: read a recurrence: %w", err)
	}
	if kept.Weekday != nil && len(r.Weekdays) == 0 {
		r.Weekdays = []int{*kept.Weekday}
	}
	return nil
}

// OnWeekdays are the weekdays that turns follow. Those of a month ("Chủ nhật tuần đầu hằng tháng") are read and not followed.
func (r *Recurrence) OnWeekdays() []int {
	if r.Period != "week" || r.Step > 1 {
		return nil
	}
	return r.Weekdays
}

// OnDays are the days of the month that turns follow.
func (r *Recurrence) OnDays() []int {
	if r.Period != "month" || r.Step > 1 {
		return nil
	}
	return r.Days
}

// Dated tells whether turns have a day of their own, and not only a period.
func (r *Recurrence) Dated() bool { return len(r.OnWeekdays()) > 0 || len(r.OnDays()) > 0 }

// clean puts the days in their order, each once, and drops what says nothing.
func (r Recurrence) clean() Recurrence {
	r.Weekdays, r.Days = sorted(r.Weekdays, isoWeekday), sorted(r.Days, func(day int) int { return day })
	if r.Times == 1 {
		r.Times = 0
	}
	if r.Step == 1 {
		r.Step = 0
	}
	r.Until = r.Until && r.Dated()
	return r
}

// isoWeekday counts a weekday from 1 for Monday to 7 for Sunday.
func isoWeekday(day int) int { return (day+6)%7 + 1 }

func sorted(list []int, place func(int) int) []int {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b int) int { return place(a) - place(b) })
	if list = slices.Compact(list); len(list) == 0 {
		return nil
	}
	return list
}

// valid tells whether a recurrence can be followed.
func (r Recurrence) valid() bool {
	outside := func(low, high int) func(int) bool { return func(n int) bool { return n < low || n > high } }
	return slices.Contains(recurrences, r.Period) && !slices.ContainsFunc(r.Weekdays, outside(0, 6)) &&
		!slices.ContainsFunc(r.Days, outside(1, lastDay)) && r.Times >= 0 && r.Times <= maxTimes && r.Step >= 0 && r.Step <= maxStep
}

var recurrences = []string{"day", "week", "month", "quarter", "year"}
