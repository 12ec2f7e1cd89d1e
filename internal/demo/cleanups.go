package demo

import (
	"context"
	"fmt"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/demo/scene"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

// boxOf is where points of clean-ups may lie.
func boxOf() geo.Box { return province }

func secondsOf(d time.Duration, share float64) time.Duration {
	return time.Duration(float64(d) * share).Truncate(time.Second)
}

// course is one clean-up on its way through the services.
type course struct {
	*contest
	*cleanupPlan
	number  int
	cleanup ident.ID
	filed   ident.ID
}

// cleanup adds the steps of one clean-up.
func (k *contest) cleanup(number int, c *cleanupPlan) {
	x := &course{contest: k, cleanupPlan: c, number: number}
	k.on(c.created, x.announce)
	switch c.fate {
	case fateCancelled:
		k.on(c.begin.Add(-2*time.Hour), x.cancel)
		return
	case fateUnreported:
		return
	}
	k.on(c.end.Add(20*time.Minute), x.attend)
	k.on(c.report, x.write)
	if c.fate == fateWaiting {
		return
	}
	k.on(c.review, x.decide)
	switch c.fate {
	case fateMended:
		k.on(c.review.Add(26*time.Hour), x.mend)
		k.on(c.review.Add(50*time.Hour), x.confirm)
	case fateAbandoned:
		k.on(at(38, 14, 0), x.giveUp) // 8 July, before the judging ends
	}
}

func (x *course) announce(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	at, err := x.unit(x.entrant.spot.code)
	if err != nil {
		return err
	}
	made, err := x.Cleanups.Create(ctx, actor, cleanup.CreateInput{
		ID: x.IDs.New(), Entrant: x.codes[x.entrant], Announce: true,
		Plan: cleanup.Plan{
			Unit: at.ID, Place: x.place, Point: &x.point, Expected: x.entrant.expecting,
			Description: "Thu gom, phân loại và cân rác. Mang theo găng tay và nước uống.",
			StartsAt:    clock.At(x.begin), EndsAt: clock.At(x.end),
		},
	})
	x.cleanup = made.ID
	if err != nil {
		return fmt.Errorf("announce clean-up %d: %w", x.number, err)
	}
	return nil
}

func (x *course) cancel(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	_, err = x.Cleanups.Cancel(ctx, actor, x.cleanup, "Mưa lớn, nước sông dâng cao, không bảo đảm an toàn.")
	return err
}

func (x *course) attend(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	_, err = x.Cleanups.Attend(ctx, actor, x.cleanup, cleanup.AttendanceInput{Kind: cleanup.HeadCount, HeadCount: int(x.people)})
	return err
}

// figures are those that the team writes; a slip of the pen is corrected by the board later.
func (x *course) figures(slip bool) report.Figures {
	f := report.Figures{Participants: x.people, Minutes: int64(x.end.Sub(x.begin).Minutes()), Weights: x.weights, Methods: x.methods}
	if slip {
		t := waste.Organic
		if f.Weights.Of(t) == 0 {
			t = waste.Plastic
		}
		f.Weights = f.Weights.With(t, f.Weights.Of(t)+100_000)
	}
	for _, t := range waste.Types() {
		if f.Weights.Of(t) == 0 {
			f.Methods = f.Methods.With(t, "")
		}
	}
	return f
}

func (x *course) write(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	view, err := x.Reports.Open(ctx, actor, report.OpenInput{ID: x.IDs.New(), Cleanup: x.cleanup})
	if err != nil {
		return err
	}
	x.filed = view.ID
	f := x.figures(x.fate == fateAdjusted)
	changes := report.Changes{Participants: &f.Participants, Minutes: &f.Minutes, Weights: &f.Weights, Methods: &f.Methods}
	note := "Đã phân loại tại chỗ và chuyển đến điểm tập kết."
	changes.Note = &note
	if f.Weights.Of(waste.Hazardous) > 0 {
		handed := "Pin và vỏ thuốc bảo vệ thực vật đã bàn giao cho điểm thu gom chất thải nguy hại, có biên nhận."
		changes.HazardousNote = &handed
	}
	if _, err := x.Reports.Save(ctx, actor, view.ID, changes); err != nil {
		return fmt.Errorf("report %d: %w", x.number, err)
	}
	photos, err := x.gate.photos(ctx, x.cleanupPlan)
	if err != nil {
		return err
	}
	roles := map[scene.Phase]report.Role{scene.Before: report.Before, scene.During: report.During, scene.After: report.After}
	for i, phase := range x.phases {
		if err := x.photo(ctx, view.ID, roles[phase], fmt.Sprintf("IMG_%04d.jpg", 100*x.number+i), photos[i]); err != nil {
			return err
		}
	}
	if challenge.DefaultParameters().NeedsCarrierSlip(f.Weights.Total()) {
		if err := x.photo(ctx, view.ID, report.Slip, "phieu-can.jpg", scene.Slip(x.spot.Seed, x.weights.Total())); err != nil {
			return err
		}
	}
	return x.send(ctx)
}

func (x *course) photo(ctx context.Context, id ident.ID, role report.Role, name string, bytes []byte) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	if _, err := x.Reports.AddPhoto(ctx, actor, id, report.PhotoInput{ID: x.IDs.New(), Role: role, FileName: name, Reader: reader(bytes)}); err != nil {
		return fmt.Errorf("report %d, photo %s: %w", x.number, name, err)
	}
	return nil
}

