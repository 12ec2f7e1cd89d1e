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

// Quiet returns the two times, the defaults where none is given.
func (u Urging) Quiet() (from, until string) {
	return cmp.Or(u.QuietFrom, "20:00"), cmp.Or(u.QuietUntil, "06:30")
}

// Validate reports everything that is wrong with the times.
func (u Urging) Validate() error {
	from, until := u.Quiet()
	begin, errFrom := parseClock("urging quiet-from", from)
	end, errUntil := parseClock("urging quiet-until", until)
	if err := errors.Join(errFrom, errUntil); err != nil {
		return err
	}
	if !end.Before(begin) {
		return fmt.Errorf("urging quiet-until: quiet from %s until %s leaves no time of day to write", from, until)
	}
	return nil
}

func parseClock(name, s string) (time.Time, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return t, fmt.Errorf("%s: %q is no time of day such as 06:30", name, s)
	}
	return t, nil
}
