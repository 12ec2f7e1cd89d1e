package exchange

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/ident"
)

// The regulation has no status for a letter that is open again after it was completed. Its sender outside is told 05 once more, with
// the reason; a system that never lets a status go back, as ours does not, still shows it as completed. People are told so.

// reopening is what a dispatch that is at work again says of it.
type reopening struct {
	Duty   int    `db:"duty_number"`
	Reason string `db:"reason"`
}

// words are the words of the status that tells of it.
func (r reopening) words() string {
	switch {
	case r.Reason != "":
		return "Mở lại để làm tiếp: " + r.Reason
	case r.Duty > 0:
		return fmt.Sprintf("Mở lại để làm tiếp: nhiệm vụ %d chưa hoàn thành", r.Duty)
	}
	return "Mở lại để làm tiếp"
}

// Sender is who sent a letter from another document system.
type Sender struct {
	Name    string
	Partner string
	told    []Message // 05
}

// Told returns the package that tells the sender that a unit is at work again since a moment; ok is false when none was made.
func (s Sender) Told(at clock.Time) (m Message, ok bool) {
	i := slices.IndexFunc(s.told, func(m Message) bool { return m.CreatedAt == at })
	if i < 0 {
		return Message{}, false
	}
	return s.told[i], true
}

// SenderOf returns the sender outside of a dispatch; ok is false for one that was sent here. It asks no permission: the page of the
// dispatch does.
func (s *Service) SenderOf(ctx context.Context, dispatch ident.ID) (from Sender, ok bool, err error) {
	came, err := partsOfDispatch(ctx, s.db, dispatch, In)
	if err != nil || len(came) == 0 {
		return Sender{}, false, err
	}
	first, err := load(ctx, s.db, came[0].MessageID)
	if err != nil {
		return Sender{}, false, err
	}
	from = Sender{Name: first.FromName, Partner: first.Partner}
	if p, known := s.partners[first.Partner]; known {
		from.Partner = p.Name
	}
	from.told, err = toldBack(ctx, s.db, dispatch, edxml.StatusInProgress)
	return from, err == nil, err
}

// AgainAtWork returns what a receiver outside told after it had told that it is done with the letter: that it is at work. The
// dispatch stays completed, since statuses come in any order.
func (s *Service) AgainAtWork(ctx context.Context, dispatch ident.ID) (again Report, ok bool, err error) {
	reports, err := loadReports(ctx, s.db, dispatch)
	if err != nil {
		return Report{}, false, err
	}
	done := slices.IndexFunc(reports, func(r Report) bool { return r.Status == edxml.StatusCompleted })
	if done < 0 {
		return Report{}, false, nil
	}
	for _, r := range reports[done+1:] { // by their times
		switch r.Status {
		case edxml.StatusInProgress:
			again, ok = r, r.At.After(reports[done].At.Time)
		case edxml.StatusCompleted:
			again, ok = Report{}, false
		}
	}
	return again, ok, nil
}