func (x *course) send(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	if _, err := x.Reports.Submit(ctx, actor, report.SubmitInput{ID: x.IDs.New(), Report: x.filed}); err != nil {
		return fmt.Errorf("report %d: %w", x.number, err)
	}
	return nil
}

// mend adds what the board asked for and sends the report again.
func (x *course) mend(ctx context.Context) error {
	actor, err := x.as(ctx, x.key(x.entrant))
	if err != nil {
		return err
	}
	note := "Đã phân loại tại chỗ và chuyển đến điểm tập kết. Bổ sung: số người theo danh sách điểm danh của đội."
	if _, err := x.Reports.Save(ctx, actor, x.filed, report.Changes{Note: &note}); err != nil {
		return err
	}
	return x.send(ctx)
}

// reviewer returns who looks at this clean-up's report, and the report as they see it.
func (x *course) reviewing(ctx context.Context) (report.View, func(report.DecideInput) error, error) {
	board, err := x.as(ctx, []string{firstReviewer, secondReviewer}[x.number%2])
	if err != nil {
		return report.View{}, nil, err
	}
	view, err := x.Reports.Get(ctx, board, x.filed)
	return view, func(in report.DecideInput) error {
		latest, err := x.Reports.Get(ctx, board, x.filed)
		if err != nil {
			return err
		}
		in.ID, in.Report, in.Version = x.IDs.New(), x.filed, latest.Version
		if _, err := x.Reports.Decide(ctx, board, in); err != nil {
			return fmt.Errorf("review of report %d: %w", x.number, err)
		}
		return nil
	}, err
}

func (x *course) decide(ctx context.Context) error {
	view, decide, err := x.reviewing(ctx)
	if err != nil {
		return err
	}
	switch x.fate {
	case fateMended, fateAbandoned:
		return decide(report.DecideInput{Verdict: report.Mend, Reason: "Số người trong ảnh ít hơn nhiều so với số báo cáo. Đề nghị đội ghi rõ cách điểm danh."})
	case fateInvalid:
		return decide(report.DecideInput{Verdict: report.Refuse, Reason: "Ảnh trước và sau không cùng một địa điểm nên không xác nhận được kết quả."})
	case fateAdjusted:
		board, err := x.as(ctx, []string{firstReviewer, secondReviewer}[x.number%2])
		if err != nil {
			return err
		}
		f := x.figures(false)
		_, err = x.Reports.Adjust(ctx, board, report.AdjustInput{
			ID: x.IDs.New(), Report: x.filed, Version: view.Version, Figures: f,
			Reason: "Điều chỉnh theo phiếu cân kèm báo cáo: ghi thừa 100 kg so với phiếu.",
		})
		if err != nil {
			return err
		}
	}
	return decide(report.DecideInput{Verdict: report.Confirm})
}

func (x *course) confirm(ctx context.Context) error {
	_, decide, err := x.reviewing(ctx)
	if err != nil {
		return err
	}
	return decide(report.DecideInput{Verdict: report.Confirm})
}

// giveUp ends a report that was sent back and never came again.
func (x *course) giveUp(ctx context.Context) error {
	_, decide, err := x.reviewing(ctx)
	if err != nil {
		return err
	}
	return decide(report.DecideInput{Verdict: report.Refuse, Reason: "Đội không bổ sung trong thời hạn đã gia hạn."})
}
