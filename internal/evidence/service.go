package evidence

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
)

// Service runs the checks for the board.
type Service struct {
	db         *database.DB
	challenges *challenge.Service
	cleanups   *cleanup.Service
	reports    *report.Service
}

// NewService returns the service.
func NewService(db *database.DB, challenges *challenge.Service, cleanups *cleanup.Service, reports *report.Service) *Service {
	return &Service{db: db, challenges: challenges, cleanups: cleanups, reports: reports}
}

// Findings returns what the checks find about a report, for those who review it.
func (s *Service) Findings(ctx context.Context, actor person.Actor, reportID ident.ID) ([]Finding, error) {
	view, err := s.reports.Get(ctx, actor, reportID)
	if err != nil {
		return nil, err
	}
	edition, err := s.challenges.Find(ctx, s.db, view.Challenge)
	if err != nil {
		return nil, err
	}
	if err := actor.Can(person.ActionReviewRead, person.On{Unit: edition.Organiser}); err != nil {
		return nil, err
	}
	event, err := s.cleanups.Find(ctx, s.db, view.Cleanup)
	if err != nil {
		return nil, err
	}
	in := Input{
		Report: view.Report, Photos: view.Photos, StartsAt: event.StartsAt, EndsAt: event.EndsAt,
		Expected: int64(event.Expected),
	}
	came, _, err := s.cleanups.Participants(ctx, s.db, view.Cleanup)
	if err != nil {
		return nil, err
	}
	in.Came = int64(came)
	if in.Others, err = s.reports.OtherPhotos(ctx, s.db, view.Report); err != nil {
		return nil, err
	}
	if in.Earlier, err = s.reports.Earlier(ctx, s.db, view.Report); err != nil {
		return nil, err
	}
	return Check(in), nil
}
