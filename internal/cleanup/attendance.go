package cleanup

import (
	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// AttendanceKind says how those who came were counted.
type AttendanceKind string

// The kinds of attendance.
const (
	HeadCount AttendanceKind = "count"
	NameList  AttendanceKind = "list"
)

// Attendance is who really came.
type Attendance struct {
	Cleanup   ident.ID
	Kind      AttendanceKind
	HeadCount int        // of kind count
	Attendees []Attendee // of kind list; never public
	UpdatedBy ident.ID
	UpdatedAt clock.Time
}

// Attendee is one person on the list. A child under the age of consent is listed through a guardian or a school.
type Attendee struct {
	Name     string `db:"name"`
	Guardian string `db:"guardian"` // who answers for a child: a parent, a teacher; empty for others
}

// Participants returns the number that counts.
func (a Attendance) Participants() int {
	if a.Kind == NameList {
		return len(a.Attendees)
	}
	return a.HeadCount
}
