package challenge

import (
	"reflect"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// checkChange reports what an update may not touch. A draft is free. Once announced, entrants rely on the terms: only
// texts may change, and dates that have not come, and those only to a time that has not come either. What was public
// as synthetic stays so.
func (c Challenge) checkChange(d Details, now clock.Time) error {
	if c.State == Draft {
		return nil
	}
	var f fault.Fields
	for _, fixed := range []struct {
		field string
		same  bool
	}{
		{"slug", c.Slug == d.Slug},
		{"organiser", c.Organiser == d.Organiser},
		{"area", c.Area == d.Area},
		{"box", c.Box == d.Box},
		{"divisions", reflect.DeepEqual(c.Divisions, d.Divisions)},
		{"parameters", c.Parameters == d.Parameters},
		{"synthetic", c.Synthetic == d.Synthetic},
	} {
		if !fixed.same {
			f.Add(fixed.field, "challenge.fault.fixed")
		}
	}
	for _, date := range []struct {
		field    string
		old, new clock.Time
	}{
		{"period", c.Period.From, d.Period.From},
		{"period", c.Period.Until, d.Period.Until},
		{"registration", c.Registration.From, d.Registration.From},
		{"registration", c.Registration.Until, d.Registration.Until},
		{"reporting_until", c.ReportingUntil, d.ReportingUntil},
	} {
		switch {
		case date.old == date.new:
		case !date.old.After(now.Time):
			f.Add(date.field, "challenge.fault.datePassed")
		case !date.new.After(now.Time):
			f.Add(date.field, "challenge.fault.dateInPast")
		}
	}
	return f.Err()
}

// checkAnnounce reports what is missing before a challenge may be announced.
func (c Challenge) checkAnnounce(now clock.Time) error {
	var f fault.Fields
	if c.Rules == 0 {
		f.Add("rules", "challenge.fault.noRules")
	}
	if c.Scheme == 0 {
		f.Add("scheme", "challenge.fault.noScheme")
	}
	if !c.Period.Until.After(now.Time) {
		f.Add("period", "challenge.fault.dateInPast")
	}
	return f.Err()
}
