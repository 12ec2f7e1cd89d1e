package demo

import (
	"context"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
)

// The days that the last reports cover, and when they are due at the town.
const (
	reportFrom = clock.Day("2024-05-31")
	reportTo   = clock.Day("2024-06-30")
	reportDue  = clock.Day("2024-07-03")
)

// reports has the town ask for a last report, the wards and communes that act send theirs, and the town its own.
func (s *sent) reports(ctx context.Context) error {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	_, err = s.Progress.Plan(ctx, clerk, progress.Schedule{Letter: s.id, Unit: s.issuer.ID, First: reportFrom, Last: reportTo, FinalDay: reportDue})
	if err != nil {
		return err
	}
	morning := reportDue.Start().Local()
	hour := 8
	for _, u := range s.tree.Children(s.issuer.ID) {
		if u.Kind != unit.Ward && u.Kind != unit.Commune {
			continue
		}
		if u.Code == wardCode {
			s.on(time.Date(2024, time.June, 18, 16, 0, 0, 0, clock.Zone), func(ctx context.Context) error { return s.noteMeeting(ctx, u) })
		}
		at := morning.Add(time.Duration(hour) * time.Hour)
		if hour++; hour > 16 {
			break // the last one is missing
		}
		s.on(at, func(ctx context.Context) error { return s.wardReports(ctx, u) })
		s.on(at.Add(24*time.Hour), func(ctx context.Context) error { return s.townAccepts(ctx, u) })
	}
	s.on(morning.Add(2*24*time.Hour+9*time.Hour), s.townReports)
	return nil
}

// noteMeeting records what the ward did without the system.
func (s *sent) noteMeeting(ctx context.Context, u unit.Unit) error {
	clerk, err := s.as(ctx, clerkOf(u))
	if err != nil {
		return err
	}
	_, err = s.Progress.Note(ctx, clerk, progress.ActivityInput{
		ID: s.IDs.New(), Unit: u.ID, About: progress.Subject{Letter: s.id}, Kind: progress.MeetingHeld, Day: "2024-06-17",
		Place: "Nhà văn hóa tổ dân phố 5", People: 64, Note: "Họp tổ dân phố, phổ biến thể lệ cuộc thi.",
	})
	return err
}

// wardReports signs, numbers and sends the draft that was made in the morning.
func (s *sent) wardReports(ctx context.Context, u unit.Unit) error {
	clerk, err := s.as(ctx, clerkOf(u))
	if err != nil {
		return err
	}
	drafts, err := s.Progress.Reports(ctx, clerk, u.ID, 1)
	if err != nil || len(drafts) == 0 {
		return err
	}
	r := drafts[0]
	if err := s.issueLetter(ctx, clerk, r.ID, func(ctx context.Context) error {
		_, err := s.Letters.Sign(ctx, clerk, r.ID, letter.SignInput{OnPaper: true, Signer: signerOf(u)})
		return err
	}, signerOf(u)); err != nil {
		return err
	}
	_, err = s.Progress.Send(ctx, clerk, r.ID)
	return err
}

// signerOf is who signs in a ward: nobody real.
func signerOf(unit.Unit) string { return "Nguyễn Văn Mẫu" }

// issueLetter has a letter signed and numbered.
func (s *sent) issueLetter(ctx context.Context, clerk person.Actor, id ident.ID, sign func(context.Context) error, signer string) error {
	l, err := s.Letters.Get(ctx, clerk, id)
	if err != nil {
		return err
	}
	doc := *l.Document
	doc.Signer.Name = signer
	if _, err := s.Letters.Rewrite(ctx, clerk, id, l.Version, doc); err != nil {
		return err
	}
	if _, err := s.Letters.Submit(ctx, clerk, id, ""); err != nil {
		return err
	}
	if err := sign(ctx); err != nil {
		return err
	}
	_, err = s.Letters.Register(ctx, clerk, id)
	return err
}

func (s *sent) townAccepts(ctx context.Context, u unit.Unit) error {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	sent, err := s.Progress.Reports(ctx, clerk, u.ID, 1)
	if err != nil || len(sent) == 0 {
		return err
	}
	_, err = s.Progress.Accept(ctx, clerk, sent[0].ID, "")
	return err
}

// townReports sends the town's own report to the province, from the records of all.
func (s *sent) townReports(ctx context.Context) error {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	r, err := s.Progress.Draft(ctx, clerk, progress.DraftInput{
		ID: s.IDs.New(), Unit: s.issuer.ID, About: progress.Subject{Letter: s.id}, Round: progress.Final,
		Period: progress.Period{From: reportFrom, To: reportTo}, Due: clock.Day("2024-07-05"),
	})
	if err != nil {
		return err
	}
	leader, err := s.as(ctx, townLeader)
	if err != nil {
		return err
	}
	if err := s.issueLetter(ctx, clerk, r.ID, func(ctx context.Context) error {
		_, err := s.Letters.Sign(ctx, leader, r.ID, letter.SignInput{})
		return err
	}, "Trần Văn Mẫu"); err != nil {
		return err
	}
	_, err = s.Progress.Send(ctx, leader, r.ID)
	return err
}
