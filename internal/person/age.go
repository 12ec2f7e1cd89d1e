package person

import (
	"strconv"

	"sachhon/internal/clock"
)

// The ages at which the law on children's data draws its lines.
const (
	FullConsentAge  = 16 // below, the guardian decides
	ChildConsentAge = 7  // from here on the child is asked as well
)

// Age returns the years that somebody born on one day has completed on another; an unknown birth date is ok = false.
// Who was born on 29 February is a year older on 1 March.
func Age(born, on clock.Day) (years int, ok bool) {
	if len(born) != 10 || len(on) != 10 || born > on {
		return 0, false
	}
	from, err := strconv.Atoi(string(born[:4]))
	if err != nil {
		return 0, false
	}
	to, err := strconv.Atoi(string(on[:4]))
	if err != nil {
		return 0, false
	}
	years = to - from
	if on[5:] < born[5:] {
		years--
	}
	return years, true
}

// NeedsGuardian tells whether somebody's guardian must consent on the day. An unknown birth date counts as grown up:
// it is asked for only where age matters.
func NeedsGuardian(born, on clock.Day) bool {
	age, ok := Age(born, on)
	return ok && age < FullConsentAge
}

// NeedsChild tells whether the child is asked beside the guardian.
func NeedsChild(born, on clock.Day) bool {
	age, ok := Age(born, on)
	return ok && age >= ChildConsentAge && age < FullConsentAge
}
