package progress

import (
	"slices"
	"strings"

	"sachhon/internal/cascade"
)

// Recorded says in the words of a report what was noted of a duty that asks for a number or recurs: "2/3 tác phẩm", "4/5 kỳ";
// "" for any other, which is done or not.
func (d DutyLine) Recorded() string {
	var parts []string
	if d.Quota > 0 {
		parts = append(parts, strings.TrimSpace(num(d.Counted)+"/"+num(d.Quota)+" "+d.Of))
	}
	if d.Turns > 0 {
		parts = append(parts, num(d.Met)+"/"+num(d.Turns)+" kỳ")
	}
	return strings.Join(parts, "; ")
}

// recorded tells whether something is noted of any of the duties while they are done.
func (f Figures) recorded() bool {
	return slices.ContainsFunc(f.Duties, func(d DutyLine) bool { return d.Recorded() != "" })
}

// count adds what was noted of the duty of one dispatch and of those below it.
func (d *DutyLine) count(duty cascade.Duty) {
	if duty.Quota != nil {
		d.Counted += int64(duty.Progress.Count)
		d.Quota += int64(duty.Progress.Quota)
		d.Of = duty.Quota.Of
	}
	d.Met += int64(duty.Progress.Met())
	d.Turns += int64(len(duty.Progress.Due))
}
