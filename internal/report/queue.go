package report

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Pile is one of the lists on a reviewer's desk.
type Pile string

// The piles.
const (
	ToReview    Pile = "to_review" // sent in for the first time
	Mended      Pile = "mended"    // sent in again
	Appeals     Pile = "appeals"
	WithEntrant Pile = "with_entrant" // sent back, still time
	Late        Pile = "late"         // sent back, and the deadline has passed
	Found       Pile = "valid"
	Refused     Pile = "invalid" // for good, or until an appeal
)

// Piles lists the piles in the order in which people are shown them.
var Piles = []Pile{ToReview, Mended, Appeals, Late, WithEntrant, Found, Refused}

// Waiting are the piles on which somebody has to do something, all together the queue.
var Waiting = []Pile{ToReview, Mended, Appeals, Late}

// pileOf says where a report lies; a draft lies nowhere.
func pileOf(r Report, now clock.Time) Pile {
	switch r.State {
	case Submitted:
		return ToReview
	case Resubmitted:
		return Mended
	case Appealed:
		return Appeals
	case Valid:
		return Found
	case Invalid, Dismissed:
		return Refused
	case SentBack:
		if r.Overdue(now) {
			return Late
		}
		return WithEntrant
	}
	return ""
}

// QueueInput chooses reports.
type QueueInput struct {
	Challenge ident.ID
	Piles     []Pile     // the waiting ones when empty
	Entrant   ident.ID   // only of this one
	MineOnly  bool       // only those the actor has claimed
	After     ident.ID   // the last report of the page before
	AfterAt   clock.Time // and when it was sent in
	Limit     int        // 50 when 0
}

// Queue is a page of reports to review, the one that was sent in first at the top, with the size of every pile.
type Queue struct {
	Reports []Report
	More    bool
	Counts  map[Pile]int
}

const (
	usualPage   = 50
	longestPage = 200
)

// Queue returns the reports of a challenge to its board.
func (s *Service) Queue(ctx context.Context, actor person.Actor, in QueueInput) (Queue, error) {
	edition, err := s.challenges.Find(ctx, s.db, in.Challenge)
	if err != nil {
		return Queue{}, err
	}
	if err := actor.Can(person.ActionReviewRead, person.On{Unit: edition.Organiser}); err != nil {
		return Queue{}, err
	}
	if len(in.Piles) == 0 {
		in.Piles = Waiting
	}
	if in.Limit <= 0 {
		in.Limit = usualPage
	}
	in.Limit = min(in.Limit, longestPage)
	now := s.now()
	q := Queue{}
	if q.Counts, err = counts(ctx, s.db, in.Challenge, now); err != nil {
		return Queue{}, err
	}
	if q.Reports, err = queued(ctx, s.db, in, actor.Identity(), now); err != nil {
		return Queue{}, err
	}
	if len(q.Reports) > in.Limit {
		q.Reports, q.More = q.Reports[:in.Limit], true
	}
	return q, nil
}
