package clock

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is an instant as it is stored: microseconds since 1970 in UTC, NULL for the zero value.
type Time struct{ time.Time }

// At returns t as a stored instant: UTC, to the microsecond.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Date returns the instant at which the given day of the challenge's zone begins, plus the hour and minute.
func Date(year int, month time.Month, day, hour, minute int) Time {
	return At(time.Date(year, month, day, hour, minute, 0, 0, Zone))
}

// Local returns the instant in the challenge's zone, for people.
func (t Time) Local() time.Time { return t.In(Zone) }

// Add returns the instant d later.
func (t Time) Add(d time.Duration) Time { return At(t.Time.Add(d)) }

// Value stores the instant as an integer.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMicro(), nil
}

// Scan reads an instant from an integer column.
func (t *Time) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time{time.UnixMicro(v).UTC()}
	default:
		return fmt.Errorf("clock: cannot read an instant from %T", src)
	}
	return nil
}
