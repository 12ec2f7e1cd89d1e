package config

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Urging says when nobody is reminded of anything, besides days on which offices do not work.
type Urging struct {
	QuietFrom  string `name:"quiet-from" env:"SACHHON_URGING_QUIET_FROM" default:"20:00" help:"Time of day from which nobody is reminded."`
	QuietUntil string `name:"quiet-until" env:"SACHHON_URGING_QUIET_UNTIL" default:"06:30" help:"Time of day until which nobody is reminded."`
}

// Quiet returns the two times since midnight, the defaults where none is given. The quiet hours go over midnight, so that they
// end before they begin.
func (u Urging) Quiet() (from, until time.Duration, err error) {
	begin, end := cmp.Or(u.QuietFrom, "20:00"), cmp.Or(u.QuietUntil, "06:30")
	from, errFrom := parseClock("urging quiet-from", begin)
	until, errUntil := parseClock("urging quiet-until", end)
	if err := errors.Join(errFrom, errUntil); err != nil {
		return 0, 0, err
	}
	if until >= from {
		return 0, 0, fmt.Errorf("urging quiet-until: quiet from %s until %s leaves no time of day to write", begin, end)
	}
	return from, until, nil
}

// Validate reports everything that is wrong with the times.
func (u Urging) Validate() error {
	_, _, err := u.Quiet()
	return err
}

func parseClock(name, s string) (time.Duration, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no time of day such as 06:30", name, s)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}
