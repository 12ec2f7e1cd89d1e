package cleanup

import (
	"context"
	"strconv"
	"unicode/utf8"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// AttendanceInput says who came, as a number or as a list of names.
type AttendanceInput struct {
	Kind      AttendanceKind
	HeadCount int
	Attendees []Attendee
}

// The limits of an attendance.
const (
	maxAttendees    = 2000
	maxAttendeeName = 150
)

// check tidies the input and reports everything that is wrong with it. Lines without a name are left out.
func (in *AttendanceInput) check() error {
	var f fault.Fields
	switch in.Kind {
	case HeadCount:
		in.Attendees = nil
		if in.HeadCount < 0 || in.HeadCount > maxExpected {
			f.Add("head_count", "cleanup.fault.headCount", "Most", maxExpected)
		}
	case NameList:
		in.HeadCount = 0
		var kept []Attendee
		for i, a := range in.Attendees {
			a.Name, a.Guardian = lang.Clean(a.Name), lang.Clean(a.Guardian)
			if a.Name == "" && a.Guardian == "" {
				continue
			}
			field := "attendees." + strconv.Itoa(i)
			if a.Name == "" {
				f.Add(field, "cleanup.fault.attendee")
			}
			if n := max(utf8.RuneCountInString(a.Name), utf8.RuneCountInString(a.Guardian)); n > maxAttendeeName {
				f.Add(field, "cleanup.fault.long", "Count", n, "Limit", maxAttendeeName)
			}
			kept = append(kept, a)
		}
		in.Attendees = kept
		if len(kept) > maxAttendees {
			f.Add("attendees", "cleanup.fault.attendees", "Most", maxAttendees)
		}
	default:
		f.Add("kind", "cleanup.fault.attendanceKind")
	}
	return f.Err()
}

// Attend notes who came. It may be written again until the clean-up is reported; what was there is replaced.
func (s *Service) Attend(ctx context.Context, actor person.Actor, id ident.ID, in AttendanceInput) (Attendance, error) {
	if _, err := s.permitted(ctx, s.db, actor, person.ActionCleanupAttend, id); err != nil {
		return Attendance{}, err
	}
	if err := in.check(); err != nil {
		return Attendance{}, err
	}
	var a Attendance
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		c, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		switch c.StateAt(tx.Now()) {
		case UnderWay, Ended:
		case Draft, Announced:
			return fault.Conflict.With("cleanup.fault.notBegun")
		default:
			return fault.Conflict.With("fault.state")
		}
		before, _, err := attendance(ctx, tx, id)
		if err != nil {
			return err
		}
		a = Attendance{
			Cleanup: id, Kind: in.Kind, HeadCount: in.HeadCount, Attendees: in.Attendees,
			UpdatedBy: actor.Identity(), UpdatedAt: tx.Now(),
		}
		if err := putAttendance(ctx, tx, a); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "cleanup.attend", c, before.Participants(), a.Participants())
	})
	return a, err
}

// Attendance returns who came to those who keep the list; reviewers see the number without the names. ok is false
// when nothing was noted.
func (s *Service) Attendance(ctx context.Context, actor person.Actor, id ident.ID) (a Attendance, ok bool, err error) {
	sub, err := s.permitted(ctx, s.db, actor, person.ActionReportRead, id)
	if err != nil {
		return Attendance{}, false, err
	}
	a, ok, err = attendance(ctx, s.db, id)
	if actor.Can(person.ActionCleanupAttend, sub.on()) != nil {
		a.HeadCount, a.Attendees, a.Kind = a.Participants(), nil, HeadCount
	}
	return a, ok, err
}

// Participants returns the number that counts to another domain; ok is false when nothing was noted.
func (s *Service) Participants(ctx context.Context, q database.Querier, id ident.ID) (n int, ok bool, err error) {
	a, ok, err := attendance(ctx, q, id)
	return a.Participants(), ok, err
}
